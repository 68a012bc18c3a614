//! The images of an article: those at hand are kept beside it under names made of what they hold, the others stay
//! links.
//!
//! It refuses to fetch anything, to read outside the page's folder, and to keep what is no image.

use crate::document::address::decoded;
use crate::document::{BlockKind, Document, Inline};
use crate::parse::epub::archive::Archive;
use crate::parse::epub::path::Target;
use crate::parse::tag::decode_entities;
use crate::text::SafeText;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, Engine};
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use twox_hash::XxHash3_64;

/// The folder of images beside the articles.
pub const FOLDER: &str = "images";
/// Bytes of the largest image that is kept.
const LARGEST: u64 = 32 << 20;
/// How images begin, and the endings of their names.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"\0\0\x01\0", "ico"),
];

/// Images by their names below the folder of the article.
#[derive(Debug, Default)]
pub struct Images {
    kept: BTreeMap<String, Vec<u8>>,
    /// The names of those that came with the page, by the addresses under which it shows them.
    brought: BTreeMap<String, String>,
}

/// Where the images of an article may be found.
pub enum Place<'a> {
    /// In the folder of a page.
    Folder(&'a Path),
    /// In the archive of a book.
    Archive(Archive<'a>),
}

impl Images {
    /// Takes the images out that a text holds itself (`data:`, RFC 2397): their addresses become names.
    pub fn take_out(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, found)) = rest.split_once("data:image/") {
            out.push_str(before);
            let end = address_end(before, found);
            let (address, after) = found.split_at_checked(end).unwrap_or((found, ""));
            match held(address).map(|bytes| self.add(bytes)) {
                Some(Some(name)) => out.push_str(&name),
                // A blank that holds a place shows nothing.
                Some(None) => {}
                None => out.push_str(&format!("data:image/{address}")),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// Takes in what a web archive holds beside its page.
    pub fn bring(&mut self, pictures: Vec<(String, Vec<u8>)>) {
        for (address, bytes) in pictures {
            if let Some(name) = self.add(bytes) {
                self.brought.insert(address, name);
            }
        }
    }

    /// Takes in the images that a document names and that are at hand, and gives them their new names. The others get
    /// the whole addresses of the web that they stand for, if the article's own is known.
    pub fn gather(&mut self, document: &mut Document, mut place: Place) {
        let base = document.meta.url.clone();
        let is_book = matches!(place, Place::Archive(_));
        let mut found: BTreeMap<SafeText, SafeText> = BTreeMap::new();
        let mut named = |url: &SafeText| {
            let new = || {
                let brought =
                    self.brought.get(url.as_str()).or_else(|| self.brought.get(&*absolute(url, base.as_deref())));
                if let Some(name) = brought {
                    return SafeText::line(name);
                }
                let bytes = if self.kept.contains_key(url.as_str()) { None } else { place.read(url) };
                let name = bytes.and_then(|bytes| self.add(bytes)).map(|name| SafeText::line(&name));
                let is_kept = is_book || self.kept.contains_key(url.as_str());
                name.unwrap_or_else(|| if is_kept { url.clone() } else { absolute(url, base.as_deref()) })
            };
            found.entry(url.clone()).or_insert_with(new).clone()
        };
        for block in &mut document.blocks {
            if let BlockKind::Image { url } = &mut block.kind {
                *url = named(url);
            }
            for styled in &mut block.styles {
                if let Inline::Image { url } = &mut styled.style {
                    *url = named(url);
                }
            }
        }
    }

    /// The images that a text names: name and content.
    pub fn named_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let named = self.kept.iter().filter(|(name, _)| text.contains(name.as_str()));
        named.map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Takes an image in; its name, or none if it is no image or shows nothing.
    fn add(&mut self, bytes: Vec<u8>) -> Option<String> {
        let ending = ending(&bytes).filter(|_| !is_dot(&bytes))?;
        let mut hasher = XxHash3_64::default();
        hasher.write(&bytes);
        let name = format!("{FOLDER}/{:016x}.{ending}", hasher.finish());
        self.kept.insert(name.clone(), bytes);
        Some(name)
    }
}

impl Place<'_> {
    /// What an address leads to, if that is at hand.
    fn read(&mut self, url: &str) -> Option<Vec<u8>> {
        match self {
            Self::Archive(archive) => archive.read(url),
            Self::Folder(folder) => read_beside(folder, url),
        }
    }
}

/// A file in the folder of a page or below it, links followed.
fn read_beside(folder: &Path, url: &str) -> Option<Vec<u8>> {
    let target = Target::of(url, "").filter(|target| !target.path.is_empty())?;
    let (folder, path) = (folder.canonicalize().ok()?, folder.join(target.path).canonicalize().ok()?);
    let data = std::fs::metadata(&path).ok()?;
    let may_be_read = path.starts_with(&folder) && data.is_file() && data.len() <= LARGEST;
    may_be_read.then(|| std::fs::read(path).ok()).flatten()
}

/// The whole address that a reference in a page stands for (RFC 3986, 5.2); itself where that is not known.
pub fn absolute(url: &SafeText, base: Option<&str>) -> SafeText {
    let Some((scheme, rest)) = base.and_then(|base| base.split_once("://")) else { return url.clone() };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let has_scheme = url.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    if url.is_empty() || url.starts_with(['#', '?']) || has_scheme || host.is_empty() {
        return url.clone();
    }
    if let Some(rest) = url.strip_prefix("//") {
        return SafeText::address(&format!("{scheme}://{rest}"));
    }
    let path = rest.get(host.len()..).and_then(|path| path.split(['?', '#']).next()).unwrap_or_default();
    let folder = if url.starts_with('/') { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let (reference, query) = url.split_at_checked(url.find(['?', '#']).unwrap_or(url.len())).unwrap_or((url, ""));
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(reference.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    let end = if reference.ends_with('/') && !steps.is_empty() { "/" } else { "" };
    SafeText::address(&format!("{scheme}://{host}/{}{end}{query}", steps.join("/")))
}

/// Where an address ends: at the mark that closes what stands before it.
fn address_end(before: &str, address: &str) -> usize {
    let is_end: fn(char) -> bool = match before.chars().next_back() {
        Some('"') => |c| c == '"',
        Some('\'') => |c| c == '\'',
        Some('<') => |c| c == '>',
        Some('(') => |c| c == ')' || c.is_whitespace(),
        _ => |c| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '>'),
    };
    address.find(is_end).unwrap_or(address.len())
}

/// What an address holds, behind `data:image/`.
fn held(address: &str) -> Option<Vec<u8>> {
    let (kind, data) = address.split_once(',')?;
    if !kind.ends_with(";base64") {
        return Some(decoded(&decode_entities(data)).into_bytes());
    }
    let packed: String = decoded(data).chars().filter(|c| !c.is_whitespace()).collect();
    let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&STANDARD, lenient).decode(packed).ok()
}

/// The ending of an image's name, by how it begins.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    let known = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, ending)| *ending);
    let at = |range: std::ops::Range<usize>| bytes.get(range).unwrap_or_default();
    let brand = || match (at(0..4), at(8..12), at(4..8)) {
        (b"RIFF", b"WEBP", _) => Some("webp"),
        (_, b"avif" | b"avis", b"ftyp") => Some("avif"),
        _ => None,
    };
    let is_drawing = || {
        let head = String::from_utf8_lossy(at(0..bytes.len().min(1024)));
        let head = head.trim_start_matches('\u{feff}').trim_start();
        head.starts_with("<svg") || (head.starts_with("<?xml") && head.contains("<svg"))
    };
    known.or_else(brand).or_else(|| is_drawing().then_some("svg"))
}

