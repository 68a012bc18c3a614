//! Lines of known shapes to blocks: which lines are one paragraph, which are headings.
//!
//! It refuses to look further than at the lines beside each other.

use super::shapes::{self, Shape};
use super::wrap::{self, Wrap};
use super::{PLACED, signs};
use crate::document::{Block, BlockKind, Container, ContainerKind, LineRange};
use crate::parse::inlines::Inlines;
use crate::parse::line::ends_sentence;
use crate::parse::tables::chapters::Chapters;
use crate::text::SafeText;
use crate::text::letters::{cells, is_unspaced};
use std::sync::Arc;

/// Quotes in one another that are told apart.
const DEEPEST: usize = 8;
/// Marks that no line begins with.
const CLOSING: [char; 14] = ['。', '，', '、', '；', '：', '！', '？', '」', '』', '”', '）', '》', '】', '…'];

/// The blocks of lines; `lines_before` are the lines of the file above them.
pub fn blocks(text: &str, lines: &[&str], shapes: &[Shape], lines_before: u32, chapters: &Chapters) -> Vec<Block> {
    let is_placed = shapes.iter().any(|shape| matches!(shape, Shape::Title(_)));
    let mut flow = Flow {
        chapters,
        blocks: Vec::new(),
        paragraph: Vec::new(),
        shape: Shape::default(),
        full: wrap::full_line(text),
        wrap: wrap::of(lines),
        is_placed,
        next_id: 0,
    };
    for (index, line) in lines.iter().enumerate() {
        let shape = shapes.get(index).copied().unwrap_or_default();
        let next = shapes.get(index + 1).copied().unwrap_or_default();
        flow.line(lines_before + index as u32 + 1, line, shape, next);
    }
    flow.end_paragraph();
    flow.blocks
}

/// The blocks so far, and the lines of the one under construction.
struct Flow<'a> {
    chapters: &'a Chapters,
    blocks: Vec<Block>,
    paragraph: Vec<(u32, &'a str)>,
    /// What the lines of the paragraph are.
    shape: Shape,
    full: usize,
    wrap: Option<Wrap>,
    /// Whether headings stand at the margin of a text that is set in.
    is_placed: bool,
    next_id: u32,
}

impl<'a> Flow<'a> {
    /// Takes in a line; `next` is the shape of the one below.
    fn line(&mut self, number: u32, line: &'a str, shape: Shape, next: Shape) {
        let is_blank = line.trim().is_empty();
        if is_blank || !self.goes_on(line, shape) {
            self.end_paragraph();
        }
        match (shape, next) {
            _ if is_blank => {}
            (Shape::Quote(_), _) if line.trim_matches(['>', ' ']).is_empty() => self.end_paragraph(),
            // It was read with the line above.
            (Shape::Underline(_), _) => {}
            (Shape::Title(depth), _) => {
                self.heading(number, number, line, self.chapters.level(line).unwrap_or(PLACED + depth - 1));
            }
            (Shape::Signed(depth), _) => self.heading(number, number, signs::title(line), PLACED + depth - 1),
            (Shape::Rule, _) => self.push(number, number, Block { kind: BlockKind::Rule, ..Block::default() }),
            (Shape::Text, Shape::Underline(level)) => {
                self.end_paragraph();
                self.heading(number, number + 1, line, self.chapters.level(line).unwrap_or(level));
            }
            (Shape::Text, _) => match self.chapters.level(line) {
                Some(level) => self.heading(number, number, line, level),
                None => self.add(number, line, shape),
            },
            _ => self.add(number, line, shape),
        }
    }

