//! How wide the columns of a table are: their natural widths where there is room; else what makes the table shortest,
//! so that a column of long texts gets what short ones do not need.
//!
//! It refuses to lay anything out: the lines of a cell are estimated by its cells.

use crate::document::{Cell, Table};
use crate::layout::flow::Setting;
use crate::layout::glyphs::{Asides, Glyph, Style, glyphs};
use crate::text::Class;
use std::ops::Range;

/// Cells below which a column is not squeezed.
pub const NARROWEST: u16 = 8;
/// Cells of the longest word that is kept whole at the cost of other columns.
const WORD: u16 = 16;
/// Rows looked at to tell which columns need room.
const SAMPLE: usize = 64;
/// Parts of a line that heights are counted in.
const SCALE: u32 = 1024;

/// What the texts of a table's cells need.
#[derive(Default)]
pub struct Needs {
    /// Cells of each column on one line.
    pub natural: Vec<u16>,
    /// Cells of the longest word of each column.
    words: Vec<u16>,
    /// Cells of the texts of some rows.
    rows: Vec<Vec<u16>>,
}

impl Needs {
    /// What a table needs.
    pub fn of(setting: &Setting, table: &Table, asides: &Asides) -> Self {
        let count = table.alignments.len();
        let mut needs = Self { natural: vec![1; count], words: vec![1; count], rows: Vec::new() };
        let step = table.rows.len().div_ceil(SAMPLE).max(1);
        for (index, row) in table.rows.iter().enumerate() {
            let extents = row.iter().map(|cell| extent(setting, cell, asides));
            let mut cells = Vec::with_capacity(count);
            for ((natural, word), (widest, longest)) in extents.zip(needs.natural.iter_mut().zip(&mut needs.words)) {
                *widest = natural.max(*widest);
                *longest = word.max(*longest);
                cells.push(natural);
            }
            if index % step == 0 {
                needs.rows.push(cells);
            }
        }
        needs
    }

    /// Cells of each column; none if the table cannot be squeezed into the measure.
    pub fn within(&self, columns: u16, bar: u16) -> Option<Vec<u16>> {
        let bars = bar.checked_mul(self.natural.len().saturating_sub(1) as u16)?;
        let room = u32::from(columns.checked_sub(bars)?);
        let sum = |widths: &[u16]| widths.iter().map(|width| u32::from(*width)).sum::<u32>();
        if sum(&self.natural) <= room {
            return Some(self.natural.clone());
        }
        if let [_] = self.natural.as_slice() {
            return Some(vec![room as u16]);
        }
        let floor = |most: u16| {
            let floors = self.natural.iter().zip(&self.words);
            floors.map(|(natural, word)| (*word).clamp(NARROWEST, most).min(*natural)).collect::<Vec<u16>>()
        };
        let mut widths = [WORD, NARROWEST].map(floor).into_iter().find(|floors| sum(floors) <= room)?;
        for _ in sum(&widths)..room {
            let Some(width) = self.neediest(&widths).and_then(|column| widths.get_mut(column)) else { break };
            *width += 1;
        }
        Some(widths)
    }

    /// The column that a cell more makes the table shortest by; of those that change nothing, the one that is
    /// furthest from its natural width.
    fn neediest(&self, widths: &[u16]) -> Option<usize> {
        let height = |cells: u16, width: u16| SCALE.max(u32::from(cells) * SCALE / u32::from(width.max(1)));
        let mut gains = vec![0_u32; widths.len()];
        for row in &self.rows {
            let heights = || row.iter().zip(widths).map(|(cells, width)| height(*cells, *width));
            let Some((column, highest)) = heights().enumerate().max_by_key(|(_, height)| *height) else { continue };
            let next = heights().enumerate().filter(|(other, _)| *other != column).map(|(_, height)| height).max();
            let wider = row.get(column).zip(widths.get(column)).map_or(0, |(cells, width)| height(*cells, width + 1));
            if let Some(gain) = gains.get_mut(column) {
                *gain += highest - wider.max(next.unwrap_or(SCALE)).min(highest);
            }
        }
        let lacks = |column: &usize| self.natural.get(*column).zip(widths.get(*column)).map_or(0, |(a, b)| a - b);
        (0..widths.len()).filter(|column| lacks(column) > 0).max_by_key(|column| (gains.get(*column), lacks(column)))
    }
}

/// Cells of a cell's text on one line.
pub fn natural_width(setting: &Setting, cell: &Cell, asides: &Asides) -> u16 {
    extent(setting, cell, asides).0
}

/// Cells of a cell's text on one line, and those of its longest word.
fn extent(setting: &Setting, cell: &Cell, asides: &Asides) -> (u16, u16) {
    let style = Style::new(setting.block, setting.measure, asides);
    let (mut all, mut word, mut longest) = (0_u32, 0_u32, 0_u32);
    for glyph in glyphs(&setting.block.text, bytes(cell), style) {
        let cells = Glyph::advance(&glyph);
        all = all.saturating_add(cells);
        let is_part = matches!(glyph.class, Class::Letter | Class::Digit | Class::Hangul | Class::Other);
        word = if is_part { word.saturating_add(cells) } else { 0 };
        longest = longest.max(word);
    }
    let limit = |cells: u32| cells.min(u32::from(u16::MAX)) as u16;
    (limit(all), limit(longest))
}

/// The bytes of a cell.
pub fn bytes(cell: &Cell) -> Range<usize> {
    cell.start as usize..cell.end as usize
}
