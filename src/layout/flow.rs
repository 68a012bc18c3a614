//! From a block to its rows: which setting its kind has.
//!
//! It refuses to look at other blocks except the one shown before it, on which the prefix depends.

use super::code::Reach;
use super::glyphs::{Asides, Style};
use super::line::{Row, Tone};
use super::lines::{Analysis, Line, Lines, NO_ASIDES, Tools};
use super::prefix::Prefix;
use super::runs::{ornament, row};
use super::setting::{Setting, columns};
use super::{Fit, Measure, code, image, inset, table};
use crate::document::{Block, BlockKind};

/// What stands around the lines of a block.
pub struct Frame {
    /// Before and above them.
    pub prefix: Prefix,
    /// Cells of the body.
    pub columns: u16,
    /// Around the rows of a box, where the block stands in one among columns.
    pub inside: Option<Box<Self>>,
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
        if let Some(inside) = &frame.inside {
            return Self::Rows(inset::rows(setting, (&inside.prefix, inside.columns), frame.columns, tools).into());
        }
        let rows = match &setting.block.kind {
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
    pub fn row(&self, setting: &Setting, frame: &Frame, asides: &Asides, index: usize, reach: Reach) -> Option<Row> {
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
        let frame = Self::of(prefix, measure);
        if measure.is_down() && inset::is_inset(block, frame.columns) {
            let across = inset::measure(block, measure);
            let inside = Self::of(Prefix::new(block, before, &across).without_indent(), &across);
            return Self {
                inside: Some(Box::new(inside)),
                ..Self::of(Prefix::of_box(block, before, measure), measure)
            };
        }
        frame
    }

    fn of(prefix: Prefix, measure: &Measure) -> Self {
        let columns = measure.columns.saturating_sub(prefix.cells).max(1);
        Self { prefix, columns, inside: None }
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
