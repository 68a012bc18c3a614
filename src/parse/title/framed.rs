//! The title of a page that was saved as plain text, its frame and all: the line that is said twice, or that a byline and
//! a date stand beside.
//!
//! It refuses to pass over the first line where little speaks for another.

use super::{AFTER, LINE, is_frame};
use crate::document::{Block, BlockKind, LineRange};
use crate::parse::front_matter::dates::is_dateline;
use crate::parse::line::ends_sentence;
use crate::parse::tables::Tables;
use crate::text::SafeText;
use crate::text::letters::{cells, has_letter, is_unspaced, key};

/// Blocks among which a title stands.
const HEAD: usize = 48;
/// Cells from which a paragraph is the article's text.
const TEXT: usize = 90;
/// Cells of the shortest line that is a title and no name.
const SHORTEST: usize = 8;
/// Cells of a name.
const NAME: usize = 12;
/// What must speak for a title.
const ENOUGH: i32 = 4;
/// How much more must speak for it than for the first line.
const MORE: i32 = 4;

/// The title below a page's frame; none if the first line may be as good.
pub fn title(blocks: &[Block], tables: &Tables) -> Option<SafeText> {
    let is_text = |block: &Block| cells(&block.text) >= TEXT && ends_sentence(block.text.trim());
    // The script of the article, since a frame may be in another.
    let text = blocks.iter().position(is_text)?;
    let texts = || blocks.iter().skip(text).filter(|block| is_text(block)).take(AFTER);
    let is_foreign = texts().filter(|block| !has_other_letters(&block.text)).count() * 2 > texts().count();
    let head = blocks.get(..text.min(HEAD))?;
    // Where headings are marked the title is one of them.
    if head.iter().any(|block| block.heading_level().is_some()) {
        return None;
    }
    let keys: Vec<String> = head.iter().map(|block| key(&block.text)).collect();
    let key_of = |index: usize| keys.get(index).map(String::as_str).unwrap_or_default();
    // A trail of places that ends in the title: `Home > Tea > The Stall`.
    let is_trail = |index: usize| {
        let whole = key_of(index);
        let is_end = |key: &String| key.len() < whole.len() && key.len() * 2 >= whole.len() && whole.ends_with(&**key);
        keys.iter().any(is_end)
    };
    let could_be = |index: &usize| could_be(head, *index, tables) && !is_trail(*index);
    let scored = (0..head.len()).filter(could_be).map(|index| {
        let said = key_of(index);
        let long = cells(said);
        let ends = |(other, key): (usize, &String)| other != index && key.ends_with(said);
        let below = |lines: usize| head.iter().skip(index + 1).take(lines);
        let is_dated = |block: &Block| is_dateline(block.text.trim(), &tables.dates);
        let above = index.checked_sub(1).and_then(|above| head.get(above));
        let signals = [
            (index == 0, 2),
            (long > NAME && keys.iter().enumerate().any(ends), 3),
            (long > 2 * NAME, 1),
            (long <= NAME, -2),
            (above.is_some_and(|block| is_frame(block, tables)), 1),
            (below(1).any(|block| is_frame(block, tables)), 2),
            (below(AFTER).any(is_dated), 2),
            (below(1).any(is_dated), 1),
            (above.is_some_and(is_dated), 2),
            (above.is_some_and(|block| is_dated(block) && is_frame(block, tables)), 2),
            (index + 1 == text, 1),
            (!is_foreign && !has_other_letters(said), -4),
            // The first line in the article's script below lines in another.
            (!is_foreign && index > 0 && keys.iter().take(index).all(|above| !has_other_letters(above)), 3),
        ];
        (signals.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum::<i32>(), index)
    });
    let scored: Vec<(i32, usize)> = scored.collect();
    let first = scored.first().filter(|(_, index)| *index == 0).map_or(0, |(score, _)| *score);
    // Of several the first.
    let (score, index) = scored.into_iter().rev().max_by_key(|(score, _)| *score)?;
    // A first line that can be no title speaks for another.
    let (enough, more) = if could_be(&0) { (ENOUGH, MORE) } else { (ENOUGH - 1, 0) };
    let is_better = index > 0 && score >= enough && score >= first + more;
    is_better.then(|| head.get(index).map(|block| SafeText::line(block.text.trim())))?
}

/// Whether a line may be a title: no sentence, no byline, no row of a menu.
fn could_be(head: &[Block], index: usize, tables: &Tables) -> bool {
    let Some(block) = head.get(index) else { return false };
    let text = block.text.trim();
    let LineRange { first, last } = block.lines;
    let is_asked = text.ends_with(['？', '?']);
    matches!(block.kind, BlockKind::Paragraph)
        && block.containers.is_empty()
        && first == last
        && (SHORTEST..=3 * LINE).contains(&cells(text))
        && has_letter(text)
        && (is_asked || !ends_sentence(text))
        && text.matches(['|', '｜', '>', '›', '»']).count() < 2
        && !text.contains("://")
        && !is_dateline(text, &tables.dates)
        && !is_frame(block, tables)
}

