//! The articles in which something was left, and which of the articles at hand each of them is now.
//!
//! A work is an article as it was known when something was left in it; one article may be several works, having had
//! another path or address before. It refuses to open articles: who asks says what holds a quote.

use crate::document::{ArticleId, Identity, Likeness, Passage};
use std::collections::HashMap;

/// The number of a work.
pub(super) type Work = u32;

/// All works, and what they can be known by.
#[derive(Debug, Clone, Default)]
pub(super) struct Works {
    all: Vec<Identity>,
    by_id: HashMap<ArticleId, Vec<Work>>,
    by_trait: HashMap<Trait, Vec<Work>>,
    /// The path of the article that a work is now, as far as it has been settled.
    homes: HashMap<Work, String>,
    at_home: HashMap<String, Vec<Work>>,
}

/// Something that two versions of an article may share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Trait {
    Id(String),
    Address(String),
    Text(String),
    Name(String),
}

impl Works {
    /// The number of a work, a new one if it was not known.
    pub(super) fn number(&mut self, article: &Identity) -> Work {
        if let Some(work) = self.known(article) {
            return work;
        }
        let work = self.all.len() as Work;
        self.by_id.entry(article.id.clone()).or_default().push(work);
        for of_article in traits(article) {
            self.by_trait.entry(of_article).or_default().push(work);
        }
        self.all.push(article.clone());
        work
    }

    /// The path of the article that a work is now, if that has been settled.
    pub(super) fn home(&self, article: &Identity) -> Option<&str> {
        self.homes.get(&self.known(article)?).map(String::as_str)
    }

    fn known(&self, article: &Identity) -> Option<Work> {
        let same = self.by_id.get(&article.id).into_iter().flatten().copied();
        same.into_iter().find(|work| self.get(*work).is_some_and(|known| known.path == article.path))
    }

    /// Takes over which articles the works of another copy are now.
    pub(super) fn adopt(&mut self, other: Self) {
        (self.homes, self.at_home) = (other.homes, other.at_home);
    }

    /// Whether nothing was left anywhere.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A work's article as it was known.
    pub(super) fn get(&self, work: Work) -> Option<&Identity> {
        self.all.get(work as usize)
    }

    /// The works that an article is.
    pub(super) fn of(&self, article: &Identity) -> Vec<Work> {
        let settled = self.at_home.get(&article.path).into_iter().flatten().copied();
        let alike = traits(article).into_iter().filter_map(|of_article| self.by_trait.get(&of_article)).flatten();
        let mut works: Vec<Work> = settled.chain(alike.copied()).collect();
        works.sort_unstable();
        works.dedup();
        works.retain(|work| self.homes.get(work).is_none_or(|path| *path == article.path));
        works
    }

    /// Decides which of some articles each work is. `passages` gives what was left in a work, `holds` whether an article
    /// has a passage; it is asked only where two articles could be meant, or the reason is weak.
    pub(super) fn settle<'a>(
        &mut self,
        articles: &[&Identity],
        passages: impl Fn(Work) -> Vec<&'a Passage>,
        mut holds: impl FnMut(usize, &Passage) -> bool,
    ) {
        let mut by_trait: HashMap<Trait, Vec<usize>> = HashMap::new();
        for (index, article) in articles.iter().enumerate() {
            for of_article in traits(article) {
                by_trait.entry(of_article).or_default().push(index);
            }
        }
        (self.homes, self.at_home) = (HashMap::new(), HashMap::new());
        for (work, known) in self.all.iter().enumerate() {
            let work = work as Work;
            let mut near: Vec<usize> =
                traits(known).iter().filter_map(|of_work| by_trait.get(of_work)).flatten().copied().collect();
            near.sort_unstable();
            near.dedup();
            let likeness = |index: usize| articles.get(index).and_then(|article| known.likeness(article));
            let is_certain = matches!(near.as_slice(), [only] if likeness(*only) < Some(Likeness::Name));
            let mut has = |index: usize| passages(work).into_iter().any(|passage| holds(index, passage));
            let mut resolve = |among: &[usize]| {
                let candidates = among.iter().filter_map(|index| articles.get(*index).copied());
                let held = |rank: usize| is_certain || among.get(rank).is_some_and(|index| has(*index));
                known.resolve(candidates, held).and_then(|found| Some((*among.get(found.index)?, found.verified)))
            };
            let found = match resolve(&near) {
                Some((index, true)) => Some(index),
                // Nothing that stands out holds a quote: what is merely similar may.
                unsure => {
                    let all: Vec<usize> = (0..articles.len()).filter(|index| likeness(*index).is_some()).collect();
                    let verified = resolve(&all).filter(|(_, is_verified)| *is_verified);
                    verified.or(unsure).map(|(index, _)| index)
                }
            };
            let home = found.and_then(|index| articles.get(index));
            if let Some(home) = home {
                self.homes.insert(work, home.path.clone());
                self.at_home.entry(home.path.clone()).or_default().push(work);
            }
        }
    }
}

/// What an article shares with its other versions; similarity is no trait, it has no equals.
fn traits(article: &Identity) -> Vec<Trait> {
    let mut traits = Vec::with_capacity(4);
    if !article.id.0.is_empty() {
        traits.push(Trait::Id(article.id.0.clone()));
    }
    traits.extend(article.url.clone().map(Trait::Address));
    if !article.fingerprint.is_empty() {
        traits.push(Trait::Text(article.fingerprint.clone()));
    }
    if !article.title.is_empty() {
        traits.push(Trait::Name(format!("{}\n{}", article.file_name(), article.title)));
    }
    traits
}
