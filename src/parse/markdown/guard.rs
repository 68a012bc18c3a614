//! What is done to Markdown before all else, so that it can be parsed: bounds on nesting and on marks in a line, the end
//! of a fence and of a comment that nothing closes.
//!
//! It refuses to add or remove lines.

use super::code::{Code, fence_of, lines, lines_with, whole_lines};
use crate::text::scan;
use crate::text::script::is_east_asian;
use memchr::{memchr, memchr_iter, memmem, memrchr_iter};
use std::borrow::Cow;
use std::ops::Range;

/// Containers that a line may open; beyond this, parsers take quadratic time and readers no longer follow.
const DEPTH: usize = 64;

/// Bytes of a line that no writer breaks, but an attacker or a program makes.
const LONG: usize = 32 << 10;
/// Of so many bytes of a long line one is a mark, if it is text: every mark is a node of the parser's tree.
const DENSE: usize = 4;
/// Marks of a line whose tree would take too much memory, however far apart they stand.
const MANY: usize = 64 << 10;

/// Bytes of a line that may be read again and again for addresses in it.
const READ: usize = 32 << 20;

/// A text to parse.
pub struct Guarded<'a> {
    /// Its lines, of which some may be empty in place of others.
    pub text: Cow<'a, str>,
    /// Those lines, by the index of the first of some on end: text as it stands.
    pub plain: Vec<(usize, &'a str)>,
}

/// The lines that are taken out of a text.
#[derive(Default)]
struct Plain<'a> {
    text: &'a str,
    /// The index of the first line of each run, and the bytes of the run.
    runs: Vec<(usize, Range<usize>)>,
}

impl<'a> Plain<'a> {
    /// Takes the line out that stands at some bytes.
    fn take(&mut self, index: usize, line: Range<usize>) {
        match self.runs.last_mut() {
            Some((_, run)) if run.end == line.start => run.end = line.end,
            _ => self.runs.push((index, line)),
        }
    }

    fn finish(self) -> Vec<(usize, &'a str)> {
        let text = |run: Range<usize>| self.text.get(run).unwrap_or_default();
        self.runs.into_iter().map(|(index, run)| (index, text(run))).collect()
    }
}

/// The text to parse.
pub fn guard(text: &str) -> Guarded<'_> {
    let missing = missing_fence(text).or_else(|| missing_end_of_comment(text));
    let is_suspect = |line: &str| depth(line).is_some() || is_dense(line);
    if missing.is_none() && !has_deep_directives(text) && !(may_be_suspect(text) && lines(text).any(is_suspect)) {
        return Guarded { text: Cow::Borrowed(text), plain: Vec::new() };
    }
    let mut plain = Plain { text, runs: Vec::new() };
    let mut guarded = String::with_capacity(text.len());
    let mut start = 0;
    let mut code = Code::default();
    let mut directives = Directives::default();
    for (index, line) in whole_lines(text).enumerate() {
        let is_code = code.holds(line);
        let place = start..start + line.len();
        start = place.end;
        if let Some((_, closing)) = missing.filter(|(at, _)| *at == index) {
            guarded.push_str(closing);
            guarded.push('\n');
            code = Code::default();
        } else if !is_code && (is_dense(line) || directives.exceeds(line)) {
            plain.take(index, place);
            guarded.push('\n');
        } else if let Some(end) = depth(line) {
            let (markers, rest) = line.split_at_checked(end).unwrap_or((line, ""));
            guarded.push_str(markers);
            guarded.push('\\');
            guarded.push_str(rest);
        } else {
            guarded.push_str(line);
        }
    }
    Guarded { text: Cow::Owned(guarded), plain: plain.finish() }
}

/// Containers between colons that are open.
#[derive(Default)]
struct Directives(usize);

impl Directives {
    /// Whether a line opens one too many.
    fn exceeds(&mut self, line: &str) -> bool {
        let Some(info) = line.trim_start_matches(['>', ' ']).strip_prefix(":::") else { return false };
        if info.trim_start_matches(':').trim().is_empty() {
            self.0 = self.0.saturating_sub(1);
            return false;
        }
        let is_excess = self.0 >= DEPTH;
        self.0 += usize::from(!is_excess);
        is_excess
    }
}

fn has_deep_directives(text: &str) -> bool {
    let mut directives = Directives::default();
    lines_with(text, &[":::"]).any(|(_, line)| directives.exceeds(line))
}

