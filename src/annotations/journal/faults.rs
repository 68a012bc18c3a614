//! Test only: a file system whose calls can be made to fail, each at its turn, and what the journal makes of that.

use super::disk::{Disk, Log, RealDisk};
use super::{Journal, JournalError};
use crate::annotations::{Annotations, Bookmark, Change, Reading};
use crate::document::{ArticleId, Identity, Passage};
use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// With this error (`EIO`, `ENOSPC`, `EACCES`, `EROFS`).
    Error(i32),
    /// A write writes half and says so; other calls do not fail.
    ShortWrite,
    /// A write writes half and then fails; other calls fail.
    TornWrite,
    /// The process is killed: a write writes half, and nothing that comes later has an effect.
    Kill,
}

/// A file system that fails at one call, counted from 0, or at every call from there on. It waits for no disk: a sync
/// that does not fail does nothing.
#[derive(Debug, Clone)]
struct Faulty {
    turn: Arc<AtomicI64>,
    fault: Fault,
    stays: bool,
}

/// A file of it.
#[derive(Debug)]
struct FaultyLog(Box<dyn Log>, Faulty);

impl Debug for dyn Log {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("log")
    }
}

impl Faulty {
    fn new(turn: i64, fault: Fault, stays: bool) -> Self {
        Self { turn: Arc::new(AtomicI64::new(turn)), fault, stays }
    }

    fn is_due(&self) -> bool {
        let left = self.turn.fetch_sub(1, Ordering::Relaxed);
        left == 0 || self.stays && left < 0
    }

    fn call<T>(&self, call: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let is_due = self.is_due();
        match self.fault {
            Fault::Error(code) if is_due => Err(io::Error::from_raw_os_error(code)),
            Fault::TornWrite | Fault::Kill if is_due => Err(io::Error::from_raw_os_error(5)),
            _ => call(),
        }
    }
}

impl Disk for Faulty {
    fn list(&self, folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
        self.call(|| RealDisk.list(folder))
    }

