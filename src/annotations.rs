//! What a reader leaves in articles: bookmarks, marks, reading positions, read state; and what the journal means.
//!
//! It refuses to know panes and keys, and never writes into an article.

pub mod journal;
pub mod record;

pub use journal::{Journal, JournalError};
pub use record::{Change, Record};

use crate::document::{ArticleId, Identity, Passage};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A passage kept on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Unique over all devices (a ULID).
    pub id: String,
    /// The article it is in.
    pub article: Identity,
    /// The words.
    pub passage: Passage,
    /// What the reader noted; empty if nothing.
    pub note: String,
    /// When it was made: RFC 3339, UTC.
    pub created: String,
}

/// How far an article has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The article.
    pub article: Identity,
    /// The first sentence on the screen.
    pub passage: Passage,
    /// How much had been read, in thousandths, by scrolling and not by jumps.
    pub progress: u16,
    /// Whether it was read to the end or marked as read.
    pub finished: bool,
    /// When: RFC 3339, UTC.
    pub at: String,
}

/// The folded state: all records of all devices, the newest winning field by field.
#[derive(Debug, Clone, Default)]
pub struct Annotations {
    bookmarks: HashMap<String, Bookmark>,
    readings: HashMap<ArticleId, Reading>,
    marks: HashMap<(Option<ArticleId>, char), (Identity, Passage)>,
}

impl Annotations {
    /// Folds one change in.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::SetBookmark(bookmark) => {
                self.bookmarks.insert(bookmark.id.clone(), bookmark.clone());
            }
            Change::RemoveBookmark { id } => {
                self.bookmarks.remove(id);
            }
            Change::SetMark { letter, article, passage } => {
                let scope = letter.is_ascii_lowercase().then(|| article.id.clone());
                self.marks.insert((scope, *letter), (article.clone(), passage.clone()));
            }
            Change::SetReading(reading) => {
                self.readings.insert(reading.article.id.clone(), reading.clone());
            }
        }
    }

    /// The bookmarks of one article, or of all, oldest first.
    pub fn bookmarks(&self, article: Option<&ArticleId>) -> Vec<&Bookmark> {
        let mut found: Vec<_> =
            self.bookmarks.values().filter(|bookmark| article.is_none_or(|id| bookmark.article.id == *id)).collect();
        found.sort_by(|a, b| (&a.created, &a.id).cmp(&(&b.created, &b.id)));
        found
    }

    /// The place of a mark: `a`–`z` are looked up in the article, `A`–`Z` everywhere.
    pub fn mark(&self, letter: char, article: &ArticleId) -> Option<&(Identity, Passage)> {
        let scope = letter.is_ascii_lowercase().then(|| article.clone());
        self.marks.get(&(scope, letter))
    }

    /// How far an article has been read.
    pub fn reading(&self, article: &ArticleId) -> Option<&Reading> {
        self.readings.get(article)
    }

    /// The reading that was in progress last: what "continue reading" offers.
    pub fn latest(&self) -> Option<&Reading> {
        self.readings.values().filter(|reading| !reading.finished).max_by(|a, b| a.at.cmp(&b.at))
    }
}
