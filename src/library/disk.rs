//! Reads files. The only place in the library that does; special files, huge files and loops stop here.

use super::{Origin, sample};
use std::path::PathBuf;

/// Why an article could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The file system refused.
    #[error("{}: {source}; check that the file exists and may be read", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// The files that hold articles, under some files and folders.
pub fn find(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut entries: Vec<_> =
                std::fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
            entries.sort();
            found.extend(find(&entries));
        } else {
            found.push(path.clone());
        }
    }
    found
}

/// An article's bytes.
pub fn read(origin: &Origin) -> Result<Vec<u8>, LibraryError> {
    match origin {
        Origin::File(path) => std::fs::read(path).map_err(|source| LibraryError::Io { path: path.clone(), source }),
        Origin::Sample(index) => {
            Ok(sample::SEEDS.get(*index).map(|(_, text)| text.as_bytes().to_vec()).unwrap_or_default())
        }
        Origin::Input(bytes) => Ok(bytes.to_vec()),
    }
}
