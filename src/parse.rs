//! From bytes to a document: the steps, one call each. Cannot fail; what it repaired, the document says.
//!
//! It refuses to read files and to know any width.

pub mod boilerplate;
pub mod byline;
pub mod decode;
mod draft;
pub mod epub;
pub mod front_matter;
pub mod headings;
pub mod html;
pub mod inlines;
pub mod line;
pub mod markdown;
pub mod piece;
pub mod plain;
pub mod rows;
pub mod ruby;
pub mod tables;
pub mod tag;
pub mod title;

pub use tables::Tables;

use crate::document::{Block, BlockKind, Document, Folded, Format, LineRange, Meta, Outline, Part};
use crate::text::Language;
use crate::text::language::Evidence;
use draft::Draft;
use front_matter::FrontMatter;
use piece::Piece;
use std::sync::Arc;

/// What is known of an article besides its bytes.
#[derive(Debug, Clone)]
pub struct Hint {
    /// The file's name, for its extension and as the last resort for a title.
    pub file_name: String,
    /// What scraped text is known by.
    pub tables: Arc<Tables>,
}

impl Default for Hint {
    fn default() -> Self {
        Self::named("")
    }
}

impl Hint {
    /// What the name of a file says, the tables being those built in.
    pub fn named(file_name: impl Into<String>) -> Self {
        Self { file_name: file_name.into(), tables: Tables::built_in() }
    }
}

/// Reads an article.
pub fn parse(bytes: &[u8], hint: &Hint) -> Document {
    if epub::is_book(bytes, &hint.file_name) {
        return epub::document(bytes, hint);
    }
    read(decode::decode_file(bytes, &hint.file_name), hint, Extent::Whole)
}

/// Reads an article as the file says it: without restoring text that was read in a wrong encoding before, and with what
/// converters leave at the ends of headings.
pub fn parse_as_is(bytes: &[u8], hint: &Hint) -> Document {
    if epub::is_book(bytes, &hint.file_name) {
        return epub::document(bytes, hint);
    }
    read(decode::decode_file_undoubted(bytes, &hint.file_name), hint, Extent::AsIs)
}

/// Reads the start of an article, so that there is something to show while the whole is parsed; none if the whole is
/// parsed soon enough. `bytes` are the first of its `size`. Its blocks are those that the whole begins with, but for
/// what only the end can tell: nothing is boilerplate yet, and levels of headings without markup may change. Of a book
/// all bytes are needed, since what is where in it is said at its end.
pub fn first(bytes: &[u8], size: u64, hint: &Hint) -> Option<Piece> {
    if epub::is_book(bytes, &hint.file_name) {
        return if bytes.len() as u64 == size { epub::first(bytes, hint) } else { None };
    }
    let start = piece::first(bytes)?;
    let decoded = decode::decode_file(start, &hint.file_name);
    // The tree of a page cannot be cut, nor an object that holds an article.
    if decoded.text.trim_start().starts_with('{')
        || format(hint, &front_matter::split(&decoded.text, &hint.tables)) == Format::Html
    {
        return None;
    }
    let share = (start.len() as u64 * 1000 / size.max(1)).min(999) as u16;
    Some(Piece { document: read(decoded, hint, Extent::Start), share })
}

/// How much of an article is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All that a reader wants to see.
    Whole,
    /// All, and what is no text of the article's.
    AsIs,
    /// Its start. Without the end of an article nothing after it can be known.
    Start,
}

/// The steps.
fn read(decoded: decode::Decoded, hint: &Hint, extent: Extent) -> Document {
    let object = front_matter::object::alone(&decoded.text, &hint.tables);
    let (front, format) = if let Some(article) = &object {
        (article.front_matter(), Format::Markdown)
    } else {
        let front = front_matter::split(&decoded.text, &hint.tables);
        let format = format(hint, &front);
        (front, format)
    };
    let mut draft = Draft::of(front, format, hint, extent);
    draft.learn_from_page();
    draft.learn_date();
    draft.read_typed_page();
    draft.clean_headings();
    draft.set_metadata_apart();
    draft.keep_page_title();
    draft.give_title();
    let language = languages(&mut draft.blocks, None);
    draft.find_sections();
    let condition = draft.set_boilerplate_apart();
    draft.learn_author();
    let Draft { meta, mut blocks, repairs, .. } = draft;
    headings::level(&mut blocks, &hint.tables);
    blocks.extend(object.as_ref().and_then(front_matter::object::Article::rest));
    Document {
        outline: Outline::of(&blocks),
        body: body(&blocks),
        meta,
        blocks,
        language,
        format,
        encoding: decoded.encoding,
        condition,
        repairs: decoded.repairs.into_iter().chain(repairs).collect(),
        lost: decoded.lost,
        folded: Folded::default(),
    }
}

/// What the front matter says of an article, its body left unread: for lists that must be there at once.
pub fn glimpse(bytes: &[u8], hint: &Hint) -> Meta {
    let decoded = decode::decode_file(bytes, &hint.file_name);
    let object = front_matter::object::alone(&decoded.text, &hint.tables);
    let front = match &object {
        Some(article) => article.front_matter(),
        None => front_matter::split(&decoded.text, &hint.tables),
    };
    let mut meta = front.meta;
    meta.date = meta.date.take().or_else(|| draft::dated_by(hint, &meta));
    if meta.title.is_empty() {
        meta.title = title::of(&[], None, false, front.subject.as_ref(), &hint.file_name, &hint.tables);
    }
    meta
}

/// How a file is written down, by its name and what it holds: a `.txt` with front matter or markup is Markdown.
fn format(hint: &Hint, front: &FrontMatter) -> Format {
    let name = hint.file_name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match () {
        () if ends(&[".html", ".htm", ".xhtml", ".mhtml", ".mht"]) || html::is_page(front.body) => Format::Html,
        () if ends(&[".md", ".markdown", ".mkd"]) || front.lines > 0 || plain::markup::is_markdown(front.body) => {
            Format::Markdown
        }
        () => Format::Plain,
    }
}

/// Gives every block its language, and the article the one most of it is in. What a file says of itself decides where
/// the characters do not: Japanese and Korean can be written in Han characters alone.
fn languages(blocks: &mut [Block], declared: Option<Language>) -> Language {
    let prose = |block: &Block| !matches!(block.kind, BlockKind::Code { .. });
    let (each, all) = Evidence::of_each(blocks.iter().map(|block| if prose(block) { block.text.as_str() } else { "" }));
    let language = match (all.language(), declared) {
        (Language::ZhHans | Language::ZhHant, Some(declared @ (Language::Ja | Language::Ko))) => declared,
        (found, _) => found,
    };
    for (block, evidence) in blocks.iter_mut().zip(each) {
        block.language = if prose(block) { evidence.language_within(language) } else { language };
    }
    language
}

/// The lines from the first block of the body to the last.
fn body(blocks: &[Block]) -> LineRange {
    let of_body = || blocks.iter().filter(|block| block.part == Part::Body);
    LineRange {
        first: of_body().map(|block| block.lines.first).min().unwrap_or_default(),
        last: of_body().map(|block| block.lines.last).max().unwrap_or_default(),
    }
}

#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;
