//! What scrapers do to running text, undone: runs of no-break spaces, line ends in the middle of a sentence, and
//! paragraphs that are parted by nothing but two line ends.
//!
//! It refuses to join lines that may be verse: only a long line that ends in a letter goes on in the next; and those that
//! the author parted, unless several on end are as long, as in texts that a program wrapped.

use super::parting::Parting;
use crate::document::{Inline, Styled};
use crate::text::SafeText;
use crate::text::letters::{cells, is_unspaced};
use memchr::{memchr, memchr2, memmem};
use std::ops::Range;

/// Cells of a line that is too long for verse.
const LONG: usize = 44;

/// Styled stretches before they are placed in a safe text: start, end, style.
type Styles = Vec<(usize, usize, Inline)>;

/// Mends a text and moves its styles along; says whether there was anything to mend. The author wrote some of its line
/// ends, in ascending order.
pub fn mend(text: &mut String, styles: &mut Styles, written: &[usize]) -> bool {
    // The first byte of a no-break space.
    if memchr2(b'\n', 0xc2, text.as_bytes()).is_none() {
        return false;
    }
    let mut mended = String::with_capacity(text.len());
    // Places in the old text, ascending, and what they are in the new one.
    let mut shifts: Vec<(usize, usize)> = Vec::new();
    let mut copied = 0;
    for (start, end, between) in gaps(text, written) {
        mended.push_str(text.get(copied..start).unwrap_or_default());
        mended.push_str(between);
        copied = end;
        shifts.push((end, mended.len()));
    }
    if shifts.is_empty() {
        return false;
    }
    mended.push_str(text.get(copied..).unwrap_or_default());
    let place = |byte: usize| {
        let passed = shifts.partition_point(|(old, _)| *old <= byte);
        let (old, new) = passed.checked_sub(1).and_then(|last| shifts.get(last)).copied().unwrap_or_default();
        // What is inside white space that went is before what stands after it.
        let most = shifts.get(passed).map_or(mended.len(), |(_, new)| *new);
        (new + (byte - old)).min(most)
    };
    for (start, end, _) in styles.iter_mut() {
        (*start, *end) = (place(*start), place(*end));
    }
    *text = mended;
    true
}

/// White space that should not be: its start, its end, and what belongs in its place.
fn gaps(text: &str, written: &[usize]) -> Vec<(usize, usize, &'static str)> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}');
    let mut gaps = Vec::new();
    // The cells of the lines that go on, though the author wrote their ends.
    let mut parted: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(['\u{a0}', '\n'])).map(|found| at + found) {
        let before = text.get(at..start).unwrap_or_default();
        let start = start - (before.len() - before.trim_end_matches(is_space).len());
        let rest = text.get(start..).unwrap_or_default();
        let end = start + (rest.len() - rest.trim_start_matches(|c| is_space(c) || c == '\n').len());
        let gap = text.get(start..end).unwrap_or_default();
        match gap.matches('\n').count() {
            0 if gap.chars().nth(1).is_some() => gaps.push((start, end, " ")),
            1 => {
                // Looked at only where a line ends: the way back to its start is long where no-break spaces are many.
                let line = text.get(..start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
                let next = text.get(end..).and_then(|rest| rest.chars().next());
                if goes_on(line, next) {
                    let is_glued = line.chars().next_back().is_some_and(is_unspaced) && next.is_some_and(is_unspaced);
                    gaps.push((start, end, if is_glued { "" } else { " " }));
                    parted.extend(is_written(written, start..end).then(|| cells(line)));
                }
            }
            _ => {}
        }
        at = end.max(start + 1);
    }
    if !parted.is_empty() && !are_wrapped(&parted, written.len()) {
        gaps.retain(|(start, end, _)| !is_written(written, *start..*end));
    }
    gaps
}

/// Whether the author wrote the line end in some white space.
fn is_written(written: &[usize], space: Range<usize>) -> bool {
    let first = written.partition_point(|at| *at < space.start);
    written.get(first).is_some_and(|at| space.contains(at))
}

/// Whether a program wrapped the lines that go on, of all whose ends are written: several, most, and alike in length.
fn are_wrapped(lines: &[usize], written: usize) -> bool {
    let (least, most) = (lines.iter().min().copied().unwrap_or(0), lines.iter().max().copied().unwrap_or(0));
    lines.len() >= 2 && lines.len() * 2 >= written && (most - least) * 4 <= most
}

