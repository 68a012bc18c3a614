//! Which element of a page holds its article: the one whose name says so, if most of the page's prose stands in it.
//!
//! It refuses to believe a name alone: teasers and comments are `<article>`s too, and a `<main>` may wait for a script.

use crate::document::{Block, BlockKind, Part};
use crate::parse::boilerplate::facts;
use crate::parse::line::ends_sentence;
use crate::parse::tables::pages::{Kind, Pages};
use crate::parse::tag::Tag;
use std::ops::Range;

/// Elements that hold what a page says besides its article.
const ASIDE: &[&str] = &["nav", "footer", "aside", "form", "button", "dialog"];
/// Elements in one another that are followed; a hostile page has thousands.
const DEEPEST: usize = 64;
/// Bytes of text from which a block is taken for prose and not for a label.
const PROSE: usize = 40;

/// What an element's name says that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// The article by a name that nothing else has.
    Named,
    Article,
    Main,
    Form,
    /// What stands beside the text or at its end.
    Note,
    /// What readers said of the article.
    Comments,
}

/// An element that says what it holds.
#[derive(Debug, Clone)]
struct Region {
    claim: Claim,
    blocks: Range<usize>,
    /// The elements around it that hold what is beside the article.
    asides: usize,
}

#[derive(Debug)]
struct Open {
    region: Region,
    name: String,
    /// How many elements of its name are open in it, itself included.
    depth: usize,
}

/// The elements of a page that say what they hold, and how deep in asides each block stands.
#[derive(Debug, Default)]
pub struct Regions<'t> {
    /// The names of elements on pages; none where there is no page, and all is its article.
    pages: Option<&'t Pages>,
    open: Vec<Open>,
    closed: Vec<Region>,
    asides: usize,
    /// For each block.
    depths: Vec<usize>,
}

impl<'t> Regions<'t> {
    /// Those of a page.
    pub fn of_page(pages: &'t Pages) -> Self {
        Self { pages: Some(pages), ..Self::default() }
    }

    /// Opens or closes an element; `blocks` stand before it. What ends a quote is its source, not the page's.
    pub fn follow(&mut self, tag: &Tag, blocks: usize, in_quote: bool) {
        if tag.is_end {
            self.end(tag, blocks);
        }
        let is_aside = ASIDE.contains(&tag.name.as_str()) && !(in_quote && tag.name == "footer");
        let around = self.asides;
        match (is_aside, tag.is_end) {
            (true, false) => self.asides += 1,
            (true, true) => self.asides = self.asides.saturating_sub(1),
            (false, _) => {}
        }
        if !tag.is_end {
            self.start(tag, blocks, around, is_aside);
        }
    }

    fn start(&mut self, tag: &Tag, blocks: usize, asides: usize, is_aside: bool) {
        let Some(pages) = self.pages else { return };
        let (id, classes) = (tag.attribute("id"), tag.attribute("class"));
        let claim = match tag.name.as_str() {
            "footer" | "aside" if is_aside => Some(Claim::Note),
            _ if pages.is_element(Kind::Article, id.as_deref(), classes.as_deref()) => Some(Claim::Named),
            "article" | "div" | "section" | "ol" | "ul" if are_of_comments([&id, &classes], pages) => {
                Some(Claim::Comments)
            }
            "article" => Some(Claim::Article),
            "form" => Some(Claim::Form),
            "main" => Some(Claim::Main),
            _ if tag.attribute("role").is_some_and(|role| role == "main") => Some(Claim::Main),
            _ => None,
        };
        if let Some(claim) = claim.filter(|_| self.open.len() < DEEPEST) {
            let region = Region { claim, blocks: blocks..blocks, asides };
            self.open.push(Open { region, name: tag.name.clone(), depth: 1 });
        } else if let Some(open) = self.open.iter_mut().rev().find(|open| open.name == tag.name) {
            open.depth += 1;
        }
    }

    fn end(&mut self, tag: &Tag, blocks: usize) {
        let Some(index) = self.open.iter().rposition(|open| open.name == tag.name) else { return };
        let Some(open) = self.open.get_mut(index) else { return };
        open.depth -= 1;
        if open.depth == 0 {
            self.close(index, blocks);
        }
    }

    /// Closes what is open from an index on.
    fn close(&mut self, index: usize, blocks: usize) {
        for open in self.open.drain(index..).rev() {
            let start = open.region.blocks.start;
            self.closed.push(Region { blocks: start..blocks, ..open.region });
        }
    }

    /// Counts a block; whether it stands beside the article.
    pub fn is_aside(&mut self) -> bool {
        self.depths.push(self.asides);
        self.asides > 0
    }

