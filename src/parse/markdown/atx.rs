//! Headings without the space that `CommonMark` (4.2) asks for after their number signs: `##标题`, as many wrote in
//! Chinese and Japanese, and as parsers read it before 2014.
//!
//! It refuses to add or remove lines, and to take hashtags, directives of a preprocessor and code for headings.

use super::code::told_apart;
use memchr::memmem;
use std::borrow::Cow;

/// Characters of a heading of the first level; what is longer begins with a hashtag.
const LONGEST: usize = 60;
/// Lines of the first level that are headings without other evidence.
const SEVERAL: usize = 2;

/// What programs say after a number sign.
const DIRECTIVES: &[&str] = &[
    "define",
    "elif",
    "else",
    "endif",
    "endregion",
    "error",
    "if",
    "ifdef",
    "ifndef",
    "import",
    "include",
    "line",
    "pragma",
    "region",
    "undef",
    "use",
    "warning",
];

/// A line that begins with number signs and no space after them.
#[derive(Clone, Copy)]
struct Line {
    index: usize,
    level: usize,
    /// Whether a space follows that parsers do not know.
    is_spaced: bool,
}

/// The text with the space in place.
pub fn spaced(text: &str) -> Cow<'_, str> {
    let starts = memmem::find_iter(text.as_bytes(), "\n#").map(|at| at + 1).chain(text.starts_with('#').then_some(0));
    if !starts.filter_map(|at| text.get(at..)).any(|line| level(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<(&str, bool)> = told_apart(text).collect();
    let headings = headings(&lines);
    let lines: Vec<&str> = lines.into_iter().map(|(line, _)| line).collect();
    let mut spaced = String::with_capacity(text.len() + headings.len());
    let mut copied = 0;
    for Line { index, level, .. } in headings {
        spaced.extend(lines.get(copied..index).unwrap_or_default().iter().copied());
        let (signs, title) = lines.get(index).and_then(|line| line.split_at_checked(level)).unwrap_or_default();
        spaced.extend([signs, " ", title.trim_start()]);
        copied = index + 1;
    }
    spaced.extend(lines.get(copied..).unwrap_or_default().iter().copied());
    Cow::Owned(spaced)
}

/// The lines that are headings. Those of the first level may be hashtags: they are believed in a text that sets no
/// space after other signs either, if they stand alone, beside deeper ones or several with text below each.
fn headings(lines: &[(&str, bool)]) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut has_spaced = false;
    let mut before = "";
    for (index, (line, is_code)) in lines.iter().enumerate() {
        if !is_code && (before.trim().is_empty() || before.starts_with('#')) {
            has_spaced |=
                line.trim_start_matches('#').len() < line.len() && line.trim_start_matches('#').starts_with(' ');
            if let Some((level, title)) = level(line).and_then(|level| Some((level, line.get(level..)?)))
                && is_title(title, level)
            {
                found.push(Line { index, level, is_spaced: title.starts_with(is_wide_space) });
            }
        }
        before = line;
    }
    let line = |index: usize| lines.get(index).map_or("", |(line, _)| *line);
    // A command follows the comment above it at once; a list may follow a heading so.
    let stands_alone = |found: &Line| {
        let next = line(found.index + 1);
        next.trim().is_empty() || next.starts_with(['#', '-', '*', '>', '!', '['])
    };
    found.retain(|found| found.level > 1 || found.is_spaced || !has_spaced && stands_alone(found));
    let is_followed = |found: &&Line| {
        let next = lines.iter().skip(found.index + 1).find(|(line, _)| !line.trim().is_empty());
        found.level == 1 && next.is_some_and(|(next, _)| !next.starts_with('#'))
    };
    let is_certain = found.iter().any(|found| found.level > 1 || found.is_spaced);
    if !is_certain && found.iter().filter(is_followed).count() < SEVERAL {
        found.clear();
    }
    found
}

/// The number signs of a line, if there are as many as a heading has and no space after them that parsers know.
fn level(line: &str) -> Option<usize> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let is_spaced = title.starts_with(|c: char| c.is_whitespace() && !is_wide_space(c));
    ((1..=6).contains(&level) && !title.is_empty() && !is_spaced).then_some(level)
}

/// Spaces of Chinese input methods and of web pages, which `CommonMark` (4.2) takes for letters. No hashtag has them.
fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{a0}' | '\u{2002}' | '\u{2003}')
}

/// Whether what follows the number signs can be a title.
fn is_title(title: &str, level: usize) -> bool {
    let title = title.trim();
    let words = title.trim_start_matches(|c: char| c.is_ascii_digit());
    // `#1 of many` counts, `#1、水` and `#2022年` do not.
    let is_ordinal = words.len() < title.len() && words.starts_with(|c: char| c.is_ascii_alphanumeric() || c == ' ');
    let is_attribute =
        title.strip_prefix('[').is_some_and(|inner| inner.starts_with(|c: char| c.is_ascii_alphabetic()));
    let first = title.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_tag = level == 1 && (title.contains('#') || title.chars().count() > LONGEST || is_ordinal);
    words.contains(char::is_alphabetic)
        && !is_attribute
        && !title.starts_with(['!', '{'])
        && !title.ends_with(['{', ';', '\\'])
        && !DIRECTIVES.contains(&first)
        && !is_tag
}

#[cfg(test)]
mod tests {
    use super::spaced;

    /// The lines that get a space.
    #[track_caller]
    fn check(text: &str, headings: &[&str]) {
        let spaced = spaced(text);
        assert_eq!(spaced.lines().count(), text.lines().count());
        let changed: Vec<&str> = spaced.lines().zip(text.lines()).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
        assert_eq!(changed, headings, "{text}");
    }

    #[test]
    fn headings_without_a_space() {
        check("##水\n从山上来。\n\n###一、火\n\n炭。\n", &["## 水", "### 一、火"]);
        check("#茶事\n##水\n", &["# 茶事", "## 水"]);
        check("#水\n\n从山上来。\n\n#1、火\n\n炭。\n", &["# 水", "# 1、火"]);
        check("#2022年的[茶](a)\n\n##[水](b)\n\n从山上来。\n", &["# 2022年的[茶](a)", "## [水](b)"]);
    }

    #[test]
    fn spaces_that_parsers_do_not_know() {
        check("#\u{3000}茶事\n\n从山上来。\n\n## 水\n\n##\u{a0}火\n", &["# 茶事", "## 火"]);
    }

    #[test]
    fn what_is_none() {
        check("#茶事\n\n## 水\n\n从山上来。\n\n#待办 补竹管\n\n## 火\n\n炭。\n", &[]);
        check("#安装\nnpm i\n\n#运行\nnpm start\n", &[]);
        check("<pre>\n\n##开始\n</pre>\n", &[]);
        check("从山上来。\n\n#水\n", &[]);
        check("#水 #火\n\n从山上来。\n\n#茶 #炭\n\n从山上来。\n", &[]);
        check("#水#\n\n从山上来。\n\n#茶#\n\n从山上来。\n", &[]);
        check("#include <a.h>\n\n#define A 1\n\n##\n\n#1 水\n\n#!/bin/sh\n\n#a {\n\n#[test]\n", &[]);
        check("```\n##水\n```\n\n从山上来\n##火\n", &[]);
    }
}
