//! textwrap as it works by default: UAX #14 by ICU4X for the words, the optimal fit for the lines.

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

thread_local! {
    static SEGMENTER: LineSegmenterBorrowed<'static> = const {
        let mut options = LineBreakOptions::default();
        options.strictness = Some(LineBreakStrictness::Strict);
        LineSegmenter::new_for_non_complex_scripts(options)
    };
}

/// The lines of a paragraph.
pub fn wrap(paragraph: &str, columns: u16) -> Vec<std::borrow::Cow<'_, str>> {
    textwrap::wrap(paragraph, options(columns))
}

fn options(columns: u16) -> Options<'static> {
    Options::new(usize::from(columns))
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::new_optimal_fit())
}

fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let breaks: Vec<usize> = SEGMENTER.with(|segmenter| segmenter.segment_str(line).collect());
    let mut start = 0;
    Box::new(breaks.into_iter().filter(|end| *end > 0).map(move |end| {
        let word = line.get(start..end).unwrap_or_default();
        start = end;
        Word::from(word)
    }))
}
