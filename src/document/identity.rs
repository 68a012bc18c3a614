//! What makes an article the same article after its file was moved, renamed or scraped again.
//!
//! A path is never an identity by itself; it is one hint among others. No hint is believed before a quote was found:
//! many files carry one address, and many one name.

use super::{Anchorage, Meta};
use crate::text::SafeText;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bits in which the similarities of two versions of one text may differ.
const SIMILAR: u32 = 6;
/// Parameters of an address that say where a reader came from, not what is read.
const TRACKING: &[&str] = &["spm", "fbclid", "gclid", "isappinstalled", "nsukey"];
/// What names an article of a `WeChat` public account, in this order; everything else in its address changes.
const ACCOUNT: &[&str] = &["__biz", "mid", "idx", "sn"];

/// A stable name for an article: from its own id, its canonical address, or its text. Safe to print.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct ArticleId(pub String);

/// All that is known to recognise an article by; stored with every record of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// The name in force.
    pub id: ArticleId,
    /// The canonical address, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A fingerprint of the folded text; empty if it is not known.
    #[serde(rename = "fp", alias = "fingerprint")]
    pub fingerprint: String,
    /// The similarity of the folded text, see [`Anchorage::similarity`]; 0 if it is not known.
    #[serde(rename = "sim", serialize_with = "as_hexadecimal", deserialize_with = "from_hexadecimal")]
    pub similarity: u64,
    /// The file's path as it was opened.
    pub path: String,
    /// The title, for people.
    pub title: SafeText,
}

/// Why two articles may be one, the strongest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// They carry the same id.
    Id,
    /// They have the same canonical address.
    Address,
    /// They have the same text.
    Text,
    /// Their files have the same name, and they the same title.
    Name,
    /// Their texts differ in little, or they have the same title.
    Similar,
}

/// Which of some articles is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// Its index.
    pub index: usize,
    /// Whether a quote was found in it. If not, what was left there is lost, or the article is another one.
    pub verified: bool,
}

impl Identity {
    /// What to recognise an article by.
    pub fn of(meta: &Meta, text: &Anchorage, path: &str) -> Self {
        let url = meta.url.as_deref().and_then(canonical);
        let fingerprint = text.fingerprint();
        let by_text = (!fingerprint.is_empty()).then(|| format!("text:{fingerprint}"));
        let own = meta.id.as_ref().map(ToString::to_string).or_else(|| url.clone()).or(by_text);
        Self {
            id: ArticleId(own.unwrap_or_else(|| path.to_owned())),
            url,
            fingerprint,
            similarity: text.similarity(),
            path: path.to_owned(),
            title: meta.title.clone(),
        }
    }

    /// An identity from an older journal, with its address and its name in today's form.
    #[must_use]
    pub fn modernised(mut self) -> Self {
        if let Some(url) = self.url.as_deref().and_then(canonical) {
            if self.url.as_deref() == Some(self.id.0.as_str()) {
                self.id.0.clone_from(&url);
            }
            self.url = Some(url);
        }
        self
    }

    /// The strongest reason to take another article for this one; none if nothing speaks for it.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        let is_near = Likeness::is_near(self.similarity, other.similarity);
        match () {
            () if self.id == other.id && !self.id.0.is_empty() => Some(Likeness::Id),
            () if self.url.is_some() && self.url == other.url => Some(Likeness::Address),
            () if !self.fingerprint.is_empty() && self.fingerprint == other.fingerprint => Some(Likeness::Text),
            () if !self.title.is_empty() && self.title == other.title && self.file_name() == other.file_name() => {
                Some(Likeness::Name)
            }
            () if self.similarity != 0 && other.similarity != 0 && is_near => Some(Likeness::Similar),
            () if !self.title.is_empty() && self.title == other.title => Some(Likeness::Similar),
            () => None,
        }
    }

    /// Which of some articles this one is, if any. The reasons are tried from the strongest; of several articles with
    /// one reason, first that at the same path, then the most similar. `holds` is asked whether a quote is found in an
    /// article: one in which it is comes before all in which it is not, and without it similarity is not enough.
    pub fn resolve<'a>(
        &self,
        articles: impl IntoIterator<Item = &'a Self>,
        mut holds: impl FnMut(usize) -> bool,
    ) -> Option<Resolved> {
        let mut alike: Vec<_> = articles
            .into_iter()
            .enumerate()
            .filter_map(|(index, other)| {
                let distance = (self.similarity ^ other.similarity).count_ones();
                Some(((self.likeness(other)?, self.path != other.path, distance), index))
            })
            .collect();
        alike.sort_unstable();
        let verified = alike.iter().find(|(_, index)| holds(*index)).map(|(_, index)| (*index, true));
        let best = || alike.iter().find(|((likeness, ..), _)| *likeness != Likeness::Similar);
        verified
            .or_else(|| best().map(|(_, index)| (*index, false)))
            .map(|(index, verified)| Resolved { index, verified })
    }

    /// The file's name without its folders, whatever system wrote the path.
    pub fn file_name(&self) -> &str {
        Self::name_in(&self.path)
    }

    /// The name of the file in a path of whatever system.
    pub fn name_in(path: &str) -> &str {
        path.rsplit(['/', '\\']).next().unwrap_or_default()
    }
}

