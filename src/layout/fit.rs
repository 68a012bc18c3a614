//! From pieces to lines: the least total cost over the paragraph, by dynamic programming over a window.
//!
//! Exact and in integers: `best[j] = min over i of best[i] + cost(i, j)`, where a line holds at most as many pieces as
//! the measure has cells. A long paragraph streams: lines are final as soon as every way on shares them. It refuses to
//! know text: a piece is its cells and the kind of break after it.

use super::Fit;
use super::costs::Costs;
use super::paragraph::{Break, Piece};
use super::squeeze;
use std::collections::VecDeque;

/// The measure of the lines of one paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// Cells of a line.
    pub full: u32,
    /// Cells that the first line has less.
    pub indent: u32,
    /// Cells that a mark may overhang: 0, 1 or 2.
    pub hang: u8,
    /// Whether an opening bracket at a line's start may give a cell to the margin.
    pub start_trim: bool,
    /// Whether words may be hyphenated.
    pub hyphens: bool,
    /// Cells of a hyphen.
    pub hyphen: u32,
    /// Whether short gaps at line ends are filled, and gaps between scripts given up.
    pub justify: bool,
    /// How the lines are filled.
    pub fit: Fit,
    /// What is to be avoided.
    pub costs: Costs,
}

/// What is to be fitted: a paragraph or a stretch of one.
#[derive(Debug, Clone, Copy)]
pub struct Paragraph<'a> {
    /// Its pieces.
    pub pieces: &'a [Piece],
    /// Whether it begins with the paragraph's first.
    pub opens: bool,
    /// Whether it ends with the paragraph's last.
    pub closes: bool,
}

/// Fits paragraphs; its tables are used again and again.
#[derive(Debug, Default)]
pub struct Fitter {
    /// Where a line would begin that begins with each piece, in cells from the start of the text on one line.
    left: Vec<u32>,
    /// Where a line would end that ends before each piece.
    right: Vec<u32>,
    /// Gaps between scripts before each piece that a line may give up wherever it begins and ends.
    spare: Vec<u32>,
    /// The least cost of the lines before each piece, with what a line costs that begins there.
    best: Vec<u64>,
    /// Where the last of these lines begins.
    from: Vec<u32>,
    /// Pieces that lines may begin with, ascending.
    starts: Vec<u32>,
    /// Those of them in the window whose costs ascend.
    least: VecDeque<u32>,
}

/// How the lines before a piece end that no good way leads to.
const NOWHERE: u64 = u64::MAX;

impl Fitter {
    /// The lines, as the number of pieces before the end of each, ascending. Where the paragraph goes on, only those
    /// that no piece to come can change: perhaps none.
    pub fn lines(&mut self, paragraph: Paragraph, columns: &Columns, ends: &mut Vec<u32>) {
        ends.clear();
        let count = paragraph.pieces.len();
        self.measure(paragraph, columns);
        if count == 0 {
        } else if paragraph.closes && self.right[count].saturating_sub(self.left[0]) <= columns.full {
            ends.push(count as u32);
        } else {
            match columns.fit {
                Fit::Greedy => self.greedy(paragraph, columns, ends),
                Fit::Balance => {
                    self.optimal(paragraph, &Columns { costs: columns.costs.balanced(), ..*columns }, ends);
                }
                Fit::Optimal => self.optimal(paragraph, columns, ends),
            }
        }
    }

