//! The front matter of an imported article: YAML that every program reads, and zhai's line reader too.
//!
//! It refuses to say what is not known: a field without a value is left out.

use crate::document::Meta;
use crate::text::SafeText;

/// How the line of an article's origin begins.
pub const ORIGINAL: &str = "original: ";

/// The front matter, its fences and the blank line after it.
pub fn write(meta: &Meta, fetched: &str, original: &str) -> String {
    let mut lines = vec!["---".to_owned(), format!("title: {}", quoted(&meta.title))];
    let mut field = |key: &str, value: Option<String>| {
        lines.extend(value.map(|value| format!("{key}: {value}")));
    };
    let line = |value: &Option<SafeText>| value.as_ref().map(|value| quoted(value));
    field("author", meta.author.as_ref().map(|author| names(author)));
    field("source", line(&meta.source));
    field("url", line(&meta.url));
    field("date", meta.date.as_ref().map(|date| day(date)));
    field("tags", (!meta.tags.is_empty()).then(|| list(meta.tags.iter().map(SafeText::as_str))));
    field("id", line(&meta.id));
    field("fetch_date", (!fetched.is_empty()).then(|| day(fetched)));
    lines.push(format!("{ORIGINAL}{}", quoted(original)));
    lines.push("---\n\n".to_owned());
    lines.join("\n")
}

/// A double-quoted YAML scalar: JSON's strings are such (YAML 1.2, 1.3).
pub fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

/// One name as such, several as a list; a name with a comma in it is a list of one, so that it stays one.
fn names(author: &str) -> String {
    if author.contains([',', '，', '、', ';', '；']) { list(author.split('、')) } else { quoted(author) }
}

fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", values.map(quoted).collect::<Vec<_>>().join(", "))
}

/// A date as YAML knows it, else as it is written.
fn day(date: &str) -> String {
    let is_date = date.len() == 10 && date.chars().all(|c| c.is_ascii_digit() || c == '-');
    if is_date { date.to_owned() } else { quoted(date) }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::document::Meta;
    use crate::parse::Tables;
    use crate::parse::front_matter::split;
    use crate::text::SafeText;

    #[test]
    fn what_is_written_is_read_again() {
        for (title, author) in
            [("专访：\"甲\" # 1", "甲、乙"), ("[a](b) \\ c", "Smith, John"), ("'Tis: no", "@x"), ("2024", "-")]
        {
            let text = |text: &str| Some(SafeText::line(text));
            let meta = Meta {
                title: SafeText::line(title),
                author: text(author),
                source: text("茶报: 1"),
                date: text("2024-08-21"),
                url: text("https://example.com/a?b=c#d"),
                tags: vec![SafeText::line("书, 茶"), SafeText::line("a: b")],
                id: text("urn:isbn:1"),
            };
            let written = write(&meta, "2024-09-01", "../a: b.html");
            let front = split(&written, &Tables::built_in());
            let title = if title.starts_with('[') { SafeText::line("a") } else { meta.title.clone() };
            let tags = front.meta.tags.clone();
            assert_eq!(front.meta, Meta { title: front.meta.title.clone(), ..meta.clone() }, "{written}");
            assert!(front.meta.title == meta.title || title.as_str() == "a", "{written}");
            assert_eq!(tags.len(), 2, "{written}");
            assert_eq!(front.body, "\n", "{written}");
            assert!(front.repairs.is_empty(), "{:?}", front.repairs);
        }
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let meta = Meta { title: SafeText::line("茶"), ..Meta::default() };
        assert_eq!(write(&meta, "", "茶.html"), "---\ntitle: \"茶\"\noriginal: \"茶.html\"\n---\n\n");
    }
}
