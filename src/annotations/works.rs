//! The articles in which something was left, and which of the articles at hand each of them is now.
//!
//! A work is an article as it was known when something was left in it; one article may be several works, having had
//! another path or address before. It refuses to open articles: who asks says what holds a quote.

use super::known::{Known, Traits};
use super::unread::Unread;
use crate::document::{Identity, Likeness, Passage};
use std::cell::LazyCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use twox_hash::XxHash3_64;

/// The number of a work.
pub(super) type Work = u32;

/// All works, and what they can be known by.
#[derive(Debug, Clone, Default)]
pub(super) struct Works {
    all: Vec<Unread<Identity>>,
    traits: Vec<Traits>,
    by_name: ByTrait,
    by_trait: ByTrait,
}

/// The articles at hand that works are now, by their paths, as far as that has been settled.
#[derive(Debug, Clone, Default)]
pub(super) struct Homes {
    of: HashMap<Work, String>,
    at: HashMap<String, Vec<Work>>,
}

/// Works by a trait. Nearly all have theirs for themselves.
#[derive(Debug, Clone, Default)]
struct ByTrait {
    first: HashMap<u64, Work, BuildHasherDefault<Number>>,
    more: HashMap<u64, Vec<Work>, BuildHasherDefault<Number>>,
}

/// The hash of a number that is one already.
#[derive(Debug, Clone, Copy, Default)]
struct Number(u64);

impl Hasher for Number {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = XxHash3_64::oneshot_with_seed(self.0, bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

impl ByTrait {
    fn insert(&mut self, of_work: u64, work: Work) {
        if *self.first.entry(of_work).or_insert(work) != work {
            self.more.entry(of_work).or_default().push(work);
        }
    }

    fn get(&self, of_work: u64) -> impl Iterator<Item = Work> {
        let more = self.more.get(&of_work).into_iter().flatten();
        self.first.get(&of_work).into_iter().chain(more).copied()
    }
}

/// The articles at hand, by what they may share with a work. Each list is in the order of the articles.
struct AtHand {
    traits: Vec<Traits>,
    by_trait: HashMap<u64, Vec<usize>, BuildHasherDefault<Number>>,
    by_title: HashMap<u64, Vec<usize>, BuildHasherDefault<Number>>,
    /// By the bands of their similarity: of hundreds of thousands of works, few have one in common with an article.
    by_bands: Vec<HashMap<u64, Vec<usize>, BuildHasherDefault<Number>>>,
}

impl AtHand {
    fn of(articles: &[&Identity]) -> Self {
        let traits: Vec<Traits> = articles.iter().map(|article| Traits::of(article)).collect();
        let (mut by_trait, mut by_title) = (HashMap::default(), HashMap::default());
        let mut by_bands = vec![HashMap::default(); Likeness::bands(0).len()];
        let insert = |map: &mut HashMap<u64, Vec<usize>, BuildHasherDefault<Number>>, key, index| {
            map.entry(key).or_default().push(index);
        };
        for (index, article) in traits.iter().enumerate() {
            article.shared().for_each(|shared| insert(&mut by_trait, shared, index));
            if article.title != 0 {
                insert(&mut by_title, article.title, index);
            }
            if article.similarity != 0 {
                let bands = Likeness::bands(article.similarity);
                by_bands.iter_mut().zip(bands).for_each(|(by_band, band)| insert(by_band, band, index));
            }
        }
        Self { traits, by_trait, by_title, by_bands }
    }

    /// Those that share something that stands out with a work.
    fn sharing(&self, work: &Traits) -> Vec<usize> {
        sorted(work.shared().filter_map(|shared| self.by_trait.get(&shared)).flatten().copied().collect())
    }

    /// Those that may merely be similar to a work.
    fn similar(&self, work: &Traits) -> Vec<usize> {
        let bands = Likeness::bands(work.similarity);
        let near = self.by_bands.iter().zip(bands).filter_map(|(by_band, band)| by_band.get(&band));
        let near = near.filter(|_| work.similarity != 0).flatten();
        let titled = self.by_title.get(&work.title).into_iter().flatten();
        let is_like = |index: &&usize| self.traits.get(**index).is_some_and(|article| work.may_be_like(article));
        sorted(near.chain(titled).filter(is_like).copied().collect())
    }
}

/// Numbers in order, each once.
fn sorted(mut numbers: Vec<usize>) -> Vec<usize> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

impl Works {
    /// The number of a work, a new one if it was not known.
    pub(super) fn number(&mut self, article: Known) -> Work {
        if let Some(work) = self.known(&article.traits) {
            return work;
        }
        let work = self.all.len() as Work;
        self.by_name.insert(article.traits.same, work);
        for of_article in article.traits.shared() {
            self.by_trait.insert(of_article, work);
        }
        self.traits.push(article.traits);
        self.all.push(article.identity);
        work
    }

    fn known(&self, article: &Traits) -> Option<Work> {
        self.by_name.get(article.same).next()
    }

    /// Whether nothing was left anywhere.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The works that an article is.
    pub(super) fn of(&self, article: &Identity, homes: &Homes) -> Vec<Work> {
        let settled = homes.at.get(&article.path).into_iter().flatten().copied();
        let alike = Traits::of(article);
        let mut works: Vec<Work> = settled.chain(alike.shared().flat_map(|shared| self.by_trait.get(shared))).collect();
        works.sort_unstable();
        works.dedup();
        works.retain(|work| homes.of.get(work).is_none_or(|path| *path == article.path));
        works
    }

    /// The path of the article that a work is now, if that has been settled.
    pub(super) fn home<'a>(&self, article: &Identity, homes: &'a Homes) -> Option<&'a str> {
        homes.of.get(&self.known(&Traits::of(article))?).map(String::as_str)
    }

