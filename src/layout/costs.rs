//! What the fitting of lines weighs: what is to be avoided, and how much.
//!
//! It refuses to look at more than one line: what lines cost together is [`super::fit`]'s matter.

use super::paragraph::{Break, Piece};
use crate::text::breaks::Opportunity;

/// What a line costs besides the square of the cells it leaves free.
#[derive(Debug, Clone, Copy)]
pub struct Costs {
    /// Every line: a line more is never taken for beauty.
    pub line: u64,
    /// A line that is not flush: one cell is seen as well as two, so one flush line is worth some cells on its
    /// neighbours.
    pub ragged: u64,
    /// A mark that hangs: inside the measure is better (JLREQ 3.8.1).
    pub hanging: u64,
    /// A gap between scripts given up for a line that is flush (CLREQ 3.1.6.3 narrows gaps before it widens any).
    pub squeeze: u64,
    /// A cell too wide: only where nothing else is possible.
    pub too_wide: u64,
    /// A dash or an ellipsis at a line's start, where the level allows it.
    pub dash: u64,
    /// A last line of one letter: CLREQ 3.1.5.2 wants at least two.
    pub lonely: u64,
    /// A last line of fewer than six cells.
    pub short: u64,
    /// A line's end inside a phrase.
    pub phrase: u64,
    /// Between a number and its unit: eight cells free are better.
    pub number_unit: u64,
    /// Inside an address, or where the text says so.
    pub address: u64,
    /// After a hyphen of the text.
    pub hyphen: u64,
    /// Inside a word.
    pub hyphenation: u64,
    /// Inside a word, when the line before ended so too.
    pub hyphenation_again: u64,
    /// Where nothing allows it.
    pub emergency: u64,
    /// How often the square of the cells counts that the last line leaves free.
    pub last: u64,
}

impl Costs {
    /// The costs in force for lines of so many cells; `phrase` is the reader's choice of 0 to 9.
    pub fn new(phrase: u8, full: u32) -> Self {
        Self {
            line: 1000,
            ragged: ragged(full),
            hanging: 1,
            squeeze: 1,
            too_wide: 1_000_000,
            dash: 12,
            lonely: 900,
            short: 10,
            phrase: parted_phrase(phrase),
            number_unit: 80,
            address: 4,
            hyphen: 10,
            hyphenation: 40,
            hyphenation_again: 60,
            emergency: 5000,
            last: 0,
        }
    }

    /// Those of lines of nearly one length: all lines count, and a phrase is worth some cells of difference.
    #[must_use]
    pub fn balanced(self) -> Self {
        Self { phrase: 10 * self.phrase, last: 1, ragged: 0, ..self }
    }

    /// What the cells cost that a line leaves free.
    pub fn gap(&self, cells: u32) -> u64 {
        let cells = u64::from(cells);
        cells * cells + if cells > 0 { self.ragged } else { 0 }
    }

    /// What it costs to end a line after a piece.
    pub fn after(&self, piece: &Piece) -> u64 {
        match piece.after {
            Break::End => 0,
            Break::At(opportunity) => match opportunity {
                Opportunity::Ideograph if piece.traits.parts_phrase() => self.phrase,
                Opportunity::Space | Opportunity::Ideograph | Opportunity::Mark => 0,
                Opportunity::Address | Opportunity::Cue => self.address,
                Opportunity::NumberUnit => self.number_unit,
                Opportunity::Hyphen => self.hyphen,
                Opportunity::SoftHyphen => self.hyphenation,
            },
            Break::Hyphenation => self.hyphenation,
            Break::Emergency => self.emergency,
        }
    }
}

/// What it costs a line that it is not flush: six cells free elsewhere may pay for a flush line at 40 cells, where they
/// are a seventh of the line, but not at 20.
fn ragged(full: u32) -> u64 {
    (u64::from(full).pow(2) / 72).min(22)
}

/// What a line's end inside a phrase costs: with the usual choice a third of a line that is not flush, with the last
/// more than such a line.
fn parted_phrase(choice: u8) -> u64 {
    let choice = u64::from(choice.min(9));
    choice * (choice + 3) / 4
}
