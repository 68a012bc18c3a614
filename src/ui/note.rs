//! The note being written: a few rows at the foot of the window, under the words it is about.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::note::NoteEditor;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Rows of text that are shown at most.
const ROWS: u16 = 6;

/// The note; gives the place of the cursor.
pub fn draw(note: &NoteEditor, theme: &Theme, canvas: &mut Canvas, body: Rect) -> (u16, u16) {
    let (rows, (row, column)) = (&note.rows, note.cursor);
    let height = (rows.len() as u16).clamp(1, ROWS).min(body.height.saturating_sub(1).max(1));
    let top = body.bottom().saturating_sub(height);
    if let Some(head) = top.checked_sub(1).filter(|head| *head >= body.y) {
        canvas.clear(Rect { y: head, height: 1, ..body });
        let title = format!("Note · Enter keeps, Esc leaves, C-j new line · {}", note.quote);
        canvas.line(body.x, head, body.width, &title, theme.selected(Style::default()));
    }
    canvas.clear(Rect { y: top, height, ..body });
    let skipped = (row + 1).saturating_sub(usize::from(height));
    for (index, text) in rows.iter().skip(skipped).take(usize::from(height)).enumerate() {
        canvas.line(body.x + 1, top + index as u16, body.width.saturating_sub(2), text, Style::default());
    }
    ((body.x + 1 + column).min(body.right().saturating_sub(1)), top + (row - skipped) as u16)
}
