//! The text pane: an open article and the place it is read at. Rows are derived from the place, never kept as it.

pub mod followed;
pub mod hints;
pub mod selection;
pub mod sideways;
pub mod sums;
pub mod vertical;

use super::marking::Marked;
use crate::document::{Block, Document, Passage, Position, Span, Unit, find};
use crate::layout::{Address, Layout, Measure, Row};
use followed::Followed;
use selection::Selection;
use sideways::Sideways;
use std::sync::Arc;
use sums::Sums;

/// Columns beside the text that a hanging mark may use.
const OVERHANG: u16 = 2;

/// Bytes of text that are laid out in a moment in which nothing happens: a few milliseconds' worth.
const IDLE: usize = 64 * 1024;

/// The share of an article that is all of it, in thousandths.
pub const WHOLE: u16 = 1000;

/// An open article.
#[derive(Debug)]
pub struct Reader {
    /// Its index in the library.
    pub article: usize,
    /// The article.
    pub document: Arc<Document>,
    /// The place of the first row: the text it begins with, or that follows it after blank rows.
    pub top: Position,
    /// Blank rows shown above the row of `top`.
    above: isize,
    /// The rows on the screen.
    pub rows: Vec<(Address, Row)>,
    /// Matches of the search, in reading order.
    pub hits: Vec<Span>,
    /// The match that is the current one.
    pub hit: Option<usize>,
    /// The sentence that was gone to, as long as the screen shows it: several may begin in one row.
    pub sentence_at: Option<Position>,
    /// Whether the current match was gone to, and nothing was moved since.
    is_at_hit: bool,
    /// What was kept last, by its id, if nothing was moved since.
    pub just_kept: Option<String>,
    /// What was kept of the article, in reading order.
    pub marked: Vec<Marked>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// Bytes of text reached by reading on and not by jumps, in thousandths of the article.
    pub progress: u16,
    /// How far the bottom of the screen is through the text, in thousandths.
    pub at: u16,
    /// Whether the article has readings of Han characters.
    pub has_readings: bool,
    /// How much of the article is here, in thousandths: the rest may still be on its way.
    pub share: u16,
    /// Whether nothing has been gone to or read yet.
    pub is_fresh: bool,
    sideways: Sideways,
    layout: Layout,
    height: usize,
    followed: Followed,
    sums: Sums,
    jumps: Vec<Position>,
    jump: usize,
}

/// What a screen shows of an article: its first row, and how wide blocks are scrolled.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// The place of the first row.
    pub top: Position,
    above: isize,
    sideways: Sideways,
}

impl Reader {
    /// Opens an article at its start.
    pub fn new(article: usize, document: Arc<Document>, measure: Measure, height: usize) -> Self {
        let has_readings = vertical::has_readings(&document);
        let layout = Layout::new(Arc::clone(&document), measure);
        let top = Position { block: layout.first().block, byte: 0 };
        let mut reader = Self {
            article,
            document,
            top,
            above: 0,
            rows: Vec::new(),
            hits: Vec::new(),
            hit: None,
            sentence_at: None,
            is_at_hit: false,
            just_kept: None,
            marked: Vec::new(),
            selection: None,
            progress: 0,
            at: 0,
            has_readings,
            share: WHOLE,
            is_fresh: true,
            sideways: Sideways::default(),
            layout,
            height,
            followed: Followed::default(),
            sums: Sums::default(),
            jumps: Vec::new(),
            jump: 0,
        };
        reader.followed.begin(top);
        reader.settle();
        reader
    }

    /// Sets the text to another size; the place stays.
    pub fn resize(&mut self, measure: Measure, height: usize) {
        if self.measure().is_down() != measure.is_down() {
            (self.above, self.sideways) = (0, Sideways::default());
        }
        self.layout.relayout(measure);
        self.height = height;
        self.settle();
    }

    /// The measure in force.
    pub fn measure(&self) -> &Measure {
        self.layout.measure()
    }

    /// Scrolls by rows; what is scrolled over counts as read.
    pub fn scroll(&mut self, rows: isize) {
        let from = self.first_row();
        let to = self.layout.scroll(from, rows);
        self.read_on(from, to, rows);
    }

    /// Turns pages by rows: a paragraph's last line alone does not open one where a row can be spared (CLREQ 3.1.5.3).
    /// False if there was none to turn to. All columns of a box are at one place: rows tell, not places.
    pub fn page(&mut self, rows: isize) -> bool {
        let from = self.first_row();
        let to = match self.left_over() {
            Some(next) if rows > 0 => next,
            _ => self.layout.page(from, rows),
        };
        self.read_on(from, to, rows);
        self.first_row() != from
    }

