//! Makes the pictures of the README from the real screen: `cargo run --example picture` writes `assets/*.svg`.
//!
//! The app reads the sample library, presses keys and paints into a buffer; every cell is placed by its own coordinates,
//! so that no font can make the columns drift.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use zhai::annotations::clock::WallClock;
use zhai::app::key::Key;
use zhai::app::{App, Effect, Message};
use zhai::config::Settings;
use zhai::document::{Block, BlockKind, Document, Part};
use zhai::layout::{Layout, Measure};
use zhai::library::sample::SEEDS;
use zhai::library::{Library, Tables, open};
use zhai::parse::{Hint, parse};
use zhai::text::{Class, WidthPolicy, clusters};
use zhai::ui::{draw, theme::Theme};

/// Width and height of a cell, in pixels.
const CELL: (f32, f32) = (9.0, 23.0);
/// Room around the cells, in pixels.
const MARGIN: f32 = 14.0;
/// Where the foot of a letter stands in its cell, in pixels from the top.
const BASELINE: f32 = 16.5;
/// The classes of the picture, dark first; a light page turns them over.
const STYLE: &str = "
  text { font-family: 'DejaVu Sans Mono', Menlo, Consolas, ui-monospace, monospace; font-size: 15px; text-anchor: middle }
  .wide text { font-family: 'Noto Sans CJK SC', 'Noto Sans Mono CJK SC', 'Source Han Sans SC', 'PingFang SC',
    'Microsoft YaHei', sans-serif; font-size: 17px }
  .bold { font-weight: 700 } .dim { opacity: .62 } .italic { font-style: italic }
  .under text { text-decoration: underline }
  .page { fill: #1d2021 } .text { fill: #ebdbb2 } .red { fill: #fb4934 } .green { fill: #b8bb26 }
  .yellow { fill: #fabd2f } .blue { fill: #83a598 } .magenta { fill: #d3869b } .cyan { fill: #8ec07c }
  @media (prefers-color-scheme: light) {
    .page { fill: #fbf6e7 } .text { fill: #32302f } .red { fill: #9d0006 } .green { fill: #5f6a0a }
    .yellow { fill: #8f5e0d } .blue { fill: #076678 } .magenta { fill: #8f3f71 } .cyan { fill: #2f6f50 }
  }
";

fn main() -> std::io::Result<()> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    for (name, size, keys) in [
        ("screen.svg", (100, 30), "/几格<Enter><Enter>]]"),
        ("narrow.svg", (40, 20), "/禁則<Enter><Enter>]"),
        ("vertical.svg", (72, 24), "/消えた<Enter><Enter>gvjk"),
    ] {
        std::fs::write(assets.join(name), picture(&screen(size, keys)))?;
    }
    std::fs::write(assets.join("setting.svg"), picture(&comparison()))
}

/// Cells of a line of the comparison.
const MEASURE: u16 = 36;
/// The paragraphs of the sample article on line starts that are compared, as numbers of its blocks of text.
const COMPARED: std::ops::Range<usize> = 1..4;

/// The same paragraphs twice: wrapped where the line is full, as a terminal does it, and set by zhai. Marks that stand
/// where no typesetter leaves them are red.
fn comparison() -> Buffer {
    let text = SEEDS.iter().find(|(name, _)| *name == "line-start.md").map(|(_, text)| *text).unwrap_or_default();
    let mut document = parse(text.as_bytes(), &Hint::named("line-start.md"));
    let is_prose = |block: &Block| block.kind == BlockKind::Paragraph && block.part == Part::Body;
    document.blocks.retain(is_prose);
    let kept: Vec<Block> = document.blocks.drain(..).skip(COMPARED.start).take(COMPARED.len()).collect();
    let document = Arc::new(Document { blocks: kept, ..Document::default() });
    let width = WidthPolicy::default();
    let mut plain: Vec<String> = Vec::new();
    for block in &document.blocks {
        let mut line = String::new();
        for cluster in clusters(&block.text, width) {
            if width.text(&line) + usize::from(cluster.cells) > usize::from(MEASURE) {
                plain.push(std::mem::take(&mut line));
            }
            line.push_str(cluster.text);
        }
        plain.extend([line, String::new()]);
    }
    let measure = Measure { columns: MEASURE, overhang: 2, autospace: false, ..Measure::default() };
    let mut layout = Layout::new(document, measure);
    let first = layout.first();
    let set = layout.rows(first, 1000).into_iter();
    let set: Vec<String> = set.map(|(_, row)| row.runs.iter().map(|run| run.text.as_str()).collect()).collect();
    let height = plain.len().max(set.len()) as u16 + 2;
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2 * MEASURE + 8, height));
    for (x, title, lines) in [(1, "a plain wrap", plain), (MEASURE + 6, "zhai", set)] {
        buffer.set_string(x, 0, title, Style::default().add_modifier(Modifier::BOLD));
        for (line, y) in lines.iter().zip(2..height) {
            write_line(&mut buffer, x, y, line);
        }
    }
    buffer
}

fn write_line(buffer: &mut Buffer, x: u16, y: u16, line: &str) {
    let all: Vec<_> = clusters(line, WidthPolicy::default()).collect();
    let is_wrong = |index: usize, class: Class| {
        let closes = matches!(class, Class::Stop | Class::Pause | Class::Closing);
        (index == 0 && closes) || (index + 1 == all.len() && class == Class::Opening)
    };
    let mut at = x;
    for (index, cluster) in all.iter().enumerate() {
        let style = if is_wrong(index, cluster.class) {
            Style::default().fg(Color::Red).add_modifier(Modifier::REVERSED)
        } else {
            Style::default()
        };
        if at + u16::from(cluster.cells) <= buffer.area.right() {
            buffer[(at, y)].set_symbol(cluster.text).set_style(style);
        }
        at += u16::from(cluster.cells);
    }
}

/// The window after some keys, over the sample library.
fn screen((columns, rows): (u16, u16), keys: &str) -> Buffer {
    let (mut app, effects) = App::new(Vec::new(), Settings::default(), &Tables::built_in(), Box::new(WallClock));
    perform(&mut app, effects);
    let effects = app.update(Message::Resize(columns, rows));
    perform(&mut app, effects);
    for key in written(keys) {
        let effects = app.update(Message::Key(key));
        perform(&mut app, effects);
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    draw(&app, &Theme { colours: true }, &mut buffer);
    buffer
}

/// Does at once what the terminal's worker does in its time; what is for the terminal or the journal is left out.
fn perform(app: &mut App, effects: Vec<Effect>) {
    for effect in effects {
        let answer = match effect {
            Effect::Scan(origins) => Message::Scanned(Library::scan(&origins, &Tables::built_in(), drop).articles),
            Effect::Load(origin) => {
                let document = open(&origin, &Tables::built_in()).map_err(|error| error.to_string());
                Message::Loaded(origin, document)
            }
            _ => continue,
        };
        let effects = app.update(answer);
        perform(app, effects);
    }
}

/// Keys as written: characters, and names in angle brackets.
fn written(keys: &str) -> Vec<Key> {
    let mut parts = keys.split('<');
    let mut pressed: Vec<Key> = parts.next().unwrap_or_default().chars().map(Key::Char).collect();
    for part in parts {
        let (name, rest) = part.split_once('>').unwrap_or((part, ""));
        pressed.extend(Key::sequence(name));
        pressed.extend(rest.chars().map(Key::Char));
    }
    pressed
}

/// The window as SVG.
fn picture(buffer: &Buffer) -> String {
    let (width, height) = (f32::from(buffer.area.width) * CELL.0, f32::from(buffer.area.height) * CELL.1);
    let (width, height) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <style>{STYLE}</style>\n<rect class=\"page\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>\n"
    );
    for y in buffer.area.top()..buffer.area.bottom() {
        row(&mut svg, buffer, y);
    }
    svg.push_str("</svg>\n");
    svg
}

/// One row: groups of cells that look the same, each at a place of its own. (One `text` with many places would be
/// shorter, but not everything that draws SVG heeds them.)
fn row(svg: &mut String, buffer: &Buffer, y: u16) {
    let mut x = buffer.area.left();
    let mut group = String::new();
    let foot = MARGIN + f32::from(y) * CELL.1 + BASELINE;
    let mut cells_of_row = String::new();
    while x < buffer.area.right() {
        let cell = &buffer[(x, y)];
        let cells = u16::try_from(WidthPolicy::default().text(cell.symbol())).unwrap_or(1).max(1);
        if cell.modifier.contains(Modifier::REVERSED) {
            block(svg, x, y, cells, colour(cell.fg));
        }
        match cell.symbol() {
            " " => {}
            rule @ ("│" | "─" | "┼") => rules(svg, rule, x, y),
            symbol => {
                let look = look(cell, cells);
                if look != group {
                    let close = if group.is_empty() { "" } else { "</g>\n" };
                    let _ = write!(cells_of_row, "{close}<g class=\"{look}\" transform=\"translate(0 {foot})\">");
                    group = look;
                }
                let middle = MARGIN + (f32::from(x) + f32::from(cells) / 2.0) * CELL.0;
                let _ = write!(cells_of_row, "<text x=\"{middle}\">{}</text>", html_escape::encode_text(symbol));
            }
        }
        x += cells;
    }
    if !group.is_empty() {
        cells_of_row.push_str("</g>\n");
    }
    // After the blocks that they stand on.
    svg.push_str(&cells_of_row);
}

/// Rules are drawn, not written: a font would leave gaps between the rows.
fn rules(svg: &mut String, rule: &str, x: u16, y: u16) {
    if rule != "─" {
        let left = MARGIN + (f32::from(x) + 0.5) * CELL.0;
        let top = MARGIN + f32::from(y) * CELL.1;
        let _ = writeln!(svg, "<rect class=\"text dim\" x=\"{left}\" y=\"{top}\" width=\"1\" height=\"{}\"/>", CELL.1);
    }
    if rule != "│" {
        let left = MARGIN + f32::from(x) * CELL.0;
        let top = MARGIN + (f32::from(y) + 0.5) * CELL.1;
        let _ = writeln!(svg, "<rect class=\"text dim\" x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"1\"/>", CELL.0);
    }
}

fn block(svg: &mut String, x: u16, y: u16, cells: u16, class: &str) {
    let (left, top) = (MARGIN + f32::from(x) * CELL.0, MARGIN + f32::from(y) * CELL.1);
    let (width, height) = (f32::from(cells) * CELL.0, CELL.1);
    let _ = writeln!(svg, "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>");
}

/// The classes of a cell.
fn look(cell: &Cell, cells: u16) -> String {
    let is_reversed = cell.modifier.contains(Modifier::REVERSED);
    let mut look = (if is_reversed { "page" } else { colour(cell.fg) }).to_owned();
    for (is_on, class) in [
        (cells > 1, " wide"),
        (cell.modifier.contains(Modifier::BOLD), " bold"),
        (cell.modifier.contains(Modifier::DIM) && !is_reversed, " dim"),
        (cell.modifier.contains(Modifier::ITALIC), " italic"),
        (cell.modifier.contains(Modifier::UNDERLINED), " under"),
    ] {
        if is_on {
            look.push_str(class);
        }
    }
    look
}

fn colour(colour: Color) -> &'static str {
    match colour {
        Color::Red => "red",
        Color::Green => "green",
        Color::Yellow => "yellow",
        Color::Blue => "blue",
        Color::Magenta => "magenta",
        Color::Cyan => "cyan",
        _ => "text",
    }
}
