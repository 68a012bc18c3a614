//! Texts in which line ends part the paragraphs, as note-taking programs and people write them: `CommonMark` (4.8) takes
//! such lines for one paragraph that was wrapped.
//!
//! It refuses texts that were wrapped by hand: the lines of a dense text end where sentences do, or are longer than
//! anybody wraps them.

use super::code::told_apart;
use super::marks::is_item;
use crate::document::{Block, LineRange, Repair};
use crate::parse::line::ends_sentence;
use crate::text::letters::cells;

/// Lines by which a text is judged: the start of an article is read before the whole.
const LINES: usize = 60;
/// Line ends between paragraphs that make a text dense.
const SEVERAL: usize = 6;
/// Columns of the shortest line that may have been wrapped.
const SHORT: usize = 40;
/// Columns of a line that nobody has wrapped.
const LONG: usize = 200;

/// A text with blank lines between its paragraphs.
pub struct Aired {
    /// The text.
    pub text: String,
    /// The lines that were added, counted from 1.
    added: Vec<u32>,
}

/// A dense text with blank lines between its paragraphs, or one with a blank line below the lines at its `head` that hold
/// metadata; none if it is not dense and has such a line.
pub fn aired(text: &str, head: u32) -> Option<Aired> {
    let is_dense = is_dense(text);
    let is_glued = head > 0 && {
        let mut around = told_apart(text).skip(head as usize - 1).map(|(line, _)| !line.trim().is_empty());
        around.next() == Some(true) && around.next() == Some(true)
    };
    if !is_dense && !is_glued {
        return None;
    }
    let mut aired = Aired { text: String::with_capacity(text.len() + text.len() / 32), added: Vec::new() };
    let mut lines = told_apart(text).peekable();
    let mut number = 0;
    while let Some((line, is_code)) = lines.next() {
        number += 1;
        aired.text.push_str(line);
        if let Some((next, _)) = lines.peek().filter(|(_, is_next_code)| !is_code && !is_next_code)
            && (is_dense && is_parted(line, next) || is_glued && number - aired.added.len() as u32 == head)
        {
            number += 1;
            aired.text.push('\n');
            aired.added.push(number);
        }
    }
    Some(aired)
}

impl Aired {
    /// The line of the text as it was, `lines_before` being those of the file above it.
    fn line(&self, line: u32, lines_before: u32) -> u32 {
        line - self.added.partition_point(|added| *added <= line) as u32 + lines_before
    }

    /// Gives blocks and repairs the lines of the file.
    pub fn place(&self, blocks: &mut [Block], repairs: &mut [Repair], lines_before: u32) {
        for block in blocks {
            let LineRange { first, last } = block.lines;
            block.lines = LineRange { first: self.line(first, lines_before), last: self.line(last, lines_before) };
        }
        for repair in repairs {
            repair.line = self.line(repair.line, lines_before);
        }
    }
}

/// Whether line ends part the paragraphs of a text.
fn is_dense(text: &str) -> bool {
    let (mut blank, mut pairs, mut whole, mut long) = (0, 0, 0, 0);
    // The line above, if it is a paragraph's.
    let mut above: Option<&str> = None;
    let lines = told_apart(text).filter(|(_, is_code)| !is_code).map(|(line, _)| line.trim_end());
    for (line, left) in lines.zip((0..2 * LINES).rev()) {
        blank += usize::from(line.is_empty());
        // A line that is too short to have been wrapped says nothing, nor does a picture.
        let is_text = is_prose(line);
        if let Some(above) = above
            && is_text
            && ends_here(above, line)
            && !above.starts_with("![")
            && let columns @ SHORT.. = cells(above)
        {
            let is_bold = above.starts_with("**") && above.ends_with("**");
            let is_long = columns > LONG;
            pairs += 1;
            long += usize::from(is_long);
            whole += usize::from(is_long || is_bold || ends_sentence(above));
        }
        // Of most texts every other line is blank: the rest of the lines cannot make up for that.
        if blank > pairs + left {
            return false;
        }
        above = is_text.then_some(line);
    }
    // Where some lines are so long, nobody has wrapped the others.
    let are_whole = whole * 10 >= pairs * 7 || long >= SEVERAL / 2 && whole * 2 >= pairs;
    pairs >= SEVERAL && pairs >= blank && are_whole
}

/// Whether two lines are paragraphs, or parts of other blocks that end here.
fn is_parted(line: &str, next: &str) -> bool {
    is_prose(next) && ends_here(line, next)
}

/// Whether a block may end between a line and one of text.
fn ends_here(line: &str, next: &str) -> bool {
    // Rows of a table follow each other.
    let are_rows = || line.contains('|') && next.contains('|');
    !line.trim().is_empty() && !line.starts_with(['<', ' ', '\t']) && !are_rows()
}

/// Whether a line is text and begins no block of another kind.
fn is_prose(line: &str) -> bool {
    let starts = |c: char| matches!(c, '#' | '>' | '|' | '<' | '=' | '~' | '`' | ':' | '[' | ' ' | '\t');
    let is_rule = || line.trim_end().bytes().all(|byte| matches!(byte, b'-' | b'*' | b'_' | b' '));
    !line.trim().is_empty() && !line.starts_with(starts) && !is_item(line) && !is_rule()
}

#[cfg(test)]
mod tests {
    use crate::parse::markdown::{blocks, read};

    /// The first lines of the blocks of a text; `…` stands for a sentence.
    #[track_caller]
    fn check(markdown: &str, lines: &[u32]) {
        let prose = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下。";
        let found: Vec<u32> =
            blocks(&markdown.replace('…', prose), 4).iter().map(|block| block.lines.first - 4).collect();
        assert_eq!(found, lines, "{markdown}");
    }

    #[test]
    fn lines_that_are_paragraphs() {
        check("…\n…\n**茶**\n…\n…\n- 绿茶\n- 红茶\n…\n…\n…\n…\n", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        check("…\n…\n…\n…\n…\n…\n…\n茶 | 价\n---|---\n绿茶 | 三块\n红茶 | 两块\n…\n", &[1, 2, 3, 4, 5, 6, 7, 8, 12]);
        check("…\n…\n…\n…\n…\n…\n…\n```\n…\n…\n```\n…\n\n# 茶\n…\n", &[1, 2, 3, 4, 5, 6, 7, 8, 12, 14, 15]);
    }

    #[test]
    fn lines_that_were_wrapped() {
        let wrapped =
            "春天的集市在河边开张，卖旧书的人\n把摊子支在柳树底下，一直要摆到天\n黑才收。来的人多半不买什么。\n";
        check(&wrapped.repeat(8), &[1]);
        let (blocks, _) = read("Title: 茶\nMarkdown Content:\n河边有\n茶棚。\n\n水。", 0, 2, false);
        let lines: Vec<_> = blocks.iter().map(|block| (block.lines.first, block.lines.last)).collect();
        assert_eq!(lines, [(1, 2), (3, 4), (6, 6)]);
        check("…\n…\n\n…\n\n…\n\n…\n\n…\n\n…\n", &[1, 4, 6, 8, 10, 12]);
    }
}
