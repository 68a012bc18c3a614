//! `CommonMark` with GFM's extensions to blocks: the sole owner of `comrak`.
//!
//! The tree is walked without recursion, because its depth is the file's to choose. It refuses to judge what is a
//! section or boilerplate: that is for the steps after it.

pub mod atx;
pub mod definitions;
pub mod guard;
pub mod inlines;
pub mod links;
pub mod mend;
pub mod stretch;
pub mod table;

use crate::document::{Block, BlockKind, Container, ContainerKind, LineRange};
use crate::parse::html;
use crate::text::SafeText;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, Node, NodeCodeBlock, NodeHeading, NodeValue, Sourcepos};
use comrak::{Arena, Options, parse_document};
use inlines::Inlines;
use memchr::memchr_iter;

/// Reads Markdown; `lines_before` are the lines of the file above it.
pub fn blocks(text: &str, lines_before: u32) -> Vec<Block> {
    parted(text, lines_before, stretch::STRETCH)
}

/// Reads Markdown in stretches of some bytes or more.
fn parted(text: &str, lines_before: u32, least: usize) -> Vec<Block> {
    let spaced = atx::spaced(text);
    let whole = links::whole(&spaced);
    let guard::Guarded { text: guarded, plain } = guard::guard(&whole);
    let options = options();
    let mut flow = Flow { lines_before, ..Flow::default() };
    let mut rest = &*guarded;
    let least = if stretch::can_be_parted(rest) { least } else { rest.len() };
    let mut needed = least;
    while !rest.is_empty() {
        let (stretch, after) = rest.split_at_checked(stretch::end(rest, needed)).unwrap_or((rest, ""));
        let arena = Arena::new();
        let root = parse_document(&arena, stretch, &options);
        if !after.is_empty() && stretch::is_open(root) {
            needed = 2 * stretch.len();
            continue;
        }
        flow.read(root);
        flow.lines_before += memchr_iter(b'\n', stretch.as_bytes()).count() as u32;
        (rest, needed) = (after, least);
    }
    definitions::insert(&mut flow.blocks, text, lines_before);
    let is_empty = plain.is_empty();
    flow.blocks.extend(plain.into_iter().map(|(index, line)| {
        let number = lines_before + index as u32 + 1;
        Block {
            text: SafeText::body(line.trim()),
            lines: LineRange { first: number, last: number },
            ..Block::default()
        }
    }));
    if !is_empty {
        flow.blocks.sort_by_key(|block| block.lines.first);
    }
    flow.blocks
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.alerts = true;
    extension.wikilinks_title_after_pipe = true;
    extension.highlight = true;
    extension.math_dollars = true;
    extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options.parse.relaxed_tasklist_matching = true;
    options
}

/// Whether a line may be the text of the empty heading before it.
fn could_be_heading(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 40
        && !text.contains('\n')
        && !text.ends_with(['。', '；', '！', '，', '：', ':', '.', ';', '!', ',', '、', '…'])
}

/// Whether the list of an item is tight; the item's own copy of the list's data is not.
fn is_tight(item: Node<'_>) -> bool {
    item.parent().is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight))
}

/// The blocks so far and the containers that are open.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    containers: Vec<Container>,
    next_id: u32,
    lines_before: u32,
    /// The number of the next item and the digits of the last, for every open list.
    numbers: Vec<Option<(usize, usize)>>,
    /// The level of a heading without text that was the last node: converters leave one where a heading's text stood
    /// in a block of its own.
    empty_heading: Option<u8>,
    /// The text of the last block, whose room the next one takes.
    inlines: Inlines,
}

impl Flow {
    /// Takes in the blocks of a tree.
    fn read(&mut self, root: Node<'_>) {
        let mut skip_until: Option<Node> = None;
        for edge in root.traverse() {
            match edge {
                NodeEdge::Start(node) if skip_until.is_none() => {
                    if !self.enter(node) {
                        skip_until = Some(node);
                    }
                }
                NodeEdge::End(node) => match skip_until {
                    Some(skipped) if skipped.same_node(node) => skip_until = None,
                    Some(_) => {}
                    None => self.leave(node),
                },
                NodeEdge::Start(_) => {}
            }
        }
    }

