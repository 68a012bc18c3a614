//! Where a link leads from the open article: to a place of it, to another article of the library, or outside.
//!
//! It refuses to go there, and to ask the file system: articles are known by their paths as these are written.

use super::App;
use super::effect::Sought;
use super::reader::WHOLE;
use crate::document::address::{decoded, joined, scheme};
use crate::document::identity::canonical;
use crate::document::{Aim, Position, Span};
use crate::library::Origin;
use crate::text::fold::fold;
use std::cmp::Reverse;
use std::path::{Component, Path, PathBuf};

/// Where a link leads from here.
#[derive(Debug)]
pub(super) enum Way {
    /// To a place of this article.
    Place(Position),
    /// To another one of the library, by its index, and to what is named in it.
    Article(usize, String),
    /// Out of the library.
    Outside(String),
    /// Nowhere: why.
    Nowhere(String),
}

impl App {
    /// Where an aim leads from the open article.
    pub(super) fn way(&self, aim: &Aim) -> Way {
        let Some(reader) = &self.reader else { return Way::Nowhere(String::new()) };
        match aim {
            Aim::Note(label) => match reader.document.note(label) {
                Some((place, _)) => Way::Place(place),
                None => self.nowhere(&format!("this article has no note {label}")),
            },
            Aim::Address(address) => self.way_of(address),
            Aim::Page(page) => self.way_to_page(page),
        }
    }

    /// Where the name of an article leads.
    fn way_to_page(&self, page: &str) -> Way {
        let (name, place) = parts(page);
        let here = self.reader.as_ref().map(|reader| reader.article);
        match if name.is_empty() { here } else { self.article_at(name).or_else(|| self.article_called(name)) } {
            Some(index) if Some(index) == here => self.named(place),
            Some(index) => Way::Article(index, place.to_owned()),
            None => Way::Nowhere(format!("not in this library: {name}")),
        }
    }

    /// The article of a name, wherever it lies: of several the one with the most folders in common with the open one, of
    /// these the one in the fewest. Where none is called so, it may be the title of one.
    fn article_called(&self, name: &str) -> Option<usize> {
        let articles = &self.library.articles;
        let here = articles.get(self.reader.as_ref()?.article)?;
        let folders = |path: &str| Path::new(path).components().count();
        let shared = |path: &str| {
            let beside = Path::new(path).components().zip(Path::new(&here.identity.path).components());
            beside.take_while(|(one, other)| one == other).count()
        };
        let called = articles.iter().enumerate().filter(|(_, article)| is_called(&article.identity.path, name));
        let nearest = called.min_by_key(|(_, article)| {
            let path = &article.identity.path;
            (Reverse(shared(path)), folders(path))
        });
        let title = fold(name).text;
        nearest
            .map(|(index, _)| index)
            .or_else(|| articles.iter().position(|article| fold(&article.meta.title).text == title))
    }

    /// The files in which the article may be that a link means, where the library has none; none if it means no file.
    pub(super) fn files_of(&self, aim: &Aim) -> Option<Sought> {
        let here = self.library.articles.get(self.reader.as_ref()?.article)?;
        let Origin::File(file) = &here.origin else { return None };
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let (path, page) = match aim {
            Aim::Address(address) if scheme(address).is_none() && !address.starts_with(['#', '/']) => {
                (address.split('#').next()?, None)
            }
            Aim::Page(page) if !parts(page).0.is_empty() => (parts(page).0, Some(parts(page).0.to_owned())),
            _ => return None,
        };
        let paths = forms(path).map(|path| tidied(&folder.join(path)));
        Some(Sought { paths: paths.to_vec(), folder, page })
    }

    fn way_of(&self, address: &str) -> Way {
        if let Some(name) = address.strip_prefix('#') {
            return self.named(name);
        }
        let here = self.reader.as_ref().and_then(|reader| self.library.articles.get(reader.article));
        let base = here.and_then(|article| article.meta.url.as_deref()).unwrap_or_default();
        if scheme(address).is_some() {
            return self.way_on_web(address);
        }
        let (path, name) = address.split_once('#').unwrap_or((address, ""));
        if let Some(index) = self.article_at(path) {
            let is_here = self.reader.as_ref().is_some_and(|reader| reader.article == index);
            return if is_here { self.named(name) } else { Way::Article(index, name.to_owned()) };
        }
        // What is not at hand may be where the article came from.
        match joined(base, address) {
            Some(whole) => self.way_on_web(&whole),
            None if address.starts_with("//") => self.way_on_web(&format!("https:{address}")),
            None => Way::Nowhere(format!("not in this library: {}", decoded(address))),
        }
    }

