//! Lines that a program wrapped where spaces stand: each is as long as it could be with the next word in the next line.
//! Where words are long, as sentences without spaces are, such lines are of any length.
//!
//! It refuses texts in which not nearly all lines are so.

use super::WRAPPED;
use crate::parse::line::ends_sentence;
use crate::text::letters::cells;

/// Line ends that a program must have made.
const SEVERAL: i32 = 4;
/// Columns of the narrowest text.
const LEAST: usize = 40;

/// The most that a program put in a line.
#[derive(Debug, Clone, Copy)]
pub struct Wrap {
    width: usize,
    /// Whether it took every character for one column.
    counts_characters: bool,
}

/// How the lines of a text were wrapped, if they were.
pub fn of(lines: &[&str]) -> Option<Wrap> {
    [false, true].into_iter().find_map(|counts_characters| {
        let mut wrap = Wrap { width: WRAPPED, counts_characters };
        // For each width by how many the line ends rise that it explains: from a line's own on, up to where the next
        // word would have had room.
        let mut rises = [0_i32; WRAPPED + 2];
        let (mut all, mut ended) = (0, 0);
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            let is_pair = !line.trim().is_empty() && next.starts_with(|c: char| !c.is_whitespace());
            let least = wrap.measure(line);
            // Where paragraphs follow each other at once, line ends are theirs.
            let is_ended = is_pair && ends_sentence(line.trim_end());
            ended += i32::from(is_ended);
            let word = wrap.measure(first_word(next));
            // What no line holds would have begun a line anywhere, and says nothing.
            if is_pair && least <= WRAPPED && word <= LEAST && !is_ended {
                all += 1;
                let most = least + 1 + word;
                rises.get_mut(least.max(LEAST)).into_iter().for_each(|rise| *rise += 1);
                rises.get_mut(most.clamp(LEAST, WRAPPED + 1)).into_iter().for_each(|rise| *rise -= 1);
            }
        }
        let mut explained = 0;
        let explained = rises.iter().enumerate().map(|(width, rise)| {
            explained += rise;
            (explained, width)
        });
        let (explained, width) = explained.max()?;
        wrap.width = width;
        (explained >= SEVERAL && explained * 10 >= all * 7 && all >= ended).then_some(wrap)
    })
}

/// Columns of a line that was full when it was wrapped by hand; more than any line holds if none was.
pub fn full_line(text: &str) -> usize {
    const NONE: usize = usize::MAX / 16;
    let each = || text.lines().map(|line| (cells(line.trim_end()), line)).filter(|(length, _)| *length > 0);
    let mut lengths: Vec<usize> = each().map(|(length, _)| length).collect();
    lengths.sort_unstable();
    let long = lengths.get(lengths.len().saturating_sub(1) * 9 / 10).copied().unwrap_or_default();
    let longest = lengths.last().copied().unwrap_or_default();
    if !(16..=WRAPPED).contains(&long) || longest > long * 3 / 2 {
        return NONE;
    }
    // Where lines were wrapped by hand few of those that are full end where sentences do.
    let full = || each().filter(|(length, _)| length * 10 >= long * 7);
    let ended = full().filter(|(_, line)| ends_sentence(line.trim_end())).count();
    if ended * 3 > full().count() * 2 { NONE } else { long }
}

fn first_word(line: &str) -> &str {
    line.trim_start().split([' ', '\t']).next().unwrap_or_default()
}

impl Wrap {
    /// Whether the first word of the next line had no room in a line.
    pub fn parts(self, line: &str, next: &str) -> bool {
        self.measure(line) + 1 + self.measure(first_word(next)) > self.width
    }

    fn measure(self, line: &str) -> usize {
        let line = line.trim_end();
        if self.counts_characters { line.chars().count() } else { cells(line) }
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::parse::Tables;
    use crate::parse::plain;
    use crate::text::letters::cells;

    const LONG: &str = "的时候茶棚就已经开了，老板把炉子搬到门口，水是从山上引下来的，要走三里竹管，每年冬天竹管会裂，他就带着徒弟沿路去补。";

    /// A text that a program wrapped at 60 columns, in the paragraphs that it was.
    fn wrapped(paragraphs: &[String]) -> String {
        let mut text = String::new();
        for paragraph in paragraphs {
            let mut column = 0;
            for word in paragraph.split(' ') {
                let width = cells(word);
                let is_first = column == 0;
                let fits = column + 1 + width <= 60;
                text.push_str(if is_first {
                    ""
                } else if fits {
                    " "
                } else {
                    "\n"
                });
                text.push_str(word);
                column = if is_first || !fits { width } else { column + 1 + width };
            }
            text.push_str("\n\n");
        }
        text
    }

    #[test]
    fn lines_of_any_length() {
        let words = "茶 水 火 炭 书 船 桥 柳 井 田 山 河 村 路 门 窗 灯 碗 杯 壶 灶 柴 米 盐";
        let paragraph = |year: usize| {
            format!("{words} 茶报 {year} 年 3 月 的 消息 说，天亮 {year} 次{LONG} 到 {year} 年 也 一样。")
        };
        let paragraphs: Vec<String> = (2020..2026).map(paragraph).collect();
        let found = plain::blocks(&wrapped(&paragraphs), 0, &Tables::built_in().chapters);
        assert_eq!(found.len(), paragraphs.len(), "{found:?}");
    }

    #[test]
    fn lines_that_were_not_wrapped() {
        assert!(of(&["let a = 1;", "let b = a + 2;", "print(a, b)", "a b", "c d", "e f"].repeat(3)).is_none());
        let heading = "茶棚开了";
        let paragraph = "天亮的时候茶棚就已经开了，老板把炉子搬到门口，水是从山上引下来的，要走三里竹管，每年冬天竹管会裂，他就带着徒弟沿路去补。";
        assert!(of(&[heading, paragraph, paragraph, paragraph].repeat(6)).is_none());
        assert!(of(&["The river is wide and slow today", "and so are we", "who sit on its bank"].repeat(4)).is_none());
    }
}