/// Whether a sentence goes on after a line: the line is long, and neither it nor the next stops there.
fn goes_on(line: &str, next: Option<char>) -> bool {
    let last = line.chars().next_back();
    let ends_open = last.is_some_and(|c| c.is_alphanumeric() || matches!(c, '，' | '、'));
    let starts_open = next.is_some_and(|c| (is_unspaced(c) && c.is_alphabetic()) || c.is_lowercase());
    ends_open && starts_open && cells(line) >= LONG
}

/// Takes the paragraphs of a text one by one, which two line ends part.
pub fn paragraphs(text: SafeText, styles: Vec<Styled>, mut take: impl FnMut(SafeText, Vec<Styled>)) {
    if memchr(b'\n', text.as_bytes()).is_none() || memmem::find(text.as_bytes(), b"\n\n").is_none() {
        return take(text, styles);
    }
    let mut parting = Parting::new(&styles);
    let mut at = 0;
    for piece in text.as_str().split("\n\n") {
        let leading = piece.len() - piece.trim_start_matches(['\n', ' ']).len();
        let (start, trimmed) = (at + leading, piece.trim_matches(['\n', ' ']));
        let end = start + trimmed.len();
        at += piece.len() + "\n\n".len();
        if trimmed.is_empty() {
            continue;
        }
        take(SafeText::body(trimmed), parting.inside(start..end));
    }
}

#[cfg(test)]
mod tests {
    use super::mend;
    use crate::document::Inline;
    use crate::parse::{Hint, parse};

    #[track_caller]
    fn check(markdown: &str, paragraphs: &[&str]) {
        let document = parse(markdown.as_bytes(), &Hint::named("a.md"));
        let found: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(found, paragraphs, "{markdown}");
    }

    #[test]
    fn line_ends() {
        check("一行诗，  \n又一行诗。", &["一行诗，\n又一行诗。"]);
        check(
            "水从山上来，要走三里竹管，每年冬天竹管会裂，老板就带着徒  \n弟沿路去补。",
            &["水从山上来，要走三里竹管，每年冬天竹管会裂，老板就带着徒弟沿路去补。"],
        );
        check("第一段。<br><br>**第二段**<br> <br>第三段。", &["第一段。", "第二段", "第三段。"]);
    }

    #[test]
    fn line_ends_that_the_author_wrote() {
        let (house, street) = ("The Old Reading Room of the School by the River", "third door behind the stall");
        check(&format!("{house}<br>{street}"), &[&format!("{house}\n{street}")]);
        check(&format!("{house}\\\n{street}"), &[&format!("{house}\n{street}")]);
        check(&format!("{house}  \n{street}"), &[&format!("{house} {street}")]);
        let maker = "河边茶学院古籍与茶书研究中心茶馆历史资料整理与研究小组";
        check(&format!("{maker}<br>陆小羽整理"), &[&format!("{maker}\n陆小羽整理")]);
        let wrapped = [
            "The stall by the river has been open for forty years and the",
            "fire has never gone out, whoever kept it, and in the winter the",
            "pipes crack, so that the boy goes up to the hill to mend them",
            "again.",
        ];
        check(&wrapped.join("<br>"), &[&wrapped.join(" ")]);
        check(&wrapped.join("\\\n"), &[&wrapped.join(" ")]);
    }

    #[test]
    fn attributes() {
        check("看[茶](https://example.com/a){.wide}和水{=x}。", &["看茶和水{=x}。"]);
        check("![炉子](a.png){width=\"600\"}", &["炉子"]);
    }

    #[test]
    fn spaces() {
        check("甲\u{a0}\u{a0} \u{a0}乙 丙\u{a0}丁", &["甲 乙 丙\u{a0}丁"]);
        check("\u{3000}\u{3000}甲", &["甲"]);
    }

    #[test]
    fn styles_follow() {
        let mut text = "甲\u{a0}\u{a0}乙丙".to_owned();
        let mut styles = vec![(7, 10, Inline::Strong), (0, 13, Inline::Emphasis)];
        mend(&mut text, &mut styles, &[]);
        assert_eq!((text.as_str(), styles), ("甲 乙丙", vec![(4, 7, Inline::Strong), (0, 10, Inline::Emphasis)]));
    }
}
