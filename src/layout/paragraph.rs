//! What of a text does not depend on the measure: the pieces between break opportunities, with their cells.
//!
//! It refuses to choose where lines end: that is `fit`'s.

use super::column;
use super::glyphs::{Glyph, Style, glyphs};
use super::phrase::{self, Ends};
use crate::text::breaks::{Cue, Icu, Opportunity, cue, opportunities};
use crate::text::spacing::needs_gap;
use crate::text::{Class, Language};
use std::ops::Range;

/// Bytes after which a piece is ended whatever stands there, so that its numbers fit.
const LONGEST: usize = 16_000;
/// Letters of the shortest word that is hyphenated.
const SHORTEST_WORD: u8 = 6;
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
    /// The line may end here.
    At(Opportunity),
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
    const LETTER: u8 = 1 << 2;
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

    /// Those of some letters of a word.
    pub fn of_letters() -> Self {
        Self(Self::LETTERS)
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

    /// Notes whether the break after it would part a phrase.
    pub fn part_phrase(&mut self, parts: bool) {
        self.0 |= u8::from(parts) * Self::PHRASE;
    }
}

impl Piece {
    /// A line without text.
    pub fn empty() -> Self {
        Self { bytes: 0, cells: 0, blank: 0, space: 0, traits: Traits::default(), after: Break::End }
    }

    /// Ends as the piece does that it is the last part of.
    pub fn take_end_of(&mut self, whole: &Self) {
        (self.after, self.space, self.blank) = (whole.after, whole.space, whole.blank);
        self.traits.part_phrase(whole.traits.parts_phrase());
    }

    /// Whether it is one Han character or kana: no ASCII takes as many bytes in as few cells.
    fn is_square(&self) -> bool {
        (self.bytes, self.cells, self.blank) == (3, 2, 0)
    }

    /// Whether a gap between scripts stands before the next, shown only.
    pub fn has_gap(&self) -> bool {
        self.blank == 0 && self.space > 0
    }

    /// Whether it is ASCII alone: a Latin word or a number.
    pub fn is_narrow(&self) -> bool {
        self.bytes == self.cells
    }

    /// Bytes from its first to the first of the next.
    pub fn length(&self) -> usize {
        usize::from(self.bytes) + usize::from(self.blank)
    }
}

impl Break {
    /// Whether a line that ends here shows a hyphen that is not in the text.
    pub fn shows_hyphen(self) -> bool {
        matches!(self, Self::At(Opportunity::SoftHyphen) | Self::Hyphenation)
    }

    /// Whether the word that it parts says itself where it may be parted: then it is not hyphenated besides (CSS Text
    /// 3, 6.1), as no address is.
    pub fn is_explicit(self) -> bool {
        matches!(self, Self::At(Opportunity::Address | Opportunity::Cue | Opportunity::SoftHyphen))
    }
}

/// Adds the pieces of a part of a text that holds no line end; the last has `after`.
pub fn pieces(text: &str, range: Range<usize>, style: Style, source: &Icu, after: Break, found: &mut Vec<Piece>) {
    let first = found.len();
    let line = text.get(range.clone()).unwrap_or_default();
    let mut breaks = opportunities(line, style.rules, source);
    let base = range.start;
    let cues = style.asides.cues_inside(&range);
    if !cues.is_empty() {
        let cues = cues.iter().filter(|(_, cue)| style.soft_hyphens || *cue != Cue::SoftHyphen);
        cue::follow(line, style.rules, cues.map(|(byte, cue)| (*byte as usize - base, *cue)), &mut breaks);
    }
    found.reserve(breaks.len() + 1);
    let breaks = breaks.into_iter().map(|(byte, kind)| (base + byte, Break::At(kind)));
    let breaks = breaks.filter(|(byte, _)| !(style.down && column::parts_pair(text, *byte)));
    if style.asides.is_empty() {
        let mut start = range.start;
        for (end, kind) in breaks.chain([(range.end, after)]) {
            let next = text.get(end..range.end).and_then(|rest| rest.chars().next()).map(Class::of);
            let is_beside_mark =
                style.closes_up && matches!(next, Some(Class::Stop | Class::Pause | Class::Closing | Class::Opening));
            let is_plain = |(piece, _): &(Piece, Class)| {
                (!style.down || piece.is_square()) && (piece.blank == 0 || !is_beside_mark)
            };
            match plain(text.get(start..end).unwrap_or_default()).filter(is_plain) {
                Some((piece, last)) => {
                    let is_apart = style.gaps && piece.blank == 0 && next.is_some_and(|next| needs_gap(last, next));
                    found.push(Piece { after: kind, space: piece.space + u8::from(is_apart), ..piece });
                }
                None => walk(text, start..end, std::iter::empty(), style, (kind, next), found),
            }
            start = end;
        }
    } else {
        let breaks = breaks.filter(|(byte, _)| !style.holds(*byte));
        walk(text, range, breaks, style, (after, None), found);
    }
    if let Some(model) = phrase::model(style.language).filter(|_| style.phrases) {
        mark_phrases(found.get_mut(first..).unwrap_or_default(), &phrase::ends(line, model));
    }
}

