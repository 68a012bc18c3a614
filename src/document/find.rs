//! Occurrences of a query in what a reader sees of a document.
//!
//! Width is folded away, case unless the query has an upper-case letter; it refuses to match across blocks.

use super::{Document, Scope, Span};
use crate::text::breaks::Cue;
use crate::text::fold::{Folded, Folding};

/// The places at which a query occurs, in reading order.
pub fn find(document: &Document, query: &str, scope: Scope) -> Vec<Span> {
    let folding = Folding { case: !query.chars().any(char::is_uppercase), loose: false };
    // What is not seen is in no text; what was copied elsewhere may hold it.
    let query: String = query.chars().filter(|character| Cue::of(*character).is_none()).collect();
    let needle = Folded::new(&query, folding).text;
    if needle.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, block) in document.shown(scope) {
        let folded = Folded::new(&block.text, folding);
        for (byte, _) in folded.text.match_indices(&needle) {
            let (start, end) = (folded.to_source(byte), folded.to_source(byte + needle.len()));
            found.push(Span::in_block(index, start, end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Scope;
    use super::find;
    use crate::document::{Block, Document};
    use crate::parse::{Hint, parse};
    use crate::text::SafeText;

    #[track_caller]
    fn check(text: &str, query: &str, found: &[&str]) {
        let block = Block { text: SafeText::body(text), ..Block::default() };
        let document = Document { blocks: vec![block], ..Document::default() };
        let spans = find(&document, query, Scope::Article);
        assert_eq!(spans.iter().map(|span| document.text(*span)).collect::<Vec<_>>(), found);
    }

    #[test]
    fn width_and_case_are_folded() {
        check("Ｒｕｓｔ 与 rust 与 RUST", "rust", &["Ｒｕｓｔ", "rust", "RUST"]);
        check("Rust 与 rust", "Rust", &["Rust"]);
        check("一（二）三", "(二)", &["（二）"]);
        check("排版", "字", &[]);
        check("排版", "", &[]);
    }

    #[test]
    fn words_are_found_whatever_is_not_seen_in_them() {
        let source = "An exam\u{ad}ple, or ex<wbr>am\u{2060}ple, 例\u{200b}子。";
        let document = parse(source.as_bytes(), &Hint::named("a.md"));
        for (query, count) in [("example", 2), ("ex\u{ad}ample", 2), ("例子", 1)] {
            assert_eq!(find(&document, query, Scope::Article).len(), count, "{query:?}");
        }
    }
}
