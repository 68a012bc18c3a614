//! What stands after the article: interface text, what readers wrote, other articles, promotion, footers.
//!
//! First the lines after which nothing is the article's, then backwards from there over what promotes or only links.

use super::facts::Facts;
use crate::document::{Block, BlockKind};
use crate::parse::tables::Tables;
use std::cell::OnceCell;

/// Lines that are neither promotion nor text, and may stand between promotions.
const SLACK: usize = 3;
/// Cells of prose, some ten thousand Han characters, that no interface holds, unless the article is as long.
const MUCH: usize = 20_000;
/// Blocks above a link among which the heading of its section stands.
const NEAR: usize = 16;
/// Paragraphs of prose that are an article's text without a heading among them.
const PARAGRAPHS: usize = 3;
/// Cells of a line that may end an article or open a list of others.
const LINE: usize = 120;

/// Bytes of a number without a word, which may be the article's.
const NUMBER: usize = 8;
/// Lines of a page below its button that make a row with it.
const BUTTONS: usize = 2;

/// The first block after the article; `start` is its own first.
pub fn start(blocks: &[Block], facts: &[Facts], tables: &Tables, start: usize) -> usize {
    let tail = Tail { facts, tables, start, others: OnceCell::new(), said: OnceCell::new() };
    let after = tail.over(blocks);
    let before = tail.before_promotion(blocks, after);
    let colophon = tail.colophon(blocks, before);
    let end = colophon.unwrap_or(before);
    // What a program adds below a text it saved: its title again.
    let last = (start + 1..end).rev().find(|index| facts.get(*index).is_some_and(|facts| !facts.is_quiet));
    let is_title = |index: &usize| {
        facts.get(*index).is_some_and(|facts| facts.is_title)
            && blocks.get(*index).is_some_and(|block| block.heading_level().is_none())
    };
    let end = last.filter(is_title).unwrap_or(end);
    let is_cut = end < blocks.len();
    let last = |block: &Block| is_cut || !matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule);
    let body = blocks.get(start..end).unwrap_or_default().iter().zip(facts.get(start..end).unwrap_or_default());
    let quiet = body.rev().take_while(|(block, facts)| facts.is_quiet && last(block)).count();
    end - quiet
}

/// What tells an article's text from what stands after it.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    /// Paragraphs of prose.
    prose: usize,
    /// Headings with prose below them.
    sections: usize,
    /// Lines that are no prose: names, dates, labels.
    lines: usize,
    /// Links to elsewhere, promotion, interface text.
    beside: usize,
}

impl Signs {
    /// Whether the article goes on: readers write little at a time, with names and dates between, and no sections.
    fn are_of_text(&self) -> bool {
        let is_much = self.sections > 0 || self.prose >= PARAGRAPHS;
        is_much && self.prose > self.lines + 2 * self.beside
    }
}

struct Tail<'a> {
    facts: &'a [Facts<'a>],
    tables: &'a Tables,
    start: usize,
    /// The blocks that are neither links nor quiet, found once where many links ask what stands above them.
    others: OnceCell<Vec<usize>>,
    /// The block after the last that says something: no button, no short line, no link.
    said: OnceCell<usize>,
}

