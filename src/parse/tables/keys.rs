//! The keys of metadata and what they tell: a table that people can read and add to (`assets/keys.tsv`).

use super::Row;

/// What a key tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title.
    Title,
    /// Who wrote it.
    Author,
    /// When it appeared, was written or was saved.
    Date,
    /// Where it appeared.
    Source,
    /// Where it can be found.
    Url,
    /// Its labels.
    Tags,
    /// An identifier.
    Id,
    /// Something that is not shown.
    Known,
    /// The name of a section that holds metadata.
    Section,
}

/// The kind of rows whose keys tell nothing: the text itself stands there.
const TEXT: &str = "text";

/// The keys of the table.
#[derive(Debug)]
pub struct Keys {
    of_metadata: Vec<(Kind, Box<str>)>,
    of_texts: Vec<Box<str>>,
}

impl Keys {
    /// The keys of some rows.
    pub fn of<'a>(rows: impl Iterator<Item = Row<'a>> + Clone) -> Self {
        let of_metadata = rows.clone().filter_map(|(kind, key)| Some((Kind::of(kind)?, key.to_lowercase().into())));
        let of_texts = rows.filter(|(kind, _)| *kind == TEXT).map(|(_, key)| key.to_lowercase().into());
        Self { of_metadata: of_metadata.collect(), of_texts: of_texts.collect() }
    }

    /// Whether rows of a kind mean something.
    pub fn knows(kind: &str) -> bool {
        kind == TEXT || Kind::of(kind).is_some()
    }

    /// The keys of a kind, the preferred first.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.of_metadata.iter().filter(move |(other, _)| *other == kind).map(|(_, key)| &**key)
    }

    /// The keys that a line begins with.
    pub fn beginning(&self, line: &str) -> impl Iterator<Item = (Kind, &str)> {
        // Nearly all begin with another byte, which is sooner seen.
        let first = line.bytes().next();
        let keys = self.of_metadata.iter().map(|(kind, key)| (*kind, &**key));
        keys.filter(move |(_, key)| key.bytes().next() == first && line.starts_with(key))
    }

    /// Whether a key in lower case names the text itself in an object that is an article.
    pub fn is_text(&self, key: &str) -> bool {
        self.of_texts.iter().any(|other| **other == *key)
    }

    /// What a key in lower case tells.
    pub fn kind(&self, key: &str) -> Option<Kind> {
        self.of_metadata.iter().find(|(_, other)| **other == *key).map(|(kind, _)| *kind)
    }
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        match name {
            "title" => Some(Self::Title),
            "author" => Some(Self::Author),
            "date" => Some(Self::Date),
            "source" => Some(Self::Source),
            "url" => Some(Self::Url),
            "tags" => Some(Self::Tags),
            "id" => Some(Self::Id),
            "known" => Some(Self::Known),
            "section" => Some(Self::Section),
            _ => None,
        }
    }
}
