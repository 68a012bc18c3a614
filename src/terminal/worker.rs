//! The thread that does what takes time: finding, reading, writing. It knows effects and messages, not the screen.

use crate::annotations::Journal;
use crate::app::{Effect, Message};
use crate::library::{Library, open};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::{SystemTime, UNIX_EPOCH};

/// The worker, as the loop sees it. Dropping `effects` lets it finish what it has.
pub struct Worker {
    /// Where effects go.
    pub effects: Sender<Effect>,
    /// The thread itself.
    pub thread: JoinHandle<()>,
}

/// Starts the worker.
pub fn start(mut journal: Journal, messages: Sender<Message>) -> Worker {
    let (effects, received) = channel();
    let thread = std::thread::spawn(move || {
        for effect in received {
            let answer = match effect {
                Effect::Scan(origins) => {
                    let library = Library::scan(&origins, |batch| drop(messages.send(Message::Found(batch))));
                    Some(Message::Scanned(library.articles))
                }
                Effect::Load(origin) => {
                    let document = open(&origin).map_err(|error| error.to_string());
                    Some(Message::Loaded(origin, document))
                }
                Effect::Record(change) => journal.append(change).err().map(|error| Message::Failed(error.to_string())),
                Effect::Copy(_) | Effect::Redraw | Effect::Suspend | Effect::Mouse(_) => None,
            };
            if let Some(answer) = answer {
                let _ = messages.send(answer);
            }
        }
    });
    Worker { effects, thread }
}

/// The time as RFC 3339 in UTC.
pub fn now() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Days to a civil date, after H. Hinnant's algorithm; the year starts in March.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}
