//! What of the environment and of the disk zhai heeds, in sentences: the manual is made from this.
//!
//! It reads neither itself.

/// Variables of the environment, several of one meaning in a row, and what each is for.
pub const VARIABLES: &[(&str, &str)] = &[
    ("ZHAI_CONFIG_DIR", "The folder of settings, keys and tables."),
    ("ZHAI_DATA_DIR", "The folder of what is kept: bookmarks, notes, marks, places, exports."),
    ("ZHAI_CACHE_DIR", "The folder of what can be made again, and of what tells this machine from others."),
    (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME",
        "Where these are not set, the folders in which that of zhai is; without them, those of the system.",
    ),
    ("NO_COLOR", "If it is not empty, no colours."),
    ("TERM", "If it is dumb or not set, the reader does not open; what prints does."),
    (
        "BROWSER",
        "What opens addresses, %s standing for the address; of several parted by colons the first. One that needs a \
         terminal is lent this one.",
    ),
    (
        "DISPLAY, WAYLAND_DISPLAY",
        "Without BROWSER, xdg-open is asked only where one of these says that there is a screen.",
    ),
    ("SSH_CONNECTION, SSH_TTY", "Somebody reads from afar: on macOS no browser is opened where nobody sees it."),
    (
        "TERM_PROGRAM, TERM_PROGRAM_VERSION, VTE_VERSION, KONSOLE_VERSION, XTERM_VERSION, TMUX",
        "With TERM and SSH_CONNECTION they tell terminals apart: how each measures is asked once and remembered.",
    ),
    ("TZ", "The time zone that the days of the figures are of."),
    ("TMPDIR", "Where what could not be saved is kept until `zhai bookmarks import` takes it in."),
    ("COMPUTERNAME", "On Windows, what tells this machine from others."),
];

/// Files and folders, and what each is for.
pub const FILES: &[(&str, &str)] = &[
    ("config.yaml", "The settings; `zhai config path` names it, `zhai config default` prints one to begin with."),
    (
        "tables/*.tsv",
        "Beside it: rows of your own for what scraped pages hold besides their article; see `zhai config tables`.",
    ),
    (
        "marks-DEVICE.jsonl, pos-DEVICE.jsonl",
        "In the folder that `zhai config state` names: what is kept, and places and times of reading. Each device appends \
         to its own and reads all.",
    ),
    ("exports", "In the data folder: what is exported in the reader."),
    (".zhai", "In the first folder of `library`, with `state_dir: library`: the journals."),
];

#[cfg(test)]
mod tests {
    use super::VARIABLES;
    use std::path::Path;

    /// The files of Rust under a folder.
    fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_variable_that_is_asked_for_is_named() {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let named: Vec<&str> = VARIABLES.iter().flat_map(|(names, _)| names.split(", ")).collect();
        let is_name = |text: &str| text.len() > 3 && text.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        let mut asked = 0;
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            if !code.contains("env::var") {
                continue;
            }
            for name in code.split('"').skip(1).step_by(2).filter(|text| is_name(text)) {
                assert!(named.contains(&name), "{}: {name} is missing in the table", file.display());
                asked += 1;
            }
        }
        assert!(asked > 12, "{asked}");
    }
}
