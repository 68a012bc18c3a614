//! Whatever ends zhai, the terminal is given back and the place is kept.

use super::window::{Setup, Window};
use std::path::Path;

/// Opens the first sample and goes to its second section.
fn read(setup: Setup) -> Window {
    let mut window = setup.open();
    window.wait_for("articles");
    window.press("<Enter>");
    window.wait_for("min left");
    window.press("]]");
    window.wait("a section marked", |screen| screen.contains('▸'));
    window
}

#[track_caller]
fn check_place_kept(home: &Path) {
    let mut window = Setup::zhai(home, &[]).open();
    window.wait_for("Enter continues “");
    window.press("Q");
    assert!(window.ended().success());
}

#[track_caller]
fn check_signal(name: &str, number: u32) {
    let home = tempfile::tempdir().unwrap();
    let mut window = read(Setup::zhai(home.path(), &[]));
    window.signal(name);
    let status = window.ended();
    assert!(status.exit_code() == 128 + number || status.signal().is_some(), "{name}: {status:?}");
    window.check_given_back();
    check_place_kept(home.path());
}

#[test]
fn a_signal() {
    check_signal("TERM", 15);
    check_signal("INT", 2);
}

#[test]
fn a_lost_connection() {
    let home = tempfile::tempdir().unwrap();
    let window = read(Setup::shell(home.path(), r#""$ZHAI"; exit"#));
    window.hang_up();
    check_place_kept(home.path());
}

#[test]
fn the_line_is_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let script = r#"echo ready; read a; "$ZHAI"; echo back; read b"#;
    let mut window = Setup::shell(home.path(), script).open();
    window.wait_for("ready");
    let before = window.line();
    window.press("\n");
    window.wait_for("articles");
    assert_ne!(window.line(), before, "raw mode is on");
    window.press("q");
    window.wait_for("back");
    assert_eq!(window.line(), before);
}

#[test]
fn suspended_and_brought_back() {
    let home = tempfile::tempdir().unwrap();
    // The shell runs zhai as a job, is told when it stops, and brings it back at the next line.
    let script =
        r#"set -m; "$ZHAI"; echo stopped; read a; fg >/dev/null; echo stopped; read a; fg >/dev/null; echo done"#;
    let mut window = Setup::shell(home.path(), script).open();
    window.wait_for("Enter open");
    // The minutes of the articles come once all have been read.
    window.wait("minutes", |screen| screen.contains(" 4 min"));
    let before = window.rest();
    for _ in 0..2 {
        window.press("j");
    }
    window.press("<C-z>");
    window.wait_for("stopped");
    window.press("\n");
    window.wait("the list again", |screen| screen == before);
    // The shell alone is told of a size that changes while zhai stands still.
    window.press("<C-z>");
    window.wait("stopped again", |screen| !screen.contains("Enter open"));
    window.resize(60, 12);
    window.press("\n");
    window.wait("the list in the size there is now", |screen| {
        screen.lines().count() <= 12 && screen.lines().last().is_some_and(|last| last.contains("Enter open"))
    });
    window.press("q");
    window.wait_for("done");
    window.check_given_back();
}
