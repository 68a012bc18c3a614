//! Blocks that are read across on a page whose other lines run down: code, tables, paragraphs in Latin letters.
//!
//! Such a block stands as a box among the columns, as it does in books: below each other its rows, as many as the page
//! has, then a further box to the left. Nothing is cut and nothing scrolled sideways. It refuses to paint.

use super::glyphs::Asides;
use super::line::{Inset, Row};
use super::lines::Tools;
use super::measure::{Direction, Measure};
use super::prefix::Prefix;
use super::setting::Setting;
use super::wrapped::wrapped_range;
use super::{code, table};
use crate::document::{Block, BlockKind, Span};
use crate::text::Language;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Cells of the widest box of running text, and of the narrowest, if the page has as many: what is short fills the rows
/// of a page rather than its columns.
const PROSE: RangeInclusive<u16> = 32..=60;

/// Whether a block is set across, in columns of some half rows: Latin letters stand below each other in a name or a short
/// title, of which they fill no more than one column.
pub fn is_inset(block: &Block, columns: u16) -> bool {
    match &block.kind {
        BlockKind::Code { .. } | BlockKind::Table(_) => true,
        BlockKind::Rule => false,
        BlockKind::Paragraph | BlockKind::Heading { .. } | BlockKind::Image { .. } => {
            block.language == Language::Other && block.text.chars().nth(usize::from(columns / 2)).is_some()
        }
    }
}

/// The measure of the rows of a box.
pub fn measure(block: &Block, page: &Measure) -> Measure {
    let breadth = if let Direction::Down { breadth, .. } = page.direction { breadth } else { page.columns };
    let room = match block.kind {
        BlockKind::Code { .. } | BlockKind::Table(_) => breadth,
        _ => {
            let rows = usize::from(page.columns / 2).max(1);
            let cells = (block.text.len() / rows).min(usize::from(u16::MAX)) as u16;
            cells.saturating_add(cells / 8).clamp(*PROSE.start(), *PROSE.end()).next_multiple_of(2).min(breadth)
        }
    };
    Measure { columns: room.max(1), overhang: 0, start_trim: false, direction: Direction::Inset, ..page.clone() }
}

/// The columns of a block that is set across, in a measure of some half rows; with what stands before its rows.
pub fn rows(setting: &Setting, (prefix, room): (&Prefix, u16), columns: u16, tools: &mut Tools) -> Vec<Row> {
    let measure = measure(setting.block, setting.measure);
    let titles = prefix.above.iter().skip(prefix.blank).cloned();
    let lines = lines(&Setting { measure: &measure, ..*setting }, room, tools);
    let framed = lines.into_iter().enumerate().map(|(index, row)| prefix.framed(row, index, false));
    let rows: Vec<Row> = titles.chain(framed).collect();
    let height = usize::from(columns / 2).max(1);
    rows.chunks(height).flat_map(|rows| boxed(rows, setting.measure.pitch())).collect()
}

/// The rows of all boxes of a block.
fn lines(setting: &Setting, columns: u16, tools: &mut Tools) -> Vec<Row> {
    let Setting { block, measure, .. } = *setting;
    match &block.kind {
        BlockKind::Code { .. } => code::rows(setting, columns),
        BlockKind::Table(shape) => table::rows(setting, shape, columns, tools),
        _ => {
            tools.asides = Asides::of(block);
            let mut start = 0;
            let mut rows = Vec::new();
            for line in block.text.split('\n') {
                let range = start..start + line.len();
                rows.extend(wrapped_range(setting, range, columns, measure.fit, tools));
                start += line.len() + 1;
            }
            rows
        }
    }
}

