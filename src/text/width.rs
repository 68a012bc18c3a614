//! How many cells a grapheme cluster takes: the sole owner of `unicode-width`.
//!
//! Nothing downstream measures again; a terminal that disagrees is met by changing the policy, not the callers.

use super::character::{Cells, Plain};
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

/// How the terminal at hand measures; one policy holds for a whole run, and is handed around by value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WidthPolicy {
    /// Cells of ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Whether U+FE0F makes a character of one cell an emoji of two, as in `❤️` and `1️⃣`.
    pub vs16_wide: bool,
    /// Whether emoji that are joined (U+200D) take the room of one.
    pub zwj_joins: bool,
}

impl Default for WidthPolicy {
    /// What nearly all terminals do.
    fn default() -> Self {
        Self { ambiguous: Ambiguous::Narrow, vs16_wide: true, zwj_joins: true }
    }
}

impl WidthPolicy {
    /// Cells of one grapheme cluster: what terminals advance by. Emoji sequences are two cells; a cluster of letters
    /// and marks is as wide as its characters together, since terminals know nothing of conjuncts.
    pub fn cluster(self, cluster: &str) -> u8 {
        let mut characters = cluster.chars();
        match (characters.next(), characters.next()) {
            (None, _) => 0,
            (Some(first), None) => match Plain::of(first) {
                Some(plain) => self.plain(plain),
                None => self.character(first).min(2) as u8,
            },
            (Some(first), Some(_)) => self.sequence(first, cluster),
        }
    }

    /// Cells of a plain character.
    #[inline]
    pub(super) fn plain(self, plain: Plain) -> u8 {
        match (plain.cells(), self.ambiguous) {
            (Cells::Wide, _) | (Cells::Ambiguous, Ambiguous::Wide) => 2,
            (Cells::Narrow, _) | (Cells::Ambiguous, Ambiguous::Narrow) => 1,
        }
    }

    /// Cells of a cluster of several characters.
    fn sequence(self, first: char, cluster: &str) -> u8 {
        if !self.zwj_joins && cluster.contains(JOINER) && is_pictograph(first) {
            let parts = cluster.split(JOINER).map(|part| self.cluster(part));
            return parts.fold(0, u8::saturating_add);
        }
        if !self.vs16_wide && cluster.contains(EMOJI_SELECTOR) {
            return self.cluster(&cluster.replace(EMOJI_SELECTOR, ""));
        }
        // An initial of older Korean may be several, and each has the cells of one.
        if matches!(first, '\u{1100}'..='\u{11ff}') {
            return self.measured(cluster).min(255) as u8;
        }
        if joins_to_one(first, cluster) {
            return self.measured(cluster).min(2) as u8;
        }
        let cells: usize = cluster.chars().map(|character| self.character(character)).sum();
        (cells + usize::from(cluster.chars().skip(1).any(is_spacing_mark))).min(255) as u8
    }

    fn character(self, character: char) -> usize {
        match character {
            // Half-width voicing marks extend what is before them, but no font puts them above it.
            'ﾞ' | 'ﾟ' => 1,
            // Terminals go by class A of UAX #11, unicode-width leaves letters out of it.
            'Α'..='Ω' | 'α'..='ω' | 'Ё' | 'А'..='я' | 'ё' if self.ambiguous == Ambiguous::Wide => 2,
            _ => self.measured(character.encode_utf8(&mut [0; 4])),
        }
    }

    fn measured(self, text: &str) -> usize {
        match self.ambiguous {
            Ambiguous::Narrow => text.width(),
            Ambiguous::Wide => text.width_cjk(),
        }
    }
}

const JOINER: char = '\u{200d}';
const EMOJI_SELECTOR: char = '\u{fe0f}';

/// A mark that takes room of its own (general category Mc), as in Bengali and Tamil.
fn is_spacing_mark(character: char) -> bool {
    character >= '\u{903}' && character.general_category() == GeneralCategory::SpacingMark
}

/// Whether a cluster is drawn as one glyph of at most two cells: emoji with modifiers, selectors, joiners or keycaps,
/// flags, quotation marks of a chosen width.
fn joins_to_one(first: char, cluster: &str) -> bool {
    matches!(first, '\u{1f1e6}'..='\u{1f1ff}')
        || is_pictograph(first)
        || cluster.contains([EMOJI_SELECTOR, '\u{fe0e}', JOINER, '\u{20e3}', '\u{fe00}', '\u{fe01}', '\u{fe02}'])
}

/// Symbols among which the emoji are.
fn is_pictograph(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
