//! What must not move a passage at all: another width, another file, another encoding; and another format, to be seen.

use crate::edits::Chance;
use crate::{Gate, LENGTHS};
use std::sync::Arc;
use zhai::annotations::{Annotations, Bookmark, Change};
use zhai::document::{Anchorage, Document, Grade, Identity, Passage, Scope, Span};
use zhai::layout::{Layout, Measure};
use zhai::parse::decode::decode;
use zhai::parse::{Hint, parse};

/// A document with its name and bytes.
type Source = (String, Vec<u8>, Document);

/// Spans of a document, within blocks.
fn spans(document: &Document, chance: &mut Chance) -> Vec<Span> {
    let blocks: Vec<usize> = document
        .shown(Scope::Article)
        .filter(|(_, block)| block.text.chars().count() >= 10)
        .map(|(index, _)| index)
        .collect();
    if blocks.is_empty() {
        return Vec::new();
    }
    LENGTHS
        .iter()
        .map(|length| {
            let block = blocks[chance.below(blocks.len())];
            let starts: Vec<usize> = document.blocks[block].text.char_indices().map(|(byte, _)| byte).collect();
            let start = chance.below(starts.len().saturating_sub(*length).max(1));
            let end = starts.get(start + length).copied().unwrap_or(document.blocks[block].text.len());
            Span::in_block(block, starts[start], end)
        })
        .filter(|span| !document.text(*span).trim().is_empty())
        .collect()
}

/// At every width, the row that is shown for a passage holds its first character.
pub fn width(documents: &[Source], gates: &mut Vec<Gate>) {
    let (mut all, mut held) = (0, 0);
    for (index, (_, _, document)) in documents.iter().enumerate().take(24) {
        let passages: Vec<Passage> = spans(document, &mut Chance(index as u64))
            .into_iter()
            .map(|span| Passage::capture(document, span))
            .collect();
        let document = Arc::new(document.clone());
        let mut layout = Layout::new(Arc::clone(&document), Measure { columns: 80, ..Measure::default() });
        for columns in (20..=200).step_by(20) {
            layout.relayout(Measure { columns, ..Measure::default() });
            for passage in &passages {
                all += 1;
                let Some((span, Grade::Exact)) = passage.find(&document) else { continue };
                let address = layout.locate(span.start);
                let shown = layout.rows(address, 1);
                let mut runs = shown.iter().flat_map(|(_, row)| &row.runs).filter_map(|run| run.span);
                held += usize::from(runs.any(|run| run.contains(span.start)));
            }
        }
    }
    gates.push(whole("width 20 to 200: the row holds the passage", held, all));
}

/// Files that were moved and renamed, and files in another encoding and format.
pub fn files(documents: &[Source], gates: &mut Vec<Gate>) {
    let identity = |document: &Document, path: &str| Identity::of(&document.meta, &Anchorage::of(document), path);
    let mut annotations = Annotations::default();
    let mut made: Vec<(usize, Bookmark)> = Vec::new();
    for (index, (name, _, document)) in documents.iter().enumerate() {
        for span in spans(document, &mut Chance(index as u64)) {
            let article = identity(document, &format!("/before/{name}"));
            let passage = Passage::capture(document, span);
            let bookmark = Bookmark { id: made.len().to_string(), article, passage, ..Bookmark::default() };
            annotations.apply(&Change::SetBookmark(bookmark.clone()));
            made.push((index, bookmark));
        }
    }
    let moved: Vec<Identity> = documents
        .iter()
        .enumerate()
        .map(|(index, (_, _, document))| identity(document, &format!("/after/{index}.md")))
        .collect();
    annotations.settle(&moved.iter().collect::<Vec<_>>(), |index, passage| passage.find(&documents[index].2).is_some());
    let home = |bookmark: &Bookmark| annotations.home(&bookmark.article).map(str::to_owned);
    let found = made.iter().filter(|(index, bookmark)| {
        home(bookmark) == Some(format!("/after/{index}.md"))
            && matches!(bookmark.passage.find(&documents[*index].2), Some((_, Grade::Exact)))
    });
    gates.push(whole("moved and renamed: found", found.count(), made.len()));
    let (mut all, mut there) = ([0usize; 2], [0usize; 2]);
    for (index, (name, bytes, document)) in documents.iter().enumerate() {
        let text = decode(bytes).text;
        let is_legacy = |document: &Document| document.encoding.to_lowercase().starts_with("gb");
        let (legacy, _, has_lost) = encoding_rs::GB18030.encode(&text);
        // What is in GB18030 is saved as UTF-8, and the other way.
        let twin = if is_legacy(document) { text.as_bytes() } else { &legacy };
        let other = parse(twin, &Hint::named(name.as_str()));
        let of_this = made.iter().filter(|(of, _)| *of == index).map(|(_, bookmark)| &bookmark.passage);
        let old = |passage: &Passage| passage.find(document).map(|(span, _)| document.text(span));
        // Who saves in GB18030 writes Chinese.
        if !has_lost && document.language.tag().starts_with("zh") {
            if is_legacy(document) == is_legacy(&other) {
                println!(
                    "{name} ({}), saved in the other encoding, was taken for {}",
                    document.encoding, other.encoding
                );
            }
            for passage in of_this.clone() {
                let found = passage.find(&other).map(|(span, _)| other.text(span));
                if found != old(passage) {
                    println!("{name}, saved in the other encoding: {found:?} instead of {:?}", old(passage));
                }
                all[0] += 1;
                there[0] += usize::from(found == old(passage));
            }
        }
        let page = comrak::markdown_to_html(&without_front_matter(&text), &comrak::Options::default());
        let page = parse(page.as_bytes(), &Hint::named(format!("{name}.html")));
        for passage in of_this {
            all[1] += 1;
            there[1] += usize::from(passage.find(&page).is_some());
        }
    }
    gates.push(whole("GB18030 and UTF-8: found", there[0], all[0]));
    println!("\nsaved again as a page: {:.1} % of {} passages found", 100.0 * there[1] as f64 / all[1] as f64, all[1]);
}

fn without_front_matter(text: &str) -> String {
    let rest = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    rest.map_or(text, |(_, body)| body).to_owned()
}

fn whole(what: &str, found: impl TryInto<usize>, all: impl TryInto<usize>) -> Gate {
    let (found, all) = (found.try_into().unwrap_or_default(), all.try_into().unwrap_or_default());
    Gate { what: what.to_owned(), measured: format!("{found} of {all}"), is_met: found == all && all > 0 }
}
