//! Code: never re-wrapped. On a screen long lines run on and are scrolled sideways; on paper they are folded.

use super::line::Run;
use super::line::{Row, Tone};
use super::lines::{Edges, Line, Lines};
use super::runs::{base_role, ornament};
use super::setting::Setting;
use crate::document::Span;
use crate::text::breaks::{Icu, Rules, opportunities};
use crate::text::{Class, Cluster, clusters};
use std::ops::Range;

/// Columns from one tab stop to the next.
const TAB: u16 = 4;
/// What stands before the first row of a line in print. The rows a line is folded into stand below it without, so that
/// nothing comes between the words of the source.
const MARK: &str = "¦ ";
/// Columns by which these rows are set in.
const INSET: u16 = 2;
/// What stands there before the rest of a word.
const WITHIN: &str = "↪ ";
/// Clusters by which a row that must end inside a word may be shorter, so that it ends well.
const NEAR: usize = 8;
/// Clusters of a word that are too few for a row of their own.
const STUB: usize = 6;

/// Lines of the source found at a time.
const LINES: usize = 256;
/// Cells of a line that are made for a screen, which shows fewer: a line may be a file of its own.
pub const SEEN: u32 = 4096;
/// Clusters of a run at most: a run counts its cells in few bits, and of a long line a few runs are shown.
const RUN: usize = 256;

/// How far a line is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Up to some cells.
    Cells(u32),
    /// Up to what stands at a byte of the block, included.
    Byte(u32),
}

impl Reach {
    /// To the end.
    pub const END: Self = Self::Byte(u32::MAX);
}

/// Adds the next lines of the source, as they are on a screen; false if there are none.
pub fn extend(lines: &mut Lines, text: &str) -> bool {
    let before = lines.lines.len();
    while !lines.is_whole && lines.lines.len() < before + LINES {
        let rest = text.get(lines.bytes as usize..).unwrap_or_default();
        let length = rest.find('\n');
        let start = lines.bytes;
        let end = start + length.unwrap_or(rest.len()) as u32;
        lines.lines.push(Line { start, end, edges: Edges::default() });
        lines.bytes = end + u32::from(length.is_some());
        lines.is_whole = length.is_none();
    }
    lines.lines.len() > before
}

/// One line of the source as a row of the screen, as far as is wanted.
pub fn row(setting: &Setting, line: Range<usize>, columns: u16, reach: Reach) -> Row {
    let indent = if columns >= 40 { 2 } else { 0 };
    let text = setting.block.text.get(line.clone()).unwrap_or_default();
    let most = match reach {
        Reach::Cells(reach) => reach.max(u32::from(columns)) as usize,
        Reach::Byte(byte) => (byte as usize).saturating_sub(line.start),
    };
    // A key that scrolls makes all of a line again that it scrolls over: what is plain is not looked at one by one.
    let plain = plain(text, most);
    let (start, rest) = (line.start + plain, text.get(plain..).unwrap_or_default());
    let mut cells = plain as u32;
    // Marks that take no cell have a limit too.
    let most = if let Reach::Cells(reach) = reach { 2 * reach as usize } else { usize::MAX };
    let seen = glyphs(setting, rest, columns).take(most).take_while(|glyph| {
        let is_seen = match reach {
            Reach::Cells(reach) => cells < reach.max(u32::from(columns)),
            Reach::Byte(byte) => start + glyph.byte <= byte as usize,
        };
        cells = cells.saturating_add(u32::from(glyph.cells));
        is_seen
    });
    let seen: Vec<Glyph> = seen.collect();
    let span = Some(Span::in_block(setting.index, line.start, line.end));
    let chunks = (0..plain).step_by(RUN).filter_map(|from| Some((from, text.get(from..from + RUN)?)));
    let of_chunk = |(from, text): (usize, &str)| {
        let from = line.start + from;
        let span = Some(Span::in_block(setting.index, from, from + RUN));
        Run { text: text.to_owned(), cells: RUN as u16, role: base_role(setting.block), span }
    };
    let others = if plain > 0 && seen.is_empty() { Vec::new() } else { runs(setting, start, &seen) };
    let runs = std::iter::once(blank(indent)).chain(chunks.map(of_chunk)).chain(others).collect();
    Row { runs, span, scrolls: cells > u32::from(columns - indent), ..Row::default() }
}

/// Bytes at the start of a line that are a cell each, as far as some are wanted: whole runs, which end at tab stops. The
/// last character before others is none of them: it may have a mark on it.
fn plain(text: &str, most: usize) -> usize {
    let bytes = text.as_bytes().iter().take(most);
    let plain = bytes.take_while(|byte| matches!(byte, b' '..=b'~')).count();
    plain.saturating_sub(1) / RUN * RUN
}

