//! Approximate matching by bit-parallel edit distance: Myers (1999) in blocks of 64 rows after Hyyrö (2003), with
//! Ukkonen's cut-off.
//!
//! It knows symbols (indices into an alphabet), not characters, and refuses to judge which match is meant.

/// Rows of a block: the bits of a machine word.
const ROWS: usize = 64;

/// A pattern prepared for matching against texts of one alphabet.
#[derive(Debug, Clone)]
pub struct Pattern {
    length: usize,
    blocks: usize,
    /// For every symbol and block, the rows at which the pattern has that symbol.
    rows: Vec<u64>,
    alphabet: usize,
}

/// Where a match ends, and at what distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Symbols of the text up to the match's end.
    pub end: usize,
    /// Symbols inserted, deleted or replaced.
    pub errors: usize,
}

/// One block of a column: differences between rows, and the distance at its last row.
#[derive(Debug, Clone, Copy)]
struct Column {
    up: u64,
    down: u64,
    distance: usize,
    /// The bit of its last row.
    last_row: u64,
    /// Its rows.
    height: usize,
}

impl Pattern {
    /// Prepares a pattern; symbols at or beyond `alphabet` match nothing.
    pub fn new(symbols: &[u32], alphabet: usize) -> Self {
        let blocks = symbols.len().div_ceil(ROWS).max(1);
        // The last symbol is any that the alphabet does not have.
        let mut rows = vec![0; (alphabet + 1) * blocks];
        for (row, symbol) in symbols.iter().enumerate() {
            if (*symbol as usize) < alphabet
                && let Some(bits) = rows.get_mut(*symbol as usize * blocks + row / ROWS)
            {
                *bits |= 1 << (row % ROWS);
            }
        }
        Self { length: symbols.len(), blocks, rows, alphabet }
    }

    /// Symbols of the pattern.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Symbols of the alphabet.
    pub fn alphabet(&self) -> usize {
        self.alphabet
    }

    /// The ends at which some stretch of the text matches with at most `most` errors and no end beside it is better,
    /// in reading order.
    pub fn search(&self, text: impl Iterator<Item = u32>, most: usize) -> Vec<Hit> {
        let mut minima = Minima::default();
        self.run(text, 0, most, |hit| minima.take(hit));
        minima.finish()
    }

    /// The best match of the whole pattern that begins where the text begins; of equals, the one nearest in length.
    pub fn align(&self, text: impl Iterator<Item = u32>) -> Hit {
        let mut best = Hit { end: 0, errors: self.length };
        self.run(text, 1, usize::MAX / 2, |hit| {
            let nearer = hit.end.abs_diff(self.length) < best.end.abs_diff(self.length);
            if hit.errors < best.errors || hit.errors == best.errors && nearer {
                best = hit;
            }
        });
        best
    }

    /// Computes the last row of the table column by column. `above` is what every column adds to row zero: 0 lets a
    /// match begin anywhere, 1 only at the start. Blocks that cannot come back to `most` are left out.
    fn run(&self, text: impl Iterator<Item = u32>, above: i8, most: usize, mut visit: impl FnMut(Hit)) {
        if self.blocks == 1 {
            return self.run_one(text, above, most, visit);
        }
        let mut columns: Vec<Column> = (0..self.blocks).map(|block| self.first_column(block)).collect();
        let last = self.blocks - 1;
        let mut active = if above == 0 { (most / ROWS).min(last) } else { last };
        for (index, symbol) in text.enumerate() {
            let rows = self.rows_of_symbol(symbol);
            let mut carry = above;
            for (column, equal) in columns.iter_mut().zip(rows).take(active + 1) {
                carry = column.advance(*equal, carry);
            }
            if active < last {
                active = grow(&mut columns, active, rows, carry, most);
            }
            while active > 0 && columns[active].distance >= most.saturating_add(columns[active].height) {
                active -= 1;
            }
            if active == last && columns[last].distance <= most {
                visit(Hit { end: index + 1, errors: columns[last].distance });
            }
        }
    }

    /// The same for the many patterns that are one block.
    fn run_one(&self, text: impl Iterator<Item = u32>, above: i8, most: usize, mut visit: impl FnMut(Hit)) {
        let mut column = self.first_column(0);
        for (index, symbol) in text.enumerate() {
            column.advance(self.rows[(symbol as usize).min(self.alphabet)], above);
            if column.distance <= most {
                visit(Hit { end: index + 1, errors: column.distance });
            }
        }
    }

    /// A block before any symbol of the text.
    fn first_column(&self, block: usize) -> Column {
        let height = (self.length - (block * ROWS).min(self.length)).min(ROWS);
        let distance = (block * ROWS + height).min(self.length);
        Column { up: u64::MAX, down: 0, distance, last_row: 1 << (height.max(1) - 1), height }
    }

    fn rows_of_symbol(&self, symbol: u32) -> &[u64] {
        let start = (symbol as usize).min(self.alphabet) * self.blocks;
        &self.rows[start..start + self.blocks]
    }
}

