//! The help: the keys, as the key map has them.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of the column of keys.
const KEYS: u16 = 20;
/// Columns below which the keys get less room.
const NARROW: u16 = 56;

/// The keys and what they do.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let keys_width = if area.width < NARROW { KEYS * 3 / 5 } else { KEYS };
    let lines = app.keymap.help();
    for (row, (keys, sentence)) in lines.iter().skip(app.help.cursor).take(usize::from(area.height)).enumerate() {
        let y = area.y + row as u16;
        if keys.is_empty() {
            canvas.line(area.x + 1, y, area.width.saturating_sub(2), sentence, theme.title());
        } else {
            canvas.line(area.x + 2, y, keys_width.saturating_sub(1), keys, theme.strong(Style::default()));
            let from = area.x + 2 + keys_width;
            canvas.line(from, y, area.width.saturating_sub(from + 1), sentence, Style::default());
        }
    }
}
