//! The journal: one file of JSON Lines for each device and kind, appended to, merged on reading.
//!
//! ```text
//! marks-<device>.jsonl   bookmarks, notes, marks: rare and precious, on the disk before `append` returns
//! pos-<device>.jsonl     reading positions and times: written at once, on the disk within ten seconds
//! ```
//!
//! Whatever lies in the folder under such a name is read, the conflict copies of synchronisers too; only files of this
//! device are written. It refuses to fail on reading: what cannot be read is counted and stays where it is.

mod device;
pub mod disk;
#[cfg(test)]
mod faults;
mod followed;
mod glance;
mod health;
mod kind;
mod line;
mod live;
mod scan;
mod taking;
mod texts;
mod upkeep;

pub use health::Health;
pub use taking::{Taken, is_records};

use super::said::Said;
use super::{Annotations, Change, Record, Stamp, clock};
use disk::{Disk, Log, RealDisk};
use followed::Followed;
use kind::{Kind, is_journal};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a reading position may wait for the disk.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait before trying again to save what could not be saved.
const RETRY: Duration = Duration::from_secs(30);
/// The journal in one folder.
#[derive(Debug)]
pub struct Journal {
    disk: Box<dyn Disk>,
    /// Where the journals are; a synchroniser may carry it.
    folder: PathBuf,
    /// What is this machine's own: the device's name, the lock, backups, lines that could not be read.
    private: PathBuf,
    /// Where that is which tells this machine from others, if its system does not; nothing carries it anywhere.
    machine: PathBuf,
    /// Where that goes which can be saved nowhere else.
    rescue: PathBuf,
    device: Option<String>,
    /// The newest time seen or given: the clock never runs behind what has been read.
    newest: u64,
    seen: Followed,
    /// Of the files of each kind, which one is written: after a failed sync a file is not to be trusted.
    numbers: [u32; 2],
    /// Changes with their times that are in no file.
    unsaved: Vec<(u64, Change)>,
    tried: Option<Instant>,
    /// Positions that are in a file, but not yet known to be on the disk.
    unsynced: Vec<(u64, Change)>,
    synced: Instant,
    has_written: bool,
    health: Health,
}

/// What can go wrong with the journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file system refused.
    #[error("{what} not saved: {}: {source}; {}", path.display(), next.advice(source))]
    Io {
        /// What could not be saved.
        what: String,
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
        /// What comes of it.
        next: Next,
    },
}

/// What comes of changes that the file system refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// They are tried again.
    Tried,
    /// They are kept in a file, to be taken in again.
    Kept(PathBuf),
    /// They are still where they came from.
    Left,
}

impl Next {
    fn advice(&self, error: &io::Error) -> String {
        let remedy = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "make the folder writable or set ZHAI_DATA_DIR"
            }
            _ => "",
        };
        let after = |word: &str| if remedy.is_empty() { String::new() } else { format!("{remedy}{word} ") };
        match self {
            Self::Tried => format!("{}zhai tries again", after(",")),
            Self::Kept(path) => {
                format!("{}`zhai bookmarks import {}` takes it in", after(", then"), taking::word(path))
            }
            Self::Left => format!("{}try again", after(" and")),
        }
    }
}

impl Journal {
    /// Opens the journal of a folder, which is made when first written to, and folds what it holds.
    pub fn open(folder: &Path) -> (Self, Annotations) {
        Self::open_shared(folder, folder, folder)
    }

    /// Opens the journal of a folder that other machines share; what is this machine's own is in `private`. Journals
    /// that lie there, from before the folder was shared, are read too. Even that folder may be carried to other machines;
    /// `machine` is one that never is.
    pub fn open_shared(folder: &Path, private: &Path, machine: &Path) -> (Self, Annotations) {
        Self::open_on(Box::new(RealDisk), folder, private, machine)
    }

    /// Opens the journal on some file system.
    pub fn open_on(disk: Box<dyn Disk>, folder: &Path, private: &Path, machine: &Path) -> (Self, Annotations) {
        let mut journal = Self {
            disk,
            folder: folder.to_owned(),
            private: private.to_owned(),
            machine: machine.to_owned(),
            rescue: std::env::temp_dir(),
            device: None,
            newest: 0,
            seen: Followed::default(),
            numbers: [1; 2],
            unsaved: Vec::new(),
            tried: None,
            unsynced: Vec::new(),
            synced: Instant::now(),
            has_written: false,
            health: Health::default(),
        };
        let mut annotations = Annotations::default();
        journal.news(|said| annotations.hear(said));
        (journal, annotations)
    }

