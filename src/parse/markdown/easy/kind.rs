//! What a line is by itself: the start of a heading, an item, a fence, a quote, or running text.
//!
//! It refuses every line that could be more than one of them.

/// Spaces before a line that make it code, or behind a marker.
pub(super) const CODE: usize = 4;

/// What a line is.
pub(super) enum Kind<'a> {
    Blank,
    Heading {
        level: u8,
        text: &'a str,
    },
    Item(Item<'a>),
    /// The line below a heading, or a rule.
    Line {
        level: u8,
        length: usize,
    },
    Fence {
        marks: &'a str,
        info: &'a str,
    },
    Quote(&'a str),
    /// A row of a table, or its head.
    Row,
    /// Running text, set in by so many columns.
    Text {
        columns: usize,
        text: &'a str,
    },
}

/// The first line of a list's item.
pub(super) struct Item<'a> {
    /// The bullet, or what stands behind the number.
    pub(super) sign: u8,
    pub(super) number: Option<usize>,
    /// The column of its marker, and that of its text.
    pub(super) columns: (usize, usize),
    pub(super) text: &'a str,
}

impl<'a> Kind<'a> {
    /// What a line without its end is; none if that is in doubt.
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let Some(first) = line.bytes().next() else { return Some(Self::Blank) };
        match first {
            b' ' | b'\t' if line.trim_matches([' ', '\t']).is_empty() => Some(Self::Blank),
            b'#' => Self::heading(line),
            b'`' if line.starts_with("```") => {
                let info = line.trim_start_matches('`');
                let marks = line.strip_suffix(info)?;
                let is_sure = !info.contains(['`', '&', '\\']);
                is_sure.then_some(Self::Fence { marks, info: info.trim_matches([' ', '\t']) })
            }
            b'=' | b'-' if line.bytes().all(|byte| byte == first) => {
                Some(Self::Line { level: if first == b'=' { 1 } else { 2 }, length: line.len() })
            }
            b'>' => {
                let text = line.get(1..)?;
                let text = text.strip_prefix(' ').unwrap_or(text);
                let is_sure = text.is_empty() || begins_text(text) && !text.starts_with("[!");
                is_sure.then_some(Self::Quote(text))
            }
            b' ' => {
                let text = line.trim_start_matches(' ');
                let columns = line.len() - text.len();
                if begins_text(text) { Some(Self::Text { columns, text }) } else { Item::of(line).map(Self::Item) }
            }
            b'|' => Some(Self::Row),
            b'-' | b'+' => Item::of(line).map(Self::Item),
            b'*' if !line.starts_with("**") => Item::of(line).map(Self::Item),
            _ if begins_text(line) => Some(Self::Text { columns: 0, text: line }),
            b'0'..=b'9' => Item::of(line).map(Self::Item),
            _ => None,
        }
    }

    fn heading(line: &'a str) -> Option<Self> {
        let text = line.trim_start_matches('#');
        let level = line.len() - text.len();
        let is_apart = text.is_empty() || text.starts_with(' ');
        let text = text.trim_matches(' ');
        let is_sure = level <= 6 && is_apart && !text.starts_with('\t') && !text.ends_with(['#', '\t']);
        is_sure.then_some(Self::Heading { level: level as u8, text })
    }
}

impl<'a> Item<'a> {
    pub(super) fn of(line: &'a str) -> Option<Self> {
        const DIGITS: usize = 9;
        let marked = line.trim_start_matches(' ');
        let sign = marked.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = marked.strip_suffix(sign)?;
        let number = if digits.is_empty() { None } else { Some(digits.parse().ok()?) };
        let is_sign = |byte: &u8| {
            if number.is_some() { matches!(byte, b'.' | b')') } else { matches!(byte, b'-' | b'*' | b'+') }
        };
        let after = sign.get(1..)?;
        let text = after.trim_start_matches(' ');
        let is_sure = (1..=CODE).contains(&(after.len() - text.len()))
            && digits.len() <= DIGITS
            && begins_text(text)
            && !text.starts_with("```");
        let columns = (line.len() - marked.len(), line.len() - text.len());
        let sign = sign.bytes().next().filter(is_sign)?;
        is_sure.then_some(Self { sign, number, columns, text })
    }
}

/// The text of an item behind a box.
pub(super) struct Task<'a> {
    pub(super) is_done: bool,
    pub(super) text: &'a str,
}

impl<'a> Task<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let (is_done, text) = match text.strip_prefix("[ ] ") {
            Some(text) => (false, text),
            None => (true, text.strip_prefix("[x] ").or_else(|| text.strip_prefix("[X] "))?),
        };
        (!text.is_empty() && !text.starts_with([' ', '\t'])).then_some(Self { is_done, text })
    }
}

/// Whether a line can be nothing but running text, whatever stands before it.
pub(super) fn begins_text(line: &str) -> bool {
    match line.chars().next() {
        Some('0'..='9') => !is_number(line),
        Some('*') => line.starts_with("**"),
        Some('`') => !line.starts_with("```"),
        Some('a'..='z' | 'A'..='Z' | '"' | '\'' | '(' | '[' | '!') => true,
        Some(first) => !first.is_ascii() && first != '\u{feff}',
        None => false,
    }
}

/// Whether a line begins with what may be the number of an item.
fn is_number(line: &str) -> bool {
    let sign = line.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')']);
    sign.is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t', '\n']))
}
