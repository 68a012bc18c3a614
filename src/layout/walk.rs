//! From row to row through the blocks: steps, pages, and what is nearest to the end.
//!
//! It lays out what it passes and nothing else, and refuses to make rows except to see whether one is blank.

use super::{Address, Inset, Layout, Until};
use crate::document::{Block, BlockKind};

impl Layout {
    /// The address some rows further down (or up, if negative), clamped to the first and last row of the document.
    pub fn step(&mut self, from: Address, rows: isize) -> Address {
        self.walk(from, rows).0
    }

    /// The row nearest to one from which down a pane of some rows is full; the first if there are too few. Where that is
    /// inside a box, what follows the box.
    pub fn top(&mut self, row: Address, height: usize) -> Address {
        let wanted = height.saturating_sub(1);
        let (_, moved) = self.walk(row, wanted as isize);
        let top = self.step(row, moved as isize - wanted as isize);
        self.outside(top)
    }

    /// The address some rows away, but not inside a box: a box that is not passed whole is gone to, one that the way
    /// began at is passed. A page of columns does not begin with a blank one, behind which a box might have no room.
    pub fn scroll(&mut self, from: Address, rows: isize) -> Address {
        let mut at = self.step(from, rows);
        while self.measure.is_down()
            && self.is_blank(at)
            && let Some(next) = if rows > 0 { self.next(at) } else { self.previous(at) }
        {
            at = next;
        }
        let Some((start, Some(after))) = self.past_box(at) else { return self.outside(at) };
        let after = self.beyond_blanks(after, from, rows);
        let is_passed = if rows > 0 { start <= from } else { after < from && !self.is_blank(after) };
        if is_passed { after } else { start }
    }

    /// The row, or if it is inside a box the one after that.
    pub fn outside(&mut self, at: Address) -> Address {
        self.past_box(at).map_or(at, |(start, after)| after.unwrap_or(start))
    }

    /// Rows from one on that only show what they show together: the columns of a box.
    pub fn extent(&mut self, at: Address) -> usize {
        self.inset_at(at).map_or(1, |inset| usize::from(inset.columns.saturating_sub(inset.at)))
    }

    /// Where the next page begins, or the one before if `rows` is negative: no blank row first, and no last line of a
    /// paragraph alone at the top, where the page can begin a line earlier (CLREQ 3.1.5.3); and on a page of columns
    /// no box from its middle on.
    pub fn page(&mut self, from: Address, rows: isize) -> Address {
        let at = self.scroll(from, rows);
        let at = self.beyond_blanks(at, from, rows);
        let earlier = self.previous(at).filter(|_| self.is_widow(at));
        earlier.filter(|earlier| rows < 0 || *earlier > from).unwrap_or(at)
    }

    /// The first row from one on that is not blank, on the way from another.
    fn beyond_blanks(&mut self, mut at: Address, from: Address, rows: isize) -> Address {
        while self.is_blank(at)
            && let Some(next) = self.next(at).filter(|next| rows < 0 && *next < from || rows > 0)
        {
            at = next;
        }
        at
    }

    /// For a further column of a box, the first one and what follows the last, if anything does.
    fn past_box(&mut self, at: Address) -> Option<(Address, Option<Address>)> {
        let inset = self.inset_at(at).filter(|inset| inset.at > 0)?;
        let start = self.step(at, -(inset.at as isize));
        let last = self.step(start, inset.columns as isize - 1);
        Some((start, self.next(last)))
    }

    /// The box that a row is a column of. Where lines run across there is none, and nothing is made to look.
    fn inset_at(&mut self, at: Address) -> Option<Inset> {
        if self.measure.is_down() { self.rows(at, 1).pop()?.1.inset } else { None }
    }

    /// The address after one; none at the end.
    pub fn next(&mut self, at: Address) -> Option<Address> {
        let (next, moved) = self.walk(at, 1);
        (moved > 0).then_some(next)
    }

    /// The address before one; none at the start.
    pub fn previous(&mut self, at: Address) -> Option<Address> {
        let (before, moved) = self.walk(at, -1);
        (moved > 0).then_some(before)
    }

    /// The address some rows away, and how many rows that is.
    fn walk(&mut self, from: Address, rows: isize) -> (Address, usize) {
        let wanted = rows.unsigned_abs();
        let mut rank = self.shown.partition_point(|block| *block < from.block);
        let mut row = from.row as usize;
        let mut at = from;
        let mut left = wanted;
        while left > 0 && rank < self.shown.len() {
            let inside = if rows > 0 {
                self.lay(rank, Until::Row(row + left));
                self.laid_rows(rank).saturating_sub(row + 1).min(left)
            } else {
                row.min(left)
            };
            row = if rows > 0 { row + inside } else { row - inside };
            at = Address { block: self.shown[rank], row: row as u32 };
            left -= inside;
            if left > 0 {
                let Some((next, first)) = self.neighbour(rank, rows > 0) else { break };
                (rank, row) = (next, first);
                at = Address { block: self.shown[rank], row: row as u32 };
                left -= 1;
            }
        }
        (at, wanted - left)
    }

    /// The next block that has rows, and its nearest row.
    fn neighbour(&mut self, rank: usize, down: bool) -> Option<(usize, usize)> {
        let mut rank = rank;
        loop {
            rank = if down { rank + 1 } else { rank.checked_sub(1)? };
            if rank >= self.shown.len() {
                return None;
            }
            self.lay(rank, if down { Until::Row(0) } else { Until::End });
            if let Some(last) = self.laid_rows(rank).checked_sub(1) {
                return Some((rank, if down { 0 } else { last }));
            }
        }
    }

    /// Whether a row is blank.
    fn is_blank(&mut self, at: Address) -> bool {
        self.rows(at, 1).first().is_some_and(|(_, row)| row.is_blank())
    }

    /// Whether a row is the last of three or more lines of running text.
    fn is_widow(&mut self, at: Address) -> bool {
        let Ok(rank) = self.shown.binary_search(&at.block) else { return false };
        self.lay(rank, Until::Row(at.row as usize + 1));
        let is_text = |block: &Block| matches!(block.kind, BlockKind::Paragraph);
        let last = self.laid_rows(rank).checked_sub(1);
        last == Some(at.row as usize)
            && self.document.blocks.get(at.block as usize).is_some_and(is_text)
            && self.laid[rank].as_ref().is_some_and(|laid| laid.body.height() >= 3)
    }
}
