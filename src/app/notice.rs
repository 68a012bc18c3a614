//! A line that tells the reader something, until the next key or for as long as it stays true.

use crate::text::SafeText;

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

    /// Something that went wrong.
    pub fn problem(text: &str) -> Self {
        Self { is_problem: true, ..Self::new(text) }
    }
}
