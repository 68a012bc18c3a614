//! A cursor over rows that may be filtered: what the list, the outline and the bookmarks have in common.

use crate::text::fold::fold;

/// A list with a cursor. It knows how many rows there are and which are shown, not what they are.
#[derive(Debug, Clone, Default)]
pub struct ListPane {
    /// The rows shown, as indices of the whole.
    pub shown: Vec<usize>,
    /// The cursor, as an index of `shown`.
    pub cursor: usize,
    /// The first row on the screen, as an index of `shown`.
    pub top: usize,
    /// The filter; empty for none.
    pub filter: String,
    /// The first row to come back to after other sizes of the window.
    kept: usize,
}

impl ListPane {
    /// Shows the rows whose words hold the filter, keeping the cursor on the same row if it is still there.
    pub fn refresh(&mut self, rows: &[String]) {
        let words: Vec<String> = self.filter.split_whitespace().map(|word| fold(word).text).collect();
        let holds = |row: &String| {
            let row = fold(row).text;
            words.iter().all(|word| row.contains(word.as_str()))
        };
        self.show(rows.len(), |index| words.is_empty() || rows.get(index).is_some_and(holds));
    }

    /// Shows those of some rows that a test accepts, keeping the cursor on the same row if it is still there.
    pub fn show(&mut self, rows: usize, accepts: impl Fn(usize) -> bool) {
        let selected = self.selected();
        self.shown = (0..rows).filter(|row| accepts(*row)).collect();
        self.cursor = selected.and_then(|row| self.shown.iter().position(|shown| *shown == row)).unwrap_or_default();
    }

    /// The row under the cursor, as an index of the whole.
    pub fn selected(&self) -> Option<usize> {
        self.shown.get(self.cursor).copied()
    }

    /// Puts the cursor on a row of the whole.
    pub fn select(&mut self, row: usize) {
        self.cursor = self.shown.iter().rposition(|shown| *shown <= row).unwrap_or_default();
    }

    /// Moves the cursor.
    pub fn step(&mut self, rows: isize) {
        self.cursor = self.cursor.saturating_add_signed(rows).min(self.shown.len().saturating_sub(1));
    }

    /// Makes the first row the one that other sizes of the window start from.
    pub fn keep(&mut self) {
        self.kept = self.top;
    }

    /// Keeps the cursor on the screen, moving the rows that were kept as little as can be.
    pub fn settle(&mut self, height: usize) {
        let height = height.max(1);
        self.top = self.kept.min(self.cursor).max((self.cursor + 1).saturating_sub(height));
        self.top = self.top.min(self.shown.len().saturating_sub(height));
    }
}
