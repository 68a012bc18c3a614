//! Lines of plain text that stand between its paragraphs as headings do: short, no sentence, with text below.
//!
//! It refuses texts that are not written in sentences: verse, lists, code, what people said in a chat.

use super::BARE;
use super::look::{self, Look};
use crate::document::{Block, BlockKind, Container, ContainerKind};
use crate::parse::line::{begins_with_address, ends_sentence};
use crate::parse::tables::Tables;
use crate::text::letters::{cells, is_unspaced};
use std::collections::HashMap;

/// Cells of the longest such line: a heading without a number or markup is short.
const WIDEST: usize = 64;
/// Cells from which a paragraph is text and not a line.
const TEXT: usize = 24;
/// Cells of a line before the first text; shorter ones may be a name.
const NAME: usize = 16;

/// What the names of pictures end in.
const PICTURES: [&str; 6] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"];

/// What a block is among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A heading already.
    Heading,
    /// A paragraph that ends as sentences do.
    Text,
    /// A paragraph that ends in a colon: what it announces follows.
    Announcing,
    /// One of a list's items.
    Item,
    /// What may be a heading, and its cells.
    Line(usize),
    /// A paragraph that ends otherwise.
    Unended,
    /// Anything else.
    Other,
}

/// Turns the lines of plain text that stand for headings into headings; text that is not typed, but has lost how it
/// looked, must leave less doubt.
pub fn promote(blocks: &mut [Block], is_typed: bool, tables: &Tables) {
    let kinds = kinds(blocks, tables);
    let count = |wanted: Kind| kinds.iter().filter(|kind| **kind == wanted).count();
    let texts = count(Kind::Text);
    if texts * 2 < count(Kind::Unended) * 3 {
        return;
    }
    let found = found(blocks, &kinds, is_typed);
    if found.len() * if is_typed { 1 } else { 2 } > texts {
        return;
    }
    for index in found {
        if let Some(block) = blocks.get_mut(index) {
            block.kind = BlockKind::Heading { level: BARE };
        }
    }
}

fn kinds(blocks: &[Block], tables: &Tables) -> Vec<Kind> {
    let mut said: HashMap<u64, u32> = HashMap::new();
    // What a list names before its sections is said once more there.
    let is_plain = |block: &&Block| block.text.len() <= 4 * WIDEST && !is_in_list(block);
    for block in blocks.iter().filter(is_plain).filter(|block| tables.number(&block.text).is_none()) {
        *said.entry(look::hash(&block.text, tables)).or_default() += 1;
    }
    let is_once = |block: &Block| said.get(&look::hash(&block.text, tables)).is_none_or(|times| *times == 1);
    let kind = |block: &Block| {
        let text = block.text.trim();
        if block.heading_level().is_some() {
            return Kind::Heading;
        }
        if is_in_list(block) {
            return Kind::Item;
        }
        let look = Look::of(block, tables).filter(|look| {
            look.number.is_none()
                && (3..=WIDEST).contains(&look.cells)
                && !(look.is_label || look.is_open_label || look.is_offer || look.is_wordy)
                && block.lines.first == block.lines.last
                && could_be_title(look.text)
        });
        match look {
            Some(look) if is_once(block) => Kind::Line(look.cells),
            // What a colon announces is no heading.
            _ if text.ends_with(['：', ':']) && cells(text) >= TEXT => Kind::Announcing,
            _ if text.ends_with(['：', ':']) || is_code(text) => Kind::Other,
            _ if ends_sentence(text) && cells(text) >= TEXT => Kind::Text,
            // A number that stands for no section counts the items of a list.
            _ if ends_item(text) || begins_item(text) && tables.number(text).is_some() => Kind::Item,
            // Short answers say nothing of whether a text is written in sentences.
            _ if ends_sentence(text) => Kind::Item,
            _ if cells(text) >= WIDEST => Kind::Unended,
            _ => Kind::Other,
        }
    };
    blocks.iter().map(kind).collect()
}

