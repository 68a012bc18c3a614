//! From bytes to a document: the steps, one call each. Cannot fail; what it repaired, the document says.
//!
//! It refuses to read files and to know any width.

pub mod boilerplate;
pub mod byline;
pub mod decode;
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

use crate::document::{
    Block, BlockKind, Condition, Document, Folded, Format, Inline, LineRange, Meta, Outline, Part, Repair,
};
use crate::text::language::Evidence;
use crate::text::letters::{key, says};
use crate::text::{Language, SafeText};
use front_matter::FrontMatter;
use piece::Piece;
use plain::{PLACED, aozora, preformatted};
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
    read(decode::decode(bytes), hint, Extent::Whole)
}

/// Reads an article as the file says it: without restoring text that was read in a wrong encoding before, and with what
/// converters leave at the ends of headings.
pub fn parse_as_is(bytes: &[u8], hint: &Hint) -> Document {
    if epub::is_book(bytes, &hint.file_name) {
        return epub::document(bytes, hint);
    }
    read(decode::decode_undoubted(bytes), hint, Extent::AsIs)
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
    let decoded = decode::decode(start);
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
    let front = match &object {
        Some(article) => FrontMatter { meta: article.meta.clone(), body: &article.text, ..FrontMatter::default() },
        None => front_matter::split(&decoded.text, &hint.tables),
    };
    let format = if object.is_some() { Format::Markdown } else { format(hint, &front) };
    let tables = &hint.tables;
    let mut meta = front.meta.clone();
    let mut repairs: Vec<Repair> = decoded.repairs;
    repairs.extend(front.repairs);
    // Aozora's texts say themselves where the article begins and ends.
    let is_marked = format == Format::Plain && aozora::is_marked(front.body);
    let (mut blocks, mut page_title) = match format {
        Format::Markdown => {
            let head = front.head.saturating_sub(front.lines);
            let (blocks, mended) = markdown::read(front.body, front.lines, head, extent == Extent::AsIs);
            repairs.extend(mended);
            (blocks, None)
        }
        Format::Html => html::page(front.body, front.lines, &tables.pages),
        Format::Plain if is_marked => {
            let book = aozora::read(front.body, front.lines);
            meta.author = meta.author.or(book.author);
            (book.blocks, book.title)
        }
        // An EPUB has gone its own way.
        Format::Plain | Format::Epub => {
            (plain::blocks(front.body, front.lines, &tables.chapters), plain::paging::title(front.body))
        }
    };
    if format == Format::Html {
        let head = html::head::read(front.body, tables);
        meta.complete(head.meta);
        // What a heading says is the title, whatever stands in the window's.
        let is_said = |title: &SafeText| {
            let headings = blocks.iter().filter(|block| block.heading_level().is_some_and(|level| level <= 2));
            headings.into_iter().any(|block| says(&block.text, &key(title)))
        };
        page_title = head.title.clone().filter(is_said).or(page_title).or(head.title);
    }
    meta.date = meta.date.take().or_else(|| dated_by(hint, &meta));
    let typed = if format == Format::Html && extent != Extent::AsIs {
        preformatted::read(&blocks, &tables.chapters)
    } else {
        None
    };
    let is_typed = format == Format::Plain && !is_marked || typed.is_some();
    blocks = typed.unwrap_or(blocks);
    if extent != Extent::AsIs {
        headings::anchors::strip(&mut blocks, &tables.pages);
    }
    headings::quoted::lift(&mut blocks);
    if format == Format::Markdown {
        headings::escaped::restore(&mut blocks);
    }
    for block in blocks.iter_mut().filter(|block| block.lines.last <= front.head) {
        block.part = Part::TitleBlock;
    }
    for block in blocks.iter_mut().filter(|block| front.foot.is_some_and(|foot| block.lines.first >= foot)) {
        block.part = Part::Boilerplate;
    }
    if let Some(title) = page_title.take_if(|_| is_marked && meta.title.is_empty()) {
        meta.title = title;
    } else if meta.title.is_empty() {
        meta.title = title::of(
            &blocks,
            page_title.as_ref(),
            format == Format::Plain,
            front.subject.as_ref(),
            &hint.file_name,
            tables,
        );
    } else if front.lines > 0 {
        meta.title = title::written(&meta.title, &blocks, meta.author.as_ref());
    }
    let language = languages(&mut blocks, None);
    headings::join(&mut blocks, tables);
    // A text that shows its sections by their place leaves nothing to guess.
    let are_placed = is_typed && blocks.iter().any(|block| block.heading_level().is_some_and(|level| level >= PLACED));
    if !are_placed {
        headings::promote(&mut blocks, tables);
    }
    let are_unmarked = !are_placed && (is_typed || !has_sections(&blocks, &meta.title));
    let have_emblems = are_unmarked && headings::emblems::promote(&mut blocks, tables);
    if are_unmarked && !have_emblems && (is_typed || is_bare(&blocks)) {
        headings::lone::promote(&mut blocks, is_typed, tables);
    }
    // Of lines that have become headings by now the marks are such as well.
    if is_typed && extent != Extent::AsIs {
        headings::anchors::strip(&mut blocks, &tables.pages);
    }
    let has_end = extent != Extent::Start;
    let condition = if is_marked { Condition::Whole } else { boilerplate::mark(&mut blocks, &meta, tables, has_end) };
    meta.author = meta.author.take().or_else(|| byline::author(&blocks, tables).filter(|_| !is_marked));
    headings::level(&mut blocks, tables);
    Document {
        outline: Outline::of(&blocks),
        body: body(&blocks),
        meta,
        blocks,
        language,
        format,
        encoding: decoded.encoding,
        condition,
        repairs,
        lost: decoded.lost,
        folded: Folded::default(),
    }
}

