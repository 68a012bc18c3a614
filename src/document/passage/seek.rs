//! Finding a passage: word for word, then with small changes, then by what stood around it; else it is lost.
//!
//! The weights are Hypothesis' (`match-quote.ts`), with a floor below which nothing is taken: a lost passage is
//! shown as lost, never at a wrong place.

use super::anchorage::Anchorage;
use super::approximate::Pattern;
use super::{Found, Grade, Passage};
use std::ops::Range;

/// Folded characters up to which a quote is matched as a whole; a longer one by its two ends.
const WHOLE: usize = 400;
/// Folded characters of each end.
const END: usize = WHOLE / 2;
/// Folded characters of context that are compared.
const CONTEXT: usize = 64;
/// The part of a quote that may have changed.
const CHANGED: f32 = 0.4;
/// Score from which a place is taken.
const ACCEPTED: f32 = 0.60;
/// Score from which a place needs no question mark.
const SURE: f32 = 0.80;
/// Folded characters below which a quote is too common to go by its words alone, and the score it then needs.
const SHORT: usize = 12;
const SHORT_ACCEPTED: f32 = 0.72;
/// The best matches that are judged by their surroundings.
const CANDIDATES: usize = 32;
/// The part of a context that may have changed where it is all there is to go by.
const CONTEXT_CHANGED: f32 = 0.25;
/// Folded characters that such a context must have.
const CONTEXT_LEAST: usize = 16;

/// A place that was found: its symbols, how surely, and how well.
#[derive(Debug, Clone)]
struct Place {
    range: Range<usize>,
    grade: Grade,
    score: f32,
}

/// A stretch that is looked for, in the numbers of one document.
struct Sought<'a> {
    text: &'a Anchorage,
    quote: Vec<u32>,
    before: Context,
    after: Context,
    /// Where it was, if that is known.
    offset: Option<usize>,
}

/// What stood on one side, nearest first.
struct Context {
    pattern: Pattern,
    symbols: Vec<u32>,
}

/// Looks for a passage in a document.
pub(super) fn seek(text: &Anchorage, passage: &Passage) -> Option<Found> {
    let quote = text.encode(&passage.quote);
    let before = text.encode(&passage.before);
    let after = text.encode(&passage.after);
    let place = unchanged(text, passage, &quote).or_else(|| {
        let offset = (passage.total > 0).then_some(passage.offset as usize);
        if passage.tail.is_empty() && quote.len() <= WHOLE {
            return Sought::new(text, quote, &before, &after, offset).find();
        }
        by_ends(text, passage, &quote, &before, &after, offset)
    })?;
    Some(Found { span: text.span(place.range)?, grade: place.grade, score: place.score })
}

/// The place it was captured at, if the text is the same.
fn unchanged(text: &Anchorage, passage: &Passage, quote: &[u32]) -> Option<Place> {
    let start = passage.offset as usize;
    let range = start..start + (passage.length as usize).max(quote.len());
    let there = text.symbols.get(range.clone()).filter(|there| there.starts_with(quote) && !quote.is_empty())?;
    let same = passage.fingerprint == text.fingerprint() && there.ends_with(&text.encode(&passage.tail));
    same.then_some(Place { range, grade: Grade::Exact, score: 1.0 })
}

/// A long passage: its beginning and its end are looked for by themselves, and must lie about as far apart as before.
fn by_ends(
    text: &Anchorage,
    passage: &Passage,
    quote: &[u32],
    before: &[u32],
    after: &[u32],
    offset: Option<usize>,
) -> Option<Place> {
    let tail = if passage.tail.is_empty() { quote.to_vec() } else { text.encode(&passage.tail) };
    let length = (passage.length as usize).max(quote.len());
    let (head, rest) = quote.split_at(END.min(quote.len()));
    let (earlier, tail) = tail.split_at(tail.len().saturating_sub(END));
    let head = Sought::new(text, head.to_vec(), before, rest, offset).find();
    let tail = Sought::new(text, tail.to_vec(), earlier, after, offset.map(|at| at + length - tail.len())).find();
    match (head, tail) {
        (Some(head), Some(tail)) if fits(&(head.range.start..tail.range.end), length) => Some(Place {
            range: head.range.start..tail.range.end,
            grade: head.grade.max(tail.grade),
            score: head.score.min(tail.score),
        }),
        // One end is gone, or stands elsewhere: what is left, with a question mark.
        (Some(head), _) => Some(Place { grade: Grade::Changed, ..head }),
        (None, Some(tail)) => Some(Place { grade: Grade::Changed, ..tail }),
        (None, None) => None,
    }
}

fn fits(range: &Range<usize>, length: usize) -> bool {
    range.len() >= length / 3 && range.len() <= 2 * length + 10
}

impl<'a> Sought<'a> {
    fn new(text: &'a Anchorage, quote: Vec<u32>, before: &[u32], after: &[u32], offset: Option<usize>) -> Self {
        let before = Context::new(before.iter().rev().copied(), text);
        let after = Context::new(after.iter().copied(), text);
        Self { text, quote, before, after, offset }
    }