    /// What was found wrong on reading.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// Changes that are not on the disk, having been refused; they are tried again.
    pub fn unsaved(&self) -> usize {
        self.unsaved.len()
    }

    /// Stamps a change and writes it. A mark is on the disk when this returns; a position is in the file, and on the
    /// disk soon. What cannot be written is kept and tried again by later calls.
    pub fn append(&mut self, change: Change) -> Result<(), JournalError> {
        self.newest = Stamp::at(clock::millis()).max(self.newest.saturating_add(1));
        self.unsaved.push((self.newest, change));
        self.save()
    }

    /// What other instances and other devices have written since the last call; cheap enough for every second. Tries
    /// again, now and then, to save what could not be saved.
    pub fn poll(&mut self) -> Vec<Record> {
        if !self.unsaved.is_empty() && self.tried.is_none_or(|tried| tried.elapsed() >= RETRY) {
            // The failure has been said; what is left is still counted.
            let _ = self.save();
        }
        let mut records = Vec::new();
        self.news(|said| records.extend(said.into_iter().map(Record::from)));
        records
    }

    /// Saves what is not saved, and does what is due: backup, compaction, lines that could not be read put aside. What
    /// still cannot be saved is written to the folder for temporary files.
    pub fn close(&mut self) -> Result<(), JournalError> {
        let saved = self.save().and_then(|()| self.sync_positions()).or_else(|_| self.save());
        if self.has_written {
            self.maintain();
        }
        saved.map_err(|error| self.rescue(error))
    }

    /// Writes everything that is in no file, and lets no position wait too long for the disk.
    fn save(&mut self) -> Result<(), JournalError> {
        self.tried = Some(Instant::now());
        for kind in Kind::ALL {
            if self.unsaved.iter().any(|(_, change)| Kind::of(change) == kind) {
                self.write(kind)?;
                let (written, rest) = self.unsaved.drain(..).partition(|(_, change)| Kind::of(change) == kind);
                self.unsaved = rest;
                self.has_written = true;
                if kind == Kind::Positions {
                    self.unsynced.extend::<Vec<_>>(written);
                }
            }
        }
        if self.synced.elapsed() >= PATIENCE { self.sync_positions() } else { Ok(()) }
    }

    /// Appends what is in no file to this device's file of a kind, under the lock.
    fn write(&mut self, kind: Kind) -> Result<(), JournalError> {
        let path = self.own(kind)?;
        self.put(kind, path, &self.lines(kind))
    }

    /// Appends lines to a file of this device, under the lock.
    fn put(&mut self, kind: Kind, path: PathBuf, lines: &str) -> Result<(), JournalError> {
        let _lock = self.disk.lock(&self.private.join("lock")).map_err(|error| self.refused(&path, error))?;
        let mut log = self.disk.open(&path).map_err(|error| self.refused(&path, error))?;
        let size = log.size().map_err(|error| self.refused(&path, error))?;
        let written = add(log.as_mut(), size, lines.as_bytes()).map_err(|error| self.refused(&path, error))?;
        let synced = match kind {
            Kind::Marks => log.sync(),
            Kind::Positions => Ok(()),
        };
        let synced = synced.and_then(|()| if size == 0 { self.disk.sync_folder(&self.folder) } else { Ok(()) });
        if let Err(error) = synced {
            // The pages count as clean after a failed sync: another try on this file would succeed and mean nothing.
            let _ = log.cut(size);
            self.numbers[kind as usize] += 1;
            return Err(self.refused(&path, error));
        }
        self.seen.appended(path, size, &written);
        Ok(())
    }

    /// The lines of what is in no file.
    fn lines(&self, kind: Kind) -> String {
        let device = self.device.as_deref().unwrap_or_default();
        let of_kind = self.unsaved.iter().filter(|(_, change)| Kind::of(change) == kind);
        of_kind.map(|(time, change)| line::write(change, &Stamp::write(*time, device))).collect()
    }

    /// Waits until the positions are on the disk. Those of a failed sync are written again, to another file.
    fn sync_positions(&mut self) -> Result<(), JournalError> {
        self.synced = Instant::now();
        if self.unsynced.is_empty() {
            return Ok(());
        }
        let path = self.own(Kind::Positions)?;
        let written = std::mem::take(&mut self.unsynced);
        self.disk.open(&path).and_then(|mut log| log.sync()).map_err(|error| {
            self.numbers[Kind::Positions as usize] += 1;
            self.unsaved.extend(written);
            self.refused(&path, error)
        })
    }

