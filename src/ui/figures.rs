//! The pane of figures: what has been read when.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of the column of names.
const NAMES: u16 = 15;

/// Columns from which the figures stand below each other: in fewer, there would be no room for them.
const COLUMN_FITS: u16 = 36;

/// The figures.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let rows = usize::from(area.height);
    let shown = app.figures.lines.iter().skip(app.figures.first(rows)).take(rows);
    for (row, (name, text)) in shown.enumerate() {
        let y = area.y + row as u16;
        canvas.line(area.x + 1, y, NAMES.min(area.width.saturating_sub(1)), name, theme.faint());
        let is_narrow = area.width < COLUMN_FITS;
        let from = area.x + 1 + if is_narrow { NAMES.min(canvas.cells(name) + 1) } else { NAMES };
        let text = if is_narrow { text.trim_start() } else { text };
        canvas.line(from, y, area.right().saturating_sub(from + 1), text, Style::default());
    }
}
