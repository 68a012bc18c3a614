//! Sections as a reader would want them: headings by markup, and paragraphs that only look like headings.
//!
//! It refuses to invent text: a heading is a block that stands in the file, or a number and a title that stand
//! together. What looks like a heading is weighed by signals, none of which suffices for a plain line.

pub mod joining;
pub mod levels;
pub mod look;
pub mod names;
pub mod numbering;

pub use joining::join;
pub use levels::level;

use crate::document::{Block, BlockKind};
use crate::parse::boilerplate::Phrases;
use look::Look;
use names::Names;
use numbering::Form;
use std::collections::HashMap;

/// The level of a bold line that stands for a heading, until [`level`] finds its place.
const BOLD: u8 = 9;
/// The level of a line that is a heading by its number or its words only.
const BARE: u8 = 10;
/// What a line must score to be a heading.
const ENOUGH: i32 = 3;

/// A paragraph that may be a heading.
struct Candidate<'a> {
    index: usize,
    look: Look<'a>,
    /// What follows: text of its own, or another heading at once.
    has_content: bool,
    after_image: bool,
}

/// Turns paragraphs that stand for headings into headings.
pub fn promote(blocks: &mut [Block], phrases: &Phrases) {
    let names = Names::built_in();
    let found: Vec<(usize, u8)> = {
        let candidates = candidates(blocks, phrases);
        let series = Series::of(&candidates);
        let named = candidates.iter().filter(|candidate| !candidate.look.bold && names.is_name(candidate.look.text));
        let has_bare_sections = named.count() >= 2;
        let is_heading = |candidate: &&Candidate| {
            score(candidate, &series, names.is_name(candidate.look.text), has_bare_sections) >= ENOUGH
        };
        candidates
            .iter()
            .filter(is_heading)
            .map(|candidate| (candidate.index, if candidate.look.bold { BOLD } else { BARE }))
            .collect()
    };
    for (index, level) in found {
        if let Some(block) = blocks.get_mut(index) {
            block.kind = BlockKind::Heading { level };
        }
    }
    contents(blocks);
}

fn candidates<'a>(blocks: &'a [Block], phrases: &Phrases) -> Vec<Candidate<'a>> {
    let looks: Vec<Option<Look>> = blocks.iter().map(|block| Look::of(block, phrases)).collect();
    let mut candidates = Vec::new();
    for (index, look) in looks.iter().enumerate() {
        let Some(look) = look else { continue };
        let is_quiet = |block: &&Block| matches!(block.kind, BlockKind::Rule);
        let before = blocks.get(..index).unwrap_or_default().iter().rev().find(|block| !is_quiet(block));
        let next = (index + 1..blocks.len()).find(|next| blocks.get(*next).is_some_and(|block| !is_quiet(&block)));
        let has_content = next.is_some_and(|next| {
            let is_same = looks.get(next).is_some_and(|other| {
                other.as_ref().is_some_and(|other| other.bold == look.bold && other.form() == look.form())
            });
            let is_heading = blocks.get(next).is_some_and(|block| block.heading_level().is_some());
            let is_bold = looks.get(next).is_some_and(|other| other.as_ref().is_some_and(|other| other.bold));
            let needs_text = look.number.is_some_and(|number| number.stands_alone());
            let is_text = !is_same || look.form().is_none() && !look.bold;
            !is_heading && !is_bold && is_text && (long(blocks, next) || !is_same && !needs_text)
        });
        let after_image = before.is_some_and(|block| matches!(block.kind, BlockKind::Image { .. }));
        candidates.push(Candidate { index, look: *look, has_content, after_image });
    }
    candidates
}

/// Whether a block is more than a line.
fn long(blocks: &[Block], index: usize) -> bool {
    blocks.get(index).is_some_and(|block| block.text.chars().count() > 24)
}

/// The runs of numbers that candidates form: 1, 2, 3 … in one form and one look.
struct Series {
    /// By form and look: members, and those with text of their own.
    runs: HashMap<(Form, bool), (usize, usize)>,
}

impl Series {
    fn of(candidates: &[Candidate]) -> Self {
        let mut last: HashMap<(Form, bool), u32> = HashMap::new();
        let mut runs: HashMap<(Form, bool), (usize, usize)> = HashMap::new();
        for candidate in candidates {
            let Some(number) = candidate.look.number else { continue };
            let key = (number.form, candidate.look.bold);
            let previous = last.insert(key, number.value);
            let follows = number.value == 1 || previous.is_some_and(|previous| number.value == previous + 1);
            if follows {
                let (members, with_content) = runs.entry(key).or_default();
                *members += 1;
                *with_content += usize::from(candidate.has_content);
            }
        }
        Self { runs }
    }

    /// Whether a number is one of several, most of which have text below them.
    fn holds(&self, look: &Look) -> bool {
        look.number.is_some_and(|number| {
            self.runs
                .get(&(number.form, look.bold))
                .is_some_and(|(members, with_content)| *members >= 2 && with_content * 2 > *members)
        })
    }
}

