//! The command line as scripts see it: fields, exit statuses, streams. Drives the built binary, never a terminal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of articles, and folders of its own for all that zhai keeps.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(place.path("articles")).unwrap();
        place
            .with("articles/new.md", NEW)
            .with("articles/old.md", "---\ntitle: 旧文\ndate: 2020-01-01\n---\n\n只有一段。\n")
            .with("articles/plain.txt", "An undated note of a few words.\n")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn with(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhai"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for (variable, folder) in
            [("ZHAI_CONFIG_DIR", "config"), ("ZHAI_DATA_DIR", "data"), ("ZHAI_CACHE_DIR", "cache")]
        {
            command.env(variable, self.path(folder));
        }
        command.env_remove("NO_COLOR");
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    fn run_with(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }
}

/// What a run came to.
#[derive(Debug)]
struct Run {
    status: i32,
    out: String,
    error: String,
}

impl Run {
    /// Whatever was asked for, nothing that is printed holds a control character but the end of a line.
    fn of(output: Output) -> Self {
        let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        for text in [&out, &error] {
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        }
        Self { status: output.status.code().unwrap(), out, error }
    }

    #[track_caller]
    fn done(self) -> String {
        assert_eq!((self.status, self.error.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Some lines were printed, and as many errors were said in one line each.
    #[track_caller]
    fn failed(self, status: i32, errors: &[&str]) -> String {
        assert_eq!(self.status, status, "{}", self.error);
        let said: Vec<&str> = self.error.lines().collect();
        assert_eq!(said.len(), errors.len(), "{}", self.error);
        for (said, error) in said.iter().zip(errors) {
            assert!(!said.contains("os error"), "{said}");
            assert!(said.starts_with("zhai: ") && said.contains(error), "{said}");
        }
        self.out
    }
}

const NEW: &str = "---\ntitle: 新文：器与茶\nauthor: 陆羽\nsource: 茶报\ndate: 2026-03-05\nurl: https://example.org/new\n\
                   tags: [茶, 器]\n---\n\n# 新文：器与茶\n\n开头一段，有“引号”，有标点。\n\n**一、器**\n\n一段正文。\n\n**二、茶**\n\n又一段。\n";

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn titles(out: &str) -> Vec<String> {
    lines(out).iter().map(|value| value["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn list_gives_every_field_newest_first() {
    let out = Place::new().run(&["list", "--json", "articles"]).done();
    let values = lines(&out);
    assert_eq!(titles(&out), ["新文：器与茶", "旧文", "plain"]);
    for value in &values {
        assert_eq!(
            keys(value),
            [
                "path",
                "id",
                "title",
                "author",
                "source",
                "date",
                "url",
                "tags",
                "language",
                "characters",
                "minutes",
                "progress",
                "state",
                "bookmarks"
            ]
        );
    }
    let new = &values[0];
    assert_eq!(new["path"], "articles/new.md");
    assert_eq!((&new["author"], &new["source"], &new["date"]), (&"陆羽".into(), &"茶报".into(), &"2026-03-05".into()));
    assert_eq!((&new["tags"][0], &new["language"], &new["state"]), (&"茶".into(), &"zh-Hans".into(), &"unread".into()));
    assert_eq!((new["progress"].as_f64(), new["bookmarks"].as_u64()), (Some(0.0), Some(0)));
    assert!(new["characters"].as_u64() > Some(20) && new["minutes"].as_u64() == Some(1));
    assert!(values[2]["date"].is_null() && values[2]["tags"].as_array().unwrap().is_empty());
}

#[test]
fn list_sorts_and_queries() {
    let place = Place::new();
    let sorted = |key: &str| titles(&place.run(&["list", "--json", "--sort", key, "articles"]).done());
    assert_eq!(sorted("title"), ["plain", "新文：器与茶", "旧文"]);
    assert_eq!(sorted("length"), ["旧文", "plain", "新文：器与茶"]);
    let found = |query: &str| titles(&place.run(&["list", "--json", "--query", query, "articles"]).done());
    assert_eq!(found("器与茶"), ["新文：器与茶"]);
    assert_eq!(found("tag:茶 is:unread after:2026"), ["新文：器与茶"]);
    assert_eq!(found("before:2021"), ["旧文"]);
    assert_eq!(found("-lang:zh"), ["plain"]);
    assert_eq!(found("lang:en"), ["plain"]);
    assert_eq!(found("is:finished"), Vec::<String>::new());
    place.run(&["list", "--sort", "size"]).failed(2, &["`size` is no order"]);
    place.run(&["list", "--query", "colour:red"]).failed(2, &["`colour:` is no field"]);
    assert_eq!(place.run(&["list", "--colour"]).status, 2);
}

#[test]
fn list_for_people_is_no_wider_than_asked_for() {
    let place = Place::new();
    for width in [10, 40, 80, 120] {
        let out = place.run(&["list", "--width", &width.to_string(), "articles"]).done();
        assert_eq!(out.lines().count(), 3);
        let policy = zhai::text::WidthPolicy::default();
        assert!(out.lines().all(|line| policy.text(line) <= width), "{width}:\n{out}");
    }
}

#[test]
fn without_a_path_the_settings_say_what_is_listed() {
    let place = Place::new();
    assert!(lines(&place.run(&["list", "--json"]).done()).len() >= 12, "the sample library");
    let place = place.with("config/config.yaml", "library: ../articles\n");
    assert_eq!(lines(&place.run(&["list", "--json"]).done()).len(), 3);
}

#[test]
fn outline_gives_every_field() {
    let place = Place::new();
    let out = place.run(&["outline", "--json", "articles/new.md"]).done();
    let value = &lines(&out)[0];
    assert_eq!(keys(value), ["path", "title", "language", "body", "headings"]);
    assert_eq!(keys(&value["body"]), ["first_line", "last_line"]);
    assert_eq!((value["body"]["first_line"].as_u64(), value["body"]["last_line"].as_u64()), (Some(12), Some(20)));
    assert_eq!(keys(&value["headings"][0]), ["level", "text", "line"]);
    assert_eq!(value["headings"][1], serde_json::json!({"level": 1, "text": "二、茶", "line": 18}));
    assert_eq!(place.run(&["outline", "articles/new.md"]).done(), "一、器\n二、茶\n");
}

#[test]
fn outline_walks_folders_and_passes_over_what_fails() {
    let place =
        Place::new().with("articles/inner/more.md", "# More\n\n## Part\n\ntext\n").with("articles/b.md", "%PDF-1.4");
    let run = place.run(&["outline", "--json", "none.md", "articles", "articles/old.md"]);
    let out = run
        .failed(1, &["none.md: there is no such file or folder", "articles/b.md: is a PDF file, not text; convert it"]);
    let paths: Vec<String> = lines(&out).iter().map(|value| value["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(paths, ["articles/inner/more.md", "articles/new.md", "articles/old.md", "articles/plain.txt"]);
}

#[test]
fn standard_input_is_an_article() {
    let place = Place::new();
    let out = place.run_with(&["outline", "--json", "-"], NEW.as_bytes()).done();
    assert_eq!((lines(&out)[0]["path"].as_str(), lines(&out)[0]["title"].as_str()), (Some("-"), Some("新文：器与茶")));
    let shown = place.run_with(&["show", "-"], NEW.as_bytes()).done();
    assert_eq!(shown, place.run(&["show", "articles/new.md"]).done());
    assert!(shown.contains("开头一段") && !shown.contains("title:"), "{shown}");
    place.run_with(&["show", "-"], b"\x89PNG\r\n\x1a\n\0\0\0").failed(1, &["standard input: is a picture"]);
}

#[test]
fn what_is_hidden_is_said() {
    let page = format!("{NEW}\n[茶]: https://example.org/tea\n\n欢迎关注我们的公众号\n");
    let place = Place::new().with("hidden.md", &page);
    let shown = place.run(&["show", "hidden.md"]).failed(0, &["1 line beside the article hidden; --raw shows them"]);
    assert!(!shown.contains("公众号"), "{shown}");
    assert!(place.run(&["show", "--raw", "hidden.md"]).done().contains("公众号"));
}

#[test]
fn what_holds_no_article_is_said() {
    let page = "<html><title>茶棚</title><p>该内容已被发布者删除</p></html>";
    let place = Place::new().with("empty.md", "").with("title.md", "---\ntitle: 茶\n---\n").with("page.html", page);
    for name in ["empty.md", "title.md"] {
        place.run(&["show", name]).failed(0, &["the file holds no text"]);
    }
    place.run(&["show", "page.html"]).failed(0, &["this may be no article"]);
    let links = "<html><title>茶棚</title><nav><a href='/a'>首页</a></nav></html>";
    let place = place.with("links.html", links);
    place.run(&["show", "links.html"]).failed(0, &["there is no article in it", "1 line beside the article hidden"]);
}

#[test]
fn standard_input_is_imported() {
    let place = Place::new();
    let page = "<html><title>茶棚</title><body><p>水从山上来，要走三里竹管。</p></body></html>";
    let said = place.run_with(&["import", "-", "--into", "out"], page.as_bytes()).done();
    assert_eq!(said, "-: out/茶棚.md\n");
    assert!(place.run(&["show", "out/茶棚.md"]).done().contains("三里竹管"));
}

#[test]
fn the_reader_refuses_where_there_is_no_terminal() {
    let place = Place::new();
    place.run(&["articles"]).failed(1, &["standard output is not a terminal"]);
    place.run_with(&["-"], NEW.as_bytes()).failed(1, &["standard output is not a terminal"]);
    place.run(&["nowhere"]).failed(1, &["nowhere: there is no such file or folder; check the path"]);
    place
        .run(&["lst"])
        .failed(1, &["lst: there is no such file or folder; check the path, or did you mean `zhai list`?"]);
    place.run(&["lst", "articles"]).failed(1, &["did you mean `zhai list`?"]);
    let run = place.run(&["show", "--widht", "9", "articles/new.md"]); // typos:ignore
    assert!(run.status == 2 && run.error.contains("a similar argument exists: '--width'"), "{}", run.error);
}

#[test]
fn colour_only_where_asked_for() {
    let place = Place::new();
    let colored = |arguments: &[&str], no_color: &str| {
        let output = place.command(arguments).env("NO_COLOR", no_color).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!colored(&["show", "articles/new.md"], ""), "no terminal");
    assert!(!colored(&["show", "articles/new.md"], "1"));
    assert!(!colored(&["show", "--color", "never", "articles/new.md"], ""));
    assert!(colored(&["show", "--color", "always", "articles/new.md"], "1"), "what is asked for is done");
}

#[test]
fn a_reader_that_stops_is_no_error() {
    let place = Place::new().with("articles/long.md", &"一段正文，写得很长，长到管道装不下。\n\n".repeat(20_000));
    for arguments in
        [["show", "articles/long.md"], ["list", "articles"], ["outline", "articles"], ["config", "default"]]
    {
        let mut command = place.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), error.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn what_a_file_holds_never_reaches_the_terminal_as_control() {
    let nasty = "---\ntitle: \"a\\x1b]0;x\\ab&#27;c\u{9b}d\u{202e}e\"\nauthor: \"\\x1b[31m\"\n---\n\n# h\u{1b}[2J&#x9b;\n\ntext &#27;[31m \u{7}\n\n\
                 ```\u{1b}x\ncode \u{1b}[1m\n```\n";
    let place = Place::new().with("articles/nasty.md", nasty);
    for arguments in [
        vec!["show", "articles/nasty.md"],
        vec!["show", "--raw", "articles/nasty.md"],
        vec!["outline", "articles"],
        vec!["outline", "--json", "articles"],
        vec!["list", "articles"],
        vec!["list", "--json", "articles"],
        vec!["doctor", "articles"],
        vec!["doctor", "--json", "articles"],
        vec!["show", "articles/\u{1b}[31m\u{9b}none.md"],
        vec!["list", "--query", "\u{1b}x:y"],
        vec!["man", "\u{1b}[2J"],
    ] {
        // `Run::of` looks at every character.
        place.run(&arguments);
    }
}

#[cfg(unix)]
#[test]
fn files_with_strange_names_are_articles() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    let strange: &[&[u8]] =
        &[b"-rf.md", b"new\nline.md", b"esc\x1b[2J.md", b"latin\xe9.md", "\u{202e}dm.exe.md".as_bytes()];
    for name in strange {
        std::fs::write(place.path("articles").join(std::ffi::OsStr::from_bytes(name)), "正文一段。\n").unwrap();
    }
    assert_eq!(lines(&place.run(&["list", "--json", "articles"]).done()).len(), 3 + strange.len());
    assert_eq!(place.run(&["list", "articles"]).done().lines().count(), 3 + strange.len());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_said_and_never_waited_for() {
    let place = Place::new();
    assert!(Command::new("mkfifo").arg(place.path("articles/pipe.md")).status().unwrap().success());
    std::os::unix::fs::symlink(place.path("articles"), place.path("articles/loop")).unwrap();
    let out = place.run(&["list", "--json", "articles"]).failed(1, &["articles/pipe.md: is a pipe, not a file"]);
    assert_eq!(lines(&out).len(), 3);
    place.run(&["show", "articles/pipe.md"]).failed(1, &["is a pipe"]);
    place.run(&["show", "/dev/zero"]).failed(1, &["/dev/zero: is a device"]);
    place.run(&["show", "articles"]).failed(1, &["articles: is a folder"]);
}

#[test]
fn config_says_where_what_and_how() {
    let place = Place::new();
    let path = place.run(&["config", "path"]).done();
    assert_eq!(Path::new(path.trim_end()), place.path("config").join("config.yaml"));
    let default = place.run(&["config", "default"]).done();
    assert!(default.contains("\nkinsoku: normal\n"), "{default}");
    let place = place.with("config/config.yaml", &default);
    place.run(&["config", "show"]).done();
    let place = place.with("config/config.yaml", "colour: red\nwidth: 50\nkeys:\n  quit: [C-q]\n  fly: f\n");
    let shown = place.run(&["config", "show"]);
    let shown = shown.failed(0, &["config.yaml:1: `colour` is no setting", "config.yaml:5: `fly` is no command"]);
    assert!(shown.contains("\nwidth: 50\n") && shown.contains("\n  quit: [\"C-q\"]\n"), "{shown}");
    assert_eq!(place.run(&["config"]).status, 2);
}

#[test]
fn tables_take_rows_of_ones_own() {
    let text = "---\ntitle: 河\n---\n\n河水一年四季都在流，岸上的人来来去去，没有谁留得住它。\n\n周末来喝茶\n";
    let place = Place::new().with("a.md", text);
    assert!(place.run(&["show", "a.md"]).done().contains("来喝茶"));
    let folder = place.run(&["config", "tables"]).done();
    assert_eq!(Path::new(folder.trim_end()), place.path("config").join("tables"));
    let place =
        place.with("config/tables/boilerplate.tsv", "tail\t来喝茶\ntea\t茶\n").with("config/tables/tea.tsv", "");
    let shown = place.run(&["show", "a.md"]).failed(
        0,
        &[
            "tea.tsv: is the name of no table; those are boilerplate.tsv, chapters.tsv, dates.tsv, enumerators.tsv, headings.tsv, keys.tsv, pages.tsv",
            "boilerplate.tsv:2: `tea` is no kind of row",
            "1 line beside the article hidden",
        ],
    );
    assert!(!shown.contains("来喝茶"), "{shown}");
    place.run(&["config", "tables", "tea.tsv"]).failed(2, &["`tea.tsv` is no table; those are boilerplate.tsv"]);
    let table = place.command(&["config", "tables", "keys.tsv"]).output().unwrap();
    assert!(String::from_utf8(table.stdout).unwrap().contains("\ntitle\t标题\n"));
}

#[test]
fn settings_reach_the_page() {
    let text = "---\ntitle: t\n---\n\n中文English中文\n";
    let place = Place::new().with("a.md", text);
    assert!(place.run(&["show", "a.md"]).done().contains("中文 English 中文"));
    let place = place.with("config/config.yaml", "autospace: false\n");
    assert!(place.run(&["show", "a.md"]).done().contains("中文English中文"));
}

#[test]
fn nothing_is_written_by_looking() {
    let place = Place::new();
    for arguments in
        [["list", "articles"], ["show", "articles/new.md"], ["outline", "articles"], ["doctor", "articles"]]
    {
        place.run(&arguments).done();
    }
    assert!(["config", "data", "cache"].iter().all(|folder| !place.path(folder).exists()));
}

#[test]
fn manual_completions_and_help_are_made_from_the_arguments() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = Run::of_script(&place, &["completions", shell]);
        assert!(script.contains("outline") && script.contains("doctor"), "{shell}");
    }
    let manual = place.run(&["man"]).done();
    assert!(manual.starts_with(".ie") && manual.matches(".TH zhai").count() == 1);
    for part in [".SH \"zhai show\"", ".SH \"zhai bookmarks add\"", "\\-\\-quote", "\\-\\-links"] {
        assert!(manual.contains(part), "{part}");
    }
    // It names no pages that there are none of.
    assert!(manual.contains("\n.TP\n\\fBzhai show\\fR\nPrint one") && !manual.contains("(1)"), "{manual}");
    assert!(place.run(&["man", "list"]).done().contains("query"));
    place.run(&["man", "fly"]).failed(2, &["`fly` is no command"]);
    assert!(place.run(&["--help"]).done().contains("outline"));
}

#[test]
fn doctor_counts_and_names() {
    let place = Place::new().with("articles/copy.md", NEW).with("articles/b.md", "%PDF-1.4");
    let value = &lines(&place.run(&["doctor", "--json", "articles"]).done())[0];
    assert_eq!(
        keys(value),
        [
            "files",
            "formats",
            "encodings",
            "languages",
            "repairs",
            "hidden_lines",
            "files_with_hidden_lines",
            "stubs",
            "truncated",
            "damaged",
            "duplicates",
            "unreadable"
        ]
    );
    assert_eq!(value["files"], 5);
    assert_eq!(value["formats"], serde_json::json!({"markdown": 3, "plain": 1}));
    assert_eq!(value["duplicates"], serde_json::json!([["articles/copy.md", "articles/new.md"]]));
    assert_eq!(value["unreadable"].as_array().unwrap().len(), 1);
    assert!(place.run(&["doctor", "articles"]).done().contains("articles/copy.md = articles/new.md"));
}

impl Run {
    /// A script for a shell may hold tabs.
    fn of_script(place: &Place, arguments: &[&str]) -> String {
        let output = place.command(arguments).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn import_goes_on_past_what_fails_and_replaces_nothing() {
    let place = Place::new()
        .with("page.html", "<html><title>页</title><p>一段文字，说的是河边的茶棚，天亮就开，天黑才收。</p>");
    let arguments = ["import", "none.html", "page.html", "articles", "articles/new.md", "--into", "out/clean"];
    let run = place.run(&arguments);
    let errors = ["none.html: there is no such file or folder; check the path"];
    let out = run.failed(1, &errors);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.first(), Some(&"page.html: out/clean/页.md"));
    assert!(lines.iter().any(|line| line.starts_with("articles/old.md: out/clean/旧文.md")), "{out}");
    assert!(lines.last().is_some_and(|line| line.starts_with("articles/new.md: skipped, it is out/clean/")), "{out}");
    let page = std::fs::read_to_string(place.path("out/clean/页.md")).unwrap();
    assert!(
        page.starts_with("---\ntitle: \"页\"\nfetch_date: 20") && page.contains("original: \"../../page.html\""),
        "{page}"
    );
    let out = place.run(&["import", "page.html", "--into", "out/clean"]).done();
    assert_eq!(out, "page.html: skipped, it is out/clean/页.md already; --force replaces it\n");
    assert_eq!(place.run(&["import", "page.html"]).status, 2);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_a_shell_names_is_read() {
    let script = format!("exec 3<&0; '{}' show /dev/fd/3", env!("CARGO_BIN_EXE_zhai"));
    let mut child = Command::new("sh")
        .args(["-c", &script])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), "# 井\n\n村口有一口井。\n".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("村口有一口井。"));
}
