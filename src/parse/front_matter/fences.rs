//! Fields between fences: `---`, `+++`, `<!--`, with one of the two fences missing, too.
//!
//! It refuses what only looks so: a text between two rules.

use super::fields::{self, Field, LIMIT, fields, key_and_value};
use super::values::{OPEN_BRACKETS, open_brackets};
use super::{FrontMatter, completed, meta};
use crate::document::Repair;
use crate::parse::Tables;
use crate::parse::line::ends_sentence;
use crate::parse::tables::keys::{Keys, Kind};

/// `---` … `---`, `+++` … `+++`, `<!--` … `-->`.
pub fn fenced<'a>(text: &'a str, tables: &Tables) -> Option<FrontMatter<'a>> {
    let skipped = text.len() - text.trim_start_matches(['\n', ' ', '\u{feff}']).len();
    let (before, rest) = text.split_at_checked(skipped)?;
    let (fence, rest) = rest.split_once('\n')?;
    let closing = match fence.trim_end() {
        "---" => "---",
        "+++" => "+++",
        "<!--" => "-->",
        _ => return None,
    };
    let first = before.matches('\n').count() as u32 + 2;
    let mut repairs = Vec::new();
    // A paragraph may be part of a value where fields go on behind it.
    let ends_in_field = |block: &str| {
        let last = block.trim_end().lines().next_back().and_then(key_and_value);
        last.is_some_and(|(key, _)| tables.keys.kind(&key.to_lowercase()).is_some())
    };
    let closed = block_until(rest, closing).filter(|(block, _)| !holds_paragraphs(block) || ends_in_field(block));
    let (block, body) = closed.or_else(|| {
        let unclosed = unclosed(rest, &tables.keys)?;
        repairs.push(Repair { line: first - 1, what: "the front matter is not closed".to_owned() });
        Some(unclosed)
    })?;
    let fields = fields(block, first, &tables.keys);
    let opens_with_key = block
        .lines()
        .find(|line| !line.trim().is_empty())
        .is_none_or(|line| key_and_value(line).is_some() || line.starts_with('#'));
    if !opens_with_key || (fields.is_empty() && !block.trim().is_empty()) || !are_metadata(&fields, block, &tables.keys)
    {
        // The opening line was a thematic break (CommonMark 4.1).
        return None;
    }
    let meta = meta::of(&fields, tables);
    note_yaml(&fields, &tables.keys, &meta.title, block, &mut repairs);
    let lines = text.get(..text.len() - body.len()).map_or(0, |head| head.matches('\n').count()) as u32;
    // A file that went through two programs has the metadata of both.
    let (meta, head) = match fields::at_head(body, lines + 1, &tables.keys) {
        Some((more, head)) => (completed(meta, meta::of(&more, tables)), head),
        None => (meta, 0),
    };
    Some(FrontMatter { meta, body, lines, head, repairs, ..FrontMatter::default() })
}

/// Keys above a closing fence that nothing opens, as some blogs have them.
pub fn unopened<'a>(text: &'a str, tables: &Tables) -> Option<FrontMatter<'a>> {
    let start = text.get(..text.floor_char_boundary(LIMIT))?;
    // The fence need not be looked for below what is no field.
    if !holds_only_fields(start.split('\n').next()?, &tables.keys) {
        return None;
    }
    let (block, _) = block_until(start, "---").filter(|(block, _)| holds_only_fields(block, &tables.keys))?;
    let (_, body) = text.split_at_checked(block.len())?;
    let body = body.split_once('\n').map_or("", |(_, body)| body);
    let fields = fields(block, 1, &tables.keys);
    let known = fields.iter().filter(|field| tables.keys.kind(&field.key).is_some()).count();
    let meta = meta::of(&fields, tables);
    if known < 2 || known * 2 < fields.len() || meta.title.is_empty() || !block.starts_with(|c: char| c.is_alphabetic())
    {
        return None;
    }
    let lines = block.matches('\n').count() as u32 + 1;
    let repairs = vec![Repair { line: 1, what: "the front matter is not opened".to_owned() }];
    Some(FrontMatter { meta, body, lines, repairs, ..FrontMatter::default() })
}

