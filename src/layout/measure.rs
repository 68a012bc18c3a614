//! What a document is set to: the column and the rules in force.

use crate::text::breaks::Kinsoku;
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
    /// How lines are filled.
    pub fit: Fit,
    /// What a mark at a line's end may do.
    pub hang: Hang,
    /// Whether a gap of one cell, shown only, stands between Han or kana and Latin letters or digits.
    pub autospace: bool,
    /// Whether title block and boilerplate are shown.
    pub raw: bool,
    /// Whether the rows are for printing: long lines of code are folded instead of running on, to be scrolled
    /// sideways, and markers, bars and borders are plain ASCII, which other programs and screen readers understand.
    pub printed: bool,
}

impl Default for Measure {
    fn default() -> Self {
        Self {
            columns: 80,
            overhang: 0,
            width: WidthPolicy::default(),
            kinsoku: Kinsoku::default(),
            fit: Fit::default(),
            hang: Hang::default(),
            autospace: true,
            raw: false,
            printed: false,
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
