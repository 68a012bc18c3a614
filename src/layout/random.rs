//! Random documents at random measures: what holds of all rows, whatever is set and however it is asked for.

use super::measure::Direction;
use super::tests::{all_rows, layout, paragraph};
use super::{Address, Fit, Hang, Hyphens, Layout, Measure, Row};
use crate::document::{
    Alignment, Block, BlockKind, Container, ContainerKind, Document, Inline, Part, Position, Scope, Span, Styled, Table,
};
use crate::text::breaks::{Cue, Kinsoku, Words};
use crate::text::{Ambiguous, Language, SafeText, WidthPolicy, clusters};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use std::sync::Arc;

/// Any text that may be hard to set, made of a number of pieces, usual ones and others.
fn text(most: usize) -> impl Strategy<Value = String> {
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
        "ᄀᄀᄀᄀ",
        "ᄒ\u{1161}ᆫ",
        "क\u{94d}क\u{94d}क\u{94d}",
        "\u{600}\u{600}",
        "°",
        "£",
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
    vec(select(PIECES), 0..most).prop_map(|pieces| pieces.concat())
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
    let flags = any::<[bool; 9]>();
    let direction = prop_oneof![3 => Just(Direction::Across), 1 => (1_u16..80, 3_u16..5).prop_map(|(breadth, pitch)| Direction::Down { breadth, pitch })];
    (prop_oneof![1_u16..12, 1_u16..200], 0_u16..3, 0_u8..10, rules, flags, direction).prop_map(
        |(columns, overhang, phrase, (kinsoku, words, fit, hang, hyphens, ambiguous), flags, direction)| Measure {
            // Columns have whole rows.
            columns: if direction == Direction::Across { columns } else { columns.div_ceil(2) * 2 },
            overhang: if direction == Direction::Across { overhang } else { overhang / 2 * 2 },
            width: WidthPolicy { ambiguous, vs16_wide: flags[0], zwj_joins: flags[1] },
            kinsoku,
            words,
            fit,
            hang,
            hyphens,
            phrase,
            autospace: flags[2],
            justify: flags[3],
            start_trim: flags[4],
            indent: flags[5],
            corner_quotes: flags[6],
            ruby: flags[7],
            scope: if flags[8] { Scope::File } else { Scope::Article },
            printed: flags[0] != flags[8] && direction == Direction::Across,
            direction,
        },
    )
}

/// A block of any kind, in quotes, lists, notes and call-outs nested up to four deep.
fn block() -> impl Strategy<Value = Block> {
    let languages = select(vec![Language::ZhHans, Language::ZhHant, Language::Ja, Language::Ko, Language::Other]);
    let info = || SafeText::line("rust");
    let kinds = prop_oneof![
        6 => text(60).prop_map(|text| (BlockKind::Paragraph, text)),
        1 => (1_u8..7, text(60)).prop_map(|(level, text)| (BlockKind::Heading { level }, text)),
        1 => text(60).prop_map(move |text| (BlockKind::Code { info: info() }, text)),
        1 => text(60).prop_map(|text| (BlockKind::Image { url: SafeText::default() }, text)),
        1 => Just((BlockKind::Rule, String::new())),
        2 => table(),
    ];
    let note = Inline::FootnoteReference { label: SafeText::default() };
    let cues = [Cue::SoftHyphen, Cue::Joiner, Cue::Space].map(Inline::Cue);
    let styles = [&[Inline::Ruby, Inline::Strong, Inline::Strikethrough, Inline::Code, note], &cues[..]].concat();
    let styles = vec((0_usize..80, 0_usize..8, select(styles)), 0..4);
    let part = prop_oneof![9 => Just(Part::Body), 1 => Just(Part::Boilerplate)];
    let containers = prop_oneof![2 => Just(Vec::new()), 1 => vec((0_u32..6, 0_u32..2), 0..5)];
    (kinds, languages, styles, containers, part).prop_map(|((kind, text), language, styles, containers, part)| {
        let mut block = Block { kind, part, ..paragraph(&text, language) };
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
        let nested = containers.into_iter().zip(0..);
        block.containers =
            nested.map(|((kind, number), depth)| container(kind, 100 * depth + 10 * kind + number)).collect();
        block
    })
}