    /// Where lines would begin and end.
    fn measure(&mut self, paragraph: Paragraph, columns: &Columns) {
        self.left.clear();
        self.right.clear();
        let mut cells = if paragraph.opens { columns.indent } else { 0 };
        self.spare.clear();
        self.left.push(0);
        self.right.push(0);
        self.spare.push(0);
        for piece in paragraph.pieces {
            cells += u32::from(piece.cells);
            self.right.push(cells + columns.hyphen * u32::from(piece.after.shows_hyphen()));
            cells += u32::from(piece.space);
            self.left.push(cells);
        }
        if columns.justify {
            let mut spare = 0;
            self.spare.extend((0..paragraph.pieces.len()).map(|index| {
                spare += u32::from(squeeze::may_go(paragraph.pieces, index));
                spare
            }));
        }
        if columns.start_trim {
            let indented = usize::from(paragraph.opens && columns.indent > 0);
            for (left, piece) in self.left.iter_mut().zip(paragraph.pieces).skip(indented) {
                *left += u32::from(piece.traits.opens());
            }
        }
    }

    /// As much as fits, line by line.
    fn greedy(&self, paragraph: Paragraph, columns: &Columns, ends: &mut Vec<u32>) {
        let mut start = 0;
        for (index, piece) in paragraph.pieces.iter().enumerate() {
            let cells = self.right[index + 1].saturating_sub(self.left[start]);
            if index > start && cells > columns.full + piece.traits.hang(columns.hang) {
                ends.push(index as u32);
                start = index;
            }
        }
        if paragraph.closes {
            ends.push(paragraph.pieces.len() as u32);
        }
    }

    /// The lines of least cost.
    ///
    /// Few of the places where a line may end are on a good way. So only ways are followed that cost at most so much
    /// more than the fewest lines there can be, with the breaks that none can do without, and if no such way leads to
    /// the end, more are. What is found is the
    /// best of all: whatever is better would have been followed too.
    fn optimal(&mut self, paragraph: Paragraph, columns: &Columns, ends: &mut Vec<u32>) {
        let count = paragraph.pieces.len();
        // What good lines cost depends on how wide the pieces are. A paragraph that goes on has no end yet to lead to.
        let cells = self.right[count];
        let lines = u64::from(cells / columns.full.max(1) + 4);
        let bound = lines * columns.costs.gap(cells / count as u32);
        let mut bounds = [bound, 4 * bound, 16 * bound, NOWHERE].into_iter().skip(if paragraph.closes { 0 } else { 3 });
        let low = bounds.find_map(|bound| self.search(paragraph, columns, bound)).unwrap_or_default();
        let end = if paragraph.closes { count } else { self.settled(paragraph.pieces, low, count) };
        self.trace(end, ends);
    }

    /// Follows the ways that nowhere cost more than the fewest lines and a bound, and says where the window stands in
    /// the end; none if they do not lead there.
    fn search(&mut self, paragraph: Paragraph, columns: &Columns, bound: u64) -> Option<usize> {
        let Paragraph { pieces, closes, .. } = paragraph;
        let count = pieces.len();
        self.best.clear();
        self.best.resize(count + 1, NOWHERE);
        self.from.resize(count + 1, 0);
        self.least.clear();
        self.starts.clear();
        self.best[0] = 0;
        self.least.push_back(0);
        self.starts.push(0);
        let furthest = columns.full + u32::from(columns.hang) + 1;
        let (mut low, mut first) = (0, 0);
        // The fewest lines before a piece, the last piece before which no more are needed, and what the breaks before
        // it cost that no way can do without.
        let (mut fewest, mut reached, mut forced) = (0, 0, 0);
        for end in 1..=count {
            if end > reached {
                (fewest, reached) = (fewest + 1, self.reach(pieces, columns, reached));
            }
            while low + 1 < end && self.right[end].saturating_sub(self.left[low]) > furthest {
                low += 1;
            }
            while self.starts.get(first).is_some_and(|index| (*index as usize) < low) {
                first += 1;
            }
            while self.least.front().is_some_and(|index| (*index as usize) < low) {
                self.least.pop_front();
            }
            let after = columns.costs.after(&pieces[end - 1]);
            if after > 0 && self.must_part(pieces, columns, end) {
                forced += after;
            }
            let most = bound.saturating_add(fewest * columns.costs.line + forced);
            let is_last = closes && end == count;
            if !is_last && self.is_far(columns, first, end, most) {
                continue;
            }
            let (start, cost) = if is_last {
                self.last_line(paragraph, columns, low)
            } else {
                self.line(pieces, columns, first, end, most)
            };
            let dash = pieces.get(end).is_some_and(|piece| piece.traits.is_dash());
            let cost = cost.saturating_add(if dash { columns.costs.dash } else { 0 });
            if cost > most {
                continue;
            }
            self.from[end] = start as u32;
            self.best[end] = cost;
            self.starts.push(end as u32);
            while self.least.back().is_some_and(|index| self.best[*index as usize] >= cost) {
                self.least.pop_back();
            }
            self.least.push_back(end as u32);
        }
        (self.best[count] < NOWHERE).then_some(low)
    }

