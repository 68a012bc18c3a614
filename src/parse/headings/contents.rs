//! Printed tables of contents: lines that say what later headings say are no headings themselves.

use super::look;
use crate::document::{Block, BlockKind};
use crate::parse::tables::Tables;
use foldhash::HashMap;

/// Lines on end, each a heading again later, that make a table of contents.
const LINES: usize = 3;
/// Bytes of a line that may be a heading.
const LONGEST: usize = 400;
/// Headings among which a table of contents stands that names its sections.
const FIRST: usize = 24;

/// Makes the headings of a printed table of contents the lines that they are.
pub fn unmark(blocks: &mut [Block], tables: &Tables) {
    let later = Later::of(blocks, tables);
    if later.last.len() < LINES {
        return;
    }
    let listed: Vec<usize> = later.runs(blocks).into_iter().chain(later.lists(blocks)).collect();
    for index in listed {
        if let Some(block) = blocks.get_mut(index) {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// Where each heading stands last.
struct Later<'a> {
    tables: &'a Tables,
    /// By index of the block: what a heading says, as a hash.
    said: Vec<Option<u64>>,
    /// By that hash.
    last: HashMap<u64, usize>,
}

impl<'a> Later<'a> {
    fn of(blocks: &[Block], tables: &'a Tables) -> Self {
        let said: Vec<Option<u64>> =
            blocks.iter().map(|block| is_heading(block).then(|| look::hash(&block.text, tables))).collect();
        let last = said.iter().enumerate().filter_map(|(index, said)| Some(((*said)?, index))).collect();
        Self { tables, said, last }
    }

    /// What a block says, as a hash.
    fn said(&self, block: &Block, index: usize) -> u64 {
        let heading = self.said.get(index).copied().flatten();
        heading.unwrap_or_else(|| look::hash(&block.text, self.tables))
    }

    /// Whether a line is a heading again later.
    fn repeats(&self, block: &Block, index: usize) -> bool {
        block.text.len() <= LONGEST && self.last.get(&self.said(block, index)).is_some_and(|last| *last > index)
    }

    /// Headings among lines on end, with nothing between them, each of which is a heading again later.
    fn runs(&self, blocks: &[Block]) -> Vec<usize> {
        let repeats = |index: &usize| blocks.get(*index).is_some_and(|block| self.repeats(block, *index));
        let mut found = Vec::new();
        let mut next = 0;
        while let Some(heading) =
            (next..blocks.len()).find(|index| blocks.get(*index).is_some_and(is_heading) && repeats(index))
        {
            let above = (next..heading).rev().take_while(repeats).count();
            let below = (heading + 1..blocks.len()).take_while(repeats).count();
            if above + 1 + below >= LINES {
                found.extend(
                    (heading - above..=heading + below).filter(|index| blocks.get(*index).is_some_and(is_heading)),
                );
            }
            next = heading + below + 1;
        }
        found
    }

    /// Headings below which stands nothing but what later headings say: repeated themselves, or named so.
    fn lists(&self, blocks: &[Block]) -> Vec<usize> {
        let headings: Vec<usize> =
            (0..blocks.len()).filter(|index| blocks.get(*index).is_some_and(is_heading)).collect();
        let ends = headings.iter().skip(1).copied().chain([blocks.len()]);
        let lists = headings.iter().copied().zip(ends).take(FIRST).filter(|(index, end)| {
            let Some(heading) = blocks.get(*index) else { return false };
            let is_named = self.tables.is_contents(&heading.text);
            let could_be = is_named || self.repeats(heading, *index);
            could_be && self.is_list(blocks, index + 1, *end)
        });
        lists.map(|(index, _)| index).collect()
    }

    fn is_list(&self, blocks: &[Block], from: usize, to: usize) -> bool {
        let (mut lines, mut repeated) = (0, 0);
        for (index, block) in blocks.iter().enumerate().take(to).skip(from) {
            if !matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule) {
                lines += 1;
                repeated += usize::from(self.repeats(block, index));
            }
            if lines > 2 * LINES && repeated * 2 < lines {
                return false;
            }
        }
        repeated >= 2 && repeated * 2 > lines
    }
}

fn is_heading(block: &Block) -> bool {
    block.heading_level().is_some()
}
