//! What a reader leaves in articles: bookmarks, marks, reading positions, read state; and what the journal means.
//!
//! Everything is looked up by what an article is, never by its path alone, so that a moved, renamed or newly scraped
//! file finds what was left in it. It refuses to know panes and keys, and never writes into an article.

pub mod clock;
pub mod export;
pub mod import;
pub mod journal;
pub mod merge;
pub mod record;
pub mod statistics;
mod works;

pub use journal::{Journal, JournalError};
pub use merge::Stamp;
pub use record::{Change, Edit, Record};
pub use statistics::{Session, Statistics};

use crate::document::{Identity, Passage};
use merge::Kept;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use works::{Work, Works};

/// A passage kept on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
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
    /// Whether it marks a place or the words.
    pub kind: Kind,
    /// Whether the reader has seen that it is lost, and asked not to be told again.
    pub dismissed: bool,
}

impl Bookmark {
    /// The words as they were marked; a gap in very long ones is shown by dots.
    pub fn quote(&self) -> String {
        let Passage { quote, tail, .. } = &self.passage;
        if tail.is_empty() { quote.clone() } else { format!("{quote} … {tail}") }
    }
}

/// What a bookmark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Words that matter.
    Important,
    /// Words that raise a question.
    Question,
    /// Words to agree with.
    Agreed,
    /// Words to doubt.
    Doubted,
    /// Words to look up or to learn.
    Term,
    /// A place to come back to; also what a newer zhai wrote and this one does not know.
    #[default]
    #[serde(other)]
    Bookmark,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Bookmark, Self::Important, Self::Question, Self::Agreed, Self::Doubted, Self::Term];

    /// Its name in the journal, on the command line and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bookmark => "bookmark",
            Self::Important => "important",
            Self::Question => "question",
            Self::Agreed => "agreed",
            Self::Doubted => "doubted",
            Self::Term => "term",
        }
    }
}

/// How far an article has been read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The article.
    #[serde(rename = "art", alias = "article")]
    pub article: Identity,
    /// The first sentence on the screen.
    #[serde(rename = "anc", alias = "passage")]
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
    works: Works,
    bookmarks: Vec<Kept>,
    by_id: HashMap<String, usize>,
    by_work: HashMap<Work, Vec<usize>>,
    /// The newest of every device.
    readings: HashMap<Work, Vec<(Stamp, Reading)>>,
    marks: HashMap<(Option<Work>, char), (Stamp, Identity, Passage)>,
    sessions: HashMap<String, Session>,
    newest: u64,
}

impl Annotations {
    /// Folds one change in that is newer than all others.
    pub fn apply(&mut self, change: &Change) {
        let stamp = Stamp { time: self.newest + 1, ..Stamp::default() };
        self.fold(Record { stamp, change: change.clone() });
    }

    /// Folds one record in. The order of records does not matter, nor whether one comes twice.
    pub fn fold(&mut self, record: Record) {
        let Record { stamp, change } = record;
        self.newest = self.newest.max(stamp.time);
        match change {
            Change::SetBookmark(bookmark) => self.edit(stamp, bookmark.into()),
            Change::EditBookmark(edit) => self.edit(stamp, edit),
            Change::RemoveBookmark { id } => {
                let slot = self.slot(&id);
                self.bookmarks[slot].remove(stamp);
            }
            Change::SetMark { letter, article, passage } => self.set_mark(stamp, letter, article, passage),
            Change::SetReading(reading) => self.set_reading(stamp, reading),
            Change::Read(session) => {
                self.sessions.entry(session.id.clone()).or_insert(session);
            }
        }
    }

    /// The bookmarks of one article, or of all, oldest first.
    pub fn bookmarks(&self, article: Option<&Identity>) -> Vec<&Bookmark> {
        let all = || self.bookmarks.iter().filter(|kept| kept.is_alive()).map(|kept| &kept.bookmark);
        let mut found: Vec<&Bookmark> = match article {
            Some(article) => self.works.of(article).into_iter().flat_map(|work| self.left_in(work)).collect(),
            None => all().collect(),
        };
        // Those of one moment go by their place: ids of one millisecond are in no order.
        let key = |bookmark: &&Bookmark| (bookmark.created.clone(), bookmark.passage.offset, bookmark.id.clone());
        found.sort_by_cached_key(key);
        found
    }

    /// One bookmark.
    pub fn bookmark(&self, id: &str) -> Option<&Bookmark> {
        let kept = self.bookmarks.get(*self.by_id.get(id)?)?;
        kept.is_alive().then_some(&kept.bookmark)
    }

    /// The place of a mark: `a`–`z` are looked up in the article, `A`–`Z` everywhere.
    pub fn mark(&self, letter: char, article: &Identity) -> Option<(&Identity, &Passage)> {
        let scopes = if letter.is_ascii_lowercase() {
            self.works.of(article).into_iter().map(Some).collect()
        } else {
            vec![None]
        };
        let found = scopes.into_iter().filter_map(|scope| self.marks.get(&(scope, letter)));
        found.max_by_key(|(stamp, ..)| *stamp).map(|(_, article, passage)| (article, passage))
    }

    /// How far an article has been read: the newest of all devices.
    pub fn reading(&self, article: &Identity) -> Option<&Reading> {
        self.readings_of(article).max_by_key(|(stamp, _)| *stamp).map(|(_, reading)| reading)
    }

