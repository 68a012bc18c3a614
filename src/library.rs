//! The articles of some folders, and the only way to their bytes.
//!
//! It refuses to write: nothing is ever put into an article's folder.

pub mod article;
pub mod disk;
pub mod sample;

pub use article::{Article, Origin};
pub use disk::LibraryError;

use crate::document::Document;
use crate::parse::{Hint, parse};
use std::path::PathBuf;

/// The articles at hand, in the order they were found.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// All of them.
    pub articles: Vec<Article>,
}

impl Library {
    /// The library built into the binary.
    pub fn sample() -> Self {
        Self {
            articles: sample::SEEDS
                .iter()
                .enumerate()
                .map(|(index, _)| Article::describe(Origin::Sample(index)))
                .collect(),
        }
    }

    /// The articles in some files and folders; what cannot be read is an article with a `problem`.
    pub fn scan(paths: &[PathBuf]) -> Self {
        Self { articles: disk::find(paths).into_iter().map(|path| Article::describe(Origin::File(path))).collect() }
    }
}

/// Reads and parses an article.
pub fn open(origin: &Origin) -> Result<Document, LibraryError> {
    Ok(parse(&disk::read(origin)?, &Hint { file_name: origin.file_name() }))
}
