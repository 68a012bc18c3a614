//! From a document and a measure to rows of cells, block by block as they come into view.
//!
//! It refuses to know colours, panes and the terminal: a row says what its runs mean ([`Role`]), not how they look.

pub mod line;
pub mod measure;

pub use line::{Address, Role, Row, Run, Tone};
pub use measure::{Fit, Hang, Kinsoku, Measure};

use crate::document::{Document, Position, Span};
use std::sync::Arc;

/// The rows of one document at one measure. Blocks are laid out when first asked for.
#[derive(Debug, Clone)]
pub struct Layout {
    document: Arc<Document>,
    measure: Measure,
    blocks: Vec<Option<Box<[Row]>>>,
}

impl Layout {
    /// A layout with nothing laid out yet.
    pub fn new(document: Arc<Document>, measure: Measure) -> Self {
        let blocks = vec![None; document.blocks.len()];
        Self { document, measure, blocks }
    }

    /// The measure in force.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// Sets another measure. Addresses of rows are void after this; positions hold.
    pub fn relayout(&mut self, measure: Measure) {
        if measure != self.measure {
            self.measure = measure;
            self.blocks.fill(None);
        }
    }

    /// The rows of a block: none if it is not shown. Includes the blank rows above it.
    pub fn block(&mut self, block: usize) -> &[Row] {
        if block >= self.blocks.len() {
            return &[];
        }
        if self.blocks[block].is_none() {
            let rows = self.lay_out(block);
            self.blocks[block] = Some(rows);
        }
        self.blocks[block].as_deref().unwrap_or_default()
    }

    /// The row that shows a place; where the place's block is not shown, the first row after it, else the last.
    pub fn locate(&mut self, position: Position) -> Address {
        let rows = self.block(position.block as usize);
        let row = rows.iter().rposition(|row| row.span.is_some_and(|span| span.start <= position)).unwrap_or(0);
        Address { block: position.block, row: row as u32 }
    }

    /// The address some rows further down (or up, if negative), clamped to the first and last row of the document.
    pub fn step(&mut self, from: Address, rows: isize) -> Address {
        let mut at = from;
        for _ in 0..rows.unsigned_abs() {
            let next = if rows > 0 { self.next(at) } else { self.previous(at) };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// Up to `count` rows from an address down, with their addresses.
    pub fn rows(&mut self, from: Address, count: usize) -> Vec<(Address, Row)> {
        let mut rows = Vec::new();
        let mut at = Some(from);
        while let Some(address) = at {
            if rows.len() == count {
                break;
            }
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
        (at.block as usize + 1..self.blocks.len())
            .find(|block| !self.block(*block).is_empty())
            .map(|block| Address { block: block as u32, row: 0 })
    }

    /// The address before one; none at the start.
    pub fn previous(&mut self, at: Address) -> Option<Address> {
        if at.row > 0 {
            return Some(Address { row: at.row - 1, ..at });
        }
        (0..at.block as usize)
            .rev()
            .find(|block| !self.block(*block).is_empty())
            .map(|block| Address { block: block as u32, row: self.block(block).len() as u32 - 1 })
    }

    fn lay_out(&self, block: usize) -> Box<[Row]> {
        let source = &self.document.blocks[block];
        let columns = usize::from(self.measure.columns.max(2));
        let mut rows = vec![Row::default()];
        let mut start = 0;
        let mut cells = 0;
        let end = source.text.len();
        for (byte, character) in source.text.char_indices().chain([(end, '\n')]) {
            let width = usize::from(self.measure.width.cluster(character.encode_utf8(&mut [0; 4])));
            if (character == '\n' || cells + width > columns) && byte > start || byte == end {
                let text = source.text.get(start..byte).unwrap_or_default().replace('\n', "");
                let span = Span::in_block(block, start, byte);
                rows.push(Row {
                    runs: vec![Run { cells: cells as u16, text, role: Role::default(), span: Some(span) }],
                    span: Some(span),
                    ..Row::default()
                });
                start = byte;
                cells = 0;
            }
            cells += if character == '\n' { 0 } else { width };
        }
        rows.into()
    }
}
