//! The folder that articles are imported into. Files appear whole or not at all, and none is replaced unasked.
//!
//! It refuses names with folders in them, but for that of the images.

use super::front::{ORIGINAL, quoted};
use super::images;
use crate::text::file_name;
use std::fs::File;
use std::io::{ErrorKind, Read, Result, Write};
use std::path::{Component, Path, PathBuf};

/// Articles of one title that are told apart by a number.
const NAMESAKES: usize = 999;
/// Bytes of an article among which its front matter stands.
const HEAD: u64 = 64 << 10;

/// Where an article goes.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// There is no such file yet, or it is to be replaced.
    Free(PathBuf),
    /// The article was imported before.
    Taken(PathBuf),
}

/// A folder of imported articles: as it was named, and whole.
pub struct Store {
    folder: PathBuf,
    whole: PathBuf,
    force: bool,
}

impl Store {
    /// The folder, made if need be.
    pub fn open(folder: &Path, force: bool) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), whole: folder.canonicalize()?, force })
    }

    /// A folder in it, which is made once something is written there.
    #[must_use]
    pub fn below(&self, way: &Path) -> Self {
        Self { folder: self.folder.join(way), whole: self.whole.join(way), force: self.force }
    }

    /// The same folder, in which what is made of a file replaces what was made of it before.
    #[must_use]
    pub fn replacing(&self) -> Self {
        Self { force: true, ..self.below(Path::new("")) }
    }

    /// Whether a file is in it.
    pub fn holds(&self, file: &Path) -> bool {
        file.canonicalize().is_ok_and(|file| file.starts_with(&self.whole))
    }

    /// How the way to a file is written from the folder, so that it holds when both move together.
    pub fn way_to(&self, file: &Path) -> String {
        let Ok(file) = file.canonicalize() else { return file.to_string_lossy().into_owned() };
        let common = self.whole.components().zip(file.components()).take_while(|(one, other)| one == other).count();
        // Nothing in common but the root: the whole path is shorter and says more.
        if common <= 1 {
            return file.to_string_lossy().into_owned();
        }
        let up = self.whole.components().skip(common).map(|_| Component::ParentDir);
        let way: PathBuf = up.chain(file.components().skip(common)).collect();
        way.to_string_lossy().replace('\\', "/")
    }

    /// The place of the article of a title that was made from `original`.
    pub fn place(&self, title: &str, original: &str) -> Result<Place> {
        for count in 1..=NAMESAKES {
            let path = self.folder.join(file_name::of(title, ".md", count));
            match original_of(&path)? {
                None => return Ok(Place::Free(path)),
                Some(other) if other == quoted(original) => {
                    return Ok(if self.force { Place::Free(path) } else { Place::Taken(path) });
                }
                // Another article of the same title.
                Some(_) => {}
            }
        }
        Err(std::io::Error::new(ErrorKind::AlreadyExists, "there are too many articles of this title"))
    }

    /// Writes an article and its images, the images first.
    pub fn write<'a>(
        &self,
        path: &Path,
        text: &str,
        images: impl Iterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<usize> {
        std::fs::create_dir_all(&self.folder)?;
        let mut count = 0;
        for (name, bytes) in images {
            std::fs::create_dir_all(self.folder.join(images::FOLDER))?;
            let image = self.folder.join(name);
            // The name is made of the content: what is there already is the same, unless it was cut short.
            if std::fs::metadata(&image).map_or(0, |data| data.len()) != bytes.len() as u64 {
                replace(&image, bytes)?;
            }
            count += 1;
        }
        replace(path, text.as_bytes())?;
        Ok(count)
    }
}

/// What a file was made from, empty if it does not say; none if there is nothing of that name.
fn original_of(path: &Path) -> Result<Option<String>> {
    let file = match std::fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => File::open(path)?,
        Ok(_) => return Ok(Some(String::new())),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    Ok(Some(head.lines().find_map(|line| line.strip_prefix(ORIGINAL)).unwrap_or_default().to_owned()))
}

/// Writes a file beside its place and moves it there.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = images::folder_of(path);
    let beside = folder.join(format!(".zhai-import-{}", std::process::id()));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    });
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}