    /// Whether the gap of a line that ends before a piece is too much even if it begins with the first start.
    fn is_far(&self, columns: &Columns, first: usize, end: usize, most: u64) -> bool {
        let (Some(start), Some(least)) = (self.starts.get(first), self.least.front()) else { return true };
        let cells = self.right[end].saturating_sub(self.left[*start as usize]);
        let gap = columns.costs.gap(columns.full.saturating_sub(cells));
        self.best[*least as usize] + columns.costs.line + gap > most
    }

    /// Whether no line holds both the piece before a place and the one after it.
    fn must_part(&self, pieces: &[Piece], columns: &Columns, place: usize) -> bool {
        let most = columns.full + u32::from(columns.hang) + u32::from(columns.justify);
        pieces.get(place).is_some_and(|after| {
            let end = self.right[place + 1] - columns.hyphen * u32::from(after.after.shows_hyphen());
            end.saturating_sub(self.left[place - 1]) > most
        })
    }

    /// The last piece before which a line may end that begins with a piece. The later it begins, the later it may end;
    /// so lines that are filled like this are the fewest there can be.
    fn reach(&self, pieces: &[Piece], columns: &Columns, start: usize) -> usize {
        let squeeze = u32::from(columns.justify);
        let furthest = columns.full + u32::from(columns.hang) + 1;
        let mut reached = start + 1;
        for end in start + 2..=pieces.len() {
            let cells = self.right[end].saturating_sub(self.left[start]);
            if cells <= columns.full + pieces[end - 1].traits.hang(columns.hang) + squeeze {
                reached = end;
            } else if cells > furthest + 1 {
                break;
            }
        }
        reached
    }

    /// The best of the starts from the `first`-th on for a line that ends before a piece and is not the last, and the
    /// cost of all up to it. The later the start, the wider the gap: once that alone costs too much, so does all that
    /// follows.
    fn line(&self, pieces: &[Piece], columns: &Columns, first: usize, end: usize, bound: u64) -> (usize, u64) {
        let full = columns.full;
        let last = &pieces[end - 1];
        let costs = &columns.costs;
        let most = full + last.traits.hang(columns.hang);
        let floor = self.least.front().map_or(0, |index| self.best[*index as usize]);
        let again = if last.after.shows_hyphen() { costs.hyphenation_again } else { 0 };
        let Some(most_before) = bound.checked_sub(costs.line + costs.after(last)) else { return (end - 1, NOWHERE) };
        let mut found = (end - 1, most_before.saturating_add(1));
        for start in self.starts.iter().skip(first).map(|start| *start as usize) {
            let cells = self.right[end].saturating_sub(self.left[start]);
            let mut cost = self.best[start];
            if columns.justify && cells == most + 1 && self.gives(pieces, start, end) {
                cost += costs.squeeze + if most > full { costs.hanging } else { 0 };
            } else if cells > most {
                if start + 1 < end {
                    continue;
                }
                cost += u64::from(cells - most) * costs.too_wide;
            } else if cells > full {
                cost += costs.hanging;
            } else {
                let gap = costs.gap(full - cells);
                if floor + gap >= found.1 {
                    break;
                }
                cost += gap;
            }
            if again > 0 && start > 0 && pieces[start - 1].after.shows_hyphen() {
                cost += again;
            }
            if cost < found.1 {
                found = (start, cost);
            }
        }
        (found.0, found.1.saturating_add(costs.line + costs.after(last)))
    }

