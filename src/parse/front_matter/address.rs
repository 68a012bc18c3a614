//! Values that are addresses, or links: what of them is the address, what the text. They know no keys.

/// The text of a Markdown link that is the whole value, or the value.
pub fn link_text(value: &str) -> &str {
    link(value).map_or(value, |(text, _)| text)
}

/// The address of a Markdown link, of `<…>` or `(…)`, or the value.
pub fn link_address(value: &str) -> &str {
    let address = link(value).map_or(value, |(_, address)| address);
    let inner = |open, close| address.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    inner('<', '>').or_else(|| inner('(', ')')).unwrap_or(address)
}

/// A name without the brackets around it and the address behind it: `(Lu https://tea.example/lu)`.
pub fn name(value: &str) -> &str {
    let text = link_text(value).trim();
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(text);
    let before = inner.rsplit_once(' ').filter(|(_, address)| is_address(address));
    before.map_or(inner, |(name, _)| name).trim()
}

fn link(value: &str) -> Option<(&str, &str)> {
    let (text, address) = value.strip_prefix('[')?.split_once("](")?;
    Some((text, address.strip_suffix(')')?.split(' ').next()?))
}

/// Whether a value is an address on the web.
pub fn is_address(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}
