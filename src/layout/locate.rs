//! From a place in the text to a column of its row, and back.
//!
//! It counts cells as the row was laid out; inserted cells (markers, gaps) belong to the text next to them.

use super::line::Row;
use crate::document::{Position, Span};
use crate::text::{WidthPolicy, clusters};

/// The column at which the cluster at a place begins; none if the row does not show it.
pub fn column(row: &Row, place: Position, width: WidthPolicy) -> Option<u32> {
    let mut column = 0_u32;
    for run in &row.runs {
        if let Some(span) = run.span.filter(|span| span.contains(place)) {
            if run.is_tab() {
                return Some(column);
            }
            let inside = (place.byte - span.start.byte) as usize;
            let before = clusters(&run.text, width).take_while(|cluster| cluster.byte + cluster.text.len() <= inside);
            return Some(before.map(|cluster| u32::from(cluster.cells)).fold(column, u32::saturating_add));
        }
        column = column.saturating_add(u32::from(run.cells));
    }
    None
}

/// The cluster shown at a column: before the text its first cluster, after it the last, and at inserted cells the one
/// that follows. None if the row shows no text.
pub fn cluster_at(row: &Row, at: u32, width: WidthPolicy) -> Option<Span> {
    let mut column = 0_u32;
    let mut last = None;
    for run in &row.runs {
        let end = column.saturating_add(u32::from(run.cells));
        if let Some(span) = run.span.filter(|_| run.is_tab()) {
            if end > at {
                return Some(span);
            }
            last = Some(span);
        } else if let Some(span) = run.span {
            for cluster in clusters(&run.text, width) {
                column = column.saturating_add(u32::from(cluster.cells));
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
    use crate::document::{Block, BlockKind, Document, Position};
    use crate::layout::code::Reach;
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
        let found: Vec<String> = (0..columns.len() as u32)
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
    fn a_tab_is_one_character_of_code() {
        let text = "\ta\t中b";
        let kind = BlockKind::Code { info: SafeText::default() };
        let block = Block { kind, text: SafeText::body(text), ..Block::default() };
        let document = Arc::new(Document { blocks: vec![block], ..Document::default() });
        let mut layout = Layout::new(Arc::clone(&document), Measure { columns: 30, ..Measure::default() });
        let row = layout.block(0)[0].clone();
        let width = WidthPolicy::default();
        for ((byte, character), expected) in text.char_indices().zip([0, 4, 5, 8, 10]) {
            let place = Position { block: 0, byte: byte as u32 };
            let at = column(&row, place, width).unwrap();
            assert_eq!(at, expected, "{character:?}");
            assert_eq!(document.text(cluster_at(&row, at, width).unwrap()), character.to_string());
        }
        assert_eq!(document.text(cluster_at(&row, 7, width).unwrap()), "\t");
    }

    #[test]
    fn of_a_long_line_of_code_only_what_is_seen_is_made() {
        let text = "中文 and code ".repeat(100_000);
        let kind = BlockKind::Code { info: SafeText::default() };
        let block = Block { kind, text: SafeText::body(&text), ..Block::default() };
        let document = Arc::new(Document { blocks: vec![block], ..Document::default() });
        let mut layout = Layout::new(document, Measure { columns: 30, ..Measure::default() });
        let first = layout.first();
        let (_, row) = layout.rows(first, 1).remove(0);
        assert!(row.scrolls && row.cells() < 5000);
        let place = Position { block: 0, byte: text.len() as u32 - 1 };
        assert!(row.span.unwrap().contains(place));
        assert_eq!(column(&row, place, WidthPolicy::default()), None);
        assert_eq!(layout.locate(place).row, 0);
        let (_, scrolled) = layout.rows_up_to(first, 1, |_| Reach::Cells(9000)).remove(0);
        assert!((9000..9100).contains(&scrolled.cells()));
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
