//! Readings and emphasis dots as writers mark them in plain text: `｜漢字《かんじ》`, `|漢字《かんじ》`, `{漢字|かんじ}`,
//! `《《強調》》`; in texts of Aozora Bunko also `漢字《かんじ》`.
//!
//! It refuses to take the marks of Chinese titles for readings: `《` after Han characters reads only where the text is
//! known to be Aozora's.

use crate::text::script::{is_bopomofo, is_han, is_hangul, is_kana};
use memchr::memchr2;

/// A piece of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// Characters and how they are read.
    Ruby {
        /// The characters.
        base: &'a str,
        /// Their reading.
        reading: &'a str,
    },
    /// Characters with dots beside them.
    Emphasis(&'a str),
}

/// The marks that the marked pieces begin with; a text with neither is nothing but text.
pub const MARKS: (u8, char) = (b'{', '《');

/// The longest base or reading in bytes.
const LONGEST: usize = 120;

/// Bytes on either side of a mark among which a base or reading ends, its other mark included.
const NEAR: usize = LONGEST + 8;

/// As much of a text as a base or reading may take: a text of nothing but marks would be read once for each.
fn near(text: &str) -> &str {
    text.get(..text.floor_char_boundary(NEAR)).unwrap_or(text)
}

/// The pieces of a text; none if there is nothing but text. With `is_aozora`, a reading may follow its base unmarked.
pub fn pieces(text: &str, is_aozora: bool) -> Option<Vec<Piece<'_>>> {
    // The first byte of `《`.
    let bytes = text.as_bytes();
    let is_marked =
        memchr2(b'{', 0xe3, bytes).is_some() && (text.contains('《') || (text.contains('{') && text.contains('|')));
    if !is_marked {
        return None;
    }
    let mut pieces = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['《', '{'])) {
        let open = at + found;
        let marked = if text.get(open..).is_some_and(|rest| rest.starts_with('{')) {
            braced(text, open)
        } else {
            dotted(text, open).or_else(|| read(text, open, copied, is_aozora))
        };
        match marked {
            Some((start, end, piece)) => {
                pieces.push(Piece::Text(text.get(copied..start).unwrap_or_default()));
                pieces.push(piece);
                (copied, at) = (end, end);
            }
            None => at = open + text.get(open..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
        }
    }
    if pieces.is_empty() {
        return None;
    }
    pieces.push(Piece::Text(text.get(copied..).unwrap_or_default()));
    pieces.retain(|piece| *piece != Piece::Text(""));
    Some(pieces)
}

/// `{漢字|かんじ}`, `{漢字|かん|じ}`; its start, its end and what it is.
fn braced(text: &str, open: usize) -> Option<(usize, usize, Piece<'_>)> {
    let inner = near(text.get(open + 1..)?);
    let inner = inner.get(..inner.find('}')?)?;
    let (base, reading) = inner.split_once('|')?;
    let fits = inner.len() <= LONGEST && is_base(base) && reading.split('|').all(is_reading);
    fits.then_some((open, open + inner.len() + 2, Piece::Ruby { base, reading }))
}

/// `《《強調》》`.
fn dotted(text: &str, open: usize) -> Option<(usize, usize, Piece<'_>)> {
    let inner = near(text.get(open..)?.strip_prefix("《《")?);
    let inner = inner.get(..inner.find("》》")?)?;
    let ends = open + 2 * ("《《".len()) + inner.len();
    (!inner.is_empty() && inner.len() <= LONGEST && !inner.contains('\n')).then_some((
        open,
        ends,
        Piece::Emphasis(inner),
    ))
}

