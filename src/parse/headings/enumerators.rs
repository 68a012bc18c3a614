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

/// Words of one kind, by the byte they begin with.
#[derive(Debug)]
pub struct Words(Vec<Vec<&'static str>>);

impl Words {
    fn of(kind: &str) -> Self {
        let mut words = vec![Vec::new(); 0x100];
        let rows = TABLE.lines().filter_map(|line| line.split_once('\t'));
        for (_, word) in rows.filter(|(other, _)| *other == kind) {
            let letters =
                word.chars().next().into_iter().flat_map(|first| first.to_lowercase().chain(first.to_uppercase()));
            let mut bytes: Vec<u8> =
                letters.filter_map(|letter| letter.encode_utf8(&mut [0; 4]).bytes().next()).collect();
            bytes.dedup();
            for byte in bytes {
                if let Some(words) = words.get_mut(usize::from(byte)) {
                    words.push(word);
                }
            }
        }
        Self(words)
    }

    /// The words that a text may begin with: none for most texts.
    pub fn at(&self, text: &str) -> &[&'static str] {
        let byte = text.bytes().next().unwrap_or_default();
        self.0.get(usize::from(byte)).map(Vec::as_slice).unwrap_or_default()
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
