//! Where a gap belongs between scripts: CLREQ 3.2.2, JLREQ 3.2.6, CSS Text 4 `text-autospace: normal`.
//!
//! The gap is for showing only; it is in no text.

use super::Class;

/// Whether a gap belongs between two neighbours: Han or kana on one side, a Latin letter or digit on the other.
/// Hangul is written with spaces of its own.
pub fn needs_gap(left: Class, right: Class) -> bool {
    let is_square = |class: Class| {
        matches!(class, Class::Han | Class::Kana | Class::SmallKana | Class::Prolonged | Class::Iteration)
    };
    let is_narrow = |class: Class| matches!(class, Class::Letter | Class::Digit);
    (is_square(left) && is_narrow(right)) || (is_narrow(left) && is_square(right))
}

#[cfg(test)]
mod tests {
    use super::needs_gap;
    use crate::text::Class;

    #[test]
    fn between_scripts_only() {
        let gap = |left, right| needs_gap(Class::of(left), Class::of(right));
        assert!(gap('用', 'R') && gap('3', '月') && gap('は', 'G'));
        assert!(!gap('用', ' ') && !gap('，', 'R') && !gap('한', 'G') && !gap('a', 'b') && !gap('Ａ', '中'));
    }
}
