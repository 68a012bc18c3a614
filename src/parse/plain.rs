//! Text without markup: paragraphs, lines that were wrapped by hand, chapter titles.
//!
//! It refuses to guess at markup; a text with Markdown in it is `markdown`'s.

pub mod aozora;
pub mod margins;
pub mod preformatted;
pub mod shapes;
pub mod signs;
pub mod wrap;

use crate::document::{Block, BlockKind, Container, ContainerKind, LineRange, Part};
use crate::parse::inlines::Inlines;
use crate::parse::line::ends_sentence;
use crate::text::SafeText;
use crate::text::letters::is_unspaced;
use shapes::Shape;
use std::sync::Arc;
use wrap::Wrap;

/// Columns of a line that still may have been wrapped by hand; longer lines are paragraphs.
const WRAPPED: usize = 100;
/// What parts two columns of typed text.
const GAP: &str = "   ";
/// Quotes in one another that are told apart.
const DEEPEST: usize = 8;
/// Lines among which a text's head stands.
const HEAD: usize = 40;
/// The level of a heading that stands for one by its place, until `headings::level` finds its rank.
pub const PLACED: u8 = 4;
/// Marks that no line begins with.
const CLOSING: [char; 14] = ['。', '，', '、', '；', '：', '！', '？', '」', '』', '”', '）', '》', '】', '…'];
/// Characters of a chapter's title.
const CHAPTER: usize = 40;

/// Whether a text without a telling name holds Markdown.
pub fn looks_like_markdown(text: &str) -> bool {
    let mut lines = text.lines().take(400).peekable();
    let mut signals = 0;
    let mut is_below_blank = true;
    while let Some(line) = lines.next() {
        let is_alone = is_below_blank && lines.peek().is_none_or(|next| next.trim().is_empty());
        is_below_blank = line.trim().is_empty();
        // What is set in is code in Markdown (CommonMark 4.4).
        let is_set_in = shapes::indent(line) >= 4;
        let line = line.trim();
        // A comment above a line of code has one number sign too.
        let is_comment = line.starts_with("# ") && !is_alone;
        let is_heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ') && !is_comment;
        let is_bold = line.starts_with("**") && line.ends_with("**") && !line.starts_with("** ");
        let is_bold = is_bold && line.bytes().any(|byte| byte != b'*');
        let is_marked = is_heading || is_bold || line.starts_with("```");
        signals += u32::from(is_marked && !is_set_in || line.contains("](http"));
        if signals >= 2 {
            return true;
        }
    }
    false
}

/// Reads plain text; `lines_before` are the lines of the file above it.
pub fn blocks(text: &str, lines_before: u32) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let mut shapes = shapes::of(&lines);
    margins::mark(&lines, &mut shapes);
    signs::mark(&lines, &mut shapes);
    let is_placed = shapes.iter().any(|shape| matches!(shape, Shape::Title(_)));
    let wrap = wrap::of(&lines);
    let mut flow = Flow { full: full_line(text), wrap, is_placed, ..Flow::default() };
    for (index, line) in lines.iter().enumerate() {
        let shape = shapes.get(index).copied().unwrap_or_default();
        let next = shapes.get(index + 1).copied().unwrap_or_default();
        flow.line(lines_before + index as u32 + 1, line, shape, next);
    }
    flow.end_paragraph();
    let mut blocks = flow.blocks;
    between_pages(&mut blocks);
    let head = memo(text).map_or(0, |(_, lines)| lines);
    let head = lines_before + margins::boxed(&lines).map_or(head, |(index, _)| index as u32 + 2);
    for block in blocks.iter_mut().take_while(|block| block.lines.last <= head) {
        block.part = Part::TitleBlock;
    }
    if let Some((index, name)) = margins::running_head(&lines) {
        let first = lines_before + index as u32 + 1;
        for block in blocks.iter_mut().filter(|block| block.lines.first == block.lines.last) {
            match block.lines.first == first {
                true => block.part = Part::TitleBlock,
                false if margins::is_running(&block.text, name) => block.part = Part::Boilerplate,
                false => (),
            }
        }
    }
    blocks
}

/// The blocks so far, and the lines of the one under construction.
#[derive(Default)]
struct Flow<'a> {
    blocks: Vec<Block>,
    paragraph: Vec<(u32, &'a str)>,
    /// What the lines of the paragraph are.
    shape: Shape,
    full: usize,
    wrap: Option<Wrap>,
    /// Whether headings stand at the margin of a text that is set in.
    is_placed: bool,
    next_id: u32,
}

