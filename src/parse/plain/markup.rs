//! Whether a text without a telling name holds Markdown.

use super::shapes;

/// Lines that are looked at.
const LINES: usize = 400;
/// Signals of which one may be chance.
const SEVERAL: u32 = 2;

/// Whether several lines of a text are Markdown and nothing else.
pub fn is_markdown(text: &str) -> bool {
    let mut lines = text.lines().take(LINES).peekable();
    let mut signals = 0;
    let mut is_below_blank = true;
    while let Some(line) = lines.next() {
        let is_alone = is_below_blank && lines.peek().is_none_or(|next| next.trim().is_empty());
        is_below_blank = line.trim().is_empty();
        // What is set in is code in Markdown (CommonMark 4.4).
        let is_set_in = shapes::indent(line) >= 4;
        let line = line.trim();
        // A comment above a line of code has one number sign too.
        let is_comment = line.starts_with("# ") && !is_alone;
        let is_heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ') && !is_comment;
        let is_bold = line.starts_with("**") && line.ends_with("**") && !line.starts_with("** ");
        let is_bold = is_bold && line.bytes().any(|byte| byte != b'*');
        let is_marked = is_heading || is_bold || line.starts_with("```");
        signals += u32::from(is_marked && !is_set_in || line.contains("](http"));
        if signals >= SEVERAL {
            return true;
        }
    }
    false
}
