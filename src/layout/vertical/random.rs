//! Random texts in columns of random length: what holds of all rows, whatever stands in them.

use super::drawing::{columns, measure, wide};
use super::readings::BEYOND;
use super::{cluster_at, row_of, spots};
use crate::document::{Block, Document, Inline, Styled};
use crate::text::{Language, SafeText};
use proptest::prelude::{ProptestConfig, proptest};

/// Texts of what is hard to set in columns.
const HARD: &str = "([一-九]{1,9}|[ぁ-ん]{1,4}|[，。、！？：；]|[“「《（]|[”」》）]|——|……|ー|[a-zA-Z]{1,8}|[0-9]{1,4}|[!-~]{1,3}|[!-~]{14,40}\u{301}?| |\n|👍🏽|é|한글|ﾊﾟ|→){0,60}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every cluster stands in one row of one column, in the order of the text, no row holds two that do not share it,
    /// and from each place of the screen the way leads back to it.
    #[test]
    fn every_cluster_has_its_row(text in HARD, rows in 1_u16..30, breadth in 1_u16..60, japanese: bool) {
        let language = if japanese { Language::Ja } else { Language::ZhHans };
        let block = Block { text: SafeText::body(&text), language, ..Block::default() };
        let document = Document { blocks: vec![block.clone()], ..Document::default() };
        let measure = measure(rows, breadth);
        let mut seen = String::new();
        for (_, column) in columns(&document, &measure) {
            let mut next = (0, false);
            for spot in spots(&column, language, &measure) {
                assert!((spot.row, spot.is_right) >= next && spot.row <= i32::from(rows), "{spot:?} in {column:?}");
                next = if spot.is_whole || spot.is_right { (spot.row + 1, false) } else { (spot.row, true) };
                let Some(span) = spot.span else { continue };
                seen.push_str(spot.text);
                assert_eq!(row_of(&column, span.start, &measure), Some(spot.row as u16));
                assert_eq!(cluster_at(&column, spot.row as u16, spot.is_right, &measure), Some(span));
            }
        }
        let visible = |text: &str| text.replace(char::is_whitespace, "");
        assert_eq!(visible(&seen), visible(&block.text));
    }

    /// No column begins with what may not begin a line, or ends with what may not end one.
    #[test]
    fn marks_stand_where_they_may(text in "([一-九]{1,6}|[ぁ-ん]{1,4}|[一二][，。、！？][”」》）]?|[“「《（]三|——|……){0,60}", rows in 6_u16..30) {
        let block = Block { text: SafeText::body(&text), language: Language::ZhHans, ..Block::default() };
        let document = Document { blocks: vec![block], ..Document::default() };
        let measure = measure(rows, 60);
        let columns = columns(&document, &measure);
        for (index, (_, column)) in columns.iter().enumerate() {
            let text: String = column.runs.iter().filter(|run| run.span.is_some()).map(|run| run.text.as_str()).collect();
            let is_last = index + 1 == columns.len();
            assert!(index == 0 || !text.starts_with(['，', '。', '、', '！', '？', '”', '」', '》', '）']), "{text}");
            assert!(is_last || !text.ends_with(['“', '「', '《', '（']), "{text}");
            assert!(column.cells() <= u32::from(2 * rows + 2), "{text}");
        }
    }

    /// Every letter of every reading is on the page, each in a row of its own, in order, near its characters.
    #[test]
    fn readings_have_room(
        parts in proptest::collection::vec(("[一-九]{1,4}", "[あ-ん]{1,8}", "[あ-ん、。]{0,6}"), 0..40), rows in 12_u16..30,
    ) {
        let mut block = Block { language: Language::Ja, ..Block::default() };
        let mut text = String::new();
        for (base, reading, rest) in &parts {
            text.push_str(base);
            let start = text.len() as u32;
            text.push_str(reading);
            block.styles.push(Styled { range: start..text.len() as u32, style: Inline::Ruby });
            text.push_str(rest);
        }
        block.text = SafeText::body(&text);
        let document = Document { blocks: vec![block], ..Document::default() };
        let measure = wide(rows, 60);
        let mut seen = String::new();
        for (_, column) in columns(&document, &measure) {
            let mut free = -i32::from(BEYOND);
            for spot in spots(&column, Language::Ja, &measure) {
                seen.extend(spot.span.map(|_| spot.text));
                if spot.is_beside {
                    assert!(spot.row >= free && spot.row < i32::from(rows + BEYOND), "{spot:?} in {column:?}");
                    free = spot.row + 1;
                }
            }
        }
        assert_eq!(seen, text);
    }
}
