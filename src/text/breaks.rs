//! Where a line may end: UAX #14 behind a small trait, then the kinsoku rules of the language and level.
//!
//! The sole owner of `icu_segmenter`. It refuses to choose among the opportunities: that is `layout::fit`'s.

pub mod address;
pub mod kinsoku;

pub use kinsoku::Kinsoku;

use super::{Class, Language};
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness, LineBreakWordOption};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use std::borrow::Cow;

/// What kind of place a line may end at; the fitting weighs them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opportunity {
    /// After white space, which vanishes.
    Space,
    /// Between two characters of a script without spaces.
    Ideograph,
    /// After a mark.
    Mark,
    /// Between a number and its unit or counter.
    NumberUnit,
    /// Inside an address.
    Address,
    /// After a hyphen that is in the text.
    Hyphen,
    /// Where nothing allows it, but the measure leaves no choice.
    Emergency,
}

/// Finds break opportunities by UAX #14.
pub trait BreakSource {
    /// The bytes at which a line may end, ascending; neither 0 nor the text's length.
    fn breaks(&self, text: &str, keeps_words: bool) -> Vec<usize>;
}

/// UAX #14 as ICU4X implements it, in its strict form: what is looser is decided here.
pub struct Icu {
    strict: LineSegmenterBorrowed<'static>,
    keep_all: LineSegmenterBorrowed<'static>,
}

impl Default for Icu {
    fn default() -> Self {
        let segmenter = |word| {
            let mut options = LineBreakOptions::default();
            options.strictness = Some(LineBreakStrictness::Strict);
            options.word_option = Some(word);
            LineSegmenter::new_for_non_complex_scripts(options)
        };
        Self { strict: segmenter(LineBreakWordOption::Normal), keep_all: segmenter(LineBreakWordOption::KeepAll) }
    }
}

impl BreakSource for Icu {
    fn breaks(&self, text: &str, keeps_words: bool) -> Vec<usize> {
        let segmenter = if keeps_words { self.keep_all } else { self.strict };
        segmenter.segment_str(text).filter(|byte| *byte > 0 && *byte < text.len()).collect()
    }
}

/// The rules in force for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules {
    /// Its language.
    pub language: Language,
    /// How strict.
    pub kinsoku: Kinsoku,
}

/// The places at which a line of a text may end, ascending: bytes and their kinds.
pub fn opportunities(text: &str, rules: Rules, source: &impl BreakSource) -> Vec<(usize, Opportunity)> {
    let addresses = address::find(text);
    let masked = mask_quotes(text, rules.language);
    let candidates = source.breaks(&masked, rules.language == Language::Ko);
    let relaxed = kinsoku::relaxations(text, rules);
    let mut found = Vec::with_capacity(candidates.len());
    for byte in merge(candidates, relaxed) {
        if addresses.iter().any(|address| address.start < byte && byte < address.end) {
            continue;
        }
        let (Some(left), Some(right)) = neighbours(text, byte) else { continue };
        if !kinsoku::forbids(left, right, rules) {
            found.push((byte, kind(left, right)));
        }
    }
    if !addresses.is_empty() {
        let inside = addresses.iter().flat_map(|range| address::breaks(text, range.clone()));
        found.extend(inside.map(|byte| (byte, Opportunity::Address)));
        found.sort_unstable_by_key(|(byte, _)| *byte);
        found.dedup_by_key(|(byte, _)| *byte);
    }
    found
}

/// The characters around a byte.
fn neighbours(text: &str, byte: usize) -> (Option<char>, Option<char>) {
    let (left, right) = text.split_at_checked(byte).unwrap_or((text, ""));
    (left.chars().next_back(), right.chars().next())
}

fn merge(mut candidates: Vec<usize>, relaxed: Vec<usize>) -> Vec<usize> {
    if !relaxed.is_empty() {
        candidates.extend(relaxed);
        candidates.sort_unstable();
        candidates.dedup();
    }
    candidates
}

fn kind(left: char, right: char) -> Opportunity {
    let (before, after) = (Class::of(left), Class::of(right));
    match (before, after) {
        (Class::Space, _) => Opportunity::Space,
        (Class::Digit, Class::Han) => Opportunity::NumberUnit,
        _ if matches!(left, '-' | '‐') => Opportunity::Hyphen,
        (Class::Stop | Class::Pause | Class::Closing | Class::LatinClosing | Class::Inseparable, _) => {
            Opportunity::Mark
        }
        _ => Opportunity::Ideograph,
    }
}

/// Curly quotes as brackets of the same length in UTF-8: up to Unicode 16, UAX #14 glues them on both sides, since
/// Latin scripts use them either way (class QU); in CJK text `“` always opens and `”` always closes (CLREQ 3.1.2).
fn mask_quotes(text: &str, language: Language) -> Cow<'_, str> {
    if !text.contains(['“', '”', '‘', '’']) {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut left = None;
    for (byte, character) in text.char_indices() {
        let right = text.get(byte + character.len_utf8()..).and_then(|rest| rest.chars().next());
        let is_square = |c: Option<char>| {
            c.is_some_and(|c| Class::of(c).is_cjk() || matches!(Class::of(c), Class::Opening | Class::Closing))
        };
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric) && !is_square(c);
        let in_cjk = language.is_unspaced() || is_square(left) || is_square(right);
        let is_apostrophe = character == '’' && is_letter(left) && is_letter(right);
        masked.push(match character {
            '“' if in_cjk => '《',
            '”' if in_cjk => '》',
            '‘' if in_cjk => '〈',
            '’' if in_cjk && !is_apostrophe => '〉',
            _ => character,
        });
        left = Some(character);
    }
    Cow::Owned(masked)
}

#[cfg(test)]
mod tests {
    use super::{Icu, Kinsoku, Rules, opportunities};
    use crate::text::Language;

    /// Checks a text against itself with every place at which a line may end marked by `|`.
    #[track_caller]
    fn check_at(language: Language, kinsoku: Kinsoku, marked: &str) {
        let text = marked.replace('|', "");
        let mut found = String::new();
        let breaks = opportunities(&text, Rules { language, kinsoku }, &Icu::default());
        for (byte, character) in text.char_indices() {
            if breaks.iter().any(|(at, _)| *at == byte) {
                found.push('|');
            }
            found.push(character);
        }
        assert_eq!(found, marked);
    }

    #[track_caller]
    fn check(language: Language, marked: &str) {
        check_at(language, Kinsoku::Normal, marked);
    }

    #[test]
    fn chinese() {
        check(Language::ZhHans, "他|说：|“你|好，|世|界！”|然|后");
        check(Language::ZhHans, "满|纸|——|荒|唐|言……|都|云");
        check(Language::ZhHans, "说|“PR”|的|人，|it’s |fine");
        check(Language::ZhHans, "图|灵·|奖|和/或|其|他");
        check(Language::ZhHans, "《红|楼|梦》|（又|名|《石|头|记》）");
        check(Language::ZhHans, "用|C++写，|占|50%|的|ＡＢＣ");
    }

    #[test]
    fn japanese() {
        check(Language::Ja, "「そ|う|だ」|と|言|っ|た。");
        check_at(Language::Ja, Kinsoku::Strict, "言っ|た|コー|ヒー|人々");
    }

    #[test]
    fn korean_keeps_words() {
        check(Language::Ko, "한글은 |소리 |글자이다.");
    }

    #[test]
    fn english() {
        check(Language::Other, "A |well-|known |“quote” |isn’t |hard.");
    }

    #[test]
    fn addresses() {
        check(Language::ZhHans, "见|https://example.|com/|path/|to?|q=|1|这|里");
    }
}
