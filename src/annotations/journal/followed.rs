//! How far the journals have been read: a look every second reads only what is new in them.
//!
//! It refuses to know what a line says, only where lines end.

use super::disk::Disk;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Bytes before a known end that tell whether a file was only appended to.
const TRACE: usize = 64;

/// What has been read of every file.
#[derive(Debug, Default)]
pub struct Followed {
    files: HashMap<PathBuf, Seen>,
}

/// How much of a file has been read.
#[derive(Debug, Clone, Default)]
struct Seen {
    /// Bytes, up to the end of a line.
    end: u64,
    /// The size it had then.
    size: u64,
    /// The last bytes before `end`.
    trace: Vec<u8>,
}

impl Followed {
    /// Whether no file is known.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What is new in a file that has some size now, known as read from here on; none if the size is the one it had.
    pub fn news(&mut self, disk: &dyn Disk, path: &Path, size: u64, is_first: bool) -> io::Result<Option<Vec<u8>>> {
        let known = self.files.get(path);
        if known.is_some_and(|seen| seen.size == size) {
            return Ok(None);
        }
        let (from, mut bytes) = tail(disk, path, known)?;
        let size = from + bytes.len() as u64;
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        // Somebody may be writing the last line; at the start it is as torn as it will ever be, but may be whole.
        self.files.insert(path.to_owned(), Seen { end: from + end as u64, size, trace: trace(&bytes[..end]) });
        if !is_first {
            bytes.truncate(end);
        }
        Ok(Some(bytes))
    }

    /// Knows what was appended here to a file of some size, if all of that was known.
    pub fn appended(&mut self, path: PathBuf, size: u64, written: &[u8]) {
        let seen = self.files.entry(path).or_default();
        if seen.end == size {
            let end = size + written.len() as u64;
            *seen = Seen { end, size: end, trace: trace(written) };
        }
    }

    /// Knows all of a file that was written here.
    pub fn written(&mut self, path: PathBuf, bytes: &[u8]) {
        let size = bytes.len() as u64;
        self.files.insert(path, Seen { end: size, size, trace: trace(bytes) });
    }

    /// Knows nothing of a file that is no longer there.
    pub fn forget(&mut self, path: &Path) {
        self.files.remove(path);
    }
}

/// What stands in a file behind what has been read, and where that begins; all of it, if the file is not the one that
/// was read.
fn tail(disk: &dyn Disk, path: &Path, seen: Option<&Seen>) -> io::Result<(u64, Vec<u8>)> {
    if let Some(seen) = seen.filter(|seen| seen.end > 0) {
        let mut bytes = disk.read(path, seen.end - seen.trace.len() as u64)?;
        if bytes.starts_with(&seen.trace) {
            return Ok((seen.end, bytes.split_off(seen.trace.len())));
        }
    }
    Ok((0, disk.read(path, 0)?))
}

/// The last bytes of a text.
fn trace(bytes: &[u8]) -> Vec<u8> {
    bytes[bytes.len().saturating_sub(TRACE)..].to_vec()
}
