//! `zhai man`: the manual, or the page of one command, as roff.

use clap::CommandFactory;
use std::io::Write;

/// Print the manual.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A command, for the page of its own
    command: Option<String>,
}

/// Prints it.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut whole = super::Arguments::command();
    whole.build();
    let page = match &arguments.command {
        None => whole,
        Some(name) => {
            let command = whole.find_subcommand(name).cloned();
            command
                .ok_or_else(|| super::Stop::Usage(format!("`{name}` is no command; `zhai help` names all of them")))?
        }
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    Ok(std::io::stdout().lock().write_all(&roff)?)
}
