//! The levels of headings: by markup where there is markup, else by how they are numbered and where they stand.
//!
//! Lines that only look like headings stand below the heading by markup before them. Among themselves a form of
//! numbering stands below another if it starts anew, or stays, between that one's numbers; else the usual order holds.

use super::{BARE, BOLD};
use crate::document::{Block, BlockKind, Part};
use crate::parse::tables::Tables;
use crate::parse::tables::numbering::{self, Form};

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
    let markup = markup_levels(blocks, tables);
    let mut lines: Vec<Line> = Vec::new();
    let mut above = 0;
    // A single heading by markup is one of the sections, not above those that only look like headings.
    let is_single = markup.len() == 1;
    let are_chapters = are_chapters(blocks, tables);
    let is_mixed = is_mixed(blocks, tables);
    let mut markup = markup.into_iter();
    let mut found: Vec<(usize, u8)> = Vec::new();
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.part == Part::Body) {
        match block.heading_level() {
            Some(level) if level < BOLD && !is_mixed => {
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

/// Whether all headings by markup are of one level and numbered, and stand below lines that are numbered too, and only
/// look like headings: then the numbers say more than the markup.
fn is_mixed(blocks: &[Block], tables: &Tables) -> bool {
    let mut lines: Vec<Line> = Vec::new();
    let mut marked: Option<(u8, Form)> = None;
    let headings = blocks.iter().filter(|block| block.part == Part::Body);
    for (level, text) in headings.filter_map(|block| Some((block.heading_level()?, &block.text))) {
        let number = tables.number(text).map(|number| (number.form, number.value));
        if level < BOLD {
            let Some((form, _)) = number else { return false };
            if *marked.get_or_insert((level, form)) != (level, form) {
                return false;
            }
        }
        let index = lines.len();
        lines.push(Line { index, number, bare: false, closes: false, is_parent: false, level });
    }
    let Some((_, below)) = marked else { return false };
    let mut above: Vec<Form> =
        lines.iter().filter(|line| line.level >= BOLD).filter_map(|line| Some(line.number?.0)).collect();
    let count = above.len();
    above.dedup();
    count >= 2 && matches!(*above, [above] if above != below && is_below(&lines, below, above))
}

/// Whether there are two or more headings by markup, each of which counts a chapter or a part.
fn are_chapters(blocks: &[Block], tables: &Tables) -> bool {
    let body = blocks.iter().filter(|block| block.part == Part::Body);
    let mut marked = body.filter(|block| block.heading_level().is_some_and(|level| level < BOLD));
    let counts =
        |block: &Block| tables.number(&block.text).is_some_and(|number| matches!(number.form, Form::Chapter(_)));
    marked.next().is_some_and(counts) && marked.next().is_some_and(counts) && marked.all(counts)
}

/// The levels of the headings by markup, in their order: the ranks of the levels that are used. Headings above the
/// first one's level at an article's end (`# References` after `##` sections) stand beside the others.
fn markup_levels(blocks: &[Block], tables: &Tables) -> Vec<u8> {
    let body = || blocks.iter().filter(|block| block.part == Part::Body);
    let marked = || body().filter(|block| block.heading_level().is_some_and(|level| level < BOLD));
    let mut levels: Vec<u8> = marked().filter_map(Block::heading_level).collect();
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
    let rank = |level: &u8| used.iter().position(|other| other == level).unwrap_or(0) as u8 + 1;
    let mut ranks: Vec<u8> = levels.iter().map(rank).collect();
    below_their_numbers(&mut ranks, marked().map(|block| number_parts(&block.text, tables)));
    ranks
}

/// The parts of a number that says itself where it stands: `4`, `4.1`; none of other headings.
pub(super) fn number_parts(text: &str, tables: &Tables) -> Vec<u32> {
    match tables.number(text).map(|number| number.form) {
        Some(Form::Digits | Form::Dotted(_)) => {
            let digits = text.trim_start().split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default();
            digits.split('.').filter_map(|part| part.parse().ok()).collect()
        }
        _ => Vec::new(),
    }
}

/// Puts `4.1` below `4` where markup gives both one level, and what stands there between two such sections.
fn below_their_numbers(ranks: &mut [u8], numbers: impl Iterator<Item = Vec<u32>>) {
    // The last section with a number that holds others, and its level.
    let mut parent: (Vec<u32>, u8) = (Vec::new(), 0);
    let mut between: Vec<usize> = Vec::new();
    for (index, number) in numbers.enumerate() {
        let Some(rank) = ranks.get(index).copied() else { return };
        let is_child = number.len() == parent.0.len() + 1 && !parent.0.is_empty() && number.starts_with(&parent.0);
        match () {
            () if is_child => {
                let same = std::mem::take(&mut between).into_iter().chain((rank == parent.1).then_some(index));
                for index in same {
                    ranks.get_mut(index).into_iter().for_each(|rank| *rank += 1);
                }
            }
            () if number.is_empty() && rank == parent.1 => between.push(index),
            () if number.is_empty() && rank > parent.1 => {}
            () if !parent.0.is_empty() && number.len() > parent.0.len() => {}
            () => {
                parent = (number, rank);
                between.clear();
            }
        }
    }
}

/// Empties the lines of one stretch between headings by markup, giving each its level below `above`.
fn placed(lines: &mut Vec<Line>, above: u8) -> Vec<(usize, u8)> {
    if lines.is_empty() {
        return Vec::new();
    }
    let is_section = |line: &Line| line.bare && line.number.is_none();
    let are_sections = lines.first().is_some_and(is_section) && !are_counted_through(lines);
    if are_sections && lines.iter().filter(|line| is_section(line)).count() >= 2 {
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

/// Whether a form of numbering goes on from one to three or more across lines that are headings by their words: it stands
/// above them.
fn are_counted_through(lines: &[Line]) -> bool {
    const SEVERAL: usize = 3;
    let mut forms: Vec<Form> = lines.iter().filter_map(|line| line.number.map(|(form, _)| form)).collect();
    forms.sort_unstable();
    forms.dedup();
    forms.into_iter().any(|form| {
        let of_form = |line: &Line| line.number.filter(|(other, _)| *other == form).map(|(_, value)| value);
        let values: Vec<u32> = lines.iter().filter_map(of_form).collect();
        let (first, last) = (
            lines.iter().position(|line| of_form(line).is_some()),
            lines.iter().rposition(|line| of_form(line).is_some()),
        );
        let between = first.zip(last).and_then(|(first, last)| lines.get(first..last)).unwrap_or_default();
        let is_section = |line: &Line| line.bare && line.number.is_none();
        values.len() >= SEVERAL
            && values.iter().zip(1..).all(|(value, count)| *value == count)
            && between.iter().any(is_section)
    })
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
    let is_used = |form: Form| lines.iter().any(|line| line.number.is_some_and(|(other, _)| other == form));
    // What stands above a number in parts.
    let has_parent = |form: Form| match form {
        Form::Dotted(2) => is_used(Form::Digits),
        Form::Dotted(parts) => is_used(Form::Dotted(parts - 1)),
        _ => false,
    };
    // A form that counts once numbers nothing, unless it says itself what it is a part of.
    let count = |form: Form| lines.iter().filter(|line| line.number.is_some_and(|(other, _)| other == form)).count();
    forms.retain(|form| count(*form) > 1 || has_parent(*form));
    let mut order: Vec<Form> = Vec::new();
    for form in forms {
        let at = order.iter().position(|other| is_below(lines, *other, form)).unwrap_or(order.len());
        order.insert(at, form);
    }
    order
}

/// Whether the numbers of one form stand below those of another: they start anew between them, all stand between two of
/// them, or begin at once behind each.
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
    if restarts(above) == 0 && begins_behind_each(lines, form, above) {
        return true;
    }
    let (Some((first, _)), Some((last, _))) = (numbers(form).next(), numbers(form).next_back()) else { return false };
    let between = numbers(above).any(|(index, _)| (first..=last).contains(&index));
    let before = numbers(above).any(|(index, _)| index < first);
    let after = numbers(above).any(|(index, _)| index > last);
    !between && before && after && restarts(above) == 0
}

/// Whether each number of a form, of two or more, has one of another at once behind it, and nothing between.
fn begins_behind_each(lines: &[Line], form: Form, above: Form) -> bool {
    let is = |line: &Line, form: Form| line.number.is_some_and(|(other, _)| other == form);
    let holding = lines.iter().enumerate().filter(|(_, line)| is(line, above));
    let holds = |index: usize| lines.get(index + 1).is_some_and(|next| is(next, form));
    holding.clone().count() > 1 && holding.into_iter().all(|(index, line)| line.is_parent && holds(index))
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

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The outline of a Markdown text, a line a heading, indented by level; each has a sentence below it.
    #[track_caller]
    fn check(headings: &[&str], outline: &str) {
        let prose = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收。";
        let text: String = headings.iter().map(|heading| format!("{heading}\n\n{prose}\n\n")).collect();
        let document = parse(format!("---\ntitle: 集市\n---\n\n{prose}\n\n{text}").as_bytes(), &Hint::named("a.md"));
        let shown = document.outline.sections.iter();
        let found: Vec<String> =
            shown.map(|section| format!("{}{}", "  ".repeat(usize::from(section.level) - 1), section.title)).collect();
        assert_eq!(found.join("\n"), outline, "{text}");
    }

    #[test]
    fn numbers_say_more_than_a_single_level_of_markup() {
        let lines = [
            "**01 书**",
            "### A. 旧书",
            "### B. 新书",
            "**02 茶**",
            "**03 船**",
            "### A. 木船",
            "### B. 竹排",
            "**04 人**",
        ];
        check(&lines, "01 书\n  A. 旧书\n  B. 新书\n02 茶\n03 船\n  A. 木船\n  B. 竹排\n04 人");
        check(&["**书**", "### A. 旧书", "### B. 新书", "**茶**"], "书\nA. 旧书\nB. 新书\n  茶");
    }

    #[test]
    fn what_is_made_of_chapters_stands_above_them() {
        check(
            &["第一章 书", "**第1节 旧书**", "**第2节 新书**", "第二章 茶", "**第1节 红茶**", "**第2节 绿茶**"],
            "第一章 书\n  第1节 旧书\n  第2节 新书\n第二章 茶\n  第1节 红茶\n  第2节 绿茶",
        );
        check(
            &["**Part 1**", "**Chapter 1**", "**Chapter 2**", "**Part 2**", "**Chapter 3**"],
            "Part 1\n  Chapter 1\n  Chapter 2\nPart 2\n  Chapter 3",
        );
        check(
            &["**阶段一：书**\n\n**第1周：旧**", "**第2周：新**", "**阶段二：茶**\n\n**第3周：红**", "**第4周：绿**"],
            "阶段一：书\n  第1周：旧\n  第2周：新\n阶段二：茶\n  第3周：红\n  第4周：绿",
        );
    }

    #[test]
    fn dotted_numbers_stand_below_theirs() {
        check(
            &["# 1 书", "# 1.1 旧书", "# 摊主", "## 1.2 新书", "# 2 茶"],
            "1 书\n  1.1 旧书\n  摊主\n  1.2 新书\n2 茶",
        );
        check(&["## 1. 书", "## 1.1 旧书", "## 茶"], "1. 书\n  1.1 旧书\n茶");
        check(&["## 1. 书", "### 旧书", "## 茶", "## 2. 船"], "1. 书\n  旧书\n茶\n2. 船");
    }

    #[test]
    fn what_closes_a_book_is_in_no_chapter() {
        let novel = "第一章 书\n\n　　天亮了，他走出门去。\n\n第二章 茶\n\n　　茶也煮好了，他还没有回来。\n\n后记\n\n　　写于春天的河边。\n";
        let document = parse(novel.as_bytes(), &Hint::named("集市.txt"));
        let levels: Vec<u8> = document.outline.sections.iter().map(|section| section.level).collect();
        assert_eq!(levels, [1, 1, 1]);
    }
}