impl Likeness {
    /// Whether the similarities of two texts differ in little.
    pub fn is_near(one: u64, other: u64) -> bool {
        (one ^ other).count_ones() <= SIMILAR
    }

    /// A similarity in parts, of which those of two near ones share at least one: they differ in fewer bits than there
    /// are parts.
    pub fn bands(similarity: u64) -> [u64; SIMILAR as usize + 1] {
        const WIDTH: u32 = u64::BITS / (SIMILAR + 1);
        std::array::from_fn(|band| {
            let rest = similarity >> (band as u32 * WIDTH);
            // The last one takes the bits that are left over.
            if band == SIMILAR as usize { rest } else { rest & ((1 << WIDTH) - 1) }
        })
    }
}

/// An address in the one form that all its spellings share: https, the host in lower case, no fragment but one that is a
/// page's name, no tracking parameters, no trailing slash. None if it is not an address of the web.
pub fn canonical(url: &str) -> Option<String> {
    let url = url.trim().replace("&amp;", "&");
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_at(place.find('/').unwrap_or(place.len()));
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(&host);
    if host.is_empty() || host.contains(char::is_whitespace) {
        return None;
    }
    let query = meaningful(query);
    let mark = if query.is_empty() { "" } else { "?" };
    // Pages that are one program name their articles there: `#/article/1`, `#!article/1`.
    let fragment = fragment.trim_end_matches('/');
    let page = if fragment.starts_with('/') || fragment.len() > 1 && fragment.starts_with('!') { fragment } else { "" };
    let hash = if page.is_empty() { "" } else { "#" };
    Some(format!("https://{host}{}{mark}{query}{hash}{page}", path.trim_end_matches('/')))
}

/// Whether a parameter says where a reader came from; `from` also names the first of some pages or days.
fn is_tracking(name: &str, pair: &str) -> bool {
    let value = pair.strip_prefix("from=").unwrap_or_default();
    let is_way = name == "from" && value.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    is_way || name.starts_with("utm_") || TRACKING.contains(&name)
}

/// The parameters that say what is read.
fn meaningful(query: &str) -> String {
    let pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| (pair.split('=').next().unwrap_or_default(), pair))
        .collect();
    let find = |name: &&str| pairs.iter().find(|(other, _)| other == name).map(|(_, pair)| *pair);
    let account: Vec<&str> = ACCOUNT.iter().filter_map(find).collect();
    let kept: Vec<&str> = if account.len() == ACCOUNT.len() {
        account
    } else {
        pairs.iter().filter(|(name, pair)| !is_tracking(name, pair)).map(|(_, pair)| *pair).collect()
    };
    kept.join("&")
}

/// JSON readers of other languages would round a number of 64 bits.
fn as_hexadecimal<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{value:016x}"))
}

