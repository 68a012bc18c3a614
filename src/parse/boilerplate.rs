//! What a scraped file holds besides its article: the title block before it, interface text and promotion after it.
//!
//! It refuses to delete: parts are marked, and the raw view shows them. In doubt a block is the article's: a true
//! last sentence, a credit line or a reference is worth more than a clean end.

pub mod phrases;

use crate::document::{Block, BlockKind, Meta, Part};
use crate::text::fold;
use phrases::Phrases;

/// Blocks at the start that may be a title block.
const TITLE_BLOCKS: usize = 24;
/// Characters from which a paragraph is taken for the article's text.
const PROSE: usize = 48;
/// Characters of a name.
const NAME: usize = 16;

/// Marks the title block and the boilerplate of an article.
pub fn mark(blocks: &mut [Block], meta: &Meta) {
    let phrases = Phrases::built_in();
    repeated_titles(blocks, meta);
    title_block(blocks, meta, &phrases);
    tail(blocks, &phrases);
    empty_images(blocks);
}

/// Headings that say the title again.
fn repeated_titles(blocks: &mut [Block], meta: &Meta) {
    let title = key(&meta.title);
    for block in blocks.iter_mut().take(TITLE_BLOCKS) {
        let is_line = block.heading_level().is_some() || block.kind == BlockKind::Paragraph;
        if block.part == Part::Body && is_line && !title.is_empty() && key(&block.text) == title {
            block.part = Part::TitleBlock;
        }
    }
}

/// Byline, account, cover and subscription lines between the title and the first paragraph.
fn title_block(blocks: &mut [Block], meta: &Meta, phrases: &Phrases) {
    let end = blocks
        .iter()
        .take(TITLE_BLOCKS)
        .position(|block| block.part == Part::Body && starts_article(block, meta, phrases));
    let Some(end) = end else { return };
    let has_byline = blocks
        .iter()
        .take(end)
        .any(|block| block.part == Part::TitleBlock || phrases.is_head(&block.text) || is_name_of(block, meta));
    if !has_byline {
        return;
    }
    for block in blocks.iter_mut().take(end).filter(|block| block.part == Part::Body) {
        block.part = Part::TitleBlock;
    }
}

/// Whether a block is the first of the article proper.
fn starts_article(block: &Block, meta: &Meta, phrases: &Phrases) -> bool {
    let text = block.text.trim();
    let length = text.chars().count();
    match block.kind {
        BlockKind::Image { .. } | BlockKind::Rule => false,
        BlockKind::Heading { .. } => !phrases.is_head(text) && !is_name_of(block, meta),
        BlockKind::Code { .. } | BlockKind::Table(_) => true,
        BlockKind::Paragraph if phrases.is_head(text) && length < 2 * PROSE => false,
        BlockKind::Paragraph if is_name_of(block, meta) => false,
        BlockKind::Paragraph => length > NAME || text.ends_with(['。', '！', '？', '：', '.', '!', '?', ':', '”', '…']),
    }
}

/// Whether a short line is the author, the source, the date, or a name of that kind.
fn is_name_of(block: &Block, meta: &Meta) -> bool {
    let line = key(&block.text);
    let known = [meta.author.as_ref(), meta.source.as_ref(), meta.date.as_ref()].into_iter().flatten();
    !line.is_empty() && known.into_iter().any(|name| key(name) == line)
}

/// Interface text and promotion at the end.
fn tail(blocks: &mut [Block], phrases: &Phrases) {
    let interface = blocks.iter().position(|block| phrases.is_interface(&block.text) && !is_prose(block));
    let mut end = interface.unwrap_or(blocks.len());
    let mut promotion = interface.is_some();
    let mut kept = end;
    while end > 0 {
        let Some(block) = blocks.get(end - 1) else { break };
        let text = block.text.trim();
        let is_empty = matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule) || text.is_empty();
        let is_promotion = phrases.is_tail(text) && !is_prose(block);
        let between = promotion && !phrases.is_credit(text) && text.chars().count() <= NAME && !ends_sentence(text);
        if is_promotion || (between && block.heading_level().is_some()) {
            promotion = true;
            kept = end - 1;
        } else if !(is_empty || between && next_is_tail(blocks, end - 1, phrases)) {
            break;
        }
        end -= 1;
    }
    if promotion {
        let images = blocks.get(..kept).unwrap_or_default().iter().rev();
        let trailing =
            images.take_while(|block| matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule)).count();
        let start = if interface.is_some() { kept - trailing } else { kept };
        for block in blocks.iter_mut().skip(start) {
            block.part = Part::Boilerplate;
        }
    }
}

/// Whether the block before one, images aside, is promotion too.
fn next_is_tail(blocks: &[Block], index: usize, phrases: &Phrases) -> bool {
    let before = blocks.get(..index).unwrap_or_default().iter().rev();
    before.take(6).any(|block| phrases.is_tail(&block.text) && !is_prose(block))
}

fn is_prose(block: &Block) -> bool {
    block.text.chars().count() >= PROSE * 2
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '」', '』', '）', ')', '"']).ends_with(['。', '！', '？', '.', '!', '?', '…'])
}

/// Images with neither a description nor an address say nothing.
fn empty_images(blocks: &mut [Block]) {
    for block in blocks {
        if matches!(&block.kind, BlockKind::Image { url } if url.is_empty() && block.text.is_empty()) {
            block.part = Part::Boilerplate;
        }
    }
}

/// What two lines have in common when they say the same: letters and digits, folded.
fn key(text: &str) -> String {
    fold::fold(text).text.chars().filter(|c| c.is_alphanumeric()).collect()
}
