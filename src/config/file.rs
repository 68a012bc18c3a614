//! The file of settings: read entry by entry, so that a mistake costs the entry it is in and no other.

use super::options::{SETTINGS, Source};
use super::{Problem, Settings};
use serde_yaml::Value;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of a file of settings, far beyond any that people write.
const LARGEST: u64 = 64 << 10;

/// The file of settings in the folder of the configuration.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("config.yaml")
}

/// The default file, with a sentence on every setting.
pub fn default() -> String {
    let settings = Settings::default();
    let mut file = String::from("# The settings of zhai, as they are without this file.\n");
    for setting in SETTINGS {
        let _ = write!(file, "\n# {}\n{}: {}\n", setting.sentence, setting.name, (setting.show)(&settings));
    }
    file
}

/// An entry of the file: one key at the start of a line, with all that belongs to it.
struct Entry<'a> {
    first: usize,
    lines: Vec<&'a str>,
}

impl Settings {
    /// Reads the settings of a folder; a file that is not there sets nothing.
    pub fn read(folder: &Path) -> Self {
        let path = path(folder);
        match text(&path) {
            Ok(text) => Self::parse(&text, path),
            Err(error) => {
                let mut settings = Self { path, ..Self::default() };
                if error.kind() != std::io::ErrorKind::NotFound {
                    settings.problem(0, format!("{error}; the defaults hold until it can be read"));
                }
                settings
            }
        }
    }

    /// Reads settings from the text of a file.
    pub fn parse(text: &str, path: PathBuf) -> Self {
        let mut settings = Self { path, ..Self::default() };
        let mut seen = Vec::new();
        for entry in entries(text) {
            if let Err((line, what)) = settings.apply(&entry, &mut seen) {
                settings.problem(line, what);
            }
        }
        settings.measure.width.ambiguous = settings.ambiguous.unwrap_or_default();
        settings
    }

    /// Notes that something in the file has no effect.
    pub fn problem(&mut self, line: usize, what: String) {
        self.problems.push(Problem { path: self.path.clone(), line, what });
    }

    fn apply(&mut self, entry: &Entry<'_>, seen: &mut Vec<String>) -> Result<(), (usize, String)> {
        let parsed = serde_yaml::from_str::<Value>(&entry.lines.join("\n"));
        let parsed = parsed.map_err(|error| {
            let line = error.location().map_or(0, |place| place.line().saturating_sub(1));
            let line = line.min(entry.lines.len().saturating_sub(1));
            (
                entry.first + line,
                "is not YAML; put quotes around what holds [ ] { } # : ' or starts with a mark".to_owned(),
            )
        })?;
        let fail = |what: String| (entry.first, what);
        let entries = parsed.as_mapping().and_then(|mapping| mapping.iter().next());
        let (name, value) = entries.ok_or_else(|| {
            fail("is no setting; write `name: value`, `zhai config default` prints all of them".to_owned())
        })?;
        let name = name.as_str().unwrap_or_default();
        let setting = SETTINGS.iter().find(|setting| setting.name == name);
        let setting =
            setting.ok_or_else(|| fail(format!("`{name}` is no setting; `zhai config default` prints all of them")))?;
        let folder = self.path.parent().map(Path::to_owned).unwrap_or_default();
        let source = Source { value, folder: &folder, lines: &entry.lines, first: entry.first };
        (setting.set)(self, &source).map_err(|remedy| fail(format!("`{name}`: {remedy}")))?;
        if seen.iter().any(|seen| seen == name) {
            return Err(fail(format!("`{name}` was set before; this one holds, remove the other")));
        }
        seen.push(name.to_owned());
        Ok(())
    }
}

