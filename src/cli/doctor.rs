//! `zhai doctor`: what is the matter with the files of a library.
//!
//! It refuses to repair anything: files are what they are, and every repair is made anew on reading.

use super::{json_line, library, path, settings, tables};
use crate::document::{Condition, Document, Format, Part};
use crate::library::{Library, Origin, open, scan};
use crate::text::fold::fold;
use crate::text::{SafeText, counted};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::PathBuf;

/// Print what is the matter with the files of a library.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folders or files; without one, the library of the settings, else the sample library
    paths: Vec<PathBuf>,
    /// One JSON value
    #[arg(long)]
    json: bool,
}

/// What was found.
#[derive(Debug, Default, serde::Serialize)]
struct Findings {
    /// Files looked at, those that could not be read among them.
    files: usize,
    /// Files by how they are written down.
    formats: BTreeMap<&'static str, usize>,
    /// Files by encoding.
    encodings: BTreeMap<&'static str, usize>,
    /// Files by language.
    languages: BTreeMap<&'static str, usize>,
    /// Repairs by kind: numbers in them are written `N`.
    repairs: BTreeMap<String, usize>,
    /// Lines that are hidden, being no part of the articles.
    hidden_lines: usize,
    /// Files with such lines.
    files_with_hidden_lines: usize,
    /// Files without an article in them.
    stubs: Vec<String>,
    /// Files with the beginning of their article only.
    truncated: Vec<String>,
    /// Files of which something is lost, and what.
    damaged: Vec<String>,
    /// Groups of files with one text.
    duplicates: Vec<Vec<String>>,
    /// What could not be read, and why.
    unreadable: Vec<String>,
    /// Files by their text.
    #[serde(skip)]
    texts: BTreeMap<u64, Vec<String>>,
}

/// Prints it. Whatever is the matter with the files, looking at them is done.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let origins = library(&arguments.paths, &settings())?;
    let origins = if origins.is_empty() { Library::sample_origins() } else { origins };
    super::present(&arguments.paths)?;
    let tables = tables();
    let mut findings = Findings::default();
    for found in scan::find(&origins) {
        findings.files += 1;
        match found.problem.map_or_else(|| open(&found.origin, &tables), Err) {
            Ok(document) => findings.add(&found.origin, &document),
            Err(error) => findings.unreadable.push(error.to_string()),
        }
    }
    findings.compare();
    let text = if arguments.json { json_line(&serde_json::to_value(&findings)?) + "\n" } else { findings.to_text() };
    Ok(std::io::stdout().lock().write_all(text.as_bytes())?)
}

impl Findings {
    fn add(&mut self, origin: &Origin, document: &Document) {
        *self.formats.entry(name(document.format)).or_default() += 1;
        // A book that is cut off has no text whose encoding could be told.
        if !document.encoding.is_empty() {
            *self.encodings.entry(document.encoding).or_default() += 1;
        }
        *self.languages.entry(document.language.tag()).or_default() += 1;
        for repair in &document.repairs {
            *self.repairs.entry(kind(&repair.what)).or_default() += 1;
        }
        let hidden = document.hidden_lines();
        self.hidden_lines += hidden;
        self.files_with_hidden_lines += usize::from(hidden > 0);
        match document.condition {
            Condition::Whole => {}
            Condition::Truncated => self.truncated.push(path(origin)),
            Condition::Stub => self.stubs.push(path(origin)),
        }
        if let Some(lost) = &document.lost {
            self.damaged.push(format!("{}: {lost}", path(origin)));
        }
        // Notices in the place of two articles say the same, and the articles do not.
        if document.condition != Condition::Stub
            && let Some(text) = text(document)
        {
            self.texts.entry(text).or_default().push(path(origin));
        }
    }

    fn compare(&mut self) {
        self.duplicates = std::mem::take(&mut self.texts).into_values().filter(|paths| paths.len() > 1).collect();
        self.duplicates.sort();
    }

    fn to_text(&self) -> String {
        let mut text = format!("{:>6} {}\n", self.files, if self.files == 1 { "file" } else { "files" });
        counts(&mut text, "by format", &self.formats);
        counts(&mut text, "by encoding", &self.encodings);
        counts(&mut text, "by language", &self.languages);
        counts(&mut text, "repairs", &self.repairs);
        if self.hidden_lines > 0 {
            let (lines, files) = (self.hidden_lines as u64, self.files_with_hidden_lines as u64);
            let _ = writeln!(
                text,
                "\n{} beside the articles hidden, in {}",
                counted(lines, "line"),
                counted(files, "file")
            );
        }
        names(&mut text, "without an article", &self.stubs);
        names(&mut text, "broken off", &self.truncated);
        names(&mut text, "with something lost", &self.damaged);
        let groups: Vec<String> = self.duplicates.iter().map(|paths| paths.join(" = ")).collect();
        names(&mut text, "with the same text", &groups);
        names(&mut text, "that could not be read", &self.unreadable);
        text
    }
}

