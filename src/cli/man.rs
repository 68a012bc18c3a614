//! `zhai man`: the manual, or the page of one command, as roff.

use clap::{Command, CommandFactory};
use clap_mangen::Man;
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
    Man::new(page.clone()).render(&mut roff)?;
    chapters(&page, &mut roff)?;
    Ok(std::io::stdout().lock().write_all(&roff)?)
}

/// The commands of a command, each with its arguments: the manual is one page.
fn chapters(of: &Command, roff: &mut Vec<u8>) -> std::io::Result<()> {
    for command in of.get_subcommands().filter(|command| command.get_name() != "help") {
        let (page, mut chapter) = (Man::new(command.clone()), Vec::new());
        page.render_synopsis_section(&mut chapter)?;
        page.render_description_section(&mut chapter)?;
        if command.get_arguments().any(|argument| !argument.is_hide_set()) {
            page.render_options_section(&mut chapter)?;
        }
        let chapter = String::from_utf8_lossy(&chapter).replace("\n.SH ", "\n.SS ");
        let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
        write!(roff, ".SH \"{name}\"\n{chapter}")?;
        chapters(command, roff)?;
    }
    Ok(())
}
