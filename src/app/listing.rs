//! The list of articles by hand: what counts as read, and in which order they stand.

use super::command::Command;
use super::keymap::AGAIN;
use super::standing::state;
use super::{App, Effect};
use crate::annotations::{Change, Reading};
use crate::document::Passage;
use crate::library::query::{Order, State};

/// The orders, by the letter after the command.
pub const ORDERS: [(char, Order, &str); 7] = [
    ('d', Order::Date, "date"),
    ('t', Order::Title, "title"),
    ('a', Order::Author, "author"),
    ('s', Order::Source, "source"),
    ('l', Order::Length, "length"),
    ('p', Order::Progress, "progress"),
    ('c', Order::Added, "changed"),
];

/// The order of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sorting {
    /// By what.
    pub order: Order,
    /// Whether the last comes first.
    pub is_reversed: bool,
}

impl Sorting {
    /// What it is, in words; none for the usual one.
    pub fn name(self) -> Option<String> {
        let (_, _, name) = ORDERS.iter().find(|(_, order, _)| *order == self.order)?;
        let back = if self.is_reversed { ", reversed" } else { "" };
        (self != Self::default()).then(|| format!("by {name}{back}"))
    }
}

impl App {
    /// Sorts by the order of a letter; by the one in force again, or the command's key once more, the other way round.
    pub(super) fn sort(&mut self, letter: char) -> Vec<Effect> {
        let order = ORDERS.iter().find(|(key, ..)| *key == letter).map(|(_, order, _)| *order);
        let before = self.sorting;
        self.sorting = match order {
            Some(order) if order != before.order => Sorting { order, is_reversed: false },
            None if letter != AGAIN => {
                let letters = ORDERS.map(|(key, _, name)| format!("{key} {name}")).join(", ");
                return self.say(&format!("no such order; there are {letters}"));
            }
            Some(_) | None => Sorting { is_reversed: !before.is_reversed, ..before },
        };
        self.relist(|_| {});
        let name = self.sorting.name().unwrap_or_else(|| "by date, the newest first".to_owned());
        self.say(&name)
    }

    /// Marks the article under the cursor as read, or as unread if it has been read.
    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        let at = self.list.cursor;
        let Some(index) = self.list.selected() else { return Vec::new() };
        let Some(article) = self.library.articles.get(index) else { return Vec::new() };
        let (identity, origin) = (article.identity.clone(), article.origin.clone());
        if article.problem.is_some() {
            return self.say("what cannot be opened is neither read nor unread");
        }
        // What has been read of it so far is what undoing brings back.
        let is_open = self.reader.as_ref().is_some_and(|reader| reader.article == index);
        let mut effects = if is_open { self.record_reading() } else { Vec::new() };
        let before = self.annotations.reading(&identity).cloned();
        let is_read = state(before.as_ref()) == State::Finished;
        let unread = || Reading { article: identity.clone(), at: self.clock.now(), ..Reading::default() };
        let before = before.unwrap_or_else(unread);
        let passage = if is_read { Passage::default() } else { before.passage.clone() };
        let progress = if is_read { 0 } else { 1000 };
        // Who says so has not read it here: it is no reading to be counted.
        let skimmed = !is_read && (before.skimmed || before.progress < progress / 2);
        let after = Reading { passage, progress, finished: !is_read, skimmed, ..unread() };
        self.undo.push(Change::SetReading(before));
        effects.extend(self.set_reading(after));
        // It may not be listed any more: the next one takes its place.
        let is_there = self.list.selected().and_then(|index| self.library.articles.get(index));
        if is_there.is_none_or(|article| article.origin != origin) {
            self.list.cursor = at.min(self.list.shown.len().saturating_sub(1));
        }
        let undo = self.key(Command::Undo);
        self.say(&format!("{}; {undo} undoes it", if is_read { "unread" } else { "read" }));
        effects
    }

    /// Sets how far an article has been read, in the open one too, or what is being read would be written over it.
    pub(super) fn set_reading(&mut self, reading: Reading) -> Vec<Effect> {
        let index = self.index_of(&reading.article);
        if let Some(reader) = self.reader.as_mut().filter(|reader| Some(reader.article) == index) {
            reader.progress = reading.progress;
            self.watch.set(reading.progress, reading.skimmed);
        }
        let effects = self.change(Change::SetReading(reading));
        self.relist(|_| {});
        effects
    }
}
