//! Sections as a reader would want them: headings by markup, and paragraphs that only look like headings.
//!
//! It refuses to invent text: a heading is a block that stands in the file, or a number and a title that stand
//! together. What looks like a heading is weighed by signals, none of which suffices for a plain line.

pub mod anchors;
pub mod cells;
pub mod contents;
pub mod cut;
pub mod emblems;
pub mod escaped;
pub mod fields;
pub mod items;
pub mod joining;
pub mod levels;
pub mod lone;
pub mod look;
pub mod quoted;
pub mod said;
pub mod split;

pub use joining::join;
pub use levels::level;

use crate::document::{Block, BlockKind};
use crate::parse::line::begins_with_address;
use crate::parse::tables::Tables;
use crate::parse::tables::numbering::{self, Form};
use look::Look;
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
    /// Whether it says the name of a section.
    is_name: bool,
    /// Whether it may be such a name by what it ends in.
    is_like_name: bool,
    /// What follows: text of its own, or another heading at once.
    has_content: bool,
    after_image: bool,
    before_code: bool,
    before_address: bool,
}

/// Turns paragraphs that stand for headings into headings.
pub fn promote(blocks: &mut [Block], tables: &Tables) {
    quoted::unmark(blocks);
    said::unmark(blocks);
    items::flatten(blocks, tables);
    let found: Vec<(usize, u8)> = {
        let candidates = candidates(blocks, tables);
        let series = Series::of(&candidates, tables);
        // What may be a name by its end speaks for itself, and for no other line.
        let named = candidates.iter().filter(|candidate| !candidate.look.bold && candidate.is_name);
        let has_bare_sections = named.count() >= 2;
        let is_heading = |candidate: &&Candidate| score(candidate, &series, has_bare_sections) >= ENOUGH;
        let level = |candidate: &Candidate| (candidate.index, if candidate.look.bold { BOLD } else { BARE });
        let mut found = candidates.iter().filter(is_heading).map(level).collect();
        cells::leave_out(&mut found, &candidates, blocks);
        fields::leave_out(&mut found, &candidates, blocks);
        found
    };
    for (index, level) in found {
        if let Some(block) = blocks.get_mut(index) {
            block.kind = BlockKind::Heading { level };
        }
    }
    contents::unmark(blocks, tables);
}

fn candidates<'a>(blocks: &'a [Block], tables: &Tables) -> Vec<Candidate<'a>> {
    let looked_at = blocks.iter().enumerate();
    let looks: Vec<(usize, Look)> =
        looked_at.filter_map(|(index, block)| Some((index, Look::of(block, tables)?))).collect();
    let mut candidates = Vec::new();
    for (place, &(index, look)) in looks.iter().enumerate() {
        let look_of = |next: usize| looks.get(place + 1).filter(|(index, _)| *index == next).map(|(_, look)| look);
        let is_quiet = |block: &&Block| matches!(block.kind, BlockKind::Rule);
        let before = blocks.get(..index).unwrap_or_default().iter().rev().find(|block| !is_quiet(block));
        let next = (index + 1..blocks.len()).find(|next| blocks.get(*next).is_some_and(|block| !is_quiet(&block)));
        let has_content = next.is_some_and(|next| {
            let is_same = look_of(next).is_some_and(|other| other.bold == look.bold && other.form() == look.form());
            let is_heading = blocks.get(next).is_some_and(|block| block.heading_level().is_some());
            let is_bold = look_of(next).is_some_and(|other| other.bold);
            let needs_text = look.number.is_some_and(|number| number.stands_alone());
            let is_text = !is_same || look.form().is_none() && !look.bold;
            let announces = look_of(next).is_some_and(|other| other.is_open_label);
            !is_heading && !is_bold && is_text && (long(blocks, next) || announces || !is_same && !needs_text)
        });
        let after_image = before.is_some_and(|block| matches!(block.kind, BlockKind::Image { .. }));
        let is_name = tables.is_name(look.text);
        let is_titled = || tables.names.is_titled(look.text, &tables.enumerators);
        let is_like_name = !is_name && (tables.names.is_like_name(look.text) || is_titled());
        let before_code =
            next.and_then(|next| blocks.get(next)).is_some_and(|block| matches!(block.kind, BlockKind::Code { .. }));
        // Several in a row are what a section lists.
        let is_address = |index: usize| blocks.get(index).is_some_and(is_address);
        let before_address = next.is_some_and(|next| is_address(next) && !is_address(next + 1));
        candidates.push(Candidate {
            index,
            look,
            is_name,
            is_like_name,
            has_content,
            after_image,
            before_code,
            before_address,
        });
    }
    settle_forms(&mut candidates);
    candidates
}

