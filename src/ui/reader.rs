//! The text pane: writes the rows' clusters into cells itself, with matches marked.

use super::canvas::Canvas;
use super::theme::Theme;
use super::vertical;
use crate::app::App;
use crate::app::marking::Marked;
use crate::app::reader::Reader;
use crate::document::{Position, Span};
use crate::layout::{Row, Run};
use crate::text::clusters;
use ratatui::layout::Rect;
use ratatui::style::Style;

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
    for (index, (_, row)) in reader.rows.iter().take(usize::from(area.height)).enumerate() {
        let y = area.y + index as u16;
        draw_row(reader, row, theme, canvas, Rect { y, height: 1, ..pane });
        owed.extend(begun(reader, row));
        // What was kept has its signs in the margin; where there is none, behind its row, or the next that leaves room.
        let room = left - area.x;
        if room >= SIGNS {
            signs(&owed, theme, canvas, (area.x + room - SIGNS, y));
            owed.clear();
        } else if row.cells() + SIGNS < area.width {
            signs(&owed, theme, canvas, (area.right() - SIGNS, y));
            owed.clear();
        }
    }
}

/// What was kept that begins in a row.
pub fn begun<'a>(reader: &'a Reader, row: &Row) -> impl Iterator<Item = &'a Marked> {
    let span = row.span;
    reader.marked.iter().filter(move |marked| span.is_some_and(|span| span.contains(marked.span.start)))
}

/// The signs of what was kept in two cells: that of the first, and whether it has a note or that of another.
pub fn signs(kept: &[&Marked], theme: &Theme, canvas: &mut Canvas, (x, y): (u16, u16)) {
    let Some((first, others)) = kept.split_first() else { return };
    let strong = theme.strong(theme.notice());
    canvas.sign(x, y, theme.sign(first.kind), strong);
    if let Some(other) = others.iter().find(|other| other.kind != first.kind) {
        canvas.sign(x + 1, y, theme.sign(other.kind), strong);
    } else {
        let has_note = kept.iter().any(|kept| kept.has_note);
        canvas.sign(x + 1, y, if has_note { "\"" } else { " " }, theme.notice());
    }
}

fn draw_row(reader: &Reader, row: &Row, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let skipped = if row.scrolls { reader.sideways } else { 0 };
    let runs_on = row.scrolls && row.cells().saturating_sub(skipped) > area.width;
    let shown = Rect { width: area.width.saturating_sub(u16::from(runs_on)), ..area };
    let mut x = i32::from(area.x) - i32::from(skipped);
    for run in &row.runs {
        x = draw_run(reader, run, theme, canvas, (x, shown));
    }
    if runs_on {
        canvas.sign(shown.right(), area.y, "›", theme.faint());
    }
}

/// Paints a run from a column on, as far as it is in its row's area; gives the column after it.
pub fn draw_run(reader: &Reader, run: &Run, theme: &Theme, canvas: &mut Canvas, (from, area): (i32, Rect)) -> i32 {
    let plain = theme.role(run.role);
    let kept = Kept::of(reader, run.span);
    let mut x = from;
    let mut at = run.span.map(|span| span.start);
    for cluster in clusters(&run.text, reader.measure().width) {
        let style = look(reader, &kept, at, plain, theme);
        let end = x + i32::from(cluster.cells);
        if x >= i32::from(area.x) && end <= i32::from(area.right()) {
            canvas.cell(x as u16, area.y, cluster.text, cluster.cells, style);
        }
        x = end;
        at = at.map(|at| Position { byte: at.byte + cluster.text.len() as u32, ..at });
    }
    x
}

/// What was kept of some text.
pub struct Kept<'a>(Vec<&'a Marked>);

impl<'a> Kept<'a> {
    /// What was kept of a stretch of text.
    pub fn of(reader: &'a Reader, span: Option<Span>) -> Self {
        let kept = reader.marked.iter();
        let of = |span: Span| kept.filter(|kept| kept.span.start < span.end && kept.span.end > span.start).collect();
        Self(span.map(of).unwrap_or_default())
    }
}

/// How the cluster at a place looks that would else look plain.
pub fn look(reader: &Reader, kept: &Kept, at: Option<Position>, plain: Style, theme: &Theme) -> Style {
    let Some(at) = at else { return plain };
    let over = kept.0.iter().rev().find(|kept| kept.span.contains(at));
    let base = over.map_or(plain, |kept| theme.kept(kept.kind, plain));
    match hit(reader, at) {
        _ if is_selected(reader, at) => theme.selected(base),
        Some(true) => theme.current_hit(base),
        Some(false) => theme.hit(base),
        None => base,
    }
}

fn is_selected(reader: &Reader, at: Position) -> bool {
    reader.selection.is_some_and(|selection| selection.span().contains(at))
}

/// Whether a place is in a match: true for the current one.
fn hit(reader: &Reader, at: Position) -> Option<bool> {
    let index = reader.hits.partition_point(|hit| hit.start <= at).checked_sub(1)?;
    let found = reader.hits.get(index).filter(|hit| hit.contains(at));
    found.map(|_| reader.hit == Some(index))
}
