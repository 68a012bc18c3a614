//! Kinsoku: which characters may not start or end a line and which stand together, by language and level.
//!
//! The matrix merges CLREQ 3.1.3 (levels basic, GB/T 15834 and strict), JLREQ's addendum (levels 1, 3 and 4) and
//! KLREQ. It only removes opportunities from UAX #14, which already keeps closing marks, commas and full stops from a
//! line's start and opening marks from its end; what a level gives back is `mask`'s.

use super::{Kinsoku, Rules, Words, mask};
use crate::text::{Class, Language};

/// A place between two characters, and what stands around it.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The character before `left`.
    pub before: Option<char>,
    /// The character that would end a line.
    pub left: char,
    /// Its class.
    pub left_class: Class,
    /// The character that would start a line.
    pub right: char,
    /// Its class.
    pub right_class: Class,
    /// The character after `right`.
    pub after: Option<char>,
    /// Whether a digit stands before the place, spaces between them left out.
    pub is_after_number: bool,
}

/// A language's row of the matrix at a level: sets of classes, a bit each.
#[derive(Debug, Clone, Copy)]
pub struct Matrix {
    /// The rules it is made of.
    pub rules: Rules,
    /// May not start a line.
    start: u32,
    /// Whether single marks of those classes may, as in newspapers: [`mask::is_free_in_newspapers`].
    is_of_newspapers: bool,
    /// May not start a line even after a space. In scraped text spaces stand before marks that belong to the word.
    start_after_space: u32,
    /// Whether `’` and `”` may not start a line after a space either.
    closing_after_space: bool,
    /// May not end a line.
    end: u32,
    /// Of whole words: no line ends between two of these.
    letters: u32,
    /// May be one of a pair that stands together.
    pairs: u32,
}

/// Marks whose place at a line's start CLREQ basic, JLREQ from level 3 and KLREQ forbid. Commas, full stops and closing
/// marks are not among them: UAX #14 keeps those from it at every level.
const MARKS: &[Class] = &[Class::Pause, Class::Connector, Class::Interpunct];
/// Kana that do not start a line at the strictest level of Japanese, and in Korean.
const SMALL: &[Class] = &[Class::Iteration, Class::Prolonged, Class::SmallKana];
/// What words are made of: CSS's typographic letter units.
const LETTERS: &[Class] = &[
    Class::Han,
    Class::Kana,
    Class::SmallKana,
    Class::Prolonged,
    Class::Iteration,
    Class::Hangul,
    Class::Letter,
    Class::Digit,
    Class::FullWidth,
];
/// What [`Matrix::keeps_pair`] looks at.
const PAIRS: &[Class] = &[Class::Inseparable, Class::FullWidth, Class::Suffix, Class::Prefix, Class::Other];

impl Matrix {
    /// The row of a language and level.
    pub fn of(rules: Rules) -> Self {
        let (start, end): (&[&[Class]], &[Class]) = match (rules.language, rules.kinsoku) {
            (_, Kinsoku::None) => (&[], &[]),
            (Language::ZhHans | Language::ZhHant, Kinsoku::Loose) => (&[MARKS, &[Class::Solidus]], &[]),
            (Language::ZhHans, Kinsoku::Normal) => (&[MARKS, &[Class::Solidus, Class::Iteration]], &[Class::Solidus]),
            (Language::ZhHant, Kinsoku::Normal) => (&[MARKS, &[Class::Solidus, Class::Iteration]], &[]),
            (Language::ZhHans | Language::ZhHant, Kinsoku::Strict) => {
                (&[MARKS, &[Class::Solidus, Class::Iteration, Class::Inseparable]], &[Class::Solidus])
            }
            (Language::Ja, Kinsoku::Loose) => (&[], &[]),
            (Language::Ja, Kinsoku::Normal) => (&[MARKS, &[Class::Iteration]], &[]),
            (Language::Ja, Kinsoku::Strict) | (Language::Ko, _) => (&[MARKS, SMALL], &[]),
            (Language::Other, _) => (&[MARKS], &[]),
        };
        let start = start.iter().fold(0, |set, classes| set | bits(classes));
        // Elsewhere a dash between spaces stands between what it connects.
        let of_spaced =
            if rules.language == Language::Other { bits(&[Class::Pause, Class::Interpunct]) } else { u32::MAX };
        let keeps_words = rules.words.are_whole(rules.language);
        Self {
            rules,
            start,
            is_of_newspapers: rules.kinsoku == Kinsoku::Loose && rules.language.is_unspaced(),
            start_after_space: start & of_spaced,
            closing_after_space: rules.language.is_unspaced() && rules.kinsoku != Kinsoku::None,
            end: bits(end),
            letters: if keeps_words { bits(LETTERS) } else { 0 },
            pairs: if rules.kinsoku == Kinsoku::None { 0 } else { bits(PAIRS) },
        }
    }

