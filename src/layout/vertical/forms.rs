//! What a character looks like where lines run down: the vertical forms of Unicode, and full width for ASCII.
//!
//! For showing only: copies, searches and files have the text as it is. Where Unicode has no form, what stands nearest.

use crate::text::{Class, Language};

/// What stands around a cluster.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around {
    /// The character before it.
    pub before: Option<char>,
    /// The character after it.
    pub after: Option<char>,
    /// Whether it is in code.
    pub is_code: bool,
    /// The language of its text.
    pub language: Language,
}

/// The character that stands for a cluster in a column; none if it stands for itself.
pub fn form(cluster: &str, around: Around) -> Option<char> {
    let mut characters = cluster.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else { return None };
    let Around { before, after, language, .. } = around;
    match character {
        _ if around.is_code => full_width(character),
        // An apostrophe, not a quotation mark.
        '’' if before.is_some_and(is_latin) && after.is_some_and(is_latin) => Some('＇'),
        // A sign in a number, a version, a name stands as its letters do: upright.
        '‐' | '‑' | '−' if is_inside(character, before, after) => Some('－'),
        _ if is_inside(character, before, after) => full_width(character),
        // A full stop of Korean, or of Chinese typed with a Latin keyboard.
        '.' if before.is_some_and(|before| Class::of(before).is_cjk()) => Some('︒'),
        '“' | '”' | '‘' | '’' => Some(quote(character, language)),
        '–'..='―' | '‐' | '‑' | '−' | '…' | '‥' | '⋯' | '⸺' | '⸻' | '─' | 'ー' | 'ｰ' | '－' | '～' | '〜' => {
            Some(stroke(character))
        }
        '→' | '⟶' => Some('↓'),
        '←' | '⟵' => Some('↑'),
        '⇒' => Some('⇓'),
        '⇐' => Some('⇑'),
        _ => mark(character).or_else(|| bracket(character)).or_else(|| full_width(character)),
    }
}

