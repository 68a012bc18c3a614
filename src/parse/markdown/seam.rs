//! What goes on behind the end of a stretch, told by the tree of the stretch and the line after it: nothing, a list, a
//! paragraph with the containers it stands in, or a table.
//!
//! It refuses every end at which the whole text could be read in another way than its stretches.

use super::marks::{is_heading, is_item, marker_of};
use super::stretch::{STRETCH, is_delimiter};
use comrak::nodes::{ListDelimType, ListType, Node, NodeList, NodeValue};

/// Cells that tables may have more than their rows say (comrak's bound on hostile ones).
const FILLED: usize = 500_000;
/// Lines over which no writer leaves emphasis or code open, in a paragraph that is longer than two stretches.
const NEAR: usize = 100;

/// A place at which a text may be parted.
#[derive(Default)]
pub struct Seam<'a> {
    /// The block that goes on behind it; none if one ends and another begins.
    pub goes_on: Option<Node<'a>>,
    /// The nodes that it stands in, the root aside, and for a list itself.
    pub nodes: usize,
    /// What must stand before the rest of the text, so that it is read as what goes on.
    pub opening: String,
    /// Whether a blank line is between two items of a list.
    pub is_blank: bool,
    /// Whether the line before it ends in spaces that break it.
    pub is_broken: bool,
}

impl<'a> Seam<'a> {
    /// Whether a node is the one that goes on behind it.
    pub fn is_in(&self, node: Node<'a>) -> bool {
        self.goes_on.is_some_and(|open| open.same_node(node))
    }
}

/// The seam between a stretch, of which `read` was parsed, and what stands after it; none if it is not known to be one.
/// `filled` are the cells that the table which goes on has more than its rows.
pub fn between<'a>(root: Node<'a>, read: &str, after: &str, filled: usize) -> Option<Seam<'a>> {
    let Some(last) = root.last_child() else { return Some(Seam::default()) };
    let before = read.strip_suffix('\n')?.rsplit('\n').next().unwrap_or_default();
    let next = after.split('\n').next().unwrap_or_default();
    let is_blank = before.trim().is_empty();
    match &last.data().value {
        NodeValue::Heading(_) | NodeValue::ThematicBreak => Some(Seam::default()),
        NodeValue::CodeBlock(code) if code.fenced => code.closed.then(Seam::default),
        NodeValue::HtmlBlock(html) if html.block_type <= 5 => None,
        NodeValue::BlockDirective(_) => None,
        NodeValue::List(list) if goes_on(list, next) => items(last, is_blank, next),
        NodeValue::List(_) if marker_of(next).is_some() => Some(Seam::default()),
        _ if is_blank => begins_block(next).then(Seam::default),
        NodeValue::HtmlBlock(_) => None,
        _ if is_heading(next) => Some(Seam::default()),
        NodeValue::Table(shape) => {
            let filled = filled + (shape.num_columns * shape.num_rows).saturating_sub(shape.num_nonempty_cells);
            rows(last, read).map(|seam| if filled > FILLED { Seam::default() } else { seam })
        }
        _ => lines(last, read, before, next),
    }
}

/// Whether a line after a blank one is in no container that was open before it.
fn begins_block(line: &str) -> bool {
    !line.starts_with([' ', '\t']) && !line.is_empty() && !is_item(line)
}

/// Whether a text begins with a line that goes on with a paragraph and begins no block, whatever stands around it.
fn is_text(text: &str) -> bool {
    let line = text.split('\n').next().unwrap_or_default();
    let mut characters = line.chars();
    let Some(first) = characters.next() else { return false };
    match first {
        ' ' | '\t' | '#' | '>' | '<' | '[' => false,
        '-' | '+' | '*' | '_' | '=' => characters.next().is_some_and(char::is_alphanumeric),
        '`' | '~' => !line.starts_with("```") && !line.starts_with("~~~"),
        '0'..='9' => !line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']),
        ':' if line.starts_with(":::") => false,
        '|' | ':' => characters.any(char::is_alphanumeric),
        _ => true,
    }
}

/// Whether a line is the next item of a list at the start of lines.
fn goes_on(list: &NodeList, line: &str) -> bool {
    let wanted = match (list.list_type, list.delimiter) {
        (ListType::Bullet, _) => char::from(list.bullet_char),
        (ListType::Ordered, ListDelimType::Period) => '.',
        (ListType::Ordered, ListDelimType::Paren) => ')',
    };
    let is_rule = || line.matches(wanted).count() > 2 && line.trim_matches([wanted, ' ', '\t']).is_empty();
    marker_of(line) == Some(wanted) && !is_rule()
}

