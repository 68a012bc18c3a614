//! Addresses in running text and where they may be broken: after their marks, and inside long pieces.

use std::ops::Range;

/// Characters of a piece without marks that may be broken anywhere.
const LONG: usize = 16;

/// The addresses of a text: from `http://`, `https://` or `www.` to the first character that no address holds.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.contains("://") && !text.contains("www.") {
        return found;
    }
    for start in ["http://", "https://", "ftp://", "www."]
        .iter()
        .flat_map(|mark| text.match_indices(mark))
        .map(|(start, _)| start)
    {
        let rest = text.get(start..).unwrap_or_default();
        let length =
            rest.find(|c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '`')).unwrap_or(rest.len());
        let kept =
            rest.get(..length).unwrap_or_default().trim_end_matches(['.', ',', ')', ';', ':', '!', '?', ']']).len();
        if !found.iter().any(|range| range.contains(&start)) {
            found.push(start..start + kept);
        }
    }
    found.sort_unstable_by_key(|range| range.start);
    found
}

/// The bytes inside an address at which a line may end: after a run of marks, and anywhere in a long piece.
pub fn breaks(text: &str, range: Range<usize>) -> Vec<usize> {
    let address = text.get(range.clone()).unwrap_or_default().as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric();
    let scheme = address.windows(3).position(|bytes| bytes == b"://").map_or(0, |at| at + 3);
    let mut breaks = Vec::new();
    let mut piece = scheme;
    for at in scheme.max(1)..address.len() {
        let (Some(left), Some(right)) = (address.get(at - 1), address.get(at)) else { break };
        if !is_word(*left) && is_word(*right) && at > scheme {
            breaks.push(range.start + at);
        }
        if !is_word(*right) || at + 1 == address.len() {
            let end = if is_word(*right) { at + 1 } else { at };
            if end - piece >= LONG {
                breaks.extend((piece + 4..end.saturating_sub(3)).map(|byte| range.start + byte));
            }
            piece = at + 1;
        }
    }
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}
