//! `CommonMark` with GFM's extensions to blocks: the sole owner of `comrak`.
//!
//! The tree is walked without recursion, because its depth is the file's to choose. It refuses to judge what is a
//! section or boilerplate: that is for the steps after it.

pub mod atx;
pub mod cards;
pub mod code;
pub mod definitions;
pub mod dense;
pub mod directive;
pub mod easy;
pub mod excess;
pub mod formula;
pub mod guard;
mod inlines;
pub mod links;
pub mod marks;
pub mod options;
pub mod repairs;
pub mod resume;
pub mod seam;
pub mod spans;
pub mod stars;
pub mod stretch;
pub mod table;

use crate::document::{Block, BlockKind, Container, ContainerKind, LineRange, OpenContainers, Part, Repair, Styled};
use crate::parse::html;
use crate::parse::inlines::{Inlines, mend};
use crate::parse::rows::TableBuilder;
use crate::text::{Language, SafeText};
use comrak::nodes::{Node, NodeHeading, NodeValue, Sourcepos};
use comrak::{Arena, parse_document};
use memchr::memchr_iter;
use repairs::Repairs;
use resume::{List, Pending};
use seam::Seam;
use std::borrow::Cow;
use std::sync::Arc;

/// Bytes of a text to a block of it, of few texts less: the list of blocks seldom moves while it grows.
const BYTES_A_BLOCK: usize = 80;

/// Reads Markdown; `lines_before` are the lines of the file above it.
pub fn blocks(text: &str, lines_before: u32) -> Vec<Block> {
    read(text, lines_before, 0, false).0
}

/// Reads Markdown, and says what of it had to be set right; its first `head` lines hold metadata. `as_is` leaves the links
/// around paragraphs as they are written, which is as text.
pub fn read(text: &str, lines_before: u32, head: u32, as_is: bool) -> (Vec<Block>, Vec<Repair>) {
    let Some(aired) = dense::aired(text, head) else { return parted(text, lines_before, stretch::STRETCH, as_is) };
    let (mut blocks, mut repairs) = parted(&aired.text, 0, stretch::STRETCH, as_is);
    aired.place(&mut blocks, &mut repairs, lines_before);
    (blocks, repairs)
}

/// Reads Markdown in stretches of some bytes or more.
fn parted(text: &str, lines_before: u32, least: usize, as_is: bool) -> (Vec<Block>, Vec<Repair>) {
    let guard::Guarded { text: guarded, plain } = guard::guard(text);
    let spaced = atx::spaced(&guarded);
    let whole = links::whole(&spaced);
    let linked = if as_is { Cow::Borrowed(&*whole) } else { cards::parted(&whole) };
    let parted = spans::mended(&linked);
    let mended = excess::kept(&parted);
    let mut repairs = Repairs::below(lines_before);
    repairs.guarded(text, &guarded);
    repairs.changed(&guarded, &spaced, 1, repairs::HEADING);
    repairs.changed(&spaced, &whole, 2, repairs::ADDRESS);
    repairs.changed(&whole, &linked, cards::LINES, repairs::CARD);
    repairs.changed(&linked, &parted, 1, repairs::STRONG);
    repairs.changed(&parted, &mended, 1, repairs::CELLS);
    let has_formulas = formula::are_in(text);
    let blocks = Vec::with_capacity(text.len() / BYTES_A_BLOCK);
    let mut flow = Flow { blocks, lines_before, ..Flow::default() };
    let mut rest = &*mended;
    let least = if stretch::can_be_parted(rest) { least } else { usize::MAX };
    // Of a text that is read in one piece nothing is read before the parser.
    let is_easy = least < usize::MAX && easy::is_sound(rest);
    let first = if is_easy { easy::LEAST.min(least) } else { least };
    let mut needed = first;
    let mut opening = String::new();
    let lines_of = |text: &str| memchr_iter(b'\n', text.as_bytes()).count() as u32;
    loop {
        if is_easy && opening.is_empty() {
            rest = rest.get(flow.read_easily(rest, has_formulas)..).unwrap_or_default();
        }
        if rest.is_empty() {
            break;
        }
        let near = if needed < least { easy::resumption(rest, needed..least) } else { None };
        let end = near.unwrap_or_else(|| stretch::end(rest, needed.max(least)));
        let end_of_rows = (needed <= least).then(|| stretch::end_of_rows(rest, end, flow.columns())).flatten();
        let (stretch, after) = rest.split_at_checked(end_of_rows.unwrap_or(end)).unwrap_or((rest, ""));
        let read = if opening.is_empty() { Cow::Borrowed(stretch) } else { Cow::Owned(opening.clone() + stretch) };
        let arena = Arena::new();
        let root = parse_document(&arena, &read, &options::of(&read, has_formulas));
        let seam =
            if after.is_empty() { Some(Seam::default()) } else { seam::between(root, &read, after, flow.filled()) };
        let Some(seam) = seam else {
            needed = needed.max(2 * stretch.len());
            continue;
        };
        flow.lines_before = flow.lines_before.wrapping_sub(lines_of(&opening));
        flow.read(root, &seam);
        flow.lines_before = flow.lines_before.wrapping_add(lines_of(&read));
        (rest, needed, opening) = (after, first, seam.opening);
    }
    flow.finish();
    repairs.note(flow.mended.drain(..), repairs::SPACE);
    if flow.is_starred {
        repairs.note(stars::read(&mut flow.blocks, text, lines_before).into_iter(), repairs::STRONG);
    }
    definitions::insert(&mut flow.blocks, text, lines_before);
    let is_empty = plain.is_empty();
    for (index, lines) in plain {
        flow.plain(lines, lines_before + index as u32 + 1);
    }
    if !is_empty {
        flow.blocks.sort_by_key(|block| block.lines.first);
    }
    (flow.blocks, repairs.finish())
}