    /// Scrolls from one row to another.
    fn read_on(&mut self, from: Address, to: Address, rows: isize) {
        if rows <= 0 {
            self.show(to);
            self.followed.back(self.top);
            return;
        }
        // A jump may have gone beyond the last full screen; scrolling goes no farther, and stays where it is.
        let to = self.layout.top(to, self.height).max(from);
        self.show(to);
        let end = self.bottom().unwrap_or(self.end());
        self.followed.on(end, to != from);
        self.count();
    }

    /// So many bytes in thousandths of the article.
    fn share_of(&self, bytes: u64) -> u16 {
        let length = self.layout.length();
        let share = u64::from(self.share);
        if bytes >= length { self.share } else { (bytes * share / length).min(999) as u16 }
    }

    /// The place after all text.
    fn end(&self) -> Position {
        Position::block_start(self.document.blocks.len())
    }

    /// Lays out a part of what is not on the screen.
    pub fn idle(&mut self) {
        self.layout.idle(IDLE);
    }

    /// Scrolls without counting what is passed as read.
    pub fn look(&mut self, rows: isize) {
        let from = self.first_row();
        let to = self.layout.scroll(from, rows);
        self.land(to);
    }

    /// The column of a pane at which the text begins: it stands in the middle.
    pub fn left(&self, columns: u16) -> u16 {
        let measure = self.measure();
        columns.saturating_sub(measure.columns + measure.overhang) / 2
    }

    /// Rows of the pane; where lines run down, its columns.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Goes to a place, remembering where it left; the place comes to the top.
    pub fn jump(&mut self, to: Position) {
        self.remember();
        self.go(to);
    }

    /// Puts a place ahead of the jump list, so that going forward leads there.
    pub fn offer(&mut self, place: Position) {
        self.jumps = vec![self.top, place];
        self.jump = 0;
    }

    /// Takes in the whole of an article of which only the start was here. What is on the screen stays there. True if
    /// what was searched for stands in the rest only.
    pub fn grow(&mut self, document: Arc<Document>, query: &str) -> bool {
        let place = |before: Position| carried(&self.document, &document, before);
        let top = place(self.top).unwrap_or_default();
        (self.jumps, self.jump) = kept(&self.jumps, self.jump, place);
        self.followed = std::mem::take(&mut self.followed).moved(|read| place(read).unwrap_or(read));
        self.selection = self.selection.filter(|selection| {
            let span = selection.span();
            [span.start, span.end].into_iter().all(|end| place(end) == Some(end))
        });
        self.sentence_at = self.sentence_at.and_then(place);
        self.has_readings = vertical::has_readings(&document);
        self.layout = Layout::new(Arc::clone(&document), self.layout.measure().clone());
        self.document = document;
        self.share = WHOLE;
        self.marked.clear();
        self.sums = Sums::default();
        if self.is_fresh {
            self.top = Position { block: self.layout.first().block, byte: 0 };
        } else {
            self.top = top;
        }
        let had_none = self.hits.is_empty();
        self.hits = find(&self.document, query, self.measure().scope);
        let is_found = had_none && !self.hits.is_empty();
        if is_found {
            self.hit = self.hits.iter().position(|hit| hit.start >= self.top).or(Some(0));
        }
        self.settle();
        is_found
    }

    /// Takes over what a reader of the same article knew before it was read again.
    pub fn succeed(&mut self, before: Self) {
        self.has_read(before.progress);
        self.sideways = before.sideways;
        let place = |place| carried(&before.document, &self.document, place);
        (self.jumps, self.jump) = kept(&before.jumps, before.jump, place);
    }

    /// Goes to a place without remembering.
    pub fn go(&mut self, to: Position) {
        let row = self.layout.locate(to);
        self.land(row);
    }

    /// What the screen shows, to come back to.
    pub fn view(&self) -> View {
        View { top: self.top, above: self.above, sideways: self.sideways.clone() }
    }

    /// Shows again what a screen showed, without remembering.
    pub fn restore(&mut self, view: View) {
        self.sideways = view.sideways;
        let text = self.layout.locate(view.top);
        let row = self.layout.step(text, -view.above);
        self.land(row);
    }

    /// Makes a row the first to which a jump has led.
    fn land(&mut self, row: Address) {
        let shown = self.shown();
        self.show(row);
        self.followed.jump(shown, self.top);
    }

    /// Back to where the last jump started; false if there was none.
    pub fn jump_back(&mut self) -> bool {
        // What was jumped to without leaving the screen is no place to go back to.
        let before = self.jumps.iter().take(self.jump).rposition(|place| *place != self.top);
        let Some((index, to)) = before.and_then(|index| Some((index, self.jumps.get(index).copied()?))) else {
            return false;
        };
        if self.jump == self.jumps.len() {
            self.jumps.push(self.top);
        }
        self.jump = index;
        self.go(to);
        true
    }

