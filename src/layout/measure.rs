//! What a document is set to: the column and the rules in force.

use crate::text::WidthPolicy;

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
    /// Whether code lines longer than the column are folded, as on paper, or run on, to be scrolled sideways.
    pub fold_code: bool,
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
            fold_code: false,
        }
    }
}

/// Levels of line-breaking rules (CLREQ 3.1.4.3, JLREQ appendix, CSS `line-break`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kinsoku {
    /// UAX #14 without the rules for CJK marks.
    None,
    /// CLREQ basic, JLREQ newspaper.
    Loose,
    /// CLREQ with GB/T 15834, JLREQ level 3.
    #[default]
    Normal,
    /// CLREQ strict, JLREQ level 4.
    Strict,
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
}