impl<'a> Flow<'a> {
    /// Takes in a line; `next` is the shape of the one below.
    fn line(&mut self, number: u32, line: &'a str, shape: Shape, next: Shape) {
        let is_blank = line.trim().is_empty();
        if is_blank || !self.goes_on(line, shape) {
            self.end_paragraph();
        }
        match (shape, next) {
            _ if is_blank => {}
            (Shape::Quote(_), _) if line.trim_matches(['>', ' ']).is_empty() => self.end_paragraph(),
            // It was read with the line above.
            (Shape::Underline(_), _) => {}
            (Shape::Title(depth), _) => {
                self.heading(number, number, line, chapter(line).unwrap_or(PLACED + depth - 1));
            }
            (Shape::Signed(depth), _) => self.heading(number, number, signs::title(line), PLACED + depth - 1),
            (Shape::Rule, _) => self.push(number, number, Block { kind: BlockKind::Rule, ..Block::default() }),
            (Shape::Text, Shape::Underline(level)) => {
                self.end_paragraph();
                self.heading(number, number + 1, line, chapter(line).unwrap_or(level));
            }
            (Shape::Text, _) => match chapter(line) {
                Some(level) => self.heading(number, number, line, level),
                None => self.add(number, line, shape),
            },
            _ => self.add(number, line, shape),
        }
    }

    /// Whether a line goes on with the paragraph above it.
    fn goes_on(&self, line: &str, shape: Shape) -> bool {
        let last = self.paragraph.last().map(|(_, last)| *last).unwrap_or_default();
        // What a converter took for a line of its own is the end of the line above.
        if (self.shape, shape) == (Shape::Text, Shape::Text) && !last.is_empty() && line.starts_with(CLOSING) {
            return true;
        }
        let is_set_in = |line: &str| line.starts_with("    ");
        // What begins with a mark is an item or a note of its own.
        let starts = line.starts_with(['\u{3000}', '\t', '※', '●', '■', '◆', '•', '→'])
            || is_set_in(line)
                && (shapes::indent(line) > shapes::indent(last) || !self.is_placed && ends_sentence(last.trim_end()));
        let is_full = self.paragraph.last().is_some_and(|(_, last)| columns(last) * 10 >= self.full * 7);
        // A program that wraps at spaces leaves lines of scripts without them at any length.
        let is_beside = || {
            self.is_placed
                && shapes::indent(line) == shapes::indent(last)
                && last.chars().chain(line.chars()).any(is_unspaced)
        };
        let is_hung = || {
            let column = self.paragraph.first().and_then(|(_, first)| shapes::hung(first));
            column.is_some_and(|column| shapes::indent(line) == column)
        };
        match (self.shape, shape) {
            (Shape::Item(column), Shape::Text) => shapes::indent(line) >= column,
            (Shape::Text, Shape::Text) if is_hung() => chapter(line).is_none(),
            (Shape::Text, Shape::Text) => {
                let is_wrapped = self.wrap.is_some_and(|wrap| wrap.parts(last, line));
                !starts && (is_full || is_wrapped || is_beside()) && chapter(line).is_none()
            }
            (Shape::Item(_), _) | (_, Shape::Item(_)) => false,
            (above, below) => above == below,
        }
    }

    fn add(&mut self, number: u32, line: &'a str, shape: Shape) {
        if self.paragraph.is_empty() {
            self.shape = shape;
        }
        self.paragraph.push((number, line));
    }

    fn heading(&mut self, first: u32, last: u32, line: &str, level: u8) {
        let mut inlines = Inlines::default();
        inlines.push(line.trim());
        let (text, styles) = inlines.finish();
        self.push(first, last, Block { kind: BlockKind::Heading { level }, text, styles, ..Block::default() });
    }

    fn push(&mut self, first: u32, last: u32, block: Block) {
        self.blocks.push(Block { lines: LineRange { first, last }, ..block });
    }

