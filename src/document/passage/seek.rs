//! Finding a passage: word for word, with small changes, then by what stood around it; else it is lost.
//!
//! The weights are Hypothesis' (`match-quote.ts`), with a floor below which nothing is taken: a lost passage is
//! shown as lost, never at a wrong place. Of places that fit alike, as in repeated menus and code, the one is taken that
//! lies where the passage must be by the length of the text, and in its section.

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
/// Score from which a place with changes is taken where the passage is to be expected, and anywhere else.
const ACCEPTED: f32 = 0.60;
const ACCEPTED_FAR: f32 = 0.72;
/// What the expected place and the section are worth among places that are good enough.
const NEARNESS: f32 = 0.08;
const SECTION: f32 = 0.04;
/// Folded characters beyond the expected place up to which a place is near, and at which half the nearness is left.
const REACH: usize = 2000;
const HALF_WAY: f32 = 200.0;
/// Score from which a place needs no question mark.
const SURE: f32 = 0.80;
/// Folded characters below which a quote is too common to go by its words alone, and the scores it then needs, word for
/// word, where it is to be expected and anywhere else.
const SHORT: usize = 12;
const SHORT_ACCEPTED: f32 = 0.58;
const SHORT_ACCEPTED_FAR: f32 = 0.72;
/// The part of both contexts that must be there where other words of the text were as like.
const RIVAL_CONTEXT: f32 = 0.45;
/// Folded characters from which the halves of a quote tell enough to be looked for by themselves, and what may have come
/// in between them.
const HALVES: usize = 20;
const BETWEEN: usize = 80;
/// The best matches that are judged by their surroundings.
const CANDIDATES: usize = 32;
/// The part of a context that may have changed where it is all there is to go by.
const CONTEXT_CHANGED: f32 = 0.25;
/// Folded characters that such a context must have.
const CONTEXT_LEAST: usize = 16;

/// A place that was found: its symbols, how surely, how well, and how well among others.
#[derive(Debug, Clone)]
struct Place {
    range: Range<usize>,
    grade: Grade,
    score: f32,
    rank: f32,
    /// How many symbols differ from the quote, and how much of the worse context is there.
    errors: usize,
    around: f32,
}

/// What is looked for besides the words.
struct Hints<'a> {
    /// Where it may begin: where it was, and as far beyond as the text has become longer or shorter.
    expected: Option<Range<usize>>,
    /// Where it was.
    offset: Option<usize>,
    /// The innermost section it was in.
    section: Option<&'a str>,
    /// The fewest errors that other words had, see [`Passage::rival`].
    rival: Option<usize>,
}

/// A stretch that is looked for, in the numbers of one document.
struct Sought<'a> {
    text: &'a Anchorage,
    quote: Vec<u32>,
    before: Context,
    after: Context,
    hints: Hints<'a>,
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
        if passage.tail.is_empty() && quote.len() <= WHOLE {
            return Sought::new(text, quote, &before, &after, Hints::of(passage, text, 0)).find();
        }
        by_ends(text, passage, &quote, &before, &after)
    })?;
    Some(Found { span: text.span(place.range)?, grade: place.grade, score: place.score })
}

/// The place it was captured at, if the text is the same.
fn unchanged(text: &Anchorage, passage: &Passage, quote: &[u32]) -> Option<Place> {
    let start = passage.offset as usize;
    let range = start..start + (passage.length as usize).max(quote.len());
    let there = text.symbols.get(range.clone()).filter(|there| there.starts_with(quote) && !quote.is_empty())?;
    let same = passage.fingerprint == text.fingerprint() && there.ends_with(&text.encode(&passage.tail));
    same.then_some(Place::sure(range))
}

/// The fewest errors with which words elsewhere in the text are like those of a stretch; none if none are.
pub(super) fn rival(text: &Anchorage, range: Range<usize>) -> Option<u16> {
    let quote = text.symbols.get(range.clone()).filter(|quote| !quote.is_empty() && quote.len() <= WHOLE)?;
    let matcher = Matcher::new(quote, text);
    let before = matcher.forward.search(text.symbols[..range.start].iter().copied(), matcher.most);
    let after = matcher.forward.search(text.symbols[range.end..].iter().copied(), matcher.most);
    before.iter().chain(&after).map(|hit| hit.errors as u16).min()
}

