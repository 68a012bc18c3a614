//! Blocks that are wider than the pane, each scrolled sideways by itself, all of its rows alike, as `less -S` does.
//!
//! It refuses to know keys and what is painted where something is hidden.

use super::Reader;
use crate::document::{BlockKind, Position};
use crate::layout::code::{Reach, SEEN};
use crate::layout::{Address, Row, locate};

/// Cells that one key scrolls by.
const STEP: isize = 8;

/// By how many cells blocks are scrolled; those that are not are not in it.
#[derive(Debug, Clone, Default)]
pub struct Sideways(Vec<(u32, u32)>);

/// How a row is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scrolled {
    /// Cells at its start that stay: the bars and the indentation of code.
    pub fixed: u16,
    /// Cells after these that are hidden to the left.
    pub skipped: u32,
}

/// A block on the screen that can be scrolled on.
struct Wide {
    block: u32,
    /// Rows between it and the middle of the pane.
    distance: usize,
    /// What it is to be scrolled by.
    to: u32,
}

impl Sideways {
    fn of(&self, block: u32) -> u32 {
        self.0.iter().find(|(other, _)| *other == block).map_or(0, |(_, cells)| *cells)
    }

    /// How far the rows of a block must be made so that the widest screen is filled behind what is hidden.
    pub(super) fn reach(&self, block: u32) -> Reach {
        Reach::Cells(self.of(block).saturating_add(SEEN))
    }

    fn set(&mut self, block: u32, cells: u32) {
        self.0.retain(|(other, _)| *other != block);
        if cells > 0 {
            self.0.push((block, cells));
        }
    }
}

impl Reader {
    /// How a row of a block is scrolled.
    pub fn scrolled(&self, block: u32, row: &Row) -> Scrolled {
        match self.sideways.of(block) {
            0 => Scrolled::default(),
            skipped => Scrolled { fixed: self.fixed(block, row), skipped },
        }
    }

    /// Cells at the start of a row that stay where they are.
    fn fixed(&self, block: u32, row: &Row) -> u16 {
        let is_code = |kind: &BlockKind| matches!(kind, BlockKind::Code { .. });
        if !self.document.blocks.get(block as usize).is_some_and(|block| is_code(&block.kind)) {
            return 0;
        }
        row.runs.iter().take_while(|run| run.span.is_none()).map(|run| run.cells).fold(0, u16::saturating_add)
    }

    /// Scrolls one of the blocks that have more to show at that side of a pane of some columns: the one nearest to the
    /// middle. False if there is none.
    pub fn scroll_sideways(&mut self, times: isize, columns: u16) -> bool {
        let room = columns.saturating_sub(self.left(columns));
        let middle = self.rows.len() / 2;
        let mut nearest: Option<Wide> = None;
        for block in self.rows.chunk_by(|(one, _), (other, _)| one.block == other.block) {
            let Some((Address { block: number, .. }, _)) = block.first() else { continue };
            let from = self.rows.iter().position(|(address, _)| address.block == *number).unwrap_or_default();
            let distance = from.saturating_sub(middle).max((middle + 1).saturating_sub(from + block.len()));
            let widest = block.iter().filter(|(_, row)| row.scrolls).map(|(_, row)| row.cells()).max();
            let farthest = widest.unwrap_or_default().saturating_sub(u32::from(room));
            let now = self.sideways.of(*number);
            let to = (now as isize).saturating_add(STEP.saturating_mul(times));
            let to = to.clamp(0, farthest.max(now) as isize) as u32;
            let moves = if times > 0 { to > now } else { to < now };
            if moves && nearest.as_ref().is_none_or(|nearest| distance < nearest.distance) {
                nearest = Some(Wide { block: *number, distance, to });
            }
        }
        let Some(Wide { block, to, .. }) = nearest else { return false };
        self.sideways.set(block, to);
        self.settle();
        true
    }

    /// Scrolls the block of a place so that the place is not hidden to a side.
    pub(super) fn uncover(&mut self, place: Position, row: Address) {
        let skipped = self.sideways.of(place.block);
        // Most rows do not run on: nothing is made of them to look.
        let is_shown = |(address, _): &&(Address, Row)| *address == row;
        if self.rows.iter().find(is_shown).is_some_and(|(_, shown)| !shown.scrolls && skipped == 0) {
            return;
        }
        let reach = |_| Reach::Byte(place.byte);
        let Some((_, row)) = self.layout.rows_up_to(row, 1, reach).pop() else { return };
        let Some(column) = locate::column(&row, place, self.measure().width) else { return };
        let (fixed, room) = (u32::from(self.fixed(place.block, &row)), u32::from(self.measure().columns));
        let end = column.saturating_add(2);
        if column >= skipped.saturating_add(fixed) && end < skipped.saturating_add(room) {
            return;
        }
        let to = if end < room { 0 } else { column.saturating_sub(room / 2) };
        self.sideways.set(place.block, to);
        self.settle();
    }
}

impl Scrolled {
    /// The column of the row that is shown at a column of the pane.
    pub fn shown_at(self, column: u16) -> u32 {
        let skipped = if column < self.fixed { 0 } else { self.skipped };
        skipped.saturating_add(u32::from(column))
    }

    /// Where a column of the row is shown; none if it is hidden.
    pub fn column(self, column: u32) -> Option<u16> {
        let fixed = u32::from(self.fixed);
        let shown = if column < fixed {
            Some(column)
        } else {
            column.checked_sub(self.skipped).filter(|shown| *shown >= fixed)
        };
        shown.and_then(|shown| u16::try_from(shown).ok())
    }
}
