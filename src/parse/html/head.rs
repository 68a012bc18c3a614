//! What the head of a saved page says of its article: author, site, date, address, labels; and when it was saved.
//!
//! It refuses to run scripts, and to believe an author that is an address.

use super::byline;
use super::linked_data;
use crate::document::Meta;
use crate::parse::Tables;
use crate::parse::front_matter::address::is_address;
use crate::parse::front_matter::dates;
use crate::parse::tables::dates::Dates;
use crate::parse::tables::pages::{Kind, Pages};
use crate::parse::tag::{Tag, Token, Tokens};
use crate::text::SafeText;
use std::collections::HashSet;

/// Bytes of a page among which its head stands; style sheets and fonts inside the page are passed over.
const HEAD: usize = 8 << 20;
/// Bytes at the start of a page among which the program that saved it signs.
const SIGNATURE: usize = 4096;
/// Names of authors that are shown.
const AUTHORS: usize = 8;
/// Elements that say nothing of the article.
const UNSEEN: &[&str] = &["script", "style", "noscript", "template", "svg"];
/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// Everything but the title, which the text may know better.
    pub meta: Meta,
    /// The title as it is given to other sites: without this site's name, and where `<title>` is empty, as `WeChat` leaves it.
    pub title: Option<SafeText>,
}

/// Reads the head of a page.
pub fn read(text: &str, tables: &Tables) -> Head {
    let pages = &tables.pages;
    let text = start(text, HEAD);
    let said = Said::of(text);
    let is_name = |value: &str| !is_address(value);
    let is_date = |value: &str| value.contains(|c: char| c.is_ascii_digit());
    let find = |kind, fits: &dyn Fn(&str) -> bool| said.first(pages.words(kind), fits).map(SafeText::line);
    let linked = linked_data::read(text);
    let shown = byline::read(text, tables);
    let named = |value: Option<String>| value.filter(|value| is_name(value)).map(|value| SafeText::line(&value));
    let date = find(Kind::Date, &is_date).map(|date| date.to_string()).or(linked.date).or(shown.date);
    Head {
        meta: Meta {
            author: authors(&said, pages).or_else(|| named(linked.author)).or_else(|| named(shown.author)),
            source: find(Kind::Source, &is_name).or_else(|| named(linked.publisher)).or_else(|| named(shown.source)),
            date: date.filter(|date| is_date(date)).map(|date| SafeText::line(&dates::date(&date, &tables.dates))),
            url: find(Kind::Url, &is_address).or_else(|| saved_from(start(text, SIGNATURE))),
            tags: labels(&said, pages),
            ..Meta::default()
        },
        title: find(Kind::Title, &|_| true).or_else(|| linked.headline.as_deref().map(SafeText::line)),
    }
}

/// When a page was saved, if the program that did so has said it.
pub fn saved(text: &str, words: &Dates) -> Option<SafeText> {
    signed_line(start(text, SIGNATURE), "saved date:").map(|date| SafeText::line(&dates::date(date, words)))
}

/// The first bytes of a text, at most.
fn start(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// All who are named by the best of the names for authors.
fn authors(said: &Said, pages: &Pages) -> Option<SafeText> {
    let all = |name| said.values(name).filter(|value| !is_address(value));
    let name = pages.words(Kind::Author).find(|name| all(name).next().is_some())?;
    let mut several: Vec<&str> = all(name).take(AUTHORS).collect();
    several.dedup();
    Some(SafeText::line(&several.join("、")))
}

/// What all the names for labels say, each label once.
fn labels(said: &Said, pages: &Pages) -> Vec<SafeText> {
    let mut seen = HashSet::new();
    let written = said.0.iter().filter(|(name, _)| pages.words(Kind::Tags).any(|other| other == name));
    let labels = written.flat_map(|(_, value)| value.split([',', '，', '、', ';'])).map(SafeText::line);
    labels.filter(|label| !label.is_empty() && seen.insert(label.clone())).collect()
}

/// The names and values of `<meta>`, and of the canonical `<link>`.
struct Said(Vec<(String, String)>);

impl Said {
    fn of(text: &str) -> Self {
        let mut said = Vec::new();
        for (_, token) in Tokens::new(text, UNSEEN) {
            let Token::Tag(tag, _) = token else { continue };
            match tag.name.as_str() {
                "meta" => said.extend(meta(&tag)),
                "link" if tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    said.extend(tag.attribute("href").map(|href| ("canonical".to_owned(), href)));
                }
                "body" => break,
                _ => {}
            }
        }
        Self(said)
    }

    /// The values of a name.
    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The first value of the first of some names that fits.
    fn first<'n>(&self, mut names: impl Iterator<Item = &'n str>, fits: &dyn Fn(&str) -> bool) -> Option<&str> {
        names.find_map(|name| self.values(name).find(|value| fits(value)))
    }
}

