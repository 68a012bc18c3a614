//! Latin words in syllables, for narrow columns: English only, whose patterns hypher carries in 27 KiB.
//!
//! It refuses whatever is not plainly an English word: names in capitals, addresses, code, other languages.

use crate::text::Language;
use hypher::Lang;
use std::ops::Range;

/// Letters of the longest word looked at; hypher works without allocation up to here.
const LONGEST: usize = 40;
/// Bytes of a text that are looked at to tell its language.
const SAMPLE: usize = 2_000;

/// Whether words of Latin letters in a text are English: in text of Chinese, Japanese and Korean they nearly always
/// are; other text must show a few of the commonest words.
pub fn is_english(text: &str, language: Language) -> bool {
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or_default();
    let common = [" the ", " of ", " and ", " to ", " is ", " in ", " that ", " it "];
    language != Language::Other || common.iter().filter(|word| sample.contains(**word)).count() >= 2
}

/// The syllables of the word in a piece, as ranges of its bytes that cover it, with the marks around the word; none if
/// it is no word to be hyphenated.
pub fn syllables(piece: &str) -> Vec<Range<usize>> {
    let start = piece.find(|c: char| c.is_alphanumeric()).unwrap_or(piece.len());
    let word = piece.get(start..).unwrap_or_default();
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_plain = |(index, byte): (usize, u8)| byte.is_ascii_lowercase() || index == 0 && byte.is_ascii_uppercase();
    if word.len() > LONGEST || !word.bytes().enumerate().all(is_plain) {
        return Vec::new();
    }
    let mut end = start;
    let mut found: Vec<Range<usize>> = hypher::hyphenate(word, Lang::English)
        .map(|syllable| {
            let from = if end == start { 0 } else { end };
            end += syllable.len();
            from..end
        })
        .collect();
    if let Some(last) = found.last_mut() {
        last.end = piece.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{is_english, syllables};
    use crate::text::Language;

    #[track_caller]
    fn check(piece: &str, expected: &str) {
        let parts: Vec<&str> = syllables(piece).into_iter().filter_map(|part| piece.get(part)).collect();
        assert_eq!(parts.join("|"), expected);
    }

    #[test]
    fn words_only() {
        check("extraordinary", "ex|tra|or|di|nary");
        check("(Typography,”", "(Ty|pog|ra|phy,”");
        check("it", "it");
        check("UNESCO", "");
        check("example.com", "");
        check("snake_case", "");
        check("naïveté", "");
    }

    #[test]
    fn other_languages_are_left_alone() {
        assert!(is_english("The growth of plants in the dark", Language::Other));
        assert!(!is_english("Die Entwicklung der Pflanzen in der Dunkelheit", Language::Other));
        assert!(is_english("用 Rust 写的", Language::ZhHans));
    }
}