    /// Decides which of some articles each work is. `passages` gives what was left in a work, `holds` whether an article
    /// has a passage; it is asked only where two articles could be meant, or the reason is weak.
    pub(super) fn settle<'a>(
        &self,
        articles: &[&Identity],
        passages: impl Fn(Work) -> Vec<&'a Passage>,
        mut holds: impl FnMut(usize, &Passage) -> bool,
    ) -> Homes {
        let at_hand = AtHand::of(articles);
        let mut homes = Homes::default();
        for (work, traits) in self.traits.iter().enumerate() {
            let near = at_hand.sharing(traits);
            let similar = LazyCell::new(|| at_hand.similar(traits));
            if near.is_empty() && similar.is_empty() {
                continue;
            }
            let Some(known) = self.all.get(work).map(Unread::get) else { continue };
            let likeness = |index: usize| articles.get(index).and_then(|article| known.likeness(article));
            let is_certain = matches!(near.as_slice(), [only] if likeness(*only) < Some(Likeness::Name));
            let work = work as Work;
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
                    let all = sorted(near.iter().chain(similar.iter()).copied().collect());
                    let verified = resolve(&all).filter(|(_, is_verified)| *is_verified);
                    verified.or(unsure).map(|(index, _)| index)
                }
            };
            if let Some(home) = found.and_then(|index| articles.get(index)) {
                homes.of.insert(work, home.path.clone());
                homes.at.entry(home.path.clone()).or_default().push(work);
            }
        }
        homes
    }
}

#[cfg(test)]
mod tests {
    use super::{AtHand, Traits};
    use crate::document::Identity;
    use crate::text::SafeText;
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

    /// Articles of few titles, and texts that differ in few bits.
    fn article() -> impl Strategy<Value = Identity> {
        (0..3u8, 0..3u64, proptest::collection::vec(0..64u32, 0..9)).prop_map(|(title, text, flipped)| {
            let similarity = text.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let similarity = flipped.iter().fold(similarity, |similarity, bit| similarity ^ (1 << bit));
            let title = SafeText::line(&"题".repeat(usize::from(title)));
            Identity { similarity, title, path: format!("{similarity}.md"), ..Identity::default() }
        })
    }

    proptest! {
        #[test]
        fn what_may_be_like_is_found(articles in proptest::collection::vec(article(), 0..40), which in any::<usize>()) {
            let all: Vec<&Identity> = articles.iter().collect();
            let at_hand = AtHand::of(&all);
            if let Some(work) = all.get(which.checked_rem(all.len()).unwrap_or_default()).map(|work| Traits::of(work)) {
                let compared: Vec<usize> =
                    (0..all.len()).filter(|index| work.may_be_like(&at_hand.traits[*index])).collect();
                prop_assert_eq!(at_hand.similar(&work), compared);
            }
        }
    }
}
