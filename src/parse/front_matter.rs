//! Front matter of any dialect, line by line; the YAML library only for lists. The sole owner of `serde_yaml` in `parse`.
//!
//! It refuses to lose an article or a title to a syntax error: one file in eleven of a real archive is not valid YAML
//! (`title: A: B`, `[转载] …`, `@…`), and some parse to a wrong title (` #` starts a comment).

pub mod address;
pub mod board;
pub mod dates;
pub mod fences;
pub mod fields;
pub mod foot;
pub mod mail;
pub mod meta;
pub mod object;
pub mod table;
pub mod values;

use crate::document::{Meta, Repair};
use crate::parse::Tables;
use crate::text::SafeText;
use values::scalar;

/// What stands before the text.
#[derive(Debug, Default)]
pub struct FrontMatter<'a> {
    /// What it says.
    pub meta: Meta,
    /// What it says the text is about: a title where the text has none.
    pub subject: Option<SafeText>,
    /// The text after it.
    pub body: &'a str,
    /// Lines of the file before the text.
    pub lines: u32,
    /// The last line of the file that holds metadata within the text; 0 if none does.
    pub head: u32,
    /// The first line of the file that holds nothing but a program's metadata down to its end.
    pub foot: Option<u32>,
    /// What was not as it should be.
    pub repairs: Vec<Repair>,
}

/// Takes the front matter off a text: between fences, as a JSON object, or as lines at the head of the text.
pub fn split<'a>(text: &'a str, tables: &Tables) -> FrontMatter<'a> {
    let front = fences::fenced(text, tables)
        .or_else(|| object::before(text, tables))
        .or_else(|| fences::unopened(text, tables))
        .or_else(|| at_head(text, tables))
        .unwrap_or(FrontMatter { body: text, ..FrontMatter::default() });
    match foot::fields_at(text, &tables.keys) {
        Some((fields, line)) => {
            FrontMatter { meta: completed(front.meta, meta::of(&fields, tables)), foot: Some(line), ..front }
        }
        None => front,
    }
}

fn completed(mut meta: Meta, more: Meta) -> Meta {
    meta.complete(more);
    meta
}

/// Metadata in the text itself; the text keeps it, for the raw view.
fn at_head<'a>(text: &'a str, tables: &Tables) -> Option<FrontMatter<'a>> {
    let keys = &tables.keys;
    let of_post = || board::at_head(text, 1, keys);
    let of_table = || table::at_head(text, 1, keys);
    let (fields, head) =
        mail::at_head(text, 1).or_else(of_post).or_else(of_table).or_else(|| fields::at_head(text, 1, keys))?;
    let subject = fields.iter().find(|field| field.key == "subject").map(|field| SafeText::line(&scalar(field)));
    let mut meta = meta::of(&fields, tables);
    // Markdown's escape, which a table cannot do without.
    if meta.title.contains("\\|") {
        meta.title = SafeText::line(&meta.title.replace("\\|", "|"));
    }
    Some(FrontMatter { meta, subject, body: text, head, ..FrontMatter::default() })
}

#[cfg(test)]
mod tests {
    use super::FrontMatter;
    use crate::parse::Tables;
    use crate::text::SafeText;

