//! Whether bytes hold together as words of the script that a browser's guess says they are of: letters of one script
//! beside each other, small ones behind capitals and not before them, signs of vowels where a letter bears them.
//!
//! Chance does not make such words: what reads so is no damaged text of pairs of bytes. It refuses to tell the languages
//! of a script apart, which the guess knows.

use encoding_rs::{
    Encoding, IBM866, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_13, KOI8_R, KOI8_U, WINDOWS_874,
    WINDOWS_1251, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
};

/// One of so many characters may stand where none should.
const TOLERATED: usize = 20;
/// Letters of Thai that have a vowel among them.
const LINE: usize = 12;

/// Whether an encoding is of one byte a letter and of a script other than Latin, and the bytes are words of it; or of
/// Turkish or Baltic letters, and they stand among those of ASCII.
pub fn is_coherent(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let Some(is_letter) = letters(encoding) else { return stands_among_latin(encoding, bytes) };
    let text = encoding.decode_without_bom_handling(bytes).0;
    let (mut all, mut faults) = (0, 0);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if !character.is_ascii() {
            let after = characters.peek().copied().unwrap_or(' ');
            all += 1;
            faults += usize::from(is_fault(is_letter, before, character, after));
        }
        before = character;
    }
    faults * TOLERATED <= all && (encoding != WINDOWS_874 || all < LINE || text.contains(is_vowel))
}

/// A sign or a letter that is a vowel of Thai, which hardly a line is without: kana of EUC-JP are all consonants.
fn is_vowel(character: char) -> bool {
    matches!(character, '\u{e30}'..='\u{e39}' | '\u{e40}'..='\u{e44}')
}

/// Whether a character is of the script of an encoding.
type IsLetter = fn(char) -> bool;

fn letters(encoding: &'static Encoding) -> Option<IsLetter> {
    let of = |encodings: &[&Encoding]| encodings.contains(&encoding);
    match () {
        () if of(&[WINDOWS_1251, KOI8_R, KOI8_U, IBM866, ISO_8859_5]) => Some(|c| matches!(c, '\u{400}'..='\u{4ff}')),
        () if of(&[WINDOWS_1253, ISO_8859_7]) => Some(|c| matches!(c, '\u{386}' | '\u{388}'..='\u{3ff}')),
        () if of(&[WINDOWS_1255, ISO_8859_8]) || encoding.name() == "ISO-8859-8-I" => {
            Some(|c| matches!(c, '\u{5b0}'..='\u{5f4}'))
        }
        () if of(&[WINDOWS_1256, ISO_8859_6]) => Some(|c| matches!(c, '\u{60c}'..='\u{6d2}' | '\u{200c}' | '\u{200d}')),
        () if encoding == WINDOWS_874 => Some(|c| matches!(c, '\u{e01}'..='\u{e5b}')),
        () => None,
    }
}

fn is_fault(is_letter: IsLetter, before: char, character: char, after: char) -> bool {
    match character {
        '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '–' | '—' | '…' | '№' | '·' | '\u{a0}' | '\u{200e}' | '\u{200f}' => {
            false
        }
        _ if !is_letter(character) => true,
        // No word goes on in another script.
        _ if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() => true,
        _ if character.is_uppercase() => is_letter(before) && before.is_lowercase(),
        _ => !bears(before, character, after),
    }
}

/// Whether a sign stands behind a letter that bears it, and a vowel that is written first before one.
fn bears(before: char, character: char, after: char) -> bool {
    let is_consonant = |character: char| matches!(character, '\u{e01}'..='\u{e2e}');
    match character {
        '\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e45}' => {
            is_consonant(before) || matches!(before, '\u{e31}'..='\u{e39}' | '\u{e47}'..='\u{e4c}')
        }
        '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}' => is_consonant(before),
        '\u{e48}'..='\u{e4e}' => is_consonant(before) || matches!(before, '\u{e31}' | '\u{e34}'..='\u{e39}'),
        '\u{e40}'..='\u{e44}' => is_consonant(after),
        '\u{5b0}'..='\u{5bd}' | '\u{5bf}'..='\u{5c2}' => matches!(before, '\u{5b0}'..='\u{5ea}'),
        '\u{64b}'..='\u{652}' => matches!(before, '\u{621}'..='\u{652}'),
        _ => true,
    }
}

/// Whether more than half of the letters beyond ASCII are in one word with those of ASCII.
fn stands_among_latin(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let is_high = |byte: u8| !byte.is_ascii();
    let high = bytes.iter().filter(|byte| is_high(**byte)).count();
    let (mut beside, mut before) = (0, b' ');
    for (byte, after) in bytes.iter().zip(bytes.iter().skip(1).chain([&b' '])) {
        beside += usize::from(is_high(*byte) && (before.is_ascii_lowercase() || after.is_ascii_lowercase()));
        before = *byte;
    }
    [WINDOWS_1254, WINDOWS_1257, ISO_8859_13].contains(&encoding) && beside * 2 > high
}