/// The piece that is one Han character or kana, or ASCII without inner surprises, as nearly all are; and the class of
/// its last character.
fn plain(text: &str) -> Option<(Piece, Class)> {
    let bytes = text.as_bytes();
    if let [0xe3..=0xe9, _, _] = bytes {
        let class = text.chars().next().map(Class::of)?;
        let traits = Traits(Traits::LETTER);
        let piece = Piece { bytes: 3, cells: 2, blank: 0, space: 0, traits, after: Break::End };
        return matches!(class, Class::Han | Class::Kana).then_some((piece, class));
    }
    let body = bytes.trim_ascii_end();
    let blank = bytes.len() - body.len();
    let last = *body.last()?;
    if bytes.len() > LONGEST_BLANK || !bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let (mut letters, mut row, mut longest) = (0_u8, 0_u8, 0_u8);
    for byte in body {
        row = if byte.is_ascii_alphabetic() { row + 1 } else { 0 };
        longest = longest.max(row);
        letters = (letters + u8::from(byte.is_ascii_alphanumeric())).min(2);
    }
    let traits = Traits(letters << 2 | if longest >= SHORTEST_WORD { Traits::WORD } else { 0 });
    let (length, blank) = (body.len() as u16, blank as u8);
    let piece = Piece { bytes: length, cells: length, blank, space: blank, traits, after: Break::End };
    Some((piece, Class::of(char::from(last))))
}

/// Adds the pieces of any text, cluster by cluster; the last has what is given, and may need a gap before what follows.
fn walk(
    text: &str,
    range: Range<usize>,
    breaks: impl Iterator<Item = (usize, Break)>,
    style: Style,
    (after, next): (Break, Option<Class>),
    found: &mut Vec<Piece>,
) {
    let mut breaks = breaks.peekable();
    let mut builder = Builder::default();
    for glyph in glyphs(text, range, style) {
        let mut reached = None;
        while let Some((_, kind)) = breaks.next_if(|(byte, _)| *byte <= glyph.byte) {
            reached = Some(kind);
        }
        if reached.is_none() && builder.length() > LONGEST {
            reached = Some(Break::At(Opportunity::Ideograph));
        } else if reached.is_none() && builder.blank > LONGEST_BLANK {
            reached = Some(Break::At(Opportunity::Space));
        }
        if let Some(kind) = reached {
            found.push(builder.finish(kind, glyph.gap, style.language));
            builder = Builder::default();
        }
        builder.add(&glyph);
    }
    if builder.length() > 0 {
        let gap = style.gaps && builder.blank == 0 && next.is_some_and(|next| needs_gap(builder.last.0, next));
        found.push(builder.finish(after, gap, style.language));
    }
}

/// Notes which pieces end inside a phrase.
fn mark_phrases(pieces: &mut [Piece], ends: &Ends) {
    let mut byte = 0;
    for piece in pieces {
        byte += piece.length();
        piece.traits.part_phrase(piece.after == Break::At(Opportunity::Ideograph) && !ends.hold(byte));
    }
}

/// A piece under construction.
#[derive(Debug, Clone, Copy, Default)]
pub struct Builder {
    bytes: usize,
    /// Cells so far, white space at the end left out.
    pub cells: u32,
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
    fn length(&self) -> usize {
        self.bytes + self.blank
    }

    /// Adds a glyph.
    pub fn add(&mut self, glyph: &Glyph) {
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

    /// The piece, with the break after it, and whether a gap stands before the next.
    pub fn finish(&self, after: Break, gap: bool, language: Language) -> Piece {
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

#[cfg(test)]
mod tests {
    use super::{Break, Piece, pieces, walk};
    use crate::document::Block;
    use crate::layout::Measure;
    use crate::layout::glyphs::{Asides, Style};
    use crate::text::breaks::{Icu, opportunities};
    use crate::text::{Language, SafeText};
    use proptest::prelude::{ProptestConfig, proptest};

    /// The pieces of a text, the quick way and cluster by cluster.
    fn both(text: &str, language: Language) -> (Vec<Piece>, Vec<Piece>) {
        let block = Block { text: SafeText::body(text), language, ..Block::default() };
        let asides = Asides::default();
        let style = Style::new(&block, &Measure { phrase: 0, ..Measure::default() }, &asides);
        let (mut quick, mut slow) = (Vec::new(), Vec::new());
        let whole = 0..block.text.len();
        pieces(&block.text, whole.clone(), style, &Icu::default(), Break::End, &mut quick);
        let breaks = opportunities(&block.text, style.rules, &Icu::default()).into_iter();
        let breaks = breaks.map(|(byte, kind)| (byte, Break::At(kind)));
        walk(&block.text, whole, breaks, style, (Break::End, None), &mut slow);
        (quick, slow)
    }

    #[test]
    fn pieces_with_their_gaps() {
        let (quick, _) = both("用Rust写， 好 的。", Language::ZhHans);
        let found: Vec<_> = quick.iter().map(|piece| (piece.bytes, piece.cells, piece.blank, piece.space)).collect();
        assert_eq!(found, [(3, 2, 0, 1), (4, 4, 0, 1), (7, 4, 0, 0), (3, 2, 1, 1), (6, 4, 0, 0)]);
        assert_eq!(quick.iter().map(|piece| piece.traits.hang(2)).collect::<Vec<_>>(), [0, 0, 2, 0, 2]);
        assert_eq!(quick.iter().map(|piece| piece.traits.letters()).collect::<Vec<_>>(), [1, 2, 1, 1, 1]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_quick_way_is_the_same(
            text in "([一-九]{1,4}|[ぁ-ん]{1,3}|[a-zA-Z]{1,8}|[ -~]{1,3}|[0-9]{1,3}|[，。《》（）“”—…·]|👍🏽|é|한글| ){0,40}",
            japanese in proptest::bool::ANY,
        ) {
            let (quick, slow) = both(&text, if japanese { Language::Ja } else { Language::ZhHans });
            assert_eq!(quick, slow);
        }
    }
}
