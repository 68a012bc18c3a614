//! The text pane where lines run down: each column's clusters in cells of their own, boxes among them.

use super::canvas::Canvas;
use super::look::{Kept, begun, draw_run, look, signs};
use super::theme::Theme;
use crate::app::reader::Reader;
use crate::layout::vertical::{Spot, spots};
use crate::layout::{Inset, Role};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// The columns of the open article.
pub fn draw(reader: &Reader, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let head = |index: usize| reader.head_of((area.width, area.height), index);
    let (left, right) = (head(reader.height().saturating_sub(1)).0, head(0).0 + reader.measure().pitch());
    let page = Rect { x: area.x + left, width: right - left, ..area }.intersection(area);
    for (index, (address, row)) in reader.rows.iter().enumerate() {
        let (x, y) = head(index);
        let (x, y) = (area.x + x, area.y + y);
        if let Some(above) = y.checked_sub(1).filter(|above| *above >= area.y) {
            let x = x.saturating_sub(row.inset.as_ref().map_or(0, Inset::to_left));
            signs(&begun(reader, row).collect::<Vec<_>>(), theme, canvas, (x, above));
        }
        let block = reader.document.blocks.get(address.block as usize);
        let kept = Kept::of(reader, row.span);
        for spot in spots(row, block.map(|block| block.language).unwrap_or_default(), reader.measure()) {
            let y = i32::from(y) + spot.row;
            let Some(y) = u16::try_from(y).ok().filter(|y| (area.y..area.bottom()).contains(y)) else { continue };
            let x = x + if spot.is_beside { 2 } else { 0 };
            draw_spot(reader, &spot, &kept, theme, canvas, (x, y));
            // Marks of emphasis stand to the right of the characters (JLREQ 3.3.9).
            let is_stressed = spot.role.emphasis || spot.role.dotted;
            if is_stressed && !spot.is_beside && !spot.text.trim().is_empty() && x + 2 < area.right() {
                canvas.sign(x + 2, y, "•", theme.faint());
            }
        }
        if let Some(inset) = row.inset.as_ref().filter(|inset| inset.at == 0) {
            let left = i32::from(x) - i32::from(inset.to_left());
            let top = y.saturating_add(row.rows_down());
            for (row, y) in inset.rows.iter().zip(top..area.bottom()) {
                let area = Rect { y, height: 1, ..page };
                row.runs.iter().fold(left, |x, run| draw_run(reader, run, theme, canvas, (x, area)));
            }
        }
    }
    // What is left of the page has no room for the box that follows.
    if reader.rows.len() < reader.height() && reader.at < reader.share {
        canvas.sign(page.x, area.y + head(0).1, "‹", theme.faint());
    }
}

fn draw_spot(reader: &Reader, spot: &Spot, kept: &Kept, theme: &Theme, canvas: &mut Canvas, (x, y): (u16, u16)) {
    let role = theme.role(Role { emphasis: false, dotted: false, ..spot.role });
    // A line under every character of a column would part them; the colour is enough.
    let role = if theme.colours { role.remove_modifier(Modifier::UNDERLINED) } else { role };
    let style = look(reader, kept, spot.span.map(|span| span.start), role, theme);
    let mut buffer = [0; 4];
    let shown = spot.form.map_or(spot.text, |form| form.encode_utf8(&mut buffer));
    let cells = canvas.cells(shown).min(2) as u8;
    if !spot.is_whole {
        canvas.cell(x + u16::from(spot.is_right), y, shown, cells, style);
        return;
    }
    canvas.cell(x, y, " ", 1, style);
    canvas.cell(x + 1, y, " ", 1, style);
    canvas.cell(x, y, shown, cells, style);
}
