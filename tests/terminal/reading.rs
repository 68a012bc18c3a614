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

#[test]
fn links_lead_to_other_articles_and_to_the_browser() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    std::fs::create_dir(home.path().join("notes")).unwrap();
    write(
        "a.md",
        "# 井\n\n村口有一口井，水流到[河](notes/b%20c.md#低处)里，见[网页](https://example.com/;touch$IFS$(x)).\n",
    );
    write("notes/b c.md", "# 河\n\n河水从山里来，井在[上面](../a.md)。\n\n## 低处\n\n它只问低处。\n");
    write("browser", "#!/bin/sh\nprintf '%s|' \"$#\" \"$1\" >opened.new && mv opened.new opened\n");
    let browser = home.path().join("browser");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&browser, mode).unwrap();
    let setup = Setup::zhai(home.path(), &["a.md", "notes"]).with("BROWSER", browser.to_str().unwrap());
    let mut window = setup.open();
    window.wait_for("2 articles");
    window.press("/村口<Enter><Esc>/井<Enter><Enter>");
    window.wait_for("村口有一口井");
    window.press("fs");
    window.wait("the section on top", |screen| first_row(screen).starts_with("低处"));
    window.press("<C-o>");
    window.wait_for("村口有一口井");
    window.press("fa");
    window.wait_for("o browser");
    window.press("o");
    window.wait_for("opening https://example.com/");
    let opened = home.path().join("opened");
    let started = std::time::Instant::now();
    while !opened.exists() && started.elapsed().as_secs() < 20 {
        std::thread::yield_now();
    }
    assert_eq!(std::fs::read_to_string(&opened).unwrap(), "1|https://example.com/;touch$IFS$(x)|");
    window.press("Q");
    assert!(window.ended().success());
}

#[test]
fn one_article_is_left_by_one_key() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("a.md"), "# 井\n\n村口有一口井。\n").unwrap();
    for argument in ["a.md", "./a.md"] {
        let mut window = Setup::zhai(home.path(), &[argument]).open();
        window.wait_for("村口有一口井");
        window.press("q");
        assert!(window.ended().success());
    }
    let mut window = Setup::zhai(home.path(), &["."]).open();
    window.wait_for("村口有一口井");
    window.press("q");
    window.wait_for("1 article");
    window.press("q");
    assert!(window.ended().success());
}

#[test]
fn a_name_leads_to_a_file_in_a_folder_below_where_zhai_was_started() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("river")).unwrap();
    std::fs::write(home.path().join("well.md"), "# 井\n\n水从[[spring]]来。\n").unwrap();
    std::fs::write(home.path().join("river/spring.md"), "# 泉\n\n泉水从石头里来。\n").unwrap();
    let mut window = Setup::zhai(home.path(), &["well.md"]).open();
    window.wait_for("水从");
    window.press("<Enter>");
    window.wait_for("泉水从石头里来");
    window.press("Q");
    assert!(window.ended().success());
}
