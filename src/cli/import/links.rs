//! The links of what is imported: to a file that is imported too they lead to what becomes of it, else to the page of the
//! web that they stand for.
//!
//! It refuses to change their words, and to guess: what is no file at hand stays as it was linked.

use super::images::{absolute, folder_of};
use super::store::Store;
use crate::app::ways::is_called;
use crate::document::address::{decoded, scheme};
use crate::document::{Document, Inline};
use crate::text::SafeText;
use crate::text::fold::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The files that are imported, and where each has gone; none for those whose turn is still to come.
#[derive(Debug, Default)]
pub struct Gone {
    files: BTreeMap<PathBuf, Option<PathBuf>>,
    /// Those with a name, with and without its ending, in one form.
    called: BTreeMap<String, Vec<PathBuf>>,
}

/// A link to a file at hand.
enum Link {
    /// It leads there from now on.
    Known(String),
    /// The turn of that file is still to come.
    Awaited,
}

impl Gone {
    /// Files that are to be imported.
    pub fn of<'a>(files: impl Iterator<Item = &'a Path>) -> Self {
        let files: BTreeMap<_, _> = files.filter_map(|file| Some((file.canonicalize().ok()?, None))).collect();
        let mut called: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for file in files.keys() {
            let names = [file.file_stem(), file.file_name()].map(|name| folded(name.unwrap_or_default()));
            for name in BTreeSet::from(names) {
                called.entry(name).or_default().push(file.clone());
            }
        }
        Self { files, called }
    }

    /// A file has gone somewhere.
    pub fn put(&mut self, file: &Path, to: PathBuf) {
        if let Some(place) = file.canonicalize().ok().and_then(|file| self.files.get_mut(&file)) {
            *place = Some(to);
        }
    }

    /// Sets the links of a document that goes into a folder. True if some lead to files whose turn is still to come.
    pub fn lead(&self, document: &mut Document, file: &Path, store: &Store) -> bool {
        let base = document.meta.url.clone();
        let mut awaits = false;
        for styled in document.blocks.iter_mut().flat_map(|block| &mut block.styles) {
            let found = match &styled.style {
                Inline::Link { url } => self.file(url, file, store, base.is_none()),
                Inline::Page { name } => self.page(name, file),
                _ => None,
            };
            awaits |= matches!(found, Some(Link::Awaited));
            match (&mut styled.style, found) {
                (Inline::Link { url } | Inline::Page { name: url }, Some(Link::Known(known))) => {
                    *url = SafeText::address(&known);
                }
                (Inline::Link { url }, _) => *url = absolute(url, base.as_deref()),
                _ => {}
            }
        }
        awaits
    }

    /// The file that a relative address leads to; an article from the web means its site, of what is not imported.
    fn file(&self, url: &str, file: &Path, store: &Store, is_local: bool) -> Option<Link> {
        if scheme(url).is_some() || url.starts_with(['#', '/']) {
            return None;
        }
        let (path, name) = url.split_at_checked(url.find('#').unwrap_or(url.len()))?;
        let path = decoded(path.split('?').next().unwrap_or_default());
        let linked = folder_of(file).join(path).canonicalize().ok().filter(|linked| linked.is_file())?;
        match self.files.get(&linked) {
            Some(Some(to)) => Some(Link::Known(format!("{}{name}", store.way_to(to)))),
            Some(None) => Some(Link::Awaited),
            // It stays where it is: another way leads there from the new folder.
            None if is_local => Some(Link::Known(format!("{}{name}", store.way_to(&linked)))),
            None => None,
        }
    }

    /// The file of a name, beside this one if there is one.
    fn page(&self, page: &str, file: &Path) -> Option<Link> {
        let (name, place) = page.split_at_checked(page.find('#').unwrap_or(page.len()))?;
        let folder = folder_of(file).canonicalize().ok()?;
        let last = name.trim().rsplit(['/', '\\']).next().unwrap_or_default();
        let alike = self.called.get(&fold(last).text)?.iter();
        let called = alike.filter(|file| is_called(&file.to_string_lossy(), name.trim()));
        let to = self.files.get(called.min_by_key(|file| file.parent() != Some(folder.as_path()))?)?;
        let stem = |to: &PathBuf| Some(to.file_stem()?.to_string_lossy().into_owned());
        match to.as_ref().map(stem) {
            None => Some(Link::Awaited),
            Some(stem) => Some(Link::Known(format!("{}{place}", stem?))),
        }
    }
}

/// A file's name in the form in which names are compared.
fn folded(name: &OsStr) -> String {
    fold(&name.to_string_lossy()).text
}