impl Tail<'_> {
    /// The first block after which nothing is the article's.
    fn over(&self, blocks: &[Block]) -> usize {
        // Prose is counted when a line that may end the article is met, which most articles lack.
        let mut total = None;
        let (mut before, mut counted) = (0, self.start);
        // Counted from the end when it is first asked for.
        let mut signs: Option<Vec<Signs>> = None;
        for (index, (block, facts)) in blocks.iter().zip(self.facts).enumerate().skip(self.start) {
            let is_line = facts.cells <= LINE && is_line(block);
            if !is_line || !(may_end(facts) || self.opens_row(blocks, index)) || facts.is_prose() {
                continue;
            }
            before += self.prose(counted, index);
            counted = index;
            let rest = *total.get_or_insert_with(|| self.prose(self.start, blocks.len())) - before;
            if self.ends_here(index, before, rest) {
                let signs = signs.get_or_insert_with(|| self.signs(blocks));
                if !signs.get(index + 1).is_some_and(Signs::are_of_text) {
                    return index;
                }
            }
        }
        blocks.len()
    }

    /// Whether a line says that the article is over; `before` and `rest` are the cells of prose on either side.
    fn ends_here(&self, index: usize, before: usize, rest: usize) -> bool {
        let Some(facts) = self.facts.get(index) else { return false };
        let marks = facts.marks();
        // Articles saved one after the other into one file: what stands after the frame of the first is the second.
        if rest > MUCH.max(4 * before) {
            return false;
        }
        if marks.is_interface() {
            return true;
        }
        if before == 0 {
            return false;
        }
        if facts.is_title && rest == 0 {
            return true;
        }
        if !may_end(facts) {
            return rest == 0;
        }
        (facts.is_short && marks.is_comments())
            || (marks.is_end() && rest * 3 <= before)
            || (marks.is_related() && rest * 4 <= before)
            || (marks.is_related() && self.lists_articles(index) && rest * 2 <= before)
    }

    /// Whether a line is the first of several that a page has on its buttons, and nothing is said below them: a sentence
    /// there tells that they are the article's own list.
    fn opens_row(&self, blocks: &[Block], index: usize) -> bool {
        let is_button = |(block, facts): (&Block, &Facts)| {
            let is_free = block.containers.is_empty() && block.heading_level().is_none();
            is_free && (facts.is_counts && block.text.len() > NUMBER || facts.is_short && facts.marks().is_button())
        };
        // Of a line that is no button itself nothing more is asked: there may be as many as a file has lines.
        if !blocks.get(index).zip(self.facts.get(index)).is_some_and(is_button) || index < self.said(blocks) {
            return false;
        }
        let is_beside = |(_, facts): &(&Block, &Facts)| {
            facts.is_links || facts.is_promotion() || facts.marks().is_of_tail() || facts.marks().is_button()
        };
        let below = blocks.iter().zip(self.facts).skip(index + 1).filter(|(_, facts)| !facts.is_quiet);
        let beside = below.clone().filter(is_beside).count();
        beside >= BUTTONS && beside * 2 >= below.count()
    }

    /// The block after the last that says something.
    fn said(&self, blocks: &[Block]) -> usize {
        let is_said = |(block, facts): (&Block, &Facts)| {
            let is_beside = facts.is_quiet || facts.is_links || facts.is_short || facts.is_promotion();
            !is_beside && !facts.marks().is_of_tail() || !block.containers.is_empty()
        };
        *self.said.get_or_init(|| blocks.iter().zip(self.facts).rposition(is_said).map_or(0, |last| last + 1))
    }

    /// For each block what stands from it on.
    fn signs(&self, blocks: &[Block]) -> Vec<Signs> {
        let mut signs = vec![Signs::default(); blocks.len() + 1];
        let mut sum = Signs::default();
        // Whether prose stands between here and the next heading.
        let mut has_prose = false;
        for (index, (block, facts)) in blocks.iter().zip(self.facts).enumerate().rev() {
            let is_beside = facts.is_links || facts.is_promotion() || facts.marks().is_of_tail() || facts.is_counts;
            match &block.kind {
                _ if is_beside => sum.beside += 1,
                BlockKind::Heading { .. } => sum.sections += usize::from(std::mem::take(&mut has_prose)),
                BlockKind::Paragraph if facts.is_prose() => {
                    has_prose = true;
                    sum.prose += 1;
                }
                BlockKind::Paragraph if block.containers.is_empty() && !facts.is_quiet => sum.lines += 1,
                _ => {}
            }
            if let Some(signs) = signs.get_mut(index) {
                *signs = sum;
            }
        }
        signs
    }

    /// Whether links to other pages follow at once.
    fn lists_articles(&self, index: usize) -> bool {
        let after = self.facts.get(index + 1..).unwrap_or_default().iter().filter(|facts| !facts.is_quiet);
        after.take(2).all(|facts| facts.is_links)
    }

    /// Cells of prose in a range of blocks.
    fn prose(&self, from: usize, to: usize) -> usize {
        let range = self.facts.get(from..to).unwrap_or_default();
        range.iter().filter(|facts| facts.is_prose()).map(|facts| facts.cells).sum()
    }

    /// The first block of the promotion that stands at an end.
    fn before_promotion(&self, blocks: &[Block], end: usize) -> usize {
        let mut cut = end;
        let mut slack = 0;
        // Whether nothing but quiet blocks stands between here and the cut.
        let mut is_quiet_below = true;
        let mut index = end;
        while index > self.start {
            index -= 1;
            let (Some(block), Some(facts)) = (blocks.get(index), self.facts.get(index)) else { break };
            let text = block.text.trim();
            let is_empty_section = block.heading_level().is_some() && is_quiet_below && cut < blocks.len();
            if facts.is_counts && block.text.len() > NUMBER {
                (cut, slack, is_quiet_below) = (index, 0, true);
                continue;
            }
            if facts.is_quiet {
                continue;
            }
            if facts.marks().is_credit() || self.tables.closes(text) || !is_line(block) {
                break;
            }
            if facts.is_promotion()
                || is_empty_section
                || (cut < blocks.len() && self.is_list_of_articles(blocks, index))
            {
                (cut, slack, is_quiet_below) = (index, 0, true);
            } else if facts.is_short && slack < SLACK && cut < blocks.len() && block.containers.is_empty() {
                (slack, is_quiet_below) = (slack + 1, false);
            } else {
                break;
            }
        }
        cut
    }

    /// Whether a block is one of several links to other pages that no section of the article holds.
    fn is_list_of_articles(&self, blocks: &[Block], index: usize) -> bool {
        if !self.facts.get(index).is_some_and(|facts| facts.is_links) || self.stands_among_references(blocks, index) {
            return false;
        }
        let others = self.others.get_or_init(|| {
            let facts = self.facts.iter().enumerate().skip(self.start);
            facts.filter(|(_, facts)| !facts.is_links && !facts.is_quiet).map(|(index, _)| index).collect()
        });
        let above = others.partition_point(|other| *other < index).checked_sub(1).and_then(|last| others.get(last));
        above.and_then(|above| blocks.get(*above)).is_none_or(|block| {
            let introduces = block.text.trim().ends_with(['：', ':']);
            block.heading_level().is_none() && !introduces && !self.tables.phrases.marks(&block.text).is_credit()
        })
    }

    /// Whether the section that a block stands in is one of references, whatever it says before them.
    fn stands_among_references(&self, blocks: &[Block], index: usize) -> bool {
        let above = blocks.get(self.start..index).unwrap_or_default().iter().rev().take(NEAR);
        let mut headings = above.filter(|block| block.heading_level().is_some());
        headings.next().is_some_and(|heading| self.tables.closes(&heading.text))
    }

    /// The rule before a list of those who made the article: two or more such lines, and no text.
    fn colophon(&self, blocks: &[Block], end: usize) -> Option<usize> {
        let rule = (self.start..end)
            .rev()
            .find(|index| blocks.get(*index).is_some_and(|block| block.kind == BlockKind::Rule))?;
        let after = || blocks.get(rule + 1..end).unwrap_or_default().iter();
        let makers = after().filter(|block| self.tables.phrases.is_head(&block.text)).count();
        (makers >= 2 && self.prose(rule, end) == 0).then_some(rule)
    }
}

