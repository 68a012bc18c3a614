//! Tables that can be read in one way only: at the start of lines, every row of them with a bar before its first cell.
//!
//! It refuses rows without that bar and rows with a backslash, which may stand before a bar.

use super::Reader;
use super::doubt::Place;
use crate::document::{Alignment, LineRange};
use crate::parse::markdown::table;
use crate::parse::rows::TableBuilder;

/// Columns of a table; of wider ones the parser reads few rows at a time.
const WIDEST: usize = 32;
/// Cells that the rows of a table may lack; a hostile one has very many short rows, and the parser a bound of its own.
const LACKING: usize = 1 << 10;

impl<'t> Reader<'_, 't> {
    /// Reads a table from its head on, up to the blank line behind it.
    pub(super) fn table(&mut self, head: &'t str) -> Option<()> {
        let below = self.ahead()?;
        let alignments = alignments(below)?;
        let columns = alignments.len();
        let is_head = self.paragraph.is_none() && self.lists.is_empty() && cells(head)?.count() == columns;
        if !is_head || columns > WIDEST {
            return None;
        }
        let first = self.here().first;
        let mut builder = TableBuilder::default();
        let mut lacking = self.row(head, columns, &mut builder)?;
        self.pass(below);
        while let Some(row) = self.ahead().filter(|row| !row.chars().all(is_blank)) {
            self.pass(row);
            lacking += self.row(row, columns, &mut builder)?;
            if lacking > LACKING {
                return None;
            }
        }
        self.flow.push(builder.finish(alignments, LineRange { first, last: self.here().last }));
        Some(())
    }

    /// Reads as many cells of a row as its table has columns, and says how many it lacks, which are empty.
    fn row(&mut self, row: &'t str, columns: usize, builder: &mut TableBuilder) -> Option<usize> {
        let mut cells = cells(row)?;
        let mut lacking = 0;
        for _ in 0..columns {
            let cell = cells.next();
            lacking += usize::from(cell.is_none());
            self.begin(Place::Paragraph, cell.unwrap_or_default());
            self.settle()?;
            table::cell(&mut self.inlines, builder);
        }
        builder.end_row();
        Some(lacking)
    }
}

/// The cells of a row.
fn cells(row: &str) -> Option<impl Iterator<Item = &str>> {
    let row = row.strip_prefix('|')?.trim_end_matches(is_blank);
    let cells = row.strip_suffix('|').unwrap_or(row).split('|').map(|cell| cell.trim_matches(is_blank));
    (!row.is_empty() && !row.contains('\\')).then_some(cells)
}

/// How the columns are aligned of a table with a row below its head; none if it is no such row.
fn alignments(row: &str) -> Option<Vec<Alignment>> {
    let alignment = |cell: &str| {
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        let is_sure = !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-');
        is_sure.then_some(match (cell.starts_with(':'), cell.ends_with(':')) {
            (true, true) => Alignment::Center,
            (false, true) => Alignment::End,
            (_, false) => Alignment::Start,
        })
    };
    cells(row)?.map(alignment).collect()
}

/// Whether a character is white space within a line.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{b}' | '\u{c}')
}
