//! One line of a journal: a JSON object whose last field is the check sum of what stands before it.
//!
//! Reading is tolerant upwards: fields, operations and versions of a newer zhai are passed over, never thrown away. It
//! refuses to repair: a line whose sum is wrong is no record.

use super::super::Stamp;
use super::super::record::{Change, Edit, Record};
use super::super::statistics::Session;
use super::super::{Kind, Reading};
use crate::document::{Identity, Passage};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The version of the records written here.
const VERSION: u32 = 1;
/// The same, as it stands in a line.
pub const VERSION_AS_WRITTEN: &[u8] = b"1";
/// Bytes from which a line is no record: a note is a note, not a book.
pub const LONGEST: usize = 1 << 20;

/// What a line holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A record.
    Known(Box<Record>),
    /// A record of a newer version or of an operation that this version does not know.
    Newer,
    /// Nothing: an empty line, or what a merge of versions leaves between two sides.
    Empty,
    /// A torn, changed or foreign line.
    Bad,
}

/// Every field that some operation has.
#[derive(Debug, Deserialize)]
struct Fields<'a> {
    v: u32,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    ts: Cow<'a, str>,
    #[serde(borrow)]
    op: Cow<'a, str>,
    art: Option<Identity>,
    anc: Option<Passage>,
    note: Option<String>,
    created: Option<String>,
    kind: Option<Kind>,
    dismissed: Option<bool>,
    letter: Option<char>,
    #[serde(default)]
    progress: u16,
    #[serde(default)]
    finished: bool,
    #[serde(default)]
    skimmed: bool,
    #[serde(default)]
    at: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    characters: u32,
    #[serde(default)]
    seconds: u32,
}

/// A record as zhai wrote it before its records had versions.
#[derive(Debug, Deserialize)]
struct Unversioned {
    time: String,
    change: Change,
}

/// Reads a line, without its end.
pub fn read(line: &[u8]) -> Line {
    let line = line.trim_ascii();
    let is_seam = [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"].iter().any(|seam| line.starts_with(seam));
    if line.is_empty() || is_seam {
        return Line::Empty;
    }
    if line.len() > LONGEST {
        return Line::Bad;
    }
    let Some(check) = check_sum(line) else { return Line::Bad };
    match serde_json::from_slice::<Fields>(line) {
        Ok(fields) => of_fields(fields, check),
        Err(_) => unversioned(line, check).unwrap_or_else(|| of_newer(line)),
    }
}

/// Writes a record, with the line's end. `ts` is its stamp, see [`Stamp::write`].
pub fn write(change: &Change, ts: &str) -> String {
    let place = |letter: char, article: &Identity| {
        let scope = if letter.is_ascii_lowercase() { article.id.0.as_str() } else { "" };
        format!("{letter} {scope}")
    };
    let (op, id, body) = match change {
        Change::SetBookmark(bookmark) => ("mark.set", bookmark.id.clone(), value(&Edit::from(bookmark.clone()))),
        Change::EditBookmark(edit) => ("mark.set", edit.id.clone(), value(edit)),
        Change::RemoveBookmark { id } => ("mark.del", id.clone(), Value::Null),
        Change::SetMark { letter, article, passage } => {
            let body = serde_json::json!({ "letter": letter, "art": value(article), "anc": value(passage) });
            ("place.set", place(*letter, article), body)
        }
        Change::RemoveMark { letter, article } => {
            let body = serde_json::json!({ "letter": letter, "art": value(article) });
            ("place.del", place(*letter, article), body)
        }
        Change::SetReading(reading) => ("pos", reading.article.id.0.clone(), value(reading)),
        Change::Read(session) => ("read", session.id.clone(), value(session)),
    };
    let mut fields = Map::new();
    fields.insert("v".to_owned(), VERSION.into());
    fields.insert("id".to_owned(), id.into());
    fields.insert("ts".to_owned(), ts.into());
    fields.insert("op".to_owned(), op.into());
    if let Value::Object(body) = body {
        fields.extend(body);
    }
    let mut line = Value::Object(fields).to_string();
    line.pop();
    let sum = crc32fast::hash(line.as_bytes());
    format!("{line},\"h\":\"{sum:08x}\"}}\n")
}

/// The sum of a line's contents; none if the line says another.
fn check_sum(line: &[u8]) -> Option<u32> {
    if signed(line).is_some() { said_sum(line) } else { Some(crc32fast::hash(line)) }
}

/// The sum that a line says, if its contents have it.
pub fn said_sum(line: &[u8]) -> Option<u32> {
    let (body, said) = signed(line)?;
    Some(crc32fast::hash(body)).filter(|sum| number(said) == Some(*sum))
}

/// A sum as it is written: digits to the base 16, none of them a capital.
fn number(digits: &[u8; 8]) -> Option<u32> {
    digits.iter().try_fold(0, |number: u32, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(number << 4 | u32::from(value))
    })
}

