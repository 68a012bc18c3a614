//! The marks that a line of Markdown begins with, told without its parser. They know nothing of the lines around it.

/// Whether a text begins with an item's marker.
pub fn is_item(text: &str) -> bool {
    marker_of(text).is_some()
}

/// Whether a text begins with a heading's marks.
pub fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len())) && rest.starts_with([' ', '\t'])
}

/// The sign of an item that a text begins with: its bullet, or what stands after its number.
pub fn marker_of(text: &str) -> Option<char> {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sign = *bytes.get(digits)?;
    let is_sign = match digits {
        0 => matches!(sign, b'-' | b'+' | b'*'),
        1..=9 => matches!(sign, b'.' | b')'),
        _ => false,
    };
    let is_marker = is_sign && matches!(bytes.get(digits + 1), None | Some(b' ' | b'\t' | b'\n'));
    is_marker.then_some(char::from(sign))
}
