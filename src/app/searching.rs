//! Searching the text and filtering a list: one line to type in, which takes effect with every key.

use super::command::Command;
use super::context::Context;
use super::key::Key;
use super::notice::Notice;
use super::prompt::{Prompt, Typed};
use super::reader::{Reader, WHOLE};
use super::{App, Effect};
use crate::document::Position;
use crate::library::query::Query;

impl App {
    pub(super) fn start_prompt(&mut self) -> Vec<Effect> {
        let from = self.reader.as_ref().map(Reader::view).unwrap_or_default();
        let past = if self.focus == Context::Reader { &self.searches } else { &self.filters };
        self.prompt = Some((Prompt::after(past), from));
        Vec::new()
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if let Some(note) = &mut self.note {
            note.insert(text);
        } else if let Some((prompt, _)) = &mut self.prompt {
            prompt.insert(text);
            self.typed();
        }
        Vec::new()
    }

    pub(super) fn type_key(&mut self, key: Key) -> Vec<Effect> {
        let Some((prompt, _)) = &mut self.prompt else { return Vec::new() };
        match prompt.press(key) {
            Typed::Changed => self.typed(),
            Typed::Accepted => return self.accept(),
            Typed::Cancelled => self.give_up(),
            Typed::Ignored => {}
        }
        Vec::new()
    }

    fn accept(&mut self) -> Vec<Effect> {
        let Some((prompt, from)) = self.prompt.take() else { return Vec::new() };
        if prompt.jumps && self.focus == Context::Outline {
            let is_found = self.outline.selected().is_some();
            return if is_found {
                self.open()
            } else {
                self.say(&format!("no heading says “{}”; {} shows all", prompt.text, self.key(Command::Cancel)))
            };
        }
        if self.focus != Context::Reader {
            self.filters.keep(&prompt.text);
        } else if prompt.text.is_empty() {
            return self.repeat(from.top);
        } else {
            self.searches.keep(&prompt.text);
        }
        let found_none = self.reader.as_ref().is_some_and(|reader| reader.hits.is_empty());
        if self.focus == Context::List
            && let Err(wrong) = Query::parse(&self.list.filter)
        {
            self.notice = Some(Notice::problem(&wrong.to_string()));
        }
        if self.focus != Context::Reader || self.query.is_empty() {
            return Vec::new();
        }
        if found_none {
            // The first letters may have been found elsewhere.
            self.read(|reader| reader.restore(from));
            self.say_none()
        } else {
            self.read(|reader| reader.remember_place(from.top))
        }
    }

    /// Nothing typed means what was searched for last, from here on.
    fn repeat(&mut self, from: Position) -> Vec<Effect> {
        if !self.query.is_empty() {
            return self.next_match(1);
        }
        let Some(last) = self.searches.last().map(ToOwned::to_owned) else { return Vec::new() };
        self.query.clone_from(&last);
        self.read(|reader| reader.search(&last, from));
        if self.reader.as_ref().is_some_and(|reader| reader.hits.is_empty()) {
            return self.say_none();
        }
        self.read(|reader| reader.remember_place(from))
    }

    /// Says that nothing was found.
    fn say_none(&mut self) -> Vec<Effect> {
        let is_whole = self.reader.as_ref().is_none_or(|reader| reader.share == WHOLE);
        let place = if is_whole { "in this article" } else { "in what has been read of this article so far" };
        self.say(&format!("“{}” is not {place}", self.query))
    }

    fn give_up(&mut self) {
        let Some((prompt, from)) = &mut self.prompt else { return };
        let from = std::mem::take(from);
        prompt.text.clear();
        self.typed();
        self.prompt = None;
        if self.focus == Context::Reader {
            self.read(|reader| reader.restore(from));
        }
    }

    /// What was typed takes effect at once.
    fn typed(&mut self) {
        let Some((prompt, from)) = &self.prompt else { return };
        let (text, from) = (prompt.text.clone(), from.clone());
        if self.focus == Context::Reader {
            self.query.clone_from(&text);
            if let Some(reader) = &mut self.reader {
                // From where it began: what is found no more does not keep the text where it was found.
                let top = from.top;
                reader.restore(from);
                reader.search(&text, top);
            }
        } else {
            if let Some(pane) = self.pane() {
                pane.filter = text;
            }
            self.refilter();
        }
    }

    pub(super) fn next_match(&mut self, times: isize) -> Vec<Effect> {
        if self.query.is_empty() && self.searches.last().is_some() && self.reader.is_some() {
            let from = self.reader.as_ref().map(|reader| reader.top).unwrap_or_default();
            let effects = self.repeat(from);
            // The first match is there: of those that are asked for, the others remain.
            let rest = if times > 0 { times - 1 } else { times };
            return if rest != 0 && !self.query.is_empty() { self.next_match(rest) } else { effects };
        }
        if self.reader.as_ref().is_some_and(|reader| reader.hits.is_empty()) {
            let none = format!("nothing was searched for: {} begins a search", self.key(Command::Search));
            return if self.query.is_empty() { self.say(&none) } else { self.say_none() };
        }
        let is_selecting = self.focus == Context::Select;
        let mut went_round = false;
        self.read(|reader| {
            went_round = reader.next_hit(times);
            let hit = reader.hit.and_then(|index| reader.hits.get(index)).map(|hit| hit.start);
            if let Some(start) = hit.filter(|_| is_selecting) {
                reader.extend_to(start);
            }
        });
        match went_round {
            true if times > 0 => self.say("the search went on from the start"),
            true => self.say("the search went on from the end"),
            false => Vec::new(),
        }
    }

    pub(super) fn clear_search(&mut self) -> Vec<Effect> {
        self.query.clear();
        self.read(|reader| {
            reader.hits.clear();
            reader.hit = None;
        })
    }

    pub(super) fn is_filtered(&self) -> bool {
        let pane = match self.focus {
            Context::List => &self.list,
            Context::Outline => &self.outline,
            Context::Bookmarks => &self.bookmarks.pane,
            Context::Links => &self.links.pane,
            Context::Reader | Context::Select | Context::Help | Context::Figures | Context::Peek => return false,
        };
        !pane.filter.is_empty()
    }

    pub(super) fn clear_filter(&mut self) -> Vec<Effect> {
        if let Some(pane) = self.pane() {
            pane.filter.clear();
        }
        self.refilter();
        Vec::new()
    }

    pub(super) fn refilter(&mut self) {
        match self.focus {
            Context::List => {
                let articles = std::mem::take(&mut self.library.articles);
                self.fill(articles);
            }
            Context::Outline => {
                let titles = self.reader.as_ref().map(|reader| {
                    reader.document.outline.sections.iter().map(|section| section.title.to_string()).collect::<Vec<_>>()
                });
                self.outline.refresh(&titles.unwrap_or_default());
            }
            Context::Bookmarks => {
                let words = |bookmark: &crate::annotations::Bookmark| {
                    format!("{} {} {}", bookmark.article.title, bookmark.passage.quote, bookmark.note)
                };
                let rows: Vec<String> = self.bookmarks.listed.iter().map(words).collect();
                self.bookmarks.pane.refresh(&rows);
            }
            Context::Links => self.filter_links(),
            Context::Reader | Context::Select | Context::Help | Context::Figures | Context::Peek => {}
        }
    }
}
