//! Which encoding the bytes of a file are in that says nothing of it: what a browser guesses, weighed against how
//! plausible each reading is. The sole owner of `chardetng`.
//!
//! A browser's guess strikes out every encoding in which one byte is wrong; saved files have such bytes, and end within
//! a character. It refuses to judge UTF-8.

pub mod cyrillic;
pub mod pairs;
pub mod wide;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_8859_4, ISO_8859_10, ISO_8859_13, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
};
use pairs::Pairs;

/// Bytes that are looked at: more would cost time and change nothing.
const ENOUGH: usize = 64 << 10;
/// Points of a character on the average from which a reading is plausible.
const CONVINCING: i64 = 25;
/// Points a character by which a reading must be better than a browser's guess of the same kind.
const BETTER: i64 = 7;
/// Characters from which a reading can be better than a browser's guess.
const LEAST: i64 = 3;
/// Letters up to which they are rather Cyrillic than of an alphabet that hardly anything here is in.
const SHORT: i64 = 60;

/// How plausible a reading is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Of all characters together, up to 80 each, far below 0 for what is none.
    pub points: i64,
    /// The characters beyond ASCII.
    pub characters: i64,
    /// What is none in this encoding.
    pub wrong: i64,
}

impl Score {
    fn average(self) -> i64 {
        self.points / self.characters.max(1)
    }
}

/// The encoding that the bytes from the first beyond ASCII on suggest.
pub fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // A sample that stops within a character is no sign against an encoding, and neither is a file.
    detector.feed(sample, false);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let of_pairs = Pairs::ALL.iter().map(|pairs| (pairs.encoding(), pairs.score(sample)));
    let scores: Vec<(&'static Encoding, Score)> = of_pairs.chain(cyrillic::scores(sample)).collect();
    let best = scores.iter().max_by_key(|(encoding, score)| (score.points, *encoding == guess));
    let plausible = best.filter(|(_, score)| score.average() >= CONVINCING);
    if plausible.is_none_or(|(_, score)| score.wrong > 0) && pairs::are_narrow_kana(sample) {
        return SHIFT_JIS;
    }
    let Some((best, score)) = plausible else { return western(guess, sample) };
    let guessed = scores.iter().find(|(encoding, _)| *encoding == guess).map(|(_, score)| *score);
    let is_better = score.characters >= LEAST
        && match guessed {
            Some(guessed) if guessed.wrong > 0 => score.points > guessed.points,
            Some(guessed) => score.points - guessed.points >= BETTER * score.characters,
            None => !cyrillic::is(best) || score.characters <= SHORT,
        };
    if is_better { best } else { western(guess, sample) }
}

/// The bytes that are looked at: those from the first beyond ASCII on, and what stands before it.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| *byte >= 0x80).unwrap_or_default();
    let rest = bytes.get(first.saturating_sub(1)..).unwrap_or_default();
    rest.get(..ENOUGH).unwrap_or(rest)
}

