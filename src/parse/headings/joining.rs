//! Headings that converters set as two paragraphs, made one again: `01` and `The shop`, or a title of two lines.

use super::{BOLD, look, split};
use crate::document::{Block, BlockKind, Inline, LineRange, Styled};
use crate::parse::tables::Tables;
use crate::text::SafeText;

/// Images that may stand between a number and its title.
const BETWEEN: usize = 3;

/// Joins titles over two lines, and numbers that stand alone with the titles after them.
pub fn join(blocks: &mut Vec<Block>, tables: &Tables) {
    split::lines(blocks);
    join_lines(blocks);
    let alone: Vec<usize> =
        (0..blocks.len()).filter(|index| blocks.get(*index).is_some_and(|block| is_number(block, tables))).collect();
    if alone.is_empty() {
        return;
    }
    let in_series = alone.len() >= 2;
    let mut gone: Vec<usize> = Vec::new();
    for index in alone {
        let Some(number) = blocks.get(index) else { continue };
        let marked = number.heading_level().is_some() || is_bold(number);
        let Some(title) = title_after(blocks, index, marked || in_series, tables) else { continue };
        let level = number.heading_level().unwrap_or(BOLD);
        let joined = joined(blocks, index, title, " ");
        if let Some(block) = blocks.get_mut(title) {
            *block = joined;
            if block.kind == BlockKind::Paragraph {
                block.kind = BlockKind::Heading { level };
            }
            gone.push(index);
        }
    }
    remove(blocks, &gone);
}

/// Joins a bold line that ends in a comma with the bold line after it.
fn join_lines(blocks: &mut Vec<Block>) {
    let mut gone: Vec<usize> = Vec::new();
    for index in 1..blocks.len() {
        let (Some(first), Some(second)) = (blocks.get(index - 1), blocks.get(index)) else { break };
        let is_bold_line = |block: &Block| {
            block.kind == BlockKind::Paragraph && block.containers.is_empty() && look::is_bold_throughout(block)
        };
        let is_title = is_bold_line(first)
            && is_bold_line(second)
            && first.text.trim().ends_with(['，', ',', '、'])
            && first.text.len() + second.text.len() <= 150
            && !second.text.trim().ends_with(['。', '，', '；', '！', '.']);
        if is_title {
            let joined = joined(blocks, index - 1, index, "");
            if let Some(block) = blocks.get_mut(index) {
                *block = joined;
                gone.push(index - 1);
            }
        }
    }
    remove(blocks, &gone);
}

/// Takes out the blocks at some indices, which ascend.
fn remove(blocks: &mut Vec<Block>, gone: &[usize]) {
    if gone.is_empty() {
        return;
    }
    let mut index = 0;
    blocks.retain(|_| {
        index += 1;
        gone.binary_search(&(index - 1)).is_err()
    });
}

/// Whether a block is a number and nothing else.
fn is_number(block: &Block, tables: &Tables) -> bool {
    let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. });
    is_line
        && block.containers.is_empty()
        && block.text.len() <= 24
        && tables.number(&block.text).is_some_and(|number| number.stands_alone() && (1..=50).contains(&number.value))
}

fn is_bold(block: &Block) -> bool {
    block.styles.iter().any(|styled| styled.style == Inline::Strong)
}

/// The title that follows a number, images between them aside.
fn title_after(blocks: &[Block], number: usize, is_sure: bool, tables: &Tables) -> Option<usize> {
    let mut after = blocks.iter().enumerate().skip(number + 1).take(BETWEEN + 1);
    let (index, block) = after.find(|(_, block)| !matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule))?;
    let text = block.text.trim();
    let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. }) && block.containers.is_empty();
    let is_title = is_line
        && !is_number(block, tables)
        && text.lines().count() <= 2
        && (1..=48).contains(&text.chars().count())
        && !text.ends_with(['。', '；', '，', '：', ':', '.', ';', ',']);
    let looks_so = |block: &Block| block.heading_level().is_some() || is_bold(block);
    let next_looks_so = blocks.get(index + 1).is_some_and(|next| looks_so(next) && !is_number(next, tables));
    let suffices = looks_so(block) || (blocks.get(number).is_some_and(is_bold) && !next_looks_so);
    (is_title && is_sure && suffices).then_some(index)
}

/// A title with its number, or its first line, before it.
fn joined(blocks: &[Block], first: usize, title: usize, between: &str) -> Block {
    let (Some(first), Some(title)) = (blocks.get(first), blocks.get(title)) else { return Block::default() };
    let head = first.text.trim();
    let offset = (head.len() + between.len()) as u32;
    let shifted = title.styles.iter().map(|styled| Styled {
        range: styled.range.start + offset..styled.range.end + offset,
        style: styled.style.clone(),
    });
    let bold = is_bold(title).then_some(Styled { range: 0..offset, style: Inline::Strong });
    Block {
        text: SafeText::body(&format!("{head}{between}{}", title.text.as_str())),
        styles: bold.into_iter().chain(shifted).collect(),
        lines: LineRange { first: first.lines.first, last: title.lines.last },
        ..title.clone()
    }
}
