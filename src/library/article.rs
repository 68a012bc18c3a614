//! One article as the list knows it: its metadata and size, not its text.

use super::disk::{self, LibraryError};
use super::{Origin, open};
use crate::document::{Amount, Document, Identity, Meta, Part};
use crate::parse::{Tables, glimpse};
use crate::text::{Language, SafeText, language};
use std::sync::Arc;

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Where its bytes are.
    pub origin: Origin,
    /// What to recognise it by.
    pub identity: Identity,
    /// What is known about it.
    pub meta: Meta,
    /// The language of most of its text.
    pub language: Language,
    /// Whether that is none of ours, but English.
    pub is_english: bool,
    /// Characters of its body, white space not counted.
    pub characters: u32,
    /// Minutes it takes to read.
    pub minutes: u32,
    /// When its file was last changed, in seconds since 1970; 0 where that is not known.
    pub modified: u64,
    /// Why it cannot be read, if it cannot: one line, naming the file and the remedy.
    pub problem: Option<SafeText>,
}

/// What to recognise an article by.
fn identity(origin: &Origin, document: &Document) -> Identity {
    let path = match origin {
        Origin::File(path) => std::path::absolute(path).unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned(),
        other => other.file_name(),
    };
    Identity::of(&document.meta, document.anchorage(), &path)
}

/// Whether an article is in English, none of whose rules are ours to tell from those of other Latin languages.
fn is_english(document: &Document) -> bool {
    let body = document.blocks.iter().filter(|block| block.part == Part::Body);
    document.language == Language::Other && language::is_english(body.map(|block| block.text.as_str()))
}

impl Article {
    /// Reads what the list needs to know.
    pub fn describe(origin: Origin, tables: &Arc<Tables>) -> Self {
        match open(&origin, tables) {
            Ok(document) => Self::of(origin, document),
            Err(error) => Self::failed(origin, &error),
        }
    }

    /// What the front matter alone says, for a list that must be there at once; none for a folder and for what cannot be
    /// read.
    pub fn glimpse(origin: Origin, tables: &Arc<Tables>) -> Option<Self> {
        let (bytes, _) = disk::read_start(&origin).ok()?;
        let meta = glimpse(&bytes, &super::hint(&origin, tables));
        Some(Self::of(origin, Document { meta, ..Document::default() }))
    }

    /// A row for what cannot be read, under the name of its file.
    pub fn failed(origin: Origin, error: &LibraryError) -> Self {
        let title = SafeText::line(&origin.file_name());
        let document = Document { meta: Meta { title, ..Meta::default() }, ..Document::default() };
        Self { problem: Some(SafeText::line(&error.to_string())), ..Self::of(origin, document) }
    }

    /// How long it takes to read, in words.
    pub fn length(&self) -> String {
        match (self.problem.is_some(), self.minutes) {
            (true, _) => String::new(),
            (false, 0) => "<1 min".to_owned(),
            (false, minutes) => format!("{minutes} min"),
        }
    }

    /// Where it appeared and who wrote it, if that is another name. Where there is room for one of them only, who wrote
    /// it stands for what is not known.
    pub fn names(&self, has_room: bool) -> [&str; 2] {
        let [source, author] = [&self.meta.source, &self.meta.author].map(|field| field.as_deref().unwrap_or_default());
        match () {
            () if source == author => [source, ""],
            () if source.is_empty() && !has_room => [author, ""],
            () => [source, author],
        }
    }

    /// Takes in what its text says.
    pub fn learn(&mut self, document: &Document) {
        let amount = Amount::of(document);
        self.identity = identity(&self.origin, document);
        (self.language, self.is_english) = (document.language, is_english(document));
        (self.characters, self.minutes) = (amount.characters, amount.minutes());
    }

    fn of(origin: Origin, document: Document) -> Self {
        let amount = Amount::of(&document);
        Self {
            identity: identity(&origin, &document),
            is_english: is_english(&document),
            meta: document.meta,
            language: document.language,
            characters: amount.characters,
            minutes: amount.minutes(),
            modified: disk::modified(&origin),
            origin,
            problem: None,
        }
    }
}
