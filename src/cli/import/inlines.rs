//! The text of a block with its styles, as Markdown.
//!
//! It refuses styles that Markdown cannot say: those around nothing but white space, and those that begin again inside
//! themselves.

use super::escape::{Caution, address, escape};
use crate::document::{Block, Inline, Styled};
use crate::text::breaks::Cue;
use crate::text::breaks::cue::keep_telling;
use crate::text::script::{is_han, is_kana};
use std::collections::HashSet;
use std::ops::Range;

/// Spans back among which one may touch the next of its style.
const NEAR: usize = 16;

/// How running text is written.
pub struct Style<'a> {
    /// How much is escaped.
    pub caution: Caution,
    /// Whether a line end must be HTML, because the block is one line: a heading, a cell.
    pub one_line: bool,
    /// The labels of the notes that are written; references to others are text.
    pub notes: &'a HashSet<String>,
}

/// Writes the text of a block within a range.
pub fn inlines(block: &Block, range: Range<usize>, style: &Style) -> String {
    let spans = if style.caution == Caution::Plain { Vec::new() } else { spans(block, &range) };
    let mut writer = Writer { text: &block.text, style, out: String::new() };
    writer.write(range, &spans, &[]);
    if style.one_line { writer.out.replace("\\\n", "<br>") } else { writer.out }
}

/// Where lines may end and may not, if nothing but the text says it.
fn cues<'a>(block: &'a Block, within: &Range<usize>) -> Vec<Span<'a>> {
    let of = |styled: &'a Styled| if let Inline::Cue(cue) = styled.style { Some((styled, cue)) } else { None };
    let all = || block.styles.iter().filter_map(of);
    let mut telling = all().map(|(styled, cue)| (styled.range.start, cue)).collect();
    keep_telling(&mut telling, &block.text, block.language);
    let is_telling = |(styled, cue): &(&Styled, Cue)| telling.contains(&(styled.range.start, *cue));
    let place = |(styled, _): (&'a Styled, Cue)| (styled.range.start as usize, &styled.style);
    let kept = all().filter(is_telling).map(place).filter(|(at, _)| within.contains(at));
    kept.map(|(at, style)| (at..at, style)).collect()
}

/// A style and the bytes it covers.
type Span<'a> = (Range<usize>, &'a Inline);

/// The styles that can be written, outer before inner, none reaching out of the one it begins in.
fn spans<'a>(block: &'a Block, within: &Range<usize>) -> Vec<Span<'a>> {
    let mut spans: Vec<Span> = cues(block, within);
    for Styled { range, style } in block.styles.iter().filter(|styled| !matches!(styled.style, Inline::Cue(_))) {
        let start = (range.start as usize).max(within.start);
        let end = (range.end as usize).min(within.end);
        let Some(text) = block.text.get(start..end.max(start)) else { continue };
        let is_object = matches!(style, Inline::Image { .. });
        let is_inside = range.start as usize >= within.start && range.end as usize <= within.end;
        let (start, end) = match () {
            () if is_object && is_inside => (start, end),
            () if text.trim().is_empty() => continue,
            () => (start + text.len() - text.trim_start().len(), start + text.trim_end().len()),
        };
        // Spans of one style that touch are one; what lies further back does not touch.
        let same = spans.iter_mut().rev().take(NEAR).find(|(_, other)| *other == style && is_joined(style));
        match same {
            Some((last, _)) if last.end >= start => last.end = last.end.max(end),
            _ => spans.push((start..end, style)),
        }
    }
    spans.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    nested(spans)
}

fn is_joined(style: &Inline) -> bool {
    matches!(
        style,
        Inline::Strong | Inline::Emphasis | Inline::Dotted | Inline::Strikethrough | Inline::Marked | Inline::Code
    )
}

/// Cuts spans that cross the end of the one they begin in.
fn nested(spans: Vec<Span>) -> Vec<Span> {
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut nested: Vec<Span> = Vec::new();
    for (mut range, style) in spans {
        open.retain(|outer| outer.end > range.start);
        let bound = open.iter().map(|outer| outer.end).min().unwrap_or(usize::MAX);
        range.end = range.end.min(bound);
        if range.start < range.end || matches!(style, Inline::Image { .. } | Inline::Cue(_)) {
            open.push(range.clone());
            nested.push((range, style));
        }
    }
    nested
}

struct Writer<'a> {
    text: &'a str,
    style: &'a Style<'a>,
    out: String,
}

