//! Places in a document: a block and a byte in its text. Never a row, which a resize would move.

/// A place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Index into [`super::Document::blocks`].
    pub block: u32,
    /// Byte offset into the block's text, on a character boundary.
    pub byte: u32,
}

impl Position {
    /// The place before the first character of a block.
    pub fn block_start(block: usize) -> Self {
        Self { block: block as u32, byte: 0 }
    }
}

/// A stretch of text: from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

impl Span {
    /// A span inside one block.
    pub fn in_block(block: usize, start: usize, end: usize) -> Self {
        let block = block as u32;
        Self { start: Position { block, byte: start as u32 }, end: Position { block, byte: end as u32 } }
    }

    /// Whether a place lies inside.
    pub fn contains(&self, position: Position) -> bool {
        self.start <= position && position < self.end
    }
}
