//! The clusters of a text with what layout shows beside them: gaps between scripts, brackets around readings, signs
//! around what is struck out.
//!
//! The only walk over a text that layout has: pieces, lines and runs all count by it, so that they cannot disagree.

use super::Measure;
use super::column;
use crate::document::{Block, Inline};
use crate::text::breaks::{Cue, Rules, cue, mask};
use crate::text::spacing::{is_too_many, needs_gap};
use crate::text::{Class, Language, WidthPolicy, clusters};
use std::ops::Range;

/// Styles of a block from which on a line does not look at all of those before it.
const MANY: usize = 64;
/// Bytes of the longest syllable in Latin letters, tones and all.
const LONGEST_READING: usize = 8;

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
    /// Whether spaces beside marks of full width are not.
    pub closes_up: bool,
    /// Whether quotation marks are shown as corner brackets.
    pub corners: bool,
    /// Whether phrases are told apart.
    pub phrases: bool,
    /// Where the text is not only text.
    pub asides: &'a Asides,
    /// Whether readings are shown.
    pub shows_readings: bool,
    /// Whether signs show what is struck out.
    pub shows_struck: bool,
    /// Whether lines may end at soft hyphens.
    pub soft_hyphens: bool,
    /// Whether lines run from top to bottom.
    pub down: bool,
}

/// Stretches of a text that layout adds something to or keeps together, each kind ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asides {
    /// Readings of the characters before them.
    pub readings: Vec<Range<u32>>,
    /// Where those of them begin that are words of another language: `控制器(Deployment controller)`.
    pub glosses: Vec<u32>,
    /// Those of them that stand beside their characters, which are not among these.
    pub beside: Vec<Range<u32>>,
    /// Each of these, from the first of its characters on.
    pub bases: Vec<Range<u32>>,
    /// References to footnotes, which belong to what they follow.
    pub notes: Vec<Range<u32>>,
    /// What is struck out.
    pub struck: Vec<Range<u32>>,
    /// What the text says of where its lines may end.
    pub cues: Vec<(u32, Cue)>,
    /// Code within running text, in which all spaces are shown.
    pub code: Vec<Range<u32>>,
    /// Of a block with many styles: up to where any of them reaches, from the first to each.
    pub reach: Vec<u32>,
}

/// One cluster and the cells around it.
#[derive(Debug, Clone, Copy)]
pub struct Glyph<'a> {
    /// Its first byte in the block's text.
    pub byte: usize,
    /// The cluster itself, or what is shown in its place: of as many bytes.
    pub text: &'a str,
    /// Cells it takes: none in a reading that is not shown.
    pub cells: u32,
    /// The class of its first character.
    pub class: Class,
    /// Whether a gap of one cell stands before it, unless it starts a line.
    pub gap: bool,
    /// What is shown before it: the bracket of a reading, the sign of what is struck out. A unit a character.
    pub opens: &'static str,
    /// What is shown after it.
    pub closes: &'static str,
    /// Cells of a character of these.
    pub unit: u16,
    /// Whether it is the first of a reading that is shown.
    pub is_reading: bool,
    /// Whether it is in a reading that is not shown in its line, or a space that a mark beside it makes one too many.
    pub is_hidden: bool,
    /// Whether it is in one that is shown beside it.
    pub is_beside: bool,
}

impl<'a> Style<'a> {
    /// The style of a block at a measure.
    pub fn new(block: &Block, measure: &Measure, asides: &'a Asides) -> Self {
        Self {
            language: block.language,
            rules: Rules { language: block.language, kinsoku: measure.kinsoku, words: measure.words },
            width: measure.width,
            // A gap of half a square would be a whole row.
            gaps: measure.autospace && !measure.is_down(),
            closes_up: measure.autospace && block.language.is_unspaced(),
            // Columns have their own forms of them.
            corners: measure.corner_quotes
                && !measure.is_down()
                && matches!(block.language, Language::ZhHans | Language::ZhHant),
            phrases: measure.phrase > 0,
            asides,
            shows_readings: measure.shows_readings(),
            shows_struck: measure.shows_struck(),
            soft_hyphens: measure.shows_soft_hyphens(),
            down: measure.is_down(),
        }
    }
}

