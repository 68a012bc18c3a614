//! How the terminal at hand measures: samples are written, and the terminal is asked where its cursor is after each.
//!
//! An answer is remembered in the cache where the terminal says which program it is; that there was none is remembered
//! for a day. Without an answer nothing is assumed. It refuses to guess from the terminal's name.

use crate::annotations::clock;
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
/// The file of the cache that holds the answers, a line a terminal: its name, cells, the second of the answer.
const FILE: &str = "terminals.tsv";
/// Seconds for which it is remembered that there was no answer, or every start would wait for one.
const SILENCE: u64 = 24 * 60 * 60;
/// What tells programs apart; a multiplexer stands between and measures for itself.
const PROGRAM: &[&str] = &["TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION", "KONSOLE_VERSION", "XTERM_VERSION"];

/// A terminal, as far as it can be told from others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    /// What stands for it in the cache.
    text: String,
    /// Whether that names a program. `TERM` alone is many: over SSH nothing else comes along.
    is_known: bool,
}

/// The terminal's measure: as remembered in the cache folder, else as it says. None if it does not say. To be called in
/// raw mode, on a screen that will be painted over.
pub fn measure(cache: &Path) -> Option<WidthPolicy> {
    let name = Name::of(|variable| std::env::var(variable).unwrap_or_default());
    let path = cache.join(FILE);
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let now = clock::millis() / 1000;
    if let Some(cells) = remembered(&known, &name, now) {
        return policy(&cells);
    }
    let cells = ask().ok()?;
    if let Some(text) = remember(&known, &name, &cells, now) {
        // A cache that cannot be written costs a few milliseconds the next time.
        let _ = std::fs::create_dir_all(cache).and_then(|()| std::fs::write(&path, text));
    }
    policy(&cells)
}

impl Name {
    fn of(value: impl Fn(&str) -> String) -> Self {
        let value = |variable: &str| value(variable).replace(['\t', '\n'], " ");
        let program: Vec<String> = PROGRAM.iter().map(|variable| value(variable)).collect();
        let multiplexer = if value("TMUX").is_empty() { "" } else { "tmux" };
        let client = value("SSH_CONNECTION").split(' ').next().unwrap_or_default().to_owned();
        Self {
            text: [&value("TERM"), &program.join("|"), multiplexer, &client].join("|"),
            is_known: program.iter().any(|part| !part.is_empty()),
        }
    }
}

/// The answer that is remembered for a terminal, in whatever it was; none if it is to be asked.
fn remembered(known: &str, name: &Name, now: u64) -> Option<[u16; SAMPLES.len()]> {
    let mut lines = known.lines().filter_map(|line| line.split_once('\t'));
    let (_, answer) = lines.rfind(|(terminal, _)| *terminal == name.text)?;
    let (cells, second) = answer.split_once('\t')?;
    let cells = numbers(cells);
    let is_young = second.parse::<u64>().is_ok_and(|then| (then..then + SILENCE).contains(&now));
    (policy(&cells).is_some() || is_young).then_some(cells)
}

/// The cache with an answer, if it is one to remember.
fn remember(known: &str, name: &Name, cells: &[u16; SAMPLES.len()], now: u64) -> Option<String> {
    if policy(cells).is_some() && !name.is_known {
        return None;
    }
    let is_other = |line: &&str| line.split_once('\t').is_some_and(|(terminal, _)| terminal != name.text);
    let others: String = known.lines().filter(is_other).map(|line| format!("{line}\n")).collect();
    Some(format!("{others}{}\t{}\t{now}\n", name.text, cells.map(|cells| cells.to_string()).join(" ")))
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
    let policy = WidthPolicy { ambiguous, vs16_wide: selected == 2, zwj_joins: joined == 2 };
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
    while answer.split(|byte| *byte == b'R').count() <= SAMPLES.len() {
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
    use super::{Name, SILENCE, columns, numbers, policy, remember, remembered};
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

    /// A terminal by its variables.
    fn name(variables: &[(&str, &str)]) -> Name {
        Name::of(|wanted| variables.iter().find(|(name, _)| *name == wanted).map_or("", |(_, value)| value).to_owned())
    }

    #[test]
    fn an_answer_is_remembered_for_the_program_that_gave_it() {
        let known = name(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "some")]);
        let cache = remember("", &known, &[2, 2, 1, 6], 1000).unwrap();
        assert_eq!(remembered(&cache, &known, 1_000_000_000), Some([2, 2, 1, 6]));
        for other in [
            name(&[("TERM", "xterm-256color")]),
            name(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "other")]),
            name(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "some"), ("TMUX", "yes")]),
            name(&[
                ("TERM", "xterm-256color"),
                ("TERM_PROGRAM", "some"),
                ("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22"),
            ]),
        ] {
            assert_eq!(remembered(&cache, &other, 1000), None);
        }
        let alone = name(&[("TERM", "xterm-256color"), ("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")]);
        assert_eq!(remember(&cache, &alone, &[1, 1, 2, 2], 1000), None, "many terminals have this name");
    }

    #[test]
    fn silence_is_remembered_for_a_day() {
        let terminal = name(&[("TERM", "xterm-256color")]);
        let cache = remember("", &terminal, &[0; 4], 1000).unwrap();
        assert_eq!(remembered(&cache, &terminal, 1000 + SILENCE - 1), Some([0; 4]));
        assert_eq!(remembered(&cache, &terminal, 1000 + SILENCE), None);
        assert_eq!(remembered(&cache, &terminal, 999), None, "a clock that was wrong");
        let again = remember(&cache, &terminal, &[0; 4], 2000).unwrap();
        assert_eq!(again.lines().count(), 1);
        assert_eq!(remembered("xterm-256color|||||||\t0 0 0 0\n", &terminal, 1000), None, "as it was written before");
    }
}
