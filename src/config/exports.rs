//! Files that readers ask for: written whole or not at all, and none is replaced unasked.
//!
//! It refuses to know what is in them.

use crate::text::file_name;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// Where exports of the reader go, below the data folder.
const FOLDER: &str = "exports";
/// Exports of one title that are told apart by a number.
const NAMESAKES: usize = 9999;

/// Writes an export of the reader, named after a title, beside those there are; says where.
pub fn save(data: &Path, title: &str, text: &str) -> Result<PathBuf> {
    let folder = data.join(FOLDER);
    std::fs::create_dir_all(&folder)?;
    for count in 1..=NAMESAKES {
        let path = folder.join(file_name::of(title, ".md", count));
        match write(&path, text, false) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            other => return other.map(|()| path),
        }
    }
    Err(std::io::Error::new(ErrorKind::AlreadyExists, "there are too many exports of this title"))
}

/// Writes a file beside its place and moves it there. Without `force`, a file that is there already is an error.
pub fn write(path: &Path, text: &str, force: bool) -> Result<()> {
    if !force {
        // Taking the name first keeps others from taking it in between.
        OpenOptions::new().write(true).create_new(true).open(path)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    });
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
        if !force {
            let _ = std::fs::remove_file(path);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{save, write};

    #[test]
    fn none_is_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let first = save(folder.path(), "井/..", "一").unwrap();
        let second = save(folder.path(), "井/..", "二").unwrap();
        assert_eq!([&first, &second].map(|path| path.file_name().unwrap().to_str().unwrap()), ["井.md", "井 (2).md"]);
        assert!(write(&first, "三", false).is_err());
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "一");
        write(&first, "三", true).unwrap();
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "三");
        assert_eq!(std::fs::read_dir(first.parent().unwrap()).unwrap().count(), 2, "nothing else is left behind");
    }
}
