//! From the bytes of a line to its runs: styles become roles, gaps between scripts become inserted cells.
//!
//! Styles are ranges of the text and never make pieces, so that markup cannot change where lines break.

use super::fit::Columns;
use super::glyphs::{Glyph, Style, glyphs};
use super::justify;
use super::line::{Role, Row, Run, Tone};
use super::lines::Line;
use super::setting::Setting;
use crate::document::{Block, BlockKind, ContainerKind, Inline, Part, Span, Styled};

/// The row of a line of text.
pub fn row(setting: &Setting, line: Line, columns: &Columns, style: Style) -> Row {
    let mut runs = runs(setting, line, columns, style);
    if line.edges.opens && columns.indent > 0 && !runs.is_empty() {
        let indent = columns.indent as u16;
        let spaces = " ".repeat(usize::from(indent / setting.measure.unit()));
        runs.insert(0, ornament(&spaces, indent, Tone::Body));
    }
    let cells: u32 = runs.iter().map(|run| u32::from(run.cells)).sum();
    let trimmed = u32::from(line.edges.trimmed);
    Row {
        runs,
        span: (line.start < line.end).then(|| Span::in_block(setting.index, line.start as usize, line.end as usize)),
        hang: cells.saturating_sub(columns.full + trimmed).min(2) as u8,
        ..Row::default()
    }
}

/// The runs of a line.
fn runs(setting: &Setting, line: Line, columns: &Columns, style: Style) -> Vec<Run> {
    let Setting { block, index, .. } = *setting;
    let base = base_role(block);
    let mut builder = Builder { index, runs: Vec::new(), in_pair: false };
    // By start: what begins after the line is not even looked at, and of many not what ends before it.
    let before_end = block.styles.partition_point(|styled| styled.range.start < line.end);
    let passed = style.asides.reach.partition_point(|end| *end <= line.start);
    let near = block.styles.get(passed..before_end).unwrap_or_default();
    let is_seen = |styled: &&Styled| styled.range.end > line.start && !matches!(styled.style, Inline::Cue(_));
    let styled = near.iter().filter(is_seen);
    let styled: Vec<_> = styled.collect();
    let widened = widened(setting, line, columns, style);
    let mut widened = widened.iter().peekable();
    let mut role = base;
    for glyph in glyphs(&block.text, line.start as usize..line.end as usize, style) {
        if !styled.is_empty() {
            role = styled
                .iter()
                .filter(|styled| styled.range.contains(&(glyph.byte as u32)))
                .fold(base, |role, styled| with_style(role, &styled.style));
        }
        // In a column some spaces take no room.
        if !glyph.is_beside && (glyph.is_hidden || style.down && glyph.cells == 0) {
            continue;
        }
        if widened.next_if(|byte| **byte == glyph.byte).is_some() {
            builder.insert(" ", 1, role);
        }
        if glyph.gap && line.edges.squeezed != glyph.byte as u32 {
            builder.insert(" ", 1, role);
        }
        builder.insert(glyph.opens, glyph.unit, role);
        builder.text(&glyph, role);
        builder.insert(glyph.closes, glyph.unit, role);
    }
    if line.edges.hyphen {
        builder.insert("-", if style.down { 2 } else { 1 }, role);
    }
    builder.runs
}

/// The bytes before which a line is widened so that its end is flush.
fn widened(setting: &Setting, line: Line, columns: &Columns, style: Style) -> Vec<usize> {
    if !columns.justify || line.edges.closes {
        return Vec::new();
    }
    let range = line.start as usize..line.end as usize;
    let all: Vec<Glyph> = glyphs(&setting.block.text, range, style).filter(|glyph| !glyph.is_hidden).collect();
    let indent = if line.edges.opens { columns.indent } else { 0 };
    let cells: u32 = all.iter().map(Glyph::advance).sum::<u32>() + indent + u32::from(line.edges.hyphen);
    let room = columns.full + u32::from(line.edges.trimmed);
    justify::places(&all, room.saturating_sub(cells) as usize)
}

