//! What of a text is like a quote without being it: when the quote is gone, that must not be taken for it.
//!
//! It remembers sums, not words, and refuses to know what stands around.

use super::anchorage::Anchorage;
use super::matcher::Matcher;
use std::ops::Range;

/// How many are remembered that are most like the quote, and how many that are nearest to it.
const MOST_LIKE: usize = 8;
const NEAREST: usize = 8;
/// Symbols before and behind a place at which it may begin as well.
const SLACK: usize = 4;

/// What is like a quote.
#[derive(Debug, Default)]
pub(super) struct Rivals {
    /// The fewest errors with which words elsewhere are like it; none if none are.
    pub errors: Option<u16>,
    /// The sums of words that are like it, as many symbols as it has.
    pub sums: Vec<u32>,
}

impl Rivals {
    /// Those of a stretch of a text.
    pub(super) fn of(text: &Anchorage, range: Range<usize>, longest: usize) -> Self {
        let quote = text.symbols.get(range.clone()).filter(|quote| !quote.is_empty() && quote.len() <= longest);
        let Some(quote) = quote else { return Self::default() };
        let matcher = Matcher::new(quote, text);
        // By themselves, so that what overlaps the quote hides nothing.
        let mut ends = matcher.ends(0..range.start);
        ends.extend(matcher.ends(range.end..text.len()));
        let errors = ends.iter().map(|(_, errors)| *errors as u16).min();
        let mut chosen = Vec::new();
        ends.sort_by_key(|(end, errors)| (*errors, end.abs_diff(range.end)));
        chosen.extend(ends.iter().take(MOST_LIKE).copied());
        ends.sort_by_key(|(end, _)| end.abs_diff(range.end));
        chosen.extend(ends.iter().take(NEAREST).copied());
        let own = text.sum(quote);
        let sum = |(end, errors): (usize, usize)| {
            let start = matcher.widen(end, errors).start;
            text.symbols.get(start..start + quote.len()).map(|other| text.sum(other))
        };
        let mut sums: Vec<u32> = chosen.into_iter().filter_map(sum).filter(|sum| *sum != own).collect();
        sums.sort_unstable();
        sums.dedup();
        Self { errors, sums }
    }
}

/// Whether words with one of some sums stand in a text at a place.
pub(super) fn stand_at(sums: &[u32], text: &Anchorage, at: usize, length: usize) -> bool {
    let mut starts = at.saturating_sub(SLACK)..=at + SLACK;
    let is_one = |start| text.symbols.get(start..start + length).is_some_and(|there| sums.contains(&text.sum(there)));
    !sums.is_empty() && starts.any(is_one)
}
