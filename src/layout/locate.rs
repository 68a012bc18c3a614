//! From a place in the text to a column of its row, and back.
//!
//! It counts cells as the row was laid out; inserted cells (markers, gaps) belong to the text next to them.

use super::line::Row;
use crate::document::{Position, Span};
use crate::text::{WidthPolicy, clusters};

/// The column at which the cluster at a place begins; none if the row does not show it.
pub fn column(row: &Row, place: Position, width: WidthPolicy) -> Option<u16> {
    let mut column = 0_u16;
    for run in &row.runs {
        if let Some(span) = run.span.filter(|span| span.contains(place)) {
            let inside = (place.byte - span.start.byte) as usize;
            let before = clusters(&run.text, width).take_while(|cluster| cluster.byte + cluster.text.len() <= inside);
            return Some(column + before.map(|cluster| u16::from(cluster.cells)).sum::<u16>());
        }
        column = column.saturating_add(run.cells);
    }
    None
}

/// The cluster shown at a column: before the text its first cluster, after it the last, and at inserted cells the one
/// that follows. None if the row shows no text.
pub fn cluster_at(row: &Row, at: u16, width: WidthPolicy) -> Option<Span> {
    let mut column = 0_u16;
    let mut last = None;
    for run in &row.runs {
        let end = column.saturating_add(run.cells);
        if let Some(span) = run.span {
            for cluster in clusters(&run.text, width) {
                column = column.saturating_add(u16::from(cluster.cells));
                let start = Position { byte: span.start.byte + cluster.byte as u32, ..span.start };
                let shown = Span { start, end: Position { byte: start.byte + cluster.text.len() as u32, ..start } };
                if column > at {
                    return Some(shown);
                }
                last = Some(shown);
            }
        }
        column = end;
    }
    last
}

#[cfg(test)]
mod tests {
    use super::{cluster_at, column};
    use crate::document::{Block, Document, Position};
    use crate::layout::{Layout, Measure};
    use crate::text::{SafeText, WidthPolicy};
    use std::sync::Arc;

    /// Checks what stands at each column of the first row of a text.
    #[track_caller]
    fn check(text: &str, columns: &[&str]) {
        let block = Block { text: SafeText::body(text), ..Block::default() };
        let document = Arc::new(Document { blocks: vec![block], ..Document::default() });
        let mut layout = Layout::new(Arc::clone(&document), Measure { columns: 20, ..Measure::default() });
        let row = layout.block(0)[0].clone();
        let width = WidthPolicy::default();
        let found: Vec<String> = (0..columns.len() as u16)
            .map(|at| cluster_at(&row, at, width).map(|span| document.text(span)).unwrap_or_default())
            .collect();
        assert_eq!(found, columns);
    }

    #[test]
    fn clusters_under_columns() {
        check("中文ab", &["中", "中", "文", "文", "a", "a", "b", "b"]);
        check("é1️⃣x", &["é", "1️⃣", "1️⃣", "x", "x"]);
    }

    #[test]
    fn places_and_columns_agree() {
        let block = Block { text: SafeText::body("用 Rust写的，“引号”。"), ..Block::default() };
        let document = Arc::new(Document { blocks: vec![block.clone()], ..Document::default() });
        let mut layout = Layout::new(document, Measure { columns: 40, ..Measure::default() });
        let row = layout.block(0)[0].clone();
        let width = WidthPolicy::default();
        for (byte, _) in block.text.char_indices() {
            let place = Position { block: 0, byte: byte as u32 };
            let at = column(&row, place, width).unwrap();
            assert_eq!(cluster_at(&row, at, width).unwrap().start, place, "byte {byte}");
        }
    }
}
