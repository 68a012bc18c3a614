//! Random documents at random measures: what holds of all rows, whatever is set and however it is asked for.

use super::measure::Direction;
use super::tests::{all_rows, layout, paragraph};
use super::{Address, Fit, Hang, Hyphens, Layout, Measure, Row};
use crate::document::{Block, BlockKind, Container, ContainerKind, Document, Inline, Position, Span, Styled};
use crate::text::breaks::{Kinsoku, Words};
use crate::text::{Ambiguous, Language, SafeText, WidthPolicy, clusters};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use std::sync::Arc;

/// Any text that may be hard to set, made of what is usual and what is not.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "中",
        "文",
        "排版",
        "，",
        "。",
        "！",
        "？",
        "：",
        "；",
        "“",
        "”",
        "‘",
        "’",
        "《",
        "》",
        "（",
        "）",
        "、",
        "·",
        "——",
        "……",
        "あ",
        "っ",
        "ー",
        "カ",
        "「",
        "」",
        "한글",
        "은 ",
        "the ",
        "quick",
        "extraordinary",
        "Rust",
        "C++",
        " ",
        "  ",
        "\u{a0}",
        "\u{3000}",
        "\t",
        "\n",
        "2026",
        "年",
        "50%",
        "$3",
        "-",
        "/",
        "https://example.com/a/b?c=d",
        "👨‍👩‍👧",
        "🇯🇵",
        "❤️",
        "é",
        "e\u{301}",
        "ﾊﾟ",
        "〇",
        "𠀀",
        "①",
        "★",
        "(",
        ")",
        "[",
        "]",
    ];
    vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

