//! A document as passages are found in it: its folded text as numbers, with the way back. Built once for any number
//! of passages.
//!
//! All blocks take part, whatever a reader is shown of them, so that a changed judgement of what belongs to the
//! article moves nothing. It refuses to decide which place is meant; that is `seek`'s matter.

use super::aligned::BIT;
use crate::document::{Document, Position, Span};
use crate::text::fold::fold;
use std::collections::HashMap;
use std::hash::Hasher;
use std::ops::Range;
use twox_hash::XxHash3_64;

/// Characters of the Basic Multilingual Plane, numbered by a table; the others by a map.
const PLANE: usize = 0x1_0000;
/// What of a symbol's bits is taken off, as it may well have been changed; and the bounds of what one symbol can say.
const CHANCE_OF_CHANGE: f32 = 0.3;
const LEAST_BITS: f32 = 1.5;
const MOST_BITS: f32 = 9.0;
/// Folded characters that one sampled piece of the text has.
const SHINGLE: usize = 4;

/// The folded text of a document, character by character.
#[derive(Debug, Clone)]
pub struct Anchorage {
    /// The text, every character as its number in the alphabet.
    pub(super) symbols: Vec<u32>,
    /// For every symbol, where it begins in the document and at which byte of that block it ends.
    origins: Vec<(Position, u32)>,
    alphabet: Alphabet,
    /// The places and titles of the sections.
    sections: Vec<(Position, String)>,
    fingerprint: u64,
    similarity: u64,
    /// How much each symbol says, see [`Anchorage::worth`].
    worths: Vec<i32>,
}

/// The characters of a text, numbered from 1 in the order of their first appearance; 0 is any other character.
#[derive(Debug, Clone)]
struct Alphabet {
    plane: Vec<u32>,
    beyond: HashMap<char, u32>,
    /// The characters by their numbers.
    all: Vec<char>,
    size: u32,
}

impl Anchorage {
    /// Folds a document.
    pub fn of(document: &Document) -> Self {
        let mut alphabet = Alphabet { plane: vec![0; PLANE], beyond: HashMap::new(), all: vec!['\0'], size: 1 };
        let (mut symbols, mut origins) = (Vec::new(), Vec::new());
        let mut hasher = XxHash3_64::new();
        let mut shingles = Shingles::default();
        for (index, block) in document.blocks.iter().enumerate() {
            let folded = fold(&block.text);
            hasher.write(folded.text.as_bytes());
            let mut characters = folded.characters().peekable();
            let mut readings = block.readings().peekable();
            while let Some((character, start)) = characters.next() {
                while readings.next_if(|reading| reading.end as usize <= start).is_some() {}
                // Who quotes words does not quote how they are read.
                if readings.peek().is_some_and(|reading| reading.start as usize <= start) {
                    continue;
                }
                let next = characters.peek().map_or(block.text.len(), |(_, next)| *next);
                symbols.push(alphabet.number(character));
                origins.push((Position { block: index as u32, byte: start as u32 }, end_of(&block.text, start, next)));
                shingles.take(character);
            }
        }
        let similarity = shingles.finish();
        let titled = document.outline.sections.iter().map(|section| (section.at, section.title.to_string()));
        let sections = titled.collect();
        let worths = worths(&symbols, alphabet.size as usize);
        Self { symbols, origins, alphabet, sections, fingerprint: hasher.finish(), similarity, worths }
    }

    /// Folded characters of the document.
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether the document has no text.
    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    /// A fingerprint of the folded text (XXH3-64 in hexadecimal); empty for a document without text.
    pub fn fingerprint(&self) -> String {
        if self.is_empty() { String::new() } else { format!("{:016x}", self.fingerprint) }
    }

    /// A fingerprint of which nearby texts differ in few bits (Charikar's `SimHash` over sampled pieces of the text).
    pub fn similarity(&self) -> u64 {
        self.similarity
    }

    /// The stretch of the document from one symbol up to another; none if it is empty.
    pub(super) fn span(&self, range: Range<usize>) -> Option<Span> {
        let (start, _) = self.origins.get(range.start).filter(|_| !range.is_empty())?;
        let (last, end) = self.origins.get(range.end.checked_sub(1)?)?;
        Some(Span { start: *start, end: Position { block: last.block, byte: *end } })
    }

