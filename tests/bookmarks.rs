//! Bookmarks as scripts see them: what is added is found again after the file was edited, moved, renamed or scraped
//! again, and what is lost is said to be lost. Drives the built binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

const WELL: &str = "---\ntitle: 井\nurl: https://example.com/well?utm_source=a\n---\n\n# 井\n\n村口有一口井。\n\n## 打水\n\n打水的人总是先听，\n听桶碰到水的**那一声**。声音闷，水就深。\n\n## 石板\n\n后来装了自来水，井盖上了石板。\n";

/// A folder with an article, and folders for what zhai keeps.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.write("library/well.md", WELL);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        std::fs::create_dir_all(self.path(to).parent().unwrap()).unwrap();
        std::fs::rename(self.path(from), self.path(to)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhai"));
        command.arg("bookmarks").args(arguments).current_dir(self.folder.path());
        for (variable, folder) in
            [("ZHAI_CONFIG_DIR", "config"), ("ZHAI_DATA_DIR", "data"), ("ZHAI_CACHE_DIR", "cache")]
        {
            command.env(variable, self.path(folder));
        }
        command.output().unwrap()
    }

    fn add(&self, quote: &str) -> String {
        let output = self.run(&["add", "library/well.md", "--quote", quote, "--note", "听"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn list(&self, paths: &[&str]) -> Vec<Value> {
        let output = self.run(&[&["list", "--json"], paths].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The only bookmark, as `status section:line file`.
    #[track_caller]
    fn check(&self, paths: &[&str], expected: &str) {
        let list = self.list(paths);
        let [bookmark] = list.as_slice() else { panic!("{list:?}") };
        let text = |name: &str| bookmark[name].as_str().unwrap().to_owned();
        let file = text("path").rsplit('/').next().unwrap().to_owned();
        let line = bookmark["line"].as_u64().map_or("-".to_owned(), |line| line.to_string());
        assert_eq!(format!("{} {}:{line} {file}", text("status"), text("section")), expected);
        assert_eq!(text("quote"), "听桶碰到水的那一声", "the words are kept as they were");
    }
}

#[test]
fn import_and_list_look_in_the_same_library() {
    let place = Place::new();
    let clip = |title: &str, quote: &str| {
        format!("{title}\n- Your Highlight on page 1 | Added on Friday, 6 March 2026 10:00:00\n\n{quote}\n==========\n")
    };
    let here = clip("井 (某人)", "打水的人总是先听");
    place.write("clippings.txt", &format!("{here}{}", clip("别的书 (某人)", "不在这里的一句话，很长很长。")));
    place.write("config/config.yaml", &format!("library: [{}]\n", place.path("library").display()));
    // Nothing was left anywhere before, and no folder is named.
    let said = String::from_utf8(place.run(&["import", "clippings.txt"]).stdout).unwrap();
    assert!(said.starts_with("2 taken in, 1 of them found in the library; 0 were known already\n"), "{said}");
    let list = place.list(&[]);
    let status = |title: &str| list.iter().find(|one| one["title"] == title).unwrap()["status"].clone();
    assert_eq!((status("井"), status("别的书")), ("exact".into(), "lost".into()));
    let text = String::from_utf8(place.run(&["list"]).stdout).unwrap();
    assert!(text.contains("× 别的书  lost  its article is not in this library\n"), "{text}");
}

#[test]
fn every_field_is_there() {
    let place = Place::new();
    let id = place.add("听桶碰到水的那一声");
    let list = place.list(&[]);
    let fields: Vec<&String> = list[0].as_object().unwrap().keys().collect();
    let expected = ["id", "path", "title", "kind", "quote", "note", "section", "line", "status", "created"];
    assert_eq!(fields, expected);
    assert_eq!((list[0]["id"].as_str(), list[0]["note"].as_str()), (Some(id.as_str()), Some("听")));
    assert_eq!(list[0]["kind"], "bookmark");
}

#[test]
fn it_is_found_again_whatever_happens_to_the_file() {
    let place = Place::new();
    place.add("听桶碰到水的那一声");
    place.check(&[], "exact 打水:13 well.md");

    place.write("library/well.md", &WELL.replace("村口有一口井。", "广告\n\n点击关注\n\n村口有一口井。"));
    place.check(&[], "exact 打水:17 well.md");

    place.write("library/well.md", &WELL.replace("碰到水的**那一声**", "碰着水面的那一声"));
    place.check(&[], "changed 打水:13 well.md");

    let sentence = "打水的人总是先听，\n听桶碰到水的**那一声**。";
    let moved = WELL.replace(sentence, "").replace("村口有一口井。", &format!("村口有一口井。\n\n{sentence}"));
    place.write("library/well.md", &moved);
    place.check(&[], "moved :11 well.md");

    place.write("library/well.md", &WELL.replace("听桶碰到水的**那一声**", "等底下传上来的回响"));
    place.check(&[], "changed 打水:13 well.md");

    place.write(
        "library/well.md",
        &WELL.replace("打水的人总是先听，\n听桶碰到水的**那一声**。声音闷，水就深。", "空。"),
    );
    place.check(&[], "lost 打水:10 well.md");

    place.write("library/well.md", WELL);
    place.rename("library/well.md", "library/井.md");
    place.check(&[], "exact 打水:13 井.md");

    // Into a folder below, one beside it, and back again.
    std::fs::create_dir_all(place.path("library/水")).unwrap();
    for (from, to) in [("井.md", "水/井.md"), ("水/井.md", "井.md")] {
        place.rename(&format!("library/{from}"), &format!("library/{to}"));
        place.check(&[], "exact 打水:13 井.md");
    }
    place.rename("library/井.md", "elsewhere/deep/井.md");
    place.check(&["elsewhere"], "exact 打水:13 井.md");

    let scraped = WELL.replace("https://example.com/well?utm_source=a", "http://EXAMPLE.com/well/#top");
    let scraped = scraped.replace("打水的人", "导航 首页\n\n打水的人").replace('，', ",").replace("闷", "发闷");
    std::fs::remove_file(place.path("elsewhere/deep/井.md")).unwrap();
    place.write("elsewhere/again.md", &scraped);
    place.check(&["elsewhere"], "exact 打水:15 again.md");
    assert_eq!(place.list(&["library"]), Vec::<Value>::new(), "not in another folder");
}

#[test]
fn one_without_an_address_is_known_by_its_text() {
    let place = Place::new();
    let bare = WELL.replace("url: https://example.com/well?utm_source=a\n", "");
    place.write("library/well.md", &bare);
    place.write("library/other.md", &bare.replace("井", "河").replace("桶", "船"));
    place.add("听桶碰到水的那一声");
    place.rename("library/well.md", "library/renamed.md");
    place.write("library/renamed.md", &bare.replace("声音闷", "声音发闷"));
    place.check(&[], "exact 打水:12 renamed.md");
}

#[test]
fn what_is_not_there_is_said_in_a_line() {
    let place = Place::new();
    for (arguments, said) in [
        (&["add", "library/well.md", "--quote", "没有的话"][..], "library/well.md: the quote is not in it"),
        (&["add", "library/none.md", "--quote", "话"], "library/none.md"),
        (&["remove", "01"], "there is no bookmark 01"),
        (&["list", "library", "none.md"], "none.md: there is no such file or folder; check the path"),
        (&["export", "none.md"], "none.md: there is no such file or folder; check the path"),
    ] {
        let output = place.run(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), error.lines().count()), (Some(1), 1), "{error}");
        assert!(error.contains(said), "{error}");
    }
    assert_eq!(place.run(&["add", "library/well.md"]).status.code(), Some(2));
    assert_eq!(place.run(&["add", "library/well.md", "--quote", "井", "--kind", "x"]).status.code(), Some(2));
}

#[test]
fn removed_is_removed() {
    let place = Place::new();
    let id = place.add("一口井");
    place.add("ＡＢ井 盖上了石板".trim_start_matches("ＡＢ"));
    assert!(place.run(&["remove", &id]).status.success());
    let quotes: Vec<_> = place.list(&[]).iter().map(|bookmark| bookmark["quote"].clone()).collect();
    assert_eq!(quotes, ["井盖上了石板"]);
}

#[test]
fn what_is_exported_comes_back() {
    let place = Place::new();
    let id = place.add("听桶碰到水的那一声");
    let run = |arguments: &[&str]| {
        let output = place.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let markdown = run(&["export"]);
    let head = "# 井\n\n- URL: <https://example.com/well>\n\n## 打水\n\n> 听桶碰到水的那一声\n\n听\n\nbookmark · ";
    assert!(markdown.starts_with(head), "{markdown}");
    place.write("template.txt", "{{title}}|{{quote}}|{{line}}|{{status}}\n");
    assert_eq!(run(&["export", "--template", "template.txt"]), "井|听桶碰到水的那一声|13|exact\n");
    let page = run(&["export", "--format", "json"]);
    let parsed: Value = serde_json::from_str(&page).unwrap();
    assert_eq!(parsed["items"][0]["target"]["selector"][0]["exact"], "听桶碰到水的那一声");
    assert_eq!(run(&["export", "--format", "csv"]).lines().count(), 2);

    place.write("page.json", &page);
    assert!(run(&["import", "page.json"]).starts_with("0 taken in, 0 of them found in the library; 1 were known"));
    run(&["remove", &id]);
    assert!(run(&["import", "page.json", "library"]).starts_with("1 taken in, 1 of them found"));
    place.check(&[], "exact 打水:13 well.md");
    assert_eq!(place.list(&[])[0]["id"].as_str(), Some(id.as_str()));

    let kindle = "井 (某)\n- Your Highlight on page 1 | Added on Friday\n\n后来装了自来水\n==========\n别的书 (某)\n- Your Highlight on page 1 | Added on Friday\n\n不在这里的一句话，很长很长。\n==========\n";
    place.write("clippings.txt", kindle);
    let said = run(&["import", "clippings.txt", "library"]);
    assert!(said.starts_with("2 taken in, 1 of them found"), "{said}");
    assert!(said.ends_with("\nnot in this library: 别的书: 不在这里的一句话，很长很长。\n"), "{said}");
    assert!(run(&["import", "clippings.txt", "library"]).starts_with("0 taken in"), "twice is once");
    let statuses: Vec<_> = place.list(&[]).iter().map(|bookmark| bookmark["status"].clone()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == "lost").count(), 1, "{statuses:?}");

    place.write("odd.bin", "no export");
    let output = place.run(&["import", "odd.bin"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("odd.bin: is no export that zhai knows"));
}

#[test]
fn what_could_not_be_saved_is_taken_in_by_the_command_that_is_named() {
    let place = Place::new();
    // A file where the folder would be: nobody can write there, not even root.
    place.write("data", "");
    let output = place.run(&["add", "library/well.md", "--quote", "村口", "--note", "井"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.lines().count() == 2, "{said}");
    let command = said.split('`').nth(1).unwrap();
    let file = command.strip_prefix("zhai bookmarks import ").unwrap();
    std::fs::remove_file(place.path("data")).unwrap();
    for taken in ["1 taken in; 0 were known already\n", "0 taken in; 1 were known already\n"] {
        let output = place.run(&["import", file]);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), taken);
        assert_eq!(place.list(&[])[0]["note"], "井");
    }
    std::fs::remove_file(file).unwrap();
}
