//! HTML, as a saved page or inside Markdown, to blocks. One pass over the tags, without a tree.
//!
//! It refuses to run anything, to fetch anything and to believe style sheets. What a page says besides its article
//! (navigation, forms, footers) is kept as boilerplate, so that nothing is lost in the raw view.

pub mod byline;
pub mod cells;
mod flow;
pub mod head;
pub mod linked_data;
pub mod mathml;
mod names;
pub mod regions;
mod title;

use crate::document::Block;
use crate::parse::tables::pages::Pages;
use crate::text::SafeText;
use flow::Flow;
use title::{Title, only_heading};

/// Whether a text is a whole page.
pub fn is_page(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with("<?xml") && text.contains("<html"))
}

/// A saved page: its blocks, and its title.
pub fn page(text: &str, lines_before: u32, pages: &Pages) -> (Vec<Block>, Option<SafeText>) {
    let flow = Flow::of_page(text, lines_before, pages);
    let title = flow.title.as_ref().and_then(Title::said).or_else(|| only_heading(&flow.blocks));
    (flow.blocks, title)
}

/// A piece of HTML.
#[cfg(test)]
pub fn blocks(text: &str, lines_before: u32) -> Vec<Block> {
    fragment(text, lines_before).0
}

/// A piece of HTML inside Markdown, and the names of what follows it: what stands beside the text of a page is the text
/// here, where call-outs are asides.
pub fn fragment(text: &str, lines_before: u32) -> (Vec<Block>, Vec<SafeText>) {
    let flow = Flow::of_fragment(text, lines_before);
    (flow.blocks, flow.names)
}

