//! What is done to Markdown before it is parsed: bounds on nesting and on marks in a line, and spans that scrapers glued
//! together.
//!
//! It refuses to add or remove lines.

use super::code::{Code, fence_of, is_indented_code};
use crate::text::scan;
use memchr::{memchr_iter, memmem};
use std::borrow::Cow;

/// Containers that a line may open; beyond this, parsers take quadratic time and readers no longer follow.
const DEPTH: usize = 64;

/// Bytes of a line that no writer breaks, but an attacker or a program makes.
const LONG: usize = 32 << 10;
/// Of so many bytes of a long line one is a mark, if it is text: every mark is a node of the parser's tree.
const DENSE: usize = 4;

/// A text to parse.
pub struct Guarded<'a> {
    /// Its lines, of which some may be empty in place of others.
    pub text: Cow<'a, str>,
    /// Those lines, by their index: text as it stands.
    pub plain: Vec<(usize, &'a str)>,
}

/// The text to parse.
pub fn guard(text: &str) -> Guarded<'_> {
    let holds = |marks: &str| memmem::find(text.as_bytes(), marks.as_bytes()).is_some();
    let missing = if holds("```") || holds("~~~") { missing_fence(text) } else { None };
    let is_suspect = |line: &str| depth(line).is_some() || is_dense(line);
    let mut plain = Vec::new();
    if missing.is_none() && !holds("****") && !holds("__") && !lines(text).any(is_suspect) {
        return Guarded { text: Cow::Borrowed(text), plain };
    }
    let mut guarded = String::with_capacity(text.len());
    let mut code = Code::default();
    for (index, line) in whole_lines(text).enumerate() {
        let is_code = code.holds(line);
        if let Some((_, closing)) = missing.filter(|(at, _)| *at == index) {
            guarded.push_str(closing);
            guarded.push('\n');
            code = Code::default();
        } else if !is_code && is_dense(line) {
            plain.push((index, line));
            guarded.push('\n');
        } else if let Some(end) = depth(line) {
            let (markers, rest) = line.split_at_checked(end).unwrap_or((line, ""));
            guarded.push_str(markers);
            guarded.push('\\');
            guarded.push_str(rest);
        } else if !is_code && is_doubled(line) && (line.contains("****") || line.contains("__")) {
            guarded.push_str(glued_spans(&starred(line)).as_deref().unwrap_or(line));
        } else {
            guarded.push_str(line);
        }
    }
    Guarded { text: Cow::Owned(guarded), plain }
}

/// Whether two asterisks or underlines stand together: in most lines they do not.
fn is_doubled(line: &str) -> bool {
    let pairs = line.as_bytes().iter().zip(line.as_bytes().get(1..).unwrap_or_default());
    let doubles = |mark: u8| matches!(mark, b'*' | b'_');
    pairs.fold(false, |found, (mark, next)| found | ((mark == next) & doubles(*mark)))
}

/// Whether a line is long and hardly anything but marks; a page's tags have their own way.
fn is_dense(line: &str) -> bool {
    let is_mark =
        |byte: u8| matches!(byte, b'[' | b']' | b'(' | b'*' | b'_' | b'<' | b'!' | b'`' | b'~' | b'=' | b'&' | b'\\');
    let is_page = || {
        let tag = line.trim_start().strip_prefix('<');
        tag.is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
    };
    line.len() >= LONG && scan::count(line.as_bytes(), is_mark) > line.len() / DENSE && !is_page()
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    whole_lines(text).map(|line| line.strip_suffix('\n').unwrap_or(line))
}

/// The lines of a text, with their ends.
fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let last = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1).chain(last);
    ends.map(move |end| text.get(std::mem::replace(&mut start, end)..end).unwrap_or_default())
}

/// The blank line in whose place a fence belongs that nothing closes, and that fence: the one before the first line
/// that is the article's again. A fence runs to the end of the file otherwise (`CommonMark` 4.5), and the article with
/// it.
fn missing_fence(text: &str) -> Option<(usize, &'static str)> {
    let mut open: Option<(&str, usize)> = None;
    for (index, line) in lines(text).enumerate() {
        let fence = fence_of(line);
        if fence.is_none() {
            continue;
        }
        let marks = line.trim();
        open = match (open, fence) {
            (None, Some(fence)) if line.trim_start().len() + 4 > line.len() => Some((fence, index)),
            (Some((fence, _)), Some(_)) if marks.starts_with(fence) && marks.chars().all(|c| fence.contains(c)) => None,
            (open, _) => open,
        };
    }
    let (fence, at) = open?;
    let mut was_blank = false;
    for (index, line) in lines(text).enumerate().skip(at + 1) {
        if was_blank && is_prose(line) {
            return Some((index - 1, if fence == "```" { "```" } else { "~~~" }));
        }
        was_blank = line.trim().is_empty();
    }
    None
}

