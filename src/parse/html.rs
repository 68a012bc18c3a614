//! HTML, as a saved page or inside Markdown, to blocks. One pass over the tags, without a tree.
//!
//! It refuses to run anything, to fetch anything and to believe style sheets. What a page says besides its article
//! (navigation, forms, footers) is kept as boilerplate, so that nothing is lost in the raw view.

pub mod byline;
pub mod cells;
pub mod head;
pub mod linked_data;
pub mod mathml;
pub mod regions;

use crate::document::{Block, BlockKind, Container, ContainerKind, Inline, LineRange, OpenContainers, Part};
use crate::parse::inlines::{Inlines, mend};
use crate::parse::tables::pages::Pages;
use crate::parse::tag::looks::Elements;
use crate::parse::tag::{self, Tag, Token, Tokens, decode_entities};
use crate::text::SafeText;
use cells::Grid;
use mathml::Formula;
use regions::Regions;

/// Elements whose content is not text of the page.
const UNSEEN: &[&str] =
    &["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "canvas", "audio", "video"];
/// Those whose content is shown where a script or a program is not.
const FALLBACKS: &[&str] = &["noscript", "object"];
/// Elements of their own lines, and of a page's head, that end a title which nothing closes.
const AFTER_TITLE: &[&str] = &["head", "meta", "link", "base", "table", "hr", "img"];
/// Containers in one another; nobody follows more, and a hostile page has thousands.
const DEEPEST: usize = 32;
/// Elements that begin and end a line of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "figcaption",
    "address",
    "details",
    "summary",
    "fieldset",
    "legend",
    "body",
    "html",
    "center",
    "caption",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "dialog",
    "hgroup",
];

/// Whether a text is a whole page.
pub fn is_page(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with("<?xml") && text.contains("<html"))
}

/// A saved page: its blocks, and its title.
pub fn page(text: &str, lines_before: u32, pages: &Pages) -> (Vec<Block>, Option<SafeText>) {
    let regions = Regions::of_page(pages);
    let mut flow = Flow { is_page: true, has_asides: true, regions, ..Flow::new(lines_before) };
    flow.read(text);
    std::mem::take(&mut flow.regions).settle(&mut flow.blocks, &mut flow.hidden);
    flow.show_if_all_is_hidden();
    let title = Some(SafeText::line(&flow.title)).filter(|title| !title.is_empty());
    let title = title.or_else(|| only_heading(&flow.blocks));
    (flow.blocks, title)
}

/// What the only heading of the first level says, wherever it stands: the title of a page that names none.
fn only_heading(blocks: &[Block]) -> Option<SafeText> {
    let mut highest = blocks.iter().filter(|block| block.heading_level() == Some(1));
    let heading = highest.next().filter(|_| highest.next().is_none())?;
    Some(SafeText::line(&heading.text)).filter(|title| !title.is_empty())
}

/// A piece of HTML.
#[cfg(test)]
pub fn blocks(text: &str, lines_before: u32) -> Vec<Block> {
    fragment(text, lines_before).0
}

/// A piece of HTML inside Markdown, and the names of what follows it: what stands beside the text of a page is the text
/// here, where call-outs are asides.
pub fn fragment(text: &str, lines_before: u32) -> (Vec<Block>, Vec<SafeText>) {
    let mut flow = Flow { has_asides: is_page(text), ..Flow::new(lines_before) };
    flow.read(text);
    (flow.blocks, flow.names)
}

/// A chapter of a book, which may hold its table of contents.
pub fn chapter(text: &str, lines_before: u32) -> Vec<Block> {
    let mut flow = Flow { has_asides: true, ..Flow::new(lines_before) };
    flow.read(text);
    flow.blocks
}

/// Whether a page's title has an end before its text begins: until there, tags in it are text that it says.
fn ends_title(text: &str) -> bool {
    let after = tag::find(text, "<title").and_then(|at| text.get(at..)).unwrap_or_default();
    let end = tag::find(after, "</title");
    let begins = ["<body", "</head"].into_iter().filter_map(|tag| tag::find(after, tag)).min();
    end.is_some_and(|end| begins.is_none_or(|begins| end < begins))
}

