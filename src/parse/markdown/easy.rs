//! Markdown that can be read in one way only, and needs no parser: headings, paragraphs, quotes of them, lists of them,
//! tables and fenced code at the start of lines. Most of what people write is nothing else.
//!
//! It refuses whatever is in doubt, such as an item of two paragraphs: that is the parser's, and so is a text with a mark
//! without its partner. What both can read they read alike.

pub mod doubt;
mod grid;
pub mod kind;
pub mod line;

use super::Flow;
use super::code::{Code, lines_with, whole_lines};
use super::marks::{is_heading, is_item};
use super::resume::List;
use crate::document::{ContainerKind, LineRange};
use crate::parse::inlines::Inlines;
use comrak::nodes::{ListType, NodeHeading, NodeList};
use doubt::{Lines, Place};
use kind::{CODE, Item, Kind, Task, begins_text};
use line::Rules;
use memchr::{memchr, memchr_iter, memchr2};

/// Bytes that the parser reads at once at least: asking it costs as much as reading half as many.
pub const LEAST: usize = 1 << 8;
/// Lists in one another; the parser has a bound of its own.
const DEEPEST: usize = 32;

/// Whether the lines of a text are what they seem: the parser has its own way with zeros and carriage returns.
pub fn is_sound(text: &str) -> bool {
    memchr2(0, b'\r', text.as_bytes()).is_none()
}

/// The byte, among some, at which a text may be read in one way again: a line after a blank one that stands in nothing
/// before it.
pub fn resumption(text: &str, among: std::ops::Range<usize>) -> Option<usize> {
    let mut code = Code::default();
    let mut at = 0;
    let mut is_behind_blank = false;
    for line in whole_lines(text) {
        if at >= among.end {
            return None;
        }
        if is_behind_blank && at >= among.start && (is_heading(line) || begins_text(line)) {
            return Some(at);
        }
        is_behind_blank = !code.holds(line) && line.trim_ascii().is_empty();
        at += line.len();
    }
    None
}

/// The code behind a fence, and the length of the line that closes it.
fn fenced<'a>(text: &'a str, marks: &str) -> Option<(&'a str, usize)> {
    let marks = [marks];
    let mut fences = lines_with(text, &marks);
    let (start, line) = fences.find(|(_, line)| {
        let inner = line.trim_start_matches(' ');
        line.len() - inner.len() < 4 && inner.trim_end_matches([' ', '\t']).bytes().all(|byte| byte == b'`')
    })?;
    Some((text.get(..start)?, line.len() + 1))
}

/// How much was read when nothing was open.
struct Sure {
    bytes: usize,
    lines: u32,
    blocks: usize,
    mended: usize,
    next_id: u32,
    empty_heading: Option<u8>,
}

/// Reads line by line, until one is in doubt.
struct Reader<'f, 't> {
    flow: &'f mut Flow,
    inlines: Inlines,
    text: &'t str,
    has_formulas: bool,
    bytes: usize,
    lines: u32,
    /// The lines of the paragraph that is open.
    paragraph: Option<LineRange>,
    /// What stands in them.
    written: Lines<'t>,
    /// Whether its last line ends in spaces that break it.
    is_broken: bool,
    /// Whether a quote is open.
    is_quoted: bool,
    /// The lists that are open, the outermost first: the sign of their items, and the column of the last one's text.
    lists: Vec<(u8, usize)>,
    /// Whether a blank line stands before the next of their items.
    is_behind_blank: bool,
}

impl Flow {
    /// Reads what a text begins with, as far as it can be read in one way only, and says how many bytes that are.
    pub(super) fn read_easily(&mut self, text: &str, has_formulas: bool) -> usize {
        if self.pending.is_some() || self.resumed.0 > 0 || !self.lists.is_empty() || !self.containers.is_empty() {
            return 0;
        }
        let inlines = std::mem::take(&mut self.inlines);
        let mut reader = Reader {
            flow: self,
            inlines,
            text,
            has_formulas,
            bytes: 0,
            lines: 0,
            paragraph: None,
            written: Lines::default(),
            is_broken: false,
            is_quoted: false,
            lists: Vec::new(),
            is_behind_blank: false,
        };
        let mut sure = reader.sure();
        while reader.bytes < text.len() && reader.line().is_some() {
            if reader.paragraph.is_none() && reader.lists.is_empty() && !reader.is_quoted {
                sure = reader.sure();
            }
        }
        self.inlines = reader.inlines;
        self.lists.clear();
        self.containers.truncate(0);
        self.blocks.truncate(sure.blocks);
        self.mended.truncate(sure.mended);
        (self.next_id, self.empty_heading) = (sure.next_id, sure.empty_heading);
        self.lines_before = self.lines_before.wrapping_add(sure.lines);
        sure.bytes
    }
}

