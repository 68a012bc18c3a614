//! The table of contents of a book: the navigation document of EPUB 3 (7.4) or the NCX of EPUB 2.
//!
//! It refuses page lists and landmarks, which name no sections.

use super::path::Target;
use super::xml::{Element, Piece, pieces};
use crate::text::SafeText;

/// A line of the table of contents.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it says.
    pub label: SafeText,
    /// Where it leads; a line that leads nowhere stands for the next one that does.
    pub target: Option<Target>,
    /// 1 for the outermost.
    pub depth: u8,
}

/// The table of contents in a navigation document at `path`.
pub fn navigation(text: &str, path: &str) -> Vec<Entry> {
    let pieces = pieces(text);
    let find = |fits: fn(&str) -> bool| {
        let is_nav = |element: &Element| element.name == "nav" && fits(element.attribute("type"));
        pieces.iter().position(|piece| matches!(piece, Piece::Open(element) if is_nav(element)))
    };
    let start = find(|said| said.contains("toc")).or_else(|| find(str::is_empty)).unwrap_or(pieces.len());
    let mut lines = Lines::default();
    for piece in pieces.iter().skip(start + 1) {
        match piece {
            Piece::Open(element) => match element.name.as_str() {
                "ol" | "ul" => lines.depth = lines.depth.saturating_add(1),
                "a" => lines.begin(Target::of(element.attribute("href"), path)),
                "span" if lines.open.is_none() => lines.begin(None),
                _ => {}
            },
            Piece::Close(name) => match name.as_str() {
                "nav" => break,
                "ol" | "ul" => lines.depth = lines.depth.saturating_sub(1),
                "a" | "li" => lines.end(),
                "span" if matches!(lines.open, Some((_, None, _))) => lines.end(),
                _ => {}
            },
            Piece::Text(text) => lines.text(text),
        }
    }
    lines.end();
    lines.entries
}

/// The table of contents in an NCX at `path`.
pub fn ncx(text: &str, path: &str) -> Vec<Entry> {
    let mut lines = Lines::default();
    let mut is_text = false;
    for piece in pieces(text) {
        match piece {
            Piece::Open(Element { name, .. }) if name == "navPoint" => {
                lines.end();
                lines.depth = lines.depth.saturating_add(1);
                lines.begin(None);
            }
            Piece::Open(Element { name, .. }) if name == "text" => is_text = true,
            Piece::Open(element) if element.name == "content" => {
                if let Some((_, target, _)) = &mut lines.open {
                    *target = Target::of(element.attribute("src"), path);
                }
            }
            Piece::Close(name) if name == "navPoint" => {
                lines.end();
                lines.depth = lines.depth.saturating_sub(1);
            }
            Piece::Close(name) if name == "text" => is_text = false,
            Piece::Text(text) if is_text => lines.text(&text),
            _ => {}
        }
    }
    lines.end();
    lines.entries
}

/// The lines so far, and the one that is being read: its text, where it leads, how deep it stands.
#[derive(Default)]
struct Lines {
    entries: Vec<Entry>,
    open: Option<(String, Option<Target>, u8)>,
    depth: u8,
}

impl Lines {
    fn begin(&mut self, target: Option<Target>) {
        self.end();
        self.open = Some((String::new(), target, self.depth.max(1)));
    }

    fn text(&mut self, text: &str) {
        if let Some((label, _, _)) = &mut self.open {
            label.push_str(text);
        }
    }

    fn end(&mut self) {
        let Some((label, target, depth)) = self.open.take() else { return };
        let label = SafeText::line(&label.split_whitespace().collect::<Vec<_>>().join(" "));
        if !label.is_empty() {
            self.entries.push(Entry { label, target, depth });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, navigation, ncx};

    /// A line an entry, indented by depth: what it says, and where it leads.
    #[track_caller]
    fn check(entries: &[Entry], expected: &str) {
        let lines = entries.iter().map(|entry| {
            let target =
                entry.target.as_ref().map_or("-".to_owned(), |target| format!("{}#{}", target.path, target.id));
            format!("{}{} {target}", "  ".repeat(usize::from(entry.depth) - 1), entry.label)
        });
        assert_eq!(lines.collect::<Vec<_>>().join("\n"), expected);
    }

    #[test]
    fn of_a_navigation_document() {
        let text = r#"<html xmlns:epub="x"><body>
            <nav epub:type="landmarks"><ol><li><a href="cover.xhtml">封面</a></li></ol></nav>
            <nav epub:type="toc"><h1>目录</h1><ol>
              <li><span>上 篇</span><ol>
                <li><a href="a.xhtml">一 &amp; <em>茶</em></a></li>
                <li><a href="a.xhtml#b">二&#12289;书</a></li></ol></li>
              <li><a href="../c.xhtml">尾声</a></li>
            </ol></nav></body></html>"#;
        let expected = "上 篇 -\n  一 & 茶 t/a.xhtml#\n  二、书 t/a.xhtml#b\n尾声 c.xhtml#";
        check(&navigation(text, "t/nav.xhtml"), expected);
    }

    #[test]
    fn of_an_ncx() {
        let text = r#"<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "a" "b"><ncx><docTitle><text>书</text></docTitle><navMap>
            <navPoint><navLabel><text>第一部</text></navLabel><content src="a.html"/>
              <navPoint><navLabel><text>第一章</text></navLabel><content src="a.html#c1"/></navPoint></navPoint>
            <navPoint><navLabel><text>第二部</text></navLabel><content src="b.html"/></navPoint></navMap></ncx>"#;
        check(&ncx(text, "toc.ncx"), "第一部 a.html#\n  第一章 a.html#c1\n第二部 b.html#");
    }

    #[test]
    fn what_stands_before_a_mistake_is_read() {
        check(
            &navigation("<nav><ol><li><a href='a.html'>一</a></li><li><a href='b.html'>二</a> <", ""),
            "一 a.html#\n二 b.html#",
        );
        check(&navigation("no table of contents", ""), "");
        let pages = "<nav epub:type='page-list'><ol><li><a href='a.html'>1</a></li></ol></nav>";
        check(&navigation(pages, ""), "");
        check(&ncx("<ncx><navPoint><navLabel><text>一</text>", ""), "一 -");
    }
}
