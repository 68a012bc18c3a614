//! From a block to its rows: what stands before its lines, and which setting its kind has.
//!
//! It refuses to look at other blocks except the one shown before it, which decides the blank rows between them.

use super::line::{Row, Run, Tone};
use super::paragraph::{Piece, Style, pieces, split};
use super::runs::{ornament, runs};
use super::{Fit, Measure, code, fit, table};
use crate::document::{Block, BlockKind, Container, ContainerKind, Span};
use crate::text::breaks::Icu;
use std::ops::Range;

/// Everything that laying out a block needs to know.
pub struct Setting<'a> {
    /// The block.
    pub block: &'a Block,
    /// Its index in the document.
    pub index: usize,
    /// The measure.
    pub measure: &'a Measure,
    /// Where lines may end.
    pub source: &'a Icu,
}

/// The rows of a block, given the block shown before it.
pub fn rows(setting: &Setting, before: Option<&Block>) -> Vec<Row> {
    let block = setting.block;
    let prefix = Prefix::new(block, before, setting.measure);
    let columns = setting.measure.columns.saturating_sub(prefix.cells).max(1);
    let mut body = alert_title(block, before, columns);
    body.extend(match &block.kind {
        BlockKind::Paragraph => wrapped(setting, columns, setting.measure.fit),
        BlockKind::Heading { .. } => wrapped(setting, columns, Fit::Balance),
        BlockKind::Code { .. } => code::rows(setting, columns),
        BlockKind::Table(shape) => table::rows(setting, shape, columns),
        BlockKind::Rule => vec![rule(setting, columns)],
        BlockKind::Image { .. } => image(setting, columns),
    });
    prefix.apply(body, blank_rows(block, before))
}

/// The lines of a block's text, set to some columns.
pub fn wrapped(setting: &Setting, columns: u16, fit: Fit) -> Vec<Row> {
    let text = &setting.block.text;
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        rows.extend(wrapped_range(setting, start..start + line.len(), columns, fit));
        start += line.len() + 1;
    }
    rows
}

/// The lines of a part of a block's text that holds no line end.
pub fn wrapped_range(setting: &Setting, range: Range<usize>, columns: u16, fit: Fit) -> Vec<Row> {
    let style = Style::new(setting.block.language, setting.measure);
    let text = setting.block.text.as_str();
    let mut found = pieces(text, range, style, setting.source);
    if found.iter().any(|piece| piece.cells > u32::from(columns)) {
        found = found.iter().flat_map(|piece| fitting(text, piece, columns, style)).collect();
    }
    let lines = fit::lines(&found, fit::Columns { full: u32::from(columns), fit });
    lines.into_iter().filter_map(|line| row(setting, found.get(line)?, columns, style)).collect()
}

fn fitting(text: &str, piece: &Piece, columns: u16, style: Style) -> Vec<Piece> {
    if piece.cells > u32::from(columns) { split(text, piece, u32::from(columns), style) } else { vec![*piece] }
}

fn row(setting: &Setting, pieces: &[Piece], columns: u16, style: Style) -> Option<Row> {
    let (start, end) = (pieces.first()?.start as usize, pieces.last()?.end as usize);
    let runs = runs(setting.block, setting.index, start..end, style);
    let cells: u16 = runs.iter().map(|run| run.cells).sum();
    let span = Span::in_block(setting.index, start, end);
    Some(Row { runs, span: Some(span), hang: cells.saturating_sub(columns).min(2) as u8, scrolls: false })
}

fn rule(setting: &Setting, columns: u16) -> Row {
    let dash = if setting.measure.printed { "-" } else { "─" };
    let cells = setting.measure.width.text(dash).max(1) as u16;
    let count = columns / cells;
    Row { runs: vec![ornament(&dash.repeat(usize::from(count)), count * cells, Tone::Ornament)], ..Row::default() }
}

/// An image stands as a sign and its description.
fn image(setting: &Setting, columns: u16) -> Vec<Row> {
    let width = setting.measure.width;
    let sign = if columns > 8 { "▣ " } else { "" };
    let sign_cells = width.text(sign) as u16;
    let mut rows = wrapped(setting, columns - sign_cells, setting.measure.fit);
    if rows.is_empty() {
        let name = "image";
        let shown = if width.text(name) as u16 + sign_cells <= columns { name } else { "▣" };
        rows.push(Row { runs: vec![ornament(shown, width.text(shown) as u16, Tone::Image)], ..Row::default() });
    }
    for (index, row) in rows.iter_mut().enumerate() {
        let indent = if index == 0 { sign.to_owned() } else { " ".repeat(usize::from(sign_cells)) };
        row.runs.insert(0, ornament(&indent, sign_cells, Tone::Image));
    }
    rows
}

