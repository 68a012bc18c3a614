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
    // That help can be had is said among the options.
    let mut whole = super::Arguments::command().disable_help_subcommand(true);
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
    write(&page, &mut roff)?;
    Ok(std::io::stdout().lock().write_all(&roff)?)
}

/// The page of a command. It is not left to `Man::render`, which names a page for every command of it: there are none.
fn write(page: &Command, roff: &mut Vec<u8>) -> std::io::Result<()> {
    let man = Man::new(page.clone());
    man.render_title(roff)?;
    man.render_name_section(roff)?;
    man.render_synopsis_section(roff)?;
    man.render_description_section(roff)?;
    man.render_options_section(roff)?;
    if page.has_subcommands() {
        writeln!(roff, ".SH COMMANDS")?;
    }
    for command in page.get_subcommands() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        writeln!(roff, ".TP\n\\fB{}\\fR\n{}", name(command), about.replace('-', "\\-"))?;
    }
    chapters(page, roff)?;
    if page.get_version().is_some() {
        man.render_version_section(roff)?;
    }
    Ok(())
}

/// A command as it is typed.
fn name(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

/// The commands of a command, each with its arguments: the manual is one page.
fn chapters(of: &Command, roff: &mut Vec<u8>) -> std::io::Result<()> {
    for command in of.get_subcommands() {
        let (page, mut chapter) = (Man::new(command.clone()), Vec::new());
        page.render_synopsis_section(&mut chapter)?;
        page.render_description_section(&mut chapter)?;
        if command.get_arguments().any(|argument| !argument.is_hide_set()) {
            page.render_options_section(&mut chapter)?;
        }
        let chapter = String::from_utf8_lossy(&chapter).replace("\n.SH ", "\n.SS ");
        write!(roff, ".SH \"{}\"\n{chapter}", name(command))?;
        chapters(command, roff)?;
    }
    Ok(())
}