/// The date in an address or in the name of a file, for articles that tell none themselves. A name may say when it was
/// saved.
fn dated_by(hint: &Hint, meta: &Meta) -> Option<SafeText> {
    let published = meta.url.as_ref().and_then(|url| front_matter::dates::of_path(url));
    let date = published.or_else(|| Some(front_matter::dates::of_file_name(&hint.file_name)?.0))?;
    Some(SafeText::line(&date))
}

/// Whether a text has a heading but the title's.
fn has_sections(blocks: &[Block], title: &SafeText) -> bool {
    let title = key(title);
    blocks.iter().any(|block| block.heading_level().is_some() && !says(&block.text, &title))
}

/// Whether a text shows nothing of how it looked: nothing strong, no link, picture or code.
fn is_bare(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| {
        block.styles.iter().all(|styled| matches!(styled.style, Inline::Cue(_)))
            && !matches!(block.kind, BlockKind::Image { .. } | BlockKind::Code { .. })
    })
}

/// What the front matter says of an article, its body left unread: for lists that must be there at once.
pub fn glimpse(bytes: &[u8], hint: &Hint) -> Meta {
    let decoded = decode::decode(bytes);
    let object = front_matter::object::alone(&decoded.text, &hint.tables);
    let front = match object {
        Some(article) => FrontMatter { meta: article.meta, ..FrontMatter::default() },
        None => front_matter::split(&decoded.text, &hint.tables),
    };
    let mut meta = front.meta;
    meta.date = meta.date.take().or_else(|| dated_by(hint, &meta));
    if meta.title.is_empty() {
        meta.title = title::of(&[], None, false, front.subject.as_ref(), &hint.file_name, &hint.tables);
    }
    meta
}

/// How a file is written down, by its name and what it holds: a `.txt` with front matter or markup is Markdown.
fn format(hint: &Hint, front: &front_matter::FrontMatter) -> Format {
    let name = hint.file_name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match () {
        () if ends(&[".html", ".htm", ".xhtml"]) || html::is_page(front.body) => Format::Html,
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
