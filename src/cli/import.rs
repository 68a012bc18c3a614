//! `zhai import`: pages, books and texts as Markdown files of their own.
//!
//! What is written is what zhai shows: the article without title block and boilerplate, its sections as headings. Of a
//! folder all articles are taken, and stand in folders of the same names. It refuses to fetch anything, to replace a
//! file unasked, to stop at an input that fails and to import what it has written.

pub mod anchors;
pub mod escape;
pub mod front;
pub mod images;
pub mod inlines;
pub mod links;
pub mod markdown;
pub mod store;

use super::{Stop, report, scope, tables};
use crate::document::{Condition, Document, Format, Scope};
use crate::library::scan::{self, Found};
use crate::library::{Origin, disk};
use crate::parse::epub::archive::Archive;
use crate::parse::{Hint, Tables, decode, epub, html, parse};
use crate::text::{SafeText, calendar, counted};
use anyhow::{Context, anyhow, bail};
use images::Images;
use links::Gone;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Place, Store};

/// Make Markdown of pages, books and texts.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Pages, books or texts, or folders of them; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder to write into; made if need be
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Keep the title block and boilerplate
    #[arg(long)]
    raw: bool,
    /// Replace what was imported before
    #[arg(long)]
    force: bool,
}

/// Imports one file after the other; what fails is said and does not stop the others.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let into = arguments.into.display();
    let store = Store::open(&arguments.into, arguments.force)
        .with_context(|| format!("{into}: cannot be written into; choose another folder"))?;
    let tables = tables();
    let mut out = std::io::stdout().lock();
    let mut has_failed = false;
    let sources: Vec<_> = arguments.files.iter().flat_map(|named| sources(named, &store)).collect();
    import_all(sources, scope(arguments.raw), &tables, |done| {
        match done {
            Ok(done) => writeln!(out, "{}", SafeText::line(&done))?,
            Err(error) => {
                has_failed = true;
                report(&super::chain(&error));
            }
        }
        Ok(())
    })?;
    if has_failed { Err(Stop::Reported.into()) } else { Ok(()) }
}

/// A file, and the folder it goes into.
type Source = (PathBuf, Store);

/// Imports files one after the other, and says of each what became of it. What links to a file whose turn came later is
/// written once more when all are there.
fn import_all(
    sources: Vec<anyhow::Result<Source>>,
    scope: Scope,
    tables: &Arc<Tables>,
    mut say: impl FnMut(anyhow::Result<String>) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut gone = Gone::of(sources.iter().flatten().map(|(file, _)| file.as_path()));
    let mut awaiting: Vec<Source> = Vec::new();
    for source in sources {
        let done = source.and_then(|(file, store)| {
            let done = import(&file, &store, scope, tables, &mut gone)?;
            if done.awaits {
                awaiting.push((file, store));
            }
            Ok(done.said)
        });
        say(done)?;
    }
    for (file, store) in awaiting {
        if let Err(error) = import(&file, &store.replacing(), scope, tables, &mut gone) {
            say(Err(error))?;
        }
    }
    Ok(())
}

/// What is named: a file itself, of a folder the articles in it and below, each with the folder it goes into.
fn sources(named: &Path, store: &Store) -> Vec<anyhow::Result<Source>> {
    if !named.is_dir() {
        return vec![Ok((named.to_owned(), store.below(Path::new(""))))];
    }
    let found: Vec<Found> = scan::find(&[Origin::File(named.to_owned())]);
    let is_source = |found: &Found| !matches!(&found.origin, Origin::File(path) if store.holds(path));
    let (sources, written): (Vec<Found>, Vec<Found>) = found.into_iter().partition(is_source);
    let shown = named.display();
    match (sources.is_empty(), written.is_empty()) {
        (true, true) => {
            vec![Err(anyhow!("{shown}: holds no Markdown, text, pages or books; name the files to read them"))]
        }
        (true, false) => vec![Err(anyhow!("{shown}: is what `--into` names; choose another folder"))],
        _ => sources.into_iter().map(|found| source(found, named, store)).collect(),
    }
}

