//! The selection of the open article: an anchor, a head that moves, and the unit both snap to.
//!
//! It refuses to know keys and what is done with the selected words.

use super::Reader;
use crate::document::{Position, Span, Unit};
use crate::layout::code::{Reach, SEEN};
use crate::layout::{Row, locate, vertical};

/// A selection: from the unit it was begun at to the unit it was moved to, whichever comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The unit that the selection snaps to.
    pub unit: Unit,
    anchor: Span,
    head: Span,
    /// The column that moving by rows keeps to; where lines run down, the row.
    column: Option<u32>,
}

impl Selection {
    /// All that is selected.
    pub fn span(&self) -> Span {
        Span { start: self.anchor.start.min(self.head.start), end: self.anchor.end.max(self.head.end) }
    }
}

impl Reader {
    /// Begins a selection by a unit, at the current match if that was just gone to, else at the first sentence of the
    /// screen.
    pub fn begin_selection(&mut self, unit: Unit) {
        if let Some(hit) = self.current_hit().filter(|_| self.is_at_hit) {
            self.select_between(hit.start, hit.end, unit);
            return;
        }
        let place = self.sentence().map_or(self.top, |sentence| sentence.start.max(self.top));
        self.select_between(place, place, unit);
    }

    /// Selects from one place to another, snapped to a unit; the head is at the second.
    pub fn select_between(&mut self, from: Position, to: Position, unit: Unit) {
        let around = |place| self.document.around(place, unit);
        let (Some(anchor), Some(head)) = (around(from), around(to)) else { return };
        // A place between two clusters ends what stands before it.
        let head = if to > from && head.start >= to { self.before(to, unit).unwrap_or(head) } else { head };
        self.selection = Some(Selection { unit, anchor, head, column: None });
    }

    fn before(&self, place: Position, unit: Unit) -> Option<Span> {
        self.document.previous_unit(place, unit, self.measure().scope)
    }

    /// Snaps the selection to another unit.
    pub fn select_by(&mut self, unit: Unit) {
        let Some(selection) = self.selection else { return };
        let (from, to) = (selection.anchor, selection.head);
        let around =
            |span: Span| if unit == Unit::Cluster { Some(span) } else { self.document.around(span.start, unit) };
        if let (Some(anchor), Some(head)) = (around(from), around(to)) {
            self.selection = Some(Selection { unit, anchor, head, column: None });
        }
    }

    /// Moves the head so that it is at a place.
    pub fn extend_to(&mut self, place: Position) {
        if let Some(selection) = &mut self.selection
            && let Some(head) = self.document.around(place, selection.unit)
        {
            selection.head = head;
            selection.column = None;
            self.keep_on_screen(place);
        }
    }

    /// Moves the head by units: to the next one that begins after it, or back.
    pub fn extend_by(&mut self, unit: Unit, times: isize) {
        let Some(selection) = self.selection else { return };
        let scope = self.measure().scope;
        let mut place = selection.head.start;
        for _ in 0..times.unsigned_abs() {
            let next = if times > 0 {
                self.document.next_unit(place, unit, scope)
            } else {
                self.document.previous_unit(place, unit, scope)
            };
            let Some(next) = next else { break };
            place = next.start;
        }
        self.extend_to(place);
    }

    /// Moves the head to the last cluster of the word it is in, or of the next one if it is there already.
    /// False if there is none.
    pub fn extend_to_word_end(&mut self) -> bool {
        let Some(selection) = self.selection else { return false };
        let scope = self.measure().scope;
        let head = selection.head;
        let here = self.document.around(head.start, Unit::Word).filter(|word| word.end > head.end);
        let word = here.or_else(|| self.document.next_unit(head.start, Unit::Word, scope));
        let last = word.and_then(|word| self.document.previous_unit(word.end, Unit::Cluster, scope));
        if let Some(last) = last {
            self.extend_to(last.start);
        }
        last.is_some()
    }

