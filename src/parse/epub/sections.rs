//! The sections of a book: the chapters' own headings, and the table of contents where there are none.
//!
//! Where the table of contents has several levels, it knows better than the markup how deep a heading stands: `h1`
//! opens parts and chapters alike in many books. A flat one says nothing, and the headings' own levels hold.

use super::contents::Entry;
use super::path::Target;
use crate::document::{Block, BlockKind, LineRange, Part};
use crate::text::SafeText;
use crate::text::letters::key;
use std::collections::HashMap;

/// Blocks from a place on among which its heading stands.
const NEAR: usize = 4;
/// The deepest level.
const DEEPEST: u8 = 6;

/// Where the chapters and their places begin, as indices of blocks.
pub type Places = HashMap<Target, usize>;

/// A heading that the table of contents names: its block, how deep it stands, and its level by markup.
struct Named {
    index: usize,
    depth: u8,
    own: Option<u8>,
}

/// Makes the sections of the table of contents headings, and gives all headings their levels.
pub fn apply(blocks: &mut Vec<Block>, contents: &[Entry], places: &Places) {
    let named = named(blocks, contents, places);
    let least = named.iter().map(|named| named.depth).min().unwrap_or(1);
    let is_nested = named.iter().any(|named| named.depth > least);
    let top = named.iter().filter_map(|named| named.own).min().unwrap_or(1);
    let level = |named: &Named| match named.own {
        _ if is_nested => (named.depth - least + 1).min(DEEPEST),
        Some(own) => own,
        None => top,
    };
    if is_nested {
        unnamed_below(blocks, &named, &level);
    }
    for named in &named {
        if let Some(block) = blocks.get_mut(named.index) {
            block.kind = BlockKind::Heading { level: level(named) };
        }
    }
}

/// Gives the headings that the table of contents leaves out their places below the one before them that it names.
fn unnamed_below(blocks: &mut [Block], named: &[Named], level: &impl Fn(&Named) -> u8) {
    let mut rest = named.iter().peekable();
    let mut above: Option<&Named> = None;
    for (index, block) in blocks.iter_mut().enumerate() {
        if let Some(found) = rest.next_if(|named| named.index == index) {
            above = Some(found);
        } else if let (BlockKind::Heading { level: own }, Some(above)) = (&mut block.kind, above) {
            let below = above.own.map_or(1, |markup| own.saturating_sub(markup));
            *own = (level(above) + below).min(DEEPEST);
        }
    }
}

/// Finds the heading of every entry, in the order of the text: the first one at its place, a line that says the same,
/// or a new one that says what the entry does.
fn named(blocks: &mut Vec<Block>, contents: &[Entry], places: &Places) -> Vec<Named> {
    let mut at: Vec<(usize, &Entry)> = located(contents, places);
    at.retain(|(index, _)| blocks.get(*index).is_none_or(|block| block.part == Part::Body));
    // Entries that lead to the same place keep their order.
    at.sort_by_key(|(index, _)| *index);
    let mut named: Vec<Named> = Vec::new();
    let mut inserted: Vec<(usize, &Entry)> = Vec::new();
    for (position, (start, entry)) in at.iter().enumerate() {
        let end = at.get(position + 1).map_or(blocks.len(), |(next, _)| *next).max(start + 1).min(start + NEAR);
        let is_taken = named.last().is_some_and(|last| last.index >= *start + inserted.len());
        let found = (!is_taken).then(|| heading(blocks, *start, end, entry)).flatten();
        let index = found.unwrap_or(*start) + inserted.len();
        let own = found.and_then(|index| blocks.get(index)).and_then(Block::heading_level);
        if found.is_none() {
            inserted.push((*start, entry));
        }
        named.push(Named { index, depth: entry.depth, own });
    }
    insert(blocks, &inserted);
    named
}

/// The entries with the blocks they lead to; one that leads nowhere stands before the next.
fn located<'a>(contents: &'a [Entry], places: &Places) -> Vec<(usize, &'a Entry)> {
    let mut located: Vec<(usize, &Entry)> = Vec::new();
    let mut next = None;
    for entry in contents.iter().rev() {
        let whole = |target: &Target| Target { path: target.path.clone(), id: String::new() };
        let place = |target: &Target| places.get(target).or_else(|| places.get(&whole(target))).copied();
        next = entry.target.as_ref().map_or(next, place);
        located.extend(next.map(|index| (index, entry)));
    }
    located.reverse();
    located
}

/// The block that is the heading of an entry.
fn heading(blocks: &[Block], start: usize, end: usize, entry: &Entry) -> Option<usize> {
    let label = key(&entry.label);
    let near = || blocks.iter().enumerate().take(end).skip(start);
    let says_it = |block: &Block| key(&block.text) == label && !label.is_empty();
    let same = near()
        .find(|(_, block)| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. }) && says_it(block));
    let first = near().find(|(_, block)| block.heading_level().is_some());
    // Images may stand above a heading, text may not.
    let is_first =
        |index: usize| near().take(index - start).all(|(_, block)| !matches!(block.kind, BlockKind::Paragraph));
    same.or_else(|| first.filter(|(index, _)| is_first(*index))).map(|(index, _)| index)
}

fn insert(blocks: &mut Vec<Block>, inserted: &[(usize, &Entry)]) {
    if inserted.is_empty() {
        return;
    }
    let mut rest = inserted.iter().peekable();
    let mut all = Vec::with_capacity(blocks.len() + inserted.len());
    for (index, block) in std::mem::take(blocks).into_iter().enumerate() {
        while let Some((_, entry)) = rest.next_if(|(at, _)| *at <= index) {
            let lines = LineRange { first: block.lines.first, last: block.lines.first };
            let text = SafeText::body(&entry.label);
            all.push(Block { kind: BlockKind::Heading { level: 1 }, text, lines, ..Block::default() });
        }
        all.push(block);
    }
    *blocks = all;
}
