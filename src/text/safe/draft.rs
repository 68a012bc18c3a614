//! Text under construction that knows whether it is safe already: what was looked at while it was put together need not be
//! gone through again when it is finished.
//!
//! It refuses to believe: only a [`Plain`] text is taken for safe.

use super::{SafeText, Shifts, first_other, is_plain, is_plain_by_byte, is_plain_by_bytes};
use crate::text::scan::is;
use std::ops::{Deref, Range};

/// A text of plain characters on one line: it is safe as it stands, whatever plain text stands beside it.
#[derive(Debug, Clone, Copy)]
pub struct Plain<'a>(&'a str);

impl<'a> Plain<'a> {
    /// A space.
    pub const SPACE: Plain<'static> = Plain(" ");

    /// A text, if it is plain.
    pub fn of(text: &'a str) -> Option<Self> {
        Self::without(text, b'\n', '\n')
    }

    /// A text, if it is plain and two marks are not in it: one of ASCII, and one of the punctuation of CJK.
    pub fn without(text: &'a str, ascii: u8, punctuation: char) -> Option<Self> {
        let mut bytes = [0; 4];
        punctuation.encode_utf8(&mut bytes);
        let [one, two, three, _] = bytes;
        let other = first_other(
            text,
            move |byte| is_plain_by_byte(byte) & !is(byte, b'\n') & !is(byte, ascii),
            move |first, second, third| {
                is_plain_by_bytes(first, second, third) & !(is(first, one) & is(second, two) & is(third, three))
            },
            |c| is_plain(c) && c != '\n' && c != char::from(ascii) && c != punctuation,
        );
        other.is_none().then_some(Self(text))
    }

    /// The text itself.
    pub fn as_str(self) -> &'a str {
        self.0
    }
}

/// Text under construction.
#[derive(Debug, Default)]
pub struct Draft {
    text: String,
    /// Whether something was done to it that may have left it unsafe.
    is_in_doubt: bool,
}

impl Draft {
    /// Begins anew, in the room that was taken.
    pub fn clear(&mut self) {
        self.text.clear();
        self.is_in_doubt = false;
    }

    /// Adds plain text.
    pub fn push_plain(&mut self, plain: Plain) {
        self.text.push_str(plain.0);
    }

    /// The text, for anything to be done to it: when it is finished it is gone through.
    pub fn change(&mut self) -> &mut String {
        self.is_in_doubt = true;
        &mut self.text
    }

    /// Whether all of it is plain, and so on one line.
    pub fn is_plain(&self) -> bool {
        !self.is_in_doubt
    }

    /// Some bytes of it, made safe, and where each of them went.
    pub fn safe(&self, range: Range<usize>) -> (SafeText, Shifts) {
        let text = self.text.get(range).unwrap_or_default();
        if self.is_plain() { (SafeText(text.into()), Shifts::default()) } else { SafeText::body_with_shifts(text) }
    }
}

impl Deref for Draft {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Plain};
    use crate::text::SafeText;
    use proptest::prelude::{Strategy, proptest};

    #[test]
    fn marks_are_looked_for_wherever_they_stand() {
        for around in ["", "a", "茶", "é", "·", "炉中火，", "0123456789abcdef", "☕"] {
            for mark in ["{", "《", "\n", "\u{200b}", "\u{a0}", "\u{1b}"] {
                let text = format!("{around}{around}{mark}{around}");
                assert!(Plain::without(&text, b'{', '《').is_none(), "{text:?}");
            }
            assert!(Plain::without(around, b'{', '《').is_some_and(|plain| plain.as_str() == around));
        }
        assert!(Plain::of("{茶}《水》").is_some());
    }

    proptest! {
        #[test]
        fn what_is_plain_is_safe(pieces in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::prelude::any::<char>(),
                proptest::sample::select(
                    "ab 一。\n\t\r\u{200d}\u{fe0f}👩🏴\u{e0067}\u{301}\u{200b}\u{a0}नि《{".chars().collect::<Vec<_>>()
                ),
            ].prop_map(String::from),
            0..24,
        )) {
            let mut draft = Draft::default();
            for piece in &pieces {
                match Plain::of(piece) {
                    Some(plain) => draft.push_plain(plain),
                    None => draft.change().push_str(piece),
                }
            }
            let whole = pieces.concat();
            assert_eq!(draft.safe(0..whole.len()).0, SafeText::body(&whole));
            assert!(!draft.is_plain() || !whole.contains('\n'));
        }
    }
}
