//! `zhai bookmarks list`: every bookmark with where it is now.

use super::shelf::{Place, Shelf};
use super::{journal, settings};
use crate::annotations::Bookmark;
use crate::cli::json_line;
use crate::document::Grade;
use crate::text::SafeText;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Print the bookmarks with where their words are now.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only those in the articles under these folders and files, which may have been moved there
    paths: Vec<PathBuf>,
    /// One JSON value a line
    #[arg(long)]
    json: bool,
}

/// Prints them, oldest first.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let settings = settings();
    let (_, annotations) = journal(&settings);
    let mut shelf = Shelf::new(annotations);
    shelf.put(&arguments.paths, &settings)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let all: Vec<Bookmark> = shelf.annotations.bookmarks(None).into_iter().cloned().collect();
    for bookmark in &all {
        let place = shelf.place(bookmark);
        // Under named paths, what is nowhere in them is not asked for.
        if !arguments.paths.is_empty() && place.line.is_none() {
            continue;
        }
        let text = if arguments.json { json(bookmark, &place) } else { text(bookmark, &place) };
        writeln!(out, "{text}")?;
    }
    Ok(out.flush()?)
}

/// The bookmark as one JSON value; `line` is `null` if its article is not at hand.
pub fn json(bookmark: &Bookmark, place: &Place) -> String {
    json_line(&serde_json::json!({
        "id": bookmark.id,
        "path": place.path,
        "title": bookmark.article.title.as_str(),
        "kind": bookmark.kind.name(),
        "quote": bookmark.quote(),
        "note": bookmark.note,
        "section": place.section,
        "line": place.line,
        "status": status(place),
        "created": bookmark.created,
    }))
}

/// The bookmark in a few lines for people.
fn text(bookmark: &Bookmark, place: &Place) -> String {
    let sign = match place.grade {
        Some(Grade::Exact) => "=",
        Some(Grade::Moved) => "≈",
        Some(Grade::Changed) => "?",
        None => "×",
    };
    let at = match place.line {
        Some(line) => format!("{}:{line}", place.path),
        None if place.grade.is_some() => place.path.clone(),
        None => format!("{}  its article is not in this library", place.path).trim_start().to_owned(),
    };
    let section = if place.section.is_empty() { String::new() } else { format!(" · {}", place.section) };
    let head = format!("{sign} {}{section}  {}  {at}", bookmark.article.title, status(place));
    let mut text = format!("{}\n  {}", SafeText::line(&head), SafeText::line(&bookmark.quote()));
    if !bookmark.note.is_empty() {
        text += &format!("\n  — {}", SafeText::line(&bookmark.note));
    }
    text + &format!("\n  {}\n", SafeText::line(&bookmark.id))
}

/// How a bookmark was found, in a word: what has moved is the same word for word.
pub fn status(place: &Place) -> &'static str {
    match place.grade {
        Some(Grade::Exact) if place.is_elsewhere => "moved",
        Some(Grade::Exact) => "exact",
        Some(Grade::Moved | Grade::Changed) => "changed",
        None => "lost",
    }
}
