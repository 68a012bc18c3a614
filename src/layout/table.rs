//! Tables: columns exact to the cell, cells wrapped where the table is too wide, and where even that leaves too
//! little, one `header: value` after the other. Nothing is ever cut.

use super::flow::{Setting, wrapped_range};
use super::glyphs::{Glyph, Style, glyphs, readings};
use super::line::{Row, Run, Tone};
use super::lines::Tools;
use super::runs::ornament;
use crate::document::{Alignment, Span, Table};

/// Cells below which a column is not squeezed.
const NARROWEST: u16 = 8;

/// The rows of a table.
pub fn rows(setting: &Setting, table: &Table, columns: u16, tools: &mut Tools) -> Vec<Row> {
    let bar = if setting.measure.printed { " | " } else { " │ " };
    let bar = ornament(bar, setting.measure.width.text(bar) as u16, Tone::Ornament);
    match column_widths(setting, table, columns, bar.cells) {
        Some(widths) => grid(setting, table, &widths, &bar, tools),
        None => stacked(setting, table, columns, tools),
    }
}

/// Cells of each column; none if the table cannot be squeezed into the measure.
fn column_widths(setting: &Setting, table: &Table, columns: u16, bar: u16) -> Option<Vec<u16>> {
    let count = table.alignments.len();
    let mut widths = vec![1; count];
    for row in &table.rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = natural_width(setting, cell.start as usize..cell.end as usize).max(*width);
        }
    }
    let bars = bar.checked_mul(count.saturating_sub(1) as u16)?;
    let room = columns.checked_sub(bars)?;
    let least: u32 = widths.iter().map(|width| u32::from((*width).min(NARROWEST))).sum();
    if least > u32::from(room) {
        return None;
    }
    // The widest columns give way first, down to one level.
    while widths.iter().map(|width| u32::from(*width)).sum::<u32>() > u32::from(room) {
        let widest = widths.iter().copied().max()?;
        let next = widths.iter().copied().filter(|width| *width < widest).max().unwrap_or(NARROWEST).max(NARROWEST);
        let at_widest = widths.iter().filter(|width| **width == widest).count() as u32;
        let excess = widths.iter().map(|width| u32::from(*width)).sum::<u32>() - u32::from(room);
        let step = u32::from(widest - next.min(widest - 1)).min(excess.div_ceil(at_widest)) as u16;
        widths.iter_mut().filter(|width| **width == widest).for_each(|width| *width -= step);
    }
    Some(widths)
}

/// Cells of a cell's text on one line.
fn natural_width(setting: &Setting, range: std::ops::Range<usize>) -> u16 {
    let readings = readings(setting.block);
    let style = Style::new(setting.block, setting.measure, &readings);
    let cells: u32 = glyphs(&setting.block.text, range, style).map(|glyph| Glyph::advance(&glyph)).sum();
    cells.min(u32::from(u16::MAX)) as u16
}

fn row_cells(row: &Row) -> u16 {
    row.runs.iter().map(|run| run.cells).sum()
}

fn grid(setting: &Setting, table: &Table, widths: &[u16], bar: &Run, tools: &mut Tools) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, cells) in table.rows.iter().enumerate() {
        let mut columns: Vec<Vec<Row>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| {
                wrapped_range(setting, cell.start as usize..cell.end as usize, *width, setting.measure.fit, tools)
            })
            .collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or_default().max(1);
        for line in 0..height {
            let mut row = Row::default();
            for (column, lines) in columns.iter_mut().enumerate() {
                if column > 0 {
                    row.runs.push(bar.clone());
                }
                let part = lines.get_mut(line).map(std::mem::take).unwrap_or_default();
                let width = widths.get(column).copied().unwrap_or_default();
                let alignment = table.alignments.get(column).copied().unwrap_or_default();
                place(&mut row, part, width, alignment);
            }
            if index == 0 && table.rows.len() > 1 {
                row.runs.iter_mut().filter(|run| run.span.is_some()).for_each(|run| run.role.tone = Tone::TableHeader);
            }
            rows.push(row);
        }
        if index == 0 && table.rows.len() > 1 {
            rows.push(border(setting, widths));
        }
    }
    rows
}

/// Adds a cell's line to a row, padded to its column.
fn place(row: &mut Row, part: Row, width: u16, alignment: Alignment) {
    let spare = width.saturating_sub(row_cells(&part));
    let left = match alignment {
        Alignment::Start => 0,
        Alignment::Center => spare / 2,
        Alignment::End => spare,
    };
    let pad = |cells: u16| ornament(&" ".repeat(usize::from(cells)), cells, Tone::Body);
    row.runs.push(pad(left));
    row.runs.extend(part.runs);
    row.runs.push(pad(spare - left));
    row.span = match (row.span, part.span) {
        (Some(whole), Some(part)) => Some(Span { start: whole.start.min(part.start), end: whole.end.max(part.end) }),
        (whole, part) => whole.or(part),
    };
}

fn border(setting: &Setting, widths: &[u16]) -> Row {
    let (dash, cross) = if setting.measure.printed { ("-", "-|-") } else { ("─", "─┼─") };
    let cells = setting.measure.width.text(dash).max(1);
    let mut text = String::new();
    for (column, width) in widths.iter().enumerate() {
        if column > 0 {
            text.push_str(cross);
        }
        text.push_str(&dash.repeat(usize::from(*width) / cells));
        text.push_str(&" ".repeat(usize::from(*width) % cells));
    }
    let cells = setting.measure.width.text(&text) as u16;
    Row { runs: vec![ornament(&text, cells, Tone::Ornament)], ..Row::default() }
}

/// Every cell on lines of its own, after its column's header.
fn stacked(setting: &Setting, table: &Table, columns: u16, tools: &mut Tools) -> Vec<Row> {
    let mut rows = Vec::new();
    let text = setting.block.text.as_str();
    let header = table.rows.first();
    let skipped = usize::from(table.rows.len() > 1);
    for (index, cells) in table.rows.iter().enumerate() {
        if index > skipped {
            rows.push(Row::default());
        }
        for (column, cell) in cells.iter().enumerate() {
            let range = cell.start as usize..cell.end as usize;
            if range.is_empty() {
                continue;
            }
            let label = header.filter(|_| index >= skipped && skipped > 0).and_then(|header| {
                let name = header.get(column)?;
                text.get(name.start as usize..name.end as usize).filter(|name| !name.is_empty())
            });
            let label = label.map(|name| format!("{name}: ")).unwrap_or_default();
            let label_cells = setting.measure.width.text(&label) as u16;
            let fits = label_cells <= columns / 2;
            let room = if fits { columns - label_cells } else { columns };
            let lines = wrapped_range(setting, range, room, setting.measure.fit, tools);
            for (line, mut row) in lines.into_iter().enumerate() {
                if fits && label_cells > 0 {
                    let lead = if line == 0 { label.clone() } else { " ".repeat(usize::from(label_cells)) };
                    row.runs.insert(0, ornament(&lead, label_cells, Tone::TableHeader));
                }
                rows.push(row);
            }
        }
    }
    rows
}
