//! The page of an article whose lines run down: how many columns it has, where each stands, what is at a place of it.
//!
//! Below the columns there is a row for marks that hang, above them one for the signs of what was kept, where the pane
//! has rows to spare. It refuses to know keys and colours.

use super::Reader;
use crate::document::{Document, Inline, Span, Unit};
use crate::layout::column::{LEAST_FOR_READINGS, PITCH, WIDE_PITCH};
use crate::layout::vertical::cluster_at;
use crate::layout::vertical::readings::BEYOND;
use crate::layout::{Address, Direction, Measure, Row, locate};

/// Rows of a pane from which marks may hang.
const HANGS: u16 = 6;
/// Rows of a pane from which there is one for signs.
const SIGNS: u16 = 12;

/// Whether an article has readings of Han characters.
pub fn has_readings(document: &Document) -> bool {
    let mut styles = document.blocks.iter().flat_map(|block| &block.styles);
    styles.any(|styled| styled.style == Inline::Ruby)
}

/// The measure of a pane of some columns and rows, in which a line has as many characters as one that runs across has;
/// and the number of lines. Readings want more room between these, and above and below.
pub fn measure(base: &Measure, wanted: u16, has_readings: bool, (columns, rows): (u16, u16)) -> (Measure, usize) {
    let is_wide = has_readings && base.ruby && rows >= 2 * BEYOND + LEAST_FOR_READINGS / 2;
    let (head, foot) = if is_wide { (BEYOND, BEYOND) } else { (u16::from(rows >= SIGNS), u16::from(rows >= HANGS)) };
    let length = rows.saturating_sub(foot + head).min(wanted / 2).max(1);
    let pitch = if is_wide { WIDE_PITCH } else { PITCH };
    // Nothing stands to the right of the first column where there are no readings.
    let spare = if is_wide { 0 } else { pitch - 2 };
    let margin = if columns >= 50 { 2 } else { 0 };
    let count = ((columns.saturating_sub(2 * margin) + spare) / pitch).max(1);
    let direction = Direction::Down { breadth: count * pitch - spare, pitch };
    let measure = Measure { columns: 2 * length, overhang: 2 * foot.min(1), direction, ..base.clone() };
    (measure, usize::from(count))
}

impl Reader {
    /// The cell of a pane at which a column's head stands: its left one.
    pub fn head_of(&self, (columns, rows): (u16, u16), index: usize) -> (u16, u16) {
        let count = self.height as u16;
        let Direction::Down { breadth, pitch } = self.measure().direction else { return (0, 0) };
        let left = columns.saturating_sub(breadth) / 2;
        let length = self.measure().columns / 2;
        (left + pitch * (count - 1).saturating_sub(index as u16), rows.saturating_sub(length) / 2)
    }

    /// The line at a place of a pane: a row, or a column.
    pub fn line_at(&self, columns: u16, column: u16, row: u16) -> usize {
        if !self.measure().is_down() {
            return usize::from(row);
        }
        let (rightmost, _) = self.head_of((columns, 0), 0);
        usize::from((rightmost + 1).saturating_sub(column) / self.measure().pitch().max(1))
            .min(self.height.saturating_sub(1))
    }

    /// The cluster at a place of a pane.
    pub(super) fn cluster_in_column(&self, pane: (u16, u16), column: u16, row: u16) -> Option<Span> {
        let measure = self.measure();
        let first = self.line_at(pane.0, column, row);
        self.rows.iter().enumerate().skip(first).find_map(|(index, (_, line))| {
            let (x, y) = self.head_of(pane, index);
            let below = row.saturating_sub(y);
            let Some(inset) = &line.inset else { return cluster_at(line, below, column == x + 1, measure) };
            let inside = (column + inset.to_left()).saturating_sub(x);
            let rows = inset.rows.iter().skip(usize::from(below.saturating_sub(line.rows_down())));
            rows.into_iter().find_map(|row| locate::cluster_at(row, u32::from(inside), measure.width))
        })
    }

    /// Leaves to the next page of columns a box that this one has no room for, since half of it cannot be read, and a
    /// heading without what is below it.
    pub(super) fn leave_over(&mut self) {
        let Some((last, row)) = self.rows.last().filter(|_| self.measure().is_down()) else { return };
        let (last, length) = (*last, self.rows.len());
        let cut = row.inset.as_ref().filter(|inset| !inset.is_last());
        let (left, following) =
            cut.map_or((length, 1), |inset| (length.saturating_sub(inset.at.into()) - 1, inset.columns.into()));
        let is_heading = |address: &Address| {
            let block = self.document.blocks.get(address.block as usize);
            block.is_some_and(|block| block.heading_level().is_some())
        };
        let is_text = |(address, row): &(Address, Row)| !row.is_blank() && !is_heading(address);
        let above = self.rows.iter().take(left);
        let text = above.clone().rposition(is_text).map_or(0, |last| last + 1);
        let has_heading = above.skip(text).any(|(address, row)| !row.is_blank() && is_heading(address));
        let is_moved = has_heading && text > 0 && left - text + following <= self.height;
        if left > 0 && (cut.is_some() || self.layout.next(last).is_some()) {
            self.rows.truncate(if is_moved { text } else { left });
        }
    }

    /// What begins the next page, since this has no room for it.
    pub(super) fn left_over(&mut self) -> Option<Address> {
        let last = self.rows.last().map(|(address, _)| *address).filter(|_| self.rows.len() < self.height)?;
        Some(self.layout.scroll(last, 1)).filter(|next| *next > last)
    }

    /// Moves the head of the selection by what is below it: rows, or characters of a column.
    pub fn extend_down(&mut self, times: isize) {
        if self.is_in_box() {
            self.extend_in_box(times);
        } else if self.measure().is_down() {
            self.extend_by(Unit::Cluster, times);
        } else {
            self.extend_rows(times);
        }
    }

    /// Moves the head of the selection by what is to the right of it: characters, or the columns that were before.
    pub fn extend_right(&mut self, times: isize) {
        if self.measure().is_down() && !self.is_in_box() {
            self.extend_rows(times.saturating_neg());
        } else {
            self.extend_by(Unit::Cluster, times);
        }
    }
}
