//! The list of what was kept: its sign, the article where it is not one article's, the words, the note.

use super::canvas::Canvas;
use super::rows;
use super::theme::Theme;
use crate::annotations::Bookmark;
use crate::app::App;
use crate::app::marking::sign;
use crate::document::Grade;
use crate::text::SafeText;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns below which the words alone are shown.
const TITLE_FITS: u16 = 30;
/// Columns that a title has at least, where it is shown.
const TITLE: u16 = 16;

/// The bookmarks or highlights.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    if app.bookmarks.pane.shown.is_empty() {
        canvas.lines(area, &app.nothing.lines, theme.faint());
    }
    let title =
        if area.width < TITLE_FITS || app.bookmarks.scope.article.is_some() { 0 } else { (area.width / 3).max(TITLE) };
    for (index, y, is_selected) in rows(&app.bookmarks.pane, area) {
        let Some(kept) = app.bookmarks.listed.get(index) else { continue };
        let base = if kept.dismissed { theme.faint() } else { Style::default() };
        let style = if is_selected { theme.selected(base) } else { base };
        canvas.fill(area, y, style);
        canvas.sign(area.x + 1, y, sign(kept.kind), style);
        canvas.sign(area.x + 2, y, standing(app, kept), style.patch(theme.problem()));
        if title > 0 {
            canvas.line(area.x + 4, y, title.saturating_sub(5), &kept.article.title, style.patch(theme.faint()));
        }
        let at = area.x + title.max(4);
        let room = area.right().saturating_sub(at + 1);
        let (words, note) = (SafeText::line(&kept.passage.quote), SafeText::line(&kept.note));
        let shared = if note.is_empty() { room } else { room.saturating_sub(canvas.cells(&note).min(room / 2) + 3) };
        let cells = canvas.cells(&words).min(shared);
        canvas.line(at, y, shared, &words, style);
        if !note.is_empty() {
            let note = format!(" — {note}");
            canvas.line(at + cells, y, room.saturating_sub(cells), &note, style.patch(theme.notice()));
        }
    }
}

/// How surely it was found, as far as that is known.
fn standing(app: &App, kept: &Bookmark) -> &'static str {
    match app.grade(kept) {
        _ if app.is_lost(kept) => "×",
        Some(Grade::Moved) => "≈",
        Some(Grade::Changed) => "?",
        Some(Grade::Exact) | None => " ",
    }
}