/// The rows of a block of code where long lines are folded: in print before each line a mark, since there is no colour to
/// tell code from prose and so that other programs can find the lines again.
pub fn rows(setting: &Setting, columns: u16) -> Vec<Row> {
    let (mark, indent) = if setting.measure.printed && columns >= 12 { (MARK, 2) } else { ("", 0) };
    let mut rows = Vec::new();
    let mut start = 0;
    for line in setting.block.text.split('\n') {
        let glyphs: Vec<Glyph> = glyphs(setting, line, columns - indent).collect();
        for fold in folds(setting, line, &glyphs, columns - indent) {
            let within = if inset(columns - indent) > 0 { ornament(WITHIN, INSET, Tone::Ornament) } else { blank(0) };
            let lead = match fold.opens {
                Opens::Line => vec![ornament(mark, indent, Tone::Ornament)],
                Opens::Word => vec![blank(indent + inset(columns - indent))],
                Opens::Rest => vec![blank(indent), within],
            };
            let shown = runs(setting, start, glyphs.get(fold.glyphs).unwrap_or_default());
            let ends = shown.first().and_then(|run| run.span).zip(shown.last().and_then(|run| run.span));
            let span = ends.map(|(first, last)| Span { end: last.end, ..first });
            rows.push(Row { runs: lead.into_iter().chain(shown).collect(), span, ..Row::default() });
        }
        start += line.len() + 1;
    }
    rows
}

/// Columns by which the rest of a folded line is set in.
fn inset(columns: u16) -> u16 {
    if columns > 3 * INSET { INSET } else { 0 }
}

fn blank(cells: u16) -> Run {
    ornament(&" ".repeat(usize::from(cells)), cells, Tone::Ornament)
}

/// A cluster of code and its cells, which a tab has by where it stands.
struct Glyph<'a> {
    byte: usize,
    text: &'a str,
    class: Class,
    cells: u16,
}

fn glyphs<'a>(setting: &Setting, line: &'a str, columns: u16) -> impl Iterator<Item = Glyph<'a>> + use<'a> {
    let mut column = 0_u16;
    let glyph = move |cluster: Cluster<'a>| {
        let cells = if cluster.text == "\t" { (TAB - column % TAB).min(columns) } else { u16::from(cluster.cells) };
        column = column.wrapping_add(cells);
        Glyph { byte: cluster.byte, text: cluster.text, class: cluster.class, cells }
    };
    clusters(line, setting.measure.width).map(glyph)
}

/// One row of a folded line.
struct Fold {
    glyphs: Range<usize>,
    opens: Opens,
}

/// What a row of a folded line begins with.
#[derive(Clone, Copy)]
enum Opens {
    /// The line.
    Line,
    /// A word, or a character of a script without spaces.
    Word,
    /// What is left of a word.
    Rest,
}

/// The rows of a line: it is folded where prose may end a line, if that leaves half a row; else inside
/// a word, but not between a mark and what it belongs to. White space at a fold is not shown.
fn folds(setting: &Setting, line: &str, glyphs: &[Glyph], columns: u16) -> Vec<Fold> {
    let cells = |glyphs: &[Glyph]| glyphs.iter().map(|glyph| usize::from(glyph.cells)).sum::<usize>();
    if cells(glyphs) <= usize::from(columns) {
        return vec![Fold { glyphs: 0..glyphs.len(), opens: Opens::Line }];
    }
    let rules =
        Rules { language: setting.block.language, kinsoku: setting.measure.kinsoku, words: setting.measure.words };
    let places = opportunities(line, rules, &Icu::default());
    let may_end = |at: usize| {
        let byte = glyphs.get(at).map_or(line.len(), |glyph| glyph.byte);
        places.binary_search_by_key(&byte, |(place, _)| *place).is_ok() && !parts_badly(glyphs, at)
    };
    let mut folds = Vec::new();
    let mut start = 0;
    let mut opens = Opens::Line;
    loop {
        let room = columns - if folds.is_empty() { 0 } else { inset(columns) };
        let mut used = 0;
        let fits = |glyph: &&Glyph| {
            used += usize::from(glyph.cells);
            used <= usize::from(room)
        };
        let end = start + glyphs.iter().skip(start).take_while(fits).count().max(1);
        let rest = glyphs.get(end..).unwrap_or_default();
        let next = end + rest.iter().take_while(|glyph| glyph.class == Class::Space).count();
        if next >= glyphs.len() {
            folds.push(Fold { glyphs: start..end.min(glyphs.len()), opens });
            return folds;
        }
        let is_full = |at: &usize| cells(glyphs.get(start..*at).unwrap_or_default()) * 2 >= usize::from(room);
        let good = (start + 1..=end).rev().take_while(is_full).find(|at| may_end(*at));
        let (end, next, after) = match good {
            _ if may_end(next) => (end, next, Opens::Word),
            Some(good) => (good, good, Opens::Word),
            None => {
                let near = || (start + 1..=end).rev().take(NEAR).filter(|at| !parts_badly(glyphs, *at));
                let is_long = |at: &usize| !(*at..at + STUB).any(|at| at >= glyphs.len() || may_end(at));
                let at = near().find(is_long).or_else(|| near().next()).unwrap_or(end);
                (at, at, Opens::Rest)
            }
        };
        folds.push(Fold { glyphs: start..end, opens });
        (start, opens) = (next, after);
    }
}

