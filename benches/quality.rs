//! How well lines are set, beside textwrap: the figures a typesetter would count.
//!
//! `cargo bench --bench quality`, or with the words of a text's name: `-- corpus zh-Hans`. `no gaps` is zhai without the
//! option `autospace`, `justified` with the option `justify`; `bound` says how even lines could be at best. A text
//! in Chinese or Japanese comes a second time without the paragraphs whose characters are for the most part ASCII:
//! commands, addresses and names are set by the word, and their lines are ragged whoever sets them. It counts on
//! the lines alone, by rules of its own, so that neither side is judged by its own tables; only where phrases end is
//! for the model to say that zhai uses itself.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench is run to be read")]

#[path = "common/bound.rs"]
mod bound;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/texts.rs"]
mod texts;

use std::sync::Arc;
use texts::Text;
use zhai::document::{Block, Document};
use zhai::layout::{Layout, Measure, phrase};
use zhai::text::{Class, Language, SafeText, WidthPolicy};

/// May not start a line in any of the languages.
const NEVER_FIRST: &str = "、。，．：；！？）〕］｝〉》」』】〗”’·・％℃,.;:!?)]}";
/// May not end a line.
const NEVER_LAST: &str = "（〔［｛〈《「『【〖“‘([{";

fn main() {
    println!("rag: mean cells left free by lines that are not last, rms: the root of their mean square;");
    println!("flush: share of those that leave none;");
    println!("lone: last lines of one letter, per 1000 paragraphs longer than a line; words: lines that end inside a");
    println!(
        "Hangul word, per 1000; kinsoku: lines that start or end with a mark that may not, per 1000; pairs: —— and"
    );
    println!("…… that are split; phrases: share of lines that do not end inside a phrase of Chinese or Japanese");
    println!(
        "{:<20} {:>3} {:<9} {:>7} {:>6} {:>6} {:>7} {:>6} {:>7} {:>8} {:>6} {:>9}",
        "text", "W", "set by", "lines", "rag", "rms", "flush %", "lone", "words", "kinsoku", "pairs", "phrases %"
    );
    for text in texts::all(0).into_iter().flat_map(with_proper) {
        for columns in [20, 30, 40, 60, 80] {
            let measure = Measure { columns, overhang: 2, ..Measure::default() };
            print(&text, columns, "zhai", &zhai(&text, &measure));
            print(&text, columns, "no gaps", &zhai(&text, &Measure { autospace: false, ..measure.clone() }));
            print(&text, columns, "justified", &zhai(&text, &Measure { justify: true, ..measure.clone() }));
            print(&text, columns, "bound", &least(&text, &measure));
            print(&text, columns, "textwrap", &textwrap(&text, columns));
        }
    }
}

/// A text, and if it is in Han or kana the paragraphs of it that are so for the most part.
fn with_proper(text: Text) -> Vec<Text> {
    if !matches!(text.language, Language::ZhHans | Language::ZhHant | Language::Ja) {
        return vec![text];
    }
    let is_proper = |text: &&String| {
        let ascii = text.bytes().filter(u8::is_ascii_graphic).count();
        2 * ascii <= text.chars().count()
    };
    let paragraphs = text.paragraphs.iter().filter(is_proper).cloned().collect();
    let proper = Text { name: format!("{} proper", text.name), language: text.language, paragraphs };
    vec![text, proper]
}

/// The figures of one text at one measure.
#[derive(Default)]
struct Figures {
    lines: u32,
    /// Lines that are not the last of their paragraph.
    inner: u32,
    free: u32,
    squares: u32,
    flush: u32,
    paragraphs: u32,
    lone: u32,
    words: u32,
    kinsoku: u32,
    pairs: u32,
    /// Ends of lines that were looked at for phrases, and those inside none.
    looked_at: u32,
    phrases: u32,
}

fn block(text: &Text, paragraph: &str) -> Block {
    Block { text: SafeText::body(paragraph), language: text.language, ..Block::default() }
}

fn zhai(text: &Text, measure: &Measure) -> Figures {
    let mut figures = Figures::default();
    let blocks = text.paragraphs.iter().map(|paragraph| block(text, paragraph)).collect();
    let document = Arc::new(Document { blocks, ..Document::default() });
    let mut layout = Layout::new(Arc::clone(&document), measure.clone());
    for index in 0..text.paragraphs.len() {
        let rows = layout.block(index);
        let lines: Vec<String> = rows
            .iter()
            .filter(|row| row.span.is_some())
            .map(|row| row.runs.iter().map(|run| run.text.as_str()).collect())
            .collect();
        figures.add(&text.paragraphs[index], &lines, measure.columns);
        let ends: Vec<usize> = rows.iter().filter_map(|row| Some(row.span?.end.byte as usize)).collect();
        figures.add_phrases(&document.blocks[index], &ends);
    }
    figures
}

/// What no way of setting the lines could better.
fn least(text: &Text, measure: &Measure) -> Figures {
    let mut figures = Figures::default();
    for paragraph in &text.paragraphs {
        let free = bound::of(&block(text, paragraph), measure);
        figures.lines += free.lines + 1;
        figures.inner += free.lines;
        figures.free += free.cells;
        figures.squares += free.squares;
        figures.flush += free.lines - free.ragged;
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
            self.squares += free * free;
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

    /// Counts the ends of lines that are not inside a phrase: the model marks them, or a space or mark stands there.
    fn add_phrases(&mut self, block: &Block, lines: &[usize]) {
        let Some(model) = phrase::model(block.language) else { return };
        let phrases = phrase::ends(&block.text, model);
        for end in lines.iter().rev().skip(1) {
            let (head, tail) = block.text.split_at(*end);
            let is_letter =
                head.chars().next_back().is_some_and(|last| matches!(Class::of(last), Class::Han | Class::Kana));
            let is_end = !is_letter || tail.starts_with(' ') || phrases.hold(*end);
            self.looked_at += 1;
            self.phrases += u32::from(is_end);
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
        "{:<20} {columns:>3} {by:<9} {:>7} {:>6.2} {:>6.2} {:>7.1} {:>6.2} {:>7.1} {:>8.2} {:>6} {:>9.1}",
        text.name,
        figures.lines,
        per(figures.free, figures.inner, 1.0),
        per(figures.squares, figures.inner, 1.0).sqrt(),
        per(figures.flush, figures.inner, 100.0),
        per(figures.lone, figures.paragraphs, 1000.0),
        words,
        per(figures.kinsoku, figures.inner, 1000.0),
        figures.pairs,
        per(figures.phrases, figures.looked_at, 100.0),
    );
}
