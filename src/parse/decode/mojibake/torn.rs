//! UTF-8 that was misread by a program which threw away what it could not read: `鑼舵?氬湪娌宠竟`, `â€�`.
//!
//! What is left of such a text is restored, with `U+FFFD` where something is missing. It refuses to guess what that was,
//! and to look closely at texts that do not begin as such ones do.

use super::misreading::Misreading;
use super::{is_han, runs};

/// Characters at the head of a run that are looked at first.
const START: usize = 12;
/// Characters of a run that can be looked at first.
const LEAST: usize = 4;
/// Runs whose heads are looked at first.
const HEADS: usize = 3;
/// Characters that must go back to UTF-8.
const ENOUGH: usize = 16;

/// As what most of a text was misread, if much of it goes back to UTF-8; `sample` holds some of its runs.
pub fn misreading(text: &str, sample: &[&str], is_telling: impl Fn(&&str) -> bool) -> Option<Misreading> {
    let heads: Vec<&str> = sample.iter().filter_map(|run| head(run)).take(HEADS).collect();
    if heads.is_empty() {
        return None;
    }
    let all = |misreading: Misreading| {
        Left::sum(runs(text).map(|(_, run)| run).filter(&is_telling).map(|run| Left::of(run, misreading)))
    };
    Misreading::all().find(|misreading| {
        heads.iter().all(|head| Some(Left::of(head, *misreading)).is_some_and(|left| left.sound * 4 >= left.bytes))
            && Left::sum(sample.iter().map(|run| Left::of(run, *misreading))).is_most()
            && Some(all(*misreading)).is_some_and(|left| left.is_most() && left.characters >= ENOUGH)
    })
}

/// Characters of some runs of a text that were misread, though most of the text was not; none if no run in the places
/// that are looked at, one in a few thousand bytes, begins so. A few characters are a quotation.
pub fn part(text: &str) -> Option<usize> {
    const APART: usize = 1 << 9;
    const PLACES: usize = 16;
    const NEAR: usize = 1 << 7;
    const PASSAGE: usize = 24;
    let apart = (text.len() / PLACES).max(APART);
    let mut places = (apart / 2..text.len())
        .step_by(apart)
        .filter_map(|place| text.get(text.floor_char_boundary(place)..text.floor_char_boundary(place + NEAR)));
    let runs = |text| runs(text).map(|(_, run)| run);
    let misreading = places.find_map(|place| {
        let head = runs(place).take(HEADS).find_map(head)?;
        let may_begin = |misreading| Misreading::is_of_single_bytes(misreading) || may_begin_passage(head, misreading);
        let is_passage =
            |misreading: &Misreading| may_begin(*misreading) && Left::of(head, *misreading).is_passage(LEAST);
        Misreading::likely().find(is_passage).map(Some).or(is_soup(head).then_some(None))
    })?;
    let characters = match misreading {
        Some(misreading) => {
            let passages = runs(text).map(|run| Left::of(run, misreading)).filter(|left| left.is_passage(LEAST));
            Left::sum(passages).characters
        }
        None => runs(text).filter(|run| is_soup(run)).map(|run| run.chars().count()).sum(),
    };
    (characters >= PASSAGE).then_some(characters)
}

/// Whether the first characters of the head of a run, misread as characters of two bytes, leave it open that most of it
/// goes back to UTF-8: if the first ten bytes hold no whole character, seventeen of twenty-four are left at most.
fn may_begin_passage(head: &str, misreading: Misreading) -> bool {
    const FIRST: usize = 5;
    let first = head.char_indices().nth(FIRST).and_then(|(end, _)| head.get(..end)).unwrap_or(head);
    let bytes = misreading.bytes_left_of(first);
    bytes.len() < 2 * FIRST
        || Left::within(&bytes, misreading).characters > 0
        || head.contains(char::REPLACEMENT_CHARACTER)
}

