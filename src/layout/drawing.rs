//! Rows as text, for tests that look like what they test.

use super::{Layout, Measure};
use crate::document::Document;
use std::sync::Arc;

/// All rows of a document at a measure.
///
/// # Panics
/// If a row is wider than the measure and may not be scrolled sideways, or its cells are counted wrongly.
#[track_caller]
pub fn drawing(document: Document, measure: &Measure) -> String {
    let blocks = document.blocks.len();
    let mut layout = Layout::new(Arc::new(document), measure.clone());
    let mut drawn = String::new();
    for block in 0..blocks {
        for row in layout.block(block) {
            let line: String = row.runs.iter().map(|run| run.text.as_str()).collect();
            assert_eq!(measure.width.text(&line), row.cells() as usize, "cells of {line:?}");
            let room = measure.columns + u16::from(row.hang);
            assert!(row.scrolls || row.cells() <= u32::from(room.max(2)), "wider than the measure: {line:?}");
            drawn.push_str(line.trim_end());
            drawn.push('\n');
        }
    }
    drawn
}
