//! Pieces in parts, where the measure asks for it: words in syllables, and what is wider than a line at clusters.
//!
//! It refuses to look at pieces that fit; the parts of one piece last as long as the lines they were made for.

use super::column;
use super::glyphs::{Glyph, Style, glyphs};
use super::hyphenate::Hyphenator;
use super::paragraph::{Break, Builder, Piece, Traits};
use crate::text::Class;
use std::ops::Range;

/// Clusters by which a line that ends in an emergency may be shorter, so that it ends well.
const NEAR: usize = 8;

/// Puts a word's syllables in the place of the piece that holds it, if all of them fit into the columns, with hyphens of
/// some cells; false if not.
pub fn syllabify(
    word: &str,
    piece: &Piece,
    (columns, hyphen): (u32, u32),
    hyphenator: &mut Hyphenator,
    found: &mut Vec<Piece>,
) -> bool {
    // All letters are as wide as a hyphen, so that nothing needs to be counted again.
    let unit = hyphen as usize;
    if !word.is_ascii() || usize::from(piece.cells) != word.len() * unit {
        return false;
    }
    let first = found.len();
    let part = |range: Range<usize>| Piece {
        bytes: range.len() as u16,
        cells: (range.len() * unit) as u16,
        blank: 0,
        space: 0,
        traits: Traits::of_letters(),
        after: Break::Hyphenation,
    };
    found.extend(hyphenator.syllables(word).map(part));
    let fits = found.iter().skip(first).all(|part| u32::from(part.cells) + hyphen <= columns);
    if found.len() < first + 2 || !fits {
        found.truncate(first);
        return false;
    }
    if let Some(last) = found.last_mut() {
        last.take_end_of(piece);
    }
    true
}

/// Splits a piece that is wider than the measure at clusters, keeping closing marks with what they close. Where it parts a
/// word, a hyphen of some cells is shown; with none, nothing.
pub fn split(
    text: &str,
    start: usize,
    piece: &Piece,
    (columns, hyphen): (u32, u32),
    style: Style,
    found: &mut Vec<Piece>,
) {
    let columns = columns.saturating_sub(hyphen).max(1);
    let mut all: Vec<Glyph> = Vec::with_capacity(usize::from(piece.bytes));
    all.extend(glyphs(text, start..start + usize::from(piece.bytes), style));
    let mut parts: Vec<Builder> = Vec::with_capacity(columns as usize);
    let first = found.len();
    let mut from = 0;
    while from < all.len() {
        let mut builder = Builder::default();
        parts.clear();
        for glyph in all.iter().skip(from) {
            let mut longer = builder;
            longer.add(glyph);
            if longer.cells > columns && !parts.is_empty() {
                break;
            }
            builder = longer;
            parts.push(builder);
        }
        // A few clusters fewer, if that keeps a closing mark from the start or an opening one from the end.
        let to = from + parts.len();
        // And no letter alone at the end of all, if it can be helped.
        let to = if to < all.len() && all.len() - to < 3 && to - from > 4 { to - 2 } else { to };
        let near = || (from + 1..=to).rev().take(NEAR);
        let kept = near().find(|at| !parts_badly(text, &all, *at, style.down));
        // Of all that may not be parted, two in one row may least: what follows would stand between rows.
        let kept = kept.or_else(|| near().find(|at| !parts_pair(text, &all, *at, style.down))).unwrap_or(to);
        if let Some(part) = parts.get(kept - from - 1) {
            let gap = all.get(kept).is_some_and(|next| next.gap);
            let after = if hyphen > 0 && parts_word(&all, kept) { Break::Hyphenation } else { Break::Emergency };
            found.push(part.finish(after, gap, style.language));
        }
        from = kept;
    }
    if found.len() == first {
        found.push(*piece);
    } else if let Some(last) = found.last_mut() {
        last.take_end_of(piece);
    }
}

/// Whether a line may not end before a glyph even in an emergency, if there is another way.
fn parts_badly(text: &str, all: &[Glyph], at: usize, down: bool) -> bool {
    let before = |count: usize| at.checked_sub(count).and_then(|before| all.get(before));
    let last = before(1);
    let is_letter =
        |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| matches!(glyph.class, Class::Letter | Class::Digit));
    let starts = all.iter().skip(at).find(|next| next.class != Class::Space).is_some_and(|next| {
        matches!(next.class, Class::Stop | Class::Pause | Class::Closing | Class::LatinClosing | Class::Suffix)
            || matches!(next.class, Class::Connector | Class::Interpunct | Class::Solidus)
            || next.text == "-" && is_letter(last)
            || next.is_reading
            || next.is_hidden
    });
    let ends = last.is_some_and(|last| matches!(last.class, Class::Opening | Class::LatinOpening));
    // A number, with its sign and its decimal point.
    let is_number = all.get(at).is_some_and(|next| next.class == Class::Digit)
        && last.is_some_and(|last| {
            matches!(last.class, Class::Digit | Class::LatinClosing) || last.text == "-" && !is_letter(before(2))
        });
    at < all.len() && (starts || ends || is_number || parts_pair(text, all, at, down))
}

/// Whether a line that ends before a glyph would part a word: two letters, and not those of an address, of which two
/// share a row.
fn parts_word(all: &[Glyph], at: usize) -> bool {
    let is_letter = |glyph: Option<&Glyph>| {
        glyph.is_some_and(|glyph| glyph.cells == 2 && glyph.text.bytes().all(|byte| byte.is_ascii_alphabetic()))
    };
    at.checked_sub(1).is_some_and(|last| is_letter(all.get(last))) && is_letter(all.get(at))
}

/// Whether a line that ends before a glyph would part two that share a row of a column.
fn parts_pair(text: &str, all: &[Glyph], at: usize, down: bool) -> bool {
    down && all.get(at).is_some_and(|next| column::parts_pair(text, next.byte))
}
