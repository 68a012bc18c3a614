//! Bookmarks for other programs: Markdown, the W3C's Web Annotations, CSV, and any text by a template.
//!
//! It refuses to look for anything: whoever exports says where each bookmark is.

mod escape;
pub mod markdown;
pub mod template;

use super::{Bookmark, Kind};
use crate::text::SafeText;
use serde_json::{Value, json};

/// A bookmark and what is known of its article.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The bookmark.
    pub bookmark: Bookmark,
    /// Where the article appeared.
    pub source: String,
    /// When it was published.
    pub date: String,
    /// The file it is in now.
    pub path: String,
    /// The section it stands in.
    pub section: String,
    /// The line of the file, if the article is at hand.
    pub line: Option<u32>,
    /// How it was found: `exact`, `moved`, `changed`, `lost`.
    pub status: &'static str,
}

/// A name, in a table or a template, with what it stands for.
type Field = (&'static str, fn(&Entry) -> String);

/// What a formula begins with.
pub const FORMULA: [char; 5] = ['=', '+', '-', '@', '\t'];

const FIELDS: &[Field] = &[
    ("title", |entry| entry.bookmark.article.title.to_string()),
    ("source", |entry| entry.source.clone()),
    ("url", |entry| entry.bookmark.article.url.clone().unwrap_or_default()),
    ("date", |entry| entry.date.clone()),
    ("section", |entry| entry.section.clone()),
    ("quote", |entry| entry.bookmark.quote()),
    ("note", |entry| entry.bookmark.note.clone()),
    ("kind", |entry| entry.bookmark.kind.name().to_owned()),
    ("status", |entry| entry.status.to_owned()),
    ("created", |entry| entry.bookmark.created.clone()),
    ("path", |entry| entry.path.clone()),
    ("line", |entry| entry.line.map(|line| line.to_string()).unwrap_or_default()),
    ("id", |entry| entry.bookmark.id.clone()),
];

/// One value: an annotation page, after the Web Annotation Data Model. Under `zhai` stands what only zhai knows, so that
/// an import of it loses nothing.
pub fn json(entries: &[Entry]) -> Value {
    json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", { "zhai": "urn:zhai:" }],
        "type": "AnnotationPage",
        "items": entries.iter().map(annotation).collect::<Vec<_>>(),
    })
}

fn annotation(entry: &Entry) -> Value {
    let Bookmark { id, article, passage, note, created, kind, dismissed } = &entry.bookmark;
    let motivation = match (kind, note.is_empty()) {
        (_, false) => "commenting",
        (Kind::Bookmark, true) => "bookmarking",
        _ => "highlighting",
    };
    let mut bodies = vec![json!({ "type": "TextualBody", "value": kind.name(), "purpose": "tagging" })];
    if !note.is_empty() {
        bodies.push(json!({ "type": "TextualBody", "value": note, "format": "text/plain", "purpose": "commenting" }));
    }
    let quote = |exact: &str, prefix: &str, suffix: &str| json!({ "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix });
    let words = if passage.tail.is_empty() {
        quote(&passage.quote, &passage.before, &passage.after)
    } else {
        json!({
            "type": "RangeSelector",
            "startSelector": quote(&passage.quote, &passage.before, ""),
            "endSelector": quote(&passage.tail, "", &passage.after),
        })
    };
    let position = json!({
        "type": "TextPositionSelector", "start": passage.offset, "end": passage.offset + passage.length,
    });
    json!({
        "id": format!("urn:zhai:{id}"),
        "type": "Annotation",
        "motivation": motivation,
        "created": created,
        "body": bodies,
        "target": {
            "source": article.url.clone().unwrap_or_else(|| format!("file://{}", entry.path)),
            "dc:title": article.title.as_str(),
            "selector": [words, position],
        },
        "zhai": { "art": article, "anc": passage, "kind": kind, "dismissed": dismissed, "section": entry.section },
    })
}

/// One row a bookmark, RFC 4180, with a header. A spreadsheet must not run what an article says: a cell in which a formula
/// could begin (`=`, `+`, `-`, `@`, tab) gets an apostrophe before it, which says "this is text". Import takes it off.
pub fn csv(entries: &[Entry]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let header = FIELDS.iter().map(|(name, _)| (*name).to_owned());
    let rows = entries.iter().map(|entry| FIELDS.iter().map(|(_, value)| cell(&value(entry))).collect::<Vec<_>>());
    for row in std::iter::once(header.collect()).chain(rows) {
        // Writing to memory does not fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

fn cell(value: &str) -> String {
    let text = SafeText::body(value);
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_string() }
}

/// The entries article by article, in their order.
fn by_article(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    entries.chunk_by(|one, other| one.path == other.path && one.bookmark.article.title == other.bookmark.article.title)
}

#[cfg(test)]
mod tests {
    use super::template::Template;
    use super::{Entry, csv, json, markdown};
    use crate::annotations::{Bookmark, Kind};
    use crate::document::{Identity, Passage};
    use crate::text::SafeText;

    fn entries() -> Vec<Entry> {
        let entry = |id: &str, title: &str, section: &str, quote: &str, note: &str| {
            let article = Identity {
                title: SafeText::line(title),
                url: Some("https://example.com/a".to_owned()),
                ..Identity::default()
            };
            let passage =
                Passage { quote: quote.to_owned(), before: "前".to_owned(), length: 4, ..Passage::default() };
            Entry {
                bookmark: Bookmark {
                    id: id.to_owned(),
                    article,
                    passage,
                    note: note.to_owned(),
                    kind: Kind::Important,
                    ..Bookmark::default()
                },
                source: "书房".to_owned(),
                date: "2026-01-01".to_owned(),
                path: format!("{title}.md"),
                section: section.to_owned(),
                line: Some(7),
                status: "exact",
            }
        };
        vec![
            entry("1", "井", "", "村口有一口井。", ""),
            entry("2", "井", "打水", "先听，\n再打水。", "“听”在前"),
            entry("3", "河", "", "a, \"b\"", ""),
        ]
    }

    #[test]
    fn as_markdown() {
        insta::assert_snapshot!(markdown::write(&entries(), &Template::default()), @r#"
        # 井

        - Source: 书房

        - Date: 2026-01-01

        - URL: <https://example.com/a>

        > 村口有一口井。

        important

        ## 打水

        > 先听，\
        > 再打水。

        “听”在前

        important

        # 河

        - Source: 书房

        - Date: 2026-01-01

        - URL: <https://example.com/a>

        > a, "b"

        important
        "#);
        assert_eq!(markdown::write(&[], &Template::default()), "");
    }

    #[test]
    fn as_tables_and_annotations() {
        let table = csv(&entries());
        assert!(
            table.starts_with("title,source,url,date,section,quote,note,kind,status,created,path,line,id\r\n"),
            "{table}"
        );
        assert!(table.contains("\"a, \"\"b\"\"\""), "{table}");
        let mut formula = entries().remove(0);
        formula.bookmark.note = "=HYPERLINK(\"x\")".to_owned();
        assert!(csv(&[formula]).contains(",\"'=HYPERLINK(\"\"x\"\")\","), "a formula is text");
        let page = json(&entries());
        let second = &page["items"][1];
        assert_eq!(second["motivation"], "commenting");
        assert_eq!(second["target"]["selector"][0]["exact"], "先听，\n再打水。");
        assert_eq!(second["target"]["selector"][1]["end"], 4);
        assert_eq!(second["body"][1]["value"], "“听”在前");
    }
}
