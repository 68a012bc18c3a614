//! What a page shows by a script or a program: a link is left in its place, or what the page shows to readers without.

use super::Flow;
use crate::document::{Block, BlockKind, Inline, Part, Styled};
use crate::parse::html::names::UNSEEN;
use crate::parse::tag::{Tag, Token, Tokens};
use crate::text::SafeText;

impl Flow<'_> {
    /// Takes in an element that a script or a program shows.
    pub(super) fn shown_otherwise(&mut self, tag: &Tag, inside: &str) {
        match tag.name.as_str() {
            "script" => self.script(tag, inside),
            "noscript" | "noframes" | "object" if self.is_code() => self.in_code(inside),
            _ if self.is_code() => {}
            "noscript" => self.fallback(inside, true),
            // It says that the reader shows no frames.
            "noframes" => self.fallback(inside, false),
            "object" => {
                self.embedded(tag, inside);
                self.fallback(inside, true);
            }
            _ => self.embedded(tag, inside),
        }
    }

    fn is_code(&self) -> bool {
        self.pre || self.listing.is_some()
    }

    /// What stands inside code is code.
    fn in_code(&mut self, inside: &str) {
        for (_, token) in Tokens::new(inside, UNSEEN) {
            match token {
                Token::Text(text) => self.text(text),
                Token::Tag(tag, _) if tag.name == "br" => self.preformatted.push('\n'),
                Token::Formula(formula) => self.formula(formula),
                _ => {}
            }
        }
    }

    /// A script is none if it is a formula, as `MathJax` keeps them.
    fn script(&mut self, tag: &Tag, inside: &str) {
        let kind = tag.attribute("type").unwrap_or_default();
        if kind.starts_with("math/tex") {
            let mark = if kind.contains("mode=display") { "$$" } else { "$" };
            self.tex(&format!("{mark}{}{mark}", inside.trim()));
        }
    }

    /// Leaves a link to what is shown or played in a place. What takes no room counts who reads the page.
    pub(super) fn embedded(&mut self, tag: &Tag, inside: &str) {
        const ADDRESSES: [&str; 3] = ["data-src", "src", "data"];
        let of =
            |tag: &Tag| ADDRESSES.into_iter().filter_map(|name| tag.attribute(name)).find(|url| leads_somewhere(url));
        let source = || {
            let mut sources = Tokens::new(inside, &[]).filter_map(|(_, token)| match token {
                Token::Tag(tag, _) if tag.name == "source" => of(&tag),
                _ => None,
            });
            sources.next()
        };
        let Some(url) = of(tag).or_else(source) else { return };
        let is_unseen =
            |name: &str| tag.attribute(name).is_some_and(|size| matches!(size.trim(), "0" | "1" | "0px" | "1px"));
        let is_hidden = tag.attribute("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
        if is_unseen("width") || is_unseen("height") || is_hidden || tag.attribute("hidden").is_some() {
            return;
        }
        let said = ["title", "aria-label"].into_iter().filter_map(|name| tag.attribute(name));
        let label = said.into_iter().find(|said| !said.trim().is_empty()).unwrap_or_else(|| url.clone());
        let is_within = matches!(self.kind, BlockKind::Heading { .. }) || !self.inlines.is_plain();
        if is_within && self.grid.is_none() {
            let text = SafeText::line(label.trim());
            let link = Inline::Link { url: SafeText::address(&url) };
            let styles = vec![Styled { range: 0..text.len() as u32, style: link }];
            self.played.push(Block { text, styles, ..Block::default() });
            return;
        }
        self.end_block();
        self.start = self.line;
        self.inlines.open(Some(Inline::Link { url: SafeText::address(&url) }), "embedded");
        self.inlines.push(label.trim());
        self.inlines.close("embedded");
        self.end_block();
    }

    /// Shows a picture that is there for readers without scripts alone, and not beside another, which it would be again.
    fn show_alone(&mut self, block: &Block, url: &SafeText) -> bool {
        let is_image = |block: &Block| matches!(block.kind, BlockKind::Image { .. });
        let is_beside = !self.inlines.text().is_empty() || self.inlines.is_images_only();
        if url.is_empty() || is_beside || self.blocks.last().is_some_and(is_image) || self.grid.is_some() {
            return false;
        }
        self.push(block.clone());
        true
    }

    /// Takes in what a page shows where it runs no script: the picture itself where the one before has no address, and
    /// all else for the raw view.
    fn fallback(&mut self, html: &str, may_be_article: bool) {
        let flow = Flow::new(self.line - 1).reading(html);
        for block in flow.blocks {
            if let BlockKind::Image { url } = &block.kind
                && (self.supply(url) || self.show_alone(&block, url))
            {
                continue;
            }
            self.regions.is_aside();
            if may_be_article {
                self.hidden.push(self.blocks.len());
            }
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
}

/// Whether an address leads to something that can be opened: what stands in the same archive (`cid:`) cannot.
fn leads_somewhere(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    !url.is_empty() && !["about:", "javascript:", "data:", "blob:", "cid:"].iter().any(|scheme| url.starts_with(scheme))
}

/// Hides the numbers of lines that stand beside code: a cell with a column of them before one with as many lines.
pub fn hide_gutters(blocks: &mut [Block], columns: &[usize]) {
    for index in columns.iter().copied().filter(|index| *index > 0) {
        let [gutter, code] = blocks.get_mut(index - 1..=index).unwrap_or_default() else { continue };
        let are_code = [&*gutter, &*code].iter().all(|block| matches!(block.kind, BlockKind::Code { .. }));
        if are_code && is_gutter(&gutter.text, &code.text) {
            gutter.part = Part::Boilerplate;
        }
    }
}

/// Whether a text is nothing but the numbers of the lines of another; a last empty one may have a number too. A single
/// number is as well a value.
fn is_gutter(numbers: &str, code: &str) -> bool {
    let count = numbers.lines().count();
    let mut lines = numbers.lines().map(|line| line.trim().parse::<usize>()).zip(1..);
    count > 1 && lines.all(|(number, expected)| number == Ok(expected)) && count.abs_diff(code.lines().count()) <= 1
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, Inline, Part};
    use crate::parse::Tables;
    use crate::parse::html::page;

    /// What of a page is its article, with the addresses of links and pictures.
    #[track_caller]
    fn check(html: &str, texts: &[&str]) {
        let (blocks, _) = page(html, 0, &Tables::built_in().pages);
        let of_body = blocks.iter().filter(|block| block.part == Part::Body);
        let shown = of_body.map(|block| {
            let links = block.styles.iter().filter_map(|styled| match &styled.style {
                Inline::Link { url } => Some(format!(" -> {url}")),
                _ => None,
            });
            let image = if let BlockKind::Image { url } = &block.kind { format!(" <{url}>") } else { String::new() };
            format!("{}{image}{}", block.text, links.collect::<String>())
        });
        assert_eq!(shown.collect::<Vec<_>>(), texts, "{html}");
    }

    #[test]
    fn a_link_stands_for_what_is_played() {
        let text = "<p>河水流，人来人往。</p>";
        let shown = "河水流，人来人往。";
        check(
            &format!(
                "{text}<iframe src='https://example.com/v' title='煮茶'></iframe><video><source src=a.mp4>不能播放</video>"
            ),
            &[shown, "煮茶 -> https://example.com/v", "a.mp4 -> a.mp4"],
        );
        check(
            &format!(
                "{text}<iframe src='/count' width=1 height=1></iframe><iframe src='about:blank'></iframe><video></video>"
            ),
            &[shown],
        );
        check(&format!("{text}<frame src=a.html>"), &[shown, "a.html -> a.html"]);
        check(
            &format!("{text}<iframe data-src='/v'></iframe><embed src=a.swf><audio src=b.mp3></audio>"),
            &[shown, "/v -> /v", "a.swf -> a.swf", "b.mp3 -> b.mp3"],
        );
    }

    #[test]
    fn what_is_played_breaks_no_heading_and_no_link() {
        check("<p>茶</p><h2>煮<iframe src=/v></iframe>茶</h2>", &["茶", "煮茶", "/v -> /v"]);
        check("<p><b>煮<iframe src=/v></iframe>茶</b>水</p>", &["煮茶水", "/v -> /v"]);
        check("<p><a href=/z>煮<embed src=/v>茶</a>水</p>", &["煮茶水 -> /z", "/v -> /v"]);
    }

    #[test]
    fn pictures_say_in_many_ways_where_they_are() {
        check("<p>茶</p><img alt=a srcset='/a.jpg 400w, /b.jpg 800w'>", &["茶", "a </b.jpg>"]);
        check("<p>茶</p><img alt=a src='data:x' data-srcset='/a,1.jpg'>", &["茶", "a </a,1.jpg>"]);
        check("<p>茶</p><img alt=a src='blank.gif' data-lazy-src='/a.jpg'>", &["茶", "a </a.jpg>"]);
        check("<p>茶</p><picture><source srcset='/a.webp 2x, /b.webp'><img alt=a></picture>", &["茶", "a </a.webp>"]);
        check(
            "<p>茶</p><picture><source srcset='/a.webp'><img alt=a src='/a.jpg'></picture><img alt=b>",
            &["茶", "a </a.jpg>", "b <>"],
        );
        check("<p>茶</p><noscript><img src='/a.jpg'></noscript><p>水</p>", &["茶", " </a.jpg>", "水"]);
    }

    #[test]
    fn formulas_are_no_scripts() {
        check("<p>若<script type='math/tex'>a^2</script>则<script>x()</script>。</p>", &["若$a^2$则。"]);
    }

    #[test]
    fn numbers_of_lines_are_no_code() {
        let table = |numbers: &str, code: &str| {
            format!("<p>茶</p><table><tr><td><pre>{numbers}</pre></td><td><pre>{code}</pre></td></tr></table>")
        };
        check(&table("1\n2\n3", "fn main() {\n    pour();\n}"), &["茶", "fn main() {\n    pour();\n}"]);
        check(&table("1<br>2<br>", "a<br>b<br>"), &["茶", "a\nb"]);
        check(&table("1\n3", "a\nb"), &["茶", "1\n3", "a\nb"]);
        check(&table("1", "a"), &["茶", "1", "a"]);
        check("<p>茶</p><pre>1\n2</pre><pre>a\nb</pre>", &["茶", "1\n2", "a\nb"]);
    }

    #[test]
    fn objects_in_code_are_code() {
        check("<pre>a <object data=x>b<br>c</object> d</pre>", &["a b\nc d"]);
    }
}
