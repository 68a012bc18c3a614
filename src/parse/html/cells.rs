//! The tables of a page: which of them hold rows and columns, and where their cells stand.
//!
//! It refuses to believe a table that only puts blocks beside one another, as newsletters do: what is in it flows.

use super::names::{self, UNSEEN};
use crate::document::{Block, LineRange, Styled};
use crate::parse::rows::TableBuilder;
use crate::parse::tag::{Tag, Token, Tokens};
use crate::text::SafeText;

/// Columns that a cell spans at most (HTML, "colspan").
const WIDEST: u32 = 1000;
/// Cells that spans add to a table at most; a hostile page asks for millions in a few bytes.
const MOST: usize = 1 << 17;

/// The cells of a table that is being read.
#[derive(Debug, Default)]
pub struct Grid {
    builder: TableBuilder,
    /// The column of the next cell.
    column: usize,
    /// For each column the rows from the next one on that a cell above reaches into.
    below: Vec<u32>,
    /// The columns and rows of the cell that is open.
    open: Option<(u32, u32)>,
    /// Cells that spans have added so far.
    added: usize,
}

impl Grid {
    /// Begins a cell, right of those that reach into its row from above.
    pub fn open(&mut self, tag: &Tag) {
        while let Some(rows) = self.below.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.builder.cell(&SafeText::default(), Vec::new());
            self.column += 1;
            self.spend(1);
        }
        let span = |name: &str| tag.attribute(name).and_then(|value| value.trim().parse::<u32>().ok());
        // Nought rows are all that follow (HTML, "rowspan").
        let rows = span("rowspan").map_or(1, |rows| if rows == 0 { u32::MAX } else { rows });
        self.open = Some((span("colspan").unwrap_or(1).clamp(1, WIDEST), rows));
    }

    /// Whether a cell is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the cell that is open, empty or not; the further columns it spans are empty.
    pub fn close(&mut self, text: &SafeText, styles: Vec<Styled>) {
        let Some((columns, rows)) = self.open.take() else { return };
        self.builder.cell(text, styles);
        self.reach(rows);
        for _ in 1..columns {
            if self.added >= MOST {
                return;
            }
            self.builder.cell(&SafeText::default(), Vec::new());
            self.reach(rows);
            self.spend(1);
        }
    }

    fn reach(&mut self, rows: u32) {
        if rows > 1 && self.added < MOST {
            self.below.resize(self.below.len().max(self.column + 1), 0);
            if let Some(below) = self.below.get_mut(self.column) {
                *below = rows - 1;
            }
        }
        self.column += 1;
    }

    /// Ends the row; at the start of one there is nothing to end.
    pub fn end_row(&mut self, is_end: bool) {
        if self.column == 0 && !is_end {
            return;
        }
        self.spend(self.below.len().saturating_sub(self.column));
        self.below.iter_mut().skip(self.column).for_each(|rows| *rows = rows.saturating_sub(1));
        let reached = self.below.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1);
        self.below.truncate(reached);
        self.builder.end_row();
        self.column = 0;
    }

    /// Counts what spans cost; beyond what tables need they reach no further.
    fn spend(&mut self, cells: usize) {
        self.added += cells;
        if self.added >= MOST {
            self.below.clear();
        }
    }

    /// The table.
    pub fn finish(self) -> Block {
        self.builder.finish(Vec::new(), LineRange::default())
    }
}

/// For each `<table>` of a text, in order, whether it only lays out what is in it.
pub fn layouts(text: &str) -> Vec<bool> {
    let mut layouts = Vec::new();
    let mut open: Vec<Shape> = Vec::new();
    for (_, token) in Tokens::new(text, UNSEEN) {
        match token {
            Token::Text(text) if text.trim().is_empty() => {}
            Token::Text(_) | Token::Formula(_) | Token::Fallback(..) => {
                open.last_mut().into_iter().for_each(Shape::text);
            }
            Token::Tag(tag, _) if tag.name == "table" && tag.is_end => {
                end(&mut layouts, open.pop());
            }
            Token::Tag(tag, _) if tag.name == "table" => {
                open.last_mut().into_iter().for_each(|around| around.has_table = true);
                let role = tag.attribute("role").unwrap_or_default();
                let is_presentation = matches!(role.as_str(), "presentation" | "none");
                open.push(Shape { index: layouts.len(), is_presentation, ..Shape::default() });
                layouts.push(true);
            }
            Token::Tag(tag, _) => open.last_mut().into_iter().for_each(|shape| shape.tag(&tag)),
        }
    }
    while let Some(shape) = open.pop() {
        end(&mut layouts, Some(shape));
    }
    layouts
}

