//! What makes an article the same article after its file was moved, renamed or scraped again.
//!
//! A path is never an identity by itself; it is one hint among others.

use crate::text::SafeText;
use serde::{Deserialize, Serialize};

/// A stable name for an article: from its own id, its canonical address, or its text. Safe to print.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct ArticleId(pub String);

/// All that is known to recognise an article by; stored with every record of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// The name in force.
    pub id: ArticleId,
    /// The canonical address, if there is one.
    pub url: Option<String>,
    /// A fingerprint of the folded text.
    pub fingerprint: String,
    /// The file's path as it was opened.
    pub path: String,
    /// The title, for people.
    pub title: SafeText,
}
