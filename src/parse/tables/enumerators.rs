//! Words that stand beside the numbers of headings: a table that people can read and add to
//! (`assets/enumerators.tsv`).

use super::Row;
use foldhash::HashMap;

/// What a word beside a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Before a chapter's number.
    Chapter,
    /// Before the number of one of a series.
    Label,
    /// After `第` and a number.
    Unit,
    /// After a number and a space that count something.
    Measure,
    /// After two digits that tell a time.
    Time,
    /// Before the number of a figure or table.
    Caption,
    /// Before who made a picture.
    Source,
}

/// Words of one kind, by the last byte of the code of the character they begin with: Han characters share their first.
#[derive(Debug)]
pub struct Words(Vec<Vec<Box<str>>>);

impl Words {
    /// Some words; those that may be looked up together keep their order.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut by_byte: Vec<Vec<Box<str>>> = vec![Vec::new(); 0x100];
        for word in words {
            let letters =
                word.chars().next().into_iter().flat_map(|first| first.to_lowercase().chain(first.to_uppercase()));
            let mut bytes: Vec<u8> = letters.map(last_byte).collect();
            bytes.dedup();
            for byte in bytes {
                if let Some(words) = by_byte.get_mut(usize::from(byte)) {
                    words.push(word.into());
                }
            }
        }
        Self(by_byte)
    }

    /// The words that a text may begin with: none for most texts.
    pub fn at(&self, text: &str) -> &[Box<str>] {
        let byte = text.chars().next().map_or(0, last_byte);
        self.0.get(usize::from(byte)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a text begins with one of the words as it is written.
    pub fn begin(&self, text: &str) -> bool {
        self.at(text).iter().any(|word| text.starts_with(&**word))
    }
}

fn last_byte(character: char) -> u8 {
    character as u8
}

/// How many pairs of characters are told apart.
const PAIRS: usize = 0x1000;

/// A number for the first two characters of a text, whatever the case of ASCII letters.
fn pair(first: char, second: Option<char>) -> usize {
    let code = |character: char| character.to_ascii_lowercase() as usize;
    (code(first).wrapping_mul(31) ^ second.map_or(0, code)) % PAIRS
}

/// The words by kind.
#[derive(Debug)]
pub struct Enumerators {
    /// The place of a word among those of its kind.
    places: HashMap<Box<str>, u8>,
    chapters: Words,
    labels: Words,
    units: Words,
    measures: Words,
    times: Words,
    captions: Words,
    sources: Words,
    /// By pairs of characters: whether a word before a number may begin so. Hardly any line does, and the others need not
    /// be looked up among the words.
    before_number: Box<[bool]>,
}

impl Enumerators {
    /// The words of some rows.
    pub fn of<'a>(rows: impl Iterator<Item = Row<'a>> + Clone) -> Self {
        let words = |kind: WordKind| {
            let fitting = rows.clone().filter(move |(name, _)| WordKind::of(name) == Some(kind));
            Words::of(fitting.map(|(_, word)| word))
        };
        let of_chapters = [WordKind::Chapter, WordKind::Unit].map(|kind| {
            let fitting = rows.clone().filter(move |(name, _)| WordKind::of(name) == Some(kind));
            fitting.enumerate().map(|(place, (_, word))| (word.into(), u8::try_from(place).unwrap_or(u8::MAX)))
        });
        let mut before_number = vec![false; PAIRS].into_boxed_slice();
        let is_before = |name: &str| matches!(WordKind::of(name), Some(WordKind::Chapter | WordKind::Label));
        for (_, word) in rows.clone().filter(|(name, _)| is_before(name)) {
            let mut characters = word.chars();
            let pair = characters.next().map(|first| pair(first, characters.next()));
            pair.and_then(|pair| before_number.get_mut(pair)).into_iter().for_each(|may_begin| *may_begin = true);
        }
        Self {
            places: of_chapters.into_iter().flatten().collect(),
            chapters: words(WordKind::Chapter),
            labels: words(WordKind::Label),
            units: words(WordKind::Unit),
            measures: words(WordKind::Measure),
            times: words(WordKind::Time),
            captions: words(WordKind::Caption),
            sources: words(WordKind::Source),
            before_number,
        }
    }

    /// The place of a word among those beside the numbers of chapters: what is made of others stands above them.
    pub fn place(&self, word: &str) -> u8 {
        self.places.get(word).copied().unwrap_or(u8::MAX)
    }

    /// Whether a text may begin with a word before a number.
    pub fn may_begin_number(&self, text: &str) -> bool {
        let may_begin = |pair: usize| self.before_number.get(pair).copied().unwrap_or_default();
        let mut characters = text.chars();
        let first = characters.next().unwrap_or_default();
        // A word may be of one character.
        may_begin(pair(first, characters.next())) || may_begin(pair(first, None))
    }

    /// Whether rows of a kind mean something.
    pub fn knows(kind: &str) -> bool {
        WordKind::of(kind).is_some()
    }

    /// The words of a kind.
    pub fn words(&self, kind: WordKind) -> &Words {
        match kind {
            WordKind::Chapter => &self.chapters,
            WordKind::Label => &self.labels,
            WordKind::Unit => &self.units,
            WordKind::Measure => &self.measures,
            WordKind::Time => &self.times,
            WordKind::Caption => &self.captions,
            WordKind::Source => &self.sources,
        }
    }
}

impl WordKind {
    fn of(name: &str) -> Option<Self> {
        match name {
            "chapter" => Some(Self::Chapter),
            "label" => Some(Self::Label),
            "unit" => Some(Self::Unit),
            "measure" => Some(Self::Measure),
            "time" => Some(Self::Time),
            "caption" => Some(Self::Caption),
            "source" => Some(Self::Source),
            _ => None,
        }
    }
}
