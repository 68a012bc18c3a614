//! The articles of some folders, and the only way to their bytes.
//!
//! It refuses to write: nothing is ever put into an article's folder.

pub mod article;
pub mod disk;
mod origin;
pub mod query;
pub mod sample;
pub mod scan;

pub use crate::parse::Tables;
pub use crate::parse::piece::Piece;
pub use article::Article;
pub use disk::LibraryError;
pub use origin::Origin;

use crate::document::Document;
use crate::parse::{Hint, epub, first, parse, parse_as_is};
use std::panic::{UnwindSafe, catch_unwind};
use std::sync::Arc;

/// The articles at hand, in the order they were found.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// All of them.
    pub articles: Vec<Article>,
}

impl Library {
    /// The library built into the binary.
    pub fn sample(tables: &Arc<Tables>) -> Self {
        let describe = |origin| Article::describe(origin, tables);
        Self { articles: Self::sample_origins().into_iter().map(describe).collect() }
    }

    /// Where the articles built into the binary are.
    pub fn sample_origins() -> Vec<Origin> {
        (0..sample::SEEDS.len()).map(Origin::Sample).collect()
    }

    /// What can be said of some articles without walking folders and reading bodies.
    pub fn glimpse(origins: &[Origin], tables: &Arc<Tables>) -> Self {
        let glimpse = |origin: &Origin| Article::glimpse(origin.clone(), tables);
        Self { articles: origins.iter().filter_map(glimpse).collect() }
    }

    /// The articles in some files and folders; what cannot be read is an article with a `problem`. What has been found
    /// so far is handed over in batches while the rest is looked for.
    pub fn scan(origins: &[Origin], tables: &Arc<Tables>, batch: impl FnMut(Vec<Article>)) -> Self {
        Self { articles: scan::scan(origins, tables, batch) }
    }
}

/// What there is of an article that has just been asked for.
#[derive(Debug, Clone)]
pub enum Begun {
    /// All of it.
    Whole(Document),
    /// Its start; [`open`] gives the whole.
    Piece(Piece),
}

/// Reads an article as its file has it: nothing that was garbled before is restored.
pub fn open_as_is(origin: &Origin, tables: &Arc<Tables>) -> Result<Document, LibraryError> {
    Ok(parse_as_is(&disk::read(origin)?, &hint(origin, tables)))
}

/// Reads and parses an article.
pub fn open(origin: &Origin, tables: &Arc<Tables>) -> Result<Document, LibraryError> {
    let bytes = disk::read(origin)?;
    let hint = hint(origin, tables);
    guarded(&hint, || parse(&bytes, &hint))
}

/// Reads an article and parses it, or only what it begins with where the whole takes a while.
pub fn begin(origin: &Origin, tables: &Arc<Tables>) -> Result<Begun, LibraryError> {
    let (mut bytes, size) = disk::read_start(origin)?;
    let hint = hint(origin, tables);
    if (bytes.len() as u64) < size && epub::is_book(&bytes, &hint.file_name) {
        bytes = disk::read(origin)?;
    }
    match guarded(&hint, || first(&bytes, size, &hint))? {
        Some(piece) => Ok(Begun::Piece(piece)),
        None if bytes.len() as u64 == size => guarded(&hint, || Begun::Whole(parse(&bytes, &hint))),
        None => open(origin, tables).map(Begun::Whole),
    }
}

/// What is known of an article besides its bytes.
fn hint(origin: &Origin, tables: &Arc<Tables>) -> Hint {
    Hint { file_name: origin.file_name(), tables: Arc::clone(tables) }
}

/// The parser cannot fail; should it do so all the same, it costs one article and not the reader.
fn guarded<T>(hint: &Hint, parse: impl FnOnce() -> T + UnwindSafe) -> Result<T, LibraryError> {
    catch_unwind(parse).map_err(|_| LibraryError::Broken { path: hint.file_name.clone().into() })
}
