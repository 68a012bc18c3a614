//! Section names that are headings wherever they stand alone (`assets/headings.tsv`).

use super::Row;
use super::enumerators::Enumerators;
use super::numbering::Number;
use foldhash::HashMap;

/// Where a section of a name stands, or that it is a table of contents: a bit each.
#[derive(Debug, Clone, Copy, Default)]
struct Places(u8);

const OPEN: u8 = 1;
const CLOSE: u8 = 2;
const CONTENTS: u8 = 4;
/// The kind of the rows that say what names end in.
const ENDING: &str = "ending";
/// The kind of the rows that say what sentences have, and no such name: `他没有说明` ends as one does.
const TELLING: &str = "telling";

/// Section names.
#[derive(Debug, Default)]
pub struct Names {
    /// By name, ASCII in lower case.
    places: HashMap<String, Places>,
    /// What names of sections end in.
    endings: Vec<Box<str>>,
    /// What no such name has in it.
    telling: Vec<Box<str>>,
    /// Bytes of the longest.
    longest: usize,
}

impl Names {
    /// The names of some rows.
    pub fn of<'a>(rows: impl Iterator<Item = Row<'a>>) -> Self {
        let mut names = Self::default();
        for (kind, name) in rows {
            match place_of(kind) {
                Some(place) => {
                    names.places.entry(name.to_ascii_lowercase()).or_default().0 |= place;
                    names.longest = names.longest.max(name.len());
                }
                None if kind == ENDING => names.endings.push(name.into()),
                None if kind == TELLING => names.telling.push(name.into()),
                None => (),
            }
        }
        names
    }

    /// Whether rows of a kind mean something.
    pub fn knows(kind: &str) -> bool {
        matches!(kind, ENDING | TELLING) || place_of(kind).is_some()
    }

    /// Whether a line is the name of a section.
    pub fn is_name(&self, line: &str, enumerators: &Enumerators) -> bool {
        self.stands(line, enumerators, OPEN | CLOSE)
    }

    /// Whether a line may be the name of a section by what it ends in: `事件概述`.
    pub fn is_like_name(&self, line: &str) -> bool {
        const LONGEST: usize = 8 * "概".len();
        let is_short = line.len() <= LONGEST && !line.contains(|c: char| c != ' ' && !c.is_alphanumeric());
        let is_named =
            is_short && self.endings.iter().any(|ending| line.len() > ending.len() && line.ends_with(&**ending));
        is_named && !self.telling.iter().any(|word| line.contains(&**word))
    }

    /// Whether a line is the name of a section and what that section is about: `总结：水与火`.
    pub fn is_titled(&self, line: &str, enumerators: &Enumerators) -> bool {
        let named = line.split_once(['：', ':']).filter(|(_, title)| !title.trim().is_empty());
        named.is_some_and(|(name, _)| self.is_name(name, enumerators))
    }

    /// Whether a line stands above a printed table of contents.
    pub fn is_contents(&self, line: &str, enumerators: &Enumerators) -> bool {
        self.stands(line, enumerators, CONTENTS)
    }

    /// Whether a line is the name of a section at an article's end.
    pub fn closes(&self, line: &str, enumerators: &Enumerators) -> bool {
        let name = line.split_once(['：', ':']).map_or(line, |(name, _)| name);
        self.stands(name, enumerators, CLOSE)
    }

    /// Whether a line is a name of one of some places.
    fn stands(&self, line: &str, enumerators: &Enumerators, places: u8) -> bool {
        const LONGEST: usize = 60;
        if line.len() > LONGEST {
            return false;
        }
        let line = Number::read(line, enumerators).map_or(line, |number| number.rest).trim();
        let line = line.trim_end_matches(['：', ':', '】', ' ']).trim_start_matches(['【', ' ']);
        let may_be_name = line.len() <= self.longest;
        may_be_name && self.places.get(&line.to_ascii_lowercase()).is_some_and(|found| found.0 & places != 0)
    }
}

/// The place that a kind of rows names.
fn place_of(kind: &str) -> Option<u8> {
    match kind {
        "open" => Some(OPEN),
        "close" => Some(CLOSE),
        "contents" => Some(CONTENTS),
        _ => None,
    }
}