/// Whether a sign is a part of what is written in letters and digits without spaces, and no mark between words.
fn is_inside(character: char, before: Option<char>, after: Option<char>) -> bool {
    let is_part = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    let (follows, leads) = (is_part(before), is_part(after));
    match character {
        '.' => follows && leads || after.is_some_and(is_latin),
        ',' => before.is_some_and(is_digit) && after.is_some_and(is_digit),
        ':' => follows && (leads || after == Some('/')),
        '!' | '?' | ';' | '‐' | '‑' => follows && leads,
        // Of a negative number, an option.
        '-' => leads || after == Some('-'),
        '−' => leads,
        '_' => follows || leads,
        '~' => after == Some('/'),
        _ => false,
    }
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphabetic()
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// Quotation marks of columns: corners in Chinese (GB/T 15834-2011, 5.2.4), double primes in Japanese.
fn quote(character: char, language: Language) -> char {
    match (character, language) {
        ('“', Language::Ja) => '〝',
        ('”', Language::Ja) => '〟',
        ('“', _) => '﹃',
        ('”', _) => '﹄',
        ('‘', _) => '﹁',
        _ => '﹂',
    }
}

/// Dashes, dots and the mark of a long vowel, which run along the line.
fn stroke(character: char) -> char {
    match character {
        '…' | '⋯' => '︙',
        '‥' => '︰',
        'ー' | 'ｰ' => '丨',
        '～' | '〜' => '︴',
        '‐' | '‑' | '–' | '−' | '－' => '︲',
        _ => '︱',
    }
}

/// Points and other marks that stand elsewhere in their square.
fn mark(character: char) -> Option<char> {
    Some(match character {
        '，' | ',' => '︐',
        '、' | '､' => '︑',
        '。' | '｡' => '︒',
        '：' | ':' => '︓',
        '；' | ';' => '︔',
        '！' | '!' => '︕',
        '？' | '?' => '︖',
        '·' | '•' | '‧' | '･' => '・',
        '-' => '︲',
        '~' => '︴',
        '_' => '︳',
        _ => return None,
    })
}

/// Brackets, turned.
fn bracket(character: char) -> Option<char> {
    Some(match character {
        '（' | '(' => '︵',
        '）' | ')' => '︶',
        '｛' | '{' => '︷',
        '｝' | '}' => '︸',
        '〔' => '︹',
        '〕' => '︺',
        '【' => '︻',
        '】' => '︼',
        '《' | '«' => '︽',
        '》' | '»' => '︾',
        '〈' | '‹' => '︿',
        '〉' | '›' => '﹀',
        '「' | '｢' => '﹁',
        '」' | '｣' => '﹂',
        '『' => '﹃',
        '』' => '﹄',
        '［' | '[' => '﹇',
        '］' | ']' => '﹈',
        '〖' => '︗',
        '〗' => '︘',
        _ => return None,
    })
}

/// Letters, digits and signs of ASCII and currencies, each in the middle of its square.
fn full_width(character: char) -> Option<char> {
    match character {
        '¥' => Some('￥'),
        '£' => Some('￡'),
        '¢' => Some('￠'),
        '₩' => Some('￦'),
        '!'..='~' => char::from_u32(u32::from(character) + 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, form};
    use crate::text::{Language, WidthPolicy, clusters};

    /// Checks what stands in a column for each character of a text.
    #[track_caller]
    fn check(text: &str, language: Language, expected: &str) {
        let width = WidthPolicy::default();
        let all: Vec<&str> = clusters(text, width).map(|cluster| cluster.text).collect();
        let first = |index: Option<usize>| index.and_then(|index| all.get(index)?.chars().next());
        let found: String = (0..all.len())
            .map(|index| {
                let (before, after) = (first(index.checked_sub(1)), first(Some(index + 1)));
                let form = form(all[index], Around { before, after, is_code: false, language });
                assert!(
                    form.is_none_or(|form| "↓↑⇓⇑".contains(form) || width.text(&form.to_string()) == 2),
                    "{form:?}"
                );
                form.map_or(all[index].to_owned(), String::from)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_brackets_and_strokes() {
        check("他说：“走吧！”——《书》（一）……", Language::ZhHans, "他说︓﹃走吧︕﹄︱︱︽书︾︵一︶︙︙");
        check("「コーヒー、“濃い”のを。」", Language::Ja, "﹁コ丨ヒ丨︑〝濃い〟のを︒﹂");
        check("《诗》·‘风’，〔注〕【一】", Language::ZhHant, "︽诗︾・﹁风﹂︐︹注︺︻一︼");
    }

    #[test]
    fn signs_in_numbers_and_names_stand_upright() {
        check("版1.4.0、小数3.14，共10,000元", Language::ZhHans, "版１．４．０︑小数３．１４︐共１０，０００元");
        check("12:30，-4，−4，2026-11-25", Language::ZhHans, "１２：３０︐－４︐－４︐２０２６－１１－２５");
        check("a.b/c_d?e，~/.f，--g", Language::ZhHans, "ａ．ｂ／ｃ＿ｄ？ｅ︐～／．ｆ︐－－ｇ");
        check("见:甲,乙.丙;3~5, 北京-上海", Language::ZhHans, "见︓甲︐乙︒丙︔３︴５︐ 北京︲上海");
        check("用.NET，好.2026年", Language::ZhHans, "用．ＮＥＴ︐好︒２０２６年");
        check("¥9.50、£1、₩2、5¢", Language::ZhHans, "￥９．５０︑￡１︑￦２︑５￠");
    }

    #[test]
    fn ascii_is_of_full_width() {
        check("It’s v2.5 (beta-1): a→b", Language::Other, "Ｉｔ＇ｓ ｖ２．５ ︵ｂｅｔａ－１︶︓ ａ↓ｂ");
        check("é1️⃣👍🏽한", Language::Ko, "é1️⃣👍🏽한");
    }
}