/// The encoding that a file says it is in, unless its bytes are hardly any text of that: pages that have moved from one
/// server to another still say what they were in, and servers said of everything that it was Latin.
pub fn said(encoding: &'static Encoding, bytes: &[u8]) -> &'static Encoding {
    /// One of so many characters may be none.
    const TOLERATED: i64 = 20;
    let bytes = sample(bytes);
    let is_pairs = |encoding| Pairs::of(encoding).is_some();
    let is_none = |score: Score| score.wrong * TOLERATED > score.characters || score.points < 0;
    let is_wrong = Pairs::of(encoding).is_some_and(|pairs| is_none(pairs.score(bytes)));
    if !is_wrong && encoding != WINDOWS_1252 {
        return encoding;
    }
    let other = guess(bytes);
    let is_better = is_pairs(other) || is_wrong && !Pairs::of(other).is_some_and(|pairs| is_none(pairs.score(bytes)));
    if is_better { other } else { encoding }
}

/// A few letters that the West has are no sign of the North or of Turkey.
fn western(guess: &'static Encoding, sample: &[u8]) -> &'static Encoding {
    const FEW: usize = 12;
    let is_rare = [ISO_8859_4, ISO_8859_10, ISO_8859_13, WINDOWS_1250, WINDOWS_1254, WINDOWS_1257].contains(&guess);
    let mut high = sample.iter().filter(|byte| **byte >= 0x80);
    let is_few = high.clone().count() <= FEW;
    // Letters of French, German, Spanish, Portuguese and Italian, their quotes and dashes.
    let is_western = |byte: &u8| {
        matches!(byte, 0x85 | 0x91..=0x94 | 0x96 | 0x97 | 0xa0 | 0xab | 0xbb | 0xdf | 0xe0..=0xe2 | 0xe4 | 0xe7..=0xef
            | 0xf1..=0xf4 | 0xf6 | 0xf9..=0xfc | 0xff | 0xc0 | 0xc4 | 0xc7..=0xc9 | 0xd6 | 0xdc)
    };
    if is_rare && is_few && high.all(is_western) { WINDOWS_1252 } else { guess }
}

#[cfg(test)]
mod tests {
    use crate::parse::decode::decode;
    use encoding_rs::Encoding;

    /// Some words of an encoding, as they are, with a wrong byte among them, and cut within the last character.
    #[track_caller]
    fn check(label: &str, text: &str) {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let bytes = encoding.encode(text).0;
        let decoded = decode(&bytes);
        assert_eq!((decoded.text.as_str(), decoded.lost), (text, None), "{label} as {}", decoded.encoding);
        if bytes.len() < 2 * text.chars().filter(|character| !character.is_ascii()).count() {
            return;
        }
        let cut = bytes.get(..bytes.len() - 1).unwrap();
        let read = decode(cut);
        let start: String = text.chars().take(text.chars().count() - 1).collect();
        assert!(read.text.starts_with(&start), "{label} cut, as {}: {}", read.encoding, read.text);
        // Between escapes one byte more sets all that follow wrong.
        if label == "iso-2022-jp" {
            return;
        }
        let middle = encoding.encode(&text.chars().take(6).collect::<String>()).0.len();
        let (before, after) = bytes.split_at(middle);
        let read = decode(&[before, &[0xff], after].concat());
        let end: String = text.chars().skip(8).collect();
        assert!(read.text.ends_with(&end), "{label} with a wrong byte, as {}: {}", read.encoding, read.text);
    }

    #[test]
    fn a_line_is_enough() {
        check("gbk", "茶棚在河边，水从山上来，天黑了才收。");
        check("gb18030", "河边有一个㐂字，山上有一个𠀋字，没有人认得。");
        check("big5", "茶棚在河邊，水從山上來，天黑了才收。");
        check("shift_jis", "茶店は川のそばにあり、水は山から来る。");
        check("euc-jp", "茶店は川のそばにあり、水は山から来る。");
        check("euc-kr", "찻집은 강가에 있고 물은 산에서 온다.");
        check("koi8-r", "Чайная стоит у реки");
        check("koi8-u", "Їжак шукає яблука біля річки");
        check("windows-1251", "Чайная стоит у реки");
        check("windows-1251", "ЧАЙНАЯ СТОИТ У РЕКИ");
        check("windows-1252", "Le pont fut bâti l’été"); // typos:ignore
        check("shift_jis", "ﾁｬﾐｾ ﾊ ｶﾜ ﾉ ｿﾊﾞ ﾆ ｱﾙ｡");
        check("iso-2022-jp", "茶店は川のそばにある。");
    }

    #[test]
    fn utf16_needs_no_line_end() {
        for text in ["茶棚在河边，水从山上来", "茶店は川のそばにある", "Чайная-стоит-у-реки"]
        {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!((decode(&little).text.as_str(), decode(&big).text.as_str()), (text, text));
        }
    }

    #[test]
    fn few_signs_are_enough_for_utf8() {
        for text in ["Чай у реки", "été à l’île"] {
            let damaged = [text.as_bytes(), b"\xff"].concat();
            assert_eq!(decode(&damaged).text, format!("{text}\u{fffd}"));
        }
    }

    #[test]
    fn a_declaration_that_is_wrong_is_not_believed() {
        let page = |declared: &str| format!("<meta charset=\"{declared}\"><p>茶棚在河邊，水從山上來，天黑了才收。</p>");
        for declared in ["gb2312", "iso-8859-1", "shift_jis", "big5"] {
            let page = page(declared);
            assert_eq!(decode(&encoding_rs::BIG5.encode(&page).0).text, page);
        }
        let page = "<meta charset=\"iso-8859-1\"><p>L’été à l’île, où naît la rivière.</p>";
        assert_eq!(decode(&encoding_rs::WINDOWS_1252.encode(page).0).text, page);
    }
}
