//! The journal under fire: processes that are killed at any moment, and many that write at once. Drives the built
//! binary; what it has acknowledged must be there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::cell::Cell;
use std::collections::HashSet;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use zhai::annotations::{Change, Edit};

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhai"));
    command.arg("bookmarks").args(arguments).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
    for (variable, name) in [("ZHAI_CONFIG_DIR", "config"), ("ZHAI_DATA_DIR", "data"), ("ZHAI_CACHE_DIR", "cache")] {
        command.env(variable, folder.join(name));
    }
    command
}

fn article() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("well.md"), "# 井\n\n村口有一口井。\n").unwrap();
    folder
}

/// The ids that a new process finds.
fn found(folder: &Path) -> HashSet<String> {
    let output = command(folder, &["list", "--json"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    text.lines().map(id).collect()
}

/// Of so many writers one is let live: what it acknowledges must outlive the others, and how long it took says at which
/// moments these are killed, however busy the machine is just then.
const SPARED: u32 = 6;

/// Kills a writer at another moment of its life every time; gives how many had acknowledged. `before` is done before each.
fn kill(times: u32, before: impl Fn(&Path)) -> usize {
    let folder = article();
    let add = || command(folder.path(), &["add", "well.md", "--quote", "一口井"]);
    let mut acknowledged = HashSet::new();
    let mut whole = Duration::ZERO;
    for time in 0..times {
        before(folder.path());
        let started = Instant::now();
        let mut child = add().stdout(Stdio::piped()).spawn().unwrap();
        let is_spared = time.is_multiple_of(SPARED);
        if !is_spared {
            std::thread::sleep(whole * (time * 7919 % 1000) / 800);
            let _ = child.kill();
        }
        let output = child.wait_with_output().unwrap();
        if is_spared {
            assert!(output.status.success());
            whole = started.elapsed();
        }
        let id = String::from_utf8(output.stdout).unwrap();
        if id.ends_with('\n') {
            acknowledged.insert(id.trim().to_owned());
        }
    }
    let found = found(folder.path());
    let lost: Vec<&String> = acknowledged.difference(&found).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    acknowledged.len()
}

#[test]
fn a_killed_writer_loses_nothing_that_it_acknowledged() {
    assert!(kill(60, |_| {}) >= 10, "those that were spared at least");
}

#[test]
#[ignore = "takes a minute"]
fn a_thousand_killed_writers_lose_nothing() {
    let acknowledged = kill(1000, |_| {});
    // How many come that far hangs on the machine; some must, and some must not.
    assert!(acknowledged > 160 && acknowledged < 1000, "{acknowledged} of 1000 were acknowledged");
}

/// The journals in the data folder, and what has been left of them, by the ends of their names.
fn size(folder: &Path, ending: &str) -> u64 {
    let files = std::fs::read_dir(folder.join("data")).into_iter().flatten().map(|file| file.unwrap());
    let files = files.filter(|file| file.file_name().to_string_lossy().ends_with(ending));
    files.map(|file| file.metadata().unwrap().len()).sum()
}

/// Lets the journal of this device grow to a size that is compacted when the next mark is kept: six long notes, of which
/// five are outdated.
fn outdate(folder: &Path) {
    if size(folder, ".jsonl") == 0 || size(folder, ".jsonl") > 4 << 20 {
        return;
    }
    let mut files = std::fs::read_dir(folder.join("data")).unwrap().map(|file| file.unwrap().path());
    let own = files.find(|path| path.extension().is_some_and(|ending| ending == "jsonl")).unwrap();
    let note = |number: u64| {
        let note = Some(format!("{number}{}", "长".repeat(280_000)));
        let edit = Edit { id: "long".to_owned(), note, ..Edit::default() };
        zhai::annotations::journal::line(&Change::EditBookmark(edit), 1_764_000_000_000 + number, "notes")
    };
    let notes: String = (0..6).map(note).collect();
    OpenOptions::new().append(true).open(own).unwrap().write_all(format!("\n{notes}").as_bytes()).unwrap();
}

/// Kills writers that compact; gives how many compactions came to their end, and how many were left halfway.
fn kill_in_compaction(times: u32) -> (usize, usize) {
    let (whole, half) = (Cell::new(0), Cell::new(0));
    kill(times, |folder| {
        let has_shrunk = (1..4 << 20).contains(&size(folder, ".jsonl"));
        whole.set(whole.get() + usize::from(has_shrunk));
        half.set(half.get() + usize::from(size(folder, ".new") > 0));
        outdate(folder);
    });
    (whole.get(), half.get())
}

#[test]
fn a_writer_that_is_killed_in_compaction_loses_nothing() {
    let (whole, _) = kill_in_compaction(30);
    assert!(whole > 2, "{whole} compactions came to their end, of which four were spared");
}

#[test]
#[ignore = "takes minutes"]
fn a_thousand_that_are_killed_in_compaction_lose_nothing() {
    let (whole, half) = kill_in_compaction(1000);
    assert!(whole > 50 && half > 5, "{whole} compactions came to their end, {half} were left halfway");
}

#[test]
fn eight_writers_lose_nothing() {
    let folder = article();
    let write = |_| {
        let path = folder.path();
        move || {
            let add = |_| command(path, &["add", "well.md", "--quote", "一口井"]).output().unwrap().stdout;
            (0..12).map(add).map(|id| String::from_utf8(id).unwrap().trim().to_owned()).collect::<Vec<_>>()
        }
    };
    let written: HashSet<String> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|number| scope.spawn(write(number))).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(written.len(), 96);
    assert_eq!(found(folder.path()), written);
    let data = std::fs::read_dir(folder.path().join("data")).unwrap().map(|entry| entry.unwrap().path());
    let journals = data.filter(|path| path.extension().is_some_and(|ending| ending == "jsonl")).count();
    assert_eq!(journals, 1, "one device, one file");
}
