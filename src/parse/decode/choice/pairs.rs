//! How plausible bytes are as text of the encodings that write a character of China, Japan or Korea in two bytes.
//!
//! Their standards have the common characters in rows of their own: the rows are enough to tell, no table of frequencies
//! is needed. It refuses to decode.

use super::Score;
use encoding_rs::Encoding;

/// A character that is common in such a text.
const COMMON: i64 = 60;
/// A mark, a full width.
const MARK: i64 = 40;
/// A character that is there, but seldom.
const SELDOM: i64 = 5;
/// One that hardly any text has.
const RARE: i64 = -40;
/// A character behind a Latin letter: between them there is more often a space, or the letter is part of a Latin word.
const BEHIND_LETTER: i64 = -20;
/// Bytes that are no character.
const NONE: i64 = -120;

/// An encoding of pairs of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairs {
    /// GBK, and GB18030 around it.
    Gbk,
    /// Big5 with the characters of Hong Kong.
    Big5,
    /// `Shift_JIS`.
    ShiftJis,
    /// EUC-JP.
    EucJp,
    /// EUC-KR with all syllables.
    EucKr,
}

impl Pairs {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Gbk, Self::Big5, Self::ShiftJis, Self::EucJp, Self::EucKr];

    /// The encoding as it is decoded.
    pub fn encoding(self) -> &'static Encoding {
        match self {
            Self::Gbk => encoding_rs::GBK,
            Self::Big5 => encoding_rs::BIG5,
            Self::ShiftJis => encoding_rs::SHIFT_JIS,
            Self::EucJp => encoding_rs::EUC_JP,
            Self::EucKr => encoding_rs::EUC_KR,
        }
    }

    /// What is written as an encoding, if it is one of these.
    pub fn of(encoding: &'static Encoding) -> Option<Self> {
        let encoding = if encoding == encoding_rs::GB18030 { encoding_rs::GBK } else { encoding };
        Self::ALL.iter().copied().find(|pairs| pairs.encoding() == encoding)
    }

    /// How plausible bytes are.
    pub fn score(self, bytes: &[u8]) -> Score {
        let mut score = Score::default();
        let mut rest = bytes;
        let mut before = b' ';
        while let [first, after @ ..] = rest {
            rest = after;
            if *first < 0x80 {
                before = *first;
                continue;
            }
            // What is cut off is neither for nor against.
            let Some(second) = after.first() else { break };
            let (length, points) = self.character(*first, *second, after.get(1).copied());
            rest = after.get(length - 1..).unwrap_or_default();
            score.points += if before.is_ascii_alphabetic() { points.min(BEHIND_LETTER) } else { points };
            score.characters += 1;
            score.wrong += i64::from(points == NONE);
            before = *first;
        }
        score
    }

    /// The bytes and the points of the character that some bytes begin with.
    fn character(self, first: u8, second: u8, third: Option<u8>) -> (usize, i64) {
        let is_high = second >= 0xa1;
        let points = match self {
            // Four bytes; the third tells.
            Self::Gbk if matches!(second, 0x30..=0x39) && third.is_some_and(|third| third >= 0x80) => {
                return (4, SELDOM);
            }
            Self::EucJp if first == 0x8f && is_high => return (3, RARE / 2),
            Self::ShiftJis if matches!(first, 0xa1..=0xdf) => return (1, -10),
            Self::Gbk => gbk(first, second),
            Self::Big5 => big5(first, second),
            Self::ShiftJis => shift_jis(first, second),
            Self::EucJp if !is_high => NONE,
            Self::EucJp => euc_jp(first),
            Self::EucKr => euc_kr(first, second),
        };
        // A wrong byte stands alone: what follows is read for itself.
        (if points == NONE { 1 } else { 2 }, points)
    }
}

