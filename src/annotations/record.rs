//! One record of the journal: a change, by whom and when. The change is data; what it means is `annotations`' matter.

use super::{Bookmark, Kind, Reading, Session, Stamp};
use crate::document::{Identity, Passage};
use serde::{Deserialize, Serialize};

/// A change and its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When.
    pub stamp: Stamp,
    /// What.
    pub change: Change,
}

/// What can change.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A bookmark was made, or is to be as it is here again.
    SetBookmark(Bookmark),
    /// Parts of a bookmark were changed.
    #[serde(skip)]
    EditBookmark(Edit),
    /// A bookmark was removed.
    RemoveBookmark {
        /// Its id.
        id: String,
    },
    /// A letter marks a place: `a`–`z` in its article, `A`–`Z` everywhere.
    SetMark {
        /// The letter.
        letter: char,
        /// The article.
        article: Identity,
        /// The place.
        passage: Passage,
    },
    /// A letter marks no place any more.
    #[serde(skip)]
    RemoveMark {
        /// The letter.
        letter: char,
        /// The article.
        article: Identity,
    },
    /// An article was read up to a place.
    SetReading(Reading),
    /// Some time was spent reading.
    #[serde(skip)]
    Read(Session),
}

impl Change {
    /// The article it was made in, if it says so.
    pub fn article_mut(&mut self) -> Option<&mut Identity> {
        match self {
            Self::SetBookmark(bookmark) => Some(&mut bookmark.article),
            Self::EditBookmark(edit) => edit.article.as_mut(),
            Self::SetMark { article, .. } | Self::RemoveMark { article, .. } => Some(article),
            Self::SetReading(reading) => Some(&mut reading.article),
            Self::RemoveBookmark { .. } | Self::Read(_) => None,
        }
    }
}

/// A change of some parts of a bookmark; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Which.
    #[serde(skip)]
    pub id: String,
    /// The article it is in.
    #[serde(rename = "art", skip_serializing_if = "Option::is_none")]
    pub article: Option<Identity>,
    /// The words.
    #[serde(rename = "anc", skip_serializing_if = "Option::is_none")]
    pub passage: Option<Passage>,
    /// The note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Whether a lost one is no longer asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<bool>,
}

impl From<Bookmark> for Edit {
    fn from(bookmark: Bookmark) -> Self {
        Self {
            id: bookmark.id,
            article: Some(bookmark.article),
            passage: Some(bookmark.passage),
            note: Some(bookmark.note),
            created: Some(bookmark.created),
            kind: Some(bookmark.kind),
            dismissed: Some(bookmark.dismissed),
        }
    }
}
