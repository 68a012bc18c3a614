//! Text as Markdown that reads as the same text.
//!
//! It refuses to know what is enough: how cautious it must be, the caller finds out by reading back what it wrote.

/// How much is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caution {
    /// What usually is markup.
    Usual,
    /// Every character that could be markup, and emphasis as HTML.
    Great,
    /// As before, and no styles.
    Plain,
}

/// Escapes a stretch of text; `before` is what stands before it, `starts_line` whether that is nothing.
pub fn escape(text: &str, before: Option<char>, starts_line: bool, caution: Caution) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut last = before;
    let mut at_start = starts_line;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        if character == '\n' {
            escaped.push_str("\\\n");
            at_start = true;
        } else {
            let needs = match caution {
                Caution::Usual => is_markup(character, last, after) || (at_start && opens_block(rest)),
                _ => character.is_ascii_punctuation(),
            };
            if caution == Caution::Usual && at_start && is_number(rest).is_some() {
                let end = is_number(rest).unwrap_or_default();
                escaped.push_str(rest.get(..end).unwrap_or_default());
                escaped.push('\\');
                rest = rest.get(end..).unwrap_or_default();
                (at_start, last) = (false, None);
                continue;
            }
            if needs {
                escaped.push('\\');
            }
            escaped.push(character);
            if caution == Caution::Plain && matches!(character, '{' | '《') {
                // The notations of readings are found after the escapes are gone.
                escaped.push_str("<!-- -->");
            }
            at_start = false;
        }
        last = Some(character);
        rest = after;
    }
    escaped
}

/// Whether a character is markup where it stands (`CommonMark` 6, GFM's and zhai's own extensions).
fn is_markup(character: char, before: Option<char>, after: &str) -> bool {
    let next = after.chars().next();
    match character {
        '\\' | '`' | '*' | '[' | ']' | '~' => true,
        // Inside a word it is a letter.
        '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
        '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
        '=' => next == Some('=') || before == Some('='),
        '&' => {
            let name = after.trim_start_matches('#');
            let end = name.find(|c: char| !c.is_ascii_alphanumeric());
            end.is_some_and(|end| end > 0 && end < 32 && name.get(end..).is_some_and(|rest| rest.starts_with(';')))
        }
        _ => false,
    }
}

/// Whether a line begins like a block that is no paragraph (`CommonMark` 4 and 5).
fn opens_block(line: &str) -> bool {
    let line = line.split('\n').next().unwrap_or_default();
    let is_bullet =
        |mark: char| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let is_all = |mark: char| !line.is_empty() && line.trim_end().chars().all(|c| c == mark);
    let hashes = line.trim_start_matches('#');
    line.starts_with('>')
        || is_bullet('-')
        || is_bullet('+')
        || is_all('-')
        || is_all('=')
        || (hashes.len() < line.len() && (hashes.is_empty() || hashes.starts_with([' ', '\t'])))
}

/// Where the dot or bracket of a list number stands that begins a line.
fn is_number(line: &str) -> Option<usize> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = line.get(digits..)?.strip_prefix(['.', ')'])?;
    ((1..=9).contains(&digits) && (after.is_empty() || after.starts_with([' ', '\t', '\n']))).then_some(digits)
}

/// An address as the target of a link or an image.
pub fn address(url: &str) -> String {
    let needs_brackets = url.is_empty() || url.contains([' ', '(', ')', '<', '>', '\\']);
    let url = url.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C");
    if needs_brackets { format!("<{url}>") } else { url }
}

#[cfg(test)]
mod tests {
    use super::{Caution, address, escape};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(escape(text, None, true, Caution::Usual), expected);
    }

    #[test]
    fn only_what_is_markup_is_escaped() {
        check("2*3 = 6, a_b and _c_, R&D &amp; [x]", r"2\*3 = 6, a_b and \_c\_, R&D \&amp; \[x\]");
        check("a < b <b> ==c== d~e", r"a < b \<b> \=\=c\=\= d\~e");
        check("中文，没有什么要改。", "中文，没有什么要改。");
    }

    #[test]
    fn lines_that_would_open_blocks() {
        check("# a\n- b\n1. c\n> d\n===\n---", "\\# a\\\n\\- b\\\n1\\. c\\\n\\> d\\\n\\=\\=\\=\\\n\\---");
        check("#tag -5 1.5", "#tag -5 1.5");
    }

    #[test]
    fn addresses() {
        assert_eq!(address("https://example.com/a_b?c=d"), "https://example.com/a_b?c=d");
        assert_eq!(address("a b(c).png"), "<a b(c).png>");
    }
}
