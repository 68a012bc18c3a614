//! What a reader leaves in articles: bookmarks, marks, reading positions, read state; and what the journal means.
//!
//! Everything is looked up by what an article is, never by its path alone, so that a moved, renamed or newly scraped
//! file finds what was left in it. It refuses to know panes and keys, and never writes into an article.

pub mod clock;
pub mod export;
pub mod import;
pub mod journal;
mod known;
mod merge;
pub mod record;
mod said;
mod stamp;
pub mod statistics;
mod unread;
mod works;

pub use journal::{Journal, JournalError};
pub use record::{Change, Edit, Record};
pub use stamp::Stamp;
pub use statistics::{Session, Statistics};

use crate::document::{Identity, Passage};
use foldhash::HashMap;
use merge::Kept;
use said::{Parts, Said, What};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use unread::Unread;
use works::{Homes, Work, Works};

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
    /// How much had been read, in thousandths, by reading on and not by jumps.
    pub progress: u16,
    /// Whether its end was reached.
    pub finished: bool,
    /// Whether more of what was gone through went by faster than anybody reads than did not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub skimmed: bool,
    /// When: RFC 3339, UTC.
    pub at: String,
}

/// The folded state: all records of all devices, the newest winning field by field. A copy costs next to nothing.
#[derive(Debug, Clone, Default)]
pub struct Annotations {
    folded: Arc<Folded>,
    homes: Homes,
}

/// What the records come to.
#[derive(Debug, Clone, Default)]
struct Folded {
    works: Works,
    bookmarks: Vec<Kept>,
    by_id: HashMap<String, usize>,
    by_work: HashMap<Work, Vec<usize>>,
    /// Of each work, the newest of every device.
    readings: Vec<Vec<(Stamp, Place)>>,
    marks: HashMap<(Option<Work>, char), Mark>,
    sessions: HashMap<String, Session>,
    newest: u64,
}

/// A letter's place; none after it was taken away.
#[derive(Debug, Clone, Default)]
struct Mark {
    stamp: Stamp,
    article: Identity,
    passage: Option<Passage>,
}

/// A reading position as it stands.
#[derive(Debug, Clone)]
struct Place {
    progress: u16,
    finished: bool,
    reading: Unread<Reading>,
}

impl Annotations {
    /// Folds one change in that is newer than all others.
    pub fn apply(&mut self, change: &Change) {
        let stamp = Stamp { time: self.folded.newest.saturating_add(1), ..Stamp::default() };
        self.fold(Record { stamp, change: change.clone() });
    }

    /// Folds one record in. The order of records does not matter, nor whether one comes twice.
    pub fn fold(&mut self, record: Record) {
        Arc::make_mut(&mut self.folded).hear(record.into());
    }

    /// Folds many in.
    fn hear(&mut self, all: Vec<Said>) {
        let folded = Arc::make_mut(&mut self.folded);
        for said in all {
            folded.hear(said);
        }
    }

    /// The bookmarks of one article, or of all, oldest first.
    pub fn bookmarks(&self, article: Option<&Identity>) -> Vec<&Bookmark> {
        let all = || self.folded.bookmarks.iter().filter(|kept| kept.is_alive()).map(Kept::bookmark);
        let mut found: Vec<&Bookmark> = match article {
            Some(article) => self.works(article).into_iter().flat_map(|work| self.folded.left_in(work)).collect(),
            None => all().collect(),
        };
        // Those of one moment go by their place: ids of one millisecond are in no order.
        let key = |bookmark: &&Bookmark| (bookmark.created.clone(), bookmark.passage.offset, bookmark.id.clone());
        found.sort_by_cached_key(key);
        found
    }

    /// One bookmark.
    pub fn bookmark(&self, id: &str) -> Option<&Bookmark> {
        let kept = self.folded.bookmarks.get(*self.folded.by_id.get(id)?)?;
        kept.is_alive().then(|| kept.bookmark())
    }

    /// The place of a mark: `a`–`z` are looked up in the article, `A`–`Z` everywhere.
    pub fn mark(&self, letter: char, article: &Identity) -> Option<(&Identity, &Passage)> {
        let scopes =
            if letter.is_ascii_lowercase() { self.works(article).into_iter().map(Some).collect() } else { vec![None] };
        let found = scopes.into_iter().filter_map(|scope| self.folded.marks.get(&(scope, letter)));
        let mark = found.max_by_key(|mark| mark.stamp)?;
        Some((&mark.article, mark.passage.as_ref()?))
    }

    /// How far an article has been read: the newest of all devices.
    pub fn reading(&self, article: &Identity) -> Option<&Reading> {
        self.newest_place(article).map(|place| place.reading.get())
    }

    /// The reading of another device than `device` that is further on than the newest one, to be offered, never imposed.
    pub fn further(&self, article: &Identity, device: u64) -> Option<&Reading> {
        let progress = self.newest_place(article)?.progress;
        let others = self.places(article).filter(|(stamp, _)| stamp.device != device).map(|(_, place)| place);
        let further = others.filter(|other| other.progress > progress).max_by_key(|other| other.progress);
        further.map(|place| place.reading.get())
    }

    /// The reading that was in progress last: what "continue reading" offers.
    pub fn latest(&self) -> Option<&Reading> {
        let mut all: Vec<&(Stamp, Place)> =
            self.folded.readings.iter().flatten().filter(|(_, place)| !place.finished).collect();
        all.sort_by_key(|(stamp, _)| std::cmp::Reverse(*stamp));
        // What was only marked as unread has no place.
        let all = all.into_iter().map(|(_, place)| place.reading.get());
        let mut all = all.filter(|reading| !reading.passage.quote.is_empty());
        all.find(|reading| self.newest_place(&reading.article).is_none_or(|newest| !newest.finished))
    }

