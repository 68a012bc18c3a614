//! Headings that converters set as two paragraphs, made one again: `01` and `The shop`, or a title of two lines.

use super::{BARE, BOLD, cut, look, split};
use crate::document::{Block, BlockKind, Inline, LineRange, Styled};
use crate::parse::line::ends_sentence;
use crate::parse::tables::Tables;
use crate::parse::tables::numbering::Form;
use crate::text::SafeText;
use crate::text::letters::{cells, is_unspaced, key};

/// Images that may stand between a number and its title.
const BETWEEN: usize = 3;
/// Cells from which a paragraph is text.
const TEXT: usize = 44;
/// Cells of a line that is no title any more.
const TITLE: usize = 64;
/// Cells of the longest title that asks or calls out.
const CALL: usize = 32;

/// Joins titles over two lines, and numbers that stand alone with the titles after them.
pub fn join(blocks: &mut Vec<Block>, tables: &Tables) {
    split::lines(blocks);
    join_lines(blocks);
    join_halves(blocks, tables);
    let alone: Vec<usize> =
        (0..blocks.len()).filter(|index| blocks.get(*index).is_some_and(|block| is_number(block, tables))).collect();
    if alone.is_empty() {
        return;
    }
    let in_series = alone.len() >= 2;
    let mut gone: Vec<usize> = Vec::new();
    let series = series(blocks, &alone, tables);
    for (position, index) in series {
        let next = alone.get(position + 1).copied().unwrap_or(blocks.len());
        if let Some(title) = plain_title(blocks, index, next) {
            let joined = joined(blocks, index, title, " ");
            if let Some(block) = blocks.get_mut(title) {
                *block = Block { kind: BlockKind::Heading { level: BARE }, ..joined };
            }
            gone.push(index);
        } else if let Some(block) = blocks.get_mut(index) {
            block.kind = BlockKind::Heading { level: BARE };
        }
    }
    if !gone.is_empty() {
        remove(blocks, &gone);
        return;
    }
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

/// The numbers alone that count the parts of a text, with their positions among all: from one on, in one form, none
/// bold or a heading already, and text below each.
fn series(blocks: &[Block], alone: &[usize], tables: &Tables) -> Vec<(usize, usize)> {
    let form = |index: &usize| Some(tables.number(&blocks.get(*index)?.text)?.form);
    let mut forms: Vec<Form> = alone.iter().filter_map(form).collect();
    forms.sort_unstable();
    forms.dedup();
    // Beside `01` and `（一）` other numbers are something else: pages, counters.
    let is_sure = |form: &Form| !matches!(form, Form::Digits | Form::Letter);
    let own = |wanted: Form| alone.iter().enumerate().filter(move |(_, index)| form(index) == Some(wanted));
    let all = || alone.iter().enumerate();
    let mut runs = forms.iter().filter(|form| is_sure(form)).map(|form| counted(blocks, alone, own(*form), tables));
    let run = runs.find(|run| !run.is_empty());
    run.unwrap_or_else(|| if forms.len() == 1 { counted(blocks, alone, all(), tables) } else { Vec::new() })
}

/// Numbers alone that count on from one, with a title each that no other has; none if one does not.
fn counted<'a>(
    blocks: &[Block],
    alone: &[usize],
    numbers: impl Iterator<Item = (usize, &'a usize)>,
    tables: &Tables,
) -> Vec<(usize, usize)> {
    let mut run: Vec<(usize, usize)> = Vec::new();
    let mut titles: Vec<String> = Vec::new();
    let mut is_digits = false;
    for (position, index) in numbers {
        let Some(block) = blocks.get(*index) else { continue };
        let Some(number) = tables.number(&block.text) else { continue };
        let end = alone.get(position + 1).copied().unwrap_or(blocks.len());
        let below = blocks.get(index + 1..end).unwrap_or_default();
        let has_text = below.iter().any(|block| cells(&block.text) >= TEXT);
        let is_plain = block.kind == BlockKind::Paragraph && !is_bold(block);
        let title = plain_title(blocks, *index, end).and_then(|title| blocks.get(title)).map(|title| key(&title.text));
        let is_said = title.as_ref().is_some_and(|title| titles.contains(title));
        if number.value as usize != run.len() + 1 || !has_text || !is_plain || is_said {
            return Vec::new();
        }
        titles.extend(title);
        // Digits alone are often something else.
        is_digits |= matches!(number.form, Form::Digits | Form::Padded | Form::Letter);
        run.push((position, *index));
    }
    if run.len() > usize::from(is_digits) + 1 { run } else { Vec::new() }
}

/// The line of plain text after a number that is its title: short, no sentence, with text below it.
fn plain_title(blocks: &[Block], number: usize, end: usize) -> Option<usize> {
    let title = blocks.get(number + 1).filter(|_| number + 2 < end)?;
    let text = title.text.trim();
    let is_called = cells(text) <= CALL && text.ends_with(['？', '！', '?', '!']) && !text.contains(['。', '，', ',']);
    let is_title = title.kind == BlockKind::Paragraph
        && title.containers.is_empty()
        && !text.contains('\n')
        && (2..TITLE).contains(&cells(text))
        && (!ends_sentence(text) && !look::is_sentence(text) || is_called)
        && !text.starts_with(['「', '“', '"', '『', '—']);
    is_title.then_some(number + 1)
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

/// Joins headings that a line end cut in two.
fn join_halves(blocks: &mut Vec<Block>, tables: &Tables) {
    let halves = cut::halves(blocks, tables);
    for first in &halves {
        let ends = |block: Option<&Block>, is_first: bool| {
            let mut characters = block.map(|block| block.text.trim().chars()).into_iter().flatten();
            if is_first { characters.next() } else { characters.last() }
        };
        let (before, after) = (ends(blocks.get(*first), false), ends(blocks.get(first + 1), true));
        let is_unspaced = before.is_some_and(is_unspaced) && after.is_some_and(is_unspaced);
        let joined = joined(blocks, *first, first + 1, if is_unspaced { "" } else { " " });
        if let Some(block) = blocks.get_mut(first + 1) {
            *block = joined;
        }
    }
    remove(blocks, &halves);
}

/// Takes out the blocks at some indices, which ascend.
fn remove(blocks: &mut Vec<Block>, gone: &[usize]) {
    if gone.is_empty() {
        return;
    }
    let mut index = 0;
    let mut names: Vec<SafeText> = Vec::new();
    blocks.retain_mut(|block| {
        index += 1;
        let stays = gone.binary_search(&(index - 1)).is_err();
        if stays {
            block.add_names(names.drain(..));
        } else {
            names.extend(std::mem::take(&mut block.names));
        }
        stays
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
    let leading = (first.text.len() - first.text.trim_start().len()) as u32;
    let place = |byte: u32| byte.saturating_sub(leading).min(head.len() as u32);
    let own = first.styles.iter().filter(|styled| styled.style != Inline::Strong || !is_bold(title)).map(|styled| {
        let range = place(styled.range.start)..place(styled.range.end);
        Styled { range, style: styled.style.clone() }
    });
    let own = own.filter(|styled| !styled.range.is_empty());
    let bold = is_bold(title).then_some(Styled { range: 0..offset, style: Inline::Strong });
    Block {
        text: SafeText::body(&format!("{head}{between}{}", title.text.as_str())),
        styles: bold.into_iter().chain(own).chain(shifted).collect(),
        lines: LineRange { first: first.lines.first, last: title.lines.last },
        ..title.clone()
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Inline;
    use crate::parse::{Hint, parse};

    #[test]
    fn links_of_the_first_line_stay() {
        let text = "河水流，人来人往，茶棚天亮就开，一直要开到天黑。";
        let markdown = format!("{text}\n\n**河边的[茶棚](/tea)，**\n\n**四十年[的火](/fire)**\n\n{text}\n");
        let document = parse(markdown.as_bytes(), &Hint::named("a.md"));
        let block = document.blocks.iter().find(|block| block.text.contains("茶棚，四十年")).unwrap();
        let links = block.styles.iter().filter(|styled| matches!(styled.style, Inline::Link { .. }));
        let range = |range: &std::ops::Range<u32>| range.start as usize..range.end as usize;
        let linked: Vec<&str> = links.map(|styled| block.text.get(range(&styled.range)).unwrap()).collect();
        assert_eq!(linked, ["茶棚", "的火"]);
    }
}
