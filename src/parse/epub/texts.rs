//! What of a book can be read: its chapters as text, and its table of contents.
//!
//! It refuses what is encrypted.

use super::archive::Archive;
use super::contents::{self, Entry};
use super::package::Package;
use super::xml;
use crate::document::{Repair, address};
use crate::parse::decode::{self, Decoded};
use std::collections::HashSet;

/// Whether some chapter is encrypted: by the archive's means, or as `META-INF/encryption.xml` says (EPUB OCF, 4.2.6.3.2).
pub fn are_encrypted(archive: &mut Archive, spine: &[String]) -> bool {
    let list =
        archive.read("META-INF/encryption.xml").map(|bytes| decode::decode_undoubted(&bytes).text).unwrap_or_default();
    let chapters: HashSet<&str> = spine.iter().map(String::as_str).collect();
    let is_chapter = |uri: &str| chapters.contains(address::decoded(uri).as_str());
    let mut named = xml::pieces(&list).into_iter().filter_map(|piece| match piece {
        xml::Piece::Open(element) if element.name == "CipherReference" => Some(element.attribute("URI").to_owned()),
        _ => None,
    });
    archive.is_encrypted() || named.any(|uri| is_chapter(&uri))
}

/// The table of contents: the navigation document, else the NCX of older books.
pub fn contents(archive: &mut Archive, package: &Package) -> Vec<Entry> {
    let mut read = |path: &Option<String>, of: fn(&str, &str) -> Vec<Entry>| {
        let path = path.as_ref()?;
        let text = decode::decode_undoubted(&archive.read(path)?).text;
        Some(of(&text, path)).filter(|entries| !entries.is_empty())
    };
    read(&package.navigation, contents::navigation).or_else(|| read(&package.ncx, contents::ncx)).unwrap_or_default()
}

/// The chapters that can be read: path and text.
pub fn read<'a>(archive: &mut Archive, spine: &'a [String], repairs: &mut Vec<Repair>) -> Vec<(&'a str, Decoded)> {
    if are_encrypted(archive, spine) {
        repairs.push(Repair { line: 0, what: "the book is encrypted (DRM) and cannot be read".to_owned() });
        return Vec::new();
    }
    let mut texts = Vec::new();
    for path in spine {
        match archive.read(path) {
            Some(bytes) => texts.push((path.as_str(), decode::decode_undoubted(&bytes))),
            None => repairs.push(Repair { line: 0, what: "a chapter is missing".to_owned() }),
        }
    }
    repairs.dedup();
    texts
}
