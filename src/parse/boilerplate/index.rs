//! Pages that only lead to articles: lists of what a site holds, what a search found, directories.
//!
//! It refuses to judge a list that says something of what it links to, or that leads to many sites: somebody made that.

use super::LABEL;
use crate::document::{Block, BlockKind, Inline};
use crate::parse::line::ends_sentence;
use std::collections::HashMap;

/// Links from which a list of them is an index.
const LINKS: usize = 8;
/// Cells of text of its own that an index may have: what it is, how to search it.
const OWN: usize = 110;

/// Whether the blocks of a body, each with its cells, are an index.
pub fn is_index<'a>(body: impl Iterator<Item = (&'a Block, usize)>) -> bool {
    let (mut links, mut cut, mut own, mut all) = (0, 0, 0, 0);
    let mut sites: HashMap<&str, usize> = HashMap::new();
    for (block, cells) in body {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. }) {
            own += cells;
            continue;
        }
        let text = block.text.trim();
        let (count, bytes) = linked(block);
        let is_led = count > 0 && (bytes * 10 >= text.len() * 8 || cells <= 2 * LABEL && !ends_sentence(text));
        // A teaser breaks off.
        let is_cut = text.ends_with('…') || text.ends_with("...");
        let is_label = cells <= LABEL && !ends_sentence(text);
        links += if is_led { count } else { 0 };
        cut += usize::from(is_cut && !is_led);
        for site in targets(block).map(site) {
            *sites.entry(site).or_default() += 1;
        }
        all += cells;
        own += if is_led || is_cut || is_label { 0 } else { cells };
        if own > OWN {
            return false;
        }
    }
    let of_all: usize = sites.values().sum();
    let is_of_one_site = sites.values().any(|count| count * 4 >= of_all * 3);
    links >= LINKS && own * 10 <= all && (is_of_one_site || cut * 2 >= LINKS)
}

/// The links of a block to elsewhere, and their bytes.
fn linked(block: &Block) -> (usize, usize) {
    let links = block.styles.iter().filter(|styled| target(&styled.style).is_some());
    links.fold((0, 0), |(count, bytes), styled| (count + 1, bytes + styled.range.len()))
}

fn targets(block: &Block) -> impl Iterator<Item = &str> {
    block.styles.iter().filter_map(|styled| target(&styled.style))
}

/// Where a link to the web leads, or to the site itself; who lists files beside his own made the list.
fn target(style: &Inline) -> Option<&str> {
    match style {
        Inline::Link { url } => Some(url.as_str()).filter(|url| url.starts_with('/') || url.contains("://")),
        _ => None,
    }
}

/// The site of an address; that of the page itself is not named.
fn site(url: &str) -> &str {
    let rest = url.split_once("//").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::document::Condition;
    use crate::parse::{Hint, parse};

    #[track_caller]
    fn check(name: &str, text: &str, expected: Condition) {
        assert_eq!(parse(text.as_bytes(), &Hint::named(name)).condition, expected, "{text}");
    }

    fn list(item: impl Fn(usize) -> String) -> String {
        (1..=12).map(item).collect()
    }

    #[test]
    fn lists_of_a_site_are_no_articles() {
        let page = |body: String| format!("<html><title>茶社</title><body><h1>全部文章</h1>{body}</body></html>");
        let dated = list(|n| format!("<li><a href='/a/{n}'>第{n}次挑水</a> 2024-01-{n:02}</li>"));
        check("a.html", &page(format!("<ul>{dated}</ul><p><a href='/2'>下一页</a></p>")), Condition::Stub);
        let teaser = "水从山上来，要走三里竹管，才到茶棚后面的石缸里。冬天管子冻住…";
        let found = list(|n| {
            format!("<h3><a href='https://example.com/{n}'>茶 {n}</a></h3><p>example{n}.com</p><p>{teaser}</p>")
        });
        check("a.html", &page(format!("<p>共 132 条结果</p>{found}")), Condition::Stub);
        let links = list(|n| format!("- [第{n}次](https://example.com/a/{n})\n"));
        check("a.md", &format!("# 茶社\n\n{links}"), Condition::Stub);
    }

    #[test]
    fn lists_that_somebody_made_are() {
        let read = "水从山上来，要走三里竹管，才到茶棚后面的石缸里。";
        check("a.md", &list(|n| format!("- [书{n}](https://example.com/{n})：{read}\n")), Condition::Whole);
        check("a.md", &list(|n| format!("- [书{n}](https://example{n}.com/)\n")), Condition::Whole);
        check("a.md", &list(|n| format!("- [书{n}](notes/{n}.md)\n")), Condition::Whole);
        check("a.md", &list(|n| format!("- [节{n}](#{n})\n")), Condition::Whole);
    }
}
