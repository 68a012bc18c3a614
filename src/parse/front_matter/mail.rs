//! The head of a letter or of a post to a newsgroup: `From: …`, `Subject: …`, up to the first blank line (RFC 5322).
//!
//! It refuses a head without a sender, and one whose lines are not all fields.

use super::fields::Field;

/// Lines of the longest head.
const LONGEST: usize = 80;
/// Bytes of the name of a field.
const NAME: usize = 40;

/// The fields of the head that a text begins with, under the keys that front matter has, and its last line.
pub fn at_head(text: &str, first: u32) -> Option<(Vec<Field<'_>>, u32)> {
    // A file of several letters parts them by lines without a colon.
    let is_envelope = text.starts_with("From ");
    let mut fields = Vec::new();
    let (mut lines, mut is_sent) = (0, false);
    for (index, line) in text.lines().take(LONGEST).enumerate().skip(usize::from(is_envelope)) {
        if line.trim().is_empty() {
            break;
        }
        lines = index + 1;
        if line.starts_with([' ', '\t']) && !fields.is_empty() {
            continue;
        }
        let (name, value) = line.split_once(':')?;
        let is_name =
            !name.is_empty() && name.len() <= NAME && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_name {
            return None;
        }
        let name = name.to_ascii_lowercase();
        is_sent |= name == "from" && !value.trim().is_empty();
        let key = match name.as_str() {
            "subject" => "title",
            "from" => "author",
            _ => &name,
        };
        fields.push(Field { key: key.to_owned(), value: value.trim(), below: Vec::new(), line: first + index as u32 });
    }
    let has = |key: &str| fields.iter().any(|field| field.key == key);
    let is_head = is_sent && fields.len() >= 2 && (has("title") || has("date"));
    is_head.then_some((fields, first + lines as u32 - 1))
}
