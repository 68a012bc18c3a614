//! Where links lead, written out for paper: after each link, or numbered and listed below the article.
//!
//! It makes another document of one, and refuses to lay it out.

use crate::document::{Block, BlockKind, Container, ContainerKind, Document, Inline, Part, Styled};
use crate::text::SafeText;
use std::collections::HashMap;

/// How the addresses of links are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Links {
    /// Not at all
    None,
    /// After each link, in angle brackets
    Inline,
    /// Numbered, listed below the article
    End,
}

/// Something to add to a block's text at a byte.
struct Addition {
    at: u32,
    text: String,
    style: Option<Inline>,
}

/// The document with the addresses of its links.
pub fn written_out(mut document: Document, links: Links) -> Document {
    if links == Links::None {
        return document;
    }
    let mut listed = Listed::after_notes(&document);
    for block in &mut document.blocks {
        let additions: Vec<Addition> = block
            .styles
            .iter()
            .filter_map(|styled| {
                let url = address(block, styled)?;
                if links == Links::Inline {
                    return Some(Addition { at: styled.range.end, text: format!(" <{url}>"), style: None });
                }
                let label = listed.number(url).to_string();
                let style = Inline::FootnoteReference { label: SafeText::line(&label) };
                Some(Addition { at: styled.range.end, text: format!("[{label}]"), style: Some(style) })
            })
            .collect();
        add(block, additions);
    }
    let list = listed.blocks(&document);
    document.blocks.extend(list);
    document
}

/// The address of a link that its text does not show, and that leads out of the article.
fn address<'a>(block: &Block, styled: &'a Styled) -> Option<&'a SafeText> {
    let (Inline::Link { url } | Inline::Page { name: url }) = &styled.style else { return None };
    let text = block.text.get(styled.range.start as usize..styled.range.end as usize)?;
    let says = url.strip_prefix("mailto:").unwrap_or(url);
    (!text.is_empty() && !url.is_empty() && !url.starts_with('#') && text.trim() != says).then_some(url)
}

/// Adds to a block's text; its styles and cells keep what they held.
fn add(block: &mut Block, mut additions: Vec<Addition>) {
    if additions.is_empty() {
        return;
    }
    additions.sort_by_key(|addition| addition.at);
    // The bytes that each addition and those before it take.
    let mut sum = 0;
    let sums: Vec<u32> = additions
        .iter()
        .map(|addition| {
            sum += addition.text.len() as u32;
            sum
        })
        .collect();
    let before = |at: u32, with_own: bool| -> u32 {
        let count = additions.partition_point(|addition| addition.at < at || with_own && addition.at == at);
        count.checked_sub(1).and_then(|last| sums.get(last)).copied().unwrap_or_default()
    };
    for styled in &mut block.styles {
        let (start, end) = (styled.range.start, styled.range.end);
        styled.range = start + before(start, true)..end + before(end, false);
    }
    if let BlockKind::Table(table) = &mut block.kind {
        for cell in table.rows.iter_mut().flatten() {
            // An empty cell may stand where the text of the one before it ends.
            *cell = cell.start + before(cell.start, cell.start == cell.end)..cell.end + before(cell.end, true);
        }
    }
    let mut text = String::new();
    let mut from = 0;
    let mut styles = Vec::new();
    for Addition { at, text: added, style } in additions {
        text.push_str(block.text.get(from..at as usize).unwrap_or_default());
        let start = text.len() as u32;
        text.push_str(&added);
        styles.extend(style.map(|style| Styled { range: start..text.len() as u32, style }));
        from = at as usize;
    }
    text.push_str(block.text.get(from..).unwrap_or_default());
    block.text = SafeText::body(&text);
    block.styles.extend(styles);
    block.styles.sort_by_key(|styled| (styled.range.start, std::cmp::Reverse(styled.range.end)));
}

/// The addresses that have a number.
struct Listed {
    first: usize,
    urls: Vec<SafeText>,
    /// The place of each address in the list.
    places: HashMap<SafeText, usize>,
}

