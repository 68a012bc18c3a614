//! The marks that a line of Markdown begins with, told without its parser. They know nothing of the lines around it.

/// Whether a text begins with an item's marker.
pub fn is_item(text: &str) -> bool {
    marker_of(text.split('\n').next().unwrap_or_default()).is_some()
}

/// Whether a text begins with a heading's marks.
pub fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len())) && rest.starts_with([' ', '\t'])
}

/// The sign of an item that a line begins with: its bullet, or what stands after its number.
pub fn marker_of(line: &str) -> Option<char> {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut characters = number.chars();
    let sign = characters.next()?;
    let is_sign = match line.len() - number.len() {
        0 => matches!(sign, '-' | '+' | '*'),
        1..=9 => matches!(sign, '.' | ')'),
        _ => false,
    };
    (is_sign && matches!(characters.next(), None | Some(' ' | '\t'))).then_some(sign)
}
