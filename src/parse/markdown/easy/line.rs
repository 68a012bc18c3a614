//! The marks within a line that can be read in one way only: code, emphasis, links and images, addresses, escaped marks,
//! and marks that mean nothing where they stand.
//!
//! It refuses a line with any other mark.

use crate::document::Inline;
use crate::parse::inlines::Inlines;
use crate::text::SafeText;
use crate::text::letters;
use crate::text::scan::{self, is, is_in};
use memchr::memchr;
use std::borrow::Cow;

/// What the marks of a line depend on.
#[derive(Clone, Copy)]
pub struct Rules {
    /// Whether dollar signs may stand around formulas.
    pub has_formulas: bool,
    /// Whether the line may begin with the box of a task.
    pub is_item: bool,
    /// Whether it is the text of a link, in which addresses are none.
    pub is_linked: bool,
}

/// What stands at a mark.
enum Found<'a> {
    Text,
    Escaped,
    Code(&'a str),
    Address(&'a str),
    Styled(Inline, &'a str),
    Link { text: &'a str, url: &'a str },
    Image { alt: &'a str, url: &'a str },
}

/// Adds a line; none if a mark in it is in doubt, and then some of the line may have been added.
pub fn read(inlines: &mut Inlines, line: &str, rules: Rules) -> Option<()> {
    let mut text = Cow::Borrowed("");
    let mut from = 0;
    let mut at = 0;
    while let Some(mark) = next_mark(line, at) {
        let (start, end, found) = found(line, mark, rules)?;
        at = end;
        if matches!(found, Found::Text) {
            continue;
        }
        text += line.get(from..start)?;
        if matches!(found, Found::Escaped) {
            from = start + 1;
            continue;
        }
        inlines.text_between(&std::mem::take(&mut text));
        from = end;
        match found {
            Found::Text | Found::Escaped => {}
            Found::Code(code) => inlines.code(code, false),
            Found::Address(url) => {
                inlines.begin_span(Inline::Link { url: SafeText::address(url) });
                inlines.text_between(url);
                inlines.end_span(true);
            }
            Found::Styled(style, text) => {
                inlines.begin_span(style);
                read(inlines, text, rules)?;
                inlines.end_span(false);
            }
            Found::Link { text, url } => {
                inlines.begin_span(Inline::Link { url: SafeText::address(url) });
                read(inlines, text, Rules { is_linked: true, ..rules })?;
                inlines.end_span(true);
            }
            Found::Image { alt, url } => inlines.pictured(alt, url),
        }
    }
    text += line.get(from..)?;
    inlines.text_between(&text);
    Some(())
}

/// The next byte that may be a mark.
fn next_mark(line: &str, from: usize) -> Option<usize> {
    scan::first_not(line.as_bytes().get(from..)?, is_text).map(|found| from + found)
}

/// Whether a byte is never a mark, nor the start of an address. Marks that are neighbours in ASCII are asked for together,
/// with the few others among them: every byte of a text is asked, and so in half as many steps.
fn is_text(byte: u8) -> bool {
    !(is_in(byte, b':', b'@')
        | is_in(byte, b'[', b'`')
        | is(byte | 2, b'&')
        | is(byte, b'!')
        | is(byte, b'*')
        | is(byte, b'w')
        | is(byte, b'~'))
}

/// Whether nothing in a text is more than text.
fn is_plain(text: &str, rules: Rules) -> bool {
    let mut at = 0;
    while let Some(mark) = next_mark(text, at) {
        match found(text, mark, rules) {
            Some((_, end, Found::Text)) => at = end,
            _ => return false,
        }
    }
    true
}

/// The first byte, from one on, at which a mark stands that is in nothing else.
fn closing(line: &str, from: usize, closing: u8, rules: Rules) -> Option<usize> {
    let mut at = from;
    loop {
        let mark = next_mark(line, at)?;
        if line.as_bytes().get(mark) == Some(&closing) {
            return Some(mark);
        }
        (_, at, _) = found(line, mark, rules)?;
    }
}

/// What stands at a mark, from which byte to which.
fn found(line: &str, at: usize, rules: Rules) -> Option<(usize, usize, Found<'_>)> {
    let bytes = line.as_bytes();
    let after = line.get(at + 1..)?;
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    let next = bytes.get(at + 1);
    let is_apart = || before == Some(&b' ') && next == Some(&b' ');
    let is_text = match bytes.get(at)? {
        b'`' => {
            let (code, after) = split_at(after, b'`')?;
            let is_sure = !code.is_empty() && !code.starts_with(' ') && !code.ends_with(' ') && !after.starts_with('`');
            return is_sure.then_some((at, line.len() - after.len(), Found::Code(code)));
        }
        b'*' if !is_apart() => {
            let (style, text, end) = emphasis(line, at, rules)?;
            return Some((at, end, Found::Styled(style, text)));
        }
        // A link to a page of the same wiki.
        b'[' if next == Some(&b'[') => return None,
        b'[' => {
            // A link holds no link: in its text such marks are text.
            if let Some((text, url, end)) = if rules.is_linked { None } else { link(line, at + 1, rules) } {
                return Some((at, end, Found::Link { text, url }));
            }
            return bracketed(after, rules).map(|length| (at, at + 1 + length + 1, Found::Text));
        }
        b'!' if next == Some(&b'[') => {
            let (alt, _) = split_at(line.get(at + 2..)?, b']')?;
            let (url, end) = destination(line, at + 2 + alt.len() + 1)?;
            let is_sure = !alt.contains('[') && is_plain(alt, Rules { is_linked: true, ..rules });
            return is_sure.then_some((at, end, Found::Image { alt, url }));
        }
        b'\\' if next.is_some_and(u8::is_ascii_punctuation) => return Some((at, at + 2, Found::Escaped)),
        b'\\' => next.is_some(),
        b':' if !rules.is_linked && after.starts_with("//") => {
            let (start, end) = address(line, at)?;
            return Some((start, end, Found::Address(line.get(start..end)?)));
        }
        b'*' | b'!' | b':' => true,
        b';' | b'>' | b'?' | b'^' => true,
        b'_' => line.get(..at).is_some_and(|before| before.ends_with(is_of_word)) && after.starts_with(is_of_word),
        b'~' | b'=' => is_apart(),
        b'w' => rules.is_linked || !after.starts_with("ww."),
        b'@' => rules.is_linked || before.is_none_or(|before| is(*before, b' ') || !before.is_ascii()),
        b'<' => next.is_some_and(|next| *next == b' ' || next.is_ascii_digit()),
        // A character reference ends with a semicolon.
        b'&' => {
            !after.starts_with('#') && !after.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with(';')
        }
        b'$' => !rules.has_formulas,
        _ => false,
    };
    is_text.then_some((at, at + 1, Found::Text))
}

/// What stands before the first of some mark of ASCII and behind it.
fn split_at(text: &str, mark: u8) -> Option<(&str, &str)> {
    let (before, rest) = text.split_at_checked(memchr(mark, text.as_bytes())?)?;
    Some((before, rest.get(1..)?))
}

/// The emphasis that begins at an asterisk, its text and the byte behind it.
fn emphasis(line: &str, at: usize, rules: Rules) -> Option<(Inline, &str, usize)> {
    let (marks, style) =
        if line.get(at..)?.starts_with("**") { ("**", Inline::Strong) } else { ("*", Inline::Emphasis) };
    let start = at + marks.len();
    let end = closing(line, start, b'*', rules)?;
    let (before, text) = (line.get(..at)?, line.get(start..end)?);
    let after = line.get(end..)?.strip_prefix(marks)?;
    // Marks of emphasis stand beside letters, or have white space on their other side.
    let opens = text.starts_with(is_beside_marks)
        || (before.is_empty() || before.ends_with(' ')) && !text.starts_with(char::is_whitespace);
    let closes = text.ends_with(is_beside_marks)
        || (after.is_empty() || after.starts_with(' ')) && !text.ends_with(char::is_whitespace);
    let is_sure = opens && closes && !text.is_empty() && !after.starts_with('*');
    is_sure.then_some((style, text, line.len() - after.len()))
}

/// Whether emphasis may begin before a character and end behind it, whatever stands on the other side: letters, digits and
/// the punctuation of CJK.
fn is_beside_marks(character: char) -> bool {
    matches!(character as u32, 0x3001..=0x303e | 0xff01..=0xff60) || is_of_word(character)
}

/// Whether a character is a letter or a digit, and no sign that Unicode counts among letters: between two of them an
/// underscore is no mark.
fn is_of_word(character: char) -> bool {
    letters::is_letter(character) && !matches!(character as u32, 0x24b6..=0x24e9 | 0x1f130..=0x1f189)
}

/// The text of a link from a byte on, its address, and the byte behind it.
fn link(line: &str, from: usize, rules: Rules) -> Option<(&str, &str, usize)> {
    let end = closing(line, from, b']', Rules { is_linked: true, ..rules })?;
    let (url, after) = destination(line, end + 1)?;
    let text = line.get(from..end)?;
    (!text.is_empty()).then_some((text, url, after))
}

/// The address in parentheses from a byte on, and the byte behind it.
fn destination(line: &str, from: usize) -> Option<(&str, usize)> {
    let after = line.get(from..)?.strip_prefix('(')?;
    // The first byte that is in doubt ends the address, or is in it.
    let (url, after) = after.split_at_checked(scan::first_not(after.as_bytes(), is_of_destination)?)?;
    let after = match after.strip_prefix(" \"") {
        Some(titled) => titled.split_once('"').filter(|(title, _)| !title.contains(['\\', '`', '<', '&']))?.1,
        None => after,
    };
    let after = after.strip_prefix(')')?;
    // A character reference ends with a semicolon.
    let is_sure = !(url.contains('&') && url.contains(';'));
    is_sure.then_some((url, line.len() - after.len()))
}

/// Whether a byte of an address in parentheses is the address's and nothing else.
fn is_of_destination(byte: u8) -> bool {
    !(is_in(byte, 0, b' ')
        | is_in(byte, b'(', b')')
        | is(byte | 2, b'>')
        | is(byte, b'\\')
        | is(byte, b'`')
        | is(byte, 0x7f))
}

/// The length of a text up to the bracket that ends it, if no link begins or ends there.
fn bracketed(after: &str, rules: Rules) -> Option<usize> {
    let (text, after) = split_at(after, b']')?;
    let is_sure = (!rules.is_item || rules.is_linked)
        && !text.is_empty()
        && !text.starts_with('^')
        && !after.starts_with(['(', '[', ':']);
    (is_sure && !text.contains('[') && is_plain(text, rules)).then_some(text.len())
}

/// An address around a colon, from which byte to which: it ends at white space, and in no mark that may be the sentence's.
fn address(line: &str, colon: usize) -> Option<(usize, usize)> {
    let before = line.get(..colon)?;
    let scheme = before.strip_prefix(before.trim_end_matches(|c: char| c.is_ascii_alphabetic()))?;
    let after = line.get(colon + "://".len()..)?;
    let length = after.find(' ').unwrap_or(after.len());
    let run = after.get(..length)?;
    let host = run.get(..run.find('/').unwrap_or(run.len()))?;
    let is_host =
        host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    let is_sure = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'.' | b'-' | b'%' | b'?' | b'=' | b'#' | b'+' | b'_' | b'~' | b':' | b',' | b'&')
    };
    let is_sure = matches!(scheme, "http" | "https")
        && is_host
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && run.bytes().all(is_sure)
        && run.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    is_sure.then_some((colon - scheme.len(), colon + "://".len() + length))
}