fn end(layouts: &mut [bool], shape: Option<Shape>) {
    let Some(mut shape) = shape else { return };
    shape.end_cell();
    if let Some(is_layout) = layouts.get_mut(shape.index) {
        *is_layout = shape.is_layout();
    }
}

/// What a table looks like from afar.
#[derive(Debug, Default)]
struct Shape {
    index: usize,
    is_presentation: bool,
    has_table: bool,
    has_heading: bool,
    /// Whether it says what its columns or rows are.
    has_head: bool,
    has_text: bool,
    rows: usize,
    /// Cells of the longest row, and of this one.
    columns: usize,
    row: usize,
    /// Cells that hold something, and those that hold several blocks.
    filled: usize,
    rich: usize,
    /// Blocks with text in this cell, and whether the next text begins one.
    pieces: usize,
    is_parted: bool,
}

impl Shape {
    fn text(&mut self) {
        self.has_text = true;
        self.pieces += usize::from(self.is_parted || self.pieces == 0);
        self.is_parted = false;
    }

    fn tag(&mut self, tag: &Tag) {
        match (tag.name.as_str(), tag.is_end) {
            ("tr", _) => {
                self.end_cell();
                self.row = 0;
            }
            ("td" | "th", is_end) => {
                self.end_cell();
                self.has_head |= tag.name == "th" || tag.attribute("scope").is_some();
                if !is_end {
                    self.row += 1;
                    self.rows += usize::from(self.row == 1);
                    self.columns = self.columns.max(self.row);
                }
            }
            ("thead" | "caption", _) => {
                self.end_cell();
                self.has_head = true;
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => (self.has_heading, self.is_parted) = (true, true),
            // Lines of code cannot stand in a cell.
            ("pre", false) => (self.pieces, self.is_parted) = (self.pieces + 1, true),
            ("img", _) => self.pieces = self.pieces.max(1),
            (name, _) => self.is_parted |= names::is_block(name),
        }
    }

    fn end_cell(&mut self) {
        self.filled += usize::from(self.pieces > 0);
        self.rich += usize::from(self.pieces > 1);
        (self.pieces, self.is_parted) = (0, false);
    }

    /// Whether it puts blocks beside one another or below, and has no rows and columns. A cell of a word processor
    /// holds one paragraph, and one or two of a large table may hold a list.
    fn is_layout(&self) -> bool {
        let is_grid = self.rows > 1 && self.columns > 1;
        let holds_blocks = if is_grid {
            !self.has_head && (self.has_heading || self.rich * 2 >= self.filled)
        } else {
            self.has_heading || self.rich > 0
        };
        self.is_presentation || self.has_table || !self.has_text || holds_blocks || self.rows.max(self.columns) <= 1
    }
}

#[cfg(test)]
mod tests {
    use crate::document::BlockKind;
    use crate::parse::html::blocks;
    use crate::parse::markdown;

    /// The blocks of a page; tables with a bar between cells and a stroke between rows.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let shown = |block: &crate::document::Block| match &block.kind {
            BlockKind::Table(table) => {
                let cell = |cell: &std::ops::Range<u32>| {
                    block.text.get(cell.start as usize..cell.end as usize).unwrap().to_owned()
                };
                let row = |row: &Vec<_>| row.iter().map(cell).collect::<Vec<_>>().join("|");
                table.rows.iter().map(row).collect::<Vec<_>>().join(" / ")
            }
            BlockKind::Heading { level } => format!("{} {}", "#".repeat(usize::from(*level)), block.text),
            BlockKind::Image { url } => format!("!{url}"),
            _ => block.text.to_string(),
        };
        let found: Vec<String> = blocks(html, 0).iter().map(shown).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn empty_cells_keep_their_columns() {
        for (cells, row) in [
            ("<td></td><td>2</td><td>3</td>", "|2|3"),
            ("<td>1</td><td> </td><td>3</td>", "1||3"),
            ("<td>1</td><td>2</td><td><p></p></td>", "1|2|"),
            ("<td>1<td><td>3", "1||3"),
            ("<td></td><td></td><td></td>", "||"),
        ] {
            let html = format!("<table><tr><th>甲</th><th>乙</th><th>丙</th></tr><tr>{cells}</tr></table>");
            check(&html, &[&format!("甲|乙|丙 / {row}")]);
        }
        check("<table><tr><td></td></tr><tr><td> </td><td></td></tr></table>", &[]);
    }

