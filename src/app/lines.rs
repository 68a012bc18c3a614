//! The interface's own words in lines, set by the rules that articles are set by.
//!
//! It refuses to set anything that is to be read letter by letter: gaps between scripts are shown.

use crate::document::{Block, Document};
use crate::layout::{Layout, Measure};
use crate::text::language::Evidence;
use crate::text::{SafeText, WidthPolicy};
use std::sync::Arc;

/// A text as lines of some cells.
pub fn set(text: &str, columns: u16, width: WidthPolicy) -> Vec<String> {
    let language = Evidence::of(text).language();
    let block = Block { text: SafeText::body(text), language, ..Block::default() };
    let document = Document { blocks: vec![block], language, ..Document::default() };
    let measure = Measure { columns: columns.max(1), overhang: 0, width, ..Measure::default() };
    let rows = Layout::new(Arc::new(document), measure).block(0);
    rows.iter().map(|row| row.runs.iter().map(|run| run.text.as_str()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::set;
    use crate::text::WidthPolicy;

    #[test]
    fn lines_begin_and_end_as_in_an_article() {
        let lines = set("Enter continues “从毕昇到终端：一枚泥字的重量”，at 10 %", 24, WidthPolicy::default());
        insta::assert_snapshot!(lines.join("\n"), @"
        Enter continues “从毕昇
        到终端：一枚泥字的重
        量”，at 10 %
        ");
        assert_eq!(set("", 10, WidthPolicy::default()).concat(), "");
    }
}
