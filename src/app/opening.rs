//! From asking for an article to reading it where its reading stopped.
//!
//! It refuses to read files: the worker does, and answers when it is done.

use super::command::Command;
use super::context::Context;
use super::list::ListPane;
use super::notice::Notice;
use super::reader::{Reader, WHOLE, vertical};
use super::{App, Effect, Target};
use crate::annotations::{Annotations, Reading};
use crate::document::address::decoded;
use crate::document::{Document, Grade, Passage, Position};
use crate::library::{Origin, Piece};
use std::sync::Arc;

/// What was asked for is not surely in the start of the article.
struct Elsewhere;

impl App {
    /// Asks for an article, to be opened at a target, else where its reading stopped.
    pub(super) fn load(&mut self, index: usize, target: Option<Target>) -> Vec<Effect> {
        let Some(article) = self.library.articles.get(index) else { return Vec::new() };
        if let Some(problem) = &article.problem {
            self.notice = Some(Notice::problem(problem));
            return Vec::new();
        }
        let origin = article.origin.clone();
        self.ask_for(origin, target)
    }

    /// Writes down what has been read so far, and asks for an article.
    fn ask_for(&mut self, origin: Origin, target: Option<Target>) -> Vec<Effect> {
        let mut effects = self.record_reading();
        effects.extend(self.record_session());
        self.loading = Some((origin.clone(), target));
        self.trail.leading = None;
        self.links.sought = None;
        effects.push(Effect::Load(origin));
        effects
    }

    /// The start of an article is here: it is shown if what is to be shown is in it. Only then the rest is asked for, so
    /// that it takes no time from the first screen.
    pub(super) fn begun(&mut self, origin: &Origin, piece: Piece) -> Vec<Effect> {
        let Some(index) = self.expected(origin) else { return Vec::new() };
        // What is being read again is better than a part of it.
        if self.reader.as_ref().is_none_or(|reader| reader.article != index) {
            self.show_piece(index, piece);
        }
        vec![Effect::Finish(origin.clone())]
    }

    fn show_piece(&mut self, index: usize, Piece { document, share }: Piece) {
        let Ok(place) = self.place_in_piece(index, &document) else { return };
        if let Some((_, target)) = &mut self.loading {
            *target = None;
        }
        self.show_article(index, document, share, place);
    }

    /// An article was read, or could not be.
    pub(super) fn loaded(&mut self, origin: &Origin, result: Result<Document, String>) -> Vec<Effect> {
        let Some(index) = self.expected(origin) else { return Vec::new() };
        let target = self.loading.take().and_then(|(_, target)| target);
        let document = match result {
            Ok(document) => document,
            Err(why) => {
                self.notice = Some(Notice::problem(&why));
                self.trail.leading = None;
                return self.finish_other_than(index);
            }
        };
        // It may only have been glimpsed at.
        if let Some(article) = self.library.articles.get_mut(index) {
            article.learn(&document);
        }
        if self.reader.as_ref().is_some_and(|reader| reader.article == index && reader.share < WHOLE) {
            self.grow(document);
        } else {
            let place = self.place_to_open(index, &document, target);
            self.show_article(index, document, WHOLE, place);
            self.offer_further();
        }
        self.warn();
        self.anchor()
    }

    /// Says why the open article is not all there, unless something else is to be said.
    fn warn(&mut self) {
        let warning = self.reader.as_ref().and_then(|reader| reader.document.warning());
        if let Some(warning) = warning.filter(|_| self.notice.is_none()) {
            self.notice = Some(Notice::problem(warning));
        }
    }

    /// Asks for the rest of the open article, as another one that was asked for meanwhile could not be had.
    fn finish_other_than(&mut self, failed: usize) -> Vec<Effect> {
        let piece = self.reader.as_ref().filter(|reader| reader.share < WHOLE && reader.article != failed);
        let origin = piece.and_then(|reader| self.library.articles.get(reader.article)).map(|article| &article.origin);
        let Some(origin) = origin.cloned() else { return Vec::new() };
        self.loading = Some((origin.clone(), None));
        vec![Effect::Finish(origin)]
    }

    /// The index of an article that is waited for; none if another one has been asked for since, or it was left.
    fn expected(&self, origin: &Origin) -> Option<usize> {
        self.loading.as_ref().filter(|(wanted, _)| wanted == origin)?;
        self.library.articles.iter().position(|article| article.origin == *origin)
    }

    /// Opens an article at a place, or the start of one.
    fn show_article(&mut self, index: usize, document: Document, share: u16, place: Option<Position>) {
        self.leave_trail(index);
        let (measure, height) = self.setting(&document, vertical::has_readings(&document), self.size);
        let mut reader = Reader::new(index, Arc::new(document), measure, height);
        reader.share = share;
        reader.has_read(self.last_reading(index).map(|reading| reading.progress).unwrap_or_default());
        self.outline = ListPane::default();
        self.outline.refresh(&titles(&reader));
        let before = self.reader.take().filter(|before| before.article == index);
        let is_again = before.is_some();
        match before {
            Some(before) => reader.succeed(before),
            None => self.query.clear(),
        }
        self.list.select(index);
        self.reader = Some(reader);
        match self.focus {
            Context::Help if self.help.before != Context::Figures => self.help.before = Context::Reader,
            Context::Help | Context::Figures => self.figures.before = Context::Reader,
            _ => self.focus = Context::Reader,
        }
        // The panes are known only now, and with them the measure in which the place is to be shown.
        self.arrange();
        let query = self.query.clone();
        self.read(|reader| {
            reader.search(&query, place.unwrap_or_default());
            if let Some(place) = place {
                reader.begin(place);
            }
        });
        self.watch(is_again);
    }

