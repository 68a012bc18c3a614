//! What of a text does not depend on the measure: the pieces between break opportunities, with their cells.
//!
//! It refuses to choose where lines end: that is `fit`'s.

use super::Measure;
use crate::text::breaks::{Icu, Opportunity, Rules, opportunities};
use crate::text::spacing::needs_gap;
use crate::text::{Class, Language, WidthPolicy, clusters};
use std::ops::Range;

/// A stretch of text that stands on one line, if the measure is not smaller than the piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last that is not white space.
    pub end: u32,
    /// Cells from `start` to `end`, gaps between scripts included.
    pub cells: u32,
    /// Cells of the white space after it, or of the gap before the next piece: nothing at a line's end.
    pub space: u32,
    /// Cells that may overhang the measure when the piece ends a line.
    pub hang: u8,
    /// Letters and digits, as far as the loneliness of a last line counts: at most 255.
    pub letters: u8,
    /// What kind of break stands after it; none after the last.
    pub after: Option<Opportunity>,
    /// Whether it opens with `—` or `…`, which had better not start a line.
    pub opens_with_dash: bool,
}

/// How a text is to be analysed.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The language of the text.
    pub language: Language,
    /// The rules of line breaking.
    pub rules: Rules,
    /// How cells are counted.
    pub width: WidthPolicy,
    /// Whether gaps between scripts are shown.
    pub gaps: bool,
    /// Cells that a mark may hang: 0, 1 or 2.
    pub hang: u8,
}

impl Style {
    /// The style of a block in a language, set to a measure.
    pub fn new(language: Language, measure: &Measure) -> Self {
        Self {
            language,
            rules: Rules { language, kinsoku: measure.kinsoku },
            width: measure.width,
            gaps: measure.autospace,
            hang: measure.hang.cells(language).min(measure.overhang) as u8,
        }
    }
}

/// The pieces of one line of a block's text: `range` holds no line end.
pub fn pieces(text: &str, range: Range<usize>, style: Style, source: &Icu) -> Vec<Piece> {
    let line = text.get(range.clone()).unwrap_or_default();
    let mut breaks = opportunities(line, style.rules, source).into_iter().peekable();
    let mut pieces = Vec::new();
    let mut builder = Builder::new(range.start);
    for cluster in clusters(line, style.width) {
        if let Some((byte, kind)) = breaks.peek().copied()
            && cluster.byte >= byte
        {
            breaks.next();
            let gap = u32::from(style.gaps && builder.before.is_some_and(|before| needs_gap(before, cluster.class)));
            pieces.push(builder.finish(Some(kind), gap, style));
            builder = Builder::new(range.start + cluster.byte);
        }
        builder.add(cluster.text, cluster.class, u32::from(cluster.cells), range.start + cluster.byte, style);
    }
    if builder.start < range.end {
        pieces.push(builder.finish(None, 0, style));
    }
    pieces
}

/// Splits a piece that is wider than the measure at clusters, keeping closing marks with what they close.
pub fn split(text: &str, piece: &Piece, columns: u32, style: Style) -> Vec<Piece> {
    let part = text.get(piece.start as usize..piece.end as usize).unwrap_or_default();
    let all: Vec<_> = clusters(part, style.width).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut from = 0;
    while from < all.len() {
        let mut to = from;
        let mut builder = Builder::new(piece.start as usize + all.get(from).map_or(0, |cluster| cluster.byte));
        let mut widths = Vec::new();
        while let Some(cluster) = all.get(to) {
            let mut longer = builder.clone();
            longer.add(
                cluster.text,
                cluster.class,
                u32::from(cluster.cells),
                piece.start as usize + cluster.byte,
                style,
            );
            if longer.cells > columns && to > from {
                break;
            }
            builder = longer;
            widths.push(builder.clone());
            to += 1;
        }
        // One cluster fewer, if that keeps a closing mark from the start or an opening one from the end of a line.
        let is_bad = |at: usize| {
            let starts = all.get(at).is_some_and(|next| {
                matches!(next.class, Class::Stop | Class::Pause | Class::Closing | Class::LatinClosing)
            });
            let ends = at
                .checked_sub(1)
                .and_then(|last| all.get(last))
                .is_some_and(|last| matches!(last.class, Class::Opening | Class::LatinOpening));
            starts || ends
        };
        if let Some(better) = (from + 1..=to).rev().take(3).find(|at| *at == all.len() || !is_bad(*at)) {
            to = better;
            if let Some(shorter) = widths.get(to - from - 1) {
                builder = shorter.clone();
            }
        }
        pieces.push(builder.finish(Some(Opportunity::Emergency), 0, style));
        from = to;
    }
    if let Some(last) = pieces.last_mut() {
        (last.after, last.space, last.hang) = (piece.after, piece.space, piece.hang);
    }
    pieces
}

/// A piece under construction.
#[derive(Clone)]
struct Builder {
    start: usize,
    end: usize,
    cells: u32,
    space: u32,
    letters: u8,
    before: Option<Class>,
    last: (Class, u32),
    opens_with_dash: bool,
    marks: u8,
}

impl Builder {
    fn new(start: usize) -> Self {
        Self {
            start,
            end: start,
            cells: 0,
            space: 0,
            letters: 0,
            before: None,
            last: (Class::Other, 0),
            opens_with_dash: false,
            marks: 0,
        }
    }

    fn add(&mut self, cluster: &str, class: Class, cells: u32, byte: usize, style: Style) {
        if class == Class::Space {
            self.space += cells.max(u32::from(cluster == "\t"));
            self.before = Some(class);
            return;
        }
        let gap = u32::from(style.gaps && self.before.is_some_and(|before| needs_gap(before, class)));
        self.opens_with_dash |= self.end == self.start && class == Class::Inseparable;
        self.cells += std::mem::take(&mut self.space) + gap + cells;
        self.end = byte + cluster.len();
        let is_mark = matches!(class, Class::Stop | Class::Pause | Class::Closing);
        self.marks = if is_mark { self.marks.saturating_add(1) } else { 0 };
        let is_letter = class.is_cjk() && !is_mark || matches!(class, Class::Letter | Class::Digit);
        self.letters = self.letters.saturating_add(u8::from(is_letter));
        self.before = Some(class);
        self.last = (class, cells);
    }

    fn finish(self, after: Option<Opportunity>, gap: u32, style: Style) -> Piece {
        Piece {
            start: self.start as u32,
            end: self.end as u32,
            cells: self.cells,
            space: self.space + gap,
            hang: self.hang(style),
            letters: self.letters,
            after,
            opens_with_dash: self.opens_with_dash,
        }
    }

    /// Cells that the last mark may overhang: CLREQ lets any pause mark of zh-Hans hang, JLREQ only commas and full
    /// stops; one mark only, not in a run of marks. A closing bracket may let its blank half overhang.
    fn hang(&self, style: Style) -> u8 {
        let (class, cells) = self.last;
        if cells != 2 || self.space > 0 && style.hang == 0 {
            return 0;
        }
        match class {
            Class::Stop if self.marks == 1 => style.hang,
            Class::Pause if self.marks == 1 && style.language == Language::ZhHans => style.hang,
            Class::Stop | Class::Pause | Class::Closing => style.hang.min(1),
            _ => 0,
        }
    }
}
