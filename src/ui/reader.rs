//! The text pane: writes the rows' clusters into cells itself, with matches marked.

use super::canvas::Canvas;
use super::look::{begun, draw_run, signs};
use super::theme::Theme;
use super::vertical;
use crate::app::App;
use crate::app::marking::Marked;
use crate::app::reader::Reader;
use crate::app::reader::sideways::Scrolled;
use crate::layout::Row;
use ratatui::layout::Rect;

/// Cells of the signs of what was kept.
const SIGNS: u16 = 2;

/// What stands where an article would: an empty screen would look like a fault. The line at the foot names the key.
const NOTHING: &str = "no article, only what surrounds one";

/// The lines of the open article.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let Some(reader) = &app.reader else { return };
    if reader.measure().is_down() {
        vertical::draw(reader, theme, canvas, area);
        return;
    }
    let left = area.x + reader.left(area.width);
    let pane = Rect { x: left, width: area.right().saturating_sub(left), ..area };
    if reader.rows.is_empty() && reader.hidden_lines() > 0 {
        canvas.line(left, area.y, pane.width, NOTHING, theme.faint());
    }
    let mut owed: Vec<&Marked> = Vec::new();
    for (index, (address, row)) in reader.rows.iter().take(usize::from(area.height)).enumerate() {
        let y = area.y + index as u16;
        draw_row(reader, (address.block, row), theme, canvas, Rect { y, height: 1, ..pane });
        owed.extend(begun(reader, row));
        // What was kept has its signs in the margin; where there is none, behind its row, or the next that leaves room.
        let room = left - area.x;
        if room >= SIGNS {
            signs(&owed, theme, canvas, (area.x + room - SIGNS, y));
            owed.clear();
        } else if row.cells() + u32::from(SIGNS) < u32::from(area.width) {
            signs(&owed, theme, canvas, (area.right() - SIGNS, y));
            owed.clear();
        }
    }
}

fn draw_row(reader: &Reader, (block, row): (u32, &Row), theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let Scrolled { fixed, skipped } = reader.scrolled(block, row);
    let runs_on = row.scrolls && row.cells().saturating_sub(skipped) > u32::from(area.width);
    let whole = Rect { width: area.width.saturating_sub(u16::from(runs_on)), ..area };
    // What stays, then what moves under it.
    let moving = Rect { x: whole.x + fixed, width: whole.width.saturating_sub(fixed), ..whole };
    let mut column = 0_u32;
    for run in &row.runs {
        let (skipped, shown) = if column < u32::from(fixed) { (0, whole) } else { (skipped, moving) };
        let x = i64::from(area.x) + i64::from(column) - i64::from(skipped);
        // Of a long line most runs are beside the pane.
        if x + i64::from(run.cells) > i64::from(shown.x) && x < i64::from(shown.right()) {
            draw_run(reader, run, theme, canvas, (x as i32, shown));
        }
        column = column.saturating_add(u32::from(run.cells));
    }
    if skipped > 0 && row.cells() > u32::from(fixed) {
        canvas.sign((area.x + fixed).saturating_sub(u16::from(fixed > 0)), area.y, "‹", theme.faint());
    }
    if runs_on {
        canvas.sign(whole.right(), area.y, "›", theme.faint());
    }
}
