//! How headings are numbered: the forms, their values, and which form stands above which.
//!
//! It refuses to take a quantity for a number: `2024年`, `1.8亿` and `360安全` number nothing.

use super::enumerators::{Enumerators, WordKind, Words};
use crate::text::letters;

/// A form of numbering, the usually higher one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `第一章`, `Part 1`: the place of its word among those of chapters, the higher first.
    Chapter(u8),
    /// `Ⅱ、`, `II.`.
    Roman,
    /// `一、`.
    Han,
    /// `（一）`.
    HanInBrackets,
    /// `01`.
    Padded,
    /// `1.`, `1、`.
    Digits,
    /// `A.`, `B、`.
    Letter,
    /// `1.1`, `1.1.1`: how many numbers.
    Dotted(u8),
    /// `（1）`.
    DigitsInBrackets,
    /// `①`.
    Circled,
    /// `Step 1`, `示例1`.
    Labelled,
}

/// The most numbers that one is made of; what has more is an address or a version.
const DEEPEST: u8 = 8;

/// The number at the start of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'a> {
    /// How it is written.
    pub form: Form,
    /// Its value; of `2.1` the last part's.
    pub value: u32,
    /// What follows it.
    pub rest: &'a str,
}

/// What parts a number from the text after it.
const SEPARATORS: &[char] =
    &['.', '、', '．', ' ', '\u{a0}', '\u{3000}', '|', '｜', '/', ')', '）', ':', '：', '·', '-', '—'];

impl<'a> Number<'a> {
    /// The number that a heading starts with.
    pub fn read(heading: &'a str, enumerators: &Enumerators) -> Option<Self> {
        let text = heading.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '【' | '/' | '#'));
        let first = text.chars().next()?;
        let after_word = match first {
            '第' | '제' => ordinal(text, enumerators),
            _ => None,
        };
        let may_be_word = enumerators.may_begin_number(text);
        let after_word = after_word.or_else(|| if may_be_word { worded(text, enumerators) } else { None });
        // Each of the other forms has its own first characters, and nearly no line begins with any.
        after_word.or_else(|| match first {
            '0'..='9' => digits(text, enumerators),
            '（' | '(' | '①'..='⒇' | '❶'..='❿' | '㈠'..='㈩' => bracketed(text),
            'Ⅰ'..='Ⅻ' => roman(text),
            'I' | 'V' | 'X' => roman(text).or_else(|| letter(text)),
            'A'..='Z' => letter(text),
            '十' | '百' => han(text),
            _ if han_digit(first).is_some() => han(text),
            _ => None,
        })
    }

    /// Whether nothing follows the number.
    pub fn stands_alone(&self) -> bool {
        !letters::has_letter(self.rest)
    }
}

fn number(form: Form, value: u32, rest: &str) -> Number<'_> {
    Number {
        form,
        value,
        rest: rest.trim_start_matches(|c: char| SEPARATORS.contains(&c) || c.is_whitespace() || c == '】'),
    }
}

/// Makes `10` after `09` the same form as those before it.
pub fn settle<'n>(numbers: impl Iterator<Item = &'n mut (Form, u32)>) {
    let mut padded = None;
    for (form, value) in numbers {
        if *form == Form::Digits && *value >= 10 && padded == Some(*value - 1) {
            *form = Form::Padded;
        }
        if *form == Form::Padded {
            padded = Some(*value);
        }
    }
}

/// `第三章`.
fn ordinal<'a>(text: &'a str, enumerators: &Enumerators) -> Option<Number<'a>> {
    let (value, rest) = any_value(text.strip_prefix(['第', '제'])?.trim_start())?;
    let rest = rest.trim_start();
    let units = enumerators.words(WordKind::Unit).at(rest).iter();
    let unit = units.filter(|unit| rest.starts_with(&***unit)).max_by_key(|unit| unit.len())?;
    Some(number(Form::Chapter(enumerators.place(unit)), value, rest.strip_prefix(&**unit)?))
}

/// `Part 3`, `PART.03`, `Step 1`, `示例1`.
fn worded<'a>(text: &'a str, enumerators: &Enumerators) -> Option<Number<'a>> {
    let of_chapter = || {
        let (word, value, rest) = after_word(text, enumerators.words(WordKind::Chapter))?;
        Some(number(Form::Chapter(enumerators.place(word)), value, rest))
    };
    let of_label = || {
        let (_, value, rest) = after_word(text, enumerators.words(WordKind::Label))?;
        Some(number(Form::Labelled, value, rest))
    };
    of_chapter().or_else(of_label)
}