/// Whether a line says what may stand where an article is over.
fn may_end(facts: &Facts) -> bool {
    if !facts.is_title && !facts.may_be_over() {
        return false;
    }
    let marks = facts.marks();
    facts.is_title || marks.is_interface() || marks.is_comments() || marks.is_end() || marks.is_related()
}

fn is_line(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. })
}

#[cfg(test)]
mod tests {
    use crate::document::Part;
    use crate::parse::{Hint, parse};

    const PROSE: &str =
        "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收，第二天一早又来，风雨无阻，年年如此。";

    /// The last block of the body; `…` is a paragraph of prose.
    #[track_caller]
    fn check(lines: &[&str], last: &str) {
        let text = format!("# 集市\n\n{}", lines.join("\n\n").replace('…', PROSE));
        let document = parse(text.as_bytes(), &Hint::named("a.md"));
        let body = document.blocks.iter().rfind(|block| block.part == Part::Body && !block.text.is_empty());
        let found = body.map(|block| block.text.as_str()).unwrap_or_default();
        assert_eq!(if found == PROSE { "…" } else { found }, last, "{text}");
    }

    #[test]
    fn sections_about_comments_are_sections() {
        let guide = ["## Naming", "…", "…", "## Comments", "…", "…", "```\n/* why */\n```", "## Errors", "…", "茶。"];
        check(&guide, "茶。");
        check(&["…", "…", "**Comments**", "…", "…", "**Errors**", "…"], "…");
        check(&["…", "…", "预览时标签不可点", "…", "…", "…", "茶。"], "茶。");
        check(&["…", "…", "评论", "…", "…", "…", "茶。"], "茶。");
    }