/// The text of the file, if it is one: a pipe would not end.
pub(super) fn text(path: &Path) -> std::io::Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("is not a file"));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Cuts a file at the lines that begin with a key. An item of a list may stand at the start of a line and belongs to
/// the key before it.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("---") || line.starts_with("...") {
            continue;
        }
        let is_inside = line.is_empty() || line.starts_with([' ', '\t', '-', ']', '}', '#']);
        match entries.last_mut() {
            Some(entry) if is_inside => entry.lines.push(line),
            None if line.trim().is_empty() || line.starts_with('#') => {}
            _ => entries.push(Entry { first: index + 1, lines: vec![line] }),
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::default;
    use crate::config::{Binding, Settings};
    use crate::layout::measure::Hang;
    use crate::text::breaks::Kinsoku;
    use std::path::PathBuf;

    fn parse(text: &str) -> Settings {
        Settings::parse(text, "/etc/zhai/config.yaml".into())
    }

    #[test]
    fn the_default_file_says_what_holds_without_it() {
        let none = Settings { path: parse("").path, ..Settings::default() };
        assert_eq!(parse(&default()), none);
        assert_eq!(parse(""), none);
    }

    #[test]
    fn what_is_written_holds() {
        let settings = parse(
            "---\nlibrary:\n- /srv/a\n- b\nwidth: 60\nkinsoku: strict\nhang: \"off\"\nautospace: false\nmouse: true\n\
             keys:\n  # a comment\n  next-heading: [\"]\", C-n]\n  quit: Q\n  zen: []\n",
        );
        assert_eq!(settings.problems, []);
        assert_eq!(settings.library, [PathBuf::from("/srv/a"), PathBuf::from("/etc/zhai/b")]);
        assert_eq!((settings.width, settings.mouse, settings.measure.autospace), (60, true, false));
        assert_eq!((settings.measure.kinsoku, settings.measure.hang), (Kinsoku::Strict, Hang::Off));
        let binding = |command: &str, keys: &[&str], line| Binding {
            command: command.to_owned(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            line,
        };
        let expected =
            [binding("next-heading", &["]", "C-n"], 12), binding("quit", &["Q"], 13), binding("zen", &[], 14)];
        assert_eq!(settings.keys, expected);
    }

    #[test]
    fn a_tilde_is_the_readers_own_folder_and_no_one_elses() {
        let home = directories::BaseDirs::new().unwrap().home_dir().to_owned();
        let settings = parse("library: [\"~\", ~/a, ~bob/a, \"~~\"]\n");
        let expected = [home.clone(), home.join("a"), "/etc/zhai/~bob/a".into(), "/etc/zhai/~~".into()];
        assert_eq!(settings.library, expected);
    }

    #[test]
    fn a_mistake_costs_the_entry_it_is_in() {
        let settings = parse(
            "width: wide\nkinsoku: strict\ncolour: red\nhang: [\nfit: best\nkeys:\n  quit: Q\n  zen: {a: b}\nwidth: 50\n\
             just words\nwidth: 40\nlibrary: {a: b}\nautospace: 1\nmouse: true\n",
        );
        let problems: Vec<String> = settings.problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(problems.join("\n"), @r#"
        /etc/zhai/config.yaml:1: `width`: write a number from 20 to 160
        /etc/zhai/config.yaml:3: `colour` is no setting; `zhai config default` prints all of them
        /etc/zhai/config.yaml:4: is not YAML; put quotes around what holds [ ] { } # : ' or starts with a mark
        /etc/zhai/config.yaml:5: `fit`: write one of greedy, optimal, balance
        /etc/zhai/config.yaml:8: `zen`: write keys as ["]", C-n]
        /etc/zhai/config.yaml:10: is no setting; write `name: value`, `zhai config default` prints all of them
        /etc/zhai/config.yaml:11: `width` was set before; this one holds, remove the other
        /etc/zhai/config.yaml:12: `library`: write folders as [~/articles, /srv/articles]
        /etc/zhai/config.yaml:13: `autospace`: write one of true, false
        "#);
        assert_eq!(settings.keys.len(), 1);
        assert_eq!((settings.width, settings.mouse, settings.measure.kinsoku), (40, true, Kinsoku::Strict));
    }

    #[test]
    fn numbers_may_stand_in_quotes() {
        for (text, width) in [("width: \"60\"", 60), ("width: ' 60 '", 60), ("width: 60.5", 76), ("width: \"19\"", 76)]
        {
            let settings = parse(text);
            assert_eq!((settings.width, settings.problems.is_empty()), (width, width == 60), "{text}");
        }
    }

    #[test]
    fn what_is_no_setting_is_said_wherever_it_stands() {
        let is_said = |text: &str| parse(text).problems.iter().map(|problem| problem.line).collect::<Vec<_>>();
        for (text, lines) in
            [("foo", vec![1]), ("# a\n\n- foo\n", vec![3]), (" foo: a\n", vec![1]), ("# a\n---\n", vec![])]
        {
            assert_eq!(is_said(text), lines, "{text}");
        }
    }

    #[test]
    fn a_file_of_rubbish_sets_nothing_and_is_said_in_one_line_each() {
        for text in ["[[[[", "\u{1b}[2J", ": : :", "- a\n- b", "%YAML 1.2", "a: &x [*x]", "\"", "width: \"\u{7}\""] {
            let settings = parse(text);
            let (path, problems) = (settings.path.clone(), settings.problems.clone());
            let before = Settings { path, problems, ..Settings::default() };
            assert_eq!(settings, before, "{text}");
            assert!(settings.problems.iter().all(|problem| !problem.to_string().contains(['\n', '\u{1b}'])));
        }
    }
}
