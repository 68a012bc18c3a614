//! The title in a page's head.
//!
//! It refuses to swallow a page: a title that nothing closes ends where something begins.

use super::names;
use crate::document::Block;
use crate::parse::tag::{self, Tag};
use crate::text::SafeText;

/// The title of a page that is being read.
pub struct Title {
    text: String,
    is_open: bool,
    /// Whether it has an end: until there, tags in it are text that it says.
    has_end: bool,
}

impl Title {
    /// That of a page.
    pub fn of(page: &str) -> Self {
        Self { text: String::new(), is_open: false, has_end: has_end(page) }
    }

    /// What it says, if anything.
    pub fn said(&self) -> Option<SafeText> {
        Some(SafeText::line(&self.text)).filter(|title| !title.is_empty())
    }

    /// Opens or closes it.
    pub fn toggle(&mut self, tag: &Tag) {
        self.is_open = !tag.is_end;
    }

    /// Takes in text; false if it is not open.
    pub fn take_text(&mut self, text: &str) -> bool {
        if self.is_open {
            self.text.push_str(text);
        }
        self.is_open
    }

    /// Takes in a tag; false if it is not open, or ended by what begins with the tag.
    pub fn take_tag(&mut self, tag: &Tag, literal: &str) -> bool {
        self.is_open &= self.has_end || !names::ends_title(&tag.name);
        if self.is_open && self.has_end {
            self.text.push_str(literal);
        }
        self.is_open
    }
}

/// Whether a page's title has an end before its text begins.
fn has_end(page: &str) -> bool {
    let after = tag::find(page, "<title").and_then(|at| page.get(at..)).unwrap_or_default();
    let end = tag::find(after, "</title");
    let begins = ["<body", "</head"].into_iter().filter_map(|tag| tag::find(after, tag)).min();
    end.is_some_and(|end| begins.is_none_or(|begins| end < begins))
}

/// What the only heading of the first level says, wherever it stands: the title of a page that names none.
pub fn only_heading(blocks: &[Block]) -> Option<SafeText> {
    let mut highest = blocks.iter().filter(|block| block.heading_level() == Some(1));
    let heading = highest.next().filter(|_| highest.next().is_none())?;
    Some(SafeText::line(&heading.text)).filter(|title| !title.is_empty())
}
