//! Words, for moving and selecting by them: UAX #29, with a dictionary for scripts that write none apart.
//!
//! It refuses to be used for line breaking and search, where a wrong guess of the dictionary would cost text.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use std::ops::Range;

/// Finds the words of texts.
#[derive(Debug)]
pub struct Words {
    segmenter: WordSegmenterBorrowed<'static>,
}

impl Default for Words {
    fn default() -> Self {
        Self { segmenter: WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()) }
    }
}

impl Words {
    /// The words of a text, in order, as bytes: no white space, and marks only where they stand inside a word.
    pub fn of(&self, text: &str) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut words = Vec::new();
        for (end, kind) in self.segmenter.segment_str(text).iter_with_word_type() {
            if kind.is_word_like() && start < end {
                words.push(start..end);
            }
            start = end;
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let found: Vec<_> = Words::default().of(text).into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(found, words);
    }

    #[test]
    fn of_scripts_with_and_without_spaces() {
        check("It isn’t 3.5, is it?", &["It", "isn’t", "3.5", "is", "it"]);
        check("今天天气很好，我们去公园。", &["今天", "天气", "很好", "我们", "去", "公园"]);
        check("한글은 소리 글자이다.", &["한글은", "소리", "글자이다"]);
        check("用 Rust 写的", &["用", "Rust", "写的"]);
        check("……", &[]);
    }
}
