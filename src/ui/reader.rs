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

/// The lines of the open article.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let Some(reader) = &app.reader else { return };
    if reader.measure().is_down() {
        vertical::draw(reader, theme, canvas, area);
        return;
    }
    let left = area.x + reader.left(area.width);
    let pane = Rect { x: left, width: area.right().saturating_sub(left), ..area };
    for (index, (_, row)) in reader.rows.iter().take(usize::from(area.height)).enumerate() {
        let y = area.y + index as u16;
        draw_row(reader, row, theme, canvas, Rect { y, height: 1, ..pane });
        // What was kept has its sign in the margin, where there is one.
        if let Some(x) = left.checked_sub(2).filter(|x| *x >= area.x) {
            sign(reader, row, theme, canvas, (x, y));
        }
    }
}

/// The sign of what was kept of a row, and whether it has a note: two cells, if there is anything.
pub fn sign(reader: &Reader, row: &Row, theme: &Theme, canvas: &mut Canvas, (x, y): (u16, u16)) {
    let Some(span) = row.span else { return };
    if let Some(marked) = reader.marked.iter().find(|marked| span.contains(marked.span.start)) {
        canvas.sign(x, y, theme.sign(marked.kind), theme.strong(theme.notice()));
        canvas.sign(x + 1, y, if marked.has_note { "\"" } else { " " }, theme.notice());
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
