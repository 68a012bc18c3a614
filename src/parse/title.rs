//! The title of an article whose metadata names none: the page's, the first heading's, a first line's, the file's name.
//!
//! It refuses headings that cannot be an article's title: `Introduction`, one number of a series, a printed table of
//! contents.

pub mod framed;

use crate::document::{Block, BlockKind, ContainerKind, Inline, Part};
use crate::parse::front_matter::dates;
use crate::parse::front_matter::dates::is_dateline;
use crate::parse::line::{PARTS, begins_with_address, ends_sentence, is_counter};
use crate::parse::plain::PLACED;
use crate::parse::tables::Tables;
use crate::text::SafeText;
use crate::text::letters::{cells, has_letter, key, says};

/// Blocks among which a title stands.
const HEAD: usize = 12;
/// Characters of a line of plain text that may be a title.
const LINE: usize = 40;

/// Bytes of a line that may be a title though it ends as sentences do.
const TWICE: usize = 300;
/// Blocks below a title among which it is said again or dated.
const AFTER: usize = 4;

/// Cells of what a title was cut off from.
const MORE: usize = 8;
/// Characters of a title without a site's name.
const SHORTEST: usize = 6;

/// The title that blocks, a page's `<title>`, what metadata calls the subject and a file's name suggest.
pub fn of(
    blocks: &[Block],
    page_title: Option<&SafeText>,
    is_plain: bool,
    subject: Option<&SafeText>,
    file_name: &str,
    tables: &Tables,
) -> SafeText {
    let has_title = |blocks: &[Block]| blocks.iter().take(HEAD).any(|block| block.heading_level() == Some(1));
    page_title
        .map(|title| on_page(blocks, title))
        .or_else(|| subject.filter(|_| !has_title(blocks)).cloned())
        .or_else(|| if is_plain { framed::title(blocks, tables) } else { None })
        .or_else(|| heading(blocks, tables))
        .or_else(|| first_line(blocks, is_plain, tables))
        .unwrap_or_else(|| stem(file_name))
}

/// A title that metadata names, as the article wrote it: whole where it was cut at a mark that often parts a site's name
/// from it, and without the author's name.
pub fn written(title: &SafeText, blocks: &[Block], author: Option<&SafeText>) -> SafeText {
    let parts = |text: &str| PARTS.iter().any(|mark| text.trim_start().starts_with(mark.trim_start()));
    let headings = blocks.iter().take(HEAD).filter(|block| block.heading_level() == Some(1));
    let whole = headings.map(|block| block.text.trim()).find(|text| {
        let rest = text.strip_prefix(title.trim()).unwrap_or_default();
        // What follows the mark is the larger part: no site's name.
        parts(rest) && cells(rest) >= cells(title).max(MORE) && text.len() <= TWICE
    });
    if let Some(whole) = whole.filter(|_| !title.is_empty()) {
        return SafeText::line(whole);
    }
    if let Some(heading) = without_site(title, blocks) {
        return heading;
    }
    let name = author.map(|author| key(author)).unwrap_or_default();
    let without = PARTS.iter().filter_map(|mark| title.rsplit_once(mark)).find(|(_, after)| key(after) == name);
    without.filter(|_| !name.is_empty()).map_or_else(|| title.clone(), |(before, _)| SafeText::line(before))
}

/// The heading that says a title again but for what a page's `<title>` adds after a mark: sections, a site, an author.
fn without_site(title: &SafeText, blocks: &[Block]) -> Option<SafeText> {
    let marks = PARTS.iter().copied();
    let parts: Vec<&str> =
        marks.flat_map(|mark| title.match_indices(mark)).filter_map(|(at, _)| title.get(..at)).collect();
    if parts.is_empty() {
        return None;
    }
    let parts: Vec<String> = parts.into_iter().map(key).filter(|part| part.chars().count() >= SHORTEST).collect();
    let headings = blocks.iter().take(2 * HEAD).filter(|block| block.heading_level().is_some_and(|level| level <= 2));
    let mut said = headings.filter(|block| block.text.len() <= TWICE).map(|block| &block.text);
    said.find(|text| parts.contains(&key(text))).map(|text| SafeText::line(text))
}

/// The heading that a page's `<title>` begins with, which lacks the site's name; else the `<title>` itself.
fn on_page(blocks: &[Block], title: &SafeText) -> SafeText {
    let whole = key(title);
    let headings = || blocks.iter().filter(|block| block.heading_level().is_some_and(|level| level <= 2));
    // One of the two parts of the `<title>`, if the article has no heading that says the other.
    let parted: Vec<[String; 2]> =
        PARTS.iter().filter_map(|mark| title.rsplit_once(mark)).map(|(a, b)| [key(a), key(b)]).collect();
    let own = || headings().filter(|block| block.part == Part::Body && block.text.len() <= TWICE);
    let mut said: Vec<&Block> = own().filter(|block| parted.as_flattened().contains(&key(&block.text))).collect();
    said.dedup_by_key(|block| key(&block.text));
    if let [only] = *said {
        return SafeText::line(&only.text);
    }
    let fits = |block: &&Block| {
        let key = key(&block.text);
        key.chars().count() >= 2 && whole.contains(&key) && key.len() * 3 >= whole.len()
    };
    let fitting = headings().find(fits).map(|block| &block.text);
    fitting.map_or_else(|| SafeText::line(once(title)), |text| SafeText::line(text))
}