    /// The reading of another device than `device` that is further on than the newest one, to be offered, never imposed.
    pub fn further(&self, article: &Identity, device: u64) -> Option<&Reading> {
        let progress = self.reading(article)?.progress;
        let others = self.readings_of(article).filter(|(stamp, _)| stamp.device != device).map(|(_, reading)| reading);
        others.filter(|other| other.progress > progress).max_by_key(|other| other.progress)
    }

    /// The reading that was in progress last: what "continue reading" offers.
    pub fn latest(&self) -> Option<&Reading> {
        let mut all: Vec<&(Stamp, Reading)> =
            self.readings.values().flatten().filter(|(_, reading)| !reading.finished).collect();
        all.sort_by_key(|(stamp, _)| std::cmp::Reverse(*stamp));
        let mut all = all.into_iter().map(|(_, reading)| reading);
        all.find(|reading| self.reading(&reading.article).is_none_or(|newest| !newest.finished))
    }

    /// Decides which of the articles at hand everything was left in. Without this, what was left is found by id,
    /// address, text, or name and title; with it, also by similarity, and of several copies in the right one. `holds`
    /// says whether an article, by its index, has a passage.
    pub fn settle(&mut self, articles: &[&Identity], holds: impl FnMut(usize, &Passage) -> bool) {
        let mut works = std::mem::take(&mut self.works);
        works.settle(articles, |work| self.passages(work), holds);
        self.works = works;
    }

    /// The path of the article at hand in which something was left, as [`Annotations::settle`] decided; none if it is
    /// not among them.
    pub fn home(&self, article: &Identity) -> Option<&str> {
        self.works.home(article)
    }

    /// Takes over what another copy of this has decided in `settle`; what was left in articles since stays.
    pub fn adopt(&mut self, settled: Self) {
        self.works.adopt(settled.works);
    }

    /// Whether anything was left anywhere.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    /// What has been read when.
    pub fn statistics(&self) -> Statistics {
        let finished = self.readings.values().flatten().map(|(_, reading)| reading).filter(|reading| reading.finished);
        Statistics::of(self.sessions.values(), finished)
    }

    /// What a change says that is not known yet; none if it says nothing new.
    pub fn news(&self, change: Change) -> Option<Change> {
        match change {
            Change::SetBookmark(bookmark) => self.news(Change::EditBookmark(bookmark.into())),
            Change::EditBookmark(edit) => match self.by_id.get(&edit.id).and_then(|slot| self.bookmarks.get(*slot)) {
                Some(kept) => kept.news(edit).map(Change::EditBookmark),
                None => Some(Change::EditBookmark(edit)),
            },
            Change::RemoveBookmark { ref id } => self.bookmark(id).is_some().then_some(change),
            other => Some(other),
        }
    }

    fn edit(&mut self, stamp: Stamp, edit: Edit) {
        let slot = self.slot(&edit.id);
        let says_where = edit.article.is_some();
        self.bookmarks[slot].edit(stamp, edit);
        if says_where {
            let work = self.works.number(&self.bookmarks[slot].bookmark.article);
            self.bookmarks[slot].work = Some(work);
            let left = self.by_work.entry(work).or_default();
            if !left.contains(&slot) {
                left.push(slot);
            }
        }
    }

    fn slot(&mut self, id: &str) -> usize {
        if let Some(slot) = self.by_id.get(id) {
            return *slot;
        }
        let slot = self.bookmarks.len();
        self.bookmarks.push(Kept::default());
        self.by_id.insert(id.to_owned(), slot);
        slot
    }

    fn set_mark(&mut self, stamp: Stamp, letter: char, article: Identity, passage: Passage) {
        let scope = letter.is_ascii_lowercase().then(|| self.works.number(&article));
        let mark = self.marks.entry((scope, letter)).or_default();
        if stamp > mark.0 {
            *mark = (stamp, article, passage);
        }
    }

    fn set_reading(&mut self, stamp: Stamp, reading: Reading) {
        let work = self.works.number(&reading.article);
        let devices = self.readings.entry(work).or_default();
        match devices.iter_mut().find(|(other, _)| other.device == stamp.device) {
            Some(known) if known.0 < stamp => *known = (stamp, reading),
            Some(_) => {}
            None => devices.push((stamp, reading)),
        }
    }

    fn readings_of(&self, article: &Identity) -> impl Iterator<Item = &(Stamp, Reading)> {
        self.works.of(article).into_iter().filter_map(|work| self.readings.get(&work)).flatten()
    }

    /// The bookmarks whose article is a work.
    fn left_in(&self, work: Work) -> impl Iterator<Item = &Bookmark> {
        let kept = self.by_work.get(&work).into_iter().flatten().filter_map(|slot| self.bookmarks.get(*slot));
        kept.filter(move |kept| kept.work == Some(work) && kept.is_alive()).map(|kept| &kept.bookmark)
    }

    /// The passages left in a work.
    fn passages(&self, work: Work) -> Vec<&Passage> {
        let readings = self.readings.get(&work).into_iter().flatten().map(|(_, reading)| &reading.passage);
        let marks =
            self.marks.iter().filter(|((scope, _), _)| *scope == Some(work)).map(|(_, (_, _, passage))| passage);
        self.left_in(work).map(|bookmark| &bookmark.passage).chain(readings).chain(marks).collect()
    }
}