    /// Whether the line from a piece to before another may give up a gap.
    fn gives(&self, pieces: &[Piece], start: usize, end: usize) -> bool {
        start + 1 < end && (self.spare[end - 1] > self.spare[start] || squeeze::ends_in_gap(&pieces[start..end]))
    }

    /// The best start of the last line: it may be short, but not lonely.
    fn last_line(&self, paragraph: Paragraph, columns: &Columns, low: usize) -> (usize, u64) {
        let full = columns.full;
        let count = paragraph.pieces.len();
        let costs = &columns.costs;
        let most = full + paragraph.pieces[count - 1].traits.hang(columns.hang);
        let mut letters = 0;
        let mut found = (count - 1, u64::MAX);
        for start in (low..count).rev() {
            letters += paragraph.pieces[start].traits.letters();
            let cells = self.right[count].saturating_sub(self.left[start]);
            if cells > most && start + 1 < count {
                break;
            }
            if self.best[start] == NOWHERE {
                continue;
            }
            let mut cost = self.best[start] + u64::from(cells.saturating_sub(most)) * costs.too_wide;
            if cells > full && cells <= most {
                cost += costs.hanging;
            }
            let gap = u64::from(full.saturating_sub(cells));
            cost += costs.last * gap * gap;
            let is_first = paragraph.opens && start == 0;
            if !is_first && letters < 2 {
                cost += costs.lonely;
            }
            if !is_first && cells < 6 {
                cost += costs.short;
            }
            if cost <= found.1 {
                found = (start, cost);
            }
        }
        (found.0, found.1.saturating_add(costs.line))
    }

    /// The furthest line end that every way on from a window shares, and that is not inside a piece that was split.
    fn settled(&self, pieces: &[Piece], low: usize, count: usize) -> usize {
        let mut shared = count;
        for other in (low..count).rev() {
            let mut other = other;
            while shared != other {
                if shared > other {
                    shared = self.from[shared] as usize;
                } else {
                    other = self.from[other] as usize;
                }
            }
        }
        while shared > 0 && is_inside(&pieces[shared - 1]) {
            shared = self.from[shared] as usize;
        }
        shared
    }

    /// The lines of the first half of what was fitted last, where nothing was certain: in even text, such as Han
    /// characters without marks, ways on may run side by side for ever.
    pub fn force(&self, pieces: &[Piece], ends: &mut Vec<u32>) {
        let mut end = pieces.len();
        while end > pieces.len() / 2 || end > 0 && is_inside(&pieces[end - 1]) {
            end = self.from.get(end).map_or(0, |from| *from as usize);
        }
        ends.clear();
        self.trace(end, ends);
    }

    fn trace(&self, end: usize, ends: &mut Vec<u32>) {
        let first = ends.len();
        let mut end = end;
        while end > 0 {
            ends.push(end as u32);
            end = self.from[end] as usize;
        }
        ends[first..].reverse();
    }
}

/// Whether the break after a piece is inside what was one piece before the measure was known.
fn is_inside(piece: &Piece) -> bool {
    matches!(piece.after, Break::Emergency | Break::Hyphenation)
}

#[cfg(test)]
mod tests {
    use super::{Columns, Costs, Fitter, NOWHERE, Paragraph};
    use crate::document::{Block, BlockKind};
    use crate::layout::glyphs::{Asides, Style};
    use crate::layout::paragraph::{Break, Piece, pieces};
    use crate::layout::{Fit, Measure};
    use crate::parse::{Hint, parse};
    use crate::text::breaks::Icu;
    use crate::text::{Language, SafeText};
    use proptest::prelude::{ProptestConfig, proptest};
    use std::io::Write;
    use std::path::{Path, PathBuf};
    use textwrap::core::Fragment;
    use textwrap::wrap_algorithms::{Penalties, wrap_optimal_fit};

