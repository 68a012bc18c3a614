//! How wide the columns of a table are: their natural widths where there is room; else what makes the table shortest,
//! so that a column of long texts gets what short ones do not need.
//!
//! It refuses to lay anything out: the lines of a cell are estimated by its cells.

use crate::document::{Cell, Table};
use crate::layout::glyphs::{Asides, Glyph, Style, glyphs};
use crate::layout::setting::Setting;
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
    /// How many more characters of each column stand in squares than do not.
    squares: Vec<i32>,
    /// Cells of the texts of some rows.
    rows: Vec<Vec<u16>>,
}

/// What the text of a cell needs.
struct Extent {
    /// Cells on one line.
    natural: u16,
    /// Cells of its longest word.
    word: u16,
    /// How many more of its characters stand in squares than do not.
    squares: i32,
}

impl Needs {
    /// What a table needs.
    pub fn of(setting: &Setting, table: &Table, asides: &Asides) -> Self {
        let count = table.alignments.len();
        let mut needs =
            Self { natural: vec![1; count], words: vec![1; count], squares: vec![0; count], rows: Vec::new() };
        let step = table.rows.len().div_ceil(SAMPLE).max(1);
        for (index, row) in table.rows.iter().enumerate() {
            let mut cells = Vec::with_capacity(count);
            let all = needs.natural.iter_mut().zip(&mut needs.words).zip(&mut needs.squares);
            for (cell, ((widest, longest), squares)) in row.iter().zip(all) {
                let extent = extent(setting, cell, asides);
                *widest = extent.natural.max(*widest);
                *longest = extent.word.max(*longest);
                *squares = squares.saturating_add(extent.squares);
                cells.push(extent.natural);
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
        let floors = [WORD, NARROWEST].map(floor).into_iter().find(|floors| sum(floors) <= room)?;
        let mut widths = floors.clone();
        for _ in sum(&widths)..room {
            let all = 0..widths.len();
            let Some(width) = self.neediest(all, &widths).and_then(|column| widths.get_mut(column)) else { break };
            *width += 1;
        }
        self.even(&mut widths, &floors);
        Some(widths)
    }

    /// Gives the cells that columns of squares leave free in every line, since their widths are odd, to others: best to
    /// each other.
    fn even(&self, widths: &mut [u16], floors: &[u16]) {
        let is_squeezed = |column: usize, widths: &[u16]| widths.get(column) < self.natural.get(column);
        let is_square = |column: usize| self.squares.get(column).is_some_and(|more| *more > 0);
        loop {
            let is_odd = |column: &usize| {
                is_squeezed(*column, widths)
                    && is_square(*column)
                    && widths.get(*column).is_some_and(|cells| cells % 2 == 1)
            };
            let odd: Vec<usize> = (0..widths.len()).filter(is_odd).collect();
            let most = self.neediest(odd.iter().copied(), widths);
            let givers = odd.iter().filter(|column| widths.get(**column) > floors.get(**column));
            let Some(giver) = givers.clone().find(|column| Some(**column) != most).or(givers.clone().next()).copied()
            else {
                return;
            };
            let taker = most.filter(|column| *column != giver);
            let others = (0..widths.len()).filter(|column| !is_square(*column));
            let taker = taker.or_else(|| self.neediest(others, widths));
            if let Some(width) = widths.get_mut(giver) {
                *width -= 1;
            }
            if let Some(width) = taker.and_then(|column| widths.get_mut(column)) {
                *width += 1;
            }
        }
    }

    /// The one among some columns that a cell more makes the table shortest by; of those that change nothing, the one
    /// that is furthest from its natural width.
    fn neediest(&self, among: impl Iterator<Item = usize>, widths: &[u16]) -> Option<usize> {
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
        among.filter(|column| lacks(column) > 0).max_by_key(|column| (gains.get(*column), lacks(column)))
    }
}

/// Cells of a cell's text on one line.
pub fn natural_width(setting: &Setting, cell: &Cell, asides: &Asides) -> u16 {
    extent(setting, cell, asides).natural
}

fn extent(setting: &Setting, cell: &Cell, asides: &Asides) -> Extent {
    let style = Style::new(setting.block, setting.measure, asides);
    let (mut all, mut word, mut longest, mut squares) = (0_u32, 0_u32, 0_u32, 0_i32);
    for glyph in glyphs(&setting.block.text, bytes(cell), style) {
        let cells = Glyph::advance(&glyph);
        all = all.saturating_add(cells);
        let is_part = matches!(glyph.class, Class::Letter | Class::Digit | Class::Hangul | Class::Other);
        word = if is_part { word.saturating_add(cells) } else { 0 };
        longest = longest.max(word);
        squares = squares.saturating_add(if glyph.cells == 2 { 1 } else { -1 });
    }
    let limit = |cells: u32| cells.min(u32::from(u16::MAX)) as u16;
    Extent { natural: limit(all), word: limit(longest), squares }
}

/// The bytes of a cell.
pub fn bytes(cell: &Cell) -> Range<usize> {
    cell.start as usize..cell.end as usize
}
