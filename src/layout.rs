//! From a document and a measure to rows of cells, block by block as they come into view.
//!
//! ```text
//! text ──pieces──▶ what stands together ──fit──▶ lines ──runs──▶ what each stretch means ──flow──▶ rows
//! ```
//!
//! It refuses to know colours, panes and the terminal: a row says what its runs mean ([`Role`]), not how they look.

pub mod code;
pub mod fit;
pub mod flow;
pub mod line;
pub mod locate;
pub mod measure;
pub mod paragraph;
pub mod runs;
pub mod table;

pub use line::{Address, Role, Row, Run, Tone};
pub use measure::{Fit, Hang, Measure};

use crate::document::{Document, Position};
use crate::text::breaks::Icu;
use std::sync::Arc;

/// The rows of one document at one measure. Blocks are laid out when first asked for.
pub struct Layout {
    document: Arc<Document>,
    measure: Measure,
    source: Icu,
    /// The blocks that are shown, ascending.
    shown: Vec<u32>,
    blocks: Vec<Option<Box<[Row]>>>,
}

impl Layout {
    /// A layout with nothing laid out yet.
    pub fn new(document: Arc<Document>, measure: Measure) -> Self {
        let shown = shown(&document, &measure);
        let blocks = vec![None; document.blocks.len()];
        Self { document, measure, source: Icu::default(), shown, blocks }
    }

    /// The measure in force.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// The document that is laid out.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Sets another measure. Addresses of rows are void after this; positions hold.
    pub fn relayout(&mut self, measure: Measure) {
        if measure != self.measure {
            self.shown = shown(&self.document, &measure);
            self.measure = measure;
            self.blocks.fill(None);
        }
    }

    /// The rows of a block: none if it is not shown. Includes the blank rows above it.
    pub fn block(&mut self, block: usize) -> &[Row] {
        let Ok(rank) = self.shown.binary_search(&(block as u32)) else { return &[] };
        if self.blocks.get(block).is_some_and(Option::is_none) {
            let before = rank.checked_sub(1).and_then(|rank| self.document.blocks.get(*self.shown.get(rank)? as usize));
            let setting = flow::Setting {
                block: &self.document.blocks[block],
                index: block,
                measure: &self.measure,
                source: &self.source,
            };
            let rows = flow::rows(&setting, before);
            self.blocks[block] = Some(rows.into());
        }
        self.blocks[block].as_deref().unwrap_or_default()
    }

    /// Forgets the rows of a block, for those who go through a long document once.
    pub fn forget(&mut self, block: usize) {
        if let Some(rows) = self.blocks.get_mut(block) {
            *rows = None;
        }
    }

    /// The first row.
    pub fn first(&self) -> Address {
        Address { block: self.shown.first().copied().unwrap_or_default(), row: 0 }
    }

    /// The last row.
    pub fn last(&mut self) -> Address {
        let block = self.shown.last().copied().unwrap_or_default();
        Address { block, row: (self.block(block as usize).len() as u32).saturating_sub(1) }
    }

    /// The row that shows a place; where the place's block is not shown, the first row of text after it, else the last.
    pub fn locate(&mut self, position: Position) -> Address {
        let rank = self.shown.partition_point(|block| *block < position.block);
        let Some(block) = self.shown.get(rank).copied() else { return self.last() };
        let rows = self.block(block as usize);
        let first = rows.iter().position(|row| !row.is_blank()).unwrap_or_default();
        if block != position.block {
            return Address { block, row: first as u32 };
        }
        let holds = rows.iter().position(|row| row.span.is_some_and(|span| span.contains(position)));
        let before = || rows.iter().rposition(|row| row.span.is_some_and(|span| span.start <= position));
        Address { block, row: holds.or_else(before).unwrap_or(first) as u32 }
    }

    /// The place at which a row begins: that of its text, or for a row without text of the next that has some.
    pub fn position(&mut self, at: Address) -> Position {
        let rows = self.block(at.block as usize);
        let from_here = rows.iter().skip(at.row as usize);
        let start = from_here.chain(rows.iter()).find_map(|row| row.span).map(|span| span.start);
        start.unwrap_or(Position { block: at.block, byte: 0 })
    }

    /// The address some rows further down (or up, if negative), clamped to the first and last row of the document.
    pub fn step(&mut self, from: Address, rows: isize) -> Address {
        let mut at = from;
        let mut left = rows.unsigned_abs();
        while left > 0 {
            let height = self.block(at.block as usize).len();
            let inside = if rows > 0 { height.saturating_sub(at.row as usize + 1) } else { at.row as usize };
            let moved = inside.min(left) as u32;
            at.row = if rows > 0 { at.row + moved } else { at.row - moved };
            left -= moved as usize;
            if left > 0 {
                let next = if rows > 0 { self.next(at) } else { self.previous(at) };
                let Some(next) = next else { break };
                at = next;
                left -= 1;
            }
        }
        at
    }

    /// Up to `count` rows from an address down, with their addresses.
    pub fn rows(&mut self, from: Address, count: usize) -> Vec<(Address, Row)> {
        let mut rows = Vec::new();
        let mut at = Some(from);
        while let Some(address) = at.filter(|_| rows.len() < count) {
            if let Some(row) = self.block(address.block as usize).get(address.row as usize) {
                rows.push((address, row.clone()));
            }
            at = self.next(address);
        }
        rows
    }

    /// The address after one; none at the end.
    pub fn next(&mut self, at: Address) -> Option<Address> {
        if (at.row as usize) + 1 < self.block(at.block as usize).len() {
            return Some(Address { row: at.row + 1, ..at });
        }
        let mut rank = self.shown.partition_point(|block| *block <= at.block);
        while let Some(block) = self.shown.get(rank).copied() {
            if !self.block(block as usize).is_empty() {
                return Some(Address { block, row: 0 });
            }
            rank += 1;
        }
        None
    }

    /// The address before one; none at the start.
    pub fn previous(&mut self, at: Address) -> Option<Address> {
        if at.row > 0 {
            return Some(Address { row: at.row - 1, ..at });
        }
        let mut rank = self.shown.partition_point(|block| *block < at.block);
        while let Some(block) = rank.checked_sub(1).and_then(|rank| self.shown.get(rank).copied()) {
            rank -= 1;
            let height = self.block(block as usize).len() as u32;
            if height > 0 {
                return Some(Address { block, row: height - 1 });
            }
        }
        None
    }
}

impl std::fmt::Debug for Layout {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Layout")
            .field("measure", &self.measure)
            .field("blocks", &self.blocks.len())
            .finish_non_exhaustive()
    }
}

fn shown(document: &Document, measure: &Measure) -> Vec<u32> {
    document.shown(measure.raw).map(|(index, _)| index as u32).collect()
}
