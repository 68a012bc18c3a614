//! Dollar signs that begin no formula: prices, variables, the names of shares.
//!
//! It refuses to judge what stands between two signs alone on their lines, and to add or remove lines.

use super::code::{Code, is_indented_code};
use memchr::memchr;
use std::borrow::Cow;

/// The text with such signs escaped (`CommonMark` 2.4), so that what stands between them is read as text.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if memchr(b'$', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut code = Code::default();
    let mut is_displayed = false;
    for line in text.split_inclusive('\n') {
        let is_code = code.holds(line);
        if memchr(b'$', line.as_bytes()).is_none() {
            escaped.push_str(line);
            continue;
        }
        let is_code = is_code || is_indented_code(line) || line.contains('`');
        let displays = line.matches("$$").count();
        if !is_code && !is_displayed && displays == 0 {
            escape(line, &mut escaped);
        } else {
            escaped.push_str(line);
        }
        is_displayed ^= !is_code && displays % 2 == 1;
    }
    Cow::Owned(escaped)
}

/// Adds a line, its signs escaped unless a formula stands between one and the next.
fn escape(line: &str, escaped: &mut String) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('$') {
        escaped.push_str(before);
        if before.ends_with('\\') {
            escaped.push('$');
            rest = after;
            continue;
        }
        if let Some((inside, behind)) = after.split_once('$').filter(|(inside, _)| is_formula(inside)) {
            escaped.extend(["$", inside, "$"]);
            rest = behind;
        } else {
            escaped.push_str("\\$");
            rest = after;
        }
    }
    escaped.push_str(rest);
}

/// Whether a text between two signs can be a formula: it has no words in Han, kana or Hangul, no link and no emphasis.
fn is_formula(inside: &str) -> bool {
    let is_word = |c: char| matches!(c as u32, 0x2e80..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3 | 0xff00..=0xffef);
    !inside.is_empty()
        && !inside.starts_with(char::is_whitespace)
        && !inside.ends_with(char::is_whitespace)
        && !inside.contains(is_word)
        && !["](", "**", "![", "://"].iter().any(|mark| inside.contains(mark))
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The text of a line, and how many styles it has.
    #[track_caller]
    fn check(markdown: &str, text: &str, styles: usize) {
        let document = parse(markdown.as_bytes(), &Hint::named("a.md"));
        let found: Vec<(&str, usize)> =
            document.blocks.iter().map(|block| (block.text.as_str(), block.styles.len())).collect();
        assert_eq!(found, [(text, styles)], "{markdown}");
    }

    #[test]
    fn what_is_no_formula_is_text() {
        check(
            "用$HOME，见[链接](https://a.example/x)，**重要**的，再看$PATH。",
            "用$HOME，见链接，重要的，再看$PATH。",
            2,
        );
        check("买入$AAPL和**大涨**的$GOOG股票", "买入$AAPL和大涨的$GOOG股票", 1);
        check("股价$A涨了，\n而$B跌了。", "股价$A涨了，而$B跌了。", 0);
        check("价 $5 和 \\$6，设 $a*b*c$。", "价 $5 和 $6，设 $a*b*c$。", 1);
        check("`$a$ 中` **茶** $b 中 c$", "$a$ 中 茶 $b 中 c$", 3);
    }
}