/// An inserted run: it shows nothing of the text.
pub fn ornament(text: &str, cells: u16, tone: Tone) -> Run {
    Run { text: text.to_owned(), cells, role: Role { tone, ..Role::default() }, span: None }
}

/// The role of a block's text before any style.
pub fn base_role(block: &Block) -> Role {
    let in_quote = block.containers.iter().any(|container| matches!(container.kind, ContainerKind::Quote));
    let tone = match &block.kind {
        _ if block.part != Part::Body => Tone::Faint,
        BlockKind::Heading { level } => Tone::Heading(*level),
        BlockKind::Code { .. } => Tone::Code,
        BlockKind::Image { .. } => Tone::Image,
        _ if in_quote => Tone::Quote,
        _ => Tone::Body,
    };
    Role { tone, ..Role::default() }
}

fn with_style(role: Role, style: &Inline) -> Role {
    let toned = |tone| Role { tone, ..role };
    match style {
        Inline::Emphasis => Role { emphasis: true, ..role },
        Inline::Dotted => Role { dotted: true, ..role },
        Inline::Strong => Role { strong: true, ..role },
        Inline::Strikethrough => Role { strikethrough: true, ..role },
        Inline::Marked => Role { marked: true, ..role },
        Inline::Code => toned(Tone::Code),
        Inline::Link { .. } | Inline::Page { .. } => toned(Tone::Link),
        Inline::FootnoteReference { .. } => toned(Tone::Footnote),
        Inline::Image { .. } => toned(Tone::Image),
        Inline::Ruby => toned(Tone::Ruby),
        Inline::Cue(_) => role,
    }
}

/// Puts clusters of one role together.
struct Builder {
    index: usize,
    runs: Vec<Run>,
    /// Whether the last run is of letters that share a row of a column.
    in_pair: bool,
}

impl Builder {
    fn text(&mut self, glyph: &Glyph, role: Role) {
        let text = if glyph.text == "\t" { " " } else { glyph.text };
        let cells = glyph.cells as u16;
        let span = Span::in_block(self.index, glyph.byte, glyph.byte + glyph.text.len());
        let is_pair = glyph.is_half_row();
        let goes_on = std::mem::replace(&mut self.in_pair, is_pair) == is_pair;
        match self.runs.last_mut() {
            Some(run) if goes_on && run.role == role && run.span.is_some_and(|before| before.end == span.start) => {
                run.text.push_str(text);
                run.cells += cells;
                run.span = run.span.map(|before| Span { end: span.end, ..before });
            }
            _ => self.runs.push(Run { text: text.to_owned(), cells, role, span: Some(span) }),
        }
    }

    /// What is in no text; `unit` cells a character.
    fn insert(&mut self, text: &str, unit: u16, role: Role) {
        if !text.is_empty() {
            self.runs.push(Run { text: text.to_owned(), cells: text.len() as u16 * unit, role, span: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::{Layout, Measure};
    use crate::parse::{Hint, parse};
    use std::sync::Arc;

    #[test]
    fn of_many_styles_none_is_passed_over() {
        let source = format!("**茶{}水** 火{}", "[水](a)与`炭`".repeat(200), "*木*、".repeat(200));
        let document = Arc::new(parse(source.as_bytes(), &Hint::named("a.md")));
        let mut layout = Layout::new(document, Measure { columns: 20, ..Measure::default() });
        let first = layout.first();
        let rows = layout.rows(first, 1000);
        let runs = || rows.iter().flat_map(|(_, row)| &row.runs).filter(|run| run.span.is_some());
        let strong: usize = runs().filter(|run| run.role.strong).map(|run| run.text.chars().count()).sum();
        let emphasis: String = runs().filter(|run| run.role.emphasis).map(|run| run.text.as_str()).collect();
        assert_eq!((strong, emphasis), (602, "木".repeat(200)));
    }
}
