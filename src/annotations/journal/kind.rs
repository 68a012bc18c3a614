//! The two kinds of journal files, and how they are named. It knows no device and reads nothing.

use super::super::Change;
use std::path::Path;

/// A kind of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Bookmarks, notes, marks.
    Marks,
    /// Reading positions and times.
    Positions,
}

impl Kind {
    /// Both, the more precious first.
    pub const ALL: [Self; 2] = [Self::Marks, Self::Positions];

    /// Where a change is written.
    pub fn of(change: &Change) -> Self {
        match change {
            Change::SetReading(_) | Change::Read(_) => Self::Positions,
            _ => Self::Marks,
        }
    }

    /// What the names of its files begin with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Marks => "marks",
            Self::Positions => "pos",
        }
    }
}

/// Whether a file is a journal: of any device, also under the name that a synchroniser gave its copy.
pub fn is_journal(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_of = |kind: Kind| name.strip_prefix(kind.name()).is_some_and(|rest| rest.starts_with('-'));
    let is_left_over = name.ends_with(".bak") || name.ends_with(".new");
    Kind::ALL.into_iter().any(is_of) && name.contains(".jsonl") && !is_left_over
}
