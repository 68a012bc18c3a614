//! Tables with a header: Readwise's export, and zhai's own.

use super::{Clipping, Kind};
use crate::annotations::export::FORMULA;
use crate::document::identity::canonical;

/// The columns, by any of the names they go by.
const QUOTE: &[&str] = &["highlight", "quote"];
const TITLE: &[&str] = &["book title", "title"];
const NOTE: &[&str] = &["note"];
const CREATED: &[&str] = &["highlighted at", "created"];
const URL: &[&str] = &["url", "source url"];

/// The rows; none if the header names no quotes.
pub fn read(text: &str) -> Option<Vec<Clipping>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().ok()?.iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
    let (quote, title) = (column(QUOTE)?, column(TITLE)?);
    let mut clippings = Vec::new();
    for row in reader.records().filter_map(Result::ok) {
        let cell = |column: Option<usize>| plain(column.and_then(|column| row.get(column)).unwrap_or_default());
        let mut clipping = Clipping::new(cell(Some(title)), cell(Some(quote)));
        cell(column(NOTE)).clone_into(&mut clipping.note);
        cell(column(CREATED)).clone_into(&mut clipping.created);
        clipping.article.url = canonical(cell(column(URL)));
        clipping.id = Some(cell(column(&["id"])).to_owned());
        let kind = cell(column(&["kind"]));
        clipping.kind = Kind::ALL.into_iter().find(|known| known.name() == kind).unwrap_or(clipping.kind);
        clippings.push(clipping);
    }
    Some(clippings)
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}
