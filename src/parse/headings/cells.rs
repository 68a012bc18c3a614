//! Bold lines that were the names in a table whose rows and columns a converter lost: each has a word or two below it, and
//! so has the next.
//!
//! It refuses to doubt numbered lines, and lines that are fewer than a table's.

use super::look::Look;
use super::{BOLD, Candidate};
use crate::document::{Block, BlockKind};
use crate::parse::line::ends_sentence;
use crate::text::letters::cells;

/// Such lines on end that make a table.
const SEVERAL: usize = 4;
/// Cells of the longest value.
const VALUE: usize = 72;
/// Cells of the longest name.
const NAME: usize = 32;

/// Leaves out the lines that are such names; `found` are the headings so far, each with its level.
pub(super) fn leave_out(found: &mut Vec<(usize, u8)>, candidates: &[Candidate], blocks: &[Block]) {
    let is_name = |index: usize, level: u8| {
        let place = candidates.binary_search_by_key(&index, |candidate| candidate.index).ok();
        let look = place.and_then(|place| candidates.get(place)).map(|candidate| candidate.look);
        let fits = |look: Look| look.cells <= NAME && look.number.is_none_or(|number| number.stands_alone());
        level == BOLD && look.is_some_and(fits)
    };
    let mut names: Vec<usize> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    for (place, (index, level)) in found.iter().enumerate() {
        let next = found.get(place + 1).map_or(blocks.len(), |(next, _)| *next);
        let below = blocks.get(index + 1..next).unwrap_or_default();
        let mut shown = below.iter().filter(|block| !matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule));
        let has_value = shown.next().is_none_or(is_value);
        if is_name(*index, *level) && has_value {
            run.push(*index);
            if next < blocks.len() && shown.next().is_none() {
                continue;
            }
        }
        let ended = std::mem::take(&mut run);
        names.extend(if ended.len() >= SEVERAL { ended } else { Vec::new() });
    }
    found.retain(|(index, _)| names.binary_search(index).is_err());
}

/// Whether a paragraph is a word or two.
fn is_value(block: &Block) -> bool {
    let text = block.text.trim();
    block.kind == BlockKind::Paragraph && !ends_sentence(text) && cells(text) <= VALUE
}
