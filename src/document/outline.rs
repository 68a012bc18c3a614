//! The sections of a document, in reading order.

use super::{Block, Part, Position};
use crate::text::SafeText;

/// All sections of an article. Levels start at 1 and may skip; the order is that of the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// The sections from the first to the last.
    pub sections: Vec<Section>,
}

/// A section: its heading, and where that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// 1 for the first level below the title.
    pub level: u8,
    /// The heading's text.
    pub title: SafeText,
    /// The heading's place.
    pub at: Position,
    /// The heading's line in the file, counted from 1.
    pub line: u32,
}

impl Outline {
    /// The sections that the headings of a body open.
    pub fn of(blocks: &[Block]) -> Self {
        let sections =
            blocks.iter().enumerate().filter(|(_, block)| block.part == Part::Body).filter_map(|(index, block)| {
                let level = block.heading_level()?;
                Some(Section {
                    level,
                    title: block.text.on_a_line(),
                    at: Position::block_start(index),
                    line: block.lines.first,
                })
            });
        Self { sections: sections.collect() }
    }

    /// The index of the section that a place stands in; none before the first heading.
    pub fn section_at(&self, position: Position) -> Option<usize> {
        self.sections.partition_point(|section| section.at <= position).checked_sub(1)
    }

    /// The titles of the sections that enclose one, outermost first, itself last.
    pub fn path(&self, index: usize) -> Vec<&SafeText> {
        let mut path = Vec::new();
        let mut level = u8::MAX;
        for section in self.sections.iter().take(index + 1).rev() {
            if section.level < level {
                level = section.level;
                path.push(&section.title);
            }
        }
        path.reverse();
        path
    }
}