/// A long passage: its beginning and its end are looked for by themselves, and must lie about as far apart as before.
fn by_ends(text: &Anchorage, passage: &Passage, quote: &[u32], before: &[u32], after: &[u32]) -> Option<Place> {
    let tail = if passage.tail.is_empty() { quote.to_vec() } else { text.encode(&passage.tail) };
    let length = (passage.length as usize).max(quote.len());
    let (head, rest) = quote.split_at(END.min(quote.len()));
    let (earlier, tail) = tail.split_at(tail.len().saturating_sub(END));
    let to_tail = length - tail.len();
    let head = Sought::new(text, head.to_vec(), before, rest, Hints::of(passage, text, 0)).find();
    let tail = Sought::new(text, tail.to_vec(), earlier, after, Hints::of(passage, text, to_tail)).find();
    match (head, tail) {
        (Some(head), Some(tail)) if fits(&(head.range.start..tail.range.end), length) => Some(head.up_to(&tail)),
        // One end is gone, or stands elsewhere: what is left, with a question mark.
        (Some(head), _) => Some(Place { grade: Grade::Changed, ..head }),
        (None, Some(tail)) => Some(Place { grade: Grade::Changed, ..tail }),
        (None, None) => None,
    }
}

fn fits(range: &Range<usize>, length: usize) -> bool {
    range.len() >= length / 3 && range.len() <= 2 * length + 10
}

impl Place {
    /// A place that needs no comparing.
    fn sure(range: Range<usize>) -> Self {
        Self { range, grade: Grade::Exact, score: 1.0, rank: 1.0, errors: 0, around: 1.0 }
    }

    /// From the beginning of this place to the end of another, as surely as the less sure of them.
    fn up_to(&self, other: &Self) -> Self {
        Self {
            range: self.range.start..other.range.end,
            grade: self.grade.max(other.grade),
            score: self.score.min(other.score),
            rank: self.rank.min(other.rank),
            errors: self.errors + other.errors,
            around: self.around.min(other.around),
        }
    }
}

impl<'a> Hints<'a> {
    /// What is known of a stretch that begins so many symbols behind the beginning of a passage.
    fn of(passage: &'a Passage, text: &Anchorage, behind: usize) -> Self {
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
        }
    }

    /// The same for a stretch that begins so many symbols further on.
    fn behind(&self, symbols: usize) -> Self {
        let moved = |range: &Range<usize>| range.start + symbols..range.end + symbols;
        Self {
            expected: self.expected.as_ref().map(moved),
            offset: self.offset.map(|offset| offset + symbols),
            section: self.section,
            rival: None,
        }
    }

    /// Symbols between a place and where it is expected.
    fn distance(&self, start: usize) -> usize {
        self.expected
            .as_ref()
            .map_or(0, |expected| expected.start.saturating_sub(start).max(start.saturating_sub(expected.end)))
    }
}

impl<'a> Sought<'a> {
    fn new(text: &'a Anchorage, quote: Vec<u32>, before: &[u32], after: &[u32], hints: Hints<'a>) -> Self {
        let before = Context::new(before.iter().rev().copied(), text);
        let after = Context::new(after.iter().copied(), text);
        Self { text, quote, before, after, hints }
    }

    fn find(&self) -> Option<Place> {
        if self.quote.is_empty() {
            return None;
        }
        let matcher = Matcher::new(&self.quote, self.text);
        let near = self.nearby(&matcher);
        // What is surely there needs no look at the rest of a long text.
        near.clone().filter(|near| near.score >= SURE && self.is_acceptable(near)).or_else(|| {
            let anywhere = self.best(matcher.search(0..self.text.len()).into_iter());
            self.better(near, anywhere).or_else(|| self.halves()).or_else(|| self.between())
        })
    }

