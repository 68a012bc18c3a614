//! What of a journal still says something, its lines being taken apart no further than that needs.
//!
//! It refuses to judge what it does not understand: such lines stay.

use super::super::Stamp;
use super::line::{self, Line};
use super::scan::{Header, fields, header, string};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Thing<'a> {
    op: &'static str,
    id: Cow<'a, str>,
    path: Cow<'a, str>,
    device: u64,
}

/// A field of a thing.
type Field<'a> = (Thing<'a>, Cow<'a, [u8]>);

/// A thing, when something was said of it, and which of its fields were said.
type About<'a> = (Thing<'a>, Stamp, Vec<Cow<'a, [u8]>>);

/// The lines of a journal that still say something: of each thing, the newest line for each of its fields, and the
/// newest removal. What is not understood is kept, a line twice once.
pub fn live(bytes: &[u8]) -> Vec<&[u8]> {
    let lines: Vec<&[u8]> = lines(bytes).collect();
    let mut newest: HashMap<Field, (Stamp, usize)> = HashMap::new();
    let mut foreign: HashSet<&[u8]> = HashSet::new();
    let mut kept: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some((thing, stamp, said)) = glance(line).or_else(|| read(line)) else {
            if foreign.insert(line) {
                kept.push(index);
            }
            continue;
        };
        for field in said {
            let newest = newest.entry((thing.clone(), field)).or_insert((stamp, index));
            *newest = (*newest).max((stamp, index));
        }
    }
    kept.extend(newest.values().map(|(_, index)| *index));
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().filter_map(|index| lines.get(index).copied()).collect()
}

/// The lines that are not empty.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len()));
    let lines = ends.scan(0, |start, end| Some(bytes.get(std::mem::replace(start, end + 1)..end).unwrap_or_default()));
    lines.map(<[u8]>::trim_ascii).filter(|line| !line.is_empty())
}

impl<'a> Thing<'a> {
    /// A place is one article's at one path, and a position one device's; their parts belong together. A mark and its
    /// removal are about one thing.
    fn new(op: &[u8], id: Cow<'a, str>, path: Cow<'a, str>, stamp: Stamp) -> Option<Self> {
        let thing = |op, path, device| Some(Self { op, id, path, device });
        match op {
            b"mark.set" => thing("mark.set", Cow::default(), 0),
            b"mark.del" => thing("mark.del", Cow::default(), 0),
            b"place.set" | b"place.del" => thing("place", path, 0),
            b"pos" => thing("pos", path, stamp.device),
            b"read" => thing("read", Cow::default(), 0),
            _ => None,
        }
    }

    /// Only a bookmark is said in parts.
    fn is_in_parts(&self) -> bool {
        self.op == "mark.set"
    }
}

/// A quick look at a line that is as zhai writes it.
fn glance(line: &[u8]) -> Option<About<'_>> {
    let [mut art, mut anc, mut letter] = [None; 3];
    let mut said = Vec::new();
    let Header { stamp, op, id } = header(line, |name, range| {
        let value = line.get(range)?;
        match name {
            b"art" => art = Some(value),
            b"anc" => anc = Some(value),
            b"letter" => letter = Some(value),
            _ => {}
        }
        said.push(Cow::Borrowed(name));
        Some(())
    })?;
    let is_whole = match op {
        b"pos" => art.is_some() && anc.is_some(),
        b"place.set" => art.is_some() && anc.is_some() && letter.is_some(),
        b"place.del" => art.is_some() && letter.is_some(),
        _ => true,
    };
    if !is_whole || [art, anc].into_iter().flatten().any(|part| !part.starts_with(b"{")) {
        return None;
    }
    let mut path = Cow::default();
    if let Some(article) = art {
        fields(article, |name, range| {
            if name == b"path" {
                path = string(article.get(range)?)?;
            }
            Some(())
        })?;
    }
    Some(about(Thing::new(op, id, path, stamp)?, stamp, said))
}

/// What the whole reading of a line finds; none if it is not understood.
fn read(line: &[u8]) -> Option<About<'_>> {
    let Line::Known(record) = line::read(line) else { return None };
    let fields: Map<String, Value> = serde_json::from_slice(line).ok()?;
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let path = fields.get("art").and_then(|article| article.get("path")?.as_str()).unwrap_or_default().to_owned();
    let of_line = ["v", "ts", "op", "id", "h"];
    let said = fields.keys().filter(|name| !of_line.contains(&name.as_str()));
    let said = said.map(|name| Cow::Owned(name.clone().into_bytes())).collect();
    let thing = Thing::new(text("op")?.as_bytes(), Cow::Owned(text("id")?.to_owned()), Cow::Owned(path), record.stamp)?;
    Some(about(thing, record.stamp, said))
}

fn about<'a>(thing: Thing<'a>, stamp: Stamp, said: Vec<Cow<'a, [u8]>>) -> About<'a> {
    let said = if thing.is_in_parts() { said } else { vec![Cow::default()] };
    (thing, stamp, said)
}

#[cfg(test)]
mod tests {
    use super::{glance, live, read};
    use crate::annotations::journal::line::write;
    use crate::annotations::{Bookmark, Change, Edit, Reading};
    use crate::document::{ArticleId, Identity, Passage};

    fn line(change: &Change, time: u64) -> String {
        write(change, &format!("{time:015}.0000.d1"))
    }

    fn changes() -> Vec<Change> {
        let article =
            Identity { id: ArticleId("一\"二".to_owned()), path: "甲\\乙.md".to_owned(), ..Identity::default() };
        let passage = Passage { quote: "“一句”{话\"。\n".to_owned(), ..Passage::default() };
        let bookmark = Bookmark { id: "a".to_owned(), article: article.clone(), ..Bookmark::default() };
        vec![
            Change::SetBookmark(bookmark),
            Change::EditBookmark(Edit { id: "a".to_owned(), note: Some("注".to_owned()), ..Edit::default() }),
            Change::RemoveBookmark { id: "b".to_owned() },
            Change::SetMark { letter: 'a', article: article.clone(), passage: passage.clone() },
            Change::RemoveMark { letter: 'a', article: article.clone() },
            Change::SetReading(Reading { article, passage, ..Reading::default() }),
        ]
    }

    #[test]
    fn a_glance_sees_what_reading_sees() {
        for change in changes() {
            let line = line(&change, 1);
            let line = line.trim_end().as_bytes();
            assert_eq!(glance(line), read(line));
            assert!(glance(line).is_some());
        }
    }

    #[test]
    fn only_what_is_newest_is_left() {
        let from = |time| changes().iter().zip(time..).map(|(change, time)| line(change, time)).collect::<Vec<_>>();
        let (all, again) = (from(1), from(10));
        let future = "{\"v\":9,\"op\":\"mark.dance\"}\n";
        let text = [all.concat(), future.to_owned(), again.concat(), future.to_owned()].concat();
        let left: Vec<&str> =
            live(text.as_bytes()).into_iter().map(|line| std::str::from_utf8(line).unwrap()).collect();
        // The edit's note and the mark's removal are newer than what the lines before them say.
        let expected = [future, &again[0], &again[1], &again[2], &again[4], &again[5]];
        assert_eq!(left, expected.map(str::trim_end));
    }
}
