//! A quick look at a line: what the folded state hangs on is read, the long rest is remembered as a place in the text.
//!
//! It looks only at lines whose sum is right and that are as zhai writes them. It refuses everything else: the whole
//! reading of [`super::line`] decides there.

use super::super::merge::Stamp;
use super::super::said::{Known, Parts, Place, Said, What};
use super::super::unread::{Slice, Unread};
use super::super::works::Traits;
use super::line;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// What a line of a text says of a bookmark or a position; none if it has to be read as a whole.
pub fn glance(bytes: &Arc<Vec<u8>>, at: Range<usize>) -> Option<Said> {
    let text = bytes.get(at.clone())?;
    let check = line::said_sum(text)?;
    let mut version = None;
    let (mut id, mut ts, mut op) = (None, None, None);
    let (mut art, mut anc) = (None, None);
    let (mut progress, mut finished) = (0, false);
    let mut parts = Parts::default();
    fields(text, |name, range| {
        let value = text.get(range.clone())?;
        match name {
            b"v" => version = Some(value),
            b"id" => id = Some(string(value)?),
            b"ts" => ts = Some(string(value)?),
            b"op" => op = Some(value),
            b"art" => art = Some(range),
            b"anc" => anc = Some(range),
            b"note" => parts.note = Some(string(value)?.into_owned()),
            b"created" => parts.created = Some(string(value)?.into_owned()),
            b"kind" => parts.kind = Some(serde_json::from_slice(value).ok()?),
            b"dismissed" => parts.dismissed = Some(serde_json::from_slice(value).ok()?),
            b"progress" => progress = serde_json::from_slice(value).ok()?,
            b"finished" => finished = serde_json::from_slice(value).ok()?,
            _ => {}
        }
        Some(())
    })?;
    if version != Some(b"1") {
        return None;
    }
    let stamp = Stamp::parse(&ts?, check)?;
    // An object, and no name that older records had for its parts.
    let slice = |range: Range<usize>| {
        text.get(range.clone())?
            .starts_with(b"{")
            .then(|| Slice::new(bytes, at.start + range.start..at.start + range.end))
    };
    let article = |range: Range<usize>| {
        Some(Known { traits: traits(text.get(range.clone())?)?, identity: Unread::said(slice(range)?) })
    };
    let what = match op? {
        b"\"mark.set\"" => {
            parts.id = id?.into_owned();
            if let Some(range) = art {
                parts.article = Some(article(range)?);
            }
            if let Some(range) = anc {
                parts.passage = Some(Unread::said(slice(range)?));
            }
            What::Bookmark(Box::new(parts))
        }
        b"\"pos\"" => {
            slice(anc?)?;
            let reading = Unread::said(Slice::new(bytes, at.clone()));
            What::Reading(Box::new(Place { article: article(art?)?, progress, finished, reading }))
        }
        _ => return None,
    };
    Some(Said { stamp, what })
}

/// What an article can be known by.
fn traits(article: &[u8]) -> Option<Traits> {
    let empty = Cow::Borrowed("");
    let [mut id, mut url, mut fingerprint, mut similarity, mut path, mut title] = [const { Cow::Borrowed("") }; 6];
    fields(article, |name, range| {
        let value = article.get(range)?;
        let field = match name {
            b"id" => &mut id,
            b"url" => &mut url,
            b"fp" => &mut fingerprint,
            b"sim" => &mut similarity,
            b"path" => &mut path,
            b"title" => &mut title,
            b"fingerprint" => return None,
            _ => return Some(()),
        };
        *field = if value == b"null" { empty.clone() } else { string(value)? };
        Some(())
    })?;
    let similarity = u64::from_str_radix(&similarity, 16).unwrap_or_default();
    Some(Traits::new(&id, &url, &fingerprint, similarity, &path, &title))
}

/// Goes through the fields of an object that is written without spaces; none if it is not one.
pub fn fields<'a>(object: &'a [u8], mut each: impl FnMut(&'a [u8], Range<usize>) -> Option<()>) -> Option<()> {
    let mut at = 1;
    if object.first() != Some(&b'{') {
        return None;
    }
    loop {
        let name = at..at + value_length(object.get(at..)?)?;
        let name = object.get(name.clone())?.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        at += name.len() + 2;
        if object.get(at) != Some(&b':') {
            return None;
        }
        at += 1;
        let length = value_length(object.get(at..)?)?;
        each(name, at..at + length)?;
        at += length;
        match object.get(at)? {
            b',' => at += 1,
            b'}' => return (at + 1 == object.len()).then_some(()),
            _ => return None,
        }
    }
}