impl<'t> Reader<'_, 't> {
    fn sure(&self) -> Sure {
        Sure {
            bytes: self.bytes,
            lines: self.lines,
            blocks: self.flow.blocks.len(),
            mended: self.flow.mended.len(),
            next_id: self.flow.next_id,
            empty_heading: self.flow.empty_heading,
        }
    }

    /// Reads the next line; none if it is in doubt.
    fn line(&mut self) -> Option<()> {
        let line = self.ahead()?;
        let kind = Kind::of(line)?;
        self.pass(line);
        match kind {
            Kind::Blank => {
                self.end_paragraph()?;
                self.end_quote();
                self.end_lists_before_blank()
            }
            Kind::Quote(text) => self.quoted(text),
            _ if self.is_quoted => None,
            Kind::Heading { level, text } => {
                self.end_all()?;
                let heading = NodeHeading { level, setext: false, closed: false };
                self.begin(Place::Heading, text);
                self.settle()?;
                let here = self.here();
                self.flow.heading_of(&mut self.inlines, heading, here);
                Some(())
            }
            Kind::Item(item) => {
                let task = Task::of(item.text);
                self.begin_item(&item, task.as_ref())?;
                let place = if task.is_some() { Place::Task } else { Place::Item(item.sign) };
                let text = task.map_or(item.text, |task| task.text);
                self.begin_paragraph(place, text);
                Some(())
            }
            Kind::Line { level, length } => self.line_below(level, length),
            Kind::Fence { marks, info } => {
                self.end_all()?;
                self.code(marks, info)
            }
            Kind::Row => self.table(line),
            Kind::Text { columns, text } => self.text(columns, text),
        }?;
        if self.bytes == self.text.len() {
            self.end_all()?;
        }
        Some(())
    }

    /// The line that comes next, without its end.
    fn ahead(&self) -> Option<&'t str> {
        let rest = self.text.get(self.bytes..)?;
        rest.get(..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()))
    }

    /// Counts the line that came next as read.
    fn pass(&mut self, line: &str) {
        self.bytes = (self.bytes + line.len() + 1).min(self.text.len());
        self.lines += 1;
    }

    /// The line that was read last.
    fn here(&self) -> LineRange {
        let line = self.flow.lines_before.wrapping_add(self.lines);
        LineRange { first: line, last: line }
    }

    /// Reads a line of running text. However far it is set in, it goes on with a paragraph.
    fn text(&mut self, columns: usize, text: &'t str) -> Option<()> {
        match &mut self.paragraph {
            Some(lines) => {
                lines.last += 1;
                self.written.are_cut |= columns > 0 && self.lists.last().is_some_and(|(_, text)| columns < *text);
                self.inlines.line_end(self.is_broken);
                self.read(text);
            }
            None if columns < CODE && self.lists.is_empty() => self.begin_paragraph(Place::Paragraph, text),
            None => return None,
        }
        Some(())
    }

    fn begin_paragraph(&mut self, place: Place, text: &'t str) {
        self.paragraph = Some(self.here());
        self.begin(place, text);
    }

    /// Begins the text of a block with its first line.
    fn begin(&mut self, place: Place, text: &'t str) {
        self.inlines.clear();
        self.written.begin(place);
        self.read(text);
    }

    /// Reads a line of a block's text, as far as it is not in doubt.
    fn read(&mut self, text: &'t str) {
        self.written.add(text);
        let kept = text.trim_end_matches(' ');
        self.is_broken = kept.len() + 1 < text.len();
        if !self.written.are_in_doubt {
            let is_item = self.written.are_of_item();
            let rules = Rules { has_formulas: self.has_formulas, is_item, is_linked: false };
            let is_read = !kept.ends_with('\t') && line::read(&mut self.inlines, kept, rules).is_some();
            self.written.are_in_doubt = !is_read;
        }
    }

    /// Has what is in doubt in a block's text read otherwise.
    fn settle(&mut self) -> Option<()> {
        self.written.settle(&mut self.inlines, self.has_formulas)
    }

    fn end_paragraph(&mut self) -> Option<()> {
        if let Some(lines) = self.paragraph.take() {
            self.settle()?;
            let empty_heading = self.flow.empty_heading.take();
            self.flow.paragraph_of(&mut self.inlines, empty_heading, lines);
        }
        Some(())
    }

    fn begin_item(&mut self, item: &Item, task: Option<&Task>) -> Option<()> {
        let has_paragraph = self.paragraph.is_some();
        let is_behind_blank = std::mem::take(&mut self.is_behind_blank);
        self.end_paragraph()?;
        let (column, text_column) = item.columns;
        let depth = self.lists.iter().take_while(|(_, text)| *text <= column).count();
        let outer = depth.checked_sub(1).and_then(|outer| self.lists.get(outer)).map_or(0, |(_, text)| *text);
        if column - outer >= CODE || depth >= DEEPEST {
            return None;
        }
        self.end_lists(depth + 1);
        let list_type = if item.number.is_some() { ListType::Ordered } else { ListType::Bullet };
        let list = NodeList { tight: true, list_type, start: item.number.unwrap_or_default(), ..NodeList::default() };
        match self.lists.get_mut(depth) {
            Some((sign, text)) if *sign == item.sign => {
                *text = text_column;
                self.flow.containers.truncate(depth);
                if let Some(open) = self.flow.lists.last_mut() {
                    open.extend(&NodeList { tight: !is_behind_blank, ..list }, 1);
                }
            }
            // Only a list that begins with one may follow a paragraph at once (CommonMark 5.3).
            None if !has_paragraph || matches!(item.number, None | Some(1)) => {
                // The paragraph before it and the list stand apart in the item that holds both.
                if let Some(outer) = self.flow.lists.last_mut().filter(|_| is_behind_blank) {
                    outer.loosen();
                }
                self.flow.lists.push(List::new(&list, 1, self.flow.blocks.len(), self.flow.containers.len()));
                self.lists.push((item.sign, text_column));
            }
            _ => return None,
        }
        let marker = self.flow.marker(item.sign);
        let marker = task.map_or(marker, |task| Flow::task(task.is_done));
        self.flow.open(ContainerKind::Item { marker, tight: true });
        Some(())
    }

    /// Ends the lists deeper than some.
    fn end_lists(&mut self, depth: usize) {
        while self.lists.len() > depth {
            self.lists.pop();
            self.flow.containers.truncate(self.lists.len());
            self.flow.end_list();
        }
    }

    /// Ends the lists at a blank line, unless their next item follows.
    fn end_lists_before_blank(&mut self) -> Option<()> {
        if !self.lists.is_empty() {
            let mut after = whole_lines(self.text.get(self.bytes..)?);
            let next = after.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
            self.is_behind_blank = is_item(next.trim_start_matches(' '));
            if self.is_behind_blank {
                return Some(());
            }
            if next.starts_with([' ', '\t']) {
                return None;
            }
        }
        self.end_lists(0);
        Some(())
    }

    /// Reads a line of a quote.
    fn quoted(&mut self, text: &'t str) -> Option<()> {
        if !self.lists.is_empty() {
            return None;
        }
        if !self.is_quoted {
            self.end_paragraph()?;
            self.flow.open(ContainerKind::Quote);
            self.is_quoted = true;
        }
        if text.is_empty() {
            return self.end_paragraph();
        }
        self.text(0, text)
    }

    fn end_quote(&mut self) {
        if std::mem::take(&mut self.is_quoted) {
            self.flow.containers.truncate(0);
        }
    }

    fn end_all(&mut self) -> Option<()> {
        self.end_paragraph()?;
        self.end_quote();
        self.end_lists(0);
        Some(())
    }

    /// A line of dashes or equals signs: the paragraph above it is a heading, or it is a rule.
    fn line_below(&mut self, level: u8, length: usize) -> Option<()> {
        let here = self.here();
        match self.paragraph {
            // Below an item's line it would stand in the item: equals signs are text there.
            _ if !self.lists.is_empty() => None,
            Some(lines) if lines.first == lines.last => {
                self.paragraph = None;
                self.settle()?;
                let heading = NodeHeading { level, setext: true, closed: false };
                self.flow.heading_of(&mut self.inlines, heading, LineRange { last: here.last, ..lines });
                Some(())
            }
            None if level == 2 && length > 2 => {
                self.flow.rule(here);
                Some(())
            }
            _ => None,
        }
    }

    fn code(&mut self, marks: &str, info: &str) -> Option<()> {
        let (code, closing) = fenced(self.text.get(self.bytes..)?, marks)?;
        let first = self.here().first;
        self.bytes = (self.bytes + code.len() + closing).min(self.text.len());
        self.lines += memchr_iter(b'\n', code.as_bytes()).count() as u32 + 1;
        self.flow.code(info, code, LineRange { first, last: self.here().last });
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::line::{self, Rules};
    use super::{Flow, resumption};
    use crate::document::Block;
    use crate::parse::inlines::Inlines;
    use crate::parse::markdown::parted;
    use crate::parse::markdown::stretch::STRETCH;
    use proptest::prelude::{Strategy, proptest};

    /// The blocks but for where the last one ends: it may count blank lines after it.
    fn blocks(text: &str, least: usize) -> Vec<Block> {
        let mut blocks = parted(text, 7, least, false).0;
        if let Some(block) = blocks.last_mut() {
            block.lines.last = block.lines.first;
        }
        blocks
    }

    /// A text that begins with some bytes which need no parser, and is read as the parser reads it.
    #[track_caller]
    fn check(easy: &str, rest: &str) {
        let text = format!("{easy}{rest}");
        assert_eq!(Flow::default().read_easily(&text, false), easy.len(), "{text}");
        assert_eq!(blocks(&text, STRETCH), blocks(&text, usize::MAX), "{text}");
    }

    #[test]
    fn what_can_be_read_in_one_way() {
        check("# 茶\n##\n水\n火  \n土 \n\n题\n===\n\n---\n", "");
        check("- 茶\n- 水\n  * 火\n  * 土\n\n木\n1. 金\n2. 木\n    - 水\n", "");
        check("```rust x\n# 茶\n\n```` \n", "");
        check("茶\n```\n水\n    ```\n```\n# 火", "");
        check("茶\n\n   水\n     火  \n土\n- 金\n木\n    水\n\n茶", "");
        check("- 茶\n  - 水\n\n  - 火\n- 土\n\n\n- 金\n\n木\n\n9. 水\n10. 火\n\n    * 土\n11. 金\n", "");
        check("|茶|水|\n|-|:-:|\n| *火* | [土](a) | |\n|木|\n\n||  \n|--:\n|[^1] `a`| &amp;\n", "");
        check("- [ ] 茶\n- [x] [水](a)\n- 火\n\n土\n1. [X] 木\n2. 金\n", "");
    }

    #[test]
    fn what_is_in_doubt() {
        check("茶\n\n", "<p>水\n");
        check("> 茶\n> 水\n>\n>火\n\n> 土\n\n", "> 茶\n水\n");
        check("", "> [!NOTE]\n> 茶\n");
        check("", "> - 茶\n");
        check("茶\n\n", "- 水\n\n  火\n");
        check("茶\n\n", "- 水\n===\n");
        check("茶\n\n", "- 水\n\n* 火\n");
        check("茶\n\n", "  > 水\n");
        check("茶\n\n", "- [ ]  水\n");
        check("茶\n\n", "- [] 水\n- [-] 水\n");
        check("# 茶\n", "水\n7. 火\n");
        check("", "1. 茶\n2) 水\n");
        check("", "```\n茶\n");
        check("", "    茶\n");
        check("茶\n\n", "|水|火|\n|-|-|\n|土\\|木|\n");
        check("茶\n\n", "|水|火|\n|-|-|\n土|木\n");
        check("茶\n\n", "|水|火|\n|-|-|\n|\n");
        check("茶\n\n", "|水|火|\n|-|\n");
        check("茶\n\n", "|水|火|\n|-|-|\n# 土\n");
        check("", "- 茶\n|水|\n|-|\n");
        check("", "茶\n|水|\n|-|\n");
        check("", "茶\n水\n---\n");
    }

    #[test]
    fn marks() {
        let sure = [
            "`a*` **茶** *水* [火 www.a](/b \"土\") ![](c?d&e)",
            "**茶。** **水**火 a_b \\* * ~ = &，<3 [1] wa:b",
            "见https://a.example/b?c=d 水",
            "[茶](a){.b}水[火](a){x}",
            "**「茶」**水 [a\\|b ![c](d) `]` [e]](f \"g\") *[茶](a) `*`*",
        ];
        let in_doubt = [
            "**茶",
            "*茶**",
            "__茶__",
            "[茶](a b)",
            "a@b.c",
            "&amp;",
            "`` ` ``",
            "www.a.b",
            "<b>",
            "http://a)",
            "[[茶]]",
            "[[茶]](a)",
            "[^1]",
            "https://a.example/茶",
        ];
        let rules = Rules { has_formulas: false, is_item: false, is_linked: false };
        for line in sure {
            assert!(line::read(&mut Inlines::default(), line, rules).is_some(), "{line}");
            check(line, "");
        }
        for line in in_doubt {
            assert!(line::read(&mut Inlines::default(), line, rules).is_none(), "{line}");
            for start in ["茶", "# ", "- 茶\n- 茶", "1. [ ] 茶", "> 茶\n> 水"] {
                check(&format!("{start} {line}"), "");
            }
        }
    }

    #[test]
    fn a_text_in_doubt_is_what_it_seems() {
        check("茶\n\n", "* **\n");
        check("", "- \\[ ] 茶\n");
        check("- 茶\n\n", &format!("水，火{}**\n", "，".repeat(2000)));
    }

    #[test]
    fn very_many_cells_that_rows_lack_are_the_parsers() {
        let table = |rows: usize| format!("|茶|水|火|\n|-|-|-|\n{}", "|土\n".repeat(rows));
        check(&table(512), "");
        check("", &table(513));
    }

    #[test]
    fn reading_goes_on_at_a_line_that_stands_in_nothing() {
        for (before, after) in [("> 茶\n\n  水\n\n- 火\n\n", "土\n"), ("```\n\n茶\n\n```\n\n", "# 水\n")] {
            assert_eq!(resumption(&format!("{before}{after}"), 1..usize::MAX), Some(before.len()));
        }
        assert_eq!(resumption("茶\n水\n", 1..usize::MAX), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_the_parser_reads_it(text in proptest::collection::vec(proptest::sample::select(vec![
            "a", "茶", "b1", "，", "“", " ", "  ", "\n", "\n", "\n", "\n\n", "\n\n", "\n- ", "\n* ", "\n  - ", "\n    - ", "\n1. ", "\n2. ",
            "\n3) ", "\n# ", "\n## ", "\n> ", "\n>", "「", "![]()", "\n```\n", "\n``` a\n", "\n===\n", "\n---\n", "\n\t", "\n  a", "\n     茶", "*", "**", "**", "`", "_", "[", "]", "](/c)",
            "](/d \"e\")", "![", "[x]", "[ ] ", "[1]", "\\", "&", "&amp;", "http://a.b/c", "www.a.b", "a@b.c", "://", "<", "<b>", ":", "~", "=",
            "==", "!", "$", "{", "|", "\n|", "{.f}", "|-|\n", "\n|a|\n|-|\n|", "\n\n|a|b|\n|-|:-|\n| ", " | ", "|\n",  "《", "\u{3000}", "\u{a0}", "ⓐ", "#",
        ]), 0..40).prop_map(|pieces| pieces.concat())) {
            assert_eq!(blocks(&text, STRETCH), blocks(&text, usize::MAX), "{text:?}");
        }
    }
}
