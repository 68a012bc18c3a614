//! How long the journal takes: to load fifty thousand marks and a hundred thousand positions, and to keep one more.
//!
//! `cargo bench --bench journal`. Each figure is printed beside its gate; the exit status is 1 if one is not met. A
//! mark is compared with a bare append and sync of the same length on the same disk.

#![allow(
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench is run to be read"
)]

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use zhai::annotations::{Bookmark, Change, Journal, Reading};
use zhai::document::{ArticleId, Identity, Passage};

const MARKS: usize = 50_000;
const POSITIONS: usize = 100_000;
/// Articles of a library.
const AT_HAND: usize = 20_000;
/// Runs of each; the middle one counts for the disk, the quickest for the processor.
const RUNS: usize = 15;

fn main() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let (mut journal, _) = Journal::open(path);
    journal.append(mark(0)).unwrap();
    fill(path);
    let size: u64 = std::fs::read_dir(path).unwrap().flatten().map(|entry| entry.metadata().unwrap().len()).sum();
    let before = resident();
    let opened = Journal::open(path);
    let resident = resident().saturating_sub(before);
    drop(opened);
    let load = || {
        let started = Instant::now();
        // Starting does not free anything.
        let opened = std::hint::black_box(Journal::open(path));
        (started.elapsed(), opened).0
    };
    let before = processor();
    let load = (0..RUNS).map(|_| load()).min().unwrap();
    let processor = processor().saturating_sub(before) / RUNS as u32;
    let (mut journal, annotations) = Journal::open(path);
    let counts = (annotations.bookmarks(None).len(), annotations.reading(&article(7)).is_some());
    let keep = middle((0..RUNS).map(|number| timed(|| journal.append(mark(MARKS + number)).unwrap())).collect());
    let length = 600;
    let mut bare = OpenOptions::new().create(true).append(true).open(path.join("bare")).unwrap();
    let sync = middle((0..RUNS).map(|_| timed(|| write(&mut bare, length))).collect());
    let poll = middle((0..RUNS).map(|_| timed(|| drop(journal.poll()))).collect());
    let first = timed(|| journal.close().unwrap());
    journal.append(mark(MARKS + RUNS)).unwrap();
    let close = timed(|| journal.close().unwrap());
    // A library in which a part of all that was ever read still is, and as much that is new.
    let at_hand: Vec<Identity> = (0..AT_HAND).map(|number| article(number * 2 * POSITIONS / AT_HAND)).collect();
    let at_hand: Vec<&Identity> = at_hand.iter().collect();
    let mut settled = annotations.clone();
    let settle = (0..3).map(|_| timed(|| settled.settle(&at_hand, |_, _| false))).min().unwrap();
    println!("finding out which of {AT_HAND} articles were read takes {:.0} ms", ms(settle));
    println!("closing {:.0} ms, the first time of a day {:.0} ms", ms(close), ms(first));
    println!("{MARKS} marks and {POSITIONS} positions, {:.1} MB; found {counts:?}", size as f64 / 1e6);
    println!("a load takes {:.0} ms of all processors and leaves {resident} MB in memory", ms(processor));
    let beyond = keep.saturating_sub(sync);
    println!("a bare append and sync {:.2} ms, a mark kept {:.2} ms, a poll {:.2} ms", ms(sync), ms(keep), ms(poll));
    let gates = [("load ≤ 150 ms", load, 150.0), ("a mark beyond the disk's sync ≤ 10 ms", beyond, 10.0)];
    for (what, time, most) in gates {
        println!("{}  {what:<40} {:.1} ms", if ms(time) <= most { "pass" } else { "FAIL" }, ms(time));
    }
    if gates.iter().all(|(_, time, most)| ms(*time) <= *most) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn article(number: usize) -> Identity {
    Identity {
        id: ArticleId(format!("https://example.com/article/{number}")),
        url: Some(format!("https://example.com/article/{number}")),
        fingerprint: format!("{number:016x}"),
        similarity: (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        path: format!("/library/articles/{number}.md"),
        title: zhai::text::SafeText::line(&format!("第{number}篇文章的题目")),
    }
}

fn passage(number: usize) -> Passage {
    Passage {
        quote: format!("第{number}段话，长短与人们划下的相当。"),
        before: "前".repeat(40),
        after: "后".repeat(40),
        offset: number as u32,
        length: 20,
        total: 7000,
        heading: vec!["一节".to_owned()],
        fingerprint: format!("{number:016x}"),
        ..Passage::default()
    }
}

fn mark(number: usize) -> Change {
    let (article, passage) = (article(number % 5000), passage(number));
    Change::SetBookmark(Bookmark { id: format!("{number:026}"), article, passage, ..Bookmark::default() })
}

/// Writes the records as the journal would, without waiting for the disk each time.
fn fill(path: &Path) {
    let own = std::fs::read_dir(path).unwrap().flatten().map(|entry| entry.path());
    let own = own.into_iter().find(|path| path.to_string_lossy().contains("marks-")).unwrap();
    let positions = path.join(own.file_name().unwrap().to_string_lossy().replace("marks-", "pos-"));
    let line = |change: &Change, number: usize| {
        zhai::annotations::journal::line(change, 1_764_000_000_000 + number as u64, "bench")
    };
    let marks: String = (0..MARKS).map(|number| line(&mark(number), number)).collect();
    let reading = |number: usize| {
        Change::SetReading(Reading {
            article: article(number),
            passage: passage(number),
            progress: 500,
            finished: false,
            skimmed: false,
            at: "2026-01-01T00:00:00Z".to_owned(),
        })
    };
    let places: String = (0..POSITIONS).map(|number| line(&reading(number), number)).collect();
    std::fs::write(own, marks).unwrap();
    std::fs::write(positions, places).unwrap();
}

fn write(file: &mut File, length: usize) {
    file.write_all(&vec![b'x'; length]).unwrap();
    file.sync_data().unwrap();
}

/// The time that processors have spent on this process; nothing where the system does not say it in files.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(10 * ticks.map(|ticks| ticks.parse::<u64>().unwrap()).sum::<u64>())
}

/// Megabytes of memory that this process has.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().map_or(0, |size| size.parse::<u64>().unwrap() / 1024)
}

fn timed(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