    /// Takes a node in; false if its children are not to be visited, having been dealt with or meaning nothing.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let position = node.data().sourcepos;
        let lines = self.lines(position);
        match &node.data().value {
            NodeValue::Document | NodeValue::DescriptionList | NodeValue::DescriptionItem(_) => true,
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => self.open(ContainerKind::Quote),
            NodeValue::Alert(alert) => {
                let title = alert.title.clone().unwrap_or_else(|| alert.alert_type.default_title().to_owned());
                self.open(ContainerKind::Alert { title: SafeText::line(&title) })
            }
            NodeValue::FootnoteDefinition(note) => {
                self.open(ContainerKind::Footnote { label: SafeText::line(&note.name) })
            }
            NodeValue::List(list) => {
                let last = list.start + node.children().count().saturating_sub(1);
                let digits = last.to_string().len();
                self.numbers.push((list.list_type == ListType::Ordered).then_some((list.start, digits)));
                true
            }
            NodeValue::Item(item) => {
                let marker = self.marker(item.bullet_char);
                self.open(ContainerKind::Item { marker, tight: is_tight(node) })
            }
            NodeValue::TaskItem(task) => {
                self.marker(b'-');
                let marker = SafeText::own(if task.symbol.is_some() { "☑" } else { "☐" });
                self.open(ContainerKind::Item { marker, tight: is_tight(node) })
            }
            NodeValue::Heading(heading) => self.heading(node, *heading, lines),
            NodeValue::CodeBlock(code) => self.code(code, lines),
            NodeValue::HtmlBlock(html) => self.html(&html.literal, lines),
            // At a text's end comrak counts the blank lines after it.
            NodeValue::ThematicBreak => self.rule(LineRange { last: lines.first, ..lines }),
            NodeValue::Table(shape) => {
                let block = table::block(node, shape, lines);
                self.push(block)
            }
            _ => self.paragraph(node, lines),
        }
    }

    fn leave(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::List(_) => {
                self.numbers.pop();
            }
            NodeValue::BlockQuote
            | NodeValue::MultilineBlockQuote(_)
            | NodeValue::Alert(_)
            | NodeValue::FootnoteDefinition(_)
            | NodeValue::Item(_)
            | NodeValue::TaskItem(_) => {
                self.containers.pop();
            }
            _ => {}
        }
    }

    fn open(&mut self, kind: ContainerKind) -> bool {
        self.containers.push(Container { id: self.next_id, kind });
        self.next_id += 1;
        true
    }

    /// The marker of the next item of the innermost list; numbers are flush right. A plus sign may mean one: what was
    /// added, or who came along.
    fn marker(&mut self, bullet: u8) -> SafeText {
        let depth = self.numbers.iter().filter(|number| number.is_none()).count();
        match self.numbers.last_mut() {
            Some(Some((number, digits))) => {
                let marker = SafeText::body(&format!("{number:>digits$}."));
                *number += 1;
                marker
            }
            _ if bullet == b'+' => SafeText::own("+"),
            _ => SafeText::own(["•", "◦", "▪"].get(depth.saturating_sub(1) % 3).unwrap_or(&"•")),
        }
    }

    fn heading(&mut self, node: Node<'_>, heading: NodeHeading, lines: LineRange) -> bool {
        let mut inlines = std::mem::take(&mut self.inlines);
        inlines.read(node);
        self.heading_of(&mut inlines, heading, lines);
        self.inlines = inlines;
        false
    }

    fn heading_of(&mut self, inlines: &mut Inlines, heading: NodeHeading, lines: LineRange) {
        // A rule under a paragraph without a blank line reads as a setext heading (CommonMark 4.3); a long or
        // many-lined "heading" was a paragraph.
        let is_rule = heading.setext && (lines.last > lines.first + 1 || inlines.text().chars().count() > 60);
        if is_rule {
            self.text(BlockKind::Paragraph, inlines, lines);
            self.rule(LineRange { first: lines.last, last: lines.last });
            return;
        }
        let text = inlines.text().trim();
        if inlines.is_images_only() {
            self.images(inlines, lines);
        } else if text.is_empty() {
            self.empty_heading = Some(heading.level);
        } else if text.chars().all(|c| matches!(c, '-' | '—' | '*' | '_' | '=')) {
            self.rule(lines);
        } else {
            self.text(BlockKind::Heading { level: heading.level }, inlines, lines);
        }
    }

    fn paragraph(&mut self, node: Node<'_>, lines: LineRange) -> bool {
        let empty_heading = self.empty_heading.take();
        let mut inlines = std::mem::take(&mut self.inlines);
        inlines.read(node);
        match empty_heading {
            _ if inlines.is_images_only() => self.images(&inlines, lines),
            Some(level) if self.containers.is_empty() && could_be_heading(inlines.text()) => {
                self.text(BlockKind::Heading { level }, &mut inlines, lines);
            }
            _ => self.text(BlockKind::Paragraph, &mut inlines, lines),
        }
        self.inlines = inlines;
        false
    }

    fn images(&mut self, inlines: &Inlines, lines: LineRange) {
        for (alt, url) in inlines.images() {
            self.push(Block { kind: BlockKind::Image { url }, text: alt, lines, ..Block::default() });
        }
    }

    fn rule(&mut self, lines: LineRange) -> bool {
        self.push(Block { kind: BlockKind::Rule, lines, ..Block::default() })
    }

    fn text(&mut self, kind: BlockKind, inlines: &mut Inlines, lines: LineRange) {
        let (text, styles) = inlines.finish();
        mend::paragraphs(text, styles, |text, styles| {
            if !text.trim().is_empty() {
                self.push(Block { kind: kind.clone(), text, styles, lines, ..Block::default() });
            }
        });
    }

    fn code(&mut self, code: &NodeCodeBlock, lines: LineRange) -> bool {
        let text = SafeText::body(code.literal.strip_suffix('\n').unwrap_or(&code.literal));
        self.push(Block { kind: BlockKind::Code { info: SafeText::line(&code.info) }, text, lines, ..Block::default() })
    }

    fn html(&mut self, literal: &str, lines: LineRange) -> bool {
        for block in html::blocks(literal, lines.first - 1) {
            let containers = block
                .containers
                .iter()
                .map(|container| Container { id: container.id + self.next_id, ..container.clone() });
            let containers = self.containers.iter().cloned().chain(containers).collect();
            self.blocks.push(Block { containers, ..block });
        }
        self.next_id += literal.len() as u32;
        false
    }

    fn push(&mut self, block: Block) -> bool {
        self.empty_heading = None;
        self.blocks.push(Block { containers: self.containers.clone(), ..block });
        false
    }

    fn lines(&self, position: Sourcepos) -> LineRange {
        LineRange {
            first: position.start.line as u32 + self.lines_before,
            last: (position.end.line.max(position.start.line)) as u32 + self.lines_before,
        }
    }
}
