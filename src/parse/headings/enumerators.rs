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

/// Words of one kind.
#[derive(Debug)]
pub struct Words {
    words: Vec<&'static str>,
    /// A bit for each byte that one begins with, in both cases.
    first: [u64; 4],
}

impl Words {
    fn of(kind: &str) -> Self {
        let rows = TABLE.lines().filter_map(|line| line.split_once('\t'));
        let words: Vec<&str> = rows.filter(|(other, _)| *other == kind).map(|(_, word)| word).collect();
        let mut first = [0; 4];
        for letter in words.iter().filter_map(|word| word.chars().next()) {
            for letter in letter.to_lowercase().chain(letter.to_uppercase()) {
                let byte = letter.encode_utf8(&mut [0; 4]).bytes().next().unwrap_or_default();
                if let Some(bits) = first.get_mut(usize::from(byte / 64)) {
                    *bits |= 1 << (byte % 64);
                }
            }
        }
        Self { words, first }
    }

    /// The words that a text may begin with: none for most texts.
    pub fn at(&self, text: &str) -> &[&'static str] {
        let byte = text.bytes().next().unwrap_or_default();
        let is_first = self.first.get(usize::from(byte / 64)).is_some_and(|bits| bits & (1 << (byte % 64)) != 0);
        if is_first { &self.words } else { &[] }
    }
}

/// The words by kind: read once, never changed.
static WORDS: LazyLock<[Words; 4]> =
    LazyLock::new(|| [Words::of("chapter"), Words::of("label"), Words::of("unit"), Words::of("caption")]);

/// The words of a kind.
pub fn words(kind: WordKind) -> &'static Words {
    let [chapters, labels, units, captions] = &*WORDS;
    match kind {
        WordKind::Chapter => chapters,
        WordKind::Label => labels,
        WordKind::Unit => units,
        WordKind::Caption => captions,
    }
}
