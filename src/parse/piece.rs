//! The first piece of an article: enough for a screen, few enough bytes to be parsed while it is waited for.
//!
//! It refuses to cut a line, and a code block if there is a place before it.

use crate::document::Document;

/// Bytes of a file that is parsed in pieces: the rest of it would be waited for as long as the first screen.
pub const LARGE: usize = 16 << 10;
/// Bytes of the first piece at most.
const PIECE: usize = 10 << 10;
/// Bytes of the first piece at least, if it ends at a blank line: a screen of 60 rows of 40 squares each.
const LEAST: usize = 7 << 10;

/// The start of an article of which the rest is still being parsed.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What it says so far.
    pub document: Document,
    /// How much of the article it is, in thousandths.
    pub share: u16,
}

/// The first bytes of an article; none if there are few, or if its encoding has line ends of more than a byte.
pub fn first(bytes: &[u8]) -> Option<&[u8]> {
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = bytes.get(..PIECE)?;
    if bytes.len() < LARGE || is_wide || super::decode::choice::wide::by_zeros(head).is_some() {
        return None;
    }
    let end = blank_line(head).or_else(|| head.iter().rposition(|byte| *byte == b'\n'))?;
    head.get(..=end)
}

/// The last blank line outside of code blocks.
fn blank_line(head: &[u8]) -> Option<usize> {
    let (mut at, mut in_code, mut found) = (0, false, None);
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        let trimmed = line.trim_ascii();
        in_code ^= trimmed.starts_with(b"```") || trimmed.starts_with(b"~~~");
        if trimmed.is_empty() && !in_code && at >= LEAST && line.ends_with(b"\n") {
            found = Some(at - 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{LARGE, Piece, first};
    use crate::document::Part;
    use crate::parse::{self, Hint};

    fn article(paragraph: &str, bytes: usize) -> String {
        let mut text = "---\ntitle: 河\n---\n\n# 河\n\n作者：甲\n\n".to_owned();
        for number in 1.. {
            if text.len() > bytes {
                break;
            }
            text.push_str(&format!("## {number}. 水\n\n{paragraph}\n\n```\n\ncode {number}\n\n```\n\n"));
        }
        text
    }

    #[test]
    fn the_first_piece_is_the_start_of_the_whole() {
        let text = article("水从山上来，要走三里竹管，每年冬天竹管会裂，老板就带着徒弟沿路去补。", 4 * LARGE);
        let hint = Hint::named("a.md");
        let Piece { document: piece, share } = parse::first(text.as_bytes(), text.len() as u64, &hint).unwrap();
        let whole = parse::parse(text.as_bytes(), &hint);
        assert_eq!(piece.meta, whole.meta);
        assert_eq!(piece.blocks, whole.blocks.get(..piece.blocks.len()).unwrap());
        assert!(piece.blocks.len() > 50 && piece.blocks.iter().all(|block| block.part != Part::Boilerplate));
        assert!((120..=250).contains(&share), "{share}");
    }

    #[test]
    fn small_files_and_wide_encodings_have_none() {
        let hint = Hint::named("a.md");
        assert!(parse::first(article("水。", 1000).as_bytes(), 1000, &hint).is_none());
        let wide: Vec<u8> = article("水。", LARGE).encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(parse::first(&wide, wide.len() as u64, &hint).is_none());
        assert!(first(&vec![b'a'; 2 * LARGE]).is_none(), "one line");
    }
}
