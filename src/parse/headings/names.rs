//! Section names that are headings wherever they stand alone (`assets/headings.tsv`).

use super::numbering::Number;
use std::sync::LazyLock;

/// The table built into the binary: where the section stands, then its name.
const TABLE: &str = include_str!("../../../assets/headings.tsv");

/// Section names.
#[derive(Debug, Default)]
pub struct Names {
    open: Vec<&'static str>,
    close: Vec<&'static str>,
    contents: Vec<&'static str>,
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
            match line.split_once('\t') {
                Some(("open", name)) => names.open.push(name),
                Some(("close", name)) => names.close.push(name),
                Some(("contents", name)) => names.contents.push(name),
                _ => {}
            }
        }
        names
    }

    /// Whether a line is the name of a section.
    pub fn is_name(&self, line: &str) -> bool {
        self.opens(line) || self.closes(line)
    }

    /// Whether a line stands above a printed table of contents.
    pub fn is_contents(&self, line: &str) -> bool {
        holds(&self.contents, line)
    }

    /// Whether a line is the name of a section at an article's start.
    pub fn opens(&self, line: &str) -> bool {
        holds(&self.open, line)
    }

    /// Whether a line is the name of a section at an article's end.
    pub fn closes(&self, line: &str) -> bool {
        holds(&self.close, line)
    }
}

fn holds(names: &[&str], line: &str) -> bool {
    const LONGEST: usize = 60;
    if line.len() > LONGEST {
        return false;
    }
    let line = Number::read(line).map_or(line, |number| number.rest).trim();
    let line = line.trim_end_matches(['：', ':', '】', ' ']).trim_start_matches(['【', ' ']);
    names.iter().any(|name| name.eq_ignore_ascii_case(line))
}
