//! Kinsoku: which characters may not start or end a line, by language and level.
//!
//! The matrix is that of CLREQ 3.1.3 (levels of GB/T 15834), JLREQ appendix and KLREQ; it only removes opportunities
//! from UAX #14, or gives back the few that its strict form withholds.

use super::Rules;
use crate::text::{Class, Language};

/// Levels of line-breaking rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kinsoku {
    /// UAX #14 alone.
    None,
    /// CLREQ basic, JLREQ newspaper, CSS `loose`.
    Loose,
    /// CLREQ with GB/T 15834, JLREQ level 3, CSS `normal`.
    #[default]
    Normal,
    /// CLREQ strict, JLREQ level 4, CSS `strict`.
    Strict,
}

/// Whether the rules forbid a line's end between two characters.
pub fn forbids(left: char, right: char, rules: Rules) -> bool {
    if rules.kinsoku == Kinsoku::None {
        return false;
    }
    let (before, after) = (Class::of(left), Class::of(right));
    if before == Class::Space {
        return may_not_start(after, right, rules) && !right.is_ascii();
    }
    may_not_start(after, right, rules)
        || may_not_end(before, left, rules)
        || belong_together(left, right, before, after)
}

/// Opportunities that UAX #14's strict form withholds and the level gives back: before small kana and the mark of
/// long vowels in Japanese (JLREQ level 3, CSS `normal`).
pub fn relaxations(text: &str, rules: Rules) -> Vec<usize> {
    let frees = matches!(rules.kinsoku, Kinsoku::Loose | Kinsoku::Normal) && rules.language == Language::Ja;
    if !frees {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut left: Option<char> = None;
    for (byte, character) in text.char_indices() {
        let is_freed = match Class::of(character) {
            Class::SmallKana | Class::Prolonged => true,
            Class::Iteration => rules.kinsoku == Kinsoku::Loose,
            _ => false,
        };
        // After a letter or a full stop only: an opening mark or glue before it holds on to it.
        let is_free_after = left.is_some_and(|left| {
            matches!(Class::of(left), Class::Han | Class::Kana | Class::SmallKana | Class::Prolonged)
        });
        if is_freed && is_free_after {
            found.push(byte);
        }
        left = Some(character);
    }
    found
}

fn may_not_start(class: Class, character: char, rules: Rules) -> bool {
    let newspaper = rules.language == Language::Ja && rules.kinsoku == Kinsoku::Loose;
    match class {
        Class::Closing => !is_ambiguous_quote(character) || rules.language.is_unspaced(),
        Class::Stop => true,
        Class::Pause | Class::Connector | Class::Interpunct => !newspaper && character != '•',
        Class::Solidus => rules.language.is_unspaced() && rules.language != Language::Ja,
        Class::Inseparable => rules.kinsoku == Kinsoku::Strict && rules.language == Language::ZhHans,
        Class::Suffix => matches!(character, '％' | '‰' | '℃' | '℉' | '%'),
        _ => false,
    }
}

fn may_not_end(class: Class, character: char, rules: Rules) -> bool {
    match class {
        Class::Opening => !is_ambiguous_quote(character) || rules.language.is_unspaced(),
        Class::LatinOpening => true,
        Class::Solidus => rules.language == Language::ZhHans && rules.kinsoku >= Kinsoku::Normal,
        Class::Prefix => !matches!(character, '±'),
        _ => false,
    }
}

/// Pairs of dashes and dots, full-width words, `C++`.
fn belong_together(left: char, right: char, before: Class, after: Class) -> bool {
    (before == Class::Inseparable && left == right)
        || (before == Class::FullWidth && after == Class::FullWidth)
        || (matches!(left, '+' | '#') && matches!(right, '+' | '#'))
        || (before == Class::Letter && matches!(right, '+' | '#'))
}

/// Quotes that other scripts use the other way round.
fn is_ambiguous_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '‘' | '’' | '«' | '»')
}
