//! How fast articles are parsed, on one thread, beside bare `comrak` and `pulldown-cmark` on the same text; how long the
//! hostile ones take and how much memory; and how soon the first screen of a large file can be shown. Prints, and asserts
//! nothing.
//!
//! Run with `cargo bench --bench parse`. The practice ground lies beside the package and is no part of it.

#![allow(clippy::cast_precision_loss, clippy::print_stdout, missing_docs, reason = "a bench is run to be read")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use zhai::parse::{Hint, Tables, decode, front_matter, markdown, parse};

/// Times that each measurement is made; the best counts.
const TIMES: usize = 9;
/// The argument before the name of a hostile text, which is then parsed in this process alone.
const ONLY: &str = "--only";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(only) = arguments.iter().position(|argument| argument == ONLY) {
        let text = hostile().into_iter().find(|(name, _)| arguments.get(only + 1).is_some_and(|only| only == name));
        return text.iter().for_each(|(name, text)| alone(name, &text()));
    }
    let files = articles();
    if files.is_empty() {
        println!("no practice ground beside the package: nothing to measure");
        return;
    }
    throughput(&files);
    first_screen(&files);
    for (name, _) in hostile() {
        let this = std::env::current_exe().map(|this| Command::new(this).args([ONLY, name]).status());
        assert!(this.is_ok_and(|status| status.is_ok_and(|status| status.success())), "{name}");
    }
}

/// The Markdown files of the practice ground.
fn articles() -> Vec<(Hint, Vec<u8>)> {
    let mut folders: Vec<PathBuf> = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                files.extend(std::fs::read(&path).ok().map(|bytes| (Hint::named(file_name), bytes)));
            }
        }
    }
    files
}

/// The best time of several runs.
fn best(mut run: impl FnMut()) -> Duration {
    std::iter::repeat_with(|| timed(&mut run)).take(TIMES).min().unwrap_or_default()
}

/// The best times of each of some things together: what is short is seldom interrupted on a busy machine.
fn best_of_each<T>(all: &[T], run: impl Fn(&T)) -> Duration {
    all.iter().map(|one| best(|| run(one))).sum()
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn throughput(files: &[(Hint, Vec<u8>)]) {
    let texts: Vec<std::borrow::Cow<str>> = files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let report = |name: &str, time: Duration| {
        println!("{name:16} {:8.1} MB/s  {time:?}", bytes as f64 / 1e6 / time.as_secs_f64());
        time
    };
    println!("{} files, {:.1} MB", files.len(), bytes as f64 / 1e6);
    let ours = report("zhai", best_of_each(files, |(hint, bytes)| drop(std::hint::black_box(parse(bytes, hint)))));
    steps(files, ours);
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    let bare = |options: &comrak::Options| {
        best_of_each(&texts, |text| {
            let arena = comrak::Arena::new();
            std::hint::black_box(comrak::parse_document(&arena, text, options));
        })
    };
    let comraks = report("comrak, GFM", bare(&options));
    options.extension.alerts = true;
    options.extension.wikilinks_title_after_pipe = true;
    options.extension.highlight = true;
    options.extension.block_directive = true;
    options.extension.cjk_friendly_emphasis = true;
    report("comrak, as ours", bare(&options));
    report("comrak, walked", best_of_each(&texts, |text| drop(std::hint::black_box(words(text, &options)))));
    report(
        "pulldown-cmark",
        best_of_each(&texts, |text| {
            let events = pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::ENABLE_GFM);
            std::hint::black_box(events.count());
        }),
    );
    println!("zhai at {:.2} of bare comrak's speed", comraks.as_secs_f64() / ours.as_secs_f64());
}

/// The texts of comrak's tree, and nothing else of it: the least that whoever uses the tree must do.
fn words(text: &str, options: &comrak::Options) -> String {
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, text, options);
    let mut words = String::new();
    for node in root.descendants() {
        if let comrak::nodes::NodeValue::Text(text) = &node.data().value {
            words.push_str(text);
        }
    }
    words
}

/// Where the time goes: the first steps by themselves, and what is left for those after them. What can be read in one
/// way only is read without comrak (`markdown::easy`).
fn steps(files: &[(Hint, Vec<u8>)], whole: Duration) {
    let decoded: Vec<_> = files.iter().map(|(_, bytes)| decode::decode(bytes).text).collect();
    let decode = best_of_each(files, |(_, bytes)| drop(std::hint::black_box(decode::decode(bytes))));
    let tables = Tables::built_in();
    let front = best_of_each(&decoded, |text| drop(std::hint::black_box(front_matter::split(text, &tables))));
    let blocks = best_of_each(&decoded, |text| {
        let front = front_matter::split(text, &tables);
        std::hint::black_box(markdown::blocks(front.body, front.lines));
    });
    let rest = whole.saturating_sub(decode + blocks);
    let steps =
        [("decode", decode), ("front matter", front), ("blocks", blocks.saturating_sub(front)), ("the rest", rest)];
    for (step, time) in steps {
        println!("  {step:14} {:5.1} ms {:3.0} %", time.as_secs_f64() * 1e3, 100.0 * time.div_duration_f64(whole));
    }
}

