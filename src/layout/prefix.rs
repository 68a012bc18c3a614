//! What stands before the lines of a block and above them: quote bars, list markers, labels of footnotes, titles of
//! call-outs, marks of deep headings, blank rows.
//!
//! Where the measure is small, indentation gives way and never a marker: a marker without room stands on a row of its
//! own. It refuses to look at the block's text.

use super::Measure;
use super::column;
use super::line::{Row, Run, Tone};
use super::runs::ornament;
use super::setting::is_prose;
use crate::document::{Block, BlockKind, Container, ContainerKind};
use crate::text::breaks::{Icu, Rules, opportunities};
use crate::text::{Language, clusters};

/// Cells of indentation below a label that stands on a row of its own.
const BELOW_LABEL: u16 = 4;
/// The level from which headings are marked: the two above it are told by the blank rows.
const MARKED_LEVEL: u8 = 3;

/// Rows by which a quote begins lower where lines run down: no bar stands above columns.
const QUOTED: u16 = 2;
/// Rows by which a heading of the first level begins lower than the text; one more for each level, up to the third.
const LOWERED: u16 = 2;

/// What stands before the lines of a block.
pub struct Prefix {
    /// Cells before every line.
    pub cells: u16,
    /// The rows above the first line, complete: blank ones, markers without room beside the text, titles.
    pub above: Vec<Row>,
    /// Of these, blank ones.
    pub blank: usize,
    /// Before the first line.
    pub first: Vec<Run>,
    /// Before the others.
    pub rest: Vec<Run>,
}

impl Prefix {
    /// The prefix of a block, given the block shown before it.
    pub fn new(block: &Block, before: Option<&Block>, measure: &Measure) -> Self {
        let shared = common(block, before);
        let containers = block.containers.iter().enumerate();
        let parts = containers.map(|(depth, container)| Part::new(&container.kind, depth >= shared, measure));
        Self::of(parts.chain(heading_mark(block, measure)).collect(), block, before, measure)
    }

    /// The prefix of a block that stands in a box among columns, in which its containers are seen.
    pub fn of_box(block: &Block, before: Option<&Block>, measure: &Measure) -> Self {
        Self::of(heading_mark(block, measure).into_iter().collect(), block, before, measure)
    }

    /// The same; without the indentation, if that is all there is.
    #[must_use]
    pub fn without_indent(self) -> Self {
        let mut runs = self.first.iter().chain(&self.rest);
        if self.above.len() > self.blank || runs.any(|run| !run.text.trim().is_empty()) {
            return self;
        }
        Self { cells: 0, first: Vec::new(), rest: Vec::new(), ..self }
    }

    /// A row with the prefix before it; where its first bracket stands half in the margin, without that.
    pub fn framed(&self, mut row: Row, index: usize, is_trimmed: bool) -> Row {
        let prefix = if index == 0 { &self.first } else { &self.rest };
        row.runs.splice(0..0, prefix.iter().skip(usize::from(is_trimmed)).cloned());
        row
    }

    fn of(mut parts: Vec<Part>, block: &Block, before: Option<&Block>, measure: &Measure) -> Self {
        let shared = common(block, before);
        shrink(&mut parts, room(measure.columns), measure.unit());
        let blank: Vec<Run> = parts.iter().enumerate().map(|(depth, part)| part.blank(depth < shared)).collect();
        let has_bars = blank.iter().any(|run| !run.text.trim().is_empty());
        let blank = Row { runs: if has_bars { blank } else { Vec::new() }, ..Row::default() };
        let is_close = measure.sets_close() && is_prose(block) && before.is_some_and(is_prose);
        let count = if is_close { 0 } else { blank_rows(block, before) };
        let mut prefix = Self {
            cells: parts.iter().map(|part| part.cells).sum(),
            above: vec![blank; count],
            blank: count,
            first: Vec::new(),
            rest: Vec::new(),
        };
        for part in &parts {
            prefix.add(part, block.language, measure);
        }
        prefix
    }

    /// Adds a part to the right of those before it.
    fn add(&mut self, part: &Part, language: Language, measure: &Measure) {
        let fits = part.mark_cells <= part.cells;
        if !fits {
            self.title(&part.mark, part.tone, language, measure);
        }
        self.first.push(if fits && part.mark_cells > 0 { part.marked() } else { part.bar() });
        self.rest.push(part.bar());
        if let Some(title) = &part.title {
            self.title(title, Tone::Heading(6), language, measure);
        }
    }