/// Whether a line may be the text of the empty heading before it.
fn could_be_heading(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 40
        && !text.contains('\n')
        && !text.ends_with(['。', '；', '！', '，', '：', ':', '.', ';', '!', ',', '、', '…'])
}

/// The blocks so far and the containers that are open.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    containers: OpenContainers,
    next_id: u32,
    lines_before: u32,
    /// The lists that are open.
    lists: Vec<List>,
    /// The level of a heading without text that was the last node: converters leave one where a heading's text stood
    /// in a block of its own.
    empty_heading: Option<u8>,
    /// The text of the last block, whose room the next one takes.
    inlines: Inlines,
    /// The lines of the blocks whose white space was set right.
    mended: Vec<u32>,
    /// The paragraph or table that goes on in the next stretch.
    pending: Option<Pending>,
    /// Whether a block begins with a mark of emphasis, which the parser did not take for one.
    is_starred: bool,
    /// What links call the next block.
    names: Vec<SafeText>,
    /// The nodes at the start of the next tree that are open already, and the lists among them that were met.
    resumed: (usize, usize),
}

impl Flow {
    /// Takes in the blocks of a tree, up to the one that goes on behind it.
    fn read<'a>(&mut self, root: Node<'a>, seam: &Seam<'a>) {
        let mut next = Some(root);
        while let Some(node) = next {
            if seam.is_in(node) && self.holds(node, seam) {
                break;
            }
            let is_open = self.enter(node);
            let child = if is_open { node.first_child() } else { None };
            next = child.or_else(|| self.after(node, is_open, seam));
        }
        self.resumed = (seam.nodes, 0);
        if seam.is_blank
            && let Some(list) = self.lists.first_mut()
        {
            list.loosen();
        }
    }

    /// Takes a node in; false if its children are not to be visited, having been dealt with or meaning nothing.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let position = node.data().sourcepos;
        let lines = self.lines(position);
        let is_root = matches!(node.data().value, NodeValue::Document);
        if !is_root && self.resumed.0 > 0 {
            return self.resume(node);
        }
        if !is_root && let Some(pending) = self.pending.take() {
            return self.go_on(pending, node, lines);
        }
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
                self.lists.push(List::new(list, node.children().count(), self.blocks.len(), self.containers.len()));
                true
            }
            NodeValue::Item(item) => {
                let marker = self.marker(item.bullet_char);
                self.open(ContainerKind::Item { marker, tight: self.is_tight() })
            }
            NodeValue::TaskItem(task) => {
                self.marker(b'-');
                self.open(ContainerKind::Item { marker: Self::task(task.symbol.is_some()), tight: self.is_tight() })
            }
            NodeValue::BlockDirective(container) => {
                if let Some(title) = directive::title(&container.info, lines.first) {
                    self.push(title);
                }
                true
            }
            NodeValue::Heading(heading) => self.heading(node, *heading, lines),
            NodeValue::CodeBlock(code) => self.code(&code.info, &code.literal, lines),
            NodeValue::HtmlBlock(html) => self.html(&html.literal, lines),
            // At a text's end comrak counts the blank lines after it.
            NodeValue::ThematicBreak => self.rule(LineRange { last: lines.first, ..lines }),
            NodeValue::Table(shape) => {
                let mut builder = TableBuilder::default();
                table::rows(node, 0, &mut builder);
                self.push(builder.finish(table::alignments(shape), lines))
            }
            _ => self.paragraph(node, lines),
        }
    }

    /// The node that comes after another and all that is in it; what ends before it is left. None if there is no other, or
    /// if what would end goes on behind the tree.
    fn after<'a>(&mut self, node: Node<'a>, is_open: bool, seam: &Seam<'a>) -> Option<Node<'a>> {
        let (mut node, mut is_open) = (node, is_open);
        loop {
            if is_open {
                if seam.is_in(node) {
                    return None;
                }
                self.leave(node);
            }
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            (node, is_open) = (node.parent()?, true);
        }
    }

    fn leave(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::List(_) => self.end_list(),
            NodeValue::BlockQuote
            | NodeValue::MultilineBlockQuote(_)
            | NodeValue::Alert(_)
            | NodeValue::FootnoteDefinition(_)
            | NodeValue::Item(_)
            | NodeValue::TaskItem(_) => {
                self.containers.truncate(self.containers.len().saturating_sub(1));
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
        let depth = self.lists.iter().filter(|list| list.number.is_none()).count();
        match self.lists.last_mut().and_then(|list| list.number.as_mut()) {
            Some((number, digits)) => {
                let marker = SafeText::body(&format!("{number:>digits$}."));
                *number += 1;
                marker
            }
            _ if bullet == b'+' => SafeText::own("+"),
            _ => SafeText::own(["•", "◦", "▪"].get(depth.saturating_sub(1) % 3).unwrap_or(&"•")),
        }
    }

    /// The marker of an item that is something to do.
    fn task(is_done: bool) -> SafeText {
        SafeText::own(if is_done { "☑" } else { "☐" })
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
        self.paragraph_of(&mut inlines, empty_heading, lines);
        self.inlines = inlines;
        false
    }

    fn paragraph_of(&mut self, inlines: &mut Inlines, empty_heading: Option<u8>, lines: LineRange) {
        match empty_heading {
            _ if inlines.is_images_only() => self.images(inlines, lines),
            Some(level) if self.containers.is_empty() && could_be_heading(inlines.text()) => {
                self.text(BlockKind::Heading { level }, inlines, lines);
            }
            _ => self.text(BlockKind::Paragraph, inlines, lines),
        }
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
        self.names.extend(inlines.names());
        self.mended.extend(inlines.is_mended().then_some(lines.first));
        if inlines.is_line() {
            return self.said(kind, text, styles, lines);
        }
        mend::paragraphs(text, styles, |text, styles| self.said(kind.clone(), text, styles, lines));
    }

    /// Takes in a block of text, unless it says nothing.
    fn said(&mut self, kind: BlockKind, text: SafeText, styles: Vec<Styled>, lines: LineRange) {
        if !text.trim_start().is_empty() {
            self.add(kind, text, styles, lines);
        }
    }

    fn code(&mut self, info: &str, literal: &str, lines: LineRange) -> bool {
        let text = SafeText::body(literal.strip_suffix('\n').unwrap_or(literal));
        self.push(Block { kind: BlockKind::Code { info: SafeText::line(info) }, text, lines, ..Block::default() })
    }

    fn html(&mut self, literal: &str, lines: LineRange) -> bool {
        let first_id = self.next_id;
        // The containers of the last block in the HTML, and those that it has here.
        let mut last: Option<[Arc<[Container]>; 2]> = None;
        let (blocks, names) = html::fragment(literal, lines.first - 1);
        for mut block in blocks {
            self.is_starred |= stars::begins(&block.text);
            block.add_names(self.names.drain(..));
            let own = last.take().filter(|[inner, _]| Arc::ptr_eq(inner, &block.containers));
            let [_, containers] = last.insert(own.unwrap_or_else(|| {
                let inner = block.containers.iter().cloned();
                let inner = inner.map(|container| Container { id: container.id + first_id, ..container });
                [block.containers.clone(), self.containers.iter().cloned().chain(inner).collect()]
            }));
            self.blocks.push(Block { containers: containers.clone(), ..block });
        }
        self.names.extend(names);
        self.next_id += literal.len() as u32;
        false
    }

    /// Takes in lines that were kept from the parser: text as it stands, tags aside.
    fn plain(&mut self, text: &str, first: u32) {
        let last = first + memchr_iter(b'\n', text.trim_end().as_bytes()).count() as u32;
        let lines = LineRange { first, last };
        if guard::is_page(text) {
            self.html(text, lines);
        } else {
            self.push(Block { text: SafeText::body(text.trim()), lines, ..Block::default() });
        }
    }

    fn push(&mut self, block: Block) -> bool {
        let Block { kind, text, styles, lines, .. } = block;
        self.add(kind, text, styles, lines)
    }

    fn add(&mut self, kind: BlockKind, text: SafeText, styles: Vec<Styled>, lines: LineRange) -> bool {
        self.empty_heading = None;
        self.is_starred |= stars::begins(&text);
        let containers = self.containers.shared();
        let names = std::mem::take(&mut self.names).into();
        let (language, part) = (Language::default(), Part::default());
        self.blocks.push(Block { kind, text, styles, containers, lines, language, part, names });
        false
    }

    fn lines(&self, position: Sourcepos) -> LineRange {
        LineRange {
            first: self.lines_before.wrapping_add(position.start.line as u32),
            last: self.lines_before.wrapping_add(position.end.line.max(position.start.line) as u32),
        }
    }
}
