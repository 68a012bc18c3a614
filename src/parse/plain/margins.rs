//! Headings of typed text by where they stand on the page: at the margin of a text that is set in, as manuals and
//! standards have them, or right below a rule; and what runs along the heads and feet of its pages.
//!
//! It refuses texts of which much stands at the margin, and rules that part anything but sections.

use super::GAP;
use super::shapes::{Shape, indent};
use crate::parse::line::ends_sentence;
use crate::text::letters::{cells, has_letter};

/// Lines of a text whose margins say something.
const LEAST: usize = 12;
/// Headings of a kind.
const SEVERAL: usize = 3;
/// Cells of the longest heading.
const WIDEST: usize = 76;
/// Columns by which text is set in.
const SET_IN: usize = 2;
/// Numbers of the deepest heading that is told from others.
const DEEPEST: u8 = 4;

/// Tells the lines that are headings by where they stand.
pub fn mark(lines: &[&str], shapes: &mut [Shape]) {
    let below_rules = below_rules(lines, shapes);
    let found = if below_rules.is_empty() { at_margin(lines, shapes) } else { below_rules };
    for (index, depth) in found {
        if let Some(shape) = shapes.get_mut(index) {
            *shape = Shape::Title(depth);
        }
    }
}

/// What stands at both ends of a text's first line, which is the name of what the page tells: `NAME(1)   …   NAME(1)`.
pub fn running_head<'a>(lines: &[&'a str]) -> Option<(usize, &'a str)> {
    let (index, line) = lines.iter().enumerate().find(|(_, line)| !line.trim().is_empty())?;
    let (first, _) = line.trim().split_once(GAP)?;
    let is_name = has_letter(first) && cells(first) <= WIDEST / 2;
    (is_name && ends_with(line, first)).then_some((index, first))
}

/// Whether a line stands at the head or foot of a page: it is set in three columns, of which the last is the page's name.
pub fn is_running(line: &str, name: &str) -> bool {
    let columns = line.trim().split(GAP).filter(|column| !column.trim().is_empty()).count();
    columns >= 3 && ends_with(line, name)
}

/// Whether a line's last column is a name.
fn ends_with(line: &str, name: &str) -> bool {
    line.trim_end().strip_suffix(name).is_some_and(|before| before.ends_with(GAP))
}

/// The title in the box that a text begins with: a line between two rules, and its index.
pub fn boxed<'a>(lines: &[&'a str]) -> Option<(usize, &'a str)> {
    let first = lines.iter().position(|line| !line.trim().is_empty())?;
    let [above, line, below, ..] = lines.get(first..)? else { return None };
    let sign =
        above.trim().chars().next().filter(|sign| super::shapes::is_rule(above.trim()) && !sign.is_alphanumeric())?;
    let is_box = above.trim() == below.trim();
    let title = line.trim().trim_matches(sign).trim();
    (is_box && has_letter(title) && cells(title) <= WIDEST).then_some((first + 1, title))
}

/// Whether a line could be a heading at all.
fn could_be(line: &str) -> bool {
    let text = line.trim();
    has_letter(text)
        && cells(text) <= WIDEST
        && !text.contains(GAP)
        && !ends_sentence(text.trim_end_matches([':', '：']))
}

fn is_blank(lines: &[&str], index: Option<usize>) -> bool {
    index.and_then(|index| lines.get(index)).is_none_or(|line| line.trim().is_empty())
}

/// How deep a heading stands by the numbers before it: `3.1.` is two.
fn depth(line: &str) -> u8 {
    let number = line.trim().split([' ', '\t']).next().unwrap_or_default();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c == '.') && number.contains('.');
    let parts = number.split('.').filter(|part| !part.is_empty()).count();
    if is_number { parts.clamp(1, usize::from(DEEPEST)) as u8 } else { 1 }
}

/// The lines right below rules, if that is what the rules are for: a blank line parts each from its text.
fn below_rules(lines: &[&str], shapes: &[Shape]) -> Vec<(usize, u8)> {
    let rules: Vec<usize> = (0..lines.len()).filter(|index| shapes.get(*index) == Some(&Shape::Rule)).collect();
    let is_title = |index: &usize| {
        shapes.get(*index) == Some(&Shape::Text)
            && lines.get(*index).is_some_and(|line| could_be(line))
            && is_blank(lines, Some(index + 1))
            && index + 2 < lines.len()
    };
    let found: Vec<usize> = rules.iter().map(|rule| rule + 1).filter(is_title).collect();
    if found.len() < SEVERAL || found.len() * 2 < rules.len() {
        return Vec::new();
    }
    found.into_iter().map(|index| (index, lines.get(index).map_or(1, |line| depth(line)))).collect()
}

