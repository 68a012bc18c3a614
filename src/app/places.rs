//! Places: reading positions, marks by letter, jumps.

use super::context::Context;
use super::keymap::AGAIN;
use super::reader::{Reader, WHOLE};
use super::{App, Effect};
use crate::annotations::{Change, Reading};
use crate::document::{Identity, Passage};
use crate::library::Origin;

/// Half seconds without a key after which the place is written down, so that no end of the program loses it.
const SETTLED: u32 = 20;

impl App {
    pub(super) fn tick(&mut self) -> Vec<Effect> {
        self.idle = self.idle.saturating_add(1);
        let mut effects = if self.idle.is_multiple_of(SETTLED) { self.record_reading() } else { Vec::new() };
        effects.push(Effect::Poll);
        self.read(Reader::idle);
        effects
    }

    /// The place that is being read, as a change to record; none if nothing is open or nothing has changed.
    pub fn reading(&self) -> Option<Change> {
        let reader = self.reader.as_ref()?;
        let article = self.library.articles.get(reader.article)?.identity.clone();
        // Where its reading stopped may not be known yet: that must not be overwritten by the start.
        if reader.is_fresh && (self.early.is_some() || reader.share < WHOLE) {
            return None;
        }
        let span = reader.place_read()?;
        let reading = Reading {
            article,
            passage: Passage::capture(&reader.document, span),
            progress: reader.progress,
            finished: reader.progress >= 1000,
            skimmed: self.watch.is_skimmed(reader.progress),
            at: self.clock.now(),
        };
        let before = self.annotations.reading(&reading.article);
        let at = |reading: &Reading| (reading.progress, reading.skimmed);
        let is_new = before.is_none_or(|before| before.passage != reading.passage || at(before) != at(&reading));
        is_new.then_some(Change::SetReading(reading))
    }

    pub(super) fn record_reading(&mut self) -> Vec<Effect> {
        self.reading().map(|change| self.record(change)).unwrap_or_default()
    }

    pub(super) fn record(&mut self, change: Change) -> Vec<Effect> {
        let Some(mut change) = self.annotations.news(change) else { return Vec::new() };
        self.annotations.apply(&change);
        if let Some(early) = &mut self.early {
            early.push(change.clone());
        }
        let open = self.open_article();
        let is_open = change.article_mut().is_some_and(|article| Some(&*article) == open);
        match self.unread_origin().filter(|_| is_open) {
            Some(origin) => vec![Effect::RecordIn(origin, change)],
            None => vec![Effect::Record(change)],
        }
    }

    /// Where the open article is, if only its start has been read.
    fn unread_origin(&self) -> Option<Origin> {
        let reader = self.reader.as_ref().filter(|reader| reader.share < WHOLE)?;
        Some(self.library.articles.get(reader.article)?.origin.clone())
    }

    /// The article and what is selected in it, else the sentence at the top of the screen.
    pub(super) fn here(&self) -> Option<(Identity, Passage)> {
        let reader = self.reader.as_ref()?;
        let article = self.library.articles.get(reader.article)?.identity.clone();
        let span = reader.selection.map(|selection| selection.span()).or_else(|| reader.sentence())?;
        Some((article, Passage::capture(&reader.document, span)))
    }

    pub(super) fn open_article(&self) -> Option<&Identity> {
        let article = self.library.articles.get(self.reader.as_ref()?.article)?;
        Some(&article.identity)
    }

    pub(super) fn jump_back(&mut self) -> Vec<Effect> {
        self.leave_lists();
        if self.reader.as_mut().is_some_and(Reader::jump_back) {
            return Vec::new();
        }
        // What led to this article leads back.
        self.back_on_trail().unwrap_or_else(|| self.say("no place to go back to"))
    }

    /// A list that covers the text is left for the place that is gone to.
    fn leave_lists(&mut self) {
        if matches!(self.focus, Context::Bookmarks | Context::Links) {
            self.to_text();
        }
    }

    pub(super) fn jump_forward(&mut self) -> Vec<Effect> {
        self.leave_lists();
        if self.reader.as_mut().is_some_and(Reader::jump_forward) {
            return Vec::new();
        }
        self.ahead_on_trail().unwrap_or_else(|| self.say("no place to go forward to"))
    }

    pub(super) fn set_mark(&mut self, letter: char) -> Vec<Effect> {
        if !letter.is_ascii_alphabetic() {
            return self.say("a mark is a letter: a–z in this article, A–Z everywhere");
        }
        let Some((article, passage)) = self.here() else { return Vec::new() };
        let before =
            self.annotations.mark(letter, &article).map(|(article, passage)| (article.clone(), passage.clone()));
        self.undo.push(match before {
            Some((article, passage)) => Change::SetMark { letter, article, passage },
            None => Change::RemoveMark { letter, article: article.clone() },
        });
        self.say(&format!("marked as {letter}"));
        self.record(Change::SetMark { letter, article, passage })
    }

    pub(super) fn go_to_mark(&mut self, letter: char) -> Vec<Effect> {
        if letter == AGAIN {
            return self.jump_back();
        }
        let here = self.open_article().cloned().unwrap_or_default();
        let found = self.annotations.mark(letter, &here).map(|(article, passage)| (article.clone(), passage.clone()));
        match found {
            Some((article, passage)) => self.go_to_passage(&article, passage),
            None => self.say(&format!("no mark {letter}")),
        }
    }
}
