//! Styled stretches inside a block's text. Styles never touch the text, so markup cannot change where lines break; what
//! the text itself says of that, by characters that are not seen, is kept among them.

use crate::text::SafeText;
use crate::text::breaks::Cue;
use std::ops::Range;

/// A style and the bytes of the block's text that carry it.
#[derive(Debug, Clone, PartialEq)]
pub struct Styled {
    /// Bytes of the block's text, on character boundaries.
    pub range: Range<u32>,
    /// What they are.
    pub style: Inline,
}

/// What a stretch of text is.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Stressed.
    Emphasis,
    /// Stressed by dots beside the characters (傍点, 着重号).
    Dotted,
    /// Strongly stressed.
    Strong,
    /// Struck out.
    Strikethrough,
    /// Highlighted by the author (`==…==`, `<mark>`).
    Marked,
    /// Code within running text.
    Code,
    /// A link.
    Link {
        /// Where it leads, as the file gives it.
        url: SafeText,
    },
    /// A link to an article that lies among the others, by its name (`[[name]]`).
    Page {
        /// The name, as the file gives it.
        name: SafeText,
    },
    /// A reference to a footnote; the text is its label in brackets.
    FootnoteReference {
        /// The label that the definition's container carries.
        label: SafeText,
    },
    /// An image within running text; the text is its description.
    Image {
        /// Where the image is.
        url: SafeText,
    },
    /// The reading of the characters before it: shown in brackets that are not in the text, or not at all.
    Ruby,
    /// A character before whose first byte the text says that a line may end, or must not: nothing of it is shown.
    Cue(Cue),
}
