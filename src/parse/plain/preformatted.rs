//! Pages that are one preformatted text: a standard, a letter, a book that a site shows as it was typed.
//!
//! It refuses code and pages that only quote such a text: nearly all must stand in it, and be written in sentences.

use super::blocks;
use crate::document::{Block, BlockKind, LineRange};
use crate::parse::line::ends_sentence;
use crate::parse::tables::chapters::Chapters;
use crate::text::letters::cells;

/// Bytes of a text that is worth it.
const LEAST: usize = 600;
/// Cells of a paragraph.
const PARAGRAPH: usize = 60;
/// Paragraphs of a text.
const SEVERAL: usize = 3;

/// The blocks of a page with its preformatted text read as plain text; none if it is no such page.
pub fn read(page: &[Block], chapters: &Chapters) -> Option<Vec<Block>> {
    let is_code = |block: &Block| matches!(block.kind, BlockKind::Code { .. });
    let index = page.iter().position(|block| is_code(block) && block.text.len() >= LEAST)?;
    let text = page.get(index)?;
    let all: usize = page.iter().map(|block| block.text.len()).sum();
    if text.text.len() * 10 < all * 8 {
        return None;
    }
    let read = blocks(&text.text, text.lines.first.saturating_sub(1), chapters);
    let paragraphs = read.iter().filter(|block| ends_sentence(block.text.trim()) && cells(&block.text) >= PARAGRAPH);
    let (count, bytes) = paragraphs.fold((0, 0), |(count, bytes), block| (count + 1, bytes + block.text.len()));
    if count < SEVERAL || bytes * 5 < text.text.len() * 2 {
        return None;
    }
    let within =
        |lines: LineRange| LineRange { first: lines.first.min(text.lines.last), last: lines.last.min(text.lines.last) };
    let read = read.into_iter().map(|block| Block { lines: within(block.lines), ..block });
    Some(page.iter().take(index).cloned().chain(read).chain(page.iter().skip(index + 1).cloned()).collect())
}
