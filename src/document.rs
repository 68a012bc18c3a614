//! What an article is, independent of any width: metadata, blocks, places and sections.
//!
//! It refuses to know how the article was written down (Markdown, HTML, plain text) and how it will be set.

pub mod address;
pub mod block;
pub mod find;
pub mod identity;
pub mod inline;
pub mod links;
pub mod outline;
pub mod passage;
pub mod position;
pub mod unit;
pub mod words;

pub use block::{
    Alignment, Block, BlockKind, Cell, Container, ContainerKind, LineRange, OpenContainers, Part, Table,
    is_link_definition,
};
pub use find::find;
pub use identity::{ArticleId, Identity, Likeness, Resolved};
pub use inline::{Inline, Styled};
pub use links::{Aim, Link};
pub use outline::{Outline, Section};
pub use passage::{Anchorage, Found, Grade, Passage};
pub use position::{Position, Span};
pub use unit::Unit;
pub use words::Amount;

use crate::text::letters::{key, says};
use crate::text::{Language, SafeText};
use std::sync::OnceLock;

/// How much of a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// The article.
    #[default]
    Article,
    /// All of the file, with title block and boilerplate: the raw view.
    File,
}

/// One article, parsed: cannot be invalid, only empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// What is known about the article.
    pub meta: Meta,
    /// Its blocks in reading order, containers flattened into each block's `containers`. Title block and boilerplate
    /// are kept and marked by [`Part`], so that positions hold in the raw view too.
    pub blocks: Vec<Block>,
    /// Its sections.
    pub outline: Outline,
    /// The language most of its body is in.
    pub language: Language,
    /// The lines of the file that hold the article proper, without title block and boilerplate.
    pub body: LineRange,
    /// How the file is written down.
    pub format: Format,
    /// The name of the file's encoding, as the Encoding Standard has it.
    pub encoding: &'static str,
    /// Whether all of the article is there.
    pub condition: Condition,
    /// What had to be repaired to read it, in the order of the file.
    pub repairs: Vec<Repair>,
    /// What of it no repair brings back, and what to do about it, in one short English sentence without the file's own
    /// text; none if there is no such thing.
    pub lost: Option<String>,
    /// Its folded text, once somebody has asked for it; see [`Document::anchorage`].
    pub folded: Folded,
}

/// What is made of a document when it is first asked for. It is no part of what the document is: a copy, which may be
/// changed, begins without it.
#[derive(Debug, Default)]
pub struct Folded(OnceLock<Anchorage>);

impl Clone for Folded {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Folded {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What the front matter, or failing that the text itself, says about an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// The title; empty only if nothing in the file could serve.
    pub title: SafeText,
    /// Who wrote it.
    pub author: Option<SafeText>,
    /// Where it appeared: an account, a site, a publication.
    pub source: Option<SafeText>,
    /// When it was published, as `YYYY-MM-DD` where it could be understood, else as written.
    pub date: Option<SafeText>,
    /// Where it can be found.
    pub url: Option<SafeText>,
    /// Its labels.
    pub tags: Vec<SafeText>,
    /// An identifier given by the file itself.
    pub id: Option<SafeText>,
}

/// How an article is written down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// `CommonMark` with GFM's extensions.
    #[default]
    Markdown,
    /// A saved page.
    Html,
    /// Text without markup.
    Plain,
    /// A book: an archive of pages.
    Epub,
}

/// Whether a file holds its article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Condition {
    /// All of it, as far as can be told.
    #[default]
    Whole,
    /// The beginning: the text breaks off, or says that the rest is elsewhere.
    Truncated,
    /// None: a notice that the article was removed or must be asked for otherwise, or only a page's interface.
    Stub,
}

/// Something in the file that was not as it should be, and was read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The line of the file, counted from 1; 0 for the file as a whole.
    pub line: u32,
    /// What was done, in one short English sentence without the file's own text.
    pub what: String,
}