/// The state of the pass: what is open, and the block under construction.
struct Flow<'t> {
    blocks: Vec<Block>,
    containers: OpenContainers,
    next_id: u32,
    /// The number of the next item, for every open list.
    numbers: Vec<Option<i64>>,
    inlines: Inlines,
    kind: BlockKind,
    start: u32,
    line: u32,
    /// Whether each table to come only lays out what is in it.
    layouts: std::vec::IntoIter<bool>,
    /// The tables that do and are open.
    laid_out: usize,
    /// The table that is open and has rows and columns.
    grid: Option<Grid>,
    table_start: u32,
    preformatted: String,
    pre: bool,
    in_title: bool,
    /// Whether the title has an end.
    ends_title: bool,
    title: String,
    /// Whether it is a page, which has a title.
    is_page: bool,
    /// Whether what stands beside the text is told from it.
    has_asides: bool,
    regions: Regions<'t>,
    elements: Elements,
    /// The blocks that a browser would not show, though they may be the article's.
    hidden: Vec<usize>,
    /// What links call the next block.
    names: Vec<SafeText>,
}

impl Flow<'_> {
    fn new(lines_before: u32) -> Self {
        Self {
            blocks: Vec::new(),
            containers: OpenContainers::default(),
            next_id: 0,
            numbers: Vec::new(),
            inlines: Inlines::default(),
            kind: BlockKind::Paragraph,
            start: lines_before + 1,
            line: lines_before + 1,
            layouts: Vec::new().into_iter(),
            laid_out: 0,
            grid: None,
            table_start: 0,
            preformatted: String::new(),
            pre: false,
            in_title: false,
            ends_title: false,
            title: String::new(),
            is_page: false,
            has_asides: false,
            regions: Regions::default(),
            elements: Elements::default(),
            hidden: Vec::new(),
            names: Vec::new(),
        }
    }

    fn read(&mut self, text: &str) {
        let first = self.line;
        if tag::holds(text, "<table") {
            self.layouts = cells::layouts(text, UNSEEN, BLOCKS).into_iter();
        }
        self.ends_title = ends_title(text);
        for (line, token) in Tokens::new(text, UNSEEN).with_fallbacks(FALLBACKS) {
            self.line = first + line;
            match token {
                Token::Text(text) => self.text(text),
                Token::Tag(tag, literal) => {
                    self.tag(&tag, literal);
                    // What begins here is in no block that has ended.
                    self.names.extend(tag.place());
                }
                Token::Formula(formula) => self.formula(formula),
                Token::Fallback(html) => self.fallback(html),
            }
        }
        self.end_table();
        self.end_block();
    }

    /// What a page shows only once a script has run is its article after all, if that is most of it.
    fn show_if_all_is_hidden(&mut self) {
        let length = |block: &Block| if block.part == Part::Body { block.text.len() } else { 0 };
        let shown: usize = self.blocks.iter().map(length).sum();
        let hidden: usize =
            self.hidden.iter().filter_map(|index| self.blocks.get(*index)).map(|block| block.text.len()).sum();
        if hidden > shown {
            for index in std::mem::take(&mut self.hidden) {
                if let Some(block) = self.blocks.get_mut(index) {
                    block.part = Part::Body;
                }
            }
        }
    }

    /// Takes in what a page shows where it runs no script: the picture itself where the one before has no address, and
    /// all else for the raw view.
    fn fallback(&mut self, html: &str) {
        let mut flow = Flow::new(self.line - 1);
        flow.read(html);
        for block in flow.blocks {
            if let BlockKind::Image { url } = &block.kind
                && self.supply(url)
            {
                continue;
            }
            self.regions.is_aside();
            self.hidden.push(self.blocks.len());
            self.blocks.push(Block { part: Part::Boilerplate, containers: self.containers.shared(), ..block });
        }
    }

    /// Gives an address to the last picture; false if there is none that lacks one.
    fn supply(&mut self, address: &SafeText) -> bool {
        if self.inlines.supply(address) {
            return true;
        }
        match self.blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Image { url }) if url.is_empty() && self.inlines.text().is_empty() => {
                url.clone_from(address);
                true
            }
            _ => false,
        }
    }

    fn text(&mut self, text: &str) {
        let text = decode_entities(text);
        if self.in_title {
            self.title.push_str(&text);
        } else if self.pre {
            self.preformatted.push_str(&text);
        } else {
            self.collapsed(&text);
        }
    }

    fn formula(&mut self, element: &str) {
        if self.inlines.text().is_empty() {
            self.start = self.line;
        }
        match mathml::formula(element) {
            Formula::Tex(text) | Formula::Plain(text) if self.pre => self.preformatted.push_str(&text),
            Formula::Plain(text) => self.collapsed(&text),
            Formula::Tex(tex) => {
                self.inlines.open(Some(Inline::Code), "math");
                self.inlines.push(&tex);
                self.inlines.close("math");
            }
        }
    }

    /// Adds text with its white space collapsed (CSS Text 3, 4.1.1): a line end vanishes between characters of scripts
    /// without spaces, a space does not.
    fn collapsed(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let (space, _) = rest.split_at_checked(rest.len() - word.len()).unwrap_or_default();
            let end = word.find(|c: char| c.is_ascii_whitespace()).unwrap_or(word.len());
            let (word, after) = word.split_at_checked(end).unwrap_or((word, ""));
            if !space.is_empty() && !self.inlines.text().is_empty() {
                if space.contains('\n') { self.inlines.soft_break() } else { self.inlines.space() }
            }
            if self.inlines.text().is_empty() && !word.is_empty() {
                self.start = self.line;
                if self.elements.are_bold() && self.inlines.is_plain() {
                    self.inlines.open(Some(Inline::Strong), "");
                }
            }
            self.inlines.push(word);
            rest = after;
        }
    }

    fn tag(&mut self, tag: &Tag, literal: &str) {
        let begins_text = |name: &str| BLOCKS.contains(&name) || AFTER_TITLE.contains(&name);
        if self.in_title && !self.ends_title && begins_text(&tag.name) {
            self.in_title = false;
        }
        match tag.name.as_str() {
            "title" if self.is_page && self.blocks.is_empty() => self.in_title = !tag.is_end,
            _ if self.in_title && self.ends_title => self.title.push_str(literal),
            _ if self.in_title => {}
            "head" | "meta" | "link" | "base" | "tbody" | "thead" | "tfoot" | "colgroup" | "col" => {}
            "table" => self.table(tag),
            "tr" if self.grid.is_some() => self.row(tag),
            "td" | "th" if self.grid.is_some() => self.cell(tag),
            "caption" if self.grid.is_some() => self.end_cell(),
            _ if self.grid.is_some() => self.inside_cell(tag, literal),
            "tr" | "td" | "th" if self.laid_out > 0 => self.block(tag),
            "hr" => self.rule(),
            "img" => self.image(tag),
            "pre" => self.pre(tag),
            "br" if self.pre => self.preformatted.push('\n'),
            _ if self.pre => {}
            name if BLOCKS.contains(&name) => self.block(tag),
            _ => self.inlines.tag(literal),
        }
    }

    fn block(&mut self, tag: &Tag) {
        self.end_block();
        let in_quote = self.containers.iter().any(|container| container.kind == ContainerKind::Quote);
        self.regions.follow(tag, self.blocks.len(), in_quote);
        self.elements.follow(tag);
        let name = tag.name.as_str();
        match (name, tag.is_end) {
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                let level = name.as_bytes().get(1).copied().map_or(1, |digit| digit - b'0');
                self.kind = BlockKind::Heading { level };
            }
            ("ul", false) => self.numbers.push(None),
            ("ol", false) => self.numbers.push(tag.attribute("start").and_then(|start| start.parse().ok()).or(Some(1))),
            ("ul" | "ol", true) => {
                // The end tag of its last item may be left out (HTML, "optional tags").
                self.close(|kind| matches!(kind, ContainerKind::Item { .. }), self.numbers.len());
                self.numbers.pop();
            }
            ("li", false) => {
                self.close(|kind| matches!(kind, ContainerKind::Item { .. }), self.numbers.len());
                let marker = self.marker();
                self.open(ContainerKind::Item { marker, tight: true });
            }
            ("li", true) => self.close(|kind| matches!(kind, ContainerKind::Item { .. }), self.numbers.len()),
            ("blockquote", false) => self.open(ContainerKind::Quote),
            ("blockquote", true) => self.close(|kind| matches!(kind, ContainerKind::Quote), 1),
            _ => {}
        }
    }

    fn open(&mut self, kind: ContainerKind) {
        if self.containers.len() >= DEEPEST {
            return;
        }
        self.containers.push(Container { id: self.next_id, kind });
        self.next_id += 1;
    }

    /// Closes the innermost container of a kind, and what is open inside it; at most `depth` of them stay open.
    fn close(&mut self, is_kind: impl Fn(&ContainerKind) -> bool, depth: usize) {
        let open = self.containers.iter().filter(|container| is_kind(&container.kind)).count();
        if open < depth.max(1) {
            return;
        }
        if let Some(index) = self.containers.iter().rposition(|container| is_kind(&container.kind)) {
            self.containers.truncate(index);
        }
    }

    fn marker(&mut self) -> SafeText {
        match self.numbers.last_mut() {
            Some(Some(number)) => {
                let marker = SafeText::line(&format!("{number}."));
                *number = number.saturating_add(1);
                marker
            }
            _ => SafeText::own("•"),
        }
    }

    fn pre(&mut self, tag: &Tag) {
        self.end_block();
        self.pre = !tag.is_end;
        self.start = self.line;
    }

    fn rule(&mut self) {
        self.end_block();
        self.start = self.line;
        self.push(Block { kind: BlockKind::Rule, ..Block::default() });
    }

    fn image(&mut self, tag: &Tag) {
        if self.inlines.text().is_empty() {
            self.start = self.line;
        }
        let (alt, url) = (tag.attribute("alt").unwrap_or_default(), tag.image_address().unwrap_or_default());
        // The picture of a formula that stands before it.
        let says_again =
            |formula: &str| !formula.is_empty() && self.inlines.text().trim_end_matches('$').ends_with(formula);
        if tag.attribute("aria-hidden").is_some_and(|value| value == "true") && says_again(&mathml::tex(&alt)) {
            return;
        }
        self.inlines.image(&alt, &url);
    }

    fn table(&mut self, tag: &Tag) {
        if tag.is_end {
            match self.grid {
                Some(_) => self.end_table(),
                None => self.laid_out = self.laid_out.saturating_sub(1),
            }
            self.block(tag);
            return;
        }
        self.block(tag);
        if self.layouts.next() == Some(false) && self.grid.is_none() {
            self.grid = Some(Grid::default());
            self.table_start = self.line;
        } else {
            self.laid_out += 1;
        }
    }

    fn row(&mut self, tag: &Tag) {
        self.end_cell();
        if let Some(grid) = &mut self.grid {
            grid.end_row(tag.is_end);
        }
    }

    fn cell(&mut self, tag: &Tag) {
        self.end_cell();
        if let Some(grid) = self.grid.as_mut().filter(|_| !tag.is_end) {
            grid.open(tag);
        }
    }

    /// What would be blocks and lines elsewhere are parted by spaces in a cell.
    fn inside_cell(&mut self, tag: &Tag, literal: &str) {
        if !BLOCKS.contains(&tag.name.as_str()) && tag.name != "br" {
            self.inlines.tag(literal);
        } else if !self.inlines.text().ends_with('\n') {
            self.inlines.hard_break();
        }
    }

    /// Ends a cell; text outside cells stands before the table (HTML, "foster parent"), and white space there is none.
    fn end_cell(&mut self) {
        let mut inlines = std::mem::take(&mut self.inlines);
        inlines.close_all();
        inlines.name_images();
        let (text, styles) = inlines.finish();
        match &mut self.grid {
            Some(grid) if grid.is_open() => grid.close(&text, styles),
            _ if text.is_empty() => {}
            _ => self.push(Block { text, styles, ..Block::default() }),
        }
    }

    fn end_table(&mut self) {
        if self.grid.is_none() {
            return;
        }
        self.end_cell();
        let block = self.grid.take().map(Grid::finish).unwrap_or_default();
        if !block.text.trim().is_empty() {
            self.start = self.table_start;
            self.push(block);
        }
    }

    /// Ends the block under construction, if it holds anything.
    fn end_block(&mut self) {
        if self.grid.is_some() {
            return;
        }
        let kind = std::mem::take(&mut self.kind);
        let preformatted = std::mem::take(&mut self.preformatted);
        if !preformatted.trim().is_empty() {
            let text = preformatted.trim_start_matches('\n');
            self.start += (preformatted.len() - text.len()) as u32;
            let text = SafeText::body(text.trim_end_matches('\n'));
            self.push(Block { kind: BlockKind::Code { info: SafeText::default() }, text, ..Block::default() });
        }
        // An element that is still open goes on in the next block.
        let next = self.inlines.part();
        let mut inlines = std::mem::replace(&mut self.inlines, next);
        if inlines.is_images_only() {
            for (alt, url) in inlines.images() {
                self.push(Block { kind: BlockKind::Image { url }, text: alt, ..Block::default() });
            }
            return;
        }
        let (text, styles) = inlines.finish();
        mend::paragraphs(text, styles, |text, styles| {
            if !text.trim().is_empty() {
                self.push(Block { kind: kind.clone(), text, styles, ..Block::default() });
            }
        });
    }

    fn push(&mut self, block: Block) {
        let aside = self.has_asides && self.regions.is_aside();
        let hidden = self.elements.are_hidden();
        if hidden {
            self.hidden.push(self.blocks.len());
        }
        let part = if aside || hidden { Part::Boilerplate } else { Part::Body };
        let lines = LineRange { first: self.start.min(self.line), last: self.line };
        let containers = self.containers.shared();
        let names = std::mem::take(&mut self.names).into();
        self.blocks.push(Block { containers, lines, part, names, ..block });
        self.start = self.line;
    }
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
            ["Body 河水流，人来人往，茶棚天亮就开。", "Boilerplate 请打开脚本", "Boilerplate 没有播放器"]
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