/// A line's contents, and what it says their sum to be.
fn signed(line: &[u8]) -> Option<(&[u8], &[u8; 8])> {
    let (rest, sum) = line.strip_suffix(b"\"}").and_then(|rest| rest.split_last_chunk::<8>())?;
    Some((rest.strip_suffix(b",\"h\":\"")?, sum))
}

fn of_fields(fields: Fields, check: u32) -> Line {
    if fields.v != VERSION {
        return Line::Newer;
    }
    let Some(stamp) = Stamp::parse(&fields.ts, check) else { return Line::Bad };
    let id = fields.id.into_owned();
    let change = match (fields.op.as_ref(), fields.art, fields.anc, fields.letter) {
        ("mark.set", article, passage, _) => Some(Change::EditBookmark(Edit {
            id,
            article,
            passage,
            note: fields.note,
            created: fields.created,
            kind: fields.kind,
            dismissed: fields.dismissed,
        })),
        ("mark.del", ..) => Some(Change::RemoveBookmark { id }),
        ("place.set", Some(article), Some(passage), Some(letter)) => Some(Change::SetMark { letter, article, passage }),
        ("place.del", Some(article), _, Some(letter)) => Some(Change::RemoveMark { letter, article }),
        ("pos", Some(article), Some(passage), _) => Some(Change::SetReading(Reading {
            article,
            passage,
            progress: fields.progress,
            finished: fields.finished,
            skimmed: fields.skimmed,
            at: fields.at,
        })),
        ("read", ..) => {
            let Fields { day, characters, seconds, .. } = fields;
            Some(Change::Read(Session { id, day, characters, seconds }))
        }
        _ => None,
    };
    change.map_or(Line::Newer, |change| Line::Known(Box::new(Record { stamp, change })))
}

/// A record of the first form: `{"time":"…","change":{…}}`.
fn unversioned(line: &[u8], check: u32) -> Option<Line> {
    let Unversioned { time, change } = serde_json::from_slice(line).ok()?;
    let stamp = Stamp { time: Stamp::at(time.parse().ok()?), device: 0, check };
    Some(Line::Known(Box::new(Record { stamp, change: modernised(change) })))
}

/// What is JSON with a version or an operation is somebody's record, if not ours.
fn of_newer(line: &[u8]) -> Line {
    let fields: Option<Map<String, Value>> = serde_json::from_slice(line).ok();
    let is_record = fields.is_some_and(|fields| fields.contains_key("v") && fields.contains_key("op"));
    if is_record { Line::Newer } else { Line::Bad }
}

/// Articles are known by the names of today.
fn modernised(change: Change) -> Change {
    match change {
        Change::SetBookmark(mut bookmark) => {
            bookmark.article = bookmark.article.modernised();
            Change::SetBookmark(bookmark)
        }
        Change::EditBookmark(mut edit) => {
            edit.article = edit.article.map(Identity::modernised);
            Change::EditBookmark(edit)
        }
        Change::SetMark { letter, article, passage } => {
            Change::SetMark { letter, article: article.modernised(), passage }
        }
        Change::SetReading(mut reading) => {
            reading.article = reading.article.modernised();
            Change::SetReading(reading)
        }
        other => other,
    }
}

