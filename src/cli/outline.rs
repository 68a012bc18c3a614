//! `zhai outline`: the sections of articles.

use crate::library::{Origin, open};
use std::io::Write;
use std::path::PathBuf;

/// Print the sections of articles.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The articles
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON value a line
    #[arg(long)]
    json: bool,
}

/// Prints the sections.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in &arguments.paths {
        let document = open(&Origin::File(path.clone()))?;
        let sections = &document.outline.sections;
        if arguments.json {
            let headings: Vec<_> = sections
                .iter()
                .map(|section| serde_json::json!({"level": section.level, "text": section.title.as_str(), "line": section.line}))
                .collect();
            let value = serde_json::json!({
                "path": path.to_string_lossy(),
                "title": document.meta.title.as_str(),
                "language": document.language.tag(),
                "body": {"first_line": document.body.first, "last_line": document.body.last},
                "headings": headings,
            });
            writeln!(out, "{value}")?;
        } else {
            for section in sections {
                writeln!(out, "{}{}", "  ".repeat(usize::from(section.level.max(1) - 1)), section.title)?;
            }
        }
    }
    Ok(out.flush()?)
}