/// Whether a line may not be folded before a glyph if there is another way, spaces left out.
fn parts_badly(glyphs: &[Glyph], at: usize) -> bool {
    let (before, after) = glyphs.split_at_checked(at).unwrap_or_default();
    let is_ink = |glyph: &&Glyph| glyph.class != Class::Space;
    let opens = |glyph: &Glyph| matches!(glyph.class, Class::Opening | Class::LatinOpening);
    let closes = |glyph: &Glyph| {
        matches!(glyph.class, Class::Stop | Class::Pause | Class::Closing | Class::LatinClosing | Class::Suffix)
    };
    before.iter().rfind(is_ink).is_some_and(opens) || after.iter().find(is_ink).is_some_and(closes)
}

/// Some glyphs of the line that starts at a byte, as they are shown: each tab is a run of its own, which has more
/// spaces than bytes. Of none an empty run, so that there is a place.
fn runs(setting: &Setting, start: usize, glyphs: &[Glyph]) -> Vec<Run> {
    let is_tab = |glyph: &Glyph| glyph.text == "\t";
    let run = |glyphs: &[Glyph]| {
        let first = glyphs.first().map_or(start, |glyph| start + glyph.byte);
        let end = glyphs.last().map_or(first, |glyph| start + glyph.byte + glyph.text.len());
        let cells = glyphs.iter().map(|glyph| glyph.cells).fold(0, u16::saturating_add);
        let text = match glyphs {
            [tab] if is_tab(tab) => " ".repeat(usize::from(cells)),
            _ => glyphs.iter().map(|glyph| glyph.text).collect(),
        };
        Run { text, cells, role: base_role(setting.block), span: Some(Span::in_block(setting.index, first, end)) }
    };
    if glyphs.is_empty() {
        return vec![run(glyphs)];
    }
    let stretches = glyphs.chunk_by(|left, right| !is_tab(left) && !is_tab(right));
    stretches.flat_map(|stretch| stretch.chunks(RUN)).map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::Reach;
    use crate::layout::drawing::drawing;
    use crate::layout::setting::Setting;
    use crate::layout::{Measure, Row};
    use crate::parse::{Hint, parse};

    fn drawn(code: &str, columns: u16) -> String {
        let document = parse(format!("```\n{code}\n```\n").as_bytes(), &Hint::named("a.md"));
        drawing(document, &Measure { columns, printed: true, ..Measure::default() })
    }

    #[test]
    fn lines_are_folded_between_words_and_the_mark_tells_where_they_begin() {
        let code = "let names = library.articles().filter(|article| article.is_read());\n\n    // 注释也会折行，标点不在行首。还有一句\n\tend";
        insta::assert_snapshot!(drawn(code, 30), @r"
        ¦ let names = library.articles
          ↪ ().filter(|article|
            article.is_read());
        ¦
        ¦     // 注释也会折行，标点不
            在行首。还有一句
        ¦     end
        ");
    }

    #[test]
    fn what_is_plain_is_as_what_is_not() {
        let row = |line: &str, reach| {
            let document = parse(format!("```\n{line}\n```\n").as_bytes(), &Hint::named("a.md"));
            let measure = Measure { columns: 60, ..Measure::default() };
            let setting = Setting { block: &document.blocks[0], index: 0, measure: &measure };
            let text = document.blocks[0].text.to_string();
            (super::row(&setting, 0..text.len(), 60, reach), text)
        };
        for (line, cells) in [
            ("a".repeat(255), 255),
            ("a".repeat(256), 256),
            ("a".repeat(513), 513),
            ("a".repeat(512) + "q\u{301}b", 514),
            ("a".repeat(515) + "\tb中", 519),
            ("中".to_owned() + &"a".repeat(600), 602),
        ] {
            let (row, line) = row(&line, Reach::END);
            let text = |row: &Row| row.runs.iter().skip(1).map(|run| run.text.as_str()).collect::<String>();
            assert_eq!(text(&row).replace("     b", "\tb").replace(" b", "\tb"), line);
            assert_eq!(row.cells(), cells + 2, "{line}");
            let mut at = 0;
            for span in row.runs.iter().filter_map(|run| run.span) {
                assert_eq!(span.start.byte, at);
                at = span.end.byte;
            }
            assert_eq!(at as usize, line.len());
        }
        let long = "a".repeat(5000);
        for reach in [59, 255, 256, 257, 1000, 4096] {
            assert_eq!(row(&long, Reach::Cells(reach)).0.cells(), reach.max(60) + 2);
            assert_eq!(row(&long, Reach::Byte(reach)).0.cells(), reach + 1 + 2);
        }
    }

    #[test]
    fn words_without_end_are_folded_but_not_before_what_closes_them() {
        insta::assert_snapshot!(drawn("sha256:0123456789abcdef0123456789abcdef(0123456789)\nf(a,b)", 20), @r"
        ¦ sha256:0123456789a
          ↪ bcdef0123456789a
          ↪ bcdef(01234
          ↪ 56789)
        ¦ f(a,b)
        ");
    }
}