impl Glyph<'_> {
    /// Whether it shares a row of a column with another.
    pub fn is_half_row(&self) -> bool {
        self.unit == 2 && self.cells == 1
    }

    /// Cells from the gap before it, which a line's start drops, to the bracket after it.
    pub fn advance(&self) -> u32 {
        u32::from(self.gap) + (self.opens.len() + self.closes.len()) as u32 * u32::from(self.unit) + self.cells
    }
}

impl Asides {
    /// Whether there are none but cues and code, which are looked for apart.
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty() && self.beside.is_empty() && self.notes.is_empty() && self.struck.is_empty()
    }

    /// Those of a block.
    pub fn of(block: &Block) -> Self {
        let mut asides = Self::default();
        for styled in block.styles.iter().filter(|styled| !styled.range.is_empty()) {
            let kind = match styled.style {
                Inline::Ruby => &mut asides.readings,
                Inline::FootnoteReference { .. } => &mut asides.notes,
                Inline::Strikethrough => &mut asides.struck,
                Inline::Code => &mut asides.code,
                // A hyphen in code would be taken for one of its own.
                Inline::Cue(Cue::SoftHyphen)
                    if asides.code.last().is_some_and(|code| styled.range.start < code.end) =>
                {
                    continue;
                }
                Inline::Cue(cue) => {
                    asides.cues.push((styled.range.start, cue));
                    continue;
                }
                _ => continue,
            };
            match kind.last_mut() {
                Some(last) if styled.range.start < last.end => last.end = last.end.max(styled.range.end),
                _ => kind.push(styled.range.clone()),
            }
        }
        let text = |reading: &&Range<u32>| block.text.get(reading.start as usize..reading.end as usize);
        let glosses = asides.readings.iter().filter(|reading| text(reading).is_some_and(is_gloss));
        asides.glosses = glosses.map(|reading| reading.start).collect();
        cue::forget_noise(&mut asides.cues, &block.text);
        if block.styles.len() > MANY {
            let mut reach = 0;
            let reaches = block.styles.iter().map(|styled| {
                reach = styled.range.end.max(reach);
                reach
            });
            asides.reach = reaches.collect();
        }
        asides
    }

    /// What the text says of the places inside a range, its ends left out.
    pub fn cues_inside(&self, range: &Range<usize>) -> &[(u32, Cue)] {
        let before = |end: usize| self.cues.partition_point(|(byte, _)| (*byte as usize) < end);
        self.cues.get(before(range.start + 1)..before(range.end)).unwrap_or_default()
    }

    /// Whether a byte is in code.
    fn is_code(&self, byte: usize) -> bool {
        first_after(&self.code, byte).is_some_and(|code| code.start as usize <= byte)
    }

    /// Whether the text says anything of a place.
    pub fn has_cue(&self, byte: usize) -> bool {
        self.cues.binary_search_by_key(&byte, |(at, _)| *at as usize).is_ok()
    }
}

impl Style<'_> {
    /// Whether no line may end before a byte: a reading stays with what it is the reading of, a reference to a note
    /// with the text before it. Not so words of another language in brackets, which are as long as any.
    pub fn holds(&self, byte: usize) -> bool {
        let asides = self.asides;
        let is_gloss =
            |reading: &Range<u32>| self.shows_readings && asides.glosses.binary_search(&reading.start).is_ok();
        let is_held = |reading: &Range<u32>| reading.start as usize <= byte && !is_gloss(reading);
        first_after(&asides.bases, byte).is_some_and(|base| (base.start as usize) < byte)
            || first_after(&asides.readings, byte).is_some_and(is_held)
            || first_after(&asides.notes, byte).is_some_and(|note| note.start as usize <= byte)
    }
}

