//! Two devices that share one library: each has its own settings and data, the library goes between them by git, or by a
//! synchroniser that leaves conflict copies. Drives the built binary and the real `git`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A machine of its own, with a copy of the library.
struct Device {
    root: tempfile::TempDir,
}

impl Device {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("config")).unwrap();
        std::fs::write(root.path().join("config/config.yaml"), "library: [../library]\nstate_dir: library\n").unwrap();
        Self { root }
    }

    fn library(&self) -> PathBuf {
        self.root.path().join("library")
    }

    fn zhai(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhai"));
        command.args(arguments).current_dir(self.root.path()).stdin(Stdio::null());
        for (variable, name) in [("ZHAI_CONFIG_DIR", "config"), ("ZHAI_DATA_DIR", "data"), ("ZHAI_CACHE_DIR", "cache")]
        {
            command.env(variable, self.root.path().join(name));
        }
        text(&command.output().unwrap())
    }

    fn mark(&self, quote: &str) {
        self.zhai(&["bookmarks", "add", "library/well.md", "--quote", quote]);
    }

    /// The quotes of all bookmarks, each with where it is.
    fn marks(&self) -> BTreeSet<String> {
        let listed = self.zhai(&["bookmarks", "list", "--json"]);
        let values = listed.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        values
            .map(|value| format!("{} {}", value["quote"].as_str().unwrap(), value["status"].as_str().unwrap()))
            .collect()
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.library(), arguments)
    }

    fn commit_and_pull(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "what was read"]);
        self.git(&["pull", "-q", "--no-rebase", "--no-edit"]);
        self.git(&["push", "-q"]);
    }
}

fn text(output: &Output) -> String {
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{error}");
    out.into_owned()
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    // The machine's own settings of git are none of this test's business.
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").stdin(Stdio::null());
    command.args(["-c", "user.name=Reader", "-c", "user.email=reader@example.com"]).args(arguments);
    text(&command.current_dir(folder).output().unwrap())
}

fn article(library: &Path) {
    std::fs::create_dir_all(library).unwrap();
    std::fs::write(library.join("well.md"), "# 井\n\n村口有一口井。井水很凉。\n\n## 桶\n\n桶是木头做的。\n").unwrap();
}

fn quotes(expected: &[&str]) -> BTreeSet<String> {
    expected.iter().map(|quote| format!("{quote} exact")).collect()
}

#[test]
fn git_carries_the_marks_of_two_devices() {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no git on this machine, two devices that share a library by git were not tried");
        return;
    }
    let (one, two, hub) = (Device::new(), Device::new(), tempfile::tempdir().unwrap());
    git(hub.path(), &["init", "-q", "--bare", "-b", "main"]);
    let hub = hub.path().to_str().unwrap();
    article(&one.library());
    one.git(&["init", "-q", "-b", "main"]);
    one.git(&["remote", "add", "origin", hub]);
    one.mark("村口有一口井。");
    one.git(&["add", "-A"]);
    one.git(&["commit", "-q", "-m", "a library"]);
    one.git(&["push", "-q", "-u", "origin", "main"]);
    git(two.root.path(), &["clone", "-q", hub, "library"]);
    assert_eq!(two.marks(), quotes(&["村口有一口井。"]), "what came with the clone");

    // Both go on by themselves, and meet.
    one.mark("井水很凉。");
    two.mark("桶是木头做的。");
    one.commit_and_pull();
    two.commit_and_pull();
    one.git(&["pull", "-q", "--no-rebase", "--no-edit"]);
    let all = quotes(&["村口有一口井。", "井水很凉。", "桶是木头做的。"]);
    assert_eq!((one.marks(), two.marks()), (all.clone(), all));

    // A mark that one made, the other takes away.
    let listed = two.zhai(&["bookmarks", "list", "--json"]);
    let first = listed.lines().find(|line| line.contains("村口")).unwrap();
    let first: serde_json::Value = serde_json::from_str(first).unwrap();
    two.zhai(&["bookmarks", "remove", first["id"].as_str().unwrap()]);
    one.mark("井水很凉。");
    two.commit_and_pull();
    one.commit_and_pull();
    let left = quotes(&["井水很凉。", "桶是木头做的。"]);
    assert_eq!(one.marks(), left);

    let kept = one.zhai(&["config", "state"]);
    assert!(Path::new(kept.trim()).ends_with("library/.zhai"), "{kept}");
    let journals: Vec<_> = std::fs::read_dir(kept.trim()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(journals.len(), 2, "one a device: {journals:?}");
    let articles = one.zhai(&["list", "library", "--json"]);
    assert_eq!(articles.lines().count(), 1, "what zhai keeps is no article: {articles}");
}

#[test]
fn conflict_copies_are_read_and_never_written() {
    let (one, two) = (Device::new(), Device::new());
    article(&one.library());
    article(&two.library());
    one.mark("村口有一口井。");
    two.mark("井水很凉。");
    let journal = |device: &Device| {
        let files = std::fs::read_dir(device.library().join(".zhai")).unwrap();
        files.map(|file| file.unwrap().path()).find(|path| path.to_string_lossy().contains("marks-")).unwrap()
    };
    // One's journal comes to the other in two states: as it was, and later under another name.
    let shared = two.library().join(".zhai");
    let name = journal(&one).file_name().unwrap().to_string_lossy().into_owned();
    std::fs::copy(journal(&one), shared.join(&name)).unwrap();
    one.mark("桶是木头做的。");
    for copy in [
        name.replace(".jsonl", ".sync-conflict-20260301-101010-ABCDEFG.jsonl"),
        name.replace(".jsonl", " (reader's conflicted copy 2026-03-01).jsonl"),
    ] {
        std::fs::copy(journal(&one), shared.join(copy)).unwrap();
    }
    let before: Vec<u64> = sizes(&shared);
    assert_eq!(two.marks(), quotes(&["村口有一口井。", "井水很凉。", "桶是木头做的。"]));
    assert_eq!(sizes(&shared), before, "reading writes nothing");
    two.mark("村口有一口井。");
    let grown = sizes(&shared).iter().zip(&before).filter(|(now, then)| now != then).count();
    assert_eq!(grown, 1, "only one's own file grows");
}

fn sizes(folder: &Path) -> Vec<u64> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()).collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    files.iter().map(|file| file.metadata().unwrap().len()).collect()
}

#[test]
fn a_library_that_is_not_there_is_not_made_and_takes_over_later() {
    let device = Device::new();
    let elsewhere = device.root.path().join("elsewhere");
    article(&elsewhere);
    device.zhai(&["bookmarks", "add", "elsewhere/well.md", "--quote", "村口有一口井。"]);
    assert!(!device.library().exists());
    std::fs::rename(elsewhere, device.library()).unwrap();
    device.mark("井水很凉。");
    assert_eq!(device.marks(), quotes(&["村口有一口井。", "井水很凉。"]));
    let shared = std::fs::read_dir(device.library().join(".zhai")).unwrap().count();
    assert_eq!(shared, 2, "what was kept meanwhile was brought over");
}
