//! Code: never re-wrapped. On a screen long lines run on and are scrolled sideways; on paper they are folded.

use super::flow::Setting;
use super::line::Run;
use super::line::{Row, Tone};
use super::lines::{Edges, Line, Lines};
use super::runs::{base_role, ornament};
use crate::document::Span;
use crate::text::clusters;
use std::ops::Range;

/// Columns from one tab stop to the next.
const TAB: u16 = 4;
/// What stands before the rest of a folded line.
const FOLD: &str = "↪ ";

/// Lines of the source found at a time.
const LINES: usize = 256;

/// Adds the next lines of the source, as they are on a screen; false if there are none.
pub fn extend(lines: &mut Lines, text: &str) -> bool {
    let before = lines.lines.len();
    while !lines.is_whole && lines.lines.len() < before + LINES {
        let rest = text.get(lines.bytes as usize..).unwrap_or_default();
        let length = rest.find('\n');
        let start = lines.bytes;
        let end = start + length.unwrap_or(rest.len()) as u32;
        lines.lines.push(Line { start, end, edges: Edges::default() });
        lines.bytes = end + u32::from(length.is_some());
        lines.is_whole = length.is_none();
    }
    lines.lines.len() > before
}

/// One line of the source as a row of the screen.
pub fn row(setting: &Setting, line: Range<usize>, columns: u16) -> Row {
    let (gutter, indent) = gutter(setting, columns);
    let text = setting.block.text.get(line.clone()).unwrap_or_default();
    let mut row = source_line(setting, line.start, text, columns - indent).pop().unwrap_or_default();
    row.runs.insert(0, ornament(gutter, indent, Tone::Ornament));
    row
}

/// The rows of a block of code in print.
pub fn rows(setting: &Setting, columns: u16) -> Vec<Row> {
    let (gutter, indent) = gutter(setting, columns);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in setting.block.text.split('\n') {
        let mut folded = source_line(setting, start, line, columns - indent);
        for row in &mut folded {
            row.runs.insert(0, ornament(gutter, indent, Tone::Ornament));
        }
        rows.extend(folded);
        start += line.len() + 1;
    }
    rows
}

/// What stands before every row of code, and its cells: in print a mark, since there is no colour to tell code from
/// prose and so that other programs can find the lines again.
fn gutter(setting: &Setting, columns: u16) -> (&'static str, u16) {
    match (setting.measure.printed, columns) {
        (true, 12..) => ("¦ ", 2),
        (false, 40..) => ("  ", 2),
        _ => ("", 0),
    }
}

/// One line of the source: one row, or several if it must be folded.
fn source_line(setting: &Setting, start: usize, line: &str, columns: u16) -> Vec<Row> {
    let width = setting.measure.width;
    let fold_cells = width.text(FOLD) as u16;
    let role = base_role(setting.block);
    let empty = |byte: usize| Run {
        text: String::new(),
        cells: 0,
        role,
        span: Some(Span::in_block(setting.index, byte, byte)),
    };
    let mut rows = Vec::new();
    let mut run = empty(start);
    let mut lead = 0;
    let mut column = 0;
    for cluster in clusters(line, width) {
        let byte = start + cluster.byte;
        let cells = if cluster.text == "\t" { TAB - column % TAB } else { u16::from(cluster.cells) };
        let is_over = setting.measure.printed && lead + run.cells + cells > columns && run.cells > 0;
        if is_over {
            rows.push(finish(setting, std::mem::replace(&mut run, empty(byte)), lead, columns));
            lead = if columns > 3 * fold_cells { fold_cells } else { 0 };
        }
        if cluster.text == "\t" {
            run.text.push_str(&" ".repeat(usize::from(cells.min(columns))));
            run.cells += cells.min(columns);
        } else {
            run.text.push_str(cluster.text);
            run.cells += cells;
        }
        column += cells;
        run.span = run
            .span
            .map(|span| Span { end: Span::in_block(setting.index, byte, byte + cluster.text.len()).end, ..span });
    }
    rows.push(finish(setting, run, lead, columns));
    rows
}

fn finish(setting: &Setting, run: Run, lead: u16, columns: u16) -> Row {
    let scrolls = !setting.measure.printed && run.cells > columns;
    let span = run.span;
    let mut runs = vec![run];
    if lead > 0 {
        runs.insert(0, ornament(FOLD, lead, Tone::Ornament));
    }
    Row { runs, span, hang: 0, scrolls }
}
