//! What the `style` attributes of a page say of its text: bold, slanted, struck, hidden. Editors of public accounts and
//! word processors write headings so.
//!
//! It refuses to know style sheets, colours, and sizes but those that only old elements give, which a terminal cannot show.

use super::Tag;
use crate::document::Inline;

/// Open elements among which an end tag looks for its own; what lies deeper is left open.
const DEEPEST: usize = 64;
/// Weights from which letters are bold (CSS Fonts 4, 2.2.1).
const BOLD: u32 = 600;

/// The elements with a line of their own that are open.
#[derive(Debug, Default)]
pub struct Elements(Vec<Element>);

#[derive(Debug)]
struct Element {
    name: String,
    bold: bool,
    hidden: bool,
}

impl Elements {
    /// Opens or closes an element.
    pub fn follow(&mut self, tag: &Tag) {
        let near = self.0.len().saturating_sub(DEEPEST);
        let open = self.0.iter().skip(near).rposition(|element| element.name == tag.name).map(|index| near + index);
        if tag.is_end {
            self.0.truncate(open.unwrap_or(self.0.len()));
            return;
        }
        self.end_what_may_be_left_open(&tag.name);
        let inherited = self.0.last();
        let bold = weight(tag).unwrap_or_else(|| inherited.is_some_and(|element| element.bold));
        let hidden = is_hidden(tag) || inherited.is_some_and(|element| element.hidden);
        self.0.push(Element { name: tag.name.clone(), bold, hidden });
    }

    /// Ends what an element ends that begins now (HTML, "optional tags"): a paragraph, the item before an item.
    fn end_what_may_be_left_open(&mut self, name: &str) {
        if self.0.last().is_some_and(|last| last.name == "p") {
            self.0.pop();
        }
        let (ended, around): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            _ => return,
        };
        let near = self.0.iter().enumerate().rev().take(DEEPEST);
        let mut near = near.take_while(|(_, element)| !around.contains(&element.name.as_str()));
        let item = near.find(|(_, element)| ended.contains(&element.name.as_str())).map(|(index, _)| index);
        self.0.truncate(item.unwrap_or(self.0.len()));
    }

    /// Whether text here is bold.
    pub fn are_bold(&self) -> bool {
        self.0.last().is_some_and(|element| element.bold)
    }

    /// Whether a browser would not show what is here.
    pub fn are_hidden(&self) -> bool {
        self.0.last().is_some_and(|element| element.hidden)
    }
}

/// The style that a tag's own declarations ask for.
pub fn style(tag: &Tag) -> Option<Inline> {
    let says = |property: &str, wanted: &[&str]| {
        declared(tag, property).is_some_and(|value| wanted.iter().any(|wanted| value.contains(wanted)))
    };
    match () {
        () if weight(tag) == Some(true) => Some(Inline::Strong),
        () if says("text-decoration", &["line-through"]) || says("text-decoration-line", &["line-through"]) => {
            Some(Inline::Strikethrough)
        }
        () if says("font-style", &["italic", "oblique"]) => Some(Inline::Emphasis),
        () => None,
    }
}

/// Whether a tag's own declarations make its letters bold, or take that from them.
pub fn weight(tag: &Tag) -> Option<bool> {
    match declared(tag, "font-weight")?.as_str() {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse().ok().map(|weight: u32| weight >= BOLD),
    }
}

/// Whether a tag makes its letters larger than others, as `<font size=5>` does: `3` is how large they are without it.
pub fn is_large(tag: &Tag) -> bool {
    const USUAL: i32 = 3;
    let size = tag.attribute("size").filter(|_| tag.name == "font");
    size.is_some_and(|size| match size.trim().strip_prefix('+') {
        Some(more) => more.parse().is_ok_and(|more: i32| more > 0),
        None => size.trim().parse().is_ok_and(|size: i32| size > USUAL),
    })
}

/// Whether an element is not shown. `visibility: hidden` means nothing: accounts hide their articles so until a script
/// has run.
fn is_hidden(tag: &Tag) -> bool {
    tag.attribute("hidden").is_some() || declared(tag, "display").is_some_and(|value| value == "none")
}

/// The value that a tag's own declarations give to a property, in lower case; of several the last.
fn declared(tag: &Tag, property: &str) -> Option<String> {
    let style = tag.attribute("style")?.to_ascii_lowercase();
    let declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    let mut values = declarations.filter(|(name, _)| name.trim() == property).map(|(_, value)| value);
    values.next_back().map(|value| value.replace("!important", "").trim().to_owned())
}
