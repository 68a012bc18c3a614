//! Sections as a reader would want them: headings by markup, and paragraphs that only look like headings.
//!
//! It refuses to invent text: a heading is a block that stands in the file.

pub mod numbering;

use crate::document::{Block, BlockKind, Inline, Part};
use numbering::Numbering;

/// Characters of a bold paragraph that may be a heading.
const LONGEST: usize = 60;

/// Turns paragraphs that stand for headings into headings: bold and nothing else, short, not a sentence.
pub fn promote(blocks: &mut [Block]) {
    for block in blocks.iter_mut() {
        if looks_like_heading(block) {
            block.kind = BlockKind::Heading { level: PSEUDO };
        }
    }
}

/// The level of a heading that is not one by markup, until [`level`] finds its place.
const PSEUDO: u8 = 9;

/// Gives the headings of the body their levels: 1 is the first below the title.
pub fn level(blocks: &mut [Block]) {
    let headings = || blocks.iter().filter(|block| block.part == Part::Body);
    let marked = headings().filter_map(Block::heading_level).filter(|level| *level < PSEUDO);
    let least = marked.min();
    let ladder = Numbering::ladder(
        headings().filter(|block| block.heading_level() == Some(PSEUDO)).map(|block| Numbering::of(&block.text)),
    );
    let mut above = 0;
    for block in blocks.iter_mut().filter(|block| block.part == Part::Body) {
        let BlockKind::Heading { level } = &mut block.kind else { continue };
        if *level < PSEUDO {
            *level = level.saturating_sub(least.unwrap_or(1)) + 1;
            above = *level;
        } else {
            let step = ladder.iter().position(|numbering| *numbering == Numbering::of(&block.text)).unwrap_or_default();
            *level = (above + step as u8 + 1).min(6);
        }
    }
}

/// Whether a paragraph is bold from end to end and reads like a heading.
fn looks_like_heading(block: &Block) -> bool {
    if block.kind != BlockKind::Paragraph || !block.containers.is_empty() {
        return false;
    }
    let text = block.text.trim();
    let length = text.chars().count();
    let is_sentence = text.ends_with(['。', '；', '！', '，', '!', ';', ',', '…', '、']) || text.ends_with("://");
    (1..=LONGEST).contains(&length)
        && !is_sentence
        && text.chars().any(char::is_alphanumeric)
        && text.lines().count() <= 2
        && is_bold_throughout(block)
        && !block.styles.iter().any(|styled| matches!(styled.style, Inline::Image { .. }))
}

/// Whether every letter of a block is strong.
fn is_bold_throughout(block: &Block) -> bool {
    let mut bold_to = 0;
    for styled in block.styles.iter().filter(|styled| styled.style == Inline::Strong) {
        let gap = block.text.get(bold_to..(styled.range.start as usize).max(bold_to)).unwrap_or_default();
        if gap.chars().any(char::is_alphanumeric) {
            return false;
        }
        bold_to = bold_to.max(styled.range.end as usize);
    }
    bold_to > 0 && !block.text.get(bold_to..).unwrap_or_default().chars().any(char::is_alphanumeric)
}
