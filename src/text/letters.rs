//! What can be told of a text without setting it: its letters, its rough width, what it says whatever its form.
//!
//! It refuses to measure for a screen: that is `width`'s.

use super::fold::narrow;

/// Whether a character is a letter or a digit. The common ones beyond ASCII are known without Unicode's table.
pub fn is_letter(character: char) -> bool {
    match character {
        '\0'..='\u{7f}' => character.is_ascii_alphanumeric(),
        '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ac00}'..='\u{d7a3}' => true,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}' => false,
        _ => character.is_alphanumeric(),
    }
}

/// Whether a text holds a letter or a digit.
pub fn has_letter(text: &str) -> bool {
    text.chars().any(is_letter)
}

/// Whether a character belongs to a script that is written without spaces, or to its punctuation.
pub fn is_unspaced(character: char) -> bool {
    matches!(character as u32, 0x2e80..=0x303f | 0x3041..=0x31ff | 0x3220..=0xa4cf | 0xf900..=0xfaff | 0xfe30..=0xfe4f
        | 0xff01..=0xffef | 0x20000..=0x3ffff)
        || matches!(character, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Cells of a text, roughly: two a character from U+1100 on, one a character before.
pub fn cells(text: &str) -> usize {
    let bytes = text.as_bytes();
    if text.is_ascii() {
        return bytes.len();
    }
    // Sums of up to two a byte fit a byte.
    let chunks = bytes.chunks(usize::from(u8::MAX / 2));
    let (cells, is_mixed) = chunks.fold((0, 0), |(cells, is_mixed), chunk| {
        let (sum, any) = chunk.iter().fold((0u8, 0u8), |(sum, any), byte| {
            let of_character = u8::from(byte & 0xc0 != 0x80) + u8::from(*byte >= 0xe2);
            (sum + of_character, any | u8::from(*byte == 0xe1))
        });
        (cells + usize::from(sum), is_mixed | any)
    });
    // U+1000 to U+1FFF.
    let more = if is_mixed > 0 { text.chars().filter(|c| matches!(c, '\u{1100}'..='\u{1fff}')).count() } else { 0 };
    cells + more
}

/// What two lines have in common when they say the same: letters and digits, case and width folded.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    each(text, |letter| key.push(letter));
    key
}

/// The key of a text; none if it is longer than some bytes.
pub fn key_within(text: &str, bytes: usize) -> Option<String> {
    let mut key = String::new();
    let fits = text.chars().all(|character| {
        fold(character, |letter| key.push(letter));
        key.len() <= bytes
    });
    fits.then_some(key)
}

/// How the key of a text begins: some letters, or a few more where one character is several.
pub fn key_start(text: &str, letters: usize) -> String {
    let mut key = String::new();
    let mut missing = letters;
    for character in text.chars() {
        fold(character, |letter| {
            key.push(letter);
            missing = missing.saturating_sub(1);
        });
        if missing == 0 {
            break;
        }
    }
    key
}

/// What each character of ASCII is in a key; nothing but letters and digits is anything.
const FOLDED: [u8; 0x80] = {
    let mut folded = [0; 0x80];
    let mut byte = 0;
    while byte < 0x80u8 {
        if byte.is_ascii_alphanumeric() {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// The letters and digits of a key, one by one.
pub fn each(text: &str, mut letter: impl FnMut(char)) {
    if text.is_ascii() {
        let folded = text.bytes().map(|byte| FOLDED.get(usize::from(byte)).copied().unwrap_or_default());
        return folded.filter(|byte| *byte > 0).for_each(|byte| letter(char::from(byte)));
    }
    text.chars().for_each(|character| fold(character, &mut letter));
}

/// Whether the key of a text is a given one.
pub fn says(text: &str, key: &str) -> bool {
    let mut expected = key.chars();
    let is_start = text.chars().all(|character| {
        let mut is_same = true;
        fold(character, |letter| is_same &= expected.next() == Some(letter));
        is_same
    });
    is_start && expected.next().is_none()
}

/// Whether the key of a text and another begin alike, up to the end of either.
pub fn agree(text: &str, key: &str) -> bool {
    let mut expected = key.chars();
    text.chars().all(|character| {
        let mut is_same = true;
        fold(character, |letter| is_same &= expected.next().is_none_or(|expected| expected == letter));
        is_same
    })
}

/// What a character is in a key.
fn fold(character: char, mut letter: impl FnMut(char)) {
    match character {
        '\0'..='\u{7f}' => {
            if character.is_ascii_alphanumeric() {
                letter(character.to_ascii_lowercase());
            }
        }
        // Han, kana and Hangul have no case, and the table of those that have is slow.
        '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{d7a3}' => {
            if is_letter(character) {
                letter(character);
            }
        }
        _ => narrow(character).to_lowercase().filter(|lower| is_letter(*lower)).for_each(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::{agree, cells, is_letter, key, key_start, key_within, says};
    use crate::text::fold::fold;
    use proptest::prelude::proptest;

    #[test]
    fn letters_are_those_of_unicode() {
        for character in char::MIN..=char::MAX {
            assert_eq!(is_letter(character), character.is_alphanumeric(), "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "\\PC*|[a-zA-Zｱ-ﾝＡ-Ｚ一-十ÀİßΣ  ᄀက့…“”]*") {
            let letters: String = fold(&text).text.chars().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(key(&text), letters);
            assert!(says(&text, &letters));
            assert_eq!(key_within(&text, letters.len()).as_ref(), Some(&letters));
            assert_eq!(key_within(&text, letters.len().saturating_sub(1)), letters.is_empty().then(String::new));
            assert!(letters.starts_with(&key_start(&text, 2)));
            assert!(!says(&text, &format!("{letters}a")));
            assert!(agree(&text, &format!("{letters}a")) && agree(&format!("{text}a"), &letters));
            assert!(letters.is_empty() || !agree(&text, "\0"));
            assert_eq!(cells(&text), text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum::<usize>());
        }
    }
}
