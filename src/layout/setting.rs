//! What laying out a block needs to know, and the columns that come of it. It refuses to make rows.

use super::costs::Costs;
use super::fit::Columns;
use super::{Fit, Measure};
use crate::document::{Block, BlockKind, Part};
use crate::text::Class;

/// Everything that laying out a block needs to know.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The block.
    pub block: &'a Block,
    /// Its index in the document.
    pub index: usize,
    /// The measure.
    pub measure: &'a Measure,
}

/// The measure of the lines of a block.
pub fn columns(setting: &Setting, room: u16, fit: Fit) -> Columns {
    let Setting { block, measure, .. } = setting;
    let full = measure.even(room, block.language);
    let indent = if (measure.indent || measure.is_down()) && is_prose(block) {
        let opens = block.text.chars().next().is_some_and(|first| Class::of(first) == Class::Opening);
        measure.first_indent(block.language, opens)
    } else {
        0
    };
    Columns {
        full: u32::from(full),
        indent: if full >= 4 * indent { u32::from(indent) } else { 0 },
        hang: measure.hang.cells(block.language).min(measure.overhang) as u8,
        start_trim: measure.gives_start() && block.containers.is_empty() && block.kind == BlockKind::Paragraph,
        hyphens: measure.hyphenates(full),
        hyphen: u32::from(measure.unit()),
        justify: measure.justify && !measure.is_down() && block.kind == BlockKind::Paragraph,
        fit,
        costs: Costs::new(measure.phrase, u32::from(full)),
    }
}

/// Whether a block is running text, not a list, a quote or a poem.
pub fn is_prose(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && block.containers.is_empty()
        && block.part == Part::Body
        && !block.text.contains('\n')
}
