//! Formulas between dollar signs, and what stands between such signs and is none: prices, variables of a shell.
//!
//! It refuses to set formulas: a terminal shows them as they are written.

use super::code::lines_with;
use super::options;
use crate::document::Inline;
use crate::parse::inlines::Inlines;
use comrak::nodes::{NodeMath, NodeValue};
use comrak::{Arena, parse_document};

/// Times in one block that what stands between two signs is read again; who needs more is no writer.
const MOST: usize = 100;

/// Whether a text has formulas: what only they hold stands between two signs of a line, or signs stand in twos.
pub fn are_in(text: &str) -> bool {
    let is_sure = |line: &str| {
        let (_, after) = line.split_once('$').unwrap_or_default();
        let (between, _) = after.rsplit_once('$').unwrap_or_default();
        line.contains("$$")
            || between.split('$').any(|inside| is_formula(inside) && inside.contains(['\\', '^', '_', '{']))
    };
    lines_with(text, &["$"]).any(|(_, line)| is_sure(line))
}

/// Whether what stands between two signs can be a formula: it has no words in Han, kana or Hangul, no link and no
/// emphasis.
fn is_formula(inside: &str) -> bool {
    let is_word = |c: char| matches!(c as u32, 0x2e80..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3 | 0xff00..=0xffef);
    !inside.is_empty()
        && !inside.starts_with(char::is_whitespace)
        && !inside.ends_with(char::is_whitespace)
        && !inside.contains(is_word)
        && !["](", "**", "![", "://"].iter().any(|mark| inside.contains(mark))
}

impl Inlines {
    /// Adds a formula as it is written, line by line; what is none is read as text.
    pub(super) fn formula(&mut self, math: &NodeMath, in_image: bool) {
        if !math.display_math && !in_image && self.rereads < MOST && !is_formula(&math.literal) {
            self.rereads += 1;
            return self.reread(&math.literal);
        }
        let sign = if math.display_math { "$$" } else { "$" };
        let start = self.text().len() + usize::from(self.has_soft_break());
        self.push_in(sign, in_image);
        for (index, line) in math.literal.split('\n').enumerate() {
            if index > 0 {
                self.hard_break();
            }
            self.push(line);
        }
        self.push_in(sign, in_image);
        self.style(start, Inline::Code);
    }

    /// Adds what stands between two signs as the text that it is.
    fn reread(&mut self, literal: &str) {
        let arena = Arena::new();
        let root = parse_document(&arena, literal, &options::of(literal, false));
        self.push("$");
        let paragraph = root.first_child().filter(|first| first.next_sibling().is_none());
        match paragraph.filter(|first| matches!(first.data().value, NodeValue::Paragraph)) {
            Some(paragraph) => self.read_on(paragraph),
            None => self.push(literal),
        }
        // A parser takes the space at a paragraph's end away.
        if literal.ends_with(' ') {
            self.space();
        }
        self.push("$");
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The texts of the blocks, and how many styles they have.
    #[track_caller]
    fn check(markdown: &str, text: &str, styles: usize) {
        let document = parse(markdown.as_bytes(), &Hint::named("a.md"));
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        let found = document.blocks.iter().map(|block| block.styles.len()).sum::<usize>();
        assert_eq!((texts.join("|").as_str(), found), (text, styles), "{markdown}");
    }

    #[test]
    fn formulas_stay_as_they_are_written() {
        check("设 $a_{1}*b_{1}*c$，价 $5 和 $10。", "设 $a_{1}*b_{1}*c$，价 $5 和 $10。", 1);
        check("$$\n\\begin{a}\n&=x_{1} \\\\\n\\end{a}\n$$", "$$\n\\begin{a}\n&=x_{1} \\\\\n\\end{a}\n$$", 1);
    }

    #[test]
    fn without_formulas_signs_are_text() {
        check("**$HOME** 和 **$PATH** 两处。", "$HOME 和 $PATH 两处。", 2);
        check("用$HOME，见[茶](https://a.example/$x)，**重要**的，$PATH。", "用$HOME，见茶，重要的，$PATH。", 2);
        check("<div>\n价$5元，又$6元\n</div>\n\n`a\n$b 中\n$c`\n", "价$5元，又$6元|a $b 中 $c", 1);
        check("**a$b\\\\** 与$c^2", "a$b\\ 与$c^2", 1);
        check("见 https://a.example/$x/$y 。", "见 https://a.example/$x/$y 。", 1);
    }

    #[test]
    fn beside_formulas_what_is_none_is_text() {
        check("设 $x^2$，买入$AAPL和**大涨**的$GOOG股票。", "设 $x^2$，买入$AAPL和大涨的$GOOG股票。", 2);
    }
}
