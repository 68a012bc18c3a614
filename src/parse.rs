//! From bytes to a document: the steps, one call each. Cannot fail; what it repaired, the document says.
//!
//! It refuses to read files and to know any width.

use crate::document::{Block, Document, LineRange, Outline};
use crate::text::SafeText;

/// What is known of an article besides its bytes.
#[derive(Debug, Clone, Default)]
pub struct Hint {
    /// The file's name, for its extension and as the last resort for a title.
    pub file_name: String,
}

/// Reads an article.
pub fn parse(bytes: &[u8], hint: &Hint) -> Document {
    let text = String::from_utf8_lossy(bytes);
    let mut document = Document::default();
    let mut line = 1;
    for paragraph in text.split("\n\n") {
        let count = paragraph.matches('\n').count() as u32;
        document.blocks.push(Block {
            text: SafeText::body(paragraph),
            lines: LineRange { first: line, last: line + count },
            ..Block::default()
        });
        line += count + 2;
    }
    document.meta.title = SafeText::line(&hint.file_name);
    document.outline = Outline::of(&document.blocks);
    document
}
