//! The articles in which bookmarks may be, and where each bookmark is in them now.
//!
//! An article is looked for where it was; only for what is not found there, elsewhere. It refuses to read an article
//! twice.

use crate::annotations::{Annotations, Bookmark};
use crate::cli::{library, present, tables};
use crate::config::Settings;
use crate::document::{Anchorage, Document, Grade, Identity, Passage, Position, Span};
use crate::library::{Article, Library, LibraryError, Origin, Tables, open, scan};
use crate::text::fold::fold;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Articles near one that is gone that are looked into.
const NEARBY: usize = 2000;
/// Characters of a quote that tell its line from the others of a paragraph.
const TELLING: usize = 12;

/// The articles at hand and what was left in them.
pub struct Shelf {
    /// What was left.
    pub annotations: Annotations,
    tables: Arc<Tables>,
    articles: Vec<(Origin, Identity)>,
    open: HashMap<usize, Option<Text>>,
}

/// An article that was opened, and its lines.
struct Text {
    document: Document,
    anchorage: Anchorage,
    lines: Vec<String>,
}

/// Where a bookmark is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The article's path.
    pub path: String,
    /// How surely it was found; none if it is lost.
    pub grade: Option<Grade>,
    /// The section it stands in, or stood in.
    pub section: String,
    /// Whether the section in which it stood is still there, and it is in another.
    pub is_elsewhere: bool,
    /// The line of the file, counted from 1; of a lost one, the most likely line. None if the article is not at hand.
    pub line: Option<u32>,
}

impl Shelf {
    /// A shelf without articles.
    pub fn new(annotations: Annotations) -> Self {
        Self { annotations, tables: tables(), articles: Vec::new(), open: HashMap::new() }
    }

    /// Puts the articles under some paths on the shelf; without paths, those in which something was left, and if some
    /// of that is not found in them, those of the library and those beside the files that are gone.
    pub fn put(&mut self, paths: &[PathBuf], settings: &Settings) -> Result<(), LibraryError> {
        if !paths.is_empty() {
            present(paths)?;
            self.take(&library(paths, settings)?);
            return Ok(());
        }
        let there = self.known();
        self.take(&there);
        let all: Vec<Bookmark> = self.annotations.bookmarks(None).into_iter().cloned().collect();
        let lost: Vec<&Bookmark> = all.iter().filter(|bookmark| self.place(bookmark).grade.is_none()).collect();
        let beside = |bookmark: &&Bookmark| {
            let path = Path::new(&bookmark.article.path);
            let folder = path.parent().filter(|_| !path.is_file());
            folder.map(|folder| scan::nearby(folder, NEARBY)).unwrap_or_default()
        };
        if !lost.is_empty() {
            let beside = lost.iter().flat_map(beside).collect::<Vec<_>>();
            let folders: Vec<Origin> = at_hand(settings)?.into_iter().chain(beside).chain(there).collect();
            self.take(&folders);
        }
        Ok(())
    }

    /// Puts the articles under some paths on the shelf; without paths, those in which something was left and those of the
    /// library: where quotes are looked for of which it is not known where they are from.
    pub fn put_all(&mut self, paths: &[PathBuf], settings: &Settings) -> Result<(), LibraryError> {
        if !paths.is_empty() {
            return self.put(paths, settings);
        }
        let all: Vec<Origin> = at_hand(settings)?.into_iter().chain(self.known()).collect();
        self.take(&all);
        Ok(())
    }

    /// The files in which something was left, as far as they are there.
    fn known(&self) -> Vec<Origin> {
        let known: BTreeSet<PathBuf> =
            self.annotations.bookmarks(None).iter().map(|bookmark| PathBuf::from(&bookmark.article.path)).collect();
        known.into_iter().filter(|path| path.is_file()).map(Origin::File).collect()
    }

    /// Describes articles and decides which of them each bookmark is in.
    fn take(&mut self, origins: &[Origin]) {
        let found = scan::find(origins).into_iter().filter(|found| found.problem.is_none());
        let described = found
            .map(|found| Article::describe(found.origin, &self.tables))
            .filter(|article| article.problem.is_none());
        self.articles = described.map(|article| (article.origin, article.identity)).collect();
        self.open.clear();
        let mut annotations = std::mem::take(&mut self.annotations);
        let identities: Vec<Identity> = self.articles.iter().map(|(_, identity)| identity.clone()).collect();
        let identities: Vec<&Identity> = identities.iter().collect();
        annotations.settle(&identities, |index, passage| self.holds(index, passage));
        self.annotations = annotations;
    }

    fn holds(&mut self, index: usize, passage: &Passage) -> bool {
        self.text(index).is_some_and(|text| text.anchorage.find(passage).is_some())
    }

    /// What is said about the article of a place, if it is at hand: where it appeared and when.
    pub fn about(&mut self, place: &Place) -> (String, String) {
        let index = self.articles.iter().position(|(_, article)| article.path == place.path);
        let meta = index.and_then(|index| self.text(index)).map(|text| &text.document.meta);
        let said = |field: Option<&crate::text::SafeText>| field.map(ToString::to_string).unwrap_or_default();
        meta.map(|meta| (said(meta.source.as_ref()), said(meta.date.as_ref()))).unwrap_or_default()
    }

