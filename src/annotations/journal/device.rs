//! The name of this device among those that share a folder, and what tells its machine from others.
//!
//! It refuses to take a name that another machine may have: two that write one file would lose each other's lines.

use super::disk::Disk;
use super::{Journal, JournalError};
use crate::annotations::{Stamp, clock};
use std::io;
use std::path::Path;

impl Journal {
    /// Gives this device its name, if it has none, and says its number, as stamps carry it; 0 where the name cannot be kept.
    pub fn introduce(&mut self) -> u64 {
        self.device().map_or(0, |name| Stamp::device_number(&name))
    }

    /// The name of this device, made and kept when first needed. A name that came from another machine, as when all
    /// files are copied, is not this device's.
    pub(super) fn device(&mut self) -> Result<String, JournalError> {
        if let Some(device) = &self.device {
            return Ok(device.clone());
        }
        let path = self.private.join("device");
        let device = self.name_device(&path).map_err(|error| self.refused(&path, error))?;
        self.device = Some(device.clone());
        Ok(device)
    }

    fn name_device(&self, path: &Path) -> io::Result<String> {
        self.disk.make_folder(&self.folder)?;
        self.disk.make_folder(&self.private)?;
        let _lock = self.disk.lock(&self.private.join("lock"))?;
        let machine = machine().map_or_else(|| kept(self.disk.as_ref(), &self.machine), Ok)?;
        self.name_on(path, &machine)
    }

    /// The name that a machine has in a file of names, or has from now on.
    fn name_on(&self, path: &Path, machine: &str) -> io::Result<String> {
        let known = text(self.disk.as_ref(), path)?;
        let lines = || known.lines().map(str::trim_end).filter(|line| !line.is_empty());
        let name = |line: &str| {
            let mut words = line.split_whitespace();
            let name = words.next().filter(|name| name.chars().all(|character| character.is_ascii_alphanumeric()))?;
            Some((name.to_owned(), words.next().map(ToOwned::to_owned)))
        };
        let names = || lines().filter_map(name);
        let is_ours = |of: &Option<String>| of.as_deref().is_none_or(|of| of == machine || machine.is_empty());
        let ours =
            names().find(|(_, of)| of.as_deref() == Some(machine)).or_else(|| names().find(|(_, of)| is_ours(of)));
        if let Some((name, of)) = &ours
            && (of.is_some() || machine.is_empty())
        {
            return Ok(name.clone());
        }
        // A name that says no machine is the first one's to find it. The names of others stay: where the folder is carried
        // to and fro, each finds its own again.
        let name = ours.map_or_else(clock::device_name, |(name, _)| name);
        let others: String = lines().filter(|line| *line != name).map(|line| format!("{line}\n")).collect();
        let new = path.with_extension("new");
        self.disk.write(&new, format!("{others}{name} {machine}\n").as_bytes())?;
        self.disk.rename(&new, path)?;
        self.disk.sync_folder(&self.private)?;
        Ok(name)
    }
}

/// What the system tells its machine by, where it does.
fn machine() -> Option<String> {
    let known = std::fs::read_to_string("/etc/machine-id").ok().filter(|id| !id.trim().is_empty());
    // The name that a shell has is not in every environment, and would make one machine two.
    let name = known.or_else(|| std::env::var("COMPUTERNAME").ok())?;
    Some(format!("{:08x}", crc32fast::hash(name.trim().as_bytes())))
}

/// What tells this machine from others where the system does not: drawn once, and kept in a folder that nothing carries
/// to other machines. Nothing where it cannot be kept.
fn kept(disk: &dyn Disk, folder: &Path) -> io::Result<String> {
    let path = folder.join("machine");
    let known = text(disk, &path)?;
    if let Some(known) = known.split_whitespace().next() {
        return Ok(known.to_owned());
    }
    let drawn = clock::device_name();
    let new = path.with_extension("new");
    let written = disk
        .make_folder(folder)
        .and_then(|()| disk.write(&new, format!("{drawn}\n").as_bytes()))
        .and_then(|()| disk.rename(&new, &path));
    Ok(if written.is_ok() { drawn } else { String::new() })
}

/// The text of a file; none of it if there is no such file.
fn text(disk: &dyn Disk, path: &Path) -> io::Result<String> {
    match disk.read(path, 0) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::kept;
    use crate::annotations::Journal;
    use crate::annotations::journal::disk::RealDisk;
    use std::fs;

    #[test]
    fn machines_that_share_one_folder_keep_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let names = folder.path().join("device");
        fs::write(&names, "dother 00000000\n").unwrap();
        let name = || Journal::open(folder.path()).0.introduce();
        assert_eq!(name(), name());
        let first = fs::read_to_string(&names).unwrap();
        assert!(first.starts_with("dother 00000000\n"), "{first}");
        fs::write(&names, format!("{first}dthird 00000001\n")).unwrap();
        assert_eq!(name(), name(), "whatever others add");
    }

    #[test]
    fn machines_that_their_systems_do_not_tell_apart_are_told_apart() {
        let (shared, one, two) =
            (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (journal, _) = Journal::open(shared.path());
        let path = shared.path().join("device");
        let name =
            |machine: &tempfile::TempDir| journal.name_on(&path, &kept(&RealDisk, machine.path()).unwrap()).unwrap();
        // A name from before machines were told apart is that of the first one.
        fs::write(&path, "dformer \n").unwrap();
        assert_eq!(name(&one), "dformer");
        assert_ne!(name(&two), "dformer");
        assert_eq!(name(&one), "dformer");
        assert_eq!(name(&two), name(&two));
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
    }
}
