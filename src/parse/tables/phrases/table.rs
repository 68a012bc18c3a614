//! Entries by a bit that each has, which tells in one look of nearly every place that it holds none.
//!
//! It refuses to know what the bits are made of.

/// Words of a bit for each number of 16 bits.
const WORDS: usize = 0x400;

/// Phrases by a bit for what they hold: the pair that they begin with, or some of their bytes. Hardly any place in a text
/// has a phrase, which the bit tells.
#[derive(Debug)]
pub struct Table<T> {
    bits: Box<[u64; WORDS]>,
    /// How many bits are set before each word of them.
    before: Vec<u16>,
    /// The phrases of each bit that is set.
    groups: Vec<Vec<T>>,
}

impl<T> Table<T> {
    /// A table of entries, each with its bit.
    pub fn of(mut entries: Vec<(u16, T)>) -> Self {
        let mut table = Self { bits: Box::new([0; WORDS]), before: Vec::with_capacity(WORDS), groups: Vec::new() };
        entries.sort_by_key(|(bit, _)| *bit);
        let mut last = None;
        for (bit, entry) in entries {
            if last.replace(bit) != Some(bit) {
                table.groups.push(Vec::new());
            }
            if let (Some(group), Some(word)) = (table.groups.last_mut(), table.bits.get_mut(usize::from(bit / 64))) {
                *word |= 1 << (bit % 64);
                group.push(entry);
            }
        }
        let mut set = 0;
        for word in table.bits.iter() {
            table.before.push(set);
            set += word.count_ones() as u16;
        }
        table
    }

    /// Whether it has no phrases.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether a phrase has a bit.
    pub fn may_hold(&self, bit: u16) -> bool {
        self.word(bit) & (1 << (bit % 64)) != 0
    }

    /// The phrases that have a bit; now and then that of something else.
    pub fn get(&self, bit: u16) -> &[T] {
        if !self.may_hold(bit) {
            return &[];
        }
        let among = self.word(bit) & ((1 << (bit % 64)) - 1);
        let before = self.before.get(usize::from(bit / 64)).copied().unwrap_or_default();
        let index = usize::from(before) + among.count_ones() as usize;
        self.groups.get(index).map(Vec::as_slice).unwrap_or_default()
    }

    fn word(&self, bit: u16) -> u64 {
        self.bits.get(usize::from(bit / 64)).copied().unwrap_or_default()
    }
}