    /// Adds rows of their own above the first line.
    fn title(&mut self, text: &str, tone: Tone, language: Language, measure: &Measure) {
        let room = measure.columns.saturating_sub(self.rest.iter().map(|run| run.cells).sum());
        for piece in folded(text.trim_end(), room, language, measure) {
            let mut runs = std::mem::replace(&mut self.first, self.rest.clone());
            runs.push(Run { role: ornament("", 0, tone).role, ..piece });
            self.above.push(Row { runs, ..Row::default() });
        }
    }
}

/// What one container puts before the lines.
struct Part {
    /// Before the first line, where the container opens with the block.
    mark: String,
    mark_cells: u16,
    tone: Tone,
    /// Before the other lines; spaces follow.
    bar: &'static str,
    bar_cells: u16,
    /// Cells of either.
    cells: u16,
    /// Cells of a space.
    unit: u16,
    /// What stands above the first line.
    title: Option<String>,
}

impl Part {
    fn new(kind: &ContainerKind, opens: bool, measure: &Measure) -> Self {
        let bar = if measure.printed { ">" } else { "│" };
        match kind {
            ContainerKind::Quote if measure.is_down() => Self::lower(QUOTED),
            ContainerKind::Alert { title } if measure.is_down() => {
                Self { title: opens.then(|| title.to_string()), ..Self::lower(QUOTED) }
            }
            ContainerKind::Quote => Self::barred(bar, None, measure),
            ContainerKind::Alert { title } => Self::barred(bar, opens.then(|| title.to_string()), measure),
            ContainerKind::Item { marker, .. } => {
                let marker = match marker.as_str() {
                    "•" | "◦" | "▪" if measure.printed => "-",
                    "☐" if measure.printed => "- [ ]",
                    "☑" if measure.printed => "- [x]",
                    marker => marker,
                };
                let part = Self::marked_with(marker.to_owned(), Tone::Ornament, measure);
                if opens { part } else { part.without_mark() }
            }
            ContainerKind::Footnote { label } => {
                let part = Self::marked_with(format!("[{label}]"), Tone::Footnote, measure);
                let is_long = part.cells > (measure.columns / 4).clamp(4, 12);
                let part = Self { cells: if is_long { BELOW_LABEL } else { part.cells }, ..part };
                if opens { part } else { part.without_mark() }
            }
        }
    }

    fn barred(bar: &'static str, title: Option<String>, measure: &Measure) -> Self {
        let bar_cells = measure.width.text(bar) as u16;
        let cells = bar_cells + 1;
        Self { mark: String::new(), mark_cells: 0, tone: Tone::Ornament, bar, bar_cells, cells, unit: 1, title }
    }

    /// A mark, and a space after it where lines run across.
    fn marked_with(mut mark: String, tone: Tone, measure: &Measure) -> Self {
        if measure.is_down() {
            mark.truncate(column::marker(&mark).len());
        } else {
            mark.push(' ');
        }
        let cells = measure.cells(&mark);
        Self { mark, mark_cells: cells, tone, bar: "", bar_cells: 0, cells, unit: measure.unit(), title: None }
    }

    /// So many rows of nothing.
    fn lower(rows: u16) -> Self {
        let cells = 2 * rows;
        let tone = Tone::Ornament;
        Self { mark: String::new(), mark_cells: 0, tone, bar: "", bar_cells: 0, cells, unit: 2, title: None }
    }

    fn without_mark(self) -> Self {
        Self { mark: String::new(), mark_cells: 0, ..self }
    }

    fn marked(&self) -> Run {
        let spare = self.spaces(self.cells - self.mark_cells);
        ornament(&format!("{}{spare}", self.mark), self.cells, self.tone)
    }

    /// The bar, if there is room for it.
    fn bar(&self) -> Run {
        let (bar, bar_cells) = if self.bar_cells <= self.cells { (self.bar, self.bar_cells) } else { ("", 0) };
        let spaces = self.spaces(self.cells - bar_cells);
        ornament(&format!("{bar}{spaces}"), self.cells, Tone::Ornament)
    }

    /// On a blank row above the block: the bars of containers that go on.
    fn blank(&self, goes_on: bool) -> Run {
        if goes_on { self.bar() } else { ornament(&self.spaces(self.cells), self.cells, Tone::Ornament) }
    }

    fn spaces(&self, cells: u16) -> String {
        " ".repeat(usize::from(cells / self.unit))
    }
}

