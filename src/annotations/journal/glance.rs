//! A quick look at a line: what the folded state hangs on is read, the long rest is remembered as a place in the text.
//!
//! It refuses every line that is not as zhai writes them: the whole reading of [`super::line`] decides there.

use super::super::known::{Known, Traits};
use super::super::said::{Parts, Place, Said, What};
use super::super::unread::{Slice, Unread};
use super::scan::{Header, fields, header, string};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// What a line of a text says of a bookmark or a position; none if it has to be read as a whole.
pub fn glance(bytes: &Arc<Vec<u8>>, at: Range<usize>) -> Option<Said> {
    let text = bytes.get(at.clone())?;
    let (mut art, mut anc) = (None, None);
    let (mut progress, mut finished) = (0, false);
    let mut parts = Parts::default();
    let Header { stamp, op, id } = header(text, |name, range| {
        let value = text.get(range.clone())?;
        match name {
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
    // An object, and no name that older records had for its parts.
    let slice = |range: Range<usize>| {
        text.get(range.clone())?
            .starts_with(b"{")
            .then(|| Slice::new(bytes, at.start + range.start..at.start + range.end))
    };
    let article = |range: Range<usize>| {
        Some(Known { traits: traits(text.get(range.clone())?)?, identity: Unread::said(slice(range)?) })
    };
    let what = match op {
        b"mark.set" => {
            parts.id = id.into_owned();
            if let Some(range) = art {
                parts.article = Some(article(range)?);
            }
            if let Some(range) = anc {
                parts.passage = Some(Unread::said(slice(range)?));
            }
            What::Bookmark(Box::new(parts))
        }
        b"pos" => {
            slice(anc?)?;
            let reading = Unread::said(Slice::new(bytes, at.clone()));
            What::Reading(Place { article: article(art?)?, progress, finished, reading })
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
            skimmed: true,
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