    /// Whether a line goes on with the paragraph above it.
    fn goes_on(&self, line: &str, shape: Shape) -> bool {
        let last = self.paragraph.last().map(|(_, last)| *last).unwrap_or_default();
        // What a converter took for a line of its own is the end of the line above.
        if (self.shape, shape) == (Shape::Text, Shape::Text) && !last.is_empty() && line.starts_with(CLOSING) {
            return true;
        }
        let is_set_in = |line: &str| line.starts_with("    ");
        // What begins with a mark is an item or a note of its own.
        let starts = line.starts_with(['\u{3000}', '\t', '※', '●', '■', '◆', '•', '→'])
            || is_set_in(line)
                && (shapes::indent(line) > shapes::indent(last) || !self.is_placed && ends_sentence(last.trim_end()));
        let is_full = self.paragraph.last().is_some_and(|(_, last)| cells(last) * 10 >= self.full * 7);
        // A program that wraps at spaces leaves lines of scripts without them at any length.
        let is_beside = || {
            self.is_placed
                && shapes::indent(line) == shapes::indent(last)
                && last.chars().chain(line.chars()).any(is_unspaced)
        };
        let is_hung = || {
            let column = self.paragraph.first().and_then(|(_, first)| shapes::hung(first));
            column.is_some_and(|column| shapes::indent(line) == column)
        };
        match (self.shape, shape) {
            (Shape::Item(column), Shape::Text) => shapes::indent(line) >= column,
            (Shape::Text, Shape::Text) if is_hung() => self.chapters.level(line).is_none(),
            (Shape::Text, Shape::Text) => {
                let is_wrapped = self.wrap.is_some_and(|wrap| wrap.parts(last, line));
                !starts && (is_full || is_wrapped || is_beside()) && self.chapters.level(line).is_none()
            }
            (Shape::Item(_), _) | (_, Shape::Item(_)) => false,
            (above, below) => above == below,
        }
    }

    fn add(&mut self, number: u32, line: &'a str, shape: Shape) {
        if self.paragraph.is_empty() {
            self.shape = shape;
        }
        self.paragraph.push((number, line));
    }

    fn heading(&mut self, first: u32, last: u32, line: &str, level: u8) {
        let mut inlines = Inlines::default();
        inlines.push(line.trim());
        let (text, styles) = inlines.finish();
        self.push(first, last, Block { kind: BlockKind::Heading { level }, text, styles, ..Block::default() });
    }

    fn push(&mut self, first: u32, last: u32, block: Block) {
        self.blocks.push(Block { lines: LineRange { first, last }, ..block });
    }

    fn end_paragraph(&mut self) {
        let lines = std::mem::take(&mut self.paragraph);
        let (Some((first, _)), Some((last, _))) = (lines.first(), lines.last()) else { return };
        let shape = std::mem::take(&mut self.shape);
        if shape == Shape::Code {
            let least = lines.iter().map(|(_, line)| shapes::indent(line)).min().unwrap_or_default();
            let code: Vec<&str> = lines.iter().map(|(_, line)| without_indent(line, least)).collect();
            let kind = BlockKind::Code { info: SafeText::default() };
            return self.push(
                *first,
                *last,
                Block { kind, text: SafeText::body(&code.join("\n")), ..Block::default() },
            );
        }
        let mut inlines = Inlines::default();
        for (index, (_, line)) in lines.iter().enumerate() {
            let blank = [' ', '\t', '\u{3000}'];
            let text = line.trim_matches(blank);
            inlines.push(match shape {
                Shape::Item(_) if index == 0 => text.trim_start_matches(['-', '*', '+', '•']).trim_start(),
                Shape::Quote(_) => text.trim_start_matches(['>', ' ']),
                _ => text,
            });
            let is_wrapped = cells(line) * 10 >= self.full * 7;
            let keeps_lines = shape == Shape::Verse || matches!(shape, Shape::Quote(_)) && !is_wrapped;
            match () {
                () if index + 1 == lines.len() => {}
                () if keeps_lines => inlines.hard_break(),
                () => inlines.soft_break(),
            }
        }
        let (text, styles) = inlines.finish();
        let containers = self.containers(shape);
        if !text.is_empty() {
            self.push(*first, *last, Block { text, styles, containers, ..Block::default() });
        }
    }

    /// The containers that a paragraph of a shape stands in.
    fn containers(&mut self, shape: Shape) -> Arc<[Container]> {
        let kinds = match shape {
            Shape::Item(_) => vec![ContainerKind::Item { marker: SafeText::own("•"), tight: true }],
            Shape::Quote(depth) => vec![ContainerKind::Quote; depth.min(DEEPEST)],
            _ => return Arc::default(),
        };
        let numbered = kinds.into_iter().map(|kind| {
            self.next_id += 1;
            Container { id: self.next_id, kind }
        });
        numbered.collect()
    }
}

/// A line without the columns by which all lines around it are set in.
fn without_indent(line: &str, columns: usize) -> &str {
    let mut left = columns;
    line.trim_start_matches(|c: char| {
        let width = if c == '\t' { 4 } else { 1 };
        let is_indent = matches!(c, ' ' | '\t') && left >= width;
        left -= if is_indent { width } else { 0 };
        is_indent
    })
}
