//! What is done to Markdown before it is parsed: bounds on nesting, and spans that scrapers glued together.
//!
//! It refuses to add or remove lines.

use std::borrow::Cow;

/// Containers that a line may open; beyond this, parsers take quadratic time and readers no longer follow.
const DEPTH: usize = 64;

/// The text to parse.
pub fn guard(text: &str) -> Cow<'_, str> {
    let needs_work = |line: &str| line.contains("****") || depth(line).is_some();
    if !text.lines().any(needs_work) {
        return Cow::Borrowed(text);
    }
    let mut guarded = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        fence = match (fence, fence_of(line)) {
            (None, opened) => opened,
            (Some(open), Some(closing)) if closing.starts_with(open) => None,
            (open, _) => open,
        };
        if let Some(end) = depth(line) {
            let (markers, rest) = line.split_at_checked(end).unwrap_or((line, ""));
            guarded.push_str(markers);
            guarded.push('\\');
            guarded.push_str(rest);
        } else if fence.is_none() && line.contains("****") {
            guarded.push_str(&glued_spans(line));
        } else {
            guarded.push_str(line);
        }
    }
    Cow::Owned(guarded)
}

/// The fence that opens or closes a code block on this line (`CommonMark` 4.5).
fn fence_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '>']);
    ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence))
}

/// The byte at which a line opens one container too many.
fn depth(line: &str) -> Option<usize> {
    let mut markers = 0;
    for (byte, character) in line.bytes().enumerate() {
        match character {
            b'>' | b'-' | b'*' | b'+' => markers += 1,
            b' ' | b'\t' => {}
            _ => return None,
        }
        if markers > DEPTH {
            // A line of nothing but one kind of mark is a rule, a border or an empty setext underline.
            let is_rule = line.trim().bytes().all(|byte| byte == b'-') || line.trim().bytes().all(|byte| byte == b'*');
            return (!is_rule).then_some(byte);
        }
    }
    None
}

/// Removes the `****` between two bold spans that follow each other: `**一****二**` is one bold span.
fn glued_spans(line: &str) -> String {
    let mut pieces = line.split("****");
    let mut joined = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_open = joined.matches("**").count() % 2 == 1;
        let touches = !joined.ends_with(|c: char| c.is_whitespace() || c == '*' || c == '`')
            && !piece.starts_with(|c: char| c.is_whitespace() || c == '*' || c == '`')
            && !joined.is_empty()
            && !piece.is_empty();
        if !(is_open && touches) {
            joined.push_str("****");
        }
        joined.push_str(piece);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn glued_spans_become_one() {
        assert_eq!(guard("**一****二**后文"), "**一二**后文");
        assert_eq!(guard("a **** b"), "a **** b");
        assert_eq!(guard("****粗****"), "****粗****");
        assert_eq!(guard("```\n**一****二**\n```\n**一****二**"), "```\n**一****二**\n```\n**一二**");
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}a\n", ">".repeat(1000));
        let guarded = guard(&deep);
        assert_eq!(guarded.len(), deep.len() + 1);
        assert!(guarded.starts_with(&format!("{}\\>", ">".repeat(64))));
        assert_eq!(guard(&"-".repeat(200)), "-".repeat(200));
    }
}
