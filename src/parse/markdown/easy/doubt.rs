//! Text whose marks are in doubt, though what it is the text of is not: the parser reads it, and nothing but it. A mark in
//! doubt costs that text then, and not a kibibyte around it, or all of a long list.
//!
//! It refuses a text that the parser takes for anything else than what was seen.

use crate::parse::inlines::Inlines;
use crate::parse::markdown::options;
use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, parse_document};

/// Bytes of the longest such text: longer ones are the parser's with what stands around them, in stretches.
const LONGEST: usize = 4 << 10;

/// What a text is the text of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// A paragraph, be it in a quote.
    #[default]
    Paragraph,
    /// A heading.
    Heading,
    /// An item of a list, with its sign: another might be a rule's.
    Item(u8),
    /// An item with a box before its text.
    Task,
}

impl Place {
    /// What stands before the text.
    fn opening(self) -> &'static str {
        match self {
            Self::Paragraph => "",
            Self::Heading => "# ",
            Self::Item(b'*') => "* ",
            Self::Item(_) => "- ",
            Self::Task => "- [ ] ",
        }
    }
}

/// The lines of a text that is being read.
#[derive(Debug, Default)]
pub struct Lines<'t> {
    of_text: Vec<&'t str>,
    place: Place,
    /// Whether a mark in them is in doubt.
    pub are_in_doubt: bool,
    /// Whether the spaces before one of them are lost, which stay in code that goes on in it: those of a line that is set
    /// in less than the item it goes on with.
    pub are_cut: bool,
}

impl<'t> Lines<'t> {
    /// Begins another text.
    pub fn begin(&mut self, place: Place) {
        self.of_text.clear();
        (self.place, self.are_in_doubt, self.are_cut) = (place, false, false);
    }

    /// Adds a line.
    pub fn add(&mut self, line: &'t str) {
        self.of_text.push(line);
    }

    /// Whether brackets at the start may be a box.
    pub fn are_of_item(&self) -> bool {
        matches!(self.place, Place::Item(_) | Place::Task)
    }

    /// Reads the text in place of what was read of it, if a mark in it is in doubt; none if all of it is.
    pub fn settle(&mut self, inlines: &mut Inlines, has_formulas: bool) -> Option<()> {
        if !std::mem::take(&mut self.are_in_doubt) {
            return Some(());
        }
        if self.are_cut || self.of_text.iter().map(|line| line.len()).sum::<usize>() > LONGEST {
            return None;
        }
        let text = self.place.opening().to_owned() + &self.of_text.join("\n");
        let arena = Arena::new();
        let root = parse_document(&arena, &text, &options::of(&text, has_formulas));
        let node = text_of(root.first_child()?, self.place)?;
        inlines.read(node);
        Some(())
    }
}

/// The node of the text, if nothing but what was seen stands around it and beside it.
fn text_of<'a>(outermost: Node<'a>, place: Place) -> Option<Node<'a>> {
    let alone = |node: Node<'a>| node.next_sibling().is_none().then_some(node);
    let node = alone(outermost)?;
    let is_text = match (&node.data().value, place) {
        (NodeValue::Paragraph, Place::Paragraph) | (NodeValue::Heading(_), Place::Heading) => true,
        (NodeValue::List(_), Place::Item(_) | Place::Task) => false,
        _ => return None,
    };
    if is_text {
        return Some(node);
    }
    let item = alone(node.first_child()?)?;
    let is_task = matches!(item.data().value, NodeValue::TaskItem(_));
    let paragraph = alone(item.first_child()?)?;
    let is_paragraph = matches!(paragraph.data().value, NodeValue::Paragraph);
    (is_paragraph && is_task == (place == Place::Task)).then_some(paragraph)
}
