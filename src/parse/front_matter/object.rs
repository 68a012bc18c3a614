//! A JSON object: metadata before a text, or an article of its own with the text as one of its members.
//!
//! It refuses an object that is neither: that is shown as it stands.

use super::fields::{Field, LIMIT};
use super::{FrontMatter, meta};
use crate::document::{Block, BlockKind, Meta, Part};
use crate::parse::Tables;
use crate::text::SafeText;
use serde_json::{Map, Value};

/// An article that is one object.
#[derive(Debug)]
pub struct Article {
    /// What its other members say.
    pub meta: Meta,
    /// Its text.
    pub text: String,
    /// What is neither its text nor metadata, as it would be written; empty if there is no such member.
    pub rest: String,
}

impl Article {
    /// The article as a text with its metadata.
    pub fn front_matter(&self) -> FrontMatter<'_> {
        FrontMatter { meta: self.meta.clone(), body: &self.text, ..FrontMatter::default() }
    }

    /// What the object has besides: comments, related articles, what a program noted. It is no text of the article's.
    pub fn rest(&self) -> Option<Block> {
        let kind = BlockKind::Code { info: SafeText::line("json") };
        let block = Block { kind, text: SafeText::body(&self.rest), part: Part::Boilerplate, ..Block::default() };
        (!self.rest.is_empty()).then_some(block)
    }
}

/// The object before a text, if it tells a title and text follows.
pub fn before<'a>(text: &'a str, tables: &Tables) -> Option<FrontMatter<'a>> {
    let start = text.trim_start_matches(['\n', ' ', '\u{feff}']);
    if !start.starts_with('{') {
        return None;
    }
    let head = start.get(..start.floor_char_boundary(LIMIT))?;
    let mut values = serde_json::Deserializer::from_str(head).into_iter::<Value>();
    let Value::Object(object) = values.next()?.ok()? else { return None };
    let body = start.get(values.byte_offset()..).filter(|body| !body.trim().is_empty())?;
    let meta = meta_of(&object, tables);
    let lines = text.get(..text.len() - body.len()).map_or(0, |head| head.matches('\n').count()) as u32;
    (!meta.title.is_empty()).then_some(FrontMatter { meta, body, lines, ..FrontMatter::default() })
}

/// The article that a text is, if it is one object with a title and a text.
pub fn alone(text: &str, tables: &Tables) -> Option<Article> {
    let text = text.trim_matches(['\n', ' ', '\u{feff}']);
    if !text.starts_with('{') || !text.ends_with('}') {
        return None;
    }
    let mut object: Map<String, Value> = serde_json::from_str(text).ok()?;
    let is_text = |key: &str| tables.keys.is_text(&key.to_lowercase());
    let texts = object.iter().filter(|(key, _)| is_text(key)).filter_map(|(key, value)| Some((key, value.as_str()?)));
    let (own, text) = texts.max_by_key(|(_, text)| text.len()).filter(|(_, text)| !text.trim().is_empty())?;
    let (own, text) = (own.clone(), text.to_owned());
    let meta = meta_of(&object, tables);
    object.retain(|key, _| *key != own && tables.keys.kind(&key.to_lowercase()).is_none());
    let rest =
        if object.is_empty() { String::new() } else { serde_json::to_string_pretty(&object).unwrap_or_default() };
    (!meta.title.is_empty()).then_some(Article { meta, text, rest })
}

fn meta_of(object: &Map<String, Value>, tables: &Tables) -> Meta {
    let written: Vec<(String, String)> = object
        .iter()
        .map(|(key, value)| (key.to_lowercase(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect();
    let fields: Vec<Field> =
        written.iter().map(|(key, value)| Field { key: key.clone(), value, below: Vec::new(), line: 1 }).collect();
    meta::of(&fields, tables)
}

#[cfg(test)]
mod tests {
    use crate::document::Scope;
    use crate::parse::{Hint, parse, parse_as_is};

    /// Title and text of a file.
    #[track_caller]
    fn check(text: &str, title: &str, shown: &str) {
        for document in
            [parse(text.as_bytes(), &Hint::named("a.md")), parse_as_is(text.as_bytes(), &Hint::named("a.md"))]
        {
            let blocks: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
            assert_eq!((document.meta.title.as_str(), blocks.join("|").as_str()), (title, shown), "{text}");
        }
    }

    #[test]
    fn objects() {
        check("{\"title\": \"茶\", \"date\": \"2024\"}\n\n水从山上来。\n", "茶", "水从山上来。");
        check(
            "{\"title\": \"茶\", \"content\": \"水从山上来。\\n\\n火用松枝烧。\"}\n",
            "茶",
            "水从山上来。|火用松枝烧。",
        );
        let twice = "{\"title\": \"茶\", \"html\": \"<p>水从山上来。</p>\", \"text\": \"水\"}";
        check(twice, "茶", "水从山上来。|{\n  \"text\": \"水\"\n}");
        let noted =
            "{\"title\": \"茶\", \"author\": \"甲\", \"content\": \"水从山上来。\", \"comments\": [{\"by\": \"乙\"}]}";
        check(noted, "茶", "水从山上来。|{\n  \"comments\": [\n    {\n      \"by\": \"乙\"\n    }\n  ]\n}");
        let document = parse(noted.as_bytes(), &Hint::named("a.json"));
        let shown: Vec<usize> = document.shown(Scope::Article).map(|(index, _)| index).collect();
        assert_eq!((shown, document.hidden_lines()), (vec![0], 7));
        let other = "{\"title\": \"茶\", \"count\": 3}";
        check(other, "a", other);
        let long = format!("{{\"title\": \"茶\", \"body\": \"{}\"}}", "水".repeat(9000));
        check(&long, "茶", &"水".repeat(9000));
    }
}
