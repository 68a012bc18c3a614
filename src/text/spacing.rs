//! Where a gap belongs between scripts: CLREQ 3.2.2, JLREQ 3.2.6, CSS Text 4 `text-autospace: normal`; and where a space
//! of the text makes one too many.
//!
//! Both are for showing only: the text stays what it is.

use super::{Class, Language};

/// Spaces that are typed on end by habit; more are meant to be seen.
const TYPED: usize = 3;

/// Whether a gap belongs between two neighbours: Han or kana on one side, a Latin letter or digit on the other.
/// Hangul is written with spaces of its own.
pub fn needs_gap(left: Class, right: Class) -> bool {
    let is_square = |class: Class| {
        matches!(class, Class::Han | Class::Kana | Class::SmallKana | Class::Prolonged | Class::Iteration)
    };
    let is_narrow = |class: Class| matches!(class, Class::Letter | Class::Digit);
    (is_square(left) && is_narrow(right)) || (is_narrow(left) && is_square(right))
}

/// Whether the space at a byte is too many: it stands beside a mark of full width, half of which is blank already (CLREQ
/// 3.1.6, where no other space is). In Japanese one belongs after `！` and `？` (JLREQ 3.1.2); in Korean all do. What
/// stands at a line's start sets it in.
pub fn is_too_many(text: &str, byte: usize, language: Language, is_wide: impl Fn(char) -> bool) -> bool {
    let Some((before, rest)) = text.split_at_checked(byte).filter(|_| language.is_unspaced()) else { return false };
    let mut spaces = 0;
    let mut is_other = |character: &char| {
        spaces += usize::from(*character == ' ');
        *character != ' ' || spaces > TYPED
    };
    let before = before.chars().rev().find(&mut is_other);
    let after = rest.chars().find(&mut is_other);
    let (Some(before), Some(after)) = (before, after) else { return false };
    let is_mark = |character: char| {
        matches!(Class::of(character), Class::Stop | Class::Pause | Class::Closing | Class::Opening)
            && is_wide(character)
    };
    let divides = language == Language::Ja && matches!(before, '！' | '？' | '‼' | '⁇'..='⁉');
    match before {
        // A fourth space, of which there may be any number.
        _ if before == ' ' || after == ' ' => false,
        '\n' => false,
        _ if divides => is_mark(after) && Class::of(after) == Class::Closing,
        _ => is_mark(before) && after != '\n' || is_mark(after),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_too_many, needs_gap};
    use crate::text::{Class, Language, WidthPolicy};

    #[test]
    fn between_scripts_only() {
        let gap = |left, right| needs_gap(Class::of(left), Class::of(right));
        assert!(gap('用', 'R') && gap('3', '月') && gap('は', 'G'));
        assert!(!gap('用', ' ') && !gap('，', 'R') && !gap('한', 'G') && !gap('a', 'b') && !gap('Ａ', '中'));
    }

    /// Checks which spaces of a text are not shown: what is left of it.
    #[track_caller]
    fn check(language: Language, text: &str, shown: &str) {
        let is_wide = |character: char| WidthPolicy::default().text(character.encode_utf8(&mut [0; 4])) == 2;
        let left = text.char_indices().filter(|(byte, c)| *c != ' ' || !is_too_many(text, *byte, language, is_wide));
        assert_eq!(left.map(|(_, c)| c).collect::<String>(), shown);
    }

    #[test]
    fn beside_marks_of_full_width() {
        check(Language::ZhHans, "先看， 后写 。 用 （ Rust ） 写：  一 二", "先看，后写。用（Rust）写：一 二");
        check(Language::ZhHans, "他说 “好” 。 done， then （a）.", "他说 “好”。done，then（a）.");
        check(Language::Ja, "本当！ はい。 「え？ 」", "本当！ はい。「え？」");
        check(Language::Ko, "책， 그리고", "책， 그리고");
        check(Language::Other, "a， b", "a， b");
    }

    #[test]
    fn what_is_meant_to_be_seen_stays() {
        check(Language::ZhHans, "  （一） 甲\n 「乙」 \n丙", "  （一）甲\n 「乙」 \n丙");
        check(Language::ZhHans, "甲：    乙：\u{3000}丙", "甲：    乙：\u{3000}丙");
    }
}
