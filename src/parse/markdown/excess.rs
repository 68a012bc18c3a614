//! Rows with more cells than their table has columns, which GFM drops: what is too much is text of the last cell.
//!
//! It refuses tables in code, and to add or remove lines.

use super::code::{self, Code, lines, lines_with};
use memchr::memrchr;
use std::borrow::Cow;

/// Of these the row under a table's head has one, unless the table is of one column.
const DELIMITERS: [&str; 4] = ["|-", "| -", "|:", "| :"];

/// The text with no row longer than its table is wide.
pub fn kept(text: &str) -> Cow<'_, str> {
    let is_wide = |line: &str| DELIMITERS.iter().any(|delimiter| line.contains(delimiter));
    if !lines_with(text, &["|"]).any(|(_, line)| is_delimiter(line) && is_wide(line)) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let (mut columns, mut copied, mut read) = (0, 0, 0);
    let mut code = Code::default();
    // Of the lines without a bar, which are most, only those in a table are asked: one may end it.
    for (start, line) in lines_with(text, &[&["|"], &code::MARKS[..]].concat()) {
        let is_row = !code.holds(line) && is_row(line);
        let goes_on = || text.get(read..start).is_none_or(|between| lines(between).all(self::is_row));
        columns = match columns {
            _ if !is_row => 0,
            columns if columns > 0 && goes_on() => columns,
            _ if is_delimiter(line) && bars(line_before(text, start)).len() == bars(line).len() => bars(line).len() + 1,
            _ => 0,
        };
        read = start + line.len() + 1;
        if let Some(row) = within(line, columns) {
            kept.push_str(text.get(copied..start).unwrap_or_default());
            kept.push_str(&row);
            copied = start + line.len();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(kept)
}

/// Whether a line can be a row: no other block begins there.
fn is_row(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty() && !text.starts_with(['#', '<'])
}

/// The line before the one that begins at a byte.
fn line_before(text: &str, start: usize) -> &str {
    let before = text.get(..start.saturating_sub(1)).unwrap_or_default();
    before.get(memrchr(b'\n', before.as_bytes()).map_or(0, |end| end + 1)..).unwrap_or_default()
}

/// Whether a line is the row under a table's head.
fn is_delimiter(line: &str) -> bool {
    let row = line.trim_start_matches(['>', ' ', '\t']).trim_end();
    row.contains('-') && row.contains('|') && row.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// Where the bars between the cells of a row stand.
fn bars(line: &str) -> Vec<usize> {
    let start = line.len() - line.trim_start_matches(['>', ' ', '\t']).len();
    let end = line.trim_end().len();
    let mut is_escaped = false;
    let inside = line.bytes().enumerate().skip(start + 1).take(end.saturating_sub(start + 2));
    let bars = inside.filter_map(|(at, byte)| {
        let is_bar = byte == b'|' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_bar.then_some(at)
    });
    bars.collect()
}

/// A row with the bars escaped that its table has no columns for; none if it has, or if nothing stands behind them.
fn within(line: &str, columns: usize) -> Option<String> {
    // Lines in no table, which nearly all are, are not gone through.
    let inner = columns.checked_sub(1)?;
    let bars = bars(line);
    let excess = bars.get(inner..).filter(|excess| !excess.is_empty())?;
    let (mut row, mut at) = (String::with_capacity(line.len() + excess.len()), 0);
    if line.get(*excess.first()?..)?.trim_matches(['|', ' ', '\t', '\n']).is_empty() {
        return None;
    }
    for bar in excess {
        row.push_str(line.get(at..*bar)?);
        row.push('\\');
        at = *bar;
    }
    row.push_str(line.get(at..)?);
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::kept;
    use crate::parse::markdown::blocks;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(kept(text), expected, "{text}");
    }

    #[test]
    fn cells_without_a_column_are_text_of_the_last_one() {
        let head = "| 茶 | 水 |\n| --- | --- |\n";
        check(&format!("{head}| 甲 | 乙 | 丙 | 丁 |\n"), &format!("{head}| 甲 | 乙 \\| 丙 \\| 丁 |\n"));
        check(&format!("{head}| `a|b` | 乙 |\n"), &format!("{head}| `a|b` \\| 乙 |\n"));
        let table = blocks(&format!("{head}| 甲 | 乙 | 丙 |\n"), 0);
        assert_eq!(table[0].text.as_str(), "茶\t水\n甲\t乙 | 丙");
    }

    #[test]
    fn what_is_no_row_too_long_stays() {
        let head = "茶 | 水\n--- | ---\n";
        for text in [
            format!("{head}甲 | 乙\n| 甲 | 乙 | |\n甲 \\| 乙 | 丙\n\n甲 | 乙 | 丙\n"),
            format!("```\n{head}甲 | 乙 | 丙\n```\n"),
            format!("山 | {head}甲 | 乙 | 丙 | 丁\n"),
            format!("{head}# 甲 | 乙 | 丙\n"),
        ] {
            check(&text, &text);
        }
    }
}
