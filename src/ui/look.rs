//! What rows and columns of text have in common: how a cluster looks where it stands, and the signs of what was kept.
//!
//! It knows no pane, only where to paint.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::marking::{Marked, sign};
use crate::app::reader::Reader;
use crate::document::{BlockKind, Position, Span};
use crate::layout::{Row, Run};
use crate::text::clusters;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What was kept that begins in a row; of a box, in the first of its columns.
pub fn begun<'a>(reader: &'a Reader, row: &'a Row) -> impl Iterator<Item = &'a Marked> {
    let span = row.span.filter(|_| row.inset.as_ref().is_none_or(|inset| inset.at == 0));
    let block = span.and_then(|span| reader.document.blocks.get(span.start.block as usize));
    let is_table = block.is_some_and(|block| matches!(block.kind, BlockKind::Table(_)));
    let begins = move |place| !is_table && row.inset.is_none() || row.shows(place);
    reader.marked.iter().filter(move |marked| {
        let start = marked.span.start;
        span.is_some_and(|span| span.contains(start)) && begins(start)
    })
}

/// The signs of what was kept in two cells: that of the first, and whether it has a note or that of another.
pub fn signs(kept: &[&Marked], theme: &Theme, canvas: &mut Canvas, (x, y): (u16, u16)) {
    let Some((first, others)) = kept.split_first() else { return };
    let strong = theme.strong(theme.notice());
    canvas.sign(x, y, sign(first.kind), strong);
    if let Some(other) = others.iter().find(|other| other.kind != first.kind) {
        canvas.sign(x + 1, y, sign(other.kind), strong);
    } else {
        let has_note = kept.iter().any(|kept| kept.has_note);
        canvas.sign(x + 1, y, if has_note { "\"" } else { " " }, theme.notice());
    }
}

/// Paints a run from a column on, as far as it is in its row's area; gives the column after it.
pub fn draw_run(reader: &Reader, run: &Run, theme: &Theme, canvas: &mut Canvas, (from, area): (i32, Rect)) -> i32 {
    let plain = theme.role(run.role);
    let kept = Kept::of(reader, run.span);
    let mut x = from;
    let mut at = run.span.map(|span| span.start);
    // A tab has more spaces than bytes.
    let last = run.span.map_or(0, |span| span.end.byte.saturating_sub(1));
    for cluster in clusters(&run.text, reader.measure().width) {
        let style = look(reader, &kept, at, plain, theme);
        let end = x + i32::from(cluster.cells);
        if x >= i32::from(area.x) && end <= i32::from(area.right()) {
            canvas.cell(x as u16, area.y, cluster.text, cluster.cells, style);
        }
        x = end;
        at = at.map(|at| Position { byte: (at.byte + cluster.text.len() as u32).min(last), ..at });
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
