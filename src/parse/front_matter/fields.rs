//! Keys and values, line by line: `key: value`, `key：value`, `key = value`, `key:: value`, with the lines below them.

use super::address::{is_address, link_address};
use crate::parse::tables::keys::{Keys, Kind};

/// Bytes of front matter that are looked at.
pub const LIMIT: usize = 16 * 1024;

/// One key with what follows it.
#[derive(Debug)]
pub struct Field<'a> {
    /// The key in lower case.
    pub key: String,
    /// What follows it on its line.
    pub value: &'a str,
    /// The indented or listed lines below it.
    pub below: Vec<&'a str>,
    /// Its line in the file, counted from 1.
    pub line: u32,
}

/// The fields of a block of front matter whose first line is `first`.
pub fn fields<'a>(block: &'a str, first: u32, keys: &Keys) -> Vec<Field<'a>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut bytes = 0;
    for (index, line) in block.lines().enumerate() {
        bytes += line.len() + 1;
        if bytes > LIMIT {
            break;
        }
        let is_below = line.starts_with([' ', '\t', '-', '#']) || line.trim().is_empty();
        let field = key_and_value(line)
            .filter(|(key, _)| !is_below || stands_for_itself(line, key, fields.last(), keys))
            .map(|(key, value)| Field { key, value, below: Vec::new(), line: first + index as u32 });
        match field {
            Some(field) => fields.push(field),
            None => {
                if let Some(field) = fields.last_mut() {
                    field.below.push(line);
                }
            }
        }
    }
    fields
}

/// Whether an indented line is a field of its own: the first of the block, or a known key after a complete value, which
/// YAML would refuse.
fn stands_for_itself(line: &str, key: &str, before: Option<&Field>, keys: &Keys) -> bool {
    !line.starts_with(['-', '#'])
        && before.is_none_or(|before| {
            !before.value.is_empty() && !before.value.starts_with(['|', '>', '[', '{', '"']) && keys.kind(key).is_some()
        })
}

/// A line's key in lower case and what follows it.
pub fn key_and_value(line: &str) -> Option<(String, &str)> {
    let end = line.find([':', '：', '='])?;
    let written = line.get(..end)?.trim();
    let key = written.trim_matches(['"', '\'']);
    let is_key = !key.is_empty()
        && key.chars().count() <= 32
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | '@'))
        && key.split(' ').count() <= 3;
    let value = line.get(end..)?.trim_start_matches([':', '：', '=']);
    let value = value.trim_matches([' ', '\t', '\u{a0}', '\u{3000}']);
    // A quoted key is JSON's, whose lines end in commas.
    let value = if written.len() > key.len() { value.trim_end_matches(',') } else { value };
    is_key.then(|| (key.to_lowercase(), value))
}

/// The fields that stand at the head of a text without a fence, and the last of their lines; none if there are too few.
///
/// Converters write them as bare lines (`Title: …`), in a quote or list (`> * 原文地址：…`), as properties
/// (`author:: …`) or as link definitions that no renderer shows (`[#]: author: "…"`).
pub fn at_head<'a>(text: &'a str, first: u32, keys: &Keys) -> Option<(Vec<Field<'a>>, u32)> {
    let mut fields: Vec<Field> = Vec::new();
    let mut has_title = false;
    let mut last = 0;
    for (index, line) in text.lines().take(60).enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed == ">" {
            continue;
        }
        let number = first + index as u32;
        if let Some(field) = head_field(trimmed, number, keys).or_else(|| property(line, number, &fields)) {
            fields.push(field);
            last = number;
            continue;
        }
        let heading = trimmed.trim_start_matches('#').trim();
        let is_section = trimmed.starts_with('#') && keys.kind(&heading.to_lowercase()) == Some(Kind::Section);
        let is_title = !has_title && fields.is_empty() && trimmed.starts_with("# ");
        let is_cover = trimmed.starts_with("![") && trimmed.ends_with(')');
        has_title |= is_title;
        if !(is_section || is_title || is_cover || trimmed.chars().all(|c| matches!(c, '=' | '-'))) {
            break;
        }
    }
    let mut kinds: Vec<Kind> = fields.iter().filter_map(|field| keys.kind(&field.key)).collect();
    kinds.dedup();
    let shown = kinds.iter().filter(|kind| **kind != Kind::Known).count();
    // Below a title an address suffices, if a rule parts it from the text.
    let is_source =
        has_title && fields.len() == 1 && kinds.first().is_some_and(|kind| matches!(kind, Kind::Url | Kind::Source));
    let is_parted = || {
        let after = text.lines().skip((last + 1).saturating_sub(first) as usize).find(|line| !line.trim().is_empty());
        after.is_some_and(|line| line.len() >= 3 && line.trim_end().bytes().all(|byte| byte == b'-'))
    };
    let is_address = |field: &Field| is_address(link_address(field.value));
    let suffices = is_source && fields.iter().all(is_address) && is_parted();
    (kinds.len() >= 2 && shown >= 1 || suffices).then_some((fields, last))
}

/// `first-seen:: …` after other such lines: a property, whatever it tells.
fn property<'a>(line: &'a str, number: u32, above: &[Field]) -> Option<Field<'a>> {
    let (key, value) = line.split_once(":: ")?;
    let is_next = above.last().is_some_and(|field| field.line + 1 == number);
    let is_key =
        !key.is_empty() && key.len() <= 40 && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (is_next && is_key).then(|| Field { key: key.to_lowercase(), value: value.trim(), below: Vec::new(), line: number })
}

/// A known key on a line of its own, whatever marks stand before it.
fn head_field<'a>(line: &'a str, number: u32, keys: &Keys) -> Option<Field<'a>> {
    const LONGEST: usize = 600;
    if line.len() > LONGEST {
        return None;
    }
    let definition =
        line.strip_prefix("[#]:").or_else(|| line.strip_prefix("[//]:").or_else(|| line.strip_prefix("[comment]:")));
    let bare = match definition {
        Some(rest) => match rest.trim().strip_prefix('#') {
            Some(comment) => comment.trim().trim_matches(['(', ')']),
            None => rest.trim(),
        },
        None => line.trim_start_matches(['>', '*', '-', '+', ' ', '•', '|']),
    };
    let bare = bare.trim_start_matches("**").trim();
    let (key, value) = key_and_value(bare).or_else(|| bold_key(bare))?;
    let kind = keys.kind(&key)?;
    let value = value.trim_start_matches("**").trim_end_matches('|').trim();
    let is_field = kind != Kind::Section && !(value.is_empty() && kind != Kind::Known) && !value.starts_with("//");
    is_field.then(|| Field { key, value, below: Vec::new(), line: number })
}

/// `作者**：某人`: the colon outside of the bold key.
fn bold_key(line: &str) -> Option<(String, &str)> {
    let (key, rest) = line.split_once("**")?;
    let value = rest.trim_start().strip_prefix([':', '：'])?;
    Some((key.trim().to_lowercase(), value.trim()))
}
