//! From a document and a measure to rows of cells, block by block as they come into view.
//!
//! ```text
//! text ──pieces──▶ what stands together ──fit──▶ lines ──runs──▶ what each stretch means ──flow──▶ rows
//! ```
//!
//! It refuses to know colours, panes and the terminal: a row says what its runs mean ([`Role`]), not how they look.

pub mod code;
pub mod column;
pub mod costs;
#[cfg(test)]
pub mod drawing;
pub mod fit;
pub mod flow;
pub mod glyphs;
pub mod hyphenate;
pub mod image;
pub mod inset;
pub mod justify;
pub mod line;
pub mod lines;
pub mod locate;
pub mod measure;
pub mod paragraph;
pub mod phrase;
pub mod prefix;
#[cfg(test)]
mod random;
pub mod runs;
pub mod setting;
pub mod split;
pub mod squeeze;
pub mod table;
pub mod vertical;
pub mod walk;
pub mod wrapped;

pub use line::{Address, Inset, Role, Row, Run, Tone};
pub use measure::{Direction, Fit, Hang, Hyphens, Measure};

use crate::document::{Document, Position, Span};
use code::Reach;
use flow::{Body, Frame};
use lines::{Analysis, Tools};
use setting::Setting;
use std::cmp::Reverse;
use std::sync::Arc;

/// The rows of one document at one measure. Blocks are laid out as far as they are asked for; how far on a place is,
/// the bytes before it say, which no measure changes.
pub struct Layout {
    document: Arc<Document>,
    measure: Measure,
    tools: Tools,
    /// The blocks that are shown, ascending; what follows is by rank among them, except `analyses`.
    shown: Vec<u32>,
    /// Bytes of text before each shown block, and of all.
    bytes: Vec<u64>,
    laid: Vec<Option<Laid>>,
    /// What is known of each block's text at any measure.
    analyses: Vec<Analysis>,
    /// The first shown block that may not be laid out to its end.
    idle: usize,
}

/// A block that is laid out, perhaps not to its end.
struct Laid {
    /// Rows above the body.
    above: u32,
    /// Of these, blank ones.
    blank: u32,
    body: Body,
}

/// How far a block must be laid out.
#[derive(Clone, Copy)]
enum Until {
    /// A row of the block.
    Row(usize),
    /// A byte of its text.
    Byte(usize),
    /// Its end.
    End,
}

impl Layout {
    /// A layout with nothing laid out yet.
    pub fn new(document: Arc<Document>, measure: Measure) -> Self {
        let analyses = vec![Analysis::default(); document.blocks.len()];
        let mut layout = Self {
            document,
            measure,
            tools: Tools::default(),
            shown: Vec::new(),
            bytes: Vec::new(),
            laid: Vec::new(),
            analyses,
            idle: 0,
        };
        layout.start();
        layout
    }

    /// The measure in force.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// The document that is laid out.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Sets another measure. Addresses of rows are void after this; positions hold.
    pub fn relayout(&mut self, measure: Measure) {
        if measure != self.measure {
            if !self.measure.breaks_like(&measure) {
                self.analyses.fill(Analysis::default());
            }
            self.measure = measure;
            self.start();
        }
    }

    /// Forgets all rows.
    fn start(&mut self) {
        self.shown = self
            .document
            .shown(self.measure.scope)
            .filter(|(_, block)| flow::has_rows(block))
            .map(|(index, _)| index as u32)
            .collect();
        let blocks = || self.shown.iter().filter_map(|index| self.document.blocks.get(*index as usize));
        let mut before = 0;
        self.bytes = std::iter::once(0)
            .chain(blocks().map(|block| {
                before += block.text.len() as u64;
                before
            }))
            .collect();
        self.laid.clear();
        self.laid.resize_with(self.shown.len(), || None);
        self.idle = 0;
    }

    /// The rows of a block: none if it is not shown. Includes the blank rows above it.
    pub fn block(&mut self, block: usize) -> Vec<Row> {
        let Ok(rank) = self.shown.binary_search(&(block as u32)) else { return Vec::new() };
        let height = self.height_of(rank);
        self.rows_of(rank, 0..height, Reach::END)
    }