fn container(kind: u32, id: u32) -> Container {
    let item = |marker: &str, tight| ContainerKind::Item { marker: SafeText::line(marker), tight };
    let kind = match kind {
        0 => ContainerKind::Quote,
        1 => item("•", true),
        2 => item("12.", false),
        3 => item("☑", true),
        4 => ContainerKind::Footnote { label: SafeText::line("注1") },
        _ => ContainerKind::Alert { title: SafeText::line("注意") },
    };
    Container { id, kind }
}

/// A table of up to five columns and rows, put together as the parser does.
fn table() -> impl Strategy<Value = (BlockKind, String)> {
    (1_usize..6).prop_flat_map(|columns| vec(vec(text(15), columns), 1..6)).prop_map(|cells| {
        let all = [Alignment::Start, Alignment::Center, Alignment::End, Alignment::Start, Alignment::End];
        let alignments = all[..cells[0].len()].to_vec();
        let (mut text, mut rows) = (String::new(), Vec::new());
        for row in cells {
            let mut ranges = Vec::new();
            for cell in &row {
                let start = text.len() as u32;
                text.push_str(&SafeText::body(cell).replace(['\t', '\n'], " "));
                ranges.push(start..text.len() as u32);
                text.push('\t');
            }
            text.pop();
            text.push('\n');
            rows.push(ranges);
        }
        text.pop();
        (BlockKind::Table(Box::new(Table { alignments, rows })), text)
    })
}

/// What must hold of the rows of a document.
fn check_rows(document: &Document, measure: &Measure, rows: &[(Address, Row)]) {
    let mut spans = Vec::new();
    for (row, measure) in rows.iter().flat_map(|(_, row)| parts(row, measure)) {
        let cells: usize = row.runs.iter().map(|run| usize::from(run.cells)).sum();
        let room = usize::from(measure.columns) + usize::from(measure.overhang) + usize::from(measure.start_trim);
        // What a terminal does not join may be wider than a whole line.
        let all = row.runs.iter().flat_map(|run| clusters(&run.text, measure.width));
        let widest = all.map(|cluster| usize::from(cluster.cells)).max().unwrap_or_default();
        let is_whole = widest > 2 && cells <= room + widest;
        assert!(row.scrolls || cells <= room.max(2) || is_whole, "{cells} cells in {room}: {row:?}");
        assert!(!row.scrolls || measure.direction == Direction::Across, "{row:?}");
        for run in &row.runs {
            if measure.is_down() {
                // The space that stands for a tab may join what is before it.
                let text = run.span.map_or(run.text.clone(), |span| document.text(span));
                let count = clusters(&text, measure.width).filter(|cluster| cluster.cells > 0).count();
                assert!([0, count, 2 * count].contains(&usize::from(run.cells)) || run.span.is_none(), "{run:?}");
            } else {
                assert_eq!(measure.width.text(&run.text), usize::from(run.cells), "{run:?}");
            }
            let Some(span) = run.span else { continue };
            assert!(span.start <= span.end, "{run:?}");
            let shown = document.text(span);
            let is_code = matches!(kind_at(document, span), BlockKind::Code { .. });
            assert!(is_code || as_shown(&shown, &measure) == as_shown(&run.text, &measure), "{shown:?} {run:?}");
            spans.push(span);
        }
    }
    // Cells stand side by side, so that the second line of one comes after the first of the next.
    for spans in spans.chunk_by_mut(|one, other| one.start.block == other.start.block) {
        if spans.first().is_some_and(|span| matches!(kind_at(document, *span), BlockKind::Table(_))) {
            spans.sort_by_key(|span| span.start);
        }
    }
    // A box has readings if it has room for them, as the column has.
    let breadth = if let Direction::Down { breadth, .. } = measure.direction { breadth } else { measure.columns };
    let least = Measure { columns: measure.columns.min(measure.unit() * breadth), ..measure.clone() };
    let mut at = Position::default();
    for span in spans {
        assert!(at <= span.start, "{at:?} {span:?}");
        check_left_out(document, &least, Span { start: at, end: span.start });
        at = span.end;
    }
    let end = Position { block: document.blocks.len() as u32, byte: 0 };
    check_left_out(document, &least, Span { start: at, end });
}

fn kind_at(document: &Document, span: Span) -> &BlockKind {
    &document.blocks[span.start.block as usize].kind
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

/// Only white space, hidden readings and blocks that are not of the article may be in no row.
fn check_left_out(document: &Document, measure: &Measure, span: Span) {
    for (index, block) in document.shown(measure.scope) {
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