    /// Keeps what cannot be saved where there is still room.
    fn rescue(&mut self, error: JournalError) -> JournalError {
        let path = self.rescue.join(format!("zhai-unsaved-{}.jsonl", clock::ulid()));
        let lines = Kind::ALL.map(|kind| self.lines(kind)).concat();
        if lines.is_empty() || self.disk.write(&path, lines.as_bytes()).is_err() {
            return error;
        }
        self.unsaved.clear();
        let JournalError::Io { what, path: refused, source, .. } = error;
        JournalError::Io { what, path: refused, source, next: Next::Kept(path) }
    }

    fn refused(&self, path: &Path, source: io::Error) -> JournalError {
        let count = |kind: Kind, one: &str, many: &str| match self
            .unsaved
            .iter()
            .filter(|(_, change)| Kind::of(change) == kind)
            .count()
        {
            0 => None,
            1 => Some(one.to_owned()),
            number => Some(format!("{number} {many}")),
        };
        let parts = [
            count(Kind::Marks, "a mark", "marks"),
            count(Kind::Positions, "the reading position", "reading positions"),
        ];
        let what = parts.into_iter().flatten().collect::<Vec<_>>().join(" and ");
        JournalError::Io { what, path: path.to_owned(), source, next: Next::Tried }
    }

    /// The file that this device writes to.
    fn own(&mut self, kind: Kind) -> Result<PathBuf, JournalError> {
        let device = self.device()?;
        let number = match self.numbers[kind as usize] {
            1 => String::new(),
            number => format!("-{number}"),
        };
        Ok(self.folder.join(format!("{}-{device}{number}.jsonl", kind.name())))
    }

    /// Tells the records behind what has been read.
    fn news(&mut self, mut hear: impl FnMut(Vec<Said>)) {
        let is_first = self.seen.is_empty();
        let files = self.files();
        let (mut newest, mut newer, mut bad) = (self.newest, 0, Vec::new());
        let texts =
            files.into_iter().filter_map(|(path, size)| self.text(&path, size, is_first).map(|text| (path, text)));
        texts::read(texts, |read| {
            newer += read.newer;
            bad.push((read.number, read.bad));
            newest = read.said.iter().map(|said| said.stamp.time).fold(newest, u64::max);
            hear(read.said);
        });
        self.newest = newest;
        self.health.newer += newer;
        bad.sort_by_key(|(number, _)| *number);
        self.health.bad(bad.into_iter().flat_map(|(_, bad)| bad));
    }

    /// What is new in a file.
    fn text(&mut self, path: &Path, size: u64, is_first: bool) -> Option<Vec<u8>> {
        let news = self.seen.news(self.disk.as_ref(), path, size, is_first);
        news.map_err(|error| self.health.unreadable(path, &error)).ok()?
    }

    /// The journal files of all devices with their sizes.
    fn files(&mut self) -> Vec<(PathBuf, u64)> {
        let mut files = Vec::new();
        let folders = [Some(self.folder.clone()), (self.private != self.folder).then(|| self.private.clone())];
        for folder in folders.into_iter().flatten() {
            match self.disk.list(&folder) {
                Ok(found) => files.extend(found.into_iter().filter(|(path, _)| is_journal(path))),
                Err(error) => self.health.unreadable(&folder, &error),
            }
        }
        files
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // Whoever wants to know calls `close`; a second time it has nothing left to do.
        let _ = self.close();
    }
}

/// The line that a change is written as, for tools that make journals: a time in milliseconds, and the device's name.
pub fn line(change: &Change, millis: u64, device: &str) -> String {
    line::write(change, &Stamp::write(Stamp::at(millis), device))
}

