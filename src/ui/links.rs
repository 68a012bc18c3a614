//! Links: letters on those of the screen, the list of all, and the one that is being looked at.

use super::canvas::Canvas;
use super::rows;
use super::status::fitting;
use super::theme::Theme;
use crate::app::App;
use crate::app::links::Peek;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The letters on the links of a text pane.
pub fn hints(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let Some(hints) = &app.links.hints else { return };
    let mut last = Rect::default();
    for (name, _, (x, y)) in &hints.on {
        let Some(rest) = name.strip_prefix(hints.typed.as_str()) else { continue };
        // Two links may stand closer than their letters.
        let x = if last.y == *y && (last.x..last.right()).contains(x) { last.right() } else { *x };
        let cells = canvas.cells(rest);
        canvas.line(area.x + x, area.y + y, area.width.saturating_sub(x), rest, theme.hint());
        last = Rect::new(x, *y, cells, 1);
    }
}

/// The list of links: their words, and where they lead.
pub fn list(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    for (index, y, is_selected) in rows(&app.links.pane, area) {
        let Some(listed) = app.links.listed.get(index) else { continue };
        let style = if is_selected { theme.selected(Style::default()) } else { Style::default() };
        canvas.fill(area, y, style);
        let room = area.width.saturating_sub(2);
        // An address that is its own words is not said twice.
        let is_own = listed.words == listed.aim;
        let words = canvas.cells(&listed.words).min(if is_own { room } else { room / 2 });
        canvas.line(area.x + 1, y, words, &listed.words, style);
        let beside = area.x + 1 + words + 2;
        if !is_own {
            canvas.line(beside, y, room.saturating_sub(words + 2), &listed.aim, style.patch(theme.faint()));
        }
    }
    if app.links.pane.shown.is_empty() {
        canvas.lines(area, &app.nothing.lines, theme.faint());
    }
}

/// The link that is being looked at: a few rows at the foot of the window.
pub fn peek(peek: &Peek, theme: &Theme, canvas: &mut Canvas, body: Rect) {
    let height = peek.height as u16;
    let top = body.bottom().saturating_sub(height);
    if let Some(head) = top.checked_sub(1).filter(|head| *head >= body.y) {
        canvas.clear(Rect { y: head, height: 1, ..body });
        canvas.fill(body, head, theme.selected(Style::default()));
        let room = body.width.saturating_sub(2);
        let says = fitting(peek.head.iter().map(String::as_str), canvas, room);
        canvas.line(body.x + 1, head, room, &says, theme.selected(Style::default()));
    }
    canvas.clear(Rect { y: top, height, ..body });
    for (row, y) in peek.rows.iter().skip(peek.top).zip(top..body.bottom()) {
        canvas.line(body.x + 1, y, body.width.saturating_sub(2), row, Style::default());
    }
}
