//! Containers between colons, as publishing platforms and Pandoc write them: `:::message` … `:::`.
//!
//! It refuses to box them: what nothing closes runs to the end of the file, and the sections there are the article's.

use crate::document::{Block, BlockKind, Inline, LineRange, Styled};
use crate::text::SafeText;

/// Names that tell a reader something where no title does.
const CALL_OUTS: &[&str] =
    &["caution", "danger", "example", "important", "info", "note", "question", "success", "tip", "warning"];

/// The line that says what a container is, from what stands behind its colons; none if that is for a style sheet alone.
pub fn title(info: &str, line: u32) -> Option<Block> {
    let info = info.trim().trim_matches(['{', '}', '.', ':']).trim();
    let (name, title) = info.split_once([' ', '[']).unwrap_or((info, ""));
    let title = title.trim().trim_matches(['"', '[', ']']);
    let said = if title.is_empty() { CALL_OUTS.iter().copied().find(|call_out| *call_out == name)? } else { title };
    let mut letters = said.chars();
    let first = letters.next()?.to_uppercase();
    let text = SafeText::line(&first.chain(letters).collect::<String>());
    let styles = vec![Styled { range: 0..text.len() as u32, style: Inline::Strong }];
    Some(Block {
        kind: BlockKind::Paragraph,
        text,
        styles,
        lines: LineRange { first: line, last: line },
        ..Block::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    #[track_caller]
    fn check(markdown: &str, texts: &[&str]) {
        let document = parse(markdown.as_bytes(), &Hint::named("a.md"));
        let found: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(found, texts, "{markdown}");
    }

    #[test]
    fn containers() {
        check(":::message\n茶は熱い。\n:::\n\n水。\n", &["茶は熱い。", "水。"]);
        check("::: warning\n茶は熱い。\n:::\n", &["Warning", "茶は熱い。"]);
        check(":::details 茶の入れ方\n- 湯\n:::\n", &["茶の入れ方", "湯"]);
        check(":::note[茶]\n湯。\n\n::::\n", &["茶", "湯。"]);
        check("::: {.wide}\n湯。\n:::\n", &["湯。"]);
        check(":::note\n湯。\n\n## 茶\n\n水。\n", &["Note", "湯。", "茶", "水。"]);
    }
}
