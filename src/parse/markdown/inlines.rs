//! The inline content of a node, as Markdown's parser gives it, read into [`Inlines`].
//!
//! It refuses to know how text is put together: spaces, breaks and styles are those of all sources.

use crate::document::Inline;
use crate::document::address::decoded;
use crate::parse::inlines::Inlines;
use crate::text::SafeText;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{Node, NodeValue};

impl Inlines {
    /// Reads the inline content of a block node in place of what is here, in the room that it took.
    pub fn read(&mut self, block: Node<'_>) {
        self.clear();
        self.read_on(block);
        self.close_all();
    }

    /// Reads the inline content of a block node behind what is here; what is open stays so.
    pub fn read_on(&mut self, block: Node<'_>) {
        let inlines = self;
        let mut image: Option<(Node<'_>, usize)> = None;
        for edge in block.traverse() {
            match edge {
                NodeEdge::Start(node) if !node.same_node(block) => {
                    if image.is_none() && matches!(node.data().value, NodeValue::Image(_)) {
                        inlines.settle_break(None);
                        image = Some((node, inlines.text().len()));
                    } else {
                        inlines.enter(node, image.is_some());
                    }
                }
                NodeEdge::End(node) if !node.same_node(block) => match image {
                    Some((opened, start)) if opened.same_node(node) => {
                        let url = match &node.data().value {
                            NodeValue::Image(link) => link.url.clone(),
                            _ => String::new(),
                        };
                        inlines.image_from(start, url);
                        inlines.ends_span = true;
                        image = None;
                    }
                    Some(_) => {}
                    None => inlines.leave(node),
                },
                _ => {}
            }
        }
    }

    fn enter(&mut self, node: Node<'_>, in_image: bool) {
        let ends_span = std::mem::take(&mut self.ends_span);
        match &node.data().value {
            NodeValue::Text(text) if ends_span => self.push_in(without_attributes(text), in_image),
            NodeValue::Text(text) => self.push_in(text, in_image),
            NodeValue::Code(code) => self.code(&code.literal, in_image),
            NodeValue::Math(math) => self.formula(math, in_image),
            NodeValue::Raw(text) => self.push_in(text, in_image),
            NodeValue::SoftBreak => self.soft_break(),
            // A backslash, which is written on purpose, takes one place, and spaces two.
            NodeValue::LineBreak if is_narrow(node) => self.written_break(),
            NodeValue::LineBreak => self.hard_break(),
            NodeValue::HtmlInline(literal) if !in_image => self.tag(literal),
            NodeValue::FootnoteReference(note) => {
                let start = self.text().len();
                self.push(&format!("[{}]", note.name));
                self.style(start, Inline::FootnoteReference { label: SafeText::line(&note.name) });
            }
            _ if in_image => {}
            NodeValue::Emph => self.open(Some(Inline::Emphasis), ""),
            NodeValue::Strong => self.open(Some(Inline::Strong), ""),
            NodeValue::Strikethrough => self.open(Some(Inline::Strikethrough), ""),
            NodeValue::Highlight => self.open(Some(Inline::Marked), ""),
            NodeValue::Link(link) => self.open(Some(Inline::Link { url: SafeText::address(&link.url) }), ""),
            NodeValue::WikiLink(link) => {
                self.open(Some(Inline::Page { name: SafeText::line(&decoded(&link.url)) }), "");
            }
            _ => {}
        }
    }

    fn leave(&mut self, node: Node<'_>) {
        let closes = matches!(
            node.data().value,
            NodeValue::Emph
                | NodeValue::Strong
                | NodeValue::Strikethrough
                | NodeValue::Highlight
                | NodeValue::Link(_)
                | NodeValue::WikiLink(_)
        );
        if closes {
            self.close("");
            self.ends_span = matches!(node.data().value, NodeValue::Link(_));
        }
    }

    /// Adds code within running text.
    pub(super) fn code(&mut self, literal: &str, in_image: bool) {
        self.ends_span = false;
        let start = self.text().len() + usize::from(self.has_soft_break());
        self.push_in(literal, in_image);
        self.style(start, Inline::Code);
    }

    /// Adds the text between two spans, if there is any.
    pub(super) fn text_between(&mut self, text: &str) {
        if !text.is_empty() {
            let ends_span = std::mem::take(&mut self.ends_span);
            self.push_marked(if ends_span { without_attributes(text) } else { text });
        }
    }

    /// Begins a span of a style.
    pub(super) fn begin_span(&mut self, style: Inline) {
        self.ends_span = false;
        self.open(Some(style), "");
    }

    /// Ends the span that was begun last.
    pub(super) fn end_span(&mut self, is_link: bool) {
        self.close("");
        self.ends_span = is_link;
    }

    /// Adds an image within a line.
    pub(super) fn pictured(&mut self, alt: &str, url: &str) {
        self.settle_break(None);
        let start = self.text().len();
        self.push_in(alt, true);
        self.image_from(start, url.to_owned());
        self.ends_span = true;
    }

    /// Adds a line end of a paragraph.
    pub(super) fn line_end(&mut self, is_hard: bool) {
        self.ends_span = false;
        if is_hard { self.hard_break() } else { self.soft_break() }
    }
}

/// Whether a node takes no more than one place and its line end.
fn is_narrow(node: Node<'_>) -> bool {
    let place = node.data().sourcepos;
    place.end.column <= place.start.column + 1
}

/// A text without the attributes it begins with: `{width="600"}`, `{.wide #a}`.
fn without_attributes(text: &str) -> &str {
    let attributes = text.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    match attributes {
        Some((inner, rest)) if inner.starts_with(['.', '#', ':']) || inner.contains('=') => rest,
        _ => text,
    }
}
