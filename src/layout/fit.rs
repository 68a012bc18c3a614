//! From pieces to lines: the least total cost over the paragraph, by dynamic programming over a window.
//!
//! Exact and in integers: `best[j] = min over i of best[i] + cost(i, j)`, where a line holds at most as many pieces as
//! the measure has cells. It refuses to know text: a piece is its cells and the kind of break after it.

use super::Fit;
use super::paragraph::Piece;
use crate::text::breaks::Opportunity;
use std::ops::Range;

/// A line more is never taken for beauty.
const LINE: u64 = 1000;
/// A mark inside the measure is better than one that hangs (JLREQ 3.8.1).
const HANGING: u64 = 1;
/// Too wide by a cell: only where nothing else is possible.
const TOO_WIDE: u64 = 1_000_000;
/// A dash or an ellipsis at a line's start, where the level allows it.
const DASH_AT_START: u64 = 12;
/// A last line of one letter: CLREQ 3.1.5.2 wants at least two.
const LONELY: u64 = 900;
/// A last line of few cells.
const SHORT: u64 = 40;

/// The measure of the lines of one paragraph, in cells.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// Of every line.
    pub full: u32,
    /// How the lines are filled.
    pub fit: Fit,
}

/// The lines: ranges of pieces, in order, none empty.
pub fn lines(pieces: &[Piece], columns: Columns) -> Vec<Range<usize>> {
    match columns.fit {
        Fit::Greedy => greedy(pieces, columns.full),
        Fit::Optimal => optimal(pieces, columns.full),
        Fit::Balance => balanced(pieces, columns.full),
    }
}

/// As much as fits, line by line.
fn greedy(pieces: &[Piece], columns: u32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut cells = 0;
    for (index, piece) in pieces.iter().enumerate() {
        if index > start && cells + piece.cells > columns + u32::from(piece.hang) {
            lines.push(start..index);
            start = index;
            cells = 0;
        }
        cells += piece.cells + piece.space;
    }
    if start < pieces.len() {
        lines.push(start..pieces.len());
    }
    lines
}

/// The lines of least cost.
fn optimal(pieces: &[Piece], columns: u32) -> Vec<Range<usize>> {
    let count = pieces.len();
    let mut best = vec![u64::MAX; count + 1];
    let mut from = vec![0_u32; count + 1];
    best[0] = 0;
    for start in 0..count {
        let so_far = best[start];
        let mut cells = 0;
        let mut letters = 0_u32;
        for end in start..count {
            let piece = &pieces[end];
            cells += piece.cells;
            letters += u32::from(piece.letters);
            let over = cells.saturating_sub(columns);
            if over > 2 && end > start {
                break;
            }
            let line = Line { cells, over, letters, is_first: start == 0, is_last: end + 1 == count };
            let cost = so_far.saturating_add(line_cost(&pieces[start], piece, line, columns));
            if cost < best[end + 1] {
                best[end + 1] = cost;
                from[end + 1] = start as u32;
            }
            cells += piece.space;
        }
    }
    let mut lines = Vec::new();
    let mut end = count;
    while end > 0 {
        let start = from[end] as usize;
        lines.push(start..end);
        end = start;
    }
    lines.reverse();
    lines
}

/// The smallest measure that needs no more lines, so that they come out of nearly one length: for headings.
fn balanced(pieces: &[Piece], columns: u32) -> Vec<Range<usize>> {
    let least = greedy(pieces, columns).len();
    if least < 2 {
        return optimal(pieces, columns);
    }
    let (mut low, mut high) = (columns / 2, columns);
    while low < high {
        let middle = u32::midpoint(low, high);
        let fits = pieces.iter().all(|piece| piece.cells <= middle) && greedy(pieces, middle).len() <= least;
        if fits {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    optimal(pieces, high)
}

/// What the cost of a line depends on besides its pieces.
#[derive(Clone, Copy)]
struct Line {
    cells: u32,
    over: u32,
    letters: u32,
    is_first: bool,
    is_last: bool,
}

fn line_cost(first: &Piece, last: &Piece, line: Line, columns: u32) -> u64 {
    let gap = u64::from(columns.saturating_sub(line.cells));
    let beyond = u64::from(line.over.saturating_sub(u32::from(last.hang)));
    let mut cost = LINE + beyond * TOO_WIDE;
    if line.over > 0 && beyond == 0 {
        cost += HANGING;
    }
    if first.opens_with_dash && !line.is_first {
        cost += DASH_AT_START;
    }
    if line.is_last {
        if !line.is_first && line.letters < 2 {
            cost += LONELY;
        }
        if !line.is_first && line.cells < 6 {
            cost += SHORT;
        }
    } else {
        cost += gap * gap + break_cost(last.after);
    }
    cost
}

fn break_cost(after: Option<Opportunity>) -> u64 {
    match after {
        Some(Opportunity::Space | Opportunity::Ideograph | Opportunity::Mark) | None => 0,
        Some(Opportunity::Address) => 4,
        Some(Opportunity::NumberUnit) => 30,
        Some(Opportunity::Hyphen) => 10,
        Some(Opportunity::Emergency) => 5000,
    }
}