    fn split(text: &str) -> FrontMatter<'_> {
        super::split(text, &Tables::built_in())
    }

    #[track_caller]
    fn check_title(value: &str, title: &str) {
        let text = format!("---\ntitle: {value}\ndate: 2024-08-21\n---\nbody");
        let front = split(&text);
        assert_eq!(front.meta.title.as_str(), title, "title: {value}");
        assert_eq!((front.body, front.lines), ("body", 4), "title: {value}");
        assert_eq!(front.meta.date.as_deref(), Some("2024-08-21"), "title: {value}");
    }

    #[test]
    fn titles_that_yaml_loses() {
        for title in [
            "观点 | 全球",
            "| 竖线",
            "> 引号",
            "[转载] 标题",
            "[a] b",
            "{x} y",
            "{{ t }}",
            "专访: 某人",
            "foo: bar",
            "专访：某人",
            "Learn C #1 rule",
            "#话题# 标题",
            "@x",
            "`x`",
            "%x",
            "*b* x",
            "&nbsp; x",
            "!important x",
            "!!python/object:os.system x",
            "*undefined",
            "\"Hello\" world",
            "\"say \"hi\"\"",
            "\"unclosed",
            "'Tis the season",
            "no",
            "1984",
            "007",
            "3.10",
            "2024.10",
            "“引号”开头",
            "- 破折",
            "foo:",
            "👩\u{200d}👧 𠮷",
            "a\u{2028}b",
            "a\u{85}b",
        ] {
            check_title(title, &title.replace(['\u{2028}', '\u{85}'], " "));
        }
        check_title("\"quoted: yes\"", "quoted: yes");
        check_title("\"quoted\" # 注", "quoted");
        check_title("'it''s'", "it's");
        check_title("\"\\ud83d\\ude00\"", "😀");
        check_title("\"\\u001b[31mred\"", "[31mred");
        check_title("\"C:\\p\"", "C:\\p");
        check_title("\u{3000}全角空格", "全角空格");
        check_title("\u{a0}不换行空格", "不换行空格");
        check_title("a\u{1b}[31m\u{7}\u{0}\u{7f}\u{9b}b", "a[31mb");
        for nothing in ["null", "~", ""] {
            check_title(nothing, "");
        }
    }

    #[test]
    fn keys_that_yaml_loses() {
        for head in [
            "title：题",
            "title:题",
            "title:\t题",
            "Title: 题",
            "\ttitle: 题",
            "  title: 题",
            "date: 2024-08-21\n\ttitle: 题",
            "标题: 题",
            "\"title\": \"题\",",
            "title = \"题\"",
            "title:: 题",
            "title: 题\ntitle: 另",
            "x: *undefined\ntitle: 题",
            "tags: [a, b\ntitle: 题",
            "title: >-\n  题",
            "title:\n  题",
            "# 注\ntitle: 题",
        ] {
            let text = format!("---\n{head}\n---\nbody");
            assert_eq!((split(&text).meta.title.as_str(), split(&text).body), ("题", "body"), "{head}");
        }
    }

    /// Title, author, date, source, address, tags.
    #[track_caller]
    fn check(text: &str, expected: [&str; 6]) {
        let meta = split(text).meta;
        let tags = meta.tags.iter().map(SafeText::as_str).collect::<Vec<_>>().join(" ");
        let or_empty = |value: Option<SafeText>| value.map_or(String::new(), |value| value.to_string());
        let (author, date) = (or_empty(meta.author), or_empty(meta.date));
        let (source, url) = (or_empty(meta.source), or_empty(meta.url));
        assert_eq!([meta.title.as_str(), &author, &date, &source, &url, &tags], expected, "{text}");
    }

    const URL: &str = "https://example.com/a";

    #[test]
    fn a_value_may_have_paragraphs_where_fields_go_on_behind_it() {
        check(
            "---\ntitle: 茶\nsummary: 第一段。\n\n第二段。\ndate: 2024-01-01\nauthor: 甲\n---\nbody",
            ["茶", "甲", "2024-01-01", "", "", ""],
        );
    }

    #[test]
    fn what_other_fields_tell() {
        check("+++\ntitle = \"茶\"\npath = \"2023/12/15/tea\"\n+++\nbody", ["茶", "", "2023-12-15", "", "", ""]);
        check("---\ntitle: 茶\ntranslator: 甲\npublisher: 甲\n---\nbody", ["茶", "", "", "", "", ""]);
        check("---\ntitle: 茶\nauthor: 甲\npublisher: 甲\n---\nbody", ["茶", "甲", "", "甲", "", ""]);
    }

    #[test]
    fn fenced_dialects() {
        check(
            "---\nTitle：冒号\nauthor: [\"[[甲]]\", 乙]\nsource: https://example.com/a\ntags: #书 #茶\npublished: 2024/8/1\n---\n",
            ["冒号", "甲、乙", "2024-08-01", "", URL, "书 茶"],
        );
        check(
            "+++\ntitle = \"A # b\"\nauthors = [\"甲\"]\ndate = 2024-08-01T00:00:00Z\n[taxonomies]\ntags = [\n  \"x\",\n  \"y\",\n]\n+++\n",
            ["A # b", "甲", "2024-08-01", "", "", "x y"],
        );
        check(
            "---\ntitle: >-\n  两行\n  标题\ntags:\n  - 一\n  - 二\nauthor:\n  name: 甲\ndate created: Wed, 21 Aug 2024\npublished: true\n---\n",
            ["两行标题", "甲", "2024-08-21", "", "", "一 二"],
        );
        check(
            "{\"title\": \"题\", \"tags\": [\"a\", \"b\"], \"link\": \"https://example.com/a\"}\n\n正文",
            ["题", "", "", "", URL, "a b"],
        );
        check(
            "<!--\ntitle: 题\naccount: 茶报\npublish_time: 1724198400\n-->\n正文",
            ["题", "", "2024-08-21", "茶报", "", ""],
        );
    }

    #[test]
    fn dialects_without_a_fence() {
        check(
            "Title: 题\n\nURL Source: https://example.com/a\n\nPublished Time: 2024-08-21T00:00:00Z\n\nMarkdown Content:\n正文：一。",
            ["题", "", "2024-08-21", "", URL, ""],
        );
        check(
            "> * 原文地址：[A title](https://example.com/a)\n> * 原文作者：[甲](https://example.com/b)\n> * 译者：[乙](https://example.com/c)\n\n# 题\n\n正文。",
            ["", "甲", "", "", URL, ""],
        );
        check(
            "[#]: subject: \"A title\"\n[#]: author: \"甲\"\n[#]: url: (https://example.com/a)\n\n题\n======\n\n正文。",
            ["", "甲", "", "", URL, ""],
        );
        check(
            "[#]: author: (甲 https://example.com/a)\n[#]: source: (茶报)\n[#]: url: (https://example.com/a)\n\n正文。",
            ["", "甲", "", "茶报", URL, ""],
        );
        check("title:: 题\nauthor:: [[甲]]\ntags:: 书, 茶\n\n- 正文。", ["题", "甲", "", "", "", "书 茶"]);
        check(
            "# 题\n\n![cover](a.png)\n\n## Metadata\n- Author: [[甲]]\n- Full Title: 题\n- URL: https://example.com/a\n\n正文。",
            ["题", "甲", "", "", URL, ""],
        );
        check(
            "# 题\n\nTags: 书, 茶\nURL: https://example.com/a\nCreated: August 21, 2024\n\n正文。",
            ["", "", "2024-08-21", "", URL, "书 茶"],
        );
        check("**作者**：甲\n**来源**：茶报\n\n正文。", ["", "甲", "", "茶报", "", ""]);
        check(
            "title:: 题\nauthor:: [[甲]]\nfirst-seen:: 乙\nurl:: https://example.com/a\n\n- 正文。",
            ["题", "甲", "", "", URL, ""],
        );
        check("# 题\n\nSource: https://example.com/a\n\n---\n\n正文。", ["", "", "", "", URL, ""]);
        check("# 题\n\nSource: https://example.com/a\n\n正文。", [""; 6]);
        check(
            "发信人: 甲, 信区: 茶\n标  题: 题\n发信站: 茶站 (Wed Aug 21 08:00:00 2024), 站内\n\n正文。",
            ["题", "甲", "2024-08-21", "茶", "", ""],
        );
    }

    #[test]
    fn keys_above_a_fence_that_nothing_opens() {
        let front = split("title: 题\ntags: [书,茶]  # 注\nreward: true\n\n---\n\n正文。\n");
        assert_eq!((front.meta.title.as_str(), front.body, front.lines), ("题", "\n正文。\n", 5));
        for text in [
            "正文。\n\n---\n\ntitle: 题\nauthor: 甲\n\n---\n",
            "茶: 绿\n水: 清\n\n---\n正文。",
            "title: 题\nauthor: 甲\n\n正文。\n\n---\n",
            "title: 茶\nauthor: 陆羽\n\n# 一\n\n- 甲\n\n问：水呢？\n\n答：山上来。\n\n---\n\n正文",
            "title: 茶\nauthor: 陆羽\n问：水呢？\n答：山上来。\n---\n正文",
            "title: 茶\nauthor: 陆羽\n- 甲\n- 乙\n---\n正文",
            "title: 茶\nauthor: 陆羽\n# 一\n---\n正文",
            "title: 茶\nauthor: 陆羽\nlu: 水呢？\nyu: 山上来。\na: 好\n---\n正文",
        ] {
            assert_eq!((split(text).body, split(text).lines), (text, 0), "{text}");
        }
    }

    #[test]
    fn fields_below_a_text() {
        let foot = "id: 1\nauthor: 甲\nsource: 茶社\nis_todo: 0\nis_shared: 0\norder: 0\nuser_data: \ntype_: 1";
        let text = format!("题\n\n正文。\n\n{foot}\n");
        assert_eq!((split(&text).foot, split(&text).meta.author), (Some(5), Some(SafeText::line("甲"))));
        for other in [foot.replace("id: 1", "茶：水"), foot.replace("\nuser_data: ", ""), foot.replace("author", "a")]
        {
            assert_eq!(split(&format!("题\n\n正文。\n\n{other}\n")).foot, None, "{other}");
        }
    }

    #[test]
    fn heads_of_letters() {
        let head = "From: 甲 <a@example.com>\nSubject: Re: 题\nDate: Wed, 21 Aug 2024 08:00:00 +0800";
        let expected = ["Re: 题", "甲 <a@example.com>", "2024-08-21", "", "", ""];
        check(&format!("{head}\n\n正文。"), expected);
        let more = format!("From a Wed Aug 21 2024\nReceived: by b\n\tfor c\n{head}\nX-Mailer: d\n\n正文：e。");
        check(&more, expected);
        assert_eq!(split(&more).head, 7);
        for other in ["From: 甲\n\n正文。", "From: 甲\nSubject: 题\n正文。\n"] {
            assert_eq!(split(other).head, 0, "{other}");
        }
    }

    #[test]
    fn what_is_not_front_matter_stays() {
        for text in [
            "---\n\nprose without keys\n---\n",
            "---\nWarning: the road is closed.\n\nThe river rose in the night.\n\n---\n",
            "---\n问：水从哪里来？\n\n答：从山上来。\n\n---\n\n正文。",
            "---\nThe road: closed.\n---\n",
            "---\ntitle: 题\n\n正文。\n\n---\n\n又一段。",
            "no fence",
            "---",
            "--- \ntitle: unclosed",
            "Note: 一句话。\n\n正文。",
            "时间：三月\n地点：河边\n\n正文。",
            "{ let a = 1; }\n",
            "{\"a\": 1}\n",
        ] {
            assert_eq!((split(text).body, split(text).head), (text, 0), "{text}");
        }
    }

    #[test]
    fn a_missing_fence_is_found() {
        let front = split("---\ntitle: 题\ndate: 2024-08-21\n\n正文。\n\n---\n\n正文。".split_at(32).0);
        assert_eq!((front.meta.title.as_str(), front.repairs.len()), ("题", 1));
        let front = split("---\ntitle: 题\ndate: 2024-08-21\n\n正文。\n\n---\n\n正文。");
        assert_eq!((front.meta.title.as_str(), front.body), ("题", "\n正文。\n\n---\n\n正文。"));
    }

    #[test]
    fn bombs_end() {
        let bombs = [
            format!("tags: {}", "[".repeat(15_000)),
            format!("tags: {}", "{a: ".repeat(4_000)),
            format!("tags:\n{}", "- ".repeat(8_000)),
            format!("x: {}", "[".repeat(1_000_000)),
            format!("x: &a {}\ny: [{}]", "s".repeat(100_000), "*a, ".repeat(10_000)),
            (0..100_000).map(|index| format!("k{index}: v\n")).collect(),
        ];
        for bomb in bombs {
            let text = format!("---\ntitle: t\n{bomb}\n---\nbody");
            assert_eq!((split(&text).meta.title.as_str(), split(&text).body), ("t", "body"));
        }
    }
}