/// A title that says itself again after a mark, once: `Tea - Tea - The Stall`.
fn once(title: &str) -> &str {
    // Longer ones are nobody's, and every mark in them would be tried.
    if title.len() > 2 * TWICE {
        return title;
    }
    let parted = PARTS.iter().flat_map(|mark| title.match_indices(mark));
    let parts = parted.filter_map(|(at, mark)| Some((title.get(..at)?, title.get(at + mark.len()..)?)));
    let mut said = parts.filter(|(first, rest)| cells(first) >= MORE && rest.starts_with(first));
    said.next().map_or(title, |(first, _)| first)
}

fn heading(blocks: &[Block], tables: &Tables) -> Option<SafeText> {
    // What is quoted is not the article's own.
    let is_quoted = |block: &Block| block.containers.iter().any(|container| container.kind == ContainerKind::Quote);
    let is_heading = |block: &&Block| block.heading_level().is_some() && has_letter(&block.text) && !is_quoted(block);
    // A heading after the first paragraph is a section's, unless it is of the first level.
    let is_prose = |block: &Block| block.kind == BlockKind::Paragraph && block.text.chars().count() > LINE;
    let prose = blocks.iter().position(is_prose).unwrap_or(blocks.len());
    let (index, first) = blocks.iter().enumerate().take(HEAD).find(|(_, block)| is_heading(block))?;
    let headings = || blocks.iter().skip(index + 1).filter(is_heading);
    let is_over_all = || {
        let level = first.heading_level();
        level >= Some(PLACED) && headings().next().is_some() && headings().all(|block| block.heading_level() > level)
    };
    if index > prose && first.heading_level() != Some(1) && !is_over_all() {
        return None;
    }
    let is_highest = headings().all(|block| block.heading_level() >= first.heading_level());
    let form = tables.number(&first.text).map(|number| number.form);
    let is_numbered = form.is_some()
        && headings().any(|block| {
            let is_beside = block.heading_level() == first.heading_level();
            is_beside && tables.number(&block.text).map(|number| number.form) == form
        });
    let is_title = is_highest
        && !is_release(first, headings())
        && first.part != Part::Boilerplate
        && !is_numbered
        && !tables.is_name(&first.text)
        && !tables.is_contents(&first.text)
        && !is_contents(blocks.get(index + 1..).unwrap_or_default());
    is_title.then(|| SafeText::line(&first.text))
}

/// Whether a heading is one of a series that a number tells apart, as the releases of a program are.
fn is_release<'a>(first: &Block, others: impl Iterator<Item = &'a Block>) -> bool {
    let before =
        |text: &str| text.find(|c: char| c.is_ascii_digit()).and_then(|end| text.get(..end)).map(str::to_owned);
    let Some(start) = before(&first.text).filter(|start| !start.is_empty()) else { return false };
    // A page says its title more than once.
    let said = key(&first.text);
    let is_other = |block: &&Block| block.heading_level() == first.heading_level() && !says(&block.text, &said);
    let beside: Vec<Option<String>> = others.filter(is_other).map(|block| before(&block.text)).collect();
    let same = beside.iter().filter(|other| other.as_deref() == Some(&*start)).count();
    same >= 2 && same * 4 >= beside.len() * 3
}

/// Whether links to places in the article are all that follows, up to the next heading.
pub fn is_contents(after: &[Block]) -> bool {
    let section: Vec<&Block> = after
        .iter()
        .take_while(|block| block.heading_level().is_none())
        .filter(|block| !block.text.is_empty())
        .collect();
    let is_link_inside = |block: &&&Block| {
        let links = |style: &Inline| matches!(style, Inline::Link { url } if url.starts_with('#'));
        block.styles.iter().any(|styled| links(&styled.style))
    };
    section.len() >= 2 && section.iter().filter(is_link_inside).count() * 10 >= section.len() * 9
}

