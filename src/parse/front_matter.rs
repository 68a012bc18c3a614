//! Front matter of any dialect, line by line; the YAML library only for lists. The sole owner of `serde_yaml` in `parse`.
//!
//! It refuses to lose an article or a title to a syntax error: one file in eleven of a real archive is not valid YAML
//! (`title: A: B`, `[转载] …`, `@…`), and some parse to a wrong title (` #` starts a comment).

pub mod address;
pub mod board;
pub mod dates;
pub mod fields;
pub mod mail;
pub mod object;
pub mod table;
pub mod values;

use crate::document::{Meta, Repair};
use crate::parse::line::ends_sentence;
use crate::parse::tables::keys::{Keys, Kind};
use crate::text::SafeText;
use address::{is_address, link_address, link_text, name};
use fields::{Field, LIMIT, fields, key_and_value};
use values::{OPEN_BRACKETS, list, open_brackets, scalar};

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
pub fn split<'a>(text: &'a str, keys: &Keys) -> FrontMatter<'a> {
    let front = fenced(text, keys)
        .or_else(|| object::before(text, keys))
        .or_else(|| unopened(text, keys))
        .or_else(|| at_head(text, keys))
        .unwrap_or(FrontMatter { body: text, ..FrontMatter::default() });
    match at_foot(text, keys) {
        Some((fields, line)) => {
            FrontMatter { meta: completed(front.meta, meta(&fields, keys)), foot: Some(line), ..front }
        }
        None => front,
    }
}

/// Keys above a closing fence that nothing opens, as some blogs have them.
fn unopened<'a>(text: &'a str, keys: &Keys) -> Option<FrontMatter<'a>> {
    let start = text.get(..text.floor_char_boundary(LIMIT))?;
    let (block, _) = block_until(start, "---").filter(|(block, _)| holds_only_fields(block, keys))?;
    let (_, body) = text.split_at_checked(block.len())?;
    let body = body.split_once('\n').map_or("", |(_, body)| body);
    let fields = fields(block, 1, keys);
    let known = fields.iter().filter(|field| keys.kind(&field.key).is_some()).count();
    let meta = meta(&fields, keys);
    if known < 2 || known * 2 < fields.len() || meta.title.is_empty() || !block.starts_with(|c: char| c.is_alphabetic())
    {
        return None;
    }
    let lines = block.matches('\n').count() as u32 + 1;
    let repairs = vec![Repair { line: 1, what: "the front matter is not opened".to_owned() }];
    Some(FrontMatter { meta, body, lines, repairs, ..FrontMatter::default() })
}