fn counts(text: &mut String, title: &str, counts: &BTreeMap<impl AsRef<str>, usize>) {
    if !counts.is_empty() {
        let _ = writeln!(text, "\n{title}");
    }
    let mut counts: Vec<(&str, usize)> = counts.iter().map(|(name, count)| (name.as_ref(), *count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (name, count) in counts {
        let _ = writeln!(text, "{count:>6} {}", SafeText::line(name));
    }
}

fn names(text: &mut String, title: &str, names: &[String]) {
    if !names.is_empty() {
        let _ = writeln!(text, "\n{} {title}", names.len());
    }
    for name in names {
        let _ = writeln!(text, "       {}", SafeText::line(name));
    }
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Markdown => "markdown",
        Format::Html => "html",
        Format::Plain => "plain",
        Format::Epub => "epub",
    }
}

/// The kind of a repair: its sentence, every number in it `N`.
fn kind(what: &str) -> String {
    let mut kind = String::new();
    for word in what.split(' ') {
        let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let _ = write!(kind, "{}{}", if kind.is_empty() { "" } else { " " }, if is_number { "N" } else { word });
    }
    kind
}

/// What tells one text from another, however it is set; none where there is no text.
fn text(document: &Document) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let mut is_empty = true;
    for block in document.blocks.iter().filter(|block| block.part == Part::Body && !block.text.trim().is_empty()) {
        fold(&block.text).text.hash(&mut hasher);
        is_empty = false;
    }
    (!is_empty).then(|| hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::{Findings, kind};
    use crate::library::{Origin, Tables, open};
    use crate::parse::epub::fixture;

    fn look(files: &[(&str, &[u8])]) -> Findings {
        let folder = tempfile::tempdir().unwrap();
        let mut findings = Findings::default();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            findings.files += 1;
            match open(&Origin::File(path), &Tables::built_in()) {
                Ok(document) => findings.add(&Origin::File((*name).into()), &document),
                Err(error) => findings.unreadable.push(error.to_string()),
            }
        }
        findings.compare();
        findings
    }

    #[test]
    fn what_is_the_matter_is_counted_and_named() {
        let findings = look(&[
            ("a.md", "---\ntitle: 题\n---\n\n正文，一句话。\n".as_bytes()),
            ("b.txt", "正文， 一句话。\n".as_bytes()),
            ("c.md", b"---\ntitle: a: b\n---\n\ntext\n\n[b]: https://example.com/b\n"),
            (
                "d.html",
                "<html><head><meta charset=gbk></head><body><nav>menu</nav><p>text of a page</p></body></html>"
                    .as_bytes(),
            ),
        ]);
        insta::assert_snapshot!(findings.to_text(), @r"
             4 files

        by format
             2 markdown
             1 html
             1 plain

        by encoding
             4 UTF-8

        by language
             2 other
             2 zh-Hans

        repairs
             1 the title is not valid YAML and was read as it stands

        1 line beside the articles hidden, in 1 file

        1 with the same text
               a.md = b.txt
        ");
    }

    #[test]
    fn what_is_no_text_is_named() {
        let book = fixture::book("", &[("a.xhtml", "<p>文。</p>")], "", &[]);
        let noise: Vec<u8> = (0..4000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let findings = look(&[("a.epub", book.get(..book.len() / 2).unwrap()), ("b.epub", &noise), ("c.md", &noise)]);
        assert!(findings.encodings.is_empty(), "{:?}", findings.encodings);
        assert_eq!(findings.unreadable.len(), 3, "{:?}", findings.unreadable);
    }

    #[test]
    fn notices_in_the_place_of_articles_are_no_duplicates() {
        let notice = "该内容已被发布者删除\n".as_bytes();
        let findings = look(&[("a.md", notice), ("b.md", notice)]);
        assert_eq!((findings.stubs.len(), findings.duplicates.len()), (2, 0));
    }

    #[test]
    fn numbers_do_not_make_kinds() {
        assert_eq!(
            kind("12 bytes were not valid UTF-8 and were replaced"),
            "N bytes were not valid UTF-8 and were replaced"
        );
    }
}
