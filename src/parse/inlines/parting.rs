//! The styles of a text, handed out to the pieces that it is parted into, from the first on.
//!
//! It refuses to look at a style again that ended before a piece: a text may have as many pieces as styles.

use crate::document::Styled;
use std::ops::Range;

/// Hands out styles.
#[derive(Debug)]
pub struct Parting<'a> {
    /// By where they begin.
    styles: Vec<&'a Styled>,
    /// How many of them were begun.
    begun: usize,
    /// Of these, those that did not end before the last piece.
    open: Vec<&'a Styled>,
}

impl<'a> Parting<'a> {
    /// Nothing is handed out yet.
    pub fn new(styles: &'a [Styled]) -> Self {
        let mut styles: Vec<&Styled> = styles.iter().collect();
        styles.sort_by_key(|styled| styled.range.start);
        Self { styles, begun: 0, open: Vec::new() }
    }

    /// The styles of the piece in some bytes, as it has them when it stands alone. No piece begins before one that was
    /// asked for earlier.
    pub fn inside(&mut self, piece: Range<usize>) -> Vec<Styled> {
        let (start, end) = (piece.start as u32, piece.end as u32);
        let ahead = self.styles.get(self.begun..).unwrap_or_default();
        let begins = ahead.partition_point(|styled| styled.range.start < end);
        self.open.extend(ahead.iter().take(begins));
        self.begun += begins;
        self.open.retain(|styled| styled.range.end > start);
        let here = self.open.iter().filter(|styled| styled.range.start.max(start) < styled.range.end.min(end));
        let cut = |styled: &&Styled| Styled {
            range: styled.range.start.max(start) - start..styled.range.end.min(end) - start,
            style: styled.style.clone(),
        };
        here.map(cut).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Parting;
    use crate::document::{Inline, Styled};
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn a_piece_has_the_styles_that_reach_into_it(
            ranges in vec((0_u32..40, 1_u32..20), 0..12),
            lengths in vec(0_usize..9, 0..9),
        ) {
            let styles: Vec<Styled> = ranges
                .iter()
                .map(|(start, length)| Styled { range: *start..start + length, style: Inline::Strong })
                .collect();
            let mut parting = Parting::new(&styles);
            let mut start = 0;
            for length in lengths {
                let piece = start..start + length;
                let mut expected: Vec<_> = styles
                    .iter()
                    .map(|styled| styled.range.start.max(start as u32)..styled.range.end.min(piece.end as u32))
                    .filter(|range| range.start < range.end)
                    .map(|range| (range.start - start as u32, range.end - start as u32))
                    .collect();
                let mut found: Vec<_> =
                    parting.inside(piece.clone()).iter().map(|styled| (styled.range.start, styled.range.end)).collect();
                expected.sort_unstable();
                found.sort_unstable();
                prop_assert_eq!(found, expected);
                start = piece.end + 1;
            }
        }
    }
}
