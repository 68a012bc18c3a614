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
pub mod joining;
pub mod notes;
pub mod package;
pub mod path;
pub mod sections;
pub mod texts;
pub mod xml;

use super::decode::{self, Decoded};
use super::front_matter::dates;
use super::piece::Piece;
use super::{Hint, body, headings, languages, title};
use crate::document::{Condition, Document, Folded, Format, Outline, Part};
use crate::text::{SafeText, counted};
use archive::Archive;
use contents::Entry;
use package::Package;

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
    if texts::are_encrypted(&mut archive, &package.spine) {
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
    let contents = texts::contents(&mut archive, &package);
    let damaged = archive.damaged;
    let texts = texts::read(&mut archive, &package.spine, &mut repairs);
    let lost = lost(texts.len(), package.spine.len(), archive.damaged > damaged);
    repairs.extend(archive.repairs);
    Document { repairs, ..put_together(&texts, &contents, &package, lost, hint) }
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
    let contents = texts::contents(&mut archive, &package);
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
    if contents.is_empty() || has_notes || texts.len() == all || texts::are_encrypted(&mut archive, &package.spine) {
        return None;
    }
    let share = (texts.len() * 1000 / all) as u16;
    repairs.extend(archive.repairs);
    let document = Document { repairs, ..put_together(&texts, &contents, &package, None, hint) };
    Some(Piece { document, share })
}

/// The document of some chapters, and what of the book is not among them.
fn put_together(
    texts: &[(&str, Decoded)],
    contents: &[Entry],
    package: &Package,
    lost: Option<String>,
    hint: &Hint,
) -> Document {
    let mut meta = package.meta.clone();
    meta.date = meta.date.map(|written| SafeText::line(&dates::date(&written, &hint.tables.dates)));
    let chapters = joining::chapters(texts, contents);
    let (mut blocks, places) = joining::joined(&chapters, package, &meta);
    if contents.is_empty() && blocks.iter().all(|block| block.heading_level().is_none()) {
        headings::promote(&mut blocks, &hint.tables);
    } else {
        sections::apply(&mut blocks, contents, &places);
    }
    let language = languages(&mut blocks, package.language);
    headings::level(&mut blocks, &hint.tables);
    if meta.title.is_empty() {
        meta.title = title::of(&blocks, None, false, None, &hint.file_name, &hint.tables);
    }
    let has_text = blocks.iter().any(|block| block.part == Part::Body && !block.text.is_empty());
    let condition = match has_text {
        false => Condition::Stub,
        true if lost.is_some() => Condition::Truncated,
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
        lost,
        folded: Folded::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::{archive, book};
    use super::{Closed, closed, document};
    use crate::document::{Aim, BlockKind, Condition, Container, ContainerKind, Document, Inline, Part, Scope};
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
        let aims = read.links(Scope::Article).into_iter().filter_map(|link| match link.aim {
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
