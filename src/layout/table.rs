//! Tables: columns exact to the cell, cells wrapped where the table is too wide. Where even that leaves too little, a
//! screen is scrolled sideways, and on paper, or where that takes about as many rows, one `header: value` stands after the
//! other. Nothing is ever cut.

pub mod widths;

use super::glyphs::Asides;
use super::line::{Row, Run, Tone};
use super::lines::Tools;
use super::runs::ornament;
use super::setting::Setting;
use super::wrapped::wrapped_range;
use crate::document::{Alignment, Cell, Span, Table};
use crate::text::Language;
use std::ops::Range;
use widths::{NARROWEST, Needs, bytes, natural_width};

/// Cells of the widest column of a table that is scrolled sideways, if the measure has twice as many.
const WIDEST: u16 = 40;
/// Cells of indentation below a label.
const BELOW_LABEL: u16 = 2;

/// The columns of a table as they are set.
struct Form {
    /// Cells of each.
    widths: Vec<u16>,
    /// How the cells of each are aligned.
    alignments: Vec<Alignment>,
    /// What stands between them.
    bar: Run,
}

/// The rows of a table.
pub fn rows(setting: &Setting, table: &Table, columns: u16, tools: &mut Tools) -> Vec<Row> {
    let bar = if setting.measure.printed { " | " } else { " │ " };
    let bar = ornament(bar, setting.measure.width.text(bar) as u16, Tone::Ornament);
    tools.asides = Asides::of(setting.block);
    let needs = Needs::of(setting, table, &tools.asides);
    let form = |widths: Vec<u16>| {
        let squeezed = widths.iter().zip(&needs.natural).map(|(width, natural)| width < natural);
        // Lines that begin anywhere are hard to read on: only what stands on one line is centred.
        let alignments = table.alignments.iter().zip(squeezed).map(|(own, squeezed)| match own {
            Alignment::Center if squeezed => Alignment::Start,
            own => *own,
        });
        Form { alignments: alignments.collect(), widths, bar: bar.clone() }
    };
    match needs.within(columns, bar.cells) {
        Some(widths) => grid(setting, table, &form(widths), tools),
        None if setting.measure.folds() => stacked(setting, table, columns, tools),
        None => {
            let widest = (columns / 2).clamp(NARROWEST, WIDEST);
            let widths: Vec<u16> = needs.natural.iter().map(|width| (*width).min(widest)).collect();
            let wide = grid(setting, table, &form(widths), tools);
            // Text wrapped in columns out of sight makes rows that look empty: little is gained by such a grid if the
            // cells one below the other take about as many rows.
            if needs.natural.iter().any(|width| *width > widest) {
                let folded = stacked(setting, table, columns, tools);
                if 2 * folded.len() <= 3 * wide.len() {
                    return folded;
                }
            }
            wide.into_iter().map(|row| Row { scrolls: true, ..row }).collect()
        }
    }
}

fn row_cells(row: &Row) -> u16 {
    row.runs.iter().map(|run| run.cells).sum()
}

/// The rows of the table, side by side; where any takes several lines, a row of bars alone parts it from the next.
fn grid(setting: &Setting, table: &Table, form: &Form, tools: &mut Tools) -> Vec<Row> {
    let has_header = table.rows.len() > 1;
    // What was no table before it was scraped has a header without text.
    let is_bare = |(index, cells): &(usize, &Vec<Cell>)| *index == 0 && has_header && cells.iter().all(Range::is_empty);
    let records: Vec<(usize, Vec<Row>)> = table
        .rows
        .iter()
        .enumerate()
        .filter(|record| !is_bare(record))
        .map(|(index, cells)| (index, record(setting, cells, form, tools)))
        .collect();
    let is_parted = records.iter().any(|(index, lines)| *index > 0 && lines.len() > 1);
    let mut rows = Vec::new();
    for (index, mut lines) in records {
        if index == 0 && has_header {
            let runs = lines.iter_mut().flat_map(|line| &mut line.runs);
            runs.filter(|run| run.span.is_some()).for_each(|run| run.role.tone = Tone::TableHeader);
            lines.push(border(setting, &form.widths));
        } else if index + 1 < table.rows.len() && is_parted {
            lines.push(line(&mut [], form));
        }
        rows.extend(lines);
    }
    rows
}

/// The lines of one row of the table.
fn record(setting: &Setting, cells: &[Cell], form: &Form, tools: &mut Tools) -> Vec<Row> {
    let mut columns: Vec<std::vec::IntoIter<Row>> = cells
        .iter()
        .zip(&form.widths)
        .map(|(cell, width)| wrapped_range(setting, bytes(cell), *width, setting.measure.fit, tools).into_iter())
        .collect();
    let height = columns.iter().map(ExactSizeIterator::len).max().unwrap_or_default().max(1);
    (0..height).map(|_| line(&mut columns, form)).collect()
}

