//! The help as lines of some width: the keys in force and what they do, wrapped where the window is narrow.

use super::context::Context;
use super::keymap::Keymap;
use super::list::ListPane;
use super::marking::{MEANINGS, sign};
use textwrap::wrap;

/// Cells of the column of keys, where there is one.
pub const KEYS: u16 = 20;
/// Columns below which the keys stand above their sentences instead of beside them.
const NARROW: u16 = 56;
/// Cells by which lines are indented.
pub const INDENT: u16 = 2;

/// Signs and what they mean.
const SIGNS: [(&str, &str); 6] = [
    ("•", "an article that was not begun"),
    ("◦", "one that was begun; without a sign it was read to its end"),
    ("!", "a file that cannot be read, in the list"),
    ("▸", "the article that is open, the section that is being read"),
    ("›", "code or a table goes on to that side"),
    (">", "a bookmark"),
];
/// How a passage was found again.
const FOUND: [(&str, &str); 3] = [
    ("≈", "behind these: its words have changed a little"),
    ("?", "its words have changed, look whether this is the place"),
    ("×", "it is lost"),
];

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    /// The name of a group.
    Title(String),
    /// Keys, or none on lines that go on, and a part of a sentence.
    Keys(String, String),
    /// Words alone, at the column of the keys.
    Words(String),
}

/// The help as it is shown.
#[derive(Debug, Default)]
pub struct Help {
    /// The entry at its top is the cursor, so that a change of size keeps it.
    pub pane: ListPane,
    /// Its lines, for the window as it is.
    pub lines: Vec<HelpLine>,
    /// What had the keys before.
    pub before: Context,
}

impl HelpLine {
    /// Whether an entry begins with it.
    fn begins(&self) -> bool {
        match self {
            Self::Title(_) => true,
            Self::Keys(keys, _) => !keys.is_empty(),
            Self::Words(_) => false,
        }
    }
}

/// The line at which a window of some rows begins that is scrolled to an entry: the last one is full.
pub fn top(lines: &[HelpLine], entry: usize, rows: usize) -> usize {
    let begin = lines.iter().enumerate().filter(|(_, line)| line.begins()).nth(entry).map_or(0, |(index, _)| index);
    begin.min(lines.len().saturating_sub(rows))
}

/// The last entry that is worth scrolling to.
pub fn last(lines: &[HelpLine], rows: usize) -> usize {
    let full = lines.len().saturating_sub(rows);
    lines.iter().take(full + 1).filter(|line| line.begins()).count().saturating_sub(1)
}

/// The help for a window of some columns.
pub fn lines(keymap: &Keymap, columns: u16) -> Vec<HelpLine> {
    let signs = std::iter::once((String::new(), "Signs".to_owned())).chain(signs());
    keymap.help().into_iter().chain(signs).flat_map(|(keys, sentence)| entry(keys, &sentence, columns)).collect()
}

/// What signs before rows and beside lines mean.
pub fn signs() -> impl Iterator<Item = (String, String)> {
    let of = |(sign, meaning): &(&str, &str)| ((*sign).to_owned(), (*meaning).to_owned());
    let [kinds, names] =
        [MEANINGS.map(|(_, kind, _)| sign(kind)).join(" "), MEANINGS.map(|(.., name)| name).join(", ")];
    SIGNS.iter().map(of).chain([(kinds, format!("highlights: {names}"))]).chain(FOUND.iter().map(of))
}

fn entry(keys: String, sentence: &str, columns: u16) -> Vec<HelpLine> {
    if keys.is_empty() {
        return vec![HelpLine::Title(sentence.to_owned())];
    }
    let is_narrow = columns < NARROW;
    let beside = if is_narrow { 2 * INDENT } else { INDENT + KEYS };
    let width = usize::from(columns.saturating_sub(beside + 1)).max(1);
    let mut parts = wrap(sentence, width).into_iter().map(std::borrow::Cow::into_owned);
    if is_narrow {
        return std::iter::once(HelpLine::Keys(keys, String::new())).chain(parts.map(HelpLine::Words)).collect();
    }
    let first = HelpLine::Keys(keys, parts.next().unwrap_or_default());
    std::iter::once(first).chain(parts.map(|part| HelpLine::Keys(String::new(), part))).collect()
}

#[cfg(test)]
mod tests {
    use super::{HelpLine, lines};
    use crate::app::keymap::Keymap;
    use crate::text::WidthPolicy;

    #[test]
    fn no_line_is_wider_than_the_window_and_no_word_is_lost() {
        let keymap = Keymap::default();
        let words = |lines: &[HelpLine]| {
            let part = |line: &HelpLine| match line {
                HelpLine::Title(text) | HelpLine::Words(text) => text.clone(),
                HelpLine::Keys(keys, text) => format!("{keys} {text}"),
            };
            lines.iter().map(part).collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let whole = words(&lines(&keymap, 1000));
        for columns in [30, 40, 56, 80, 100] {
            let wrapped = lines(&keymap, columns);
            assert_eq!(words(&wrapped), whole, "{columns}");
            for line in &wrapped {
                let (HelpLine::Words(text) | HelpLine::Keys(_, text)) = line else { continue };
                assert!(WidthPolicy::default().text(text) <= usize::from(columns), "{columns}: {text}");
            }
        }
    }
}
