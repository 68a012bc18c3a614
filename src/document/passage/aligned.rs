//! What was remembered, laid beside a stretch of a text: which of its symbols stand there, and whether the quote's do or
//! only those around it.
//!
//! Smith and Waterman's local alignment with Gotoh's gaps of two prices (Li 2018: a slip of the pen is a short gap, a
//! sentence that came or went a long one), scored in bits: a symbol that is rare in the text says more than one that
//! is everywhere. A line that is like its deleted neighbour is seen through by it: the neighbour's own words lie in what
//! stood around the quote, and fit better there. It refuses to judge; that is `seek`'s matter.

/// The parts of a bit that scores are counted in.
pub(super) const BIT: i32 = 16;
/// What a symbol in the place of another costs.
const OTHER: i32 = 3 * BIT;
/// What the first and every further symbol of a short and of a long gap costs.
const SHORT: [i32; 2] = [4 * BIT, 2 * BIT];
const LONG: [i32; 2] = [17 * BIT, 1];
/// Less than any score.
const NONE: i32 = i32::MIN / 2;

/// Where a cell's score comes from: nowhere, a pair, then gaps, of the text's symbols and of the remembered ones by turns,
/// short and long. For each of these a bit says that it goes on.
const STOP: u8 = 0;
const BOTH: u8 = 1;
const SOURCE: u8 = 7;
const GOES_ON: [u8; 4] = [8, 16, 32, 64];

/// Two stretches side by side.
#[derive(Debug, Clone, Default)]
pub(super) struct Aligned {
    /// Pairs of equal symbols: of what was remembered, of the text.
    pairs: Vec<(usize, usize)>,
    /// The score up to each pair, itself included, and what it is worth.
    scores: Vec<(i32, i32)>,
}

impl Aligned {
    /// The pairs of some remembered symbols.
    pub(super) fn within(&self, from: usize, to: usize) -> &[(usize, usize)] {
        let [from, to] = [from, to].map(|row| self.pairs.partition_point(|pair| pair.0 < row));
        self.pairs.get(from..to).unwrap_or_default()
    }

    /// What the remembered symbols before, between and behind two of them score. A gap at either end of those between
    /// them is theirs.
    pub(super) fn parts(&self, from: usize, to: usize) -> (i32, i32, i32) {
        let [from, to] = [from, to].map(|row| self.pairs.partition_point(|pair| pair.0 < row));
        let score = |index: usize| index.checked_sub(1).and_then(|index| self.scores.get(index)).map_or(0, |at| at.0);
        let all = score(self.scores.len());
        let behind = self.scores.get(to).map_or(0, |(score, worth)| all - score + worth);
        (score(from), all - behind - score(from), behind)
    }
}

/// A table of the ways to every cell, row by row.
struct Ways {
    width: usize,
    from: Vec<u8>,
}

/// Lays what was remembered beside a text. `worth` is what a symbol scores where it meets itself.
pub(super) fn align(remembered: &[u32], text: &[u32], worth: impl Fn(u32) -> i32) -> Aligned {
    let width = text.len() + 1;
    let mut ways = Ways { width, from: vec![STOP; width * (remembered.len() + 1)] };
    let mut cells = vec![Cell::default(); width];
    let mut best = (0, 0);
    for (row, symbol) in remembered.iter().enumerate() {
        let start = (row + 1) * width;
        let line = ways.from.get_mut(start..start + width).unwrap_or_default();
        let (most, column) = advance(&mut cells, line, text, *symbol, worth(*symbol));
        if most > best.0 {
            best = (most, start + column);
        }
    }
    let pairs = ways.back(best.1, remembered, text);
    let mut score = 0;
    let mut last: Option<(usize, usize)> = None;
    let scores = pairs.iter().map(|(row, column)| {
        let gap = last.replace((*row, *column)).map_or(0, |last| between(row - last.0 - 1, column - last.1 - 1));
        let worth = remembered.get(*row).map_or(0, |symbol| worth(*symbol));
        score += worth - gap;
        (score, worth)
    });
    Aligned { scores: scores.collect(), pairs }
}

/// A cell: the best that ends there, and the best that ends in a gap of remembered symbols.
#[derive(Debug, Clone, Copy)]
struct Cell {
    score: i32,
    short: i32,
    long: i32,
}

impl Default for Cell {
    fn default() -> Self {
        Self { score: 0, short: NONE, long: NONE }
    }
}

/// One remembered symbol beside the whole text. Gives the best score and its column.
fn advance(cells: &mut [Cell], ways: &mut [u8], text: &[u32], symbol: u32, worth: i32) -> (i32, usize) {
    let Some((first, cells)) = cells.split_first_mut() else { return (0, 0) };
    let mut best = (0, 0);
    let (mut diagonal, mut before) = (first.score, 0);
    let (mut short, mut long) = (NONE, NONE);
    for (column, ((cell, way), other)) in cells.iter_mut().zip(ways.iter_mut().skip(1)).zip(text).enumerate() {
        let going = [
            extend(&mut short, before, SHORT),
            extend(&mut cell.short, cell.score, SHORT),
            extend(&mut long, before, LONG),
            extend(&mut cell.long, cell.score, LONG),
        ];
        let both = diagonal + if *other == symbol { worth } else { -OTHER };
        let (mut most, mut source) = (0, STOP);
        for (score, name) in [both, short, cell.short, long, cell.long].into_iter().zip(BOTH..) {
            if score > most {
                (most, source) = (score, name);
            }
        }
        *way =
            going.into_iter().zip(GOES_ON).fold(source, |way, (goes_on, flag)| if goes_on { way | flag } else { way });
        diagonal = std::mem::replace(&mut cell.score, most);
        before = most;
        if most > best.0 {
            best = (most, column + 1);
        }
    }
    best
}

