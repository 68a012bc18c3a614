//! Text without markup: paragraphs, lines that were wrapped by hand, chapter titles.
//!
//! It refuses to guess at markup; a text with Markdown in it is `markdown`'s.

pub mod aozora;
pub mod flow;
pub mod margins;
pub mod markup;
pub mod paging;
pub mod preformatted;
pub mod shapes;
pub mod signs;
pub mod wrap;

use crate::document::Block;
use crate::parse::tables::chapters::Chapters;

/// Columns of a line that still may have been wrapped by hand; longer lines are paragraphs.
const WRAPPED: usize = 100;
/// What parts two columns of typed text.
const GAP: &str = "   ";
/// The level of a heading that stands for one by its place, until `headings::level` finds its rank.
pub const PLACED: u8 = 4;

/// Reads plain text; `lines_before` are the lines of the file above it.
pub fn blocks(text: &str, lines_before: u32, chapters: &Chapters) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let mut shapes = shapes::of(&lines, chapters);
    margins::mark(&lines, &mut shapes);
    signs::mark(&lines, &mut shapes);
    let mut blocks = flow::blocks(text, &lines, &shapes, lines_before, chapters);
    paging::mark(text, &lines, lines_before, &mut blocks);
    blocks
}

#[cfg(test)]
mod tests {
    use crate::document::{Block, Part};
    use crate::parse::Tables;

    fn blocks(text: &str) -> Vec<Block> {
        super::blocks(text, 0, &Tables::built_in().chapters)
    }

    #[track_caller]
    fn check(text: &str, dump: &[&str]) {
        let found: Vec<String> = blocks(text)
            .iter()
            .map(|block| format!("{}-{} {}", block.lines.first, block.lines.last, block.text))
            .collect();
        assert_eq!(found, dump);
    }

    #[test]
    fn a_line_a_paragraph() {
        check(
            "第一章 起\n　　天亮了。\n　　他走出门去，看见院子里的树上落满了雪，心里想着昨夜读到一半的那本书，不知后来怎样。\n\n　　完。",
            &[
                "1-1 第一章 起",
                "2-2 天亮了。",
                "3-3 他走出门去，看见院子里的树上落满了雪，心里想着昨夜读到一半的那本书，不知后来怎样。",
                "5-5 完。",
            ],
        );
    }

    #[test]
    fn lines_below_the_text_of_a_number_are_its_item() {
        check(
            "集市\n\n1.  天亮了，\n    茶也煮好了\n2.  水开了\n",
            &["1-1 集市", "3-4 1.  天亮了，茶也煮好了", "5-5 2.  水开了"],
        );
    }

    #[test]
    fn lines_that_end_with_their_sentences_are_paragraphs() {
        check(
            "天亮了，他走出门去，看见院子里的树上落满了雪。\n他心里想着昨夜读到一半的那本书，不知道后来怎样。\n茶棚\n茶棚开在渡口边上，卖茶的人一早就把火生起来了。",
            &[
                "1-1 天亮了，他走出门去，看见院子里的树上落满了雪。",
                "2-2 他心里想着昨夜读到一半的那本书，不知道后来怎样。",
                "3-3 茶棚",
                "4-4 茶棚开在渡口边上，卖茶的人一早就把火生起来了。",
            ],
        );
        check(
            "这一行用手折过，后面一行写的是别的事，\n※ 不连成一段。",
            &["1-1 这一行用手折过，后面一行写的是别的事，", "2-2 ※ 不连成一段。"],
        );
    }

    #[test]
    fn shapes_of_lines() {
        check(
            "题目\n====\n\n一段文字，说的是河边的集市。\n\n  * 甲\n  * 乙，这一项很长，\n    到这里为止\n\n    let a = 1;\n      b\n\n结尾。\n----------\n",
            &[
                "1-2 题目",
                "4-4 一段文字，说的是河边的集市。",
                "6-6 甲",
                "7-8 乙，这一项很长，到这里为止",
                "10-11 let a = 1;\n  b",
                "13-13 结尾。",
                "14-14 ",
            ],
        );
        check("甲\n\n> 一句\n> 两句\n\n> > 三句\n", &["1-1 甲", "3-4 一句\n两句", "6-6 三句"]);
        check(
            "集市\n甲\n\n水从山上来\n一路到河边\n\n茶棚在路口\n炉火夜不眠\n",
            &["1-1 集市", "2-2 甲", "4-5 水从山上来\n一路到河边", "7-8 茶棚在路口\n炉火夜不眠"],
        );
        check(
            "　甲。\n    乙来了。\n    丙走了。\n\n    丁。\n",
            &["1-1 甲。", "2-2 乙来了。", "3-3 丙走了。", "5-5 丁。"],
        );
    }

    #[test]
    fn a_memo() {
        let memo = "Tea Group                                    X. Lu\nRequest: 12                              Tea Inc.\n\n                  How to Boil Water on a\n                           River\n\nStatus\n\n   Water is boiled in a pot, with each drop of it parted\n   by steam.\n\nLu                                           [Page 1]\n\nRequest 12                Water                   2024\n\n   The pot is small.";
        assert_eq!(super::paging::title(memo).as_deref(), Some("How to Boil Water on a River"));
        assert_eq!(super::paging::title("How to boil\n\n                  water"), None);
        let hidden: Vec<u32> = blocks(memo)
            .iter()
            .filter(|block| block.part == Part::Boilerplate)
            .map(|block| block.lines.first)
            .collect();
        assert_eq!(hidden, [12, 14]);
    }

    #[test]
    fn lines_that_begin_as_none_does() {
        check("他们说，茶棚\n。\n卖书的人走了", &["1-2 他们说，茶棚。", "3-3 卖书的人走了"]);
    }

    #[test]
    fn lines_wrapped_by_hand_are_joined() {
        check(
            "这一段文字是用手折行的，每一行都差不多长，\n读的时候应当连成一段，中间没有空格才是对，\n到这里为止。\n\nThis paragraph, too, was wrapped by hand and\nmust be joined with spaces between its words\nto be read.",
            &[
                "1-3 这一段文字是用手折行的，每一行都差不多长，读的时候应当连成一段，中间没有空格才是对，到这里为止。",
                "5-7 This paragraph, too, was wrapped by hand and must be joined with spaces between its words to be read.",
            ],
        );
    }
}
