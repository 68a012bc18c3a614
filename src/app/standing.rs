//! What a reader has done with an article, as queries and lists ask for it.

use crate::annotations::{Annotations, Reading};
use crate::library::Article;
use crate::library::query::{Standing, State};

/// How an article stands.
pub fn standing(annotations: &Annotations, article: &Article) -> Standing {
    let reading = annotations.reading(&article.identity);
    let progress = reading.map(|reading| reading.progress).unwrap_or_default();
    let bookmarks = annotations.bookmarks(Some(&article.identity)).len();
    Standing { progress, state: state(reading), bookmarks }
}

/// Whether an article has been read. One that was only looked into is unread: its place is known, and nothing was read.
pub fn state(reading: Option<&Reading>) -> State {
    match reading {
        Some(reading) if reading.finished => State::Finished,
        Some(reading) if reading.progress > 0 => State::Reading,
        Some(_) | None => State::Unread,
    }
}
