//! What was found wrong on reading, and how it is said. It refuses to mend: what cannot be read stays where it is.

use std::io;
use std::path::{Path, PathBuf};

/// What was found wrong on reading. Nothing of it is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Lines that are no records, with their files.
    pub bad: Vec<(PathBuf, Vec<u8>)>,
    /// Records of a newer version.
    pub newer: usize,
    /// Files and folders that could not be read, each as one line.
    pub unreadable: Vec<String>,
}

impl Health {
    /// All of it in one line; none if nothing is wrong.
    pub fn message(&self) -> Option<String> {
        let bad = (!self.bad.is_empty()).then(|| match self.bad.len() {
            1 => "1 line of the journal could not be read and was put aside".to_owned(),
            count => format!("{count} lines of the journal could not be read and were put aside"),
        });
        let parts: Vec<String> = self.unreadable.iter().cloned().chain(bad).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Remembers a file or folder that could not be read, once.
    pub(super) fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let what = format!("{}: {error}; marks in it are not shown until it can be read", path.display());
        if !self.unreadable.contains(&what) {
            self.unreadable.push(what);
        }
    }

    /// Remembers lines that are no records, each once.
    pub(super) fn bad(&mut self, lines: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) {
        for line in lines {
            if !self.bad.contains(&line) {
                self.bad.push(line);
            }
        }
    }
}
