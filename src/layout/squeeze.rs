//! Gaps between scripts that a justified line may give up, so that it comes out flush: half of all lines with Latin words
//! would else be a cell too short or too long, since the words are of any width and all else is of two cells. Lines that
//! end where their words end keep all gaps: `2023 年` beside `2023年` reads as a mistake.
//!
//! CLREQ 3.1.6.3 narrows the gaps before anything is widened. In cells a gap is there or not, so only one may go that
//! leaves no word with a gap on one side and none on the other: at a word that stands at either end of the line, or
//! next to a mark or a space of the text. It refuses spaces that are in the text.

use super::paragraph::Piece;

/// Whether the gap after a piece may go wherever the line begins and ends.
pub fn may_go(pieces: &[Piece], index: usize) -> bool {
    let has_gap = |index: usize| pieces.get(index).is_some_and(Piece::has_gap);
    let is_narrow = |index: usize| pieces.get(index).is_some_and(Piece::is_narrow);
    has_gap(index)
        && !(is_narrow(index) && index.checked_sub(1).is_some_and(has_gap))
        && !(is_narrow(index + 1) && has_gap(index + 1))
}

/// Whether a gap of a line may go because the word beside it stands at either end.
pub fn ends_in_gap(line: &[Piece]) -> bool {
    match line {
        [first, .., before, last] => first.has_gap() && first.is_narrow() || before.has_gap() && last.is_narrow(),
        [first, last] => first.has_gap() && (first.is_narrow() || last.is_narrow()),
        _ => false,
    }
}

/// The byte of a line, counted from its start, before which a gap goes: rather at its end than at its start.
pub fn place(line: &[Piece]) -> Option<usize> {
    let (last, rest) = line.split_last()?;
    let at_end = || rest.last().is_some_and(|before| before.has_gap() && last.is_narrow()).then_some(rest.len());
    let at_start = || rest.first().is_some_and(|first| first.has_gap() && first.is_narrow()).then_some(1);
    let inside = || (0..rest.len()).rev().find(|index| may_go(line, *index)).map(|index| index + 1);
    let count = at_end().or_else(at_start).or_else(inside)?;
    Some(rest.iter().take(count).map(Piece::length).sum())
}
