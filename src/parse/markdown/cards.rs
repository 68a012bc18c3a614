//! Links around several paragraphs, as clippers write the cards of pages: each paragraph becomes a link, since none of
//! `CommonMark` spans a blank line (6.3).
//!
//! It refuses to add or remove lines, to touch code, and to link what holds a link of its own.

use super::code::{is_indented_code, told_apart};
use super::links;
use memchr::memrchr3;
use std::borrow::Cow;

/// Lines of a card.
pub const LINES: usize = 24;
/// Bytes of a line in a card.
const LONGEST: usize = 2000;

/// The text with links in place of brackets that are paragraphs apart.
pub fn parted(text: &str) -> Cow<'_, str> {
    if !is_any_apart(text) {
        return Cow::Borrowed(text);
    }
    let mut lines: Vec<Cow<str>> = Vec::new();
    // Where a bracket is open: the line, the byte, and whether a blank line stood after it.
    let mut open: Option<(usize, usize, bool)> = None;
    for (index, (line, is_code)) in told_apart(text).enumerate() {
        lines.push(Cow::Borrowed(line));
        let is_blank = line.trim().is_empty();
        open = open.filter(|(start, ..)| !is_code && index - start < LINES).map(|(start, at, is_apart)| {
            let is_apart = is_apart || is_blank;
            (start, at, is_apart)
        });
        if is_code || is_blank || line.len() > LONGEST || (open.is_none() && is_indented_code(line)) {
            continue;
        }
        let brackets = Brackets::of(line);
        if let Some(close) = brackets.close
            && let Some((start, at, true)) = open.take()
            && let Some((address, end)) = address(line, close)
        {
            part(&mut lines, start, at, close, end, &address);
            continue;
        }
        open = brackets.open.map(|at| (index, at, false)).or(open);
    }
    Cow::Owned(lines.concat())
}

/// Whether a link ends in a line in which it did not begin.
fn is_any_apart(text: &str) -> bool {
    links::ends(text).any(|at| {
        let (mut end, mut depth) = (at, 1);
        while let Some(before) = memrchr3(b'[', b']', b'\n', text.as_bytes().get(..end).unwrap_or_default()) {
            match text.as_bytes().get(before) {
                Some(b'[') => depth -= 1,
                Some(b']') => depth += 1,
                _ => return true,
            }
            if depth == 0 || at - before > LONGEST {
                return false;
            }
            end = before;
        }
        false
    })
}

/// The brackets of a line that stand alone.
#[derive(Debug, Default)]
struct Brackets {
    /// The first that closes none of the line's.
    close: Option<usize>,
    /// The last that nothing closes.
    open: Option<usize>,
}

impl Brackets {
    fn of(line: &str) -> Self {
        let mut brackets = Self::default();
        let mut open = Vec::new();
        let (mut is_code, mut is_escaped) = (false, false);
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'`' => is_code = !is_code,
                b'[' if !is_code => open.push(at),
                b']' if !is_code && open.pop().is_none() => brackets.close = brackets.close.or(Some(at)),
                _ => {}
            }
        }
        brackets.open = open.last().copied();
        brackets
    }
}

/// The address in parentheses behind a bracket, with them, and where it ends.
fn address(line: &str, close: usize) -> Option<(String, usize)> {
    let rest = line.get(close + 1..)?;
    let inner = rest.strip_prefix('(')?;
    let end = inner.find(')')?;
    let address = inner.get(..end)?;
    let is_title = |title: &str| title.trim_start().starts_with(['"', '\'']);
    let fits = address.split_once(' ').is_none_or(|(_, title)| is_title(title)) && !address.is_empty();
    fits.then(|| (format!("({address})"), close + 1 + end + 2))
}

/// Makes each line of a card a link: the first from the byte `at` on, the last up to its bracket.
fn part(lines: &mut [Cow<str>], start: usize, at: usize, close: usize, end: usize, address: &str) {
    let last = lines.len() - 1;
    for (index, line) in lines.iter_mut().enumerate().skip(start) {
        let text = line.trim_end_matches(['\n', '\r']);
        let line_end = line.get(text.len()..).unwrap_or_default();
        let (before, inner, after) = match index {
            _ if index == start => (text.get(..at), text.get(at + 1..), Some("")),
            _ if index == last => (Some(""), text.get(..close), text.get(end..)),
            _ => (Some(""), Some(text), Some("")),
        };
        let (before, inner, after) = (before.unwrap_or_default(), inner.unwrap_or_default(), after.unwrap_or_default());
        let said = inner.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '>'));
        let marks = inner.strip_suffix(said).unwrap_or_default();
        let said = said.trim_end_matches(['\\', ' ']);
        let whole = match () {
            // Emphasis around a card is that of nothing.
            () if said.chars().all(|c| matches!(c, '*' | '_')) => format!("{before}{after}{line_end}"),
            () if has_link(said) => format!("{before}{marks}{said}{after}{line_end}"),
            () => format!("{before}{marks}[{said}]{address}{after}{line_end}"),
        };
        *line = Cow::Owned(whole);
    }
}

/// Whether a text holds a link that is none of an image.
fn has_link(text: &str) -> bool {
    let mut images = 0;
    let mut links = 0;
    for (at, _) in text.match_indices('[') {
        let is_image = text.get(..at).is_some_and(|before| before.ends_with('!'));
        if is_image { images += 1 } else { links += 1 }
    }
    links > 0 && text.matches("](").count() > images
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(parted(text), expected);
        assert_eq!(parted(text).lines().count(), text.lines().count());
    }

    #[test]
    fn as_it_is_a_card_is_text() {
        let shown = |as_is| {
            super::super::read("[茶\n\n水](/b)\n", 0, 0, as_is).0.into_iter().map(|block| block.text.to_string())
        };
        assert_eq!(shown(true).collect::<Vec<_>>(), ["[茶", "水](/b)"]);
        assert_eq!(shown(false).collect::<Vec<_>>(), ["茶", "水"]);
    }

    #[test]
    fn cards_of_clippers() {
        check(
            "[![](a.png)\n\n茶\n\n水](https://a.example/b)。\n",
            "[![](a.png)](https://a.example/b)\n\n[茶](https://a.example/b)\n\n[水](https://a.example/b)。\n",
        );
        check(
            "见 [\n\n### 茶\n\n一\\\n二\n\n](/b \"题\")\n",
            "见 \n\n### [茶](/b \"题\")\n\n[一](/b \"题\")\n[二](/b \"题\")\n\n\n",
        );
        check("* [茶\n\n  水](/b)\n", "* [茶](/b)\n\n  [水](/b)\n");
        check("[**\n\n茶\n\n**](/b)\n", "\n\n[茶](/b)\n\n\n");
        check("[甲\n\n[乙](/c)\n\n丙](/b)", "[甲](/b)\n\n[乙](/c)\n\n[丙](/b)");
    }

    #[test]
    fn what_is_none_stays() {
        for text in [
            "[茶\n水](/b)\n",
            "[茶\n\n水]（/b）\n",
            "\\[茶\n\n水](/b)\n",
            "`[`茶\n\n水](/b)\n",
            "[茶\n\n```\n水](/b)\n```\n",
            "[茶\n\n水](a b)\n",
            "[茶\n\n水](/b",
        ] {
            check(text, text);
        }
    }
}
