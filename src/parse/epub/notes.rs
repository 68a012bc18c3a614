//! Notes of a book: their labels, and the blocks that are theirs.

use super::chapter::{Chapter, Reference};
use super::path::Target;
use crate::document::{Block, Container, ContainerKind};
use crate::text::SafeText;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A label for every note: what its references say, or running numbers where two notes would share one.
pub fn labels(references: Vec<Reference>) -> HashMap<Target, String> {
    let mut seen = HashSet::new();
    let said = references.into_iter().map(|reference| (reference.note, reference.said));
    let first: Vec<(Target, String)> = said.filter(|(target, _)| seen.insert(target.clone())).collect();
    let clean = |label: &str| label.trim_matches(['[', ']', '(', ')', '（', '）', '〔', '〕', ' ']).to_owned();
    let mut labels = HashSet::new();
    let is_label = |label: &str| !label.is_empty() && label.chars().all(char::is_alphanumeric);
    let are_unique = first.iter().all(|(_, label)| is_label(&clean(label)) && labels.insert(clean(label)));
    let numbered = first.into_iter().enumerate();
    numbered
        .map(|(index, (note, said))| (note, if are_unique { clean(&said) } else { (index + 1).to_string() }))
        .collect()
}

/// Puts the blocks of notes into their containers.
pub fn put(blocks: &mut [Block], chapter: &Chapter, lines: u32, next_id: &mut u32) {
    for (label, first, last) in &chapter.notes {
        let kind = ContainerKind::Footnote { label: SafeText::line(label) };
        let start = blocks.partition_point(|block| block.lines.first < lines + first);
        let is_of_note = |block: &&mut Block| block.lines.first <= lines + last;
        let length = blocks.iter_mut().skip(start).take_while(is_of_note).count();
        let items = own_items(blocks, start..start + length);
        for block in blocks.iter_mut().skip(start).take(length) {
            let note = Container { id: *next_id, kind: kind.clone() };
            let others = block.containers.iter().filter(|container| !items.contains(&container.id)).cloned();
            block.containers = std::iter::once(note).chain(others).collect();
        }
        *next_id += 1;
    }
}

/// The list items that some blocks and no others are: a note that is an item of a list has a label instead of a number.
fn own_items(blocks: &[Block], note: Range<usize>) -> Vec<u32> {
    let holds = |block: Option<&Block>, id: u32| {
        block.is_some_and(|block| block.containers.iter().any(|container| container.id == id))
    };
    let beside =
        |id: u32| holds(blocks.get(note.end), id) || holds(note.start.checked_sub(1).and_then(|at| blocks.get(at)), id);
    let inside = blocks.get(note.clone()).unwrap_or_default();
    let is_own = |container: &&Container| {
        matches!(container.kind, ContainerKind::Item { .. })
            && !beside(container.id)
            && inside.iter().all(|block| holds(Some(block), container.id))
    };
    let first = inside.first().map_or(&[][..], |block| &block.containers);
    first.iter().filter(is_own).map(|container| container.id).take(1).collect()
}
