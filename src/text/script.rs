//! Which of the scripts of East Asia a character is a letter of.
//!
//! It refuses to say how a character is set: that is `class`'s.

/// Whether a character is Han, or stands for one that is: `々`, `〇`.
pub fn is_han(character: char) -> bool {
    matches!(character as u32, 0x3005..=0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Whether a character is kana, or a mark that only kana has.
pub fn is_kana(character: char) -> bool {
    matches!(character as u32, 0x3041..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9f)
}

/// Whether a character is bopomofo.
pub fn is_bopomofo(character: char) -> bool {
    matches!(character as u32, 0x3105..=0x312f | 0x31a0..=0x31bf)
}

/// Whether a character is Hangul.
pub fn is_hangul(character: char) -> bool {
    matches!(character as u32, 0xac00..=0xd7a3 | 0x1100..=0x11ff | 0x3131..=0x318e)
}

/// Whether a character is one of an article in Chinese, Japanese or Korean.
pub fn is_east_asian(character: char) -> bool {
    is_han(character) || is_kana(character) || is_hangul(character)
}

#[cfg(test)]
mod tests {
    use super::{is_bopomofo, is_han, is_hangul, is_kana};

    #[test]
    fn every_letter_is_of_one_script() {
        for (letters, index) in
            [("一鿿㐀々〇〆豈𠀀", 0), ("ぁゖァヺーㇰｱﾞ", 1), ("ㄅㆠ", 2), ("가힣ᄀㄱ", 3), ("aé。「5Ａ１", 4)]
        {
            for letter in letters.chars() {
                let found = [is_han(letter), is_kana(letter), is_bopomofo(letter), is_hangul(letter)];
                let expected: Vec<bool> = (0..4).map(|other| other == index).collect();
                assert_eq!(found.as_slice(), expected, "{letter}");
            }
        }
    }
}