/// How long the value is that a text begins with.
fn value_length(text: &[u8]) -> Option<usize> {
    match text.first()? {
        b'"' => string_length(text),
        b'{' | b'[' => {
            let (mut depth, mut at) = (0usize, 0);
            loop {
                match text.get(at)? {
                    b'"' => {
                        at += string_length(text.get(at..)?)?;
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        _ => text.iter().position(|byte| matches!(byte, b',' | b'}' | b']')).filter(|length| *length > 0),
    }
}

/// How long a string is, with its quotes.
fn string_length(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// A string's text.
pub fn string(value: &[u8]) -> Option<Cow<'_, str>> {
    let inside = value.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    if memchr::memchr(b'\\', inside).is_some() {
        return serde_json::from_slice(value).ok().map(Cow::Owned);
    }
    std::str::from_utf8(inside).ok().map(Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::super::line::{self, Line};
    use super::{Known, glance};
    use crate::annotations::said::What;
    use crate::annotations::{Bookmark, Change, Kind, Reading, Record, Stamp};
    use crate::document::{ArticleId, Identity, Passage};
    use crate::text::SafeText;
    use std::sync::Arc;

    fn article() -> Identity {
        Identity {
            id: ArticleId("一\"二\\三".to_owned()),
            url: Some("https://example.com/{a}".to_owned()),
            similarity: u64::MAX,
            path: "甲/乙\n丙.md".to_owned(),
            title: SafeText::line("一个[题目]"),
            ..Identity::default()
        }
    }

    #[track_caller]
    fn check(change: Change) {
        let line = line::write(&change, &Stamp::write(Stamp::at(1_764_000_000_000), "d1"));
        let line = line.trim_end();
        let bytes = Arc::new(format!("x\n{line}\n").into_bytes());
        let said = glance(&bytes, 2..2 + line.len()).expect(line);
        let Line::Known(read) = line::read(line.as_bytes()) else { panic!("{line}") };
        let traits = |article: &Known| article.traits;
        let glanced = match &said.what {
            What::Bookmark(parts) => parts.article.as_ref().map(traits),
            What::Reading(place) => Some(traits(&place.article)),
            _ => None,
        };
        assert_eq!(glanced, Some(traits(&Known::from(article()))), "{line}");
        assert_eq!(Record::from(said), *read, "{line}");
        for cut in 0..line.len() {
            assert!(glance(&bytes, 2..2 + cut).is_none(), "{cut} bytes of {line}");
        }
    }

    #[test]
    fn a_glance_sees_what_reading_sees() {
        let passage = Passage { quote: "“一句”\\话，{a: [\"b\"]}。\n".to_owned(), ..Passage::default() };
        check(Change::SetReading(Reading {
            article: article(),
            passage: passage.clone(),
            progress: 7,
            finished: true,
            at: "2026-01-01T00:00:00Z".to_owned(),
        }));
        let note = "注\t\"一\"".to_owned();
        let bookmark = Bookmark { id: "01".to_owned(), article: article(), passage, note, ..Bookmark::default() };
        check(Change::SetBookmark(Bookmark { kind: Kind::Term, dismissed: true, ..bookmark }));
    }

    #[test]
    fn what_is_not_as_it_was_written_is_left_to_reading() {
        for line in [
            "",
            "{",
            "{}",
            r#"{"v":1}"#,
            r#"{"v":1,"id":"1","ts":"000001764000000.0000.d","op":"pos"}"#,
            r#"{"v":2,"id":"1","ts":"000001764000000.0000.d","op":"mark.set","anc":{}}"#,
            r#"{"v":1,"id":"1","ts":"000001764000000.0000.d","op":"mark.set","anc":[1]}"#,
            r#"{"v":1 ,"id":"1","ts":"000001764000000.0000.d","op":"mark.set"}"#,
        ] {
            let body = line.strip_suffix('}').unwrap_or(line);
            let sum = crc32fast::hash(body.as_bytes());
            let bytes = Arc::new(format!("{body},\"h\":\"{sum:08x}\"}}").into_bytes());
            assert!(glance(&bytes, 0..bytes.len()).is_none(), "{line}");
        }
    }
}