    /// Moves the head by rows, keeping to its column.
    pub fn extend_rows(&mut self, rows: isize) {
        let Some(selection) = self.selection else { return };
        let measure = self.measure().clone();
        let (width, is_down) = (measure.width, measure.is_down());
        let place = selection.head.start;
        let column_of = |row: &Row| {
            if is_down {
                vertical::row_of(row, place, &measure).map(u32::from)
            } else {
                locate::column(row, place, width)
            }
        };
        let cluster_at = |row: &Row, column: u32| {
            if is_down {
                vertical::cluster_at(row, column.min(u32::from(u16::MAX)) as u16, false, &measure)
            } else {
                locate::cluster_at(row, column, width)
            }
        };
        let mut address = self.layout.locate(place);
        let row_of = |reader: &mut Self, address, reach| {
            reader.layout.rows_up_to(address, 1, |_| reach).pop().map(|(_, row)| row)
        };
        let here = row_of(self, address, Reach::Byte(place.byte)).and_then(|row| column_of(&row));
        let column = selection.column.or(here).unwrap_or_default();
        let reach = Reach::Cells(column.saturating_add(SEEN));
        let mut left = rows.unsigned_abs();
        let mut found = None;
        while left > 0 {
            let next = self.layout.step(address, rows.signum());
            if next == address {
                break;
            }
            address = next;
            let cluster = row_of(self, address, reach).and_then(|row| cluster_at(&row, column));
            if cluster.is_some() {
                found = cluster;
                left -= 1;
            }
        }
        if let Some(cluster) = found {
            self.extend_to(cluster.start);
            if let Some(selection) = &mut self.selection {
                selection.column = Some(column);
            }
        }
    }

    /// Whether the head is in a box set across among columns.
    pub(super) fn is_in_box(&mut self) -> bool {
        let Some(selection) = self.selection.filter(|_| self.measure().is_down()) else { return false };
        let address = self.layout.locate(selection.head.start);
        self.layout.rows(address, 1).pop().is_some_and(|(_, row)| row.inset.is_some())
    }

    /// Moves the head by rows of the box it is in, keeping to its column; where these end, out of the box.
    pub(super) fn extend_in_box(&mut self, rows: isize) {
        let Some(selection) = self.selection else { return };
        let (place, width, scope) = (selection.head.start, self.measure().width, self.measure().scope);
        let address = self.layout.locate(place);
        let Some(inset) = self.layout.rows(address, 1).pop().and_then(|(_, row)| row.inset) else { return };
        let at = inset.rows.iter().position(|row| row.shows(place)).unwrap_or_default();
        let own = || inset.rows.get(at).and_then(|row| locate::column(row, place, width));
        let column = selection.column.or_else(own).unwrap_or_default();
        let cluster = |row: &Row| locate::cluster_at(row, column, width);
        let (above, below) = (inset.rows.iter().take(at).rev(), inset.rows.iter().skip(at + 1));
        let passed: Vec<Span> = if rows > 0 {
            below.filter_map(cluster).take(rows.unsigned_abs()).collect()
        } else {
            above.filter_map(cluster).take(rows.unsigned_abs()).collect()
        };
        let shown = || inset.rows.iter().filter(|row| row.span.is_some());
        let beyond = if rows > 0 {
            let last = shown().next_back().and_then(|row| locate::cluster_at(row, u32::MAX, width));
            last.and_then(|last| self.document.next_unit(last.start, Unit::Cluster, scope))
        } else {
            let first = shown().next().and_then(|row| locate::cluster_at(row, 0, width));
            first.and_then(|first| self.document.previous_unit(first.start, Unit::Cluster, scope))
        };
        let is_inside = passed.len() == rows.unsigned_abs();
        if let Some(to) = if is_inside { passed.last().copied() } else { beyond.or(passed.last().copied()) } {
            self.extend_to(to.start);
            if let Some(selection) = self.selection.as_mut().filter(|_| is_inside) {
                selection.column = Some(column);
            }
        }
    }

    /// Selects the unit that the head is in.
    pub fn select_around(&mut self, unit: Unit) {
        let Some(selection) = self.selection else { return };
        if let Some(span) = self.document.around(selection.head.start, unit) {
            let scope = self.measure().scope;
            let last = self.document.previous_unit(span.end, Unit::Cluster, scope).unwrap_or(span);
            let first = self.document.around(span.start, Unit::Cluster).unwrap_or(span);
            self.selection = Some(Selection { unit: Unit::Cluster, anchor: first, head: last, column: None });
            self.keep_on_screen(last.start);
        }
    }

