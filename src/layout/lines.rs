//! The lines of a block's text, laid out from its start as far as they are asked for.
//!
//! The analysis is kept apart from the lines, since it outlives a resize. Both grow by stretches, so that the first
//! screen of a paragraph of any length costs no more than a screen. It refuses to make rows: that is `runs`'.

use super::Fit;
use super::fit::{Columns, Fitter, Paragraph};
use super::glyphs::{Asides, Style};
use super::hyphenate::{Hyphenator, shows_english};
use super::paragraph::{Break, Piece, pieces};
use super::split::{split, syllabify};
use super::squeeze;
use crate::text::Class;
use crate::text::Language;
use crate::text::breaks::{Icu, Opportunity};
use std::ops::Range;

/// Bytes of text analysed at a time.
const STRETCH: usize = 4_000;
/// Letters of the shortest column in which a torn word has a hyphen.
const LEAST_TORN: u32 = 4;
/// Pieces fitted at a time.
const WINDOW: usize = 6_000;

/// What a text is made of, as far as it was looked at: independent of the measure.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    pieces: Vec<Piece>,
    /// Bytes analysed.
    bytes: u32,
    /// Where the text is not only text.
    pub asides: Option<Box<Asides>>,
    /// Whether its Latin words are English, once that was asked.
    is_english: Option<bool>,
}

/// Most texts are only text.
pub static NO_ASIDES: Asides = Asides {
    readings: Vec::new(),
    glosses: Vec::new(),
    beside: Vec::new(),
    bases: Vec::new(),
    notes: Vec::new(),
    struck: Vec::new(),
    cues: Vec::new(),
    code: Vec::new(),
    reach: Vec::new(),
};

/// One line of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last that is not white space.
    pub end: u32,
    /// What it is besides.
    pub edges: Edges,
}

/// How a line begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edges {
    /// Whether it is the first of its paragraph.
    pub opens: bool,
    /// Whether it is the last of its paragraph.
    pub closes: bool,
    /// Whether it ends in a hyphen that is shown only.
    pub hyphen: bool,
    /// Whether its first bracket gives its blank half to the margin.
    pub trimmed: bool,
    /// The byte before which no gap is shown, so that the line is flush; 0 for none.
    pub squeezed: u32,
}

/// The lines of a block at one measure, as far as they were fitted.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// From the first line on.
    pub lines: Vec<Line>,
    /// Pieces of the analysis that are in lines.
    pieces: u32,
    /// Bytes of the text that are in lines.
    pub bytes: u32,
    /// Whether the next line goes on with a paragraph that has lines already.
    goes_on: bool,
    /// Whether these are all.
    pub is_whole: bool,
}

/// Pieces of a paragraph that are fitted together.
struct Stretch<'a> {
    pieces: &'a [Piece],
    /// Whether the last of them is the paragraph's.
    closes: bool,
    /// Whether words among them may be hyphenated.
    hyphenates: bool,
}

/// What laying out needs besides the text, and keeps between texts so as not to allocate.
#[derive(Default)]
pub struct Tools {
    /// Where lines may end by UAX #14.
    pub source: Icu,
    fitter: Fitter,
    hyphenator: Hyphenator,
    /// Where the text of the table that is being laid out is not only text: found once for all of its cells.
    pub asides: Asides,
    ends: Vec<u32>,
    parts: Vec<Piece>,
}

impl Analysis {
    /// Bytes of memory held.
    pub fn memory(&self) -> usize {
        self.pieces.capacity() * size_of::<Piece>() + self.asides.as_ref().map_or(0, |_| size_of::<Asides>())
    }

    /// Notes where the text is not only text.
    pub fn note(&mut self, asides: Asides) {
        let is_text = asides.is_empty() && asides.reach.is_empty() && asides.cues.is_empty() && asides.code.is_empty();
        self.asides = (!is_text).then(|| Box::new(asides));
    }

    /// Where the text is not only text.
    pub fn asides(&self) -> &Asides {
        self.asides.as_deref().unwrap_or(&NO_ASIDES)
    }

    /// Whether its Latin words are English.
    fn is_english(&mut self, text: &str, language: Language) -> bool {
        *self.is_english.get_or_insert_with(|| shows_english(text, language))
    }

