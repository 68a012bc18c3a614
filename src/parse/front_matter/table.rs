//! Metadata that a text begins with as a table: a row for each key, or a row of keys above a row of values, as code hosts
//! show front matter.
//!
//! It refuses tables that hold anything else.

use super::fields::Field;
use crate::parse::tables::keys::{Keys, Kind};

/// Rows of the longest such table.
const LONGEST: usize = 40;

/// The fields of the table that a text begins with, and its last line.
pub fn at_head<'a>(text: &'a str, first: u32, keys: &Keys) -> Option<(Vec<Field<'a>>, u32)> {
    let mut lines = text.lines().zip(first..).skip_while(|(line, _)| line.trim().is_empty()).peekable();
    // Nearly all texts begin otherwise.
    lines.peek().filter(|(line, _)| line.trim_start().starts_with('|'))?;
    let rows: Vec<(Vec<&'a str>, u32)> =
        lines.map_while(|(line, number)| Some((cells(line)?, number))).take(LONGEST).collect();
    let last = rows.last()?.1;
    let is_said = |cells: &[&str]| cells.iter().any(|cell| !cell.bytes().all(|byte| matches!(byte, b'-' | b':')));
    let rows: Vec<(Vec<&'a str>, u32)> = rows.into_iter().filter(|(cells, _)| is_said(cells)).collect();
    let field =
        |key: &str, value: &'a str, line: u32| Field { key: key.to_lowercase(), value, below: Vec::new(), line };
    let fields: Vec<Field> = match &*rows {
        [(names, _), (values, line)] if names.len() == values.len() && names.len() > 2 => {
            names.iter().zip(values).map(|(key, value)| field(key, value, *line)).collect()
        }
        rows => {
            let pair = |(cells, line): &(Vec<&'a str>, u32)| match **cells {
                [key, value] => Some(field(key, value, *line)),
                _ => None,
            };
            rows.iter().map(pair).collect::<Option<_>>()?
        }
    };
    let kinds = || fields.iter().filter_map(|field| keys.kind(&field.key));
    let is_told = kinds().any(|kind| matches!(kind, Kind::Title | Kind::Url));
    (is_told && kinds().count() >= 2 && kinds().count() * 2 >= fields.len()).then_some((fields, last))
}

/// The cells of a row, which a bar parts that is not escaped.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = Vec::new();
    let mut start = 0;
    for (bar, _) in inner.match_indices('|') {
        if !inner.get(..bar)?.ends_with('\\') {
            cells.push(inner.get(start..bar)?.trim());
            start = bar + 1;
        }
    }
    cells.push(inner.get(start..)?.trim());
    Some(cells)
}