/// The next line of every cell in a row, with bars between them.
fn line(cells: &mut [std::vec::IntoIter<Row>], form: &Form) -> Row {
    let mut row = Row::default();
    for (column, (width, alignment)) in form.widths.iter().zip(&form.alignments).enumerate() {
        if column > 0 {
            row.runs.push(form.bar.clone());
        }
        let part = cells.get_mut(column).and_then(Iterator::next).unwrap_or_default();
        place(&mut row, part, *width, *alignment);
    }
    row
}

/// Adds a cell's line to a row, padded to its column.
fn place(row: &mut Row, part: Row, width: u16, alignment: Alignment) {
    let spare = width.saturating_sub(row_cells(&part));
    let left = match alignment {
        Alignment::Start => 0,
        Alignment::Center => spare / 2,
        Alignment::End => spare,
    };
    let pad = |cells: u16| ornament(&" ".repeat(usize::from(cells)), cells, Tone::Body);
    row.runs.push(pad(left));
    row.runs.extend(part.runs);
    row.runs.push(pad(spare - left));
    row.span = match (row.span, part.span) {
        (Some(whole), Some(part)) => Some(Span { start: whole.start.min(part.start), end: whole.end.max(part.end) }),
        (whole, part) => whole.or(part),
    };
}

fn border(setting: &Setting, widths: &[u16]) -> Row {
    let dash = if setting.measure.printed { "-" } else { "─" };
    let cells = setting.measure.width.text(dash).max(1);
    // Where a terminal draws lines two cells wide, the spaces beside a bar have no room for them.
    let cross = match cells {
        _ if setting.measure.printed => "-|-",
        1 => "─┼─",
        _ => " ┼ ",
    };
    let mut text = String::new();
    for (column, width) in widths.iter().enumerate() {
        if column > 0 {
            text.push_str(cross);
        }
        text.push_str(&dash.repeat(usize::from(*width) / cells));
        text.push_str(&" ".repeat(usize::from(*width) % cells));
    }
    let cells = setting.measure.width.text(&text) as u16;
    Row { runs: vec![ornament(&text, cells, Tone::Ornament)], ..Row::default() }
}

/// Every cell on lines of its own, after its column's header; blank rows between what was a row.
fn stacked(setting: &Setting, table: &Table, columns: u16, tools: &mut Tools) -> Vec<Row> {
    let Some((header, records)) = table.rows.split_first() else { return Vec::new() };
    if records.is_empty() {
        let cells = header.iter();
        return cells
            .flat_map(|cell| wrapped_range(setting, bytes(cell), columns, setting.measure.fit, tools))
            .collect();
    }
    let mut widest = vec![0; header.len()];
    for record in records {
        for (widest, cell) in widest.iter_mut().zip(record) {
            *widest = natural_width(setting, cell, &tools.asides).max(*widest);
        }
    }
    let labels = header.iter().zip(widest);
    let labels: Vec<Label> = labels.map(|(name, widest)| Label::new(setting, name, widest, columns, tools)).collect();
    let mut rows = Vec::new();
    for (index, record) in records.iter().enumerate() {
        if index > 0 {
            rows.push(Row::default());
        }
        for (label, cell) in labels.iter().zip(record).filter(|(_, cell)| index == 0 || !cell.is_empty()) {
            let lines = wrapped_range(setting, bytes(cell), columns - label.indent, setting.measure.fit, tools);
            rows.extend(label.before(lines, index == 0));
        }
    }
    rows
}

/// The name of a column where each of its cells stands alone.
struct Label {
    /// Its lines.
    lines: Vec<Row>,
    /// Whether cells stand beside it: the same for all cells of a column.
    is_beside: bool,
    /// Cells before the lines of a cell.
    indent: u16,
}

impl Label {
    /// The label of a column, of whose other cells the widest is known.
    fn new(setting: &Setting, name: &Cell, widest: u16, columns: u16, tools: &mut Tools) -> Self {
        if name.is_empty() {
            return Self { lines: Vec::new(), is_beside: false, indent: 0 };
        }
        let sign = sign(setting, name);
        let name_cells = natural_width(setting, name, &tools.asides).saturating_add(sign.cells);
        let is_beside = name_cells <= columns / 2 || name_cells.saturating_add(widest) <= columns;
        let below = if columns > 4 * BELOW_LABEL { BELOW_LABEL } else { 0 };
        let room = columns.saturating_sub(if is_beside { 0 } else { sign.cells }).max(1);
        let mut lines = wrapped_range(setting, bytes(name), room, setting.measure.fit, tools);
        for run in lines.iter_mut().flat_map(|line| &mut line.runs) {
            run.role.tone = Tone::TableHeader;
        }
        if let Some(last) = lines.last_mut().filter(|last| row_cells(last).saturating_add(sign.cells) <= columns) {
            last.runs.push(sign);
        }
        Self { lines, is_beside, indent: if is_beside { name_cells } else { below } }
    }

