//! What a page says of its article in JSON-LD, for search engines: headline, author, publisher, date.
//!
//! It refuses what describes something else: a list, a shop, the site as a whole.

use crate::parse::tag::decode_entities;
use memchr::memmem;
use serde_json::Value;

/// Bytes of one description.
const LONGEST: usize = 1 << 20;
/// Descriptions of a page that are read.
const MOST: usize = 32;

/// What is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The article's title.
    pub headline: Option<String>,
    /// Who wrote it; several are parted by commas.
    pub author: Option<String>,
    /// Where it was published.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<String>,
}

/// Reads what the scripts of a page say of its article.
pub fn read(page: &str) -> Said {
    let mut said = Said::default();
    for at in memmem::find_iter(page.as_bytes(), "application/ld+json").take(MOST) {
        let Some((_, rest)) = page.get(at..).and_then(|rest| rest.split_once('>')) else { continue };
        let Some(end) = memmem::find(rest.as_bytes(), b"</script").filter(|end| *end <= LONGEST) else { continue };
        let Ok(value) = serde_json::from_str::<Value>(rest.get(..end).unwrap_or_default().trim()) else { continue };
        let described = match &value {
            Value::Array(values) => values.iter().collect(),
            _ => match value.get("@graph").and_then(Value::as_array) {
                Some(graph) => graph.iter().collect(),
                None => vec![&value],
            },
        };
        for article in described.into_iter().filter(|value| is_article(value)) {
            said.headline = said.headline.or_else(|| text(article.get("headline")));
            said.author = said.author.or_else(|| name(article.get("author")));
            said.publisher = said.publisher.or_else(|| name(article.get("publisher")));
            said.date = said.date.or_else(|| text(article.get("datePublished")));
        }
    }
    said
}

/// Whether something is an article: of a type so called, or with a headline.
fn is_article(value: &Value) -> bool {
    let is_kind = |kind: &Value| {
        kind.as_str().is_some_and(|kind| ["Article", "Posting", "Report"].iter().any(|end| kind.ends_with(end)))
    };
    let kind = value.get("@type");
    kind.is_some_and(|kind| is_kind(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_kind)))
        || value.get("headline").is_some()
}

fn text(value: Option<&Value>) -> Option<String> {
    let text = decode_entities(value?.as_str()?.trim()).into_owned();
    (!text.is_empty()).then_some(text)
}

/// A name, the name of something, or those of several.
fn name(value: Option<&Value>) -> Option<String> {
    let one = |value: &Value| text(Some(value)).or_else(|| text(value.get("name")));
    match value? {
        Value::Array(values) => {
            let names: Vec<String> = values.iter().filter_map(one).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        value => one(value),
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, read};

    #[track_caller]
    fn check(json: &str, expected: [&str; 4]) {
        let Said { headline, author, publisher, date } =
            read(&format!("<script type=\"application/ld+json\">{json}</script>"));
        let found = [headline, author, publisher, date].map(Option::unwrap_or_default);
        assert_eq!(found, expected, "{json}");
    }

    #[test]
    fn articles_are_described() {
        check(
            "{\"@type\":\"NewsArticle\",\"headline\":\"茶 &amp; 水\",\"author\":{\"name\":\"甲\"},\"publisher\":{\"name\":\"茶报\"},\"datePublished\":\"2024-07-08\"}",
            ["茶 & 水", "甲", "茶报", "2024-07-08"],
        );
        check(
            "{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"站\"},{\"@type\":[\"BlogPosting\"],\"author\":[\"甲\",{\"name\":\"乙\"}]}]}",
            ["", "甲, 乙", "", ""],
        );
        check("[{\"@type\":\"Product\",\"author\":\"甲\"}]", ["", "", "", ""]);
        check("{\"headline\":", ["", "", "", ""]);
    }
}
