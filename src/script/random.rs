//! Whatever is pressed, whatever the size: no panic, nothing painted outside its pane, and a size come back to shows
//! what it showed.

use super::{Script, cells};
use crate::app::command::COMMANDS;
use crate::app::{App, Message, Mouse};
use crate::library::sample::SEEDS;
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Something that happens to the reader.
#[derive(Debug, Clone)]
enum Step {
    Keys(String),
    Size(u16, u16),
    Pointer(Mouse, u16, u16),
    Paste(String),
}

/// Windows of all sizes, the awkward ones more often.
fn size() -> impl Strategy<Value = (u16, u16)> {
    let columns = prop_oneof![1_u16..=3, 4_u16..=40, 60_u16..=100, 1_u16..=200];
    let rows = prop_oneof![1_u16..=3, 4_u16..=12, 24_u16..=40, 1_u16..=60];
    (columns, rows)
}

/// Every bound key, counts before it, words typed into prompts, and keys that nothing is bound to.
fn step() -> impl Strategy<Value = Step> {
    let bound: Vec<String> = COMMANDS.iter().flat_map(|entry| entry.keys).map(|keys| written(keys)).collect();
    prop_oneof![
        12 => proptest::sample::select(bound.clone()).prop_map(Step::Keys),
        2 => (1_u32..300, proptest::sample::select(bound)).prop_map(|(n, keys)| Step::Keys(format!("{n}{keys}"))),
        2 => prop_oneof![Just("/的<Enter>"), Just("gh一"), Just("/茶"), Just("ma'a"), Just("mA'A")]
            .prop_map(|keys| Step::Keys(keys.to_owned())),
        1 => any::<char>().prop_map(|key| Step::Keys(if key == '<' { "<lt>".to_owned() } else { key.to_string() })),
        2 => size().prop_map(|(columns, rows)| Step::Size(columns, rows)),
        2 => (prop_oneof![Just(Mouse::Press), (-5_isize..5).prop_map(Mouse::Wheel)], 0_u16..200, 0_u16..60)
            .prop_map(|(event, column, row)| Step::Pointer(event, column, row)),
        1 => "[a-z算盘\u{1b}\n]{0,8}".prop_map(Step::Paste),
    ]
}

/// A binding as a script writes it.
fn written(keys: &str) -> String {
    match keys {
        "<" => "<lt>".to_owned(),
        named if named.chars().count() > 1 && !named.chars().all(|c| c.is_ascii_lowercase() || c == 'R') => {
            format!("<{named}>")
        }
        plain => plain.to_owned(),
    }
}

fn take(script: Script, step: &Step) -> Script {
    match step {
        Step::Keys(keys) => script.press(keys),
        Step::Size(columns, rows) => script.resize(*columns, *rows),
        Step::Pointer(event, column, row) => script.with(Message::Mouse(*event, *column, *row)),
        Step::Paste(text) => script.with(Message::Paste(text.clone())),
    }
}

/// Every cluster stands whole in the window, over cells that hold nothing else, and controls nothing.
fn check_cells(buffer: &Buffer) {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol();
            assert!(!symbol.chars().any(char::is_control), "control in {symbol:?} at {x},{y}");
            let end = x + cells(symbol).max(1);
            assert!(end <= area.right(), "{symbol:?} at {x},{y} stands half outside");
            for covered in x + 1..end {
                assert_eq!(buffer[(covered, y)].symbol(), " ", "{symbol:?} at {x},{y} is painted over");
            }
            x = end;
        }
    }
}

/// What a pane shows is the same whatever stands in the panes beside it.
fn check_panes(mut script: Script) -> Script {
    let panes = script.app.panes;
    let (Some(text), whole) = (panes.text, script.buffer()) else { return script };
    for (pane, side) in [(panes.list, Side::List), (panes.outline, Side::Outline)] {
        let shown = std::mem::take(side.rows(&mut script.app));
        assert!(same(&whole, &script.buffer(), text), "{side:?} paints into the text");
        *side.rows(&mut script.app) = shown;
        let Some(reader) = &mut script.app.reader else { continue };
        let rows = std::mem::take(&mut reader.rows);
        let emptied = script.buffer();
        assert!(pane.is_none_or(|pane| same(&whole, &emptied, pane)), "the text paints into {side:?}");
        if let Some(reader) = &mut script.app.reader {
            reader.rows = rows;
        }
    }
    script
}

/// A pane beside the text.
#[derive(Debug, Clone, Copy)]
enum Side {
    List,
    Outline,
}

impl Side {
    fn rows(self, app: &mut App) -> &mut Vec<usize> {
        match self {
            Self::List => &mut app.list.shown,
            Self::Outline => &mut app.outline.shown,
        }
    }
}

/// Whether two windows agree in a pane.
fn same(one: &Buffer, other: &Buffer, pane: Rect) -> bool {
    pane.positions().all(|at| one.cell(at) == other.cell(at))
}

/// The cursor of the list is on the screen.
fn check_cursor(script: &Script) {
    let (list, panes) = (&script.app.list, script.app.panes);
    let height = usize::from(panes.list.unwrap_or(panes.body).height);
    assert!(list.shown.is_empty() || (list.top..list.top + height).contains(&list.cursor), "{list:?} in {height} rows");
}

/// The keys that open an article.
fn opening(article: usize, vertical: bool) -> String {
    format!("{}<Enter>{}", "j".repeat(article), if vertical { "gv" } else { "" })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size(article in 0..SEEDS.len(), (columns, rows) in size(), vertical: bool, steps in vec(step(), 1..24)) {
        let mut script = Script::new(columns, rows).press(&opening(article, vertical));
        for step in &steps {
            script = check_panes(take(script, step));
            check_cells(&script.buffer());
            check_cursor(&script);
        }
    }

    #[test]
    fn a_size_come_back_to_shows_the_same(
        article in 0..SEEDS.len(), (columns, rows) in size(), vertical: bool, steps in vec(step(), 1..12),
        between in vec(size(), 1..4),
    ) {
        let mut script = Script::new(columns, rows).press(&opening(article, vertical));
        for step in &steps {
            script = take(script, step);
        }
        let (columns, rows) = script.app.size;
        // Any change of the size takes the letters off the links.
        let mut script = script.resize(columns, rows);
        let before = script.screen();
        for (columns, rows) in between {
            script = script.resize(columns, rows);
        }
        assert_eq!(script.resize(columns, rows).screen(), before);
    }
}
