//! Front matter of any dialect, line by line; the YAML library only for lists. The sole owner of `serde_yaml` in `parse`.
//!
//! It refuses to lose an article or a title to a syntax error: one file in eleven of a real archive is not valid YAML
//! (`title: A: B`, `[转载] …`, `@…`), and some parse to a wrong title (` #` starts a comment).

use crate::document::{Meta, Repair};
use crate::text::SafeText;

/// Bytes of front matter that are looked at.
const LIMIT: usize = 16 * 1024;
/// Open brackets beyond which YAML parsers take quadratic time.
const OPEN_BRACKETS: usize = 64;

/// What stands before the text.
#[derive(Debug, Default)]
pub struct FrontMatter<'a> {
    /// What it says.
    pub meta: Meta,
    /// The text after it.
    pub body: &'a str,
    /// Lines of the file before the text.
    pub lines: u32,
    /// What was not as it should be.
    pub repairs: Vec<Repair>,
}

/// Keys that say the same, in lower case.
const TITLE: &[&str] = &["title", "标题", "標題", "タイトル", "제목"];
const AUTHOR: &[&str] = &["author", "authors", "by", "creator", "byline", "作者", "著者", "저자"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publish_time",
    "publish_date",
    "pubdate",
    "date_published",
    "created",
    "date created",
    "created_at",
    "date_created",
    "发布时间",
    "日期",
    "時間",
    "updated",
    "fetch_date",
];
const SOURCE: &[&str] = &["source", "site", "site_name", "account", "publication", "公众号", "来源", "來源", "出典"];
const URL: &[&str] =
    &["url", "link", "original_url", "source_url", "canonical", "canonical_url", "原文", "原文链接", "链接"];
const TAGS: &[&str] = &["tags", "tag", "keywords", "categories", "category", "topics", "标签", "標籤"];
const ID: &[&str] = &["id", "guid", "uid"];

/// One key with what follows it.
struct Field<'a> {
    key: String,
    value: &'a str,
    /// The indented or listed lines below it.
    below: Vec<&'a str>,
    line: u32,
}

/// Takes the front matter off a text.
pub fn split(text: &str) -> FrontMatter<'_> {
    let without = FrontMatter { body: text, ..FrontMatter::default() };
    let skipped = text.len() - text.trim_start_matches(['\n', ' ', '\u{feff}']).len();
    let Some((before, rest)) = text.split_at_checked(skipped) else { return without };
    let Some((fence, rest)) = rest.split_once('\n') else { return without };
    let fence = fence.trim_end();
    if !matches!(fence, "---" | "+++") {
        return without;
    }
    let Some((block, body)) = block_until(rest, fence) else { return without };
    let first = before.matches('\n').count() as u32 + 2;
    let fields = fields(block, first);
    let opens_with_key = block
        .lines()
        .find(|line| !line.trim().is_empty())
        .is_none_or(|line| key_and_value(line).is_some() || line.starts_with('#'));
    if !opens_with_key || (fields.is_empty() && !block.trim().is_empty()) {
        // The opening line was a thematic break (CommonMark 4.1).
        return without;
    }
    let mut repairs = Vec::new();
    let meta = meta(&fields, block, &mut repairs);
    let lines = text.len() - body.len();
    let lines = text.get(..lines).map_or(0, |head| head.matches('\n').count()) as u32;
    FrontMatter { meta, body, lines, repairs }
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

/// The fields of a block: `key: value`, `key：value`, `key = value`, `key:: value`, with the lines that belong to them.
fn fields(block: &str, first: u32) -> Vec<Field<'_>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut bytes = 0;
    for (index, line) in block.lines().enumerate() {
        bytes += line.len() + 1;
        if bytes > LIMIT {
            break;
        }
        let is_below = line.starts_with([' ', '\t', '-', '#']) || line.trim().is_empty();
        match key_and_value(line) {
            Some((key, value)) if !is_below || (fields.is_empty() && !line.starts_with(['-', '#'])) => {
                fields.push(Field { key, value, below: Vec::new(), line: first + index as u32 });
            }
            _ => {
                if let Some(field) = fields.last_mut() {
                    field.below.push(line);
                }
            }
        }
    }
    fields
}

fn key_and_value(line: &str) -> Option<(String, &str)> {
    let end = line.find([':', '：', '='])?;
    let key = line.get(..end)?.trim().trim_matches(['"', '\'']);
    let is_key = !key.is_empty()
        && key.chars().count() <= 32
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | '@'))
        && key.split(' ').count() <= 3;
    let value = line.get(end..)?.trim_start_matches([':', '：', '=']);
    is_key.then(|| (key.to_lowercase(), value.trim_matches([' ', '\t', '\u{a0}', '\u{3000}'])))
}

