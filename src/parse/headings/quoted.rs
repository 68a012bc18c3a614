//! What stands in quotes: an article that a program saved as one long quote, and headings that are quoted.
//!
//! It refuses to take a quotation for the article: nearly all of a text must stand in one and the same quote.

use crate::document::{Block, BlockKind, ContainerKind, Inline, Styled};

/// Blocks of an article.
const SEVERAL: usize = 4;
/// Bytes of an article.
const LEAST: usize = 300;

/// Takes the quote away in which a whole article stands.
pub fn lift(blocks: &mut [Block]) {
    let Some(quote) = quote_of_all(blocks) else { return };
    for block in blocks.iter_mut().filter(|block| outermost_quote(block) == Some(quote)) {
        block.containers = block.containers.iter().skip(1).cloned().collect();
    }
}

/// A heading that is quoted opens no section of the article: it is a strong line.
pub fn unmark(blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| block.heading_level().is_some()) {
        if block.containers.iter().any(|container| !matches!(container.kind, ContainerKind::Item { .. })) {
            block.kind = BlockKind::Paragraph;
            block.styles.insert(0, Styled { range: 0..block.text.len() as u32, style: Inline::Strong });
        }
    }
}

/// The quote in which nine tenths of a text stand.
fn quote_of_all(blocks: &[Block]) -> Option<u32> {
    // Most texts begin outside of quotes; some lines of metadata may stand above one.
    let quote = blocks.iter().take(2 * SEVERAL).filter_map(outermost_quote).next_back()?;
    let (mut count, mut inside, mut all) = (0, 0, 0);
    for block in blocks {
        let is_inside = outermost_quote(block) == Some(quote);
        count += usize::from(is_inside);
        inside += if is_inside { block.text.len() } else { 0 };
        all += block.text.len();
    }
    (count >= SEVERAL && inside >= LEAST && inside * 10 >= all * 9).then_some(quote)
}

fn outermost_quote(block: &Block) -> Option<u32> {
    let outermost = block.containers.first()?;
    matches!(outermost.kind, ContainerKind::Quote).then_some(outermost.id)
}
