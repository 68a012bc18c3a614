//! The links and notes of an article, and the places in it that they name.
//!
//! It refuses to know other articles: an address is given as it stands.

use super::address::decoded;
use super::{Block, ContainerKind, Document, Inline, Position, Scope, Span};
use crate::text::SafeText;
use crate::text::fold::fold;
use std::collections::HashMap;

/// Some words that lead elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub span: Span,
    /// Where they lead.
    pub aim: Aim,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// To a note of the article, by its label.
    Note(SafeText),
    /// To an address, as the file gives it.
    Address(SafeText),
    /// To an article by its name, as the file gives it.
    Page(SafeText),
}

impl Document {
    /// Its links and references to notes, in reading order.
    pub fn links(&self, scope: Scope) -> Vec<Link> {
        let of_block = self.shown(scope).flat_map(|(index, block)| {
            block.styles.iter().filter_map(move |styled| {
                let aim = match &styled.style {
                    Inline::Link { url } if !url.is_empty() => Aim::Address(url.clone()),
                    Inline::Page { name } if !name.is_empty() => Aim::Page(name.clone()),
                    Inline::FootnoteReference { label } => Aim::Note(label.clone()),
                    _ => return None,
                };
                let span = Span::in_block(index, styled.range.start as usize, styled.range.end as usize);
                (span.start < span.end).then_some(Link { span, aim })
            })
        });
        of_block.collect()
    }

    /// How each note begins, by its label.
    pub fn notes(&self) -> HashMap<&str, &Block> {
        let mut notes = HashMap::new();
        for block in &self.blocks {
            for container in block.containers.iter() {
                if let ContainerKind::Footnote { label } = &container.kind {
                    notes.entry(label.as_str()).or_insert(block);
                }
            }
        }
        notes
    }

    /// The blocks of a note, by its label: its place, and its text.
    pub fn note(&self, label: &str) -> Option<(Position, String)> {
        let is_of = |kind: &ContainerKind| matches!(kind, ContainerKind::Footnote { label: own } if **own == *label);
        let of_note = self.blocks.iter().enumerate();
        let mut of_note = of_note.filter(|(_, block)| block.containers.iter().any(|container| is_of(&container.kind)));
        let (first, block) = of_note.next()?;
        let rest = of_note.map(|(_, block)| block.text.as_str());
        let text: Vec<&str> = std::iter::once(block.text.as_str()).chain(rest).collect();
        Some((Position::block_start(first), text.join("\n")))
    }

    /// The place that a fragment names (`#…`): what the file calls so; a heading, called by its words as converters make names of them, of several
    /// alike the number behind tells which; or the start.
    pub fn anchor(&self, fragment: &str) -> Option<Position> {
        let name = decoded(fragment);
        let name = name.strip_prefix("user-content-").unwrap_or(&name);
        if name.is_empty() {
            return Some(Position::default());
        }
        // A place of a book stands behind its chapter's name; one that is not there is somewhere in the chapter.
        let in_chapter = || self.named(fragment.rsplit_once('#')?.0);
        if let Some(place) = self.named(fragment).or_else(|| self.named(name)).or_else(in_chapter) {
            return Some(place);
        }
        let named = |name: &str, rank: usize| {
            let wanted = letters(name);
            let mut sections = self.outline.sections.iter().filter(|section| letters(&section.title) == wanted);
            if wanted.is_empty() { None } else { sections.nth(rank).map(|section| section.at) }
        };
        let numbered = || {
            let (name, rank) = name.rsplit_once('-')?;
            named(name, rank.parse().ok()?)
        };
        let start = || name.eq_ignore_ascii_case("top").then(Position::default);
        named(name, 0).or_else(numbered).or_else(start)
    }
}

impl Document {
    /// The block that the file calls so, or what of the article follows it.
    fn named(&self, name: &str) -> Option<Position> {
        let is_called = |block: &Block| block.names.iter().any(|other| **other == *name);
        let first = self.blocks.iter().position(is_called)?;
        let shown = self.shown(Scope::Article).map(|(index, _)| index).find(|index| *index >= first);
        Some(Position::block_start(shown.unwrap_or(first)))
    }

    /// The link at the other end of a note that a page made by hand or by a converter: a reference and its note lead to
    /// each other, under names that begin alike and have the same number (`#fn1` and `#fnref1`, `#cite_note-1` and
    /// `#cite_ref-1`). Text that was copied from a page has lost the names themselves.
    pub fn counterpart(&self, fragment: &str) -> Option<Span> {
        let number = |name: &str| -> String {
            let digits = name.chars().skip_while(|character| !character.is_ascii_digit());
            digits.take_while(char::is_ascii_digit).collect()
        };
        let shared = |name: &str| name.bytes().zip(fragment.bytes()).take_while(|(one, other)| one == other).count();
        let wanted = number(fragment);
        let links = self.links(Scope::File).into_iter().filter_map(|link| {
            let Aim::Address(address) = &link.aim else { return None };
            let name = address.strip_prefix('#').filter(|name| *name != fragment && number(name) == wanted)?;
            let shared = shared(name);
            (shared >= 2).then_some((shared, link.span))
        });
        // The first of those that are the most alike.
        let best = links.reduce(|best, other| if other.0 > best.0 { other } else { best });
        best.filter(|_| !wanted.is_empty()).map(|(_, span)| span)
    }
}