/// How much a line looks like a heading.
fn score(candidate: &Candidate, series: &Series, is_name: bool, has_bare_sections: bool) -> i32 {
    let look = &candidate.look;
    let could_be_section = !look.bold && look.number.is_none() && look.cells <= 40 && !look.is_label;
    let bare_number = look.number.is_some_and(|number| number.stands_alone());
    let signals = [
        (look.bold, 3),
        (is_name, 3),
        (look.number.is_some(), 1),
        (series.holds(look), 2),
        (candidate.has_content, 1),
        (has_bare_sections && could_be_section && candidate.has_content, 2),
        (look.is_label, -2),
        (look.is_offer, -2),
        (look.is_wordy, -2),
        (bare_number && !candidate.has_content, -2),
        (candidate.after_image && look.number.is_none() && !candidate.has_content, -2),
        (!look.bold && look.cells > 80, -1),
    ];
    signals.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum()
}

/// A printed table of contents is no section: three or more lines on end, each of which is a heading again later.
fn contents(blocks: &mut [Block]) {
    let is_pseudo = |block: &Block| block.heading_level().is_some_and(|level| level >= BOLD);
    let mut last: HashMap<String, usize> = HashMap::new();
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.heading_level().is_some()) {
        last.insert(look::key(&block.text), index);
    }
    let mut start = 0;
    while start < blocks.len() {
        let run = blocks.get(start..).unwrap_or_default().iter().enumerate();
        let repeats = |(offset, block): &(usize, &Block)| {
            is_pseudo(block) && last.get(&look::key(&block.text)).is_some_and(|index| *index > start + offset)
        };
        let length = run.take_while(repeats).count();
        if length >= 3 {
            for block in blocks.iter_mut().skip(start).take(length) {
                block.kind = BlockKind::Paragraph;
            }
        }
        start += length.max(1);
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The outline of a Markdown text, a line a heading, indented by level.
    #[track_caller]
    fn check(markdown: &str, outline: &str) {
        let document = parse(markdown.as_bytes(), &Hint { file_name: "a.md".into() });
        let found: Vec<String> = document
            .outline
            .sections
            .iter()
            .map(|section| format!("{}{}", "  ".repeat(usize::from(section.level) - 1), section.title))
            .collect();
        assert_eq!(found.join("\n"), outline, "{markdown}");
    }

    const PROSE: &str = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收。";

    fn text(lines: &[&str]) -> String {
        let mut text = "---\ntitle: 集市\n---\n\n".to_owned();
        for line in lines {
            text.push_str(if *line == "…" { PROSE } else { line });
            text.push_str("\n\n");
        }
        text
    }

    #[test]
    fn bold_lines() {
        check(&text(&["…", "**旧书摊**", "…", "**这一句只是强调，不是标题。**", "…", "**茶棚**", "…"]), "旧书摊\n茶棚");
    }

    #[test]
    fn numbers_and_titles_in_two_paragraphs() {
        check(
            &text(&["…", "**0****1**", "**旧书摊**", "…", "**02**", "![](a.png)", "**茶棚**", "…"]),
            "01 旧书摊\n02 茶棚",
        );
    }

    #[test]
    fn plain_numbered_lines() {
        check(&text(&["…", "一、旧书摊", "…", "二、茶棚", "…", "三、渡口", "…"]), "一、旧书摊\n二、茶棚\n三、渡口");
        check(&text(&["…", "1、旧书", "2、茶", "3、渡船", "…"]), "");
    }

    #[test]
    fn lines_that_are_headings_by_their_words() {
        check(
            &text(&["概述", "…", "集市的由来", "…", "**示例1 旧书**", "…", "总结", "…"]),
            "概述\n集市的由来\n  示例1 旧书\n总结",
        );
    }

    #[test]
    fn levels_by_number() {
        let lines = ["…", "**一、书**", "**01 | 旧书**", "…", "**02 | 新书**", "…", "**二、茶**", "**01 | 红茶**", "…"];
        check(&text(&lines), "一、书\n  01 | 旧书\n  02 | 新书\n二、茶\n  01 | 红茶");
        let nested = ["…", "**01 介绍**", "…", "**02 目录**", "**一、书**", "…", "**二、茶**", "…", "**03 报名**", "…"];
        check(&text(&nested), "01 介绍\n02 目录\n  一、书\n  二、茶\n03 报名");
    }

    #[test]
    fn captions_labels_and_offers_are_no_headings() {
        let lines = [
            "…",
            "**图1 集市**",
            "…",
            "**时间：三月**",
            "…",
            "**¥499 立即报名**",
            "…",
            "**#集市 #旧书**",
            "…",
            "**小节**",
            "…",
        ];
        check(&text(&lines), "小节");
    }
}
