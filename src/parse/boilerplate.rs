//! What a scraped file holds besides its article: a page's frame and a title block before it, interface text and
//! promotion after it.
//!
//! It refuses to delete: parts are marked, and the raw view shows them. In doubt a block is the article's: a true
//! last sentence, a credit line or a reference is worth more than a clean end.

pub mod facts;
pub mod index;
pub mod opening;
pub mod tail;

use crate::document::{Block, BlockKind, Condition, Meta, Part};
use crate::parse::line::ends_sentence;
use crate::parse::tables::Tables;
use crate::parse::tables::phrases::Phrases;
use facts::Facts;

/// Cells of text, and of text beside what says so, below which a file that says it has no article holds none.
const STUB: (usize, usize) = (400, 110);
/// Bytes of a line that says so, at most.
const NOTICE: usize = 400;
/// Cells of a button, a name, a label.
const LABEL: usize = 32;

/// Marks the title block and, if the end of the file is there, the boilerplate of an article; and says whether there is
/// an article, and all of it.
pub fn mark(blocks: &mut [Block], meta: &Meta, tables: &Tables, has_end: bool) -> Condition {
    let phrases = &tables.phrases;
    let facts = Facts::of_each(blocks, meta, phrases);
    let start = opening::end(blocks, &facts, meta, tables);
    let end = if has_end { tail::start(blocks, &facts, tables, start) } else { blocks.len() };
    let cells: Vec<usize> = facts.iter().map(|facts| facts.cells).collect();
    for block in blocks.iter_mut().take(start).filter(|block| block.part == Part::Body) {
        block.part = Part::TitleBlock;
    }
    for block in blocks.iter_mut().skip(end) {
        block.part = Part::Boilerplate;
    }
    if !has_end {
        return Condition::Whole;
    }
    empty_images(blocks);
    condition(blocks, &cells, phrases)
}

/// Whether a file holds an article, and all of it; `cells` are those of each block.
fn condition(blocks: &mut [Block], cells: &[usize], phrases: &Phrases) -> Condition {
    let body = || blocks.iter().zip(cells).filter(|(block, _)| block.part == Part::Body);
    if index::is_index(body().map(|(block, cells)| (block, *cells))) {
        return Condition::Stub;
    }
    if body().all(|(_, cells)| *cells == 0) || is_notice(blocks, cells, phrases) {
        // What a notice says has no sections.
        for block in blocks.iter_mut().filter(|block| block.heading_level().is_some()) {
            block.kind = BlockKind::Paragraph;
        }
        return Condition::Stub;
    }
    let last_in_file = blocks
        .last()
        .is_some_and(|block| breaks_off_in_picture(block) || block.part == Part::Body && breaks_off(block));
    let last = blocks.iter().rposition(|block| block.part == Part::Body && !block.text.trim().is_empty());
    let points_on = last.and_then(|last| blocks.get(last)).is_some_and(|block| {
        block.text.chars().count() < 40 && block.kind == BlockKind::Paragraph && phrases.is_more(&block.text)
    });
    // A wall before the rest of the article is the page's own word, and what stands behind it is no text of it.
    let is_walled = last.and_then(|last| blocks.get(last + 1)).is_some_and(|block| {
        block.part == Part::Boilerplate && block.text.chars().count() < 40 && phrases.is_more(&block.text)
    });
    if points_on && let Some(block) = last.and_then(|last| blocks.get_mut(last)) {
        block.part = Part::Boilerplate;
    }
    if last_in_file || points_on || is_walled { Condition::Truncated } else { Condition::Whole }
}

/// Whether a file holds no article, but what stood in its place.
fn is_notice(blocks: &[Block], cells: &[usize], phrases: &Phrases) -> bool {
    let is_title = |block: &Block| block.part == Part::TitleBlock || block.heading_level().is_some();
    let says_so = |block: &Block| block.text.len() < NOTICE && phrases.is_stub(&block.text, is_title(block));
    let body = blocks.iter().zip(cells).filter(|(block, _)| block.part == Part::Body);
    let is_label = |block: &Block, cells: usize| cells <= LABEL && !ends_sentence(&block.text);
    let (mut all, mut sentences) = (0, 0);
    for (block, cells) in body {
        if says_so(block) {
            continue;
        }
        all += cells;
        sentences += if is_label(block, *cells) { 0 } else { *cells };
        if all >= STUB.0 || sentences >= STUB.1 {
            return false;
        }
    }
    blocks.iter().take(40).any(says_so)
}

/// Whether a text stops in the middle of a word or sentence with the dots that scrapers put there.
fn breaks_off(block: &Block) -> bool {
    let text = block.text.trim_end();
    let before = text.strip_suffix("...").or_else(|| text.strip_suffix('…')).unwrap_or_default();
    before.ends_with(char::is_alphanumeric)
}

/// Whether a text stops in the address of a picture, beside which nothing stands but those dots.
fn breaks_off_in_picture(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && block.text.trim() == "..."
}

/// Images with neither a description nor an address say nothing.
fn empty_images(blocks: &mut [Block]) {
    for block in blocks {
        if matches!(&block.kind, BlockKind::Image { url } if url.is_empty() && block.text.is_empty()) {
            block.part = Part::Boilerplate;
        }
    }
}
