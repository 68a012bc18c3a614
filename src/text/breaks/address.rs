//! Addresses in running text and where they may be broken: after their marks, and inside long pieces. Paths of files too,
//! after their folders.

use crate::text::scan;
use std::ops::Range;

/// Characters of a piece with digits in it, an identifier, that may be broken anywhere.
const LONG: usize = 16;
/// Characters of a piece of letters alone, a name, that may be broken anywhere.
const LONG_NAME: usize = 24;
/// Characters of a path: fewer fit on most lines.
const SHORTEST_PATH: usize = 12;
/// Characters that stay together at either end of a piece that is broken.
const KEPT: usize = 4;

/// The addresses of a text, ascending: from `http://`, `https://`, `ftp://` or `www.` to the first character that no
/// address holds, without the marks that end the sentence.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in starts(text) {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let length =
            rest.find(|c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '`')).unwrap_or(rest.len());
        let whole = rest.get(..length).unwrap_or_default();
        let kept = whole.trim_end_matches(['.', ',', ')', ';', ':', '!', '?', ']']).len();
        found.push(start..start + kept);
    }
    found
}

/// The bytes at which addresses may begin, ascending.
fn starts(text: &str) -> Vec<usize> {
    let schemes = text.match_indices("://").filter_map(|(at, _)| {
        let head = text.get(..at)?;
        ["https", "http", "ftp"].iter().find(|scheme| head.ends_with(**scheme)).map(|scheme| at - scheme.len())
    });
    let mut starts: Vec<usize> = schemes.chain(text.match_indices("www.").map(|(at, _)| at)).collect();
    starts.sort_unstable();
    starts
}

/// The bytes inside an address at which a line may end, ascending: after a run of marks that does not end in a bracket
/// that opens, and anywhere in a long piece.
/// An escape (`%2B`) is a mark; of a run of them, three stand together, which is what a character of CJK is written in.
pub fn breaks(text: &str, range: Range<usize>) -> Vec<usize> {
    let address = text.get(range.clone()).unwrap_or_default().as_bytes();
    let scheme = address.windows(3).position(|bytes| bytes == b"://").map_or(0, |at| at + 3);
    let mut breaks = Vec::new();
    let (mut at, mut escapes) = (scheme, 0);
    while at < address.len() {
        let rest = address.get(at..).unwrap_or_default();
        let length = part(rest);
        let is_word = rest.first().is_some_and(u8::is_ascii_alphanumeric);
        let ends_run = is_word || (length > 1 && escapes > 0 && escapes % 3 == 0);
        let opens = at.checked_sub(1).and_then(|last| address.get(last)).is_some_and(|last| b"([{".contains(last));
        if at > scheme && ends_run && !opens {
            breaks.push(range.start + at);
        }
        if is_word {
            inside(rest.get(..length).unwrap_or_default(), range.start + at, &mut breaks);
        }
        escapes = if !is_word && length > 1 { escapes + 1 } else { 0 };
        at += length;
    }
    breaks
}

/// Bytes of the first part of what is left of an address: a word, an escape or a mark.
fn part(rest: &[u8]) -> usize {
    match rest {
        [b'%', first, second, ..] if first.is_ascii_hexdigit() && second.is_ascii_hexdigit() => 3,
        _ => rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count().max(1),
    }
}

/// Adds the places inside a word, if it is long.
fn inside(word: &[u8], start: usize, breaks: &mut Vec<usize>) {
    let long = if word.iter().any(u8::is_ascii_digit) { LONG } else { LONG_NAME };
    if word.len() >= long {
        breaks.extend((KEPT..=word.len() - KEPT).map(|byte| start + byte));
    }
}

/// The bytes in the paths of files at which a line may end, ascending: after the solidus behind a folder. CLREQ's rule
/// that no line ends in a solidus is for one between Han characters, and `A/B` stays together, too: a path has two of
/// them and some length.
pub fn paths(text: &str) -> Vec<usize> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-~+@".contains(&byte);
    let mut breaks = Vec::new();
    let mut start = 0;
    for path in text.as_bytes().split(|byte| !is_part(*byte)) {
        let is_path = path.len() >= SHORTEST_PATH
            && scan::count(path, |byte| byte == b'/') >= 2
            && path.iter().any(u8::is_ascii_alphabetic)
            && !path.windows(2).any(|pair| pair == b"//");
        for (at, around) in path.windows(3).enumerate().filter(|_| is_path) {
            if let [folder, b'/', next] = around
                && folder.is_ascii_alphanumeric()
                && (next.is_ascii_alphanumeric() || b"._".contains(next))
            {
                breaks.push(start + at + 2);
            }
        }
        start += path.len() + 1;
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::{breaks, find, paths};

    /// Checks a text against itself with its addresses in brackets and their breaks marked by `|`.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace(['⟨', '⟩', '|'], "");
        let mut found = text.clone();
        for address in find(&text).into_iter().rev() {
            found.insert(address.end, '⟩');
            for byte in breaks(&text, address.clone()).into_iter().rev() {
                found.insert(byte, '|');
            }
            found.insert(address.start, '⟨');
        }
        assert_eq!(found, marked);
    }

    #[test]
    fn end_where_the_sentence_goes_on() {
        check("见⟨https://example.|com/|path/|to?|q=|1⟩这里");
        check("(see ⟨http://a.|b⟩). Or ⟨www.|example.|org⟩, ⟨ftp://c⟩!");
        check("no://address and http");
        check("⟨http://a.|b/(c)/{{d}}|e⟩");
    }

    #[test]
    fn long_identifiers_break_anywhere_and_names_stay() {
        check("⟨https://bleepingcomputer.|com/|0123|4|5|6|7|8|9|a|b|cdef⟩");
        check("⟨https://x.|y/|abcd|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|uvwx⟩");
    }

    #[test]
    fn escapes_are_marks() {
        check("⟨http://a.|b/|SAP%2B|Vendor%2B|System⟩");
        check("⟨http://a.|b/%E4%BD%A0|%E5%A5%BD|%E5%90%97/%E4⟩");
    }

    #[test]
    fn paths_break_after_their_folders() {
        let check = |marked: &str| {
            let mut text = marked.replace('|', "");
            paths(&text).into_iter().rev().for_each(|byte| text.insert(byte, '|'));
            assert_eq!(text, marked);
        };
        check("路径是html5/|framework/|static/|create.js，见./src/|.config/|x.rs和/usr/|local/|bin。");
        check("A/B 测试，TCP/IP/UDP，2026/01/02/03/04，and/or，三/四/五，//comment/one/two");
    }

    #[test]
    fn many_are_found_in_one_go() {
        let text = "http://".repeat(50_000);
        assert_eq!(find(&text).len(), 1);
        let text = "http://a.b ".repeat(50_000);
        assert_eq!(find(&text).len(), 50_000);
    }
}