    /// Word for word anywhere, or with small changes where it is to be expected.
    fn nearby(&self, matcher: &Matcher) -> Option<Place> {
        self.best(self.exactly().into_iter().chain(matcher.search(self.around())))
    }

    /// By its halves: something was put in between them, or one was rewritten.
    fn halves(&self) -> Option<Place> {
        let length = self.quote.len();
        if length < HALVES || self.hints.rival.is_some() {
            return None;
        }
        let (head, tail) = self.quote.split_at(length / 2);
        let half = |quote: &[u32], before: &[u32], after: &[u32], behind: usize| {
            let half = Sought::new(self.text, quote.to_vec(), before, after, self.hints.behind(behind));
            half.nearby(&Matcher::new(quote, self.text)).filter(|place| half.is_acceptable(place))
        };
        let before: Vec<u32> = self.before.symbols.iter().rev().copied().collect();
        let places = (half(head, &before, tail, 0), half(tail, head, &self.after.symbols, head.len()));
        let is_sure = |place: &Place| length >= 2 * SHORT && place.score >= SURE;
        let found = match places {
            (Some(head), Some(tail))
                if head.range.end <= tail.range.start && tail.range.end - head.range.start <= length + BETWEEN =>
            {
                Some(head.up_to(&tail))
            }
            (Some(head), _) if is_sure(&head) => Some(head),
            (_, Some(tail)) if is_sure(&tail) => Some(tail),
            _ => None,
        };
        found.map(|place| Place { grade: Grade::Changed, ..place })
    }

    /// Where it stands word for word.
    fn exactly(&self) -> Vec<(Range<usize>, usize)> {
        let length = self.quote.len();
        self.text.occurrences(&self.quote).into_iter().map(|start| (start..start + length, 0)).collect()
    }

    /// The part of the text in which it is to be expected.
    fn around(&self) -> Range<usize> {
        let all = self.text.len();
        self.hints.expected.as_ref().map_or(0..0, |expected| {
            expected.start.saturating_sub(REACH).min(all)..(expected.end + self.quote.len() + REACH).min(all)
        })
    }

    /// By its surroundings: both still there, in order, and about as far apart as the quote is long.
    fn between(&self) -> Option<Place> {
        let all = self.text.len();
        let length = self.quote.len();
        let gap = (length / 3).max(1)..2 * length + 11;
        let ends = self.before.anywhere(self.text.symbols.iter().rev().copied())?;
        let pairs = ends.into_iter().flat_map(|(from_behind, errors)| {
            let end = all - from_behind;
            let reach = end..(end + gap.end + 2 * CONTEXT).min(all);
            let starts = self.after.anywhere(self.text.symbols[reach].iter().copied()).unwrap_or_default();
            starts.into_iter().map(move |(start, more)| (end, start, errors + more))
        });
        let (end, gap, _) = pairs.filter(|(_, start, _)| gap.contains(start)).min_by_key(|(.., errors)| *errors)?;
        let start = end + gap;
        Some(Place { grade: Grade::Changed, score: ACCEPTED, ..Place::sure(end..start) })
    }

    /// The best of some places, the first of equals.
    fn best(&self, places: impl Iterator<Item = (Range<usize>, usize)>) -> Option<Place> {
        let judged = places.map(|(range, errors)| self.judge(range, errors));
        judged.reduce(|best, other| if other.rank > best.rank { other } else { best })
    }

    /// The better of two places that are good enough.
    fn better(&self, one: Option<Place>, other: Option<Place>) -> Option<Place> {
        let places = [one, other].into_iter().flatten().filter(|place| self.is_acceptable(place));
        places.reduce(|best, other| if other.rank > best.rank { other } else { best })
    }

