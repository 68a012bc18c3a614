//! How many cells a grapheme cluster takes: the sole owner of `unicode-width`.
//!
//! Nothing downstream measures again; a terminal that disagrees is met by changing the policy, not the callers.

use unicode_width::UnicodeWidthStr;

/// The cells of the characters that East Asian fonts draw wide and Western ones narrow (UAX #11, class A).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ambiguous {
    /// One cell, as nearly all terminals do.
    #[default]
    Narrow,
    /// Two cells, as some terminals do when set up for East Asia.
    Wide,
}

/// How the terminal at hand measures; one policy holds for a whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct WidthPolicy {
    /// Cells of ambiguous characters.
    pub ambiguous: Ambiguous,
}

impl WidthPolicy {
    /// Cells of one grapheme cluster, 0 to 2.
    pub fn cluster(self, cluster: &str) -> u8 {
        self.text(cluster).min(2) as u8
    }

    /// Cells of a whole string.
    pub fn text(self, text: &str) -> usize {
        match self.ambiguous {
            Ambiguous::Narrow => text.width(),
            Ambiguous::Wide => text.width_cjk(),
        }
    }
}
