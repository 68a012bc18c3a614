//! `zhai outline`: the sections of articles.

use super::{each, json_line, path};
use crate::document::Document;
use crate::library::Origin;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Print the sections of articles.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Articles, or folders of them; `-` is standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON value a line
    #[arg(long)]
    json: bool,
}

/// Prints the sections.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let is_one = matches!(arguments.paths.as_slice(), [path] if !path.is_dir());
    let done = each(&arguments.paths, |origin, document| {
        if arguments.json { print_json(origin, &document, &mut out) } else { print(&document, is_one, &mut out) }
    });
    out.flush()?;
    done
}

/// Prints the sections, below the title where there are several articles.
fn print(document: &Document, is_one: bool, out: &mut impl Write) -> std::io::Result<()> {
    if !is_one {
        writeln!(out, "{}", document.meta.title)?;
    }
    for section in &document.outline.sections {
        let depth = usize::from(section.level.max(1) - 1) + usize::from(!is_one);
        writeln!(out, "{}{}", "  ".repeat(depth), section.title)?;
    }
    Ok(())
}

fn print_json(origin: &Origin, document: &Document, out: &mut impl Write) -> std::io::Result<()> {
    let headings: Vec<_> = document
        .outline
        .sections
        .iter()
        .map(
            |section| serde_json::json!({"level": section.level, "text": section.title.as_str(), "line": section.line}),
        )
        .collect();
    let value = serde_json::json!({
        "path": path(origin),
        "title": document.meta.title.as_str(),
        "language": document.language.tag(),
        "body": {"first_line": document.body.first, "last_line": document.body.last},
        "headings": headings,
    });
    writeln!(out, "{}", json_line(&value))
}
