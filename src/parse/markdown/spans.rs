//! Strong emphasis as converters leave it, made such that a parser sees it: spans glued together, underlines among Han.
//!
//! It refuses to touch code, addresses and names, and to add or remove lines.

use super::code::{self, Code, is_indented_code, lines_with};
use crate::text::script::is_east_asian;
use std::borrow::Cow;

/// What is set right.
const MARKS: [&str; 2] = ["****", "__"];

/// The text with its spans set right.
pub fn mended(text: &str) -> Cow<'_, str> {
    if !lines_with(text, &MARKS).any(|(_, line)| set_right(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len());
    let mut copied = 0;
    let mut code = Code::default();
    for (start, line) in lines_with(text, &[&MARKS[..], &code::MARKS[..]].concat()) {
        if !code.holds(line)
            && let Some(right) = set_right(line)
        {
            mended.push_str(text.get(copied..start).unwrap_or_default());
            mended.push_str(&right);
            copied = start + line.len();
        }
    }
    mended.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(mended)
}

/// A line that no code is in with its spans set right; none if they are.
fn set_right(line: &str) -> Option<String> {
    joined(&starred(line)).filter(|joined| joined != line)
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
    let is_said = |text: &&str| text.contains(is_east_asian) && text.chars().count() >= FEWEST;
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

/// Sets right the runs of asterisks that scrapers leave between spans: `**一****二**` is one bold span, and so is
/// `****一**** **二**`. A run of four or more inside a bold span means nothing, at a span's ends it is one `**`.
/// None if a span stays open.
fn joined(line: &str) -> Option<String> {
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
                // A span of nothing at the end of a line; behind a number it stands for what is not to be read.
                let is_empty = at_end && !bold && joined.contains("**");
                if at_start && at_end {
                    joined.push_str(run);
                } else if is_empty && joined.ends_with(|c: char| c.is_ascii_digit()) {
                    return None;
                } else if !is_empty && (!bold || at_end) {
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
    use super::mended;

    #[test]
    fn glued_spans_become_one() {
        assert_eq!(mended("**一****二**后文"), "**一二**后文");
        assert_eq!(mended("a **** b"), "a **** b");
        assert_eq!(mended("****粗****"), "**粗**");
        assert_eq!(mended("**2.******引入****“控制者”的概念**"), "**2.引入“控制者”的概念**");
        assert_eq!(mended("**5.******对任何****“高风险”评估** **(PIA)****"), "**5.对任何“高风险”评估** **(PIA)**");
        assert_eq!(mended("`a****b` **一****二**"), "`a****b` **一二**");
        assert_eq!(mended("**一****二"), "**一****二");
        assert_eq!(mended("**一****二**| 三****"), "**一二**| 三");
        assert_eq!(mended("**电话**：13****"), "**电话**：13****");
        assert_eq!(mended("```\n**一****二**\n```\n**一****二**"), "```\n**一****二**\n```\n**一二**");
    }

    #[test]
    fn strong_emphasis_with_underlines_among_han() {
        assert_eq!(mended("__茶事__从春天说起"), "**茶事**从春天说起");
        assert_eq!(mended("- __茶事__：春天 __水__"), "- __茶事__：春天 __水__");
        assert_eq!(mended("____（二）茶的事____"), "**（二）茶的事**");
        assert_eq!(mended("__1.______扩大茶园____"), "**1.扩大茶园**");
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
            assert_eq!(mended(kept), kept);
        }
    }
}