/// What is left of a run, with signs for what was lost; none if it was not misread so.
pub fn undone(run: &str, misreading: Misreading) -> Option<String> {
    if run.starts_with(is_han) && misreading.is_of_single_bytes() {
        return None;
    }
    let left = Left::of(run, misreading);
    if !left.is_most() || left.characters == 0 && !(left.is_begun && left.is_wide) {
        return None;
    }
    let bytes = misreading.bytes_left_of(run);
    let mut right = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        right.push_str(chunk.valid());
        if !chunk.invalid().is_empty() && !right.ends_with(char::REPLACEMENT_CHARACTER) {
            right.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Some(right)
}

/// The first characters of a run, if they may be such of a misreading: in words of letters hardly a sign stands.
fn head(run: &str) -> Option<&str> {
    run.char_indices().nth(LEAST - 1)?;
    let head = run.char_indices().nth(START).and_then(|(end, _)| run.get(..end)).unwrap_or(run);
    let is_odd =
        |(index, character): &(usize, char)| !character.is_alphabetic() || *index > 0 && character.is_uppercase();
    let odd = || head.char_indices().filter(is_odd).count();
    (head.starts_with(is_han) || odd() * 4 >= head.chars().count()).then_some(head)
}

/// Whether a run begins with letters and signs of Latin-1 in a disorder that no language has.
fn is_soup(run: &str) -> bool {
    const EACH: usize = 3;
    let Some(head) = head(run).filter(|head| !head.starts_with(is_han)) else { return false };
    let count =
        |among: std::ops::RangeInclusive<char>| head.chars().filter(|character| among.contains(character)).count();
    let (signs, letters) = (count('\u{80}'..='\u{bf}'), count('\u{c0}'..='\u{ff}'));
    signs >= EACH && letters >= EACH && signs + letters == head.chars().count()
}

/// How much of a run goes back to UTF-8.
#[derive(Debug, Default)]
struct Left {
    /// Bytes of what was misread.
    bytes: usize,
    /// Bytes of whole characters beyond ASCII.
    sound: usize,
    /// Such characters.
    characters: usize,
    /// Whether the last of them lacks its end.
    is_begun: bool,
    /// Whether they were misread as characters of more than one byte, which go back to UTF-8 by chance sometimes.
    is_wide: bool,
}

impl Left {
    fn of(run: &str, misreading: Misreading) -> Self {
        if run.starts_with(is_han) && misreading.is_of_single_bytes() {
            return Self { bytes: run.len(), ..Self::default() };
        }
        let left = Self::within(&misreading.bytes_left_of(run), misreading);
        // Signs for what was lost say nothing of what is left.
        let signs = run.matches(char::REPLACEMENT_CHARACTER).count();
        Self { bytes: left.bytes.saturating_sub(signs), ..left }
    }

    fn within(bytes: &[u8], misreading: Misreading) -> Self {
        let mut left = Self { bytes: bytes.len(), is_wide: !misreading.is_of_single_bytes(), ..Self::default() };
        // Characters of two bytes may look like ASCII, which no run holds, and like shorter ones of UTF-8.
        let shortest = if left.is_wide { 3 } else { 2 };
        let mut after = bytes.len();
        for chunk in bytes.utf8_chunks() {
            after = bytes.len() - chunk.invalid().len();
            for character in chunk.valid().chars().filter(|character| character.len_utf8() >= shortest) {
                left.sound += character.len_utf8();
                left.characters += 1;
            }
        }
        // What stands at either end of a run may have lost its other half to a sign of ASCII.
        let is_within = |byte: &u8| (0x80..0xc0).contains(byte);
        let before = bytes.iter().take(2).take_while(|byte| is_within(byte)).count();
        left.is_begun = bytes
            .get(after..)
            .is_some_and(|end| std::str::from_utf8(end).is_err_and(|error| error.error_len().is_none()));
        left.bytes -= (before + if left.is_begun { bytes.len() - after } else { 0 }).min(left.bytes);
        left
    }

    fn sum(all: impl Iterator<Item = Self>) -> Self {
        all.fold(Self::default(), |sum, left| Self {
            bytes: sum.bytes + left.bytes,
            sound: sum.sound + left.sound,
            characters: sum.characters + left.characters,
            ..left
        })
    }

    /// Whether that is most of it.
    fn is_most(&self) -> bool {
        self.sound * 5 >= self.bytes * if self.is_wide { 4 } else { 3 }
    }

    /// Whether that is most of it, and some characters.
    fn is_passage(&self, characters: usize) -> bool {
        self.characters >= characters && self.is_most()
    }
}

#[cfg(test)]
mod tests {
    use super::{LEAST, Left, Misreading, START, may_begin_passage, part};
    use crate::parse::decode::mojibake::repair;
    use encoding_rs::{Encoding, GBK};
    use proptest::prelude::proptest;

    const TEXT: &str =
        "茶棚在河边，水从山上来，要走三里竹管。\n火用松枝，烧起来才有香味。\n天黑了，客人都走了，他还在那里坐着。";

    /// Misreads a text, with something in place of what cannot be read.
    fn torn(encoding: &'static Encoding, sign: &str) -> String {
        let bytes: Vec<String> = if encoding == encoding_rs::WINDOWS_1252 {
            let is_lacking = |byte: u8| [0x81, 0x8d, 0x8f, 0x90, 0x9d].contains(&byte);
            let lines = TEXT.bytes().map(|byte| {
                if is_lacking(byte) {
                    sign.to_owned()
                } else {
                    encoding.decode_without_bom_handling(&[byte]).0.into_owned()
                }
            });
            lines.collect()
        } else {
            vec![encoding.decode_without_bom_handling(TEXT.as_bytes()).0.replace('\u{fffd}', sign)]
        };
        bytes.concat()
    }

    /// What is restored of what was misread so.
    #[track_caller]
    fn check(encoding: &'static Encoding, sign: &str, expected: &str) {
        let found = repair(&torn(encoding, sign)).map(|(text, _)| text.replace(char::REPLACEMENT_CHARACTER, "□"));
        assert_eq!(found.as_deref().unwrap_or_default(), expected, "{}", torn(encoding, sign));
    }

    #[test]
    fn what_is_left_is_restored() {
        let gbk =
            "茶棚在河边，水从山上来，要走三里竹管□\n火用松枝，烧起来才有香味□\n天黑了，客人都走了，他还在那里坐着□";
        check(encoding_rs::GBK, "\u{fffd}", gbk);
        check(encoding_rs::GBK, "?", &gbk.replace('□', "□?"));
        let latin = "茶棚在河边，水从山上□，□走三里竹管。\n□用□，烧起□有香味。\n天黑了，客人都走了，他还在那里□。";
        check(encoding_rs::WINDOWS_1252, "\u{fffd}", latin);
    }

    #[test]
    fn a_part_is_told() {
        let right = "河水涨了又退，茶棚拆了又搭，四十年就这样过去了。\n".repeat(8);
        let quoting = format!("{right}乱码如“浣犲ソ锛屼笘鐣?”或“ä½ å¥½”，都是读错了编码。\n{right}");
        assert_eq!((part(&right), part(&quoting)), (None, None));
        let garbled = torn(encoding_rs::GBK, "?");
        assert!(part(&format!("{right}{garbled}\n{right}")).is_some_and(|characters| characters > 24));
        let soup: String = TEXT.bytes().map(char::from).filter(|c| !('\u{80}'..'\u{a0}').contains(c)).collect();
        assert!(part(&soup.repeat(4)).is_some());
    }

    proptest! {
        #[test]
        fn what_does_not_begin_as_a_passage_is_none(text in "[一-龥、-んÀ-ɏ가-힣\u{10000}-\u{10100}\u{fffd}]{0,24}") {
            let misread: Vec<char> = GBK.decode_without_bom_handling(text.as_bytes()).0.chars().collect();
            for characters in misread.windows(START.min(misread.len()).max(1)).chain(misread.windows(LEAST)) {
                let head: String = characters.iter().collect();
                let is_passage = Left::of(&head, Misreading::Web(GBK)).is_passage(LEAST);
                assert!(!is_passage || may_begin_passage(&head, Misreading::Web(GBK)), "{head}");
            }
        }
    }
}