/// Whether any line can be too deep or too dense: wherever so many bytes begin, a whole piece of half as many is in them.
fn may_be_suspect(text: &str) -> bool {
    let pieces = |length: usize| text.as_bytes().chunks_exact(length / 2);
    let is_run = |piece: &[u8]| {
        piece.iter().all(|byte| is_marker(*byte) || is_blank(*byte)) && piece.iter().any(|byte| is_marker(*byte))
    };
    pieces(DEPTH).any(is_run) || pieces(LONG).any(|piece| memchr(b'\n', piece).is_none())
}

/// Whether a line is long and hardly anything but marks, or has too many of them; tags that are not too many have
/// their own way.
fn is_dense(line: &str) -> bool {
    let is_mark = |byte: u8| {
        matches!(byte, b'[' | b']' | b'(' | b'*' | b'_' | b'<' | b'!' | b'`' | b'~' | b'=' | b'&' | b'\\' | b':' | b'@')
    };
    if line.len() < LONG {
        return false;
    }
    let marks = scan::count(line.as_bytes(), is_mark);
    marks > MANY || marks > line.len() / DENSE && !is_page(line) || has_addresses_on_end(line)
}

/// Whether a line begins with a tag.
pub fn is_page(line: &str) -> bool {
    let tag = line.trim_start().strip_prefix('<');
    tag.is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
}

/// Whether addresses stand on end without white space, which alone ends them: the parser reads the rest for each.
fn has_addresses_on_end(line: &str) -> bool {
    let read = |run: &str| memmem::find_iter(run.as_bytes(), "://").count().saturating_mul(run.len());
    line.split_ascii_whitespace().filter(|run| run.len() >= LONG).any(|run| read(run) > READ)
}

/// The blank line in whose place a fence belongs that nothing closes, and that fence: the one before the first line
/// that is the article's again. A fence runs to the end of the file otherwise (`CommonMark` 4.5), and the article with
/// it.
fn missing_fence(text: &str) -> Option<(usize, &'static str)> {
    let mut open: Option<(&str, usize)> = None;
    for (start, line) in lines_with(text, &["```", "~~~"]) {
        let fence = fence_of(line);
        if fence.is_none() {
            continue;
        }
        let marks = line.trim();
        open = match (open, fence) {
            (None, Some(fence)) if line.trim_start().len() + 4 > line.len() => Some((fence, start)),
            (Some((fence, _)), Some(_)) if marks.starts_with(fence) && marks.chars().all(|c| fence.contains(c)) => None,
            (open, _) => open,
        };
    }
    let (fence, start) = open?;
    let (before, inside) = text.split_at_checked(start)?;
    let mut was_blank = false;
    for (index, line) in lines(inside).enumerate().skip(1) {
        if was_blank && is_prose(line) {
            let above = memchr_iter(b'\n', before.as_bytes()).count();
            return Some((above + index - 1, if fence == "```" { "```" } else { "~~~" }));
        }
        was_blank = line.trim().is_empty();
    }
    None
}

/// The first blank line in a comment that nothing closes, in whose place its end belongs: it runs to the end of the file
/// otherwise (`CommonMark` 4.6).
fn missing_end_of_comment(text: &str) -> Option<(usize, &'static str)> {
    const END: &str = "-->";
    memmem::find(text.as_bytes(), b"<!--")?;
    let begins_comment = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with("<!--"));
    let last = memrchr_iter(b'<', text.as_bytes()).find(begins_comment)?;
    // Most comments are closed, and so is the last one: then the lines need not be gone through.
    if memmem::find(text.as_bytes().get(last..)?, END.as_bytes()).is_some() {
        return None;
    }
    let closed = text.rfind(END).map_or(0, |end| end + END.len());
    let mut code = Code::default();
    let mut start = 0;
    let mut is_open = false;
    for (index, line) in whole_lines(text).enumerate() {
        let begins = line.trim_start().starts_with("<!--") && !line.starts_with("    ") && start >= closed;
        is_open |= !code.holds(line) && begins;
        if is_open && line.trim().is_empty() {
            return Some((index, END));
        }
        start += line.len();
    }
    None
}

/// Whether a line is an article's and no program's: a heading, an image, a bold line, a sentence of Han characters.
fn is_prose(line: &str) -> bool {
    let is_marked = line.starts_with("![") || line.starts_with("**") || line.starts_with("## ");
    let is_sentence = || {
        line.contains(['，', '。', '、'])
            && line.starts_with(is_east_asian)
            && line.chars().filter(|c| is_east_asian(*c)).count() >= 15
    };
    is_marked || is_sentence()
}

