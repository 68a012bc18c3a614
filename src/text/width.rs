//! How many cells a grapheme cluster takes: the sole owner of `unicode-width`.
//!
//! Nothing downstream measures again; a terminal that disagrees is met by changing the policy, not the callers.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
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
    /// Cells of one grapheme cluster: what terminals advance by. Emoji sequences are two cells; a cluster of letters
    /// and marks is as wide as its characters together, since terminals know nothing of conjuncts.
    pub fn cluster(self, cluster: &str) -> u8 {
        let mut characters = cluster.chars();
        match (characters.next(), characters.next()) {
            (None, _) => 0,
            (Some(' '..='~'), None) => 1,
            (
                Some(
                    '\u{3400}'..='\u{9fff}'
                    | '\u{3001}'..='\u{3029}'
                    | '\u{3041}'..='\u{3096}'
                    | '\u{ac00}'..='\u{d7a3}',
                ),
                None,
            ) => 2,
            (Some(first), Some(_)) if !joins_to_one(first, cluster) => {
                let cells: usize = cluster.chars().map(|character| self.character(character)).sum();
                (cells + usize::from(cluster.chars().skip(1).any(is_spacing_mark))).min(255) as u8
            }
            _ => self.measured(cluster).min(2) as u8,
        }
    }

    /// Cells of a whole string.
    pub fn text(self, text: &str) -> usize {
        super::clusters(text, self).map(|cluster| usize::from(cluster.cells)).sum()
    }

    fn character(self, character: char) -> usize {
        self.measured(character.encode_utf8(&mut [0; 4]))
    }

    fn measured(self, text: &str) -> usize {
        match self.ambiguous {
            Ambiguous::Narrow => text.width(),
            Ambiguous::Wide => text.width_cjk(),
        }
    }
}

/// A mark that takes room of its own (general category Mc), as in Bengali and Tamil.
fn is_spacing_mark(character: char) -> bool {
    character >= '\u{903}' && character.general_category() == GeneralCategory::SpacingMark
}

/// Whether a cluster is drawn as one glyph of at most two cells: emoji with modifiers, selectors, joiners or keycaps,
/// flags, Hangul written in jamo, kana with a half-width voicing mark.
fn joins_to_one(first: char, cluster: &str) -> bool {
    matches!(first, '\u{1100}'..='\u{11ff}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
        || cluster.contains(['\u{fe0f}', '\u{fe0e}', '\u{200d}', '\u{20e3}'])
}
