//! Texts to measure with: the sample library by language, and a corpus where one lies beside the package.

use std::path::{Path, PathBuf};
use zhai::document::{BlockKind, Part};
use zhai::parse::{Hint, parse};
use zhai::text::Language;

/// Paragraphs of one language.
pub struct Text {
    /// What they are.
    pub name: String,
    /// Their language.
    pub language: Language,
    /// One string a paragraph, without line ends.
    pub paragraphs: Vec<String>,
}

impl Text {
    /// Bytes of all paragraphs.
    pub fn bytes(&self) -> usize {
        self.paragraphs.iter().map(String::len).sum()
    }
}

/// All texts whose names hold the words given on the command line, each repeated to at least so many bytes; 0 for as
/// they are.
pub fn all(bytes: usize) -> Vec<Text> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = [root.join("../shared/corpus"), root.join("shared/corpus")].into_iter().find(|path| path.is_dir());
    let mut texts = of_folder("seeds", &root.join("seeds"));
    match corpus {
        Some(folder) => texts.extend(of_folder("corpus", &folder)),
        None => eprintln!("no corpus beside the package: the sample library alone is measured"),
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    texts.retain(|text| text.bytes() > 500 && wanted.iter().all(|word| text.name.contains(word)));
    for text in &mut texts {
        let once = text.paragraphs.clone();
        while text.bytes() < bytes {
            text.paragraphs.extend(once.iter().cloned());
        }
    }
    texts
}

fn of_folder(name: &str, folder: &Path) -> Vec<Text> {
    let languages = [Language::ZhHans, Language::ZhHant, Language::Ja, Language::Ko, Language::Other];
    let mut texts: Vec<Text> = languages
        .into_iter()
        .map(|language| Text { name: format!("{name} {}", language.tag()), language, paragraphs: Vec::new() })
        .collect();
    for path in files(folder) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let document = parse(&bytes, &Hint::named(path.to_string_lossy().into_owned()));
        for block in document.blocks {
            let is_prose = matches!(block.kind, BlockKind::Paragraph) && block.part == Part::Body;
            if let Some(text) = texts.iter_mut().find(|text| is_prose && text.language == block.language) {
                text.paragraphs.extend(block.text.split('\n').filter(|line| !line.is_empty()).map(str::to_owned));
            }
        }
    }
    texts
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
