//! What a record says, its long parts not yet taken apart. It knows no file and no order.

use super::known::Known;
use super::record::{Change, Edit, Record};
use super::unread::Unread;
use super::{Kind, Reading, Session, Stamp};
use crate::document::{Identity, Passage};

/// A record.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) stamp: Stamp,
    pub(super) what: What,
}

/// What it says.
#[derive(Debug, Clone)]
pub(super) enum What {
    Bookmark(Box<Parts>),
    Removal(String),
    Mark(Box<Mark>),
    Reading(Place),
    Session(Box<Session>),
}

/// Some parts of a bookmark; see [`Edit`].
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) id: String,
    pub(super) article: Option<Known>,
    pub(super) passage: Option<Unread<Passage>>,
    pub(super) note: Option<String>,
    pub(super) created: Option<String>,
    pub(super) kind: Option<Kind>,
    pub(super) dismissed: Option<bool>,
}

/// A letter, and where it is put; nowhere if it is taken away.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) letter: char,
    pub(super) article: Identity,
    pub(super) passage: Option<Passage>,
}

/// A reading position, and what is asked of all of them.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) article: Known,
    pub(super) progress: u16,
    pub(super) finished: bool,
    pub(super) reading: Unread<Reading>,
}

impl From<Edit> for Parts {
    fn from(edit: Edit) -> Self {
        Self {
            id: edit.id,
            article: edit.article.map(Known::from),
            passage: edit.passage.map(Unread::from),
            note: edit.note,
            created: edit.created,
            kind: edit.kind,
            dismissed: edit.dismissed,
        }
    }
}

impl From<Parts> for Edit {
    fn from(parts: Parts) -> Self {
        Self {
            id: parts.id,
            article: parts.article.map(|article| article.identity.into_value()),
            passage: parts.passage.map(Unread::into_value),
            note: parts.note,
            created: parts.created,
            kind: parts.kind,
            dismissed: parts.dismissed,
        }
    }
}

impl From<Record> for Said {
    fn from(Record { stamp, change }: Record) -> Self {
        let what = match change {
            Change::SetBookmark(bookmark) => What::Bookmark(Box::new(Edit::from(bookmark).into())),
            Change::EditBookmark(edit) => What::Bookmark(Box::new(edit.into())),
            Change::SetReading(reading) => What::Reading(Place {
                article: reading.article.clone().into(),
                progress: reading.progress,
                finished: reading.finished,
                reading: reading.into(),
            }),
            Change::RemoveBookmark { id } => What::Removal(id),
            Change::SetMark { letter, article, passage } => {
                What::Mark(Box::new(Mark { letter, article, passage: Some(passage) }))
            }
            Change::RemoveMark { letter, article } => What::Mark(Box::new(Mark { letter, article, passage: None })),
            Change::Read(session) => What::Session(Box::new(session)),
        };
        Self { stamp, what }
    }
}

impl From<Said> for Record {
    fn from(Said { stamp, what }: Said) -> Self {
        let change = match what {
            What::Bookmark(parts) => Change::EditBookmark((*parts).into()),
            What::Reading(place) => Change::SetReading(place.reading.into_value()),
            What::Removal(id) => Change::RemoveBookmark { id },
            What::Mark(mark) => {
                let Mark { letter, article, passage } = *mark;
                match passage {
                    Some(passage) => Change::SetMark { letter, article, passage },
                    None => Change::RemoveMark { letter, article },
                }
            }
            What::Session(session) => Change::Read(*session),
        };
        Self { stamp, change }
    }
}
