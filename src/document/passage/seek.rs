//! Finding a passage: word for word, with small changes, then by what stood around it; else it is lost.
//!
//! Places are found by the words (with Hypothesis' weights, `match-quote.ts`, of several the best) and by what stands
//! around, then all that was remembered is laid beside the text there, see [`Evidence`]. Where that is not enough the
//! passage is shown as lost, never at a wrong place.

use super::anchorage::Anchorage;
use super::evidence::Evidence;
use super::matcher::{CONTEXT, Matcher};
use super::rivals::{self, Rivals};
use super::sought::{Hints, SHORT, Sought};
use super::{Found, Grade, Passage};
use std::ops::Range;

/// Folded characters up to which a quote is matched as a whole; a longer one by its two ends.
const WHOLE: usize = 400;
/// Folded characters of each end.
const END: usize = WHOLE / 2;
/// What the expected place and the section are worth among places that are alike.
const NEARNESS: f32 = 0.08;
const SECTION: f32 = 0.04;
/// Folded characters beyond the expected place up to which a place is near, and at which half the nearness is left.
const REACH: usize = 2000;
const HALF_WAY: f32 = 200.0;
/// Score from which a place needs no closer look.
const EVIDENT: f32 = 0.90;
/// Weight of evidence from which no other place is looked for.
const STRONG: f32 = 3.0;
/// Folded characters from which the halves of a quote tell enough to be looked for by themselves, and what may have come
/// in between what is still there.
const HALVES: usize = 20;
const BETWEEN: usize = 150;
/// Places by the surroundings that are looked at closer.
const BY_CONTEXT: usize = 2;

/// A place that was found: its symbols, how surely, how well, and how well among others.
#[derive(Debug, Clone)]
struct Place {
    range: Range<usize>,
    grade: Grade,
    score: f32,
    rank: f32,
    /// How many symbols differ from the quote.
    errors: usize,
}

/// How far a closer look goes: where the words are, around the place where they are expected, everywhere.
#[derive(Debug, Clone, Copy)]
enum Reach {
    Words,
    Around,
    Everywhere,
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

/// What of the text is like a stretch of it.
pub(super) fn rivals(text: &Anchorage, range: Range<usize>) -> Rivals {
    Rivals::of(text, range, WHOLE)
}

/// A long passage: its beginning and its end are looked for by themselves, and must lie about as far apart as before.
fn by_ends(text: &Anchorage, passage: &Passage, quote: &[u32], before: &[u32], after: &[u32]) -> Option<Place> {
    let tail = if passage.tail.is_empty() { quote.to_vec() } else { text.encode(&passage.tail) };
    let length = (passage.length as usize).max(quote.len());
    let (head, rest) = quote.split_at(END.min(quote.len()));
    let (earlier, tail) = tail.split_at(tail.len().saturating_sub(END));
    let to_tail = length.saturating_sub(tail.len());
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
        Self { range, grade: Grade::Exact, score: 1.0, rank: 1.0, errors: 0 }
    }

    /// What speaks enough for itself.
    fn of(evidence: &Evidence) -> Self {
        let grade = match () {
            () if evidence.is_exact() => Grade::Exact,
            () if evidence.is_slight() => Grade::Moved,
            () => Grade::Changed,
        };
        let Evidence { range, there, missing, .. } = evidence;
        Self { range: range.clone(), grade, score: *there, rank: *there, errors: *missing }
    }

    /// From the beginning of this place to the end of another, as surely as the less sure of them.
    fn up_to(&self, other: &Self) -> Self {
        Self {
            range: self.range.start..other.range.end,
            grade: self.grade.max(other.grade),
            score: self.score.min(other.score),
            rank: self.rank.min(other.rank),
            errors: self.errors + other.errors,
        }
    }
}

