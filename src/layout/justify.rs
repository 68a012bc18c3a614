//! Gentle justification: a short gap at a line's end is filled with single cells where they are hardly seen.
//!
//! CLREQ 3.1.6.3 names the places and their order: Latin word spaces, then gaps between scripts, then after marks, whose
//! right half is blank anyway; between Han characters never. It refuses gaps of more than three cells, and gaps that it
//! cannot fill: a line half filled is not straight either.

use super::glyphs::Glyph;
use crate::text::Class;

/// Cells of the widest gap that is filled.
const WIDEST: usize = 3;

/// The bytes of the glyphs before which a cell is added, ascending, so that a gap of some cells is filled.
pub fn places(glyphs: &[Glyph], gap: usize) -> Vec<usize> {
    let mut chosen = Vec::new();
    if gap == 0 || gap > WIDEST {
        return chosen;
    }
    for fits in [after_space, between_scripts, after_mark] {
        let fitting: Vec<usize> =
            glyphs.windows(2).filter(|pair| fits(&pair[0], &pair[1])).map(|pair| pair[1].byte).collect();
        let wanted = (gap - chosen.len()).min(fitting.len());
        // Spread over the line.
        chosen.extend((0..wanted).filter_map(|index| fitting.get((2 * index + 1) * fitting.len() / (2 * wanted))));
        if chosen.len() == gap {
            chosen.sort_unstable();
            return chosen;
        }
    }
    Vec::new()
}

fn after_space(left: &Glyph, right: &Glyph) -> bool {
    left.class == Class::Space && left.cells == 1 && right.class != Class::Space
}

fn between_scripts(_: &Glyph, right: &Glyph) -> bool {
    right.gap
}

fn after_mark(left: &Glyph, right: &Glyph) -> bool {
    let is_mark = |class| matches!(class, Class::Stop | Class::Pause | Class::Closing);
    matches!(left.class, Class::Stop | Class::Pause) && left.cells == 2 && !is_mark(right.class) && !right.gap
}