fn measure() -> impl Strategy<Value = Measure> {
    let rules = (
        select(vec![Kinsoku::None, Kinsoku::Loose, Kinsoku::Normal, Kinsoku::Strict]),
        select(vec![Words::Auto, Words::Split, Words::Whole]),
        select(vec![Fit::Greedy, Fit::Optimal, Fit::Balance]),
        select(vec![Hang::Auto, Hang::Off, Hang::Trim, Hang::Full]),
        select(vec![Hyphens::Narrow, Hyphens::Never, Hyphens::Always]),
        select(vec![Ambiguous::Narrow, Ambiguous::Wide]),
    );
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let direction = prop_oneof![3 => Just(Direction::Across), 1 => (1_u16..80, 3_u16..5).prop_map(|(breadth, pitch)| Direction::Down { breadth, pitch })];
    (prop_oneof![1_u16..12, 1_u16..200], 0_u16..3, 0_u8..10, rules, flags, direction).prop_map(
        |(columns, overhang, phrase, (kinsoku, words, fit, hang, hyphens, ambiguous), flags, direction)| Measure {
            // Columns have whole rows.
            columns: if direction == Direction::Across { columns } else { columns.div_ceil(2) * 2 },
            overhang: if direction == Direction::Across { overhang } else { overhang / 2 * 2 },
            width: WidthPolicy { ambiguous, ..WidthPolicy::default() },
            kinsoku,
            words,
            fit,
            hang,
            hyphens,
            phrase,
            autospace: flags.0,
            justify: flags.1,
            start_trim: flags.2,
            indent: flags.3,
            corner_quotes: flags.0 != flags.4,
            ruby: flags.4,
            raw: false,
            printed: flags.5 && direction == Direction::Across,
            direction,
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    let languages = select(vec![Language::ZhHans, Language::ZhHant, Language::Ja, Language::Ko, Language::Other]);
    let kinds = prop_oneof![
        6 => Just(BlockKind::Paragraph),
        1 => Just(BlockKind::Heading { level: 2 }),
        1 => Just(BlockKind::Code { info: SafeText::default() }),
        1 => Just(BlockKind::Image { url: SafeText::default() }),
    ];
    let note = Inline::FootnoteReference { label: SafeText::default() };
    let style = select(vec![Inline::Ruby, Inline::Strong, Inline::Strikethrough, note]);
    let styles = vec((0_usize..80, 0_usize..8, style), 0..3);
    let quoted = proptest::option::weighted(0.2, 1_u32..3);
    (text(), languages, kinds, styles, quoted).prop_map(|(text, language, kind, styles, quoted)| {
        let mut block = Block { kind, ..paragraph(&text, language) };
        let mut from = 0;
        for (start, length, style) in styles {
            let start = block.floor((from + start) as u32);
            let end = block.floor((start + length) as u32);
            let holds_end = block.text.get(start..end).is_some_and(|text| text.contains(['\n', '\t']));
            if start < end && !holds_end {
                block.styles.push(Styled { range: start as u32..end as u32, style });
                from = end;
            }
        }
        block.containers = quoted.map(|id| Container { id, kind: ContainerKind::Quote }).into_iter().collect();
        block
    })
}

/// What must hold of the rows of a document.
fn check_rows(document: &Document, measure: &Measure, rows: &[(Address, Row)]) {
    let mut at = Position::default();
    // A box has readings if it has room for them, as the column has.
    let breadth = if let Direction::Down { breadth, .. } = measure.direction { breadth } else { measure.columns };
    let least = Measure { columns: measure.columns.min(measure.unit() * breadth), ..measure.clone() };
    for (row, measure) in rows.iter().flat_map(|(_, row)| parts(row, measure)) {
        let cells: usize = row.runs.iter().map(|run| usize::from(run.cells)).sum();
        let room = usize::from(measure.columns) + usize::from(measure.overhang) + usize::from(measure.start_trim);
        assert!(row.scrolls || cells <= room.max(2), "{cells} cells in {room}: {row:?}");
        assert!(!row.scrolls || measure.direction == Direction::Across, "{row:?}");
        for run in &row.runs {
            if measure.is_down() {
                let count = clusters(&run.text, measure.width).filter(|cluster| cluster.cells > 0).count();
                assert!([0, count, 2 * count].contains(&usize::from(run.cells)) || run.span.is_none(), "{run:?}");
            } else {
                assert_eq!(measure.width.text(&run.text), usize::from(run.cells), "{run:?}");
            }
            let Some(span) = run.span else { continue };
            assert!(at <= span.start && span.start <= span.end, "{at:?} {run:?}");
            let shown = document.text(span);
            let is_code = matches!(document.blocks[span.start.block as usize].kind, BlockKind::Code { .. });
            assert!(is_code || as_shown(&shown, &measure) == as_shown(&run.text, &measure), "{shown:?} {run:?}");
            check_left_out(document, &least, Span { start: at, end: span.start });
            at = span.end;
        }
    }
    let end = Position { block: document.blocks.len() as u32, byte: 0 };
    check_left_out(document, &least, Span { start: at, end });
}

/// A text but for what is shown otherwise.
fn as_shown(text: &str, measure: &Measure) -> String {
    let text = text.replace('\t', " ");
    let corners = [("“", "「"), ("”", "」"), ("‘", "『"), ("’", "』")];
    let corners = corners.into_iter().filter(|_| measure.corner_quotes);
    corners.fold(text, |text, (quote, corner)| text.replace(quote, corner))
}

/// A row, and where it is a column the rows of the box that begins with it.
fn parts<'a>(row: &'a Row, measure: &Measure) -> Vec<(&'a Row, Measure)> {
    let mut parts = vec![(row, measure.clone())];
    if let (Some(inset), Direction::Down { breadth, .. }) = (&row.inset, measure.direction)
        && inset.at == 0
    {
        let across = Measure { columns: breadth, direction: Direction::Inset, ..measure.clone() };
        parts.extend(inset.rows.iter().map(|row| (row, across.clone())));
    }
    parts
}

/// Only white space and hidden readings may be in no row.
fn check_left_out(document: &Document, measure: &Measure, span: Span) {
    for (index, block) in document.blocks.iter().enumerate() {
        for (byte, character) in block.text.char_indices() {
            let place = Position { block: index as u32, byte: byte as u32 };
            let is_reading =
                block.styles.iter().any(|styled| styled.style == Inline::Ruby && styled.range.contains(&(byte as u32)));
            assert!(
                !span.contains(place) || character.is_whitespace() || is_reading && !measure.shows_readings(),
                "{character:?} at {place:?} is in no row"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nothing_too_wide(blocks in vec(block(), 0..4), measure in measure()) {
        let document = Document { blocks, ..Document::default() };
        let mut layout = Layout::new(Arc::new(document.clone()), measure.clone());
        check_rows(&document, &measure, &all_rows(&mut layout));
    }

    #[test]
    fn rows_are_the_same_however_they_are_asked_for(
        blocks in vec(block(), 1..4), one in measure(), two in measure(), step in 1_usize..5,
    ) {
        let mut once = layout(blocks.clone(), &one);
        let rows = all_rows(&mut once);
        // By block, by steps, from the end, and after another measure.
        let mut other = layout(blocks.clone(), &one);
        let by_block: Vec<Row> = (0..blocks.len()).flat_map(|block| other.block(block)).collect();
        assert_eq!(by_block, rows.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>());
        let mut stepping = layout(blocks.clone(), &one);
        let mut at = stepping.first();
        for (number, (address, row)) in rows.iter().enumerate().step_by(step) {
            assert_eq!((at, stepping.rows(at, 1)), (*address, vec![(*address, row.clone())]));
            at = stepping.step(at, step.min(rows.len() - 1 - number) as isize);
        }
        let mut back = layout(blocks, &one);
        let last = back.last();
        let start = back.first();
        assert_eq!(back.step(last, -(rows.len() as isize) - 1), start);
        once.relayout(two);
        all_rows(&mut once);
        once.relayout(one);
        assert_eq!(all_rows(&mut once), rows);
    }

    #[test]
    fn rows_and_places_agree(blocks in vec(block(), 1..4), measure in measure()) {
        let mut layout = layout(blocks, &measure);
        let rows = all_rows(&mut layout);
        for (address, row) in &rows {
            let place = layout.position(*address);
            let is_first = row.inset.as_ref().is_none_or(|inset| inset.at == 0);
            if is_first && row.span.is_some_and(|span| span.start < span.end) {
                assert_eq!(layout.locate(place), *address, "{row:?}");
            }
        }
    }
}