    /// Whether the rules forbid a line's end at a place where UAX #14 allows one.
    #[inline]
    pub fn forbids(&self, place: &Place) -> bool {
        let (left, right) = (bit(place.left_class), bit(place.right_class));
        if place.left_class == Class::Space {
            return self.forbids_after_space(place);
        }
        (self.start & right) != 0 && !self.is_free(place.right)
            || (self.end & left) != 0
            || self.letters != 0 && self.splits_word(place)
            || (left | right) & self.pairs != 0 && self.keeps_pair(place)
    }

    #[inline]
    fn forbids_after_space(&self, place: &Place) -> bool {
        let is_kept = self.start_after_space & bit(place.right_class) != 0
            && !place.right.is_ascii()
            && place.right != BULLET
            && !self.is_free(place.right);
        // A quotation mark that closes, not the apostrophe of a year; in French a space stands within the marks.
        let is_quote = matches!(place.right, '’' | '”') && !place.after.is_some_and(|after| after.is_ascii_digit());
        is_kept
            || (is_quote && self.closing_after_space)
            || (place.before == Some('«') && self.pairs != 0)
            || (place.is_after_number && place.right_class == Class::Suffix && self.pairs != 0)
            || (place.right == DASH && is_lone_dash_kept(place, self.start_after_space))
    }

    /// Whether a mark may start a line though others of its class may not.
    fn is_free(&self, mark: char) -> bool {
        self.is_of_newspapers && mask::is_free_in_newspapers(mark)
    }

    /// Words of Korean, and what is attached to them: a particle follows a bracket or quotation mark without a space.
    fn splits_word(&self, place: &Place) -> bool {
        let is_letter = |class| self.letters & bit(class) != 0;
        let is_particle = place.right_class == Class::Hangul
            && (place.left_class == Class::Closing || matches!(place.left, ')' | ']' | '}' | '"' | '\''));
        (is_letter(place.left_class) && is_letter(place.right_class)) || is_particle
    }

    /// What stands together though each may start and end lines.
    fn keeps_pair(&self, place: &Place) -> bool {
        let (left, right) = (place.left, place.right);
        let newspaper = self.rules.language == Language::Ja && self.rules.kinsoku == Kinsoku::Loose;
        let is_number = |class| matches!(class, Class::Digit | Class::FullWidth);
        match (place.left_class, place.right_class) {
            (Class::Inseparable, Class::Inseparable) if left == right || is_repeat_mark(left) => {
                !newspaper || is_repeat_mark(left)
            }
            (_, Class::Inseparable) if right == DASH => is_lone_dash_kept(place, self.start),
            (Class::FullWidth, Class::FullWidth) => true,
            // A decimal point or the comma of thousands among full-width digits.
            (Class::Stop, Class::FullWidth) => {
                matches!(left, '．' | '，')
                    && is_full_width_digit(right)
                    && place.before.is_some_and(is_full_width_digit)
            }
            (before, Class::Suffix) if is_number(before) => !newspaper,
            (Class::Prefix, after) if is_number(after) => !newspaper,
            (Class::Letter, _) if matches!(right, '+' | '#') => true,
            _ if matches!(left, '+' | '#') && matches!(right, '+' | '#') => true,
            // Unicode 16's LB20a: a hyphen that starts a word, as in `--help` and `-x`.
            (_, Class::Letter) if left == '-' => {
                !place.before.is_some_and(|before| matches!(Class::of(before), Class::Letter | Class::Digit))
            }
            _ => false,
        }
    }
}

/// A single dash connects like any other connector; two of them are a mark of their own.
fn is_lone_dash_kept(place: &Place, start: u32) -> bool {
    place.left != DASH && place.after != Some(DASH) && start & bit(Class::Connector) != 0
}

const DASH: char = '—';
/// After a space it opens an item of a list.
const BULLET: char = '•';

/// The halves of the kana repeat mark, which is written in two characters.
fn is_repeat_mark(character: char) -> bool {
    matches!(character, '〳'..='〵')
}

fn is_full_width_digit(character: char) -> bool {
    matches!(character, '０'..='９')
}

#[inline]
const fn bit(class: Class) -> u32 {
    1 << (class as u32 & 31)
}

const fn bits(classes: &[Class]) -> u32 {
    let mut set = 0;
    let mut at = 0;
    while at < classes.len() {
        set |= bit(classes[at]);
        at += 1;
    }
    set
}

impl Words {
    /// Whether words of a language are kept whole.
    fn are_whole(self, language: Language) -> bool {
        match self {
            Self::Auto => language == Language::Ko,
            Self::Split => false,
            Self::Whole => true,
        }
    }
}
