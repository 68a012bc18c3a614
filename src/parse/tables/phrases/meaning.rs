//! Whether a line means the phrases that it holds, or is a sentence which merely has such words: `作者：甲` names who wrote
//! an article, `作者认为，…` is its first sentence.
//!
//! It refuses to know what stands around the line. In doubt it is the article's.

use super::{Kind, Phrases};
use std::cmp::Reverse;
use std::ops::Range;

/// Digits of a date.
const DATE: usize = 6;
/// Characters of a line that is a name or a date, but for a few words.
const SHORT: usize = 40;
/// What stands between a label and what it says.
const PARTS: [char; 12] = ['：', ':', '|', '｜', '丨', '/', '／', '@', '＠', '，', ',', '—'];

/// Phrases that stand in a line, and where.
pub struct Found<'a> {
    phrases: &'a Phrases,
    line: &'a str,
    ranges: Vec<(Kind, Range<usize>)>,
}

/// Whether a line ends as sentences do.
pub fn is_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['”', '’', '」', '』', '）', ')', '"', ' ']);
    line.ends_with(['。', '！', '？', '…', '.', '!', '?', '．'])
}

impl<'a> Found<'a> {
    /// What stands in a line.
    pub fn in_line(phrases: &'a Phrases, line: &'a str) -> Self {
        let mut ranges = Vec::new();
        phrases.find(line, &mut |kind, range| ranges.push((kind, range)));
        // Of those that overlap the longest counts.
        ranges.sort_by_key(|(_, range)| (range.start, Reverse(range.end)));
        Self { phrases, line, ranges }
    }

    /// Whether what the line says is what phrases of a kind mean: it is a label with what it says, hardly more than such
    /// phrases, or speaks of what they speak of elsewhere too.
    pub fn means(&self, kind: Kind) -> bool {
        let mut own = self.ranges.iter().filter(|(other, _)| *other == kind).map(|(_, range)| range);
        own.any(|range| self.is_label(range) || self.is_sign(range))
            || self.is_most(kind)
            || self.is_credit(kind)
            || self.has_subject(kind)
    }

    /// Whether a phrase at the start is parted from what follows it.
    fn is_label(&self, range: &Range<usize>) -> bool {
        let (label, rest) = self.line.split_at_checked(range.end).unwrap_or_default();
        let is_parted = rest.trim_start().starts_with(PARTS) || label.trim_end().ends_with(PARTS);
        // Without an end a space is enough, as in `编辑 甲`.
        let is_spaced = !is_sentence(self.line) && (rest.starts_with([' ', '\u{3000}']) || label.ends_with(' '));
        range.start == 0 && (rest.is_empty() || is_parted || is_spaced)
    }

    /// Whether a phrase at the start is a sign, such as `©`, with which no sentence begins.
    fn is_sign(&self, range: &Range<usize>) -> bool {
        range.start == 0 && self.line.get(range.clone()).is_some_and(|phrase| !phrase.contains(char::is_alphanumeric))
    }

    /// Whether the phrases, which do not overlap, are more than half of the line, or two.
    fn is_most(&self, kind: Kind) -> bool {
        let (mut end, mut count, mut covered, mut has_own) = (0, 0, 0, false);
        for (other, range) in &self.ranges {
            has_own |= *other == kind;
            if range.start >= end {
                end = range.end;
                count += 1;
                covered += range.len();
            }
        }
        has_own && (count >= 2 || covered * 2 > self.line.len())
    }

    /// Whether a subject stands beside the phrases. A sentence about an author speaks of what bylines do.
    fn has_subject(&self, kind: Kind) -> bool {
        let is_beside =
            |start: usize, end: usize| self.ranges.iter().all(|(_, range)| end <= range.start || range.end <= start);
        let mut subjects = self.phrases.subjects.iter();
        kind != Kind::Head
            && subjects.any(|subject| {
                self.line.match_indices(&**subject).any(|(start, _)| is_beside(start, start + subject.len()))
            })
    }

    /// Whether only names or a date stand beside a phrase at the start.
    fn is_credit(&self, kind: Kind) -> bool {
        if kind != Kind::Head {
            return false;
        }
        let starts = |(other, range): &&(Kind, Range<usize>)| *other == kind && range.start == 0;
        let Some((_, range)) = self.ranges.iter().find(starts) else { return false };
        let rest = self.line.get(range.end..).unwrap_or_default();
        if self.line.chars().nth(SHORT).is_some() || rest.contains(['，', ',']) && !rest.is_ascii() {
            return false;
        }
        let digits = rest.chars().filter(char::is_ascii_digit).count();
        let is_name = |word: &str| {
            matches!(word, "and" | "on" | "by" | "at" | "de" | "von" | "van") || !word.starts_with(char::is_lowercase)
        };
        digits >= DATE || !rest.is_empty() && rest.is_ascii() && rest.split_whitespace().all(is_name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Kind};
    use crate::parse::tables::Tables;

    #[track_caller]
    fn check(kind: Kind, means: bool, lines: &[&str]) {
        let phrases = &Tables::built_in().phrases;
        for line in lines {
            assert_eq!(Found::in_line(phrases, line).means(kind), means, "{line}");
        }
    }

    #[test]
    fn bylines_are_told_from_sentences_about_authors() {
        let bylines = [
            "作者：甲。",
            "作者 | 甲",
            "编辑 甲",
            "文/甲。",
            "发布于2024年5月1日。",
            "By Jane Doe.",
            "Published May 3, 2024.",
            "点击上方蓝字，关注我们。",
        ];
        check(Kind::Head, true, &bylines);
        let sentences = [
            "作者认为，茶棚不该拆。",
            "编辑器是每天都要打开的东西。",
            "来源于生活的故事，总是最动人的。",
            "于 2020 年春天，我第一次来到这座城市。",
            "作者の死後、原稿は弟子の手に渡った。",
            "글쓴이는 강가에서 사십 년을 살았다.",
            "By 2010 the shop was gone.",
            "Published papers are rarely read.",
            "By the end of the year, nobody remembered the river.",
            "Опубликовано было только после смерти автора.",
        ];
        check(Kind::Head, false, &sentences);
    }

    #[test]
    fn promotion_is_told_from_sentences_with_its_words() {
        let asks = [
            "欢迎关注我们的公众号。",
            "想了解更多内容，请扫描下方二维码。",
            "如果觉得文章不错，请分享给朋友。",
            "Subscribe to our newsletter to get such articles in your inbox.",
            "Follow us on Twitter.",
            "チャンネル登録をお願いします。この記事をシェアしてください。",
        ];
        check(Kind::Tail, true, &asks);
        let sentences = [
            "点击上方的按钮，程序就会崩溃。",
            "喜欢就去做，不要等。",
            "关注我们身边的小事，才能看见时代。",
            "商业合作的前提是信任。",
            "Sign up for nothing that you would not pay for.",
            "シェアして住む家が増えている。",
            "구독 경제라는 말이 낯설지 않다.",
        ];
        check(Kind::Tail, false, &sentences);
    }

    #[test]
    fn no_sentence_begins_with_a_sign() {
        check(Kind::Footer, true, &["© 2014, Jane Doe, and all who helped her. Made with a program."]);
    }
}
