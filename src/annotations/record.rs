//! One record of the journal: a change, by whom and when. The change is data; what it means is `annotations`' matter.

use super::{Bookmark, Reading};
use crate::document::{Identity, Passage};
use serde::{Deserialize, Serialize};

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When, as a hybrid logical clock.
    pub time: String,
    /// What.
    pub change: Change,
}

/// What can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A bookmark was made or edited.
    SetBookmark(Bookmark),
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
    /// An article was read up to a place.
    SetReading(Reading),
}
