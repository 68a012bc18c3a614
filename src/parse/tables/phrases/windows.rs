//! Phrases that may stand anywhere in a line, found by a few of their bytes.
//!
//! It refuses to know what they mean.

use super::Kind;
use super::table::Table;
use std::ops::Range;

/// Bytes of a line that are looked at together.
const WIDTH: usize = 4;

/// A phrase that may stand anywhere.
#[derive(Debug)]
struct Inside {
    kind: Kind,
    phrase: Box<str>,
    /// How many of its bytes stand before those that its bit is for.
    before: usize,
    /// Its last bytes: what has the first ones mostly lacks these.
    last: [u8; WIDTH],
}

/// Phrases that may stand anywhere.
#[derive(Debug)]
pub struct Anywhere {
    all: Windows,
    /// Those of ASCII, which are longer: in lines of ASCII there are no others.
    ascii: Windows,
}

impl Anywhere {
    /// A few phrases.
    pub fn of<'a>(phrases: impl Iterator<Item = (Kind, &'a str)> + Clone) -> Self {
        let ascii = phrases.clone().filter(|(_, phrase)| phrase.is_ascii());
        Self { ascii: Windows::of(ascii), all: Windows::of(phrases) }
    }

    /// Those that stand in a line: their kinds and where they stand.
    pub fn find(&self, line: &str, found: &mut impl FnMut(Kind, Range<usize>)) {
        let phrases = if line.is_ascii() { &self.ascii } else { &self.all };
        if !phrases.is_empty() {
            phrases.find(line, found);
        }
    }
}

/// Phrases by any few of their bytes, so that a line need be looked at every few bytes only.
#[derive(Debug)]
struct Windows {
    /// Bytes from one look to the next: every phrase is seen at one of them.
    stride: usize,
    table: Table<Inside>,
    /// Phrases too short to be looked for so: those of a reader's that are one character.
    short: Vec<(Kind, Box<str>)>,
}

impl Windows {
    fn of<'a>(phrases: impl Iterator<Item = (Kind, &'a str)>) -> Self {
        let (long, short): (Vec<_>, Vec<_>) = phrases.partition(|(_, phrase)| phrase.len() >= WIDTH);
        let shortest = long.iter().map(|(_, phrase)| phrase.len()).min().unwrap_or(WIDTH);
        let stride = shortest - WIDTH + 1;
        let entries = long.into_iter().flat_map(|(kind, phrase)| {
            let last = phrase.as_bytes().last_chunk().copied().unwrap_or_default();
            (0..stride).filter_map(move |before| {
                let bit = Self::bit(window(phrase.as_bytes(), before)?);
                Some((bit, Inside { kind, phrase: phrase.into(), before, last }))
            })
        });
        Self {
            stride,
            table: Table::of(entries.collect()),
            short: short.into_iter().map(|(kind, phrase)| (kind, phrase.into())).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.table.is_empty() && self.short.is_empty()
    }

    fn find(&self, line: &str, found: &mut impl FnMut(Kind, Range<usize>)) {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(window) = window(bytes, at) {
            let bit = Self::bit(window);
            if self.table.may_hold(bit) {
                self.find_at(bytes, at, bit, found);
            }
            at += self.stride;
        }
        for (kind, phrase) in &self.short {
            if let Some(start) = line.find(&**phrase) {
                found(*kind, start..start + phrase.len());
            }
        }
    }

    /// The phrases that stand where some of their bytes were seen.
    fn find_at(&self, line: &[u8], at: usize, bit: u16, found: &mut impl FnMut(Kind, Range<usize>)) {
        for inside in self.table.get(bit) {
            let Some(start) = at.checked_sub(inside.before) else { continue };
            let phrase = inside.phrase.as_bytes();
            let stands = window(line, start + phrase.len() - WIDTH) == Some(inside.last)
                && line.get(start..).is_some_and(|rest| rest.starts_with(phrase));
            if stands {
                found(inside.kind, start..start + phrase.len());
            }
        }
    }

    fn bit(window: [u8; WIDTH]) -> u16 {
        (u32::from_le_bytes(window).wrapping_mul(0x9e37_79b1) >> 16) as u16
    }
}

/// The bytes that are looked at together from a byte on.
fn window(bytes: &[u8], at: usize) -> Option<[u8; WIDTH]> {
    bytes.get(at..)?.first_chunk().copied()
}
