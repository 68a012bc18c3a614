//! First paint, key latency and peak memory, beside `less` on the same file in the same run: `cargo bench --bench first_paint`.
//!
//! A window is opened on a pty; the clock runs from before the start to the first screen that shows what was asked for.
//! Wall time depends on what else the machine does, so the two take turns and the best of many turns is compared.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "clippy sees a bench as code, and a bench prints"
)]

#[cfg(unix)]
#[path = "../tests/terminal/window.rs"]
mod window;

/// Turns of each program.
#[cfg(unix)]
const TURNS: usize = 15;
/// How many times as long as `less` zhai may take to its first screen.
#[cfg(unix)]
const GATE: f64 = 1.5;

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
fn main() {
    use window::Setup;
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/paper.md");
    let name = file.to_str().unwrap();
    let home = tempfile::tempdir().unwrap();
    if std::process::Command::new("less").arg("--version").output().is_err() {
        println!("first_paint: there is no less on this machine to compare with; nothing is measured");
        return;
    }
    let mut library = Measured::new("sample library");
    let mut article = Measured::new("article of 24 KB");
    let mut less = Measured::new("less, the same file");
    for _ in 0..TURNS {
        library.turn(Setup::zhai(home.path(), &[]), "纸上两千年", "?");
        article.turn(Setup::zhai(home.path(), &[name]), "min left", "]");
        less.turn(Setup::program(home.path(), "less", &[name]), "title: 纸上两千年", " ");
    }
    println!("{:24} {:>12} {:>12} {:>12} {:>12}", "", "first best", "median", "key median", "peak KB");
    let mut is_met = true;
    for measured in [&library, &article, &less] {
        let ratio = best(&measured.first) / best(&less.first);
        is_met &= ratio <= GATE;
        println!(
            "{:24} {:9.2} ms {:9.2} ms {:9.2} ms {:>12}   {ratio:.2} × less",
            measured.name,
            best(&measured.first),
            median(&measured.first),
            median(&measured.key),
            measured.peak,
        );
    }
    println!("gate: the best first paint is at most {GATE} × that of less: {}", if is_met { "met" } else { "MISSED" });
    if !is_met {
        std::process::exit(1);
    }
}

/// What was measured of one way to start, in milliseconds and KB.
#[cfg(unix)]
struct Measured {
    name: &'static str,
    first: Vec<f64>,
    key: Vec<f64>,
    peak: u64,
}

#[cfg(unix)]
impl Measured {
    fn new(name: &'static str) -> Self {
        Self { name, first: Vec::new(), key: Vec::new(), peak: 0 }
    }

    /// Opens a window, waits for words, presses a key, waits for another screen, and leaves.
    fn turn(&mut self, setup: window::Setup, words: &str, key: &str) {
        let start = std::time::Instant::now();
        let mut window = setup.open();
        let before = window.until(words, |screen, _| screen.contains(words));
        self.first.push(start.elapsed().as_secs_f64() * 1000.0);
        // All that the start does behind the first screen is done before the key is pressed.
        std::thread::sleep(std::time::Duration::from_millis(150));
        let before = if window.screen() == before { before } else { window.screen() };
        let start = std::time::Instant::now();
        window.press(key);
        window.until("a change", |screen, _| *screen != before);
        self.key.push(start.elapsed().as_secs_f64() * 1000.0);
        self.peak = self.peak.max(window.peak());
        window.press("Q");
        window.ended();
    }
}

#[cfg(unix)]
fn best(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

#[cfg(unix)]
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
