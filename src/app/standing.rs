//! What a reader has done with an article, as queries and lists ask for it.

use crate::annotations::Annotations;
use crate::library::Article;
use crate::library::query::{Standing, State};

/// How an article stands.
pub fn standing(annotations: &Annotations, article: &Article) -> Standing {
    let identity = &article.identity;
    let bookmarks = annotations.bookmarks(Some(identity)).len();
    match annotations.reading(identity) {
        None => Standing { bookmarks, ..Standing::default() },
        Some(reading) => {
            let state = match () {
                () if reading.finished => State::Finished,
                () if reading.progress > 0 => State::Reading,
                () => State::Unread,
            };
            Standing { progress: reading.progress, state, bookmarks }
        }
    }
}