/// The letters and digits of a name: all else is written in as many ways as there are converters.
fn letters(name: &str) -> String {
    fold(name).text.chars().filter(|character| character.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Aim, Scope};
    use crate::document::{Document, Position};
    use crate::parse::{Hint, parse};

    const TEXT: &str = "# 井\n\n村口有一口井，字典里怎么说，见[辞典](https://example.com/zd)[^注]。\n\n## 一、打水 (Water)\n\n| 书 |\n|---|\n| [**甲**](b.md) |\n\n## Well\n\n## Well\n\n到[上面](#well-1)。\n\n[^注]: 一条注。\n\n    第二段。\n";

    fn document() -> Document {
        parse(TEXT.as_bytes(), &Hint::named("a.md"))
    }

    #[test]
    fn links_in_reading_order() {
        let document = document();
        let links = document.links(Scope::Article);
        let lines: Vec<String> = links
            .iter()
            .map(|link| match &link.aim {
                Aim::Note(label) => format!("{} -> note {label}", document.text(link.span)),
                Aim::Address(address) => format!("{} -> {address}", document.text(link.span)),
                Aim::Page(name) => format!("{} -> page {name}", document.text(link.span)),
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @"
        辞典 -> https://example.com/zd
        [注] -> note 注
        甲 -> b.md
        上面 -> #well-1
        ");
    }

    #[test]
    fn notes_that_are_links_have_two_ends() {
        let text = "<h1>井</h1><p>村口有一口井<a href=\"#fn1\">1</a>，井边有石凳<a href=\"#cite_note-2\">2</a>，石凳有三条腿<a href=\"#_ftn3\">3</a>。</p>\
            <p>又一段，说的是打水的人。</p><p>第三段，后来装了自来水。</p>\
            <ol><li>来历。<a href=\"#fnref1\">↩</a></li><li><a href=\"#cite_ref-2\">^</a> 搬来的。</li><li>少一条。<a href=\"#_ftnref3\">↩</a></li></ol>";
        let document = parse(text.as_bytes(), &Hint::named("a.html"));
        let at = |name: &str| {
            let span = document.counterpart(name)?;
            Some(format!("{} in {}", document.text(span), document.blocks[span.start.block as usize].text))
        };
        assert_eq!(at("fn1").as_deref(), Some("↩ in 来历。↩"));
        assert_eq!(at("cite_note-2").as_deref(), Some("^ in ^ 搬来的。"));
        assert_eq!(at("_ftn3").as_deref(), Some("↩ in 少一条。↩"));
        assert!(at("fnref1").is_some_and(|at| at.starts_with("1 in 村口")));
        for name in ["fn4", "fn", "", "note1", "section-1"] {
            assert_eq!(at(name), None, "{name}");
        }
    }

    #[test]
    fn notes_and_names() {
        let document = document();
        let block = |position: Option<Position>| {
            position.map(|position| document.blocks[position.block as usize].text.to_string())
        };
        let Aim::Note(label) = document.links(Scope::Article)[1].aim.clone() else { panic!() };
        let (at, text) = document.note(&label).unwrap();
        assert_eq!((block(Some(at)).as_deref(), text.as_str()), (Some("一条注。"), "一条注。\n第二段。"));
        assert_eq!(document.note("?"), None);
        for (fragment, heading) in [
            ("%E4%B8%80%E6%89%93%E6%B0%B4-water", Some("一、打水 (Water)")),
            ("user-content-一打水-water", Some("一、打水 (Water)")),
            ("WELL", Some("Well")),
            ("fn:1", None),
            ("-", None),
        ] {
            assert_eq!(block(document.anchor(fragment)).as_deref(), heading, "{fragment}");
        }
        assert!(document.anchor("well-1") > document.anchor("well") && document.anchor("well-2").is_none());
        assert_eq!(document.anchor("top"), Some(Position::default()));
        let of_tops = parse("# 陀螺\n\n木头做的。\n\n## Top\n\n会转。\n".as_bytes(), &Hint::named("a.md"));
        assert!(of_tops.anchor("top") > of_tops.anchor(""));
    }

    /// Where each fragment leads: how the block begins.
    #[track_caller]
    fn check_names(name: &str, text: &str, names: &[(&str, &str)]) {
        let document = parse(text.as_bytes(), &Hint::named(name));
        for (fragment, start) in names {
            let block = document.anchor(fragment).and_then(|place| document.blocks.get(place.block as usize));
            let found = block.map_or("", |block| block.text.as_str());
            assert!(!found.is_empty() && found.starts_with(start), "{fragment}: {found}");
        }
    }

    #[test]
    fn what_the_file_calls_a_place() {
        let page = "<html><title>河边</title><body><p><a href='#one'>一</a> 茶棚。</p><h2 id=one>水</h2><p>河<a name='two'></a>水流。</p>\
            <ul><li id='note-1'>注一。</li><li id=note-2>注二。</li></ul><table id=t><tr><td>甲<td id=c>乙</table>\
            <pre id=code>x</pre><div id='%E4%BA%95'><section><p>井。</p></section></div></body></html>";
        let names = [
            ("one", "水"),
            ("two", "河水流"),
            ("note-1", "注一"),
            ("note-2", "注二"),
            ("t", "甲"),
            ("c", "甲"),
            ("code", "x"),
            ("%E4%BA%95", "井。"),
        ];
        check_names("a.html", page, &names);
        let markdown = "# 题\n\n<a id=\"x\"></a>\n\n河水流。\n\n茶<a name=\"y\"></a>棚。\n\n## 水 {#water}\n\n<div id='z'>\n\n火。\n\n</div>\n";
        check_names("a.md", markdown, &[("x", "河水流"), ("y", "茶棚"), ("water", "水"), ("z", "火")]);
    }
}
