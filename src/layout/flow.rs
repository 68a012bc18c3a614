//! From a block to its rows: which setting its kind has.
//!
//! It refuses to look at other blocks except the one shown before it, on which the prefix depends.

use super::fit::{Columns, Costs};
use super::glyphs::{Asides, Style};
use super::line::{Row, Tone};
use super::lines::{Analysis, Line, Lines, NO_ASIDES, Tools};
use super::prefix::Prefix;
use super::runs::{ornament, row};
use super::vertical::inset;
use super::{Fit, Measure, code, image, table};
use crate::document::{Block, BlockKind, Part};
use crate::text::Class;
use std::ops::Range;

/// Everything that laying out a block needs to know.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The block.
    pub block: &'a Block,
    /// Its index in the document.
    pub index: usize,
    /// The measure.
    pub measure: &'a Measure,
}

/// What stands around the lines of a block.
pub struct Frame {
    /// Before and above them.
    pub prefix: Prefix,
    /// Cells of the body.
    pub columns: u16,
}

/// How the body of a block is laid out.
pub enum Body {
    /// As lines of its text, which grow as they are asked for.
    Lines(Lines),
    /// All at once.
    Rows(Box<[Row]>),
}

impl Body {
    /// A body with no lines yet, or all its rows.
    pub fn new(setting: &Setting, frame: &Frame, tools: &mut Tools) -> Self {
        let rows = match &setting.block.kind {
            _ if setting.measure.is_down() && inset::is_inset(setting.block, frame.columns) => {
                inset::rows(setting, frame.columns, tools)
            }
            BlockKind::Code { .. } if setting.measure.printed => code::rows(setting, frame.columns),
            BlockKind::Table(shape) => table::rows(setting, shape, frame.columns, tools),
            BlockKind::Rule => vec![rule(setting, frame.columns)],
            BlockKind::Image { url } if setting.block.text.trim().is_empty() => {
                vec![image::nameless(setting, url, frame.columns)]
            }
            _ => return Self::Lines(Lines::default()),
        };
        Self::Rows(rows.into())
    }

    /// Rows laid out so far.
    pub fn height(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.lines.len(),
            Self::Rows(rows) => rows.len(),
        }
    }

    /// Bytes of the text that are in rows: all of them, if not laid out by lines.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.bytes as usize,
            Self::Rows(_) => usize::MAX,
        }
    }

    /// Whether all rows are laid out.
    pub fn is_whole(&self) -> bool {
        match self {
            Self::Lines(lines) => lines.is_whole,
            Self::Rows(_) => true,
        }
    }

    /// Whether a row's first bracket stands half in the margin.
    pub fn is_trimmed(&self, index: usize) -> bool {
        match self {
            Self::Lines(lines) => lines.lines.get(index).is_some_and(|line| line.edges.trimmed),
            Self::Rows(_) => false,
        }
    }

    /// Bytes of memory held by lines.
    pub fn memory(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.lines.capacity() * size_of::<Line>(),
            Self::Rows(rows) => size_of_val(&**rows),
        }
    }

    /// Lays out more rows; false if there are none.
    pub fn extend(&mut self, setting: &Setting, frame: &Frame, analysis: &mut Analysis, tools: &mut Tools) -> bool {
        let Self::Lines(lines) = self else { return false };
        if matches!(setting.block.kind, BlockKind::Code { .. }) {
            return code::extend(lines, &setting.block.text);
        }
        let asides = analysis.asides.take();
        let style = Style::new(setting.block, setting.measure, asides.as_deref().unwrap_or(&NO_ASIDES));
        let columns = columns(setting, text_columns(setting, frame.columns), kind_fit(setting));
        let grows = lines.extend(analysis, &setting.block.text, style, &columns, tools);
        analysis.asides = asides;
        grows
    }

    /// A row of the body, without what stands around it; one that runs on up to some cells.
    pub fn row(&self, setting: &Setting, frame: &Frame, asides: &Asides, index: usize, reach: u16) -> Option<Row> {
        let lines = match self {
            Self::Rows(rows) => return rows.get(index).cloned(),
            Self::Lines(lines) => lines,
        };
        let line = lines.lines.get(index)?;
        if matches!(setting.block.kind, BlockKind::Code { .. }) {
            return Some(code::row(setting, line.start as usize..line.end as usize, frame.columns, reach));
        }
        let style = Style::new(setting.block, setting.measure, asides);
        let room = text_columns(setting, frame.columns);
        let mut row = row(setting, *line, &columns(setting, room, kind_fit(setting)), style);
        if let BlockKind::Image { .. } = setting.block.kind {
            row.runs.insert(0, image::sign(setting, frame.columns, index == 0));
        }
        Some(row)
    }
}

