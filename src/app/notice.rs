//! A line that tells the reader something, until the next key or for as long as it stays true.

use super::setting::set;
use crate::text::{SafeText, WidthPolicy};

/// Rows that a notice takes at most.
const ROWS: usize = 4;

/// A notice in the status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: SafeText,
    /// Whether it is about something that went wrong.
    pub is_problem: bool,
}

impl Notice {
    /// Something to know.
    pub fn new(text: &str) -> Self {
        Self { text: SafeText::line(text), is_problem: false }
    }

    /// What it says as rows of some cells, as many as it needs within reason.
    pub fn rows(&self, columns: u16, width: WidthPolicy) -> Vec<String> {
        let mut rows = set(&self.text, columns, width);
        if rows.len() > ROWS {
            rows.truncate(ROWS);
            // What is left out is not left out silently.
            let last = rows.pop().map(|last| last + " …");
            rows.extend(last);
        }
        rows
    }

    /// Something that went wrong.
    pub fn problem(text: &str) -> Self {
        Self { is_problem: true, ..Self::new(text) }
    }
}