    fn way_on_web(&self, address: &str) -> Way {
        let name = address.split_once('#').map_or("", |(_, name)| name);
        let wanted = canonical(address);
        let mut articles = self.library.articles.iter();
        let found =
            wanted.and_then(|wanted| articles.position(|article| article.identity.url.as_ref() == Some(&wanted)));
        let here = self.reader.as_ref().map(|reader| reader.article);
        match found {
            // An article that names its own address means the page, unless it means a section.
            Some(index) if Some(index) == here => match self.named(name) {
                Way::Place(place) if !name.is_empty() => Way::Place(place),
                _ => Way::Outside(address.to_owned()),
            },
            Some(index) => Way::Article(index, name.to_owned()),
            None => Way::Outside(address.to_owned()),
        }
    }

    /// A named place of the open article.
    fn named(&self, name: &str) -> Way {
        let Some(reader) = &self.reader else { return Way::Nowhere(String::new()) };
        // A note begins with its block; the reference to it stands somewhere in one.
        let end = |span: Span| if span.start > reader.top { Position { byte: 0, ..span.start } } else { span.start };
        let named = reader.document.anchor(name);
        match named.or_else(|| reader.document.counterpart(name).map(end)) {
            Some(place) => Way::Place(place),
            None => self.nowhere(&format!("no section of this article is called “{}”", decoded(name))),
        }
    }

    fn nowhere(&self, why: &str) -> Way {
        let is_whole = self.reader.as_ref().is_none_or(|reader| reader.share == WHOLE);
        Way::Nowhere(if is_whole { why.to_owned() } else { "the rest of the article is still being read".to_owned() })
    }

    /// The article at a path that stands in the open one: as it is written, without its query, or without an ending.
    fn article_at(&self, path: &str) -> Option<usize> {
        let here = self.library.articles.get(self.reader.as_ref()?.article)?;
        let folder = Path::new(&here.identity.path).parent().unwrap_or(Path::new(""));
        let paths = forms(path).map(|path| tidied(&folder.join(path)));
        let of: Vec<PathBuf> =
            self.library.articles.iter().map(|article| tidied(Path::new(&article.identity.path))).collect();
        paths.iter().find_map(|path| of.iter().position(|article| article == path))
    }
}

/// Whether a file is meant by a name: its own without the ending, or with it, after as many of its folders as are given.
pub fn is_called(path: &str, name: &str) -> bool {
    let parts = |path: &str| -> Vec<String> {
        let parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
        parts.map(|part| fold(part).text).collect()
    };
    let (path, mut name) = (parts(path), parts(name));
    let Some((file, last)) = path.last().zip(name.pop()) else { return false };
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    let folders = path.get(..path.len() - 1).unwrap_or_default();
    (stem == last || *file == last) && folders.ends_with(&name)
}

/// The name of a page and what is named in it; what marks a block (`^…`) no reader shows.
fn parts(page: &str) -> (&str, &str) {
    let (name, place) = page.split_once('#').unwrap_or((page, ""));
    let place = place.rsplit('#').next().unwrap_or_default().trim();
    (name.trim(), if place.starts_with('^') { "" } else { place })
}

/// What a link names in the article that it leads to.
pub(super) fn name_in(aim: &Aim) -> String {
    match aim {
        Aim::Note(_) => String::new(),
        Aim::Address(address) => address.split_once('#').map_or("", |(_, name)| name).to_owned(),
        Aim::Page(page) => parts(page).1.to_owned(),
    }
}

/// A path as a link writes it, without its query, and with an ending.
fn forms(path: &str) -> [String; 3] {
    let path = decoded(path);
    let file = path.split('?').next().unwrap_or_default().to_owned();
    let ended = format!("{file}.md");
    [path, file, ended]
}

/// A path without `.` and `..`, as it is written: no link is followed.
fn tidied(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(tidied.pop()),
            part => tidied.push(part),
        }
    }
    tidied
}
