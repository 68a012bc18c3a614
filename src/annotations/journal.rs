//! The only reader and writer of the journal's files: one file per device, appended to, merged on reading.
//!
//! It refuses to rewrite a file, its own or another device's: a synchroniser may carry them.

use super::{Annotations, Change, Record};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The journal in one folder.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    device: Option<String>,
    /// The newest time seen, in milliseconds: the clock never runs behind what has been read.
    newest: u64,
}

/// What can go wrong with the journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file system refused.
    #[error("{}: {source}; not saved, make the folder writable or set ZHAI_DATA_DIR", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Journal {
    /// Opens the journal of a folder (made when first written to) and folds what it holds, oldest first. Lines that
    /// cannot be read are passed over and stay in their files.
    pub fn open(folder: &Path) -> Result<(Self, Annotations), JournalError> {
        let mut records: Vec<Record> = Vec::new();
        for path in files(folder) {
            let text = std::fs::read(&path).map_err(|source| JournalError::Io { path, source })?;
            let text = String::from_utf8_lossy(&text);
            records.extend(text.lines().filter_map(|line| serde_json::from_str::<Record>(line).ok()));
        }
        records.sort_by(|a, b| a.time.cmp(&b.time));
        let newest = records.last().and_then(|record| record.time.parse().ok()).unwrap_or_default();
        let mut annotations = Annotations::default();
        for record in &records {
            annotations.apply(&record.change);
        }
        Ok((Self { folder: folder.to_owned(), device: None, newest }, annotations))
    }

    /// Stamps a change and writes it for good before it returns.
    pub fn append(&mut self, change: Change) -> Result<Record, JournalError> {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64);
        self.newest = wall.max(self.newest + 1);
        let record = Record { time: format!("{:020}", self.newest), change };
        let kind = if matches!(record.change, Change::SetReading(_)) { "pos" } else { "marks" };
        let path = self.folder.clone();
        let device = self.device().map_err(|source| JournalError::Io { path, source })?;
        let path = self.folder.join(format!("{kind}-{device}.jsonl"));
        write_line(&path, &record).map_err(|source| JournalError::Io { path, source })?;
        Ok(record)
    }

    /// The name of this device, made and kept when first needed.
    fn device(&mut self) -> std::io::Result<String> {
        if let Some(device) = &self.device {
            return Ok(device.clone());
        }
        std::fs::create_dir_all(&self.folder)?;
        let path = self.folder.join("device");
        let known = std::fs::read_to_string(&path).unwrap_or_default();
        let known = known.trim();
        let is_name = !known.is_empty() && known.chars().all(|c| c.is_ascii_alphanumeric());
        let device = if is_name { known.to_owned() } else { format!("{:x}{:x}", self.newest, std::process::id()) };
        if !is_name {
            std::fs::write(&path, &device)?;
        }
        self.device = Some(device.clone());
        Ok(device)
    }
}

/// The journal files of all devices, conflict copies of synchronisers included.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_journal = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        (name.starts_with("marks-") || name.starts_with("pos-")) && name.contains(".jsonl")
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_journal).collect();
    files.sort();
    files
}

/// Appends one line under a lock; a torn last line is ended first, and a failed write is taken back.
fn write_line(path: &Path, record: &Record) -> std::io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    file.lock()?;
    let length = file.metadata()?.len();
    let mut line = if ends_torn(&mut file, length)? { vec![b'\n'] } else { Vec::new() };
    serde_json::to_writer(&mut line, record)?;
    line.push(b'\n');
    let written = file.write_all(&line).and_then(|()| file.sync_data());
    if written.is_err() {
        let _ = file.set_len(length);
    }
    written
}

fn ends_torn(file: &mut File, length: u64) -> std::io::Result<bool> {
    if length == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::Start(length - 1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(test)]
mod tests {
    use super::Journal;
    use crate::annotations::{Bookmark, Change};
    use crate::document::{Identity, Passage};
    use std::io::Write;

    fn bookmark(id: &str) -> Change {
        let passage = Passage { quote: "一句话。".to_owned(), ..Passage::default() };
        let article = Identity::default();
        Change::SetBookmark(Bookmark {
            id: id.to_owned(),
            article,
            passage,
            note: String::new(),
            created: id.to_owned(),
        })
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(folder.path()).unwrap();
        for change in [bookmark("a"), bookmark("b"), Change::RemoveBookmark { id: "a".to_owned() }] {
            journal.append(change).unwrap();
        }
        let (_, annotations) = Journal::open(folder.path()).unwrap();
        let ids: Vec<_> = annotations.bookmarks(None).iter().map(|bookmark| bookmark.id.clone()).collect();
        assert_eq!(ids, ["b"]);
    }

    #[test]
    fn a_torn_line_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(folder.path()).unwrap();
        journal.append(bookmark("a")).unwrap();
        let path = super::files(folder.path()).pop().unwrap();
        std::fs::OpenOptions::new().append(true).open(path).unwrap().write_all(b"{\"time\":\"torn").unwrap();
        journal.append(bookmark("b")).unwrap();
        let (_, annotations) = Journal::open(folder.path()).unwrap();
        assert_eq!(annotations.bookmarks(None).len(), 2);
    }
}
