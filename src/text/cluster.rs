//! Grapheme clusters with their cells and class: what is never split and never measured twice.

use super::{Class, WidthPolicy};
use unicode_segmentation::UnicodeSegmentation;

/// One grapheme cluster (UAX #29).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Its first byte in the text.
    pub byte: usize,
    /// The cluster itself.
    pub text: &'a str,
    /// Cells it takes: 0 to 2.
    pub cells: u8,
    /// The class of its first character.
    pub class: Class,
}

/// The clusters of a text.
pub fn clusters(text: &str, policy: WidthPolicy) -> impl Iterator<Item = Cluster<'_>> {
    let simple = is_simple(text);
    let fast = simple
        .then(|| text.char_indices().map(|(byte, c)| (byte, text.get(byte..byte + c.len_utf8()).unwrap_or_default())));
    let slow = (!simple).then(|| text.grapheme_indices(true));
    fast.into_iter().flatten().chain(slow.into_iter().flatten()).map(move |(byte, cluster)| Cluster {
        byte,
        text: cluster,
        cells: policy.cluster(cluster),
        class: cluster.chars().next().map(Class::of).unwrap_or_default(),
    })
}

/// Whether every character is a cluster of its own: no marks, joiners, conjoining jamo or emoji.
fn is_simple(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, ' '..='~' | '\t' | '\u{a0}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{2ff}' | '\u{2010}'..='\u{2027}'
            | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309b}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff9d}')
    })
}

#[cfg(test)]
mod tests {
    use super::clusters;
    use crate::text::WidthPolicy;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, u8)]) {
        let found: Vec<_> =
            clusters(text, WidthPolicy::default()).map(|cluster| (cluster.text, cluster.cells)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cells_of_clusters() {
        check("a中。", &[("a", 1), ("中", 2), ("。", 2)]);
        check("é가", &[("é", 1), ("가", 2)]);
        check("👨‍👩‍👧🇯🇵1️⃣❤️👍🏽", &[("👨‍👩‍👧", 2), ("🇯🇵", 2), ("1️⃣", 2), ("❤️", 2), ("👍🏽", 2)]);
        check("“…—", &[("“", 1), ("…", 1), ("—", 1)]);
        check("ﾊﾟ", &[("ﾊﾟ", 2)]);
    }
}