/// Opens a gap or goes on with one, whichever is cheaper; whether it goes on.
fn extend(gap: &mut i32, open: i32, [first, further]: [i32; 2]) -> bool {
    let (new, on) = (open - first, *gap - further);
    *gap = new.max(on);
    on > new
}

/// What lies between two pairs costs, being so many symbols here and there.
fn between(rows: usize, columns: usize) -> i32 {
    let gap = |length: usize| {
        let further = length.saturating_sub(1) as i32;
        let cost = |[first, more]: [i32; 2]| first + more * further;
        if length == 0 { 0 } else { cost(SHORT).min(cost(LONG)) }
    };
    let replaced = rows.min(columns) as i32 * OTHER + gap(rows.abs_diff(columns));
    replaced.min(gap(rows) + gap(columns))
}

impl Ways {
    /// The pairs of equal symbols on the way back from a cell.
    fn back(&self, mut at: usize, remembered: &[u32], text: &[u32]) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let mut gap: Option<usize> = None;
        while let Some(way) = self.from.get(at) {
            let source = way & SOURCE;
            match gap {
                None if source == STOP => break,
                None if source == BOTH => {
                    let (row, column) = (at / self.width - 1, at % self.width - 1);
                    if remembered.get(row) == text.get(column) {
                        pairs.push((row, column));
                    }
                    at -= self.width + 1;
                }
                None => gap = Some(usize::from(source - BOTH - 1)),
                Some(kind) => {
                    let goes_on = GOES_ON.get(kind).is_some_and(|flag| way & flag != 0);
                    gap = gap.filter(|_| goes_on);
                    at -= if kind % 2 == 0 { 1 } else { self.width };
                }
            }
        }
        pairs.reverse();
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::{BIT, align};
    use proptest::prelude::prop;
    use proptest::{prop_assert, prop_assert_eq, proptest};

    /// The symbols of the quote, between 【 and 】, that stand in the text, and what the part before it, it and the part
    /// behind it score in bits, every symbol being worth eight.
    #[track_caller]
    fn check(remembered: &str, text: &str, expected: &str, parts: (i32, i32, i32)) {
        let symbols = |text: &str| text.chars().filter(|one| !"【】".contains(*one)).map(u32::from).collect::<Vec<_>>();
        let from = remembered.chars().position(|one| one == '【').unwrap();
        let to = remembered.chars().position(|one| one == '】').unwrap() - 1;
        let (remembered, text) = (symbols(remembered), symbols(text));
        let aligned = align(&remembered, &text, |_| 8 * BIT);
        let there: Vec<u32> = aligned.within(from, to).iter().map(|(_, column)| text[*column]).collect();
        let there: String = there.into_iter().filter_map(char::from_u32).collect();
        let (before, within, after) = aligned.parts(from, to);
        assert_eq!((there.as_str(), (before / BIT, within / BIT, after / BIT)), (expected, parts));
    }

    #[test]
    fn what_is_there_what_was_changed_and_what_is_gone() {
        check("从前有【一口很深的井】，后来没了", "从前有一口很深的井，后来没了", "一口很深的井", (24, 48, 40));
        check("从前有【一口很深的井】，后来没了", "从前有一口极深井，后来没了", "一口深井", (24, 25, 40));
        check("从前有【一口很深的井】，后来没了", "从前有，后来没了", "", (24, -14, 40));
        check(
            "从前有【一口很深的井】，后来没了",
            "从前有（这里插进来一句长长的话）一口很深的井",
            "一口很深的井",
            (24, 30, 0),
        );
    }

    #[test]
    fn a_line_like_its_deleted_neighbour_is_not_taken_for_it() {
        let list = "【第四项甲乙丙丁戊】。第五项甲乙丙丁己。";
        check(&format!("第三项甲乙丙丁庚。{list}"), "第三项甲乙丙丁庚。第五项甲乙丙丁己。", "", (64, -17, 80));
    }

    proptest! {
        #[test]
        fn pairs_are_equal_and_in_order(
            remembered in prop::collection::vec(0..9u32, 0..60), text in prop::collection::vec(0..9u32, 0..90),
        ) {
            let aligned = align(&remembered, &text, |_| 4 * BIT);
            let pairs = aligned.within(0, remembered.len());
            prop_assert!(pairs.iter().all(|(row, column)| remembered[*row] == text[*column]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            let (before, within, after) = aligned.parts(remembered.len() / 3, remembered.len() / 2);
            let all = aligned.parts(0, remembered.len());
            prop_assert_eq!(before + within + after, all.1);
            prop_assert_eq!((all.0, all.2), (0, 0));
        }
    }
}
