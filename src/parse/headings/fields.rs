//! Lines that name something and say it, several on end: what a page knows of what it shows, and no sections.
//!
//! It refuses labels that text follows: those are headings.

use super::Candidate;
use crate::document::{Block, BlockKind};
use crate::parse::line::ends_sentence;
use crate::text::letters::{cells, has_letter};

/// Labels that stand above what they name, which make such a list.
const OPEN: usize = 3;
/// Labels before what they name, on its line.
const PAIRS: usize = 2;
/// Cells of the longest label.
const LABEL: usize = 24;
/// Cells of the longest value.
const VALUE: usize = 60;

/// What a block is in such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `Author:`
    Open,
    /// `Author: Lu`
    Pair,
    Value,
    /// An image or a rule.
    Quiet,
    Other,
}

/// Takes such lines, and the values below labels, out of what was found to be headings.
pub(super) fn leave_out(found: &mut Vec<(usize, u8)>, candidates: &[Candidate], blocks: &[Block]) {
    if found.len() < PAIRS {
        return;
    }
    let mut kinds: Vec<Kind> = blocks.iter().map(kind).collect();
    for candidate in candidates {
        if let Some(kind) = kinds.get_mut(candidate.index).filter(|kind| matches!(kind, Kind::Value | Kind::Other)) {
            *kind = of_candidate(candidate, *kind);
        }
    }
    let mut out: Vec<usize> = Vec::new();
    let mut start = 0;
    while start < kinds.len() {
        let rest = kinds.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|kind| **kind != Kind::Other).count();
        let run = rest.get(..length).unwrap_or_default();
        let count = |wanted: Kind| run.iter().filter(|kind| **kind == wanted).count();
        let labels = count(Kind::Open) + count(Kind::Pair);
        // What has more below each is a list.
        let is_told = count(Kind::Value) <= 2 * labels;
        if is_told && (labels >= OPEN && count(Kind::Open) > 0 || count(Kind::Pair) >= PAIRS) {
            let mut is_value = false;
            for (index, kind) in run.iter().enumerate() {
                if matches!(kind, Kind::Open | Kind::Pair) || is_value && *kind == Kind::Value {
                    out.push(start + index);
                }
                is_value = *kind == Kind::Open || is_value && *kind == Kind::Quiet;
            }
        }
        start += length + 1;
    }
    found.retain(|(index, _)| out.binary_search(index).is_err());
}

fn kind(block: &Block) -> Kind {
    let text = block.text.trim();
    match block.kind {
        BlockKind::Image { .. } | BlockKind::Rule => Kind::Quiet,
        BlockKind::Paragraph if is_label(text.trim_end_matches([':', '：'])) && text.ends_with([':', '：']) => {
            Kind::Open
        }
        BlockKind::Paragraph if block.containers.is_empty() && cells(text) <= VALUE && !ends_sentence(text) => {
            Kind::Value
        }
        _ => Kind::Other,
    }
}

fn of_candidate(candidate: &Candidate, kind: Kind) -> Kind {
    let look = &candidate.look;
    if look.number.is_some() || candidate.is_name || candidate.is_like_name {
        return kind;
    }
    let Some((label, value)) = look.text.split_once([':', '：']) else { return kind };
    match () {
        () if !is_label(label) => kind,
        () if !has_letter(value) => Kind::Open,
        () if cells(value) <= VALUE => Kind::Pair,
        () => kind,
    }
}

fn is_label(text: &str) -> bool {
    (1..=LABEL).contains(&cells(text)) && has_letter(text)
}