    impl Fragment for Piece {
        fn width(&self) -> f64 {
            f64::from(self.cells)
        }
        fn whitespace_width(&self) -> f64 {
            f64::from(self.space)
        }
        fn penalty_width(&self) -> f64 {
            0.0
        }
    }

    /// The costs that textwrap has too: a line, and the square of its gap.
    fn plain() -> Costs {
        Costs {
            ragged: 0,
            hanging: 0,
            squeeze: 1_000_000,
            dash: 0,
            lonely: 0,
            short: 0,
            number_unit: 0,
            address: 0,
            hyphen: 0,
            hyphenation: 0,
            hyphenation_again: 0,
            emergency: 0,
            ..Costs::new(0, 40)
        }
    }

    fn columns(full: u32, costs: Costs) -> Columns {
        Columns {
            full,
            indent: 0,
            hang: 0,
            start_trim: false,
            hyphens: false,
            hyphen: 1,
            justify: false,
            fit: Fit::Optimal,
            costs,
        }
    }

    fn analysed(text: &str, language: Language) -> Vec<Piece> {
        let block = Block { text: SafeText::body(text), language, ..Block::default() };
        let asides = Asides::default();
        let style = Style::new(&block, &Measure { autospace: false, ..Measure::default() }, &asides);
        let mut found = Vec::new();
        pieces(&block.text, 0..block.text.len(), style, &Icu::default(), Break::End, &mut found);
        found
    }

    /// What lines cost that end after so many pieces.
    fn cost(pieces: &[Piece], ends: impl Iterator<Item = usize>, full: u32) -> u64 {
        let mut start = 0;
        let mut total = 0;
        for end in ends {
            let line = &pieces[start..end];
            let cells: u32 = line.iter().map(|piece| u32::from(piece.cells) + u32::from(piece.space)).sum();
            let gap = u64::from((full + u32::from(line[line.len() - 1].space)).saturating_sub(cells));
            total += 1000 + if end < pieces.len() { gap * gap } else { 0 };
            start = end;
        }
        assert_eq!(start, pieces.len());
        total
    }

    /// The cells that each line leaves free, in words of so many cells each.
    fn free(words: &[u16], full: u32) -> Vec<u32> {
        let word = |cells: &u16| Piece { cells: *cells, bytes: 1, ..analysed("字", Language::ZhHans)[0] };
        let pieces: Vec<Piece> = words.iter().map(word).collect();
        let mut ends = Vec::new();
        let paragraph = Paragraph { pieces: &pieces, opens: true, closes: true };
        Fitter::default().lines(paragraph, &columns(full, Costs::new(0, full)), &mut ends);
        let starts = [0].into_iter().chain(ends.iter().copied());
        let lines = starts.zip(&ends).map(|(start, end)| &words[start as usize..*end as usize]);
        lines.map(|line| full - line.iter().map(|cells| u32::from(*cells)).sum::<u32>()).collect()
    }

    #[test]
    fn a_flush_line_is_worth_cells_elsewhere_in_lines_that_are_long() {
        // Three cells and three, or none and six: of the last line nothing counts.
        assert_eq!(free(&[37, 3, 34, 37], 40), [0, 6, 3]);
        assert_eq!(free(&[17, 3, 14, 17], 20), [3, 3, 3]);
    }