/// Whether lines are fields on end, with what hangs on them: a blank line ends a block of fields, and a line that begins
/// with `-` is an item only below a key that says nothing itself. Anything else may be the text, down to its first rule.
fn holds_only_fields(block: &str, keys: &Keys) -> bool {
    let mut awaits_items = false;
    block.trim_end().lines().all(|line| {
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            return true;
        }
        if line.starts_with("- ") {
            return awaits_items;
        }
        let Some((key, value)) = key_and_value(line) else { return false };
        awaits_items = value.is_empty();
        keys.kind(&key).is_some() || key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

/// What a program writes below a text: many lines on end that are fields, some of them known, down to the end of the file.
fn at_foot<'a>(text: &'a str, keys: &Keys) -> Option<(Vec<Field<'a>>, u32)> {
    const MANY: usize = 8;
    let text = text.trim_end();
    let (above, block) = text.rsplit_once("\n\n").filter(|(_, block)| block.len() <= LIMIT)?;
    let is_name = |key: &str| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_field = |line: &str| {
        line.split_once(':').is_some_and(|(key, value)| is_name(key) && (value.is_empty() || value.starts_with(' ')))
    };
    if block.lines().count() < MANY || !block.lines().all(is_field) {
        return None;
    }
    let first = above.matches('\n').count() as u32 + 3;
    let fields = fields(block, first, keys);
    let known = fields.iter().filter(|field| keys.kind(&field.key).is_some()).count();
    (known >= 3).then_some((fields, first))
}

/// `---` … `---`, `+++` … `+++`, `<!--` … `-->`.
fn fenced<'a>(text: &'a str, keys: &Keys) -> Option<FrontMatter<'a>> {
    let skipped = text.len() - text.trim_start_matches(['\n', ' ', '\u{feff}']).len();
    let (before, rest) = text.split_at_checked(skipped)?;
    let (fence, rest) = rest.split_once('\n')?;
    let closing = match fence.trim_end() {
        "---" => "---",
        "+++" => "+++",
        "<!--" => "-->",
        _ => return None,
    };
    let first = before.matches('\n').count() as u32 + 2;
    let mut repairs = Vec::new();
    // A paragraph may be part of a value where fields go on behind it.
    let ends_in_field = |block: &str| {
        let last = block.trim_end().lines().next_back().and_then(key_and_value);
        last.is_some_and(|(key, _)| keys.kind(&key.to_lowercase()).is_some())
    };
    let closed = block_until(rest, closing).filter(|(block, _)| !holds_paragraphs(block) || ends_in_field(block));
    let (block, body) = closed.or_else(|| {
        let unclosed = unclosed(rest, keys)?;
        repairs.push(Repair { line: first - 1, what: "the front matter is not closed".to_owned() });
        Some(unclosed)
    })?;
    let fields = fields(block, first, keys);
    let opens_with_key = block
        .lines()
        .find(|line| !line.trim().is_empty())
        .is_none_or(|line| key_and_value(line).is_some() || line.starts_with('#'));
    if !opens_with_key || (fields.is_empty() && !block.trim().is_empty()) || !are_metadata(&fields, block, keys) {
        // The opening line was a thematic break (CommonMark 4.1).
        return None;
    }
    let meta = meta(&fields, keys);
    note_yaml(&fields, keys, &meta.title, block, &mut repairs);
    let lines = text.get(..text.len() - body.len()).map_or(0, |head| head.matches('\n').count()) as u32;
    // A file that went through two programs has the metadata of both.
    let (meta, head) = match fields::at_head(body, lines + 1, keys) {
        Some((more, head)) => (completed(meta, self::meta(&more, keys)), head),
        None => (meta, 0),
    };
    Some(FrontMatter { meta, body, lines, head, repairs, ..FrontMatter::default() })
}

/// Whether a line begins in the first column and is neither a field nor what may hang on one: an item, a comment, brackets.
fn is_loose(line: &str) -> bool {
    !line.trim().is_empty()
        && !line.starts_with([' ', '\t', '-', '#', '[', ']', '{', '}'])
        && !line.trim_end().ends_with(['"', ','])
        && key_and_value(line).is_none()
}

/// Whether paragraphs stand in a block: what opened it was a thematic break, or the end of its fields is not marked.
fn holds_paragraphs(block: &str) -> bool {
    let mut is_first = false;
    block.lines().any(|line| {
        let is_paragraph = is_first && is_loose(line);
        is_first = line.trim().is_empty();
        is_paragraph
    })
}

/// Whether the fields of a block are metadata: one is known, or there is nothing else and none is a sentence.
fn are_metadata(fields: &[Field], block: &str, keys: &Keys) -> bool {
    fields.iter().any(|field| keys.kind(&field.key).is_some())
        || !block.lines().any(is_loose) && !fields.iter().any(|field| ends_sentence(field.value))
}

fn completed(mut meta: Meta, more: Meta) -> Meta {
    meta.complete(more);
    meta
}

/// The block up to the closing fence, and what follows it.
fn block_until<'a>(rest: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let mut offset = 0;
    for line in rest.split_inclusive('\n') {
        let is_end = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
        if is_end {
            return Some((rest.get(..offset)?, rest.get(offset + line.len()..)?));
        }
        offset += line.len();
    }
    None
}

/// The known keys at the start of a block that nothing closes, up to the first blank line.
fn unclosed<'a>(rest: &'a str, keys: &Keys) -> Option<(&'a str, &'a str)> {
    let mut offset = 0;
    let mut known = 0;
    for line in rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
        let is_known = key_and_value(line).is_some_and(|(key, _)| keys.kind(&key).is_some());
        known += usize::from(is_known);
        offset += line.len();
    }
    if known >= 2 { rest.split_at_checked(offset) } else { None }
}