impl<'a> Writer<'a> {
    /// Writes a range, the spans that begin in it, inside the styles that are open.
    fn write(&mut self, range: Range<usize>, spans: &[Span<'a>], open: &[&Inline]) {
        let mut at = range.start;
        let mut rest = spans;
        while let Some(((found, style), after)) = rest.split_first() {
            let inside = after.iter().take_while(|(inner, _)| inner.start < found.end).count();
            let (inner, next) = after.split_at_checked(inside).unwrap_or((after, &[]));
            rest = next;
            if found.start < at || found.end > range.end {
                continue;
            }
            let before = at..found.start;
            at = found.end;
            if **style == Inline::Ruby {
                self.ruby(before, found.clone());
                continue;
            }
            self.plain(before);
            let is_open = open.iter().any(|outer| std::mem::discriminant(*outer) == std::mem::discriminant(*style));
            if is_open {
                self.write(found.clone(), inner, open);
            } else {
                self.styled(found.clone(), style, inner, open);
            }
        }
        self.plain(at..range.end);
    }

    fn styled(&mut self, range: Range<usize>, style: &'a Inline, inner: &[Span<'a>], open: &[&Inline]) {
        let mut within = open.to_vec();
        within.push(style);
        let is_html = self.style.caution != Caution::Usual;
        let (before, after) = match style {
            Inline::Dotted => ("<em class=\"sesame_dot\">".to_owned(), "</em>".to_owned()),
            Inline::Strong if is_html => ("<strong>".to_owned(), "</strong>".to_owned()),
            Inline::Emphasis if is_html => ("<em>".to_owned(), "</em>".to_owned()),
            Inline::Strikethrough if is_html => ("<del>".to_owned(), "</del>".to_owned()),
            Inline::Marked if is_html => ("<mark>".to_owned(), "</mark>".to_owned()),
            Inline::Strong => ("**".to_owned(), "**".to_owned()),
            Inline::Emphasis => ("*".to_owned(), "*".to_owned()),
            Inline::Strikethrough => ("~~".to_owned(), "~~".to_owned()),
            Inline::Marked => ("==".to_owned(), "==".to_owned()),
            Inline::Link { url } => ("[".to_owned(), format!("]({})", address(url))),
            Inline::Page { name } if self.text.get(range.clone()) == Some(name.as_str()) => {
                self.out.push_str(&format!("[[{name}]]"));
                return;
            }
            Inline::Page { name } => (format!("[[{name}|"), "]]".to_owned()),
            Inline::Image { url } => ("![".to_owned(), format!("]({})", address(url))),
            Inline::Code => return self.code(range),
            Inline::FootnoteReference { label } if self.style.notes.contains(label.as_str()) => {
                self.out.push_str(&format!("[^{label}]"));
                return;
            }
            // A clean text has no characters that are not seen.
            Inline::Cue(cue) => {
                self.out.push_str(match cue {
                    Cue::SoftHyphen => "&shy;",
                    Cue::Joiner => "&NoBreak;",
                    Cue::Space => "<wbr>",
                });
                return;
            }
            Inline::FootnoteReference { .. } | Inline::Ruby => return self.plain(range),
        };
        self.out.push_str(&before);
        self.write(range, if matches!(style, Inline::Image { .. }) { &[] } else { inner }, &within);
        self.out.push_str(&after);
    }

    fn plain(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let before = self.text.get(..range.start).and_then(|before| before.chars().next_back());
        let starts_line =
            before.is_none_or(|before| before == '\n') && !self.out.ends_with(['*', '_', '[', '>', '=', '~']);
        self.out.push_str(&escape(text, before, starts_line, self.style.caution));
    }

    /// A code span: more backticks around it than inside (`CommonMark` 6.1).
    fn code(&mut self, range: Range<usize>) {
        let code = self.text.get(range).unwrap_or_default().replace('\n', " ");
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        self.out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    /// A reading, for the characters before it: as many as are of one script, at the end of `before`.
    fn ruby(&mut self, before: Range<usize>, reading: Range<usize>) {
        let text = self.text.get(before.clone()).unwrap_or_default();
        let script = text.chars().next_back().map(self::script);
        let start = text.trim_end_matches(|c: char| Some(self::script(c)) == script).len();
        let (text, base) = text.split_at_checked(start).unwrap_or((text, ""));
        self.plain(before.start..before.start + text.len());
        if base.is_empty() {
            return self.plain(reading);
        }
        let [base, reading] = [base, self.text.get(reading).unwrap_or_default()]
            .map(|text| escape(text, None, false, self.style.caution));
        self.out.push_str(&format!("<ruby>{base}<rt>{reading}</rt></ruby>"));
    }
}

/// The scripts that a base is one run of.
#[derive(PartialEq, Eq)]
enum Script {
    Han,
    Kana,
    Letters,
    Marks,
}

fn script(character: char) -> Script {
    match () {
        () if is_han(character) => Script::Han,
        () if is_kana(character) => Script::Kana,
        () if character.is_alphanumeric() => Script::Letters,
        () => Script::Marks,
    }
}
