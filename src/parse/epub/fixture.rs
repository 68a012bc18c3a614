//! Test only: books made of a few files. It refuses to be right: what is to be broken is given as it is.

use miniz_oxide::deflate::compress_to_vec;
use rawzip::path::EntryPath;
use rawzip::{DataDescriptorOutput, ZipArchiveWriter};
use std::io::Write;

/// An archive of some files, as the programs that make books write it: `mimetype` first, the others compressed.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = ZipArchiveWriter::new(&mut bytes);
    for (path, data) in files {
        let method = if *path == "mimetype" { 0 } else { 8 };
        let packed = if method == 8 { compress_to_vec(data, 6) } else { data.to_vec() };
        let file = writer.new_file(EntryPath::verbatim(path.as_bytes().to_vec()));
        let (mut entry, _) = file.compression_method(method.into()).start().unwrap();
        entry.write_all(&packed).unwrap();
        entry.finish(DataDescriptorOutput::new(0, data.len() as u64)).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

/// A book of some chapters in `OEBPS`, with the given metadata, manifest entries beside the chapters, and files.
pub fn book(metadata: &str, chapters: &[(&str, &str)], items: &str, files: &[(&str, &str)]) -> Vec<u8> {
    let manifest = chapters
        .iter()
        .map(|(name, _)| format!("<item id=\"{name}\" href=\"{name}\" media-type=\"application/xhtml+xml\"/>"));
    let spine = chapters.iter().map(|(name, _)| format!("<itemref idref=\"{name}\"/>"));
    let package = format!(
        "<?xml version=\"1.0\"?><package unique-identifier=\"id\"><metadata>{metadata}</metadata><manifest>{}{items}\
         </manifest><spine toc=\"ncx\">{}</spine></package>",
        manifest.collect::<String>(),
        spine.collect::<String>(),
    );
    let container = "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>";
    let mut all: Vec<(String, String)> = vec![
        ("mimetype".to_owned(), "application/epub+zip".to_owned()),
        ("META-INF/container.xml".to_owned(), container.to_owned()),
        ("OEBPS/book.opf".to_owned(), package),
    ];
    all.extend(chapters.iter().map(|(name, text)| (format!("OEBPS/{name}"), page(text))));
    all.extend(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let all: Vec<(&str, &[u8])> = all.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&all)
}

/// A page of XHTML.
fn page(text: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html xmlns:epub=\"http://www.idpf.org/2007/ops\"><head><title>page</title></head>\n{}</html>",
        if text.starts_with("<body") { text.to_owned() } else { format!("<body>{text}</body>") }
    )
}
