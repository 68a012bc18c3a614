//! Characters that UAX #14 is to take for others: quotation marks among CJK, and what a loose level sets free.
//!
//! A masked character is as long in UTF-8 as the one it stands for, but for a few, after which [`unmasked`] finds the
//! bytes again. As the rules then run as usual, a character set free still never leaves an opening mark, glue or a
//! joiner before it: the fault of ICU4X's own looser forms, which break after `（` before `〜`.

use super::{Kinsoku, Rules};
use crate::text::character::Line;
use crate::text::{Class, Language};
use std::borrow::Cow;

/// What a character is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// An opening bracket.
    Opening,
    /// A closing bracket.
    Closing,
    /// An ideograph.
    Ideograph,
}

impl Mask {
    /// The class it is taken for.
    pub fn line(self) -> Line {
        match self {
            Self::Opening => Line::OpenWide,
            Self::Closing => Line::Close,
            Self::Ideograph => Line::Ideograph,
        }
    }
}

/// What a character is taken for between its neighbours; none where it is what it is.
pub fn of(left: Option<char>, character: char, right: Option<char>, rules: Rules) -> Option<Mask> {
    match character {
        '“' | '”' | '‘' | '’' => quote(left, character, right),
        _ if may_be_free(rules) => is_free(left, character, right, rules).then_some(Mask::Ideograph),
        _ => None,
    }
}

/// Whether a level gives anything back that the strict form of UAX #14 withholds.
pub fn may_be_free(rules: Rules) -> bool {
    match rules.kinsoku {
        Kinsoku::Loose => true,
        Kinsoku::Normal => rules.language == Language::Ja,
        Kinsoku::None | Kinsoku::Strict => false,
    }
}

/// Whether a class has characters that some level sets free.
#[inline]
pub fn may_free(class: Class) -> bool {
    matches!(
        class,
        Class::SmallKana
            | Class::Prolonged
            | Class::Iteration
            | Class::Pause
            | Class::Interpunct
            | Class::Connector
            | Class::Inseparable
            | Class::Suffix
            | Class::Prefix
    )
}

/// A text with its masks on.
pub fn text(text: &str, rules: Rules) -> Cow<'_, str> {
    if !may_be_free(rules) && !text.contains(['“', '”', '‘', '’']) {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut left = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        masked.push(match of(left, character, characters.peek().copied(), rules) {
            Some(Mask::Opening) => '《',
            Some(Mask::Closing) => '》',
            Some(Mask::Ideograph) => '一',
            None => character,
        });
        left = Some(character);
    }
    Cow::Owned(masked)
}

/// Turns bytes of a masked text, ascending, into those of the text itself: no ideograph has the two bytes of `°` or `£`.
pub fn unmasked(masked: &str, text: &str, places: &mut [usize]) {
    if masked.len() == text.len() {
        return;
    }
    let mut lengths = masked.chars().map(char::len_utf8).zip(text.chars().map(char::len_utf8));
    let (mut at, mut found) = (0, 0);
    for place in places {
        while at < *place {
            let Some((long, short)) = lengths.next() else { break };
            (at, found) = (at + long, found + short);
        }
        *place = found;
    }
}

/// Curly quotes next to CJK. Up to Unicode 16, UAX #14 glues them on both sides, since languages use them either way
/// (class QU); in CJK text `“` always opens and `”` always closes (CLREQ 3.1.2). An apostrophe, which is the same
/// character as a closing single quote, has letters of another script on both sides.
fn quote(left: Option<char>, quote: char, right: Option<char>) -> Option<Mask> {
    let is_square = |c: Option<char>| {
        c.is_some_and(|c| {
            let class = Class::of(c);
            class.is_cjk() || matches!(class, Class::Opening | Class::Closing) && !matches!(c, '“' | '”' | '‘' | '’')
        })
    };
    let is_letter = |c: Option<char>| c.is_some_and(|c| matches!(Class::of(c), Class::Letter | Class::Digit));
    let is_quote = |c: Option<char>| matches!(c, Some('“' | '”' | '‘' | '’'));
    let is_among_cjk = is_square(left) || is_square(right);
    match quote {
        '“' | '‘' if is_among_cjk || is_quote(right) || is_quote(left) => Some(Mask::Opening),
        '’' if is_letter(left) && is_letter(right) => None,
        '”' | '’' if is_among_cjk || is_quote(left) || is_quote(right) => Some(Mask::Closing),
        _ => None,
    }
}

/// The marks that may start a line in the newspapers of Chinese: CSS `loose` names each of them. The interpunct that
/// Chinese writes, `·`, and its `～` are not among them.
pub fn is_free_in_newspapers(mark: char) -> bool {
    matches!(mark, '‐' | '–' | '〜' | '゠' | '・' | '･' | '：' | '；' | '！' | '？' | '‼' | '⁇'..='⁉')
}

/// What CSS `loose` and JLREQ's levels 1 and 3 give back, as far as the matrix of `kinsoku` does not keep it.
fn is_free(left: Option<char>, character: char, right: Option<char>, rules: Rules) -> bool {
    let is_loose = rules.kinsoku == Kinsoku::Loose;
    let (is_ja, is_chinese) =
        (rules.language == Language::Ja, rules.language.is_unspaced() && rules.language != Language::Ja);
    let is_number = |c: Option<char>| c.is_some_and(|c| matches!(Class::of(c), Class::Digit | Class::FullWidth));
    match Class::of(character) {
        Class::SmallKana | Class::Prolonged => is_ja || rules.language == Language::Other,
        Class::Iteration => is_loose && rules.language != Language::Ko,
        Class::Pause | Class::Interpunct if is_chinese => is_loose && is_free_in_newspapers(character),
        Class::Pause | Class::Interpunct => is_ja && is_loose && character.len_utf8() == 3 && character != BULLET,
        Class::Connector if matches!(character, '‐' | '–') => {
            let is_after_ideograph = left.is_some_and(|left| Class::of(left).is_cjk());
            is_loose && is_after_ideograph && rules.language != Language::Ko
        }
        Class::Connector if is_chinese => is_loose && is_free_in_newspapers(character),
        Class::Connector => is_ja && is_loose && character != '~',
        Class::Inseparable => is_ja && is_loose && character != DASH && left.is_some_and(is_leader),
        Class::Suffix if character != '%' => is_loose && (is_ja || is_chinese && !is_number(left)),
        Class::Prefix if character != '$' => is_loose && !is_latin(left) && (is_ja || is_chinese && !is_number(right)),
        _ => false,
    }
}

const DASH: char = '—';
const BULLET: char = '•';

fn is_leader(character: char) -> bool {
    matches!(character, '…' | '‥' | '․' | '⋯')
}

fn is_latin(character: Option<char>) -> bool {
    character.is_some_and(|c| matches!(Class::of(c), Class::Letter | Class::Digit))
}