    /// Whether a place may be shown: its words are there and are no common ones, or it fits well enough.
    fn is_acceptable(&self, place: &Place) -> bool {
        // Other words were as like from the start: only what stands around can tell.
        if self.hints.rival.is_some_and(|rival| place.errors >= rival) && place.around < RIVAL_CONTEXT {
            return false;
        }
        let is_far = self.hints.distance(place.range.start) > REACH;
        let is_expected = self.hints.offset.is_some() && !is_far;
        match place.grade {
            Grade::Exact if self.quote.len() >= SHORT => true,
            Grade::Exact => place.score >= if is_expected { SHORT_ACCEPTED } else { SHORT_ACCEPTED_FAR },
            _ => place.score >= if is_far { ACCEPTED_FAR } else { ACCEPTED },
        }
    }

    fn judge(&self, range: Range<usize>, errors: usize) -> Place {
        let symbols = &self.text.symbols;
        let before = self.before.likeness(symbols[..range.start].iter().rev().copied());
        let after = self.after.likeness(symbols[range.end..].iter().copied());
        let score = self.score(&range, errors, before, after);
        let around = before.unwrap_or(1.0).min(after.unwrap_or(1.0));
        let grade = match () {
            () if errors == 0 => Grade::Exact,
            () if score < SURE => Grade::Changed,
            () => Grade::Moved,
        };
        let nearness = HALF_WAY / (HALF_WAY + self.hints.distance(range.start) as f32);
        let same_section = self.hints.section.is_some_and(|section| section == self.text.section(range.start));
        let rank = score + NEARNESS * nearness + if same_section { SECTION } else { 0.0 };
        Place { range, grade, score, rank, errors, around }
    }

    /// How well a place fits, 0 to 1: the words, what stands around them, and where they stand. What is not known of
    /// the passage has no weight; but if a short quote had nothing on one side, that side speaks for no place.
    fn score(&self, range: &Range<usize>, errors: usize, before: Option<f32>, after: Option<f32>) -> f32 {
        let unknown = (self.quote.len() < SHORT && self.hints.offset.is_some()).then_some(0.0);
        let quote = 1.0 - errors as f32 / self.quote.len().max(1) as f32;
        let away = |offset: usize| offset.abs_diff(range.start) as f32 / self.text.len().max(1) as f32;
        let place = self.hints.offset.map(|offset| (1.0 - away(offset)).max(0.0));
        let parts = [(50.0, Some(quote)), (20.0, before.or(unknown)), (20.0, after.or(unknown)), (2.0, place)];
        let known = || parts.iter().filter_map(|(weight, part)| part.map(|part| (weight, part)));
        known().map(|(weight, part)| weight * part).sum::<f32>() / known().map(|(weight, _)| weight).sum::<f32>()
    }
}

/// The quote, prepared for matching with changes.
struct Matcher<'a> {
    symbols: &'a [u32],
    forward: Pattern,
    backward: Pattern,
    most: usize,
}

impl<'a> Matcher<'a> {
    fn new(quote: &[u32], text: &'a Anchorage) -> Self {
        let turned: Vec<u32> = quote.iter().rev().copied().collect();
        Self {
            symbols: &text.symbols,
            forward: Pattern::new(quote, text.alphabet()),
            backward: Pattern::new(&turned, text.alphabet()),
            most: (quote.len() as f32 * CHANGED) as usize,
        }
    }

    /// The best matches within a part of the text, with their errors.
    fn search(&self, part: Range<usize>) -> Vec<(Range<usize>, usize)> {
        let start = part.start;
        let mut hits = self.forward.search(self.symbols[part].iter().copied(), self.most);
        hits.sort_by_key(|hit| hit.errors);
        hits.truncate(CANDIDATES);
        hits.into_iter().map(|hit| (self.widen(start + hit.end, hit.errors), hit.errors)).collect()
    }

    /// The match that ends at a symbol, made as long as the quote where that costs nothing.
    fn widen(&self, end: usize, errors: usize) -> Range<usize> {
        let reach = self.forward.length() + errors;
        let start = end - self.backward.align(self.symbols[..end].iter().rev().copied().take(reach)).end;
        start..start + self.forward.align(self.symbols[start..].iter().copied().take(reach)).end
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
