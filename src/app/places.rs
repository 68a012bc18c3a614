//! Places: reading positions, marks, bookmarks, jumps, and the undo of what was changed about them.

use super::keymap::Context;
use super::notice::Notice;
use super::reader::Reader;
use super::{App, Effect, Target};
use crate::annotations::clock::ulid;
use crate::annotations::{Bookmark, Change, Reading};
use crate::document::{Identity, Passage, Resolved};

/// Seconds without a key after which the place is written down, so that no end of the program loses it.
const SETTLED: u32 = 10;

impl App {
    pub(super) fn tick(&mut self) -> Vec<Effect> {
        self.idle = self.idle.saturating_add(1);
        if self.idle == SETTLED { self.record_reading() } else { Vec::new() }
    }

    /// The place that is being read, as a change to record; none if nothing is open or nothing has changed.
    pub fn reading(&self) -> Option<Change> {
        let reader = self.reader.as_ref()?;
        let article = self.library.articles.get(reader.article)?.identity.clone();
        let span = reader.place_read()?;
        let reading = Reading {
            article,
            passage: Passage::capture(&reader.document, span),
            progress: reader.progress,
            finished: reader.progress >= 1000,
            at: (self.now)(),
        };
        let before = self.annotations.reading(&reading.article);
        let is_new =
            before.is_none_or(|before| before.passage != reading.passage || before.progress != reading.progress);
        is_new.then_some(Change::SetReading(reading))
    }

    pub(super) fn record_reading(&mut self) -> Vec<Effect> {
        self.reading().map(|change| self.record(change)).unwrap_or_default()
    }

    fn record(&mut self, change: Change) -> Vec<Effect> {
        let Some(change) = self.annotations.news(change) else { return Vec::new() };
        self.annotations.apply(&change);
        vec![Effect::Record(change)]
    }

    /// The article and what is selected in it, else the sentence at the top of the screen.
    pub(super) fn here(&self) -> Option<(Identity, Passage)> {
        let reader = self.reader.as_ref()?;
        let article = self.library.articles.get(reader.article)?.identity.clone();
        let span = reader.selection.map(|selection| selection.span()).or_else(|| reader.sentence())?;
        Some((article, Passage::capture(&reader.document, span)))
    }

    fn open_article(&self) -> Option<&Identity> {
        let article = self.library.articles.get(self.reader.as_ref()?.article)?;
        Some(&article.identity)
    }

    pub(super) fn jumped(&mut self, verb: fn(&mut Reader) -> bool) -> Vec<Effect> {
        if self.reader.as_mut().is_some_and(verb) { Vec::new() } else { self.say("no place to go back or forward to") }
    }

    pub(super) fn set_mark(&mut self, letter: char) -> Vec<Effect> {
        if !letter.is_ascii_alphabetic() {
            return self.say("a mark is a letter: a–z in this article, A–Z everywhere");
        }
        let Some((article, passage)) = self.here() else { return Vec::new() };
        self.say(&format!("marked as {letter}"));
        self.record(Change::SetMark { letter, article, passage })
    }

    pub(super) fn go_to_mark(&mut self, letter: char) -> Vec<Effect> {
        if letter == '\'' {
            return self.jumped(Reader::jump_back);
        }
        let here = self.open_article().cloned().unwrap_or_default();
        let found = self.annotations.mark(letter, &here).map(|(article, passage)| (article.clone(), passage.clone()));
        match found {
            Some((article, passage)) => self.go_to_passage(&article, passage),
            None => self.say(&format!("no mark {letter}")),
        }
    }

    /// To a passage of any article; one that is not open is loaded first.
    fn go_to_passage(&mut self, article: &Identity, passage: Passage) -> Vec<Effect> {
        let articles = self.library.articles.iter().map(|other| &other.identity);
        let Some(Resolved { index, .. }) = article.resolve(articles, |_| false) else {
            self.notice = Some(Notice::problem(&format!("“{}” is not in this library", article.title)));
            return Vec::new();
        };
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.article == index) else {
            return self.load(index, Some(Target::Passage(passage)));
        };
        self.focus = Context::Reader;
        match passage.find(&reader.document) {
            Some((span, _)) => reader.jump(span.start),
            None => self.notice = Some(Notice::problem("the passage is no longer in the article")),
        }
        Vec::new()
    }

    pub(super) fn bookmark(&mut self) -> Vec<Effect> {
        let Some((article, passage)) = self.here() else { return Vec::new() };
        let known = self.annotations.bookmarks(Some(&article)).iter().any(|known| known.passage == passage);
        if known {
            return self.say("this sentence is bookmarked already; gb lists the bookmarks");
        }
        let created = (self.now)();
        let id = ulid();
        self.leave_selection();
        self.say(&format!("bookmarked: {}", passage.quote));
        self.undo.push(Change::RemoveBookmark { id: id.clone() });
        self.record(Change::SetBookmark(Bookmark { id, article, passage, created, ..Bookmark::default() }))
    }

    /// Lists the bookmarks of the open article; asked for again, those of all.
    pub(super) fn show_bookmarks(&mut self) -> Vec<Effect> {
        let scope = self.open_article().filter(|_| self.focus != Context::Bookmarks).cloned();
        self.bookmarked = self.annotations.bookmarks(scope.as_ref()).into_iter().cloned().collect();
        self.focus = Context::Bookmarks;
        self.bookmarks.filter.clear();
        self.refilter();
        Vec::new()
    }

    pub(super) fn open_bookmark(&mut self) -> Vec<Effect> {
        let selected = self.bookmarks.selected().and_then(|index| self.bookmarked.get(index).cloned());
        match selected {
            Some(bookmark) => self.go_to_passage(&bookmark.article, bookmark.passage),
            None => Vec::new(),
        }
    }

    pub(super) fn delete(&mut self) -> Vec<Effect> {
        let Some(index) = self.bookmarks.selected().filter(|index| *index < self.bookmarked.len()) else {
            return Vec::new();
        };
        let bookmark = self.bookmarked.remove(index);
        self.refilter();
        self.say("removed; U brings it back");
        let change = Change::RemoveBookmark { id: bookmark.id.clone() };
        self.undo.push(Change::SetBookmark(bookmark));
        self.record(change)
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let Some(change) = self.undo.pop() else { return self.say("nothing to undo") };
        self.say("undone");
        let effects = self.record(change);
        if self.focus == Context::Bookmarks {
            self.show_bookmarks();
        }
        effects
    }
}
