//! The way from article to article: where links, marks and bookmarks led away from, to go back and forward again.
//!
//! It refuses to know rows and blocks: an article may be another text when it is come back to.

use super::reader::Reader;
use super::{App, Effect, Target};
use crate::document::Passage;
use crate::library::Origin;

/// The places on the way.
#[derive(Debug, Default)]
pub struct Trail {
    /// Those that led on.
    behind: Vec<Left>,
    /// Those that were gone back from.
    ahead: Vec<Left>,
    /// How what was asked for last is led to, which is not there yet.
    pub(super) leading: Option<Leading>,
}

/// A place in an article that was left.
#[derive(Debug, Clone)]
struct Left {
    article: Origin,
    place: Target,
}

/// How another article is led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leading {
    /// By a link.
    On,
    /// Back to where a link led away from.
    Back,
    /// Forward again.
    Ahead,
}

impl App {
    /// Asks for another article, from which there is a way back here once it is shown.
    pub(super) fn lead(&mut self, index: usize, target: Option<Target>) -> Vec<Effect> {
        let effects = self.load(index, target);
        self.trail.leading = (!effects.is_empty()).then_some(Leading::On);
        effects
    }

    /// An article is about to be shown: if another one is left for it that was led to, the place there is remembered.
    pub(super) fn leave_trail(&mut self, index: usize) {
        let leading = self.trail.leading.take();
        let Some(left) = self.reader.as_ref().filter(|reader| reader.article != index).and_then(|_| self.left()) else {
            return;
        };
        match leading {
            Some(Leading::Back) => self.trail.ahead.push(left),
            Some(Leading::Ahead) => self.trail.behind.push(left),
            Some(Leading::On) => {
                self.trail.behind.push(left);
                self.trail.ahead.clear();
            }
            None => self.trail.ahead.clear(),
        }
    }

    /// The place that is being read, by its words: the article may be another text when it is come back to.
    fn left(&self) -> Option<Left> {
        let reader = self.reader.as_ref()?;
        let article = self.library.articles.get(reader.article)?.origin.clone();
        let words = reader.place_read().map(|span| Target::Left(Passage::capture(&reader.document, span)));
        Some(Left { article, place: words.unwrap_or(Target::Place(reader.top)) })
    }

    /// Back to the article from which a link led here; none if none did.
    pub(super) fn back_on_trail(&mut self) -> Option<Vec<Effect>> {
        self.along(Leading::Back, |trail| trail.behind.pop())
    }

    /// Forward again to the article that was gone back from; none if there was none, or another way was taken since.
    pub(super) fn ahead_on_trail(&mut self) -> Option<Vec<Effect>> {
        if self.reader.as_ref().is_none_or(Reader::has_jumped) {
            return None;
        }
        self.along(Leading::Ahead, |trail| trail.ahead.pop())
    }

    /// To the next place on the trail. What is no more there is passed over.
    fn along(&mut self, leading: Leading, next: fn(&mut Trail) -> Option<Left>) -> Option<Vec<Effect>> {
        while let Some(Left { article, place }) = next(&mut self.trail) {
            let mut articles = self.library.articles.iter();
            let index = articles.position(|one| one.origin == article && one.problem.is_none());
            if let Some(index) = index {
                let effects = self.load(index, Some(place));
                self.trail.leading = Some(leading);
                return Some(effects);
            }
        }
        None
    }

    /// Whoever goes back to the list begins anew.
    pub(super) fn forget_trail(&mut self) {
        self.trail.behind.clear();
        self.trail.ahead.clear();
        self.trail.leading = None;
    }
}