/// Data of our own has a JSON form.
fn value(data: &impl Serialize) -> Value {
    serde_json::to_value(data).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Line, read, write};
    use crate::annotations::{Bookmark, Change, Edit, Kind, Reading, Session, Stamp};
    use crate::document::{ArticleId, Identity, Passage};

    fn changes() -> Vec<Change> {
        let article = Identity { id: ArticleId("一".to_owned()), similarity: u64::MAX, ..Identity::default() };
        let passage =
            Passage { quote: "“一句”话。\n".to_owned(), heading: vec!["节".to_owned()], ..Passage::default() };
        let bookmark = Bookmark {
            id: "01".to_owned(),
            article: article.clone(),
            passage: passage.clone(),
            note: "注".to_owned(),
            created: "2026-01-01T00:00:00Z".to_owned(),
            kind: Kind::Question,
            dismissed: true,
        };
        let reading = Reading {
            article: article.clone(),
            passage: passage.clone(),
            progress: 7,
            finished: true,
            skimmed: true,
            at: "x".to_owned(),
        };
        let note = Some("改".to_owned());
        vec![
            Change::EditBookmark(bookmark.into()),
            Change::EditBookmark(Edit { id: "01".to_owned(), note, ..Edit::default() }),
            Change::RemoveBookmark { id: "01".to_owned() },
            Change::RemoveMark { letter: 'A', article: article.clone() },
            Change::SetMark { letter: 'a', article, passage },
            Change::SetReading(reading),
            Change::Read(Session { id: "02".to_owned(), day: "2026-01-01".to_owned(), characters: 3, seconds: 4 }),
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        for change in changes() {
            let line = write(&change, &Stamp::write(Stamp::at(1_764_000_000_000) + 3, "dk3f9"));
            let Line::Known(record) = read(line.as_bytes()) else { panic!("{line}") };
            assert_eq!(record.change, change);
            assert_eq!(record.stamp.time, Stamp::at(1_764_000_000_000) + 3);
            assert_eq!(record.stamp.device, Stamp::device_number("dk3f9"));
        }
    }

    #[test]
    fn a_changed_or_torn_line_is_no_record() {
        for change in changes() {
            let line = write(&change, &Stamp::write(1, "d"));
            let line = line.trim_end();
            for cut in (0..line.len()).filter(|cut| *cut > 0) {
                let torn = read(&line.as_bytes()[..cut]);
                assert_eq!(torn, Line::Bad, "{cut} bytes of {line}");
            }
            for at in 0..line.len() {
                let mut bytes = line.as_bytes().to_vec();
                bytes[at] ^= 1;
                // What loses only the name of its sum has lost nothing.
                if let Line::Known(record) = read(&bytes) {
                    assert_eq!(record.change, change, "byte {at} of {line}");
                }
            }
        }
    }

    #[test]
    fn what_a_newer_version_wrote_is_passed_over() {
        let known = r#"{"v":1,"id":"1","ts":"000001764000000.0000.d","op":"mark.del","colour":{"deep":[1]}}"#;
        assert!(matches!(read(known.as_bytes()), Line::Known(_)), "an unknown field");
        for newer in [
            r#"{"v":1,"id":"1","ts":"000001764000000.0000.d","op":"mark.fold"}"#,
            r#"{"v":2,"id":"1","ts":"x","op":"mark.del"}"#,
            r#"{"v":2,"id":{"new":1},"ts":7,"op":"mark.set"}"#,
        ] {
            assert_eq!(read(newer.as_bytes()), Line::Newer, "{newer}");
        }
        for bad in ["{}", "[1]", "<html>", "\u{0}\u{0}", r#"{"v":1,"id":"1","ts":"yesterday","op":"mark.del"}"#] {
            assert_eq!(read(bad.as_bytes()), Line::Bad, "{bad}");
        }
        for empty in ["", "  ", "<<<<<<< HEAD", "=======", ">>>>>>> branch"] {
            assert_eq!(read(empty.as_bytes()), Line::Empty, "{empty}");
        }
    }

    #[test]
    fn the_first_form_is_read() {
        let line = r#"{"time":"00000001764000000000","change":{"set_bookmark":{"id":"2026","article":{"id":"http://example.com/a/","url":"http://example.com/a/","fingerprint":"","path":"/a.md","title":"题"},"passage":{"quote":"一句话。","before":"","after":"","offset":0,"heading":[],"fingerprint":""},"note":"","created":"2026-01-01T00:00:00Z"}}}"#;
        let Line::Known(record) = read(line.as_bytes()) else { panic!() };
        let Change::SetBookmark(bookmark) = record.change else { panic!() };
        assert_eq!(bookmark.article.id.0, "https://example.com/a");
        assert_eq!((bookmark.passage.quote.as_str(), bookmark.kind), ("一句话。", Kind::Bookmark));
        for line in [
            r#"{"time":"00000001764000000000","change":{"remove_bookmark":{"id":"a"}}}"#,
            r#"{"time":"00000001764000000000","change":{"set_mark":{"letter":"a","article":{"id":"x","url":null,"fingerprint":"","path":"","title":""},"passage":{"quote":"q"}}}}"#,
            r#"{"time":"00000001764000000000","change":{"set_reading":{"article":{"id":"x","url":null,"fingerprint":"","path":"","title":""},"passage":{"quote":"q"},"progress":500,"finished":false,"at":"2026-01-01T00:00:00Z"}}}"#,
        ] {
            assert!(matches!(read(line.as_bytes()), Line::Known(_)), "{line}");
        }
    }
}