    fn end_paragraph(&mut self) {
        let lines = std::mem::take(&mut self.paragraph);
        let (Some((first, _)), Some((last, _))) = (lines.first(), lines.last()) else { return };
        let shape = std::mem::take(&mut self.shape);
        if shape == Shape::Code {
            let least = lines.iter().map(|(_, line)| shapes::indent(line)).min().unwrap_or_default();
            let code: Vec<&str> = lines.iter().map(|(_, line)| without_indent(line, least)).collect();
            let kind = BlockKind::Code { info: SafeText::default() };
            return self.push(
                *first,
                *last,
                Block { kind, text: SafeText::body(&code.join("\n")), ..Block::default() },
            );
        }
        let mut inlines = Inlines::default();
        for (index, (_, line)) in lines.iter().enumerate() {
            let blank = [' ', '\t', '\u{3000}'];
            let text = line.trim_matches(blank);
            inlines.push(match shape {
                Shape::Item(_) if index == 0 => text.trim_start_matches(['-', '*', '+', '•']).trim_start(),
                Shape::Quote(_) => text.trim_start_matches(['>', ' ']),
                _ => text,
            });
            let is_wrapped = columns(line) * 10 >= self.full * 7;
            let keeps_lines = shape == Shape::Verse || matches!(shape, Shape::Quote(_)) && !is_wrapped;
            match () {
                () if index + 1 == lines.len() => {}
                () if keeps_lines => inlines.hard_break(),
                () => inlines.soft_break(),
            }
        }
        let (text, styles) = inlines.finish();
        let containers = self.containers(shape);
        if !text.is_empty() {
            self.push(*first, *last, Block { text, styles, containers, ..Block::default() });
        }
    }

    /// The containers that a paragraph of a shape stands in.
    fn containers(&mut self, shape: Shape) -> Arc<[Container]> {
        let kinds = match shape {
            Shape::Item(_) => vec![ContainerKind::Item { marker: SafeText::own("•"), tight: true }],
            Shape::Quote(depth) => vec![ContainerKind::Quote; depth.min(DEEPEST)],
            _ => return Arc::default(),
        };
        let numbered = kinds.into_iter().map(|kind| {
            self.next_id += 1;
            Container { id: self.next_id, kind }
        });
        numbered.collect()
    }
}

/// A line without the columns by which all lines around it are set in.
fn without_indent(line: &str, columns: usize) -> &str {
    let mut left = columns;
    line.trim_start_matches(|c: char| {
        let width = if c == '\t' { 4 } else { 1 };
        let is_indent = matches!(c, ' ' | '\t') && left >= width;
        left -= if is_indent { width } else { 0 };
        is_indent
    })
}

/// Marks what a typewriter put at the foot of one page and at the head of the next: `Lu [Page 3]`.
fn between_pages(blocks: &mut [Block]) {
    let is_head = |block: &Block| block.lines.first == block.lines.last && block.text.contains(GAP);
    let mut after_foot = false;
    for block in blocks {
        let is_foot = is_foot(&block.text);
        if is_foot || after_foot && is_head(block) {
            block.part = Part::Boilerplate;
        }
        after_foot = is_foot;
    }
}

fn is_foot(text: &str) -> bool {
    let number =
        text.trim_end().strip_suffix(']').and_then(|text| text.rsplit_once("[Page ")).map(|(_, number)| number);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b' '))
}

/// The title that a text shows by its place: in the middle of the page below a memo's head, in a box, along the head of
/// every page.
pub fn placed_title(text: &str) -> Option<SafeText> {
    let lines: Vec<&str> = text.lines().take(HEAD).collect();
    let named = margins::boxed(&lines).or_else(|| margins::running_head(&lines));
    named.map(|(_, title)| SafeText::line(title)).or_else(|| memo(text).map(|(title, _)| SafeText::line(&title)))
}

/// The title that stands in the middle of the page below a memo's head, which is set in two columns, and the lines down
/// to it.
fn memo(text: &str) -> Option<(String, u32)> {
    let mut lines = text.lines().zip(1..).take(HEAD).skip_while(|(line, _)| line.trim().is_empty());
    if !lines.next()?.0.trim_start().contains(GAP) {
        return None;
    }
    let is_centred = |line: &str| {
        let indent = columns(line) - columns(line.trim_start());
        let width = 2 * indent + columns(line.trim());
        indent >= 2 && (48..=88).contains(&width) && !line.trim().contains(GAP)
    };
    let mut below =
        lines.skip_while(|(line, _)| !line.trim().is_empty()).skip_while(|(line, _)| line.trim().is_empty()).peekable();
    let mut title = String::new();
    let mut last = 0;
    while let Some((line, number)) = below.next_if(|(line, _)| is_centred(line)) {
        title.push_str(if title.is_empty() { "" } else { " " });
        title.push_str(line.trim());
        last = number;
    }
    (last > 0).then_some((title, last))
}