fn meta(fields: &[Field], block: &str, repairs: &mut Vec<Repair>) -> Meta {
    let find = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            fields.iter().find(|field| field.key == *key && !(field.value.is_empty() && field.below.is_empty()))
        })
    };
    let line =
        |keys: &[&str]| find(keys).map(scalar).filter(|value| !value.is_empty()).map(|value| SafeText::line(&value));
    let mut meta = Meta {
        title: line(TITLE).unwrap_or_default(),
        author: find(AUTHOR)
            .map(|field| list(field).join("、"))
            .filter(|names| !names.is_empty())
            .map(|names| SafeText::line(&names)),
        date: line(DATE).map(|written| SafeText::line(&date(&written))),
        source: line(SOURCE),
        url: line(URL).filter(|url| is_address(url)),
        tags: find(TAGS)
            .map(list)
            .unwrap_or_default()
            .iter()
            .map(|tag| SafeText::line(tag))
            .filter(|tag| !tag.is_empty())
            .collect(),
        id: line(ID),
    };
    if meta.source.as_ref().is_some_and(|source| is_address(source)) {
        let source = meta.source.take();
        meta.url = meta.url.or(source);
    }
    if let Some(title) = find(TITLE) {
        note_yaml(title, &meta.title, block, repairs);
    }
    meta
}

/// Says where a YAML parser would have lost the title, so that the reader can see why other programs do.
fn note_yaml(field: &Field, title: &str, block: &str, repairs: &mut Vec<Repair>) {
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

/// A value of one line, or a block scalar or continuation joined to one.
fn scalar(field: &Field) -> String {
    let below = || field.below.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#'));
    match field.value {
        "|" | ">" | "|-" | ">-" | "|+" | ">+" => below().collect::<Vec<_>>().join(" "),
        "" => below().map(|line| unquote(line.trim_start_matches("- "))).collect::<Vec<_>>().join(" "),
        "null" | "~" => String::new(),
        value if below().next().is_some_and(|line| !line.starts_with('-')) => {
            let whole = std::iter::once(value).chain(below()).collect::<Vec<_>>().join(" ");
            unquote(&whole)
        }
        value => unquote(value),
    }
}

/// A value that may be a list: `[a, b]`, `- a` lines, `a, b`, `#a #b`, `"[[a]]"`.
fn list(field: &Field) -> Vec<String> {
    let entry: String = if field.value.starts_with('[') {
        std::iter::once(field.value).chain(field.below.iter().copied()).collect::<Vec<_>>().join("\n ")
    } else {
        String::new()
    };
    let from_yaml = (open_brackets(&entry) <= OPEN_BRACKETS && !entry.is_empty())
        .then(|| serde_yaml::from_str::<Vec<serde_yaml::Value>>(&entry).ok())
        .flatten()
        .map(|values| values.iter().filter_map(plain_value).collect::<Vec<_>>());
    let items = match from_yaml {
        Some(items) => items,
        None if field.value.is_empty() => {
            let items = field.below.iter().filter_map(|line| line.trim().strip_prefix('-'));
            items.map(|item| unquote(item.trim())).collect()
        }
        None => loose_items(field.value),
    };
    items
        .iter()
        .map(|item| {
            item.trim().trim_start_matches("[[").trim_end_matches("]]").trim_start_matches('#').trim().to_owned()
        })
        .filter(|item| !item.is_empty())
        .collect()
}

fn plain_value(value: &serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text.clone()),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Bool(flag) => Some(flag.to_string()),
        // `[[name]]` without quotes is a list in a list.
        serde_yaml::Value::Sequence(inner) => inner.first().and_then(|value| value.as_str()).map(str::to_owned),
        _ => None,
    }
}

fn loose_items(value: &str) -> Vec<String> {
    let value = value.trim_start_matches('[').trim_end_matches(']');
    let separators: &[char] = if value.contains([',', '，', '、', ';', '；']) {
        &[',', '，', '、', ';', '；']
    } else if value.starts_with('#') {
        &[' ', '\u{3000}']
    } else {
        &['\n']
    };
    value.split(separators).map(|item| unquote(item.trim())).collect()
}

fn open_brackets(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count()
}

/// Takes quotes off a value, if they enclose all of it, and decodes JSON's escapes inside double ones.
fn unquote(value: &str) -> String {
    let inner = |quote: char| {
        let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
        let escaped = inner.replace("\\\\", "").replace("\\\"", "").replace("''", "");
        (!escaped.contains(quote)).then_some(inner)
    };
    if let Some(inner) = inner('"') {
        return serde_json::from_str(value).unwrap_or_else(|_| inner.to_owned());
    }
    inner('\'').map_or_else(|| value.to_owned(), |inner| inner.replace("''", "'"))
}

fn is_address(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}

