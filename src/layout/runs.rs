//! From the bytes of a line to its runs: styles become roles, gaps between scripts become inserted cells.
//!
//! Styles are ranges of the text and never make pieces, so that markup cannot change where lines break.

use super::line::{Role, Run, Tone};
use super::paragraph::Style;
use crate::document::{Block, BlockKind, ContainerKind, Inline, Part, Span};
use crate::text::clusters;
use crate::text::spacing::needs_gap;
use std::ops::Range;

/// The runs of a line of a block.
pub fn runs(block: &Block, index: usize, line: Range<usize>, style: Style) -> Vec<Run> {
    let base = base_role(block);
    let mut builder = Builder { index, runs: Vec::new() };
    let mut before = None;
    let text = block.text.get(line.clone()).unwrap_or_default();
    let styled: Vec<_> = block
        .styles
        .iter()
        .filter(|styled| (styled.range.start as usize) < line.end && (styled.range.end as usize) > line.start)
        .collect();
    for cluster in clusters(text, style.width) {
        let byte = line.start + cluster.byte;
        let role = styled
            .iter()
            .filter(|styled| styled.range.contains(&(byte as u32)))
            .fold(base, |role, styled| with_style(role, &styled.style));
        if style.gaps && before.is_some_and(|before| needs_gap(before, cluster.class)) {
            builder.insert(" ", 1, role);
        }
        let shown = if cluster.text == "\t" { " " } else { cluster.text };
        let cells = if cluster.text == "\t" { 1 } else { u16::from(cluster.cells) };
        builder.text(shown, cells, role, byte..byte + cluster.text.len());
        before = Some(cluster.class);
    }
    builder.runs
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
        Inline::Strong => Role { strong: true, ..role },
        Inline::Strikethrough => Role { strikethrough: true, ..role },
        Inline::Marked => Role { marked: true, ..role },
        Inline::Code => toned(Tone::Code),
        Inline::Link { .. } => toned(Tone::Link),
        Inline::FootnoteReference { .. } => toned(Tone::Footnote),
        Inline::Image { .. } => toned(Tone::Image),
        Inline::Ruby => toned(Tone::Ruby),
    }
}

/// Puts clusters of one role together.
struct Builder {
    index: usize,
    runs: Vec<Run>,
}

impl Builder {
    fn text(&mut self, text: &str, cells: u16, role: Role, bytes: Range<usize>) {
        let span = Span::in_block(self.index, bytes.start, bytes.end);
        match self.runs.last_mut() {
            Some(run) if run.role == role && run.span.is_some_and(|before| before.end == span.start) => {
                run.text.push_str(text);
                run.cells += cells;
                run.span = run.span.map(|before| Span { end: span.end, ..before });
            }
            _ => self.runs.push(Run { text: text.to_owned(), cells, role, span: Some(span) }),
        }
    }

    fn insert(&mut self, text: &str, cells: u16, role: Role) {
        self.runs.push(Run { text: text.to_owned(), cells, role, span: None });
    }
}