/// Whether a reading is too long in Latin letters to say how a character is read.
fn is_gloss(reading: &str) -> bool {
    reading.len() > LONGEST_READING && reading.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// The first stretch that ends after a byte.
fn first_after(stretches: &[Range<u32>], byte: usize) -> Option<&Range<u32>> {
    stretches.get(stretches.partition_point(|stretch| stretch.end as usize <= byte))
}

/// The glyphs of a part of a text that holds no line end.
pub fn glyphs<'a>(text: &'a str, range: Range<usize>, style: Style<'a>) -> impl Iterator<Item = Glyph<'a>> {
    let after = |stretches: &'a [Range<u32>]| {
        let passed = stretches.partition_point(|stretch| stretch.end as usize <= range.start);
        stretches.get(passed..).unwrap_or_default()
    };
    let mut readings = after(&style.asides.readings);
    let mut beside = after(&style.asides.beside);
    let mut struck = after(if style.shows_struck { &style.asides.struck } else { &[] });
    let mut before = None;
    clusters(text.get(range.clone()).unwrap_or_default(), style.width).map(move |cluster| {
        let byte = range.start + cluster.byte;
        let end = byte + cluster.text.len();
        let corner = if style.corners && cluster.text.len() == 3 { corner(text, byte, style.rules) } else { None };
        let mut glyph = Glyph {
            byte,
            text: corner.unwrap_or(cluster.text),
            cells: match cluster.text {
                _ if corner.is_some() => 2,
                _ if style.down => column::units(text, byte, &cluster),
                "\t" => 1,
                _ => u32::from(cluster.cells),
            },
            class: cluster.class,
            gap: style.gaps && before.is_some_and(|before| needs_gap(before, cluster.class)),
            opens: "",
            closes: "",
            unit: if style.down { 2 } else { 1 },
            is_reading: false,
            is_hidden: false,
            is_beside: false,
        };
        if style.closes_up && cluster.text == " " && !style.asides.is_code(byte) {
            let is_wide = |mark: char| style.width.text(mark.encode_utf8(&mut [0; 4])) == 2;
            if is_too_many(text, byte, style.language, is_wide) {
                (glyph.is_hidden, glyph.cells, glyph.gap) = (true, 0, false);
            }
        }
        if let Some(reading) = beside.first().filter(|reading| end > reading.start as usize) {
            // What only ends in a reading is none.
            if byte >= reading.start as usize {
                (glyph.is_hidden, glyph.is_beside) = (true, true);
                (glyph.cells, glyph.gap) = (0, false);
            }
            if end >= reading.end as usize {
                beside = beside.get(1..).unwrap_or_default();
            }
        }
        if let Some(reading) = readings.first().filter(|reading| end > reading.start as usize) {
            let is_first = byte == reading.start as usize;
            let is_inside = byte >= reading.start as usize && end <= reading.end as usize;
            // The bracket parts the scripts already.
            glyph.gap &= !is_first;
            glyph.is_reading = style.shows_readings && is_first;
            glyph.opens = if glyph.is_reading { "(" } else { "" };
            glyph.closes = if style.shows_readings && end == reading.end as usize { ")" } else { "" };
            glyph.is_hidden |= !style.shows_readings && is_inside;
            if glyph.is_hidden {
                (glyph.cells, glyph.gap) = (0, false);
            }
            if end >= reading.end as usize {
                readings = readings.get(1..).unwrap_or_default();
            }
        }
        if let Some(stretch) = struck.first().filter(|stretch| end > stretch.start as usize && !glyph.is_hidden) {
            if byte == stretch.start as usize {
                (glyph.opens, glyph.gap) = (if glyph.is_reading { "~(" } else { "~" }, false);
            }
            if end == stretch.end as usize {
                glyph.closes = if glyph.closes.is_empty() { "~" } else { ")~" };
            }
            if end >= stretch.end as usize {
                struck = struck.get(1..).unwrap_or_default();
            }
        }
        if !glyph.is_hidden {
            before = Some(if glyph.closes.is_empty() { cluster.class } else { Class::LatinClosing });
        }
        glyph
    })
}

/// Bytes that a quotation takes at most.
const QUOTED: usize = 1200;