/// The first piece of ten megabytes, made of the practice ground's articles on end, and the whole of them.
fn first_screen(files: &[(Hint, Vec<u8>)]) {
    let mut bytes = Vec::new();
    while bytes.len() < 10_000_000 {
        bytes.extend(files.iter().flat_map(|(_, bytes)| bytes.iter().copied().chain(*b"\n\n")));
    }
    let hint = Hint::named("a.md");
    let first = best(|| drop(std::hint::black_box(zhai::parse::first(&bytes, bytes.len() as u64, &hint))));
    let whole = timed(|| drop(std::hint::black_box(parse(&bytes, &hint))));
    println!("{:.1} MB: first piece {first:?}, whole {whole:?}", bytes.len() as f64 / 1e6);
}

/// Parses a hostile text in a process that does nothing else, and says how long it took and how much memory.
fn alone(name: &str, text: &str) {
    let hint = Hint::named("a.md");
    let time = timed(|| drop(std::hint::black_box(parse(text.as_bytes(), &hint))));
    // Linux alone says so; the text itself is counted.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    let size = text.len() as f64 / 1e6;
    println!(
        "{name:16} {size:5.1} MB {:8.1} ms {:6.1} MB at most",
        time.as_secs_f64() * 1e3,
        peak.unwrap_or_default() / 1e3
    );
}

/// A name, and what makes the text.
type Hostile = (&'static str, fn() -> String);

/// Texts made to be slow: front matter, and Markdown of a mebibyte.
fn hostile() -> Vec<Hostile> {
    const SIZE: usize = 1 << 20;
    fn fill(piece: &str) -> String {
        piece.repeat(SIZE / piece.len())
    }
    fn front(body: String) -> String {
        format!("---\ntitle: t\n{body}\n---\nbody\n")
    }
    vec![
        ("front: brackets", || front(format!("tags: {}", "[".repeat(200_000)))),
        ("front: braces", || front(format!("tags: {}", "{a: ".repeat(10_000)))),
        ("front: aliases", || front(format!("x: &a {}\ny: [{}]", "s".repeat(100_000), "*a, ".repeat(10_000)))),
        ("front: keys", || front((0..200_000).map(|index| format!("k{index}: v\n")).collect())),
        ("front: scalar", || front(format!("x: {}", "字".repeat(3_000_000)))),
        ("front: comments", || front("# note\n".repeat(1_000_000))),
        ("quotes", || ">".repeat(SIZE)),
        ("quotes, lazy", || format!("{}{}", ">".repeat(SIZE / 2), "a\n".repeat(SIZE / 4))),
        ("lists", || "- ".repeat(SIZE / 2)),
        ("lists, lazy", || format!("{}{}", "- ".repeat(SIZE / 4), "a\n".repeat(SIZE / 4))),
        ("lists, blank", || format!("{}\n{}", "- ".repeat(500), "\n".repeat(SIZE / 2))),
        ("brackets", || fill("[")),
        ("links", || fill("[a](")),
        ("links, angle", || fill("[a](<b")),
        ("emphasis", || fill("*a_ ")),
        ("emphasis, mixed", || fill("_a*")),
        ("angles", || fill("<")),
        ("comments", || fill("<!--")),
        ("cdata", || fill("<![CDATA[")),
        ("notes", || fill("[^")),
        ("rules", || fill("---\t\n")),
        ("backslashes", || fill("+  `\u{2026}` \\\n")),
        ("table", || format!("{}\n{}\n{}", "|a".repeat(2000), "|-".repeat(2000), "|b\n".repeat(SIZE / 3))),
        ("table, narrow", || format!("{}\n{}\n{}", "|a".repeat(32), "|-".repeat(32), "|b\n".repeat(SIZE / 3))),
        ("one line", || "字".repeat(SIZE / 3)),
        ("asterisks", || fill("****a**** ")),
        ("headings", || fill("# a\n")),
        ("html", || fill("<div>")),
        ("bold lines", || fill("**一、标题**\n\n")),
        ("directives", || fill(":::a\n")),
        ("addresses", || fill("<http://a")),
        ("addresses, apart", || fill("http://a.b ")),
        ("braces", || fill("{茶|")),
        ("readings", || fill("｜茶《")),
        ("no-break spaces", || fill("a\u{a0}b")),
        ("joiners", || fill("\u{200d}")),
        ("entities", || fill("&amp")),
        ("formulas", || fill("$$\na\n")),
        ("backticks", || (1..1400).map(|length| "`".repeat(length) + " a ").collect()),
        ("footnotes", || (0..SIZE / 20).map(|index| format!("a[^{index}]\n\n[^{index}]: b\n\n")).collect()),
        ("definitions", || fill("a\n: b\n\n")),
        ("hashtags", || fill("#茶 # 水 ")),
        ("numbers", || (0..SIZE / 20).map(|index| format!("{index}. 要点\n\n")).collect()),
        ("number, dotted", || fill("1.")),
        ("html: bold", || fill("<b>a ")),
        ("html: lists", || fill("<ul><li>a")),
        ("html: tables", || fill("<table><tr><td>a")),
        ("html: wide row", || format!("<table><tr>{}{}", "<td>a".repeat(SIZE / 10), "<tr><td>b".repeat(SIZE / 18))),
        ("html: spans", || format!("<table>{}", "<tr><td colspan=99 rowspan=99>a".repeat(SIZE / 31))),
        ("html: title", || format!("<!doctype html><title>{}</title><p>a", "a - ".repeat(SIZE / 4))),
        ("html: styles", || fill("<p style='font-weight:bold;a:b'>茶</p>")),
    ]
}
