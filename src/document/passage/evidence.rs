//! How much speaks for it that a quote stands in a stretch of a text, all that was remembered being laid beside it.
//!
//! It refuses to look for the stretch; that is `seek`'s matter.

use super::aligned::{BIT, align};
use super::sought::{SHORT, Sought};
use std::ops::Range;

/// What each kind of evidence is worth, in logarithms of odds: fitted by logistic regression on documents of which none is
/// among those that the bench of anchors holds out, and rounded.
const QUOTE: f32 = 5.7;
const EITHER_SIDE: f32 = 0.2;
const BOTH_SIDES: f32 = 1.6;
const DOUBLING_OF_DISTANCE: f32 = -0.25;
const LENGTH: f32 = -1.1;
const RIVALS: f32 = -2.1;
const BEFOREHAND: f32 = -1.6;
/// Bits of context that are a side's full evidence, as a unit of it, and in all.
const UNIT: f32 = 100.0;
const FULL: f32 = 2.0;
/// Symbols of a quote of which much must be left, as a unit of its length, and the most of them that count.
const LONG: f32 = 40.0;
const LONGEST: f32 = 2.0;
/// The part of the quote's own evidence that has to be there, whatever stands around it.
const LEAST: f32 = 0.4;
/// Bits that must be there in all: a word or two may stand anywhere.
const ENOUGH_BITS: f32 = 20.0;
/// The part from which a quote is there with small changes.
const MOVED: f32 = 0.8;

/// What speaks for a place.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    /// From the first symbol of the quote that is there to the last.
    pub range: Range<usize>,
    /// Symbols of the quote that are not there, and the part of its bits that is.
    pub missing: usize,
    pub there: f32,
    /// The same, less what it costs to get from one to the next.
    survives: f32,
    /// Symbols of the quote.
    length: usize,
    /// Bits in all, and those of context before and behind.
    bits: f32,
    before: f32,
    after: f32,
    /// Symbols between the place and where it is expected.
    distance: usize,
    /// Whether other words were as like from the start; and whether it is the quote itself, and that tells.
    has_rival: bool,
    is_exact: bool,
    is_telling: bool,
}

impl Evidence {
    /// Lays what is sought beside a window of the text.
    pub(super) fn of(sought: &Sought, window: Range<usize>) -> Self {
        let (text, quote) = (sought.text, &sought.quote);
        let remembered: Vec<u32> =
            sought.before.symbols.iter().rev().chain(quote).chain(&sought.after.symbols).copied().collect();
        let from = sought.before.symbols.len();
        let aligned =
            align(&remembered, text.symbols.get(window.clone()).unwrap_or_default(), |symbol| text.worth(symbol));
        let (before, within, after) = aligned.parts(from, from + quote.len());
        let pairs = aligned.within(from, from + quote.len());
        let at = |pair: Option<&(usize, usize)>| pair.map_or(window.start, |(_, column)| window.start + column);
        let bits = |worth: i32| worth as f32 / BIT as f32;
        let whole = quote.iter().map(|symbol| text.worth(*symbol)).sum::<i32>().max(1) as f32;
        let there: i32 = pairs.iter().filter_map(|(row, _)| Some(text.worth(*remembered.get(*row)?))).sum();
        let range = at(pairs.first())..at(pairs.last()) + usize::from(!pairs.is_empty());
        let is_exact = pairs.len() == quote.len() && range.len() == quote.len();
        Self {
            missing: quote.len() - pairs.len(),
            there: there as f32 / whole,
            survives: (within as f32 / whole).clamp(-1.0, 1.0),
            length: quote.len(),
            bits: if sought.hints.offset.is_some() { bits(before + within + after) } else { f32::INFINITY },
            before: bits(before),
            after: bits(after),
            distance: sought.hints.distance(range.start),
            has_rival: sought.hints.rival.is_some(),
            is_exact,
            is_telling: quote.len() >= SHORT && sought.hints.rival != Some(0),
            range,
        }
    }

    /// Whether the quote is there word for word.
    pub(super) fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// Whether it is enough to show the place as found.
    pub(super) fn is_enough(&self) -> bool {
        self.there >= LEAST && self.bits >= ENOUGH_BITS && (self.weight() >= 0.0 || self.is_exact && self.is_telling)
    }

    /// Whether small changes only were made.
    pub(super) fn is_slight(&self) -> bool {
        self.there >= MOVED
    }

    /// All of it together: the logarithm of the odds that this is the place.
    pub(super) fn weight(&self) -> f32 {
        let [before, after] = [self.before, self.after].map(|bits| (bits / UNIT).clamp(0.0, FULL));
        let is_doubtful = self.has_rival && !(self.is_exact && self.is_telling);
        QUOTE * self.survives
            + EITHER_SIDE * (before + after)
            + BOTH_SIDES * before.min(after)
            + DOUBLING_OF_DISTANCE * (1.0 + self.distance as f32).log2()
            + LENGTH * (self.length as f32 / LONG).min(LONGEST)
            + if is_doubtful { RIVALS } else { 0.0 }
            + BEFOREHAND
    }
}
