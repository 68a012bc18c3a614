//! UAX #14 for plain characters: one look at a table of pairs a character.
//!
//! Over these classes the rules look at no more than the character before, the spaces between, and whether a number is
//! going on. It refuses to know any other class, and the two cases in which a quotation mark stands beside a space:
//! there it says so, and ICU4X decides. That both say the same is tested on all short strings of classes and on random
//! ones.

use crate::text::character::Line;

/// What the rules say of the place before a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A line may end there.
    Allowed,
    /// It may not.
    Forbidden,
    /// Not for these rules to say: the whole text is for ICU4X.
    Unknown,
}

/// The state of the rules between two characters; by default at the start of a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Breaker {
    /// The last character that is no space; none at the start.
    last: Option<Line>,
    /// Whether spaces came after it.
    spaces: bool,
}

impl Breaker {
    /// The last character that is no space.
    pub fn last(self) -> Option<Line> {
        self.last
    }

    /// What the rules say of the place before the next character, which becomes the one before.
    #[inline]
    pub fn step(&mut self, line: Line) -> Verdict {
        let Some(last) = self.last else {
            return self.start(line);
        };
        if line == Line::Space {
            self.spaces = true;
            return if last == Line::QuoteOpening { Verdict::Unknown } else { Verdict::Forbidden };
        }
        let forbidden = if self.spaces { &AFTER_SPACES } else { &DIRECTLY };
        let is_forbidden = forbidden[last as usize & 31] >> (line as u32) & 1 != 0;
        if self.spaces && line == Line::QuoteClosing {
            return Verdict::Unknown;
        }
        (self.last, self.spaces) = (Some(line), false);
        if is_forbidden { Verdict::Forbidden } else { Verdict::Allowed }
    }

    /// The first character that is no space, and the spaces before it.
    #[cold]
    fn start(&mut self, line: Line) -> Verdict {
        if line == Line::Space {
            self.spaces = true;
            return Verdict::Forbidden;
        }
        let is_after_space = std::mem::take(&mut self.spaces);
        self.last = Some(line);
        match line {
            Line::QuoteClosing if is_after_space => Verdict::Unknown,
            _ if is_after_space && !is_closing(line) => Verdict::Allowed,
            _ => Verdict::Forbidden,
        }
    }
}

/// For each class before: the classes before which no line may end when the two touch.
static DIRECTLY: [u32; 32] = table(false);
/// The same with spaces between them.
static AFTER_SPACES: [u32; 32] = table(true);

const fn table(spaces: bool) -> [u32; 32] {
    let mut table = [0; 32];
    let mut left = 0;
    while left < Line::ALL.len() {
        let mut right = 0;
        while right < Line::ALL.len() {
            let (before, after) = (Line::ALL[left], Line::ALL[right]);
            let forbidden = if spaces { forbids_after_spaces(before, after) } else { forbids_directly(before, after) };
            if forbidden {
                table[left] |= 1 << right;
            }
            right += 1;
        }
        left += 1;
    }
    table
}

/// LB13: not even after spaces.
const fn is_closing(line: Line) -> bool {
    matches!(line, Line::Close | Line::CloseParenthesis | Line::Exclamation | Line::Infix | Line::Solidus)
}

/// LB13 to LB17, which look through spaces.
const fn forbids_after_spaces(before: Line, after: Line) -> bool {
    is_closing(after)
        || matches!(
            (before, after),
            (Line::Open | Line::OpenWide, _)
                | (Line::Close | Line::CloseParenthesis, Line::Nonstarter)
                | (Line::Dash, Line::Dash)
        )
}

/// LB12 to LB30, in the order of the annex.
const fn forbids_directly(before: Line, after: Line) -> bool {
    use Line::{
        After, Alphabetic, Before, Close, CloseParenthesis, Glue, Hyphen, Ideograph, Infix, Inseparable, Nonstarter,
        Numeric, Open, OpenWide, Postfix, Prefix, Quote, QuoteClosing, QuoteOpening, Solidus,
    };
    forbids_after_spaces(before, after)
        || match (before, after) {
            (Glue, _) => true,
            (After | Hyphen, Glue) => false,
            (_, Glue | Quote | QuoteOpening | QuoteClosing) | (Quote | QuoteOpening | QuoteClosing, _) => true,
            (_, After | Hyphen | Nonstarter | Inseparable) | (Before, _) => true,
            (Alphabetic, Numeric) | (Numeric, Alphabetic) => true,
            (Prefix, Ideograph) | (Ideograph, Postfix) => true,
            (Prefix | Postfix, Alphabetic) | (Alphabetic, Prefix | Postfix) => true,
            (Close | CloseParenthesis | Numeric, Postfix | Prefix) => true,
            (Postfix | Prefix, Open | OpenWide | Numeric) => true,
            (Hyphen | Infix | Numeric | Solidus, Numeric) => true,
            (Alphabetic | Infix, Alphabetic) => true,
            (Alphabetic | Numeric, Open) | (CloseParenthesis, Alphabetic | Numeric) => true,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::{Breaker, Verdict};
    use crate::text::breaks::{BreakSource, Icu};
    use crate::text::character::{Line, Plain};
    use proptest::prelude::{Strategy, prop_assert_eq, proptest};

    /// A character of each class.
    const EACH: &str = "a1中々(（})\"“”!,/$%-–´—…\u{a0} ";

    /// The bytes at which a line may end; none where these rules do not say.
    fn breaks(text: &str) -> Option<Vec<usize>> {
        let mut breaker = Breaker::default();
        let mut found = Vec::new();
        for (byte, character) in text.char_indices() {
            match breaker.step(Plain::of(character)?.line()) {
                Verdict::Allowed if byte > 0 => found.push(byte),
                Verdict::Unknown => return None,
                _ => {}
            }
        }
        Some(found)
    }

    fn of_icu(text: &str, source: &Icu) -> Vec<usize> {
        let mut found = Vec::new();
        source.breaks(text, &mut found);
        found
    }

    #[test]
    fn each_class_is_there() {
        let classes: Vec<Line> = EACH.chars().filter_map(|c| Plain::of(c).map(Plain::line)).collect();
        assert_eq!(classes, Line::ALL);
    }

    #[test]
    fn all_strings_of_up_to_four_classes() {
        let source = Icu::default();
        let each: Vec<char> = EACH.chars().collect();
        let mut texts = vec![String::new()];
        let (mut total, mut unknown, mut wrong) = (0, 0, Vec::new());
        for _ in 0..4 {
            texts = texts.iter().flat_map(|text| each.iter().map(move |c| format!("{text}{c}"))).collect();
            for text in &texts {
                total += 1;
                match breaks(text) {
                    None => unknown += 1,
                    Some(found) if found != of_icu(text, &source) => {
                        wrong.push((text.clone(), found, of_icu(text, &source)));
                    }
                    Some(_) => {}
                }
            }
        }
        println!("{total} strings of up to four classes: {unknown} left to ICU4X, {} wrong", wrong.len());
        assert!(wrong.is_empty(), "{:?}", &wrong[..wrong.len().min(40)]);
    }

    proptest! {
        #[test]
        fn random_strings(text in proptest::collection::vec(proptest::sample::select(EACH.chars().collect::<Vec<_>>()), 0..40)
            .prop_map(String::from_iter))
        {
            if let Some(found) = breaks(&text) {
                prop_assert_eq!(found, of_icu(&text, &Icu::default()));
            }
        }
    }
}
