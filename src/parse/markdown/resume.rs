//! A block that goes on from one stretch of a text to the next: a list, a paragraph, a table.
//!
//! It refuses to say where that may be: that is for `seam`.

use super::Flow;
use super::seam::Seam;
use super::table;
use crate::document::{Alignment, Container, ContainerKind, LineRange};
use crate::parse::inlines::Inlines;
use crate::parse::rows::TableBuilder;
use crate::text::SafeText;
use comrak::nodes::{ListType, Node, NodeList, NodeTable, NodeValue};
use std::sync::Arc;

/// A list that is open.
pub struct List {
    /// The number of its next item and the digits of its last, if they are numbered.
    pub number: Option<(usize, usize)>,
    is_tight: bool,
    /// The block that it begins with.
    first: usize,
    /// The containers that it stands in.
    depth: usize,
    /// Whether a stretch told of it what those before did not.
    is_changed: bool,
}

/// A block that goes on.
pub enum Pending {
    /// A paragraph, its first and last line, and the level of the empty heading before it.
    Paragraph(Inlines, LineRange, Option<u8>),
    /// A table.
    Table(Rows),
}

/// A table under construction.
#[derive(Default)]
pub struct Rows {
    builder: TableBuilder,
    alignments: Vec<Alignment>,
    lines: LineRange,
    /// Cells that its rows do not say.
    filled: usize,
}

impl List {
    /// A list of so many items.
    pub fn new(list: &NodeList, items: usize, first: usize, depth: usize) -> Self {
        let digits = digits(list.start, items);
        let number = (list.list_type == ListType::Ordered).then_some((list.start, digits));
        Self { number, is_tight: list.tight, first, depth, is_changed: false }
    }

    /// A blank line stands between its items.
    pub fn loosen(&mut self) {
        self.is_changed |= self.is_tight;
        self.is_tight = false;
    }

    /// So many more items follow.
    pub fn extend(&mut self, list: &NodeList, items: usize) {
        if !list.tight {
            self.loosen();
        }
        if let Some((next, known)) = &mut self.number
            && items > 0
        {
            let digits = digits(*next, items);
            self.is_changed |= digits > *known;
            *known = digits.max(*known);
        }
    }
}

/// The digits of the last number of some items.
fn digits(first: usize, items: usize) -> usize {
    (first + items.saturating_sub(1)).to_string().len()
}

impl Rows {
    fn add(&mut self, node: Node<'_>, shape: &NodeTable, lines: LineRange) {
        let is_first = self.alignments.is_empty();
        if is_first {
            self.alignments = table::alignments(shape);
            self.lines.first = lines.first;
        }
        self.lines.last = lines.last.max(self.lines.last);
        table::rows(node, usize::from(!is_first), &mut self.builder);
        self.filled += (shape.num_columns * shape.num_rows).saturating_sub(shape.num_nonempty_cells);
    }
}

impl Flow {
    /// The columns of the table that goes on.
    pub(super) fn columns(&self) -> Option<usize> {
        match &self.pending {
            Some(Pending::Table(rows)) => Some(rows.alignments.len()),
            _ => None,
        }
    }

    /// The cells that the table which goes on has more than its rows say.
    pub(super) fn filled(&self) -> usize {
        match &self.pending {
            Some(Pending::Table(rows)) => rows.filled,
            _ => 0,
        }
    }

    pub(super) fn is_tight(&self) -> bool {
        self.lists.last().is_some_and(|list| list.is_tight)
    }

    /// Holds a node that goes on behind the end of its tree; false if its children are to be visited.
    pub(super) fn holds(&mut self, node: Node<'_>, seam: &Seam<'_>) -> bool {
        if !matches!(node.data().value, NodeValue::Paragraph | NodeValue::Table(_)) {
            return false;
        }
        let lines = self.lines(node.data().sourcepos);
        let mut pending = match (&node.data().value, self.pending.take()) {
            (NodeValue::Paragraph, Some(Pending::Paragraph(inlines, before, level))) => {
                Pending::Paragraph(inlines, LineRange { last: lines.last, ..before }, level)
            }
            (NodeValue::Table(_), Some(Pending::Table(rows))) => Pending::Table(rows),
            (value, pending) => {
                if let Some(pending) = pending {
                    self.end(pending);
                }
                match value {
                    NodeValue::Table(_) => Pending::Table(Rows::default()),
                    _ => Pending::Paragraph(Inlines::default(), lines, self.empty_heading.take()),
                }
            }
        };
        match (&node.data().value, &mut pending) {
            (NodeValue::Table(shape), Pending::Table(rows)) => rows.add(node, shape, lines),
            (_, Pending::Paragraph(inlines, ..)) => {
                inlines.read_on(node);
                if seam.is_broken { inlines.hard_break() } else { inlines.soft_break() }
            }
            _ => {}
        }
        self.pending = Some(pending);
        true
    }

    /// Meets a node again that is open.
    pub(super) fn resume(&mut self, node: Node<'_>) -> bool {
        let (nodes, lists) = &mut self.resumed;
        *nodes -= 1;
        if let NodeValue::List(list) = &node.data().value
            && let Some(open) = self.lists.get_mut(*lists)
        {
            *lists += 1;
            // Its first item is open too, unless the seam was between items.
            open.extend(list, node.children().count() - usize::from(*nodes > 0));
        }
        true
    }

    /// Goes on with a block, or ends it if the node is another.
    pub(super) fn go_on(&mut self, pending: Pending, node: Node<'_>, lines: LineRange) -> bool {
        match (&node.data().value, pending) {
            (NodeValue::Paragraph, Pending::Paragraph(mut inlines, before, level)) => {
                inlines.read_on(node);
                self.end(Pending::Paragraph(inlines, LineRange { last: lines.last, ..before }, level));
                false
            }
            (NodeValue::Heading(heading), Pending::Paragraph(mut inlines, before, _)) if heading.setext => {
                inlines.read_on(node);
                inlines.close_all();
                self.heading_of(&mut inlines, *heading, LineRange { last: lines.last, ..before });
                false
            }
            (NodeValue::Table(shape), Pending::Table(mut rows)) => {
                rows.add(node, shape, lines);
                self.end(Pending::Table(rows));
                false
            }
            (_, pending) => {
                self.end(pending);
                self.enter(node)
            }
        }
    }

    fn end(&mut self, pending: Pending) {
        match pending {
            Pending::Paragraph(mut inlines, lines, level) => {
                inlines.close_all();
                self.paragraph_of(&mut inlines, level, lines);
            }
            Pending::Table(rows) => {
                self.push(rows.builder.finish(rows.alignments, rows.lines));
            }
        }
    }

    /// Ends what is pending at a text's end.
    pub(super) fn finish(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.end(pending);
        }
    }

    /// Ends the innermost list: all its items are told what was known of it at its end alone.
    pub(super) fn end_list(&mut self) {
        let Some(list) = self.lists.pop().filter(|list| list.is_changed) else { return };
        for block in self.blocks.iter_mut().skip(list.first).filter(|block| block.containers.len() > list.depth) {
            let Some(Container { kind, .. }) = Arc::make_mut(&mut block.containers).get_mut(list.depth) else {
                continue;
            };
            let ContainerKind::Item { marker, tight } = kind else { continue };
            *tight = list.is_tight;
            if let Some((_, digits)) = list.number.filter(|_| marker.ends_with('.')) {
                *marker = SafeText::body(&format!("{:>width$}", marker.trim_start(), width = digits + 1));
            }
        }
    }
}
