//! Rows of a table under construction: cells joined to one text, their ranges kept. It knows no source.

use crate::document::{Alignment, Block, BlockKind, LineRange, Styled, Table};
use crate::text::SafeText;

/// Cells that short rows are filled up with at most; a hostile table has one long row and very many short ones.
const FILLED: usize = 1 << 17;

/// Puts the cells of a table together, row by row.
#[derive(Debug, Default)]
pub struct TableBuilder {
    text: String,
    styles: Vec<Styled>,
    rows: Vec<Vec<std::ops::Range<u32>>>,
    row: Vec<std::ops::Range<u32>>,
}

impl TableBuilder {
    /// Adds a cell to the row under construction. Line ends and tabs inside it become spaces.
    pub fn cell(&mut self, text: &SafeText, styles: Vec<Styled>) {
        if !self.row.is_empty() {
            self.text.push('\t');
        }
        let start = self.text.len() as u32;
        for (index, piece) in text.split(['\n', '\t']).enumerate() {
            self.text.push_str(if index > 0 { " " } else { "" });
            self.text.push_str(piece);
        }
        self.row.push(start..self.text.len() as u32);
        let shifted = styles
            .into_iter()
            .map(|styled| Styled { range: styled.range.start + start..styled.range.end + start, style: styled.style });
        self.styles.extend(shifted);
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
            self.text.push('\n');
        }
    }

    /// The table; short rows are filled up with empty cells.
    pub fn finish(mut self, mut alignments: Vec<Alignment>, lines: LineRange) -> Block {
        self.end_row();
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let filled = FILLED / self.rows.len().max(1);
        for row in &mut self.rows {
            let end = row.last().map_or(0, |cell| cell.end);
            row.resize(columns.min(row.len().max(filled)), end..end);
        }
        alignments.resize(columns, Alignment::Start);
        Block {
            kind: BlockKind::Table(Box::new(Table { alignments, rows: self.rows })),
            text: SafeText::body(&self.text),
            styles: self.styles,
            lines,
            ..Block::default()
        }
    }
}
