//! A quote and what stood around it, prepared for matching with changes.
//!
//! It refuses to judge which match is meant; that is `seek`'s matter.

use super::anchorage::Anchorage;
use super::approximate::Pattern;
use std::ops::Range;

/// Folded characters of context that are compared.
pub(super) const CONTEXT: usize = 64;
/// The part of a quote that may have changed.
const CHANGED: f32 = 0.4;
/// The best matches that are judged by their surroundings.
const CANDIDATES: usize = 32;
/// The part of a context that may have changed where it is all there is to go by.
const CONTEXT_CHANGED: f32 = 0.25;
/// Folded characters that such a context must have.
const CONTEXT_LEAST: usize = 16;

/// The quote, prepared for matching with changes.
pub(super) struct Matcher<'a> {
    symbols: &'a [u32],
    forward: Pattern,
    backward: Pattern,
    most: usize,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(quote: &[u32], text: &'a Anchorage) -> Self {
        let turned: Vec<u32> = quote.iter().rev().copied().collect();
        Self {
            symbols: &text.symbols,
            forward: Pattern::new(quote, text.alphabet()),
            backward: Pattern::new(&turned, text.alphabet()),
            most: (quote.len() as f32 * CHANGED) as usize,
        }
    }

    /// The best matches within a part of the text, with their errors.
    pub(super) fn search(&self, part: Range<usize>) -> Vec<(Range<usize>, usize)> {
        let mut ends = self.ends(part);
        ends.sort_by_key(|(_, errors)| *errors);
        ends.truncate(CANDIDATES);
        ends.into_iter().map(|(end, errors)| (self.widen(end, errors), errors)).collect()
    }

    /// Where matches within a part of the text end, with their errors.
    pub(super) fn ends(&self, part: Range<usize>) -> Vec<(usize, usize)> {
        let start = part.start;
        let text = self.symbols.get(part).unwrap_or_default();
        let hits = self.forward.search(text.iter().copied(), self.most);
        hits.into_iter().map(|hit| (start + hit.end, hit.errors)).collect()
    }

    /// The match that ends at a symbol, made as long as the quote where that costs nothing.
    pub(super) fn widen(&self, end: usize, errors: usize) -> Range<usize> {
        let reach = self.forward.length() + errors;
        let start = end - self.backward.align(self.symbols[..end].iter().rev().copied().take(reach)).end;
        start..start + self.forward.align(self.symbols[start..].iter().copied().take(reach)).end
    }
}

/// What stood on one side, nearest first.
pub(super) struct Context {
    pattern: Pattern,
    pub(super) symbols: Vec<u32>,
}

impl Context {
    pub(super) fn new(nearest_first: impl Iterator<Item = u32>, text: &Anchorage) -> Self {
        let symbols: Vec<u32> = nearest_first.take(CONTEXT).collect();
        Self { pattern: Pattern::new(&symbols, text.alphabet()), symbols }
    }

    /// How much of it stands at the beginning of a text, 0 to 1; none if there was no context.
    pub(super) fn likeness(&self, text: impl Iterator<Item = u32>) -> Option<f32> {
        let length = self.pattern.length();
        let errors = || self.pattern.align(text.take(length + length / 4)).errors;
        (length > 0).then(|| 1.0 - errors() as f32 / length as f32)
    }

    /// Where in a text it begins (its nearest character), with the errors; none if it is too short to go by.
    pub(super) fn anywhere(
        &self,
        text: impl DoubleEndedIterator<Item = u32> + ExactSizeIterator,
    ) -> Option<Vec<(usize, usize)>> {
        if self.symbols.len() < CONTEXT_LEAST {
            return None;
        }
        let most = (self.symbols.len() as f32 * CONTEXT_CHANGED) as usize;
        let turned: Vec<u32> = self.symbols.iter().rev().copied().collect();
        let all = text.len();
        let mut hits = Pattern::new(&turned, self.pattern.alphabet()).search(text.rev(), most);
        hits.sort_by_key(|hit| hit.errors);
        Some(hits.iter().take(CANDIDATES).map(|hit| (all - hit.end, hit.errors)).collect())
    }
}
