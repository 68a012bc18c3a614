//! What a file says and `show --raw` does not print, by cause: `cargo bench --bench lost`.
//!
//! A line of the file is found again by runs of six characters, white space and marks of emphasis left out. What is not
//! found is asked of one cause after the other: once the line is without that, how much more of it is there? The first
//! causes are marks of Markdown and HTML, which are there to be read by programs; then what must not reach a terminal;
//! the rest is lost, or set otherwise than it was written. Tables are left out: their cells stand in columns.

#![allow(clippy::cast_precision_loss, clippy::print_stdout, clippy::print_stderr, reason = "a bench is run to be read")]

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zhai::document::Scope;
use zhai::layout::{Layout, Measure};
use zhai::parse::{Hint, parse_as_is};
use zhai::text::SafeText;

/// Characters of the shortest line that is looked for, and of the runs it is looked for by.
const SHORTEST: usize = 12;
const RUN: usize = 6;

/// A cause: its name, and a line without it.
type Cause = (&'static str, fn(&str) -> String);

const CAUSES: [Cause; 8] = [
    ("marks of headings, lists, quotes", without_line_marks),
    ("character references, escapes", |line| html_escape::decode_html_entities(line).replace('\\', "")),
    ("elements of HTML", |line| without_between(line, "<", ">")),
    ("destinations of links and images, for `--links`", without_destinations),
    ("brackets of links and notes", |line| line.replace(['[', ']', '^', '!'], "")),
    ("marks of direction, not for terminals", |line| line.replace(is_of_direction, "")),
    ("controls and what is not seen, the same", |line| line.replace(is_unseen, "")),
    ("characters in two parts, composed", |line| SafeText::body(line).to_string()),
];

fn main() {
    let mut lost = [0_usize; CAUSES.len() + 1];
    let (mut files, mut all) = (0, 0);
    for path in files_of(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        files += 1;
        for columns in [30, 60, 100] {
            let shown = Runs::of(&printed(&bytes, columns));
            for line in body(text).lines().filter(|line| !is_of_table(line)) {
                let total = plain(line).len();
                if total >= SHORTEST {
                    all += total;
                    shown.count(line, &mut lost);
                }
            }
        }
    }
    println!(
        "of {all} characters of {files} files, at 30, 60 and 100 cells, `show --raw` does not print, in per cent:"
    );
    let names = CAUSES.iter().map(|(name, _)| *name).chain(["the rest: lost, or set otherwise"]);
    for (name, count) in names.zip(lost) {
        println!("{:>8.3} {name}", count as f64 * 100.0 / all.max(1) as f64);
    }
}

/// What `show --raw` prints.
fn printed(bytes: &[u8], columns: u16) -> String {
    let document = Arc::new(parse_as_is(bytes, &Hint::named("a.md")));
    let mut layout =
        Layout::new(document, Measure { columns, scope: Scope::File, printed: true, ..Measure::default() });
    let first = layout.first();
    let rows = layout.rows(first, usize::MAX);
    rows.iter().flat_map(|(_, row)| &row.runs).map(|run| run.text.as_str()).collect()
}

/// A text without its front matter, which is shown as fields, and without comments.
fn body(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let rest =
        ["---\n", "+++\n"].into_iter().find_map(|fence| text.strip_prefix(fence)?.split_once(&format!("\n{fence}")));
    without_between(rest.map_or(&text, |(_, rest)| rest), "<!--", "-->")
}

/// Whether a line is of a table, whose cells are set in columns of their own.
fn is_of_table(line: &str) -> bool {
    line.trim_start().starts_with('|') || line.contains(" | ") || line.contains("--|")
}

/// The characters that lines are compared by.
fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace() && !"*_`~#>\\".contains(*c)).collect()
}

/// Runs of characters that are shown.
struct Runs(HashSet<Vec<char>>);

impl Runs {
    fn of(text: &str) -> Self {
        Self(plain(text).windows(RUN).map(<[char]>::to_vec).collect())
    }

    /// Characters of a line that are in no run that is shown.
    fn missing(&self, line: &str) -> usize {
        let line = plain(line);
        let mut found = vec![false; line.len()];
        for (start, run) in line.windows(RUN).enumerate().filter(|(_, run)| self.0.contains(*run)) {
            found[start..start + run.len()].fill(true);
        }
        if line.len() < RUN { 0 } else { found.iter().filter(|found| !**found).count() }
    }

    /// Adds what is missing of a line to its causes.
    fn count(&self, line: &str, lost: &mut [usize]) {
        let mut line = line.to_owned();
        let mut missing = self.missing(&line);
        for ((_, without), lost) in CAUSES.iter().zip(&mut *lost) {
            if missing == 0 {
                return;
            }
            let shorter = without(&line);
            let left = self.missing(&shorter);
            if left < missing {
                *lost += missing - left;
                (line, missing) = (shorter, left);
            }
        }
        if let Some(rest) = lost.last_mut() {
            *rest += missing;
        }
    }
}

fn without_line_marks(line: &str) -> String {
    let marks = |c: char| c.is_whitespace() || c.is_ascii_digit() || "#>*+-.)|=".contains(c);
    line.trim_start_matches(marks).trim_end_matches(['#', '=', '-']).to_owned()
}

/// A line without what stands between two marks, as far as the second is on the line.
fn without_between(line: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(open) {
        kept.push_str(before);
        rest = after.split_once(close).map_or("", |(_, rest)| rest);
    }
    kept + rest
}

/// A line without `](destination "title")`, `][reference]` and `[reference]: destination`.
fn without_destinations(line: &str) -> String {
    if line.trim_start().starts_with('[') && line.contains("]: ") {
        return String::new();
    }
    let line = without_between(line, "][", "]");
    let mut kept = String::new();
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once("](") {
        kept.push_str(before);
        let mut depth = 1;
        let end = after.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        rest = end.and_then(|end| after.get(end + 1..)).unwrap_or_default();
    }
    kept + rest
}

fn is_of_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_unseen(character: char) -> bool {
    let is_other =
        matches!(character, '\u{ad}' | '\u{200b}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    character.is_control() || is_other
}

/// The Markdown of the sample library, and of a corpus where one lies beside the package.
fn files_of(root: &Path) -> Vec<PathBuf> {
    let mut folders = vec![root.join("seeds"), root.join("../shared/corpus")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_small = path.metadata().is_ok_and(|data| data.len() <= 60_000);
            if path.is_dir() {
                folders.push(path);
            } else if is_small && path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
