//! Windows that are no good windows: none at all, one cell, one that never stops changing its size.

use super::window::{Setup, ZHAI};
use std::process::{Command, Stdio};

#[track_caller]
fn check_says_so(command: &mut Command, words: &str) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty(), "{:?}", String::from_utf8_lossy(&output.stdout));
    assert!(said.lines().count() == 1 && said.contains(words), "{said}");
}

#[test]
fn no_terminal() {
    let home = tempfile::tempdir().unwrap();
    check_says_so(Command::new(ZHAI).env("ZHAI_DATA_DIR", home.path()), "zhai show");
}

#[test]
fn a_terminal_that_moves_no_cursor() {
    for term in ["dumb", ""] {
        let home = tempfile::tempdir().unwrap();
        let mut window = Setup::zhai(home.path(), &[]).with("TERM", term).open();
        assert!(!window.ended().success());
        let said = String::from_utf8(window.bytes()).unwrap();
        assert!(said.contains("zhai show") && !said.contains('\x1b'), "{said:?}");
    }
}

#[test]
fn closed_standard_input() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Setup::shell(home.path(), r#""$ZHAI" <&-"#).open();
    window.wait_for("articles");
    window.press("q");
    assert!(window.ended().success());
    window.check_given_back();
}

#[test]
fn one_cell() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Setup::zhai(home.path(), &[]).sized(1, 1).open();
    window.press("j");
    window.resize(80, 24);
    window.wait_for("articles");
    window.press("q");
    assert!(window.ended().success());
}

#[test]
fn a_storm_of_sizes() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Setup::zhai(home.path(), &[]).open();
    window.wait_for("articles");
    window.press("<Enter>");
    window.wait_for("min left");
    window.press("]");
    window.wait("a section marked", |screen| screen.contains('▸'));
    let before = window.rest();
    for step in 0..300_u16 {
        window.resize(1 + step * 37 % 250, 1 + step * 11 % 80);
    }
    window.resize(100, 30);
    window.wait("the same screen", |screen| screen == before);
    window.press("Q");
    assert!(window.ended().success());
}

#[test]
fn no_colour() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Setup::zhai(home.path(), &[]).with("NO_COLOR", "1").open();
    window.wait_for("articles");
    window.press("<Enter>");
    window.wait_for("min left");
    window.press("]");
    window.wait("a section marked", |screen| screen.contains('▸'));
    window.press("Q");
    assert!(window.ended().success());
    let text = String::from_utf8(window.bytes()).unwrap();
    for sequence in text.split("\x1b[").skip(1) {
        let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        let is_colour = |n: &str| n.parse::<u8>().is_ok_and(|n| matches!(n, 30..=38 | 40..=48 | 90..=107));
        let has_colour = sequence[end..].starts_with('m') && sequence[..end].split(';').any(is_colour);
        assert!(!has_colour, "{:?}", &sequence[..=end]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_files_costs_no_mark_and_not_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("well.md"), "# 井\n\n村口有一口井。\n").unwrap();
    let data = home.path().join("data");
    let script = r#"ulimit -f 0; "$ZHAI" well.md"#;
    let mut window = Setup::shell(home.path(), script).with("ZHAI_DATA_DIR", data.to_str().unwrap()).open();
    window.wait_for("村口");
    window.press("B");
    window.wait_for("not saved");
    window.press("q");
    assert!(!window.ended().success());
    window.check_given_back();
}
