//! What of a text does not depend on the measure: the pieces between break opportunities, with their cells.
//!
//! It refuses to choose where lines end: that is `fit`'s.

use super::glyphs::{Glyph, Style, glyphs};
use super::hyphenate::Hyphenator;
use super::phrase;
use crate::text::breaks::{Icu, Opportunity, opportunities};
use crate::text::{Class, Language};
use std::ops::Range;

/// Bytes after which a piece is ended whatever stands there, so that its numbers fit.
const LONGEST: usize = 16_000;
/// Letters of the shortest word that is hyphenated.
const SHORTEST_WORD: u8 = 5;
/// Clusters by which a line that ends in an emergency may be shorter, so that it ends well.
const NEAR: usize = 8;
/// Bytes of white space in one piece.
const LONGEST_BLANK: usize = 250;

/// A stretch of text that stands on one line, if the measure is not smaller than the piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Bytes from its first to its last that is not white space.
    pub bytes: u16,
    /// Cells of these bytes, gaps between scripts included.
    pub cells: u16,
    /// Bytes of the white space after it, a line end included.
    pub blank: u8,
    /// Cells of that white space, or of the gap before the next piece: nothing at a line's end.
    pub space: u8,
    /// What else the fitting asks.
    pub traits: Traits,
    /// What kind of break stands after it.
    pub after: Break,
}

/// What may happen after a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The line must end: the text does, or has a line end.
    End,
    /// After white space, which vanishes.
    Space,
    /// Between two characters of a script without spaces.
    Ideograph,
    /// After a mark.
    Mark,
    /// Between a number and its unit or counter.
    NumberUnit,
    /// Inside an address.
    Address,
    /// After a hyphen that is in the text.
    Hyphen,
    /// Inside a word, with a hyphen that is shown only if the line ends.
    Hyphenation,
    /// Where nothing allows it, but the measure leaves no choice.
    Emergency,
}

/// Properties of a piece, packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits(u8);

/// A piece is kept for every character of Chinese: three bytes of text to eight of analysis.
const _: () = assert!(size_of::<Piece>() == 8);

impl Traits {
    const LETTERS: u8 = 2 << 2;
    const DASH: u8 = 1 << 4;
    const OPENS: u8 = 1 << 5;
    const WORD: u8 = 1 << 6;
    const PHRASE: u8 = 1 << 7;

    /// Cells that its last mark may overhang the measure: all of a comma or full stop, half of a closing bracket.
    pub fn hang(self, most: u8) -> u32 {
        u32::from((self.0 & 3).min(most))
    }

    /// Letters and digits, as far as the loneliness of a last line counts: 2 for more.
    pub fn letters(self) -> u32 {
        u32::from(self.0 >> 2 & 3)
    }

    /// Whether it opens with `—` or `…`, which had better not start a line.
    pub fn is_dash(self) -> bool {
        self.0 & Self::DASH != 0
    }

    /// Whether it opens with a bracket whose left half is blank.
    pub fn opens(self) -> bool {
        self.0 & Self::OPENS != 0
    }

    /// Whether it holds Latin letters enough to be hyphenated.
    pub fn is_word(self) -> bool {
        self.0 & Self::WORD != 0
    }

    /// Whether the break after it would part a phrase.
    pub fn parts_phrase(self) -> bool {
        self.0 & Self::PHRASE != 0
    }

    /// Notes that the break after it would part a phrase.
    pub fn part_phrase(&mut self) {
        self.0 |= Self::PHRASE;
    }
}

impl Piece {
    /// A line without text.
    pub fn empty() -> Self {
        Self { bytes: 0, cells: 0, blank: 0, space: 0, traits: Traits::default(), after: Break::End }
    }

    /// Ends as the piece does that it is the last part of.
    fn take_end_of(&mut self, whole: &Self) {
        (self.after, self.space, self.blank) = (whole.after, whole.space, whole.blank);
        if whole.traits.parts_phrase() {
            self.traits.part_phrase();
        }
    }

    /// Bytes from its first to the first of the next.
    pub fn length(&self) -> usize {
        usize::from(self.bytes) + usize::from(self.blank)
    }
}

impl From<Opportunity> for Break {
    fn from(opportunity: Opportunity) -> Self {
        match opportunity {
            Opportunity::Space => Self::Space,
            Opportunity::Ideograph => Self::Ideograph,
            Opportunity::Mark => Self::Mark,
            Opportunity::NumberUnit => Self::NumberUnit,
            Opportunity::Address => Self::Address,
            Opportunity::Hyphen => Self::Hyphen,
            Opportunity::Emergency => Self::Emergency,
        }
    }
}