/// Makes `10` after `09` the same form as those before it.
fn settle_forms(candidates: &mut [Candidate]) {
    let mut forms: Vec<(Form, u32)> = candidates
        .iter()
        .filter_map(|candidate| candidate.look.number.map(|number| (number.form, number.value)))
        .collect();
    numbering::settle(forms.iter_mut());
    let numbers = candidates.iter_mut().filter_map(|candidate| candidate.look.number.as_mut());
    for (number, (form, _)) in numbers.zip(forms) {
        number.form = form;
    }
}

/// Whether a block is more than a line.
fn long(blocks: &[Block], index: usize) -> bool {
    blocks.get(index).is_some_and(|block| block.text.chars().count() > 24)
}

/// Whether a block is where something is to be found, on the network or by mail.
fn is_address(block: &Block) -> bool {
    let text = block.text.trim();
    block.kind == BlockKind::Paragraph
        && !text.contains([' ', '\n'])
        && (begins_with_address(text) || text.is_ascii() && text.contains('@'))
}

/// The runs of numbers that candidates form: 1, 2, 3 … in one form and one look.
#[derive(Default)]
struct Series {
    /// By index of the block: whether its run has several members, most of which have text of their own.
    members: HashMap<usize, bool>,
}

/// A run that may go on.
#[derive(Default)]
struct Run {
    last: u32,
    members: Vec<usize>,
    with_content: usize,
}

impl Series {
    fn of(candidates: &[Candidate], tables: &Tables) -> Self {
        let mut series = Self::default();
        let mut above: Vec<u32> = Vec::new();
        let mut open: HashMap<(Form, bool), Run> = HashMap::new();
        for candidate in candidates {
            let Some(number) = candidate.look.number else { continue };
            let key = (number.form, candidate.look.bold);
            // Who counts by hand says a number twice.
            let by_hand = candidate.has_content && matches!(number.form, Form::Han | Form::HanInBrackets);
            let goes_on =
                open.get(&key).is_some_and(|run| number.value == run.last + 1 || by_hand && number.value == run.last);
            if !goes_on && let Some(run) = open.insert(key, Run::default()) {
                series.close(&run);
            }
            let run = open.entry(key).or_default();
            run.last = number.value;
            run.members.push(candidate.index);
            run.with_content += usize::from(candidate.has_content);
        }
        for run in open.values() {
            series.close(run);
        }
        // `2.2.1` right after `2.2` is its first part, be it the only one.
        for candidate in candidates.iter().filter(|candidate| candidate.look.number.is_some()) {
            let parts = levels::number_parts(candidate.look.text, tables);
            let is_first = parts.split_last().is_some_and(|(last, before)| *last == 1 && before == above);
            if is_first && parts.len() > 1 && candidate.has_content {
                series.members.insert(candidate.index, true);
            }
            above = parts;
        }
        series
    }

    fn close(&mut self, run: &Run) {
        let holds = run.members.len() >= 2 && run.with_content * 2 > run.members.len();
        self.members.extend(run.members.iter().map(|member| (*member, holds)));
    }

    /// Whether a number is one of several, most of which have text below them.
    fn holds(&self, candidate: &Candidate) -> bool {
        self.members.get(&candidate.index).copied().unwrap_or_default()
    }
}

