//! Where a long text may be parted, so that the tree of one stretch at a time is in memory.
//!
//! It refuses to part what could be one block, and texts whose links are defined elsewhere in them.

use comrak::nodes::{Node, NodeValue};
use memchr::memmem;

/// Bytes of a stretch at least.
pub const STRETCH: usize = 64 << 10;

/// Whether every block of a text can be read by itself: no definition of a link or footnote stands in it.
pub fn can_be_parted(text: &str) -> bool {
    memmem::find(text.as_bytes(), b"]:").is_none()
}

/// The end of the stretch that a text begins with, and that has some bytes at least: after a blank line, before a line
/// that begins with a letter or a heading's mark, which is in no container.
pub fn end(text: &str, least: usize) -> usize {
    let rest = text.as_bytes().get(least..).unwrap_or_default();
    let mut ends = memmem::find_iter(rest, b"\n\n").map(|found| least + found + 2);
    let begins_block =
        |end: &usize| text.get(*end..).is_some_and(|rest| rest.starts_with(|c: char| c == '#' || c.is_alphabetic()));
    ends.find(begins_block).unwrap_or(text.len())
}

/// Whether the last block of a stretch goes on behind blank lines: a fence that is not closed, a page's comment.
pub fn is_open(root: Node<'_>) -> bool {
    root.last_child().is_some_and(|last| match &last.data().value {
        NodeValue::CodeBlock(code) => code.fenced && !code.closed,
        NodeValue::HtmlBlock(html) => html.block_type <= 5,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::document::Block;
    use crate::parse::markdown::parted;
    use proptest::prelude::{Strategy, proptest};

    /// The blocks but for their last lines: those of the last block may count blank lines after it.
    fn blocks(text: &str, least: usize) -> Vec<Block> {
        let mut blocks = parted(text, 7, least);
        for block in &mut blocks {
            block.lines.last = block.lines.first;
        }
        blocks
    }

    #[track_caller]
    fn check(text: &str) {
        assert_eq!(blocks(text, 1), blocks(text, usize::MAX), "{text}");
    }

    #[test]
    fn what_goes_on_is_not_parted() {
        check("```\na\n\nb\n\nc\n```\n\nd\n");
        check("<!-- a\n\nb -->\n\nc\n\nd\n");
        check("- a\n\n  b\n\n- c\n\nd\n\n1. e\n\n# f\n\n    g\n\nh\n");
        check("#\n\na\n\nb\n===\n\n> c\n\nd\n");
    }

    proptest! {
        #[test]
        fn any_text_is_the_same_in_stretches(text in proptest::collection::vec(proptest::sample::select(vec![
            "a", "茶", "\n", "\n\n", "# ", "- ", "1. ", "> ", "    ", "```", "~~~", "<!--", "-->", "<div>", "<pre>", "</pre>", "|", "|-|\n", "---", "===",
            "[a](b)", "**", "`", "![a](b)", "\\",
        ]), 0..40).prop_map(|pieces| pieces.concat())) {
            check(&text);
        }
    }
}