    /// Decides which of the articles at hand everything was left in. Without this, what was left is found by id,
    /// address, text, or name and title; with it, also by similarity, and of several copies in the right one. `holds`
    /// says whether an article, by its index, has a passage.
    pub fn settle(&mut self, articles: &[&Identity], holds: impl FnMut(usize, &Passage) -> bool) {
        self.homes = self.folded.works.settle(articles, |work| self.folded.passages(work), holds);
    }

    /// The path of the article at hand in which something was left, as [`Annotations::settle`] decided; none if it is
    /// not among them.
    pub fn home(&self, article: &Identity) -> Option<&str> {
        self.folded.works.home(article, &self.homes)
    }

    /// Takes over what another copy of this has decided in `settle`; what was left in articles since stays.
    pub fn adopt(&mut self, settled: Self) {
        self.homes = settled.homes;
    }

    /// Whether anything was left anywhere.
    pub fn is_empty(&self) -> bool {
        self.folded.works.is_empty()
    }

    /// What has been read when; `day_of` gives the day of a time in RFC 3339.
    pub fn statistics(&self, day_of: impl Fn(&str) -> Option<String>) -> Statistics {
        let places = self.folded.readings.iter().flatten().map(|(_, place)| place);
        let finished = places.filter(|place| place.finished).map(|place| place.reading.get());
        let read = finished.filter(|reading| !reading.skimmed);
        Statistics::of(self.folded.sessions.values(), read, day_of)
    }

    /// What a change says that is not known yet; none if it says nothing new.
    pub fn news(&self, change: Change) -> Option<Change> {
        match change {
            Change::SetBookmark(bookmark) => self.news(Change::EditBookmark(bookmark.into())),
            Change::EditBookmark(edit) => {
                let folded = &self.folded;
                match folded.by_id.get(&edit.id).and_then(|slot| folded.bookmarks.get(*slot)) {
                    Some(kept) => kept.news(edit).map(Change::EditBookmark),
                    None => Some(Change::EditBookmark(edit)),
                }
            }
            Change::RemoveBookmark { ref id } => self.bookmark(id).is_some().then_some(change),
            other => Some(other),
        }
    }

    fn works(&self, article: &Identity) -> Vec<Work> {
        self.folded.works.of(article, &self.homes)
    }

    fn places(&self, article: &Identity) -> impl Iterator<Item = &(Stamp, Place)> {
        self.works(article).into_iter().filter_map(|work| self.folded.readings.get(work as usize)).flatten()
    }

    fn newest_place(&self, article: &Identity) -> Option<&Place> {
        self.places(article).max_by_key(|(stamp, _)| *stamp).map(|(_, place)| place)
    }
}

impl Folded {
    fn hear(&mut self, said: Said) {
        let Said { stamp, what } = said;
        self.newest = self.newest.max(stamp.time);
        match what {
            What::Bookmark(parts) => self.edit(stamp, *parts),
            What::Removal(id) => {
                let slot = self.slot(&id);
                self.bookmarks[slot].remove(stamp);
            }
            What::Mark(said) => self.set_mark(stamp, *said),
            What::Reading(said) => self.set_reading(stamp, said),
            What::Session(session) => {
                self.sessions.entry(session.id.clone()).or_insert(*session);
            }
        }
    }

    fn edit(&mut self, stamp: Stamp, parts: Parts) {
        let slot = self.slot(&parts.id);
        let Some(article) = self.bookmarks[slot].edit(stamp, parts) else { return };
        let work = self.works.number(article);
        let before = self.bookmarks[slot].work.replace(work);
        if before == Some(work) {
            return;
        }
        let left = self.by_work.entry(work).or_default();
        // What was elsewhere before may have come back.
        if before.is_none() || !left.contains(&slot) {
            left.push(slot);
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

    fn set_mark(&mut self, stamp: Stamp, said: said::Mark) {
        let said::Mark { letter, article, passage } = said;
        let scope = letter.is_ascii_lowercase().then(|| self.works.number(article.clone().into()));
        let mark = self.marks.entry((scope, letter)).or_default();
        if stamp > mark.stamp {
            *mark = Mark { stamp, article, passage };
        }
    }

    fn set_reading(&mut self, stamp: Stamp, said: said::Place) {
        let said::Place { article, progress, finished, reading } = said;
        let work = self.works.number(article);
        let place = Place { progress, finished, reading };
        let number = work as usize;
        if self.readings.len() <= number {
            self.readings.resize_with(number + 1, Vec::new);
        }
        let devices = &mut self.readings[number];
        match devices.iter_mut().find(|(other, _)| other.device == stamp.device) {
            Some(known) if known.0 < stamp => *known = (stamp, place),
            Some(_) => {}
            None => {
                // Nearly all articles are read on one device.
                devices.reserve_exact(1);
                devices.push((stamp, place));
            }
        }
    }

    /// The bookmarks whose article is a work.
    fn left_in(&self, work: Work) -> impl Iterator<Item = &Bookmark> {
        let kept = self.by_work.get(&work).into_iter().flatten().filter_map(|slot| self.bookmarks.get(*slot));
        kept.filter(move |kept| kept.work == Some(work) && kept.is_alive()).map(Kept::bookmark)
    }

    /// The passages left in a work.
    fn passages(&self, work: Work) -> Vec<&Passage> {
        let readings = self.readings.get(work as usize).into_iter().flatten();
        let marks = self.marks.iter().filter(|((scope, _), _)| *scope == Some(work));
        let places = readings.map(|(_, place)| &place.reading.get().passage);
        let bookmarks = self.left_in(work).map(|bookmark| &bookmark.passage);
        bookmarks.chain(places).chain(marks.filter_map(|(_, mark)| mark.passage.as_ref())).collect()
    }
}
