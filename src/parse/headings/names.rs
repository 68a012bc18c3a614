//! Section names that are headings wherever they stand alone (`assets/headings.tsv`).

use super::numbering::Number;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The table built into the binary: where the section stands, then its name.
const TABLE: &str = include_str!("../../../assets/headings.tsv");

/// Where a section of a name stands, or that it is a table of contents: a bit each.
#[derive(Debug, Clone, Copy, Default)]
struct Places(u8);

const OPEN: u8 = 1;
const CLOSE: u8 = 2;
const CONTENTS: u8 = 4;

/// Section names.
#[derive(Debug, Default)]
pub struct Names {
    /// By name, ASCII in lower case.
    places: HashMap<String, Places>,
}

/// The table as it was built in: read once, never changed.
static BUILT_IN: LazyLock<Names> = LazyLock::new(Names::read);

impl Names {
    /// The names of the table.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn read() -> Self {
        let mut names = Self::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (place, name) = match line.split_once('\t') {
                Some(("open", name)) => (OPEN, name),
                Some(("close", name)) => (CLOSE, name),
                Some(("contents", name)) => (CONTENTS, name),
                _ => continue,
            };
            names.places.entry(name.to_ascii_lowercase()).or_default().0 |= place;
        }
        names
    }

    /// Whether a line is the name of a section.
    pub fn is_name(&self, line: &str) -> bool {
        self.stands(line, OPEN | CLOSE)
    }

    /// Whether a line stands above a printed table of contents.
    pub fn is_contents(&self, line: &str) -> bool {
        self.stands(line, CONTENTS)
    }

    /// Whether a line is the name of a section at an article's end.
    pub fn closes(&self, line: &str) -> bool {
        self.stands(line, CLOSE)
    }

    /// Whether a line is a name of one of some places.
    fn stands(&self, line: &str, places: u8) -> bool {
        const LONGEST: usize = 60;
        if line.len() > LONGEST {
            return false;
        }
        let line = Number::read(line).map_or(line, |number| number.rest).trim();
        let line = line.trim_end_matches(['：', ':', '】', ' ']).trim_start_matches(['【', ' ']);
        self.places.get(&line.to_ascii_lowercase()).is_some_and(|found| found.0 & places != 0)
    }
}
