//! A whole reading: open, go by section, search, bookmark, leave, come back.

use super::window::{Setup, Window};

/// The screen without its last row, where notices come and go.
fn body(screen: &str) -> String {
    screen.lines().rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n")
}

/// The first row of the text, under the title.
fn first_row(screen: &str) -> &str {
    screen.lines().nth(1).unwrap_or_default().trim_start()
}

/// Opens the sample about movable type.
fn open(window: &mut Window) {
    window.wait_for("articles");
    window.press("/泥字<Enter>");
    window.wait("one article", |screen| screen.contains("从毕昇到终端") && !screen.contains("算盘"));
    window.press("<Enter>");
    window.wait_for("将近一千年前");
}

#[test]
fn one_comes_back_to_where_one_was() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Setup::zhai(home.path(), &[]).open();
    open(&mut window);
    window.press("]");
    window.wait("the first section on top", |screen| first_row(screen).starts_with("泥、火与松脂"));
    window.press("]");
    window.wait("the next section marked", |screen| screen.contains('▸') && !screen.contains("▸ 泥、火与松脂"));
    window.press("/毕昇<Enter>");
    window.wait_for("/4 · ");
    window.press("<Esc>jjB");
    window.wait_for("bookmarked");
    window.press("gb");
    window.wait_for("Bookmarks");
    window.press("q");
    window.wait("the text again", |screen| !screen.contains("Bookmarks") && screen.contains('▸'));
    // The sign of the bookmark comes once its place is found.
    let before = window.rest();
    // Out of the text, out of the filter by which the article was found, out.
    window.press("qqq");
    assert!(window.ended().success());
    window.check_given_back();

    let mut window = Setup::zhai(home.path(), &[]).open();
    window.wait_for("Enter continues “手艺 | 一枚泥字的重量");
    window.press("<Enter>");
    window.wait("the same rows as before", |screen| body(screen) == body(&before));
    window.press("gb");
    window.wait("the bookmark", |screen| screen.contains("Bookmarks") && screen.contains("手艺"));
    window.press("Q");
    assert!(window.ended().success());
}

#[test]
fn a_size_come_back_to_shows_the_same() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Setup::zhai(home.path(), &[]).open();
    open(&mut window);
    window.press("]");
    window.wait("the heading on top", |screen| first_row(screen).starts_with("泥、火与松脂"));
    window.press("j");
    let before = window.wait("a row further", |screen| !first_row(screen).starts_with("泥、火与松脂"));
    for (columns, rows) in [(40, 20), (1, 1), (200, 60)] {
        window.resize(columns, rows);
    }
    window.wait("a wide screen", |screen| screen.lines().any(|line| line.chars().count() > 100));
    window.resize(100, 30);
    window.wait("the same screen", |screen| screen == before);
    window.press("Q");
    assert!(window.ended().success());
}

#[test]
fn standard_input_is_read() {
    let home = tempfile::tempdir().unwrap();
    let script = r#"printf '# 水\n\n水往低处流。\n' | "$ZHAI" -"#;
    let mut window = Setup::shell(home.path(), script).open();
    window.wait_for("水往低处流。");
    window.press("Q");
    assert!(window.ended().success());
    window.check_given_back();
}
