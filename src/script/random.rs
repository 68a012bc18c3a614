//! Whatever is pressed, whatever the size: no panic, nothing painted outside its pane, and a size come back to shows
//! what it showed.

use super::{Script, cells};
use crate::app::Message;
use crate::app::command::COMMANDS;
use crate::library::sample::SEEDS;
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use ratatui::buffer::{Buffer, Cell};

/// Something that happens to the reader.
#[derive(Debug, Clone)]
enum Step {
    Keys(String),
    Size(u16, u16),
    Wheel(isize),
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
        1 => (-5_isize..5).prop_map(Step::Wheel),
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
        Step::Wheel(rows) => script.with(Message::Wheel(*rows)),
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

/// What a pane shows is the same whatever stands in the pane beside it.
fn check_panes(mut script: Script) -> Script {
    let columns = script.app.outline_columns();
    if columns == 0 || script.app.reader.is_none() {
        return script;
    }
    let border = usize::from(script.app.size.0 - columns - 1);
    let whole = script.buffer();
    let outline = std::mem::take(&mut script.app.outline.shown);
    assert!(same(&whole, &script.buffer(), |x| x < border), "the outline paints into the text\n{}", script.screen());
    script.app.outline.shown = outline;
    let rows = script.app.reader.as_mut().map(|reader| std::mem::take(&mut reader.rows)).unwrap_or_default();
    assert!(same(&whole, &script.buffer(), |x| x > border), "the text paints into the outline");
    if let Some(reader) = &mut script.app.reader {
        reader.rows = rows;
    }
    script
}

/// Whether two windows agree in some columns of the panes.
fn same(one: &Buffer, other: &Buffer, is_compared: impl Fn(usize) -> bool) -> bool {
    let width = usize::from(one.area.width);
    let panes = |buffer: &Buffer| -> Vec<Cell> {
        let cells = buffer.content.chunks(width).take(usize::from(one.area.height) - 1);
        cells
            .flat_map(|row| row.iter().enumerate().filter(|(x, _)| is_compared(*x)).map(|(_, cell)| cell.clone()))
            .collect()
    };
    panes(one) == panes(other)
}

/// The cursor of the list that has the keys is on the screen.
fn check_cursor(script: &Script) {
    let (list, height) = (&script.app.list, script.app.height());
    assert!(list.shown.is_empty() || (list.top..list.top + height).contains(&list.cursor), "{list:?} in {height} rows");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size(article in 0..SEEDS.len(), (columns, rows) in size(), steps in vec(step(), 1..24)) {
        let mut script = Script::new(columns, rows).press(&format!("{}<Enter>", "j".repeat(article)));
        for step in &steps {
            script = check_panes(take(script, step));
            check_cells(&script.buffer());
            check_cursor(&script);
        }
    }

    #[test]
    fn a_size_come_back_to_shows_the_same(
        article in 0..SEEDS.len(), (columns, rows) in size(), steps in vec(step(), 1..12), between in vec(size(), 1..4),
    ) {
        let mut script = Script::new(columns, rows).press(&format!("{}<Enter>", "j".repeat(article)));
        for step in &steps {
            script = take(script, step);
        }
        let (columns, rows) = script.app.size;
        let before = script.screen();
        for (columns, rows) in between {
            script = script.resize(columns, rows);
        }
        assert_eq!(script.resize(columns, rows).screen(), before);
    }
}
