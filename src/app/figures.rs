//! What has been read when: the time of the open article while it is open, and the pane of figures.

use super::context::Context;
use super::{App, Effect};
use crate::annotations::{Change, Session, Statistics};
use crate::text::{calendar, counted};

/// Seconds between two keys beyond which nobody is taken to have been reading.
const PAUSE: u32 = 120;
/// Seconds below which an article was only looked into.
const GLANCE: u32 = 5;
/// Days that the pane shows one by one.
const DAYS: i64 = 14;
/// Cells of the longest bar.
const BAR: u64 = 30;

/// How many times faster than an ordinary reader somebody goes through a text who skims it: a fast reader takes half the
/// time, and a tenth of that is too little for any.
const SKIMS: u32 = 20;

/// The reading of the open article since it was opened or last written down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watch {
    /// The second of the day of the last key.
    last: u32,
    /// Seconds of reading, and what was read in them, in thousandths of the article.
    seconds: u32,
    read: u16,
    /// How far the article has been followed, in thousandths, and the seconds since it was followed that far.
    progress: u16,
    held: u32,
    /// What was read of it at a reader's pace, in thousandths, now and before.
    paced: u16,
}

impl Watch {
    /// Starts at a time given as RFC 3339.
    pub fn start(now: &str) -> Self {
        Self { last: second_of_day(now), ..Self::default() }
    }

    /// Takes over how far the article has been followed, and whether it was for the most part skimmed.
    pub fn set(&mut self, progress: u16, skimmed: bool) {
        self.progress = progress;
        self.paced = if skimmed { 0 } else { progress };
    }

    /// Seconds since the last key.
    fn passed(&self, now: &str) -> u32 {
        (second_of_day(now) + 86_400 - self.last) % 86_400
    }

    /// Whether the time since something was read last is enough for so many thousandths more, be it for the fastest; what
    /// stood there through a pause is taken as read.
    pub fn is_enough(&self, now: &str, more: u16, minutes: u32) -> bool {
        let passed = self.passed(now);
        let needed = u64::from(minutes) * 60 * u64::from(more);
        passed > PAUSE || u64::from(self.held + passed) * 1000 * u64::from(SKIMS) >= needed
    }

    /// Whether of an article that was followed so far more went by faster than anybody reads than did not.
    pub fn is_skimmed(&self, progress: u16) -> bool {
        self.paced < progress.div_ceil(2)
    }

    /// Counts the time since the last key, if it was no pause, and what it was spent on. What went by faster than anybody
    /// reads was skimmed, and counts for nothing. `minutes` is what the whole article takes.
    pub fn tick(&mut self, now: &str, progress: u16, minutes: u32) {
        let more = progress.saturating_sub(self.progress);
        let is_enough = self.is_enough(now, more, minutes);
        let passed = self.passed(now);
        self.last = second_of_day(now);
        self.held += if passed > PAUSE { 0 } else { passed };
        if more == 0 {
            return;
        }
        if is_enough {
            self.seconds += self.held;
            self.read += more;
            self.paced += more;
        }
        (self.held, self.progress) = (0, progress);
    }
}

fn second_of_day(now: &str) -> u32 {
    let time = now.split_once('T').map_or("", |(_, time)| time.trim_end_matches('Z'));
    time.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u32>().unwrap_or_default()) % 86_400
}

/// The pane of figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// What has been read when, as lines: a name and what it is.
    pub lines: Vec<(String, String)>,
    /// The first line wanted on the screen.
    top: usize,
    /// What had the keys before.
    pub before: Context,
}

impl Figures {
    /// The first line in a window of some rows: the last one is full.
    pub fn first(&self, rows: usize) -> usize {
        self.top.min(self.lines.len().saturating_sub(rows))
    }

    /// Scrolls by lines in a window of some rows.
    pub fn scroll(&mut self, lines: isize, rows: usize) {
        self.top = self.first(rows).saturating_add_signed(lines);
        self.top = self.first(rows);
    }
}

impl App {
    /// Watches the reading of the open article, which goes on from where it stopped. If it was open before, what was not
    /// written down yet is kept.
    pub(super) fn watch(&mut self, is_again: bool) {
        let Some(reader) = &self.reader else { return };
        let was_skimmed = self.last_reading(reader.article).is_none_or(|reading| reading.skimmed);
        let before = self.watch;
        let mut watch = if is_again { before } else { Watch::start(&self.clock.now()) };
        watch.set(reader.progress, was_skimmed);
        watch.paced = watch.paced.max(if is_again { before.paced } else { 0 });
        self.watch = watch;
    }

    /// Writes down how long was read, and how much.
    pub(super) fn record_session(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let length = self.library.articles.get(reader.article).map_or(0, |article| article.characters);
        let watch = self.watch;
        let characters = u64::from(length) * u64::from(watch.read) / 1000;
        if watch.seconds < GLANCE || characters == 0 {
            return Vec::new();
        }
        self.watch = Watch { seconds: 0, read: 0, ..watch };
        let (id, day) = (self.clock.id(), self.today());
        let session = Session { id, day, characters: characters as u32, seconds: watch.seconds };
        self.record(Change::Read(session))
    }