/// Takes the next block in, if a distance of at most `most` can reach into it.
fn grow(columns: &mut [Column], active: usize, rows: &[u64], carry: i8, most: usize) -> usize {
    let before = columns[active].distance.saturating_add_signed(-isize::from(carry));
    let equal = rows[active + 1];
    if before > most || (equal & 1 == 0 && carry >= 0) {
        return active;
    }
    let next = &mut columns[active + 1];
    *next = Column { up: u64::MAX, down: 0, distance: before + next.height, ..*next };
    next.advance(equal, carry);
    active + 1
}

impl Column {
    /// Moves one symbol on: takes what comes in from the block above, gives what goes out at the last row.
    fn advance(&mut self, equal: u64, carry: i8) -> i8 {
        let vertical = equal | self.down;
        let equal = equal | u64::from(carry < 0);
        let horizontal = ((equal & self.up).wrapping_add(self.up) ^ self.up) | equal;
        let mut rises = self.down | !(horizontal | self.up);
        let mut falls = self.up & horizontal;
        let out = i8::from(rises & self.last_row != 0) - i8::from(falls & self.last_row != 0);
        rises = (rises << 1) | u64::from(carry > 0);
        falls = (falls << 1) | u64::from(carry < 0);
        self.up = falls | !(vertical | rises);
        self.down = rises & vertical;
        self.distance = self.distance.saturating_add_signed(isize::from(out));
        out
    }
}

/// Collects the hits that are better than their neighbours; of a plateau, its first.
#[derive(Debug, Default)]
struct Minima {
    found: Vec<Hit>,
    last: Option<Hit>,
    lowest: Option<Hit>,
}

impl Minima {
    fn take(&mut self, hit: Hit) {
        match self.last {
            Some(last) if last.end + 1 == hit.end && hit.errors == last.errors => {}
            Some(last) if last.end + 1 == hit.end && hit.errors > last.errors => self.found.extend(self.lowest.take()),
            Some(last) if last.end + 1 == hit.end => self.lowest = Some(hit),
            _ => self.found.extend(self.lowest.replace(hit)),
        }
        self.last = Some(hit);
    }

    fn finish(mut self) -> Vec<Hit> {
        self.found.extend(self.lowest);
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::{Hit, Pattern};
    use proptest::prelude::{Strategy, prop};
    use proptest::{prop_assert_eq, proptest};

    /// The last row of the textbook table; `above` as in [`Pattern::run`].
    fn table(pattern: &[u32], text: &[u32], above: usize) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut row = Vec::new();
        for (index, symbol) in text.iter().enumerate() {
            let mut diagonal = column[0];
            column[0] = above * (index + 1);
            for (at, expected) in pattern.iter().enumerate() {
                let least = (diagonal + usize::from(expected != symbol)).min(column[at] + 1).min(column[at + 1] + 1);
                diagonal = column[at + 1];
                column[at + 1] = least;
            }
            row.push(column[pattern.len()]);
        }
        row
    }

    /// The minima of a row, by their definition.
    fn minima(row: &[usize], most: usize) -> Vec<Hit> {
        let mut found = Vec::new();
        for (index, errors) in row.iter().enumerate().filter(|(_, errors)| **errors <= most) {
            let before = index.checked_sub(1).map(|before| row[before]).filter(|errors| *errors <= most);
            let after = row[index..].iter().find(|after| *after != errors);
            if before.is_none_or(|before| before > *errors) && after.is_none_or(|after| after > errors) {
                found.push(Hit { end: index + 1, errors: *errors });
            }
        }
        found
    }

    fn symbols(most: usize) -> impl Strategy<Value = Vec<u32>> {
        (1..6u32).prop_flat_map(move |alphabet| prop::collection::vec(0..alphabet, 0..most))
    }

    proptest! {
        #[test]
        fn equals_the_textbook(pattern in symbols(200), text in symbols(400), most in 0..120usize) {
            let prepared = Pattern::new(&pattern, 5);
            let row = table(&pattern, &text, 0);
            let most = most.min(pattern.len());
            if !pattern.is_empty() {
                prop_assert_eq!(prepared.search(text.iter().copied(), most), minima(&row, most));
            }
            let row = table(&pattern, &text, 1);
            let least = row.iter().copied().min().unwrap_or(pattern.len()).min(pattern.len());
            prop_assert_eq!(prepared.align(text.iter().copied()).errors, least);
        }

        #[test]
        fn finds_what_was_cut_out_and_damaged(
            text in symbols(600), start in 0..500usize, length in 1..190usize, holes in prop::collection::vec(0..190usize, 0..8),
        ) {
            let start = start.min(text.len());
            let mut pattern = text[start..(start + length).min(text.len())].to_vec();
            for hole in &holes {
                if *hole < pattern.len() { pattern.remove(*hole); }
            }
            let row = table(&pattern, &text, 0);
            let most = holes.len();
            if !pattern.is_empty() {
                prop_assert_eq!(Pattern::new(&pattern, 5).search(text.iter().copied(), most), minima(&row, most));
            }
        }
    }

    #[test]
    fn foreign_symbols_match_nothing() {
        let pattern = Pattern::new(&[0, 9, 1], 2);
        assert_eq!(pattern.search([0, 0, 1].into_iter(), 1), [Hit { end: 3, errors: 1 }]);
        assert_eq!(pattern.align([0, 7, 1].into_iter()), Hit { end: 3, errors: 1 });
    }
}
