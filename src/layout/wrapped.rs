//! A part of a block's text as rows of its own: a cell of a table, a line of a box. It knows nothing around them.

use super::Fit;
use super::fit::Columns;
use super::glyphs::Style;
use super::line::Row;
use super::lines::{Lines, Tools};
use super::runs::row;
use super::setting::{Setting, columns};
use std::ops::Range;

/// The lines of a part of a table's text that holds no line end, as rows; `tools.asides` are those of the table.
pub fn wrapped_range(setting: &Setting, range: Range<usize>, room: u16, fit: Fit, tools: &mut Tools) -> Vec<Row> {
    let asides = std::mem::take(&mut tools.asides);
    let style = Style::new(setting.block, setting.measure, &asides);
    let columns =
        Columns { full: u32::from(room), hang: 0, indent: 0, start_trim: false, ..columns(setting, room, fit) };
    let lines = Lines::of_range(&setting.block.text, range, style, &columns, tools);
    let rows = lines.into_iter().map(|line| row(setting, line, &columns, style)).collect();
    tools.asides = asides;
    rows
}
