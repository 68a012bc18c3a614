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
    numbers_alone(blocks);
}

/// A number that stands alone above a heading belongs to it and is no section of its own.
fn numbers_alone(blocks: &mut [Block]) {
    let is_number = |text: &str| {
        let text = text.trim();
        (1..=4).contains(&text.chars().count())
            && text.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十.、".contains(c))
    };
    for index in 1..blocks.len() {
        let is_titled = blocks[index].heading_level().is_some() && !is_number(&blocks[index].text);
        if is_titled && blocks[index - 1].heading_level() == Some(PSEUDO) && is_number(&blocks[index - 1].text) {
            blocks[index - 1].kind = BlockKind::Paragraph;
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

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    #[test]
    fn a_number_above_its_title_is_no_section() {
        let source = "# 题\n\n正文从这里开始，写得长一些，免得被当作别的什么东西来看待。\n\n**01**\n\n**起**\n\n一。\n\n**02**\n\n**承**\n\n二。\n";
        let document = parse(source.as_bytes(), &Hint { file_name: "a.md".to_owned() });
        let titles: Vec<_> = document.outline.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(titles, ["起", "承"]);
    }
}