fn gbk(first: u8, second: u8) -> i64 {
    match (first, second) {
        (_, ..=0x3f | 0x7f | 0xff) | (0x80 | 0xff, _) => NONE,
        (0xb0..=0xd7, 0xa1..) => COMMON,
        (0xa1 | 0xa3, 0xa1..) => MARK,
        // Kana: seldom in Chinese, and what Japanese in another encoding is full of.
        (0xa4 | 0xa5, 0xa1..) => 0,
        (0xd8..=0xf7, 0xa1..) => SELDOM,
        _ => RARE,
    }
}

fn big5(first: u8, second: u8) -> i64 {
    match (first, second) {
        (_, ..=0x3f | 0x7f..=0xa0 | 0xff) | (..=0x86 | 0xff, _) => NONE,
        // Two in five have a second byte of ASCII; those of the other encodings here have none.
        (0xa4..=0xc6, ..=0x7e) => COMMON + 20,
        (0xa4..=0xc6, _) => COMMON - 15,
        (0xa1, _) => MARK,
        (0xc9..=0xf9, _) => SELDOM,
        // The characters of Hong Kong.
        (0x87..=0xa0 | 0xfa..=0xfe, _) => -SELDOM,
        _ => RARE / 2,
    }
}

fn shift_jis(first: u8, second: u8) -> i64 {
    match (first, second) {
        (_, ..=0x3f | 0x7f | 0xfd..) | (0x80 | 0xa0 | 0xfd.., _) => NONE,
        (0x82, 0x9f..=0xf1) | (0x83, 0x40..=0x96) => COMMON,
        (0x88..=0x98, _) => COMMON - 10,
        (0x81, _) => MARK,
        (0x82, _) => 10,
        (0x99..=0x9f | 0xe0..=0xea, _) => -SELDOM,
        _ => RARE,
    }
}

fn euc_jp(first: u8) -> i64 {
    match first {
        0xa4 | 0xa5 => COMMON,
        0xb0..=0xcf => COMMON - 10,
        0xa1 => MARK,
        0xa3 => 10,
        0xd0..=0xf4 => -SELDOM,
        0x8e => 0,
        0xff | ..=0xa0 => NONE,
        _ => RARE,
    }
}

fn euc_kr(first: u8, second: u8) -> i64 {
    match (first, second) {
        (_, ..=0x40 | 0xff) | (0x80 | 0xff, _) => NONE,
        // More than a third of Chinese in GBK lies in the rows behind them.
        (0xb0..=0xc8, 0xa1..) => COMMON + 5,
        (0xa1 | 0xa3, 0xa1..) => MARK / 2,
        (0xca..=0xfd, 0xa1..) => -SELDOM,
        // Syllables that the standard lacks.
        (0x81..=0xc6, 0x41..=0x5a | 0x61..=0x7a | 0x81..=0xa0) => -10,
        (_, ..=0xa0) => NONE,
        _ => RARE,
    }
}

/// Whether the bytes beyond ASCII are kana of half width, but for one in fifty: one byte each, so that they stand in odd
/// numbers too, and the two signs for voiced sounds only behind what can be voiced.
pub fn are_narrow_kana(bytes: &[u8]) -> bool {
    const LEAST: usize = 5;
    const SHORT: usize = 20;
    const TOLERATED: usize = 50;
    let (mut odd, mut kana, mut wrong) = (0, 0, 0);
    for run in bytes.split(u8::is_ascii) {
        kana += run.len();
        odd += run.len() % 2;
        let pairs = run.iter().zip(std::iter::once(&b' ').chain(run));
        let is_kana = |(byte, before): &(&u8, &u8)| match byte {
            0xde => matches!(before, 0xb3 | 0xb6..=0xc4 | 0xca..=0xce),
            0xdf => matches!(before, 0xca..=0xce),
            byte => matches!(byte, 0xa1..=0xdd),
        };
        wrong += pairs.filter(|pair| !is_kana(pair)).count();
    }
    odd > wrong && kana >= LEAST && wrong <= kana.div_ceil(TOLERATED).min(kana / SHORT)
}