impl Frame {
    /// The frame of a block, given the block shown before it.
    pub fn new(block: &Block, before: Option<&Block>, measure: &Measure) -> Self {
        let prefix = if measure.gives_start() {
            with_margin(block, before, measure)
        } else {
            Prefix::new(block, before, measure)
        };
        let columns = measure.columns.saturating_sub(prefix.cells).max(1);
        Self { prefix, columns }
    }

    /// A row of the body with the prefix before it; where its first bracket stands half in the margin, without that.
    pub fn framed(&self, mut row: Row, index: usize, is_trimmed: bool) -> Row {
        let prefix = if index == 0 { &self.prefix.first } else { &self.prefix.rest };
        row.runs.splice(0..0, prefix.iter().skip(usize::from(is_trimmed)).cloned());
        row
    }
}

/// A prefix with a column before it that brackets at the starts of lines may use.
fn with_margin(block: &Block, before: Option<&Block>, measure: &Measure) -> Prefix {
    let narrower = Measure { columns: measure.columns - 1, ..measure.clone() };
    let mut prefix = Prefix::new(block, before, &narrower);
    let above = prefix.above.iter_mut().map(|row| &mut row.runs).filter(|runs| !runs.is_empty());
    for runs in above.chain([&mut prefix.first, &mut prefix.rest]) {
        runs.insert(0, ornament(" ", 1, Tone::Body));
    }
    prefix.cells += 1;
    prefix
}

/// Whether there is anything to show of a block.
pub fn has_rows(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph | BlockKind::Heading { .. } => !block.text.trim().is_empty(),
        BlockKind::Table(shape) => !shape.rows.is_empty(),
        BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Image { .. } => true,
    }
}

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

/// The measure of the lines of a block.
fn columns(setting: &Setting, room: u16, fit: Fit) -> Columns {
    let Setting { block, measure, .. } = setting;
    let full = measure.even(room, block.language);
    let indent = if (measure.indent || measure.is_down()) && is_prose(block) {
        let opens = block.text.chars().next().is_some_and(|first| Class::of(first) == Class::Opening);
        measure.first_indent(block.language, opens)
    } else {
        0
    };
    Columns {
        full: u32::from(full),
        indent: if full >= 4 * indent { u32::from(indent) } else { 0 },
        hang: measure.hang.cells(block.language).min(measure.overhang) as u8,
        start_trim: measure.gives_start() && block.containers.is_empty() && block.kind == BlockKind::Paragraph,
        hyphens: measure.hyphenates(full),
        justify: measure.justify && !measure.is_down() && block.kind == BlockKind::Paragraph,
        fit,
        costs: Costs::new(measure.phrase, u32::from(full)),
    }
}

/// Whether a block is running text, not a list, a quote or a poem.
pub fn is_prose(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && block.containers.is_empty()
        && block.part == Part::Body
        && !block.text.contains('\n')
}

/// Headings come out in lines of one length.
fn kind_fit(setting: &Setting) -> Fit {
    match setting.block.kind {
        BlockKind::Heading { .. } => Fit::Balance,
        _ => setting.measure.fit,
    }
}

/// Cells of the text itself: an image has a sign before it.
fn text_columns(setting: &Setting, columns: u16) -> u16 {
    match setting.block.kind {
        BlockKind::Image { .. } => columns - image::sign(setting, columns, true).cells,
        _ => columns,
    }
}

fn rule(setting: &Setting, columns: u16) -> Row {
    let dash = match setting.measure.printed {
        true => "-",
        false if setting.measure.is_down() => "│",
        false => "─",
    };
    let cells = setting.measure.cells(dash).max(1);
    let count = columns / cells;
    Row { runs: vec![ornament(&dash.repeat(usize::from(count)), count * cells, Tone::Ornament)], ..Row::default() }
}