/// A file of a folder, and the folder it goes into.
fn source(found: Found, folder: &Path, store: &Store) -> anyhow::Result<Source> {
    match (found.problem, found.origin) {
        (None, Origin::File(path)) => {
            let way = path.strip_prefix(folder).ok().and_then(Path::parent).unwrap_or(Path::new(""));
            let store = store.below(way);
            Ok((path, store))
        }
        (Some(problem), _) => Err(problem.into()),
        (None, other) => Err(anyhow!("{}: is no file", other.file_name())),
    }
}

/// What became of a file.
struct Done {
    /// In one line.
    said: String,
    /// Whether it links to files whose turn is still to come.
    awaits: bool,
}

/// Imports one file.
fn import(file: &Path, store: &Store, scope: Scope, tables: &Arc<Tables>, gone: &mut Gone) -> anyhow::Result<Done> {
    let origin = super::origin(file)?;
    let bytes = disk::read(&origin)?;
    let mut article = article(&bytes, file, tables);
    let shown = file.display();
    if article.document.shown(scope).all(|(_, block)| block.text.trim().is_empty()) {
        bail!("{shown}: holds no article; check it with `zhai show --raw`");
    }
    let original = if matches!(origin, Origin::Input(_)) { origin.file_name() } else { store.way_to(file) };
    let place = store.place(&article.document.meta.title, &original).with_context(|| shown.to_string())?;
    let path = match place {
        Place::Taken(path) => {
            let said = format!("{shown}: skipped, it is {} already; --force replaces it", path.display());
            gone.put(file, path);
            return Ok(Done { said, awaits: false });
        }
        Place::Free(path) => path,
    };
    let is_book = article.document.format == Format::Epub;
    let awaits = !is_book && gone.lead(&mut article.document, file, store);
    anchors::settle(&mut article.document, scope);
    let changed = Some(disk::modified(&origin)).filter(|time| *time > 0);
    let fetched =
        article.saved.or_else(|| changed.map(|time| calendar::date((time / 86_400) as i64))).unwrap_or_default();
    let body = markdown::write(&article.document, scope);
    let text = front::write(&article.document.meta, &fetched, &original) + &body;
    let images = store
        .write(&path, &text, article.images.named_in(&body))
        .with_context(|| format!("{}: could not be written; check the folder and its space", path.display()))?;
    let beside = match images {
        0 => String::new(),
        count => format!(", {}", counted(count as u64, "image")),
    };
    let notice = match article.document.condition {
        Condition::Whole => "",
        Condition::Truncated => "; it breaks off",
        Condition::Stub => "; it may hold no article",
    };
    let said = format!("{shown}: {}{beside}{notice}", path.display());
    gone.put(file, path);
    Ok(Done { said, awaits })
}

/// An article ready to be written.
struct Article {
    document: Document,
    images: Images,
    saved: Option<String>,
}