    /// The whole of the article is here of which the start is open.
    fn grow(&mut self, document: Document) {
        let query = self.query.clone();
        let mut is_found = false;
        self.read(|reader| is_found = reader.grow(Arc::new(document), &query));
        if is_found {
            self.notice = None;
        }
        // What was under the pointer may stand elsewhere in the whole.
        self.pressed = None;
        if let Some(reader) = &self.reader {
            self.outline.refresh(&titles(reader));
        }
        if self.shown() == Context::Links {
            self.list_links();
        }
        self.resume();
    }

    /// What was kept is known: it is taken in, under what has been done since the start.
    pub(super) fn kept(&mut self, annotations: Annotations, device: u64) -> Vec<Effect> {
        self.annotations = annotations;
        self.device = device;
        for change in self.early.take().into_iter().flatten() {
            self.annotations.apply(&change);
        }
        self.relist(|_| {});
        self.list_kept();
        if self.reader.as_ref().is_some_and(|reader| reader.share == WHOLE) {
            self.resume();
        }
        if self.reader.is_none() && self.list.cursor == 0 {
            self.offer_to_continue();
        }
        let mut effects = if self.finding.was_over { self.settle() } else { Vec::new() };
        effects.extend(self.anchor());
        effects
    }

    /// Goes to where the reading of the open article stopped, as far as nothing has been gone to since it was opened.
    fn resume(&mut self) {
        let Some(index) = self.reader.as_ref().map(|reader| reader.article) else { return };
        let Some(Reading { passage, progress, .. }) = self.last_reading(index).cloned() else { return };
        self.read(|reader| {
            reader.has_read(progress);
            if reader.is_fresh
                && let Some((span, _)) = passage.find(&reader.document)
            {
                reader.begin(span.start);
            }
        });
        self.watch(true);
        self.offer_further();
    }

    /// Where the reading of an article stopped, if it was more than marked as read or unread.
    pub(super) fn last_place(&self, index: usize) -> Option<&Passage> {
        self.last_reading(index).map(|reading| &reading.passage).filter(|passage| !passage.quote.is_empty())
    }

    /// How far an article has been read.
    pub(super) fn last_reading(&self, index: usize) -> Option<&Reading> {
        self.annotations.reading(&self.library.articles.get(index)?.identity)
    }

    /// Where another device has read further than this one, it is offered: as the place ahead of the jump list.
    fn offer_further(&mut self) {
        let Some(article) = self.open_article() else { return };
        let Some(further) = self.annotations.further(article, self.device).cloned() else { return };
        let Some(reader) = &mut self.reader else { return };
        if let Some((span, _)) = further.passage.find(&reader.document) {
            reader.offer(span.start);
            let (percent, key) = (further.progress / 10, self.key(Command::JumpForward));
            self.say(&format!("read to {percent} % on another device: {key} goes there"));
        }
    }

    /// Where a document that was asked for opens.
    fn place_to_open(&mut self, index: usize, document: &Document, target: Option<Target>) -> Option<Position> {
        match target {
            Some(Target::Place(place)) => Some(place),
            Some(Target::Name(name)) => {
                let found = document.anchor(&name);
                if found.is_none() {
                    self.say(&format!("no section of this article is called “{}”", decoded(&name)));
                }
                found
            }
            Some(Target::Passage(passage)) => {
                let found = passage.find(document);
                self.tell_grade(found.map(|(_, grade)| grade));
                Some(found.map_or_else(|| passage.estimate(document), |(span, _)| span.start))
            }
            Some(Target::Left(passage)) => {
                let found = passage.find(document);
                if found.is_none() {
                    self.say("the text is another now: this is about where you were");
                }
                Some(found.map_or_else(|| passage.estimate(document), |(span, _)| span.start))
            }
            None => self.last_place(index)?.find(document).map(|(span, _)| span.start),
        }
    }

    /// Where the start of an article that was asked for opens, if that can be told without the rest.
    fn place_in_piece(&self, index: usize, document: &Document) -> Result<Option<Position>, Elsewhere> {
        let surely = |passage: &Passage| match passage.find(document) {
            Some((span, Grade::Exact)) => Ok(Some(span.start)),
            _ => Err(Elsewhere),
        };
        match self.loading.as_ref().and_then(|(_, target)| target.as_ref()) {
            Some(Target::Place(place)) => {
                ((place.block as usize) < document.blocks.len()).then_some(Some(*place)).ok_or(Elsewhere)
            }
            Some(Target::Passage(passage) | Target::Left(passage)) => surely(passage),
            Some(Target::Name(_)) => Err(Elsewhere),
            None => self.last_place(index).map_or(Ok(None), surely),
        }
    }

    pub(super) fn reload(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else {
            self.finding.goes_on = true;
            return vec![Effect::Scan(self.finding.origins.clone())];
        };
        // Its rest is on its way.
        if reader.share < WHOLE && self.loading.is_some() {
            return Vec::new();
        }
        let target = match self.here() {
            Some((_, passage)) => Target::Left(passage),
            None => Target::Place(reader.top),
        };
        let origin = self.library.articles.get(reader.article).map(|article| article.origin.clone());
        origin.map(|origin| self.ask_for(origin, Some(target))).unwrap_or_default()
    }
}

/// The titles of the sections of an open article.
fn titles(reader: &Reader) -> Vec<String> {
    reader.document.outline.sections.iter().map(|section| section.title.to_string()).collect()
}
