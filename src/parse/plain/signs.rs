//! Headings of plain text that signs mark, as light markup other than Markdown has them: `== 茶棚 ==`, `** 茶棚`, a line
//! of signs under a title that is as long as the title.
//!
//! It refuses lists, whose items follow each other, and to know any markup by its name.

use super::PLACED;
use super::shapes::{Shape, indent};
use crate::parse::line::ends_sentence;
use crate::text::letters::{cells, has_letter};

/// What underlines a heading besides `=` and `-`.
const UNDER: &str = "~^\"*#+:.`'";
/// Signs of the deepest heading.
const MOST: usize = 6;
/// Levels that are told apart.
const DEEPEST: usize = 5;
/// Columns of the longest heading.
const WIDEST: usize = 100;
/// Headings of a kind.
const SEVERAL: usize = 2;

/// Tells the lines that signs make headings.
pub fn mark(lines: &[&str], shapes: &mut [Shape]) {
    for sign in ['=', '*'] {
        let found: Vec<(usize, usize)> =
            lines.iter().enumerate().filter_map(|(index, line)| Some((index, signs(line, sign)?))).collect();
        let has_text = |(index, _): &&(usize, usize)| {
            let below = lines.iter().skip(index + 1).find(|line| !line.trim().is_empty());
            below.is_some_and(|line| signs(line, sign).is_none() && (sign != '*' || indent(line) == 0))
        };
        // Stars of one depth are bullets, and so are those that follow each other or whose text is set in.
        let is_nested = sign != '*' || found.iter().any(|(_, depth)| *depth > 1);
        if found.len() < SEVERAL || !is_nested || found.iter().filter(has_text).count() * 3 < found.len() * 2 {
            continue;
        }
        for (index, depth) in found {
            if let Some(shape) = shapes.get_mut(index) {
                *shape = Shape::Signed(depth.min(DEEPEST) as u8);
            }
        }
    }
    underlined(lines, shapes);
}

/// A heading without its signs.
pub fn title(line: &str) -> &str {
    let sign = line.chars().next().unwrap_or_default();
    let title = line.trim_start_matches(sign).trim();
    let ended = title.trim_end_matches(sign);
    if ended.ends_with(' ') { ended.trim_end() } else { title }
}

/// How many signs a line begins with, if it is such a heading.
fn signs(line: &str, sign: char) -> Option<usize> {
    let rest = line.trim_start_matches(sign);
    let depth = line.len() - rest.len();
    let is_title = (1..=MOST).contains(&depth)
        && rest.starts_with(' ')
        && has_letter(rest)
        && cells(rest) <= WIDEST
        && !ends_sentence(title(line).trim_end_matches(['?', '？', '!', '！']));
    is_title.then_some(depth)
}

/// Tells the lines under headings of signs that Markdown does not know; the order in which they come is that of levels.
fn underlined(lines: &[&str], shapes: &mut [Shape]) {
    let mut found: Vec<(usize, char)> = Vec::new();
    for (index, pair) in lines.windows(2).enumerate() {
        let [title, under] = pair else { continue };
        // Most lines are no signs.
        let Some(sign) = under.chars().next().filter(|sign| "=-".contains(*sign) || UNDER.contains(*sign)) else {
            continue;
        };
        let under = under.trim_end();
        let before = index.checked_sub(1).and_then(|before| lines.get(before)).map_or("", |line| line.trim_end());
        let is_under = under.len() > 2
            && under.bytes().all(|byte| char::from(byte) == sign)
            && has_letter(title)
            && indent(title) == 0
            && (cells(title.trim_end())..=cells(title.trim_end()) + 2).contains(&under.len())
            && (before.is_empty() || before == under);
        if is_under {
            found.push((index + 1, sign));
        }
    }
    if !found.iter().any(|(_, sign)| UNDER.contains(*sign)) || found.len() < SEVERAL {
        return;
    }
    let mut order: Vec<char> = Vec::new();
    for (index, sign) in found {
        let rank = order.iter().position(|other| *other == sign).unwrap_or_else(|| {
            order.push(sign);
            order.len() - 1
        });
        if let Some(shape) = shapes.get_mut(index) {
            *shape = Shape::Underline(PLACED + rank.min(DEEPEST - 1) as u8);
        }
        // A line of signs above the title as well.
        let above = index.checked_sub(2).filter(|above| lines.get(*above) == lines.get(index));
        if let Some(shape) = above.and_then(|above| shapes.get_mut(above)) {
            *shape = Shape::Underline(PLACED);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The title and the outline of a plain text; `…` stands for a sentence.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let prose = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下。";
        let document = parse(text.replace('…', prose).as_bytes(), &Hint::named("a.txt"));
        let mut found = document.meta.title.to_string();
        for section in &document.outline.sections {
            found.push_str(&format!("|{} {}", section.level, section.title));
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn signs_before_titles() {
        check("= 集市\n\n…\n\n== 旧书摊\n\n…\n\n=== 新书\n\n…\n\n== 茶棚\n\n…\n", "集市|1 旧书摊|2 新书|1 茶棚");
        check("= 集市 =\n…\n== 旧书摊？ ==\n…\n== C = 茶 ==\n…\n", "集市|1 旧书摊？|1 C = 茶");
        check("* 集市\n…\n** 旧书摊\n…\n** 茶棚\n…\n", "集市|1 旧书摊|1 茶棚");
    }

    #[test]
    fn signs_under_titles() {
        check(
            "集市\n====\n\n…\n\n旧书摊\n------\n\n…\n\n新书\n~~~~\n\n…\n\n茶棚\n------\n\n…\n",
            "集市|1 旧书摊|2 新书|1 茶棚",
        );
        check("####\n集市\n####\n\n…\n\n旧书摊\n******\n\n…\n\n茶棚\n******\n\n…\n", "集市|1 旧书摊|1 茶棚");
    }

    #[test]
    fn lists_are_none() {
        check("集市\n\n…\n\n* 书\n** 旧书\n** 新书\n* 茶\n\n…\n", "集市");
        check("集市\n\n…\n\n* 书\n\n* 茶\n\n…\n", "集市");
        check("集市\n\n…\n\n* 书\n  三本\n** 旧书\n   两本\n* 茶\n  一壶\n\n…\n", "集市");
    }
}
