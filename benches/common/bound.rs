//! How even lines could be at best: zhai's pieces and hanging marks, set with the fewest cells free, whatever else that
//! costs: last lines of one letter, ends inside phrases, hyphens.

use zhai::document::Block;
use zhai::layout::Measure;
use zhai::layout::glyphs::{Asides, Style};
use zhai::layout::hyphenate::Hyphenator;
use zhai::layout::paragraph::{Break, Piece, pieces};
use zhai::layout::split::{split, syllabify};
use zhai::text::breaks::Icu;

/// What the lines of a paragraph, but for its last, leave free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Free {
    /// Cells of all of them.
    pub cells: u32,
    /// Lines that are not flush.
    pub ragged: u32,
    /// Lines.
    pub lines: u32,
    /// The squares of the cells, added up.
    pub squares: u32,
}

/// The least there is of a block of one paragraph.
pub fn of(block: &Block, measure: &Measure) -> Free {
    let full = u32::from(measure.even(measure.columns, block.language));
    let hang = measure.hang.cells(block.language).min(measure.overhang) as u8;
    let all = parts(block, measure, full);
    let mut best = vec![Free::default()];
    for end in 1..=all.len() {
        let last = &all[end - 1];
        let most = full + last.traits.hang(hang);
        let mut cells = u32::from(last.after.shows_hyphen());
        let mut found = None;
        for start in (0..end).rev() {
            let piece = &all[start];
            cells += u32::from(piece.cells) + if start + 1 < end { u32::from(piece.space) } else { 0 };
            if cells > most && start + 1 < end {
                break;
            }
            let before = best[start];
            let free = full.saturating_sub(cells);
            let line = Free {
                cells: before.cells + free,
                ragged: before.ragged + u32::from(free > 0),
                lines: before.lines + 1,
                squares: before.squares + free * free,
            };
            let way = if end == all.len() { before } else { line };
            found = Some(found.map_or(way, |found: Free| found.min(way)));
        }
        best.push(found.unwrap_or_default());
    }
    best.last().copied().unwrap_or_default()
}

/// The pieces of a text, with those in parts that are in parts at this measure.
fn parts(block: &Block, measure: &Measure, full: u32) -> Vec<Piece> {
    let asides = Asides::default();
    let style = Style::new(block, measure, &asides);
    let (mut whole, mut found) = (Vec::new(), Vec::new());
    pieces(&block.text, 0..block.text.len(), style, &Icu::default(), Break::End, &mut whole);
    let mut hyphenator = Hyphenator::default();
    let (mut start, mut before) = (0, Break::End);
    for piece in &whole {
        let word = block.text.get(start..start + usize::from(piece.bytes)).unwrap_or_default();
        let is_explicit = before.is_explicit() || piece.after.is_explicit();
        let may = measure.hyphenates(measure.columns) && piece.traits.is_word() && !is_explicit;
        if may && syllabify(word, piece, (full, 1), &mut hyphenator, &mut found) {
        } else if u32::from(piece.cells) > full {
            split(&block.text, start, piece, (full, 0), style, &mut found);
        } else {
            found.push(*piece);
        }
        start += piece.length();
        before = piece.after;
    }
    found
}
