//! How passages survive edits, by the protocol of the design: the same edits for zhai and for what others do.
//!
//! `cargo bench --bench anchors`; a number after `--` is how many documents are taken at most (64 without it). The
//! texts are the sample library, and the corpus where one lies beside the package. Each gate is printed with what was
//! measured; the exit status is 1 if one is not met.

#![allow(
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench is run to be read"
)]

#[path = "anchors/constant.rs"]
mod constant;
#[path = "anchors/edits.rs"]
mod edits;
#[path = "anchors/methods.rs"]
mod methods;

use edits::{Chance, Edit, Paragraphs, without};
use methods::{Memory, Method, Text};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use zhai::document::{Anchorage, Document};
use zhai::parse::{Hint, parse};
use zhai::text::sentence;

/// Characters of the passages.
const LENGTHS: [usize; 4] = [8, 20, 40, 120];
/// Passages of each length in a document.
const EACH: usize = 4;
/// Parts of a text that are changed.
const PARTS: [f64; 6] = [0.01, 0.03, 0.05, 0.10, 0.20, 0.30];
/// Runs of each timing; the quickest counts, which is the one least disturbed.
const RUNS: usize = 3;
/// Characters from the true start that are still on the screen.
const SCREEN: usize = 200;
/// What makes the edits of the documents that are held out others.
const HELD_OUT: u64 = 0x5eed_0f0d_00d5;

/// A text, every character knowing its place.
struct Source {
    paragraphs: Paragraphs,
    /// The characters of headings with their levels.
    headings: HashMap<u32, u8>,
    text: Text,
}

/// What became of some passages.
#[derive(Clone, Copy, Default)]
struct Tally {
    there: usize,
    overlapping: usize,
    wrong: usize,
    lost: usize,
}

/// A measurement that has to reach something.
struct Gate {
    what: String,
    measured: String,
    is_met: bool,
}

fn main() -> ExitCode {
    let most = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(64);
    let (documents, others) = documents(most);
    let sources: Vec<Source> = documents.iter().map(source).collect();
    let characters: usize = sources.iter().map(|source| source.text.len()).sum();
    println!("{} documents, {characters} characters, {} passages each", sources.len(), EACH * LENGTHS.len());
    let mut gates = Vec::new();
    survival(&sources, &mut gates);
    false_anchors(&sources, 0, &mut gates);
    held_out(&others, &mut gates);
    constant::width(&documents, &mut gates);
    constant::files(&documents, &mut gates);
    speed(&sources, &mut gates);
    println!("\ngates");
    for gate in &gates {
        println!("{}  {:<64} {}", if gate.is_met { "pass" } else { "FAIL" }, gate.what, gate.measured);
    }
    if gates.iter().all(|gate| gate.is_met) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A document with its name and bytes.
type Named = (String, Vec<u8>, Document);

/// The sample library, then the corpus, spread evenly if there is too much of it; and as many of what is left then.
fn documents(most: usize) -> (Vec<Named>, Vec<Named>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = [root.join("../shared/corpus"), root.join("shared/corpus")].into_iter().find(|path| path.is_dir());
    let mut all = files(&root.join("seeds"));
    match corpus {
        Some(folder) => all.extend(files(&folder)),
        None => eprintln!("no corpus beside the package: the sample library alone is measured"),
    }
    let spread = |all: Vec<PathBuf>| -> (Vec<PathBuf>, Vec<PathBuf>) {
        let step = (all.len() as f64 / most as f64).max(1.0);
        let chosen = (0..).map(|index| (f64::from(index) * step) as usize).take_while(|index| *index < all.len());
        let chosen: HashSet<usize> = chosen.collect();
        let (chosen, rest): (Vec<_>, Vec<_>) =
            all.into_iter().enumerate().partition(|(index, _)| chosen.contains(index));
        let paths = |all: Vec<(usize, PathBuf)>| all.into_iter().map(|(_, path)| path).collect();
        (paths(chosen), paths(rest))
    };
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).ok()?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        let document = parse(&bytes, &Hint::named(&name));
        let length: usize = document.blocks.iter().map(|block| block.text.chars().count()).sum();
        (length >= 400).then_some((name, bytes, document))
    };
    let (chosen, rest) = spread(all);
    let (others, _) = spread(rest);
    (chosen.iter().filter_map(read).collect(), others.iter().filter_map(read).collect())
}

