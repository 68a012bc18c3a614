//! UTF-16 without a mark.
//!
//! It refuses to be told by half a dozen bytes, which may be chance.

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_16BE, UTF_16LE};
use memchr::memchr;

/// Bytes that tell.
const HEAD: usize = 8192;
/// Characters that tell beside a zero, which other encodings have none of.
const BESIDE_ZERO: usize = 8;
/// Characters of large scripts that are looked at.
const SAMPLE: usize = 400;

/// UTF-16 by its zeros: every other byte of Latin text is one, and of other text the line ends and spaces hold one while
/// nearly all characters are of the scripts that are read here.
pub fn by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = head(bytes);
    memchr(0, head)?;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd * 10 > head.len() && odd > even * 4 => Some(UTF_16LE),
        () if even * 10 > head.len() && even > odd * 4 => Some(UTF_16BE),
        () => by_letters(bytes, BESIDE_ZERO),
    }
}

/// UTF-16 by its letters, some at least: nearly all pairs of bytes are letters or marks of the scripts that are read
/// here, and those of large scripts are common ones, as less than half of them would be by chance.
pub fn by_letters(bytes: &[u8], least: usize) -> Option<&'static Encoding> {
    let units: [fn([u8; 2]) -> u16; 2] = [u16::from_le_bytes, u16::from_be_bytes];
    let mut found = [UTF_16LE, UTF_16BE].into_iter().zip(units).filter(|(_, unit)| is_text(head(bytes), *unit, least));
    found.next().map(|(encoding, _)| encoding)
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..bytes.len().min(HEAD) & !1).unwrap_or_default()
}

fn is_text(bytes: &[u8], unit: fn([u8; 2]) -> u16, least: usize) -> bool {
    let units = || bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(unit);
    let all = units().count();
    if all < least || units().filter(|unit| is_letter(*unit)).count() * 20 < all * 19 {
        return false;
    }
    let large = || units().filter(|unit| *unit >= 0x3400).filter_map(|unit| char::from_u32(unit.into())).take(SAMPLE);
    large().filter(|character| is_common(*character)).count() * 10 >= large().count() * 9
}

/// Whether a unit is a letter or a mark of Latin, Greek, Cyrillic, Chinese, Japanese or Korean text.
fn is_letter(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0x17f | 0x391..=0x3c9 | 0x401..=0x491 | 0x2010..=0x2026
        | 0x2116 | 0x3000..=0x30ff | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xff01..=0xff9f)
}

/// Whether a character stands in the rows of the common ones in some standard.
fn is_common(character: char) -> bool {
    let mut buffer = [0; 4];
    let text = &*character.encode_utf8(&mut buffer);
    let pair = |encoding: &'static Encoding| match *encoding.encode(text).0 {
        [first, second] => Some((first, second)),
        _ => None,
    };
    matches!(character, '\u{ff01}'..='\u{ff9f}')
        || matches!(pair(GBK), Some((0xb0..=0xd7, 0xa1..)))
        || matches!(pair(BIG5), Some((0xa4..=0xc6, _)))
        || matches!(pair(SHIFT_JIS), Some((0x88..=0x98, _)))
        || matches!(pair(EUC_KR), Some((0xb0..=0xc8, 0xa1..)))
}
