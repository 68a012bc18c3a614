//! EPUB to a document: the chapters of a book one after the other, as sections. Cannot fail; what it could not read,
//! the document says.
//!
//! Only what is text is unpacked, never the images. It refuses to open what is encrypted, and to judge what belongs to
//! the article: all of a book does, but its cover, title page and printed table of contents.

pub mod archive;
pub mod chapter;
pub mod contents;
#[cfg(test)]
pub(crate) mod fixture;
pub mod package;
pub mod path;
pub mod sections;
pub mod xml;

use super::decode::Decoded;
use super::front_matter::dates;
use super::piece::Piece;
use super::{Hint, body, decode, headings, html, languages, title};
use crate::document::address;
use crate::document::{
    Block, Condition, Container, ContainerKind, Document, Folded, Format, Inline, Outline, Part, Repair, Styled,
};
use crate::text::letters::{key, says};
use crate::text::{SafeText, counted};
use archive::Archive;
use chapter::{Chapter, Marks, NOTE, Reference};
use contents::Entry;
use package::Package;
use path::Target;
use sections::Places;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// Bytes of the chapters that are read first at least: a screen of text, past covers and title pages.
const FIRST: usize = 16 << 10;

/// Whether a file is a book: an archive that says so, or that is named so.
pub fn is_book(bytes: &[u8], file_name: &str) -> bool {
    const MIMETYPE: &[u8] = b"mimetypeapplication/epub+zip";
    let says_so = bytes.get(30..30 + MIMETYPE.len()) == Some(MIMETYPE);
    bytes.starts_with(b"PK\x03\x04") && (says_so || file_name.to_ascii_lowercase().ends_with(".epub"))
}

/// Why nothing of a book can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Its text is encrypted, as shops do (DRM); obfuscated fonts do no harm.
    Encrypted,
    /// It has no chapter, or none that is whole enough to be unpacked.
    Empty,
}

/// Why nothing of a book can be read; none if something can.
pub fn closed(bytes: &[u8]) -> Option<Closed> {
    let mut archive = Archive::open(bytes);
    let package = package::read(&mut archive, &mut Vec::new());
    if are_encrypted(&mut archive, &package.spine) {
        return Some(Closed::Encrypted);
    }
    let is_empty = package.spine.iter().all(|path| archive.read(path).is_none_or(|bytes| bytes.is_empty()));
    is_empty.then_some(Closed::Empty)
}

/// Reads a book.
pub fn document(bytes: &[u8], hint: &Hint) -> Document {
    let mut archive = Archive::open(bytes);
    let mut repairs = Vec::new();
    let package = package::read(&mut archive, &mut repairs);
    let contents = contents(&mut archive, &package);
    let damaged = archive.damaged;
    let texts = texts(&mut archive, &package.spine, &mut repairs);
    let lost = lost(texts.len(), package.spine.len(), archive.damaged > damaged);
    repairs.extend(archive.repairs);
    let is_whole = lost.is_none();
    Document { repairs, lost, ..put_together(&texts, &contents, &package, is_whole, hint) }
}

/// What of a book is not there, and what to do about it; none if all chapters are, and whole.
fn lost(read: usize, all: usize, are_damaged: bool) -> Option<String> {
    const REMEDY: &str = "get the book again";
    match all.saturating_sub(read) {
        0 if are_damaged => Some(format!("a chapter of the book breaks off; {REMEDY}")),
        0 => None,
        missing => Some(format!("{missing} of {} could not be read; {REMEDY}", counted(all as u64, "chapter"))),
    }
}

