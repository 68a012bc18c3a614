//! Headings that are sentences among others that are none: text that was made large.
//!
//! It refuses to judge an article all of whose headings are sentences.

use crate::document::{Block, BlockKind, Inline, Styled};

/// Makes such headings the strong lines that they are.
pub fn unmark(blocks: &mut [Block]) {
    let is_said = |block: &Block| {
        let text = block.text.trim_end();
        // A sentence, or one and what announces something.
        text.ends_with('。') && text.contains('，') || text.ends_with(['：', ':']) && text.contains('。')
    };
    let headings = || blocks.iter().filter(|block| block.heading_level().is_some());
    let count = headings().filter(|block| is_said(block)).count();
    if count == 0 || count * 2 >= headings().count() {
        return;
    }
    for block in blocks.iter_mut().filter(|block| block.heading_level().is_some() && is_said(block)) {
        block.kind = BlockKind::Paragraph;
        block.styles.insert(0, Styled { range: 0..block.text.len() as u32, style: Inline::Strong });
    }
}
