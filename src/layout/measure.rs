//! What a document is set to: the column and the rules in force.

use super::column;
use crate::document::Scope;
use crate::text::breaks::{Kinsoku, Words};
use crate::text::{Language, WidthPolicy};

/// The width of the text and the choices of its setting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Cells of a full line, without the columns a hanging mark may use.
    pub columns: u16,
    /// Columns to the right of `columns` that a hanging mark may use: 0, 1 or 2.
    pub overhang: u16,
    /// How the terminal measures.
    pub width: WidthPolicy,
    /// Which breaks are forbidden.
    pub kinsoku: Kinsoku,
    /// Whether lines may end inside words.
    pub words: Words,
    /// How lines are filled.
    pub fit: Fit,
    /// What a mark at a line's end may do.
    pub hang: Hang,
    /// Whether a gap of one cell, shown only, stands between Han or kana and Latin letters or digits.
    pub autospace: bool,
    /// How much lines avoid to end inside a phrase in Chinese and Japanese, 0 to 9; 0 turns phrases off.
    pub phrase: u8,
    /// When Latin words may be hyphenated.
    pub hyphens: Hyphens,
    /// Whether short gaps at the ends of lines are filled by widening spaces.
    pub justify: bool,
    /// Whether an opening bracket at a line's start gives its blank half to a margin of one column, kept for that.
    pub start_trim: bool,
    /// Whether the first line of a paragraph is indented, as the language does it.
    pub indent: bool,
    /// Whether quotation marks of Chinese are shown as corner brackets, two cells wide on every terminal.
    pub corner_quotes: bool,
    /// Whether the readings of Han characters are shown, in brackets.
    pub ruby: bool,
    /// How much of the file is shown.
    pub scope: Scope,
    /// Whether the rows are for printing: long lines of code are folded instead of running on, to be scrolled
    /// sideways, and markers, bars and borders are plain ASCII, which other programs and screen readers understand.
    pub printed: bool,
    /// Which way lines run.
    pub direction: Direction,
}

/// Which way lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// From left to right, one below the other.
    #[default]
    Across,
    /// From top to bottom, from right to left: a line is a column, and all its cells are half rows. Blocks that can
    /// only be read across have so many cells.
    Down {
        /// Cells of the page, from side to side.
        breadth: u16,
        /// Cells from one column to the next: two of the column, and what is between them.
        pitch: u16,
    },
    /// Across, in a block of a page whose other lines run down: nothing can be scrolled sideways.
    Inset,
}

impl Default for Measure {
    fn default() -> Self {
        Self {
            columns: 80,
            overhang: 0,
            width: WidthPolicy::default(),
            kinsoku: Kinsoku::default(),
            words: Words::default(),
            fit: Fit::default(),
            hang: Hang::default(),
            autospace: true,
            phrase: 4,
            hyphens: Hyphens::default(),
            justify: false,
            start_trim: false,
            indent: false,
            corner_quotes: false,
            ruby: true,
            scope: Scope::Article,
            printed: false,
            direction: Direction::Across,
        }
    }
}

/// What a point or comma at a line's end may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hang {
    /// By language: full for zh-Hans and ja where the margin allows, else trim or off.
    #[default]
    Auto,
    /// Every mark stays inside the measure.
    Off,
    /// The blank half of a full-width mark may overhang by one cell.
    Trim,
    /// A whole mark may hang in the margin, two cells.
    Full,
}

/// How break opportunities become lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Fit {
    /// As much as fits, line by line.
    Greedy,
    /// The least total cost over the paragraph.
    #[default]
    Optimal,
    /// Lines of nearly one length, as few as possible: for headings.
    Balance,
}

/// When Latin words may be hyphenated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hyphens {
    /// In columns of fewer than 50 cells of a screen; not in print, in which other programs look for words.
    #[default]
    Narrow,
    /// Never.
    Never,
    /// At any measure.
    Always,
}

impl Measure {
    /// Whether another measure differs only in what the analysis of a text does not depend on.
    pub fn breaks_like(&self, other: &Self) -> bool {
        self.width == other.width
            && self.kinsoku == other.kinsoku
            && self.words == other.words
            && self.autospace == other.autospace
            && self.corner_quotes == other.corner_quotes
            && self.shows_readings() == other.shows_readings()
            && self.shows_struck() == other.shows_struck()
            && (self.phrase > 0) == (other.phrase > 0)
            && self.is_down() == other.is_down()
            && self.sets_beside() == other.sets_beside()
            && self.shows_soft_hyphens() == other.shows_soft_hyphens()
    }