/// Reads the first chapters of a book; none if they are all, or if what comes later says how these are read: where the
/// sections are, if no table of contents does, and how notes are labelled.
pub fn first(bytes: &[u8], hint: &Hint) -> Option<Piece> {
    let mut archive = Archive::open(bytes);
    let mut repairs = Vec::new();
    let package = package::read(&mut archive, &mut repairs);
    let contents = contents(&mut archive, &package);
    let mut texts: Vec<(&str, Decoded)> = Vec::new();
    let mut length = 0;
    while length < FIRST {
        let path = package.spine.get(texts.len())?;
        let text = decode::decode_undoubted(&archive.read(path)?);
        length += text.text.len();
        texts.push((path, text));
    }
    let all = package.spine.len();
    let has_notes = texts.iter().any(|(_, decoded)| decoded.text.contains("noteref"));
    if contents.is_empty() || has_notes || texts.len() == all || are_encrypted(&mut archive, &package.spine) {
        return None;
    }
    let share = (texts.len() * 1000 / all) as u16;
    repairs.extend(archive.repairs);
    let document = Document { repairs, ..put_together(&texts, &contents, &package, true, hint) };
    Some(Piece { document, share })
}

/// The document of some chapters.
fn put_together(
    texts: &[(&str, Decoded)],
    contents: &[Entry],
    package: &Package,
    is_whole: bool,
    hint: &Hint,
) -> Document {
    let chapters = chapters(texts, contents);
    let (mut blocks, places) = joined(&chapters, package);
    if contents.is_empty() && blocks.iter().all(|block| block.heading_level().is_none()) {
        headings::promote(&mut blocks, &hint.tables);
    } else {
        sections::apply(&mut blocks, contents, &places);
    }
    let language = languages(&mut blocks, package.language);
    headings::level(&mut blocks, &hint.tables);
    let mut meta = package.meta.clone();
    meta.date = meta.date.map(|written| SafeText::line(&dates::date(&written, &hint.tables.dates)));
    if meta.title.is_empty() {
        meta.title = title::of(&blocks, None, false, None, &hint.file_name, &hint.tables);
    }
    let has_text = blocks.iter().any(|block| block.part == Part::Body && !block.text.is_empty());
    let condition = match has_text {
        false => Condition::Stub,
        true if !is_whole => Condition::Truncated,
        true => Condition::Whole,
    };
    Document {
        outline: Outline::of(&blocks),
        body: body(&blocks),
        meta,
        blocks,
        language,
        format: Format::Epub,
        encoding: texts.first().map_or("", |(_, decoded)| decoded.encoding),
        condition,
        repairs: Vec::new(),
        lost: None,
        folded: Folded::default(),
    }
}

/// Whether some chapter is encrypted: by the archive's means, or as `META-INF/encryption.xml` says (EPUB OCF, 4.2.6.3.2).
fn are_encrypted(archive: &mut Archive, spine: &[String]) -> bool {
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

fn contents(archive: &mut Archive, package: &Package) -> Vec<Entry> {
    let mut read = |path: &Option<String>, of: fn(&str, &str) -> Vec<Entry>| {
        let path = path.as_ref()?;
        let text = decode::decode_undoubted(&archive.read(path)?).text;
        Some(of(&text, path)).filter(|entries| !entries.is_empty())
    };
    read(&package.navigation, contents::navigation).or_else(|| read(&package.ncx, contents::ncx)).unwrap_or_default()
}

/// The chapters that can be read: path and text.
fn texts<'a>(archive: &mut Archive, spine: &'a [String], repairs: &mut Vec<Repair>) -> Vec<(&'a str, Decoded)> {
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

/// The chapters as HTML, with the places that the table of contents names and the notes.
fn chapters<'a>(texts: &[(&'a str, Decoded)], contents: &[Entry]) -> Vec<(&'a str, Chapter)> {
    let places = contents.iter().filter_map(|entry| entry.target.clone()).filter(|target| !target.id.is_empty());
    let refers = texts.iter().filter(|(_, decoded)| decoded.text.contains("noteref"));
    let references: Vec<_> = refers.flat_map(|(path, decoded)| chapter::references(&decoded.text, path)).collect();
    let named = references.iter().map(|reference| reference.place.clone()).filter(|place| !place.id.is_empty());
    let marks = Marks { places: places.collect(), references: named.collect(), notes: labels(references) };
    texts.iter().map(|(path, decoded)| (*path, chapter::prepare(&decoded.text, path, &marks))).collect()
}