    fn read(&self, path: &Path, from: u64) -> io::Result<Vec<u8>> {
        self.call(|| RealDisk.read(path, from))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|| RealDisk.make_folder(folder))
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Debug + Send>> {
        self.call(|| RealDisk.lock(path))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Log>> {
        self.call(|| Ok(Box::new(FaultyLog(RealDisk.open(path)?, self.clone())) as Box<dyn Log>))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.fault == Fault::Kill && self.turn.load(Ordering::Relaxed) == 0 {
            std::fs::write(path, &bytes[..bytes.len() / 2])?;
        }
        if self.fault == Fault::TornWrite && self.is_due() {
            std::fs::write(path, &bytes[..bytes.len() / 2])?;
            return Err(io::Error::from_raw_os_error(28));
        }
        self.call(|| std::fs::write(path, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(|| RealDisk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call(|| RealDisk.remove(path))
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.call(|| Ok(()))
    }
}

impl Log for FaultyLog {
    fn size(&mut self) -> io::Result<u64> {
        self.1.clone().call(|| self.0.size())
    }

    fn last(&mut self) -> io::Result<Option<u8>> {
        self.1.clone().call(|| self.0.last())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let half = &bytes[..bytes.len() / 2];
        let is_now = self.1.turn.load(Ordering::Relaxed) == 0;
        match (self.1.is_due(), self.1.fault) {
            (true, Fault::Kill) => {
                if is_now {
                    self.0.append(half)?;
                }
                Err(io::Error::from_raw_os_error(5))
            }
            (true, Fault::ShortWrite) => self.0.append(half),
            (true, Fault::TornWrite) => {
                self.0.append(half)?;
                Err(io::Error::from_raw_os_error(28))
            }
            (true, Fault::Error(code)) => Err(io::Error::from_raw_os_error(code)),
            (false, _) => self.0.append(bytes),
        }
    }

    fn cut(&mut self, size: u64) -> io::Result<()> {
        self.1.clone().call(|| self.0.cut(size))
    }

    fn sync(&mut self) -> io::Result<()> {
        self.1.call(|| Ok(()))
    }
}

fn article() -> Identity {
    Identity { id: ArticleId("一".to_owned()), path: "一.md".to_owned(), ..Identity::default() }
}

fn bookmark(id: usize) -> Change {
    let passage = Passage { quote: format!("第{id}句。"), ..Passage::default() };
    Change::SetBookmark(Bookmark { id: id.to_string(), article: article(), passage, ..Bookmark::default() })
}

fn position(progress: u16) -> Change {
    Change::SetReading(Reading { article: article(), progress, ..Reading::default() })
}

/// The bookmark that a session removes again.
const REMOVED: &str = "0";

/// What a session acknowledged.
#[derive(Debug, Default)]
struct Acknowledged {
    made: Vec<String>,
    has_removed: bool,
    progress: u16,
    errors: Vec<String>,
}

impl Acknowledged {
    fn note(&mut self, done: Result<(), JournalError>) -> bool {
        done.map_err(|error| self.errors.push(error.to_string())).is_ok()
    }
}

/// A session with some of everything, on a file system that may fail.
fn session(disk: Faulty, folder: &Path) -> Acknowledged {
    let mut done = Acknowledged::default();
    let (mut journal, _) = Journal::open_on(Box::new(disk), folder, &folder.join("private"), folder);
    folder.clone_into(&mut journal.rescue);
    for id in 0..3 {
        if done.note(journal.append(bookmark(id))) {
            done.made.push(id.to_string());
        }
    }
    if done.note(journal.append(position(100))) {
        done.progress = 100;
    }
    done.has_removed = done.note(journal.append(Change::RemoveBookmark { id: REMOVED.to_owned() }));
    journal.poll();
    for kind in super::Kind::ALL {
        let _ = journal.compact(kind, 0);
    }
    if done.note(journal.append(bookmark(3))) {
        done.made.push("3".to_owned());
    }
    done.note(journal.close());
    done
}

/// A folder in memory where there is one: nothing here waits for a disk.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// What another session finds.
fn found(folder: &Path) -> Annotations {
    let (journal, annotations) = Journal::open_shared(folder, &folder.join("private"), folder);
    assert_eq!(journal.health().unreadable, Vec::<String>::new());
    annotations
}

#[track_caller]
fn check(done: &Acknowledged, annotations: &Annotations, what: &str) {
    // A removal that was refused may have been made good later.
    for id in done.made.iter().filter(|id| *id != REMOVED) {
        assert!(annotations.bookmark(id).is_some(), "{what}: bookmark {id} was acknowledged and is lost");
    }
    if done.has_removed {
        assert!(annotations.bookmark(REMOVED).is_none(), "{what}: a bookmark was removed and is back");
    } else if !done.errors.iter().any(|error| error.contains("mark")) && done.made.iter().any(|id| id == REMOVED) {
        assert!(annotations.bookmark(REMOVED).is_some(), "{what}: a bookmark was not removed and is gone");
    }
    assert!(annotations.reading(&article()).map_or(0, |reading| reading.progress) >= done.progress, "{what}: position");
}

/// The faults of the list: `EIO`, `ENOSPC`, `EACCES`, `EROFS`, a short write, a torn write. A failed sync is an `EIO` at
/// the turn of a sync.
const FAULTS: [Fault; 6] =
    [Fault::Error(5), Fault::Error(28), Fault::Error(13), Fault::Error(30), Fault::ShortWrite, Fault::TornWrite];

#[test]
fn every_call_fails_once() {
    let (mut turns, mut said) = (0, 0);
    for fault in FAULTS {
        for turn in 0.. {
            let folder = folder();
            let disk = Faulty::new(turn, fault, false);
            let done = session(disk.clone(), folder.path());
            let annotations = found(folder.path());
            check(&done, &annotations, &format!("{fault:?} at call {turn}"));
            for error in &done.errors {
                assert!(error.contains("not saved: ") && error.contains("zhai tries again"), "{error}");
                said += 1;
            }
            // One refusal is made good by the next try: in the end everything is there.
            assert!(annotations.bookmark("3").is_some(), "{fault:?} at call {turn}");
            if disk.turn.load(Ordering::Relaxed) >= 0 {
                break;
            }
            turns += 1;
        }
    }
    assert!(turns > 150 && said > 20, "{turns} calls failed, {said} failures were said");
}

#[test]
fn every_call_fails_from_one_on() {
    for fault in FAULTS.into_iter().filter(|fault| *fault != Fault::ShortWrite) {
        for turn in 0..60 {
            let folder = folder();
            let done = session(Faulty::new(turn, fault, true), folder.path());
            check(&done, &found(folder.path()), &format!("{fault:?} from call {turn} on"));
        }
    }
}

#[test]
fn killed_between_any_two_calls_and_in_the_middle_of_any_write() {
    let mut killed = 0;
    for turn in 0.. {
        let folder = folder();
        let private = folder.path().join("private");
        Journal::open(&private).0.append(bookmark(9)).unwrap();
        let disk = Faulty::new(turn, Fault::Kill, true);
        let done = session(disk.clone(), folder.path());
        let what = format!("killed at call {turn}");
        check(&done, &found(folder.path()), &what);
        // The next one makes do with what was left lying, and brings the compaction to its end.
        let (mut journal, _) = Journal::open_shared(folder.path(), &private, folder.path());
        journal.append(bookmark(4)).unwrap();
        journal.compact(super::Kind::Marks, 0).unwrap();
        journal.close().unwrap();
        let annotations = found(folder.path());
        check(&done, &annotations, &what);
        assert!(["9", "4"].iter().all(|id| annotations.bookmark(id).is_some()), "{what}");
        if disk.turn.load(Ordering::Relaxed) >= 0 {
            break;
        }
        killed += 1;
    }
    assert!(killed > 60, "killed at {killed} calls");
}

#[test]
fn a_failed_sync_is_not_believed_to_succeed_later() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = Journal::open(folder.path());
    journal.append(bookmark(0)).unwrap();
    // Lock, open, size, last byte, append, sync.
    journal.disk = Box::new(Faulty::new(5, Fault::Error(5), false));
    assert!(journal.append(bookmark(1)).is_err());
    assert_eq!(journal.unsaved(), 1);
    journal.append(bookmark(2)).unwrap();
    assert_eq!(journal.unsaved(), 0);
    let files = journal.files().len();
    assert_eq!(files, 2, "what was refused went to a new file");
    assert_eq!(found(folder.path()).bookmarks(None).len(), 3);
}
