//! The command line: one file a subcommand. A contract that scripts and tests rely on.

pub mod bookmarks;
pub mod completions;
pub mod config;
pub mod doctor;
pub mod import;
pub mod list;
pub mod man;
pub mod outline;
pub mod passage;
pub mod show;

use crate::annotations::JournalError;
use crate::app::keymap::Keymap;
use crate::config::{Folders, Keeping, Problem, Settings};
use crate::document::Scope;
use crate::library::{LibraryError, Origin, Tables, disk, scan};
use crate::parse::tables::Addition;
use crate::text::SafeText;
use clap::{Parser, Subcommand};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Cells of a line where nothing says otherwise.
const USUAL_WIDTH: u16 = 80;

/// A terminal reader for folders of saved articles.
#[derive(Debug, Parser)]
#[command(name = "zhai", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do; without a command, the reader opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Folders or files to read; `-` is standard input
    pub paths: Vec<PathBuf>,
}

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print one article, laid out
    Show(show::Arguments),
    /// Print the sections of articles
    Outline(outline::Arguments),
    /// Print what is known of articles
    List(list::Arguments),
    /// Print a passage that was marked once, another every day
    Passage(passage::Arguments),
    /// List, add, remove, export and import bookmarks, highlights and notes
    Bookmarks(bookmarks::Arguments),
    /// Make Markdown of pages, books and texts
    Import(import::Arguments),
    /// Print where the settings are, what they are, or a file of defaults
    Config(config::Arguments),
    /// Print what is the matter with the files of a library
    Doctor(doctor::Arguments),
    /// Print what a shell needs to complete arguments
    Completions(completions::Arguments),
    /// Print the manual
    Man(man::Arguments),
}

/// Why a command stops early, where that is more than an error.
#[derive(Debug, thiserror::Error)]
enum Stop {
    /// The arguments mean nothing.
    #[error("{0}")]
    Usage(String),
    /// Something failed, and has been said; the rest was done.
    #[error("some articles could not be read")]
    Reported,
}

/// Does what the arguments ask for; an error is one line on standard error.
pub fn run(arguments: Arguments) -> ExitCode {
    crate::terminal::signals::outlive_limits();
    let done = match arguments.command {
        Some(Command::Show(arguments)) => show::run(&arguments),
        Some(Command::Outline(arguments)) => outline::run(&arguments),
        Some(Command::List(arguments)) => list::run(&arguments),
        Some(Command::Passage(arguments)) => passage::run(&arguments),
        Some(Command::Bookmarks(arguments)) => bookmarks::run(&arguments),
        Some(Command::Import(arguments)) => import::run(&arguments),
        Some(Command::Config(arguments)) => config::run(&arguments),
        Some(Command::Doctor(arguments)) => doctor::run(&arguments),
        Some(Command::Completions(arguments)) => completions::run(&arguments),
        Some(Command::Man(arguments)) => man::run(&arguments),
        None => read(&arguments.paths),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => status(&error),
    }
}

/// The exit status of an error, which is said unless that would be noise.
fn status(error: &anyhow::Error) -> ExitCode {
    // Whoever stops reading, as `head` does, has what it wanted.
    if error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    match error.downcast_ref() {
        Some(Stop::Reported) => ExitCode::FAILURE,
        Some(Stop::Usage(_)) => {
            report(&chain(error));
            ExitCode::from(2)
        }
        // All else that is read and written has its file's name with it.
        None if error.is::<std::io::Error>() => {
            report(&format!("standard output: {error}; what was to be printed is not all there"));
            ExitCode::FAILURE
        }
        None => {
            report(&chain(error));
            ExitCode::FAILURE
        }
    }
}

