//! How fast articles are laid out, each figure beside textwrap's for the same text in the same run.
//!
//! `cargo bench --bench layout`, or with the words of a text's name: `-- corpus zh-Hans`. The text is the sample
//! library, and the corpus where one lies beside the package, repeated to a megabyte each at least. It refuses to judge: it prints, and the reader compares.

#![allow(clippy::cast_precision_loss, clippy::print_stdout, clippy::print_stderr, reason = "a bench is run to be read")]

#[path = "common/peer.rs"]
mod peer;
#[path = "common/texts.rs"]
mod texts;

use std::sync::Arc;
use std::time::{Duration, Instant};
use texts::Text;
use zhai::document::{Block, Document};
use zhai::layout::{Layout, Measure};
use zhai::text::{Language, SafeText};

/// Bytes of each text.
const LENGTH: usize = 1_000_000;
/// Runs of each measurement; the quickest counts, which is the one least disturbed.
const RUNS: usize = 7;

fn main() {
    println!("milliseconds for a megabyte; `×` is how many times textwrap's wrap, paragraph by paragraph, that is");
    println!(
        "`phrases` is cold as the reader does it; `screen` and `scroll` are one screen and one row, in milliseconds"
    );
    println!(
        "{:<14} {:>3} {:>8} {:>8} {:>5} {:>8} {:>5} {:>8} {:>5} {:>8} {:>8} {:>8}",
        "text", "W", "textwrap", "cold", "×", "phrases", "×", "resize", "×", "screen", "scroll", "bytes/B"
    );
    for text in texts::all(LENGTH) {
        for columns in [20, 40, 80] {
            line(&text, columns);
        }
    }
    one_paragraph();
}

fn line(text: &Text, columns: u16) {
    let document = Arc::new(document(&text.paragraphs, text.language));
    let plain = Measure { columns, overhang: 2, phrase: 0, ..Measure::default() };
    let phrases = Measure { phrase: 3, ..plain.clone() };
    let narrower = Measure { columns: columns - 2, ..plain.clone() };
    let peer = best(|| text.paragraphs.iter().map(|paragraph| peer::wrap(paragraph, columns).len()).sum());
    let cold = best(|| whole(&mut Layout::new(Arc::clone(&document), plain.clone())));
    let with_phrases = best(|| whole(&mut Layout::new(Arc::clone(&document), phrases.clone())));
    let mut layout = Layout::new(Arc::clone(&document), plain.clone());
    whole(&mut layout);
    let memory = layout.memory() as f64 / text.bytes() as f64;
    let mut turn = false;
    let resize = best(|| {
        turn = !turn;
        layout.relayout(if turn { narrower.clone() } else { plain.clone() });
        whole(&mut layout)
    });
    let screen = best(|| {
        let mut layout = Layout::new(Arc::clone(&document), phrases.clone());
        let first = layout.first();
        layout.rows(first, 50).len()
    });
    let scroll = scroll(&mut layout);
    // A corpus may be longer than what texts are repeated to.
    let megabytes = text.bytes() as f64 / 1e6;
    println!(
        "{:<14} {columns:>3} {:>8.1} {:>8.1} {:>5.2} {:>8.1} {:>5.2} {:>8.1} {:>5.2} {:>8.2} {:>8.3} {memory:>8.2}",
        text.name,
        milliseconds(peer) / megabytes,
        milliseconds(cold) / megabytes,
        times(cold, peer),
        milliseconds(with_phrases) / megabytes,
        times(with_phrases, peer),
        milliseconds(resize) / megabytes,
        times(resize, peer),
        milliseconds(screen),
        milliseconds(scroll),
    );
}

/// One paragraph of a megabyte must not be slower than many, and its first screen must not wait for its end.
fn one_paragraph() {
    for text in texts::all(LENGTH) {
        let document = Arc::new(document(&[text.paragraphs.concat()], text.language));
        let measure = Measure { columns: 80, overhang: 2, ..Measure::default() };
        let cold = best(|| whole(&mut Layout::new(Arc::clone(&document), measure.clone())));
        let screen = best(|| {
            let mut layout = Layout::new(Arc::clone(&document), measure.clone());
            let first = layout.first();
            layout.rows(first, 50).len()
        });
        println!(
            "{:<12} as one paragraph: {:.1} ms a megabyte, first screen {:.2} ms",
            text.name,
            milliseconds(cold) / (text.bytes() as f64 / 1e6),
            milliseconds(screen)
        );
    }
}

/// Scrolling by a row through the first screens, a row at a time, each with all its rows made.
fn scroll(layout: &mut Layout) -> Duration {
    let first = layout.first();
    let steps = 200;
    let took = best(|| {
        let mut top = first;
        for _ in 0..steps {
            top = layout.step(top, 1);
            std::hint::black_box(layout.rows(top, 50));
        }
        steps as usize
    });
    took / steps
}

fn document(paragraphs: &[String], language: Language) -> Document {
    let block = |text: &String| Block { text: SafeText::body(text), language, ..Block::default() };
    Document { blocks: paragraphs.iter().map(block).collect(), language, ..Document::default() }
}

fn whole(layout: &mut Layout) -> usize {
    while layout.idle(1 << 20) {}
    layout.last().row as usize
}

/// The quickest of some runs.
fn best(mut run: impl FnMut() -> usize) -> Duration {
    let timed = (0..RUNS).map(|_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    });
    timed.min().unwrap_or_default()
}

/// How many times another that is.
fn times(took: Duration, other: Duration) -> f64 {
    took.as_secs_f64() / other.as_secs_f64()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