/// Adds the pieces of a part of a text that holds no line end; the last has `after`.
pub fn pieces(text: &str, range: Range<usize>, style: Style, source: &Icu, after: Break, found: &mut Vec<Piece>) {
    let first = found.len();
    let line = text.get(range.clone()).unwrap_or_default();
    let mut breaks = opportunities(line, style.rules, source)
        .into_iter()
        .map(|(byte, kind)| (range.start + byte, kind))
        .filter(|(byte, _)| !style.asides.hold(*byte))
        .peekable();
    let mut builder = Builder::new();
    for glyph in glyphs(text, range.clone(), style) {
        let mut reached = None;
        while let Some((_, kind)) = breaks.next_if(|(byte, _)| *byte <= glyph.byte) {
            reached = Some(Break::from(kind));
        }
        if reached.is_none() && builder.length() > LONGEST {
            reached = Some(Break::Ideograph);
        } else if reached.is_none() && builder.blank > LONGEST_BLANK {
            reached = Some(Break::Space);
        }
        if let Some(kind) = reached {
            found.push(builder.finish(kind, glyph.gap, style.language));
            builder = Builder::new();
        }
        builder.add(&glyph);
    }
    if builder.length() > 0 {
        found.push(builder.finish(after, false, style.language));
    }
    if let Some(model) = phrase::model(style.language).filter(|_| style.phrases) {
        mark_phrases(found.get_mut(first..).unwrap_or_default(), &phrase::ends(line, model));
    }
}

/// Notes which pieces end inside a phrase.
fn mark_phrases(pieces: &mut [Piece], ends: &[u32]) {
    let mut ends = ends.iter().peekable();
    let mut byte = 0;
    for piece in pieces {
        byte += piece.length();
        while ends.next_if(|end| (**end as usize) < byte).is_some() {}
        if piece.after == Break::Ideograph && ends.peek().is_none_or(|end| **end as usize != byte) {
            piece.traits.part_phrase();
        }
    }
}

/// Puts a word's syllables in the place of the piece that holds it, if all of them fit into the columns, hyphens
/// included; false if not.
pub fn syllabify(word: &str, piece: &Piece, columns: u32, hyphenator: &mut Hyphenator, found: &mut Vec<Piece>) -> bool {
    // A letter a cell, so that nothing needs to be counted again.
    if !word.is_ascii() || usize::from(piece.cells) != word.len() {
        return false;
    }
    let first = found.len();
    let part = |range: Range<usize>| Piece {
        bytes: range.len() as u16,
        cells: range.len() as u16,
        blank: 0,
        space: 0,
        traits: Traits(Traits::LETTERS),
        after: Break::Hyphenation,
    };
    found.extend(hyphenator.syllables(word).map(part));
    let fits = found.iter().skip(first).all(|part| u32::from(part.cells) < columns);
    if found.len() < first + 2 || !fits {
        found.truncate(first);
        return false;
    }
    if let Some(last) = found.last_mut() {
        last.take_end_of(piece);
    }
    true
}

/// Splits a piece that is wider than the measure at clusters, keeping closing marks with what they close.
pub fn split(text: &str, start: usize, piece: &Piece, columns: u32, style: Style, found: &mut Vec<Piece>) {
    let all: Vec<Glyph> = glyphs(text, start..start + usize::from(piece.bytes), style).collect();
    let first = found.len();
    let mut from = 0;
    while from < all.len() {
        let mut builder = Builder::new();
        let mut parts = Vec::new();
        for glyph in all.iter().skip(from) {
            let mut longer = builder;
            longer.add(glyph);
            if longer.cells > columns && !parts.is_empty() {
                break;
            }
            builder = longer;
            parts.push(builder);
        }
        // A few clusters fewer, if that keeps a closing mark from the start or an opening one from the end.
        let to = from + parts.len();
        // And no letter alone at the end of all, if it can be helped.
        let to = if to < all.len() && all.len() - to < 3 && to - from > 4 { to - 2 } else { to };
        let kept = (from + 1..=to).rev().take(NEAR).find(|at| !parts_badly(&all, *at)).unwrap_or(to);
        if let Some(part) = parts.get(kept - from - 1) {
            let gap = all.get(kept).is_some_and(|next| next.gap);
            found.push(part.finish(Break::Emergency, gap, style.language));
        }
        from = kept;
    }
    if found.len() == first {
        found.push(*piece);
    } else if let Some(last) = found.last_mut() {
        last.take_end_of(piece);
    }
}