/// Columns of a line that was full when it was wrapped by hand; more than any line holds if none was.
fn full_line(text: &str) -> usize {
    const NONE: usize = usize::MAX / 16;
    let each = || text.lines().map(|line| (columns(line.trim_end()), line)).filter(|(length, _)| *length > 0);
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

/// Columns of a line as a typewriter would count them: what matters is which lines are equally long.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

/// The level of a chapter's title: `第三章 …`, `卷二`, `Chapter 3`, on a line of its own.
fn chapter(line: &str) -> Option<u8> {
    let line = line.trim();
    if line.is_empty() || line.len() > 4 * CHAPTER || line.chars().count() > CHAPTER {
        return None;
    }
    if line.ends_with(['。', '，', '；', '.', ',', '”', '」', '！', '!']) {
        return None;
    }
    let numerals =
        |c: char| c.is_ascii_digit() || "0123456789零〇一二三四五六七八九十百千两兩".contains(c) || c.is_numeric();
    let after_number = |rest: &'_ str| rest.find(|c: char| !numerals(c)).filter(|end| *end > 0);
    if let Some(rest) = line.strip_prefix('第') {
        let rest = rest.get(after_number(rest)?..)?;
        let unit = rest.chars().next()?;
        let after = rest.get(unit.len_utf8()..)?;
        // `第三节课` is no section.
        let stands_apart = after.is_empty() || after.starts_with([' ', '\u{3000}', '：', ':', '·', '\t', '、', '.']);
        return match unit {
            '卷' | '巻' | '部' | '集' | '篇' | '编' | '編' if stands_apart || unit == '卷' => Some(1),
            '章' | '回' if stands_apart || unit == '章' => Some(2),
            '話' | '话' | '幕' | '讲' | '講' if stands_apart => Some(2),
            '节' | '節' if stands_apart => Some(3),
            _ => None,
        };
    }
    if let Some(rest) = line.strip_prefix(['卷', '巻']) {
        let end = after_number(rest)?;
        return rest
            .get(end..)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\u{3000}', '：']))
            .then_some(1);
    }
    let word = |word: &str| {
        let rest = line.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).and(line.get(word.len()..));
        rest.is_some_and(|rest| {
            rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || "IVX".contains(c))
        })
    };
    let whole = |words: &[&str]| words.iter().any(|word| line.eq_ignore_ascii_case(word));
    match () {
        () if word("Book") || word("Part") || word("Volume") => Some(1),
        () if word("Chapter")
            || whole(&["Prologue", "Epilogue", "プロローグ", "エピローグ", "楔子", "序章", "终章", "終章", "尾声"]) =>
        {
            Some(2)
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::document::Part;

    #[track_caller]
    fn check(text: &str, dump: &[&str]) {
        let found: Vec<String> = blocks(text, 0)
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
    fn chapters() {
        let found = |line: &str| super::chapter(line);
        for (line, level) in [
            ("第一卷 春", Some(1)),
            ("第三章归来", Some(2)),
            ("　　第十二章 归来", Some(2)),
            ("第３話　雪", Some(2)),
            ("第一节 茶", Some(3)),
            ("楔子", Some(2)),
            ("Chapter IV", Some(2)),
            ("第三节课下课了", None),
            ("第一回见面的时候", None),
            ("第三章他读了三遍，还是不懂。", None),
            ("他说第三章", None),
        ] {
            assert_eq!(found(line), level, "{line}");
        }
    }

    #[test]
    fn a_memo() {
        let memo = "Tea Group                                    X. Lu\nRequest: 12                              Tea Inc.\n\n                  How to Boil Water on a\n                           River\n\nStatus\n\n   Water is boiled in a pot, with each drop of it parted\n   by steam.\n\nLu                                           [Page 1]\n\nRequest 12                Water                   2024\n\n   The pot is small.";
        assert_eq!(super::placed_title(memo).as_deref(), Some("How to Boil Water on a River"));
        assert_eq!(super::placed_title("How to boil\n\n                  water"), None);
        let hidden: Vec<u32> = blocks(memo, 0)
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
