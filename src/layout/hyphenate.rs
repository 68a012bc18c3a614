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
/// Words remembered.
const REMEMBERED: usize = 4_096;

/// Whether words of Latin letters in a text are English: in text of Chinese, Japanese and Korean they nearly always
/// are; other text must show a few of the commonest words.
pub fn is_english(text: &str, language: Language) -> bool {
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or_default();
    let common = [" the ", " of ", " and ", " to ", " is ", " in ", " that ", " it "];
    language != Language::Other || common.iter().filter(|word| sample.contains(**word)).count() >= 2
}

/// Finds syllables, and remembers words, of which a text has few.
#[derive(Debug, Default)]
pub struct Hyphenator {
    words: Vec<Word>,
}

/// A word and where its syllables end: bit `n` for a syllable's end after `n` letters.
#[derive(Debug, Clone, Copy)]
struct Word {
    letters: [u8; LONGEST],
    length: u8,
    ends: u64,
}

impl Hyphenator {
    /// The syllables of the word in a piece, as ranges of its bytes that cover it, with the marks around the word;
    /// none if it is no word to be hyphenated.
    pub fn syllables(&mut self, piece: &str) -> impl Iterator<Item = Range<usize>> {
        let start = piece.find(|c: char| c.is_alphanumeric()).unwrap_or(piece.len());
        let word = piece.get(start..).unwrap_or_default();
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_plain =
            |(index, byte): (usize, u8)| byte.is_ascii_lowercase() || index == 0 && byte.is_ascii_uppercase();
        let is_word = word.len() <= LONGEST && word.bytes().enumerate().all(is_plain);
        let mut ends = if is_word { self.ends(word) } else { 0 };
        let (mut from, last, length) = (0, word.len(), piece.len());
        std::iter::from_fn(move || {
            let end = ends.checked_ilog2().map(|_| ends.trailing_zeros() as usize)?;
            ends &= ends - 1;
            let range = from..if end == last { length } else { start + end };
            from = range.end;
            Some(range)
        })
    }

    /// Where the syllables of a word end.
    fn ends(&mut self, word: &str) -> u64 {
        let mut letters = [0; LONGEST];
        letters.iter_mut().zip(word.bytes()).for_each(|(letter, byte)| *letter = byte);
        let hash =
            word.bytes().fold(0_u64, |hash, byte| (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7));
        let place = (hash ^ hash >> 20) as usize % REMEMBERED;
        if self.words.is_empty() {
            self.words = vec![Word { letters: [0; LONGEST], length: 0, ends: 0 }; REMEMBERED];
        }
        let Some(known) = self.words.get_mut(place) else { return 0 };
        if usize::from(known.length) != word.len() || known.letters != letters {
            let mut end = 0;
            let ends = hypher::hyphenate(word, Lang::English).fold(0, |ends, syllable| {
                end += syllable.len();
                ends | 1 << end
            });
            *known = Word { letters, length: word.len() as u8, ends };
        }
        known.ends
    }
}

#[cfg(test)]
mod tests {
    use super::{Hyphenator, is_english};
    use crate::text::Language;

    #[track_caller]
    fn check(piece: &str, expected: &str) {
        let mut hyphenator = Hyphenator::default();
        for _ in 0..2 {
            let parts: Vec<&str> = hyphenator.syllables(piece).filter_map(|part| piece.get(part)).collect();
            assert_eq!(parts.join("|"), expected);
        }
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
