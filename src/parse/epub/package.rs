//! The package document of a book (EPUB 3.3, 5): what it is called, and which files are read in which order.
//!
//! It refuses to need one: where none can be read, the book's pages stand in the order of their names.

use super::archive::Archive;
use super::path::Target;
use super::xml::{Element, Piece, pieces};
use crate::document::{Meta, Part, Repair};
use crate::parse::decode;
use crate::parse::front_matter::address::is_address;
use crate::text::{Language, SafeText};
use std::collections::{HashMap, HashSet};

/// A book's own account of itself.
#[derive(Debug, Default)]
pub struct Package {
    /// What is known about it.
    pub meta: Meta,
    /// The language it says it is in, if that is one of ours.
    pub language: Option<Language>,
    /// The paths of its chapters in reading order, none twice.
    pub spine: Vec<String>,
    /// The navigation document of EPUB 3.
    pub navigation: Option<String>,
    /// The NCX of EPUB 2.
    pub ncx: Option<String>,
    /// The chapters that are a cover, a title page or a printed table of contents.
    pub parts: HashMap<String, Part>,
}

/// An entry of the manifest.
struct Item {
    path: String,
    media: String,
    properties: String,
}

/// Reads the package document of an archive.
pub fn read(archive: &mut Archive, repairs: &mut Vec<Repair>) -> Package {
    let path = package_path(archive);
    let text = path.as_ref().and_then(|path| archive.read(path)).map(|bytes| decode::decode_undoubted(&bytes).text);
    let mut package = match (&path, &text) {
        (Some(path), Some(text)) => of(&pieces(text), path),
        _ => Package::default(),
    };
    // An order of chapters none of which is there is none.
    if !package.spine.iter().any(|path| archive.has(path)) {
        repairs.push(Repair { line: 0, what: "the book names no order; its pages stand by name".to_owned() });
        package.spine = pages(archive);
    }
    package
}

/// Where the package document is: as the container says, else the first file with its ending.
fn package_path(archive: &mut Archive) -> Option<String> {
    let container = archive.read("META-INF/container.xml").map(|bytes| decode::decode_undoubted(&bytes).text);
    let named = pieces(container.as_deref().unwrap_or_default()).into_iter().find_map(|piece| match piece {
        Piece::Open(element) if element.name == "rootfile" => Some(element.attribute("full-path").to_owned()),
        _ => None,
    });
    let has = |path: &str| archive.paths().any(|other| other == path);
    named.filter(|path| has(path)).or_else(|| {
        let packages = archive.paths().filter(|path| path.to_lowercase().ends_with(".opf"));
        packages.min().map(str::to_owned)
    })
}

/// The pages of an archive by name, numbers by their value.
fn pages(archive: &Archive) -> Vec<String> {
    let is_page = |path: &&str| {
        let path = path.to_lowercase();
        [".xhtml", ".html", ".htm"].iter().any(|ending| path.ends_with(ending))
    };
    let mut pages: Vec<String> = archive.paths().filter(is_page).map(str::to_owned).collect();
    pages.sort_by_cached_key(|path| by_number(path));
    pages
}

/// A name with its numbers filled up, so that 2 stands before 10.
fn by_number(name: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for character in name.chars().chain(std::iter::once('\0')) {
        if character.is_ascii_digit() {
            digits.push(character);
        } else {
            if !digits.is_empty() {
                key.push_str(&format!("{digits:0>12}"));
                digits.clear();
            }
            key.push(character);
        }
    }
    key
}

/// What a package document says.
fn of(pieces: &[Piece], path: &str) -> Package {
    let manifest = manifest(pieces, path);
    let find = |wanted: &dyn Fn(&Item) -> bool| {
        let mut found: Vec<&String> = manifest.values().filter(|item| wanted(item)).map(|item| &item.path).collect();
        found.sort();
        found.first().map(|path| (*path).clone())
    };
    let mut seen = HashSet::new();
    let chapters = elements(pieces, "itemref").filter_map(|entry| manifest.get(entry.attribute("idref")));
    // An SVG page holds a picture and a file that is named twice is read once.
    let spine = chapters.filter(|item| item.media.contains("html") && seen.insert(item.path.clone()));
    let toc = elements(pieces, "spine").next().map_or("", |spine| spine.attribute("toc"));
    Package {
        meta: meta(pieces),
        language: described(pieces, "language").first().and_then(|(_, tag)| language(tag)),
        spine: spine.map(|item| item.path.clone()).collect(),
        navigation: find(&|item| item.properties.split(' ').any(|property| property == "nav")),
        ncx: manifest
            .get(toc)
            .map(|item| item.path.clone())
            .or_else(|| find(&|item| item.media == "application/x-dtbncx+xml")),
        parts: parts(pieces, path),
    }
}

