//! A block: a stretch of text that is set on its own, with the containers it stands in.

use super::{Inline, Styled};
use crate::text::{Language, SafeText};
use std::ops::{Deref, Range};
use std::sync::Arc;

/// One leaf block. Containers (quotes, lists) are not blocks: each leaf names those it stands in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its whole text, markup removed, soft breaks resolved; `\n` is a hard break (in code, every line's end; in a
    /// table, the end of a row, cells being separated by `\t`).
    pub text: SafeText,
    /// Styled stretches of the text, by start, outer before inner.
    pub styles: Vec<Styled>,
    /// Enclosing containers, outermost first; neighbours in the same ones share them.
    pub containers: Arc<[Container]>,
    /// The lines of the file it came from.
    pub lines: LineRange,
    /// The language its line breaking follows.
    pub language: Language,
    /// Whether it belongs to the article.
    pub part: Part,
    /// What links call it: the names that the file gives to it, or to places in it.
    pub names: Box<[SafeText]>,
}

/// Whether a line defines where a link leads (`CommonMark` 4.7): it says nothing to be read.
pub fn is_link_definition(line: &str) -> bool {
    let label = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:"));
    label.is_some_and(|(label, target)| {
        !label.is_empty() && !label.starts_with('^') && !label.contains(['[', ']']) && !target.trim().is_empty()
    })
}

/// What a block is.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A section's title; level 1 is the first below the article's title.
    Heading {
        /// 1 to 6.
        level: u8,
    },
    /// Text that is never re-wrapped.
    Code {
        /// The fence's info string.
        info: SafeText,
    },
    /// Rows and columns; few blocks are tables, and so all are smaller.
    Table(Box<Table>),
    /// A thematic break.
    Rule,
    /// An image that stands alone; the block's text is its description.
    Image {
        /// Where the image is: an address or a path as the file gives it.
        url: SafeText,
    },
}

/// Where the text of a block belongs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// The article proper.
    #[default]
    Body,
    /// The title repeated, byline, cover image, subscription lines: known from the metadata.
    TitleBlock,
    /// Interface text, promotion, navigation: shown only in the raw view.
    Boilerplate,
}

/// An enclosing container. Two blocks stand in the same one exactly if the `id`s are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// Unique in the document.
    pub id: u32,
    /// What it is.
    pub kind: ContainerKind,
}

/// The containers that are open while blocks are read, outermost first.
#[derive(Debug, Default)]
pub struct OpenContainers {
    open: Vec<Container>,
    /// Those, as the blocks have them; none until a block asks for them.
    shared: Option<Arc<[Container]>>,
}

impl OpenContainers {
    /// Opens one more, inside all others.
    pub fn push(&mut self, container: Container) {
        self.open.push(container);
        self.shared = None;
    }

    /// Closes all but some outermost ones.
    pub fn truncate(&mut self, depth: usize) {
        if depth < self.open.len() {
            self.open.truncate(depth);
            self.shared = None;
        }
    }

    /// Those that a block stands in which is read now.
    pub fn shared(&mut self) -> Arc<[Container]> {
        self.shared.get_or_insert_with(|| self.open.as_slice().into()).clone()
    }
}

impl Deref for OpenContainers {
    type Target = [Container];

    fn deref(&self) -> &[Container] {
        &self.open
    }
}

/// What a container is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContainerKind {
    /// A block quote.
    Quote,
    /// A list item.
    Item {
        /// What stands before its first line: `•`, `☐`, `☑`, `3.`, or ` 3.` in a list of ten items.
        marker: SafeText,
        /// Whether the list is tight: no blank line between its items.
        tight: bool,
    },
    /// The definition of a footnote.
    Footnote {
        /// Its label, as shown.
        label: SafeText,
    },
    /// A call-out such as `> [!NOTE]`.
    Alert {
        /// Its title, as shown.
        title: SafeText,
    },
}

/// The shape of a table; the texts of its cells are ranges of the block's text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// One alignment a column.
    pub alignments: Vec<Alignment>,
    /// Rows from top to bottom, each with one cell a column, hostile tables aside; the first is the header.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: a range of bytes in the block's text.
pub type Cell = Range<u32>;

/// How a column's cells are aligned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alignment {
    /// To the start.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// To the end.
    End,
}

/// Lines of the file, counted from 1, both ends included; `0..0` when there are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct LineRange {
    /// The first line.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

impl Block {
    /// Gives it more names.
    pub fn add_names(&mut self, names: impl IntoIterator<Item = SafeText>) {
        let mut names = names.into_iter().peekable();
        if names.peek().is_some() {
            self.names = std::mem::take(&mut self.names).into_iter().chain(names).collect();
        }
    }

    /// Where its text has readings of characters, in order.
    pub fn readings(&self) -> impl Iterator<Item = &Range<u32>> {
        self.styles.iter().filter(|styled| styled.style == Inline::Ruby).map(|styled| &styled.range)
    }

    /// The nearest character boundary at or before a byte, at most the text's length.
    pub fn floor(&self, byte: u32) -> usize {
        self.text.floor_char_boundary(byte as usize)
    }

    /// The level of a heading.
    pub fn heading_level(&self) -> Option<u8> {
        match self.kind {
            BlockKind::Heading { level } => Some(level),
            _ => None,
        }
    }
}