/// A chapter of a book, which may hold its table of contents.
pub fn chapter(text: &str, lines_before: u32) -> Vec<Block> {
    Flow::of_chapter(text, lines_before).blocks
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::document::{Block, BlockKind, Inline, Part};
    use crate::parse::Tables;
    use crate::parse::markdown;
    use crate::text::SafeText;

    /// A page by the tables as they are built in.
    fn page(html: &str) -> (Vec<Block>, Option<SafeText>) {
        super::page(html, 0, &Tables::built_in().pages)
    }

    #[track_caller]
    fn check(html: &str, texts: &[&str]) {
        let found: Vec<String> = blocks(html, 0).iter().map(|block| block.text.to_string()).collect();
        assert_eq!(found, texts, "{html}");
    }

    /// The text of each block that is the article's, strong words in stars.
    #[track_caller]
    fn check_looks(html: &str, texts: &[&str]) {
        let (found, _) = page(html);
        let shown = |block: &Block| {
            let mut text = block.text.to_string();
            for styled in block.styles.iter().filter(|styled| styled.style == Inline::Strong).rev() {
                text.insert(styled.range.end as usize, '*');
                text.insert(styled.range.start as usize, '*');
            }
            text
        };
        let found: Vec<String> = found.iter().filter(|block| block.part == Part::Body).map(shown).collect();
        assert_eq!(found, texts, "{html}");
    }

    #[test]
    fn style_attributes_make_bold() {
        check_looks("<p><span style=\"color: red; FONT-WEIGHT: Bold\">茶</span>水</p>", &["*茶*水"]);
        check_looks("<p style='font-weight:700 !important'>茶</p><p>水</p>", &["*茶*", "水"]);
        check_looks("<section style='font-weight:600'><p>茶<p>水</section><p>火</p>", &["*茶*", "*水*", "火"]);
        check_looks("<b style='font-weight:normal'><p>茶</p></b><p style='font-weight:500'>水</p>", &["茶", "水"]);
    }

    #[test]
    fn what_follows_a_list_without_end_tags_is_in_none() {
        let (blocks, _) = page("<ul><li>茶<ol><li>绿茶<li>红茶</ol><li>水</ul><p>河水流。<ul><li>书</li></ul>");
        let depths: Vec<_> = blocks.iter().map(|block| (block.text.as_str(), block.containers.len())).collect();
        assert_eq!(depths, [("茶", 1), ("绿茶", 2), ("红茶", 2), ("水", 1), ("河水流。", 0), ("书", 1)]);
    }

    #[test]
    fn a_page_without_a_title_has_that_of_its_only_heading() {
        let page_of = |body: &str| page(&format!("<title></title>{body}")).1.map(|title| title.to_string());
        let account = "<h1>河边的茶棚</h1><div id=js_content><p>河水流，人来人往，茶棚天亮就开。</p></div>";
        assert_eq!(page_of(account).as_deref(), Some("河边的茶棚"));
        assert_eq!(page_of("<h1>茶报</h1><h1>河边的茶棚</h1><p>河水流。</p>"), None);
    }

    #[test]
    fn an_element_around_blocks_goes_on_in_them() {
        check_looks("<strong><section><p>茶</p></section></strong><p>水</p>", &["*茶*", "水"]);
        check_looks("<p><b>茶</p><p>水</b>火</p>", &["*茶*", "*水*火"]);
    }

    #[test]
    fn what_a_page_hides_is_no_article_unless_it_is_most_of_it() {
        check_looks(
            "<p>河水流，人来人往。</p><div style='display:none'><p>茶</p></div><p hidden>水</p>",
            &["河水流，人来人往。"],
        );
        check_looks(
            "<div style='display: none'><p>河水流，人来人往。</p></div><p>请稍候</p>",
            &["河水流，人来人往。", "请稍候"],
        );
        check_looks("<p style='display:none'>广告<div>河水流。</div>", &["河水流。"]);
        check_looks("<ul><li style='display:none'>隐<li>河水流。<li>人来人往。</ul>", &["河水流。", "人来人往。"]);
        check_looks("<p hidden>隐<h2>河</h2><p>河水流。", &["河", "河水流。"]);
        check_looks("<div id=js_content style='visibility: hidden'>茶</div>", &["茶"]);
    }

    #[test]
    fn what_is_shown_without_scripts() {
        let shown = |html: &str| {
            let (blocks, _) = page(html);
            let drawn = blocks.iter().map(|block| match &block.kind {
                BlockKind::Image { url } => format!("{:?} <{url}>", block.part),
                _ => format!("{:?} {}", block.part, block.text),
            });
            drawn.collect::<Vec<_>>()
        };
        let text = "<p>河水流，人来人往，茶棚天亮就开。</p>";
        let late = "<img src='data:x'><noscript><img src='/tea.png'></noscript>";
        assert_eq!(
            shown(&format!("<figure>{late}</figure>{text}")),
            ["Body </tea.png>", "Body 河水流，人来人往，茶棚天亮就开。"]
        );
        assert_eq!(
            shown(&format!("<figure><img src='/a.png'><noscript><img src='/b.png'></noscript></figure>{text}")),
            ["Boilerplate </b.png>", "Body </a.png>", "Body 河水流，人来人往，茶棚天亮就开。"]
        );
        assert_eq!(
            shown(&format!("{text}<noscript>请打开脚本</noscript><object data=x><p>没有播放器</p></object>")),
            ["Body 河水流，人来人往，茶棚天亮就开。", "Boilerplate 请打开脚本", "Body x", "Boilerplate 没有播放器"]
        );
        assert_eq!(shown("<noscript><p>河水流，人来人往。</p></noscript>"), ["Body 河水流，人来人往。"]);
        assert_eq!(shown("<noscript><p>河水流，人来人往。</p>"), ["Body 河水流，人来人往。"]);
    }

    #[test]
    fn what_nothing_closes_swallows_no_page() {
        let read = |html: &str| {
            let (blocks, title) = page(html);
            let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
            format!("{}: {}", title.unwrap_or_default(), texts.join("|"))
        };
        assert_eq!(read("<title>茶<body><p>水</p><p>火</p>"), "茶: 水|火");
        assert_eq!(read("<head><title>茶\n<meta charset=utf-8></head><p>水</p>"), "茶: 水");
        assert_eq!(read("<title>茶 <p> 棚</title><body><p>水</p>"), "茶 <p> 棚: 水");
        assert_eq!(read("<title>茶</title><!-- 注\n注\n\n<p>水</p>"), "茶: 水");
        assert_eq!(read("<title>茶</title><p>火</p><!-- 注 <b>水</b>"), "茶: 火|水");
        assert_eq!(read("<title>茶</title><video src=a><p>水</p>"), "茶: 水");
    }

    #[test]
    fn call_outs_in_markdown_are_text() {
        for name in ["aside", "footer", "form", "nav"] {
            let blocks = markdown::blocks(&format!("水\n\n<{name}>\n茶\n</{name}>\n"), 0);
            assert!(blocks.iter().all(|block| block.part == Part::Body) && blocks.len() == 2, "{blocks:?}");
        }
    }

    #[test]
    fn what_is_bold_becomes_no_bolder() {
        let (blocks, _) = page("<p><b>茶<b>水<i>火</b>炭</i></b>");
        let styles: Vec<_> = blocks[0].styles.iter().map(|styled| (styled.range.clone(), &styled.style)).collect();
        assert_eq!(styles, [(0..12, &Inline::Strong), (6..12, &Inline::Emphasis)]);
        let blocks = markdown::blocks("**茶<b>水**火</b>炭", 0);
        let styles: Vec<_> = blocks[0].styles.iter().map(|styled| styled.range.clone()).collect();
        assert_eq!(styles, [0..6, 3..9]);
    }

    #[test]
    fn quotes_have_the_marks_of_their_language() {
        check("<p>He said <q>one <q>two</q></q>.</p>", &["He said “one ‘two’”."]);
        check(
            "<p>他说<q>水来了</q>。</p><p>彼は<q>来た</q>と言った。</p>",
            &["他说“水来了”。", "彼は「来た」と言った。"],
        );
        check("<p>他說<q>來了<q>嗎</q></q>。</p><p></q>茶</p>", &["他說「來了『嗎』」。", "茶"]);
    }

    #[test]
    fn white_space_between_characters_without_spaces() {
        check("<h1>第一章 茶</h1><p>一行\n  又一行</p>", &["第一章 茶", "一行又一行"]);
        check("<p> 一 <b> 二</b>\n三 </p>", &["一 二三"]);
        check("<p>one\n two  <b> three</b></p>", &["one two three"]);
    }
}
