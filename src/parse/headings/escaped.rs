//! Headings that converters wrote as text: `\# The water`, whose sign they took for a character of the line and escaped.
//!
//! It refuses hashtags and lines without a text below them.

use super::look;
use crate::document::{Block, BlockKind, Styled};
use crate::text::SafeText;
use crate::text::letters::{cells, has_letter};

/// Cells of the longest such heading.
const WIDEST: usize = 80;

/// Makes such lines the headings that they were.
pub fn restore(blocks: &mut [Block]) {
    for index in 0..blocks.len() {
        let Some(signs) = blocks.get(index).and_then(signs) else { continue };
        let is_picture = |block: &&Block| matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule);
        let next = blocks.iter().skip(index + 1).find(|block| !is_picture(block));
        let has_text = |block: &Block| block.heading_level().is_none() && !block.text.trim().is_empty();
        if !next.is_some_and(has_text) {
            continue;
        }
        if let Some(block) = blocks.get_mut(index) {
            let title = block.text.get(signs..).unwrap_or_default().trim_start();
            let cut = (block.text.len() - title.len()) as u32;
            let shifted = |styled: &Styled| Styled {
                range: styled.range.start.saturating_sub(cut)..styled.range.end.saturating_sub(cut),
                style: styled.style.clone(),
            };
            let styles = block.styles.iter().filter(|styled| styled.range.end > cut).map(shifted).collect();
            (block.text, block.styles) = (SafeText::body(title), styles);
            block.kind = BlockKind::Heading { level: signs as u8 };
        }
    }
}

/// The number signs that a line begins with, if it is such a heading.
fn signs(block: &Block) -> Option<usize> {
    let text = block.text.as_str();
    if text.as_bytes().first() != Some(&b'#') || block.kind != BlockKind::Paragraph || !block.containers.is_empty() {
        return None;
    }
    let title = text.trim_start_matches('#');
    let signs = text.len() - title.len();
    let is_title = signs <= 6
        && title.starts_with(' ')
        && !title.contains(['#', '\n'])
        && has_letter(title)
        && cells(title) <= WIDEST
        && !look::is_sentence(title.trim_end());
    is_title.then_some(signs)
}