/// The first line, if it stands alone and is no sentence; in Markdown only if a paragraph follows at once. In plain text
/// it may be longer, and a sentence if it is said twice or a date follows it.
fn first_line(blocks: &[Block], is_plain: bool, tables: &Tables) -> Option<SafeText> {
    let is_frame = |block: &&Block| is_plain && is_frame(block, tables);
    let framed = blocks.iter().take_while(is_frame).count();
    let [first, second, ..] = blocks.get(framed..)? else { return None };
    let text = first.text.trim();
    let is_line = first.kind == BlockKind::Paragraph
        && !text.contains('\n')
        && first.containers.is_empty()
        && first.lines.first == first.lines.last;
    let is_from = is_line && second.kind == BlockKind::Paragraph && begins_with_address(second.text.trim());
    if is_from && text.len() <= TWICE && !begins_with_address(text) {
        return Some(SafeText::line(text));
    }
    if is_line && is_plain && text.len() <= TWICE {
        let after = || blocks.iter().skip(framed + 1).take(AFTER);
        let is_said = after().any(|block| block.text.len() <= TWICE && key(&block.text) == key(text));
        if is_said && text.chars().nth(1).is_some()
            || after().any(|block| is_dateline(block.text.trim(), &tables.dates))
        {
            return Some(SafeText::line(text));
        }
    }
    // Whether sentences stand below it, though no blank line parts them from it.
    let is_told = || {
        let mut below = blocks.iter().skip(framed + 1).take(AFTER);
        below.any(|block| cells(&block.text) >= 2 * LINE && ends_sentence(block.text.trim()))
    };
    // Whether a byline stands below it.
    let is_signed = || blocks.iter().skip(framed + 1).take(AFTER).any(|block| is_frame(&block));
    let is_title = is_line
        && !begins_series(text, blocks.get(framed + 1..).unwrap_or_default(), tables)
        && (text.chars().count() <= LINE || is_plain && cells(text) <= 3 * LINE)
        && (!ends_sentence(text)
            || is_plain && is_question(text) && (second.text.chars().count() > LINE || is_signed()))
        && !text.ends_with(['，', ','])
        && (is_plain || is_unstyled(first) && second.text.chars().count() > LINE)
        && (second.lines.first > first.lines.last + 1
            || second.text.chars().count() > LINE
            || text.chars().count() < 20
            || is_plain && is_told());
    is_title.then(|| SafeText::line(text.trim_start_matches('《').trim_end_matches('》')))
}

/// Whether a line asks something, and says nothing else.
fn is_question(text: &str) -> bool {
    text.ends_with(['？', '?']) && !text.contains(['。', '”', '“', '！']) && !text.contains(". ")
}

fn is_unstyled(block: &Block) -> bool {
    block.styles.iter().all(|styled| matches!(styled.style, Inline::Cue(_)))
}

/// Whether a line is the first of several that are numbered on.
fn begins_series(text: &str, after: &[Block], tables: &Tables) -> bool {
    let Some(first) = tables.number(text).filter(|number| !number.stands_alone()) else { return false };
    let lines = after.iter().filter(|block| block.text.len() <= TWICE);
    let mut numbers = lines.filter_map(|block| tables.number(&block.text));
    numbers.any(|number| number.form == first.form && number.value == first.value + 1)
}

/// Whether a line above the title is a page's: a word to jump past its navigation, how far one has read.
fn is_frame(block: &Block, tables: &Tables) -> bool {
    let text = block.text.trim();
    let is_short = text.len() <= TWICE;
    let is_counted = || is_counter(text.trim_end_matches('%')) || tables.phrases.counts.are_line(text);
    is_short && (tables.phrases.marks(text).is_head() || is_counted())
}

