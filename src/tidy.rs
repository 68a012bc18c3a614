//! The rules of the house, as tests: layer order, owners of crates, and what every file must or must not hold.
//!
//! It reads the source as text and knows nothing of its meaning; a rule that needs a compiler is clippy's.

mod circles;

use std::path::Path;

/// A layer and the layers whose names may stand after `crate::` in it (its own name is always allowed).
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("document", &["text"]),
    ("parse", &["text", "document"]),
    ("layout", &["text", "document"]),
    ("annotations", &["text", "document"]),
    ("library", &["text", "document", "parse"]),
    ("config", &["text", "layout"]),
    ("app", &["text", "document", "layout", "annotations", "library", "config"]),
    ("ui", &["text", "document", "layout", "annotations", "library", "config", "app"]),
    ("terminal", &["text", "document", "layout", "annotations", "library", "config", "app", "ui"]),
];

/// A name that only the files under some paths may mention outside their tests.
const OWNERS: &[(&str, &[&str])] = &[
    ("ratatui::", &["ui", "terminal", "app/panes"]),
    ("ratatui_textarea::", &["app/note"]),
    ("crossterm::", &["terminal"]),
    // Update sets text in lines; drawing only paints them.
    ("lines::set", &["app"]),
    ("Layout::new", &["layout", "app", "cli"]),
    ("comrak::", &["parse/markdown"]),
    ("compact_str::", &["text/safe"]),
    ("memchr::", &["annotations/journal", "parse"]),
    ("unicode_width::", &["text/width"]),
    ("hypher::", &["layout/hyphenate"]),
    ("icu_segmenter::", &["text/breaks", "text/words"]),
    ("serde_yaml::", &["parse/front_matter", "config"]),
    ("encoding_rs::", &["parse/decode"]),
    ("chardetng::", &["parse/decode"]),
    ("simdutf8::", &["parse/decode"]),
    ("directories::", &["config"]),
    ("foldhash::", &["annotations", "parse/headings", "parse/tables"]),
    (
        "twox_hash::",
        &[
            "document/passage/anchorage",
            "annotations/import",
            "annotations/known",
            "annotations/works",
            "cli/import/images",
        ],
    ),
    ("csv::", &["annotations/export", "annotations/import"]),
    ("base64::", &["cli/import/images", "parse/decode/archive"]),
    ("crc32fast::", &["annotations/journal"]),
    ("textwrap::", &["app/help"]),
    ("rawzip::", &["parse/epub/archive", "parse/epub/fixture"]),
    ("miniz_oxide::", &["parse/epub/archive", "parse/epub/fixture"]),
    ("quick_xml::", &["parse/epub/xml"]),
    ("clap::", &["cli", "main"]),
    ("clap_complete::", &["cli/completions"]),
    ("clap_mangen::", &["cli/man"]),
    ("libc::", &["library/disk"]),
    ("anyhow::", &["cli", "terminal", "main"]),
    ("std::fs", &["library/disk", "library/scan", "annotations/journal", "config", "cli/import", "terminal/probe"]),
    ("jiff::", &["annotations/clock"]),
    ("rustix::", &["terminal/probe"]),
];

/// Code lines of a file, tests left out: about 400, and some for those who have just come to add one.
const LONGEST: usize = 420;

/// Files that are compiled for tests alone: free to use every layer.
const TEST_ONLY: &[&str] = &["script", "tidy"];

/// A source file: its path below `src` without the ending, its code, and its code before the tests.
struct Source {
    name: String,
    text: String,
    tested: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let tested = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
                let name = path.strip_prefix(&root).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
                sources.push(Source { name, text, tested });
            }
        }
    }
    sources.retain(|source| !TEST_ONLY.iter().any(|name| is_under(&source.name, name)));
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(sources.len() > 20, "the source tree was not found");
    sources
}

/// Fails with every place where a rule is broken, as `file:line: why`.
#[track_caller]
fn check(rule: impl Fn(&Source) -> Vec<(usize, String)>) {
    let broken: Vec<String> = sources()
        .iter()
        .flat_map(|source| rule(source).into_iter().map(|(line, why)| format!("src/{}.rs:{line}: {why}", source.name)))
        .collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// The code lines of a text, comments left out, counted from 1.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn is_under(name: &str, path: &str) -> bool {
    name == path || name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
}

/// The identifier that starts a text.
fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[test]
fn layers_use_only_those_below() {
    check(|source| {
        let layer = source.name.split('/').next().unwrap_or_default();
        let Some((_, below)) = LAYERS.iter().find(|(name, _)| *name == layer) else { return Vec::new() };
        let mut broken = Vec::new();
        for (line, code) in code_lines(&source.tested) {
            for piece in code.split("crate::").skip(1) {
                let used = identifier(piece);
                if used != layer && !below.contains(&used) {
                    broken.push((line, format!("`{layer}` may not use `{used}`")));
                }
            }
        }
        broken
    });
}

#[test]
fn every_layer_is_in_the_table() {
    check(|source| {
        let known = LAYERS.iter().any(|(name, _)| is_under(&source.name, name))
            || ["cli", "lib", "main"].iter().any(|name| is_under(&source.name, name));
        if known { Vec::new() } else { vec![(1, "this layer is not in the table of `tidy`".to_owned())] }
    });
}

#[test]
fn crates_stay_with_their_owners() {
    check(|source| {
        let mut broken = Vec::new();
        for (line, code) in code_lines(&source.tested) {
            for (name, owners) in OWNERS {
                if code.contains(name) && !owners.iter().any(|owner| is_under(&source.name, owner)) {
                    broken.push((line, format!("`{name}` belongs to {owners:?}")));
                }
            }
        }
        broken
    });
}

#[test]
fn every_file_says_what_it_is() {
    check(|source| {
        if source.text.starts_with("//! ") {
            Vec::new()
        } else {
            vec![(1, "the file must open with `//!`: what it is, what it refuses to be".to_owned())]
        }
    });
}

#[test]
fn files_are_no_longer_than_they_are_read() {
    check(|source| {
        let lines = code_lines(&source.tested).filter(|(_, line)| !line.trim().is_empty()).count();
        if lines <= LONGEST {
            Vec::new()
        } else {
            vec![(1, format!("{lines} code lines; what of it is a thing of its own goes into a file of its own"))]
        }
    });
}

#[test]
fn imports_are_plain() {
    check(|source| {
        let mut broken = Vec::new();
        for (line, code) in code_lines(&source.tested) {
            let code = code.trim_start();
            let is_use = code.starts_with("use ") || code.starts_with("pub use ");
            if is_use && code.contains("::*") {
                broken.push((line, "name what you import".to_owned()));
            }
            if is_use && code.contains("crate::{") {
                broken.push((line, "one `use` a module path".to_owned()));
            }
        }
        if source.name.ends_with("/mod") || source.name.contains("utils") || source.name.contains("prelude") {
            broken.push((1, "no `mod.rs`, no `utils`, no `prelude`".to_owned()));
        }
        broken
    });
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    check(|source| {
        source
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)))
            .map(|(index, _)| (index + 1, "nothing is left for later in the code".to_owned()))
            .collect()
    });
}