    /// Decides which blocks are the article's, all of them being there. Those `hidden` are not shown by a browser; in
    /// the end they are those that would be the article's.
    pub fn settle(mut self, blocks: &mut [Block], hidden: &mut Vec<usize>) {
        self.close(0, blocks.len());
        let belongs = Page::of(&self, blocks, hidden).belongs();
        let belongs = |index: usize| belongs.get(index).copied().unwrap_or_default();
        for (index, block) in blocks.iter_mut().enumerate() {
            block.part = if belongs(index) { Part::Body } else { Part::Boilerplate };
        }
        for index in hidden.iter() {
            if let Some(block) = blocks.get_mut(*index) {
                block.part = Part::Boilerplate;
            }
        }
        hidden.retain(|index| belongs(*index));
    }
}

/// A page that was read to its end.
struct Page<'a> {
    regions: &'a Regions<'a>,
    blocks: &'a [Block],
    /// Bytes of prose in each block, as far as a browser shows it.
    prose: Vec<usize>,
    /// Bytes of prose outside of asides.
    whole: usize,
}

impl<'a> Page<'a> {
    fn of(regions: &'a Regions, blocks: &'a [Block], hidden: &[usize]) -> Self {
        let all: Vec<usize> = blocks.iter().map(own_text).collect();
        let mut prose: Vec<usize> = all.iter().map(|bytes| if *bytes >= PROSE { *bytes } else { 0 }).collect();
        for index in hidden {
            if let Some(bytes) = prose.get_mut(*index) {
                *bytes = 0;
            }
        }
        let prose = if prose.iter().any(|bytes| *bytes > 0) { prose } else { all };
        let mut page = Self { regions, blocks, prose, whole: 0 };
        page.whole = page.prose(0..blocks.len(), 0);
        page
    }

    fn of_claim(&self, claim: Claim) -> impl Iterator<Item = &'a Region> {
        self.regions.closed.iter().filter(move |region| region.claim == claim)
    }

    fn blocks(&self, region: &Region) -> &'a [Block] {
        self.blocks.get(region.blocks.clone()).unwrap_or_default()
    }

    /// Whether a block stands in no more than so many asides.
    fn is_within(&self, index: usize, asides: usize) -> bool {
        self.regions.depths.get(index).is_some_and(|depth| *depth <= asides)
    }

    fn prose(&self, blocks: Range<usize>, asides: usize) -> usize {
        blocks.filter(|index| self.is_within(*index, asides)).filter_map(|index| self.prose.get(index)).sum()
    }

    /// Whether more prose stands in some regions, `within` asides of their own, than in the rest of the page.
    fn hold_most(&self, regions: &[&Region], within: usize) -> bool {
        let sum = |asides: &dyn Fn(&Region) -> usize| -> usize {
            regions.iter().map(|region| self.prose(region.blocks.clone(), asides(region))).sum()
        };
        let rest = self.whole.saturating_sub(sum(&|_| 0));
        sum(&|region| region.asides + within) > rest
    }

    /// For each block whether it is the article's.
    fn belongs(&self) -> Vec<bool> {
        let whole = self.whole();
        let mut belongs = vec![false; self.blocks.len()];
        let mut add = |blocks: Range<usize>, asides: usize| {
            for index in blocks.filter(|index| self.is_within(*index, asides)) {
                if let Some(belongs) = belongs.get_mut(index) {
                    *belongs = true;
                }
            }
        };
        let mut notes: Vec<&Region> = self.of_claim(Claim::Note).collect();
        notes.sort_by_key(|note| note.blocks.start);
        for region in &whole {
            add(region.blocks.clone(), region.asides);
            let first = notes.partition_point(|note| note.blocks.start < region.blocks.start);
            let inside = notes.iter().skip(first).take_while(|note| note.blocks.start < region.blocks.end);
            let own = inside.filter(|note| note.asides == region.asides && note.blocks.end <= region.blocks.end);
            for note in own.filter(|note| is_text(self.blocks(note))) {
                add(note.blocks.clone(), note.asides + 1);
            }
        }
        if whole.is_empty() {
            add(0..self.blocks.len(), 0);
            // Some servers make a form of every page.
            for form in self.of_claim(Claim::Form).filter(|form| self.hold_most(&[form], 1)) {
                add(form.blocks.clone(), form.asides + 1);
            }
        }
        for region in self.of_claim(Claim::Comments).filter(|region| !self.hold_most(&[region], 0)) {
            belongs.get_mut(region.blocks.clone()).unwrap_or_default().fill(false);
        }
        belongs
    }

    /// The elements that hold the article; none if that is the whole body. The innermost that holds most of the prose;
    /// several `<article>`s may be its parts.
    fn whole(&self) -> Vec<&'a Region> {
        let is_full = |region: &&Region| self.blocks(region).iter().any(|block| !block.text.trim().is_empty());
        let accounts: Vec<&Region> = self.of_claim(Claim::Named).filter(is_full).collect();
        if !accounts.is_empty() {
            return accounts;
        }
        let mut named = self.of_claim(Claim::Article).chain(self.of_claim(Claim::Main));
        if let Some(region) = named.find(|region| self.hold_most(&[region], 0)) {
            return vec![region];
        }
        let mut articles: Vec<&Region> = Vec::new();
        for region in self.of_claim(Claim::Article) {
            // What is inside was closed before.
            while articles.last().is_some_and(|last| region.blocks.start <= last.blocks.start) {
                articles.pop();
            }
            articles.push(region);
        }
        if self.hold_most(&articles, 0) { articles } else { Vec::new() }
    }
}

