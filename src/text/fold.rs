//! The form of a text in which it is searched and compared, with a map back to the bytes it came from.
//!
//! Width and case are folded away; it refuses to transliterate, to stem and to split words.

/// A folded text and where its bytes came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For every byte of `text` that starts a character, in order: that byte and the byte of the source.
    map: Vec<(u32, u32)>,
    source_length: usize,
}

/// What is folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folding {
    /// Upper case becomes lower case.
    pub case: bool,
    /// White space is dropped, and marks that scrapers change at will become one: quotes, dashes, full stops.
    pub loose: bool,
}

/// The form for comparing passages: case, width, white space and the shape of marks folded.
pub fn fold(text: &str) -> Folded {
    Folded::new(text, Folding { case: true, loose: true })
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str, folding: Folding) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), map: Vec::new(), source_length: text.len() };
        for (byte, character) in text.char_indices() {
            if folding.loose && (character.is_whitespace() || is_ignorable(character)) {
                continue;
            }
            let character = narrow(character);
            let character = if folding.loose { plain_mark(character) } else { character };
            if folding.loose && matches!(character, '-' | '.') && folded.text.ends_with(character) {
                continue;
            }
            folded.map.push((folded.text.len() as u32, byte as u32));
            match character {
                // Han, kana and Hangul have no case, and the table of those that have is slow.
                '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{d7a3}' => folded.text.push(character),
                _ if character.is_ascii() && folding.case => folded.text.push(character.to_ascii_lowercase()),
                _ if folding.case => folded.text.extend(character.to_lowercase()),
                _ => folded.text.push(character),
            }
        }
        folded
    }

    /// The characters of the folded text, each with the byte of the source at which what it stands for begins.
    pub fn characters(&self) -> impl Iterator<Item = (char, usize)> {
        let ends = self.map.iter().skip(1).map(|(folded, _)| *folded).chain([self.text.len() as u32]);
        self.map.iter().zip(ends).flat_map(|((start, source), end)| {
            let piece = self.text.get(*start as usize..end as usize).unwrap_or_default();
            piece.chars().map(|character| (character, *source as usize))
        })
    }

    /// The byte of the source at which the character at a byte of the folded text begins.
    pub fn to_source(&self, byte: usize) -> usize {
        let (Ok(index) | Err(index)) = self.map.binary_search_by_key(&(byte as u32), |(folded, _)| *folded);
        self.map.get(index).map_or(self.source_length, |(_, source)| *source as usize)
    }
}

/// Full-width ASCII and the ideographic space in their usual width (Unicode's wide compatibility forms).
pub fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        _ => character,
    }
}

fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// One mark for each kind that converters turn into one another.
fn plain_mark(character: char) -> char {
    match character {
        '“' | '”' | '„' | '「' | '」' | '『' | '』' | '«' | '»' | '‘' | '’' | '\'' => '"',
        '、' => ',',
        '。' | '．' => '.',
        '—' | '–' | '―' | '─' | '‐' | '－' => '-',
        '…' | '⋯' => '.',
        '〈' => '<',
        '〉' => '>',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, Folding, fold};

    #[test]
    fn passages_compare_equal() {
        assert_eq!(fold("“你好”，ＡＢＣ　——世 界。").text, "\"你好\",abc-世界.");
        assert_eq!(fold("「你好」,abc—世界．").text, "\"你好\",abc-世界.");
    }

    #[test]
    fn places_map_back() {
        let folded = fold("Ａ b“c”");
        assert_eq!(folded.text, "ab\"c\"");
        for (byte, source) in [(0, 0), (1, 4), (2, 5), (3, 8), (4, 9), (5, 12)] {
            assert_eq!(folded.to_source(byte), source, "byte {byte}");
        }
    }

    #[test]
    fn a_search_keeps_spaces() {
        let folded = Folded::new("Ｔwo  Words", Folding { case: false, loose: false });
        assert_eq!(folded.text, "Two  Words");
    }
}
