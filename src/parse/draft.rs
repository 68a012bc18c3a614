//! An article on its way from text to document: what is known of it so far, and the steps that find out more.
//!
//! It refuses to judge blocks itself: each step asks the module that knows.

use super::front_matter::FrontMatter;
use super::plain::{PLACED, aozora, paging, preformatted};
use super::{Extent, Hint, boilerplate, byline, front_matter, headings, html, markdown, plain, title};
use crate::document::{Block, BlockKind, Condition, Format, Inline, LineRange, Meta, Part, Repair};
use crate::text::SafeText;
use crate::text::letters::{key, says};

/// How a text shows what is what in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By Markdown's marks.
    Markdown,
    /// By elements.
    Page,
    /// By elements around one text that was typed.
    TypedPage,
    /// As it was typed.
    Typed,
    /// By the marks of Aozora's texts, which say themselves where the article begins and ends.
    Marked,
}

/// An article under way.
pub struct Draft<'a> {
    hint: &'a Hint,
    extent: Extent,
    front: FrontMatter<'a>,
    form: Form,
    /// The title that the text shows or says besides its front matter.
    said_title: Option<SafeText>,
    /// What is told of it.
    pub meta: Meta,
    /// Its text.
    pub blocks: Vec<Block>,
    /// What was not as it should be.
    pub repairs: Vec<Repair>,
}

impl<'a> Draft<'a> {
    /// The blocks that a text shows, by how it is written down.
    pub fn of(mut front: FrontMatter<'a>, format: Format, hint: &'a Hint, extent: Extent) -> Self {
        let (text, lines, tables) = (front.body, front.lines, &hint.tables);
        let mut meta = std::mem::take(&mut front.meta);
        let mut repairs = std::mem::take(&mut front.repairs);
        let (form, blocks, said_title) = match format {
            Format::Markdown => {
                let head = front.head.saturating_sub(lines);
                let (blocks, mended) = markdown::read(text, lines, head, extent == Extent::AsIs);
                repairs.extend(mended);
                (Form::Markdown, blocks, None)
            }
            Format::Html => {
                let (blocks, title) = html::page(text, lines, &tables.pages);
                (Form::Page, blocks, title)
            }
            Format::Plain if aozora::is_marked(text) => {
                let book = aozora::read(text, lines);
                meta.author = meta.author.or(book.author);
                (Form::Marked, book.blocks, book.title)
            }
            // An EPUB has gone its own way.
            Format::Plain | Format::Epub => {
                (Form::Typed, plain::blocks(text, lines, &tables.chapters), paging::title(text))
            }
        };
        Self { hint, extent, front, form, said_title, meta, blocks, repairs }
    }

    /// Learns what a page says of its article. What a heading says is the title, whatever stands in the window's.
    pub fn learn_from_page(&mut self) {
        if self.form != Form::Page {
            return;
        }
        let head = html::head::read(self.front.body, &self.hint.tables);
        self.meta.complete(head.meta);
        let is_said = |title: &SafeText| {
            let headings = self.blocks.iter().filter(|block| block.heading_level().is_some_and(|level| level <= 2));
            headings.into_iter().any(|block| says(&block.text, &key(title)))
        };
        self.said_title = head.title.clone().filter(is_said).or(self.said_title.take()).or(head.title);
    }

    /// Learns the date from what an article is called by, if it tells none.
    pub fn learn_date(&mut self) {
        self.meta.date = self.meta.date.take().or_else(|| dated_by(self.hint, &self.meta));
    }

    /// Reads the text that a page shows as it was typed.
    pub fn read_typed_page(&mut self) {
        if self.form == Form::Page
            && self.extent != Extent::AsIs
            && let Some(blocks) = preformatted::read(&self.blocks, &self.hint.tables.chapters)
        {
            (self.form, self.blocks) = (Form::TypedPage, blocks);
        }
    }

    /// Makes headings say what they are called, and nothing else.
    pub fn clean_headings(&mut self) {
        self.strip_headings();
        headings::quoted::lift(&mut self.blocks);
        if self.form == Form::Markdown {
            headings::escaped::restore(&mut self.blocks);
        }
    }