/// Whether the names of an element say that it holds what readers say.
fn are_of_comments(names: [&Option<String>; 2], pages: &Pages) -> bool {
    names.into_iter().flatten().any(|value| value.split_ascii_whitespace().any(|name| pages.is_of_comments(name)))
}

/// Bytes of a block that are text of its own and no links.
fn own_text(block: &Block) -> usize {
    let is_text = !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Image { .. } | BlockKind::Rule);
    if is_text { block.text.len().saturating_sub(facts::linked(block)) } else { 0 }
}

/// Whether what stands beside an article is text of its author's: a sentence, and hardly a link.
fn is_text(blocks: &[Block]) -> bool {
    let all: usize = blocks.iter().map(|block| block.text.len()).sum();
    let own: usize = blocks.iter().map(own_text).sum();
    own * 5 >= all * 4 && blocks.iter().any(|block| own_text(block) > 0 && ends_sentence(&block.text))
}

#[cfg(test)]
mod tests {
    use crate::document::Part;
    use crate::parse::Tables;
    use crate::parse::html::page;

    const PROSE: &str = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收。";

    /// The blocks that are the article's; `…` is a paragraph of prose on both sides.
    #[track_caller]
    fn check(html: &str, texts: &[&str]) {
        let (found, _) = page(&html.replace('…', &format!("<p>{PROSE}</p>")), 0, &Tables::built_in().pages);
        let body = found.iter().filter(|block| block.part == Part::Body);
        let found: Vec<&str> =
            body.map(|block| if block.text.as_str() == PROSE { "…" } else { block.text.as_str() }).collect();
        assert_eq!(found, texts, "{html}");
    }

    #[test]
    fn an_element_that_holds_most_of_the_page_is_its_article() {
        check("<p>首页</p><main><h1>集市</h1>……</main><p>版权所有</p>", &["集市", "…", "…"]);
        check("<main><p>首页</p><article>……</article><article>…</article></main>", &["…", "…"]);
        check("<main>…<article>…</article><article>…</article></main><p>版权</p>", &["…", "…", "…"]);
        check("<p>首页</p><article>…</article><article>…</article>", &["…", "…"]);
        check("<div>菜单</div><div role=main>……<div>…</div></div>…", &["…", "…", "…"]);
        check("<p>首页</p><article><p>短诗一行</p></article>", &["短诗一行"]);
        check("<form>菜单<article>……</article></form>", &["…", "…"]);
        check("<form><nav>菜单</nav>……</form><form>搜索</form>", &["…", "…"]);
    }

    #[test]
    fn teasers_comments_and_what_waits_for_a_script_are_not() {
        check("<div><h1>集市</h1>……</div><div><article>渡口</article></div>", &["集市", "…", "…", "渡口"]);
        check("<main></main><div>……</div>", &["…", "…"]);
        check("<main><p>稍等</p></main><div>……</div>", &["稍等", "…", "…"]);
        check("<main>……<article><h3>渡口</h3></article></main><p>版权</p>", &["…", "…", "渡口"]);
        check("<div>……</div><aside><article>渡口</article></aside>", &["…", "…"]);
        for said in ["<article class='comment-body'>渡口</article>", "<ol class=commentlist><li>渡口</li></ol>"] {
            check(&format!("<div><h1>集市</h1>……</div>{said}{said}"), &["集市", "…", "…"]);
            check(&format!("<article>……{said}</article>"), &["…", "…"]);
        }
        check("<div class=comments-open>……</div><p>版权</p>", &["…", "…", "版权"]);
        check("<div id=js_content><p>短</p></div><div>……</div>", &["短"]);
        check("<div id=js_content></div><div>……</div>", &["…", "…"]);
    }

    #[test]
    fn notes_of_the_author_are_the_articles() {
        let (note, links) = ("<p>注：集市三月开张。</p>", "<a href=/a>渡口的故事。</a>");
        check(
            &format!("<article>…<footer>{note}</footer><aside>{links}</aside></article>"),
            &["…", "注：集市三月开张。"],
        );
        check(&format!("<article>…</article><footer>{note}</footer>"), &["…"]);
        check(&format!("<article>…<nav><aside>{note}</aside></nav><footer>分享 收藏</footer></article>"), &["…"]);
        check(
            "<blockquote><p>水滴石穿。</p><footer>—— 罗大经</footer></blockquote>…",
            &["水滴石穿。", "—— 罗大经", "…"],
        );
    }
}
