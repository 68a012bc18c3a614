//! The file system as the journal uses it: few calls, each of which may fail, so that a test can let each fail once.
//!
//! It refuses to know what a journal is.

use std::fmt::Debug;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The calls.
pub trait Disk: Debug + Send {
    /// The files of a folder with their sizes in bytes; none if there is no such folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<(PathBuf, u64)>>;
    /// A file from a byte on.
    fn read(&self, path: &Path, from: u64) -> io::Result<Vec<u8>>;
    /// Makes a folder and those above it.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Waits for the lock that a file stands for; it is held until what is returned is dropped.
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Debug + Send>>;
    /// Opens a file to append to, readable by its owner only; makes it if there is none.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Log>>;
    /// Writes a whole file and waits until it is on the disk.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file another name, in the place of what has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Waits until the names in a folder are on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file that is appended to.
pub trait Log {
    /// Its size in bytes.
    fn size(&mut self) -> io::Result<u64>;
    /// Its last byte, if it has one.
    fn last(&mut self) -> io::Result<Option<u8>>;
    /// Appends by one call, which may write less than it is given; says how much.
    fn append(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Cuts off what stands behind a byte.
    fn cut(&mut self, size: u64) -> io::Result<()>;
    /// Waits until the contents are on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// The file system of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn list(&self, folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files = Vec::new();
        for entry in entries {
            let path = entry?.path();
            // Asked of the file itself: a link to one is one; what has gone in between is not there.
            match std::fs::metadata(&path) {
                Ok(metadata) if metadata.is_file() => files.push((path, metadata.len())),
                Ok(_) | Err(_) => {}
            }
        }
        files.sort();
        Ok(files)
    }

    fn read(&self, path: &Path, from: u64) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Debug + Send>> {
        let file = private().create(true).append(true).open(path)?;
        file.lock()?;
        Ok(Box::new(file))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Log>> {
        Ok(Box::new(private().read(true).append(true).create(true).open(path)?))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = private().write(true).create(true).truncate(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Only Unix lets a folder be opened as a file; elsewhere the names are the file system's own care.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }
}

impl Log for File {
    fn size(&mut self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn last(&mut self) -> io::Result<Option<u8>> {
        if self.size()? == 0 {
            return Ok(None);
        }
        self.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        self.read_exact(&mut last)?;
        let [last] = last;
        Ok(Some(last))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write(bytes)
    }

    fn cut(&mut self, size: u64) -> io::Result<()> {
        self.set_len(size)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

/// Options for files that are nobody else's business.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "modes are Unix's"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
