//! What is looked for: a stretch of text, what stood around it, and what else is known of where it was.
//!
//! It refuses to say where that is; that is [`super::seek`]'s matter.

use super::Passage;
use super::anchorage::Anchorage;
use super::matcher::Context;
use std::cell::OnceCell;
use std::ops::Range;

/// Folded characters below which a quote is too common to go by its words alone.
pub(super) const SHORT: usize = 12;

/// What is looked for besides the words.
pub(super) struct Hints<'a> {
    /// Where it may begin: where it was, and as far beyond as the text has become longer or shorter.
    pub(super) expected: Option<Range<usize>>,
    /// Where it was.
    pub(super) offset: Option<usize>,
    /// The innermost section it was in.
    pub(super) section: Option<&'a str>,
    /// The fewest errors that other words had, see [`Passage::rival`].
    pub(super) rival: Option<usize>,
    /// The sums of such words, see [`Passage::others`].
    pub(super) others: &'a [u32],
}

/// A stretch that is looked for, in the numbers of one document.
pub(super) struct Sought<'a> {
    pub(super) text: &'a Anchorage,
    pub(super) quote: Vec<u32>,
    pub(super) before: Context,
    pub(super) after: Context,
    pub(super) hints: Hints<'a>,
    before_everywhere: OnceCell<Vec<(usize, usize)>>,
}

impl<'a> Hints<'a> {
    /// What is known of a stretch that begins so many symbols behind the beginning of a passage.
    pub(super) fn of(passage: &'a Passage, text: &Anchorage, behind: usize) -> Self {
        let (total, now) = (passage.total as usize, text.len());
        let offset = (total > 0).then_some(passage.offset as usize + behind);
        let expected = |offset: usize| {
            let (shorter, longer) = (total.saturating_sub(now), now.saturating_sub(total));
            offset.saturating_sub(shorter)..offset + longer
        };
        Self {
            expected: offset.map(expected),
            offset,
            section: offset.map(|_| passage.heading.last().map_or("", String::as_str)),
            rival: passage.rival.map(usize::from),
            others: &passage.others,
        }
    }

    /// The same for a stretch that begins so many symbols further on.
    pub(super) fn behind(&self, symbols: usize) -> Self {
        let moved = |range: &Range<usize>| range.start + symbols..range.end + symbols;
        Self {
            expected: self.expected.as_ref().map(moved),
            offset: self.offset.map(|offset| offset + symbols),
            section: self.section,
            rival: None,
            others: &[],
        }
    }

    /// Symbols between a place and where it is expected.
    pub(super) fn distance(&self, start: usize) -> usize {
        self.expected
            .as_ref()
            .map_or(0, |expected| expected.start.saturating_sub(start).max(start.saturating_sub(expected.end)))
    }
}

impl<'a> Sought<'a> {
    pub(super) fn new(text: &'a Anchorage, quote: Vec<u32>, before: &[u32], after: &[u32], hints: Hints<'a>) -> Self {
        let before = Context::new(before.iter().rev().copied(), text);
        let after = Context::new(after.iter().copied(), text);
        Self { text, quote, before, after, hints, before_everywhere: OnceCell::new() }
    }

    /// Where in the whole text, counted from behind, what stood before ends; looked for once.
    pub(super) fn before_everywhere(&self) -> &[(usize, usize)] {
        let look = || self.before.anywhere(self.text.symbols.iter().rev().copied()).unwrap_or_default();
        self.before_everywhere.get_or_init(look)
    }
}
