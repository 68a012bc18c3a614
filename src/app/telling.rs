//! What is told at the foot of the window, and what stands where a list would: composed and set in lines whenever
//! something happens, so that drawing only paints them.
//!
//! It refuses to know colours.

use super::App;
use super::command::Command;
use super::context::Context;
use super::lines::set;
use super::listing::ORDERS;
use super::marking::{MEANINGS, sign};
use crate::text::WidthPolicy;

/// What is done with what the cursor of a list is on.
const OF_ROWS: [Command; 10] = [
    Command::Open,
    Command::Delete,
    Command::Note,
    Command::Highlight,
    Command::Copy,
    Command::Peek,
    Command::Browse,
    Command::Dismiss,
    Command::Reattach,
    Command::ToggleRead,
];

/// Lines that are told at most.
const LINES: usize = 4;

/// Words in lines.
#[derive(Debug, Default)]
pub struct Told {
    /// The lines; none if there is nothing to tell.
    pub lines: Vec<String>,
    /// Whether they are about something that went wrong.
    pub is_problem: bool,
    /// What they were set from: the words, and the cells of a line.
    from: Option<(String, u16)>,
}

impl Told {
    /// Sets words in lines of some cells, if they are not set so already.
    fn tell(&mut self, words: Option<String>, columns: u16, width: WidthPolicy) {
        let from = words.map(|words| (words, columns));
        if from != self.from {
            self.lines = from.as_ref().map_or_else(Vec::new, |(words, _)| set(words, columns, width));
            self.from = from;
        }
    }
}

impl App {
    /// Sets what is told for the window as it is.
    pub(super) fn set_told(&mut self) {
        let width = self.width_policy();
        let (foot, body) = (self.panes.status.width.saturating_sub(2), self.panes.body.width.saturating_sub(2));
        let (words, is_problem) = self.told().unzip();
        self.told.is_problem = is_problem.unwrap_or_default();
        self.told.tell(words, foot, width);
        if self.told.lines.len() > LINES {
            self.told.lines.truncate(LINES);
            // What is left out is not left out silently.
            let last = self.told.lines.pop().map(|last| last + " …");
            self.told.lines.extend(last);
        }
        let nothing = self.nothing();
        self.nothing.tell(nothing, body, width);
    }

    /// What a command waits for, or else a notice; and whether that is about something that went wrong.
    fn told(&self) -> Option<(String, bool)> {
        let letters = match self.keymap.awaiting() {
            Some(Command::Highlight) => {
                Some(MEANINGS.map(|(key, kind, name)| format!("{key} {} {name}", sign(kind))).join(" · "))
            }
            Some(Command::SortList) => {
                let orders = ORDERS.map(|(key, _, name)| format!("{key} {name}")).join(" · ");
                Some(format!("{orders} · {} reverse", self.key(Command::SortList)))
            }
            _ if self.links.hints.is_some() => {
                Some(format!("letters choose a link · {} leaves", self.key(Command::Cancel)))
            }
            _ => None,
        };
        let notice = || self.notice.as_ref().or(self.failure.as_ref());
        letters.map(|letters| (letters, false)).or_else(|| {
            let notice = notice()?;
            Some((notice.text.to_string(), notice.is_problem))
        })
    }

    /// Whether a command is for what the cursor of a list is on, and the list has nothing.
    pub(super) fn lacks_a_row_for(&self, command: Command) -> bool {
        let pane = match self.focus {
            Context::List => &self.list,
            Context::Bookmarks => &self.bookmarks.pane,
            Context::Links => &self.links.pane,
            _ => return false,
        };
        pane.shown.is_empty() && OF_ROWS.contains(&command)
    }

    /// Why the list that is shown has nothing to see.
    fn nothing(&self) -> Option<String> {
        match self.shown() {
            Context::Bookmarks if self.bookmarks.pane.shown.is_empty() => Some(self.nothing_kept()),
            Context::Links if self.links.pane.shown.is_empty() => Some("No link has these words.".to_owned()),
            Context::Bookmarks | Context::Links | Context::Figures | Context::Help => None,
            _ if self.reader.is_some() || !self.list.shown.is_empty() => None,
            _ => Some(match (self.library.articles.is_empty(), self.is_scanning()) {
                (true, true) => "Looking for articles …".to_owned(),
                (true, false) => "No articles here: zhai reads .md, .txt, .html and .epub files.".to_owned(),
                (false, true) => "No article matches so far; more are being looked for …".to_owned(),
                (false, false) => format!("No article matches. {} shows all.", self.key(Command::Cancel)),
            }),
        }
    }

    fn nothing_kept(&self) -> String {
        let select = format!("{} selects", self.key(Command::SelectCharacters));
        let highlight = format!("{} highlights", self.key(Command::Highlight));
        let bookmark = self.key(Command::Bookmark);
        let scope = &self.bookmarks.scope;
        match (self.bookmarks.listed.is_empty(), scope.highlights, scope.article.is_some()) {
            (false, ..) => format!("None has these words. {} shows all.", self.key(Command::Cancel)),
            (true, true, true) => {
                let again = self.key(Command::Highlights);
                format!("No highlights in this article: {select}, {highlight}. {again} again: those of all.")
            }
            (true, true, false) => format!("No highlights yet: in an article, {select} and {highlight}."),
            (true, false, true) => {
                let again = self.key(Command::Bookmarks);
                format!("No bookmarks in this article: {bookmark} makes one. {again} again: those of all.")
            }
            (true, false, false) => format!("No bookmarks yet: {bookmark} in an article makes one."),
        }
    }
}
