//! Addresses that a converter has broken over two lines, or that a text breaks off in, made whole: `CommonMark` (6.3)
//! then sees a link.
//!
//! It refuses to add or remove lines, to touch code, and to join what may be no address.

use super::code::{is_indented_code, told_apart};
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// The text with its addresses whole: the line end goes to where the link ends, or before it begins.
pub fn whole(text: &str) -> Cow<'_, str> {
    let whole = joined_lines(text);
    match closed(&whole) {
        Some(closed) => Cow::Owned(closed),
        None => whole,
    }
}

/// A text that breaks off in an address, as scraped texts of a certain length do, with an end to it: the dots that tell
/// so stand behind it.
fn closed(text: &str) -> Option<String> {
    let said = text.trim_end();
    let line = said.rsplit('\n').next()?;
    let address = line.get(open_address(line)?..)?;
    let dots = address.len() - address.trim_end_matches(['.', '…']).len();
    let is_code = told_apart(text).last().is_some_and(|(line, is_code)| is_code || is_indented_code(line));
    if is_code {
        return None;
    }
    let (before, behind) = text.split_at_checked(said.len() - dots)?;
    Some(format!("{before}){behind}"))
}

fn joined_lines(text: &str) -> Cow<'_, str> {
    if !is_any_broken(text) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<(&str, bool)> = told_apart(text).collect();
    let mut whole = String::with_capacity(text.len());
    let line = |index: usize| lines.get(index).map_or("", |(line, _)| *line);
    let mut index = 0;
    while let Some((first, is_code)) = lines.get(index) {
        let is_code = *is_code || is_indented_code(first);
        match if is_code { None } else { joined(first, line(index + 1), line(index + 2)) } {
            Some(joined) => {
                whole.push_str(&joined);
                index += 1;
            }
            None => whole.push_str(first),
        }
        index += 1;
    }
    Cow::Owned(whole)
}

/// Where the text of a link may end and its address begin. Brackets are found sooner than both marks: the search for two
/// begins anew behind each.
pub fn ends(text: &str) -> impl Iterator<Item = usize> {
    memchr_iter(b']', text.as_bytes()).filter(|at| text.as_bytes().get(at + 1) == Some(&b'('))
}

/// Whether there is an address in the middle of which a line ends.
fn is_any_broken(text: &str) -> bool {
    // The end of a line is in its last address or in none.
    let mut found = ends(text).filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with("](http"))).peekable();
    while let Some(at) = found.next() {
        let line = text.get(at..).unwrap_or_default();
        let end = memchr(b'\n', line.as_bytes()).map_or(text.len(), |length| at + length);
        let mut last = at;
        while let Some(later) = found.next_if(|later| *later < end) {
            last = later;
        }
        let address = text.get(last + 2..end).unwrap_or_default();
        if end < text.len() && is_address(address.trim_end_matches('\r')) {
            return true;
        }
    }
    false
}

/// Where the address begins that a line ends in the middle of.
fn open_address(line: &str) -> Option<usize> {
    let at = line.rfind("](http")? + 2;
    let address = line.get(at..)?.trim_end_matches('\r');
    is_address(address).then_some(at)
}

/// Whether a text can be part of an address.
fn is_address(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().rev().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'"'))
}

/// A line and the one after it, whose start ends the line's last address; `later` is the line after both.
fn joined(line: &str, next: &str, later: &str) -> Option<String> {
    let at = open_address(line.strip_suffix('\n')?)?;
    let (before, address) = line.split_at_checked(at)?;
    let text = next.trim_start_matches(is_indent);
    let indent = next.strip_suffix(text)?;
    let (end, rest) = text.split_once(')').filter(|(end, _)| is_address(end))?;
    let address = format!("{}{end})", address.trim_end());
    if begins_nothing(rest) {
        return Some(format!("{before}{address}\n{indent}{}", rest.trim_start()));
    }
    // An empty line would end a paragraph that goes on.
    let later = later.trim_start_matches(is_indent);
    let is_last = later.trim().is_empty()
        || later.starts_with(['*', '-', '+', '#'])
        || later.starts_with(|c: char| c.is_ascii_digit());
    if rest.trim().is_empty() && is_last {
        return Some(format!("{before}{address}\n{indent}{rest}"));
    }
    let (first, text) = before.rsplit_once('[')?;
    let said = first.trim_end_matches(['!', '*', '_', '~', '"', '(']);
    let marks = first.strip_prefix(said)?;
    let is_said = said.trim_start_matches(is_indent).contains(char::is_alphabetic);
    is_said.then(|| format!("{}\n{indent}{marks}[{text}{address}{rest}", said.trim_end()))
}

/// Whether a text at the start of a line begins no block, closes no emphasis and is not nothing.
fn begins_nothing(text: &str) -> bool {
    let text = text.trim_start();
    let begins_block = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '-' | '+' | '*' | '=' | '#' | '>' | '|' | '~' | ':' | '`' | '_' | '<' | '[' | '!')
    };
    !text.is_empty() && !text.starts_with(begins_block)
}

/// Whether a character may stand before the text of a line.
fn is_indent(character: char) -> bool {
    matches!(character, ' ' | '\t' | '>')
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(whole(text), expected);
        assert_eq!(whole(text).lines().count(), text.lines().count());
    }

    #[test]
    fn an_address_over_two_lines() {
        check("见[茶](https://a.example/green-\ntea)，又说。\n", "见[茶](https://a.example/green-tea)\n，又说。\n");
        check("  * 见[茶](https://a.example/a-\n    b) 又\n", "  * 见[茶](https://a.example/a-b)\n    又\n");
        check("见[茶](https://a.example/a-\nb)\n又说。\n", "见\n[茶](https://a.example/a-b)\n又说。\n");
        check("见**[茶](https://a.example/a-\nb)**。\n", "见\n**[茶](https://a.example/a-b)**。\n");
        check("见![图](https://a.example/a-\nb)\n又说\n", "见\n![图](https://a.example/a-b)\n又说\n");
        check("见[茶](https://a.example/a-\nb) - 又\n", "见\n[茶](https://a.example/a-b) - 又\n");
        check("[茶](https://a.example/a-\nb)\n\n又说。\n", "[茶](https://a.example/a-b)\n\n\n又说。\n");
    }

    #[test]
    fn an_address_that_the_text_breaks_off_in() {
        check("见[茶](https://a.example/green...\n", "见[茶](https://a.example/green)...\n");
        check("图\n\n* ![](https://a.example/a.p", "图\n\n* ![](https://a.example/a.p)");
    }

    #[test]
    fn what_is_none_stays() {
        for text in [
            "[茶](https://a.example/a\n\"题\")\n",
            "[茶](https://a.example/a\n)\n",
            "[茶](https://a.example/a...\n\n又说（见上）。\n",
            "```\n[茶](https://a.example/a-\nb)\n```\n",
            "[茶](https://a.example/a-\nb)\n又说。\n",
            "[茶](https://a.example/a-\nb) - 又\n",
            "[茶](https://a.example/a-\nb) ===\n",
            "    [茶](https://a.example/a-\n    b) 又\n",
            "```\n[茶](https://a.example/a...",
            "茶\n\n    [茶](https://a.example/a...",
            "[茶](https://a.example/a 又...",
        ] {
            check(text, text);
        }
    }
}