    /// Looks at the next stretch of the text; false if there is none.
    fn extend(&mut self, text: &str, style: Style, source: &Icu) -> bool {
        let start = self.bytes as usize;
        if start >= text.len() {
            return false;
        }
        let (end, after) = stretch(text, start, style);
        let first = self.pieces.len();
        pieces(text, start..end, style, source, after, &mut self.pieces);
        let is_line_end = after == Break::End && end < text.len();
        if is_line_end {
            if self.pieces.len() == first {
                self.pieces.push(Piece::empty());
            }
            if let Some(last) = self.pieces.last_mut() {
                last.blank = last.blank.saturating_add(1);
                last.after = Break::End;
            }
        }
        self.bytes = (end + usize::from(is_line_end)) as u32;
        if self.bytes as usize == text.len() {
            self.pieces.shrink_to_fit();
        }
        true
    }
}

/// Where the analysis that starts at a byte stops for now: at the line's end, or else where what comes after cannot
/// matter, between two plain characters of Chinese or Japanese or two plain words.
fn stretch(text: &str, start: usize, style: Style) -> (usize, Break) {
    let from = text.ceil_char_boundary((start + STRETCH).min(text.len()));
    let near = text.floor_char_boundary((from + STRETCH).min(text.len()));
    if let Some(length) = text.get(start..near).and_then(|near| near.find('\n')) {
        return (start + length, Break::End);
    }
    if near == text.len() {
        return (near, Break::End);
    }
    let mut before = (Class::Other, Class::Other);
    for (offset, character) in text.get(from..).unwrap_or_default().char_indices() {
        let class = Class::of(character);
        let is_square = |class| matches!(class, Class::Han | Class::Kana) && style.language != Language::Ko;
        let is_letter = |class| matches!(class, Class::Letter | Class::Hangul);
        let end = from + offset;
        let is_free = |byte: usize| !style.holds(byte) && !style.asides.has_cue(byte);
        if character == '\n' {
            return (end, Break::End);
        }
        if is_square(before.1) && is_square(class) && is_free(end) {
            return (end, Break::At(Opportunity::Ideograph));
        }
        if is_letter(before.0) && before.1 == Class::Space && is_letter(class) && is_free(end) {
            return (end, Break::At(Opportunity::Space));
        }
        before = (before.1, class);
    }
    (text.len(), Break::End)
}

impl Lines {
    /// Adds the next lines; false if there are none.
    pub fn extend(
        &mut self,
        analysis: &mut Analysis,
        text: &str,
        style: Style,
        columns: &Columns,
        tools: &mut Tools,
    ) -> bool {
        let mut window = WINDOW;
        loop {
            let first = self.pieces as usize;
            let known = analysis.pieces.len() - first;
            let mut within = analysis.pieces.iter().skip(first).take(window);
            let end = within.position(|piece| piece.after == Break::End);
            if end.is_none() && known < window && analysis.extend(text, style, &tools.source) {
                continue;
            }
            if known == 0 {
                self.is_whole = true;
                self.lines.shrink_to_fit();
                return false;
            }
            let count = end.map_or(known.min(window), |end| end + 1);
            let hyphenates = columns.hyphens && analysis.is_english(text, style.language);
            let pieces = analysis.pieces.get(first..first + count).unwrap_or_default();
            let stretch = Stretch { pieces, closes: end.is_some(), hyphenates };
            if self.fit(stretch, text, style, columns, tools) {
                return true;
            }
            window *= 2;
        }
    }

    /// The lines of a part of a text that holds no line end.
    pub fn of_range(text: &str, range: Range<usize>, style: Style, columns: &Columns, tools: &mut Tools) -> Vec<Line> {
        let mut found = Vec::new();
        pieces(text, range.clone(), style, &tools.source, Break::End, &mut found);
        let mut lines = Self { bytes: range.start as u32, ..Self::default() };
        if !found.is_empty() {
            let hyphenates = columns.hyphens && shows_english(text, style.language);
            lines.fit(Stretch { pieces: &found, closes: true, hyphenates }, text, style, columns, tools);
        }
        lines.lines
    }