fn from_hexadecimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
    Ok(u64::from_str_radix(&text, 16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{ArticleId, Identity, Likeness, Resolved, canonical};
    use crate::text::SafeText;

    fn article(id: &str, path: &str, similarity: u64) -> Identity {
        Identity {
            id: ArticleId(id.to_owned()),
            url: canonical(id),
            fingerprint: format!("{similarity:x}"),
            similarity,
            path: path.to_owned(),
            title: SafeText::line("题"),
        }
    }

    #[track_caller]
    fn check_address(url: &str, expected: &str) {
        assert_eq!(canonical(url).as_deref().unwrap_or_default(), expected);
    }

    #[test]
    fn one_address_has_many_spellings() {
        check_address("HTTP://Blog.Example.com:80/a/b/?utm_source=x&p=3&spm=1#top", "https://blog.example.com/a/b?p=3");
        check_address("https://example.com/", "https://example.com");
        check_address("https://example.com/Case?from=timeline", "https://example.com/Case");
        check_address("https://example.com/list?from=12", "https://example.com/list?from=12");
        check_address("https://example.com/?from=2024-05-06", "https://example.com?from=2024-05-06");
        check_address("https://example.com/#/article/1/", "https://example.com#/article/1");
        check_address("https://example.com/a#!article/2", "https://example.com/a#!article/2");
        check_address("https://example.com/a#/", "https://example.com/a");
        check_address("file:///home/a.md", "");
        check_address("没有地址", "");
    }

    #[test]
    fn an_account_article_is_named_by_four_parameters() {
        let wanted = "https://mp.weixin.qq.com/s?__biz=MzA==&mid=22&idx=1&sn=ab";
        check_address(
            "http://mp.weixin.qq.com/s?__biz=MzA==&mid=22&idx=1&sn=ab&chksm=99&scene=21#wechat_redirect",
            wanted,
        );
        check_address("https://mp.weixin.qq.com/s?sn=ab&amp;idx=1&amp;mid=22&amp;__biz=MzA==&amp;scene=0", wanted);
        check_address("https://mp.weixin.qq.com/s/Short-Name?scene=1", "https://mp.weixin.qq.com/s/Short-Name?scene=1");
    }

    #[test]
    fn reasons_are_tried_from_the_strongest() {
        let sought = article("https://example.com/a", "/old/a.md", 0b1111);
        let foreign = Identity { title: SafeText::line("别的"), ..article("x", "/new/b.md", u64::MAX) };
        assert_eq!(sought.likeness(&foreign), None);
        let others = [
            article("x", "/new/b.md", 0b1110),
            article("y", "/new/a.md", u64::MAX),
            article("z", "/new/c.md", 0b1111),
            article("https://example.com/a/", "/new/a.md", 0),
            article("https://example.com/a", "/old/a.md", u64::MAX),
        ];
        let reasons: Vec<_> = others.iter().map(|other| sought.likeness(other)).collect();
        let expected = [Likeness::Similar, Likeness::Name, Likeness::Text, Likeness::Address, Likeness::Id];
        assert_eq!(reasons, expected.map(Some));
        let found = |holding: &[usize]| sought.resolve(&others, |index| holding.contains(&index));
        assert_eq!(found(&[0, 1, 2, 3, 4]), Some(Resolved { index: 4, verified: true }));
        assert_eq!(found(&[0, 1, 2]), Some(Resolved { index: 2, verified: true }));
        assert_eq!(found(&[0]), Some(Resolved { index: 0, verified: true }));
        assert_eq!(found(&[]), Some(Resolved { index: 4, verified: false }), "known by its address, the quote is lost");
        assert_eq!(sought.resolve(&others[..1], |_| false), None, "similar is not enough");
    }

    #[test]
    fn of_several_copies_the_nearest() {
        let sought = article("https://example.com/a", "/a/1.md", 0b1111);
        let copies = [
            article("https://example.com/a", "/a/3.md", 0b0111),
            article("https://example.com/a", "/a/2.md", 0b1111_0000),
        ];
        assert_eq!(sought.resolve(&copies, |_| true).map(|found| found.index), Some(0), "the most similar");
        let mut copies = copies.to_vec();
        copies.push(article("https://example.com/a", "/a/1.md", u64::MAX));
        assert_eq!(sought.resolve(&copies, |_| true).map(|found| found.index), Some(2), "the one at the same path");
    }

    #[test]
    fn an_older_journal_named_articles_by_address_or_path() {
        let older = r#"{"id":"http://example.com/a/?utm_x=1","url":"http://example.com/a/?utm_x=1","fingerprint":"","path":"a.md","title":"题"}"#;
        let older: Identity = serde_json::from_str(older).unwrap();
        assert_eq!(older.modernised().id.0, "https://example.com/a");
    }
}