/// Whether a line is an article's and no program's: a heading, an image, a bold line, a sentence of Han characters.
fn is_prose(line: &str) -> bool {
    let is_marked = line.starts_with("![") || line.starts_with("**") || line.starts_with("## ");
    let is_han = |c: &char| matches!(*c as u32, 0x4e00..=0x9fff | 0x3041..=0x30ff | 0xac00..=0xd7a3);
    let is_sentence = || {
        line.contains(['，', '。', '、'])
            && line.starts_with(|c| is_han(&c))
            && line.chars().filter(is_han).count() >= 15
    };
    is_marked || is_sentence()
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

/// Writes strong emphasis among Han, kana or Hangul with asterisks: `CommonMark` (6.2, rule 6) takes `__茶__水` for a name
/// with underlines. A word of letters and digits alone is such a name, and a line that is filled in by hand has blanks.
fn starred(line: &str) -> Cow<'_, str> {
    const FEWEST: usize = 2;
    let is_address = ["](", "://", "[[", "[^", "<", "`", "$"].iter().any(|mark| line.contains(mark));
    if is_address || is_indented_code(line) {
        return Cow::Borrowed(line);
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find("__") {
        let (before, marks) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let after = marks.trim_start_matches('_');
        let is_in_name =
            before.ends_with(|c: char| c.is_ascii_alphabetic()) || after.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_in_name || (marks.len() - after.len()) % 2 == 1 {
            return Cow::Borrowed(line);
        }
        parts.extend([before, marks.strip_suffix(after).unwrap_or_default()]);
        rest = after;
    }
    let mut runs = parts.iter().skip(1).step_by(2);
    let between: Vec<&str> = parts.iter().skip(2).step_by(2).copied().collect();
    let is_framed = parts.first().is_some_and(|first| first.trim().is_empty()) && rest.trim().is_empty();
    let is_certain = is_framed || runs.any(|run| run.len() == 2);
    let is_words = |text: &&str| !text.starts_with(' ') && !text.ends_with(' ') && !is_name(text);
    let is_said = |text: &&str| text.contains(is_wide) && text.chars().count() >= FEWEST;
    if !is_certain || !between.iter().all(is_words) || !between.iter().any(is_said) {
        return Cow::Borrowed(line);
    }
    let marks =
        |(index, part): (usize, &&str)| if index % 2 == 1 { part.replace('_', "*") } else { (*part).to_owned() };
    let starred = parts.iter().enumerate().map(marks);
    Cow::Owned(starred.collect::<String>() + rest)
}

/// Whether a text could be a name between underlines: `init`.
fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a character is of a script that sets no spaces between words, or Hangul.
fn is_wide(character: char) -> bool {
    matches!(character as u32, 0x3041..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3)
}

/// Sets right the runs of asterisks that scrapers leave between spans: `**一****二**` is one bold span, and so is
/// `****一**** **二**`. A run of four or more inside a bold span means nothing, at a span's ends it is one `**`.
/// None if a span stays open.
fn glued_spans(line: &str) -> Option<String> {
    let mut joined = String::with_capacity(line.len());
    let mut bold = false;
    let mut rest = line;
    while let Some(found) = rest.find(['*', '`', '\\']) {
        let (before, marks) = rest.split_at_checked(found).unwrap_or((rest, ""));
        joined.push_str(before);
        let Some(mark) = marks.chars().next() else { break };
        let run = marks.len() - marks.trim_start_matches(mark).len();
        let (run, after) = marks.split_at_checked(run).unwrap_or((marks, ""));
        rest = after;
        match (mark, run.len()) {
            ('*', 2) => {
                bold = !bold;
                joined.push_str(run);
            }
            ('*', length) if length >= 4 && length % 2 == 0 => {
                let at_start = joined.ends_with(char::is_whitespace) || joined.is_empty();
                let at_end = after.starts_with(char::is_whitespace) || after.is_empty();
                if at_start && at_end {
                    joined.push_str(run);
                } else if !bold || at_end {
                    bold = !bold;
                    joined.push_str("**");
                }
            }
            ('*', _) => joined.push_str(run),
            ('`', _) => {
                let end = after.find(run).map_or(0, |end| end + run.len());
                joined.push_str(run);
                joined.push_str(after.get(..end).unwrap_or_default());
                rest = after.get(end..).unwrap_or_default();
            }
            _ => {
                let escaped = marks.chars().take(2).map(char::len_utf8).sum();
                joined.push_str(marks.get(..escaped).unwrap_or_default());
                rest = marks.get(escaped..).unwrap_or_default();
            }
        }
    }
    joined.push_str(rest);
    (!bold).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::LONG;
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
    }

    #[test]
    fn glued_spans_become_one() {
        assert_eq!(guard("**一****二**后文"), "**一二**后文");
        assert_eq!(guard("a **** b"), "a **** b");
        assert_eq!(guard("****粗****"), "**粗**");
        assert_eq!(guard("**2.******引入****“控制者”的概念**"), "**2.引入“控制者”的概念**");
        assert_eq!(guard("**5.******对任何****“高风险”评估** **(PIA)****"), "**5.对任何“高风险”评估** **(PIA)**");
        assert_eq!(guard("`a****b` **一****二**"), "`a****b` **一二**");
        assert_eq!(guard("**一****二"), "**一****二");
        assert_eq!(guard("```\n**一****二**\n```\n**一****二**"), "```\n**一****二**\n```\n**一二**");
    }

    #[test]
    fn strong_emphasis_with_underlines_among_han() {
        assert_eq!(guard("__茶事__从春天说起"), "**茶事**从春天说起");
        assert_eq!(guard("- __茶事__：春天 __水__"), "- __茶事__：春天 __水__");
        assert_eq!(guard("____（二）茶的事____"), "**（二）茶的事**");
        assert_eq!(guard("__1.______扩大茶园____"), "**1.扩大茶园**");
        for kept in [
            "调用__init__方法",
            "姓名____年龄____",
            "____年____月____日",
            "`__茶事__`",
            "他在__年__月",
            "a__b__c",
            "user__名称__id",
            "    缩进__茶事__后",
            "见 https://a.example/a__茶事__b",
            "[茶](a__茶事__b)",
            "[[附件/__茶事__图]]",
        ] {
            assert_eq!(guard(kept), kept);
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
        assert_eq!(guard(&"-".repeat(200)), "-".repeat(200));
    }
}
