//! The help: the keys, as the key map has them.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::help::{self, HelpLine, INDENT, KEYS};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys and what they do.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let top = help::top(&app.help.lines, app.help.pane.cursor, usize::from(area.height));
    let shown = app.help.lines.iter().skip(top).take(usize::from(area.height));
    let mut write = |column: u16, y: u16, text: &str, style: Style| {
        canvas.line(area.x + column, y, area.width.saturating_sub(column + 1), text, style);
    };
    for (row, line) in shown.enumerate() {
        let y = area.y + row as u16;
        match line {
            HelpLine::Title(text) => write(1, y, text, theme.title()),
            HelpLine::Words(text) => write(2 * INDENT, y, text, Style::default()),
            HelpLine::Keys(keys, sentence) => {
                write(INDENT, y, keys, theme.strong(Style::default()));
                write(INDENT + KEYS, y, sentence, Style::default());
            }
        }
    }
}