    pub(super) fn show_figures(&mut self) -> Vec<Effect> {
        let effects = self.record_session();
        let statistics = self.annotations.statistics(|at| self.clock.day_of(at));
        let lines = lines(&statistics, &self.today());
        self.figures = Figures { lines, top: 0, before: self.focus };
        self.focus = Context::Figures;
        effects
    }

    fn today(&self) -> String {
        self.clock.day_of(&self.clock.now()).unwrap_or_default()
    }
}

/// The figures as lines: a name and what it is, or a day and its bar.
fn lines(statistics: &Statistics, today: &str) -> Vec<(String, String)> {
    let total = statistics.total();
    let figure = |name: &str, value: String| (name.to_owned(), value);
    let mut lines = vec![
        figure("Read in all", format!("{} · {} min", counted(total.characters, "character"), total.seconds / 60)),
        figure("Finished", counted(total.finished, "article")),
        figure("Days in a row", statistics.streak(today).to_string()),
        (String::new(), String::new()),
    ];
    let last = calendar::day(today);
    let days: Vec<String> =
        last.into_iter().flat_map(|last| (0..DAYS).map(move |back| calendar::date(last - back))).collect();
    let most = days.iter().filter_map(|day| statistics.days.get(day)).map(|day| day.characters).max().unwrap_or(0);
    for name in days {
        let day = statistics.days.get(&name).copied().unwrap_or_default();
        let bar = "#".repeat((day.characters * BAR).div_ceil(most.max(1)) as usize);
        let finished = if day.finished > 0 { format!(" · {} finished", day.finished) } else { String::new() };
        let text = match day.characters {
            0 if day.finished == 0 => String::new(),
            // A narrow pane cuts the bar, not the figures.
            count => format!("{count:>6} · {:>3} min{finished} {bar}", day.seconds / 60),
        };
        lines.push((name, text));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Watch, lines};
    use crate::annotations::{Session, Statistics};

    #[test]
    fn pauses_do_not_count() {
        let mut watch = Watch::start("2026-11-25T23:59:50Z");
        for (now, seconds) in [("2026-11-26T00:00:20Z", 30), ("2026-11-26T00:10:00Z", 30), ("2026-11-26T00:10:40Z", 70)]
        {
            watch.tick(now, watch.progress + 10, 10);
            assert_eq!((watch.seconds, watch.read), (seconds, watch.progress), "{now}");
        }
    }

    /// Of an article of ten minutes, what was read in the seconds between keys, and in how many seconds.
    #[track_caller]
    fn check(keys: &[(u32, u16)], seconds: u32, read: u16) {
        let mut watch = Watch::start("2026-11-26T08:00:00Z");
        let mut second = 0;
        for (passed, progress) in keys {
            second += passed;
            watch.tick(&format!("2026-11-26T08:{:02}:{:02}Z", second / 60, second % 60), *progress, 10);
        }
        assert_eq!((watch.seconds, watch.read), (seconds, read), "{keys:?}");
    }

    #[test]
    fn paging_is_not_reading() {
        // A screen of a twentieth takes half a minute to read, and a second and a half is too little for anybody.
        check(&[(30, 50), (20, 100), (25, 150)], 75, 150);
        check(&[(0, 50), (1, 100), (1, 150), (0, 900)], 0, 0);
        check(&[(30, 50), (1, 100), (1, 150), (20, 200)], 50, 100);
        // Line by line, the screens add up.
        check(&[(1, 0), (1, 0), (1, 2), (1, 2), (1, 4)], 5, 4);
    }

    #[test]
    fn what_was_for_the_most_part_gone_through_faster_than_anybody_reads_was_skimmed() {
        let skimmed = |begin: (u16, bool), keys: &[(u32, u16)]| {
            let mut watch = Watch::start("2026-11-26T08:00:00Z");
            watch.set(begin.0, begin.1);
            let mut second = 0;
            for (passed, progress) in keys {
                second += passed;
                watch.tick(&format!("2026-11-26T08:{:02}:{:02}Z", second / 60, second % 60), *progress, 10);
            }
            watch.is_skimmed(keys.last().map_or(begin.0, |(_, progress)| *progress))
        };
        assert!(!skimmed((0, true), &[]));
        assert!(skimmed((0, true), &[(1, 500), (1, 1000)]));
        assert!(skimmed((0, true), &[(30, 400), (1, 1000)]));
        assert!(!skimmed((0, true), &[(100, 600), (1, 1000)]));
        // What was read before counts as it did then.
        assert!(!skimmed((600, false), &[(1, 1000)]) && skimmed((600, true), &[(1, 1000)]));
        assert!(!skimmed((400, true), &[(100, 1000)]));
    }

    #[test]
    fn days_have_bars() {
        let session = |day: &str, characters| Session {
            id: day.to_owned(),
            day: day.to_owned(),
            characters,
            seconds: characters / 5,
        };
        let sessions = [session("2026-03-01", 3000), session("2026-02-28", 1000)];
        let lines = lines(&Statistics::of(sessions.iter(), [].iter(), |_| None), "2026-03-01");
        let shown: Vec<String> = lines.iter().take(7).map(|(name, text)| format!("{name}: {text}")).collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        Read in all: 4000 characters · 13 min
        Finished: 0 articles
        Days in a row: 2
        : 
        2026-03-01:   3000 ·  10 min ##############################
        2026-02-28:   1000 ·   3 min ##########
        2026-02-27:
        ");
    }
}
