//! Lines that are bold throughout but for the spaces that stand between their text and its marks: `** 茶 **`, which is no
//! emphasis in `CommonMark` (6.2), though nobody means anything else by it.
//!
//! It refuses marks within a line: what they enclose there cannot be known.

use crate::document::{Block, BlockKind, Inline, Styled};
use crate::text::SafeText;
use crate::text::letters::has_letter;

/// Strong emphasis, and what converters write for strong and slanted at once.
const MARKS: [&str; 3] = ["***", "**", "__"];

/// Makes such lines bold, and gives their numbers; `lines_before` are the lines of the file above the text.
pub fn read(blocks: &mut [Block], text: &str, lines_before: u32) -> Vec<u32> {
    let mut read = Vec::new();
    let mut lines = (lines_before + 1..).zip(text.lines()).peekable();
    for block in blocks.iter_mut().filter(|block| begins(&block.text)) {
        let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. });
        let Some(title) = enclosed(&block.text).filter(|_| is_line) else { continue };
        // Blocks stand in the order of their lines.
        while lines.next_if(|(number, _)| *number < block.lines.first).is_some() {}
        let is_plain = lines.peek().is_none_or(|(_, line)| !is_escaped(line));
        if is_code(block) || !is_plain {
            continue;
        }
        read.push(block.lines.first);
        let start =
            (block.text.len() - block.text.trim_start_matches(['*', '_', ' ', '\u{a0}', '\u{3000}']).len()) as u32;
        let title = SafeText::body(title);
        let end = title.len() as u32;
        let moved = |byte: u32| byte.saturating_sub(start).min(end);
        for styled in &mut block.styles {
            styled.range = moved(styled.range.start)..moved(styled.range.end);
        }
        block.styles.insert(0, Styled { range: 0..end, style: Inline::Strong });
        block.text = title;
    }
    read
}

/// Whether a text may begin with the marks.
pub fn begins(text: &str) -> bool {
    text.starts_with(['*', '_'])
}

/// Whether one of the marks is code.
fn is_code(block: &Block) -> bool {
    let ends = [0, (block.text.len() as u32).saturating_sub(1)];
    let mut codes = block.styles.iter().filter(|styled| styled.style == Inline::Code);
    codes.any(|code| ends.iter().any(|end| code.range.contains(end)))
}

/// Whether a line says that its marks are none.
fn is_escaped(line: &str) -> bool {
    line.contains("\\*") || line.contains("\\_") || line.contains("&#")
}

/// What a line says within its marks, if they enclose all of it.
fn enclosed(text: &str) -> Option<&str> {
    let mark = MARKS.iter().find(|mark| text.starts_with(**mark))?;
    let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
    let title = inner.trim();
    let is_whole = !title.starts_with(['*', '_']) && !title.ends_with(['*', '_']) && !title.contains(mark);
    (is_whole && !title.contains('\n') && title.len() < inner.len() && has_letter(title)).then_some(title)
}

#[cfg(test)]
mod tests {
    use crate::parse::markdown::blocks;

    /// The lines of a text, those that are bold throughout in brackets.
    #[track_caller]
    fn check(markdown: &str, lines: &[&str]) {
        let shown = blocks(markdown, 0).into_iter().map(|block| {
            let is_bold = block.styles.iter().any(|styled| styled.range == (0..block.text.len() as u32));
            if is_bold { format!("[{}]", block.text) } else { block.text.to_string() }
        });
        assert_eq!(shown.collect::<Vec<_>>(), lines, "{markdown}");
    }

    #[test]
    fn marks_apart_from_their_text() {
        check("** 茶棚 **\n\n**茶棚 **\n\n__ 茶棚 __\n\n*** 茶棚***", &["[茶棚]"; 4]);
        check("## ** 茶棚 **", &["[茶棚]"]);
    }

    #[test]
    fn marks_that_enclose_nothing() {
        check("** 茶 ** 水 **\n\n** 、 **\n\n**茶 **水", &["** 茶 ** 水 **", "** 、 **", "**茶 **水"]);
        check("`** 茶 **`", &["[** 茶 **]"]);
        check("\\*\\* 茶 \\*\\*\n\n&#42;&#42; 茶 &#42;&#42;", &["** 茶 **"; 2]);
    }
}
