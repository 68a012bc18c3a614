//! What has been read on which day. Folded from sessions, which any number of devices may report.
//!
//! It refuses to know today, and where the reader is: whoever asks says which day a time is of.

use super::Reading;
use crate::text::calendar;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Some time spent reading one article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Unique over all devices (a ULID): a session that is reported twice counts once.
    #[serde(skip)]
    pub id: String,
    /// The day it began, `YYYY-MM-DD`, in the reader's own time.
    pub day: String,
    /// Characters read by scrolling.
    pub characters: u32,
    /// Seconds it took, pauses left out.
    pub seconds: u32,
}

/// What was read on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// Characters.
    pub characters: u64,
    /// Seconds.
    pub seconds: u64,
    /// Articles read to the end.
    pub finished: u32,
}

/// What was read, day by day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statistics {
    /// The days with anything read, by date.
    pub days: BTreeMap<String, Day>,
}

impl Statistics {
    /// Adds up sessions and finished articles; `day_of` gives the day of a time in RFC 3339.
    pub fn of<'a>(
        sessions: impl Iterator<Item = &'a Session>,
        finished: impl Iterator<Item = &'a Reading>,
        day_of: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let mut days: BTreeMap<String, Day> = BTreeMap::new();
        for session in sessions {
            let day = days.entry(session.day.clone()).or_default();
            day.characters += u64::from(session.characters);
            day.seconds += u64::from(session.seconds);
        }
        let mut articles: BTreeMap<&str, &str> = BTreeMap::new();
        for reading in finished {
            let at = articles.entry(reading.article.id.0.as_str()).or_insert(&reading.at);
            *at = (*at).min(reading.at.as_str());
        }
        for day in articles.values().filter_map(|at| day_of(at)) {
            days.entry(day).or_default().finished += 1;
        }
        Self { days }
    }

    /// All of it.
    pub fn total(&self) -> Day {
        self.days.values().fold(Day::default(), |sum, day| Day {
            characters: sum.characters + day.characters,
            seconds: sum.seconds + day.seconds,
            finished: sum.finished + day.finished,
        })
    }

    /// Days in a row with something read, up to today or yesterday: a day that is not over breaks nothing.
    pub fn streak(&self, today: &str) -> u32 {
        let Some(today) = calendar::day(today) else { return 0 };
        let read: Vec<i64> = self.days.keys().filter_map(|day| calendar::day(day)).collect();
        let start = if read.contains(&today) { today } else { today - 1 };
        (0..=read.len() as i64).take_while(|back| read.binary_search(&(start - back)).is_ok()).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Session, Statistics};
    use crate::annotations::Reading;
    use crate::document::{ArticleId, Identity};

    fn session(day: &str, characters: u32) -> Session {
        Session { day: day.to_owned(), characters, seconds: characters / 5, ..Session::default() }
    }

    #[test]
    fn days_are_added_up() {
        let sessions = [session("2026-02-28", 400), session("2026-03-01", 100), session("2026-03-01", 200)];
        let article = Identity { id: ArticleId("a".to_owned()), ..Identity::default() };
        let again =
            |at: &str| Reading { article: article.clone(), finished: true, at: at.to_owned(), ..Reading::default() };
        let finished = [again("2026-03-02T08:00:00Z"), again("2026-03-01T23:00:00Z")];
        let statistics = Statistics::of(sessions.iter(), finished.iter(), |at| Some(at.split('T').next()?.to_owned()));
        assert_eq!(statistics.days["2026-03-01"], Day { characters: 300, seconds: 60, finished: 1 });
        assert_eq!(statistics.total(), Day { characters: 700, seconds: 140, finished: 1 });
    }

    #[test]
    fn a_streak_ends_today_or_yesterday() {
        let sessions = ["2024-02-28", "2024-02-29", "2024-03-01", "2024-02-26"].map(|day| session(day, 1));
        let statistics = Statistics::of(sessions.iter(), std::iter::empty(), |_| None);
        for (today, days) in [("2024-03-01", 3), ("2024-03-02", 3), ("2024-03-03", 0), ("2024-02-27", 1), ("", 0)] {
            assert_eq!(statistics.streak(today), days, "{today}");
        }
    }
}