    /// Forgets the rows of a block, for those who go through a long document once.
    pub fn forget(&mut self, block: usize) {
        if let Ok(rank) = self.shown.binary_search(&(block as u32)) {
            self.laid[rank] = None;
            self.analyses[block] = Analysis::default();
            self.idle = self.idle.min(rank);
        }
    }

    /// The first row.
    pub fn first(&self) -> Address {
        Address { block: self.shown.first().copied().unwrap_or_default(), row: 0 }
    }

    /// The last row.
    pub fn last(&mut self) -> Address {
        let Some(rank) = self.shown.len().checked_sub(1) else { return Address::default() };
        let row = (self.height_of(rank) as u32).saturating_sub(1);
        Address { block: self.shown[rank], row }
    }

    /// The row that shows a place; where the place's block is not shown, the first row of text after it, else the last.
    pub fn locate(&mut self, position: Position) -> Address {
        let rank = self.shown.partition_point(|block| *block < position.block);
        let Some(block) = self.shown.get(rank).copied() else { return self.last() };
        if block != position.block {
            self.lay(rank, Until::Row(0));
            return Address { block, row: self.laid[rank].as_ref().map_or(0, |laid| laid.blank) };
        }
        self.lay(rank, Until::Byte(position.byte as usize));
        let row = match &self.laid[rank] {
            Some(Laid { above, blank, body: Body::Rows(rows) }) => {
                let holds = |span: Option<Span>| span.is_some_and(|span| span.contains(position));
                let shown = rows.iter().position(|row| row.shows(position));
                // What is hidden belongs to the row that begins nearest before it.
                let holding = || rows.iter().enumerate().filter(|(_, row)| holds(row.span));
                let nearest = |(index, row): &(usize, &Row)| (row.span.map(|span| span.start), Reverse(*index));
                let within = || holding().max_by_key(nearest).map(|(index, _)| index);
                let before = || rows.iter().rposition(|row| row.span.is_some_and(|span| span.start <= position));
                shown.or_else(within).or_else(before).map_or(*blank, |row| above + row as u32)
            }
            Some(Laid { above, blank, body: Body::Lines(lines) }) => {
                let after = lines.lines.partition_point(|line| line.start <= position.byte);
                after.checked_sub(1).map_or(*blank, |row| above + row as u32)
            }
            None => 0,
        };
        Address { block, row }
    }

    /// The place at which a row begins: that of its text, or for a row without text of the next that has some.
    pub fn position(&mut self, at: Address) -> Position {
        let start = Position { block: at.block, byte: 0 };
        let Ok(rank) = self.shown.binary_search(&at.block) else { return start };
        self.lay(rank, Until::Row(at.row as usize));
        match &self.laid[rank] {
            Some(Laid { above, body: Body::Rows(rows), .. }) => {
                let from_here = rows.iter().skip(at.row.saturating_sub(*above) as usize);
                from_here.chain(rows.iter()).find_map(|row| row.span).map_or(start, |span| span.start)
            }
            Some(Laid { above, body: Body::Lines(lines), .. }) => {
                let line = lines.lines.get(at.row.saturating_sub(*above) as usize);
                line.map_or(start, |line| Position { byte: line.start, ..start })
            }
            None => start,
        }
    }

    /// Up to `count` rows from an address down, with their addresses; of those that run on as much as a screen shows.
    pub fn rows(&mut self, from: Address, count: usize) -> Vec<(Address, Row)> {
        self.rows_up_to(from, count, |_| Reach::Cells(code::SEEN))
    }

    /// The same, those that run on made as far as is wanted of each block, which may be scrolled sideways.
    pub fn rows_up_to(&mut self, from: Address, count: usize, reach: impl Fn(u32) -> Reach) -> Vec<(Address, Row)> {
        let mut rows = Vec::new();
        let mut rank = self.shown.partition_point(|block| *block < from.block);
        let mut first = if self.shown.get(rank) == Some(&from.block) { from.row as usize } else { 0 };
        while rank < self.shown.len() && rows.len() < count {
            let end = first + (count - rows.len());
            self.lay(rank, Until::Row(end - 1));
            let block = self.shown[rank];
            let found = self.rows_of(rank, first..end, reach(block));
            rows.extend((first as u32..).map(|row| Address { block, row }).zip(found));
            rank += 1;
            first = 0;
        }
        rows
    }

