//! How much of a column a cluster takes where lines run from top to bottom.
//!
//! A column is two cells wide, so that a row of it is a square, and is counted in half rows: a full-width character
//! takes two, as it takes two cells of a line that runs across, and everything else in layout stays as it is. A
//! terminal cannot turn letters on their side; one stands upright in each row, in words of two letters as in all others,
//! but two digits alone share a row (縦中横, JLREQ 3.2.5), and so do two characters of addresses and the like, which
//! nobody reads letter by letter. It refuses to know lines.

use crate::text::{Class, Cluster, WidthPolicy, clusters};
use std::ops::{Range, RangeInclusive};

/// Cells from one column to the next: two, and one between.
pub const PITCH: u16 = 3;
/// Cells from one column to the next where readings stand between them.
pub const WIDE_PITCH: u16 = 4;
/// Half rows of the shortest column that has readings beside it.
pub const LEAST_FOR_READINGS: u16 = 24;

/// Letters of a run without spaces of which two stand in a row: no word, but an address, and nothing that would have to
/// be looked through for each of its letters.
const LONG_RUN: RangeInclusive<usize> = 16..=300;

/// Half rows that a cluster of a text takes: one where it shares its row, none where a space parts what the change of
/// script parts already.
pub fn units(text: &str, byte: usize, cluster: &Cluster) -> u32 {
    match cluster.cells {
        0 => 0,
        _ if cluster.text == " " && is_between_scripts(text, byte) => 0,
        1 if cluster.text.len() == 1 && is_in_pair(text, byte) => 1,
        _ => 2,
    }
}

/// Half rows of a text that stands alone.
pub fn cells(text: &str, width: WidthPolicy) -> usize {
    clusters(text, width).map(|cluster| units(text, cluster.byte, &cluster) as usize).sum()
}

/// What is shown of a list's marker: a number of two digits fills its row without its full stop.
pub fn marker(marker: &str) -> &str {
    let number = marker.trim_end_matches('.');
    let is_long = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_long { number } else { marker }
}

/// Whether the space at a byte parts a character of full width from what is none, which the eye does by itself.
fn is_between_scripts(text: &str, byte: usize) -> bool {
    let is_square = |character: char| Class::of(character) != Class::Hangul && Class::of(character).is_cjk();
    let before = text.get(..byte).and_then(|text| text.chars().next_back());
    let after = text.get(byte + 1..).and_then(|text| text.chars().next());
    before.zip(after).is_some_and(|(before, after)| {
        is_square(before) != is_square(after) && !before.is_whitespace() && !after.is_whitespace()
    })
}

/// Whether the character at a byte shares its row.
fn is_in_pair(text: &str, byte: usize) -> bool {
    if let Some(run) = long_run(text, byte) {
        return ((byte - run.start) ^ 1) < run.len();
    }
    begins_pair(text, byte) || byte.checked_sub(1).is_some_and(|before| begins_pair(text, before))
}

/// Whether a line that ends before a byte would part two characters that share a row.
pub fn parts_pair(text: &str, byte: usize) -> bool {
    match long_run(text, byte) {
        Some(run) => !(byte - run.start).is_multiple_of(2),
        None => byte.checked_sub(1).is_some_and(|before| begins_pair(text, before)),
    }
}

/// The long run of ASCII without spaces that holds the character at a byte.
fn long_run(text: &str, byte: usize) -> Option<Range<usize>> {
    let (before, rest) = text.as_bytes().split_at_checked(byte)?;
    let is_part = |byte: &&u8| byte.is_ascii_graphic();
    let length = rest.iter().take(*LONG_RUN.end()).take_while(is_part).count();
    let start = byte - before.iter().rev().take(*LONG_RUN.end()).take_while(is_part).count();
    let after = text.get(byte + length..).and_then(|after| after.chars().next());
    // Its last character is another with a mark on it.
    let end = byte + length - usize::from(length > 0 && after.is_some_and(is_mark_of_another));
    // A long word is no address: it is read as all words are.
    let is_word = || text.get(start..end).is_some_and(is_word);
    (byte < end && LONG_RUN.contains(&(end - start)) && !is_word()).then_some(start..end)
}

/// Whether a run is a word or several with hyphens between them, and with marks around them.
fn is_word(run: &str) -> bool {
    let letters = run.trim_matches(|character: char| !character.is_ascii_alphanumeric());
    letters.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
}

/// Whether a character may be a part of the cluster of the one before.
fn is_mark_of_another(character: char) -> bool {
    !character.is_ascii() && Class::of(character) == Class::Other
}

/// Whether the character at a byte and the next share a row: two digits with no letters or digits beside them, a digit
/// with its full stop or sign, a label with its bracket, `!?`. No line may end between any of these.
fn begins_pair(text: &str, byte: usize) -> bool {
    let Some((before, rest)) = text.split_at_checked(byte) else { return false };
    let mut before = before.chars().rev();
    let (last, last_but_one) = (before.next(), before.next());
    let mut rest = rest.chars();
    let (Some(first), Some(second)) = (rest.next(), rest.next()) else { return false };
    let (third, fourth) = (rest.next(), rest.next());
    let is_letter = |character: Option<char>| {
        character.is_some_and(|character| matches!(Class::of(character), Class::Letter | Class::Digit))
    };
    let joins = |character: Option<char>| character.is_some_and(|character| ".,-'’_/\\:@&+#=".contains(character));
    let is_mark = |character: Option<char>| matches!(character, Some('!' | '?'));
    // What a mark extends is more than two characters.
    let is_extended = third.is_some_and(is_mark_of_another);
    let is_inside = is_letter(last) || joins(last) && is_letter(last_but_one);
    let goes_on = is_letter(third) || joins(third) && is_letter(fourth);
    match second {
        _ if is_extended => false,
        '!' | '?' => is_mark(Some(first)) && !is_mark(last) && !is_mark(third),
        _ if !first.is_ascii_alphanumeric() || is_inside => false,
        '.' | '%' => first.is_ascii_digit() && !is_letter(third) && third != Some(second),
        ')' => last.is_none_or(char::is_whitespace),
        second => first.is_ascii_digit() && second.is_ascii_digit() && !goes_on,
    }
}
