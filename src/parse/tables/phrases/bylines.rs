//! Who wrote an article, as its byline says: `作者：甲`, `文 | 记者 甲`, `By Jane Doe`.
//!
//! It refuses sentences that begin with such words, and to tell names from what is none: where a byline puts a name, that
//! is taken for one.

use crate::parse::line::ends_sentence;
use crate::parse::tables::dates::Dates;
use crate::text::letters::{cells, has_letter};
use crate::text::script::is_han;

/// Cells of the longest name, or of a few.
const NAME: usize = 40;
/// Cells of a name that no mark parts from the word before it.
const BARE: usize = 12;
/// Characters of a name in Han characters.
const HAN: usize = 4;
/// What parts a word from the name after it.
const MARKS: [char; 8] = [':', '：', '|', '｜', '丨', '/', '／', '︱'];
/// What ends a name.
const ENDS: [&str; 16] =
    ["\n", "  ", "\t", "\u{3000}", "|", "｜", "丨", "︱", " · ", " • ", "，", ",", "；", ";", "（", "("];

/// The words of bylines.
#[derive(Debug)]
pub struct Bylines {
    /// What stands before a name, the longest first.
    words: Vec<Box<str>>,
    /// What someone is, before a name.
    roles: Vec<Box<str>>,
}

impl Bylines {
    /// The words of some rows: those before a name, and what someone is.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>, roles: impl Iterator<Item = &'a str>) -> Self {
        let by_length = |mut words: Vec<Box<str>>| {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words
        };
        Self { words: by_length(words.map(Into::into).collect()), roles: by_length(roles.map(Into::into).collect()) }
    }

    /// The name in a byline; `is_label` tells the words that stand before names of others.
    pub fn name(&self, line: &str, dates: &Dates, is_label: impl Fn(&str) -> bool) -> Option<String> {
        let line = line.trim_matches(|c: char| c.is_whitespace() || "*_【】[]（）()>".contains(c));
        let after = self.words.iter().find_map(|word| after(line, word))?;
        // `By Saturday all will be gone.`
        if ends_sentence(after) || after.ends_with("다.") || after.ends_with('.') && after.split(' ').count() > 3 {
            return None;
        }
        let end = ENDS.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
        let said = after.get(..end)?.trim();
        let mut names: Vec<&str> = said.split(' ').filter(|token| !token.is_empty()).collect();
        let is_digit = |token: &&str| token.starts_with(|c: char| c.is_ascii_digit());
        let is_over = |index: usize, token: &str| {
            let is_date =
                is_digit(&token) || dates.month(token).is_some() && names.get(index + 1).is_some_and(is_digit);
            token.contains(MARKS) || is_date || index > 0 && is_label(token)
        };
        let end = names.iter().enumerate().position(|(index, token)| is_over(index, token)).unwrap_or(names.len());
        names.truncate(end);
        let names = self.without_roles(names);
        let name = names.join(" ");
        let is_name =
            (2..=NAME).contains(&cells(&name)) && has_letter(&name) && !name.contains(['。', '！', '？', '@']);
        is_name.then_some(name)
    }

    /// Names without what those who bear them are: `茶社 掌柜 甲乙`.
    fn without_roles<'a>(&self, mut names: Vec<&'a str>) -> Vec<&'a str> {
        let is_role = |token: &&str| {
            let is_long = token.chars().count() > HAN && token.chars().all(is_han);
            is_long || self.roles.iter().any(|role| token.ends_with(&**role))
        };
        if let Some(last) = names.iter().rposition(is_role).filter(|last| last + 1 < names.len()) {
            names.drain(..=last);
        }
        if let [only] = &mut *names
            && let Some(name) = self.roles.iter().find_map(|role| only.split_once(&**role)).map(|(_, name)| name)
            && (2..=HAN).contains(&name.chars().count())
        {
            *only = name;
        }
        names
    }
}

/// What follows a word that a line begins with, if it is parted from it as names are.
fn after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = line.split_at_checked(word.len())?;
    if !start.eq_ignore_ascii_case(word) {
        return None;
    }
    let name = rest.trim_start();
    if let Some(name) = name.strip_prefix(MARKS) {
        return Some(name.trim_start_matches(MARKS).trim_start());
    }
    let is_parted = name.len() < rest.len();
    let is_name = if word.is_ascii() {
        name.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
    } else {
        let is_particle = name.starts_with(['は', 'が', 'を', 'の', 'に', 'も']);
        name.split(' ').next().is_some_and(|first| cells(first) <= BARE) && !is_particle
    };
    (is_parted && is_name && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::parse::tables::Tables;

    #[track_caller]
    fn check(line: &str, name: &str) {
        let tables = Tables::built_in();
        assert_eq!(tables.phrases.author(line, &tables.dates).unwrap_or_default(), name, "{line}");
    }

    #[test]
    fn names_in_bylines() {
        check("作者：陆小雨", "陆小雨");
        check("文 | 陆小雨", "陆小雨");
        check("作者｜陆小雨  编辑｜王茶", "陆小雨");
        check("**作者丨陆小雨，茶报记者**", "陆小雨");
        check("文｜本报记者 陆小雨", "陆小雨");
        check("文 | 河边茶社研究中心 陆小雨", "陆小雨");
        check("作者：记者陆小雨", "陆小雨");
        check("撰文/陆小雨 王茶", "陆小雨 王茶");
        check("作者 陆小雨 编辑：王茶", "陆小雨");
        check("文 陆小雨", "陆小雨");
        check("By Jane Doe", "Jane Doe");
        check("by Jane Doe Sep 15. 2022", "Jane Doe");
        check("Written by Jane Doe, Tea Daily", "Jane Doe");
        check("글: 김차", "김차");
        check("著者：陸小雨", "陸小雨");
    }

    #[test]
    fn lines_that_name_no_author() {
        for line in [
            "作者认为，茶棚不该拆。",
            "文化是河边的事",
            "编辑：陆小雨",
            "By the river there was a stall",
            "By Saturday all will be gone.",
            "Author Jane Doe died last year.",
            "글 쓰는 사람은 강가에 산다.",
            "文字 は人です",
            "作者：",
            "文章来自茶报",
        ] {
            check(line, "");
        }
    }
}
