//! The levels of headings: by markup where there is markup, else by how they are numbered and where they stand.
//!
//! Lines that only look like headings stand below the heading by markup before them. Among themselves a form of
//! numbering stands below another if it starts anew, or stays, between that one's numbers; else the usual order holds.

use super::numbering::{self, Form};
use super::{BARE, BOLD};
use crate::document::{Block, BlockKind, Part};
use crate::parse::tables::Tables;

/// The deepest level.
const DEEPEST: u8 = 6;

/// A heading that is none by markup.
struct Line {
    index: usize,
    number: Option<(Form, u32)>,
    bare: bool,
    closes: bool,
    /// Whether another such line follows at once, so that this one has no text but theirs.
    is_parent: bool,
    level: u8,
}

/// Gives the headings of the body their levels: 1 is the first below the title.
pub fn level(blocks: &mut [Block], tables: &Tables) {
    drop_trailing(blocks);
    let markup = markup_levels(blocks);
    let mut lines: Vec<Line> = Vec::new();
    let mut above = 0;
    // A single heading by markup is one of the sections, not above those that only look like headings.
    let is_single = markup.len() == 1;
    let are_chapters = are_chapters(blocks, tables);
    let mut markup = markup.into_iter();
    let mut found: Vec<(usize, u8)> = Vec::new();
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.part == Part::Body) {
        match block.heading_level() {
            Some(level) if level < BOLD => {
                found.extend(placed(&mut lines, above));
                let level = markup.next().unwrap_or(1);
                above = if is_single { 0 } else { level };
                found.push((index, level));
            }
            // What closes a book of chapters is in none of them.
            Some(BARE) if are_chapters && markup.len() == 0 && tables.closes(&block.text) => {
                found.extend(placed(&mut lines, above));
                found.push((index, 1));
                above = 1;
            }
            Some(level) => lines.push(Line {
                index,
                number: tables.number(&block.text).map(|number| (number.form, number.value)),
                bare: level == BARE,
                closes: tables.closes(&block.text),
                is_parent: stands_before_heading(blocks, index),
                level: 1,
            }),
            None => {}
        }
    }
    found.extend(placed(&mut lines, above));
    for (index, found) in found {
        if let Some(Block { kind: BlockKind::Heading { level }, .. }) = blocks.get_mut(index) {
            *level = found.min(DEEPEST);
        }
    }
}

/// Lines at the very end that only looked like headings: there is nothing below them.
fn drop_trailing(blocks: &mut [Block]) {
    for block in blocks.iter_mut().rev().filter(|block| block.part == Part::Body) {
        match block.kind {
            BlockKind::Heading { level } if level >= BOLD => block.kind = BlockKind::Paragraph,
            BlockKind::Image { .. } | BlockKind::Rule => {}
            _ => return,
        }
    }
}

fn stands_before_heading(blocks: &[Block], index: usize) -> bool {
    let next = blocks.get(index + 1..).unwrap_or_default().iter().find(|block| block.part == Part::Body);
    next.is_some_and(|block| block.heading_level().is_some_and(|level| level >= BOLD))
}

/// Whether there are two or more headings by markup, each of which counts a chapter or a part.
fn are_chapters(blocks: &[Block], tables: &Tables) -> bool {
    let body = blocks.iter().filter(|block| block.part == Part::Body);
    let mut marked = body.filter(|block| block.heading_level().is_some_and(|level| level < BOLD));
    let counts = |block: &Block| tables.number(&block.text).is_some_and(|number| number.form == Form::Chapter);
    marked.next().is_some_and(counts) && marked.next().is_some_and(counts) && marked.all(counts)
}

/// The levels of the headings by markup, in their order: the ranks of the levels that are used. Headings above the
/// first one's level at an article's end (`# References` after `##` sections) stand beside the others.
fn markup_levels(blocks: &[Block]) -> Vec<u8> {
    let body = blocks.iter().filter(|block| block.part == Part::Body);
    let mut levels: Vec<u8> = body.filter_map(Block::heading_level).filter(|level| *level < BOLD).collect();
    let first = levels.first().copied().unwrap_or(1);
    if let Some(at) = levels.iter().position(|level| *level < first) {
        let (before, after) = levels.split_at_mut(at);
        if after.iter().all(|level| *level < first) && before.len() > 1 {
            after.fill(first);
        }
    }
    let mut used = levels.clone();
    used.sort_unstable();
    used.dedup();
    levels.iter().map(|level| used.iter().position(|other| other == level).unwrap_or(0) as u8 + 1).collect()
}