    #[test]
    fn an_image_that_a_cell_holds_is_named() {
        let html = "<table><tr><th>甲</th><th>乙</th></tr><tr><td><img src='/a/b.png?c=d'><img src=e.png></td><td>字<img src=f.png></td></tr></table>";
        check(html, &["甲|乙 / b.png e.png|字"]);
        let block = markdown::blocks("|甲|乙|\n|-|-|\n|![](a/b.png)|字|\n", 0).remove(0);
        let links: Vec<_> = block.styles.iter().map(|styled| styled.style.clone()).collect();
        assert_eq!(block.text.as_str(), "甲\t乙\nb.png\t字");
        assert_eq!(links, [crate::document::Inline::Image { url: crate::text::SafeText::line("a/b.png") }]);
    }

    #[test]
    fn tables_inside_markdown_are_read_so_too() {
        let blocks = markdown::blocks(
            "文。\n\n<table>\n<tr><td>甲</td><td>乙</td></tr>\n<tr><td></td><td>2</td></tr>\n</table>\n",
            0,
        );
        assert_eq!(blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>(), ["文。", "甲\t乙\n\t2"]);
    }

    #[test]
    fn spans_take_their_room() {
        check(
            "<table><tr><th>甲<th colspan=2>乙<th>丙<tr><td rowspan='2'>1<td>2<td>3<td>4<tr><td>5<td>6<td>7<tr><td>8</table>",
            &["甲|乙||丙 / 1|2|3|4 / |5|6|7 / 8|||"],
        );
        check("<table><tr><td>1<td rowspan=0>2<tr><td>3<tr><td>4<td>5</table>", &["1|2| / 3|| / 4||5"]);
        // Numbers that no table needs.
        check("<table><tr><td colspan=0>1<td colspan=x>2<tr><td rowspan=-1>3<td>4</table>", &["1|2 / 3|4"]);
        let many = "<tr><td rowspan=99999 colspan=99999>茶".repeat(5000);
        assert!(blocks(&format!("<table>{many}<tr><td>水</table>"), 0)[0].text.ends_with("水"));
    }

    #[test]
    fn paragraphs_in_cells_are_parted() {
        check(
            "<table><tr><td><p>甲</p></td><td><p>乙</p></td></tr><tr><td>丙<br>丁</td><td><p>戊</p><p>己</p></td></tr></table>",
            &["甲|乙 / 丙 丁|戊 己"],
        );
    }

    #[test]
    fn tables_that_lay_out_flow() {
        check("<table><tr><td><h1>茶</h1><p>水开了。</p></td></tr></table><p>完。</p>", &["# 茶", "水开了。", "完。"]);
        check(
            "<table><tr><td>头<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>中</td></tr>\
             <tr><td><h2>尾</h2>水</td></tr></table>火",
            &["头", "甲|乙 / 1|2", "中", "## 尾", "水", "火"],
        );
        check("<table role='presentation'><tr><td>甲</td><td>乙</td></tr></table>", &["甲", "乙"]);
        check("<table><tr><td><img src='a.gif'></td><td><img src='b.gif'></td></tr></table>", &["!a.gif", "!b.gif"]);
        check(
            "<table><tr><td><pre>1\n2</pre></td><td><pre>let a;\nlet b;</pre></td></tr></table>",
            &["1\n2", "let a;\nlet b;"],
        );
        check("<table><tr><td>甲<tr><td><p>乙<p>丙", &["甲", "乙", "丙"]);
        check(
            "<table><tr><td style='display:none'>甲</td><td><p>乙</p><p>丙</p></td></tr></table>丁",
            &["甲", "乙", "丙", "丁"],
        );
    }

    #[test]
    fn what_stands_beside_the_cells_stands_before_the_table() {
        check("<table><caption>表一</caption><tr><td>甲<td>乙<tr><td>1<td>2</table>", &["表一", "甲|乙 / 1|2"]);
        check("<table><tr><td>甲</td><td>乙</td></tr>外<tr><td>1</td><td>2</td></tr></table>", &["外", "甲|乙 / 1|2"]);
    }
}