/// One of some words that a text begins with, whatever the case of its ASCII letters, and the value after it.
fn after_word<'a, 'w>(text: &'a str, words: &'w Words) -> Option<(&'w str, u32, &'a str)> {
    let starts = |word: &&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let word = words.at(text).iter().map(|word| &**word).filter(starts).max_by_key(|word| word.len())?;
    let rest = text.get(word.len()..)?;
    let spaced = rest.trim_start_matches(['.', ' ', '\u{a0}', '-', '#']);
    let (value, after) = any_value(spaced)?;
    // `Partners` and `No one` hold a word, not a number, and so does `方法一定`.
    let is_digits = spaced.starts_with(|c: char| c.is_ascii_digit());
    let ends = if is_digits {
        !after.starts_with(|c: char| c.is_ascii_alphanumeric())
    } else {
        after.is_empty() || after.starts_with(SEPARATORS) || after.starts_with('，')
    };
    ends.then_some((word, value, after))
}

/// `（一）`, `(1)`, `①`, `⑴`, `㈠`, `❶`.
fn bracketed(text: &str) -> Option<Number<'_>> {
    let first = text.chars().next()?;
    let single = [
        ('①'..='⑳', Form::Circled),
        ('❶'..='❿', Form::Circled),
        ('⑴'..='⒇', Form::DigitsInBrackets),
        ('㈠'..='㈩', Form::HanInBrackets),
    ];
    if let Some((range, form)) = single.into_iter().find(|(range, _)| range.contains(&first)) {
        return Some(number(form, first as u32 - *range.start() as u32 + 1, text.get(first.len_utf8()..)?));
    }
    let inner = text.strip_prefix(['（', '('])?;
    let (value, rest) = any_value(inner)?;
    let rest = rest.strip_prefix(['）', ')'])?;
    let form =
        if inner.starts_with(|c: char| c.is_ascii_digit()) { Form::DigitsInBrackets } else { Form::HanInBrackets };
    (value <= 99).then(|| number(form, value, rest))
}

const NUMERALS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

fn roman(text: &str) -> Option<Number<'_>> {
    let first = text.chars().next()?;
    if let 'Ⅰ'..='Ⅻ' = first {
        return Some(number(Form::Roman, first as u32 - 'Ⅰ' as u32 + 1, text.get(first.len_utf8()..)?));
    }
    let end = text.find(|c: char| !matches!(c, 'I' | 'V' | 'X')).unwrap_or(text.len());
    let value = NUMERALS.iter().position(|numeral| text.get(..end) == Some(*numeral))? as u32 + 1;
    let rest = text.get(end..)?.strip_prefix(['.', '、', '．'])?;
    Some(number(Form::Roman, value, rest))
}

/// `A.`, `B、`; `U.S.` and `Q: …` number nothing.
fn letter(text: &str) -> Option<Number<'_>> {
    let first = text.chars().next().filter(char::is_ascii_uppercase)?;
    let rest = text.get(1..)?.strip_prefix(['.', '、', '．', ')', '）'])?;
    let is_initial = rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.get(1..2) == Some(".");
    (!is_initial).then(|| number(Form::Letter, first as u32 - 'A' as u32 + 1, rest))
}

fn han(text: &str) -> Option<Number<'_>> {
    let (value, rest) = han_value(text)?;
    let parts =
        rest.is_empty() || rest.starts_with(['、', '.', '．', ' ', '\u{a0}', '\u{3000}', '，', ':', '：', '|', '｜']);
    parts.then(|| number(Form::Han, value, rest.trim_start_matches('，')))
}

fn digits<'a>(text: &'a str, enumerators: &Enumerators) -> Option<Number<'a>> {
    let (value, mut rest) = digit_value(text)?;
    let is_padded = text.starts_with('0') && text.len() - rest.len() == 2;
    if value > 99 || text.len() - rest.len() > 2 {
        return None;
    }
    let mut last = value;
    let mut parts: u8 = 1;
    while let Some((value, after)) = rest.strip_prefix('.').and_then(digit_value) {
        (last, rest, parts) = (value, after, parts.saturating_add(1));
    }
    let is_keycap = rest.contains('\u{20e3}') && rest.trim_start_matches('\u{fe0f}').starts_with('\u{20e3}');
    let rest = rest.trim_start_matches(['\u{fe0f}', '\u{20e3}']);
    if parts > 1 {
        // `1.8亿` and `3.5%` are quantities, `2.1 范围` and `2.1.` are numbers.
        let ends = rest.is_empty() || rest.starts_with(['.', ' ', '\u{a0}', '、', '\u{3000}']);
        return (ends && last <= 30 && parts <= DEEPEST).then(|| number(Form::Dotted(parts), last, rest));
    }
    let marked = rest.starts_with(['.', '、', '．', '|', '｜', '/', ')', '）', ':', '：', '】'])
        && !rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_quantity = enumerators.words(WordKind::Measure).begin(rest.trim_start());
    let spaced = rest.starts_with([' ', '\u{a0}', '\u{3000}']) && value <= 30 && !is_quantity;
    let is_time = rest.starts_with([':', '-']) || enumerators.words(WordKind::Time).begin(rest);
    let glued = is_padded && !rest.starts_with(|c: char| c.is_ascii_digit()) && !is_time;
    let form = if is_padded { Form::Padded } else { Form::Digits };
    (marked || spaced || glued || is_keycap || rest.is_empty()).then(|| number(form, last, rest))
}

