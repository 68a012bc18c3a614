//! The list of articles: alone with all its columns, or beside the text with titles only.

use super::canvas::Canvas;
use super::rows;
use super::theme::Theme;
use crate::annotations::Reading;
use crate::app::App;
use crate::app::context::Context;
use crate::app::standing::state;
use crate::library::Article;
use crate::library::query::State;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of the column of minutes.
const MINUTES: u16 = 7;
/// Cells of the column of progress.
const PROGRESS: u16 = 5;
/// Cells of a date.
const DATE: u16 = 10;
/// Cells of a source.
const SOURCE: u16 = 20;
/// Cells of an author.
const AUTHOR: u16 = 16;
/// Columns from which there is room for source and author.
const BOTH: u16 = 120;

/// The list alone.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    if app.list.shown.is_empty() {
        canvas.lines(area, &app.nothing.lines, theme.faint());
    }
    for (index, y, is_selected) in rows(&app.list, area) {
        let Some(article) = app.library.articles.get(index) else { continue };
        let reading = app.annotations.reading(&article.identity);
        let style = style(theme, article, reading, is_selected);
        canvas.fill(area, y, style);
        canvas.sign(area.x + 1, y, sign(article, reading), style);
        let mut right = area.right().saturating_sub(1);
        // A title may use the room of what is not known.
        let mut free = right;
        // What was only glimpsed at has no length yet.
        let is_known = article.characters > 0 || !app.is_scanning();
        let length = if is_known { article.length() } else { String::new() };
        for (text, width) in columns(article, reading, length, area.width) {
            right = right.saturating_sub(width);
            let cells = canvas.cells(&text).min(width);
            canvas.line(right + width - cells, y, width, &text, style.patch(theme.faint()));
            if cells > 0 {
                free = (right + width - cells).saturating_sub(2);
            }
            right = right.saturating_sub(2);
        }
        let room = free.saturating_sub(area.x + 3);
        canvas.line(area.x + 3, y, room, &article.meta.title, title_style(theme, style, reading, is_selected));
    }
}

/// The list beside the text.
pub fn beside(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let open = app.reader.as_ref().map(|reader| reader.article);
    for (index, y, is_at_cursor) in rows(&app.list, area) {
        let Some(article) = app.library.articles.get(index) else { continue };
        let reading = app.annotations.reading(&article.identity);
        let is_selected = is_at_cursor && app.focus == Context::List;
        let style = style(theme, article, reading, is_selected);
        canvas.fill(area, y, style);
        let sign = if open == Some(index) { "▸" } else { sign(article, reading) };
        canvas.sign(area.x + 1, y, sign, style);
        let style = if open == Some(index) { theme.current(style) } else { style };
        canvas.line(area.x + 3, y, area.width.saturating_sub(4), &article.meta.title, style);
    }
}

/// The columns after the title that the window has room for, from the right: text and cells.
fn columns(article: &Article, reading: Option<&Reading>, length: String, width: u16) -> Vec<(String, u16)> {
    let [source, author] = article.names(width >= BOTH).map(ToOwned::to_owned);
    let begun = reading.filter(|_| state(reading) != State::Unread);
    let progress = begun.map(|reading| format!("{} %", reading.progress / 10)).unwrap_or_default();
    let date = article.meta.date.as_deref().unwrap_or_default().to_owned();
    let all = [
        (40, length, MINUTES),
        (60, progress, PROGRESS),
        (72, date, DATE),
        (96, source, SOURCE),
        (BOTH, author, AUTHOR),
    ];
    all.into_iter().filter(|(least, ..)| width >= *least).map(|(_, text, cells)| (text, cells)).collect()
}

fn sign(article: &Article, reading: Option<&Reading>) -> &'static str {
    match state(reading) {
        _ if article.problem.is_some() => "!",
        State::Unread => "•",
        State::Reading => "◦",
        State::Finished => " ",
    }
}

fn style(theme: &Theme, article: &Article, reading: Option<&Reading>, is_selected: bool) -> Style {
    let base = match state(reading) {
        _ if article.problem.is_some() => theme.problem(),
        State::Finished => theme.faint(),
        State::Unread | State::Reading => Style::default(),
    };
    if is_selected { theme.selected(base) } else { base }
}

fn title_style(theme: &Theme, style: Style, reading: Option<&Reading>, is_selected: bool) -> Style {
    if state(reading) == State::Unread && !is_selected { theme.strong(style) } else { style }
}
