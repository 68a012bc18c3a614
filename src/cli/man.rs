//! `zhai man`: the manual, or the page of one command, as roff.

use crate::app::help::signs;
use crate::app::keymap::Keymap;
use crate::config::Settings;
use crate::config::options::SETTINGS;
use crate::config::variables::{FILES, VARIABLES};
use crate::library::query::syntax;
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
    let is_whole = page.get_version().is_some();
    if is_whole {
        section("KEYS", &keys(), roff)?;
        section("SIGNS", &signs().collect::<Vec<_>>(), roff)?;
    }
    if is_whole || page.get_name() == "list" {
        section("QUERIES", &syntax(), roff)?;
    }
    if is_whole {
        section("SETTINGS", &settings(), roff)?;
        section("ENVIRONMENT", &pairs(VARIABLES), roff)?;
        section("FILES", &pairs(FILES), roff)?;
        section("EXIT STATUS", &pairs(STATUSES), roff)?;
    }
    if is_whole {
        man.render_version_section(roff)?;
    }
    Ok(())
}

/// What the exit statuses mean.
const STATUSES: &[(&str, &str)] = &[
    ("0", "Done; also where whoever reads the output stops, as head does."),
    (
        "1",
        "Something failed; one line on standard error says what, with which file, and what to do. The rest was done.",
    ),
    ("2", "The arguments mean nothing."),
];

/// The keys as they are without a file of settings; the name of a group has none.
fn keys() -> Vec<(String, String)> {
    Keymap::default().help()
}

/// Every setting with its default.
fn settings() -> Vec<(String, String)> {
    let usual = Settings::default();
    let named = SETTINGS.iter().map(|setting| (setting, (setting.show)(&usual)));
    named.map(|(setting, value)| (format!("{}: {value}", setting.name), setting.sentence.to_owned())).collect()
}

fn pairs(table: &[(&str, &str)]) -> Vec<(String, String)> {
    table.iter().map(|(name, sentence)| ((*name).to_owned(), (*sentence).to_owned())).collect()
}

/// A section of names and what each of them means; what has no name is a heading.
fn section(title: &str, entries: &[(String, String)], roff: &mut Vec<u8>) -> std::io::Result<()> {
    writeln!(roff, ".SH \"{title}\"")?;
    for (name, sentence) in entries {
        match name.as_str() {
            "" => writeln!(roff, ".SS \"{}\"", escaped(sentence))?,
            name => writeln!(roff, ".TP\n\\fB{}\\fR\n{}", escaped(name), escaped(sentence))?,
        }
    }
    Ok(())
}

/// A text as roff takes it for itself: a dot or an apostrophe at the start of a line would be a command.
fn escaped(text: &str) -> String {
    format!("\\&{}", text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq").replace('"', "\\(dq"))
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

#[cfg(test)]
mod tests {
    use super::{escaped, write};
    use crate::app::keymap::Keymap;
    use crate::config::options::SETTINGS;
    use clap::CommandFactory;

    #[test]
    fn the_manual_has_all_there_is_to_know() {
        let mut whole = crate::cli::Arguments::command();
        whole.build();
        let mut roff = Vec::new();
        write(&whole, &mut roff).unwrap();
        let roff = String::from_utf8(roff).unwrap();
        for (keys, sentence) in Keymap::default().help() {
            assert!(roff.contains(&escaped(&keys)) && roff.contains(&escaped(&sentence)), "{keys}");
        }
        for setting in SETTINGS {
            assert!(roff.contains(&escaped(setting.sentence)), "{}", setting.name);
        }
        for part in ["ZHAI_DATA_DIR", "before:DATE", "config.yaml", "\"EXIT STATUS\"", ".SH \"zhai show\""] {
            assert!(roff.contains(part), "{part}");
        }
        // Nothing of the tables is taken for a command of roff.
        let commands = [".SH", ".SS", ".TP", ".TH", ".ie", ".el", ".RS", ".RE", ".IP", ".br", ".PP"];
        let mut begun = roff.lines().filter(|line| line.starts_with(['.', '\'']));
        let odd = begun.find(|line| !commands.iter().any(|command| line.starts_with(command)));
        assert_eq!(odd, None);
    }
}
