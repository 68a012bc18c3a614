//! How fast text is looked at: where lines may end, clusters and cells, in megabytes a second.
//!
//! `cargo bench --bench breaks`. Beside ours stand textwrap's analysis, ICU4X's line segmenter alone, which it breaks
//! by, and unicode-segmentation's clusters with unicode-width, which is what ratatui measures by. The text is the
//! sample library, and the corpus where one lies beside the package: a hundred kilobytes of each language, and all
//! mixed.

#![allow(clippy::cast_precision_loss, clippy::print_stdout, clippy::print_stderr, reason = "a bench is run to be read")]

#[path = "common/texts.rs"]
mod texts;

use std::hint::black_box;
use std::time::Instant;
use texts::Text;
use textwrap::core::{Fragment, Word};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;
use zhai::document::Block;
use zhai::layout::Measure;
use zhai::layout::glyphs::{Asides, Style};
use zhai::layout::paragraph::{self, Break};
use zhai::text::breaks::{BreakSource, Icu, Kinsoku, Rules, Words, opportunities_into};
use zhai::text::{Class, Language, WidthPolicy, clusters};

/// Bytes of each text: little enough that a run is over before a busy machine turns to something else.
const LENGTH: usize = 100_000;
/// Runs of each measurement; the quickest counts, which is the one least disturbed.
const RUNS: usize = 100;

fn main() {
    println!(
        "megabytes a second; `both` is breaks and clusters, one after the other; `layout` its whole analysis, `phrases`"
    );
    println!(
        "that with phrases; `×` is how many times as fast `layout` is as textwrap, which finds words and their cells"
    );
    println!(
        "{:<16} {:>8} {:>8} {:>8} {:>8} {:>8} | {:>8} {:>5} {:>8} {:>9} {:>8}",
        "text", "breaks", "clusters", "both", "layout", "phrases", "textwrap", "×", "icu line", "graphemes", "plain"
    );
    let mut all = texts::all(LENGTH);
    for text in &mut all {
        let step = (text.bytes() / LENGTH).max(1);
        text.paragraphs = text.paragraphs.iter().step_by(step).cloned().collect();
    }
    let mixed: Vec<String> =
        (0..50).flat_map(|at| all.iter().filter_map(move |text| text.paragraphs.get(at).cloned())).collect();
    for text in &all {
        line(text);
    }
    all.clear();
    line(&Text { name: "mixed".to_owned(), language: Language::ZhHans, paragraphs: mixed });
}

fn line(text: &Text) {
    let source = Icu::default();
    let policy = WidthPolicy::default();
    let rules = Rules { language: text.language, kinsoku: Kinsoku::Normal, words: Words::Auto };
    let mut found = Vec::new();
    let breaks = speed(text, |paragraph| {
        opportunities_into(paragraph, rules, &source, &mut found);
        found.len()
    });
    let cells = |paragraph: &str| -> usize {
        clusters(paragraph, policy).map(|c| usize::from(c.cells) + usize::from(c.class == Class::Han)).sum()
    };
    let of_clusters = speed(text, cells);
    let both = speed(text, |paragraph| {
        opportunities_into(paragraph, rules, &source, &mut found);
        found.len() + cells(paragraph)
    });
    let [layout, phrases] = [0, Measure::default().phrase].map(|phrase| analysis(text, phrase, &source));
    let mut bytes = Vec::new();
    let icu = speed(text, |paragraph| {
        bytes.clear();
        source.breaks(paragraph, &mut bytes);
        bytes.len()
    });
    let textwrap = speed(text, |paragraph| {
        bytes.clear();
        source.breaks(paragraph, &mut bytes);
        bytes.push(paragraph.len());
        let starts = std::iter::once(&0).chain(&bytes);
        let words = starts.zip(&bytes).filter_map(|(start, end)| paragraph.get(*start..*end));
        words.map(|word| Word::from(word).width() as usize).sum()
    });
    let graphemes = speed(text, |paragraph| paragraph.graphemes(true).map(UnicodeWidthStr::width).sum());
    let is_plain = |c: char| zhai::text::character::Plain::of(c).is_some();
    let plain =
        text.paragraphs.iter().filter(|paragraph| paragraph.chars().all(is_plain)).map(String::len).sum::<usize>();
    println!(
        "{:<16} {breaks:>8.0} {of_clusters:>8.0} {both:>8.0} {layout:>8.0} {phrases:>8.0} | {textwrap:>8.0} {:>5.1} {icu:>8.0} \
         {graphemes:>9.0} {:>7.0}%",
        text.name,
        layout / textwrap,
        100.0 * plain as f64 / text.bytes() as f64
    );
}

/// The whole analysis of a layout.
fn analysis(text: &Text, phrase: u8, source: &Icu) -> f64 {
    let measure = Measure { phrase, ..Measure::default() };
    let asides = Asides::default();
    let style = Style::new(&Block { language: text.language, ..Block::default() }, &measure, &asides);
    let mut pieces = Vec::new();
    speed(text, |paragraph| {
        pieces.clear();
        paragraph::pieces(paragraph, 0..paragraph.len(), style, source, Break::End, &mut pieces);
        pieces.len()
    })
}

/// Megabytes a second of the quickest run over all paragraphs.
fn speed(text: &Text, mut look: impl FnMut(&str) -> usize) -> f64 {
    let seconds = (0..RUNS).map(|_| {
        let start = Instant::now();
        black_box(text.paragraphs.iter().map(|paragraph| look(black_box(paragraph))).sum::<usize>());
        start.elapsed().as_secs_f64()
    });
    text.bytes() as f64 / 1e6 / seconds.fold(f64::INFINITY, f64::min)
}
