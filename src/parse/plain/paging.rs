//! What a typed text has because it was typed on pages: a memo's head above its title, a box around it, and what stands
//! at the head and foot of each page.
//!
//! It refuses to find headings: those are the text's.

use super::{GAP, margins};
use crate::document::{Block, Part};
use crate::text::SafeText;
use crate::text::letters::cells;

/// Lines among which a text's head stands.
const HEAD: usize = 40;

/// Marks the blocks that are the frame of a text, `lines_before` being the lines of the file above it.
pub fn mark(text: &str, lines: &[&str], lines_before: u32, blocks: &mut [Block]) {
    between_pages(blocks);
    above_text(text, lines, lines_before, blocks);
    running_heads(lines, lines_before, blocks);
}

/// The title that a text shows by its place: in the middle of the page below a memo's head, in a box, along the head of
/// every page.
pub fn title(text: &str) -> Option<SafeText> {
    let lines: Vec<&str> = text.lines().take(HEAD).collect();
    let named = margins::boxed(&lines).or_else(|| margins::running_head(&lines));
    named.map(|(_, title)| SafeText::line(title)).or_else(|| memo(text).map(|(title, _)| SafeText::line(&title)))
}

/// The title that stands in the middle of the page below a memo's head, which is set in two columns, and the lines down
/// to it.
fn memo(text: &str) -> Option<(String, u32)> {
    let mut lines = text.lines().zip(1..).take(HEAD).skip_while(|(line, _)| line.trim().is_empty());
    if !lines.next()?.0.trim_start().contains(GAP) {
        return None;
    }
    let is_centred = |line: &str| {
        let indent = cells(line) - cells(line.trim_start());
        let width = 2 * indent + cells(line.trim());
        indent >= 2 && (48..=88).contains(&width) && !line.trim().contains(GAP)
    };
    let mut below =
        lines.skip_while(|(line, _)| !line.trim().is_empty()).skip_while(|(line, _)| line.trim().is_empty()).peekable();
    let mut title = String::new();
    let mut last = 0;
    while let Some((line, number)) = below.next_if(|(line, _)| is_centred(line)) {
        title.push_str(if title.is_empty() { "" } else { " " });
        title.push_str(line.trim());
        last = number;
    }
    (last > 0).then_some((title, last))
}

/// Marks what a typewriter put at the foot of one page and at the head of the next: `Lu [Page 3]`.
fn between_pages(blocks: &mut [Block]) {
    let is_head = |block: &Block| block.lines.first == block.lines.last && block.text.contains(GAP);
    let mut after_foot = false;
    for block in blocks {
        let is_foot = is_foot(&block.text);
        if is_foot || after_foot && is_head(block) {
            block.part = Part::Boilerplate;
        }
        after_foot = is_foot;
    }
}

fn is_foot(text: &str) -> bool {
    let number =
        text.trim_end().strip_suffix(']').and_then(|text| text.rsplit_once("[Page ")).map(|(_, number)| number);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b' '))
}

/// Marks what stands down to the title by its place.
fn above_text(text: &str, lines: &[&str], lines_before: u32, blocks: &mut [Block]) {
    let head = memo(text).map_or(0, |(_, lines)| lines);
    let head = lines_before + margins::boxed(lines).map_or(head, |(index, _)| index as u32 + 2);
    for block in blocks.iter_mut().take_while(|block| block.lines.last <= head) {
        block.part = Part::TitleBlock;
    }
}

/// Marks the name that runs along the head and foot of each page; where it stands first it is the title.
fn running_heads(lines: &[&str], lines_before: u32, blocks: &mut [Block]) {
    let Some((index, name)) = margins::running_head(lines) else { return };
    let first = lines_before + index as u32 + 1;
    for block in blocks.iter_mut().filter(|block| block.lines.first == block.lines.last) {
        match block.lines.first == first {
            true => block.part = Part::TitleBlock,
            false if margins::is_running(&block.text, name) => block.part = Part::Boilerplate,
            false => (),
        }
    }
}
