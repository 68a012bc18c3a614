//! Moving: by rows and pages in whatever pane has the keys, by the text's own parts in an article.

use super::command::Command;
use super::context::Context;
use super::help;
use super::{App, Effect};
use crate::document::{Block, BlockKind, Unit};
use crate::text::clusters;

/// Characters of a sentence by which it is known.
const SAID: usize = 20;

/// Rows of the last page that stay on the screen, so that the eye finds its place.
const KEPT: usize = 2;

impl App {
    pub(super) fn step(&mut self, rows: isize) -> Vec<Effect> {
        match self.focus {
            Context::Help => self.scroll_help(rows),
            Context::Figures => self.figures.scroll(rows, self.page_height()),
            Context::Select => return self.read(|reader| reader.extend_down(rows)),
            Context::Peek => return self.scroll_peek(rows),
            _ => match self.pane() {
                Some(pane) => pane.step(rows),
                None => return self.read(|reader| reader.scroll(rows)),
            },
        }
        Vec::new()
    }

    /// The help has no cursor: the entry at its top moves.
    fn scroll_help(&mut self, rows: isize) {
        let last = help::last(&self.help.lines, self.page_height());
        self.help.pane.cursor = self.help.pane.cursor.saturating_add_signed(rows).min(last);
    }

    /// Rows of the pane that has the keys.
    pub(super) fn page_height(&self) -> usize {
        let pane = match self.focus {
            Context::Peek => return self.links.peek.as_ref().map_or(1, |peek| peek.height),
            Context::Reader | Context::Select => match &self.reader {
                Some(reader) => return reader.height().max(1),
                None => None,
            },
            Context::Outline => self.panes.outline,
            Context::List => self.panes.list,
            Context::Bookmarks | Context::Links | Context::Help | Context::Figures => None,
        };
        usize::from(pane.unwrap_or(self.panes.body).height).max(1)
    }

    pub(super) fn page(&mut self, times: isize) -> Vec<Effect> {
        let rows = self.page_height().saturating_sub(KEPT).max(1) as isize;
        match self.focus {
            Context::Reader => self.page_text(rows * times),
            _ => self.step(rows * times),
        }
    }

    /// Moves the head of the selection by pages.
    pub(super) fn select_page(&mut self, times: isize) -> Vec<Effect> {
        let rows = self.page_height().saturating_sub(KEPT).max(1) as isize;
        self.read(|reader| reader.extend_rows(rows.saturating_mul(times)))
    }

    fn page_text(&mut self, rows: isize) -> Vec<Effect> {
        let Some(reader) = &mut self.reader else { return Vec::new() };
        if reader.page(rows) {
            return Vec::new();
        }
        if rows <= 0 {
            return self.say("the start");
        }
        let [next, back] = [Command::NextArticle, Command::Back].map(|command| self.key(command));
        if self.is_alone() {
            return self.say(&format!("the end · {back} quits"));
        }
        self.say(&format!("the end · {next} next article · {back} list"))
    }

    pub(super) fn half_page(&mut self, times: isize) -> Vec<Effect> {
        let rows = (self.page_height() / 2).max(1) as isize;
        self.step(rows * times)
    }

    pub(super) fn to_start(&mut self, row: Option<usize>) -> Vec<Effect> {
        self.to_row(row.unwrap_or(1))
    }

    pub(super) fn to_end(&mut self, row: Option<usize>) -> Vec<Effect> {
        match row {
            _ if self.focus == Context::Select => self.read(|reader| reader.extend_rows(isize::MAX)),
            Some(row) => self.to_row(row),
            None if self.focus == Context::Reader => self.read(super::reader::Reader::to_end),
            None => self.step(isize::MAX),
        }
    }

    /// To a row of the pane, counted from 1.
    fn to_row(&mut self, row: usize) -> Vec<Effect> {
        let below = row.saturating_sub(1) as isize;
        if self.focus == Context::Select {
            return self.read(|reader| reader.extend_rows(isize::MIN));
        }
        if self.focus == Context::Reader {
            return self.read(|reader| reader.to_row(below));
        }
        self.step(isize::MIN);
        self.step(below)
    }

    pub(super) fn to_percent(&mut self, percent: Option<usize>) -> Vec<Effect> {
        let Some(percent) = percent else {
            return self.say(&format!("type a number first: 50{} goes to the middle", self.key(Command::Percent)));
        };
        match self.pane() {
            Some(pane) => {
                let row = pane.shown.len() * percent.min(100) / 100;
                self.to_row(row + 1)
            }
            None => self.read(|reader| reader.to_percent(percent)),
        }
    }

    /// To the right; on a page of columns nothing is wider than it, and what is to the right has been read.
    pub(super) fn sideways(&mut self, times: isize) -> Vec<Effect> {
        if self.reader.as_ref().is_some_and(|reader| reader.measure().is_down()) {
            return self.step(-times);
        }
        let columns = self.panes.text.map_or(0, |pane| pane.width);
        let moves = self.reader.as_mut().is_some_and(|reader| reader.scroll_sideways(times, columns));
        if moves { Vec::new() } else { self.say("nothing on the screen goes on to that side") }
    }

    pub(super) fn heading(&mut self, times: isize) -> Vec<Effect> {
        let is_heading = |block: &Block| block.heading_level().is_some();
        if self.by_block(times, is_heading) {
            Vec::new()
        } else {
            self.say(if times > 0 { "no heading below" } else { "no heading above" })
        }
    }

    pub(super) fn paragraph(&mut self, times: isize) -> Vec<Effect> {
        if self.focus == Context::Select {
            return self.read(|reader| reader.extend_by(Unit::Paragraph, times));
        }
        let is_text = |block: &Block| !matches!(block.kind, BlockKind::Rule | BlockKind::Image { .. });
        if self.by_block(times, is_text) {
            Vec::new()
        } else {
            self.say(if times > 0 { "no paragraph below" } else { "no paragraph above" })
        }
    }

    /// To a block further on, or back; false if there was not even one.
    fn by_block(&mut self, times: isize, accepts: impl Fn(&Block) -> bool) -> bool {
        self.reader.as_mut().is_some_and(|reader| reader.jump_to_block(times, accepts))
    }

    pub(super) fn sentence(&mut self, times: isize) -> Vec<Effect> {
        if self.focus == Context::Select {
            return self.read(|reader| reader.extend_by(Unit::Sentence, times));
        }
        let Some(reader) = &mut self.reader else { return Vec::new() };
        let before = reader.top;
        if !reader.to_sentence(times) {
            return self.say(if times > 0 { "no sentence below" } else { "no sentence above" });
        }
        // Several begin in one row, and the last ones move nothing: it is said which one is meant.
        let says = reader.sentence().filter(|_| reader.top == before).map(|span| reader.document.text(span));
        let Some(sentence) = says else { return Vec::new() };
        let beginning: String =
            clusters(&sentence, self.width_policy()).take(SAID).map(|cluster| cluster.text).collect();
        let more = if beginning.len() < sentence.len() { "…" } else { "" };
        self.say(&format!("at “{beginning}{more}”"))
    }
}
