//! What fields say of an article, whatever dialect they are written in.
//!
//! It refuses an address for a name, and a name for an address.

use super::address::{is_address, link_address, link_text, name};
use super::dates;
use super::fields::Field;
use super::values::{list, scalar};
use crate::document::Meta;
use crate::parse::Tables;
use crate::parse::tables::keys::Kind;
use crate::text::SafeText;

/// What some fields say.
pub fn of(fields: &[Field], tables: &Tables) -> Meta {
    let keys = &tables.keys;
    let find = |kind: Kind, fits: &dyn Fn(&Field) -> bool| {
        keys.of_kind(kind).find_map(|key| {
            let is_given = |field: &&Field| !(field.value.is_empty() && field.below.is_empty()) && fits(field);
            fields.iter().filter(|field| field.key == key).find(is_given)
        })
    };
    let any = |_: &Field| true;
    let line = |kind: Kind, fits: &dyn Fn(&Field) -> bool| {
        find(kind, fits).map(scalar).filter(|value| !value.is_empty()).map(|value| SafeText::line(&value))
    };
    let address = |field: &Field| is_address(link_address(&scalar(field)));
    let mut paths = fields.iter().filter(|field| keys.kind(&field.key) == Some(Kind::Url));
    // Who publishes a translation may be the one who has made it: no place where articles appear.
    let is_helper = |field: &Field| {
        let is_same = |other: &Field| other.key != field.key && scalar(other) == scalar(field);
        fields.iter().any(|other| keys.kind(&other.key) == Some(Kind::Known) && is_same(other))
    };
    let mut meta = Meta {
        title: line(Kind::Title, &any).map(|title| SafeText::line(link_text(&title))).unwrap_or_default(),
        author: find(Kind::Author, &any)
            .map(|field| list(field).iter().map(|written| name(written)).collect::<Vec<_>>().join("、"))
            .filter(|names| !names.is_empty())
            .map(|names| SafeText::line(&names)),
        date: line(Kind::Date, &|field| scalar(field).chars().any(|c| c.is_ascii_digit()))
            .map(|written| dates::date(&written, &tables.dates))
            .or_else(|| paths.find_map(|field| dates::of_path(&scalar(field))))
            .map(|date| SafeText::line(&date)),
        source: line(Kind::Source, &|field| !address(field) && !is_helper(field))
            .map(|source| SafeText::line(name(&source))),
        url: find(Kind::Url, &address)
            .or_else(|| find(Kind::Source, &address))
            .map(|field| SafeText::line(link_address(&scalar(field)))),
        tags: find(Kind::Tags, &any)
            .map(list)
            .unwrap_or_default()
            .iter()
            .map(|tag| SafeText::line(tag))
            .filter(|tag| !tag.is_empty())
            .collect(),
        id: line(Kind::Id, &any),
    };
    if meta.author.as_ref().is_some_and(|author| is_address(author)) {
        meta.author = None;
    }
    meta
}