/// The byte at which a line opens one container too many.
fn depth(line: &str) -> Option<usize> {
    let mut markers = 0;
    for (byte, character) in line.bytes().enumerate() {
        // White space follows the markers of items: a border of a drawing has none (`CommonMark` 5.2).
        let is_followed = || line.as_bytes().get(byte + 1).is_none_or(u8::is_ascii_whitespace);
        match character {
            b'>' => markers += 1,
            marker if is_marker(marker) && is_followed() => markers += 1,
            blank if is_blank(blank) => {}
            _ => return None,
        }
        if markers > DEPTH {
            // A line of nothing but one kind of mark is a rule (`CommonMark` 4.1).
            let is_rule = |mark| line.trim().bytes().all(|byte| byte == mark || is_blank(byte));
            return (!is_rule(b'-') && !is_rule(b'*')).then_some(byte);
        }
    }
    None
}

/// Whether a byte may be the marker of a container.
fn is_marker(byte: u8) -> bool {
    matches!(byte, b'>' | b'-' | b'*' | b'+')
}

/// Whether a byte may stand between markers.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::{LONG, MANY};
    use std::borrow::Cow;

    fn guard(text: &str) -> Cow<'_, str> {
        super::guard(text).text
    }

    #[test]
    fn long_lines_of_marks_are_text() {
        let dense = "[a](".repeat(LONG / 4);
        for (before, is_plain) in [("茶\n\n", true), ("```\n", false), ("```\na\n```\n", true), ("<p>", false)] {
            let text = format!("{before}{dense}\n茶\n");
            let guarded = super::guard(&text);
            assert_eq!(guarded.plain.len(), usize::from(is_plain), "{before}");
            assert_eq!(guarded.text.lines().count(), text.lines().count());
        }
        assert!(super::guard(&"茶，[一](a)，水从山上来，".repeat(LONG / 16)).plain.is_empty());
        for mark in ["<b>茶", "&amp;水，", "http://a.b "] {
            assert_eq!(super::guard(&mark.repeat(MANY + 1)).plain.len(), 1, "{mark}");
            assert!(super::guard(&mark.repeat(MANY / 8)).plain.is_empty(), "{mark}");
        }
    }

    #[test]
    fn a_fence_that_nothing_closes_ends_at_the_article() {
        let text = "```sh\nls\n\ncat a\n\n水从山上来，要走三里竹管，每年冬天竹管会裂。\n";
        assert_eq!(guard(text), text.replace("cat a\n\n", "cat a\n```\n"));
        for whole in
            ["```sh\nls\n\n# a\n", "```\n水。\n```\n\n## 火\n", "```\na\n```\n\n```\nb\n", "``` a`` ```\n\n## 火\n"]
        {
            assert_eq!(guard(whole), whole);
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}a\n", ">".repeat(1000));
        let guarded = guard(&deep);
        assert_eq!(guarded.len(), deep.len() + 1);
        assert!(guarded.starts_with(&format!("{}\\>", ">".repeat(64))));
        let border = format!("+{}+", "-".repeat(200));
        for whole in ["-".repeat(200), "- ".repeat(200), format!("```\n{border}\n```\n"), format!("    {border}\n")] {
            assert_eq!(guard(&whole), whole);
        }
    }

    #[test]
    fn containers_between_colons_are_bounded() {
        let open = ":::note\n".repeat(64);
        let deep = format!("{open}> :::tip\n:::a\n:::\n:::tip\n");
        let closed = ":::note\n茶\n:::\n".repeat(100);
        let guarded = super::guard(&deep);
        assert_eq!(guarded.text, format!("{open}\n\n:::\n:::tip\n"));
        assert_eq!(guarded.plain, [(64, "> :::tip\n:::a\n")]);
        assert_eq!(guard(&closed), closed);
    }

    #[test]
    fn addresses_on_end_are_text() {
        let plain = |text: &str| super::guard(text).plain.len();
        assert_eq!(plain(&"<http://a".repeat(LONG / 4)), 1);
        assert_eq!(plain(&"http://a ".repeat(LONG / 4)), 0);
        assert_eq!(plain(&format!("{}http://a", "茶".repeat(LONG))), 0);
    }
}