/// Whether a line is no row of a table, no credit below an image, no code, no aside, and no question of the text's.
pub fn could_be_title(text: &str) -> bool {
    let is_aside = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    let is_asked = text.ends_with(['？', '?']) && text.contains(['，', ',']);
    let starts = text.chars().next().is_some_and(|c| !c.is_ascii_punctuation() || matches!(c, '[' | '(' | '#'));
    let is_row = text.contains("  ") || text.contains(['|', '｜', '\t']);
    let holds_more = text.contains('。') || text.contains("://") || text.contains(['{', '}', '\\', '@']);
    let is_picture = || !text.contains(' ') && PICTURES.iter().any(|ending| text.ends_with(ending));
    starts
        && !is_aside
        && !is_asked
        && !is_row
        && !holds_more
        && !is_code(text)
        && !begins_with_address(text)
        && !is_picture()
}

/// Whether a line is a command, a path or a statement: all of it is ASCII, and it begins or ends as no title does or has
/// signs that none has.
fn is_code(text: &str) -> bool {
    let signs = [" = ", "=\"", ");", "::", " --", "->", "=>", "</", "&&", "//", "$", "_", "<=", ">="];
    // Each of those has one of these.
    let may_have_sign = || text.bytes().any(|byte| b"=;:->/&$_".contains(&byte));
    let is_call = || text.ends_with([')', ']', ';']) && text.contains(['(', '[']);
    // A command or a path; the names of programs alone may be titles.
    let is_command = || text.starts_with(|c: char| c.is_ascii_lowercase()) && text.contains([' ', '/']);
    text.is_ascii() && (may_have_sign() && signs.iter().any(|sign| text.contains(sign)) || is_call() || is_command())
}

/// Whether a block is an item of a list, by its marker or by the mark that it begins with.
fn is_in_list(block: &Block) -> bool {
    let is_item_of = |container: &Container| matches!(container.kind, ContainerKind::Item { .. });
    block.containers.iter().any(is_item_of) || is_item(&block.text)
}

/// Whether a line begins with what could be a number.
fn begins_item(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '（'))
}

/// Whether a line ends as items of a list do in a script without spaces, and code does not.
fn ends_item(text: &str) -> bool {
    text.strip_suffix(';').is_some_and(|text| text.trim_end().ends_with(is_unspaced))
}

/// Whether a line begins as those of lists do.
pub fn is_item(text: &str) -> bool {
    let marks = ['-', '*', '•', '·', '・', '–', '—', '○', '●', '◆', '■', '□', '✅', '❌', '✓', '✔', '✗', '✘'];
    let marked = text.trim_start().strip_prefix(marks);
    marked.is_some_and(|rest| !rest.starts_with(['-', '*']))
}

/// The lines that stand as headings do, from the first to the last.
fn found(blocks: &[Block], kinds: &[Kind], is_typed: bool) -> Vec<usize> {
    let is_apart = |index: usize| {
        let above = index.checked_sub(1).and_then(|above| blocks.get(above));
        above.zip(blocks.get(index)).is_some_and(|(above, block)| block.lines.first > above.lines.last + 1)
    };
    // Where blank lines part the paragraphs they part a heading from what stands above it.
    let is_airy = (1..blocks.len()).filter(|index| is_apart(*index)).count() * 2 >= blocks.len();
    let first_text = kinds.iter().position(|kind| *kind == Kind::Text).unwrap_or(kinds.len());
    let kind = |index: usize| kinds.get(index).copied().unwrap_or(Kind::Other);
    let mut found: Vec<usize> = Vec::new();
    for (index, _) in blocks.iter().enumerate().skip(1) {
        let Kind::Line(cells) = kind(index) else { continue };
        let is_followed = kind(index + 1) == Kind::Text;
        let follows = match kind(index - 1) {
            Kind::Text => true,
            Kind::Announcing => index > first_text && is_followed && is_long(blocks, index + 1),
            Kind::Item => index > first_text,
            // Below a heading a line with a comma begins the text.
            Kind::Heading => index > first_text && !has_comma(blocks, index),
            Kind::Line(_) if index > first_text => found.last() == Some(&(index - 1)) && !has_comma(blocks, index),
            _ if index > first_text => is_airy && is_apart(index + 1) && !is_announced(blocks, index),
            _ => index + 1 == first_text && cells >= NAME && !has_number(blocks, index),
        };
        let leads = match kind(index + 1) {
            Kind::Text => true,
            Kind::Announcing => is_airy,
            Kind::Item | Kind::Heading => is_typed,
            // Two lines of a length are verse.
            Kind::Line(below) => {
                is_typed && below != cells && kind(index + 2) == Kind::Text && found.last() != Some(&(index - 1))
            }
            Kind::Unended | Kind::Other => false,
        };
        if follows && leads && (!is_airy || is_apart(index)) {
            found.push(index);
        }
    }
    found
}