    /// Forward again; false if there is nothing ahead.
    pub fn jump_forward(&mut self) -> bool {
        let ahead = self.jumps.iter().enumerate().skip(self.jump + 1).find(|(_, place)| **place != self.top);
        let Some((index, to)) = ahead.map(|(index, place)| (index, *place)) else { return false };
        self.jump = index;
        self.go(to);
        true
    }

    /// Whether there is a place to go back or forward to.
    pub fn has_jumped(&self) -> bool {
        !self.jumps.is_empty()
    }

    /// To a row of the text, counted from 0.
    pub fn to_row(&mut self, row: isize) {
        let first = self.layout.first();
        let to = self.layout.step(first, row);
        let place = self.layout.position(to);
        self.jump(place);
    }

    /// To the last rows.
    pub fn to_end(&mut self) {
        self.remember();
        let last = self.layout.last();
        let lowest = self.layout.top(last, self.height);
        self.show(lowest);
        self.followed.land(self.top);
    }

    /// To a part of the text, in hundredths.
    pub fn to_percent(&mut self, percent: usize) {
        let target = self.layout.place_after(self.layout.length() * percent.min(100) as u64 / 100);
        self.jump(target);
    }

    /// Puts the first row of text at another height of the pane, 0 at the top.
    pub fn place(&mut self, row: usize) {
        let from = self.layout.locate(self.top);
        let lowest = self.height.saturating_sub(self.layout.extent(from));
        for row in (0..=row.min(lowest)).rev() {
            let to = self.layout.step(from, -(row as isize));
            self.land(to);
            // A page of columns does not end with a heading.
            if self.rows.iter().any(|(address, _)| *address == from) {
                break;
            }
        }
    }

    /// To one of the next or previous blocks that a test accepts, the last of them if there are not so many. False if
    /// there is none.
    pub fn jump_to_block(&mut self, times: isize, accepts: impl Fn(&Block) -> bool) -> bool {
        let top = self.top;
        let fits = |index: usize| {
            let start = Position::block_start(index);
            if times > 0 { start > top } else { start < top }
        };
        let shown = self.document.shown(self.measure().scope);
        let mut found: Vec<usize> =
            shown.filter(|(index, block)| fits(*index) && accepts(block)).map(|(index, _)| index).collect();
        if times < 0 {
            found.reverse();
        }
        let last = times.unsigned_abs().min(found.len());
        let Some(index) = last.checked_sub(1).and_then(|rank| found.get(rank).copied()) else { return false };
        self.jump(Position::block_start(index));
        true
    }

    /// To one of the next or previous sentences, the last of them if there are not so many. False if there is none.
    pub fn to_sentence(&mut self, times: isize) -> bool {
        let scope = self.measure().scope;
        let step = |place: Position| {
            let sentence = if times > 0 {
                self.document.next_unit(place, Unit::Sentence, scope)
            } else {
                self.document.previous_unit(place, Unit::Sentence, scope)
            };
            sentence.map(|sentence| sentence.start)
        };
        let from = self.sentence_at.unwrap_or(self.top);
        let steps = std::iter::successors(step(from), |place| step(*place));
        let target = steps.take(times.unsigned_abs()).last();
        if let Some(target) = target {
            self.go(target);
            self.sentence_at = Some(target);
        }
        target.is_some()
    }

    /// The sentence that was gone to, else the one at the top of the screen.
    pub fn sentence(&self) -> Option<Span> {
        let place = self.sentence_at.unwrap_or(self.top);
        self.document.around(place, Unit::Sentence)
    }

    /// The place being read: from the first row on, to the end of its sentence.
    pub fn place_read(&self) -> Option<Span> {
        let sentence = self.sentence()?;
        Some(if self.top < sentence.end { Span { start: self.top, ..sentence } } else { sentence })
    }

    /// Searches from a place on; none of the query means no search.
    pub fn search(&mut self, query: &str, from: Position) {
        self.hits = find(&self.document, query, self.measure().scope);
        self.hit =
            self.hits.iter().position(|hit| hit.start >= from).or(if self.hits.is_empty() { None } else { Some(0) });
        if let Some(hit) = self.current_hit() {
            self.reveal(hit.start);
            self.is_at_hit = true;
        }
    }

    /// To a match further on, or back, round the end; true if it went round. It goes on from the current match as long as
    /// the screen shows that, else from where the reader is.
    pub fn next_hit(&mut self, times: isize) -> bool {
        let count = self.hits.len() as isize;
        let Some(hit) = self.hit.filter(|_| count > 0) else { return false };
        let shows = |hit: Span| self.rows.iter().any(|(_, row)| row.shows(hit.start));
        let from = if self.current_hit().is_some_and(shows) {
            hit as isize
        } else {
            // Between two matches: the one below is a step on, the one above a step back.
            let below = self.hits.partition_point(|hit| hit.start < self.top) as isize;
            if times > 0 { below - 1 } else { below }
        };
        let further = from.saturating_add(times);
        let next = (from + times % count).rem_euclid(count) as usize;
        self.hit = Some(next);
        if let Some(span) = self.hits.get(next).copied() {
            self.remember();
            self.reveal(span.start);
            self.is_at_hit = true;
        }
        !(0..count).contains(&further)
    }

