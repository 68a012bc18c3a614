//! Numbered lines that Markdown takes for lists of one item each: `1. The water`, a paragraph, `2. The fire`.
//!
//! It refuses items that stand together: those are a list.

use super::look;
use crate::document::{Block, BlockKind, Container, ContainerKind, Styled};
use crate::parse::tables::Tables;
use crate::parse::tables::numbering::Form;
use crate::text::SafeText;
use std::sync::Arc;

/// Bytes of a line that may be a heading.
const LONGEST: usize = 150;

/// Makes such items the lines that they were, if their numbers follow each other and each has text below it, or if the
/// next heading goes on counting.
pub fn flatten(blocks: &mut [Block], tables: &Tables) {
    let alone: Vec<(usize, u32)> =
        (0..blocks.len()).filter_map(|index| Some((index, number(blocks, index)?))).collect();
    let mut run: Vec<(usize, u32)> = Vec::new();
    for (index, value) in alone {
        let goes_on = run.last().is_some_and(|(_, last)| value == last + 1);
        if !goes_on {
            close(blocks, &run, tables);
            run.clear();
        }
        run.push((index, value));
    }
    close(blocks, &run, tables);
}

fn close(blocks: &mut [Block], run: &[(usize, u32)], tables: &Tables) {
    let (Some((_, first)), Some(last)) = (run.first(), run.last()) else { return };
    let level = counted_on(blocks, *last, tables);
    if *first > 1 || run.len() < 2 && level.is_none() {
        return;
    }
    for (index, value) in run {
        if let Some(block) = blocks.get_mut(*index) {
            let number = format!("{value}. ");
            let shift = number.len() as u32;
            let shifted = |styled: &Styled| Styled {
                range: if styled.range.start == 0 { 0 } else { styled.range.start + shift }..styled.range.end + shift,
                style: styled.style.clone(),
            };
            block.styles = block.styles.iter().map(shifted).collect();
            block.text = SafeText::body(&format!("{number}{}", block.text.as_str()));
            block.containers = Arc::default();
            if let Some(level) = level {
                block.kind = BlockKind::Heading { level };
            }
        }
    }
}

/// The level of the next heading, if its number follows that of an item.
fn counted_on(blocks: &[Block], (item, value): (usize, u32), tables: &Tables) -> Option<u8> {
    let next = blocks.iter().skip(item + 1).find(|block| block.heading_level().is_some())?;
    let number = tables.number(&next.text)?;
    (number.form == Form::Digits && number.value == value + 1).then(|| next.heading_level())?
}

/// The number of a block that is the only one of the only item of a list, and has a paragraph after it.
fn number(blocks: &[Block], index: usize) -> Option<u32> {
    let block = blocks.get(index)?;
    let [Container { kind: ContainerKind::Item { marker, .. }, .. }] = &*block.containers else { return None };
    let stands_free = |block: Option<&Block>| block.is_some_and(|block| block.containers.is_empty());
    // Most items stand among others.
    let is_alone = index.checked_sub(1).is_none_or(|before| stands_free(blocks.get(before)))
        && stands_free(blocks.get(index + 1))
        && blocks.get(index + 1).is_some_and(|next| next.heading_level().is_none());
    let value = marker.strip_suffix('.').filter(|_| is_alone)?.parse().ok()?;
    let text = block.text.trim();
    let is_line = block.kind == BlockKind::Paragraph
        && text.len() <= LONGEST
        && !text.contains('\n')
        && !look::is_sentence(text)
        && !text.ends_with(['：', ':']);
    is_line.then_some(value)
}