fn elements<'a>(pieces: &'a [Piece], name: &'a str) -> impl Iterator<Item = &'a Element> {
    pieces.iter().filter_map(move |piece| match piece {
        Piece::Open(element) if element.name == name => Some(element),
        _ => None,
    })
}

fn manifest(pieces: &[Piece], path: &str) -> HashMap<String, Item> {
    let items = elements(pieces, "item").filter_map(|item| {
        let target = Target::of(item.attribute("href"), path)?;
        let entry = Item {
            path: target.path,
            media: item.attribute("media-type").to_lowercase(),
            properties: item.attribute("properties").to_owned(),
        };
        Some((item.attribute("id").to_owned(), entry))
    });
    items.collect()
}

/// The guide of EPUB 2 says which page is what.
fn parts(pieces: &[Piece], path: &str) -> HashMap<String, Part> {
    let references = elements(pieces, "reference").filter_map(|reference| {
        let part = part(reference.attribute("type"))?;
        Some((Target::of(reference.attribute("href"), path)?.path, part))
    });
    references.collect()
}

/// What a page of a kind is to the book; none for the text itself.
pub fn part(kind: &str) -> Option<Part> {
    match kind {
        "cover" | "title-page" | "titlepage" => Some(Part::TitleBlock),
        "toc" | "loi" | "lot" => Some(Part::Boilerplate),
        _ => None,
    }
}

/// The elements of a name with their text.
fn described<'a>(pieces: &'a [Piece], name: &'a str) -> Vec<(&'a Element, &'a str)> {
    let pairs = pieces.iter().zip(pieces.iter().skip(1));
    let found = pairs.filter_map(|pair| match pair {
        (Piece::Open(element), Piece::Text(text)) if element.name == name => Some((element, text.trim())),
        _ => None,
    });
    found.collect()
}

fn meta(pieces: &[Piece]) -> Meta {
    let first = |name: &str| described(pieces, name).first().map(|(_, text)| SafeText::line(text));
    let creators = described(pieces, "creator");
    // Translators and illustrators are creators too: EPUB 2 says so in the element, EPUB 3 in another one.
    let refined = described(pieces, "meta").into_iter().rev();
    let roles: HashMap<&str, &str> = refined
        .filter(|(element, _)| element.attribute("property") == "role")
        .filter_map(|(element, role)| Some((element.attribute("refines").strip_prefix('#')?, role)))
        .collect();
    let role = |element: &Element| match element.attribute("role") {
        "" => roles.get(element.attribute("id")).copied().unwrap_or("aut").to_owned(),
        own => own.to_owned(),
    };
    let authors: Vec<&str> =
        creators.iter().filter(|(element, _)| role(element) == "aut").map(|(_, name)| *name).collect();
    let dates = described(pieces, "date");
    // Converters that know no date write the year 101.
    let date = dates.iter().find(|(element, text)| {
        element.attribute("event") != "modification" && text.starts_with(|c: char| ('1'..='9').contains(&c))
    });
    let unique = elements(pieces, "package").next().map_or("", |package| package.attribute("unique-identifier"));
    let identifiers = described(pieces, "identifier");
    let identifier = identifiers.iter().find(|(element, _)| !unique.is_empty() && element.attribute("id") == unique);
    Meta {
        title: first("title").unwrap_or_default(),
        author: (!authors.is_empty()).then(|| SafeText::line(&authors.join("、"))),
        source: first("publisher"),
        date: date.map(|(_, text)| SafeText::line(text)),
        url: first("source").filter(|source| is_address(source)),
        tags: described(pieces, "subject").iter().map(|(_, text)| SafeText::line(text)).collect(),
        id: identifier.or(identifiers.first()).map(|(_, text)| SafeText::line(text)),
    }
}

/// The language of a BCP 47 tag.
fn language(tag: &str) -> Option<Language> {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    let is_traditional = ["hant", "tw", "hk", "mo"].iter().any(|part| tag.split('-').any(|other| other == *part));
    match tag.split('-').next()? {
        "ja" | "jpn" => Some(Language::Ja),
        "ko" | "kor" => Some(Language::Ko),
        "zh" | "zho" | "chi" | "cmn" if is_traditional => Some(Language::ZhHant),
        "zh" | "zho" | "chi" | "cmn" => Some(Language::ZhHans),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::by_number;

    #[test]
    fn pages_stand_by_the_value_of_their_numbers() {
        let mut names = ["c10.html", "c2.html", "a.html", "c2b.html"];
        names.sort_by_cached_key(|name| by_number(name));
        assert_eq!(names, ["a.html", "c2.html", "c2b.html", "c10.html"]);
    }
}
