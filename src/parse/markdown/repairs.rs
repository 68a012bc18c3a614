//! What had to be set right in Markdown so that it could be read, line by line.
//!
//! It refuses to look at a text that no step has changed.

use super::code::lines;
use crate::document::Repair;

/// Repairs of a kind that are noted of a file; more of them say nothing more.
const MOST: usize = 1000;

/// A heading as `##标题`.
pub const HEADING: &str = "a heading had no space after its number signs";
/// An address with a line end in it, or with no end.
pub const ADDRESS: &str = "an address was broken over two lines, or broke off";
/// A bracket, paragraphs, and the address behind the last.
pub const CARD: &str = "a link stood around several paragraphs";
/// `**甲****乙**`, `__甲__乙`.
pub const STRONG: &str = "strong emphasis was written as no parser sees it";
/// More cells than columns.
pub const CELLS: &str = "a row had more cells than its table has columns";
/// Line ends in mid-sentence, runs of no-break spaces.
pub const SPACE: &str = "a paragraph had line ends or spaces where none belong";
const FENCE: &str = "a fence that nothing closes was ended before the text after it";
const COMMENT: &str = "a comment that nothing closes was ended before the text after it";
const MARKS: &str = "a line of hardly anything but marks was read as text";
const DEPTH: &str = "a line stood in too many containers and was read in fewer";

/// What was set right so far.
#[derive(Debug, Default)]
pub struct Repairs {
    lines_before: u32,
    noted: Vec<Repair>,
}

impl Repairs {
    /// None yet; there are some lines of the file above the text.
    pub fn below(lines_before: u32) -> Self {
        Self { lines_before, noted: Vec::new() }
    }

    /// Notes a repair of the same kind of some lines of the file.
    pub fn note(&mut self, lines: impl Iterator<Item = u32>, what: &str) {
        self.noted.extend(lines.take(MOST).map(|line| Repair { line, what: what.to_owned() }));
    }

    /// Notes the lines that a step has changed, of those that follow each other at once as many as it changes together.
    pub fn changed(&mut self, before: &str, after: &str, together: usize, what: &str) {
        let mut free = 0;
        let changes = changes(before, after).filter(|(index, ..)| {
            let is_free = *index >= free;
            free = if is_free { index + together } else { free };
            is_free
        });
        let first = self.lines_before + 1;
        self.note(changes.map(|(index, ..)| first + index as u32), what);
    }

    /// Notes the lines that were guarded against.
    pub fn guarded(&mut self, before: &str, after: &str) {
        for (index, before, after) in changes(before, after).take(MOST) {
            let what = match () {
                () if after == "-->" => COMMENT,
                () if before.trim().is_empty() => FENCE,
                () if after.is_empty() => MARKS,
                () => DEPTH,
            };
            self.note(std::iter::once(self.lines_before + 1 + index as u32), what);
        }
    }

    /// All of them.
    pub fn finish(self) -> Vec<Repair> {
        self.noted
    }
}

/// The lines that differ, by their index. No step adds or removes lines.
fn changes<'a>(before: &'a str, after: &'a str) -> impl Iterator<Item = (usize, &'a str, &'a str)> {
    // A step that had nothing to change gives the text itself.
    let changed = if std::ptr::eq(before, after) { "" } else { after };
    let lines = lines(before).zip(lines(changed)).enumerate();
    lines.filter(|(_, (before, after))| before != after).map(|(index, (before, after))| (index, before, after))
}

#[cfg(test)]
mod tests {
    use super::{ADDRESS, CARD, COMMENT, DEPTH, FENCE, HEADING, MARKS, SPACE, STRONG};
    use crate::parse::{Hint, parse};

    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str)]) {
        let document = parse(text.as_bytes(), &Hint::named("a.md"));
        let found: Vec<(u32, &str)> =
            document.repairs.iter().map(|repair| (repair.line, repair.what.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_was_set_right_is_noted_by_line() {
        check("---\ntitle: 题\n---\n\n##水\n\n从山上来。\n\n##火\n", &[(5, HEADING), (9, HEADING)]);
        check("茶。\n\n```sh\nls\n\n水从山上来，要走三里竹管，每年冬天竹管会裂。\n", &[(5, FENCE)]);
        check(&format!("茶\n\n{}水\n", "> ".repeat(70)), &[(3, DEPTH)]);
        check(&format!("茶\n\n{}\n", "[a](".repeat(10_000)), &[(3, MARKS)]);
        check("看[茶](http://example.com/\ntea)。\n\n**水****火**\n", &[(1, ADDRESS), (4, STRONG)]);
        check("茶。\n\n<!-- 注\n\n水从山上来。\n", &[(4, COMMENT)]);
        check("[茶\n\n水](/b)\n", &[(1, CARD)]);
        check("水\n\n** 茶 **\n", &[(3, STRONG)]);
        check("茶\n\n甲\u{a0}\u{a0}乙\n", &[(3, SPACE)]);
    }

    #[test]
    fn clean_texts_have_none() {
        check(
            "---\ntitle: 题\n---\n\n# 茶\n\n**水**从`##山`上来。\n\n```\n##火\n```\n\n- [甲](http://example.com/)\n",
            &[],
        );
    }
}
