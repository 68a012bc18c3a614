//! `zhai config`: where the settings are, what they are, and a file of defaults to begin with.
//!
//! It refuses to write the file: `zhai config default > "$(zhai config path)"` is what the shell is for.

use super::{Stop, keeping, settings};
use crate::app::keymap::Keymap;
use crate::config::options::SETTINGS;
use crate::config::{Folders, Settings, file, tables};
use crate::library::Tables;
use crate::text::SafeText;
use std::io::Write;

/// Print where the settings are, what they are, or a file of defaults.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

/// What to print.
#[derive(Debug, Clone, clap::Subcommand)]
enum What {
    /// The path of the file of settings
    Path,
    /// The folder that bookmarks, marks and places are kept in
    State,
    /// The settings in force, and every command with its keys
    Show,
    /// A file with every setting, its meaning and its default
    Default,
    /// The folder for rows of your own in the tables that scraped text is known by, or a built-in table
    Tables {
        /// The table to print, as boilerplate.tsv
        name: Option<String>,
    },
}

/// Prints it.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let text = match &arguments.what {
        What::Path => format!("{}\n", SafeText::line(&file::path(&Folders::find().config).to_string_lossy())),
        What::State => format!("{}\n", SafeText::line(&keeping(&settings()).shared.to_string_lossy())),
        What::Show => show(&settings()),
        What::Default => file::default(),
        What::Tables { name: None } => {
            format!("{}\n", SafeText::line(&tables::folder(&Folders::find().config).to_string_lossy()))
        }
        What::Tables { name: Some(name) } => table(name)?.to_owned(),
    };
    Ok(std::io::stdout().lock().write_all(text.as_bytes())?)
}

/// A table as it is built in.
fn table(name: &str) -> Result<&'static str, Stop> {
    let known = || Tables::files().collect::<Vec<_>>().join(", ");
    Tables::text(name).ok_or_else(|| Stop::Usage(format!("`{name}` is no table; those are {}", known())))
}

/// The settings as a file of settings would say them, keys in full.
fn show(settings: &Settings) -> String {
    let mut keymap = Keymap::default();
    keymap.rebind(&settings.keys);
    let mut shown = String::new();
    for setting in SETTINGS.iter().filter(|setting| setting.name != "keys") {
        shown.push_str(&format!("{}: {}\n", setting.name, SafeText::line(&(setting.show)(settings))));
    }
    shown.push_str("keys:\n");
    for (command, keys) in keymap.commands() {
        shown.push_str(&format!("  {command}: {}\n", serde_json::json!(keys)));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::show;
    use crate::config::Settings;

    #[test]
    fn what_is_shown_can_be_read_again() {
        for text in ["", "width: 60\nlibrary: [/srv/a, '/srv/b c']\nhang: trim\nautospace: false\nmouse: true\n"] {
            let settings = Settings::parse(text, "/etc/config.yaml".into());
            let shown = show(&settings);
            let again = Settings::parse(&shown, "/etc/config.yaml".into());
            assert_eq!(again.problems, [], "{shown}");
            assert_eq!(Settings { keys: Vec::new(), ..again.clone() }, settings, "{shown}");
            assert_eq!(show(&again), shown);
        }
    }
}