    /// Bytes of the text that is shown.
    pub fn length(&self) -> u64 {
        self.bytes.last().copied().unwrap_or_default()
    }

    /// Bytes of shown text before a place.
    pub fn bytes_before(&self, place: Position) -> u64 {
        let rank = self.shown.partition_point(|block| *block < place.block);
        let within = if self.shown.get(rank) == Some(&place.block) { place.byte } else { 0 };
        self.bytes.get(rank).copied().unwrap_or_default() + u64::from(within)
    }

    /// The place after so many bytes of shown text.
    pub fn place_after(&self, bytes: u64) -> Position {
        let rank = self.bytes.partition_point(|before| *before <= bytes).saturating_sub(1);
        let rank = rank.min(self.shown.len().saturating_sub(1));
        let Some(block) = self.shown.get(rank).copied() else { return Position::default() };
        let within = bytes - self.bytes.get(rank).copied().unwrap_or_default().min(bytes);
        let byte = self.document.blocks.get(block as usize).map_or(0, |block| block.floor(within as u32));
        Position { block, byte: byte as u32 }
    }

    /// Lays out about so many bytes of what nobody has asked for yet; false when all is laid out. Positions hold,
    /// and so do addresses.
    pub fn idle(&mut self, bytes: usize) -> bool {
        let mut left = bytes;
        while self.idle < self.shown.len() {
            let rank = self.idle;
            let laid = self.laid[rank].as_ref().map_or(0, Laid::bytes);
            self.lay(rank, Until::Byte(laid.saturating_add(left)));
            if !self.laid[rank].as_ref().is_some_and(|laid| laid.body.is_whole()) {
                return true;
            }
            let length = (self.bytes[rank + 1] - self.bytes[rank]) as usize;
            left = left.saturating_sub(length.saturating_sub(laid) + 1);
            self.idle += 1;
            if left == 0 {
                return self.idle < self.shown.len();
            }
        }
        false
    }

    /// Bytes of memory that analysis and lines hold.
    pub fn memory(&self) -> usize {
        let analyses: usize = self.analyses.iter().map(|analysis| size_of::<Analysis>() + analysis.memory()).sum();
        let laid: usize = self.laid.iter().flatten().map(|laid| laid.body.memory()).sum();
        analyses + laid + self.laid.len() * size_of::<Option<Laid>>()
    }

    /// Rows of a block that is laid out to its end.
    fn height_of(&mut self, rank: usize) -> usize {
        self.lay(rank, Until::End);
        self.laid_rows(rank)
    }

    /// Rows of a block that are laid out.
    fn laid_rows(&self, rank: usize) -> usize {
        self.laid[rank].as_ref().map_or(0, Laid::rows)
    }

    /// Lays out a block as far as is wanted.
    fn lay(&mut self, rank: usize, until: Until) {
        if self.laid[rank].as_ref().is_some_and(|laid| laid.reaches(until)) {
            return;
        }
        let (setting, frame) = setting(&self.document, &self.measure, &self.shown, rank);
        let analysis = &mut self.analyses[setting.index];
        let laid = self.laid[rank].get_or_insert_with(|| {
            let mut asides = glyphs::Asides::of(setting.block);
            if setting.measure.sets_beside() {
                vertical::readings::set_beside(&mut asides, &setting.block.text);
            }
            analysis.note(asides);
            let body = Body::new(&setting, &frame, &mut self.tools);
            Laid { above: frame.prefix.above.len() as u32, blank: frame.prefix.blank as u32, body }
        });
        while !laid.reaches(until) && laid.body.extend(&setting, &frame, analysis, &mut self.tools) {}
    }

    /// Rows of a block, as far as they are laid out.
    fn rows_of(&self, rank: usize, range: std::ops::Range<usize>, reach: Reach) -> Vec<Row> {
        let Some(laid) = &self.laid[rank] else { return Vec::new() };
        let (setting, frame) = setting(&self.document, &self.measure, &self.shown, rank);
        let asides = self.analyses[setting.index].asides();
        let row = |index: usize| match index.checked_sub(laid.above as usize) {
            None => frame.prefix.above.get(index).cloned(),
            Some(row) => {
                let is_trimmed = laid.body.is_trimmed(row);
                Some(frame.prefix.framed(laid.body.row(&setting, &frame, asides, row, reach)?, row, is_trimmed))
            }
        };
        (range.start..range.end.min(laid.rows())).filter_map(row).collect()
    }
}