    /// The article that a quote of another program is from, and the quote as a passage of it. An article that is named
    /// so is looked into first; in others, only words that can be no chance are believed.
    pub fn trace(&mut self, named: &Identity, passage: &Passage) -> Option<(Identity, Passage)> {
        let mut order: Vec<usize> = (0..self.articles.len()).collect();
        let is_named =
            |index: &usize| self.articles.get(*index).is_some_and(|(_, article)| named.likeness(article).is_some());
        order.sort_by_key(|index| !is_named(index));
        let likely = order.iter().filter(|index| is_named(index)).count();
        order.into_iter().enumerate().find_map(|(rank, index)| {
            if rank >= likely && passage.quote.chars().count() < TELLING {
                return None;
            }
            let (_, identity) = self.articles.get(index)?;
            let identity = identity.clone();
            let text = self.text(index)?;
            let found = text.anchorage.find(passage).filter(|found| rank < likely || found.grade == Grade::Exact)?;
            Some((identity, text.anchorage.capture(&text.document, found.span)))
        })
    }

    /// Where a bookmark is now.
    pub fn place(&mut self, bookmark: &Bookmark) -> Place {
        let passage = &bookmark.passage;
        let lost = Place {
            path: bookmark.article.path.clone(),
            section: passage.heading.last().cloned().unwrap_or_default(),
            ..Place::default()
        };
        let home = self.annotations.home(&bookmark.article).unwrap_or(&bookmark.article.path);
        let Some(index) = self.articles.iter().position(|(_, article)| article.path == home) else { return lost };
        let path = home.to_owned();
        let Some(text) = self.text(index) else { return lost };
        if let Some(found) = text.anchorage.find(passage) {
            let is_elsewhere = text.has_left(passage, found.span);
            return Place { grade: Some(found.grade), path, is_elsewhere, ..text.at(found.span) };
        }
        let left = |other: &&Bookmark| self.annotations.home(&other.article) == Some(path.as_str());
        let others: Vec<Passage> =
            self.annotations.bookmarks(None).into_iter().filter(left).map(|other| other.passage.clone()).collect();
        let Some(text) = self.text(index) else { return lost };
        let found = |other: &Passage| text.anchorage.find(other).map(|found| found.span);
        let neighbours: Vec<_> = others.iter().filter_map(|other| Some((other, found(other)?))).collect();
        let near = text.anchorage.estimate(&text.document, passage, &neighbours);
        Place { path, section: lost.section, ..text.at(Span { start: near, end: near }) }
    }

    fn text(&mut self, index: usize) -> Option<&Text> {
        let (origin, _) = self.articles.get(index)?;
        let read = || {
            let document = open(origin, &self.tables).ok()?;
            let anchorage = Anchorage::of(&document);
            let bytes = crate::library::disk::read(origin).ok()?;
            let text = crate::parse::decode::decode_file(&bytes, &origin.file_name()).text;
            let lines = text.lines().map(str::to_owned).collect();
            Some(Text { document, anchorage, lines })
        };
        self.open.entry(index).or_insert_with(read).as_ref()
    }
}

/// The library of the settings as far as it is there, or where there is none the sample library.
fn at_hand(settings: &Settings) -> Result<Vec<Origin>, LibraryError> {
    let folders = library(&[], settings)?;
    if folders.is_empty() {
        return Ok(Library::sample_origins());
    }
    let is_there = |origin: &Origin| match origin {
        Origin::File(path) => path.exists(),
        Origin::Sample(_) | Origin::Input(_) => true,
    };
    Ok(folders.into_iter().filter(is_there).collect())
}

impl Text {
    fn at(&self, span: Span) -> Place {
        let outline = &self.document.outline;
        let section = outline.section_at(span.start).and_then(|index| outline.sections.get(index));
        Place {
            section: section.map(|section| section.title.to_string()).unwrap_or_default(),
            line: self.line(span.start),
            ..Place::default()
        }
    }

    /// Whether a passage that is found has left the section it was in.
    fn has_left(&self, passage: &Passage, found: Span) -> bool {
        let outline = &self.document.outline;
        let is_same =
            |title: &str| passage.heading.last().is_some_and(|heading| fold(heading).text == fold(title).text);
        let path = outline.section_at(found.start).map(|section| outline.path(section)).unwrap_or_default();
        !path.iter().any(|title| is_same(title)) && outline.sections.iter().any(|section| is_same(&section.title))
    }

    /// The line of the file; of a block that stands on several, the one that holds the characters at the place.
    fn line(&self, at: Position) -> Option<u32> {
        let block = self.document.blocks.get(at.block as usize)?;
        let (first, last) = (block.lines.first, block.lines.last);
        let rest = block.text.get(block.floor(at.byte)..).unwrap_or_default();
        let telling: String = fold(rest.lines().next().unwrap_or_default()).text.chars().take(TELLING).collect();
        // Markup may stand between the characters: the more of them stand together, the better. Of equal lines, the one
        // nearest to where the place is in the block.
        let together = |line: u32| {
            let text = self.lines.get(line.saturating_sub(1) as usize).map(|text| fold(text).text).unwrap_or_default();
            telling
                .char_indices()
                .filter(|(end, _)| telling.get(..*end).is_some_and(|start| text.contains(start)))
                .count()
        };
        let part = u64::from(last.saturating_sub(first)) * u64::from(at.byte) / (block.text.len() as u64).max(1);
        let likely = first + part as u32;
        (first..=last).max_by_key(|line| (together(*line), std::cmp::Reverse(line.abs_diff(likely))))
    }
}