/// Whether a text has letters of scripts other than Latin, or of those without spaces.
fn has_other_letters(text: &str) -> bool {
    text.chars().any(|c| is_unspaced(c) || c >= '\u{370}' && c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use crate::document::Part;
    use crate::parse::{Hint, parse};

    /// The title of a plain text and its first line of text; `…` is a paragraph.
    #[track_caller]
    fn check(lines: &[&str], title: &str, first: &str) {
        let prose = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收，第二天一早又来，风雨无阻，年年如此。";
        let text = lines.join("\n\n").replace('…', prose);
        let document = parse(text.as_bytes(), &Hint::named("a.txt"));
        let body = document.blocks.iter().find(|block| block.part == Part::Body);
        let found = body.map(|block| block.text.as_str()).unwrap_or_default();
        let found = if found == prose { "…" } else { found };
        assert_eq!((document.meta.title.as_str(), found), (title, first), "{text}");
    }

    #[test]
    fn titles_below_the_frame_of_a_page() {
        check(
            &["茶报首页", "下载应用", "关于我们的茶棚", "河边的茶棚又开张了", "原创", "陆小雨", "2024-08-21", "…", "…"],
            "河边的茶棚又开张了",
            "…",
        );
        check(
            &["首页 生活 河边的茶棚又开张了", "河边的茶棚又开张了", "时间：2024-08-21", "…", "…"],
            "河边的茶棚又开张了",
            "…",
        );
        check(&["Follow this stall", "by Lu Aug 21, 2024", "河边的茶棚又开张了", "…", "…"], "河边的茶棚又开张了", "…");
        check(&["茶", "河边的茶棚又开张了", "陆小雨 2024. 8. 21. 04:50", "…", "…"], "河边的茶棚又开张了", "…");
        check(
            &["535", "Delete this article", "河边的茶棚又开张了", "Last updated at 2024-08-21", "…", "…"],
            "河边的茶棚又开张了",
            "…",
        );
    }

    #[test]
    fn a_first_line_in_the_script_of_the_article() {
        let above = "What do you think of this page?";
        check(&[above, "河边的茶棚又开张了，人来人往", "…", "…"], "河边的茶棚又开张了，人来人往", "…");
        check(&["河边的茶棚", "What is this?", "人来人往的渡口", "…", "…"], "河边的茶棚", "What is this?");
    }

    #[test]
    fn fields_that_a_page_left() {
        let fields = ["status", "date", "slug", "summary", "tags"];
        check(
            &[&["河边的茶棚又开张了", "字数 5820 阅读时间 15 分钟"], &fields[..], &["…", "…"]].concat(),
            "河边的茶棚又开张了",
            "…",
        );
    }

    #[test]
    fn names_below_a_title_that_is_said_twice() {
        let page = ["河边的茶棚又开张了", "cover_image", "河边的茶棚又开张了"];
        check(&[&page[..], &["原创", "陆小雨", "茶报", "…", "…"]].concat(), page[0], "…");
        check(&[&page[..], &["茶报", "…", "…"]].concat(), page[0], "…");
        check(&[&page[..], &["茶报", "前言", "…", "…"]].concat(), page[0], "前言");
        check(&[&page[..], &["茶报", "集市速览", "…", "…"]].concat(), page[0], "集市速览");
        check(&[&page[..], &["茶香，水甜", "…", "…"]].concat(), page[0], "茶香，水甜");
        let document = parse("**茶**\n\n原创\n\n陆小雨\n\n茶报\n\n**水**\n".as_bytes(), &Hint::named("a.md"));
        assert!(document.blocks.iter().any(|block| block.part == Part::Body && block.text.as_str() == "茶"));
    }

    #[test]
    fn first_lines_that_are_titles() {
        check(&["河边的茶棚又开张了", "寄自南方的一个小镇", "2024-08-21", "…", "…"], "河边的茶棚又开张了", "…");
        let fields = ["集市名称 河边的旧书摊和茶棚", "河边的旧书摊和茶棚", "时间 2024-08-21"];
        check(
            &[&["【已开张】河边的集市又有人卖书了(CVE-2024-38856)"], &fields[..], &["…", "…"]].concat(),
            "【已开张】河边的集市又有人卖书了(CVE-2024-38856)",
            "…",
        );
        check(&["河边的茶棚又开张了", "旧书摊的来历", "…", "茶棚的来历", "…"], "河边的茶棚又开张了", "旧书摊的来历");
    }
}
