//! From asking for an article to reading it where its reading stopped.
//!
//! It refuses to read files: the worker does, and answers when it is done.

use super::figures::Watch;
use super::keymap::Context;
use super::list::ListPane;
use super::notice::Notice;
use super::reader::{Reader, vertical};
use super::{App, Effect, Target};
use crate::document::{Document, Passage, Position};
use crate::library::Origin;
use std::sync::Arc;

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
        effects.push(Effect::Load(origin));
        effects
    }

    pub(super) fn loaded(&mut self, origin: &Origin, result: Result<Document, String>) -> Vec<Effect> {
        // Another one has been asked for since.
        if self.loading.as_ref().is_some_and(|(wanted, _)| wanted != origin) {
            return Vec::new();
        }
        let Some(index) = self.library.articles.iter().position(|article| article.origin == *origin) else {
            return Vec::new();
        };
        let document = match result {
            Ok(document) => Arc::new(document),
            Err(why) => {
                self.notice = Some(Notice::problem(&why));
                self.loading = None;
                return Vec::new();
            }
        };
        let reading = self.library.articles.get(index).and_then(|article| {
            let reading = self.annotations.reading(&article.identity)?;
            Some((reading.passage.clone(), reading.progress))
        });
        // It may only have been glimpsed at.
        if let Some(article) = self.library.articles.get_mut(index) {
            article.learn(&document);
        }
        let place = self.place_to_open(&document, reading.as_ref().map(|(passage, _)| passage));
        let (measure, height) = self.setting(&document, vertical::has_readings(&document), self.size);
        let mut reader = Reader::new(index, document, measure, height);
        reader.progress = reading.map(|(_, progress)| progress).unwrap_or_default();
        let titles: Vec<String> =
            reader.document.outline.sections.iter().map(|section| section.title.to_string()).collect();
        self.outline = ListPane::default();
        self.outline.refresh(&titles);
        match self.reader.take().filter(|before| before.article == index) {
            Some(before) => reader.succeed(before),
            None => self.query.clear(),
        }
        self.list.select(index);
        self.reader = Some(reader);
        match self.focus {
            Context::Help | Context::Figures => self.before_help = Context::Reader,
            _ => self.focus = Context::Reader,
        }
        // The panes are known only now, and with them the measure in which the place is to be shown.
        self.arrange();
        let query = self.query.clone();
        self.read(|reader| {
            reader.search(&query, place.unwrap_or_default());
            if let Some(place) = place {
                reader.go(place);
            }
        });
        self.watch = Watch::start(&(self.now)(), self.reader.as_ref().map_or(0, |reader| reader.progress));
        self.offer_further();
        self.anchor()
    }

    /// Where another device has read further than this one, it is offered: as the place ahead of the jump list.
    fn offer_further(&mut self) {
        let Some(article) = self.open_article() else { return };
        let Some(further) = self.annotations.further(article, self.device).cloned() else { return };
        let Some(reader) = &mut self.reader else { return };
        if let Some((span, _)) = further.passage.find(&reader.document) {
            reader.offer(span.start);
            self.say(&format!("read to {} % on another device: gi goes there", further.progress / 10));
        }
    }

    /// Where a document that was asked for opens.
    fn place_to_open(&mut self, document: &Document, last_read: Option<&Passage>) -> Option<Position> {
        match self.loading.take().and_then(|(_, target)| target) {
            Some(Target::Place(place)) => Some(place),
            Some(Target::Passage(passage)) => {
                let found = passage.find(document);
                self.tell_grade(found.map(|(_, grade)| grade));
                Some(found.map_or_else(|| passage.estimate(document), |(span, _)| span.start))
            }
            None => last_read?.find(document).map(|(span, _)| span.start),
        }
    }

    pub(super) fn reload(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else {
            self.scanning = true;
            return vec![Effect::Scan(self.origins.clone())];
        };
        let target = match self.here() {
            Some((_, passage)) => Target::Passage(passage),
            None => Target::Place(reader.top),
        };
        let origin = self.library.articles.get(reader.article).map(|article| article.origin.clone());
        origin.map(|origin| self.ask_for(origin, Some(target))).unwrap_or_default()
    }
}
