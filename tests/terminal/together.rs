//! Two windows on one article: what is kept in one is seen in the other, and neither loses anything.

use super::window::{Setup, Window};
use std::path::Path;

const WELL: &str = "# 井\n\n村口有一口井。井水很凉。\n\n桶是木头做的。\n\n后来装了自来水。\n";

fn open(home: &Path) -> Window {
    let window = Setup::zhai(home, &["well.md"]).open();
    window.wait_for("后来装了自来水");
    window
}

/// The signs of what is kept, from the top; the last row is no text.
fn signs(screen: &str) -> String {
    let rows: Vec<&str> = screen.lines().collect();
    let rows = rows.split_last().map(|(_, rows)| rows).unwrap_or_default();
    rows.iter().filter_map(|row| row.trim_start().chars().next().filter(|first| ">!?+~=".contains(*first))).collect()
}

#[test]
fn what_one_keeps_the_other_shows() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("well.md"), WELL).unwrap();
    let (mut one, mut two) = (open(home.path()), open(home.path()));
    one.press("H1");
    one.wait("its own highlight", |screen| signs(screen) == "!");
    two.wait("the highlight of the other window", |screen| signs(screen) == "!");
    two.press("}H2");
    two.press("gg");
    one.wait("what the second window added", |screen| signs(screen) == "!?");
    // A note goes over, and so does its end.
    one.press("gg").press("a凉<Enter>");
    two.wait("the note of the other window", |screen| screen.contains("!\""));
    one.press("UU");
    two.wait("what the first window took back", |screen| signs(screen) == "?");
    one.press("Q");
    two.press("Q");
    assert!(one.ended().success() && two.ended().success());
    let window = open(home.path());
    window.wait("what is left", |screen| signs(screen) == "?");
}