/// A label for every note: what its references say, or running numbers where two notes would share one.
fn labels(references: Vec<Reference>) -> HashMap<Target, String> {
    let mut seen = HashSet::new();
    let said = references.into_iter().map(|reference| (reference.note, reference.said));
    let first: Vec<(Target, String)> = said.filter(|(target, _)| seen.insert(target.clone())).collect();
    let clean = |label: &str| label.trim_matches(['[', ']', '(', ')', '（', '）', '〔', '〕', ' ']).to_owned();
    let mut labels = HashSet::new();
    let is_label = |label: &str| !label.is_empty() && label.chars().all(char::is_alphanumeric);
    let are_unique = first.iter().all(|(_, label)| is_label(&clean(label)) && labels.insert(clean(label)));
    let numbered = first.into_iter().enumerate();
    numbered
        .map(|(index, (note, said))| (note, if are_unique { clean(&said) } else { (index + 1).to_string() }))
        .collect()
}

/// The blocks of all chapters, and where each place is. Lines are counted through the chapters.
fn joined(chapters: &[(&str, Chapter)], package: &Package) -> (Vec<Block>, Places) {
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
        notes(&mut own, chapter, lines, &mut next_id);
        // A page that holds most of a book is its text, whatever it begins with.
        let is_page = chapter.html.len() * 2 <= all;
        let is_title = || (is_title_page(&own, package) && blocks.is_empty()).then_some(Part::TitleBlock);
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
fn is_title_page(blocks: &[Block], package: &Package) -> bool {
    let meta = &package.meta;
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

/// Puts the blocks of notes into their containers.
fn notes(blocks: &mut [Block], chapter: &Chapter, lines: u32, next_id: &mut u32) {
    for (label, first, last) in &chapter.notes {
        let kind = ContainerKind::Footnote { label: SafeText::line(label) };
        let start = blocks.partition_point(|block| block.lines.first < lines + first);
        let is_of_note = |block: &&mut Block| block.lines.first <= lines + last;
        let length = blocks.iter_mut().skip(start).take_while(is_of_note).count();
        let items = own_items(blocks, start..start + length);
        for block in blocks.iter_mut().skip(start).take(length) {
            let note = Container { id: *next_id, kind: kind.clone() };
            let others = block.containers.iter().filter(|container| !items.contains(&container.id)).cloned();
            block.containers = std::iter::once(note).chain(others).collect();
        }
        *next_id += 1;
    }
}

/// The list items that some blocks and no others are: a note that is an item of a list has a label instead of a number.
fn own_items(blocks: &[Block], note: Range<usize>) -> Vec<u32> {
    let holds = |block: Option<&Block>, id: u32| {
        block.is_some_and(|block| block.containers.iter().any(|container| container.id == id))
    };
    let beside =
        |id: u32| holds(blocks.get(note.end), id) || holds(note.start.checked_sub(1).and_then(|at| blocks.get(at)), id);
    let inside = blocks.get(note.clone()).unwrap_or_default();
    let is_own = |container: &&Container| {
        matches!(container.kind, ContainerKind::Item { .. })
            && !beside(container.id)
            && inside.iter().all(|block| holds(Some(block), container.id))
    };
    let first = inside.first().map_or(&[][..], |block| &block.containers);
    first.iter().filter(is_own).map(|container| container.id).take(1).collect()
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

#[cfg(test)]
mod tests {
    use super::fixture::{archive, book};
    use super::{Closed, closed, document};
    use crate::document::{Aim, BlockKind, Condition, Container, ContainerKind, Document, Inline, Part};
    use crate::parse::Hint;
    use crate::text::{Language, SafeText};

    const META: &str = "<dc:title>河边的书</dc:title>";

    /// The outline, a line a section, indented by level.
    fn outline(document: &Document) -> String {
        let sections = document.outline.sections.iter();
        let lines = sections.map(|section| format!("{}{}", "  ".repeat(usize::from(section.level) - 1), section.title));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(outline(&document(bytes, &Hint::named("book.epub"))), expected);
    }

    fn nav(list: &str) -> String {
        format!("<html><body><nav epub:type=\"toc\"><h1>目录</h1>{list}</nav></body></html>")
    }

    const NAV: &str = "<item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>";

    #[test]
    fn what_the_package_says() {
        let metadata = "<dc:title>河边的书</dc:title><dc:creator id=\"a\">甲</dc:creator><dc:creator opf:role=\"trl\">乙</dc:creator>\
            <dc:creator id=\"c\">丙</dc:creator><meta refines=\"#c\" property=\"role\">ill</meta><dc:publisher>茶社</dc:publisher>\
            <dc:date>0101-01-01T00:00:00+00:00</dc:date><dc:date>2024-08-21T00:00:00Z</dc:date><dc:language>ja</dc:language>\
            <dc:subject>书</dc:subject><dc:subject>茶 &amp; 水</dc:subject><dc:identifier>x</dc:identifier>\
            <dc:identifier id=\"id\">urn:isbn:1</dc:identifier>";
        let read = document(
            &book(metadata, &[("a.xhtml", "<h1>上</h1><p>山水有清音。</p>")], "", &[]),
            &Hint::named("b.epub"),
        );
        let meta = &read.meta;
        let line = [&meta.author, &meta.source, &meta.date, &meta.id].map(|value| value.as_deref().unwrap_or_default());
        assert_eq!((meta.title.as_str(), line), ("河边的书", ["甲", "茶社", "2024-08-21", "urn:isbn:1"]));
        assert_eq!(meta.tags.iter().map(SafeText::as_str).collect::<Vec<_>>(), ["书", "茶 & 水"]);
        assert_eq!((read.language, read.condition, read.repairs), (Language::Ja, Condition::Whole, vec![]));
    }

    #[test]
    fn own_headings_make_the_sections() {
        let chapters = [
            ("b.xhtml", "<h1>第一章 茶</h1><p>文。</p><h2>绿茶</h2><p>文。</p>"),
            ("a.xhtml", "<h1>第二章 书</h1><p>文。</p>"),
        ];
        check(&book(META, &chapters, "", &[]), "第一章 茶\n  绿茶\n第二章 书");
        let flat = nav("<ol><li><a href=\"b.xhtml\">第一章 茶</a></li><li><a href=\"a.xhtml\">第二章 书</a></li></ol>");
        check(&book(META, &chapters, NAV, &[("OEBPS/nav.xhtml", &flat)]), "第一章 茶\n  绿茶\n第二章 书");
    }

    #[test]
    fn contents_make_the_sections_where_nothing_else_does() {
        let chapters = [
            ("a.xhtml", "<p id=\"x\"><b>第一章</b></p><p>文一。</p><p id=\"y\">文二。</p>"),
            ("b.xhtml", "<p>文三。</p>"),
        ];
        let list = "<ol><li><span>上篇</span><ol><li><a href=\"a.xhtml#x\">第一章</a></li><li><a href=\"a.xhtml#y\">第二章</a></li></ol></li>\
            <li><a href=\"b.xhtml\">尾声</a></li></ol>";
        let bytes = book(META, &chapters, NAV, &[("OEBPS/nav.xhtml", &nav(list))]);
        check(&bytes, "上篇\n  第一章\n  第二章\n尾声");
        let texts: Vec<String> =
            document(&bytes, &Hint::named("")).blocks.iter().map(|block| block.text.to_string()).collect();
        assert_eq!(texts, ["上篇", "第一章", "文一。", "第二章", "文二。", "尾声", "文三。"]);
    }

    #[test]
    fn the_first_chapters_are_the_start_of_the_whole() {
        let text = |number: usize| format!("<h1>第{number}章</h1>{}", "<p>水从山上来，要走三里竹管。</p>".repeat(100));
        let names: Vec<(String, String)> = (1..20).map(|number| (format!("{number}.xhtml"), text(number))).collect();
        let chapters: Vec<(&str, &str)> = names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let entries: String = names
            .iter()
            .enumerate()
            .map(|(index, (name, _))| format!("<li><a href=\"{name}\">第{}章</a></li>", index + 1))
            .collect();
        let list = nav(&format!("<ol>{entries}</ol>"));
        let bytes = book(META, &chapters, NAV, &[("OEBPS/nav.xhtml", &list)]);
        let hint = Hint::named("a.epub");
        let piece = crate::parse::first(&bytes, bytes.len() as u64, &hint).unwrap();
        let whole = document(&bytes, &hint);
        assert_eq!(piece.document.blocks, whole.blocks.get(..piece.document.blocks.len()).unwrap());
        assert_eq!((piece.document.meta, piece.document.condition), (whole.meta, whole.condition));
        assert!((100..500).contains(&piece.share), "{}", piece.share);
        let none = |chapters: &[(&str, &str)], list: &str| {
            let bytes = book(META, chapters, NAV, &[("OEBPS/nav.xhtml", list)]);
            assert!(super::first(&bytes, &hint).is_none());
        };
        none(chapters.get(..3).unwrap(), &list);
        none(&chapters, &nav("<ol></ol>"));
        let noted: Vec<(&str, String)> = names
            .iter()
            .map(|(name, text)| (name.as_str(), format!("<a epub:type='noteref' href='#n'>1</a>{text}")))
            .collect();
        none(&noted.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>(), &list);
    }

    #[test]
    fn a_nested_ncx_knows_the_levels() {
        let chapters = [
            ("p.xhtml", "<h1>第一部</h1>"),
            ("a.xhtml", "<h1>茶</h1><p>文。</p><h2>绿茶</h2><p>文。</p>"),
            ("q.xhtml", "<h1>第二部</h1><p>文。</p>"),
        ];
        let point = |label: &str, src: &str, inner: &str| {
            format!("<navPoint><navLabel><text>{label}</text></navLabel><content src=\"{src}\"/>{inner}</navPoint>")
        };
        let points = point("第一部", "p.xhtml", &point("茶", "a.xhtml", "")) + &point("第二部", "q.xhtml", "");
        let item = "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>";
        let ncx = format!("<ncx><navMap>{points}</navMap></ncx>");
        check(&book(META, &chapters, item, &[("OEBPS/toc.ncx", &ncx)]), "第一部\n  茶\n    绿茶\n第二部");
    }

    #[test]
    fn notes_ruby_and_images() {
        let text = "<p>これは<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>です<a epub:type=\"noteref\" href=\"#n1\"><sup>＊</sup></a>。</p>\
            <p><img src=\"../images/a.png\" alt=\"川の&quot;絵&quot;\"/></p>\
            <div><svg><image xlink:href=\"b.jpg\"/></svg></div><math><mi>x</mi></math>\
            <aside epub:type=\"footnote\" id=\"n1\"><p>注。<a epub:type=\"backlink\" href=\"#r\">戻る</a></p></aside><p>あと。</p>";
        let read = document(&book("<dc:title>本</dc:title>", &[("a.xhtml", text)], "", &[]), &Hint::named(""));
        let dump: Vec<String> = read
            .blocks
            .iter()
            .map(|block| {
                let note = block.containers.iter().find_map(|container| match &container.kind {
                    ContainerKind::Footnote { label } => Some(format!("{label}: ")),
                    _ => None,
                });
                let image =
                    if let BlockKind::Image { url } = &block.kind { format!(" <{url}>") } else { String::new() };
                format!("{}{}{image}", note.unwrap_or_default(), block.text)
            })
            .collect();
        assert_eq!(
            dump,
            ["これは漢かん字じです[1]。", "川の\"絵\" <images/a.png>", " <OEBPS/b.jpg>", "x", "1: 注。", "あと。"]
        );
        let styles: Vec<&Inline> =
            read.blocks.iter().flat_map(|block| &block.styles).map(|styled| &styled.style).collect();
        assert!(styles.contains(&&Inline::FootnoteReference { label: SafeText::line("1") }), "{styles:?}");
        assert_eq!(styles.iter().filter(|style| ***style == Inline::Ruby).count(), 2);
        assert!(read.blocks.iter().all(|block| block.part == Part::Body));
    }

    #[test]
    fn notes_of_another_file_have_their_labels_and_no_numbers() {
        let chapters = [
            ("a.xhtml", "<p>甲<a epub:type=\"noteref\" id=\"r1\" href=\"n.xhtml#n1\">1</a>。</p>"),
            (
                "b.xhtml",
                "<p>乙<a epub:type=\"noteref\" id=\"r2\" href=\"n.xhtml#n2\">1</a>。见<a href=\"a.xhtml#r1\">前注</a>。</p>",
            ),
            (
                "n.xhtml",
                "<ol><li id=\"n1\"><p>注甲。<a href=\"a.xhtml#r1\">返回</a></p></li>\
                 <li id=\"n2\"><ul><li>注乙。</li><li>又。</li></ul></li></ol>",
            ),
        ];
        let read = document(&book(META, &chapters, "", &[]), &Hint::named("a.epub"));
        let dump: Vec<String> = read
            .blocks
            .iter()
            .map(|block| {
                let container = |container: &Container| match &container.kind {
                    ContainerKind::Footnote { label } => format!("[{label}] "),
                    ContainerKind::Item { marker, .. } => format!("{marker} "),
                    _ => String::new(),
                };
                block.containers.iter().map(container).collect::<String>() + &block.text
            })
            .collect();
        assert_eq!(dump, ["甲[1]。", "乙[2]。见前注。", "[1] 注甲。", "[2] • 注乙。", "[2] • 又。"]);
        assert_eq!(read.anchor("OEBPS/a.xhtml#r1").map(|at| at.block), Some(0));
    }

    #[test]
    fn a_page_of_the_title_alone_is_no_text() {
        let chapters = [("t.xhtml", "<h1>河边的书</h1>"), ("a.xhtml", "<h1>茶</h1><p>水从山上来。</p>")];
        check(&book(META, &chapters, "", &[]), "茶");
        let chapters = [("a.xhtml", "<h1>茶</h1><p>水从山上来。</p>"), ("t.xhtml", "<h1>河边的书</h1><p>文。</p>")];
        check(&book(META, &chapters, "", &[]), "茶\n河边的书");
    }

    #[test]
    fn covers_title_pages_and_printed_contents_are_no_text() {
        let chapters = [
            ("cover.xhtml", "<body epub:type=\"cover\"><img src=\"c.jpg\" alt=\"封面\"/></body>"),
            ("toc.xhtml", "<h1>目录</h1><p>第一章</p>"),
            ("a.xhtml", "<h1>第一章</h1><p>文。</p>"),
        ];
        let list = "<ol><li><a href=\"cover.xhtml\">封面</a></li><li><a href=\"toc.xhtml\">目录</a></li><li><a href=\"a.xhtml\">第一章</a></li></ol>";
        let items = format!("{NAV}</manifest><guide><reference type=\"toc\" href=\"toc.xhtml\"/></guide><manifest>");
        let read = document(&book(META, &chapters, &items, &[("OEBPS/nav.xhtml", &nav(list))]), &Hint::named(""));
        assert_eq!(outline(&read), "第一章");
        let parts: Vec<Part> = read.blocks.iter().map(|block| block.part).collect();
        assert_eq!(parts, [Part::TitleBlock, Part::Boilerplate, Part::Boilerplate, Part::Body, Part::Body]);
    }

    #[test]
    fn a_book_of_one_file_is_its_text() {
        let text = "<section epub:type=\"titlepage\"><p>河边的书</p></section><section epub:type=\"toc\"><p>一</p></section>\
            <section><h1>一</h1><p>水从山上来，要走三里竹管。</p></section>";
        let guide = "</manifest><guide><reference type=\"toc\" href=\"a.xhtml#toc\"/></guide><manifest>";
        for text in [text.to_owned(), format!("<body epub:type=\"cover\">{text}</body>")] {
            let read = document(&book(META, &[("a.xhtml", &text)], guide, &[]), &Hint::named(""));
            let parts: Vec<Part> = read.blocks.iter().map(|block| block.part).collect();
            assert_eq!(parts, [Part::TitleBlock, Part::Boilerplate, Part::Body, Part::Body]);
            assert_eq!((outline(&read).as_str(), read.condition), ("一", Condition::Whole));
        }
    }

    /// Title, outline, condition and repairs of what was broken.
    #[track_caller]
    fn check_broken(bytes: &[u8], title: &str, sections: &str, condition: Condition, repairs: &[&str]) {
        let read = document(bytes, &Hint::named("book.epub"));
        let said: Vec<&str> = read.repairs.iter().map(|repair| repair.what.as_str()).collect();
        assert_eq!((read.meta.title.as_str(), outline(&read).as_str(), read.condition), (title, sections, condition));
        assert_eq!(said, repairs);
    }

    #[test]
    fn broken_books_are_read_as_far_as_they_go() {
        let chapters = [("c1.xhtml", "<h1>一</h1><p>文。</p>"), ("c2.xhtml", "<h1>二</h1><p>文。</p>")];
        let whole = book(META, &chapters, "", &[]);
        let no_directory = "the archive has no directory; its files were looked for";
        let cut = whole.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
        check_broken(whole.get(..cut).unwrap(), "河边的书", "一\n二", Condition::Whole, &[no_directory]);
        let by_name = "the book names no order; its pages stand by name";
        let pages: [(&str, &[u8]); 2] =
            [("c10.html", "<h1>十</h1>文".as_bytes()), ("c2.html", "<h1>二</h1>文".as_bytes())];
        check_broken(&archive(&pages), "book", "二\n十", Condition::Whole, &[by_name]);
        check_broken(b"PK\x03\x04", "book", "", Condition::Stub, &[by_name, no_directory]);
        check_broken(&archive(&[("a.txt", b"text")]), "book", "", Condition::Stub, &[by_name]);
        let missing = "<item id=\"m\" href=\"m.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"m\"/></spine><manifest>";
        check_broken(
            &book(META, &chapters, missing, &[]),
            "河边的书",
            "一\n二",
            Condition::Truncated,
            &["a chapter is missing"],
        );
    }

    #[test]
    fn what_is_lost_of_a_book_is_told() {
        let long: String = (0..400).map(|number| format!("<p>第{number}天，水从山上来。</p>")).collect();
        let text = |title: &str| format!("<h1>{title}</h1>{long}");
        let pages = [("a.xhtml", text("一")), ("b.xhtml", text("二")), ("c.xhtml", text("三"))];
        let chapters = pages.each_ref().map(|(name, text)| (*name, text.as_str()));
        let whole = book(META, &chapters, "", &[]);
        let check = |bytes: &[u8], sections: &str, lost: &str| {
            let read = document(bytes, &Hint::named("a.epub"));
            let said = read.lost.as_deref().unwrap_or_default();
            assert_eq!((outline(&read).as_str(), said), (sections, lost));
            assert_eq!(read.condition, if lost.is_empty() { Condition::Whole } else { Condition::Truncated });
        };
        check(&whole, "一\n二\n三", "");
        let at = |name: &str| whole.windows(name.len()).position(|bytes| bytes == name.as_bytes()).unwrap();
        let cut = |at: usize| whole.get(..at).unwrap();
        check(cut(at("OEBPS/c.xhtml")), "一\n二", "1 of 3 chapters could not be read; get the book again");
        check(cut(at("OEBPS/b.xhtml")), "一", "2 of 3 chapters could not be read; get the book again");
        let middle = usize::midpoint(at("OEBPS/c.xhtml"), at("PK\u{1}\u{2}"));
        check(cut(middle), "一\n二\n三", "a chapter of the book breaks off; get the book again");
        assert_eq!((closed(cut(at("OEBPS/b.xhtml"))), closed(cut(60))), (None, Some(Closed::Empty)));
        // An order of pages that are not there is none.
        let spine = "<package><manifest><item id=\"x\" href=\"x.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
            <spine><itemref idref=\"x\"/></spine></package>";
        check(&archive(&[("a.opf", spine.as_bytes()), ("c1.html", "<h1>一</h1>文".as_bytes())]), "一", "");
    }

    #[test]
    fn links_lead_to_the_other_chapters() {
        let chapters = [
            (
                "a.xhtml",
                "<h1>一</h1><p><a href=\"b.xhtml#x\">见下</a>，<a href=\"b.xhtml\">第二章</a>，<a href=\"#y\">后文</a>。</p><p id=\"y\">文。</p>",
            ),
            ("b.xhtml", "<h1>二</h1><p>水。</p><a id=\"x\"/><p>火。</p><p><a href=\"../OEBPS/a.xhtml#y\">见上</a></p>"),
        ];
        let read = document(&book(META, &chapters, "", &[]), &Hint::named("a.epub"));
        let aims = read.links(false).into_iter().filter_map(|link| match link.aim {
            Aim::Address(address) => read.anchor(address.strip_prefix('#')?),
            _ => None,
        });
        let texts: Vec<&str> = aims.filter_map(|at| Some(read.blocks.get(at.block as usize)?.text.as_str())).collect();
        assert_eq!(texts, ["火。", "二", "文。", "文。"]);
    }

    #[test]
    fn any_cut_and_any_flipped_byte_is_survived() {
        let whole = book(META, &[("a.xhtml", "<h1>一</h1><p>文。</p>")], "", &[]);
        for at in 0..whole.len() {
            document(whole.get(..at).unwrap(), &Hint::named("a.epub"));
            let mut flipped = whole.clone();
            flipped[at] ^= 0xff;
            document(&flipped, &Hint::named("a.epub"));
        }
    }

    #[test]
    fn files_without_end_are_left_out() {
        let names: Vec<String> = (0..=super::archive::MOST).map(|index| format!("{index}.html")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"<p>a</p>".as_slice())).collect();
        let read = document(&archive(&files), &Hint::named("a.epub"));
        assert_eq!(read.blocks.len(), super::archive::MOST);
        assert!(read.repairs.iter().any(|repair| repair.what.contains("10,000")), "{:?}", read.repairs);
    }

    #[test]
    fn encrypted_text_is_told_from_encrypted_fonts() {
        let list = |uri: &str| {
            format!(
                "<encryption><EncryptedData><CipherData><CipherReference URI=\"{uri}\"/></CipherData></EncryptedData></encryption>"
            )
        };
        let with =
            |uri: &str| book(META, &[("a.xhtml", "<p>文。</p>")], "", &[("META-INF/encryption.xml", &list(uri))]);
        assert_eq!(closed(&with("OEBPS/a.xhtml")), Some(Closed::Encrypted));
        assert_eq!(closed(&with("OEBPS/font.otf")), None);
        check_broken(
            &with("OEBPS/a.xhtml"),
            "河边的书",
            "",
            Condition::Stub,
            &["the book is encrypted (DRM) and cannot be read"],
        );
    }
}