/// The title of a call-out, above its first block.
fn alert_title(block: &Block, before: Option<&Block>, columns: u16) -> Vec<Row> {
    let common = common(block, before);
    let opened = block.containers.iter().skip(common);
    let titles = opened.filter_map(|container| match &container.kind {
        ContainerKind::Alert { title } => Some(title),
        _ => None,
    });
    let row = |title: &str| {
        let mut run = ornament("", 0, Tone::Heading(6));
        for character in title.chars() {
            let cells = if character.is_ascii() { 1 } else { 2 };
            if run.cells + cells > columns {
                break;
            }
            run.text.push(character);
            run.cells += cells;
        }
        Row { runs: vec![run], ..Row::default() }
    };
    titles.map(|title| row(title)).collect()
}

/// How many containers two neighbours share.
fn common(block: &Block, before: Option<&Block>) -> usize {
    let before = before.map(|before| before.containers.as_slice()).unwrap_or_default();
    block.containers.iter().zip(before).take_while(|(a, b)| a.id == b.id).count()
}

/// Blank rows above a block: none between the items of a tight list and above its nested lists.
fn blank_rows(block: &Block, before: Option<&Block>) -> usize {
    let Some(before) = before else { return 0 };
    let shared = common(block, Some(before));
    let is_tight = |container: Option<&Container>| {
        container.is_some_and(|container| matches!(container.kind, ContainerKind::Item { tight: true, .. }))
    };
    let follows_item = is_tight(before.containers.get(shared));
    let inside_item = shared > 0 && is_tight(block.containers.get(shared - 1));
    let tight = is_tight(block.containers.get(shared)) && (follows_item || inside_item);
    let after_heading = before.heading_level().is_some();
    match block.kind {
        BlockKind::Heading { level: 1 } if !after_heading => 2,
        _ if tight => 0,
        _ => 1,
    }
}

/// What stands before the lines of a block: quote bars, item markers, indentation.
struct Prefix {
    cells: u16,
    /// Before the first row.
    first: Vec<Run>,
    /// Before the others.
    rest: Vec<Run>,
    /// Before blank rows above the block: the bars of containers that go on.
    blank: Vec<Run>,
}

impl Prefix {
    /// The prefix of a block; outer containers give way where they would take more than a third of the columns.
    fn new(block: &Block, before: Option<&Block>, measure: &Measure) -> Self {
        let shared = common(block, before);
        let mut prefix = Self { cells: 0, first: Vec::new(), rest: Vec::new(), blank: Vec::new() };
        let mut parts: Vec<(usize, u16, String, String)> = Vec::new();
        for (depth, container) in block.containers.iter().enumerate() {
            let (first, rest) = marks(&container.kind, depth >= shared, measure.printed);
            let cells = measure.width.text(&first).max(measure.width.text(&rest)) as u16;
            parts.push((depth, cells, first, rest));
        }
        let mut total: u16 = parts.iter().map(|(_, cells, ..)| *cells).sum();
        while total > measure.columns / 3 && !parts.is_empty() {
            total -= parts.remove(0).1;
        }
        for (depth, cells, first, rest) in parts {
            let is_bar = !rest.trim().is_empty();
            let padded = |text: &str| {
                format!("{text}{}", " ".repeat(usize::from(cells).saturating_sub(measure.width.text(text))))
            };
            prefix.first.push(ornament(&padded(&first), cells, Tone::Ornament));
            prefix.rest.push(ornament(&padded(&rest), cells, Tone::Ornament));
            let blank = if is_bar && depth < shared { padded(&rest) } else { " ".repeat(usize::from(cells)) };
            prefix.blank.push(ornament(&blank, cells, Tone::Ornament));
        }
        prefix.cells = total;
        prefix
    }

    fn apply(&self, body: Vec<Row>, blank: usize) -> Vec<Row> {
        let blank_runs =
            if self.blank.iter().any(|run| !run.text.trim().is_empty()) { self.blank.clone() } else { Vec::new() };
        let mut rows = vec![Row { runs: blank_runs, ..Row::default() }; blank];
        for (index, mut row) in body.into_iter().enumerate() {
            let prefix = if index == 0 { &self.first } else { &self.rest };
            row.runs.splice(0..0, prefix.iter().cloned());
            rows.push(row);
        }
        rows
    }
}

/// What a container puts before the first row and before the others.
fn marks(kind: &ContainerKind, opens: bool, printed: bool) -> (String, String) {
    match kind {
        ContainerKind::Quote | ContainerKind::Alert { .. } => {
            let bar = if printed { "> " } else { "│ " };
            (bar.to_owned(), bar.to_owned())
        }
        ContainerKind::Item { marker, .. } => {
            let marker = match marker.as_str() {
                "•" | "◦" | "▪" if printed => "-",
                "☐" if printed => "- [ ]",
                "☑" if printed => "- [x]",
                marker => marker,
            };
            let first = format!("{marker} ");
            let blank = " ".repeat(first.chars().count());
            (if opens { first } else { blank.clone() }, blank)
        }
        ContainerKind::Footnote { label } => {
            let first = format!("[{label}] ");
            let blank = " ".repeat(first.chars().count().min(4));
            (if opens { first } else { blank.clone() }, blank)
        }
    }
}
