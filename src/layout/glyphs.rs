//! The clusters of a text with what layout shows beside them: gaps between scripts, brackets around readings.
//!
//! The only walk over a text that layout has: pieces, lines and runs all count by it, so that they cannot disagree.

use super::Measure;
use crate::document::{Block, Inline};
use crate::text::breaks::Rules;
use crate::text::spacing::needs_gap;
use crate::text::{Class, Language, WidthPolicy, clusters};
use std::ops::Range;

/// How a text is looked at: what does not depend on the width of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style<'a> {
    /// The language of the text.
    pub language: Language,
    /// The rules of line breaking.
    pub rules: Rules,
    /// How cells are counted.
    pub width: WidthPolicy,
    /// Whether gaps between scripts are shown.
    pub gaps: bool,
    /// Whether phrases are told apart.
    pub phrases: bool,
    /// The bytes that are readings of the characters before them, ascending.
    pub readings: &'a [Range<u32>],
    /// Whether readings are shown.
    pub shows_readings: bool,
}

/// One cluster and the cells around it.
#[derive(Debug, Clone, Copy)]
pub struct Glyph<'a> {
    /// Its first byte in the block's text.
    pub byte: usize,
    /// The cluster itself.
    pub text: &'a str,
    /// Cells it takes: none in a reading that is not shown.
    pub cells: u32,
    /// The class of its first character.
    pub class: Class,
    /// Whether a gap of one cell stands before it, unless it starts a line.
    pub gap: bool,
    /// Whether the bracket of a reading opens before it.
    pub opens: bool,
    /// Whether the bracket of a reading closes after it.
    pub closes: bool,
    /// Whether it is in a reading that is not shown.
    pub is_hidden: bool,
}

impl<'a> Style<'a> {
    /// The style of a block at a measure.
    pub fn new(block: &Block, measure: &Measure, readings: &'a [Range<u32>]) -> Self {
        Self {
            language: block.language,
            rules: Rules { language: block.language, kinsoku: measure.kinsoku, words: measure.words },
            width: measure.width,
            gaps: measure.autospace,
            phrases: measure.phrase > 0,
            readings,
            shows_readings: measure.shows_readings(),
        }
    }
}

impl Glyph<'_> {
    /// Cells from the gap before it, which a line's start drops, to the bracket after it.
    pub fn advance(&self) -> u32 {
        u32::from(self.gap) + u32::from(self.opens) + self.cells + u32::from(self.closes)
    }
}

/// The readings of a block.
pub fn readings(block: &Block) -> Vec<Range<u32>> {
    let of_ruby = block.styles.iter().filter(|styled| styled.style == Inline::Ruby && !styled.range.is_empty());
    of_ruby.map(|styled| styled.range.clone()).collect()
}

/// The glyphs of a part of a text that holds no line end.
pub fn glyphs<'a>(text: &'a str, range: Range<usize>, style: Style<'a>) -> impl Iterator<Item = Glyph<'a>> {
    let passed = style.readings.partition_point(|reading| reading.end as usize <= range.start);
    let mut readings = style.readings.get(passed..).unwrap_or_default();
    let mut before = None;
    clusters(text.get(range.clone()).unwrap_or_default(), style.width).map(move |cluster| {
        let byte = range.start + cluster.byte;
        let end = byte + cluster.text.len();
        let mut glyph = Glyph {
            byte,
            text: cluster.text,
            cells: if cluster.text == "\t" { 1 } else { u32::from(cluster.cells) },
            class: cluster.class,
            gap: style.gaps && before.is_some_and(|before| needs_gap(before, cluster.class)),
            opens: false,
            closes: false,
            is_hidden: false,
        };
        if let Some(reading) = readings.first().filter(|reading| end > reading.start as usize) {
            let is_first = byte == reading.start as usize;
            let is_inside = byte >= reading.start as usize && end <= reading.end as usize;
            // The bracket parts the scripts already.
            glyph.gap &= !is_first;
            glyph.opens = style.shows_readings && is_first;
            glyph.closes = style.shows_readings && end == reading.end as usize;
            glyph.is_hidden = !style.shows_readings && is_inside;
            if glyph.is_hidden {
                (glyph.cells, glyph.gap) = (0, false);
            }
            if end >= reading.end as usize {
                readings = readings.get(1..).unwrap_or_default();
            }
        }
        if !glyph.is_hidden {
            before = if glyph.closes { Some(Class::LatinClosing) } else { Some(cluster.class) };
        }
        glyph
    })
}
