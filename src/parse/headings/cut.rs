//! Headings that a line end cut in two, each half a bold line of its own: `**02 The stall that**`, `**opened again**`.
//!
//! It refuses a bold line that may be a section's first part: where one section has two, or a number, nothing was cut.

use super::look;
use crate::document::{Block, BlockKind};
use crate::parse::tables::Tables;
use crate::text::letters::cells;

/// Headings that must have been cut.
const SEVERAL: usize = 2;
/// Cells of the shortest first half: what is cut filled its line.
const FULL: usize = 20;
/// Bytes of the longest heading.
const LONGEST: usize = 240;

/// The first halves, by index; the other follows at once.
pub fn halves(blocks: &[Block], tables: &Tables) -> Vec<usize> {
    // Whether a bold line has a number.
    let numbered = |index: usize| {
        let block = blocks.get(index).filter(|block| block.kind == BlockKind::Paragraph)?;
        let is_line = block.containers.is_empty() && block.text.len() <= LONGEST && !block.styles.is_empty();
        let is_title = is_line && look::is_bold_throughout(block) && !look::is_sentence(&block.text);
        is_title.then(|| tables.number(&block.text).is_some_and(|number| !number.stands_alone()))
    };
    let lines: Vec<(usize, bool)> = (0..blocks.len()).filter_map(|index| Some((index, numbered(index)?))).collect();
    let is_numbered = |(_, is_numbered): &(usize, bool)| *is_numbered;
    let (Some(first), Some(last)) = (lines.iter().position(is_numbered), lines.iter().rposition(is_numbered)) else {
        return Vec::new();
    };
    // The line right above another.
    let above = |place: usize| {
        let above = place.checked_sub(1).and_then(|above| lines.get(above)).copied();
        above.filter(|(above, _)| lines.get(place).is_some_and(|(index, _)| above + 1 == *index))
    };
    let mut found: Vec<usize> = Vec::new();
    // What stands above the first number is no section's, and the text may go on below the last.
    let among = lines.iter().enumerate().skip(first + 1).filter(|(_, line)| !is_numbered(line));
    for (place, _) in among {
        match above(place) {
            Some((above, true)) if is_full(blocks, above) => found.push(above),
            None if place > last => {}
            Some((_, false)) if place > last + 1 => {}
            _ => return Vec::new(),
        }
    }
    let fits = |first: &usize| {
        let bytes = |index: usize| blocks.get(index).map_or(0, |block| block.text.len());
        bytes(*first) + bytes(first + 1) <= LONGEST
    };
    if found.len() >= SEVERAL && found.iter().all(fits) { found } else { Vec::new() }
}

fn is_full(blocks: &[Block], index: usize) -> bool {
    blocks.get(index).is_some_and(|block| cells(block.text.trim()) >= FULL)
}