/// What laying out a shown block needs to know, and what stands around it.
fn setting<'a>(document: &'a Document, measure: &'a Measure, shown: &[u32], rank: usize) -> (Setting<'a>, Frame) {
    let index = shown[rank] as usize;
    let block = &document.blocks[index];
    let before = rank.checked_sub(1).and_then(|rank| document.blocks.get(*shown.get(rank)? as usize));
    (Setting { block, index, measure }, Frame::new(block, before, measure))
}

impl Laid {
    fn rows(&self) -> usize {
        self.above as usize + self.body.height()
    }

    /// Bytes of the text that are in rows.
    fn bytes(&self) -> usize {
        self.body.bytes()
    }

    fn reaches(&self, until: Until) -> bool {
        self.body.is_whole()
            || match until {
                Until::Row(row) => row < self.rows(),
                Until::Byte(byte) => byte < self.bytes(),
                Until::End => false,
            }
    }
}

impl std::fmt::Debug for Layout {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Layout")
            .field("measure", &self.measure)
            .field("blocks", &self.shown.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Hyphens, Layout, Measure, Row};
    use crate::document::{Block, BlockKind, Container, ContainerKind, Document, Inline, Position, Styled};
    use crate::text::{Language, SafeText};
    use std::sync::Arc;

    pub(super) fn paragraph(text: &str, language: Language) -> Block {
        Block { text: SafeText::body(text), language, ..Block::default() }
    }

    pub(super) fn layout(blocks: Vec<Block>, measure: &Measure) -> Layout {
        Layout::new(Arc::new(Document { blocks, ..Document::default() }), measure.clone())
    }

    pub(super) fn all_rows(layout: &mut Layout) -> Vec<(Address, Row)> {
        let first = layout.first();
        layout.rows(first, usize::MAX)
    }

    /// The rows below a ruler of the measure's columns, so that what hangs can be seen.
    fn draw(blocks: Vec<Block>, measure: &Measure) -> String {
        let mut drawn = "┄".repeat(usize::from(measure.columns));
        for (_, row) in all_rows(&mut layout(blocks, measure)) {
            drawn.push('\n');
            let line: String = row.runs.iter().map(|run| run.text.as_str()).collect();
            drawn.push_str(line.trim_end());
        }
        drawn
    }

    #[track_caller]
    fn check(text: &str, language: Language, measure: &Measure, expected: &str) {
        let drawn = draw(vec![paragraph(text, language)], measure);
        let expected: Vec<&str> = expected.trim().lines().map(str::trim_start).collect();
        assert_eq!(drawn.lines().skip(1).collect::<Vec<_>>(), expected, "\n{drawn}");
    }

    fn narrow(columns: u16) -> Measure {
        Measure { columns, overhang: 2, phrase: 0, ..Measure::default() }
    }

    const POEM: &str = "她说：“明天，再走！”然后在《植物名录》（又名《草木小识》）里写道——“一年只记一种草，余下的留给雨天。”\
        谁也没有再问，门外的雨还在下……";

    #[test]
    fn marks_hang_and_lines_come_out_flush() {
        check(
            POEM,
            Language::ZhHans,
            &narrow(22),
            "
            她说：“明天，再走！”然
            后在《植物名录》（又名
            《草木小识》）里写道——
            “一年只记一种草，余下
            的留给雨天。”谁也没有
            再问，门外的雨还在下……",
        );
    }

    #[test]
    fn traditional_chinese_does_not_hang() {
        let measure = narrow(10);
        check("春天來了，花都開了。", Language::ZhHant, &measure, "春天來了，\n花都開了。");
        check("春天已來了，花都開了。", Language::ZhHant, &measure, "春天已來\n了，花都\n開了。");
        check("春天已来了，花都开了。", Language::ZhHans, &measure, "春天已来了，\n花都开了。");
    }

    #[test]
    fn hard_breaks_and_stanzas_are_kept() {
        check("一行\n\n二行", Language::ZhHans, &narrow(10), "一行\n\n二行");
    }

