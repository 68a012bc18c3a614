//! How plausible bytes are as Cyrillic text: KOI8 and windows-1251 have small letters where the other has capitals, so
//! that words tell by their case, and short ones by how common their letters are.
//!
//! It refuses the older code pages, which a browser's guess knows.

use super::Score;
use encoding_rs::{Encoding, KOI8_R, KOI8_U, WINDOWS_1251};

/// A small letter.
const LETTER: i64 = 30;
/// A capital at the start of a word, and behind another: words in capitals are fewer than others.
const CAPITAL: (i64, i64) = (22, 15);
/// What a common letter is worth more, and a seldom one less: a line in capitals is not one in small letters.
const COMMON: i64 = 24;
/// A capital behind a small letter.
const WRONG_CASE: i64 = -80;
/// What is no letter: quotes and dashes do no harm.
const SIGN: i64 = -40;
/// The encodings.
const ENCODINGS: [&Encoding; 3] = [KOI8_R, KOI8_U, WINDOWS_1251];

/// Whether an encoding is one of these.
pub fn is(encoding: &'static Encoding) -> bool {
    ENCODINGS.contains(&encoding)
}

/// The readings of some bytes.
pub fn scores(bytes: &[u8]) -> impl Iterator<Item = (&'static Encoding, Score)> {
    ENCODINGS.into_iter().map(|encoding| (encoding, score(bytes, encoding)))
}

fn score(bytes: &[u8], encoding: &'static Encoding) -> Score {
    let text = encoding.decode_without_bom_handling(bytes).0;
    let mut score = Score::default();
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if !character.is_ascii() {
            let after = characters.peek().copied().unwrap_or(' ');
            score.points += points(character, before, after);
            score.characters += 1;
        }
        before = character;
    }
    score
}

fn points(character: char, before: char, after: char) -> i64 {
    let is_cyrillic = |character: char| matches!(character, '\u{400}'..='\u{4ff}');
    match character {
        '«' | '»' | '“' | '”' | '„' | '’' | '–' | '—' | '…' | '№' | '\u{a0}' => 0,
        _ if !is_cyrillic(character) => SIGN,
        // No word goes on in another script.
        _ if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() => SIGN,
        _ if character.is_lowercase() => LETTER + worth(character),
        _ if is_cyrillic(before) && before.is_lowercase() => WRONG_CASE,
        _ if is_cyrillic(before) => CAPITAL.1 + worth(character),
        _ => CAPITAL.0 + worth(character),
    }
}

/// How common a letter is in Russian and Ukrainian.
fn worth(character: char) -> i64 {
    match character.to_lowercase().next().unwrap_or(character) {
        'о' | 'е' | 'а' | 'и' | 'н' | 'т' | 'с' | 'р' | 'в' | 'л' | 'і' => COMMON,
        'к' | 'м' | 'д' | 'п' | 'у' | 'я' | 'ы' | 'ь' | 'г' | 'з' | 'б' | 'ч' | 'й' | 'х' => 0,
        'ж' | 'ш' | 'ю' | 'ц' | 'щ' | 'э' | 'ф' | 'ъ' | 'ё' | 'ї' | 'є' | 'ґ' => -COMMON,
        _ => 2 * -COMMON,
    }
}
