//! The terminal is lent to a browser that needs one, and taken back when that ends.

use super::window::{Setup, Window};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const WELL: &str = "---\ntitle: 井\nurl: https://example.com/well\n---\n\n村口有一口井，井边有一棵树，树下有石凳。\n";
/// What stands for the browser: it shows the address and takes a line.
const BROWSER: &str = "#!/bin/sh\necho \"page $1\"\nread line\necho \"$line\" > \"$HOME/typed\"\n";

/// Makes that browser, and an article; gives its path.
fn made(home: &Path) -> String {
    let browser = home.join("w3m");
    std::fs::write(&browser, BROWSER).unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::write(home.join("well.md"), WELL).unwrap();
    browser.to_str().unwrap().to_owned()
}

/// Reads an article with that browser, and opens where it came from.
fn browsing(home: &Path) -> (Window, String) {
    let browser = made(home);
    let mut window = Setup::zhai(home, &["well.md"]).with("BROWSER", &browser).open();
    window.wait_for("min left");
    let line = window.line();
    window.press("o");
    window.until("the page", |screen, _| screen.contains("page https://example.com/well"));
    (window, line)
}

#[test]
fn the_keys_are_the_browser_s_until_it_ends() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, line) = browsing(home.path());
    assert_ne!(window.line(), line, "raw mode is off");
    window.press("Q q j\n");
    window.wait_for("opening https://example.com/well");
    assert_eq!(std::fs::read_to_string(home.path().join("typed")).unwrap(), "Q q j\n");
    assert_eq!(window.line(), line);
    window.press("j");
    window.wait("the text", |screen| screen.contains("min left") && !screen.contains("opening"));
    window.press("q");
    assert!(window.ended().success());
    window.check_given_back();
}

#[test]
fn keys_come_from_the_terminal_even_where_the_article_came_from_elsewhere() {
    let home = tempfile::tempdir().unwrap();
    let browser = made(home.path());
    let script = r#""$ZHAI" - < well.md; exit"#;
    let mut window = Setup::shell(home.path(), script).with("BROWSER", &browser).open();
    window.wait_for("min left");
    window.press("o");
    window.until("the page", |screen, _| screen.contains("page https://example.com/well"));
    window.press("abc\n");
    window.wait_for("opening https://example.com/well");
    assert_eq!(std::fs::read_to_string(home.path().join("typed")).unwrap(), "abc\n");
    window.press("Q");
    window.ended();
    window.check_given_back();
}

#[test]
fn what_stops_the_browser_does_not_stop_zhai() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, line) = browsing(home.path());
    window.press("\u{3}");
    window.wait_for("w3m could not open it: the address was copied instead");
    assert_eq!(window.line(), line);
    window.press("q");
    assert!(window.ended().success());
    window.check_given_back();
}
