//! What lines of plain text are by their shape: items, what is quoted from a mail, code that is set in, rules, verse.
//!
//! It refuses texts that set in the first line of every paragraph, and to see verse where lines name something.

use crate::parse::line::ends_sentence;
use crate::parse::tables::chapters::Chapters;
use crate::text::letters::cells;
use std::ops::Range;

/// Columns by which code is set in.
const SET_IN: usize = 4;
/// Columns of the longest line of verse.
const VERSE: usize = 44;
/// Lines of a text of which so many that are set in make it one with such paragraphs, not one with code in it.
const SHARE: usize = 4;

/// Lines of a stanza that stands alone.
const STANZA: usize = 4;

/// What a line is, its neighbours being known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// A line of a paragraph.
    #[default]
    Text,
    /// The first line of an item, its text set in by so many columns.
    Item(usize),
    /// A line of code that is set in.
    Code,
    /// A quoted line, by how many marks.
    Quote(usize),
    /// A rule across the page.
    Rule,
    /// The line under a heading of a level, which is the line above.
    Underline(u8),
    /// A line of verse.
    Verse,
    /// A heading by its place on the page, so many deep.
    Title(u8),
    /// A heading by so many signs before it.
    Signed(u8),
}

/// The shape of each line.
pub fn of(lines: &[&str], chapters: &Chapters) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = lines.iter().enumerate().map(|(index, line)| alone(lines, index, line)).collect();
    let texts = || lines.iter().filter(|line| !line.trim().is_empty());
    // The text of an item is set in too.
    let mut in_item = false;
    let is_set_in = |(line, shape): &(&&str, &Shape)| {
        in_item = matches!(shape, Shape::Item(_)) || in_item && !line.trim().is_empty();
        !in_item && indent(line) >= SET_IN
    };
    let set_in = lines.iter().zip(&shapes).filter(is_set_in).count();
    let may_hold_code = set_in * SHARE <= texts().count();
    let mut stanzas: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let group = lines.iter().skip(start).take_while(|line| !line.trim().is_empty()).count();
        let end = start + group;
        let (Some(lines_of), Some(own)) = (lines.get(start..end), shapes.get_mut(start..end)) else { break };
        if group > 0 && own.iter().all(|shape| *shape == Shape::Text) {
            if may_hold_code && start > 0 && are_set_in(lines_of) {
                own.fill(Shape::Code);
            } else if start > 1 && are_verse(lines_of, chapters) {
                stanzas.push(start..end);
            }
        }
        start = end + 1;
    }
    // Two lines between paragraphs may be anything.
    if stanzas.len() >= 2 || stanzas.iter().any(|stanza| stanza.len() >= STANZA) {
        for lines in stanzas {
            shapes.get_mut(lines).unwrap_or_default().fill(Shape::Verse);
        }
    }
    shapes
}

fn alone(lines: &[&str], index: usize, line: &str) -> Shape {
    let text = line.trim();
    let above = index.checked_sub(1).and_then(|above| lines.get(above)).map(|line| line.trim()).unwrap_or_default();
    if is_rule(text) {
        let is_title = !above.is_empty() && !is_rule(above) && !ends_sentence(above);
        let fits = is_title
            && !above.starts_with(['>', '-', '*', '+', '•'])
            && cells(above) <= 2 * cells(text)
            && cells(above) <= 80;
        let is_first = index < 2 || lines.get(index - 2).is_none_or(|line| line.trim().is_empty());
        return match text.chars().next() {
            Some('=') if fits && is_first => Shape::Underline(1),
            Some('-') if fits && is_first && text.len() >= SET_IN => Shape::Underline(2),
            _ => Shape::Rule,
        };
    }
    // A command behind a shell's prompt, set in by spaces of any kind.
    let is_set_in = line.chars().take_while(|c| c.is_whitespace()).count() >= SET_IN;
    if is_set_in && (text.starts_with("# ") || text.starts_with("$ ")) {
        return Shape::Code;
    }
    let rest = text.trim_start_matches(['>', ' ']);
    if text.starts_with('>') && indent(line) < SET_IN {
        return Shape::Quote(text.get(..text.len() - rest.len()).unwrap_or_default().matches('>').count());
    }
    match text.strip_prefix(['-', '*', '+', '•']).filter(|rest| rest.starts_with(' ')) {
        Some(rest) => Shape::Item(cells(line.trim_end()) - cells(rest.trim_start())),
        None => Shape::Text,
    }
}

/// `====`, `----`, `────`: one sign, and again; signs that dialogue has too, more often.
pub fn is_rule(text: &str) -> bool {
    const DRAWN: usize = 8;
    let mut signs = text.chars();
    let first = signs.next();
    let least = match first {
        Some('=' | '-' | '*' | '_' | '~') => 3,
        Some('‾' | '─' | '━' | '═' | '—' | '―' | '＝' | '－' | '＿' | '～' | '〜') => DRAWN,
        _ => return false,
    };
    let count = 1 + signs.by_ref().take_while(|sign| Some(*sign) == first).count();
    signs.next().is_none() && text.chars().count() == count && count >= least
}

/// The column at which the text of a numbered item begins, under which its other lines stand.
pub fn hung(line: &str) -> Option<usize> {
    let number = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let text = number.strip_prefix(['.', ')'])?.trim_start_matches(' ');
    let is_item = number.len() < line.trim_start().len() && text.len() + 1 < number.len();
    is_item.then(|| cells(line) - cells(text))
}

/// The columns that a line is set in by; a tab is four.
pub fn indent(line: &str) -> usize {
    let blank = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blank.map(|c| if c == '\t' { SET_IN } else { 1 }).sum()
}

fn are_set_in(lines: &[&str]) -> bool {
    let is_said = |line: &str| line.trim_end().ends_with(['。', '！', '？', '”', '」']);
    let ends = lines.last().is_some_and(|line| line.ends_with('.') && line.contains(' '));
    lines.iter().all(|line| indent(line) >= SET_IN && !is_said(line)) && !ends
}

/// Whether lines are a stanza: several short ones of about a length, of which none names, counts or points at something.
fn are_verse(lines: &[&str], chapters: &Chapters) -> bool {
    let lengths = || lines.iter().map(|line| cells(line.trim()));
    let (shortest, longest) = (lengths().min().unwrap_or_default(), lengths().max().unwrap_or_default());
    let points = |c: char| c.is_ascii_digit() || "：:/@|｜“\"「#\t《.…".contains(c);
    let ended = lines.iter().filter(|line| ends_sentence(line)).count();
    lines.len() >= 2
        && longest <= VERSE
        && longest <= 2 * shortest
        && ended < lines.len()
        && !lines.iter().any(|line| line.contains(points) || chapters.level(line).is_some())
}