fn items<'a>(list: Node<'a>, is_blank: bool, next: &str) -> Option<Seam<'a>> {
    let item = list.last_child().filter(|_| next.trim_end().contains([' ', '\t']))?;
    let leaf = std::iter::successors(Some(item), |node| node.last_child().filter(|_| !is_leaf(node))).last()?;
    // Whether items stand apart after other blocks, comrak alone knows.
    let is_known = match leaf.data().value {
        NodeValue::Paragraph => true,
        NodeValue::Table(_) => false,
        _ => !is_blank,
    };
    is_known.then(|| Seam { goes_on: Some(list), nodes: 1, is_blank, ..Seam::default() })
}

/// Whether a node has no blocks in it.
fn is_leaf(node: Node<'_>) -> bool {
    !matches!(
        node.data().value,
        NodeValue::BlockQuote | NodeValue::Alert(_) | NodeValue::List(_) | NodeValue::Item(_) | NodeValue::TaskItem(_)
    )
}

/// The table goes on: its header stands before the rest again.
fn rows<'a>(table: Node<'a>, read: &str) -> Option<Seam<'a>> {
    let position = table.data().sourcepos;
    let mut lines = read.split_inclusive('\n').skip(position.start.line.checked_sub(1)?);
    let (header, delimiter) = (lines.next()?, lines.next()?);
    let ends_here = position.end.line == read.matches('\n').count();
    // Below a paragraph a header may begin with an item's marker.
    let is_header = header.starts_with('|') || is_text(header);
    (ends_here && is_header && is_delimiter(delimiter.trim_end())).then(|| Seam {
        goes_on: Some(table),
        opening: [header, delimiter].concat(),
        ..Seam::default()
    })
}

/// A paragraph goes on: the containers it stands in are opened again by their markers.
fn lines<'a>(last: Node<'a>, read: &str, before: &str, next: &str) -> Option<Seam<'a>> {
    let mut opening = String::new();
    let mut nodes = 0;
    let mut node = last;
    let mut is_quoted = true;
    while !is_leaf(node) {
        match &node.data().value {
            NodeValue::BlockQuote | NodeValue::Alert(_) => opening.push_str("> "),
            NodeValue::Item(item) => {
                opening.push_str(&marker(item));
                is_quoted = false;
            }
            NodeValue::List(_) => {}
            _ => return None,
        }
        nodes += 1;
        node = node.last_child()?;
    }
    let position = node.data().sourcepos;
    let count = read.matches('\n').count();
    if !matches!(node.data().value, NodeValue::Paragraph) || position.end.line != count || before.ends_with('\\') {
        return None;
    }
    // In a quote the next line may have the marks itself.
    if is_quoted && let Some(line) = unquoted(next, nodes).filter(|_| nodes > 0) {
        opening.clear();
        if !is_text(line) {
            return None;
        }
    } else if !is_text(next) {
        return None;
    }
    let of_paragraph = read.split('\n').skip(position.start.line.checked_sub(1)?);
    if of_paragraph.map(str::trim).any(is_delimiter) || !is_settled(node, read.len(), count) {
        return None;
    }
    let is_broken = before.ends_with("  ");
    Some(Seam { goes_on: Some(node), nodes, opening, is_broken, ..Seam::default() })
}

/// What opens an item that is set like another.
fn marker(item: &NodeList) -> String {
    let indent = " ".repeat(item.marker_offset);
    let padding = item.padding;
    match item.list_type {
        ListType::Bullet => format!("{indent}{:padding$}", char::from(item.bullet_char)),
        ListType::Ordered => {
            let delimiter = if item.delimiter == ListDelimType::Paren { ')' } else { '.' };
            let digits = padding.saturating_sub(2).clamp(1, 9);
            format!("{indent}{:padding$}", format!("{:0>digits$}{delimiter}", 1))
        }
    }
}

/// A line without the marks of so many quotes.
fn unquoted(line: &str, quotes: usize) -> Option<&str> {
    (0..quotes).try_fold(line, |line, _| line.strip_prefix('>').map(|line| line.strip_prefix(' ').unwrap_or(line)))
}

/// Whether no mark of a paragraph waits for one that closes it; in a very long one, none near its end, and in a text
/// of nothing but marks it does not matter.
fn is_settled(paragraph: Node<'_>, length: usize, last_line: usize) -> bool {
    let first = if length > 2 * STRETCH { last_line.saturating_sub(NEAR) } else { 0 };
    let waits = |node: Node<'_>| {
        let data = node.data();
        let NodeValue::Text(text) = &data.value else { return false };
        data.sourcepos.start.line >= first && text.contains(['*', '_', '~', '=', '[', '<', '`', '$'])
    };
    length > 4 * STRETCH || !paragraph.descendants().any(waits)
}