    /// Adds the lines of some pieces; false if not one line is certain yet.
    fn fit(&mut self, stretch: Stretch, text: &str, style: Style, columns: &Columns, tools: &mut Tools) -> bool {
        let Stretch { pieces, closes, hyphenates } = stretch;
        let opens = !self.goes_on;
        let room = |index: usize| columns.full - if index == 0 && opens { columns.indent } else { 0 };
        // A soft hyphen that its part leaves no room for is left out by parting that elsewhere.
        let with_hyphen =
            |piece: &Piece| u32::from(piece.cells) + columns.hyphen * u32::from(piece.after.shows_hyphen());
        let is_wide = |index: usize, piece: &Piece| with_hyphen(piece) > room(index);
        let is_word = |piece: &Piece| hyphenates && piece.traits.is_word();
        let mut parts = std::mem::take(&mut tools.parts);
        let is_split = pieces.iter().enumerate().any(|(index, piece)| is_wide(index, piece) || is_word(piece));
        if is_split {
            parts.clear();
            let mut start = self.bytes as usize;
            let mut before = Break::End;
            for (index, piece) in pieces.iter().enumerate() {
                let end = start + usize::from(piece.bytes);
                let is_explicit = before.is_explicit() || piece.after.is_explicit();
                let word = || text.get(start..end).unwrap_or_default();
                let hyphenated = is_word(piece)
                    && !is_explicit
                    && style.asides.cues_inside(&(start..end)).is_empty()
                    && syllabify(word(), piece, (room(index), columns.hyphen), &mut tools.hyphenator, &mut parts);
                if !hyphenated && is_wide(index, piece) {
                    let hyphen = with_hyphen(piece) - u32::from(piece.cells);
                    // A word that fills a column and more is torn there: in a line that runs down, that is seen by nothing.
                    let has_room = room(index) >= LEAST_TORN * columns.hyphen;
                    let sign = if hyphenates && style.down && has_room { columns.hyphen } else { 0 };
                    split(text, start, piece, ((room(index) - hyphen).max(1), sign), style, &mut parts);
                } else if !hyphenated {
                    parts.push(*piece);
                }
                start += piece.length();
                before = piece.after;
            }
        }
        let fitted = if is_split { parts.as_slice() } else { pieces };
        tools.fitter.lines(Paragraph { pieces: fitted, opens, closes }, columns, &mut tools.ends);
        if tools.ends.is_empty() && columns.fit != Fit::Greedy {
            tools.fitter.force(fitted, &mut tools.ends);
        }
        // Most texts are one stretch: their lines take no more room than they need.
        if self.lines.is_empty() {
            self.lines.reserve_exact(tools.ends.len());
        }
        let mut from = 0;
        for end in &tools.ends {
            let end = *end as usize;
            self.push(fitted.get(from..end).unwrap_or_default(), columns);
            from = end;
        }
        tools.parts = parts;
        from > 0
    }