/// Whether an image is one dot, as counters and place holders are.
fn is_dot(bytes: &[u8]) -> bool {
    let at = |range: std::ops::Range<usize>| bytes.get(range).unwrap_or_default();
    match ending(bytes) {
        Some("gif") => at(6..10) == [1, 0, 1, 0],
        Some("png") => at(16..24) == [0, 0, 0, 1, 0, 0, 0, 1],
        _ => false,
    }
}

/// The folder of a page.
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::{Images, absolute, ending, is_dot};
    use crate::text::SafeText;

    const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    const DRAWING: &str = "data:image/svg+xml,%3Csvg xmlns='x'%3E%3C/svg%3E";

    #[test]
    fn images_in_a_text_are_taken_out() {
        let mut images = Images::default();
        let text = format!(
            "<img src=\"{DRAWING}\"><img src='{DOT}'> ![a](data:image/png;base64,iVBORw0KGgo=) data:image/png;base64,!"
        );
        let out = images.take_out(&text);
        let names: Vec<&str> = images.named_in(&out).map(|(name, _)| name).collect();
        let [png, svg] = names.as_slice() else { panic!("{names:?}") };
        let (png, svg) = if png.ends_with("png") { (png, svg) } else { (svg, png) };
        assert_eq!(out, format!("<img src=\"{svg}\"><img src=''> ![a]({png}) data:image/png;base64,!"));
        assert_eq!(png.len(), "images/.png".len() + 16);
    }

    #[test]
    fn kinds_are_told_by_content() {
        for (bytes, kind) in [
            (b"RIFF\0\0\0\0WEBPVP8 ".as_slice(), Some("webp")),
            (b"\0\0\0\x1cftypavif", Some("avif")),
            (b"<?xml version='1.0'?><svg/>", Some("svg")),
            (b"<html><svg></svg></html>", None),
            (b"%PDF-1.7", None),
            (b"", None),
        ] {
            assert_eq!(ending(bytes), kind);
        }
        assert!(!is_dot(b"GIF89a\x02\0\x01\0") && is_dot(b"GIF89a\x01\0\x01\0"));
    }

    #[test]
    fn addresses_are_made_whole() {
        let base = Some("https://example.com/a/b.html?c#d");
        for (url, whole) in [
            ("e.png", "https://example.com/a/e.png"),
            ("../e/?x=1", "https://example.com/e/?x=1"),
            ("/e", "https://example.com/e"),
            ("//example.org/e", "https://example.org/e"),
            ("#e", "#e"),
            ("mailto:a@example.com", "mailto:a@example.com"),
            ("https://example.org/", "https://example.org/"),
            ("", ""),
        ] {
            assert_eq!(absolute(&SafeText::line(url), base).as_str(), whole);
            assert_eq!(absolute(&SafeText::line(url), None).as_str(), url);
        }
    }
}
