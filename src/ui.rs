//! `draw(&App, …)`: paints what update computed, and computes nothing itself.
//!
//! The sole owner of looks. Text is written cell by cell, because the widths of clusters are `text::width`'s to say.

pub mod bookmarks;
pub mod canvas;
pub mod figures;
pub mod help;
pub mod links;
pub mod list;
mod look;
pub mod note;
pub mod outline;
pub mod reader;
pub mod status;
pub mod theme;
pub mod vertical;

use crate::app::App;
use crate::app::context::Context;
use crate::app::list::ListPane;
use canvas::Canvas;
use ratatui::layout::Rect;
use theme::Theme;

/// Paints the app; gives the place of the cursor where something is being typed.
pub fn draw(app: &App, theme: &Theme, buffer: &mut ratatui::buffer::Buffer) -> Option<(u16, u16)> {
    let mut canvas = Canvas { buffer, width: app.width_policy() };
    if let Some(area) = app.panes.title {
        status::title(app, theme, &mut canvas, area);
    }
    match app.shown() {
        Context::Figures => figures::draw(app, theme, &mut canvas, app.panes.body),
        Context::Help => help::draw(app, theme, &mut canvas, app.panes.body),
        Context::Bookmarks => bookmarks::draw(app, theme, &mut canvas, app.panes.body),
        Context::Links => links::list(app, theme, &mut canvas, app.panes.body),
        _ if app.reader.is_none() => list::draw(app, theme, &mut canvas, app.panes.body),
        Context::List | Context::Reader | Context::Select | Context::Outline | Context::Peek => {
            reading(app, theme, &mut canvas);
        }
    }
    if app.focus == Context::Peek
        && let Some(peek) = &app.links.peek
    {
        links::peek(peek, theme, &mut canvas, app.panes.body);
    }
    let cursor = status::draw(app, theme, &mut canvas, app.panes.status);
    let cursor = match &app.note {
        Some(note) => {
            // What is told grows over the rows above the foot, and is about the note.
            let told = (app.told.lines.len() as u16).saturating_sub(1);
            let body = Rect { height: app.panes.body.height.saturating_sub(told), ..app.panes.body };
            Some(note::draw(note, theme, &mut canvas, body))
        }
        None => cursor,
    };
    canvas.sweep();
    cursor
}

/// The text and what stands beside it.
fn reading(app: &App, theme: &Theme, canvas: &mut Canvas) {
    if let Some(area) = app.panes.list {
        list::beside(app, theme, canvas, area);
        if app.panes.text.is_some() {
            border(theme, canvas, area.right(), area);
        }
    }
    if let Some(area) = app.panes.text {
        reader::draw(app, theme, canvas, area);
        links::hints(app, theme, canvas, area);
    }
    if let Some(area) = app.panes.outline {
        outline::draw(app, theme, canvas, area);
        if let Some(column) = area.x.checked_sub(1) {
            border(theme, canvas, column, area);
        }
    }
}

fn border(theme: &Theme, canvas: &mut Canvas, column: u16, area: Rect) {
    for y in area.y..area.bottom() {
        canvas.sign(column, y, "│", theme.faint());
    }
}

/// The rows of a pane that are on the screen: index of the whole, row of the window, whether under the cursor.
fn rows(pane: &ListPane, area: Rect) -> impl Iterator<Item = (usize, u16, bool)> {
    let shown = pane.shown.iter().enumerate().skip(pane.top).take(usize::from(area.height));
    shown.map(move |(rank, index)| (*index, area.y + (rank - pane.top) as u16, rank == pane.cursor))
}