    #[test]
    fn gaps_between_scripts_are_dropped_at_line_ends() {
        check("我们用Rust写程序很久了呢", Language::ZhHans, &narrow(12), "我们用 Rust\n写程序很久\n了呢");
    }

    #[test]
    fn a_justified_line_gives_up_a_gap_where_it_leaves_no_word_lopsided() {
        let ragged = draw(vec![paragraph("我们常用Rust写程序", Language::ZhHans)], &narrow(12)).replace('\n', "|");
        assert_eq!(ragged, "┄┄┄┄┄┄┄┄┄┄┄┄|我们常用|Rust 写程序");
        let justified = Measure { justify: true, ..narrow(12) };
        let set = |text| draw(vec![paragraph(text, Language::ZhHans)], &justified).replace('\n', "|");
        assert_eq!(set("我们常用Rust写程序"), "┄┄┄┄┄┄┄┄┄┄┄┄|我们常用Rust|写程序");
        assert_eq!(set("我用C写程序很久了吧"), "┄┄┄┄┄┄┄┄┄┄┄┄|我用 C  写程|序很久了吧");
        assert_eq!(set("它叫（C语言）写的程序"), "┄┄┄┄┄┄┄┄┄┄┄┄|它叫（C语言）|写的程序");
    }

    #[test]
    fn headings_are_balanced_but_not_into_a_word() {
        let set = |text: &str, language, columns| {
            let heading = Block { kind: BlockKind::Heading { level: 2 }, ..paragraph(text, language) };
            draw(vec![heading], &Measure { columns, overhang: 2, ..Measure::default() }).replace('\n', "|")
        };
        let ruler = "┄".repeat(30);
        let shown = set("書籍「読書の技術と実践」の翻訳について", Language::Ja, 30);
        assert_eq!(shown, format!("{ruler}|書籍「読書の技術と|実践」の翻訳について"));
        let shown = set("How a reader keeps its place in a text", Language::Other, 30);
        assert_eq!(shown, format!("{ruler}|How a reader keeps|its place in a text"));
    }

    #[test]
    fn korean_words_stay_whole() {
        check("한글은 소리 글자이다.", Language::Ko, &narrow(10), "한글은\n소리\n글자이다.");
    }

    #[test]
    fn what_is_wider_than_the_measure_is_split_at_clusters() {
        check(
            "pneumonoultramicroscopic",
            Language::Other,
            &Measure { hyphens: Hyphens::Never, ..narrow(10) },
            "pneumonoul\ntramicrosc\nopic",
        );
    }

    #[test]
    fn what_is_split_keeps_marks_numbers_and_escapes() {
        let narrow = Measure { hyphens: Hyphens::Never, ..narrow(12) };
        check("-4.1%（-3.5ms）", Language::ZhHans, &narrow, "-4.1%\n（-3.5ms）");
        check("gcc-20250930", Language::Other, &narrow, "gcc-20250930");
        check("risc-20250930", Language::Other, &narrow, "risc-\n20250930");
        check("netrxend20250-930", Language::Other, &narrow, "netrxend\n20250-930");
        check("net_rx_end...", Language::Other, &narrow, "net_rx_en\nd...");
        check("net_rx_endings  。好", Language::ZhHans, &narrow, "net_rx_endin\ngs。好");
        check("net_rx_point%2BSystem", Language::Other, &narrow, "net_rx_poin\nt%2BSystem"); // typos:ignore
    }

