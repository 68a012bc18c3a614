//! The command line: one file a subcommand. A contract that scripts and tests rely on.

pub mod outline;
pub mod show;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

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
}

/// Does what the arguments ask for; an error is one line on standard error.
pub fn run(arguments: Arguments) -> ExitCode {
    let done = match arguments.command {
        Some(Command::Show(arguments)) => show::run(&arguments),
        Some(Command::Outline(arguments)) => outline::run(&arguments),
        None => read(arguments.paths),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "zhai: {}", crate::text::SafeText::line(&format!("{error:#}")));
            ExitCode::FAILURE
        }
    }
}

/// Opens the reader.
fn read(paths: Vec<PathBuf>) -> anyhow::Result<()> {
    if let Some(missing) = paths.iter().find(|path| !path.exists()) {
        anyhow::bail!("{}: there is no such file or folder; check the path", missing.display());
    }
    let (journal, annotations) = crate::annotations::Journal::open(&crate::config::Folders::find().data)?;
    crate::terminal::run(paths, journal, annotations)
}
