//! `zhai bookmarks`: what was left in articles, listed with where it is now, added and removed.
//!
//! It refuses to write into an article and to show a lost passage at a place where it is not.

mod exchange;
pub mod list;
pub mod shelf;

use super::{keeping, origin, settings, tables};
use crate::annotations::clock::{now, ulid};
use crate::annotations::{Annotations, Bookmark, Change, Journal, Kind};
use crate::config::Settings;
use crate::document::Anchorage;
use crate::library::{Article, Origin, open};
use anyhow::{Context, bail};
use std::io::Write;
use std::path::PathBuf;

/// Bookmarks, highlights and notes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Print the bookmarks with where their words are now: exact, moved, changed or lost
    List(list::Arguments),
    /// Bookmark words of an article
    Add(Add),
    /// Remove a bookmark
    Remove(Remove),
    /// Print the bookmarks as Markdown, Web Annotations or a table, or by a template
    Export(exchange::Export),
    /// Take in what could not be saved, and bookmarks of zhai, Hypothesis, KOReader, Readwise or a Kindle
    Import(exchange::Import),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The article
    path: PathBuf,
    /// Words that stand in it; case, width, spaces and the shape of marks do not matter
    #[arg(long, value_name = "TEXT")]
    quote: String,
    /// What to note beside them
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// What the words are: bookmark, important, question, agreed, doubted, term
    #[arg(long, value_name = "KIND", default_value = "bookmark", value_parser = kind)]
    kind: Kind,
    /// Print the bookmark as JSON, not only its id
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Remove {
    /// The bookmark, by the id that `list` prints
    id: String,
}

/// Does it.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match &arguments.action {
        Action::List(arguments) => list::run(arguments),
        Action::Add(arguments) => add(arguments),
        Action::Remove(arguments) => remove(arguments),
        Action::Export(arguments) => exchange::export(arguments),
        Action::Import(arguments) => exchange::import(arguments),
    }
}

/// The journal and what it holds; what is wrong with it is said.
pub fn journal(settings: &Settings) -> (Journal, Annotations) {
    let keeping = keeping(settings);
    let (journal, annotations) = Journal::open_shared(&keeping.shared, &keeping.private, &keeping.machine);
    if let Some(message) = journal.health().message() {
        super::report(&message);
    }
    (journal, annotations)
}

fn add(arguments: &Add) -> anyhow::Result<()> {
    let origin = origin(&arguments.path)?;
    if matches!(origin, Origin::Input(_)) {
        bail!("standard input has no name to find a bookmark by; save the article first");
    }
    let tables = tables();
    let document = open(&origin, &tables)?;
    let text = Anchorage::of(&document);
    let path = arguments.path.display();
    let span = text.quoted(&arguments.quote).into_iter().next();
    let span = span.with_context(|| format!("{path}: the quote is not in it; `zhai show` prints its text"))?;
    let bookmark = Bookmark {
        id: ulid(),
        article: Article::describe(origin, &tables).identity,
        passage: text.capture(&document, span),
        note: arguments.note.clone(),
        created: now(),
        kind: arguments.kind,
        dismissed: false,
    };
    let settings = settings();
    let (journal, annotations) = journal(&settings);
    let line = if arguments.json {
        let mut shelf = shelf::Shelf::new(annotations);
        shelf.put(std::slice::from_ref(&arguments.path), &settings)?;
        list::json(&bookmark, &shelf.place(&bookmark))
    } else {
        bookmark.id.clone()
    };
    keep(journal, [Change::SetBookmark(bookmark)])?;
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

fn remove(arguments: &Remove) -> anyhow::Result<()> {
    let (journal, annotations) = journal(&settings());
    let id = &arguments.id;
    if annotations.bookmark(id).is_none() {
        bail!("there is no bookmark {id}; `zhai bookmarks list` prints their ids");
    }
    keep(journal, [Change::RemoveBookmark { id: id.clone() }])
}

/// Writes changes. What is refused is tried again at the end, which also says where it is if that is refused too.
fn keep(mut journal: Journal, changes: impl IntoIterator<Item = Change>) -> anyhow::Result<()> {
    for change in changes {
        let _ = journal.append(change);
    }
    Ok(journal.close()?)
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
        let names = Kind::ALL.map(Kind::name);
        format!("write one of {}", names.join(", "))
    })
}
