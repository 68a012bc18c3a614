//! What a text says of its own lines: characters that are not seen, between which words may be parted or must not.
//!
//! They are in no text ([`SafeText`](crate::text::SafeText) drops them), so that nobody copies, searches or counts
//! them; the places where they stood are kept beside it. UAX #14 lets a line end at U+200B whatever stands there (LB8).
//! Scrapers leave them anywhere, so here one is refused before a mark that starts no line, after one that ends none,
//! beside a space, and where they stand between all characters. A soft hyphen shows a hyphen and so is one only
//! between the letters of a word, and none in an address.

use super::kinsoku::{Matrix, Place};
use super::{Icu, Kinsoku, Opportunity, Rules, Words, address, opportunities, place};
use crate::text::scan::{self, is};
use crate::text::{Class, Language, WidthPolicy, clusters};

/// As many must there be, and in as many characters one, until they are noise.
const MANY: usize = 16;
const DENSE: usize = 2;

/// What a text says of a place. Of several at one place the last of these counts, as UAX #14 has it (LB8, LB11, LB21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cue {
    /// A soft hyphen (U+00AD): a word may be parted, with a hyphen that is shown only then.
    SoftHyphen,
    /// A word joiner (U+2060), and U+FEFF, which was one before: no line ends here.
    Joiner,
    /// A space without width (U+200B), HTML's `<wbr>`: a line may end here.
    Space,
}

impl Cue {
    /// The cue that a character is.
    pub fn of(character: char) -> Option<Self> {
        match character {
            '\u{ad}' => Some(Self::SoftHyphen),
            '\u{2060}' | '\u{feff}' => Some(Self::Joiner),
            '\u{200b}' => Some(Self::Space),
            _ => None,
        }
    }
}

/// The byte of a text's first cue.
pub fn first(text: &str) -> Option<usize> {
    // Of short texts, which most pieces of a line are, this is known in a third of the time.
    if text.is_ascii() {
        return None;
    }
    let begins_none = |byte: u8| !(is(byte, 0xc2) | is(byte, 0xe2) | is(byte, 0xef));
    let is_none = |first: u8, second: u8, third: u8| {
        !(is(first, 0xc2) & is(second, 0xad)
            | is(first, 0xe2) & is(second, 0x80) & is(third, 0x8b)
            | is(first, 0xe2) & is(second, 0x81) & is(third, 0xa0)
            | is(first, 0xef) & is(second, 0xbb) & is(third, 0xbf))
    };
    scan::first_not_of_three(text.as_bytes(), begins_none, is_none)
}

/// Forgets the cues of a kind, each with its byte, that stand in a text as noise: somebody's mark in every word.
pub fn forget_noise(cues: &mut Vec<(u32, Cue)>, text: &str) {
    if cues.len() < MANY {
        return;
    }
    let characters = text.chars().count();
    for kind in [Cue::SoftHyphen, Cue::Joiner, Cue::Space] {
        let count = cues.iter().filter(|(_, cue)| *cue == kind).count();
        if count >= MANY && count * DENSE >= characters {
            cues.retain(|(_, cue)| *cue != kind);
        }
    }
}

/// Keeps of a text's cues, each with its byte, those that say more of it than the rules of its language do.
pub fn keep_telling(cues: &mut Vec<(u32, Cue)>, text: &str, language: Language) {
    forget_noise(cues, text);
    if cues.is_empty() {
        return;
    }
    let rules = Rules { language, kinsoku: Kinsoku::default(), words: Words::default() };
    let by_rule = opportunities(text, rules, &Icu::default());
    let mut found = by_rule.clone();
    follow(text, rules, cues.iter().map(|(byte, cue)| (*byte as usize, *cue)), &mut found);
    let at = |found: &[(usize, Opportunity)], byte: usize| {
        let index = found.binary_search_by_key(&byte, |(at, _)| *at).ok();
        index.and_then(|index| found.get(index).copied())
    };
    cues.retain(|(byte, _)| at(&by_rule, *byte as usize) != at(&found, *byte as usize));
}

/// Adds the opportunities that a text's cues give, and takes those that they forbid. The cues ascend.
pub fn follow(
    text: &str,
    rules: Rules,
    cues: impl Iterator<Item = (usize, Cue)>,
    found: &mut Vec<(usize, Opportunity)>,
) {
    // What keeps words whole does not do so against the text (CSS Text 3, 5.2).
    let matrix = Matrix::of(Rules { words: Words::Split, ..rules });
    let addresses = address::find(text);
    let is_in_address = |byte: usize| addresses.iter().any(|address| address.start < byte && byte < address.end);
    let mut starts = clusters(text, WidthPolicy::default()).map(|cluster| cluster.byte).peekable();
    let (mut joined, mut allowed) = (Vec::new(), Vec::new());
    for (byte, cue) in cues {
        while starts.next_if(|start| *start < byte).is_some() {}
        if starts.peek() != Some(&byte) {
            continue;
        }
        // Beside a space no cue says anything, and what stands before a long run of spaces takes long to find.
        let is_after_space = || text.get(..byte).is_some_and(|head| head.ends_with(' '));
        let place = || if is_after_space() { None } else { place(text, byte) };
        match cue {
            Cue::Joiner => joined.push(byte),
            Cue::Space if place().is_some_and(|place| parts_well(&matrix, &place)) => {
                allowed.push((byte, Opportunity::Cue));
            }
            Cue::SoftHyphen if place().is_some_and(|place| is_in_word(&place)) && !is_in_address(byte) => {
                allowed.push((byte, Opportunity::SoftHyphen));
            }
            Cue::Space | Cue::SoftHyphen => {}
        }
    }
    found.retain(|(byte, _)| joined.binary_search(byte).is_err());
    // Where a line may end anyway that stays as it is.
    found.extend(allowed);
    found.sort_by_key(|(byte, _)| *byte);
    found.dedup_by_key(|(byte, _)| *byte);
}

