//! Tables: those with rows and columns, and those that only lay out what is in them.

use super::Flow;
use crate::document::Block;
use crate::parse::html::cells::Grid;
use crate::parse::html::names;
use crate::parse::tag::Tag;

impl Flow<'_> {
    pub(super) fn table(&mut self, tag: &Tag) {
        if tag.is_end {
            match self.grid {
                Some(_) => self.end_table(),
                None => self.laid_out = self.laid_out.saturating_sub(1),
            }
            self.block(tag);
            return;
        }
        self.block(tag);
        if self.layouts.next() == Some(false) && self.grid.is_none() {
            self.grid = Some(Grid::default());
            self.table_start = self.line;
        } else {
            self.laid_out += 1;
        }
    }

    /// A row or a cell of a table that lays out.
    pub(super) fn laid_out_cell(&mut self, tag: &Tag) {
        self.block(tag);
        if tag.name == "tr" {
            self.in_row = false;
        } else if !tag.is_end {
            self.columns.extend(self.in_row.then_some(self.blocks.len()));
            self.in_row = true;
        }
    }

    pub(super) fn row(&mut self, tag: &Tag) {
        self.end_cell();
        if let Some(grid) = &mut self.grid {
            grid.end_row(tag.is_end);
        }
    }

    pub(super) fn cell(&mut self, tag: &Tag) {
        self.end_cell();
        if let Some(grid) = self.grid.as_mut().filter(|_| !tag.is_end) {
            grid.open(tag);
        }
    }

    /// What would be blocks and lines elsewhere are parted by spaces in a cell.
    pub(super) fn inside_cell(&mut self, tag: &Tag, literal: &str) {
        if !names::is_block(&tag.name) && tag.name != "br" {
            self.inlines.tag(literal);
        } else if !self.inlines.text().ends_with('\n') {
            self.inlines.hard_break();
        }
    }

    /// Ends a cell; text outside cells stands before the table (HTML, "foster parent"), and white space there is none.
    pub(super) fn end_cell(&mut self) {
        let mut inlines = std::mem::take(&mut self.inlines);
        inlines.close_all();
        inlines.name_images();
        let (text, styles) = inlines.finish();
        match &mut self.grid {
            Some(grid) if grid.is_open() => grid.close(&text, styles),
            _ if text.is_empty() => {}
            _ => self.push(Block { text, styles, ..Block::default() }),
        }
    }

    pub(super) fn end_table(&mut self) {
        if self.grid.is_none() {
            return;
        }
        self.end_cell();
        let block = self.grid.take().map(Grid::finish).unwrap_or_default();
        if !block.text.trim().is_empty() {
            self.start = self.table_start;
            self.push(block);
        }
    }
}
