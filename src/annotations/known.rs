//! An article in which something was left, as it was known then, and the traits by which it is told from others.
//!
//! It refuses to decide which article that is now; that is for [`super::works`].

use super::unread::Unread;
use crate::document::{Identity, Likeness};
use twox_hash::XxHash3_64;

/// An article, and what it can be known by.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) traits: Traits,
    pub(super) identity: Unread<Identity>,
}

/// Things that two versions of an article may share, each as a number that others do not have; 0 where it has none.
/// Two texts of one number would be taken for each other, which an open library does not come near in its life; a quote
/// is looked for all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits {
    /// Its name in force at its path: the same in what was left in the same file.
    pub(super) same: u64,
    /// Its id, its address, its text, the names that its file and it have.
    shared: [u64; 4],
    pub(super) title: u64,
    pub(super) similarity: u64,
}

impl From<Identity> for Known {
    fn from(identity: Identity) -> Self {
        Self { traits: Traits::of(&identity), identity: identity.into() }
    }
}

impl Traits {
    pub(super) fn of(article: &Identity) -> Self {
        let Identity { id, url, fingerprint, similarity, path, title } = article;
        Self::new(&id.0, url.as_deref().unwrap_or_default(), fingerprint, *similarity, path, title)
    }

    pub(super) fn new(id: &str, url: &str, fingerprint: &str, similarity: u64, path: &str, title: &str) -> Self {
        let number = |kind: u64, text: &str| match text {
            "" => 0,
            text => XxHash3_64::oneshot_with_seed(kind, text.as_bytes()).max(1),
        };
        let by_title = number(4, title);
        let name = if by_title == 0 { 0 } else { then(by_title, Identity::name_in(path)) };
        Self {
            same: then(number(0, id), path),
            shared: [number(1, id), number(2, url), number(3, fingerprint), name],
            title: by_title,
            similarity,
        }
    }

    pub(super) fn shared(&self) -> impl Iterator<Item = u64> {
        self.shared.into_iter().filter(|shared| *shared != 0)
    }

    /// Whether an article that shares nothing else may be similar; see [`Identity::likeness`].
    pub(super) fn may_be_like(&self, other: &Self) -> bool {
        let are_known = self.similarity != 0 && other.similarity != 0;
        are_known && Likeness::is_near(self.similarity, other.similarity)
            || self.title != 0 && self.title == other.title
    }
}

/// The number of something and a text.
fn then(number: u64, text: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(number, text.as_bytes()).max(1)
}
