//! Kept passages on their way out and in: what is exported reads as what was kept. Drives the built binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

const WELL: &str = "---\ntitle: 井\nauthor: 某人\nsource: 某号\ndate: 2024-05-06\nurl: https://example.com/well\n---\n\n# 井\n\n村口有一口井。\n\n## 打水\n\n打水的人总是先听，听桶碰到水的那一声。声音闷，水就深。\n";
const RIVER: &str = "# 河\n\n河在**三公里**外，=1+1 说的不是公式。\n";

/// A folder with two articles, and folders for what zhai keeps.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(place.path("library")).unwrap();
        place.write("library/well.md", WELL);
        place.write("library/river.md", RIVER);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Runs zhai; its journal is in the folder `data`.
    fn run_with(&self, data: &str, arguments: &[&str]) -> Output {
        self.command(data, arguments).output().unwrap()
    }

    fn command(&self, data: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhai"));
        command.args(arguments).current_dir(self.folder.path());
        for (variable, folder) in [("ZHAI_CONFIG_DIR", "config"), ("ZHAI_DATA_DIR", data), ("ZHAI_CACHE_DIR", "cache")]
        {
            command.env(variable, self.path(folder));
        }
        command
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        self.said_by("data", arguments)
    }

    #[track_caller]
    fn said_by(&self, data: &str, arguments: &[&str]) -> String {
        let output = self.run_with(data, arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The one line in which something failed.
    #[track_caller]
    fn failure(&self, arguments: &[&str]) -> String {
        let output = self.run_with("data", arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(!output.status.success());
        error
    }

    fn keep(&self, article: &str, quote: &str, note: &str, kind: &str) {
        self.run(&["bookmarks", "add", article, "--quote", quote, "--note", note, "--kind", kind]);
    }

    fn keep_three(&self) {
        self.keep("library/well.md", "听桶碰到水的那一声", "先听，*再*打水", "important");
        self.keep("library/well.md", "村口有一口井。", "", "bookmark");
        self.keep("library/river.md", "=1+1 说的", "", "doubted");
    }
}

#[test]
fn markdown_goes_by_article_and_place() {
    let place = Place::new();
    place.keep_three();
    let text = place.run(&["bookmarks", "export", "library/well.md"]);
    let day = text.lines().find_map(|line| line.strip_prefix("bookmark · ")).unwrap().to_owned();
    let expected = format!(
        "# 井\n\n- Source: 某号\n\n- Date: 2024-05-06\n\n- URL: <https://example.com/well>\n\n> 村口有一口井。\n\nbookmark · {day}\n\n## 打水\n\n> 听桶碰到水的那一声\n\n先听，\\*再\\*打水\n\nimportant · {day}\n"
    );
    assert_eq!(text, expected);
    let all = place.run(&["bookmarks", "export"]);
    assert!(all.contains("# 井\n") && all.contains("# 河\n"), "{all}");
}

#[test]
fn quotes_of_one_paragraph_stand_as_in_the_article() {
    let place = Place::new();
    for quote in ["声音闷，水就深。", "听桶碰到水的那一声", "打水的人总是先听"] {
        place.keep("library/well.md", quote, "", "important");
    }
    let text = place.run(&["bookmarks", "export"]);
    let quotes: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    assert_eq!(quotes, ["打水的人总是先听", "听桶碰到水的那一声", "声音闷，水就深。"]);
}

#[test]
fn a_template_says_how_markdown_looks() {
    let place = Place::new();
    place.keep_three();
    place.write(
        "notes.txt",
        "{{title}}（{{source}}）\n{{#each}}\n- {{quote}}{{#note}} —— {{{note}}}{{/note}}\n{{/each}}\n",
    );
    let text = place.run(&["bookmarks", "export", "library/well.md", "--template", "notes.txt"]);
    assert_eq!(text, "井（某号）\n- 村口有一口井。\n- 听桶碰到水的那一声 —— 先听，*再*打水\n");
    place.write("bad.txt", "一\n{{tilte}}");
    assert!(
        place.failure(&["bookmarks", "export", "--template", "bad.txt"]).contains("bad.txt:2: there is no {{tilte}}")
    );
    assert!(place.failure(&["bookmarks", "export", "--template", "none.txt"]).contains("none.txt"));
}

#[test]
fn json_is_web_annotations() {
    let place = Place::new();
    place.keep_three();
    let text = place.run(&["bookmarks", "export", "--format", "json"]);
    let page: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((text.lines().count(), &page["type"]), (1, &"AnnotationPage".into()));
    let all = page["items"].as_array().unwrap();
    assert_eq!(all.len(), 3);
    let note = all.iter().find(|annotation| annotation["motivation"] == "commenting").unwrap();
    assert_eq!(note["type"], "Annotation");
    assert_eq!(note["target"]["source"], "https://example.com/well");
    let selectors = &note["target"]["selector"];
    assert_eq!(selectors[0]["exact"], "听桶碰到水的那一声");
    assert!(selectors[0]["prefix"].as_str().unwrap().ends_with("总是先听，"));
    assert_eq!(selectors[1]["end"].as_u64().unwrap() - selectors[1]["start"].as_u64().unwrap(), 9);
    assert_eq!((&note["body"][0]["value"], &note["body"][1]["value"]), (&"important".into(), &"先听，*再*打水".into()));
    assert!(all.iter().any(|other| other["target"]["source"].as_str().unwrap().ends_with("river.md")));
}

#[test]
fn a_table_runs_nothing() {
    let place = Place::new();
    place.keep_three();
    let text = place.run(&["bookmarks", "export", "library/river.md", "--format", "csv"]);
    let rows: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(rows[0], "title,source,url,date,section,quote,note,kind,status,created,path,line,id");
    assert!(rows[1].starts_with("河,,,,,'=1+1 说的,,doubted,exact,"), "{}", rows[1]);
}

#[test]
fn no_file_is_replaced_unasked() {
    let place = Place::new();
    place.keep_three();
    place.write("notes.md", "我的");
    let error = place.failure(&["bookmarks", "export", "--output", "notes.md"]);
    assert!(error.contains("notes.md: is there already; --force replaces it"), "{error}");
    assert_eq!(std::fs::read_to_string(place.path("notes.md")).unwrap(), "我的");
    place.run(&["bookmarks", "export", "--output", "notes.md", "--force"]);
    assert!(std::fs::read_to_string(place.path("notes.md")).unwrap().starts_with("# "));
    assert!(place.failure(&["bookmarks", "export", "--output", "no/such/folder.md"]).contains("folder.md"));
    assert_eq!(place.run_with("data", &["bookmarks", "export", "--format", "docx"]).status.code(), Some(2));
}

#[test]
fn what_is_exported_fills_an_empty_journal() {
    let place = Place::new();
    place.keep_three();
    let page = place.run(&["bookmarks", "export", "--format", "json"]);
    place.write("page.json", &page);
    let said = place.said_by("other", &["bookmarks", "import", "page.json", "library"]);
    assert_eq!(said, "3 taken in, 3 of them found in the library; 0 were known already\n");
    assert_eq!(place.said_by("other", &["bookmarks", "export", "--format", "json"]), page);
    let half: String = page.chars().take(page.chars().count() / 2).collect();
    place.write("half.json", &half);
    let error = place.failure(&["bookmarks", "import", "half.json"]);
    assert!(error.contains("half.json: line 1: the JSON is broken there"), "{error}");
}

#[test]
fn a_passage_a_day() {
    let place = Place::new();
    assert!(place.run(&["passage"]).starts_with("Nothing is kept yet."));
    assert_eq!(place.run(&["passage", "--json"]), "");
    place.keep("library/well.md", "村口有一口井。", "听", "important");
    let text = place.run(&["passage"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines[0], lines[2]), ("村口有一口井。", "听"));
    assert!(lines[1].starts_with("— 井 · 20"), "{text}");
    let value: Value = serde_json::from_str(&place.run(&["passage", "--json"])).unwrap();
    assert_eq!(value["quote"], "村口有一口井。");
}

#[test]
fn the_day_of_a_passage_is_that_of_the_reader() {
    let place = Place::new();
    place.keep_three();
    place.keep("library/well.md", "声音闷，水就深。", "", "term");
    place.keep("library/river.md", "三公里", "", "term");
    // East and west of the line of dates it is never the same day.
    let said = |zone: &str| place.command("data", &["passage"]).env("TZ", zone).output().unwrap().stdout;
    assert_ne!(said("<+14>-14"), said("<-12>+12"));
    assert_eq!(said("<+14>-14"), said("<+14>-14"));
}
