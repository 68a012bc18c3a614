//! The pass over the tags of a piece of HTML: what is open, and the block under construction.
//!
//! It refuses to look back: what is known only at the end (which part of a page is its article) is settled there.

mod containers;
mod embedded;
mod listing;
mod table;
mod text;

use super::cells::{self, Grid};
use super::is_page;
use super::names::{self, FALLBACKS, UNSEEN};
use super::regions::Regions;
use super::title::Title;
use crate::document::{Block, BlockKind, LineRange, OpenContainers, Part};
use crate::parse::inlines::{Inlines, mend};
use crate::parse::tables::pages::Pages;
use crate::parse::tag::looks::Elements;
use crate::parse::tag::{self, Tag, Token, Tokens};
use crate::text::SafeText;
use listing::Listing;

/// The state of the pass: what is open, and the block under construction.
pub struct Flow<'t> {
    /// The blocks so far.
    pub blocks: Vec<Block>,
    containers: OpenContainers,
    next_id: u32,
    /// The number of the next item, for every open list.
    numbers: Vec<Option<i64>>,
    inlines: Inlines,
    kind: BlockKind,
    start: u32,
    line: u32,
    /// Whether each table to come only lays out what is in it.
    layouts: std::vec::IntoIter<bool>,
    /// The tables that do and are open.
    laid_out: usize,
    /// Whether a cell of the row was open before, in a table that lays out.
    in_row: bool,
    /// The blocks with which its other cells begin.
    columns: Vec<usize>,
    /// The table that is open and has rows and columns.
    grid: Option<Grid>,
    table_start: u32,
    preformatted: String,
    pre: bool,
    /// The title of a page; none where there is no page.
    pub title: Option<Title>,
    /// Whether what stands beside the text is told from it.
    has_asides: bool,
    regions: Regions<'t>,
    elements: Elements,
    /// The blocks that a browser would not show, though they may be the article's.
    hidden: Vec<usize>,
    /// What links call the next block.
    pub names: Vec<SafeText>,
    /// The table of lines of code that is open.
    listing: Option<Listing>,
    /// The links to what is shown inside the block under construction, which they would break.
    played: Vec<Block>,
    /// Where the picture is that is open, if its image does not say.
    pictured: Option<String>,
}

impl<'t> Flow<'t> {
    /// A page.
    pub fn of_page(text: &str, lines_before: u32, pages: &'t Pages) -> Self {
        let (title, regions) = (Some(Title::of(text)), Regions::of_page(pages));
        let mut flow = Self { title, has_asides: true, regions, ..Self::new(lines_before) }.reading(text);
        std::mem::take(&mut flow.regions).settle(&mut flow.blocks, &mut flow.hidden);
        flow.show_if_all_is_hidden();
        embedded::hide_gutters(&mut flow.blocks, &flow.columns);
        flow
    }

    /// A chapter of a book.
    pub fn of_chapter(text: &str, lines_before: u32) -> Self {
        Self { has_asides: true, ..Self::new(lines_before) }.reading(text)
    }

    /// HTML inside Markdown: what stands beside the text of a page is the text here, where call-outs are asides.
    pub fn of_fragment(text: &str, lines_before: u32) -> Self {
        Self { has_asides: is_page(text), ..Self::new(lines_before) }.reading(text)
    }

    fn new(lines_before: u32) -> Self {
        Self {
            blocks: Vec::new(),
            containers: OpenContainers::default(),
            next_id: 0,
            numbers: Vec::new(),
            inlines: Inlines::default(),
            kind: BlockKind::Paragraph,
            start: lines_before + 1,
            line: lines_before + 1,
            layouts: Vec::new().into_iter(),
            laid_out: 0,
            in_row: false,
            columns: Vec::new(),
            grid: None,
            table_start: 0,
            preformatted: String::new(),
            pre: false,
            title: None,
            has_asides: false,
            regions: Regions::default(),
            elements: Elements::default(),
            hidden: Vec::new(),
            names: Vec::new(),
            listing: None,
            played: Vec::new(),
            pictured: None,
        }
    }

    fn reading(mut self, text: &str) -> Self {
        let first = self.line;
        if tag::holds(text, "<table") {
            self.layouts = cells::layouts(text).into_iter();
        }
        for (line, token) in Tokens::new(text, UNSEEN).with_fallbacks(FALLBACKS) {
            self.line = first + line;
            match token {
                Token::Text(text) => self.text(text),
                Token::Tag(tag, literal) => {
                    self.tag(&tag, literal);
                    // What begins here is in no block that has ended.
                    self.names.extend(tag.place());
                }
                Token::Formula(formula) => self.formula(formula),
                Token::Fallback(tag, inside) => self.shown_otherwise(&tag, inside),
            }
        }
        self.end_table();
        self.listing = None;
        self.end_block();
        self
    }

