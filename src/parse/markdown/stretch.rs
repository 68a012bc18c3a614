//! Where a long text may be parted, so that the tree of one stretch at a time is in memory.
//!
//! It refuses to say whether a stretch may end there: that is for its tree (`seam`). It never parts texts whose links
//! are defined elsewhere in them.

use super::marks::{is_heading, is_item};
use memchr::{memchr_iter, memmem, memrchr};

/// Bytes of a stretch at least.
pub const STRETCH: usize = 64 << 10;
/// Columns of a table that is wide: its rows may be short, every one has all its cells in the tree.
const WIDE: usize = 8;
/// Cells of a wide table in one stretch.
const CELLS: usize = 64 << 10;

/// Definitions that a text has which was made by a program, against readers: it is parted nonetheless, and what is
/// defined in another stretch is shown as it is written.
const DEFINITIONS: usize = 16 << 10;

/// Whether every block of a text can be read by itself: no definition of a link or footnote stands in it, or so many
/// that nobody wrote them.
pub fn can_be_parted(text: &str) -> bool {
    let mut definitions = definitions(text);
    definitions.next().is_none() || definitions.nth(DEFINITIONS).is_some()
}

/// Where a text seems to define links or footnotes.
fn definitions(text: &str) -> impl Iterator<Item = usize> {
    memmem::find_iter(text.as_bytes(), b"]:").filter(|found| {
        let found = *found;
        let line = text.get(..found).unwrap_or_default();
        let line = memrchr(b'\n', line.as_bytes()).map_or(line, |end| line.get(end + 1..).unwrap_or_default());
        // A label stands at the start of a block (CommonMark 4.7), and may begin on a line before.
        let before = line.rfind('[').map_or("", |label| line.get(..label).unwrap_or_default());
        !before.contains(|c: char| c.is_alphabetic() || c == '[')
    })
}

/// The end of the stretch that a text begins with, and that has some bytes at least: after a blank line before what is
/// in no container, if there is such a place nearby, else at a line's end where a block may begin or go on.
pub fn end(text: &str, least: usize) -> usize {
    let bytes = text.as_bytes();
    let from = least.saturating_sub(1).min(bytes.len());
    let mut weak = None;
    for found in memchr_iter(b'\n', bytes.get(from..).unwrap_or_default()) {
        let end = from + found + 1;
        let Some(next) = text.get(end..).filter(|next| !next.is_empty()) else { break };
        let is_blank = bytes.get(..end - 1).is_none_or(|before| before.is_empty() || before.ends_with(b"\n"));
        let is_at_start = !next.starts_with([' ', '\t', '\n']);
        if is_heading(next) || is_blank && is_at_start && !is_item(next) {
            return end;
        }
        weak = weak.or(is_at_start.then_some(end));
        if weak.is_some() && end > 2 * least {
            break;
        }
    }
    weak.unwrap_or(text.len())
}

/// The end of the stretch if a wide table is in it, so that not too many of its rows are; `columns` are those of the
/// table that a text is in the middle of.
pub fn end_of_rows(text: &str, end: usize, columns: Option<usize>) -> Option<usize> {
    let mut room = columns.filter(|columns| *columns >= WIDE).map(|columns| (CELLS / columns).max(1));
    // A line that is twice as long as a piece holds a whole one, wherever it begins.
    let mut pieces = text.as_bytes().get(..end.min(text.len()))?.chunks_exact(WIDE);
    if room.is_none() && !pieces.any(|piece| piece.iter().all(|byte| is_of_delimiter(*byte))) {
        return None;
    }
    let mut start = 0;
    for line_end in memchr_iter(b'\n', text.as_bytes()) {
        if line_end >= end {
            break;
        }
        let line = text.get(start..line_end).unwrap_or_default();
        start = line_end + 1;
        room = room.map(|room| room - 1);
        if room == Some(0) {
            return Some(start);
        }
        if line.len() >= 2 * WIDE && is_delimiter(line) {
            let columns = memchr_iter(b'|', line.as_bytes()).count();
            room = (columns >= WIDE).then_some((CELLS / columns.max(1)).max(1));
        }
    }
    None
}

