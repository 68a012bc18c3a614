//! Bold lines that converters left in the paragraph they stand above or below: `**The water**`, a hard break, the text.
//!
//! It refuses a bold line that is the only one of its kind, and names of those who speak: emphasis and interviews.

use super::look;
use crate::document::{Block, BlockKind, Inline, LineRange, Styled};
use crate::parse::inlines::parting::Parting;
use crate::text::SafeText;
use crate::text::letters::{cells, has_letter};
use std::ops::Range;
use std::sync::Arc;

/// Cells of the longest such line.
const WIDEST: usize = 60;
/// Cells of the text beside it.
const TEXT: usize = 32;
/// Such lines that a text must have.
const SEVERAL: usize = 2;

/// Makes such lines paragraphs of their own.
pub fn lines(blocks: &mut Vec<Block>) {
    let found: Vec<(usize, Vec<Range<usize>>)> =
        blocks.iter().enumerate().filter_map(|(index, block)| Some((index, pieces(block)?))).collect();
    if found.len() < SEVERAL {
        return;
    }
    let mut found = found.into_iter().peekable();
    let whole = std::mem::take(blocks);
    for (index, block) in whole.into_iter().enumerate() {
        match found.next_if(|(found, _)| *found == index) {
            Some((_, pieces)) => blocks.extend(parts(&block, &pieces)),
            None => blocks.push(block),
        }
    }
}

/// The bytes of the bold lines in a paragraph and of the texts they share it with; none if there are no such lines.
fn pieces(block: &Block) -> Option<Vec<Range<usize>>> {
    let could_be = block.kind == BlockKind::Paragraph && !block.styles.is_empty() && block.containers.is_empty();
    if !could_be || !block.styles.iter().any(|styled| styled.style == Inline::Strong) || !block.text.contains('\n') {
        return None;
    }
    let mut pieces: Vec<(Range<usize>, bool)> = Vec::new();
    let mut parting = Parting::new(&block.styles);
    let mut at = 0;
    for line in block.text.split('\n') {
        let range = at..at + line.len();
        at = range.end + 1;
        let is_title = could_be_title(line) && is_bold(line, &parting.inside(range.clone()));
        match pieces.last_mut() {
            Some((last, false)) if !is_title => last.end = range.end,
            // Bold lines on end are no titles.
            Some((_, true)) if is_title => return None,
            _ => pieces.push((range, is_title)),
        }
    }
    let text: usize = pieces
        .iter()
        .filter(|(_, is_title)| !is_title)
        .filter_map(|(range, _)| block.text.get(range.clone()))
        .map(cells)
        .sum();
    let has_title = pieces.iter().any(|(_, is_title)| *is_title);
    (has_title && text >= TEXT).then(|| pieces.into_iter().map(|(range, _)| range).collect())
}

fn could_be_title(line: &str) -> bool {
    let line = line.trim();
    (4..=WIDEST).contains(&cells(line)) && has_letter(line) && !look::is_sentence(line) && !line.ends_with(['：', ':'])
}

/// Whether every letter of a line is strong.
fn is_bold(line: &str, styles: &[Styled]) -> bool {
    let mut at = 0;
    for styled in styles.iter().filter(|styled| styled.style == Inline::Strong) {
        let (start, end) = (styled.range.start as usize, styled.range.end as usize);
        if start > at && line.get(at..start).is_some_and(has_letter) {
            return false;
        }
        at = at.max(end);
    }
    at > 0 && !line.get(at..).is_some_and(has_letter)
}

/// A paragraph in pieces.
fn parts(block: &Block, pieces: &[Range<usize>]) -> Vec<Block> {
    let mut parting = Parting::new(&block.styles);
    let mut line = block.lines.first;
    let part = |range: &Range<usize>| {
        let text = block.text.get(range.clone()).unwrap_or_default();
        let styles = parting.inside(range.clone());
        let first = line.min(block.lines.last);
        let last =
            if range.end == block.text.len() { block.lines.last } else { line + text.matches('\n').count() as u32 };
        line = last + 1;
        let lines = LineRange { first, last: last.clamp(first, block.lines.last) };
        // No piece takes a copy of the whole text.
        let (kind, containers) = (block.kind.clone(), Arc::clone(&block.containers));
        Block {
            text: SafeText::body(text),
            styles,
            lines,
            kind,
            containers,
            language: block.language,
            part: block.part,
            names: Box::default(),
        }
    };
    let mut parts: Vec<Block> = pieces.iter().map(part).collect();
    if let Some(first) = parts.first_mut() {
        first.add_names(block.names.iter().cloned());
    }
    parts
}
