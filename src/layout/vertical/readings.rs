//! Readings of Han characters beside their column (ルビ): which of them have room there, and where each stands.
//!
//! A reading has a full square for each of its letters, and so mostly more rows than its characters. It may stand two
//! rows beyond the column at either end, so as many letters as a column has rows and four more have room beside it. A
//! reading that would exceed that, together with those near it, stays in its line, in brackets. It refuses to paint.

use super::Spot;
use crate::layout::column::units;
use crate::layout::glyphs::Asides;
use crate::text::{Class, WidthPolicy, clusters};
use std::ops::Range;

/// Rows by which readings may stand beyond a column at either end.
pub const BEYOND: u16 = 2;
/// Rows of the longest characters that stay in one column for the sake of their reading.
const LONGEST_BASE: i32 = 6;

/// Chooses the readings of a text that stand beside their characters.
pub fn set_beside(asides: &mut Asides, text: &str) {
    let beyond = i32::from(BEYOND);
    // Rows beside the text that no reading has taken: some are kept for the next, and as many are lent by what follows.
    let mut free = beyond;
    let mut at = 0;
    for reading in std::mem::take(&mut asides.readings) {
        let base = base_of(text, at, reading.start as usize);
        free = (free + rows(text, at..base)).min(beyond);
        let own = rows(text, base..reading.start as usize);
        let length = count(text, &reading);
        at = reading.end as usize;
        if (1..=LONGEST_BASE).contains(&own) && length <= free + own + beyond {
            free = (free + own - length).min(beyond);
            asides.bases.push(base as u32..reading.end);
            asides.beside.push(reading);
        } else {
            free = (free + own + length + 2).min(beyond);
            asides.readings.push(reading);
        }
    }
}

/// The first byte of the characters that a reading is of: the Han characters before it, or the one cluster.
fn base_of(text: &str, from: usize, to: usize) -> usize {
    let before = text.get(from..to).unwrap_or_default();
    let han = before.trim_end_matches(is_han);
    let last = || before.char_indices().next_back().map_or(0, |(byte, _)| byte);
    from + if han.len() < before.len() { han.len() } else { last() }
}

fn is_han(character: char) -> bool {
    matches!(Class::of(character), Class::Han | Class::Iteration) || matches!(character, 'ヶ' | 'ヵ')
}

/// Rows of a part of a text.
fn rows(text: &str, range: Range<usize>) -> i32 {
    let part = text.get(range.clone()).unwrap_or_default();
    let units = clusters(part, WidthPolicy::default()).map(|cluster| units(text, range.start + cluster.byte, &cluster));
    (units.sum::<u32>() / 2).min(i32::MAX as u32) as i32
}

/// Letters of a reading.
fn count(text: &str, reading: &Range<u32>) -> i32 {
    let text = text.get(reading.start as usize..reading.end as usize).unwrap_or_default();
    clusters(text, WidthPolicy::default()).filter(|cluster| cluster.cells > 0).count().min(i32::MAX as usize) as i32
}

/// A reading among the spots of a column.
#[derive(Debug)]
pub struct Reading {
    /// Its spots.
    spots: Range<usize>,
    /// The row it had best begin at.
    start: i32,
}

impl Reading {
    /// The last spots are a reading, of the Han characters before it: it is best in the middle beside them.
    pub fn new(spots: &[Spot], first: usize) -> Self {
        let column = spots.get(..first).unwrap_or_default();
        let is_base = |spot: &&Spot| !spot.is_beside && spot.text.chars().next().is_some_and(is_han);
        let base = column.iter().rev().take_while(is_base).count().max(1).min(first);
        let top = column.get(first - base).map_or(0, |spot| spot.row);
        let rows = column.last().map_or(0, |spot| spot.row + 1 - top);
        let length = (spots.len() - first) as i32;
        Self { spots: first..spots.len(), start: top + (rows - length) / 2 }
    }
}

/// Puts readings where they stand: each as near to its characters as the others let it.
pub fn place(spots: &mut [Spot], mut readings: Vec<Reading>, rows: i32) {
    let beyond = i32::from(BEYOND);
    let mut free = -beyond;
    for reading in &mut readings {
        let length = reading.spots.len() as i32;
        reading.start = reading.start.min(rows - length).max(0).max(free);
        free = reading.start + length;
    }
    let mut end = rows + beyond;
    for reading in readings.iter_mut().rev() {
        reading.start = reading.start.min(end - reading.spots.len() as i32);
        end = reading.start;
    }
    for reading in readings {
        for (offset, spot) in spots.get_mut(reading.spots).unwrap_or_default().iter_mut().enumerate() {
            spot.row = reading.start + offset as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::vertical::drawing::drawing;
    use crate::parse::{Hint, parse};

    /// Kanji with readings, in columns of 12 rows.
    fn drawn(source: &str) -> String {
        drawing(&parse(source.as_bytes(), &Hint::named("a.md")), 12, 40)
    }

    #[test]
    fn readings_stand_beside_their_characters() {
        let source = "今年の{七夕|たなばた}は雨で、{橋|はし}の上から川を見ていた。{志|こころざし}の高い人であった。\n";
        insta::assert_snapshot!(drawn(source), @r"


        高  上
        い  か  今
        人  ら  年
        で  川  のた
        あ  を  七な
        っ  見  夕ば
        た  て  はた
        ︒  いこ雨
            たこで
            ︒ろ︑
            志ざ橋は
            のしのし
        ");
    }

    #[test]
    fn what_has_no_room_stays_in_brackets() {
        let source = "{牽牛星|けんぎゅうせい}と{織女星|しょくじょせい}と、{北斗七星|ほくとしちせい}を見た。\n";
        insta::assert_snapshot!(drawn(source), @r"


        北ほ星    け
        斗く︵  牽ん
        七とし  牛ぎ
        星しょ  星ゅ
        をちく  とう
        見せじ  織せ
        たいょ  女い
        ︒  せ
            い
            ︶
            と
            ︑
        ");
    }
}
