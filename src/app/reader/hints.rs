//! The links on the screen, and the cell at which each is seen to begin.
//!
//! It refuses to know where they lead and what letters stand on them.

use super::Reader;
use super::sideways::Scrolled;
use crate::document::{Link, Position, Span};
use crate::layout::Row;
use crate::layout::vertical::spots;
use crate::text::{WidthPolicy, clusters};

impl Reader {
    /// The links shown in a pane of some columns and rows, each with the cell of the pane at which it begins, or what is
    /// left of it does.
    pub fn links_shown(&self, pane: (u16, u16)) -> Vec<(Link, (u16, u16))> {
        let is_shown = |link: &Link| self.rows.iter().any(|(address, _)| address.block == link.span.start.block);
        let links = self.document.links(self.measure().scope).into_iter().filter(is_shown);
        let with_cell = |link: Link| self.cell_of(link.span, pane).map(|cell| (link, cell));
        links.filter_map(with_cell).collect()
    }

    fn cell_of(&self, span: Span, (columns, rows): (u16, u16)) -> Option<(u16, u16)> {
        if self.measure().is_down() {
            return self.cell_in_columns(span, (columns, rows));
        }
        let left = self.left(columns);
        self.rows.iter().zip(0..rows).find_map(|((address, row), y)| {
            let column = column_of(row, span, self.scrolled(address.block, row), self.measure().width)?;
            Some((left + column, y)).filter(|(x, _)| *x < columns)
        })
    }

    fn cell_in_columns(&self, span: Span, (columns, rows): (u16, u16)) -> Option<(u16, u16)> {
        let measure = self.measure();
        self.rows.iter().enumerate().find_map(|(index, (address, row))| {
            let (x, y) = self.head_of((columns, rows), index);
            let language = self.document.blocks.get(address.block as usize)?.language;
            let is_of_link = |at: Option<Span>| at.is_some_and(|at| span.contains(at.start));
            let spots = spots(row, language, measure);
            if let Some(spot) = spots.into_iter().find(|spot| !spot.is_beside && is_of_link(spot.span)) {
                let y = u16::try_from(i32::from(y) + spot.row).ok()?;
                return (y < rows).then_some((x, y));
            }
            let inset = row.inset.as_ref().filter(|inset| inset.at == 0)?;
            let top = y.saturating_add(row.rows_down());
            let mut boxed = inset.rows.iter().zip(top..rows);
            boxed.find_map(|(row, y)| {
                let column = column_of(row, span, Scrolled::default(), measure.width)?;
                Some((x.saturating_sub(inset.to_left()) + column, y)).filter(|(x, _)| *x < columns)
            })
        })
    }
}

/// The column at which a row that is scrolled shows some of a stretch of text.
fn column_of(row: &Row, wanted: Span, scrolled: Scrolled, width: WidthPolicy) -> Option<u16> {
    let mut column = 0_u32;
    for run in &row.runs {
        if let Some(span) = run.span.filter(|span| span.start < wanted.end && span.end > wanted.start) {
            let mut at = column;
            for cluster in clusters(&run.text, width) {
                let place = Position { byte: span.start.byte + cluster.byte as u32, ..span.start };
                if let Some(shown) = scrolled.column(at).filter(|_| wanted.contains(place)) {
                    return Some(shown);
                }
                at = at.saturating_add(u32::from(cluster.cells));
            }
        }
        column = column.saturating_add(u32::from(run.cells));
    }
    None
}