/// `｜漢字《かんじ》`, or without the bar; `from` is the first byte that is still free.
fn read(text: &str, open: usize, from: usize, is_aozora: bool) -> Option<(usize, usize, Piece<'_>)> {
    let inner = near(text.get(open + '《'.len_utf8()..)?);
    let reading = inner.get(..inner.find('》')?)?;
    if reading.is_empty() || reading.len() > LONGEST || !(is_aozora || is_reading(reading)) {
        return None;
    }
    let from = text.ceil_char_boundary(from.max(open.saturating_sub(NEAR)));
    let before = text.get(from..open)?;
    let bar = before.rfind(['｜', '|']).map(|bar| (from + bar, before.get(bar..).and_then(|rest| rest.chars().next())));
    let end = open + 2 * '《'.len_utf8() + reading.len();
    if let Some((bar, Some(mark))) = bar {
        let base = text.get(bar + mark.len_utf8()..open)?;
        if !base.is_empty() && base.len() <= LONGEST && !base.contains(['》', '\n']) && (is_aozora || is_base(base)) {
            return Some((bar, end, Piece::Ruby { base, reading }));
        }
    }
    let kind = Kind::of(before.chars().next_back()?)?;
    let length: usize = before.chars().rev().take_while(|c| Kind::of(*c) == Some(kind)).map(char::len_utf8).sum();
    let base = text.get(open - length..open)?;
    is_aozora.then_some((open - length, end, Piece::Ruby { base, reading }))
}

/// The kinds of characters that an unmarked base is one run of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Hiragana,
    Katakana,
    Latin,
}

impl Kind {
    fn of(character: char) -> Option<Self> {
        match character {
            'ヶ' | '※' => Some(Self::Han),
            c if is_han(c) => Some(Self::Han),
            '\u{3041}'..='\u{309f}' => Some(Self::Hiragana),
            '\u{30a1}'..='\u{30ff}' => Some(Self::Katakana),
            c if c.is_alphanumeric() => Some(Self::Latin),
            _ => None,
        }
    }
}

/// Whether a text is what readings are given for: it holds Han characters.
fn is_base(text: &str) -> bool {
    text.chars().any(|c| Kind::of(c) == Some(Kind::Han))
}

/// Whether a text is a reading: kana, bopomofo, Hangul or Latin letters, and no Han character.
fn is_reading(text: &str) -> bool {
    let is_sound = |c: char| {
        is_kana(c)
            || is_bopomofo(c)
            || is_hangul(c)
            || (c.is_alphabetic() && (c as u32) < 0x250)
            || matches!(c, ' ' | '　' | '・' | 'ˊ' | 'ˇ' | 'ˋ' | '˙')
    };
    !text.trim().is_empty() && text.chars().all(is_sound)
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[track_caller]
    fn check(text: &str, is_aozora: bool, dump: &str) {
        let found = pieces(text, is_aozora).unwrap_or_else(|| vec![Piece::Text(text)]);
        let dumped: String = found
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Ruby { base, reading } => format!("<{base}:{reading}>"),
                Piece::Emphasis(text) => format!("*{text}*"),
            })
            .collect();
        assert_eq!(dumped, dump);
    }

    #[test]
    fn notations() {
        check("これは｜茶の湯《ちゃのゆ》です", false, "これは<茶の湯:ちゃのゆ>です");
        check("|茶碗《ちゃわん》と{急須|きゅうす}", false, "<茶碗:ちゃわん>と<急須:きゅうす>");
        check("{茶碗|ちゃ|わん}", false, "<茶碗:ちゃ|わん>");
        check("《《熱い》》うちに", false, "*熱い*うちに");
        check("古い茶碗《ちゃわん》だ", true, "古い<茶碗:ちゃわん>だ");
        check("お※《ゆ》", true, "お<※:ゆ>");
    }

    #[test]
    fn marks_are_sought_nearby() {
        let long = "ちゃ".repeat(20);
        check(&format!("{{茶|{}}}", "ちゃ".repeat(18)), false, &format!("<茶:{}>", "ちゃ".repeat(18)));
        for text in [
            format!("{{茶|{}}}", long.repeat(2)),
            format!("｜{}《ちゃ》", "茶".repeat(60)),
            format!("《《{}》》", "茶".repeat(60)),
        ] {
            check(&text, false, &text);
        }
        check(&format!("{}｜茶《ちゃ》", "茶".repeat(200)), false, &format!("{}<茶:ちゃ>", "茶".repeat(200)));
    }

    #[test]
    fn titles_and_code_are_none() {
        for text in ["他写了《茶经》和《水经》。", "看动画《かぐや》", "{a|b}", "{ x | y }", "《", "｜《》", "{茶|水}"]
        {
            check(text, false, text);
        }
    }
}
