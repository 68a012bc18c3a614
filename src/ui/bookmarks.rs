//! The list of bookmarks: the article, then the words.

use super::canvas::Canvas;
use super::rows;
use super::theme::Theme;
use crate::app::App;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns below which the words alone are shown.
const TITLE_FITS: u16 = 50;

/// The bookmarks.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    if app.bookmarks.shown.is_empty() {
        let text = if app.bookmarked.is_empty() {
            "No bookmarks yet: B in an article makes one."
        } else {
            "No bookmark has these words. Esc shows all."
        };
        canvas.line(area.x + 1, area.y, area.width.saturating_sub(2), text, theme.faint());
    }
    for (index, y, is_selected) in rows(&app.bookmarks, area) {
        let Some(bookmark) = app.bookmarked.get(index) else { continue };
        let style = if is_selected { theme.selected(Style::default()) } else { Style::default() };
        canvas.fill(area, y, style);
        let title = if area.width < TITLE_FITS { 1 } else { area.width / 3 };
        canvas.line(area.x + 1, y, title.saturating_sub(2), &bookmark.article.title, style.patch(theme.faint()));
        let words = bookmark.passage.quote.replace(['\n', '\t'], " ");
        canvas.line(area.x + title, y, area.width.saturating_sub(title + 1), &words, style);
    }
}