    /// Compares with textwrap's optimum; none where a piece is wider than the measure, of which textwrap has other
    /// ideas.
    fn compare(pieces: &[Piece], full: u32) -> Option<(u64, u64)> {
        if pieces.iter().any(|piece| u32::from(piece.cells) > full) {
            return None;
        }
        let mut ends = Vec::new();
        let paragraph = Paragraph { pieces, opens: true, closes: true };
        Fitter::default().lines(paragraph, &columns(full, plain()), &mut ends);
        let ours = cost(pieces, ends.iter().map(|end| *end as usize), full);
        let penalties = Penalties { overflow_penalty: 10_000_000, short_last_line_penalty: 0, ..Penalties::new() };
        let lines = wrap_optimal_fit(pieces, &[f64::from(full)], &penalties).unwrap();
        let mut end = 0;
        let theirs = lines.iter().map(|line| {
            end += line.len();
            end
        });
        Some((ours, cost(pieces, theirs, full)))
    }

    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }

    #[test]
    fn optimal_where_textwrap_is() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = Vec::new();
        files(&root.join("seeds"), &mut found);
        files(&root.join("../shared/corpus"), &mut found);
        if !root.join("../shared/corpus").is_dir() {
            // What is printed with `eprintln` nobody sees of a test that passes.
            let said = "SKIPPED: ../shared/corpus is absent, only the sample library is compared";
            let _ = writeln!(std::io::stderr(), "{said}");
        }
        found.sort();
        let mut compared = 0;
        // In a build that is not optimized, a part of the corpus has to do.
        let step = if cfg!(debug_assertions) { (found.len() / 15).max(1) } else { 1 };
        for path in found.iter().step_by(step) {
            let document = parse(&std::fs::read(path).unwrap(), &Hint::named("a.md"));
            for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
                for line in block.text.lines().filter(|line| !line.trim().is_empty()) {
                    let pieces = analysed(line, block.language);
                    for full in [20, 40, 80] {
                        if let Some((ours, theirs)) = compare(&pieces, full) {
                            assert_eq!(ours, theirs, "{full} cells: {line}");
                            compared += 1;
                        }
                    }
                }
            }
        }
        assert!(compared > 100, "only {compared} paragraphs were compared");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn few_ways_are_as_good_as_all(
            text in "([一-九]{1,9}|[a-z]{1,9} |，|。|《|》|——|[0-9]{1,3}){0,200}",
            full in 2_u32..60,
            hang in 0_u8..3,
            justify in proptest::bool::ANY,
        ) {
            let pieces = analysed(&text, Language::ZhHans);
            let columns = Columns { hang, justify, start_trim: justify, ..columns(full, Costs::new(3, full)) };
            let mut fitter = Fitter::default();
            let (mut few, mut all) = (Vec::new(), Vec::new());
            let paragraph = Paragraph { pieces: &pieces, opens: true, closes: true };
            fitter.lines(paragraph, &columns, &mut few);
            if few.len() > 1 {
                assert!(fitter.search(paragraph, &columns, NOWHERE).is_some());
                fitter.trace(pieces.len(), &mut all);
                assert_eq!(few, all);
            }
        }

        #[test]
        fn a_stream_is_as_good_as_the_whole(
            text in "([一-九]{1,9}|[a-z]{1,9} |，|。|《|》|——|[0-9]{1,3}){0,200}", full in 4_u32..30, window in 5_usize..60,
        ) {
            let pieces = analysed(&text, Language::ZhHans);
            let columns = columns(full, Costs::new(3, full));
            let mut fitter = Fitter::default();
            let (mut whole, mut streamed, mut ends) = (Vec::new(), Vec::new(), Vec::new());
            fitter.lines(Paragraph { pieces: &pieces, opens: true, closes: true }, &columns, &mut whole);
            let mut from = 0;
            let mut length = window;
            while from < pieces.len() {
                let end = (from + length).min(pieces.len());
                let part = Paragraph { pieces: &pieces[from..end], opens: from == 0, closes: end == pieces.len() };
                fitter.lines(part, &columns, &mut ends);
                streamed.extend(ends.iter().map(|end| from as u32 + end));
                from += ends.last().map_or(0, |end| *end as usize);
                length = if ends.is_empty() { length * 2 } else { window };
            }
            assert_eq!(streamed, whole);
        }
    }
}
