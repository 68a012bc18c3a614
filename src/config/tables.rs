//! What a reader has added to the tables that scraped text is known by: files of the same names in a folder beside the
//! settings.
//!
//! It refuses to understand them: it reads files.

use super::{Problem, file};
use std::path::{Path, PathBuf};

/// The folder in that of the configuration.
const FOLDER: &str = "tables";

/// A file of rows for a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Additions {
    /// The file's name, which is the table's.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// The folder of the tables.
pub fn folder(config: &Path) -> PathBuf {
    config.join(FOLDER)
}

/// The files in the folder of the tables that have the name of one; what else is there, or
/// cannot be read, is said. Hidden files and the copies that editors leave are nobody's business.
pub fn read<'a>(config: &Path, names: impl Iterator<Item = &'a str> + Clone) -> (Vec<Additions>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let entries = std::fs::read_dir(folder(config)).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(['.', '#']) || name.ends_with('~') {
            continue;
        }
        let mut problem = |what: String| problems.push(Problem { path: path.clone(), line: 0, what });
        if names.clone().all(|known| known != name) {
            let known = names.clone().collect::<Vec<_>>().join(", ");
            problem(format!("is the name of no table; those are {known}"));
            continue;
        }
        match file::text(&path) {
            Ok(text) => found.push(Additions { file: name, path, text }),
            Err(error) => problem(format!("{error}; the built-in table holds until it can be read")),
        }
    }
    (found, problems)
}

#[cfg(test)]
mod tests {
    use super::{folder, read};

    #[test]
    fn files_are_read_by_name_and_others_are_told_of() {
        let config = tempfile::tempdir().unwrap();
        let names = ["a.tsv", "b.tsv"];
        assert_eq!(read(config.path(), names.into_iter()), (Vec::new(), Vec::new()));
        let tables = folder(config.path());
        std::fs::create_dir(&tables).unwrap();
        for (name, text) in [("b.tsv", "\u{feff}tail\t茶\n"), ("c.tsv", ""), (".swp", ""), ("a.tsv~", "")] {
            std::fs::write(tables.join(name), text).unwrap();
        }
        std::fs::create_dir(tables.join("a.tsv")).unwrap();
        let (found, problems) = read(config.path(), names.into_iter());
        let found: Vec<(&str, &str)> = found.iter().map(|one| (one.file.as_str(), one.text.as_str())).collect();
        assert_eq!(found, [("b.tsv", "tail\t茶\n")]);
        let said: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
        let expected = [
            "is not a file; the built-in table holds until it can be read",
            "is the name of no table; those are a.tsv, b.tsv",
        ];
        assert_eq!(said, expected);
    }
}
