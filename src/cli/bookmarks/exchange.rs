//! `zhai bookmarks export` and `import`: bookmarks for other programs, and theirs for zhai.

use super::list::status;
use super::shelf::Shelf;
use super::{journal, keep, settings};
use crate::annotations::export::template::Template;
use crate::annotations::export::{Entry, csv, json, markdown};
use crate::annotations::import::{Clipping, read};
use crate::annotations::journal::{Taken, is_records};
use crate::annotations::{Bookmark, Change, Journal};
use crate::cli::{Stop, json_line, origin};
use crate::config::exports;
use crate::library::{Origin, disk};
use crate::text::SafeText;
use anyhow::Context;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Print the bookmarks for other programs.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Only those in the articles under these folders and files
    paths: Vec<PathBuf>,
    /// What as
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// A text file in which {{title}} {{source}} {{url}} {{date}} {{section}} {{quote}} {{note}} {{kind}} {{status}}
    /// {{created}} {{day}} {{path}} {{line}} {{id}} are replaced, escaped for Markdown, {{{quote}}} as it is; {{#each}} …
    /// {{/each}} comes once a bookmark, the rest once an article, {{#note}} … {{/note}} only where there is a note
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Write into a file, not to standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Quotes by article and section
    Markdown,
    /// One page of W3C Web Annotations; an import of it loses nothing
    Json,
    /// One row a bookmark
    Csv,
}

/// Take in bookmarks of other programs.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// Web Annotations or Hypothesis JSON, KOReader JSON, Readwise CSV, Kindle clippings, or a journal of zhai's own: what
    /// it could not save, a backup; `-` is standard input
    file: PathBuf,
    /// Folders and files in which the quotes may be; without one, the library of the settings
    paths: Vec<PathBuf>,
}

/// Prints the bookmarks, article by article.
pub fn export(arguments: &Export) -> anyhow::Result<()> {
    if arguments.template.is_some() && arguments.format != Format::Markdown {
        return Err(Stop::Usage("--template goes with --format markdown".to_owned()).into());
    }
    let template = arguments.template.as_deref().map_or_else(|| Ok(Template::default()), template)?;
    let settings = settings();
    let (_, annotations) = journal(&settings);
    let mut shelf = Shelf::new(annotations);
    shelf.put(&arguments.paths, &settings)?;
    let all: Vec<Bookmark> = shelf.annotations.bookmarks(None).into_iter().cloned().collect();
    let mut entries: Vec<Entry> = Vec::new();
    for bookmark in all {
        let place = shelf.place(&bookmark);
        if !arguments.paths.is_empty() && place.line.is_none() {
            continue;
        }
        let (source, date) = shelf.about(&place);
        let status = status(&place);
        entries.push(Entry {
            bookmark,
            source,
            date,
            path: place.path,
            section: place.section,
            line: place.line,
            status,
        });
    }
    // As they stand in the articles; the articles by title.
    entries.sort_by_cached_key(|entry| {
        let Bookmark { article, passage, .. } = &entry.bookmark;
        (article.title.to_string(), entry.path.clone(), entry.line, passage.offset)
    });
    let text = match arguments.format {
        Format::Markdown => markdown::write(&entries, &template),
        Format::Json => json_line(&json(&entries)) + "\n",
        Format::Csv => csv(&entries),
    };
    match &arguments.output {
        None => Ok(std::io::stdout().lock().write_all(text.as_bytes())?),
        Some(path) => exports::write(path, &text, arguments.force).map_err(|error| {
            let path = path.display();
            match error.kind() {
                ErrorKind::AlreadyExists => anyhow::anyhow!("{path}: is there already; --force replaces it"),
                _ => anyhow::anyhow!("{path}: {error}; check the folder"),
            }
        }),
    }
}

fn template(path: &Path) -> anyhow::Result<Template> {
    Template::read(&text(path)?).map_err(|error| anyhow::anyhow!("{}:{error}", path.display()))
}

/// Takes bookmarks in; those that are known already are passed over.
pub fn import(arguments: &Import) -> anyhow::Result<()> {
    let bytes = disk::read(&origin(&arguments.file)?)?;
    let settings = settings();
    let (mut journal, annotations) = journal(&settings);
    if is_records(&bytes) {
        return take_in(&mut journal, &bytes);
    }
    let text = crate::parse::decode::decode(&bytes).text;
    let clippings = read(&text).with_context(|| format!("{}", arguments.file.display()))?;
    let mut shelf = Shelf::new(annotations);
    shelf.put_all(&arguments.paths, &settings)?;
    let (mut changes, mut absent) = (Vec::new(), Vec::new());
    for clipping in &clippings {
        let (bookmark, is_found) = bookmark(clipping, &mut shelf);
        if let Some(change) = shelf.annotations.news(Change::SetBookmark(bookmark)) {
            if !is_found {
                absent.push(clipping);
            }
            changes.push(change);
        }
    }
    let taken = changes.len();
    keep(journal, changes)?;
    let (known, found) = (clippings.len() - taken, taken - absent.len());
    let mut out = std::io::stdout().lock();
    writeln!(out, "{taken} taken in, {found} of them found in the library; {known} were known already")?;
    for Clipping { article, passage, .. } in absent {
        let of = article.url.as_deref().filter(|_| article.title.is_empty()).unwrap_or(&article.title);
        writeln!(out, "not in this library: {}: {}", SafeText::line(of), SafeText::line(&passage.quote))?;
    }
    Ok(())
}

/// Takes in what zhai itself wrote: bookmarks, marks, removals and places, with their times.
fn take_in(journal: &mut Journal, bytes: &[u8]) -> anyhow::Result<()> {
    let Taken { new, known, bad } = journal.take_in(bytes)?;
    journal.close()?;
    let bad = if bad > 0 { format!("; {bad} damaged lines were passed over") } else { String::new() };
    Ok(writeln!(std::io::stdout(), "{new} taken in; {known} were known already{bad}")?)
}

/// A bookmark for a clipping, and whether its words were found.
fn bookmark(clipping: &Clipping, shelf: &mut Shelf) -> (Bookmark, bool) {
    let traced = shelf.trace(&clipping.article, &clipping.passage);
    let is_found = traced.is_some();
    let mut article = clipping.article.clone();
    if article.id.0.is_empty() {
        let title = article.title.to_string();
        article.id.0 = article.url.clone().unwrap_or(title);
    }
    let own = clipping.id.is_some();
    // What zhai itself has exported keeps its words; of others, the article says them in full.
    let (article, passage) = match traced {
        Some((article, passage)) if !own => (article, passage),
        Some((article, _)) => (article, clipping.passage.clone()),
        None => (article, clipping.passage.clone()),
    };
    let known = shelf.annotations.bookmark(&clipping.id()).cloned();
    let made = Bookmark {
        id: clipping.id(),
        article,
        passage,
        note: clipping.note.clone(),
        created: clipping.created.clone(),
        kind: clipping.kind,
        dismissed: clipping.dismissed,
    };
    // A bookmark that is here already may have been changed since it was exported: what is here holds. A note where there
    // was none is taken in.
    let known = known.map(|known| {
        let note = if known.note.is_empty() { made.note.clone() } else { known.note };
        Bookmark { note, ..known }
    });
    (known.unwrap_or(made), is_found)
}

fn text(path: &Path) -> anyhow::Result<String> {
    let bytes = disk::read(&Origin::File(path.to_owned()))?;
    Ok(crate::parse::decode::decode(&bytes).text)
}
