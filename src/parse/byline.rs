//! Who wrote an article whose metadata does not tell: what a line of its title's block says, or one at its end.
//!
//! It refuses to look into the text.

use crate::document::{Block, BlockKind, Part};
use crate::parse::tables::Tables;
use crate::text::SafeText;
use crate::text::letters::cells;

/// Blocks at an article's end among which it says who wrote it.
const LAST: usize = 6;
/// Cells of the longest byline.
const LONGEST: usize = 160;

/// The author that bylines name.
pub fn author(blocks: &[Block], tables: &Tables) -> Option<SafeText> {
    let head = blocks.iter().take_while(|block| block.part != Part::Body);
    let end = blocks.iter().rev().filter(|block| block.part == Part::Body).take(LAST);
    let lines = head.chain(end).filter(|block| matches!(block.kind, BlockKind::Paragraph));
    let lines = lines.flat_map(|block| block.text.lines()).filter(|line| cells(line) <= LONGEST);
    let mut names = lines.filter_map(|line| tables.phrases.author(line, &tables.dates));
    names.next().map(|name| SafeText::line(&name))
}