    /// The symbols of a stretch of the document.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let index = |place: Position| self.origins.partition_point(|(origin, _)| *origin < place);
        index(span.start)..index(span.end).max(index(span.start))
    }

    /// The place of a symbol, or of the last one if there are not as many.
    pub(super) fn place(&self, index: usize) -> Position {
        self.origins.get(index).or(self.origins.last()).map(|(place, _)| *place).unwrap_or_default()
    }

    /// The title of the innermost section that a symbol stands in; empty before the first.
    pub(super) fn section(&self, index: usize) -> &str {
        let place = self.place(index);
        let next = self.sections.partition_point(|(at, _)| *at <= place);
        next.checked_sub(1).and_then(|index| self.sections.get(index)).map_or("", |(_, title)| title)
    }

    /// A text folded, in the numbers of this document.
    pub(super) fn encode(&self, text: &str) -> Vec<u32> {
        fold(text).characters().map(|(character, _)| self.alphabet.get(character)).collect()
    }

    /// Numbers in use, 0 included.
    pub(super) fn alphabet(&self) -> usize {
        self.alphabet.size as usize
    }

    /// The sum of some symbols' characters, the same in every document (FNV-1a, 32 bits).
    pub(super) fn sum(&self, symbols: &[u32]) -> u32 {
        let characters =
            symbols.iter().map(|symbol| self.alphabet.all.get(*symbol as usize).map_or(0, |one| *one as u32));
        characters
            .flat_map(u32::to_le_bytes)
            .fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    /// How much it says that a symbol stands where it was remembered, in parts of a bit.
    pub(super) fn worth(&self, symbol: u32) -> i32 {
        self.worths.get(symbol as usize).copied().unwrap_or_default()
    }

    /// Where a text stands word for word.
    pub(super) fn occurrences(&self, sought: &[u32]) -> Vec<usize> {
        let Some((first, rest)) = sought.split_first().filter(|_| !sought.contains(&0)) else { return Vec::new() };
        let starts = self.symbols.iter().enumerate().filter(|(_, symbol)| *symbol == first).map(|(index, _)| index);
        starts.filter(|start| self.symbols[start + 1..].starts_with(rest)).collect()
    }
}

/// How much symbols say by how rare they are in a text.
fn worths(symbols: &[u32], alphabet: usize) -> Vec<i32> {
    let mut counts = vec![0u32; alphabet];
    for symbol in symbols {
        if let Some(count) = counts.get_mut(*symbol as usize) {
            *count += 1;
        }
    }
    let all = symbols.len().max(1) as f32;
    let bits = |count: u32| (all / (count.max(1) as f32)).log2() - CHANCE_OF_CHANGE;
    counts.into_iter().map(|count| (bits(count).clamp(LEAST_BITS, MOST_BITS) * BIT as f32) as i32).collect()
}

/// Where a character ends: before the next one, without the white space between them.
fn end_of(text: &str, start: usize, next: usize) -> u32 {
    let piece = text.get(start..next).unwrap_or_default();
    let least = piece.chars().next().map_or(0, char::len_utf8);
    (start + piece.trim_end().len().max(least)) as u32
}

impl Alphabet {
    fn number(&mut self, character: char) -> u32 {
        let size = self.size;
        let number = match self.plane.get_mut(character as usize) {
            Some(number) => number,
            None => self.beyond.entry(character).or_default(),
        };
        if *number == 0 {
            *number = size;
            self.size += 1;
            self.all.push(character);
        }
        *number
    }

    fn get(&self, character: char) -> u32 {
        let number = self.plane.get(character as usize).or_else(|| self.beyond.get(&character));
        number.copied().unwrap_or_default()
    }
}

/// The votes of a text's pieces for each bit of its similarity. One piece in eight votes, chosen by its hash, so that
/// the same pieces vote in every version of a text.
#[derive(Debug)]
struct Shingles {
    votes: [i32; 64],
    window: [char; SHINGLE],
    seen: usize,
}

impl Default for Shingles {
    fn default() -> Self {
        Self { votes: [0; 64], window: ['\0'; SHINGLE], seen: 0 }
    }
}

impl Shingles {
    fn take(&mut self, character: char) {
        self.window.rotate_left(1);
        self.window[SHINGLE - 1] = character;
        self.seen += 1;
        if self.seen < SHINGLE {
            return;
        }
        let hash = self.window.iter().fold(0, |hash: u64, character| {
            hash.wrapping_mul(0x0001_0000_01b3).wrapping_add(u64::from(u32::from(*character)))
        });
        let hash = mix(hash);
        if hash.is_multiple_of(8) {
            let hash = mix(hash);
            for (bit, vote) in self.votes.iter_mut().enumerate() {
                *vote += if hash >> bit & 1 == 1 { 1 } else { -1 };
            }
        }
    }

    fn finish(&self) -> u64 {
        self.votes.iter().enumerate().filter(|(_, vote)| **vote > 0).fold(0, |bits, (bit, _)| bits | 1 << bit)
    }
}

/// The finaliser of `SplitMix64`: every bit of the result hangs on every bit of the input.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}
