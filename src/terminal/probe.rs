//! How the terminal at hand measures: samples are written, and the terminal is asked where its cursor is after each.
//!
//! Asked once for a terminal and remembered in the cache; without an answer nothing is assumed. It refuses to guess
//! from the terminal's name.

use crate::text::{Ambiguous, WidthPolicy};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long the terminal may take to answer, over a slow line too.
const DEADLINE: Duration = Duration::from_millis(150);
/// Two characters of ambiguous width, an emoji by selector, a joined emoji.
const SAMPLES: [&str; 4] = ["“", "①", "❤\u{fe0f}", "👨\u{200d}👩\u{200d}👧"];
/// The file of the cache that holds the answers, a line a terminal.
const FILE: &str = "terminals.tsv";

/// The terminal's measure: as remembered in the cache folder, else as it says. None if it does not say. To be called in
/// raw mode, on a screen that will be painted over.
pub fn measure(cache: &Path) -> Option<WidthPolicy> {
    let name = name();
    let path = cache.join(FILE);
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let remembered = known.lines().filter_map(|line| line.split_once('\t')).find(|(terminal, _)| *terminal == name);
    if let Some((_, cells)) = remembered {
        return policy(&numbers(cells));
    }
    // That there is no answer is remembered too, or every start would wait for one.
    let cells = ask().ok()?;
    let line = format!("{name}\t{}\n", cells.map(|cells| cells.to_string()).join(" "));
    // A cache that cannot be written costs a few milliseconds the next time.
    let _ = std::fs::create_dir_all(cache)
        .and_then(|()| OpenOptions::new().create(true).append(true).open(&path)?.write_all(line.as_bytes()));
    policy(&cells)
}

/// What tells terminals apart; a multiplexer stands between and measures for itself.
fn name() -> String {
    let value = |name: &str| std::env::var(name).unwrap_or_default().replace(['\t', '\n'], " ");
    let multiplexer = if value("TMUX").is_empty() { "" } else { "tmux" };
    [&value("TERM"), &value("TERM_PROGRAM"), &value("TERM_PROGRAM_VERSION"), multiplexer].join("|")
}

fn numbers(text: &str) -> [u16; SAMPLES.len()] {
    let mut numbers = text.split(' ').map(|number| number.parse().unwrap_or_default());
    std::array::from_fn(|_| numbers.next().unwrap_or_default())
}

/// What answers mean; none where one of them cannot be.
fn policy(cells: &[u16; SAMPLES.len()]) -> Option<WidthPolicy> {
    let [quote, circled, selected, joined] = *cells;
    let is_sound = [quote, circled, selected].iter().all(|cells| (1..=2).contains(cells)) && (2..=8).contains(&joined);
    let ambiguous = if quote == 2 && circled == 2 { Ambiguous::Wide } else { Ambiguous::Narrow };
    let policy = WidthPolicy { ambiguous, vs16_wide: selected == 2, zwj_joins: joined == 2, ..WidthPolicy::default() };
    is_sound.then_some(policy)
}

/// Asks the terminal itself, whatever standard input and output are.
fn ask() -> std::io::Result<[u16; SAMPLES.len()]> {
    let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
    let asked: String = SAMPLES.iter().map(|sample| format!("\r{sample}\x1b[6n")).collect();
    terminal.write_all(format!("{asked}\r\x1b[K").as_bytes())?;
    let answer = read(&mut terminal)?;
    Ok(columns(&answer).map(|column| column.saturating_sub(1)))
}

/// Reads until all answers are there, or for as long as they may take.
fn read(terminal: &mut File) -> std::io::Result<Vec<u8>> {
    let due = Instant::now() + DEADLINE;
    let mut answer = Vec::new();
    while answer.iter().filter(|byte| **byte == b'R').count() < SAMPLES.len() {
        let left = due.saturating_duration_since(Instant::now());
        let left = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
        let is_ready = poll(&mut [PollFd::new(terminal, PollFlags::IN)], Some(&left))? > 0;
        let mut bytes = [0; 256];
        let count = if is_ready { terminal.read(&mut bytes)? } else { 0 };
        if count == 0 {
            break;
        }
        answer.extend_from_slice(bytes.get(..count).unwrap_or_default());
    }
    Ok(answer)
}

/// The columns of the answers, `ESC [ row ; column R` each; 0 where one is missing.
fn columns(answer: &[u8]) -> [u16; SAMPLES.len()] {
    let text = String::from_utf8_lossy(answer);
    let mut found = text.split("\x1b[").filter_map(|report| {
        let (_, column) = report.split_once('R')?.0.split_once(';')?;
        column.parse().ok()
    });
    std::array::from_fn(|_| found.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{columns, numbers, policy};
    use crate::text::{Ambiguous, WidthPolicy};

    #[test]
    fn answers_are_read() {
        assert_eq!(columns(b"\x1b[1;2R\x1b[1;3R\x1b[24;3R\x1b[1;9R"), [2, 3, 3, 9]);
        assert_eq!(columns(b"j\x1b[1;2R"), [2, 0, 0, 0]);
    }

    #[test]
    fn answers_become_a_policy() {
        assert_eq!(policy(&[1, 1, 2, 2]), Some(WidthPolicy::default()));
        let wide = policy(&[2, 2, 1, 6]).unwrap();
        assert_eq!((wide.ambiguous, wide.vs16_wide, wide.zwj_joins), (Ambiguous::Wide, false, false));
        assert_eq!(policy(&[0, 0, 0, 0]), None, "a terminal that says always the same says nothing");
        assert_eq!(policy(&numbers("1 1 2")), None);
    }
}
