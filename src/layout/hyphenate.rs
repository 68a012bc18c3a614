//! Latin words in syllables, for narrow columns: English only, whose patterns hypher carries in 27 KiB.
//!
//! It refuses whatever is not plainly an English word: names in capitals, addresses, code, other languages.

use crate::text::Language;
use hypher::Lang;
use std::ops::Range;

/// Letters of the longest word looked at; hypher works without allocation up to here.
const LONGEST: usize = 40;
/// Bits of a letter in the key of a word.
const LETTER: u32 = 5;
/// Letters of the longest word that is remembered: as many as a key holds.
const LONGEST_KEY: usize = (u128::BITS / LETTER) as usize;
/// Bytes of a text that are looked at to tell its language.
const SAMPLE: usize = 2_000;
/// Words remembered, a power of two: about those of a long text.
const REMEMBERED: usize = 8_192;

/// Whether words of Latin letters in a text are English: in text of Chinese, Japanese and Korean they nearly always
/// are; other text must show a few of the commonest words: no break is better than a wrong one, so that what
/// [`language::is_english`](crate::text::language::is_english) asks of an article is not enough here.
pub fn shows_english(text: &str, language: Language) -> bool {
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
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    /// Its letters, whatever their case; 0 for none.
    key: u128,
    ends: u32,
}

impl Hyphenator {
    /// The syllables of the word in a piece, as ranges of its bytes that cover it, with the marks around the word;
    /// none if it is no word to be hyphenated.
    pub fn syllables(&mut self, piece: &str) -> impl Iterator<Item = Range<usize>> {
        let bytes = if piece.is_ascii() { piece.as_bytes() } else { &[] };
        let start = bytes.iter().position(u8::is_ascii_alphanumeric).unwrap_or_default();
        let end = bytes.iter().rposition(u8::is_ascii_alphanumeric).map_or(start, |last| last + 1);
        let word = piece.get(start..end).unwrap_or_default();
        let mut letters = word.bytes();
        let is_word = word.len() <= LONGEST
            && letters.next().is_some_and(|first| first.is_ascii_alphabetic())
            && letters.all(|letter| letter.is_ascii_lowercase());
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
        if word.len() > LONGEST_KEY {
            return ends(word);
        }
        // A letter of ASCII is told from others by its last five bits, which are never none.
        let key = word.bytes().fold(0, |key, letter| key << LETTER | u128::from(letter & 31));
        let hash = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if self.words.is_empty() {
            self.words = vec![Word::default(); REMEMBERED];
        }
        let place = hash >> (u64::BITS - REMEMBERED.ilog2());
        let Some(known) = self.words.get_mut(place as usize) else { return 0 };
        if known.key != key {
            *known = Word { key, ends: ends(word) as u32 };
        }
        u64::from(known.ends)
    }
}

fn ends(word: &str) -> u64 {
    let mut end = 0;
    hypher::hyphenate(word, Lang::English).fold(0, |ends, syllable| {
        end += syllable.len();
        ends | 1 << end
    })
}

#[cfg(test)]
mod tests {
    use super::{Hyphenator, shows_english};
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
        check("(Typography,\"", "(Ty|pog|ra|phy,\"");
        check("EXTRAordinary", "");
        check("pseudopseudohypoparathyroidism", "pseudo|pseudo|hy|poparathy|roidism");
        check("it", "it");
        check("UNESCO", "");
        check("example.com", "");
        check("snake_case", "");
        check("naïveté", "");
    }

    #[test]
    fn other_languages_are_left_alone() {
        assert!(shows_english("The growth of plants in the dark", Language::Other));
        assert!(!shows_english("Die Entwicklung der Pflanzen in der Dunkelheit", Language::Other));
        assert!(shows_english("用 Rust 写的", Language::ZhHans));
    }
}
