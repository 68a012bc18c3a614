//! JSON: Web Annotations, which Hypothesis' are in all but their frame, and what KOReader exports.

use super::super::clock;
use super::{Clipping, ImportError, Kind};
use crate::document::identity::canonical;
use crate::document::{Identity, Passage};
use serde_json::Value;

/// The annotations; none if the file holds something else.
pub fn read(text: &str) -> Result<Option<Vec<Clipping>>, ImportError> {
    let value = serde_json::from_str(text).map_err(|error| ImportError::Broken { line: error.line() })?;
    Ok(of_value(&value))
}

fn of_value(value: &Value) -> Option<Vec<Clipping>> {
    let list = |name: &str| value.get(name).and_then(Value::as_array);
    if let Some(documents) = list("documents") {
        return Some(documents.iter().flat_map(of_koreader).collect());
    }
    if list("entries").is_some() {
        return Some(of_koreader(value));
    }
    let items = list("items").or(list("rows")).or(value.as_array());
    let items = items.map_or_else(|| vec![value], |items| items.iter().collect());
    let items: Vec<&Value> = items.into_iter().filter(|item| item.get("target").is_some()).collect();
    (!items.is_empty()).then(|| items.into_iter().map(annotation).collect())
}

/// One annotation, of zhai or of another program.
fn annotation(item: &Value) -> Clipping {
    let target = match item.get("target") {
        Some(Value::Array(targets)) => targets.first(),
        target => target,
    };
    let selectors = target.and_then(|target| target.get("selector"));
    let quote = selectors.and_then(quote_of);
    let named = |name: &str| quote.and_then(|quote| text(quote, name)).unwrap_or_default();
    let document = item.get("document").and_then(|document| document.get("title"));
    let title = document.and_then(|title| title.as_str().or_else(|| title.get(0)?.as_str()));
    let title = title.or_else(|| target?.get("dc:title")?.as_str()).unwrap_or_default();
    let mut clipping = Clipping::new(title, named("exact"));
    named("prefix").clone_into(&mut clipping.passage.before);
    named("suffix").clone_into(&mut clipping.passage.after);
    let source = text(item, "uri").or_else(|| text(target?, "source"));
    clipping.article.url = source.and_then(canonical);
    note_of(item).clone_into(&mut clipping.note);
    text(item, "created").unwrap_or_default().clone_into(&mut clipping.created);
    clipping.id = text(item, "id").and_then(|id| id.strip_prefix("urn:zhai:")).map(str::to_owned);
    if let Some(own) = item.get("zhai") {
        let part = |name: &str| own.get(name).cloned().unwrap_or_default();
        let article: Option<Identity> = serde_json::from_value(part("art")).ok();
        let passage: Option<Passage> = serde_json::from_value(part("anc")).ok();
        let kind: Option<Kind> = serde_json::from_value(part("kind")).ok();
        clipping.article = article.unwrap_or(clipping.article);
        clipping.passage = passage.unwrap_or(clipping.passage);
        clipping.kind = kind.unwrap_or(clipping.kind);
        clipping.dismissed = own.get("dismissed").and_then(Value::as_bool).unwrap_or_default();
    }
    clipping
}

/// The quote among some selectors, or the one that a range begins with.
fn quote_of(selectors: &Value) -> Option<&Value> {
    match selectors {
        Value::Array(all) => all.iter().find_map(quote_of),
        one if text(one, "type") == Some("TextQuoteSelector") => Some(one),
        one => one.get("startSelector").and_then(quote_of),
    }
}

/// What was noted: Hypothesis' text, or the body that comments.
fn note_of(item: &Value) -> &str {
    let bodies: &[Value] = match item.get("body") {
        Some(Value::Array(bodies)) => bodies,
        Some(body) => std::slice::from_ref(body),
        None => &[],
    };
    let is_tag = |body: &&Value| text(body, "purpose") == Some("tagging");
    let body = bodies.iter().find(|body| !is_tag(body)).and_then(|body| text(body, "value"));
    text(item, "text").or(body).unwrap_or_default()
}

fn of_koreader(document: &Value) -> Vec<Clipping> {
    let title = text(document, "title").unwrap_or_default();
    let entries = document.get("entries").and_then(Value::as_array);
    let clipping = |entry: &Value| {
        let mut clipping = Clipping::new(title, text(entry, "text").unwrap_or_default());
        text(entry, "note").unwrap_or_default().clone_into(&mut clipping.note);
        clipping.created = entry.get("time").and_then(Value::as_u64).map(clock::at).unwrap_or_default();
        clipping.passage.heading = text(entry, "chapter").map(str::to_owned).into_iter().collect();
        clipping
    };
    entries.into_iter().flatten().map(clipping).collect()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}