    fn current_hit(&self) -> Option<Span> {
        self.hit.and_then(|index| self.hits.get(index).copied())
    }

    /// The section that is being read.
    pub fn section(&self) -> Option<usize> {
        self.document.outline.section_at(self.top)
    }

    /// The end of the text on the screen; none if that is all there is.
    fn bottom(&mut self) -> Option<Position> {
        let last = self.rows.last().map(|(address, _)| *address)?;
        self.layout.next(last)?;
        self.rows.iter().rev().find_map(|(_, row)| row.span).map(|span| span.end)
    }

    /// The text on the screen.
    fn shown(&mut self) -> Span {
        Span { start: self.top, end: self.bottom().unwrap_or(self.end()) }
    }

    /// Brings a place on the screen, if it is not there, a third from the top.
    fn reveal(&mut self, place: Position) {
        let row = self.layout.locate(place);
        let line = self.rows.iter().position(|(address, _)| *address == row);
        if line.is_none() && self.layout.extent(row) > 1 {
            self.land(row);
        } else if line.is_none() {
            let to = self.layout.step(row, -((self.height / 3) as isize));
            let to = self.layout.top(to, self.height);
            self.land(to);
        }
        self.uncover(place, row);
    }

    /// Remembers this place as the start of a jump.
    fn remember(&mut self) {
        self.remember_place(self.top);
    }

    /// Remembers a place as one that was left by a jump.
    pub fn remember_place(&mut self, place: Position) {
        self.jumps.truncate(self.jump);
        self.jumps.push(place);
        self.jump = self.jumps.len();
    }

    fn first_row(&mut self) -> Address {
        let row = self.layout.locate(self.top);
        self.layout.step(row, -self.above)
    }

    /// Makes a row the first; inside a box, the one after that.
    fn show(&mut self, row: Address) {
        let row = self.layout.outside(row);
        self.sentence_at = None;
        self.is_at_hit = false;
        self.just_kept = None;
        self.is_fresh = false;
        self.top = self.layout.position(row);
        let text = self.layout.locate(self.top);
        self.above = if text.block == row.block { text.row as isize - row.row as isize } else { 0 };
        self.settle();
    }

    /// Lays out what is on the screen.
    pub(super) fn settle(&mut self) {
        let first = self.first_row();
        self.rows = self.layout.rows_up_to(first, self.height, |block| self.sideways.reach(block));
        self.leave_over();
        self.at = match self.bottom() {
            Some(end) => self.share_of(self.layout.bytes_before(end)).min(WHOLE - 1),
            None => self.share,
        };
    }
}

/// Where a place is in another form of the text: in the nearest block of the same words, else where its words are found.
fn carried(before: &Document, after: &Document, place: Position) -> Option<Position> {
    let block = before.blocks.get(place.block as usize)?;
    let rank = place.block as usize;
    let same = after.blocks.iter().enumerate().filter(|(_, other)| other.text == block.text);
    if let Some((index, _)) = same.min_by_key(|(index, _)| index.abs_diff(rank)) {
        return Some(Position { block: index as u32, ..place });
    }
    let words = before.around(place, Unit::Sentence).filter(|sentence| place < sentence.end);
    let span = Span { start: place, end: words.map_or(place, |sentence| sentence.end) };
    Passage::capture(before, span).find(after).map(|(span, _)| span.start)
}

/// The places of a jump list that are still there, and the rank of the one that it stands at.
fn kept(jumps: &[Position], jump: usize, place: impl Fn(Position) -> Option<Position>) -> (Vec<Position>, usize) {
    let there: Vec<Option<Position>> = jumps.iter().map(|jump| place(*jump)).collect();
    let before = there.iter().take(jump).flatten().count();
    (there.into_iter().flatten().collect(), before)
}

/// The measure for a pane of some columns: even, so that lines of squares come out full, with room for marks to hang.
pub fn measure(base: &Measure, wanted: u16, columns: u16) -> Measure {
    let overhang = if columns >= 24 { OVERHANG } else { 0 };
    let margin = if columns >= 50 { 2 } else { 0 };
    let room = columns.saturating_sub(overhang + 2 * margin).max(1);
    let columns = room.min(wanted);
    let columns = if columns > 8 { columns - columns % 2 } else { columns };
    Measure { columns, overhang, ..base.clone() }
}