/// Whether lines are fields on end, with what hangs on them: a blank line ends a block of fields, and a line that begins
/// with `-` is an item only below a key that says nothing itself. Anything else may be the text, down to its first rule.
fn holds_only_fields(block: &str, keys: &Keys) -> bool {
    let mut awaits_items = false;
    block.trim_end().lines().all(|line| {
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            return true;
        }
        if line.starts_with("- ") {
            return awaits_items;
        }
        let Some((key, value)) = key_and_value(line) else { return false };
        awaits_items = value.is_empty();
        keys.kind(&key).is_some() || key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

/// Whether a line begins in the first column and is neither a field nor what may hang on one: an item, a comment, brackets.
fn is_loose(line: &str) -> bool {
    !line.trim().is_empty()
        && !line.starts_with([' ', '\t', '-', '#', '[', ']', '{', '}'])
        && !line.trim_end().ends_with(['"', ','])
        && key_and_value(line).is_none()
}

/// Whether paragraphs stand in a block: what opened it was a thematic break, or the end of its fields is not marked.
fn holds_paragraphs(block: &str) -> bool {
    let mut is_first = false;
    block.lines().any(|line| {
        let is_paragraph = is_first && is_loose(line);
        is_first = line.trim().is_empty();
        is_paragraph
    })
}

/// Whether the fields of a block are metadata: one is known, or there is nothing else and none is a sentence.
fn are_metadata(fields: &[Field], block: &str, keys: &Keys) -> bool {
    fields.iter().any(|field| keys.kind(&field.key).is_some())
        || !block.lines().any(is_loose) && !fields.iter().any(|field| ends_sentence(field.value))
}

/// The block up to the closing fence, and what follows it.
fn block_until<'a>(rest: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let mut offset = 0;
    let first = fence.as_bytes().first();
    for line in rest.split_inclusive('\n') {
        let may_be_end = line.as_bytes().first() == first || line.starts_with('.');
        let is_end = may_be_end && (line.trim_end() == fence || fence == "---" && line.trim_end() == "...");
        if is_end {
            return Some((rest.get(..offset)?, rest.get(offset + line.len()..)?));
        }
        offset += line.len();
    }
    None
}

/// The known keys at the start of a block that nothing closes, up to the first blank line.
fn unclosed<'a>(rest: &'a str, keys: &Keys) -> Option<(&'a str, &'a str)> {
    let mut offset = 0;
    let mut known = 0;
    for line in rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
        let is_known = key_and_value(line).is_some_and(|(key, _)| keys.kind(&key).is_some());
        known += usize::from(is_known);
        offset += line.len();
    }
    if known >= 2 { rest.split_at_checked(offset) } else { None }
}

/// Says where a YAML parser would have lost the title, so that the reader can see why other programs do.
fn note_yaml(fields: &[Field], keys: &Keys, title: &str, block: &str, repairs: &mut Vec<Repair>) {
    let Some(field) = fields.iter().find(|field| keys.kind(&field.key) == Some(Kind::Title)) else { return };
    let entry = format!("title: {}", field.value);
    let agrees = is_words(field.value, title)
        || open_brackets(&entry) <= OPEN_BRACKETS
            && serde_yaml::from_str::<serde_yaml::Value>(&entry).is_ok_and(|value| {
                value.get("title").is_none_or(|value| value.as_str().is_none_or(|text| text.trim() == title))
            });
    if !agrees && block.len() <= LIMIT {
        repairs.push(Repair {
            line: field.line,
            what: "the title is not valid YAML and was read as it stands".to_owned(),
        });
    }
}

/// Whether a value is a title without any of YAML's signs, in double quotes or not, as most are: a parser reads it as it
/// stands.
fn is_words(value: &str, title: &str) -> bool {
    let is_plain = |character: char| {
        character.is_alphanumeric()
            || matches!(character, ' ' | ',' | '.' | '?' | '!' | '(' | ')' | '-' | '\'' | '\u{2010}'..='\u{2026}')
            || matches!(character, '\u{3001}'..='\u{301f}' | '\u{ff01}'..='\u{ff5e}')
    };
    let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let words = quoted.unwrap_or(value);
    words == title && words.starts_with(char::is_alphanumeric) && words.chars().all(is_plain)
}