/// The mark of a deep heading, which without colours would look like those above it: `#` is what other programs
/// know, a triangle for every level beyond is quieter on a screen. Where it takes too much room, there is none. In
/// columns every heading begins lower than the text, as it does in books.
fn heading_mark(block: &Block, measure: &Measure) -> Option<Part> {
    if measure.is_down() {
        let level = u16::from(block.heading_level()?);
        let rows = (LOWERED + level.clamp(1, 3) - 1).min(measure.columns / 8);
        return Some(Part::lower(rows)).filter(|_| rows > 0);
    }
    let level = block.heading_level().filter(|level| *level >= MARKED_LEVEL)?;
    let mark = if measure.printed {
        "#".repeat(usize::from(level))
    } else {
        "▸".repeat(usize::from(level - MARKED_LEVEL) + 1)
    };
    let part = Part::marked_with(mark, Tone::Ornament, measure);
    (part.cells <= measure.columns / 4).then_some(part)
}

/// Cells that a prefix may take: a third, or the six of `- [x] ` where that leaves as much for the text; never those
/// of the last full-width character.
fn room(columns: u16) -> u16 {
    (columns / 3).max((columns / 2).min(6)).min(columns.saturating_sub(2))
}

/// Takes cells from the parts until they have room: from the outer before the inner, from the wide before the narrow;
/// whole units, so that none stands between two rows of a column.
fn shrink(parts: &mut [Part], room: u16, unit: u16) {
    let room = room - room % unit;
    let mut excess = parts.iter().map(|part| part.cells).fold(0, u16::saturating_add).saturating_sub(room);
    let outer = parts.len().saturating_sub(1);
    let (outer, innermost) = parts.split_at_mut(outer);
    for group in [outer, innermost] {
        for least in [2 * unit, unit, 0] {
            for part in &mut *group {
                let taken = part.cells.saturating_sub(least).min(excess);
                part.cells -= taken;
                excess -= taken;
            }
        }
    }
}

/// A text without line ends, folded into runs of at most some cells: where a line may end, else at clusters.
fn folded(text: &str, room: u16, language: Language, measure: &Measure) -> Vec<Run> {
    let run = |text: &str| ornament(text, measure.cells(text), Tone::Ornament);
    if measure.cells(text) <= room {
        return vec![run(text)];
    }
    let rules = Rules { language, kinsoku: measure.kinsoku, words: measure.words };
    let places = opportunities(text, rules, &Icu::default());
    let mut pieces = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let fits = |end: usize| text.get(start..end).is_some_and(|piece| measure.cells(piece.trim_end()) <= room);
        let ends = || clusters(rest, measure.width).map(|cluster| start + cluster.byte + cluster.text.len());
        let is_place = |end: &usize| *end == text.len() || places.binary_search_by_key(end, |(byte, _)| *byte).is_ok();
        let fitting: Vec<usize> = ends().take_while(|end| fits(*end)).collect();
        let end = fitting.iter().rfind(|end| is_place(end)).or(fitting.last()).copied();
        let end = end.or_else(|| ends().next()).unwrap_or(text.len());
        pieces.push(run(text.get(start..end).unwrap_or_default().trim_end()));
        start = end;
    }
    pieces
}

/// How many containers two neighbours share.
fn common(block: &Block, before: Option<&Block>) -> usize {
    let before = before.map(|before| &*before.containers).unwrap_or_default();
    block.containers.iter().zip(before).take_while(|(a, b)| a.id == b.id).count()
}