    /// Tells the metadata that stands in the text, and below it, from the text.
    pub fn set_metadata_apart(&mut self) {
        let (head, foot) = (self.front.head, self.front.foot);
        for block in self.blocks.iter_mut().filter(|block| block.lines.last <= head) {
            block.part = Part::TitleBlock;
        }
        for block in self.blocks.iter_mut().filter(|block| foot.is_some_and(|foot| block.lines.first >= foot)) {
            block.part = Part::Boilerplate;
        }
    }

    /// Keeps what a page's own title says in the view of all that a file holds, where front matter names another.
    pub fn keep_page_title(&mut self) {
        let is_other = |title: &&SafeText| !self.meta.title.is_empty() && **title != self.meta.title;
        if self.extent != Extent::AsIs || self.form != Form::Page || self.front.lines == 0 {
            return;
        }
        let Some(text) = self.said_title.as_ref().filter(is_other).cloned() else { return };
        let line = self.front.lines + 1;
        let lines = LineRange { first: line, last: line };
        self.blocks.insert(0, Block { text, lines, part: Part::TitleBlock, ..Block::default() });
    }

    /// Gives the article its title.
    pub fn give_title(&mut self) {
        let meta = &self.meta;
        self.meta.title = match self.said_title.take() {
            Some(title) if meta.title.is_empty() && self.form == Form::Marked => title,
            said if meta.title.is_empty() => {
                let is_plain = matches!(self.form, Form::Typed | Form::Marked);
                let (subject, file_name) = (self.front.subject.as_ref(), &self.hint.file_name);
                title::of(&self.blocks, said.as_ref(), is_plain, subject, file_name, &self.hint.tables)
            }
            _ if self.front.lines > 0 => title::written(&meta.title, &self.blocks, meta.author.as_ref()),
            _ => return,
        };
    }

    /// Finds the headings that nothing marks.
    pub fn find_sections(&mut self) {
        let (blocks, tables) = (&mut self.blocks, &self.hint.tables);
        let is_typed = matches!(self.form, Form::Typed | Form::TypedPage);
        headings::join(blocks, tables);
        // A text that shows its sections by their place leaves nothing to guess.
        let are_placed =
            is_typed && blocks.iter().any(|block| block.heading_level().is_some_and(|level| level >= PLACED));
        if !are_placed {
            headings::promote(blocks, tables);
        }
        let are_unmarked = !are_placed && (is_typed || !has_sections(blocks, &self.meta.title));
        let have_emblems = are_unmarked && headings::emblems::promote(blocks, tables);
        if are_unmarked && !have_emblems && (is_typed || is_bare(blocks)) {
            headings::lone::promote(blocks, is_typed, tables);
        }
        // Of lines that have become headings by now the marks are such as well.
        if is_typed {
            self.strip_headings();
        }
    }

    /// Tells what is not the article from it; whether it is one, and whole.
    pub fn set_boilerplate_apart(&mut self) -> Condition {
        if self.form == Form::Marked {
            return Condition::Whole;
        }
        let has_end = self.extent != Extent::Start;
        boilerplate::mark(&mut self.blocks, &self.meta, &self.hint.tables, has_end)
    }

    /// Learns the author from what stands around the article, if nothing else tells who it is.
    pub fn learn_author(&mut self) {
        if self.meta.author.is_none() && self.form != Form::Marked {
            self.meta.author = byline::author(&self.blocks, &self.hint.tables);
        }
    }

    /// Takes what converters leave off the ends of headings.
    fn strip_headings(&mut self) {
        if self.extent != Extent::AsIs {
            headings::anchors::strip(&mut self.blocks, &self.hint.tables.pages);
        }
    }
}

/// The date in an address or in the name of a file, for articles that tell none themselves. A name may say when it was
/// saved.
pub fn dated_by(hint: &Hint, meta: &Meta) -> Option<SafeText> {
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
