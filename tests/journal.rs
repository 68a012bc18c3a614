//! The journal under fire: processes that are killed at any moment, and many that write at once. Drives the built
//! binary; what it has acknowledged must be there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::HashSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

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

/// Kills a writer at another moment every time; gives how many had acknowledged.
fn kill(times: u64) -> usize {
    let folder = article();
    let mut acknowledged = HashSet::new();
    for time in 0..times {
        let mut add = command(folder.path(), &["add", "well.md", "--quote", "一口井"]);
        let mut child = add.stdout(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(time * 7919 % 30_000));
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
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
    assert!(kill(60) > 0, "no writer came to its end: the machine is too slow for this test");
}

#[test]
#[ignore = "takes a minute"]
fn a_thousand_killed_writers_lose_nothing() {
    let acknowledged = kill(1000);
    assert!(acknowledged > 100 && acknowledged < 1000, "{acknowledged} of 1000 were acknowledged");
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