    /// Adds one line.
    fn push(&mut self, pieces: &[Piece], columns: &Columns) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let length: usize = pieces.iter().map(Piece::length).sum();
        let opens = !self.goes_on;
        let indent = if opens { columns.indent } else { 0 };
        let trimmed = columns.start_trim && first.traits.opens() && indent == 0;
        let hyphen = last.after.shows_hyphen();
        let cells: u32 = pieces.iter().map(|piece| u32::from(piece.cells) + u32::from(piece.space)).sum();
        let cells = cells - u32::from(last.space) + columns.hyphen * u32::from(hyphen) + indent;
        let is_over = cells > columns.full + u32::from(trimmed) + last.traits.hang(columns.hang);
        let squeezed = if is_over { squeeze::place(pieces).map_or(0, |byte| self.bytes + byte as u32) } else { 0 };
        let edges = Edges { opens, closes: last.after == Break::End, hyphen, trimmed, squeezed };
        let next = self.bytes + length as u32;
        self.lines.push(Line { start: self.bytes, end: next - u32::from(last.blank), edges });
        self.bytes = next;
        self.goes_on = last.after != Break::End;
        let is_whole = |piece: &&Piece| !matches!(piece.after, Break::Emergency | Break::Hyphenation);
        self.pieces += pieces.iter().filter(is_whole).count() as u32;
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Inline};
    use crate::layout::drawing::drawing;
    use crate::layout::{Hyphens, Layout, Measure};
    use crate::parse::{Hint, parse};
    use std::sync::Arc;

    fn read(source: &str, name: &str) -> Document {
        parse(source.as_bytes(), &Hint::named(name))
    }

    fn drawn(source: &str, columns: u16) -> String {
        drawing(read(source, "a.md"), &Measure { columns, ..Measure::default() })
    }

    #[test]
    fn no_line_is_wider_for_the_hyphen_at_its_end() {
        let lines = drawn("ornamentati\u{ad}on", 11);
        assert!(lines.lines().all(|line| line.chars().count() <= 11), "{lines}");
    }

    #[test]
    fn a_word_is_parted_where_its_soft_hyphens_are_and_nowhere_else() {
        let source = "The gates of the orna\u{ad}mentation and of the ornamentation in the park.";
        insta::assert_snapshot!(drawn(source, 12), @r"
        The gates
        of the orna-
        mentation
        and of the
        ornamenta-
        tion in the
        park.
        ");
        let never = Measure { columns: 12, hyphens: Hyphens::Never, ..Measure::default() };
        assert!(!drawing(read(source, "a.md"), &never).contains("-\n"));
        let printed = Measure { columns: 12, printed: true, ..Measure::default() };
        assert!(!drawing(read(source, "a.md"), &printed).contains("-\n"));
    }

    #[test]
    fn long_names_end_lines_where_the_page_lets_them() {
        let source = "---\ntitle: T\n---\n\nText.\n\n## Unter<wbr>grund<wbr>bahn&shy;hof\n\n\
            Call `get\u{200b}Element\u{200b}By\u{200b}Id` here, or [Donau&#8203;dampf](x)&shy;schiff.\n";
        insta::assert_snapshot!(drawn(source, 14), @r"
        Text.


        Untergrund
        bahnhof

        Call get
        ElementById
        here, or Donau
        dampfschiff.
        ");
        let page = "<p>Unter<wbr>grund&shy;bahn</p><table><tr><td>Unter<wbr>grund</td><td>Bahn</td></tr></table>";
        let drawn = drawing(read(page, "a.html"), &Measure { columns: 15, ..Measure::default() });
        insta::assert_snapshot!(drawn, @r"
        Untergrundbahn

        Unter    │ Bahn
        grund    │
        ");
    }

    #[test]
    fn what_is_joined_stays_together() {
        let chinese = "春天来了，花都开了，今年三\u{2060}月\u{2060}雪\u{2060}融，山里人家把门打开。";
        insta::assert_snapshot!(drawn(chinese, 26), @r"
        春天来了，花都开了，今年
        三月雪融，山里人家把门
        打开。
        ");
        assert_eq!(drawn("甲 page \u{2060}5 of\u{202f}6 a\u{2011}b", 8), "甲\npage 5\nof\u{202f}6 a\u{2011}b\n");
        assert_eq!(drawn("See page\u{a0}5 of page 6.", 8), "See\npage\u{a0}5\nof\npage 6.\n");
    }

    #[test]
    fn noise_does_not_start_a_line_with_a_comma() {
        let clean = "他说：“你好，世界！”然后在《植物名录》（又名《草木小识》）里写道——一年只记一种草。";
        let noisy: String = clean.chars().flat_map(|c| ['\u{200b}', c, '\u{feff}']).collect();
        for columns in 8..40 {
            assert_eq!(drawn(&noisy, columns), drawn(clean, columns));
        }
    }

    #[test]
    fn cues_are_in_no_text_and_move_no_place() {
        let (clean, cued) = ("typography 名录", "t\u{ad}ypo\u{2060}\u{ad}gra\u{200b}phy \u{2060}名\u{feff}录");
        let [clean, cued] = [clean, cued].map(|text| {
            let table = "\n\n| 甲 | 乙 |\n|--|--|\n";
            read(&format!("# A {text}\n\n**{text}** `{text}` [{text}](x){table}| {text} | {text} |\n"), "a.md")
        });
        let styles = |document: &Document| {
            let all = document.blocks.iter().flat_map(|block| block.styles.clone());
            all.filter(|styled| !matches!(styled.style, Inline::Cue(_))).collect::<Vec<_>>()
        };
        assert_eq!(styles(&clean), styles(&cued));
        let texts = |document: &Document| document.blocks.iter().map(|block| block.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&clean), texts(&cued));
        let mut layout = Layout::new(Arc::new(cued), Measure { columns: 9, ..Measure::default() });
        for block in 0..layout.document().blocks.len() {
            for run in layout.block(block).into_iter().flat_map(|row| row.runs) {
                let text = run.span.map(|span| layout.document().text(span));
                assert_eq!(text.unwrap_or_else(|| run.text.clone()).replace('\t', " "), run.text);
            }
        }
    }
}