/// The file's name without its ending, and without the date it begins with if there is more.
fn stem(file_name: &str) -> SafeText {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let undated = dates::of_file_name(stem).map(|(_, rest)| rest.trim_start_matches(['-', '_', ' ', '.']));
    SafeText::line(undated.filter(|rest| !rest.is_empty()).unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    #[track_caller]
    fn check(file: &str, text: &str, title: &str) {
        let document = parse(text.as_bytes(), &Hint::named(file));
        assert_eq!(document.meta.title.as_str(), title, "{text}");
    }

    #[test]
    fn headings_that_are_titles() {
        check("a.md", "# 河边的茶棚\n\n正文。\n\n## 一、茶\n\n正文。", "河边的茶棚");
        check("a.md", "10 条开店的规矩\n======\n\n正文。\n\n### 1. 早起\n\n正文。", "10 条开店的规矩");
    }

    #[test]
    fn headings_that_are_none() {
        check("茶.md", "## 目录\n\n* [绿茶](#绿茶)\n* [红茶](#红茶)\n\n### 绿茶\n\n正文。", "茶");
        check("茶.md", "## 1. 绿茶\n\n正文。\n\n## 2. 红茶\n\n正文。", "茶");
        check(
            "茶.md",
            "## 第 2 版\n\n正文。\n\n### 茶\n\n正文。\n\n## 第 1 版\n\n正文。\n\n## 第 0 版\n\n正文。",
            "茶",
        );
        check("a.md", &"# 茶报 5 月号\n\n正文。\n\n".repeat(3), "茶报 5 月号");
        check("茶.md", "# ( )\n\n正文。\n\n# [ ]\n\n正文。", "茶");
        check("茶.md", "## 前言\n\n正文。\n\n## 绿茶\n\n正文。", "茶");
    }

    #[test]
    fn titles_of_metadata() {
        check(
            "a.md",
            "---\ntitle: 观察\n---\n# 观察 | 河边的茶棚为什么又开了\n\n正文。",
            "观察 | 河边的茶棚为什么又开了",
        );
        check("a.md", "---\ntitle: 河边的茶棚\n---\n# 河边的茶棚 | 茶报\n\n正文。", "河边的茶棚");
        check(
            "a.md",
            "---\ntitle: 河边的茶棚开张了_生活_茶报网\n---\n**\n\n## 河边的茶棚 开张了\n\n正文。",
            "河边的茶棚 开张了",
        );
        check("a.md", "---\ntitle: 茶 - 河边的茶棚\n---\n## 茶\n\n正文。\n\n## 水\n\n正文。", "茶 - 河边的茶棚");
        check("a.md", "---\ntitle: 河边的茶棚｜陆小雨\nauthor: 陆小雨\n---\n正文。", "河边的茶棚");
        check("a.md", "---\ntitle: 河边的茶棚｜陆小雨\nauthor: 某人\n---\n正文。", "河边的茶棚｜陆小雨");
    }

    #[test]
    fn headings_in_quotes_are_no_titles() {
        check(
            "a.md",
            "[茶棚](https://example.com)\n\n> ## 摘录\n> 正文。\n\n---\n\n# 河边的茶棚\n\n正文。",
            "河边的茶棚",
        );
    }

    #[test]
    fn subjects() {
        let head = "[#]: subject: \"The stall\"\n[#]: author: \"Lu\"\n\n";
        check("a.md", &format!("{head}河边的茶棚\n======\n\n正文。\n\n### 茶\n\n正文。"), "河边的茶棚");
        check("a.md", &format!("{head}正文。\n\n### 茶\n\n正文。"), "The stall");
    }

    #[test]
    fn pages() {
        let page = "<html><head><title>河边的茶棚 | 茶报</title></head><body><h1>茶报</h1><h2>河边的茶棚</h2><p>正文。</p></body></html>";
        check("a.html", page, "河边的茶棚");
        check("a.html", &page.replace("<title>", "<meta property=og:title content=茶报><title>"), "茶报");
        let book = "<html><head><title>茶 - 河边的茶棚</title></head><body><nav><h1>河边的茶棚</h1></nav><h1>茶</h1><p>正文。</p></body></html>";
        check("a.html", book, "茶");
        check(
            "a.html",
            "<html><head><title>茶 2.0 - 新茶 - 茶 2.0 - 新茶 - 茶报</title></head><body><p>正文。</p></body></html>",
            "茶 2.0 - 新茶",
        );
        check("a.html", &book.replace("nav>", "div>"), "河边的茶棚");
    }

    #[test]
    fn plain_text() {
        check("a.txt", "河边的茶棚\n\n　　天亮了。\n　　茶也煮好了。", "河边的茶棚");
        check("a.md", &format!("河边的茶棚\n\n{}\n\n## 水\n\n正文。", "天亮了，茶也煮好了，".repeat(5)), "河边的茶棚");
        check("a.txt", "0%\n\n河边的茶棚\n\n天亮了，茶也煮好了。", "河边的茶棚");
        let prose = "天亮了，茶也煮好了。".repeat(8);
        check("a.txt", &format!("河边的茶棚，开了。\n河边的茶棚，开了。\n{prose}"), "河边的茶棚，开了。");
        check("a.txt", "茶棚开了！\n\n陆小雨\n\n2024-08-21 10:00\n\n天亮了。", "茶棚开了！");
        check(
            "a.txt",
            "찻집이 다시 문을 열었습니다.\n\n루샤오위 - 2024년 8월 21일\n\n날이 밝았다.",
            "찻집이 다시 문을 열었습니다.",
        );
        check("a.txt", &format!("茶棚为什么又开了？\n\n{prose}"), "茶棚为什么又开了？");
        check("茶.txt", &format!("“茶棚又开了吗？”\n\n{prose}"), "茶");
        check("a.md", "茶棚开了吗？\n\nhttps://example.com/tea\n\n天亮了。", "茶棚开了吗？");
        check("茶.txt", "　　天亮了。\n　　茶也煮好了。", "茶");
        check("茶.txt", "1. 概述\n\n天亮了。\n\n2. 水\n\n茶也煮好了。", "茶");
        check("茶.txt", "1. 概述\n\n天亮了，茶也煮好了。", "1. 概述");
    }
}
