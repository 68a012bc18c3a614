//! A row of the layout and its runs: text with a meaning and the place it came from.

use crate::document::{Position, Span};
use std::sync::Arc;

/// Which row: a block and the row within it. Holds only until the next relayout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Address {
    /// Index of the block.
    pub block: u32,
    /// Index of the row within the block, blank rows above it included.
    pub row: u32,
}

/// One row of cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Its runs from left to right, indentation, markers and inserted gaps included.
    pub runs: Vec<Run>,
    /// The text it shows; none for a row that shows none (blank rows, borders).
    pub span: Option<Span>,
    /// Cells of the last run that overhang the measure.
    pub hang: u8,
    /// Whether the row is wider than the measure by intent (code, wide tables) and may be scrolled sideways.
    pub scrolls: bool,
    /// The block set across that this column of a page is a part of: the column's own runs stand above it.
    pub inset: Option<Inset>,
}

/// A box, as one of the columns it stands on has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Inset {
    /// Its rows.
    pub rows: Arc<[Row]>,
    /// How many columns it stands on.
    pub columns: u16,
    /// Which of these this is, from the right.
    pub at: u16,
    /// Cells from one to the next.
    pub pitch: u16,
}

impl Inset {
    /// Cells from the left edge of this column to that of the box.
    pub fn to_left(&self) -> u16 {
        (self.columns - 1 - self.at) * self.pitch
    }

    /// Whether this is the last of them.
    pub fn is_last(&self) -> bool {
        self.at + 1 >= self.columns
    }
}

impl Row {
    /// Whether it shows nothing but the bars of containers that go on.
    pub fn is_blank(&self) -> bool {
        self.span.is_none()
            && self.inset.is_none()
            && self.runs.iter().all(|run| run.text.trim_matches([' ', '│', '>']).is_empty())
    }

    /// Whether a place is among what it shows itself. In tables and boxes its span holds more: texts stand side by side.
    pub fn shows(&self, place: Position) -> bool {
        let is_in_box = || self.inset.as_ref().is_some_and(|inset| inset.rows.iter().any(|row| row.shows(place)));
        self.runs.iter().any(|run| run.span.is_some_and(|span| span.contains(place))) || is_in_box()
    }

    /// Cells from its first run to its last.
    pub fn cells(&self) -> u32 {
        self.runs.iter().map(|run| u32::from(run.cells)).fold(0, u32::saturating_add)
    }

    /// Rows of a page that its runs take where it is a column.
    pub fn rows_down(&self) -> u16 {
        (self.cells() / 2).min(u32::from(u16::MAX)) as u16
    }
}

/// A stretch of a row with one meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// What is shown; equal to the document's text under `span`, where there is one; for a tab in code, spaces.
    pub text: String,
    /// Cells it takes.
    pub cells: u16,
    /// What it means.
    pub role: Role,
    /// The text it shows; none for what layout inserted: markers, borders, gaps, hyphens. Inserted cells are in no
    /// copy and no search.
    pub span: Option<Span>,
}

impl Run {
    /// Whether it stands for one character of the text, a tab, with as many spaces as that has cells.
    pub fn is_tab(&self) -> bool {
        self.span.is_some_and(|span| span.end.byte == span.start.byte + 1 && self.text.len() > 1)
    }
}

/// What a run means; the theme decides how that looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Role {
    /// The kind of text.
    pub tone: Tone,
    /// Stressed.
    pub emphasis: bool,
    /// Stressed by dots beside the characters.
    pub dotted: bool,
    /// Strongly stressed.
    pub strong: bool,
    /// Struck out.
    pub strikethrough: bool,
    /// Highlighted by the author.
    pub marked: bool,
}

/// Kinds of text that a theme may colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Running text.
    #[default]
    Body,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// Inside a block quote.
    Quote,
    /// Code, block or inline.
    Code,
    /// A link's text.
    Link,
    /// A footnote's reference or label.
    Footnote,
    /// An image's description and size.
    Image,
    /// A table's header.
    TableHeader,
    /// The reading of Han characters.
    Ruby,
    /// List markers, quote bars, borders, rules, fold marks.
    Ornament,
    /// Boilerplate in the raw view.
    Faint,
}