/// The columns that a box of some rows stands on. Each has the place of all of the box, so that going to any of its
/// text shows it from its start.
fn boxed(rows: &[Row], pitch: u16) -> Vec<Row> {
    let cells = rows.iter().map(Row::cells).max().unwrap_or_default().min(u32::from(u16::MAX)) as u16;
    let columns = (cells.saturating_add(pitch).saturating_sub(2)).div_ceil(pitch.max(1)).max(1);
    let spans = || rows.iter().filter_map(|row| row.span);
    let start = spans().map(|span| span.start).min();
    let span = start.zip(spans().map(|span| span.end).max()).map(|(start, end)| Span { start, end });
    let rows: Arc<[Row]> = rows.into();
    let inset = |at| Inset { rows: Arc::clone(&rows), columns, at, pitch };
    (0..columns).map(|at| Row { span, inset: Some(inset(at)), ..Row::default() }).collect()
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Position};
    use crate::layout::vertical::drawing::{drawing, measure};
    use crate::layout::{Address, Layout};
    use crate::parse::{Hint, parse};
    use std::sync::Arc;

    fn document(source: &str) -> Document {
        parse(source.as_bytes(), &Hint::named("a.md"))
    }

    #[test]
    fn code_tables_and_latin_paragraphs_are_read_across() {
        let source = "下面是一段代码，要横着读。\n\n```rust\nfn main() {\n    let n = '好';\n}\n```\n\n\
            | 名 | 数 |\n|---|---|\n| 甲 | 1 |\n\n还有一段英文，也横着读。\n\n\
            A paragraph in Latin letters is read across, from left to right.\n\n文章到这里就完了。\n";
        insta::assert_snapshot!(drawing(&document(source), 8, 24), @r"
        完    A paragraph in Latin    也       名 │ 数     fn main() {          码
        了    letters is read across, 横       ───┼───         let n = '好';    ︐
        ︒ 文 from left to right.     着 还    甲 │ 1      }                    要 下
           章                         读 有                                     横 面
           到                         ︒ 一                                     着 是
           这                            段                                     读 一
           里                            英                                     ︒ 段
           就                            文                                        代
                                         ︐
        ");
    }

    #[test]
    fn what_stands_before_rows_stands_in_the_box() {
        let source = "下面是三件事：\n\n- An item in Latin letters.\n- 中文的一项。\n\n10. A numbered item in Latin letters.\n\n    ```\n    code\n    ```\n\n\
            > A quote in Latin letters as well.\n>\n> ```\n> code\n> ```\n\n\
            > [!NOTE]\n> A note in Latin letters.\n\n就是这些。\n";
        insta::assert_snapshot!(drawing(&document(source), 9, 20), @r"
              │ Note               │ code      │ A quote in Latin      code     10. A numbered       ・ • An item in Latin
              │ A note in Latin                │ letters as well.                   item in Latin    中   letters.
        就    │ letters.                                                            letters.         文                         下
        是                                                                                           的                         面
        这                                                                                           一                         是
        些                                                                                           项                         三
        ︒                                                                                           ︒                         件
                                                                                                                                事
                                                                                                                                ︓
        ");
    }

    #[test]
    fn pages_begin_with_whole_boxes() {
        let source = "下面是一段代码，要横着读。\n\n```\nlet number = 12;\n```\n\n文章到这里就完了，没有了。\n";
        let mut layout = Layout::new(Arc::new(document(source)), measure(8, 24));
        let first = layout.first();
        let code = layout.locate(Position { block: 1, byte: 0 });
        let all = layout.rows(first, 100);
        assert_eq!(all.iter().map(|(_, row)| row.inset.iter().count()).sum::<usize>(), 6);
        assert_eq!(layout.page(first, 5), code);
        let after = Address { block: 2, row: 0 };
        assert_eq!(layout.page(Address { block: 2, row: 1 }, -3), code);
        assert_eq!(layout.page(code, 3), Address { row: 1, ..after }, "all of the box was on the page");
        assert_eq!(layout.page(code, 6), Address { row: 1, ..after });
        assert_eq!(layout.scroll(Address { block: 2, row: 1 }, -1), code);
    }
}