fn is_in_word(place: &Place) -> bool {
    place.left_class == Class::Letter && place.right_class == Class::Letter
}

/// Whether no rule keeps together what stands around a place.
fn parts_well(matrix: &Matrix, place: &Place) -> bool {
    let (left, right) = (place.left_class, place.right_class);
    let starts_badly = matches!(right, Class::Stop | Class::Pause | Class::Closing | Class::Space)
        || right == Class::LatinClosing && left.is_cjk()
        || right == Class::Suffix && left == Class::Digit;
    let ends_badly = matches!(left, Class::Opening | Class::Space)
        || left == Class::LatinOpening && right.is_cjk()
        || left == Class::Prefix && right == Class::Digit;
    !starts_badly && !ends_badly && !matrix.forbids(place)
}

#[cfg(test)]
mod tests {
    use super::{Cue, first, follow, forget_noise, keep_telling};
    use crate::text::Language;
    use crate::text::breaks::{Icu, Kinsoku, Opportunity, Rules, Words, opportunities};
    use proptest::prelude::proptest;

    /// Checks where lines may end in a text, its cues written as `-` for a soft hyphen, `+` for a joiner and `_` for a
    /// space; in the expected one as `|`, soft hyphens as `¬`.
    #[track_caller]
    fn check(language: Language, cued: &str, expected: &str) {
        let (mut text, mut cues) = (String::new(), Vec::new());
        for character in cued.chars() {
            match character {
                '-' => cues.push((text.len(), Cue::SoftHyphen)),
                '+' => cues.push((text.len(), Cue::Joiner)),
                '_' => cues.push((text.len(), Cue::Space)),
                _ => text.push(character),
            }
        }
        let rules = Rules { language, kinsoku: Kinsoku::Normal, words: Words::Auto };
        let mut found = opportunities(&text, rules, &Icu::default());
        follow(&text, rules, cues.into_iter(), &mut found);
        let mut marked = text.clone();
        for (byte, kind) in found.into_iter().rev() {
            marked.insert(byte, if kind == Opportunity::SoftHyphen { '¬' } else { '|' });
        }
        assert_eq!(marked, expected);
    }

    #[test]
    fn words_are_parted_where_the_text_says_so() {
        check(Language::Other, "a ty-pog-raphy -of- words", "a |ty¬pog¬raphy |of |words");
        check(Language::Other, "get_Element_By_Id(_name)", "get|Element|By|Id(|name)");
        check(Language::ZhHans, "用ty-po写-字", "用|ty¬po|写|字");
        check(Language::Ko, "훈민_정음", "훈민|정음");
    }

    #[test]
    fn words_are_joined() {
        check(Language::Other, "one +two+ three", "one two |three");
        check(Language::ZhHans, "三+十+里", "三十里");
    }

    #[test]
    fn noise_changes_nothing() {
        check(Language::ZhHans, "_他_说_：_“_你_好_，_”_—_—_", "他|说：|“你|好，”|——");
        check(Language::ZhHans, "（_甲_(_乙_)_丙_）_50_%", "（甲|(乙)|丙）|50%");
        check(Language::Other, "one _two_ , 1-0 don-’t", "one |two , |10 |don’t");
        check(Language::Other, "e-\u{301}t e_\u{301}t", "e\u{301}t |e\u{301}t");
        check(Language::Other, "http://exam-ple.com/no-hy-phens", "http://example.|com/|nohyphens");
    }

    #[test]
    fn a_cue_between_all_characters_is_noise() {
        let text = "watermark".repeat(4);
        let every = |step: usize| (1..text.len()).step_by(step).map(|byte| (byte as u32, Cue::Space)).collect();
        let (mut dense, mut sparse): (Vec<_>, Vec<_>) = (every(1), every(4));
        forget_noise(&mut dense, &text);
        forget_noise(&mut sparse, &text);
        assert_eq!((dense.len(), sparse.len()), (0, 9));
    }

    #[test]
    fn what_the_rules_say_already_tells_nothing() {
        let mut cues = vec![(3, Cue::Space), (6, Cue::Joiner), (8, Cue::SoftHyphen), (12, Cue::Space)];
        keep_telling(&mut cues, "用字typo写。", Language::ZhHans);
        assert_eq!(cues, [(6, Cue::Joiner), (8, Cue::SoftHyphen)]);
    }

    proptest! {
        #[test]
        fn the_first_is_found(text in "[a一，“\u{ad}\u{200b}\u{2060}\u{feff}\u{a0}é ]{0,60}") {
            let expected = text.char_indices().find(|(_, c)| Cue::of(*c).is_some()).map(|(byte, _)| byte);
            assert_eq!(first(&text), expected);
        }
    }
}