/// Reads an article with the images at hand.
fn article(bytes: &[u8], file: &Path, tables: &Arc<Tables>) -> Article {
    let file_name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let hint = Hint { file_name, tables: Arc::clone(tables) };
    let folder = images::folder_of(file);
    let mut images = Images::default();
    if epub::is_book(bytes, &hint.file_name) {
        let mut document = parse(bytes, &hint);
        images.gather(&mut document, images::Place::Archive(Archive::open(bytes)));
        return Article { document, images, saved: None };
    }
    images.bring(decode::archive::pictures(bytes, &hint.file_name));
    let text = images.take_out(&decode::decode_file(bytes, &hint.file_name).text);
    let mut document = parse(text.as_bytes(), &hint);
    let saved = (document.format == Format::Html).then(|| html::head::saved(&text, &tables.dates)).flatten();
    images.gather(&mut document, images::Place::Folder(&folder));
    Article { document, images, saved: saved.map(|saved| saved.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::{Gone, Store, article, front, import, import_all, markdown, sources};
    use crate::document::{Document, Scope};
    use crate::library::sample::SEEDS;
    use crate::parse::epub::fixture::book;
    use crate::parse::{Hint, Tables, parse};
    use std::io::Write;
    use std::path::{Path, PathBuf};

    const PROSE: &str = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收，第二天一早又来。";
    /// One dot more than a dot, so that it is an image.
    const IMAGE: &[u8] = b"GIF89a\x02\0\x01\0rest";

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// What is said of an import, with the folder's path left out.
    fn said(folder: &Path, name: &str, force: bool) -> String {
        let store = Store::open(&folder.join("out"), force).unwrap();
        let done = import(&folder.join(name), &store, Scope::Article, &Tables::built_in(), &mut Gone::default());
        let done = done.map_or_else(|error| format!("{error:#}"), |done| done.said);
        done.replace(&format!("{}/", folder.display()), "")
    }

    fn files(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_page_becomes_an_article_with_its_images() {
        let page = format!(
            "<!DOCTYPE html><!--\n Page saved with SingleFile \n url: https://example.com/a/b \n saved date: Mon Apr 22 2024\n-->\
             <title>茶: 棚</title><meta name=author content=甲><h1>茶: 棚</h1><p>{PROSE}<a href='../c'>远</a></p><h2>图</h2>\
             <img src='pics/a%20b.gif' alt=近><img src='data:image/svg+xml,<svg/>'><img src='/d.png'><img src='../../secret.gif'>\
             <p>{PROSE}</p>"
        );
        let folder = folder(&[("a.html", page.as_bytes()), ("pics/a b.gif", IMAGE)]);
        assert_eq!(said(folder.path(), "a.html", false), "a.html: out/茶 棚.md, 2 images");
        let images = files(&folder.path().join("out/images"));
        let (gif, svg) =
            (images.iter().find(|name| name.ends_with("gif")), images.iter().find(|name| name.ends_with("svg")));
        let expected = format!(
            "---\ntitle: \"茶: 棚\"\nauthor: \"甲\"\nurl: \"https://example.com/a/b\"\nfetch_date: 2024-04-22\noriginal: \"../a.html\"\n---\n\n\
             {PROSE}[远](https://example.com/c)\n\n## 图\n\n![近](images/{})\n\n![](images/{})\n\n![](https://example.com/d.png)\n\n\
             ![](https://example.com/secret.gif)\n\n{PROSE}\n",
            gif.unwrap(),
            svg.unwrap()
        );
        assert_eq!(std::fs::read_to_string(folder.path().join("out/茶 棚.md")).unwrap(), expected);
    }

    #[test]
    fn a_web_archive_brings_its_images() {
        let page =
            format!("<!DOCTYPE html><title>茶</title><p>{PROSE}</p><img src=\"i.gif\" alt=\"壶\"><p>{PROSE}</p>");
        let archive = format!(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"ab\"\n\n--ab\nContent-Type: text/html\n\
             Content-Location: https://example.com/tea/\n\n{page}\n--ab\nContent-Type: image/gif\n\
             Content-Transfer-Encoding: base64\nContent-Location: https://example.com/tea/i.gif\n\nR0lGODlhAgABAAAA\n--ab--\n"
        );
        let folder = folder(&[("a.mhtml", archive.as_bytes())]);
        assert_eq!(said(folder.path(), "a.mhtml", false), "a.mhtml: out/茶.md, 1 image");
        let text = std::fs::read_to_string(folder.path().join("out/茶.md")).unwrap();
        assert!(text.contains("url: \"https://example.com/tea/\"") && text.contains("![壶](images/"), "{text}");
    }

    #[test]
    fn nothing_is_replaced_unasked() {
        let page = |text: &str| format!("<html><title>茶</title><p>{PROSE}{text}</p>");
        let folder = folder(&[("a.html", page("一").as_bytes()), ("b.html", page("二").as_bytes())]);
        assert_eq!(said(folder.path(), "a.html", false), "a.html: out/茶.md");
        assert_eq!(said(folder.path(), "b.html", false), "b.html: out/茶 (2).md");
        std::fs::write(folder.path().join("a.html"), page("三")).unwrap();
        let skipped = "a.html: skipped, it is out/茶.md already; --force replaces it";
        assert_eq!(said(folder.path(), "a.html", false), skipped);
        assert!(std::fs::read_to_string(folder.path().join("out/茶.md")).unwrap().contains('一'));
        assert_eq!(said(folder.path(), "a.html", true), "a.html: out/茶.md");
        assert!(std::fs::read_to_string(folder.path().join("out/茶.md")).unwrap().contains('三'));
        assert_eq!(files(&folder.path().join("out")), ["茶 (2).md", "茶.md"]);
    }

    #[test]
    fn what_cannot_be_imported_is_said() {
        let nothing = b"<html><title>a</title><nav><a href='/'>home</a></nav>";
        let folder = folder(&[("nothing.html", nothing), ("a.pdf", b"%PDF-1.7")]);
        assert_eq!(
            said(folder.path(), "nothing.html", false),
            "nothing.html: holds no article; check it with `zhai show --raw`"
        );
        assert!(said(folder.path(), "a.pdf", false).starts_with("a.pdf: is a PDF file"));
        assert!(said(folder.path(), "none.html", false).starts_with("none.html: there is no such file"));
        assert_eq!(files(&folder.path().join("out")), Vec::<String>::new());
    }

    /// What is said of the import of what a folder holds, a line a file, with the folder's path left out.
    fn said_of_folder(folder: &Path, name: &str, into: &str) -> String {
        let store = Store::open(&folder.join(into), false).unwrap();
        let mut lines = Vec::new();
        import_all(sources(&folder.join(name), &store), Scope::Article, &Tables::built_in(), |done| {
            lines.push(done.unwrap_or_else(|error| format!("! {error:#}")));
            Ok(())
        })
        .unwrap();
        lines.join("\n").replace(&format!("{}/", folder.display()), "")
    }

    #[test]
    fn of_a_folder_all_articles_are_taken_and_its_folders_kept() {
        let page = |title: &str| format!("<html><title>{title}</title><p>{PROSE}</p><img src='a.gif'>");
        let text = format!("# 茶\n\n{PROSE}\n");
        let folder = folder(&[
            ("in/one.html", page("河").as_bytes()),
            ("in/two.htm", page("河").as_bytes()),
            ("in/山/a.gif", IMAGE),
            ("in/山/水/c.txt", PROSE.as_bytes()),
            ("in/山/b.html", page("山").as_bytes()),
            ("in/山/a.md", text.as_bytes()),
            ("in/bad.txt", b"%PDF-1.7"),
            ("in/.hidden/d.md", text.as_bytes()),
            ("in/notes.pdf", b"%PDF-1.7"),
            ("in/zero.md", b""),
        ]);
        insta::assert_snapshot!(said_of_folder(folder.path(), "in", "in/out"), @r"
        ! in/bad.txt: is a PDF file, not text; convert it to Markdown, HTML or plain text
        in/one.html: in/out/河.md
        in/two.htm: in/out/河 (2).md
        ! in/zero.md: holds no article; check it with `zhai show --raw`
        in/山/a.md: in/out/山/茶.md
        in/山/b.html: in/out/山/山.md, 1 image
        in/山/水/c.txt: in/out/山/水/c.md
        ");
        assert_eq!(files(&folder.path().join("in/out/山")), ["images", "山.md", "水", "茶.md"]);
        let tea = std::fs::read_to_string(folder.path().join("in/out/山/茶.md")).unwrap();
        assert!(tea.contains("original: \"../../山/a.md\""), "{tea}");
        // What was written is no source, and nothing is written twice.
        let again = said_of_folder(folder.path(), "in", "in/out");
        assert!(
            again.lines().all(|line| line.starts_with("! ") || line.contains(": skipped, it is in/out/")),
            "{again}"
        );
    }

    #[test]
    fn links_lead_to_what_becomes_of_the_files() {
        let page = format!(
            "<html><link rel=canonical href='https://example.com/one'><title>一</title><p>{PROSE}</p><p>见<a href='b/two.html#山'>二</a>、\
             <a href=\"three.html?x\">三</a>、<a href=none.html>无</a>、<a href='#x'>此</a>。</p>"
        );
        let two = format!(
            "# 二: 回\n\n{PROSE}[一](../../one.html)、[[four]]、[[four#山|四]]、[[没有]]、[外](../../../outside.md)\n"
        );
        let folder = folder(&[
            ("in/one.html", page.as_bytes()),
            ("in/three.html", format!("<html><title>三</title><p>{PROSE}</p>").as_bytes()),
            ("in/b/two.html", format!("<html><title>二</title><p>{PROSE}</p>").as_bytes()),
            ("in/b/deep/two.md", two.as_bytes()),
            ("in/c/four.md", format!("# 四\n\n{PROSE}\n").as_bytes()),
            ("outside.md", PROSE.as_bytes()),
        ]);
        for _ in 0..2 {
            assert_eq!(
                said_of_folder(folder.path(), "in", "a/out").lines().filter(|line| line.starts_with('!')).count(),
                0
            );
        }
        let written = |name: &str| std::fs::read_to_string(folder.path().join("a/out").join(name)).unwrap();
        let last = |name: &str| written(name).lines().last().unwrap_or_default().to_owned();
        insta::assert_snapshot!(last("一.md"), @"
        见[二](b/二.md#山)、[三](三.md)、[无](https://example.com/none.html)、[此](#x)。
        ");
        insta::assert_snapshot!(last("b/deep/二 回.md").replace(PROSE, ""), @"
        [一](../../一.md)、[[四|four]]、[[四#山|四]]、[[没有]]、[外](../../../../outside.md)
        ");
    }

    #[test]
    fn folders_with_nothing_to_import_are_said() {
        let folder = folder(&[("in/a.pdf", b"%PDF-1.7"), ("out/a.md", PROSE.as_bytes())]);
        let said = |name: &str| said_of_folder(folder.path(), name, "out");
        assert_eq!(said("in"), "! in: holds no Markdown, text, pages or books; name the files to read them");
        assert_eq!(said("out"), "! out: is what `--into` names; choose another folder");
    }

    #[test]
    fn images_outside_the_page_s_folder_stay_where_they_are() {
        let page = format!(
            "<html><title>茶</title><p>{PROSE}</p><img src='link.gif'><img src='../secret.gif'><img src='notes.gif'>"
        );
        let folder = folder(&[("secret.gif", IMAGE), ("p/a.html", page.as_bytes()), ("p/notes.gif", b"no image")]);
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.gif", folder.path().join("p/link.gif")).unwrap();
        assert_eq!(said(folder.path(), "p/a.html", false), "p/a.html: out/茶.md");
        assert_eq!(files(&folder.path().join("out")), ["茶.md"]);
    }

    #[test]
    fn a_book_becomes_one_article() {
        let chapters = [
            (
                "t/a.xhtml",
                "<h1>一</h1><p>文<a epub:type='noteref' href='b.xhtml#n'>※</a>。<a href='b.xhtml'>次</a><a href='https://example.com/'>外</a></p><img src='../../../../../x.gif' alt='図'/>",
            ),
            (
                "t/b.xhtml",
                "<h1>二</h1><p><ruby>漢<rt>かん</rt></ruby>です。</p><aside id='n'><p>注。</p><p>二。</p></aside>",
            ),
        ];
        let bytes = book("<dc:title>本</dc:title>", &chapters, "", &[("x.gif", std::str::from_utf8(IMAGE).unwrap())]);
        let folder = folder(&[("a.epub", &bytes)]);
        assert_eq!(said(folder.path(), "a.epub", false), "a.epub: out/本.md, 1 image");
        let image = files(&folder.path().join("out/images")).pop().unwrap();
        let text = std::fs::read_to_string(folder.path().join("out/本.md")).unwrap();
        let (_, body) = text.split_once("---\n\n").unwrap();
        let expected = format!(
            "## 一\n\n文[^1]。[次](#b)[外](https://example.com/)\n\n![図](images/{image})\n\n<a id=\"b\"></a>\n\n## 二\n\n<ruby>漢<rt>かん</rt></ruby>です。\n\n[^1]: 注。\n\n    二。\n"
        );
        assert_eq!(body, expected);
    }

    /// Title, sections and text of an article, white space aside.
    fn content(document: &Document) -> (String, Vec<(u8, String)>, String) {
        let sections = document.outline.sections.iter().map(|section| (section.level, section.title.to_string()));
        let text: Vec<&str> =
            document.shown(Scope::Article).flat_map(|(_, block)| block.text.split_whitespace()).collect();
        (document.meta.title.to_string(), sections.collect(), text.join(" "))
    }

    /// Where an article and what is imported of it part: the title, the sections, the text.
    fn differences(bytes: &[u8], file_name: &str) -> Vec<String> {
        let before = parse(bytes, &Hint::named(file_name));
        let article = article(bytes, Path::new(file_name), &Tables::built_in());
        let text = front::write(&article.document.meta, "", "") + &markdown::write(&article.document, Scope::Article);
        let after = parse(text.as_bytes(), &Hint::named("a.md"));
        let (before, after) = (content(&before), content(&after));
        let mut found = Vec::new();
        if before.0 != after.0 {
            found.push(format!("title {:?} → {:?}", before.0, after.0));
        }
        if before.1 != after.1 {
            found.push(format!("sections {:?} → {:?}", before.1, after.1));
        }
        if before.2 != after.2 {
            let same = before.2.chars().zip(after.2.chars()).take_while(|(one, other)| one == other).count();
            let near = |text: &str| text.chars().skip(same.saturating_sub(20)).take(60).collect::<String>();
            found.push(format!("text {:?} → {:?}", near(&before.2), near(&after.2)));
        }
        found
    }

    fn articles_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(articles_below(&path, endings));
            } else if path.extension().is_some_and(|ending| endings.iter().any(|other| ending == *other)) {
                found.push(path);
            }
        }
        found.sort();
        found
    }

    /// Imports the sample library, and what others wrote, if it is at hand, and prints how much of that reads as before:
    /// all pages, short texts, one in eight of the Markdown files. The rest takes longer than a test should.
    #[test]
    fn articles_read_the_same_after_import() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        for (name, text) in SEEDS {
            assert_eq!(differences(text.as_bytes(), name), Vec::<String>::new(), "{name}");
        }
        if !corpus.exists() {
            // What is printed with `eprintln` nobody sees of a test that passes.
            let absent = corpus.display();
            let _ = writeln!(std::io::stderr(), "SKIPPED: {absent} is absent, only the sample library was imported");
            return;
        }
        let short = |file: &PathBuf| std::fs::metadata(file).is_ok_and(|data| data.len() < 50_000);
        let mut files = articles_below(&corpus, &["html", "htm"]);
        files.extend(articles_below(&corpus, &["txt"]).into_iter().filter(short));
        files.extend(articles_below(&corpus, &["md"]).into_iter().filter(short).step_by(8));
        let mut same = 0;
        for file in &files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let found = differences(&std::fs::read(file).unwrap(), &name);
            same += usize::from(found.is_empty());
            for difference in found {
                eprintln!("{}: {difference}", file.display());
            }
        }
        eprintln!("{same} of {} read the same after import", files.len());
        assert!(same * 100 >= files.len() * 94, "{same} of {}", files.len());
    }
}