/// Whether a paragraph is more than a sentence that a list could hold.
fn is_long(blocks: &[Block], index: usize) -> bool {
    blocks.get(index).is_some_and(|block| cells(&block.text) > WIDEST)
}

/// Whether the line above ends in a colon.
fn is_announced(blocks: &[Block], index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|above| blocks.get(above));
    above.is_some_and(|above| above.text.trim_end().ends_with(['：', ':']))
}

fn has_comma(blocks: &[Block], index: usize) -> bool {
    blocks.get(index).is_some_and(|block| block.text.contains(['，', ',']))
}

/// Whether a line tells a date or how long an article is.
fn has_number(blocks: &[Block], index: usize) -> bool {
    let digits = |block: &Block| block.text.chars().filter(char::is_ascii_digit).count();
    blocks.get(index).is_some_and(|block| digits(block) >= 3)
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The outline of a plain text, its headings parted by a bar; `…` stands for a sentence.
    #[track_caller]
    fn check(text: &str, outline: &str) {
        let prose = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收。来的人多半不买什么，只是站着翻几页，问问价钱。";
        let parts = text.split('…').enumerate();
        let text: String = parts
            .map(|(day, part)| if day == 0 { part.to_owned() } else { format!("第{day}天，{prose}{part}") })
            .collect();
        let document = parse(text.as_bytes(), &Hint::named("集市.txt"));
        let found: Vec<&str> = document.outline.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(found.join("|"), outline, "{text}");
    }

    #[test]
    fn lines_between_paragraphs() {
        check("河边集市\n\n…\n\n旧书摊\n\n…\n\n茶棚的来历\n\n…\n\n…", "旧书摊|茶棚的来历");
        check("…\n旧书摊\n…\n…\n茶棚\n- 绿茶\n- 红茶\n渡口\n…", "旧书摊|茶棚|渡口");
        check("…\n\n这里有：\n\n• 旧书摊\n• 茶棚\n\n…\n\n旧书摊\n\n…\n\n茶棚\n\n…", "旧书摊|茶棚");
        check("…\n\n书价 | 一 | 二\n\n旧书摊\n\n…\n\n茶棚\n\n…", "旧书摊|茶棚");
        check("…\n\n集市\n\n旧书摊\n\n…\n\n茶棚\n\n…", "集市|旧书摊|茶棚");
    }

    #[test]
    fn english_lines() {
        let prose = "The market opens in spring, and the sellers of old books stay there until it is dark. Few of those who come buy anything.";
        let text = format!("The Market\n\n{prose}\n\nThe sellers of books\n\n{prose}\n\nTea\n\n{prose}");
        check(&text, "The sellers of books|Tea");
    }

    #[test]
    fn lines_that_are_none() {
        // Verse, what is listed, a label, code.
        check("…\n\n白日依山去\n\n黄河入海来\n\n…\n\n…", "");
        check("…\n\n他带了这些：\n\n一本旧书\n\n半斤茶\n\n…\n\n…", "");
        check("…\n\n旧书摊的来历\n\n河边人多,风也大\n\n…\n\n…", "旧书摊的来历");
        // Names of pictures and of places on the network, versions.
        check("…\n\nimage.png\n\n…\n\ntea.example.com\n\n…\n\nTea >= 1.2\n\n…", "");
        check("…\n\n摊主：\n\n…\n\n客人：\n\n…", "");
        check("…\n\n河边的柳树｜陆小雨摄\n\n…\n\n（陆小雨摄）\n\n…\n\n可是，谁会来呢？\n\n…", "");
        // Who speaks.
        check("…\n\n摊主\n\n…\n\n客人\n\n…\n\n摊主\n\n…\n\n客人\n\n…", "");
        // A text that is not written in sentences.
        check("天亮了\n\n茶也煮好了\n\n他走出门去看\n\n…\n\n院子里落满了雪\n\n树上也有\n\n她还没有醒来\n\n…", "");
    }
}