/// The same on documents and edits that nothing was ever tuned on.
fn held_out(documents: &[Named], gates: &mut Vec<Gate>) {
    if documents.is_empty() {
        println!("\nnothing is held out: all documents there are have been measured");
        return;
    }
    let sources: Vec<Source> = documents.iter().map(source).collect();
    println!("\nheld out: {} other documents, other edits, on which nothing was tuned", sources.len());
    let mut held = Vec::new();
    for (edit, part, least, most) in [
        (Edit::Rescrape, 0.01, 98.0, 1.5),
        (Edit::Rescrape, 0.10, 98.0, 1.5),
        (Edit::Rescrape, 0.30, 98.0, 1.5),
        (Edit::Sentences, 0.30, 95.0, 100.0),
    ] {
        let tallies = tally(&sources, edit, part, HELD_OUT);
        let [zhai, hypothesis] = [1, 2].map(|back| tallies[Method::ALL.len() - back]);
        let parts =
            |tally: Tally| [tally.there, tally.wrong, tally.lost].map(|count| format!("{:.1}", tally.part(count)));
        let name = format!("{} {:.0} %", edit.name(), part * 100.0);
        println!("{name:<18} {:>22} {:>22}", parts(hypothesis).join(" / "), parts(zhai).join(" / "));
        held.push(Gate::least(&format!("held out: {name}: on the screen"), zhai.part(zhai.there), least));
        if most < 100.0 {
            held.push(Gate::most(&format!("held out: {name}: at a wrong place"), zhai.part(zhai.wrong), most));
        }
    }
    let from = held.len();
    false_anchors(&sources, HELD_OUT, &mut held);
    for gate in &mut held[from..] {
        gate.what = format!("held out: {}", gate.what);
    }
    gates.extend(held);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ["md", "txt", "html"].iter().any(|known| ending == *known)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source((_, _, document): &Named) -> Source {
    let mut at = 0;
    let (mut paragraphs, mut headings) = (Paragraphs::new(), HashMap::new());
    for block in document.blocks.iter().filter(|block| !block.text.is_empty()) {
        let traced = block.text.chars().enumerate().map(|(index, character)| (character, Some(at + index as u32)));
        paragraphs.push(traced.collect());
        let length = block.text.chars().count() as u32;
        headings
            .extend(block.heading_level().into_iter().flat_map(|level| (at..at + length).map(move |at| (at, level))));
        at += length + 1;
    }
    Source { text: Text::new(&paragraphs, &headings), paragraphs, headings }
}

/// Passages of a text: of each length, half of them from the start of a sentence.
fn passages(text: &Text, chance: &mut Chance) -> Vec<Memory> {
    let all: String = text.characters.iter().map(|(character, _)| *character).collect();
    let starts: Vec<usize> =
        sentence::starts(&all).into_iter().map(|byte| all.get(..byte).unwrap_or_default().chars().count()).collect();
    let mut passages = Vec::new();
    for (index, length) in LENGTHS.iter().flat_map(|length| (0..EACH).map(move |index| (index, *length))) {
        if text.len() < length + 2 {
            continue;
        }
        let start = if index % 2 == 0 { starts[chance.below(starts.len())] } else { chance.below(text.len() - length) };
        let start = start.min(text.len() - length - 1);
        let range = start..start + length;
        let blank = text.characters[range.clone()].iter().filter(|(character, _)| character.is_whitespace()).count();
        let ends = [range.start, range.end - 1].map(|at| text.characters[at].0);
        if blank * 2 < length && !ends.iter().any(|end| end.is_whitespace()) {
            passages.push(Memory::of(text, range));
        }
    }
    passages
}

/// Where the characters of a passage are now, if at least half of them are anywhere.
fn truth(memory: &Memory, before: &Text, after: &Text) -> Option<Range<usize>> {
    let is_of = |origin: Option<u32>| origin.is_some_and(|origin| memory.range.contains(&(origin as usize)));
    let real = before.characters[memory.range.clone()].iter().filter(|(_, origin)| origin.is_some()).count();
    let here: Vec<usize> =
        after.characters.iter().enumerate().filter(|(_, (_, origin))| is_of(*origin)).map(|(index, _)| index).collect();
    (here.len() * 2 >= real).then(|| here[0]..here[here.len() - 1] + 1)
}

impl Tally {
    fn count(&mut self, found: Option<&Range<usize>>, truth: &Range<usize>) {
        match found {
            None => self.lost += 1,
            Some(found) if found.start.abs_diff(truth.start) <= SCREEN => {
                self.there += 1;
                let common = found.end.min(truth.end).saturating_sub(found.start.max(truth.start));
                let all = found.end.max(truth.end) - found.start.min(truth.start);
                self.overlapping += usize::from(common * 2 >= all);
            }
            Some(_) => self.wrong += 1,
        }
    }

    fn part(self, count: usize) -> f64 {
        100.0 * count as f64 / (self.there + self.wrong + self.lost).max(1) as f64
    }
}

/// Every edit by every method: there, at a wrong place, lost.
fn survival(sources: &[Source], gates: &mut Vec<Gate>) {
    println!(
        "\non the screen / at a wrong place / lost, % of the passages that are still there (overlap ≥ ½ for zhai)"
    );
    print!("{:<18}", "edit");
    for method in Method::ALL {
        print!("{:>22}", method.name());
    }
    println!("{:>9}", "overlap");
    for edit in Edit::ALL {
        for part in PARTS {
            let tallies = tally(sources, edit, part, 0);
            print!("{:<12} {:>3.0} %", edit.name(), part * 100.0);
            for tally in tallies {
                let parts = [tally.there, tally.wrong, tally.lost].map(|count| format!("{:.1}", tally.part(count)));
                print!("{:>22}", parts.join(" / "));
            }
            let zhai = tallies[Method::ALL.len() - 1];
            println!("{:>9.1}", zhai.part(zhai.overlapping));
            if edit == Edit::Rescrape {
                gates.push(Gate::least(
                    &format!("re-scrape {:.0} %: on the screen", part * 100.0),
                    zhai.part(zhai.there),
                    98.0,
                ));
                gates.push(Gate::most(
                    &format!("re-scrape {:.0} %: at a wrong place", part * 100.0),
                    zhai.part(zhai.wrong),
                    1.5,
                ));
            }
            if edit == Edit::Sentences && part > 0.29 {
                gates.push(Gate::least("sentences 30 %: on the screen", zhai.part(zhai.there), 95.0));
            }
        }
    }
}

fn tally(sources: &[Source], edit: Edit, part: f64, salt: u64) -> [Tally; 6] {
    let mut tallies = [Tally::default(); 6];
    for (index, Source { paragraphs, headings, text }) in sources.iter().enumerate() {
        let mut chance = Chance(salt ^ (index as u64 * 7919 + (part * 1000.0) as u64));
        let memories = passages(text, &mut chance);
        let edited = Text::new(&edit.apply(paragraphs, part, &mut chance), headings);
        for memory in &memories {
            let Some(truth) = truth(memory, text, &edited) else { continue };
            for (method, tally) in Method::ALL.iter().zip(&mut tallies) {
                tally.count(method.find(memory, &edited).as_ref(), &truth);
            }
        }
    }
    tallies
}

/// Passages whose paragraph is gone: how many are found all the same.
fn false_anchors(sources: &[Source], salt: u64, gates: &mut Vec<Gate>) {
    println!("\nfound although deleted, % by characters of the passage");
    println!("{:<10} {:>8} {:>18} {:>8}", "length", "passages", "Hypothesis-style", "zhai");
    let mut deleted = [[0usize; 3]; LENGTHS.len()];
    for (index, Source { paragraphs, headings, text }) in sources.iter().enumerate() {
        for round in 0..4 {
            let mut chance = Chance(salt ^ (index as u64 * 104_729 + round));
            for memory in passages(text, &mut chance) {
                let paragraph = text.paragraph(memory.range.start);
                if text.paragraph(memory.range.end) != paragraph {
                    continue;
                }
                let edited = Text::new(&without(paragraphs, paragraph), headings);
                if memory.is_copied_in(&edited) {
                    continue;
                }
                let length = LENGTHS.iter().position(|length| *length == memory.range.len()).unwrap();
                let found = [Method::Hypothesis, Method::Zhai].map(|method| method.find(&memory, &edited).is_some());
                deleted[length][0] += 1;
                deleted[length][1] += usize::from(found[0]);
                deleted[length][2] += usize::from(found[1]);
            }
        }
    }
    for (length, [all, other, zhai]) in LENGTHS.iter().zip(deleted) {
        let part = |count: usize| 100.0 * count as f64 / all.max(1) as f64;
        println!("{length:<10} {all:>8} {:>18.1} {:>8.1}", part(other), part(zhai));
        let most = if *length < 20 { 5.0 } else { 3.0 };
        gates.push(Gate::most(&format!("false on deleted text, {length} characters"), part(zhai), most));
    }
}

/// How long it takes in an article of a megabyte.
fn speed(sources: &[Source], gates: &mut Vec<Gate>) {
    let mut paragraphs = Paragraphs::new();
    let mut at = 0;
    'filled: loop {
        for source in sources {
            for paragraph in &source.paragraphs {
                let renumbered =
                    paragraph.iter().enumerate().map(|(index, (character, _))| (*character, Some(at + index as u32)));
                paragraphs.push(renumbered.collect());
                at += paragraph.len() as u32 + 1;
            }
            if paragraphs.iter().flatten().map(|(character, _)| character.len_utf8()).sum::<usize>() >= 1_000_000 {
                break 'filled;
            }
        }
    }
    let text = Text::new(&paragraphs, &HashMap::new());
    let mut chance = Chance(1);
    let mut memories = Vec::new();
    while memories.len() < 200 {
        memories.extend(passages(&text, &mut chance));
    }
    memories.truncate(200);
    println!("\nan article of a megabyte ({} characters), 200 passages", text.len());
    for (edit, part) in [(Edit::Rescrape, 0.10), (Edit::Sentences, 0.30), (Edit::Characters, 0.20)] {
        let edited = Text::new(&edit.apply(&paragraphs, part, &mut chance), &HashMap::new());
        let fold = || {
            let started = Instant::now();
            std::hint::black_box(Anchorage::of(&edited.document));
            started.elapsed()
        };
        let fold = (0..RUNS).map(|_| fold()).min().unwrap_or_default();
        let mut each: Vec<Duration> = memories
            .iter()
            .map(|memory| {
                let run = || {
                    let started = Instant::now();
                    std::hint::black_box(Method::Zhai.find(memory, &edited));
                    started.elapsed()
                };
                (0..RUNS).map(|_| run()).min().unwrap_or_default()
            })
            .collect();
        each.sort_unstable();
        let total: Duration = each.iter().sum::<Duration>() + fold;
        let milliseconds = |duration: Duration| duration.as_secs_f64() * 1000.0;
        let (middle, high) = (milliseconds(each[100]), milliseconds(each[197]));
        let total = milliseconds(total);
        println!(
            "{:<12} {:>3.0} %: folded in {:.1} ms; a passage {middle:.2} ms, p99 {high:.2} ms; all {total:.0} ms",
            edit.name(),
            part * 100.0,
            milliseconds(fold)
        );
        gates.push(Gate::most(&format!("{} {:.0} %: p99 of a passage, ms", edit.name(), part * 100.0), high, 10.0));
        if edit == Edit::Rescrape {
            gates.push(Gate::most("200 passages of a re-scraped megabyte, ms", total, 300.0));
        }
    }
}

impl Gate {
    fn least(what: &str, measured: f64, least: f64) -> Self {
        Self { what: format!("{what} ≥ {least}"), measured: format!("{measured:.2}"), is_met: measured >= least }
    }

    fn most(what: &str, measured: f64, most: f64) -> Self {
        Self { what: format!("{what} ≤ {most}"), measured: format!("{measured:.2}"), is_met: measured <= most }
    }
}