/// Metadata in the text itself; the text keeps it, for the raw view.
fn at_head<'a>(text: &'a str, keys: &Keys) -> Option<FrontMatter<'a>> {
    let of_post = || board::at_head(text, 1, keys);
    let of_table = || table::at_head(text, 1, keys);
    let (fields, head) =
        mail::at_head(text, 1).or_else(of_post).or_else(of_table).or_else(|| fields::at_head(text, 1, keys))?;
    let subject = fields.iter().find(|field| field.key == "subject").map(|field| SafeText::line(&scalar(field)));
    let mut meta = meta(&fields, keys);
    // Markdown's escape, which a table cannot do without.
    if meta.title.contains("\\|") {
        meta.title = SafeText::line(&meta.title.replace("\\|", "|"));
    }
    Some(FrontMatter { meta, subject, body: text, head, ..FrontMatter::default() })
}

fn meta(fields: &[Field], keys: &Keys) -> Meta {
    let find = |kind: Kind, fits: &dyn Fn(&Field) -> bool| {
        keys.of_kind(kind).find_map(|key| {
            let is_given = |field: &&Field| !(field.value.is_empty() && field.below.is_empty()) && fits(field);
            fields.iter().filter(|field| field.key == key).find(is_given)
        })
    };
    let any = |_: &Field| true;
    let line = |kind: Kind, fits: &dyn Fn(&Field) -> bool| {
        find(kind, fits).map(scalar).filter(|value| !value.is_empty()).map(|value| SafeText::line(&value))
    };
    let address = |field: &Field| is_address(link_address(&scalar(field)));
    let mut paths = fields.iter().filter(|field| keys.kind(&field.key) == Some(Kind::Url));
    // Who publishes a translation may be the one who has made it: no place where articles appear.
    let is_helper = |field: &Field| {
        let is_same = |other: &Field| other.key != field.key && scalar(other) == scalar(field);
        fields.iter().any(|other| keys.kind(&other.key) == Some(Kind::Known) && is_same(other))
    };
    let mut meta = Meta {
        title: line(Kind::Title, &any).map(|title| SafeText::line(link_text(&title))).unwrap_or_default(),
        author: find(Kind::Author, &any)
            .map(|field| list(field).iter().map(|written| name(written)).collect::<Vec<_>>().join("、"))
            .filter(|names| !names.is_empty())
            .map(|names| SafeText::line(&names)),
        date: line(Kind::Date, &|field| scalar(field).chars().any(|c| c.is_ascii_digit()))
            .map(|written| dates::date(&written))
            .or_else(|| paths.find_map(|field| dates::of_path(&scalar(field))))
            .map(|date| SafeText::line(&date)),
        source: line(Kind::Source, &|field| !address(field) && !is_helper(field))
            .map(|source| SafeText::line(name(&source))),
        url: find(Kind::Url, &address)
            .or_else(|| find(Kind::Source, &address))
            .map(|field| SafeText::line(link_address(&scalar(field)))),
        tags: find(Kind::Tags, &any)
            .map(list)
            .unwrap_or_default()
            .iter()
            .map(|tag| SafeText::line(tag))
            .filter(|tag| !tag.is_empty())
            .collect(),
        id: line(Kind::Id, &any),
    };
    if meta.author.as_ref().is_some_and(|author| is_address(author)) {
        meta.author = None;
    }
    meta
}

/// Says where a YAML parser would have lost the title, so that the reader can see why other programs do.
fn note_yaml(fields: &[Field], keys: &Keys, title: &str, block: &str, repairs: &mut Vec<Repair>) {
    let Some(field) = fields.iter().find(|field| keys.kind(&field.key) == Some(Kind::Title)) else { return };
    let entry = format!("title: {}", field.value);
    let agrees = open_brackets(&entry) <= OPEN_BRACKETS
        && serde_yaml::from_str::<serde_yaml::Value>(&entry).is_ok_and(|value| {
            value.get("title").is_none_or(|value| value.as_str().is_none_or(|text| text.trim() == title))
        });
    if !agrees && block.len() <= LIMIT {
        repairs.push(Repair {
            line: field.line,
            what: "the title is not valid YAML and was read as it stands".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::FrontMatter;
    use crate::parse::Tables;
    use crate::text::SafeText;

    fn split(text: &str) -> FrontMatter<'_> {
        super::split(text, &Tables::built_in().keys)
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