/// Blank rows above a block: none between the items of a tight list, above its nested lists, between footnotes and
/// between images.
fn blank_rows(block: &Block, before: Option<&Block>) -> usize {
    let Some(before) = before else { return 0 };
    let shared = common(block, Some(before));
    let is_tight = |container: Option<&Container>| {
        container.is_some_and(|container| matches!(container.kind, ContainerKind::Item { tight: true, .. }))
    };
    let follows_item = is_tight(before.containers.get(shared));
    let inside_item = shared > 0 && is_tight(block.containers.get(shared - 1));
    let tight = is_tight(block.containers.get(shared)) && (follows_item || inside_item);
    let is_image = |block: &Block| matches!(block.kind, BlockKind::Image { .. });
    let is_run = is_image(block) && is_image(before) && block.containers == before.containers;
    let is_note = |block: &Block| {
        block.containers.get(shared).is_some_and(|own| matches!(own.kind, ContainerKind::Footnote { .. }))
    };
    let is_run = is_run || is_note(block) && is_note(before);
    let after_heading = before.heading_level().is_some();
    match block.kind {
        BlockKind::Heading { level: 1 } if !after_heading => 2,
        _ if tight || is_run => 0,
        _ => 1,
    }
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

    const NOTES: &str = "正文[^1]，又一处[^diamond]，再一处[^金刚]。\n\n[^1]: 短的标签与正文同行，折行后对齐。\n\n\
        [^diamond]: 长的标签独占一行，正文另起。\n\n[^金刚]: 汉字的标签也按格子数算。\n";

    #[test]
    fn labels_of_footnotes_are_never_lost() {
        insta::assert_snapshot!(drawn(NOTES, 26, true), @r"
        正文[1]，又一处[diamond]，
        再一处[金刚]。

        [1] 短的标签与正文同行，折
            行后对齐。
        [diamond]
            长的标签独占一行，正文
            另起。
        [金刚]
            汉字的标签也按格子
            数算。
        ");
        insta::assert_snapshot!(drawn(NOTES, 48, true), @r"
        正文[1]，又一处[diamond]，再一处[金刚]。

        [1] 短的标签与正文同行，折行后对齐。
        [diamond] 长的标签独占一行，正文另起。
        [金刚] 汉字的标签也按格子数算。
        ");
        for columns in 1..20 {
            let drawn: String = drawn(NOTES, columns, false).split_whitespace().collect();
            assert!(drawn.contains("[diamond]") && drawn.contains("[金刚]"), "{columns}: {drawn}");
        }
    }

    #[test]
    fn a_plus_sign_stays_one() {
        let source = "- 原有的\n  + 新添的\n\n+ 同来的人\n";
        insta::assert_snapshot!(drawn(source, 30, false), @r"
        • 原有的
          + 新添的
        + 同来的人
        ");
    }

    const NESTED: &str =
        "> - 第一层\n>   1. 第二层\n>      - 第三层的条目，长到要折行。\n>        > 第四层是引文，也要折行才放得下。\n";

    #[test]
    fn nested_quotes_and_lists_stay_readable() {
        insta::assert_snapshot!(drawn(NESTED, 30, true), @r"
        > - 第一层
        >   1. 第二层
        >      - 第三层的条目，长到要
        >        折行。
        >
        >       > 第四层是引文，也要折
        >       > 行才放得下。
        ");
        insta::assert_snapshot!(drawn(NESTED, 14, false), @r"
            │ • 第一层
            │  1. 第二层
            │   ◦ 第三层
            │     的条目，
            │     长到要
            │     折行。
            │
            │   │ 第四层是
            │   │ 引文，也
            │   │ 要折行才
            │   │ 放得下。
            ");
        for columns in 1..40 {
            let drawn = drawn(NESTED, columns, true).replace(['>', ' ', '\n'], "");
            assert!(drawn.matches('-').count() == 2 && drawn.contains("1."), "{columns}: {drawn}");
        }
    }

    #[test]
    fn levels_of_headings_are_seen_without_colours() {
        let source = "开头的一段。\n\n# 一、甲部\n\n甲。\n\n## 甲部之一\n\n### 甲部之一的细目，题目很长，要折行\n\n文。\n\n#### 更细\n\n文。\n\n# 二、乙部\n\n乙。\n";
        insta::assert_snapshot!(drawn(source, 24, true), @r"
        开头的一段。


        一、甲部

        甲。

        甲部之一

        ### 甲部之一的细目，
            题目很长，要折行

        文。

        #### 更细

        文。


        二、乙部

        乙。
        ");
        insta::assert_snapshot!(drawn(source, 24, false), @r"
            开头的一段。


            一、甲部

            甲。

            甲部之一

            ▸ 甲部之一的细目，
              题目很长，要折行

            文。

            ▸▸ 更细

            文。


            二、乙部

            乙。
            ");
    }

    #[test]
    fn titles_of_call_outs_are_not_cut() {
        let source = "> [!NOTE] 一个很长很长的标题\n> 正文。\n\n- [ ] 未做\n- [x] 做完\n  ```\n  code\n  ```\n";
        insta::assert_snapshot!(drawn(source, 16, true), @r"
        > 一个很长很长的
        > 标题
        > 正文。

        - [ ] 未做
        - [x] 做完

              code
        ");
    }

    #[test]
    fn titles_of_call_outs_keep_marks_where_they_belong() {
        let source = "> [!NOTE] 先看灯油，再看《灯芯》，然后 read the rest of it\n> 正文。\n";
        insta::assert_snapshot!(drawn(source, 14, true), @r"
        > 先看灯油，再
        > 看《灯芯》，
        > 然后 read
        > the rest of
        > it
        > 正文。
        ");
    }

    #[test]
    fn numbers_are_flush_right() {
        let source = "9. 第九条，长到要折行才能放下。\n10. 第十条。\n\n    ```\n    code\n    ```\n\n11. 十一\n";
        insta::assert_snapshot!(drawn(source, 24, true), @r"
         9. 第九条，长到要折行才
            能放下。

        10. 第十条。

            ¦ code

        11. 十一
        ");
    }
}