impl Meta {
    /// Takes from another account of the same article what this one does not say.
    pub fn complete(&mut self, other: Self) {
        if self.title.is_empty() {
            self.title = other.title;
        }
        if self.tags.is_empty() {
            self.tags = other.tags;
        }
        self.author = self.author.take().or(other.author);
        self.source = self.source.take().or(other.source);
        self.date = self.date.take().or(other.date);
        self.url = self.url.take().or(other.url);
        self.id = self.id.take().or(other.id);
    }
}

impl Document {
    /// Its folded text, in which passages are found: made when first asked for, which takes some milliseconds a
    /// megabyte, and kept as long as the document.
    pub fn anchorage(&self) -> &Anchorage {
        self.folded.0.get_or_init(|| Anchorage::of(self))
    }

    /// Why reading what is shown is not reading the article, and what to do about it, in one sentence; none if it is.
    pub fn warning(&self) -> Option<&str> {
        let has_text = || self.shown(Scope::Article).any(|(_, block)| !block.text.trim().is_empty());
        let of_condition = match self.condition {
            Condition::Whole => None,
            Condition::Truncated => Some("the article breaks off; the rest is where it came from"),
            // Where nothing is shown, that is said instead.
            Condition::Stub if !has_text() => None,
            Condition::Stub => Some("this may be no article, but what stood in its place; save it again"),
        };
        self.lost.as_deref().or(of_condition)
    }

    /// The blocks a reader sees.
    pub fn shown(&self, scope: Scope) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(move |(_, block)| scope == Scope::File || block.part == Part::Body)
    }

    /// Lines that are shown in the raw view only, being no part of the article: interface text, promotion, navigation,
    /// what stands between title and article. Nobody misses the definitions of links.
    pub fn hidden_lines(&self) -> usize {
        let meta = &self.meta;
        let shown = [Some(&meta.title), meta.author.as_ref(), meta.source.as_ref(), meta.date.as_ref()];
        let shown: Vec<String> = shown.into_iter().flatten().map(|line| key(line)).collect();
        // What stands above the article, and is said again by the head that is shown in its place, is not hidden.
        let is_hidden = |block: &&Block| match block.part {
            Part::Body => false,
            Part::Boilerplate => !is_link_definition(&block.text),
            Part::TitleBlock => !shown.iter().any(|line| says(&block.text, line)),
        };
        let lines = |block: &Block| match &block.kind {
            BlockKind::Image { url } if !url.is_empty() => 1,
            _ => block.text.lines().filter(|line| !line.trim().is_empty()).count(),
        };
        self.blocks.iter().filter(is_hidden).map(lines).sum()
    }

    /// The text between two places, blocks joined by a blank line; places outside the document are clamped.
    pub fn text(&self, span: Span) -> String {
        let mut text = String::new();
        let blocks = (0..).zip(&self.blocks).skip(span.start.block as usize);
        for (index, block) in blocks.take_while(|(index, _)| *index <= span.end.block) {
            let from = if index == span.start.block { block.floor(span.start.byte) } else { 0 };
            let to = if index == span.end.block { block.floor(span.end.byte) } else { block.text.len() };
            if let Some(piece) = block.text.get(from..to.max(from)) {
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(piece);
            }
        }
        text
    }

    /// The words of a span: its text without the readings of its characters, which are no part of a quotation.
    pub fn words(&self, span: Span) -> String {
        let blocks = self.blocks.iter().zip(0..).skip(span.start.block as usize);
        let blocks = blocks.take_while(|(_, index)| *index <= span.end.block);
        let words = blocks.map(|(block, index)| {
            let from = if index == span.start.block { block.floor(span.start.byte) } else { 0 };
            let to = if index == span.end.block { block.floor(span.end.byte) } else { block.text.len() };
            let mut words = String::new();
            let mut at = from;
            for reading in block.readings() {
                words.push_str(block.text.get(at..(reading.start as usize).clamp(at, to.max(at))).unwrap_or_default());
                at = at.max(reading.end as usize);
            }
            words.push_str(block.text.get(at..to).unwrap_or_default());
            words
        });
        words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}