    #[test]
    fn a_last_sentence_may_name_what_footers_name() {
        let last =
            "他最后说，谁也没有读过那份隐私政策，大家只是点了同意，然后继续喝茶，河水照旧从门前流过，一年又一年。";
        for last in [
            last,
            "今天，越来越多的人开始关注我们的河流。",
            "#Tea began as a word of the coast, came by ship, and was soon said in every town by the river.",
            "The Privacy Policy of the stall was short, and painted on the wall: whoever drinks here is not asked for a name, and whoever is Powered by tea may come again.",
        ] {
            check(&["…", "…", last], last);
        }
        check(&["…", "…", "茶。", "Terms of Service | Privacy Policy", "Powered by Teapot"], "茶。");
        check(&["…", "…", "茶。", "#茶 #水", "关注我们"], "茶。");
    }

    #[test]
    fn rows_of_buttons() {
        check(&["…", "…", "茶。", "浏览 35", "点赞", "收藏", "分享"], "茶。");
        check(&["…", "…", "茶。", "点赞", "说得好", "3", "分享", "收藏"], "茶。");
        // Where something is said below they are what the text is about, and so may be a list, or lines of a poem.
        check(&["…", "…", "点赞：300", "收藏：20", "转发：5", "…", "茶。"], "茶。");
        check(&["…", "…", "喜欢", "分享", "收藏", "关注", "茶。"], "茶。");
        check(&["…", "…", "分享", "…", "茶。"], "茶。");
        check(&["…", "…", "* 点赞\n* 收藏\n* 分享", "茶。"], "茶。");
        check(&["…", "…", "1", "2", "3", "茶。"], "茶。");
        check(&["…", "…", "分享", "山上的茶园", "渡口的船", "照着月亮"], "照着月亮");
        check(&["…", "…", "红茶", "6 分钟", "绿茶", "2 分钟"], "2 分钟");
        check(&["…", "## Stats", "* Likes: 123\n* Comments: 4"], "…");
    }

    #[test]
    fn a_title_below_the_text_is_no_part_of_it() {
        check(&["…", "茶。", "集市"], "茶。");
        check(&["…", "茶。", "**集市**", "…", "水。"], "水。");
        check(&["…", "茶。", "## 集市", "…"], "…");
    }

    #[test]
    fn sentences_with_words_of_promotion_are_sentences() {
        for last in [
            "喜欢就去做，不要等。",
            "点击上方的按钮，程序就会崩溃。",
            "免责声明写得再长，也不能代替道歉。",
            "Keep reading and you will see why.",
            "シェアして住む家が増えている。",
        ] {
            check(&["…", "…", last], last);
        }
        check(&["…", "茶。", "如果觉得文章不错，请分享给朋友。"], "茶。");
        check(&["…", "茶。", "免责声明：本文仅供参考。"], "茶。");
    }

    #[test]
    fn what_readers_write_is_no_section() {
        let comments =
            ["## Comments", "甲", "2024-05-01", "…", "赞", "乙", "2024-05-02", "…", "赞", "## Leave a reply"];
        check(&[&["…", "…", "茶。"], &comments[..]].concat(), "茶。");
        check(&["…", "茶。", "## 评论", "说得好。", "甲", "…"], "茶。");
        check(&["…", "茶。", "预览时标签不可点", "继续滑动看下一个", "微信扫一扫", "关注该公众号"], "茶。");
    }
}