/// How much a line looks like a heading.
fn score(candidate: &Candidate, series: &Series, has_bare_sections: bool) -> i32 {
    let look = &candidate.look;
    let could_be_section = !look.bold
        && look.number.is_none()
        && look.cells <= 40
        && !look.text.contains('\n')
        && !look.is_label
        && !look.is_open_label
        && lone::could_be_title(look.text)
        && !lone::is_item(look.text);
    let bare_number = look.number.is_some_and(|number| number.stands_alone());
    let signals = [
        (look.bold, 3),
        (candidate.is_name, 3),
        (look.number.is_some(), 1),
        (series.holds(candidate), 2),
        (candidate.has_content, 1),
        ((has_bare_sections || candidate.is_like_name) && could_be_section && candidate.has_content, 2),
        (look.is_link, -1),
        // What counts on with a text below each is no field.
        (look.is_label, if series.holds(candidate) && candidate.has_content { -1 } else { -2 }),
        (look.is_open_label, if look.bold && look.cells <= 24 { -1 } else { -2 }),
        // `Run this:` announces the code below it.
        (look.is_open_label && candidate.before_code, -1),
        (look.is_open_label && candidate.before_address, -3),
        (look.is_offer, -2),
        (look.is_wordy, -2),
        (bare_number && !candidate.has_content, -2),
        (candidate.after_image && look.number.is_none() && !candidate.has_content, -2),
        (!look.bold && look.cells > 80, -1),
    ];
    signals.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum()
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The outline of a Markdown text, a line a heading, indented by level.
    #[track_caller]
    fn check(markdown: &str, outline: &str) {
        let document = parse(markdown.as_bytes(), &Hint::named("a.md"));
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
    fn numbers_alone_that_count_the_parts_of_a_text() {
        let lines = ["01", "旧书摊为什么开？", "…", "3", "02", "茶棚", "…", "03", "渡口", "…"];
        check(&text(&[&["…"], &lines[..]].concat()), "01 旧书摊为什么开？\n02 茶棚\n03 渡口");
        check(&text(&["…", "01", "旧书摊", "短。", "02", "茶棚", "短。", "…"]), "");
        check(&text(&["…", "01", "NEWS", "…", "02", "NEWS", "…", "03", "NEWS", "…"]), "");
    }

    #[test]
    fn marks_of_converters_go() {
        check(
            "# 题\n\n正文。\n\n## 书 {#shu}\n\n正文。\n\n## [茶](#cha)[¶](#cha \"Permalink\")\n\n正文。\n\n## 渡口[#](#x)\n\n正文。",
            "书\n茶\n渡口",
        );
    }

    #[test]
    fn a_printed_table_of_contents_is_none() {
        let lines = ["…", "**目录**", "1. 旧书摊", "2. 茶棚", "**一、旧书摊**", "…", "**二、茶棚**", "…"];
        check(&text(&lines), "一、旧书摊\n二、茶棚");
        let marked = ["…", "## 目录", "1. [旧书摊](#a)\n2. [茶棚](#b)", "## 旧书摊", "…", "## 茶棚", "…"];
        check(&text(&marked), "旧书摊\n茶棚");
        // What lists other things is a section.
        check(&text(&["…", "## 目录", "1. 河边\n2. 桥头", "## 旧书摊", "…", "## 茶棚", "…"]), "目录\n旧书摊\n茶棚");
        // Some of its lines look like headings where they stand, some do not.
        let listed = ["…", "1.1 书", "1.2 新书", "1.2.1 旧书", "1.2.2 古书", "1.3 茶"];
        let article = ["1.1 书", "…", "1.2 新书", "1.2.1 旧书", "…", "1.2.2 古书", "…", "1.3 茶", "…"];
        let lines = [&listed[..], &article].concat();
        check(&text(&lines), "1.1 书\n1.2 新书\n  1.2.1 旧书\n  1.2.2 古书\n1.3 茶");
        let novel =
            "第一章 书\n第二章 茶\n第三章 船\n\n第一章 书\n\n正文。\n\n第二章 茶\n\n正文。\n\n第三章 船\n\n正文。";
        let document = parse(novel.as_bytes(), &Hint::named("a.txt"));
        assert_eq!(document.outline.sections.len(), 3);
    }

    #[test]
    fn forms_of_numbering_nest() {
        let lines = [
            "…",
            "**01 书**",
            "**1 旧书**",
            "…",
            "**2 新书**",
            "…",
            "**02 茶**",
            "**A. 红茶**",
            "…",
            "**B. 绿茶**",
            "…",
        ];
        check(&text(&lines), "01 书\n  1 旧书\n  2 新书\n02 茶\n  A. 红茶\n  B. 绿茶");
    }

    #[test]
    fn numbered_links_with_text_are_sections() {
        let link = |number, title| format!("{number}、[{title}](https://example.com/{number})");
        let (book, tea, boat) = (link(1, "旧书摊"), link(2, "茶棚"), link(3, "渡口"));
        check(&text(&["…", &book, "…", &tea, "…", &boat, "…"]), "1、旧书摊\n2、茶棚\n3、渡口");
        check(&text(&["…", &book, &tea, &boat, "…"]), "");
    }

    #[test]
    fn plain_lines_that_end_as_names_of_sections_do() {
        let lines = ["…", "集市背景", "…", "摊位分析", "各摊如下：", "* 书\n* 茶", "**旧书摊**", "…", "防火建议", "…"];
        check(&text(&lines), "集市背景\n摊位分析\n  旧书摊\n防火建议");
        // One alone is a section too, unless there is no text of its own, or it says more than a name.
        check(&text(&["…", "集市背景", "…"]), "集市背景");
        check(&text(&["…", "集市背景", "摊位分析", "旧书茶棚"]), "");
        check(&text(&["…", "这是全部集市摊位分析", "…", "集市，及其背景", "…"]), "");
        check(&text(&["…", "他没有说明", "…", "谁也没有建议", "…"]), "");
    }

    #[test]
    fn names_of_sections_below_numbers() {
        let lines = ["集市概述", "…", "01 书", "集市背景", "…", "02 茶", "…", "茶水分析", "…", "03 船", "…"];
        check(&text(&[&["…"], &lines[..]].concat()), "集市概述\n01 书\n  集市背景\n02 茶\n  茶水分析\n03 船");
    }

    #[test]
    fn the_only_part_of_a_section() {
        check(&text(&["…", "1.1 书", "…", "1.2 茶", "…", "1.2.1 红茶", "…"]), "1.1 书\n1.2 茶\n  1.2.1 红茶");
        check(&text(&["…", "1.1 书", "…", "1.2 茶", "…", "1.3.1 红茶", "…"]), "1.1 书\n1.2 茶");
    }

    #[test]
    fn plain_numbered_lines() {
        check(&text(&["…", "一、旧书摊", "…", "二、茶棚", "…", "三、渡口", "…"]), "一、旧书摊\n二、茶棚\n三、渡口");
        check(&text(&["…", "1、旧书", "2、茶", "3、渡船", "…"]), "");
        check(&text(&["…", "（一）书", "…", "（二）茶", "…", "（二）船", "…"]), "（一）书\n（二）茶\n（二）船");
    }

    #[test]
    fn numbered_lines_that_read_as_lists() {
        check(&text(&["…", "1. 旧书摊", "…", "2. 茶棚", "…", "3. 渡口", "…"]), "1. 旧书摊\n2. 茶棚\n3. 渡口");
        check(&text(&["…", "1. 旧书摊\n2. 茶棚\n3. 渡口", "…"]), "");
    }

    #[test]
    fn signs_that_a_converter_escaped() {
        check(
            &text(&["…", "\\# 旧书摊", "…", "\\# 茶 **棚**", "…", "\\#集市 \\#旧书", "\\# 集市 # 旧书"]),
            "旧书摊\n茶 棚",
        );
        let lines = ["\\# 集市", "\\## 旧书摊", "![](a.png)", "…", "\\## 茶棚", "\\### 红茶", "…"];
        let document = parse(lines.join("\n\n").replace('…', PROSE).as_bytes(), &Hint::named("a.md"));
        assert_eq!(document.meta.title.as_str(), "集市");
        let found: Vec<_> = document.outline.sections.iter().map(|section| (section.level, &*section.title)).collect();
        assert_eq!(found, [(1, "旧书摊"), (1, "茶棚"), (2, "红茶")]);
    }

    #[test]
    fn a_first_number_that_is_a_list_of_one() {
        check(&text(&["1. 旧书摊", "…", "## 2. 茶棚", "…", "## 3. 渡口", "…"]), "1. 旧书摊\n2. 茶棚\n3. 渡口");
        check(&text(&["1. 旧书摊", "…", "## 一、茶棚", "…", "## 二、渡口", "…"]), "一、茶棚\n二、渡口");
    }

    #[test]
    fn bold_lines_that_share_a_paragraph_with_the_text() {
        let below = format!("**旧书摊**  \n{PROSE}");
        let above = format!("{PROSE}  \n**茶棚**");
        let between = format!("{PROSE}  \n**渡口**  \n{PROSE}");
        check(&text(&["…", &below, &above, "…", &between]), "旧书摊\n茶棚\n渡口");
        let said = format!("**掌柜：**  \n{PROSE}");
        check(&text(&["…", &said, &said]), "");
        check(&text(&["…", &below, "…"]), "");
    }

    #[test]
    fn cells_of_a_table_that_was_laid_flat() {
        let table = ["**书名**", "旧书", "**书价**", "三块", "**书摊**", "**年份**", "1984"];
        check(&text(&[&["…", "**旧书摊**", "…"], &table[..], &["**茶棚**", "…"]].concat()), "旧书摊\n茶棚");
        check(&text(&[&["…"], &table[..4], &["**茶棚**", "…"]].concat()), "书名\n书价\n茶棚");
    }

    #[test]
    fn names_of_sections_with_their_titles() {
        check(&text(&["…", "**结语：茶与水**", "…", "**时间：三月**", "…"]), "结语：茶与水");
        check(
            &text(&["…", "前言：为什么有人卖书？", "…", "结语：书还会有人买", "…"]),
            "前言：为什么有人卖书？\n结语：书还会有人买",
        );
    }

    #[test]
    fn fields_are_no_sections() {
        let above = ["**书号：**", "**1234**", "**摊位：**", "**作者：**", "**陆小雨**", "**版本：**"];
        check(&text(&[&above[..], &["…", "**茶棚**", "…"]].concat()), "茶棚");
        let beside = ["**Affected stalls: all of them**", "**Tested in: spring**"];
        check(&text(&[&["…"], &beside[..], &["…", "**茶棚**", "…"]].concat()), "茶棚");
        check(&text(&["…", "**书：**", "…", "**茶：**", "…", "**船：**", "…"]), "书：\n茶：\n船：");
    }

    #[test]
    fn headings_that_were_cut() {
        let cut = |last: &'static str| {
            let first = ["…", "**01 河边的茶棚为什么又**", "**在春天开张**", "…"];
            [&first[..], &["**02 山上的水经过三里的**", "**竹管**", "…", "**03 火**", last, "…"]].concat()
        };
        check(&text(&cut("…")), "01 河边的茶棚为什么又在春天开张\n02 山上的水经过三里的竹管\n03 火");
        // Parts of a section may follow its heading at once.
        let sections = "01 河边的茶棚为什么又\n  在春天开张\n02 山上的水经过三里的\n  竹管\n03 火\n  松枝";
        check(&text(&cut("**松枝**")), sections);
    }

    #[test]
    fn labels_of_addresses_are_none() {
        check(&text(&["…", "**旧书摊：**", "…", "**书摊网站：**", "https://example.com/shu", "…"]), "旧书摊：");
    }

    #[test]
    fn bold_lines_with_a_colon() {
        check(&text(&["…", "**旧书摊：**", "…", "**茶棚：**", "…"]), "旧书摊：\n茶棚：");
    }

    #[test]
    fn lines_that_are_headings_by_their_words() {
        check(
            &text(&["概述", "…", "集市的由来", "…", "**示例1 旧书**", "…", "总结", "…"]),
            "概述\n集市的由来\n  示例1 旧书\n总结",
        );
    }

    #[test]
    fn sentences_made_large() {
        check(&text(&["## 旧书摊", "…", "## 书在摊上。见下图：", "…", "## 茶棚", "…"]), "旧书摊\n茶棚");
        check(&text(&["## 旧书摊", "…", "## 旧书比新书便宜，也难找。", "…", "## 茶棚", "…"]), "旧书摊\n茶棚");
        check(&text(&["## 书贵，不买。", "…", "## 茶贵，不喝。", "…"]), "书贵，不买。\n茶贵，不喝。");
    }

    #[test]
    fn levels_by_number() {
        let lines = ["…", "**一、书**", "**01 | 旧书**", "…", "**02 | 新书**", "…", "**二、茶**", "**01 | 红茶**", "…"];
        check(&text(&lines), "一、书\n  01 | 旧书\n  02 | 新书\n二、茶\n  01 | 红茶");
        let nested = ["…", "**01 介绍**", "…", "**02 目录**", "**一、书**", "…", "**二、茶**", "…", "**03 报名**", "…"];
        check(&text(&nested), "01 介绍\n02 目录\n  一、书\n  二、茶\n03 报名");
    }

    #[test]
    fn numbers_in_parts_nest_by_their_parts() {
        let chapters = ["一、书", "1.1 新书", "1.1.1 小书", "…", "1.1.2 大书", "…", "1.2 旧书", "…"];
        let more = ["二、茶", "2.1 红茶", "…", "2.2 绿茶", "…"];
        let sections = "一、书\n  1.1 新书\n    1.1.1 小书\n    1.1.2 大书\n  1.2 旧书\n二、茶\n  2.1 红茶\n  2.2 绿茶";
        check(&text(&[&["…"], &chapters[..], &more].concat()), sections);
    }

    #[test]
    fn an_article_in_one_long_quote() {
        let quoted = |text: &str| text.lines().map(|line| format!("> {line}\n")).collect::<String>();
        let article = format!("## 旧书摊\n\n{PROSE}\n\n> {PROSE}\n\n## 茶棚\n\n{PROSE}");
        check(&text(&[&quoted(&article)]), "旧书摊\n茶棚");
        check(&text(&["…", "…", &quoted(&article)]), "");
        check(&text(&[&quoted("## 旧书摊"), &quoted(PROSE), &quoted("## 茶棚"), &quoted(PROSE)]), "");
    }

    #[test]
    fn numbers_alone() {
        check(&text(&["…", "（一）", "旧书摊", "…", "（二）", "茶棚", "…"]), "（一） 旧书摊\n（二） 茶棚");
        check(&text(&["一", "…", "“喝茶？”", "二", "“不喝。”", "…"]), "一\n二");
        check(&text(&["I.", "The Stall", "…", "II.", "The Fire", "…"]), "I. The Stall\nII. The Fire");
        check(&text(&["1", "…", "2", "…", "3", "…"]), "1\n2\n3");
        check(&text(&["…", "1", "2", "3", "…", "1", "…"]), "");
        check(&text(&["…", "（一）", "…"]), "");
    }

    #[test]
    fn a_label_above_code() {
        let run = "```\ncargo run\n```";
        check(&text(&["…", "**旧书摊**", run, "…", "**运行下面这一行:**", run, "…"]), "旧书摊");
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