    fn find(&self) -> Option<Place> {
        self.exactly().or_else(|| self.approximately()).or_else(|| self.between())
    }

    /// Word for word, at the place whose surroundings are most alike.
    fn exactly(&self) -> Option<Place> {
        let length = self.quote.len();
        let places = self.text.occurrences(&self.quote).into_iter().map(|start| start..start + length);
        let best = self.best(places.map(|range| (range, 0)), Grade::Exact)?;
        (length >= SHORT || best.score >= SHORT_ACCEPTED).then_some(best)
    }

    /// With small changes.
    fn approximately(&self) -> Option<Place> {
        let most = (self.quote.len() as f32 * CHANGED) as usize;
        if self.quote.is_empty() {
            return None;
        }
        let forward = Pattern::new(&self.quote, self.text.alphabet());
        let backward: Vec<u32> = self.quote.iter().rev().copied().collect();
        let backward = Pattern::new(&backward, self.text.alphabet());
        let mut hits = forward.search(self.text.symbols.iter().copied(), most);
        hits.sort_by_key(|hit| hit.errors);
        let symbols = &self.text.symbols;
        let places = hits.iter().take(CANDIDATES).map(|hit| {
            let reach = self.quote.len() + hit.errors;
            let start = hit.end - backward.align(symbols[..hit.end].iter().rev().copied().take(reach)).end;
            let end = start + forward.align(symbols[start..].iter().copied().take(reach)).end;
            (start..end, hit.errors)
        });
        let best = self.best(places, Grade::Moved)?;
        let grade = if best.score < SURE { Grade::Changed } else { Grade::Moved };
        (best.score >= ACCEPTED).then_some(Place { grade, ..best })
    }

    /// By its surroundings: both still there, in order, and about as far apart as the quote is long.
    fn between(&self) -> Option<Place> {
        let ends = self.before.anywhere(self.text.symbols.iter().rev().copied())?;
        let starts = self.after.anywhere(self.text.symbols.iter().copied())?;
        let length = self.quote.len();
        let gap = (length / 3).max(1)..=2 * length + 10;
        let all = self.text.len();
        let ends = ends.into_iter().map(|(end, errors)| (all - end, errors));
        let pairs = ends.flat_map(|end| starts.iter().map(move |start| (end, *start)));
        let fitting = pairs.filter(|((end, _), (start, _))| start > end && gap.contains(&(start - end)));
        let ((end, _), (start, _)) = fitting.min_by_key(|((_, before), (_, after))| before + after)?;
        Some(Place { range: end..start, grade: Grade::Changed, score: ACCEPTED })
    }

    /// The best of some places, the first of equals.
    fn best(&self, places: impl Iterator<Item = (Range<usize>, usize)>, grade: Grade) -> Option<Place> {
        let judged = places.map(|(range, errors)| Place { score: self.score(&range, errors), range, grade });
        judged.reduce(|best, other| if other.score > best.score { other } else { best })
    }

    /// How well a place fits, 0 to 1: the words, what stands around them, and where they stand. What is not known of
    /// the passage has no weight; but if a short quote had nothing on one side, that side speaks for no place.
    fn score(&self, range: &Range<usize>, errors: usize) -> f32 {
        let unknown = (self.quote.len() < SHORT && self.offset.is_some()).then_some(0.0);
        let symbols = &self.text.symbols;
        let quote = 1.0 - errors as f32 / self.quote.len().max(1) as f32;
        let before = self.before.likeness(symbols[..range.start].iter().rev().copied());
        let after = self.after.likeness(symbols[range.end..].iter().copied());
        let place = self.offset.map(|offset| 1.0 - offset.abs_diff(range.start) as f32 / symbols.len().max(1) as f32);
        let parts = [
            (50.0, Some(quote)),
            (20.0, before.or(unknown)),
            (20.0, after.or(unknown)),
            (2.0, place.map(|place| place.max(0.0))),
        ];
        let known = || parts.iter().filter_map(|(weight, part)| part.map(|part| (weight, part)));
        known().map(|(weight, part)| weight * part).sum::<f32>() / known().map(|(weight, _)| weight).sum::<f32>()
    }
}

impl Context {
    fn new(nearest_first: impl Iterator<Item = u32>, text: &Anchorage) -> Self {
        let symbols: Vec<u32> = nearest_first.take(CONTEXT).collect();
        Self { pattern: Pattern::new(&symbols, text.alphabet()), symbols }
    }

    /// How much of it stands at the beginning of a text, 0 to 1; none if there was no context.
    fn likeness(&self, text: impl Iterator<Item = u32>) -> Option<f32> {
        let length = self.pattern.length();
        let errors = || self.pattern.align(text.take(length + length / 4)).errors;
        (length > 0).then(|| 1.0 - errors() as f32 / length as f32)
    }

    /// Where in a text it begins (its nearest character), with the errors; none if it is too short to go by.
    fn anywhere(&self, text: impl DoubleEndedIterator<Item = u32> + ExactSizeIterator) -> Option<Vec<(usize, usize)>> {
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