/// Empties the lines of one stretch between headings by markup, giving each its level below `above`.
fn placed(lines: &mut Vec<Line>, above: u8) -> Vec<(usize, u8)> {
    if lines.is_empty() {
        return Vec::new();
    }
    let is_section = |line: &Line| line.bare && line.number.is_none();
    if lines.first().is_some_and(is_section) && lines.iter().filter(|line| is_section(line)).count() >= 2 {
        // Lines that are headings by their words are the article's sections, bold ones stand in them.
        let mut found = Vec::new();
        let mut stretch = Vec::new();
        for line in lines.drain(..) {
            if is_section(&line) {
                found.extend(placed(&mut stretch, above + 1));
                found.push((line.index, above + 1));
            } else {
                stretch.push(line);
            }
        }
        found.extend(placed(&mut stretch, above + 1));
        return found;
    }
    numbering::settle(lines.iter_mut().filter_map(|line| line.number.as_mut()));
    let order = ladder(lines);
    for line in lines.iter_mut() {
        let rank = line.number.and_then(|(form, _)| order.iter().position(|other| *other == form));
        line.level = rank.map_or(1, |rank| rank as u8 + 1);
        if rank.is_none() {
            line.number = None;
        }
    }
    if order.is_empty() {
        by_look(lines);
    } else {
        among_numbers(lines);
    }
    without_gaps(lines);
    lines.drain(..).map(|line| (line.index, above + line.level)).collect()
}

/// Makes each level at most one deeper than that of the section it stands in.
fn without_gaps(lines: &mut [Line]) {
    let mut open: Vec<u8> = Vec::new();
    for line in lines {
        while open.last().is_some_and(|level| *level >= line.level) {
            open.pop();
        }
        open.push(line.level);
        line.level = open.len() as u8;
    }
}

/// The forms of numbering that some headings use, the highest first.
fn ladder(lines: &[Line]) -> Vec<Form> {
    let mut forms: Vec<Form> = lines.iter().filter_map(|line| line.number.map(|(form, _)| form)).collect();
    forms.sort_unstable();
    forms.dedup();
    // A form that counts once numbers nothing.
    forms.retain(|form| lines.iter().filter(|line| line.number.is_some_and(|(other, _)| other == *form)).count() > 1);
    let mut order: Vec<Form> = Vec::new();
    for form in forms {
        let at = order.iter().position(|other| is_below(lines, *other, form)).unwrap_or(order.len());
        order.insert(at, form);
    }
    order
}

/// Whether the numbers of one form stand below those of another: they start anew between them, or all stand between
/// two of them.
fn is_below(lines: &[Line], form: Form, above: Form) -> bool {
    // `1.1` says itself that it stands above `1.1.1`.
    if let (Form::Dotted(parts), Form::Dotted(above)) = (form, above) {
        return parts > above;
    }
    let numbers = |form: Form| {
        lines.iter().enumerate().filter_map(move |(index, line)| {
            line.number.filter(|(other, _)| *other == form).map(|(_, value)| (index, value))
        })
    };
    let restarts = |form: Form| {
        let numbers: Vec<_> = numbers(form).collect();
        numbers.windows(2).filter(|pair| matches!(pair, [(_, before), (_, after)] if after <= before)).count()
    };
    if restarts(form) > 0 && restarts(above) == 0 {
        return true;
    }
    let (Some((first, _)), Some((last, _))) = (numbers(form).next(), numbers(form).next_back()) else { return false };
    let between = numbers(above).any(|(index, _)| (first..=last).contains(&index));
    let before = numbers(above).any(|(index, _)| index < first);
    let after = numbers(above).any(|(index, _)| index > last);
    !between && before && after && restarts(above) == 0
}

/// Levels where nothing is numbered: a line that another follows at once stands above those up to the next such line.
fn by_look(lines: &mut [Line]) {
    let mut inside = false;
    for line in lines {
        if line.is_parent || line.closes {
            (line.level, inside) = (1, line.is_parent);
        } else {
            line.level = if inside { 2 } else { 1 };
        }
    }
}

/// Levels of the lines without a number, where others have one.
fn among_numbers(lines: &mut [Line]) {
    let is_numbered = |line: &Line| line.number.is_some();
    let first = lines.iter().position(is_numbered).unwrap_or(0);
    let last = lines.iter().rposition(is_numbered).unwrap_or(0);
    let nested = lines.iter().take(last).skip(first).any(|line| line.number.is_none());
    // Several sections without a number, the last of which holds the numbered ones.
    let holds_all = first >= 3 && !nested;
    let mut above = 0;
    let mut parent = 0;
    for (index, line) in lines.iter_mut().enumerate() {
        if line.number.is_some() {
            line.level += u8::from(holds_all);
            (above, parent) = (line.level, 0);
        } else if index < first || line.closes || (index > last && !nested) {
            (line.level, parent) = (1, 0);
            above = 0;
        } else if line.is_parent {
            line.level = above + 1;
            parent = line.level;
        } else {
            line.level = parent.max(above) + 1;
        }
    }
}
