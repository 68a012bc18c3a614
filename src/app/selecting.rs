//! Selecting with the keys, and what is done with what is selected: copying, searching for it.

use super::command::Command;
use super::context::Context;
use super::reader::Reader;
use super::{App, Effect};
use crate::document::{Span, Unit};
use crate::text::counted;

/// Bytes that a terminal is asked to put into its clipboard at most; many drop more without a word.
const LARGEST_COPY: usize = 64 * 1024;

impl App {
    /// Begins a selection by a unit; a second time snaps to it, and once it does, leaves.
    pub(super) fn select(&mut self, unit: Unit) -> Vec<Effect> {
        let current = self.reader.as_ref().and_then(|reader| reader.selection).map(|selection| selection.unit);
        match current {
            Some(current) if current == unit => self.leave_selection(),
            Some(_) => {
                self.read(|reader| reader.select_by(unit));
                self.say(if unit == Unit::Sentence { "whole sentences" } else { "characters" })
            }
            None => {
                self.read(|reader| reader.begin_selection(unit));
                if self.reader.as_ref().is_some_and(|reader| reader.selection.is_some()) {
                    self.focus = Context::Select;
                }
                Vec::new()
            }
        }
    }

    /// Lets a verb of the open article move the selection's end; where it does not, it is said why.
    pub(super) fn extend(&mut self, verb: impl FnOnce(&mut Reader)) -> Vec<Effect> {
        let selection = |app: &Self| app.reader.as_ref().and_then(|reader| reader.selection);
        let before = selection(self);
        self.read(verb);
        match (before, selection(self)) {
            (Some(before), Some(now)) if before.span() != now.span() => Vec::new(),
            (_, Some(now)) if now.unit == Unit::Sentence => {
                let [characters, sentence] =
                    [Command::SelectCharacters, Command::NextSentence].map(|command| self.key(command));
                self.say(&format!("whole sentences are selected: {sentence} adds one, {characters} selects characters"))
            }
            _ => self.say("the text ends here"),
        }
    }

    pub(super) fn leave_selection(&mut self) -> Vec<Effect> {
        if self.focus == Context::Select {
            self.focus = Context::Reader;
        }
        self.read(|reader| reader.selection = None)
    }

    pub(super) fn copy(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let span = reader.selection.map(|selection| selection.span()).or_else(|| reader.sentence());
        self.copy_span(span)
    }

    pub(super) fn copy_section(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let span = reader.document.around(reader.top, Unit::Section);
        self.copy_span(span)
    }

    /// Copies text as the article has it: no gaps, no line ends of the layout.
    fn copy_span(&mut self, span: Option<Span>) -> Vec<Effect> {
        let text = span.zip(self.reader.as_ref()).map(|(span, reader)| reader.document.words(span)).unwrap_or_default();
        if text.is_empty() {
            return self.say("nothing to copy here");
        }
        if text.len() > LARGEST_COPY {
            return self.say("too much to copy through a terminal: 64 KiB at most; `zhai show` prints it all");
        }
        self.leave_selection();
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        self.say(&format!("copied {}", counted(count as u64, "character")));
        vec![Effect::Copy(text)]
    }

    pub(super) fn search_selection(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let Some(span) = reader.selection.map(|selection| selection.span()) else { return Vec::new() };
        let query = reader.document.words(span).lines().next().unwrap_or_default().to_owned();
        self.query.clone_from(&query);
        self.leave_selection();
        self.read(|reader| reader.search(&query, span.start))
    }
}
