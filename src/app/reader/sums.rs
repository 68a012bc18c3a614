//! What the status line says in numbers that take a walk through the text: added up when something happens, not in
//! every drawing.

use super::Reader;
use crate::document::{Scope, Span};

/// The numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    /// Lines of the file that are not shown, once they were asked for.
    hidden: Option<usize>,
    /// What is selected, and its characters.
    selected: Option<(Span, usize)>,
}

impl Reader {
    /// Brings the numbers up to date; what is hidden is of interest at the end.
    pub fn sum_up(&mut self, is_end: bool) {
        if is_end && self.sums.hidden.is_none() {
            self.sums.hidden = Some(self.document.hidden_lines());
        }
        let span = self.selection.map(|selection| selection.span());
        if span != self.sums.selected.map(|(span, _)| span) {
            let count = |span| self.document.words(span).chars().filter(|character| !character.is_whitespace()).count();
            self.sums.selected = span.map(|span| (span, count(span)));
        }
    }

    /// Lines of the file that are not shown, as far as that was of interest.
    pub fn hidden_lines(&self) -> usize {
        if self.measure().scope == Scope::File { 0 } else { self.sums.hidden.unwrap_or_default() }
    }

    /// Characters that are selected.
    pub fn selected(&self) -> usize {
        self.sums.selected.map_or(0, |(_, count)| count)
    }
}