/// Appends lines by one write; a torn last line is ended first, and a failed write is taken back. Gives what was written.
fn add(log: &mut dyn Log, size: u64, lines: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(lines.len() + 1);
    if log.last()?.is_some_and(|last| last != b'\n') {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(lines);
    match log.append(&bytes) {
        Ok(written) if written == bytes.len() => Ok(bytes),
        Ok(_) => {
            let _ = log.cut(size);
            Err(io::ErrorKind::StorageFull.into())
        }
        Err(error) => {
            let _ = log.cut(size);
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Journal;
    use crate::annotations::{Annotations, Bookmark, Change, Edit, Reading};
    use crate::document::{ArticleId, Identity, Passage};
    use std::fs;
    use std::path::Path;

    fn bookmark(id: &str) -> Change {
        let passage = Passage { quote: "一句话。".to_owned(), ..Passage::default() };
        Change::SetBookmark(Bookmark { id: id.to_owned(), passage, created: id.to_owned(), ..Bookmark::default() })
    }

    fn ids(annotations: &Annotations) -> Vec<String> {
        annotations.bookmarks(None).iter().map(|bookmark| bookmark.id.clone()).collect()
    }

    fn own_marks(folder: &Path) -> std::path::PathBuf {
        let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        all.into_iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with("marks-")).unwrap()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(folder.path());
        for change in [bookmark("a"), bookmark("b"), Change::RemoveBookmark { id: "a".to_owned() }] {
            journal.append(change).unwrap();
        }
        let (_, annotations) = Journal::open(folder.path());
        assert_eq!(ids(&annotations), ["b"]);
    }

    #[test]
    fn a_torn_line_costs_only_itself_and_is_said_and_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(folder.path());
        journal.append(bookmark("a")).unwrap();
        let path = own_marks(folder.path());
        let mut text = fs::read(&path).unwrap();
        text.extend_from_slice(b"{\"v\":1,\"id\":\"torn \xe4\xb8");
        fs::write(&path, text).unwrap();
        journal.append(bookmark("b")).unwrap();
        drop(journal);
        let (mut journal, annotations) = Journal::open(folder.path());
        assert_eq!(ids(&annotations), ["a", "b"]);
        let message = journal.health().message();
        assert_eq!(message.as_deref(), Some("1 line of the journal could not be read and was put aside"));
        journal.append(bookmark("c")).unwrap();
        journal.close().unwrap();
        let aside: Vec<_> = fs::read_dir(folder.path().join("quarantine")).unwrap().collect();
        assert_eq!(aside.len(), 1);
    }

    #[test]
    fn another_instance_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (mut one, _) = Journal::open(folder.path());
        let (mut two, mut annotations) = Journal::open(folder.path());
        one.append(bookmark("a")).unwrap();
        two.append(bookmark("b")).unwrap();
        one.append(bookmark("c")).unwrap();
        for record in two.poll() {
            annotations.fold(record);
        }
        assert!(annotations.bookmark("a").is_some() && annotations.bookmark("c").is_some());
        assert_eq!(two.poll(), Vec::new(), "nothing is read twice");
        // A synchroniser puts another file in the place of the one that was read.
        let path = own_marks(folder.path());
        let text = fs::read_to_string(&path).unwrap();
        let turned: Vec<&str> = text.lines().rev().collect();
        fs::write(&path, format!("{}\n\n", turned.join("\n"))).unwrap();
        assert_eq!(two.poll().len(), 3, "all of it is read again");
    }

    #[test]
    fn copies_of_synchronisers_are_merged() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(folder.path());
        for id in ["a", "b", "c"] {
            journal.append(bookmark(id)).unwrap();
        }
        let note = Edit { id: "a".to_owned(), note: Some("注".to_owned()), ..Edit::default() };
        journal.append(Change::EditBookmark(note)).unwrap();
        drop(journal);
        let path = own_marks(folder.path());
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let both = format!("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n", lines[0], lines[1]);
        for (copy, text) in [
            (format!("{name}.sync-conflict-20260101-120000-ABCDEFG.jsonl"), lines[3].to_owned()),
            (format!("{name} (laptop's conflicted copy 2026-01-01).jsonl"), format!("{}\r\n", lines[2])),
            (format!("{name}.jsonl.orig"), both),
        ] {
            fs::write(folder.path().join(copy), text).unwrap();
        }
        fs::remove_file(&path).unwrap();
        let (journal, annotations) = Journal::open(folder.path());
        assert_eq!(ids(&annotations), ["a", "b", "c"]);
        assert_eq!(annotations.bookmark("a").unwrap().note, "注");
        assert_eq!(journal.health().message(), None);
    }

    #[test]
    fn a_clock_that_was_a_year_ahead_wins_nothing_later() {
        let folder = tempfile::tempdir().unwrap();
        let ahead = crate::annotations::Stamp::at(super::clock::millis() + 365 * 86_400_000);
        let line = super::line::write(&bookmark("a"), &crate::annotations::Stamp::write(ahead, "other"));
        fs::create_dir_all(folder.path()).unwrap();
        fs::write(folder.path().join("marks-other.jsonl"), line).unwrap();
        let (mut journal, _) = Journal::open(folder.path());
        journal.append(Change::RemoveBookmark { id: "a".to_owned() }).unwrap();
        assert_eq!(ids(&Journal::open(folder.path()).1), Vec::<String>::new());
    }

    #[test]
    fn a_shared_folder_keeps_what_is_private_apart() {
        let library = tempfile::tempdir().unwrap();
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let shared = library.path().join(".zhai");
        let (mut old, _) = Journal::open(one.path());
        old.append(bookmark("before")).unwrap();
        drop(old);
        let (mut first, annotations) = Journal::open_shared(&shared, one.path(), one.path());
        assert_eq!(ids(&annotations), ["before"], "what was there before the folder was shared");
        first.append(bookmark("one")).unwrap();
        let (mut second, annotations) = Journal::open_shared(&shared, two.path(), two.path());
        assert_eq!(ids(&annotations), ["one"]);
        second.append(bookmark("two")).unwrap();
        assert_ne!(first.introduce(), second.introduce());
        drop((first, second));
        let names = fs::read_dir(&shared).unwrap().count();
        assert_eq!(names, 3, "one file a device, and what was there before");
        let (third, annotations) = Journal::open_shared(&shared, two.path(), two.path());
        assert_eq!(ids(&annotations), ["before", "one", "two"], "the other device sees it too");
        drop(third);
        let (_, annotations) = Journal::open(one.path());
        assert_eq!(ids(&annotations), [""; 0], "it was moved, not copied");
    }

    #[test]
    fn compaction_changes_nothing_but_the_size() {
        let folder = tempfile::tempdir().unwrap();
        let article = Identity { id: ArticleId("一".to_owned()), path: "一.md".to_owned(), ..Identity::default() };
        let (mut journal, _) = Journal::open(folder.path());
        for progress in 0..50 {
            let reading = Reading { article: article.clone(), progress, ..Reading::default() };
            journal.append(Change::SetReading(reading)).unwrap();
            let note = Some(progress.to_string());
            let edit = Edit { id: "a".to_owned(), note, ..Edit::default() };
            journal.append(if progress == 0 { bookmark("a") } else { Change::EditBookmark(edit) }).unwrap();
            let mark = |letter| Change::SetMark { letter, article: article.clone(), passage: Passage::default() };
            journal.append(mark('a')).unwrap();
            journal.append(mark('b')).unwrap();
        }
        journal.append(Change::RemoveMark { letter: 'a', article: article.clone() }).unwrap();
        let marks = own_marks(folder.path());
        let foreign = "{\"v\":9,\"op\":\"mark.dance\",\"id\":\"x\"}\n";
        fs::write(&marks, fs::read_to_string(&marks).unwrap() + foreign).unwrap();
        let before = fs::metadata(&marks).unwrap().len();
        for kind in super::Kind::ALL {
            assert!(journal.compact(kind, 0).unwrap());
        }
        assert!(fs::metadata(&marks).unwrap().len() * 5 < before);
        assert!(fs::read_to_string(&marks).unwrap().ends_with(foreign), "what is not understood stays");
        let (mut after, annotations) = Journal::open(folder.path());
        assert_eq!(annotations.bookmark("a").unwrap().note, "49");
        assert_eq!(annotations.reading(&article).unwrap().progress, 49);
        assert_eq!(['a', 'b'].map(|letter| annotations.mark(letter, &article).is_some()), [false, true]);
        assert_eq!(after.health().newer, 1);
        assert_eq!(journal.poll(), Vec::new());
        after.append(bookmark("b")).unwrap();
        assert_eq!(journal.poll().len(), 1);
    }

    #[test]
    fn a_backup_a_day_restores_all() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(folder.path());
        journal.append(bookmark("a")).unwrap();
        let backups = folder.path().join("backups");
        fs::create_dir_all(&backups).unwrap();
        for day in 1..=9 {
            fs::write(backups.join(format!("marks-2020-01-0{day}.jsonl")), "").unwrap();
        }
        journal.close().unwrap();
        let mut kept: Vec<_> = fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().path()).collect();
        kept.sort();
        assert_eq!(kept.len(), 7);
        let other = tempfile::tempdir().unwrap();
        fs::copy(kept.pop().unwrap(), other.path().join("marks-restored.jsonl")).unwrap();
        assert_eq!(ids(&Journal::open(other.path()).1), ["a"]);
    }
}
