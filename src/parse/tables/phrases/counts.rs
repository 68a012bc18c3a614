//! Lines of counters: how often an article was read, liked, kept and written about, and how long it takes to read.
//!
//! It refuses lines that say anything else.

use crate::parse::tables::enumerators::Words;

/// Bytes of the longest such line.
const LONGEST: usize = 160;

/// The words that stand beside counters, the longest first.
#[derive(Debug)]
pub struct Counts {
    /// What pages count.
    words: Words,
    /// What anyone may count: `30 人`.
    units: Words,
}

impl Counts {
    /// The words of some rows: what pages count, and what anyone may.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>, units: impl Iterator<Item = &'a str>) -> Self {
        let by_length = |mut words: Vec<&str>| {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            Words::of(words.into_iter())
        };
        Self { words: by_length(words.collect()), units: by_length(units.collect()) }
    }

    /// Whether numbers and words of counters are all that a line says: `1 评论 1475 浏览`, `12 likes · 3 min read`. Units
    /// alone are the article's: `30 人`, `6 minutes`.
    pub fn are_line(&self, line: &str) -> bool {
        if line.len() > LONGEST {
            return false;
        }
        let (mut rest, mut has_word) = (line.trim_start_matches(is_between), false);
        while !rest.is_empty() {
            let word = after_word(&self.words, rest);
            has_word |= word.is_some();
            let after = word.or_else(|| after_number(rest)).or_else(|| after_word(&self.units, rest));
            let Some(after) = after else { return false };
            rest = after.trim_start_matches(is_between);
        }
        has_word && line.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// What follows one of some words that a text begins with.
fn after_word<'a>(words: &Words, text: &'a str) -> Option<&'a str> {
    words.at(text).iter().find_map(|word| {
        let (start, after) = text.split_at_checked(word.len())?;
        let is_whole = !word.is_ascii() || !after.starts_with(|c: char| c.is_ascii_alphabetic());
        (is_whole && start.eq_ignore_ascii_case(word)).then_some(after)
    })
}

/// What follows a number: `1,475`, `1.2k`, `3万+`.
fn after_number(text: &str) -> Option<&str> {
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    if after.len() == text.len() || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let unit = after.strip_prefix(['k', 'K', 'w', 'W', 'm', 'M', '万', '萬', '千', '만', '천']);
    let unit = unit.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    Some(unit.unwrap_or(after).trim_start_matches('+'))
}

/// What may stand between counters.
fn is_between(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            ':' | '：' | '|' | '｜' | '·' | '•' | '・' | ',' | '，' | '、' | '/' | '(' | ')' | '（' | '）'
        )
        || matches!(character, '-' | '–' | '~' | '≈' | '+')
}

#[cfg(test)]
mod tests {
    use crate::parse::tables::Tables;

    #[track_caller]
    fn check(lines: &[&str], expected: bool) {
        for line in lines {
            assert_eq!(Tables::built_in().phrases.counts.are_line(line), expected, "{line}");
        }
    }

    #[test]
    fn counters_and_their_words() {
        check(
            &[
                "1 评论 1475 浏览 5 收藏 35 分钟",
                "浏览 35",
                "阅读量：1.2万｜点赞：30",
                "字數 5820閱讀時間 15 分鐘",
                "12 likes · 3 min read",
                "Likes: 123",
                "조회 120 댓글 3",
                "閲覧 1,475 いいね 12",
            ],
            true,
        );
    }

    #[test]
    fn what_else_has_numbers() {
        check(
            &["12", "评论", "2024-08-21", "读了 35 分钟的书", "3 分钟后水开了", "12 likely stories", "5 年", ""],
            false,
        );
    }
}
