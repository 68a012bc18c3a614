//! A line as zhai writes it, gone through field by field without taking the values apart.
//!
//! It refuses every line whose sum is wrong, that another version wrote, or that has a space more: those are
//! [`super::line`]'s to read.

use super::super::Stamp;
use super::line::{self, VERSION_AS_WRITTEN};
use std::borrow::Cow;
use std::ops::Range;

/// What every line says.
#[derive(Debug)]
pub struct Header<'a> {
    /// When and where it was said.
    pub stamp: Stamp,
    /// What it does.
    pub op: &'a [u8],
    /// To what.
    pub id: Cow<'a, str>,
}

/// Reads what every line says, and tells the other fields with the ranges of their values; none if one is refused.
pub fn header<'a>(line: &'a [u8], mut each: impl FnMut(&'a [u8], Range<usize>) -> Option<()>) -> Option<Header<'a>> {
    let check = line::said_sum(line)?;
    let (mut version, mut stamp, mut op, mut id) = (None, None, None, None);
    fields(line, |name, range| {
        match name {
            b"v" => version = Some(line.get(range)?),
            b"ts" => stamp = Some(Stamp::parse(&string(line.get(range)?)?, check)?),
            b"op" => op = Some(line.get(range)?),
            b"id" => id = Some(string(line.get(range)?)?),
            b"h" => {}
            _ => return each(name, range),
        }
        Some(())
    })?;
    let is_ours = version? == VERSION_AS_WRITTEN;
    let op = op?.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    is_ours.then_some(Header { stamp: stamp?, op, id: id? })
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
    /// Bytes that are sooner looked at one by one: nearly all names end among them.
    const NEAR: usize = 12;
    let mut at = 1;
    loop {
        let rest = text.get(at..)?;
        let near = rest.iter().take(NEAR).position(|byte| matches!(byte, b'"' | b'\\'));
        at += near.or_else(|| Some(NEAR + memchr::memchr2(b'"', b'\\', rest.get(NEAR..)?)?))?;
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
