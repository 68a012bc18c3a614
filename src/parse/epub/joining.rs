//! Chapters one after the other: what is numbered, named and linked in each of them is so in the whole book.

use super::chapter::{self, Chapter, Marks, NOTE};
use super::contents::Entry;
use super::notes;
use super::package::Package;
use super::path::Target;
use super::sections::Places;
use crate::document::{Block, Inline, Meta, Part, Styled};
use crate::parse::decode::Decoded;
use crate::parse::html;
use crate::text::SafeText;
use crate::text::letters::{key, says};
use std::collections::HashSet;
use std::sync::Arc;

/// The chapters as HTML, with the places that the table of contents names and the notes.
pub fn chapters<'a>(texts: &[(&'a str, Decoded)], contents: &[Entry]) -> Vec<(&'a str, Chapter)> {
    let places = contents.iter().filter_map(|entry| entry.target.clone()).filter(|target| !target.id.is_empty());
    let refers = texts.iter().filter(|(_, decoded)| decoded.text.contains("noteref"));
    let references: Vec<_> = refers.flat_map(|(path, decoded)| chapter::references(&decoded.text, path)).collect();
    let named = references.iter().map(|reference| reference.place.clone()).filter(|place| !place.id.is_empty());
    let marks = Marks { places: places.collect(), references: named.collect(), notes: notes::labels(references) };
    texts.iter().map(|(path, decoded)| (*path, chapter::prepare(&decoded.text, path, &marks))).collect()
}

/// The blocks of all chapters, and where each place is. Lines are counted through the chapters.
pub fn joined(chapters: &[(&str, Chapter)], package: &Package, meta: &Meta) -> (Vec<Block>, Places) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut places = Places::new();
    let mut lines = 0;
    let mut next_id = 0;
    let all: usize = chapters.iter().map(|(_, chapter)| chapter.html.len()).sum();
    let paths: HashSet<&str> = chapters.iter().map(|(path, _)| *path).collect();
    for (path, chapter) in chapters {
        let start = blocks.len();
        let mut own = html::chapter(&chapter.html, lines);
        name(&mut own, path);
        number(&mut own, &mut next_id);
        notes::put(&mut own, chapter, lines, &mut next_id);
        // A page that holds most of a book is its text, whatever it begins with.
        let is_page = chapter.html.len() * 2 <= all;
        let is_title = || (is_title_page(&own, meta) && blocks.is_empty()).then_some(Part::TitleBlock);
        let said = chapter.part.or_else(|| package.parts.get(*path).copied());
        let part = said.or_else(is_title).filter(|_| is_page);
        for block in &mut own {
            refer(&mut block.styles, path, &paths);
            block.part = part.unwrap_or(block.part);
        }
        for (part, first, last) in &chapter.sections {
            let start = own.partition_point(|block| block.lines.first < lines + first);
            let inside = own.iter_mut().skip(start).take_while(|block| block.lines.first <= lines + last);
            inside.for_each(|block| block.part = *part);
        }
        places.insert(Target { path: (*path).to_owned(), id: String::new() }, start);
        for (id, line) in &chapter.places {
            let at = own.partition_point(|block| block.lines.first < lines + line);
            places.insert(Target { path: (*path).to_owned(), id: id.clone() }, start + at);
        }
        lines += chapter.html.matches('\n').count() as u32 + 1;
        blocks.extend(own);
    }
    (blocks, places)
}

/// Whether a page says nothing but what the book is called, and who wrote and published it.
fn is_title_page(blocks: &[Block], meta: &Meta) -> bool {
    let said = [Some(&meta.title), meta.author.as_ref(), meta.source.as_ref(), meta.date.as_ref()];
    let said: Vec<String> = said.into_iter().flatten().map(|line| key(line)).filter(|line| !line.is_empty()).collect();
    let is_said = |text: &str| said.iter().any(|line| says(text, line));
    let mut texts = blocks.iter().map(|block| block.text.trim()).filter(|text| !text.is_empty()).peekable();
    texts.peek().is_some() && texts.all(is_said)
}

/// Gives the containers of a chapter numbers that no other chapter has.
fn number(blocks: &mut [Block], next_id: &mut u32) {
    let first = *next_id;
    let blocks = blocks.iter_mut().filter(|block| !block.containers.is_empty());
    for container in blocks.flat_map(|block| Arc::make_mut(&mut block.containers)) {
        container.id += first;
        *next_id = (*next_id).max(container.id + 1);
    }
}

/// Gives the places of a chapter names that no other chapter has, and its first block the chapter's.
fn name(blocks: &mut [Block], path: &str) {
    for block in blocks.iter_mut() {
        let names = block.names.iter().map(|name| SafeText::line(&format!("{path}#{name}")));
        block.names = names.collect();
    }
    if let Some(first) = blocks.first_mut() {
        first.add_names([SafeText::line(path)]);
    }
}

/// Makes the references to notes, and to places of the book, what they are.
fn refer(styles: &mut [Styled], path: &str, paths: &HashSet<&str>) {
    for styled in styles {
        let Inline::Link { url } = &styled.style else { continue };
        if let Some(label) = url.strip_prefix(NOTE) {
            styled.style = Inline::FootnoteReference { label: SafeText::line(label) };
        } else if let Some(target) = Target::of(url, path).filter(|target| paths.contains(target.path.as_str())) {
            let id = if target.id.is_empty() { String::new() } else { format!("#{}", target.id) };
            styled.style = Inline::Link { url: SafeText::line(&format!("#{}{id}", target.path)) };
        }
    }
}