/// A date as `YYYY-MM-DD` if it can be understood, else as it was written.
pub fn date(written: &str) -> String {
    numeric_date(written).or_else(|| named_date(written)).unwrap_or_else(|| written.to_owned())
}

fn numeric_date(written: &str) -> Option<String> {
    let mut numbers = written.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let first = numbers.next()?;
    let (year, month, day) = if first.len() == 8 {
        (first.get(..4)?, first.get(4..6)?, first.get(6..)?)
    } else {
        (first, numbers.next()?, numbers.next()?)
    };
    calendar_date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `Wed, 21 Aug 2024 10:00:00 GMT`, `August 21, 2024`.
fn named_date(written: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = written.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let month = words().find_map(|word| MONTHS.iter().position(|month| word.starts_with(month)))? as u32 + 1;
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().ok();
    let year = words().filter_map(number).find(|number| (1000..=9999).contains(number))?;
    let day = words().filter_map(number).find(|number| (1..=31).contains(number))?;
    calendar_date(year, month, day)
}

fn calendar_date(year: u32, month: u32, day: u32) -> Option<String> {
    let is_date = (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::{date, split};

    #[track_caller]
    fn check_title(value: &str, title: &str) {
        let text = format!("---\ntitle: {value}\ndate: 2024-08-21\n---\nbody");
        let front = split(&text);
        assert_eq!(front.meta.title.as_str(), title, "title: {value}");
        assert_eq!((front.body, front.lines), ("body", 4), "title: {value}");
    }

    #[test]
    fn titles_that_yaml_loses() {
        for title in [
            "观点 | 全球",
            "[转载] 标题",
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
            "\"Hello\" world",
            "\"say \"hi\"\"",
            "'Tis the season",
            "no",
            "1984",
            "3.10",
            "“引号”开头",
            "- 破折",
            "foo:",
            "a\u{2028}b",
        ] {
            check_title(title, &title.replace('\u{2028}', " "));
        }
        check_title("\"quoted: yes\"", "quoted: yes");
        check_title("'it''s'", "it's");
        check_title("\"\\ud83d\\ude00\"", "😀");
        check_title("\"\\u001b[31mred\"", "[31mred");
        check_title("\"C:\\p\"", "C:\\p");
        check_title("\u{3000}全角空格", "全角空格");
    }

    #[test]
    fn dialects() {
        let front = split("---\r\nTitle：全角冒号\nauthor: [\"[[甲]]\", 乙]\nsource: https://example.com/a\ntags: #书 #茶\npublished: 2024/8/1\n---\n".replace('\r', "").leak());
        assert_eq!(front.meta.title.as_str(), "全角冒号");
        assert_eq!(front.meta.author.as_deref(), Some("甲、乙"));
        assert_eq!(front.meta.url.as_deref(), Some("https://example.com/a"));
        assert_eq!(front.meta.source, None);
        assert_eq!(front.meta.tags.iter().map(crate::text::safe::SafeText::as_str).collect::<Vec<_>>(), ["书", "茶"]);
        assert_eq!(front.meta.date.as_deref(), Some("2024-08-01"));
        let toml = split("+++\ntitle = \"A # b\"\ntags = [\"x\", \"y\"]\n+++\nbody");
        assert_eq!((toml.meta.title.as_str(), toml.meta.tags.len()), ("A # b", 2));
        let lists = split("---\ntitle: >-\n  folded\n  title\ntags:\n  - 一\n  - 二\n---\n");
        assert_eq!((lists.meta.title.as_str(), lists.meta.tags.len()), ("folded title", 2));
    }

    #[test]
    fn what_is_not_front_matter_stays() {
        for text in ["---\n\nprose without keys\n---\n", "no fence", "---", "--- \ntitle: unclosed"] {
            assert_eq!(split(text).body, text);
        }
    }

    #[test]
    fn bombs_end() {
        let brackets = format!("---\ntitle: t\ntags: {}\n---\nbody", "[".repeat(15_000));
        assert_eq!(split(&brackets).meta.title.as_str(), "t");
        let keys: String = (0..100_000).map(|index| format!("k{index}: v\n")).collect();
        let text = format!("---\ntitle: t\n{keys}---\nbody");
        assert_eq!((split(&text).meta.title.as_str(), split(&text).body), ("t", "body"));
    }

    #[test]
    fn dates() {
        for (written, read) in [
            ("2024-08-21", "2024-08-21"),
            ("2025-10-06T18:04:35.844224", "2025-10-06"),
            ("2024年8月2日", "2024-08-02"),
            ("20240821", "2024-08-21"),
            ("Wed, 21 Aug 2024 10:00:00 GMT", "2024-08-21"),
            ("August 2nd, 2024", "2024-08-02"),
            ("昨天", "昨天"),
        ] {
            assert_eq!(date(written), read);
        }
    }
}
