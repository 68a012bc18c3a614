//! Words that stand beside the numbers of headings: a table that people can read and add to
//! (`assets/enumerators.tsv`).

use std::sync::LazyLock;

/// The table built into the binary: what a word is, then the word.
const TABLE: &str = include_str!("../../../assets/enumerators.tsv");

/// What a word beside a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Before a chapter's number.
    Chapter,
    /// Before the number of one of a series.
    Label,
    /// After `第` and a number.
    Unit,
    /// Before the number of a figure or table.
    Caption,
}

/// The words by kind: read once, never changed.
static WORDS: LazyLock<[Vec<&str>; 4]> = LazyLock::new(|| {
    let of = |kind: &str| {
        let rows = TABLE.lines().filter_map(|line| line.split_once('\t'));
        rows.filter(|(other, _)| *other == kind).map(|(_, word)| word).collect()
    };
    [of("chapter"), of("label"), of("unit"), of("caption")]
});

/// The words of a kind.
pub fn words(kind: WordKind) -> &'static [&'static str] {
    let [chapters, labels, units, captions] = &*WORDS;
    match kind {
        WordKind::Chapter => chapters,
        WordKind::Label => labels,
        WordKind::Unit => units,
        WordKind::Caption => captions,
    }
}
