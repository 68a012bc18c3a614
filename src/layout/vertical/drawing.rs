//! Test only: pages of columns as drawings.

use super::readings::BEYOND;
use super::spots;
use crate::document::{Document, Inline};
use crate::layout::column::{PITCH, WIDE_PITCH};
use crate::layout::{Address, Direction, Layout, Measure, Row};
use crate::text::clusters;
use std::sync::Arc;

/// The measure of columns of some rows on a page of some cells.
pub fn measure(rows: u16, breadth: u16) -> Measure {
    let direction = Direction::Down { breadth, pitch: PITCH };
    Measure { columns: 2 * rows, overhang: 2, phrase: 0, direction, ..Measure::default() }
}

/// All columns of a document.
pub fn columns(document: &Document, measure: &Measure) -> Vec<(Address, Row)> {
    let mut layout = Layout::new(Arc::new(document.clone()), measure.clone());
    let first = layout.first();
    layout.rows(first, 1000)
}

/// The measure with room for readings.
pub fn wide(rows: u16, breadth: u16) -> Measure {
    Measure { direction: Direction::Down { breadth, pitch: WIDE_PITCH }, ..measure(rows, breadth) }
}

/// All columns of a document on one page, from the right: with room for readings, if it has any.
pub fn drawing(document: &Document, rows: u16, breadth: u16) -> String {
    let has_readings = document.blocks.iter().flat_map(|block| &block.styles).any(|style| style.style == Inline::Ruby);
    let measure = if has_readings { wide(rows, breadth) } else { measure(rows, breadth) };
    let columns = columns(document, &measure);
    let pitch = usize::from(measure.pitch());
    let width = pitch * columns.len();
    let beyond = i32::from(if has_readings { BEYOND } else { 0 });
    let mut page = vec![vec![" ".to_owned(); width]; usize::from(rows) + 1 + 2 * beyond as usize];
    let mut put = |y: i32, x: usize, text: &str| {
        let y = (y + beyond) as usize;
        let cells = measure.width.text(text);
        for (offset, cell) in page[y][x..x + cells].iter_mut().enumerate() {
            *cell = if offset == 0 { text.to_owned() } else { String::new() };
        }
    };
    for (index, (address, column)) in columns.iter().enumerate() {
        let left = width - pitch * (index + 1);
        for spot in spots(column, document.blocks[address.block as usize].language, &measure) {
            let shown = spot.form.map_or(spot.text.to_owned(), String::from);
            put(spot.row, left + usize::from(spot.is_right) + if spot.is_beside { 2 } else { 0 }, &shown);
        }
        let Some(inset) = column.inset.as_ref().filter(|inset| inset.at == 0) else { continue };
        for (y, row) in inset.rows.iter().enumerate() {
            let mut x = left - usize::from(inset.to_left());
            let text: String = row.runs.iter().map(|run| run.text.as_str()).collect();
            for cluster in clusters(&text, measure.width) {
                put(y as i32 + i32::from(column.rows_down()), x, cluster.text);
                x += usize::from(cluster.cells);
            }
        }
    }
    let rows = page.iter().map(|row| format!("{}\n", row.concat().trim_end()));
    rows.collect::<String>().trim_end().to_owned() + "\n"
}