    #[test]
    fn containers_stand_before_the_lines() {
        let item = |id, marker: &str| Container {
            id,
            kind: ContainerKind::Item { marker: SafeText::line(marker), tight: true },
        };
        let quote = Container { id: 9, kind: ContainerKind::Quote };
        let inside =
            |text: &str, container| Block { containers: [container].into(), ..paragraph(text, Language::ZhHans) };
        let blocks = vec![
            inside("第一条比较长，要折行。", item(1, "1.")),
            inside("第二条。", item(2, "2.")),
            inside("引文一段。", quote),
        ];
        insta::assert_snapshot!(draw(blocks, &narrow(16)), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        1. 第一条比较长，
           要折行。
        2. 第二条。

        │ 引文一段。
        ");
    }

    fn ruby(text: &str, readings: &[&str]) -> Block {
        let mut block = paragraph(text, Language::Ja);
        for reading in readings {
            let start = text.find(reading).unwrap();
            let range = start as u32..(start + reading.len()) as u32;
            block.styles.push(Styled { range, style: Inline::Ruby });
        }
        block
    }

    #[test]
    fn readings_stand_in_brackets_or_are_hidden() {
        let block = ruby("この漢字かんじは難むずかしい、と先生が言いました。", &["かんじ", "むずか"]);
        insta::assert_snapshot!(draw(vec![block.clone()], &narrow(20)), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        この漢字(かんじ)は
        難(むずか)しい、と先
        生が言いました。
        ");
        insta::assert_snapshot!(draw(vec![block], &Measure { ruby: false, ..narrow(20) }), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        この漢字は難しい、と
        先生が言いました。
        ");
    }

    #[test]
    fn lines_may_end_before_and_in_brackets_that_hold_words_of_another_language() {
        let text = "这里说的是温室里的灌溉控制器irrigation controller和阀门，天热时每小时开一次。";
        let block = || vec![ruby(text, &["irrigation controller"])];
        insta::assert_snapshot!(draw(block(), &narrow(28)), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        这里说的是温室里的灌溉控制器
        (irrigation controller)和阀
        门，天热时每小时开一次。
        ");
        insta::assert_snapshot!(draw(block(), &Measure { ruby: false, ..narrow(28) }), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        这里说的是温室里的灌溉控制器
        和阀门，天热时每小时开一次。
        ");
    }

    #[test]
    fn words_are_hyphenated_in_narrow_columns_but_no_addresses() {
        let text = "The typographer considers the arrangement of every paragraph, and publishes it at \
            https://example.com/typographical/considerations for everybody.";
        let measure = narrow(22);
        insta::assert_snapshot!(draw(vec![paragraph(text, Language::Other)], &measure), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        The typographer con-
        siders the arrangement
        of every paragraph,
        and publishes it
        at https://example.
        com/typographical/
        considerations for
        everybody.
        ");
        let measure = Measure { hyphens: Hyphens::Never, ..measure };
        insta::assert_snapshot!(draw(vec![paragraph(text, Language::Other)], &measure), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        The typographer
        considers the
        arrangement of
        every paragraph,
        and publishes it
        at https://example.
        com/typographical/
        considerations for
        everybody.
        ");
    }

    #[test]
    fn hyphens_are_in_no_text() {
        let text = "The typographer considers the arrangement of paragraphs, and of the considerations.";
        let mut layout = layout(vec![paragraph(text, Language::Other)], &narrow(14));
        let hyphens: Vec<_> = layout
            .block(0)
            .into_iter()
            .filter_map(|row| row.runs.last().cloned())
            .filter(|run| run.text == "-")
            .collect();
        assert!(!hyphens.is_empty() && hyphens.iter().all(|run| run.span.is_none()));
    }

    #[test]
    fn lines_end_with_phrases_where_that_costs_little() {
        let text = "我们在安静的图书馆里读了一整天关于植物和昆虫的旧书，傍晚才慢慢地走回家去，路上又下起雨来。";
        let block = || vec![paragraph(text, Language::ZhHans)];
        insta::assert_snapshot!(draw(block(), &narrow(24)), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        我们在安静的图书馆里读了
        一整天关于植物和昆虫的旧
        书，傍晚才慢慢地走回家去，
        路上又下起雨来。
        ");
        insta::assert_snapshot!(draw(block(), &Measure { phrase: 9, ..narrow(24) }), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        我们在安静的图书馆里读
        了一整天关于植物和昆虫的
        旧书，傍晚才慢慢地走回家
        去，路上又下起雨来。
        ");
    }

    #[test]
    fn short_gaps_are_filled_where_it_is_hardly_seen() {
        let text = "用 Rust 和 SQLite 写程序，先想清楚数据，再写代码；“对”与“快”都要，可以用 cargo test 检查。";
        let measure = Measure { overhang: 0, ..narrow(25) };
        let block = || vec![paragraph(text, Language::Other)];
        insta::assert_snapshot!(draw(block(), &measure), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        用 Rust 和 SQLite 写程
        序，先想清楚数据，再写代
        码；“对”与“快”都要，可以
        用 cargo test 检查。
        ");
        insta::assert_snapshot!(draw(block(), &Measure { justify: true, ..measure }), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        用  Rust 和  SQLite  写程
        序，先想清楚数据， 再写代
        码；“对”与“快”都要， 可以
        用 cargo test 检查。
        ");
    }

    #[test]
    fn brackets_at_line_starts_give_half_to_the_margin() {
        let measure = Measure { start_trim: true, ..narrow(19) };
        let text = "她在读《植物名录》（又名《草木小识》）的时候，门外「下雨」了。";
        insta::assert_snapshot!(draw(vec![paragraph(text, Language::ZhHans)], &measure), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
         她在读《植物名录》
        （又名《草木小识》）
         的时候，门外「下
         雨」了。
        ");
    }

    #[test]
    fn first_lines_are_indented_as_the_language_does_it() {
        let measure = Measure { indent: true, ..narrow(20) };
        let blocks = vec![
            paragraph("她在读《植物名录》的时候，门外下雨了。", Language::ZhHans),
            paragraph("“下雨了。”他说，然后看了看窗外。", Language::ZhHans),
            paragraph("「雨だ」と彼は言って、窓の外を見た。", Language::Ja),
            paragraph("一行诗\n又一行诗", Language::ZhHans),
        ];
        insta::assert_snapshot!(draw(blocks, &measure), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
            她在读《植物名
        录》的时候，门外下
        雨了。

           “下雨了。”他说，
        然后看了看窗外。

         「雨だ」と彼は言っ
        て、窓の外を見た。

        一行诗
        又一行诗
        ");
    }

    #[test]
    fn nothing_is_laid_out_that_was_not_asked_for() {
        let blocks: Vec<Block> = (0..1000).map(|_| paragraph(POEM, Language::ZhHans)).collect();
        let mut layout = layout(blocks, &narrow(22));
        let first = layout.first();
        assert_eq!(layout.rows(first, 20).len(), 20);
        let place = layout.locate(Position { block: 500, byte: 30 });
        layout.step(place, 40);
        let last = layout.last();
        layout.step(last, -20);
        let laid = layout.laid.iter().flatten().count();
        assert!(laid < 25, "{laid} blocks laid out for three screens");
    }

    #[test]
    fn idle_work_moves_nothing() {
        let blocks: Vec<Block> = (0..50).map(|_| paragraph(POEM, Language::ZhHans)).collect();
        let mut layout = layout(blocks, &narrow(22));
        let at = layout.locate(Position { block: 30, byte: 30 });
        while layout.idle(100) {}
        assert_eq!(layout.locate(Position { block: 30, byte: 30 }), at);
        assert!(layout.laid.iter().all(Option::is_some));
    }

    #[test]
    fn a_long_paragraph_streams() {
        let text = POEM.repeat(2000);
        let mut lazy = layout(vec![paragraph(&text, Language::ZhHans)], &narrow(38));
        let first = lazy.first();
        let start = lazy.rows(first, 50);
        let laid = lazy.laid[0].as_ref().unwrap().bytes();
        assert!(laid < text.len() / 10, "{laid} bytes laid out for one screen of {}", text.len());
        let place = Position { block: 0, byte: text.floor_char_boundary(text.len() / 2) as u32 };
        let middle = lazy.locate(place);
        let middle = lazy.rows(middle, 50);
        assert_eq!(all_rows(&mut lazy)[..50], start);
        assert!(middle[0].1.span.unwrap().contains(place));
    }

    #[test]
    fn pages_fill_the_pane_and_leave_no_line_alone() {
        let blocks = vec![
            paragraph("一二三四五六七八九十甲乙丙丁戊", Language::ZhHans),
            paragraph("一二三四五", Language::ZhHans),
            paragraph("一二三四五", Language::ZhHans),
        ];
        let mut layout = layout(blocks, &narrow(10));
        let at = |block, row| Address { block, row };
        assert_eq!(layout.page(at(0, 0), 2), at(0, 1), "the last line would stand alone");
        assert_eq!(layout.page(at(0, 0), 3), at(1, 1), "no blank row first");
        assert_eq!(layout.top(at(2, 1), 3), at(1, 1));
        assert_eq!(layout.top(at(0, 1), 3), at(0, 1));
        assert_eq!(layout.top(at(2, 1), 30), at(0, 0));
    }
}