impl Listed {
    /// Numbers that no footnote of the document has.
    fn after_notes(document: &Document) -> Self {
        let containers = document.blocks.iter().flat_map(|block| block.containers.iter());
        let numbers = containers.filter_map(|container| match &container.kind {
            ContainerKind::Footnote { label } => label.parse::<u16>().ok(),
            _ => None,
        });
        Self { first: usize::from(numbers.max().unwrap_or_default()) + 1, urls: Vec::new(), places: HashMap::new() }
    }

    /// The number of an address: one, however many links lead there.
    fn number(&mut self, url: &SafeText) -> usize {
        let known = self.places.get(url).copied();
        let index = known.unwrap_or_else(|| {
            self.places.insert(url.clone(), self.urls.len());
            self.urls.push(url.clone());
            self.urls.len() - 1
        });
        self.first + index
    }

    /// The list, below a rule.
    fn blocks(self, document: &Document) -> Vec<Block> {
        let ids = document.blocks.iter().flat_map(|block| block.containers.iter()).map(|container| container.id);
        let id = ids.max().unwrap_or_default() + 1;
        let rule = Block { kind: BlockKind::Rule, ..Block::default() };
        let has_any = !self.urls.is_empty();
        let list = self.urls.into_iter().enumerate().map(|(index, url)| {
            let label = SafeText::line(&(self.first + index).to_string());
            let container = Container { id: id + index as u32, kind: ContainerKind::Footnote { label } };
            Block { text: url, containers: [container].into(), part: Part::Body, ..Block::default() }
        });
        has_any.then_some(rule).into_iter().chain(list).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Links, written_out};
    use crate::document::{Block, BlockKind};
    use crate::parse::{Hint, parse};
    use std::ops::Range;

    const SOURCE: &str = "见[新华字典](https://example.com/zd)与**[康熙字典](https://example.org/kx)**，再看[字典](https://example.com/zd)。\n\n\
        <https://example.net/> 自己就是地址，[注](#a)在文内[^3]。\n\n\
        | 书 | 处 |\n|---|---|\n| [甲](b.md) | 乙 |\n\n[^3]: 一条注。\n";

    /// The texts of the document's blocks.
    fn written(links: Links) -> Vec<String> {
        let document = parse(SOURCE.as_bytes(), &Hint::named("a.md"));
        written_out(document, links).blocks.iter().map(|block| block.text.to_string()).collect()
    }

    #[test]
    fn nothing_changes_unless_asked_for() {
        let document = parse(SOURCE.as_bytes(), &Hint::named("a.md"));
        assert_eq!(written_out(document.clone(), Links::None), document);
    }

    #[test]
    fn addresses_stand_after_links() {
        insta::assert_debug_snapshot!(written(Links::Inline), @r#"
        [
            "见新华字典 <https://example.com/zd>与康熙字典 <https://example.org/kx>，再看字典 <https://example.com/zd>。",
            "https://example.net/ 自己就是地址，注在文内[3]。",
            "书\t处\n甲 <b.md>\t乙",
            "一条注。",
        ]
        "#);
    }

    #[test]
    fn addresses_are_numbered_after_the_footnotes() {
        insta::assert_debug_snapshot!(written(Links::End), @r#"
        [
            "见新华字典[4]与康熙字典[5]，再看字典[4]。",
            "https://example.net/ 自己就是地址，注在文内[3]。",
            "书\t处\n甲[6]\t乙",
            "一条注。",
            "",
            "https://example.com/zd",
            "https://example.org/kx",
            "b.md",
        ]
        "#);
    }

    #[test]
    fn styles_and_cells_keep_what_they_held() {
        let held = |block: &Block, range: &Range<u32>| -> String {
            block.text.get(range.start as usize..range.end as usize).unwrap().to_owned()
        };
        let document = parse(SOURCE.as_bytes(), &Hint::named("a.md"));
        let written = written_out(document.clone(), Links::End);
        for (before, after) in document.blocks.iter().zip(&written.blocks) {
            for styled in &before.styles {
                let mut kept = after.styles.iter().filter(|kept| kept.style == styled.style);
                let text = held(before, &styled.range);
                assert!(kept.any(|kept| held(after, &kept.range) == text), "{text}");
            }
            if let BlockKind::Table(table) = &after.kind {
                let cells: Vec<String> = table.rows.iter().flatten().map(|cell| held(after, cell)).collect();
                assert_eq!(cells, ["书", "处", "甲[6]", "乙"]);
            }
        }
    }
}