    /// The rows of a cell with the label before them. Only the first cell's label is the header's own text: inserted
    /// ones are in no copy and no search.
    fn before(&self, cell: Vec<Row>, is_first: bool) -> Vec<Row> {
        let mut label = self.lines.clone();
        for line in &mut label {
            line.span = None;
            line.runs.iter_mut().filter(|_| !is_first).for_each(|run| run.span = None);
        }
        let mut cell = cell.into_iter();
        if self.is_beside
            && let (Some(last), Some(first)) = (label.last_mut(), cell.next())
        {
            last.runs.extend(first.runs);
            last.span = first.span;
        }
        label.extend(cell.map(|mut row| {
            row.runs.insert(0, ornament(&" ".repeat(usize::from(self.indent)), self.indent, Tone::Body));
            row
        }));
        label
    }
}

/// What stands after a label: a colon as its language has it, unless it ends in one.
fn sign(setting: &Setting, name: &Cell) -> Run {
    let is_square = matches!(setting.block.language, Language::ZhHans | Language::ZhHant | Language::Ja);
    let name = setting.block.text.get(bytes(name)).unwrap_or_default().trim_end();
    let sign = match name.chars().next_back() {
        Some('：') => "",
        Some(':') => " ",
        _ if is_square => "：",
        _ => ": ",
    };
    ornament(sign, setting.measure.width.text(sign) as u16, Tone::TableHeader)
}

#[cfg(test)]
mod tests {
    use crate::layout::Measure;
    use crate::layout::drawing::drawing;
    use crate::parse::{Hint, parse};

    fn drawn(source: &str, columns: u16, printed: bool) -> String {
        let document = parse(source.as_bytes(), &Hint::named("a.md"));
        drawing(document, &Measure { columns, printed, ..Measure::default() })
    }

    const KEYS: &str = "Four programs and their keys, side by side.\n\n\
        | To do this | more | less | vi |\n|---|:-:|--:|---|\n| forward one screen | Space | Space | Ctrl-F |\n\
        | set a mark | | m | m |\n";
    const TEAS: &str = "几种茶的产地与采摘时节，列在这里。\n\n\
        | 名称 | 大约什么时候采摘 | 说明 |\n|---|---|---|\n| 龙井 | 清明之前 | 产在杭州西湖一带的山里，扁平光滑。 |\n\
        | 普洱 | 春秋两季 | 压成饼，越放越醇。 |\n";

