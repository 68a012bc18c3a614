//! What UTF-8 was taken for by a program that misread it, and the bytes that a misread text was.
//!
//! It refuses to judge whether a text was misread.

use encoding_rs::{EncoderResult, Encoding};
use std::sync::LazyLock;

/// The encodings as which programs misread UTF-8, the likely ones first.
const MISREAD: &[&Encoding] = &[
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1251,
    encoding_rs::GBK,
    encoding_rs::WINDOWS_1256,
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1253,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1255,
    encoding_rs::WINDOWS_1257,
    encoding_rs::WINDOWS_1258,
    encoding_rs::ISO_8859_2,
    encoding_rs::ISO_8859_5,
    encoding_rs::ISO_8859_15,
    encoding_rs::KOI8_R,
    encoding_rs::IBM866,
    encoding_rs::MACINTOSH,
    encoding_rs::X_MAC_CYRILLIC,
    encoding_rs::BIG5,
    encoding_rs::SHIFT_JIS,
    encoding_rs::EUC_KR,
];

/// How many of those make nearly all misreadings.
const LIKELY: usize = 3;

/// Code pages that the web's encodings lack, as a table: a name, then the characters of the upper half.
pub const CODE_PAGES: &str = include_str!("../../../../assets/codepages.tsv");

/// The code pages: read once, never changed.
static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let lines = CODE_PAGES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(name, characters)| Page::of(name, characters)).collect()
});

/// A code page.
#[derive(Debug)]
pub struct Page {
    name: &'static str,
    /// The characters of the bytes from 80 on, in the order of characters: every one of a text is looked for.
    bytes: Vec<(char, u8)>,
}

impl Page {
    fn of(name: &'static str, characters: &str) -> Self {
        let mut bytes: Vec<(char, u8)> = characters.chars().zip(0x80..=0xff).collect();
        bytes.sort_unstable();
        // Of several bytes of one character the first counts.
        bytes.dedup_by_key(|(character, _)| *character);
        Self { name, bytes }
    }

    fn byte(&self, character: char) -> Option<u8> {
        let found = self.bytes.binary_search_by_key(&character, |(other, _)| *other);
        found.ok().and_then(|index| self.bytes.get(index)).map(|(_, byte)| *byte)
    }
}

/// What UTF-8 was taken for.
#[derive(Debug, Clone, Copy)]
pub enum Misreading {
    /// One of the web's encodings.
    Web(&'static Encoding),
    /// A code page.
    Page(&'static Page),
}

impl Misreading {
    /// All that are known, the likely ones first.
    pub fn all() -> impl Iterator<Item = Self> {
        MISREAD.iter().map(|encoding| Self::Web(encoding)).chain(PAGES.iter().map(Self::Page))
    }

    /// The likely ones.
    pub fn likely() -> impl Iterator<Item = Self> {
        Self::all().take(LIKELY)
    }

    /// The encoding's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Page(page) => page.name,
        }
    }

    /// Whether a character of it is one byte: such code pages hold no Han characters.
    pub fn is_of_single_bytes(self) -> bool {
        const WIDE: [&Encoding; 4] = [encoding_rs::GBK, encoding_rs::BIG5, encoding_rs::SHIFT_JIS, encoding_rs::EUC_KR];
        match self {
            Self::Web(encoding) => !WIDE.contains(&encoding),
            Self::Page(_) => true,
        }
    }

    /// The bytes that were misread as a run; none if not all of its characters are of the encoding.
    pub fn bytes_of(self, run: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(run.len());
        match self {
            Self::Web(encoding) if encoding != encoding_rs::WINDOWS_1252 => encode(run, encoding, &mut bytes).ok()?,
            _ => run.chars().try_for_each(|character| self.add(character, &mut bytes))?,
        }
        Some(bytes)
    }

    /// The bytes that were misread as a run, a byte that UTF-8 never holds in place of what is not of the encoding.
    pub fn bytes_left_of(self, run: &str) -> Vec<u8> {
        const LOST: u8 = 0xff;
        let mut bytes = Vec::with_capacity(run.len());
        match self {
            Self::Web(encoding) if encoding != encoding_rs::WINDOWS_1252 => {
                let mut rest = run;
                while let Err(after) = encode(rest, encoding, &mut bytes) {
                    bytes.push(LOST);
                    rest = after;
                }
            }
            _ => {
                for character in run.chars() {
                    if self.add(character, &mut bytes).is_none() {
                        bytes.push(LOST);
                    }
                }
            }
        }
        bytes
    }

    /// Adds the bytes of one character.
    fn add(self, character: char, bytes: &mut Vec<u8>) -> Option<()> {
        match (self, u8::try_from(character)) {
            // ISO 8859-1 proper keeps the controls that windows-1252 has given away.
            (Self::Web(encoding), Ok(byte)) if encoding == encoding_rs::WINDOWS_1252 => bytes.push(byte),
            (Self::Web(encoding), _) => encode(character.encode_utf8(&mut [0; 4]), encoding, bytes).ok()?,
            (Self::Page(page), _) => bytes.push(page.byte(character)?),
        }
        Some(())
    }
}

/// Adds the bytes of a text in an encoding that keeps no state; if it lacks a character, those of what stands before that
/// one, and gives what stands behind it.
fn encode<'a>(text: &'a str, encoding: &'static Encoding, bytes: &mut Vec<u8>) -> Result<(), &'a str> {
    /// Bytes of the few characters that are looked at of most texts, for which no room need be asked.
    const FEW: usize = 48;
    let mut encoder = encoding.new_encoder();
    let mut few = [0; 2 * FEW];
    let mut many = Vec::new();
    if text.len() > FEW {
        many.resize(encoder.max_buffer_length_from_utf8_without_replacement(text.len()).unwrap_or_default(), 0);
    }
    let room = if many.is_empty() { few.as_mut_slice() } else { &mut many };
    let (result, read, length) = encoder.encode_from_utf8_without_replacement(text, room, true);
    bytes.extend_from_slice(room.get(..length).unwrap_or_default());
    if result == EncoderResult::InputEmpty { Ok(()) } else { Err(text.get(read..).unwrap_or_default()) }
}
