//! Words in dates: a table that people can read and add to (`assets/dates.tsv`).

use super::Row;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What the names of a month begin with.
    Month(u32),
    /// After the hour of a time of day.
    Hour,
    /// After what follows the hour.
    Part,
}

/// The words of the table.
#[derive(Debug)]
pub struct Dates(Vec<(Kind, Box<str>)>);

impl Dates {
    /// The words of some rows.
    pub fn of<'a>(rows: impl Iterator<Item = Row<'a>>) -> Self {
        Self(rows.filter_map(|(kind, word)| Some((Kind::of(kind)?, word.into()))).collect())
    }

    /// Whether rows of a kind mean something.
    pub fn knows(kind: &str) -> bool {
        Kind::of(kind).is_some()
    }

    /// The number of the month that a word names.
    pub fn month(&self, name: &str) -> Option<u32> {
        let begins = |start: &str| name.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
        self.months().find(|(_, start)| begins(start)).map(|(month, _)| month)
    }

    /// Whether a text holds what the name of a month begins with, as the table writes it.
    pub fn holds_month(&self, text: &str) -> bool {
        self.months().any(|(_, start)| text.contains(start))
    }

    /// What follows the word for hours that a text begins with.
    pub fn after_hour<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.iter().filter(|(kind, _)| *kind == Kind::Hour).find_map(|(_, word)| text.strip_prefix(&**word))
    }

    /// What follows the word for hours, minutes or seconds that a text begins with.
    pub fn after_part<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.0.iter().filter(|(kind, _)| matches!(kind, Kind::Hour | Kind::Part));
        words.into_iter().find_map(|(_, word)| text.strip_prefix(&**word))
    }

    fn months(&self) -> impl Iterator<Item = (u32, &str)> {
        self.0.iter().filter_map(|(kind, start)| match kind {
            Kind::Month(month) => Some((*month, &**start)),
            Kind::Hour | Kind::Part => None,
        })
    }
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        match name {
            "hour" => Some(Self::Hour),
            "part" => Some(Self::Part),
            _ => name.parse().ok().filter(|month| (1..=12).contains(month)).map(Self::Month),
        }
    }
}
