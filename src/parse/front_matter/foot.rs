//! What a program writes below a text: fields down to the end of the file.
//!
//! It refuses a few lines: what an author writes at the end of an article may look like fields.

use super::fields::{Field, LIMIT, fields};
use crate::parse::tables::keys::Keys;

/// Lines on end from which they are a program's.
const MANY: usize = 8;

/// Many lines on end that are fields, some of them known, down to the end of the file; and the first of them.
pub fn fields_at<'a>(text: &'a str, keys: &Keys) -> Option<(Vec<Field<'a>>, u32)> {
    let text = text.trim_end();
    let is_name = |key: &str| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_field = |line: &str| {
        line.split_once(':').is_some_and(|(key, value)| is_name(key) && (value.is_empty() || value.starts_with(' ')))
    };
    // Most texts end in no field.
    text.lines().next_back().filter(|line| is_field(line))?;
    let (above, block) = text.rsplit_once("\n\n").filter(|(_, block)| block.len() <= LIMIT)?;
    if block.lines().count() < MANY || !block.lines().all(is_field) {
        return None;
    }
    let first = above.matches('\n').count() as u32 + 3;
    let fields = fields(block, first, keys);
    let known = fields.iter().filter(|field| keys.kind(&field.key).is_some()).count();
    (known >= 3).then_some((fields, first))
}
