//! Grapheme clusters with their cells and class: what is never split and never measured twice.

use super::character::Plain;
use super::{Class, WidthPolicy};
use unicode_segmentation::UnicodeSegmentation;

/// One grapheme cluster (UAX #29).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Its first byte in the text.
    pub byte: usize,
    /// The cluster itself.
    pub text: &'a str,
    /// Cells it takes: 0 to 2, more for a cluster that the terminal at hand does not join.
    pub cells: u8,
    /// The class of its first character.
    pub class: Class,
}

/// Bytes of a cluster at most. UAX #29 knows no end: any run of Hangul initials is one cluster, and so are consonants
/// that are joined one to the next; but no line is as wide as a run of hundreds, and no font shows it.
const LONGEST: usize = 64;

/// The clusters of a text.
pub fn clusters(text: &str, policy: WidthPolicy) -> Clusters<'_> {
    let next = Plain::of_first(text);
    Clusters { text, byte: 0, next, policy }
}

impl WidthPolicy {
    /// Cells of a whole string.
    pub fn text(self, text: &str) -> usize {
        clusters(text, self).map(|cluster| usize::from(cluster.cells)).sum()
    }
}

/// Goes through the clusters of a text.
#[derive(Debug, Clone)]
pub struct Clusters<'a> {
    /// What is left of the text.
    text: &'a str,
    /// Its first byte in the whole text.
    byte: usize,
    /// What is known of its first character, if that is plain.
    next: Option<Plain>,
    policy: WidthPolicy,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    /// A plain character before another, or at the end, is a cluster of its own; for all else UAX #29 is asked.
    #[inline]
    fn next(&mut self) -> Option<Cluster<'a>> {
        let first = self.text.chars().next()?;
        let (cluster, rest) = self.text.split_at_checked(first.len_utf8())?;
        let next = Plain::of_first(rest);
        let Some(plain) = self.next.filter(|_| next.is_some() || rest.is_empty()) else {
            return self.next_of_any();
        };
        let found = Cluster { byte: self.byte, text: cluster, cells: self.policy.plain(plain), class: plain.class() };
        (self.text, self.byte, self.next) = (rest, self.byte + cluster.len(), next);
        Some(found)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.text.len().div_ceil(64), Some(self.text.len()))
    }
}

impl<'a> Clusters<'a> {
    #[cold]
    fn next_of_any(&mut self) -> Option<Cluster<'a>> {
        let near = self.text.get(..self.text.floor_char_boundary(LONGEST)).unwrap_or_default();
        let cluster = near.graphemes(true).next()?;
        let found = Cluster {
            byte: self.byte,
            text: cluster,
            cells: self.policy.cluster(cluster),
            class: cluster.chars().next().map(Class::of).unwrap_or_default(),
        };
        self.text = self.text.get(cluster.len()..).unwrap_or_default();
        (self.byte, self.next) = (self.byte + cluster.len(), Plain::of_first(self.text));
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::clusters;
    use crate::text::WidthPolicy;
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use unicode_segmentation::UnicodeSegmentation;

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
        check(
            "\u{1112}\u{1161}\u{11ab}\u{1107}\u{1109}\u{119e}",
            &[("\u{1112}\u{1161}\u{11ab}", 2), ("\u{1107}\u{1109}\u{119e}", 4)],
        );
    }

    #[test]
    fn no_cluster_is_as_long_as_a_line() {
        for text in ["\u{1100}".repeat(300), "क\u{94d}".repeat(300), "\u{600}".repeat(300)] {
            let found: Vec<_> = clusters(&text, WidthPolicy::default()).collect();
            assert!(
                found.iter().all(|cluster| cluster.text.len() <= super::LONGEST && cluster.cells <= 42),
                "{found:?}"
            );
            assert_eq!(found.iter().map(|cluster| cluster.text).collect::<String>(), text);
        }
    }

    proptest! {
        #[test]
        fn are_those_of_unicode(text in "[a1中あガ가ㅏ\u{1100}\u{1161}\u{11a8}\u{301}\u{3099}ﾊﾞ\u{fe0f}\u{200d}👩❤🇯\u{600}क\u{94d} ]{0,12}", other in any::<String>()) {
            for text in [text, other] {
                let found: Vec<_> = clusters(&text, WidthPolicy::default()).map(|c| (c.byte, c.text)).collect();
                prop_assert_eq!(found, text.grapheme_indices(true).collect::<Vec<_>>());
            }
        }
    }
}