/// Whether a line may not end before a glyph even in an emergency, if there is another way.
fn parts_badly(all: &[Glyph], at: usize) -> bool {
    let starts = all.iter().skip(at).find(|next| next.class != Class::Space).is_some_and(|next| {
        matches!(next.class, Class::Stop | Class::Pause | Class::Closing | Class::LatinClosing | Class::Suffix)
            || next.is_reading
            || next.is_hidden
    });
    let last = at.checked_sub(1).and_then(|last| all.get(last));
    let ends = last.is_some_and(|last| matches!(last.class, Class::Opening | Class::LatinOpening));
    // A number, with its sign and its decimal point.
    let is_number = all.get(at).is_some_and(|next| next.class == Class::Digit)
        && last.is_some_and(|last| matches!(last.class, Class::Digit | Class::LatinClosing) || last.text == "-");
    at < all.len() && (starts || ends || is_number)
}

/// A piece under construction.
#[derive(Clone, Copy)]
struct Builder {
    bytes: usize,
    cells: u32,
    blank: usize,
    space: u32,
    letters: u8,
    /// Latin letters in a row, and the most there were.
    latin: (u8, u8),
    last: (Class, u32),
    first: Option<(Class, u32)>,
    marks: u8,
}

impl Builder {
    fn new() -> Self {
        Self {
            bytes: 0,
            cells: 0,
            blank: 0,
            space: 0,
            letters: 0,
            latin: (0, 0),
            last: (Class::Other, 0),
            first: None,
            marks: 0,
        }
    }

    fn length(&self) -> usize {
        self.bytes + self.blank
    }

    fn add(&mut self, glyph: &Glyph) {
        if glyph.class == Class::Space && !glyph.is_hidden && glyph.opens.is_empty() && glyph.closes.is_empty() {
            self.space += glyph.cells;
            self.blank += glyph.text.len();
            return;
        }
        let is_start = self.first.is_none();
        if is_start {
            self.first = Some((glyph.class, glyph.cells));
        }
        let gap = u32::from(glyph.gap && is_start && self.blank == 0);
        self.cells += std::mem::take(&mut self.space) + glyph.advance() - gap;
        self.bytes += std::mem::take(&mut self.blank) + glyph.text.len();
        if glyph.is_hidden {
            return;
        }
        let class = if glyph.closes.is_empty() { glyph.class } else { Class::LatinClosing };
        let is_mark = matches!(class, Class::Stop | Class::Pause | Class::Closing);
        self.marks = if is_mark { self.marks.saturating_add(1) } else { 0 };
        let is_letter = class.is_cjk() && !is_mark || matches!(class, Class::Letter | Class::Digit);
        self.letters = self.letters.saturating_add(u8::from(is_letter));
        let in_a_row = if class == Class::Letter { self.latin.0.saturating_add(1) } else { 0 };
        self.latin = (in_a_row, self.latin.1.max(in_a_row));
        self.last = (class, glyph.cells);
    }

    fn finish(&self, after: Break, gap: bool, language: Language) -> Piece {
        let (first, first_cells) = self.first.unwrap_or_default();
        let traits = self.hang(language)
            | self.letters.min(2) << 2
            | if first == Class::Inseparable { Traits::DASH } else { 0 }
            | if first == Class::Opening && first_cells == 2 { Traits::OPENS } else { 0 }
            | if self.latin.1 >= SHORTEST_WORD { Traits::WORD } else { 0 };
        Piece {
            bytes: self.bytes.min(usize::from(u16::MAX)) as u16,
            cells: self.cells.min(u32::from(u16::MAX)) as u16,
            blank: self.blank.min(usize::from(u8::MAX)) as u8,
            space: (self.space + u32::from(gap)).min(u32::from(u8::MAX)) as u8,
            traits: Traits(traits),
            after,
        }
    }

    /// Cells that the last mark may overhang: CLREQ lets any pause mark of zh-Hans hang, JLREQ only commas and full
    /// stops; one mark only, not in a run of marks. A closing bracket may let its blank half overhang.
    fn hang(&self, language: Language) -> u8 {
        let (class, cells) = self.last;
        let is_chinese = language == Language::ZhHans;
        match class {
            _ if cells != 2 => 0,
            Class::Stop if self.marks == 1 => 2,
            Class::Pause if is_chinese && self.marks == 1 => 2,
            Class::Pause if is_chinese => 1,
            Class::Stop | Class::Closing => 1,
            _ => 0,
        }
    }
}