    #[test]
    fn columns_are_exact_and_give_way() {
        insta::assert_snapshot!(drawn(KEYS, 60, true), @r"
        Four programs and their keys, side by side.

        To do this         | more  |  less | vi
        -------------------|-------|-------|-------
        forward one screen | Space | Space | Ctrl-F
        set a mark         |       |     m | m
        ");
        insta::assert_snapshot!(drawn(TEAS, 40, false), @r"
        几种茶的产地与采摘时节，列在这里。

        名称 │ 大约什么时候 │ 说明
             │ 采摘         │
        ─────┼──────────────┼───────────────────
        龙井 │ 清明之前     │ 产在杭州西湖一带的
             │              │ 山里，扁平光滑。
             │              │
        普洱 │ 春秋两季     │ 压成饼，越放越醇。
        ");
    }

    #[test]
    fn columns_of_squares_are_even() {
        let source = "| 名称 | 产地与采摘时节 | 品尝的人怎样说它 |\n|---|---|---|\n\
            | 龙井 | 清明之前采在杭州西湖一带的山里 | 扁平光滑，清香如兰，回味甘甜 |\n\
            | 普洱 | 春秋两季采在云南西双版纳的山里 | 压成饼状，越放越醇，汤色红浓 |\n";
        for columns in 30..60 {
            let drawn = drawn(source, columns, false);
            let bars = drawn.lines().find(|line| line.contains('┼')).unwrap();
            let widths: Vec<usize> = bars.split('┼').map(|bar| bar.trim().chars().count()).collect();
            assert!(
                widths[0] == 5 && widths[1].is_multiple_of(2) && !widths[2].is_multiple_of(2),
                "{widths:?}\n{drawn}"
            );
        }
    }

    #[test]
    fn columns_are_scrolled_for_where_that_saves_rows() {
        let source = "| 名称 | 产地与采摘时节 | 品尝的人怎样说它 | 价钱 |\n|---|---|---|---|\n\
            | 龙井 | 清明之前采在杭州西湖一带的山里 | 扁平光滑，清香如兰，回味甘甜 | 贵 |\n\
            | 普洱 | 春秋两季采在云南西双版纳的山里 | 压成饼状，越放越醇，汤色红浓 | 不贵 |\n";
        insta::assert_snapshot!(drawn(source, 26, false), @r"
        名称 │ 产地与采摘    │ 品尝的人怎样  │ 价钱
             │ 时节          │ 说它          │
        ─────┼───────────────┼───────────────┼─────
        龙井 │ 清明之前采在  │ 扁平光滑，    │ 贵
             │ 杭州西湖一带  │ 清香如兰，回  │
             │ 的山里        │ 味甘甜        │
             │               │               │
        普洱 │ 春秋两季采在  │ 压成饼状，    │ 不贵
             │ 云南西双版纳  │ 越放越醇，汤  │
             │ 的山里        │ 色红浓        │
        ");
        insta::assert_snapshot!(drawn(KEYS, 26, false), @r"
        Four programs and their
        keys, side by side.

        To do this: forward one
                    screen
        more: Space
        less: Space
        vi: Ctrl-F

        To do this: set a mark
        less: m
        vi: m
        ");
    }

    #[test]
    fn where_columns_have_no_room_labels_stand_before_every_cell() {
        insta::assert_snapshot!(drawn(KEYS, 30, true), @r"
        Four programs and their keys,
        side by side.

        To do this: forward one screen
        more: Space
        less: Space
        vi: Ctrl-F

        To do this: set a mark
        less: m
        vi: m
        ");
        insta::assert_snapshot!(drawn(TEAS, 24, true), @r"
        几种茶的产地与采摘时节，
        列在这里。

        名称：龙井
        大约什么时候采摘：
          清明之前
        说明：产在杭州西湖一带的
              山里，扁平光滑。

        名称：普洱
        大约什么时候采摘：
          春秋两季
        说明：压成饼，越放越醇。
        ");
        insta::assert_snapshot!(drawn(TEAS, 12, true), @r"
        几种茶的产地
        与采摘时节，
        列在这里。

        名称：龙井
        大约什么
        时候采摘：
          清明之前
        说明：产在杭
              州西湖
              一带的
              山里，
              扁平
              光滑。

        名称：普洱
        大约什么
        时候采摘：
          春秋两季
        说明：压成
              饼，
              越放
              越醇。
        ");
    }

    #[test]
    fn a_screen_is_scrolled_sideways() {
        let source = "| month | rain | sun | wind | frost |\n|---|--:|--:|---|---|\n| March | 40 | 110 | west | often |\n\
            | April | 35 | 160 | west | seldom |\n";
        insta::assert_snapshot!(drawn(source, 30, false), @r"
        month │ rain │ sun │ wind │ frost
        ──────┼──────┼─────┼──────┼───────
        March │   40 │ 110 │ west │ often
        April │   35 │ 160 │ west │ seldom
        ");
    }

    #[test]
    fn a_column_of_long_texts_gets_the_room_and_is_not_centred() {
        let source = "| Method | Since | Details |\n|:-:|:-:|:-:|\n| GET | 1.0 | Asks for what stands at an address, and changes nothing there. |\n\
            | POST | 1.0、1.1 | Sends something to it. |\n";
        insta::assert_snapshot!(drawn(source, 44, true), @r"
        Method |  Since   | Details
        -------|----------|-------------------------
         GET   |   1.0    | Asks for what stands at
               |          | an address, and changes
               |          | nothing there.
               |          |
         POST  | 1.0、1.1 | Sends something to it.
        ");
    }

    #[test]
    fn tables_that_were_none() {
        insta::assert_snapshot!(drawn("一段。\n\n| | |\n|---|---|\n| 左 | 右 |\n\n| 只有一列 |\n|---|\n| 其一，很长的一格 |\n", 12, true), @r"
        一段。

        左 | 右

        只有一列
        ------------
        其一，很长
        的一格
        ");
    }

    #[test]
    fn no_text_is_lost_at_any_width() {
        for columns in 1..50 {
            for printed in [true, false] {
                let drawn = drawn(TEAS, columns, printed);
                for character in "龙井清明之前产在杭州西湖大约什么时候采摘普洱".chars() {
                    assert!(drawn.contains(character), "{columns}: {character} in {drawn}");
                }
            }
        }
    }
}
