//! Link reference definitions (`CommonMark` 4.7): no part of the article, but of the file, and so of the raw view.

use super::code::lines_with;
use crate::document::{Block, LineRange, Part, is_link_definition};
use crate::text::SafeText;
use memchr::memchr_iter;

/// Puts the definitions of a text among its blocks, in the order of the file; `lines_before` are the lines above it.
pub fn insert(blocks: &mut Vec<Block>, text: &str, lines_before: u32) {
    let (mut number, mut counted) = (lines_before + 1, 0);
    let numbered = lines_with(text, &["]:"]).map(|(start, line)| {
        number += memchr_iter(b'\n', text.as_bytes().get(counted..start).unwrap_or_default()).count() as u32;
        counted = start;
        (number, line)
    });
    let found: Vec<Block> = numbered
        .filter(|(_, line)| is_link_definition(line))
        .filter(|(number, _)| !is_covered(blocks, *number))
        .map(|(number, line)| Block {
            text: SafeText::body(line.trim()),
            lines: LineRange { first: number, last: number },
            part: Part::Boilerplate,
            ..Block::default()
        })
        .collect();
    if !found.is_empty() {
        blocks.extend(found);
        blocks.sort_by_key(|block| block.lines.first);
    }
}

/// Whether a block already shows a line: blocks are in the order of the file.
fn is_covered(blocks: &[Block], line: u32) -> bool {
    let after = blocks.partition_point(|block| block.lines.first <= line);
    blocks.get(..after).unwrap_or_default().iter().rev().take(4).any(|block| block.lines.last >= line)
}

#[cfg(test)]
mod tests {
    use crate::document::Part;
    use crate::parse::markdown::blocks;

    #[test]
    fn definitions_are_kept_for_the_raw_view() {
        let found = blocks("一 [甲][a]\n\n[a]: https://example.com/a\n\n二\n\n    [b]: code\n", 0);
        let dump: Vec<_> = found.iter().map(|block| (block.lines.first, block.part, block.text.as_str())).collect();
        let expected = [
            (1, Part::Body, "一 甲"),
            (3, Part::Boilerplate, "[a]: https://example.com/a"),
            (5, Part::Body, "二"),
            (7, Part::Body, "[b]: code"),
        ];
        assert_eq!(dump, expected);
    }
}