/// The lines at the margin of a text that is set in, and those between it and the text: alone, and text below them.
fn at_margin(lines: &[&str], shapes: &[Shape]) -> Vec<(usize, u8)> {
    let shown = || lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.trim().contains(GAP));
    let all = shown().count();
    let set_in = shown().filter(|(_, line)| indent(line) >= SET_IN).count();
    if all < LEAST || set_in * 4 < all * 3 {
        return Vec::new();
    }
    // The text stands where the first of many lines do.
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for (_, line) in shown().filter(|(_, line)| indent(line) >= SET_IN) {
        *counts.entry(indent(line)).or_default() += 1;
    }
    let Some(text) = counts.into_iter().find(|(_, count)| count * 10 >= set_in).map(|(column, _)| column) else {
        return Vec::new();
    };
    let is_title = |(index, line): &(usize, &&str)| {
        let below = lines.iter().skip(index + 1).find(|line| !line.trim().is_empty());
        shapes.get(*index) == Some(&Shape::Text)
            && could_be(line)
            && is_blank(lines, index.checked_sub(1))
            && below.is_some_and(|below| indent(below) > indent(line))
    };
    let outside: Vec<(usize, &&str)> = shown().filter(|(_, line)| indent(line) < text).collect();
    let found: Vec<(usize, &&str)> = outside.iter().copied().filter(is_title).collect();
    let least = found.iter().map(|(_, line)| indent(line)).min().unwrap_or_default();
    let highest = found.iter().filter(|(_, line)| indent(line) == least).count();
    if highest < SEVERAL || found.len() * 2 <= outside.len() {
        return Vec::new();
    }
    let below = |line: &str| u8::from(indent(line) > least);
    found.into_iter().map(|(index, line)| (index, depth(line) + below(line))).collect()
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The title of a plain text, and its outline, two spaces a level.
    #[track_caller]
    fn check(text: &str, title: &str, outline: &str) {
        let document = parse(text.as_bytes(), &Hint::named("书.txt"));
        let sections = document.outline.sections.iter();
        let found: Vec<String> = sections
            .map(|section| format!("{}{}", "  ".repeat(usize::from(section.level) - 1), section.title))
            .collect();
        assert_eq!((document.meta.title.as_str(), found.join("\n").as_str()), (title, outline), "{text}");
    }

    const PROSE: &str = "The market opens in spring, and the sellers of old books\n       stay there until it is dark. Few buy anything.";

    #[test]
    fn manuals() {
        let text = format!(
            "TEA(1)                  Markets                  TEA(1)\n\nNAME\n       tea - makes tea\n\nDESCRIPTION\n       {PROSE}\n\n       {PROSE}\n\n   The stall\n       {PROSE}\n\n       -w, --water\n           {PROSE}\n\nSEE ALSO\n       water(1)\n\nmarkets 1.0                  2024                  TEA(1)\n"
        );
        check(&text, "TEA(1)", "NAME\nDESCRIPTION\n  The stall\nSEE ALSO");
    }

    #[test]
    fn text_below_the_head_of_a_table() {
        let text = "Name   Price   Name\n\nA paragraph that is long and ends with    Name\n\nMore of it.\n";
        let document = parse(text.as_bytes(), &Hint::named("书.txt"));
        let shown = document.blocks.iter().filter(|block| block.part == crate::document::Part::Body);
        assert_eq!(shown.map(|block| block.text.to_string()).collect::<Vec<_>>().len(), 2);
    }

    #[test]
    fn lines_of_a_program_that_wraps_at_spaces() {
        let text = "名前\n       茶 - 茶を入れる\n\n説明\n       この店は\n       四十年前に開いた。火は\n       一度も消えたことがない。\n\n       -w\n           水を汲む。\n\n       誰が\n       守っても。\n\n関連項目\n       水(1)\n\n       火(1)\n";
        let document = parse(text.as_bytes(), &Hint::named("a.txt"));
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        let joined = "この店は四十年前に開いた。火は一度も消えたことがない。";
        let expected = [
            "名前",
            "茶 - 茶を入れる",
            "説明",
            joined,
            "-w",
            "水を汲む。",
            "誰が守っても。",
            "関連項目",
            "水(1)",
            "火(1)",
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn standards() {
        let prose = PROSE.replace("       ", "   ");
        let section = |title: &str| format!("{title}\n\n   {prose}\n\n   {prose}\n\n");
        let text: String = ["1.  Tea", "2.  Stalls", "2.1.  Water", "3.  References"].map(section).concat();
        check(&text, "书", "1.  Tea\n2.  Stalls\n  2.1.  Water\n3.  References");
    }

    #[test]
    fn below_rules() {
        let rule = "~".repeat(60);
        let section = |title: &str| {
            format!("{rule}\n\t\t{title}\n\n  天亮了，茶也煮好了。\n\n  1. 走出门去看，院子里落满了雪。\n\n")
        };
        let boxed = format!("{0}\n=   河边的茶棚   =\n{0}\n\n  天亮了，茶也煮好了。\n\n", "=".repeat(60));
        let text = boxed + &["第一讲第一节：茶", "第一讲第二节：水", "小结"].map(section).concat() + &rule;
        check(&text, "河边的茶棚", "第一讲第一节：茶\n第一讲第二节：水\n小结");
    }

    #[test]
    fn what_stands_at_no_margin_of_text() {
        let paragraph = "天亮了，茶也煮好了，他走出门去看，院子里落满了雪。";
        let flush = format!("{paragraph}\n\n    第二段，{paragraph}\n\n").repeat(12);
        check(&format!("集市\n\n{flush}"), "集市", "");
        check(&format!("集市\n\n{}", format!("***\n他说\n\n{paragraph}\n\n").repeat(2)), "集市", "");
    }
}