fn meta(tag: &Tag) -> Option<(String, String)> {
    let name = ["name", "property", "itemprop"].into_iter().find_map(|key| tag.attribute(key))?;
    let value = tag.attribute("content")?.trim().to_owned();
    (!value.is_empty()).then(|| (name.trim().to_ascii_lowercase(), value))
}

/// The address that browsers and `SingleFile` write into the pages they save.
fn saved_from(signed: &str) -> Option<SafeText> {
    let browser = || signed.split_once("saved from url=(").and_then(|(_, rest)| rest.split_once(')'));
    let address = signed_line(signed, "url:").or_else(|| browser()?.1.split_ascii_whitespace().next());
    address.filter(|address| is_address(address)).map(SafeText::line)
}

/// The rest of a line of `SingleFile`'s comment.
fn signed_line<'a>(signed: &'a str, key: &str) -> Option<&'a str> {
    let (_, comment) = signed.split_once("Page saved with SingleFile")?;
    let comment = comment.split_once("-->").map_or(comment, |(comment, _)| comment);
    comment.lines().find_map(|line| line.trim().strip_prefix(key)).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::{read, saved};
    use crate::parse::Tables;
    use crate::text::SafeText;

    /// Author, source, date, address, labels, time of saving.
    #[track_caller]
    fn check(page: &str, expected: [&str; 6]) {
        let tables = Tables::built_in();
        let meta = read(page, &tables).meta;
        let line = |value: &Option<SafeText>| value.as_deref().unwrap_or_default().to_owned();
        let tags = meta.tags.iter().map(|tag| tag.as_str().to_owned()).collect::<Vec<_>>().join(" ");
        let [author, source, date, url, saved] =
            [&meta.author, &meta.source, &meta.date, &meta.url, &saved(page, &tables.dates)].map(line);
        assert_eq!([author, source, date, url, tags, saved], expected, "{page}");
    }

    #[test]
    fn what_pages_say() {
        check(
            "<html><head><meta name=author content='甲'><meta property='og:site_name' content='茶报'>\
             <meta property='article:published_time' content='2024-08-21T00:00:00Z'><meta name='Keywords' content='书, 茶，书'>\
             <link rel=canonical href='https://example.com/a'><meta property='og:url' content='https://example.com/b'></head>",
            ["甲", "茶报", "2024-08-21", "https://example.com/a", "书 茶", ""],
        );
        check(
            "<head><meta property='article:author' content='https://example.com/me'></head>",
            ["", "", "", "", "", ""],
        );
        check(
            "<head><meta name='DC.Creator' content='甲'><meta name='DC.Creator' content='乙'>\
             <meta name='DC.Date.Issued' content='2014-12-15'></head>",
            ["甲、乙", "", "2014-12-15", "", "", ""],
        );
        check("<body><meta name=author content='甲'></body>", ["", "", "", "", "", ""]);
    }

    #[test]
    fn who_saved_them() {
        check(
            "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.com/a \n saved date: Mon Apr 22 2024 14:05:39 GMT+0200 (CEST)\n--><meta charset=utf-8>",
            ["", "", "", "https://example.com/a", "", "2024-04-22"],
        );
        check(
            "<!-- saved from url=(0021)https://example.com/a -->\n<html>",
            ["", "", "", "https://example.com/a", "", ""],
        );
    }
}