impl Sought<'_> {
    fn find(&self) -> Option<Place> {
        if self.quote.is_empty() {
            return None;
        }
        let matcher = Matcher::new(&self.quote, self.text);
        let near = self.nearby(&matcher);
        // What is surely there needs no look at the rest of a long text.
        if let Some(near) = near.clone().filter(|near| self.is_sure(near)) {
            return Some(near);
        }
        let mut best = None;
        let mut windows = Vec::new();
        for reach in [Reach::Words, Reach::Around, Reach::Everywhere] {
            self.look(reach, near.as_ref(), &matcher, &mut windows, &mut best);
            if let Some(found) = best.as_ref().filter(|found| found.weight() >= STRONG && found.is_enough()) {
                return Some(Place::of(found));
            }
        }
        best.filter(Evidence::is_enough).as_ref().map(Place::of).or_else(|| self.between())
    }

    /// Looks closer at places, further afield each time, as most texts have changed little.
    fn look(
        &self,
        reach: Reach,
        near: Option<&Place>,
        matcher: &Matcher,
        windows: &mut Vec<Range<usize>>,
        best: &mut Option<Evidence>,
    ) {
        let all = self.text.len();
        let found = match reach {
            Reach::Words => near.map(|place| place.range.clone()).into_iter().collect(),
            Reach::Around => self.halves().into_iter().chain(self.beside(self.around())).collect(),
            Reach::Everywhere => {
                let place = self.best(matcher.search(0..all).into_iter());
                place.map(|place| place.range).into_iter().chain(self.beside(0..all)).collect::<Vec<_>>()
            }
        };
        // What was moved a little way stands among words that fit better than it: word for word, it speaks for itself. A copy
        // of it does not.
        let is_copied = self.hints.rival == Some(0);
        let moved = near.filter(|place| matches!(reach, Reach::Words) && place.errors == 0 && !is_copied);
        *best = best.take().or_else(|| moved.map(|place| Evidence::of(self, place.range.clone())));
        for range in found {
            let window = range.start.saturating_sub(CONTEXT + BETWEEN)..(range.end + CONTEXT + BETWEEN).min(all);
            if windows.iter().any(|other| other.start.abs_diff(window.start) < BETWEEN) {
                continue;
            }
            let evidence = Evidence::of(self, window.clone());
            windows.push(window);
            let is_better = best.as_ref().is_none_or(|best| evidence.weight() > best.weight());
            if is_better && !self.is_other(&evidence) {
                *best = Some(evidence);
            }
        }
    }

    /// Beside the surroundings, where they stand in a part of the text.
    fn beside(&self, part: Range<usize>) -> Vec<Range<usize>> {
        let (all, length) = (self.text.len(), self.quote.len());
        let symbols = self.text.symbols.get(part.clone()).unwrap_or_default();
        let before = if part.len() == all {
            self.before_everywhere().to_vec()
        } else {
            self.before.anywhere(symbols.iter().rev().copied()).unwrap_or_default()
        };
        let before = before.into_iter().take(BY_CONTEXT).map(|(behind, _)| part.end - behind);
        let before = before.map(|end| end..(end + length).min(all));
        let before: Vec<Range<usize>> = before.collect();
        if !before.is_empty() {
            return before;
        }
        let after = self.after.anywhere(symbols.iter().copied()).unwrap_or_default().into_iter();
        let after = after.take(BY_CONTEXT).map(|(start, _)| part.start + start);
        after.map(|start| start.saturating_sub(length)..start).collect()
    }

    /// Whether a place needs no weighing: it is as it was, and nothing else in the text was like it.
    fn is_sure(&self, place: &Place) -> bool {
        place.score >= EVIDENT
            && place.errors * 10 <= self.quote.len()
            && self.hints.rival.is_none_or(|rival| place.errors < rival)
    }

    /// Whether what was found was in the text beside the passage already, and is not the passage.
    fn is_other(&self, evidence: &Evidence) -> bool {
        !evidence.is_exact() && rivals::stand_at(self.hints.others, self.text, evidence.range.start, self.quote.len())
    }

    /// Word for word anywhere, or with small changes where it is to be expected.
    fn nearby(&self, matcher: &Matcher) -> Option<Place> {
        self.best(self.exactly().into_iter().chain(matcher.search(self.around())))
    }

    /// Where its halves are: something was put in between them, or one was rewritten.
    fn halves(&self) -> Vec<Range<usize>> {
        let length = self.quote.len();
        if length < HALVES {
            return Vec::new();
        }
        let (head, tail) = self.quote.split_at(length / 2);
        let half = |quote: &[u32], before: &[u32], after: &[u32], behind: usize| {
            let half = Sought::new(self.text, quote.to_vec(), before, after, self.hints.behind(behind));
            half.best(Matcher::new(quote, self.text).search(half.around()).into_iter())
        };
        let before: Vec<u32> = self.before.symbols.iter().rev().copied().collect();
        let head = (half(head, &before, tail, 0), half(tail, head, &self.after.symbols, head.len()));
        let at_head = head.0.map(|head| head.range.start..head.range.start + length);
        let at_tail = head.1.map(|tail| tail.range.end.saturating_sub(length)..tail.range.end);
        at_head.into_iter().chain(at_tail).collect()
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

    /// By its surroundings: both still there, in order, and about as far apart as the quote is long. Where other words were
    /// like the quote, such a place may well be theirs.
    fn between(&self) -> Option<Place> {
        if self.hints.rival.is_some() {
            return None;
        }
        let all = self.text.len();
        let length = self.quote.len();
        let gap = (length / 3).max(1)..2 * length + 11;
        let pairs = self.before_everywhere().iter().flat_map(|(from_behind, errors)| {
            let end = all - from_behind;
            let reach = end..(end + gap.end + 2 * CONTEXT).min(all);
            let starts = self.after.anywhere(self.text.symbols[reach].iter().copied()).unwrap_or_default();
            starts.into_iter().map(move |(start, more)| (end, start, errors + more))
        });
        let (end, gap, _) = pairs.filter(|(_, start, _)| gap.contains(start)).min_by_key(|(.., errors)| *errors)?;
        let start = end + gap;
        Some(Place { grade: Grade::Changed, score: 0.0, ..Place::sure(end..start) })
    }

    /// The best of some places, the first of equals.
    fn best(&self, places: impl Iterator<Item = (Range<usize>, usize)>) -> Option<Place> {
        let judged = places.map(|(range, errors)| self.judge(range, errors));
        judged.reduce(|best, other| if other.rank > best.rank { other } else { best })
    }

    fn judge(&self, range: Range<usize>, errors: usize) -> Place {
        let symbols = &self.text.symbols;
        let before = self.before.likeness(symbols[..range.start].iter().rev().copied());
        let after = self.after.likeness(symbols[range.end..].iter().copied());
        let score = self.score(&range, errors, before, after);
        let grade = if errors == 0 { Grade::Exact } else { Grade::Moved };
        let nearness = HALF_WAY / (HALF_WAY + self.hints.distance(range.start) as f32);
        let same_section = self.hints.section.is_some_and(|section| section == self.text.section(range.start));
        let rank = score + NEARNESS * nearness + if same_section { SECTION } else { 0.0 };
        Place { range, grade, score, rank, errors }
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
