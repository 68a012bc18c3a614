//! What is due now and then: bad lines put aside, this device's files made smaller, a backup a day.
//!
//! It never touches a file of another device, and nothing here may fail loudly: what is not done today is due tomorrow.

use super::super::clock;
use super::Journal;
use super::kind::{Kind, is_journal};
use super::live::live;
use crate::text::calendar;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// Bytes below which a file is not worth the work.
const SMALL: u64 = 4 << 20;
/// Daily backups that are kept.
const BACKUPS: usize = 7;

impl Journal {
    pub(super) fn maintain(&mut self) {
        let _ = self.put_aside();
        let _ = self.move_in();
        for kind in Kind::ALL {
            let _ = self.look_through(kind);
        }
        let _ = self.back_up();
        self.has_written = false;
    }

    /// Copies lines that are no records to `quarantine`, under the sum of their contents, so that none comes twice.
    fn put_aside(&mut self) -> io::Result<()> {
        let folder = self.private.join("quarantine");
        let mut by_file: HashMap<&Path, Vec<u8>> = HashMap::new();
        for (path, line) in &self.health.bad {
            let lines = by_file.entry(path).or_default();
            lines.extend_from_slice(line);
            lines.push(b'\n');
        }
        for (path, lines) in by_file {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let copy = folder.join(format!("{:08x}-{name}", crc32fast::hash(&lines)));
            self.disk.make_folder(&folder)?;
            if !self.disk.list(&folder)?.iter().any(|(path, _)| *path == copy) {
                self.disk.write(&copy, &lines)?;
            }
        }
        Ok(())
    }

    /// Brings journals from the folder that is this machine's own into the shared one, under names that nobody writes to:
    /// what was kept before the folder was shared, or while it was not there. What breaks off in between is there twice,
    /// which is as good as once.
    fn move_in(&mut self) -> io::Result<()> {
        if self.private == self.folder {
            return Ok(());
        }
        let _lock = self.disk.lock(&self.private.join("lock"))?;
        for (path, _) in self.disk.list(&self.private)?.into_iter().filter(|(path, _)| is_journal(path)) {
            let bytes = self.disk.read(&path, 0)?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let name = format!("{stem}-{:08x}.jsonl", crc32fast::hash(&bytes));
            let (new, target) = (self.folder.join(format!("{name}.new")), self.folder.join(&name));
            self.disk.write(&new, &bytes)?;
            self.disk.rename(&new, &target)?;
            self.disk.sync_folder(&self.folder)?;
            self.disk.rename(&path, &path.with_extension("jsonl.bak"))?;
            self.seen.forget(&path);
            self.seen.written(target, &bytes);
        }
        Ok(())
    }

    /// Compacts a file of some size that has grown by a quarter since it was looked through: that takes long enough not to
    /// be done whenever somebody is done with reading.
    fn look_through(&mut self, kind: Kind) -> io::Result<()> {
        let size = |journal: &Self, path: &Path| -> io::Result<u64> {
            let files = journal.disk.list(&journal.folder)?;
            Ok(files.into_iter().find(|(other, _)| other == path).map_or(0, |(_, size)| size))
        };
        let path = self.own(kind).map_err(io::Error::other)?;
        if size(self, &path)? < SMALL {
            return Ok(());
        }
        let known = self.private.join(format!("{}.size", kind.name()));
        let before = self.disk.read(&known, 0).unwrap_or_default();
        let before: u64 = String::from_utf8_lossy(&before).trim().parse().unwrap_or_default();
        if size(self, &path)? < before.saturating_add(before / 4) {
            return Ok(());
        }
        self.compact(kind, SMALL)?;
        let now = size(self, &path)?;
        self.disk.write(&known, now.to_string().as_bytes())
    }

    /// Leaves out of this device's file what it says itself to be outdated, if that is more than half of a file of some
    /// size. The file as it was stays as `.bak`.
    pub(super) fn compact(&mut self, kind: Kind, least: u64) -> io::Result<bool> {
        let path = self.own(kind).map_err(io::Error::other)?;
        let size =
            self.disk.list(&self.folder)?.into_iter().find(|(other, _)| *other == path).map_or(0, |(_, size)| size);
        if size < least {
            return Ok(false);
        }
        let _lock = self.disk.lock(&self.private.join("lock"))?;
        let bytes = self.disk.read(&path, 0)?;
        let live = live(&bytes);
        let length: usize = live.iter().map(|line| line.len() + 1).sum();
        if length * 2 > bytes.len() {
            return Ok(false);
        }
        let mut kept = Vec::with_capacity(length);
        for line in live {
            kept.extend_from_slice(line);
            kept.push(b'\n');
        }
        let new = path.with_extension("jsonl.new");
        self.disk.write(&new, &kept)?;
        let backup = path.with_extension("jsonl.bak");
        self.disk.write(&backup, &bytes)?;
        self.disk.rename(&new, &path)?;
        self.disk.sync_folder(&self.folder)?;
        self.seen.written(path, &kept);
        Ok(true)
    }

    /// Keeps one copy a day of all that is in force, of all devices; the oldest goes.
    fn back_up(&mut self) -> io::Result<()> {
        let folder = self.private.join("backups");
        let today = folder.join(format!("marks-{}.jsonl", calendar::date((clock::millis() / 86_400_000) as i64)));
        self.disk.make_folder(&folder)?;
        let kept = self.disk.list(&folder)?;
        if kept.iter().any(|(path, _)| *path == today) {
            return Ok(());
        }
        let mut all = Vec::new();
        for (path, _) in self.files() {
            all.extend(self.disk.read(&path, 0)?);
            all.push(b'\n');
        }
        let mut backup = live(&all).join(&b'\n');
        backup.push(b'\n');
        let new = today.with_extension("new");
        self.disk.write(&new, &backup)?;
        self.disk.rename(&new, &today)?;
        let old: Vec<_> = kept.into_iter().map(|(path, _)| path).filter(|path| is_journal(path)).collect();
        for path in old.iter().rev().skip(BACKUPS - 1) {
            self.disk.remove(path)?;
        }
        Ok(())
    }
}