    /// Lets the other end move.
    pub fn swap_ends(&mut self) {
        if let Some(selection) = &mut self.selection {
            std::mem::swap(&mut selection.anchor, &mut selection.head);
            selection.column = None;
            let place = selection.head.start;
            self.keep_on_screen(place);
        }
    }

    /// The cluster under a place of a pane of some columns and rows; rows without text give that of the next that has
    /// some.
    pub fn cluster_at(&self, (columns, rows): (u16, u16), column: u16, row: u16) -> Option<Span> {
        if self.measure().is_down() {
            return self.cluster_in_column((columns, rows), column, row);
        }
        let width = self.measure().width;
        let column = column.saturating_sub(self.left(columns));
        let row = usize::from(row);
        self.rows.iter().skip(row).find_map(|(address, row)| {
            locate::cluster_at(row, self.scrolled(address.block, row).shown_at(column), width)
        })
    }

    /// Scrolls as little as brings a place on the screen. Selecting is not reading: progress stays.
    fn keep_on_screen(&mut self, place: Position) {
        let row = self.layout.locate(place);
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return };
        if row < first.0 {
            self.show(row);
        } else if row > last.0 {
            let extent = self.layout.extent(row) as isize;
            let top = self.layout.step(row, extent - (self.height as isize).max(extent));
            self.show(top);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use crate::document::{Position, Unit};
    use crate::layout::Measure;
    use crate::parse::{Hint, parse};
    use std::sync::Arc;

    const TEXT: &str = "---\ntitle: 题\n---\n\n今天天气很好，我们去公园。公园里有一座桥。\n\n- 一项\n- 二项\n";

    /// Does something to a selection begun at the start of the text, and checks what is selected then.
    #[track_caller]
    fn check(act: impl FnOnce(&mut Reader), expected: &str) {
        let document = parse(TEXT.as_bytes(), &Hint::named("a.md"));
        let measure = Measure { columns: 14, ..Measure::default() };
        let mut reader = Reader::new(0, Arc::new(document), measure, 20);
        reader.begin_selection(Unit::Cluster);
        act(&mut reader);
        assert_eq!(reader.document.text(reader.selection.unwrap().span()), expected);
    }

    #[test]
    fn by_characters_and_words() {
        check(|_| {}, "今");
        check(|reader| reader.extend_by(Unit::Cluster, 2), "今天天");
        check(|reader| reader.extend_by(Unit::Word, 2), "今天天气很");
        check(|reader| assert!(reader.extend_to_word_end()), "今天");
        check(
            |reader| {
                reader.extend_to_word_end();
                reader.extend_to_word_end();
            },
            "今天天气",
        );
        check(|reader| reader.extend_by(Unit::Cluster, -5), "今");
    }

    #[test]
    fn by_sentences_and_objects() {
        check(|reader| reader.select_by(Unit::Sentence), "今天天气很好，我们去公园。");
        check(
            |reader| {
                reader.select_by(Unit::Sentence);
                reader.extend_by(Unit::Sentence, 1);
            },
            "今天天气很好，我们去公园。公园里有一座桥。",
        );
        check(|reader| reader.select_around(Unit::Word), "今天");
        check(|reader| reader.select_around(Unit::Paragraph), "今天天气很好，我们去公园。公园里有一座桥。");
    }

    #[test]
    fn by_rows_and_across_blocks() {
        check(|reader| reader.extend_rows(1), "今天天气很好，我");
        check(|reader| reader.extend_rows(100), "今天天气很好，我们去公园。公园里有一座桥。\n\n一项\n\n二");
        check(
            |reader| {
                reader.extend_rows(100);
                reader.swap_ends();
                reader.extend_by(Unit::Sentence, 1);
            },
            "公园里有一座桥。\n\n一项\n\n二",
        );
    }

    #[test]
    fn between_places() {
        let at = |byte| Position { block: 0, byte };
        check(|reader| reader.select_between(at(0), at(6), Unit::Cluster), "今天");
        check(|reader| reader.select_between(at(6), at(0), Unit::Cluster), "今天天");
    }
}