    /// Whether lines run from top to bottom.
    pub fn is_down(&self) -> bool {
        matches!(self.direction, Direction::Down { .. })
    }

    /// Cells from one column to the next; none where lines run across.
    pub fn pitch(&self) -> u16 {
        if let Direction::Down { pitch, .. } = self.direction { pitch } else { 0 }
    }

    /// Whether readings stand beside their characters, where they have room.
    pub fn sets_beside(&self) -> bool {
        self.shows_readings() && self.pitch() >= column::WIDE_PITCH && self.columns >= column::LEAST_FOR_READINGS
    }

    /// Whether what is wider than the measure is folded instead of running on, to be scrolled sideways.
    pub fn folds(&self) -> bool {
        self.printed || self.direction == Direction::Inset
    }

    /// Cells of a text that layout inserts.
    pub fn cells(&self, text: &str) -> u16 {
        let cells = if self.is_down() { column::cells(text, self.width) } else { self.width.text(text) };
        cells.min(usize::from(u16::MAX)) as u16
    }

    /// Cells of the narrowest character: where lines run down, every one takes a row.
    pub fn unit(&self) -> u16 {
        if self.is_down() { 2 } else { 1 }
    }

    /// Whether words are hyphenated in columns of so many cells.
    pub fn hyphenates(&self, columns: u16) -> bool {
        match self.hyphens {
            Hyphens::Narrow => columns / self.unit() < 50 && !self.printed,
            Hyphens::Never => false,
            Hyphens::Always => true,
        }
    }

    /// Whether lines may end at the soft hyphens of a text, which are wanted at any width (CSS `hyphens: manual`).
    pub fn shows_soft_hyphens(&self) -> bool {
        self.hyphens != Hyphens::Never && !self.printed && !self.is_down()
    }

    /// Whether brackets at the starts of lines go half into a margin of one column.
    pub fn gives_start(&self) -> bool {
        self.start_trim && self.columns >= 16 && !self.is_down()
    }

    /// Whether readings are shown: where a line holds a character and two brackets at least.
    pub fn shows_readings(&self) -> bool {
        self.ruby && self.columns >= 8 * self.unit()
    }

    /// Whether signs show what is struck out: on paper, which has no line through it; the meaning turns on it.
    pub fn shows_struck(&self) -> bool {
        self.printed && self.columns >= 8
    }

    /// Cells of a column of text: even where lines of squares would else never be flush.
    pub fn even(&self, columns: u16, language: Language) -> u16 {
        if language.is_unspaced() && columns > 8 { columns - columns % 2 } else { columns }
    }

    /// Whether paragraphs are told by their indentation, without a blank line: how columns of squares are set.
    pub fn sets_close(&self) -> bool {
        self.is_down() && self.columns >= 16
    }

    /// Cells that the first line of a paragraph is indented by (CLREQ 3.1.6: two characters, or one and a half where
    /// it opens with a bracket; JLREQ 3.5.1: one; KLREQ: a space). Columns have no halves: there the bracket stands in
    /// the last row of the indentation.
    pub fn first_indent(&self, language: Language, opens: bool) -> u16 {
        match language {
            Language::ZhHans | Language::ZhHant if self.is_down() => 4 - 2 * u16::from(opens),
            _ if self.is_down() => 2 - 2 * u16::from(opens),
            _ if !self.indent => 0,
            Language::ZhHans | Language::ZhHant => 4 - u16::from(opens),
            Language::Ja => 2 - u16::from(opens),
            Language::Ko => 1,
            Language::Other => 2,
        }
    }
}

impl Hang {
    /// Cells that a mark of a language may hang, before the margin is looked at. Traditional Chinese centres its
    /// marks, which therefore have no blank half to lose (CLREQ 3.1.4).
    pub fn cells(self, language: Language) -> u16 {
        match (self, language) {
            (Self::Off, _) | (_, Language::ZhHant) => 0,
            (Self::Trim, _) => 1,
            (Self::Full, _) | (Self::Auto, Language::ZhHans | Language::Ja) => 2,
            (Self::Auto, _) => 0,
        }
    }
}
