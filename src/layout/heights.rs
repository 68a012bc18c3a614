//! The heights of the blocks, and the rows before each, in a Fenwick tree: a place in the scroll in O(log n).
//!
//! It refuses to know whether a height is exact or a guess.

/// Heights in rows, in order.
#[derive(Debug, Clone, Default)]
pub struct Heights {
    heights: Vec<u32>,
    /// `tree[i]` is the sum of the `(i + 1) & -(i + 1)` heights that end with the `i`-th.
    tree: Vec<u64>,
}

impl Heights {
    /// A tree over some heights, in O(n).
    pub fn new(heights: Vec<u32>) -> Self {
        let mut tree: Vec<u64> = heights.iter().map(|height| u64::from(*height)).collect();
        for index in 0..tree.len() {
            let parent = index | (index + 1);
            if parent < tree.len() {
                tree[parent] += tree[index];
            }
        }
        Self { heights, tree }
    }

    /// The height of one block.
    pub fn get(&self, index: usize) -> u32 {
        self.heights.get(index).copied().unwrap_or_default()
    }

    /// Sets the height of one block.
    pub fn set(&mut self, index: usize, height: u32) {
        let Some(old) = self.heights.get_mut(index) else { return };
        let difference = i64::from(height) - i64::from(*old);
        *old = height;
        let mut node = index;
        while difference != 0 && node < self.tree.len() {
            self.tree[node] = self.tree[node].wrapping_add_signed(difference);
            node |= node + 1;
        }
    }

    /// Rows before a block.
    pub fn before(&self, index: usize) -> u64 {
        let mut sum = 0;
        let mut node = index.min(self.tree.len());
        while node > 0 {
            sum += self.tree[node - 1];
            node &= node - 1;
        }
        sum
    }

    /// Rows of all blocks.
    pub fn total(&self) -> u64 {
        self.before(self.tree.len())
    }

    /// The block that holds a row, and the row within it; past the end, the last block and a row beyond it.
    pub fn find(&self, row: u64) -> (usize, u64) {
        let mut index = 0;
        let mut left = row;
        let mut step = self.tree.len().checked_ilog2().map_or(0, |bits| 1_usize << bits);
        while step > 0 {
            let node = index + step;
            if node <= self.tree.len() && self.tree[node - 1] <= left {
                left -= self.tree[node - 1];
                index = node;
            }
            step >>= 1;
        }
        match self.tree.len().checked_sub(1) {
            Some(last) if index > last => (last, left + u64::from(self.get(last))),
            _ => (index, left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Heights;
    use proptest::collection::vec;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn agrees_with_plain_sums(mut heights in vec(0_u32..9, 0..40), changes in vec((0_usize..40, 0_u32..9), 0..20)) {
            let mut tree = Heights::new(heights.clone());
            for (index, height) in changes {
                if let Some(old) = heights.get_mut(index) {
                    *old = height;
                }
                tree.set(index, height);
            }
            let mut row = 0;
            for (index, height) in heights.iter().enumerate() {
                prop_assert_eq!(tree.before(index), row);
                for within in 0..u64::from(*height) {
                    prop_assert_eq!(tree.find(row + within), (index, within));
                }
                row += u64::from(*height);
            }
            prop_assert_eq!(tree.total(), row);
        }
    }
}