/// Whether a line can be the one below a table's header.
pub fn is_delimiter(line: &str) -> bool {
    line.bytes().all(is_of_delimiter) && line.contains('-')
}

fn is_of_delimiter(byte: u8) -> bool {
    matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t' | 0x0b | 0x0c | b'>')
}

#[cfg(test)]
mod tests {
    use super::{CELLS, STRETCH, can_be_parted, end_of_rows};
    use crate::document::Block;
    use crate::parse::markdown::parted;
    use proptest::prelude::{Strategy, proptest};

    /// The blocks but for their last lines: those of the last block may count blank lines after it.
    fn blocks(text: &str, least: usize) -> Vec<Block> {
        let mut blocks = parted(text, 7, least, false).0;
        for block in &mut blocks {
            block.lines.last = block.lines.first;
        }
        blocks
    }

    #[track_caller]
    fn check(text: &str) {
        for least in [1, 8] {
            assert_eq!(blocks(text, least), blocks(text, usize::MAX), "{least}: {text}");
        }
    }

    #[test]
    fn what_goes_on_is_not_parted() {
        check("```\na\n\nb\n\nc\n```\n\nd\n");
        check("<!-- a\n\nb -->\n\nc\n\nd\n");
        check("- a\n\n  b\n\n- c\n\nd\n\n1. e\n\n# f\n\n    g\n\nh\n");
        check("#\n\na\n\nb\n===\n\n> c\n\nd\n");
    }

    #[test]
    fn lists_paragraphs_and_tables_go_on() {
        check("8. a\n9. b\n10. c\n\n11. d\n- e\n- f\n  - g\n- h\n");
        check("茶\n*水*\n火  \n土\n**金\n木**\n> a\nb\n> - c\nd\n> e\n");
        check("- a\nb\n  - c\nd\n\n- e\n");
        check("|a|b|\n|-|-|\n|c|\n|d|e|\nf\n# g\n|a\n|-\n|b\n\nc\n");
    }

    #[test]
    fn few_rows_of_a_wide_table_are_read_at_a_time() {
        let columns = 640;
        let rows = |count: usize| {
            let rows = (0..count).map(|row| format!("|{row}\n")).collect::<String>();
            format!("a\n\n{}\n{}\n{rows}\nb\n", "|a".repeat(columns), "|-".repeat(columns))
        };
        assert_eq!(end_of_rows(&rows(90), usize::MAX, None), None);
        let text = rows(400);
        let end = end_of_rows(&text, text.len(), None).unwrap_or_default();
        assert!(text.get(end..).unwrap_or_default().starts_with(&format!("|{}\n", CELLS / columns)));
        assert_eq!(blocks(&text, STRETCH), blocks(&text, usize::MAX));
        assert_eq!(blocks(&rows(2000), STRETCH).len(), 4, "comrak leaves the rest of it as text");
    }

    #[test]
    fn definitions_keep_a_text_together() {
        for (text, can) in [
            ("a [b]: c\n", true),
            ("x[y[0]]: z\n", true),
            ("[b]: c\n", false),
            ("> - [b]: c\n", false),
            ("[^1]: c\n", false),
            ("[a\nb]: c\n", false),
        ] {
            assert_eq!(can_be_parted(text), can, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_the_same_in_stretches(text in proptest::collection::vec(proptest::sample::select(vec![
            "a", "茶", "\n", "\n", "\n\n", "# ", "- ", "* ", "1. ", "2. ", "> ", "\n> ", "\n- ", "\n2. ", "\n  ", "    ", "```", "~~~", "<!--", "-->", "<div>", "<b>", "<pre>", "</pre>", "|", "\n|", "|-|\n",
            "|a|\n|-|\n|b|\n", "---", "===", "[ ] ", "[!NOTE]",
            "[a](b)", "**", "`", "![a](b)", "\\", "a\n茶\n", "$", "$$", "\n:::", "\n:::a\n",
        ]), 0..40).prop_map(|pieces| pieces.concat())) {
            check(&text);
        }
    }
}