fn any_value(text: &str) -> Option<(u32, &str)> {
    digit_value(text).filter(|(value, _)| *value <= 999).or_else(|| han_value(text))
}

fn digit_value(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text.get(..end)?.parse().ok()?, text.get(end..)?))
}

/// A number below a thousand in Han characters.
fn han_value(text: &str) -> Option<(u32, &str)> {
    let mut value = 0;
    let mut digit = None;
    let mut end = 0;
    for (byte, character) in text.char_indices() {
        match character {
            '十' => value += digit.take().unwrap_or(1) * 10,
            '百' => value += digit.take().unwrap_or(1) * 100,
            _ => match han_digit(character) {
                Some(found) => digit = Some(digit.unwrap_or(0) * 10 + found),
                None => break,
            },
        }
        end = byte + character.len_utf8();
        if end > 15 {
            return None;
        }
    }
    (end > 0).then(|| Some((value + digit.unwrap_or(0), text.get(end..)?)))?
}

fn han_digit(character: char) -> Option<u32> {
    match character {
        '〇' | '零' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Form;
    use crate::parse::Tables;

    const CHAPTER: Form = Form::Chapter(0);

    #[track_caller]
    fn check(heading: &str, expected: Option<(Form, u32, &str)>) {
        let tables = Tables::built_in();
        let found = tables.number(heading).map(|number| {
            // Where its word stands in the table is not what is asked here.
            let form = if let Form::Chapter(_) = number.form { CHAPTER } else { number.form };
            (form, number.value, number.rest)
        });
        assert_eq!(found, expected, "{heading}");
    }

    #[test]
    fn forms() {
        for (heading, form, value, rest) in [
            ("第三章 归来", CHAPTER, 3, "归来"),
            ("PART.02 背景", CHAPTER, 2, "背景"),
            ("Part 1", CHAPTER, 1, ""),
            ("二十一、背景", Form::Han, 21, "背景"),
            ("八.要点", Form::Han, 8, "要点"),
            ("（二）方法", Form::HanInBrackets, 2, "方法"),
            ("1. Scope", Form::Digits, 1, "Scope"),
            ("1.建议扩大范围", Form::Digits, 1, "建议扩大范围"),
            ("01 | 消息", Form::Padded, 1, "消息"),
            ("02ChatGPT的能力", Form::Padded, 2, "ChatGPT的能力"),
            ("【03】消息", Form::Padded, 3, "消息"),
            ("1️⃣ 消息", Form::Digits, 1, "消息"),
            ("B、消息", Form::Letter, 2, "消息"),
            ("A. Shops", Form::Letter, 1, "Shops"),
            ("10、合作", Form::Digits, 10, "合作"),
            ("01", Form::Padded, 1, ""),
            ("2.1 范围", Form::Dotted(2), 1, "范围"),
            ("2.1.3 范围", Form::Dotted(3), 3, "范围"),
            ("第二部分 范围", CHAPTER, 2, "范围"),
            ("误区一：茶越浓越好", Form::Labelled, 1, "茶越浓越好"),
            ("❷ 再说", Form::Circled, 2, "再说"),
            ("（3）其他", Form::DigitsInBrackets, 3, "其他"),
            ("② 再说", Form::Circled, 2, "再说"),
            ("3 项目背景", Form::Digits, 3, "项目背景"),
            ("1 개요", Form::Digits, 1, "개요"),
            ("II. Methods", Form::Roman, 2, "Methods"),
            ("示例1 钓鱼", Form::Labelled, 1, "钓鱼"),
            ("Step 2: Build", Form::Labelled, 2, "Build"),
        ] {
            check(heading, Some((form, value, rest)));
        }
    }

    #[test]
    fn quantities_are_no_numbers() {
        for heading in [
            "一个人的书房",
            "2024年的茶",
            "1.8亿元",
            "3.5% 的增长",
            "360安全",
            "第25期",
            "Partners",
            "I am",
            "07:30 起床",
            "15 个好习惯",
            "1 种方法可以试试",
            "3 個習慣",
            "7 種茶",
            "5 件事要先做",
            "3 ヶ月の記録",
            "5 가지 방법",
            "05时起床",
            "方法一定要对",
            "U.S. tea",
            "Q: why",
            "1.1.1.1.1.1.1.1.1 范围",
            &format!("1{} 范围", ".1".repeat(300)),
        ] {
            check(heading, None);
        }
    }
}