/// The corner bracket that is shown for the quotation mark at a byte, if that is one among Chinese and no apostrophe.
fn corner(text: &str, byte: usize, rules: Rules) -> Option<&'static str> {
    let (before, rest) = text.split_at_checked(byte)?;
    let mut rest = rest.chars();
    let (quote, after) = (rest.next()?, rest.next());
    let is_among_cjk = || mask::of(before.chars().next_back(), quote, after, rules).is_some();
    // What nothing has opened closes nothing: an apostrophe, a sign for minutes or inches.
    let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(QUOTED))..).unwrap_or_default();
    let is_open = |opening: char| near.rfind(opening).is_some_and(|at| near.rfind(quote).is_none_or(|end| end < at));
    match quote {
        '“' => Some("「"),
        '”' if is_open('“') => Some("」"),
        '‘' if is_among_cjk() => Some("『"),
        '’' if is_open('‘') && is_among_cjk() => Some("』"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::Measure;
    use crate::layout::drawing::drawing;
    use crate::parse::{Hint, parse};

    fn drawn(source: &str, columns: u16, printed: bool) -> String {
        let document = parse(source.as_bytes(), &Hint::named("a.md"));
        drawing(document, &Measure { columns, printed, ..Measure::default() })
    }

    #[test]
    fn a_reference_to_a_note_stays_with_the_text_before_it() {
        let source = "今天它收藏在伦敦的英国图书馆。[^diamond]后来的事另说。\n\n[^diamond]: 注。\n";
        insta::assert_snapshot!(drawn(source, 32, true), @r"
        今天它收藏在伦敦的英国图书
        馆。[diamond]后来的事另说。

        [diamond]
            注。
        ");
        let spaced = "See the note on this very line [^1] and go on reading.\n\n[^1]: A note.\n";
        for columns in 9..60 {
            for source in [source, spaced] {
                let drawn = drawn(source, columns, false);
                let (text, _) = drawn.split_once("\n\n").unwrap();
                assert!(!text.lines().any(|line| line.starts_with('[')), "{drawn}");
            }
        }
    }

    #[test]
    fn quotation_marks_as_corner_brackets() {
        let source =
            "她说：“‘灯下’二字，it’s fine，是书的名字。”他不信。李’s 高 5’10”。\n\nIn English “quotes” stay.\n";
        let document = parse(source.as_bytes(), &Hint::named("a.md"));
        let measure = Measure { columns: 24, overhang: 2, corner_quotes: true, ..Measure::default() };
        insta::assert_snapshot!(drawing(document, &measure), @r"
        她说：「『灯下』二字，
        it’s fine，是书的名字。」
        他不信。李’s 高 5’10”。

        In English “quotes”
        stay.
        ");
    }

    #[test]
    fn spaces_beside_marks_of_full_width_are_not_shown_but_in_code() {
        let source = "先看一看 ，  然后（ 慢慢 ） 写 Rust ，`f(a ，  b)` 是代码 。 “好” 的。\n";
        insta::assert_snapshot!(drawn(source, 20, false), @r"
        先看一看，然后（慢
        慢）写 Rust，f(a ，
        b) 是代码。“好” 的。
        ");
        let measure = Measure { columns: 60, autospace: false, ..Measure::default() };
        let kept = drawing(parse(source.as_bytes(), &Hint::named("a.md")), &measure);
        assert!(kept.starts_with("先看一看 ，  然后（ 慢慢 ） 写"), "{kept}");
    }

    #[test]
    fn what_is_struck_out_is_seen_on_paper() {
        let source = "原价~~三百元~~，今日~~只要二百八十元~~一百元，~~old~~ new。\n";
        insta::assert_snapshot!(drawn(source, 20, true), @r"
        原价~三百元~，今日
        ~只要二百八十元~一百
        元，~old~ new。
        ");
        insta::assert_snapshot!(drawn(source, 20, false), @r"
        原价三百元，今日只要
        二百八十元一百元，
        old new。
        ");
    }
}