/// An error and its causes, but for those that it has put into its own words.
fn chain(error: &anyhow::Error) -> String {
    let tells = |error: &(dyn std::error::Error + 'static)| error.is::<LibraryError>() || error.is::<JournalError>();
    let mut causes = Vec::new();
    for cause in error.chain() {
        causes.push(cause.to_string());
        if tells(cause) {
            break;
        }
    }
    causes.join(": ")
}

/// One line on standard error.
fn report(what: &str) {
    let _ = writeln!(std::io::stderr(), "zhai: {}", SafeText::line(what));
}

/// That all of some paths are there.
fn present(paths: &[PathBuf]) -> Result<(), LibraryError> {
    let missing = paths.iter().find(|path| path.as_path() != Path::new("-") && !path.exists());
    let error = |path: &PathBuf| LibraryError::Io { path: path.clone(), source: ErrorKind::NotFound.into() };
    missing.map_or(Ok(()), |path| Err(error(path)))
}

/// The command that was meant by a name which is no path either: one or two keys beside it.
fn mistyped(path: &Path) -> Option<String> {
    let written = path.to_str()?;
    let commands = <Arguments as clap::CommandFactory>::command();
    let names = commands.get_subcommands().map(|command| command.get_name().to_owned());
    let near = names.map(|name| (distance(written, &name), name));
    near.filter(|(distance, name)| *distance <= 2 && 2 * distance <= name.len()).min().map(|(_, name)| name)
}

/// How many keys make one word of another: typed too much, left out, or typed for another (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (rank, typed) in one.chars().enumerate() {
        let mut last = rank + 1;
        for (index, meant) in other.chars().enumerate() {
            let replaced = row[index] + usize::from(typed != meant);
            row[index] = last;
            last = replaced.min(row[index + 1] + 1).min(last + 1);
        }
        if let Some(end) = row.last_mut() {
            *end = last;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The articles under some paths, `-` being standard input.
fn origins(paths: &[PathBuf]) -> Result<Vec<Origin>, LibraryError> {
    paths.iter().map(|path| origin(path)).collect()
}

/// The articles under some paths, else under the folders of the settings; none means the sample library.
fn library(paths: &[PathBuf], settings: &Settings) -> Result<Vec<Origin>, LibraryError> {
    origins(if paths.is_empty() { &settings.library } else { paths })
}

/// The settings, what is wrong with them said.
fn settings() -> Settings {
    let mut settings = Settings::read(&Folders::find().config);
    for (line, what) in Keymap::default().rebind(&settings.keys) {
        settings.problem(line, what);
    }
    for problem in &settings.problems {
        report(&problem.to_string());
    }
    settings
}

/// The tables that scraped text is known by, what is wrong with the rows a reader has added to them said.
fn tables() -> Arc<Tables> {
    let (tables, problems) = tables_and_problems();
    for problem in problems {
        report(&problem.to_string());
    }
    tables
}

/// The tables that scraped text is known by, and what is wrong with the rows that a reader has added to them.
fn tables_and_problems() -> (Arc<Tables>, Vec<Problem>) {
    let (files, mut problems) = crate::config::tables::read(&Folders::find().config, Tables::files());
    if files.is_empty() {
        return (Tables::built_in(), problems);
    }
    let rows = files.iter().map(|additions| Addition { file: &additions.file, text: &additions.text });
    let (tables, misread) = Tables::with(&rows.collect::<Vec<_>>());
    problems.extend(misread.into_iter().filter_map(|misread| {
        let path = files.iter().find(|additions| additions.file == misread.file)?.path.clone();
        Some(Problem { path, line: misread.line, what: misread.what })
    }));
    (Arc::new(tables), problems)
}

/// Where the journal is; why it is not where it was wished to be, is said.
fn keeping(settings: &Settings) -> Keeping {
    let keeping = settings.keeping(&Folders::find());
    if let Some(problem) = &keeping.problem {
        report(&problem.to_string());
    }
    keeping
}

fn origin(path: &Path) -> Result<Origin, LibraryError> {
    if path == Path::new("-") {
        return disk::read_input();
    }
    disk::read_pipe(path).unwrap_or_else(|| Ok(Origin::File(path.to_owned())))
}

/// What `--raw` asks for.
fn scope(raw: bool) -> Scope {
    if raw { Scope::File } else { Scope::Article }
}

/// The path of an article, as the one who named it may write it again; where it came from, if that was no file.
fn path(origin: &Origin) -> String {
    match origin {
        Origin::File(path) => path.to_string_lossy().into_owned(),
        Origin::Sample(_) => origin.file_name(),
        Origin::Input(_) => "-".to_owned(),
    }
}

/// A value as one line of JSON. What a path holds is kept, but no control of a terminal stands in it as such.
fn json_line(value: &serde_json::Value) -> String {
    let mut line = String::new();
    for character in value.to_string().chars() {
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{61c}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                line.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => line.push(other),
        }
    }
    line
}

/// Does something with every article under some paths. What fails is said and does not stop the others.
fn each(
    paths: &[PathBuf],
    mut action: impl FnMut(&Origin, crate::document::Document) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let tables = tables();
    let mut has_failed = false;
    for found in scan::find(&origins(paths)?) {
        let document = found.problem.map_or_else(|| crate::library::open(&found.origin, &tables), Err);
        match document {
            Ok(document) => action(&found.origin, document)?,
            Err(error) => {
                has_failed = true;
                report(&error.to_string());
            }
        }
    }
    if has_failed { Err(Stop::Reported.into()) } else { Ok(()) }
}

/// The columns of the terminal that standard output is, or that a pager after it shares with the messages; else 80.
fn terminal_width() -> u16 {
    let size = terminal_size::terminal_size_of(std::io::stdout())
        .or_else(|| terminal_size::terminal_size_of(std::io::stderr()));
    size.map_or(USUAL_WIDTH, |(width, _)| width.0.max(1))
}

/// Opens the reader.
fn read(paths: &[PathBuf]) -> anyhow::Result<()> {
    if let Err(missing) = present(paths) {
        return Err(match paths.first().filter(|path| !path.exists()).and_then(|path| mistyped(path)) {
            Some(meant) => anyhow::anyhow!("{missing}, or did you mean `zhai {meant}`?"),
            None => missing.into(),
        });
    }
    let mut settings = Settings::read(&Folders::find().config);
    let kept = settings.keeping(&Folders::find());
    settings.problems.extend(kept.problem.clone());
    let (tables, problems) = tables_and_problems();
    settings.problems.extend(problems);
    let open = move || crate::annotations::Journal::open_shared(&kept.shared, &kept.private, &kept.machine);
    crate::terminal::run(library(paths, &settings)?, settings, tables, open)
}

#[cfg(test)]
mod tests {
    use super::{Arguments, json_line, mistyped};
    use clap::CommandFactory;
    use std::path::Path;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_nearest_command_is_named() {
        let near = |written: &str| mistyped(Path::new(written)).unwrap_or_default();
        for (written, meant) in [
            ("lst", "list"),
            ("lits", "list"), // typos:ignore
            ("shw", "show"),  // typos:ignore
            ("bookmark", "bookmarks"),
            ("docter", "doctor"),
            ("articles", ""),
            ("a", ""),
            ("", ""),
            ("列表", ""),
        ] {
            assert_eq!(near(written), meant, "{written}");
        }
    }

    #[test]
    fn json_holds_no_control_as_such() {
        let text = "a\u{1b}[2J\u{9b}b\u{202e}c\u{7f}一";
        let line = json_line(&serde_json::json!({ "path": text }));
        assert_eq!(line, r#"{"path":"a\u001b[2J\u009bb\u202ec\u007f一"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap()["path"], text);
    }
}
