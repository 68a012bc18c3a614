//! How well lines are set, beside textwrap: the figures a typesetter would count.
//!
//! `cargo bench --bench quality`, or with the words of a text's name: `-- corpus zh-Hans`. `justified` is zhai with the
//! option `justify`. It counts on the lines alone, by rules of its own, so that neither side is judged by its own tables.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench is run to be read")]

#[path = "common/peer.rs"]
mod peer;
#[path = "common/texts.rs"]
mod texts;

use std::sync::Arc;
use texts::Text;
use zhai::document::{Block, Document};
use zhai::layout::{Layout, Measure};
use zhai::text::{Language, SafeText, WidthPolicy};

/// May not start a line in any of the languages.
const NEVER_FIRST: &str = "、。，．：；！？）〕］｝〉》」』】〗”’·・％℃,.;:!?)]}";
/// May not end a line.
const NEVER_LAST: &str = "（〔［｛〈《「『【〖“‘([{";

fn main() {
    println!("rag: mean cells left free by lines that are not last; flush: share of those that leave none;");
    println!("lone: last lines of one letter, per 1000 paragraphs longer than a line; words: lines that end inside a");
    println!(
        "Hangul word, per 1000; kinsoku: lines that start or end with a mark that may not, per 1000; pairs: —— and"
    );
    println!("…… that are split");
    println!(
        "{:<15} {:>3} {:<9} {:>7} {:>6} {:>7} {:>6} {:>7} {:>8} {:>6}",
        "text", "W", "set by", "lines", "rag", "flush %", "lone", "words", "kinsoku", "pairs"
    );
    for text in texts::all(0) {
        for columns in [20, 30, 40, 60, 80] {
            print(&text, columns, "zhai", &zhai(&text, columns, false));
            print(&text, columns, "justified", &zhai(&text, columns, true));
            print(&text, columns, "textwrap", &textwrap(&text, columns));
        }
    }
}

/// The figures of one text at one measure.
#[derive(Default)]
struct Figures {
    lines: u32,
    /// Lines that are not the last of their paragraph.
    inner: u32,
    free: u32,
    flush: u32,
    paragraphs: u32,
    lone: u32,
    words: u32,
    kinsoku: u32,
    pairs: u32,
}

fn zhai(text: &Text, columns: u16, justify: bool) -> Figures {
    let mut figures = Figures::default();
    let block =
        |paragraph: &String| Block { text: SafeText::body(paragraph), language: text.language, ..Block::default() };
    let document = Document { blocks: text.paragraphs.iter().map(block).collect(), ..Document::default() };
    let mut layout = Layout::new(Arc::new(document), Measure { columns, overhang: 2, justify, ..Measure::default() });
    for index in 0..text.paragraphs.len() {
        let rows = layout.block(index);
        let lines: Vec<String> = rows
            .iter()
            .filter(|row| row.span.is_some())
            .map(|row| row.runs.iter().map(|run| run.text.as_str()).collect())
            .collect();
        figures.add(&text.paragraphs[index], &lines, columns);
    }
    figures
}

fn textwrap(text: &Text, columns: u16) -> Figures {
    let mut figures = Figures::default();
    for paragraph in &text.paragraphs {
        let lines: Vec<String> = peer::wrap(paragraph, columns).iter().map(|line| line.trim_end().to_owned()).collect();
        figures.add(paragraph, &lines, columns);
    }
    figures
}

impl Figures {
    /// Counts the lines of a paragraph.
    fn add(&mut self, paragraph: &str, lines: &[String], columns: u16) {
        self.lines += lines.len() as u32;
        let Some((last, inner)) = lines.split_last() else { return };
        for line in inner {
            let free = u32::from(columns).saturating_sub(WidthPolicy::default().text(line) as u32);
            self.inner += 1;
            self.free += free;
            self.flush += u32::from(free == 0);
        }
        if !inner.is_empty() {
            self.paragraphs += 1;
            self.lone += u32::from(last.chars().filter(|c| c.is_alphanumeric()).count() < 2);
        }
        for pair in lines.windows(2) {
            let [before, after] = pair else { continue };
            let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else { continue };
            let is_inside = is_hangul(left) && is_hangul(right) && !paragraph.contains(&around(before, " ", after));
            self.words += u32::from(is_inside);
            self.kinsoku += u32::from(NEVER_FIRST.contains(right) || NEVER_LAST.contains(left));
            self.pairs += u32::from(left == right && matches!(left, '—' | '…'));
        }
    }
}

/// The characters around a line's end, with something between them.
fn around(before: &str, between: &str, after: &str) -> String {
    let last: Vec<char> = before.chars().rev().take(6).collect();
    last.into_iter().rev().chain(between.chars()).chain(after.chars().take(6)).collect()
}

fn is_hangul(character: char) -> bool {
    matches!(character, '\u{ac00}'..='\u{d7a3}')
}

fn print(text: &Text, columns: u16, by: &str, figures: &Figures) {
    let per = |part: u32, whole: u32, scale: f64| f64::from(part) * scale / f64::from(whole.max(1));
    let words = if text.language == Language::Ko { per(figures.words, figures.inner, 1000.0) } else { 0.0 };
    println!(
        "{:<15} {columns:>3} {by:<9} {:>7} {:>6.2} {:>7.1} {:>6.2} {:>7.1} {:>8.2} {:>6}",
        text.name,
        figures.lines,
        per(figures.free, figures.inner, 1.0),
        per(figures.flush, figures.inner, 100.0),
        per(figures.lone, figures.paragraphs, 1000.0),
        words,
        per(figures.kinsoku, figures.inner, 1000.0),
        figures.pairs,
    );
}
