//! Headings of texts without markup by how they are written, and their levels: a table that people can read and add to
//! (`assets/chapters.tsv`).
//!
//! It refuses sentences that begin so, and lines that are too long.

use super::Row;
use foldhash::HashMap;

/// Characters of the longest line.
const LONGEST: usize = 40;
/// Where the number stands in a row.
const NUMBER: char = '…';
/// At the end of a row: anything may follow.
const ANYTHING: char = '*';
/// The deepest level.
const DEEPEST: u8 = 6;

/// The forms of the table, by the character that they begin with.
#[derive(Debug)]
pub struct Chapters(HashMap<char, Vec<Form>>);

/// How a heading is written.
#[derive(Debug)]
struct Form {
    level: u8,
    before: Box<str>,
    /// What stands behind the number; none if the line is nothing but the words.
    after: Option<Box<str>>,
    /// Whether what the heading says may follow at once.
    goes_on: bool,
}

impl Chapters {
    /// The forms of some rows.
    pub fn of<'a>(rows: impl Iterator<Item = Row<'a>>) -> Self {
        let mut forms: HashMap<char, Vec<Form>> = HashMap::default();
        for (level, written) in rows.filter_map(|(kind, written)| Some((level(kind)?, written))) {
            let form = Form::of(level, written);
            if let Some(first) = form.before.chars().next() {
                forms.entry(first.to_ascii_lowercase()).or_default().push(form);
            }
        }
        Self(forms)
    }

    /// Whether rows of a kind mean something.
    pub fn knows(kind: &str) -> bool {
        level(kind).is_some()
    }

    /// The level of a line that is a heading.
    pub fn level(&self, line: &str) -> Option<u8> {
        let line = line.trim();
        let forms = self.0.get(&line.chars().next()?.to_ascii_lowercase())?;
        if line.chars().nth(LONGEST).is_some() || line.ends_with(['。', '，', '；', '.', ',', '”', '」', '！', '!'])
        {
            return None;
        }
        forms.iter().find(|form| form.fits(line)).map(|form| form.level)
    }
}

impl Form {
    fn of(level: u8, written: &str) -> Self {
        let (written, ends_open) = written.strip_suffix(ANYTHING).map_or((written, false), |written| (written, true));
        let (before, after) =
            written.split_once(NUMBER).map_or((written, None), |(before, after)| (before, Some(after.into())));
        Self { level, before: before.into(), after, goes_on: ends_open || before.ends_with(' ') }
    }

    /// Whether a line is written so.
    fn fits(&self, line: &str) -> bool {
        let Some((start, rest)) = line.split_at_checked(self.before.len()) else { return false };
        if !start.eq_ignore_ascii_case(&self.before) {
            return false;
        }
        let Some(after) = &self.after else { return rest.is_empty() };
        let rest = if self.before.ends_with(' ') { after_number_of_word(rest) } else { after_number(rest) };
        let Some(rest) = rest.and_then(|rest| rest.strip_prefix(&**after)) else { return false };
        // `第三节课` is no section.
        self.goes_on || rest.is_empty() || rest.starts_with([' ', '\u{3000}', '：', ':', '·', '\t', '、', '.'])
    }
}

/// What follows the number that a text begins with.
fn after_number(text: &str) -> Option<&str> {
    let is_numeral = |c: char| c.is_numeric() || "零〇一二三四五六七八九十百千两兩".contains(c);
    Some(text.trim_start_matches(is_numeral)).filter(|rest| rest.len() < text.len())
}

/// … behind a word, where it may be Roman: `Part I think` has none.
fn after_number_of_word(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(' ');
    let roman = || Some(text.trim_start_matches(['I', 'V', 'X', 'L'])).filter(|rest| rest.len() < text.len());
    let ends = |rest: &&str| {
        !rest.trim_start_matches(' ').starts_with(char::is_lowercase) && !rest.starts_with(char::is_alphanumeric)
    };
    after_number(text).or_else(|| roman().filter(ends))
}

fn level(kind: &str) -> Option<u8> {
    kind.parse().ok().filter(|level| (1..=DEEPEST).contains(level))
}

#[cfg(test)]
mod tests {
    use crate::parse::Tables;

    #[track_caller]
    fn check(line: &str, level: Option<u8>) {
        assert_eq!(Tables::built_in().chapters.level(line), level, "{line}");
    }

    #[test]
    fn lines_of_their_own() {
        for (line, level) in [
            ("第一卷 春", 1),
            ("卷二", 1),
            ("第三章归来", 2),
            ("　　第十二章 归来", 2),
            ("第３話　雪", 2),
            ("第一节 茶", 3),
            ("楔子", 2),
            ("Chapter IV", 2),
            ("CHAPTER I. Water", 2),
            ("Part 3 Fire", 1),
        ] {
            check(line, Some(level));
        }
    }

    #[test]
    fn sentences_and_words_are_none() {
        for line in [
            "第三节课下课了",
            "第一回见面的时候",
            "第三章他读了三遍，还是不懂。",
            "他说第三章",
            "卷二十四史看了一天",
            "Chapter Inn",
            "Part I think",
            "Parting 3",
            "楔子说",
            "",
        ] {
            check(line, None);
        }
    }
}