    /// What a page shows only once a script has run is its article after all, if that is most of it.
    fn show_if_all_is_hidden(&mut self) {
        let length = |block: &Block| if block.part == Part::Body { block.text.len() } else { 0 };
        let shown: usize = self.blocks.iter().map(length).sum();
        let hidden: usize =
            self.hidden.iter().filter_map(|index| self.blocks.get(*index)).map(|block| block.text.len()).sum();
        if hidden > shown {
            for index in std::mem::take(&mut self.hidden) {
                if let Some(block) = self.blocks.get_mut(index) {
                    block.part = Part::Body;
                }
            }
        }
    }

    fn tag(&mut self, tag: &Tag, literal: &str) {
        if let Some(title) = &mut self.title {
            if tag.name == "title" && self.blocks.is_empty() {
                return title.toggle(tag);
            }
            if title.take_tag(tag, literal) {
                return;
            }
        }
        if self.listing.is_some() {
            return self.in_listing(tag);
        }
        match tag.name.as_str() {
            "head" | "meta" | "link" | "base" | "tbody" | "thead" | "tfoot" | "colgroup" | "col" => {}
            "table" => self.table(tag),
            "td" | "th" if !self.pre && listing::is_number(tag) => self.begin_listing(),
            "tr" if self.grid.is_some() => self.row(tag),
            "td" | "th" if self.grid.is_some() => self.cell(tag),
            "caption" if self.grid.is_some() => self.end_cell(),
            _ if self.grid.is_some() => self.inside_cell(tag, literal),
            "tr" | "td" | "th" if self.laid_out > 0 => self.laid_out_cell(tag),
            "hr" => self.rule(),
            "img" => self.image(tag),
            "source" => self.pictured = self.pictured.take().or_else(|| tag.largest_of_set()),
            "picture" => self.pictured = None,
            "embed" | "frame" if !self.pre => self.embedded(tag, ""),
            "pre" => self.pre(tag),
            "br" if self.pre => self.preformatted.push('\n'),
            _ if self.pre => {}
            name if names::is_block(name) => self.block(tag),
            _ => self.inlines.tag(literal),
        }
    }

    fn pre(&mut self, tag: &Tag) {
        self.end_block();
        self.pre = !tag.is_end;
        self.start = self.line;
    }

    fn rule(&mut self) {
        self.end_block();
        self.start = self.line;
        self.push(Block { kind: BlockKind::Rule, ..Block::default() });
    }

    /// Ends the block under construction, if it holds anything.
    fn end_block(&mut self) {
        if self.grid.is_some() {
            return;
        }
        self.end_text();
        for link in std::mem::take(&mut self.played) {
            self.push(link);
        }
    }

    fn end_text(&mut self) {
        let kind = std::mem::take(&mut self.kind);
        let preformatted = std::mem::take(&mut self.preformatted);
        if !preformatted.trim().is_empty() {
            let text = preformatted.trim_start_matches('\n');
            self.start += (preformatted.len() - text.len()) as u32;
            let text = SafeText::body(text.trim_end_matches('\n'));
            self.push(Block { kind: BlockKind::Code { info: SafeText::default() }, text, ..Block::default() });
        }
        // An element that is still open goes on in the next block.
        let next = self.inlines.part();
        let mut inlines = std::mem::replace(&mut self.inlines, next);
        if inlines.is_images_only() {
            for (alt, url) in inlines.images() {
                self.push(Block { kind: BlockKind::Image { url }, text: alt, ..Block::default() });
            }
            return;
        }
        let (text, styles) = inlines.finish();
        mend::paragraphs(text, styles, |text, styles| {
            if !text.trim().is_empty() {
                self.push(Block { kind: kind.clone(), text, styles, ..Block::default() });
            }
        });
    }

    fn push(&mut self, block: Block) {
        let aside = self.has_asides && self.regions.is_aside();
        let hidden = self.elements.are_hidden();
        if hidden {
            self.hidden.push(self.blocks.len());
        }
        let part = if aside || hidden { Part::Boilerplate } else { Part::Body };
        let lines = LineRange { first: self.start.min(self.line), last: self.line };
        let containers = self.containers.shared();
        let names = std::mem::take(&mut self.names).into();
        self.blocks.push(Block { containers, lines, part, names, ..block });
        self.start = self.line;
    }
}
