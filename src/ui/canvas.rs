//! Writes clusters into cells, clipped to the window; the last look at what reaches the terminal is taken here.

use crate::text::{Class, WidthPolicy, clusters};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::num::NonZeroU16;

/// The cells of the window.
pub struct Canvas<'a> {
    /// Where they go.
    pub buffer: &'a mut Buffer,
    /// How the terminal measures.
    pub width: WidthPolicy,
}

impl Canvas<'_> {
    /// Cells of a text.
    pub fn cells(&self, text: &str) -> u16 {
        self.width.text(text).min(usize::from(u16::MAX)) as u16
    }

    /// Writes a line of at most `width` cells; what does not fit ends in `…`, before which nothing stands that may not
    /// end a line.
    pub fn line(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) {
        let fits = self.cells(text) <= width;
        let more = self.cells("…").max(1);
        let room = if fits { width } else { width.saturating_sub(more) };
        let mut shown = Vec::new();
        let mut cells = 0;
        for cluster in clusters(text, self.width) {
            if cells + u16::from(cluster.cells) > room {
                break;
            }
            cells += u16::from(cluster.cells);
            shown.push(cluster);
        }
        let ends_badly = |class| matches!(class, Class::Opening | Class::LatinOpening | Class::Space);
        while !fits && shown.last().is_some_and(|last| ends_badly(last.class)) {
            shown.pop();
        }
        let mut at = x;
        for cluster in shown {
            self.cell(at, y, cluster.text, cluster.cells, style);
            at += u16::from(cluster.cells);
        }
        if !fits && width >= more {
            self.cell(at, y, "…", more as u8, style);
        }
    }

    /// Writes lines from the top of an area, as many as it has rows.
    pub fn lines(&mut self, area: Rect, lines: &[String], style: Style) {
        let room = area.width.saturating_sub(2);
        for (line, y) in lines.iter().zip(area.y..area.bottom()) {
            self.line(area.x + 1, y, room, line, style);
        }
    }

    /// Writes a sign of one cell; where the terminal draws it wider, the ASCII sign that comes nearest.
    pub fn sign(&mut self, x: u16, y: u16, sign: &str, style: Style) {
        let plain = match sign {
            "│" => "|",
            "▸" | "›" => ">",
            "‹" => "<",
            "•" => "*",
            "◦" => "o",
            "≈" => "~",
            "×" => "x",
            other => other,
        };
        self.cell(x, y, if self.cells(sign) == 1 { sign } else { plain }, 1, style);
    }

    /// Writes one cluster, if the window has room for all of it. Of one that it covers half nothing is left.
    pub fn cell(&mut self, x: u16, y: u16, cluster: &str, cells: u8, style: Style) {
        let area = self.buffer.area;
        if cells == 0 || x < area.x || y < area.y || y >= area.bottom() || x + u16::from(cells) > area.right() {
            return;
        }
        if let Some(before) = x.checked_sub(1).filter(|before| *before >= area.x)
            && self.cells(self.buffer[(before, y)].symbol()) > 1
        {
            self.buffer[(before, y)].set_symbol(" ");
        }
        let cell = &mut self.buffer[(x, y)];
        cell.set_symbol(cluster).set_style(style);
        // A cluster of several characters is measured by us alone (ratatui counts VS16 and ﾞ otherwise).
        if cluster.chars().nth(1).is_some()
            && let Some(width) = NonZeroU16::new(u16::from(cells))
        {
            cell.set_diff_option(CellDiffOption::ForcedWidth(width));
        }
        for covered in 1..u16::from(cells) {
            self.buffer[(x + covered, y)].reset();
            self.buffer[(x + covered, y)].set_style(style);
        }
    }

    /// Gives a row of a pane a style.
    pub fn fill(&mut self, area: Rect, y: u16, style: Style) {
        self.buffer.set_style(Rect { y, height: 1, ..area }.intersection(self.buffer.area), style);
    }

    /// Empties a part of the window that something else may have been painted in.
    pub fn clear(&mut self, area: Rect) {
        for at in area.intersection(self.buffer.area).positions() {
            self.buffer[at].reset();
        }
    }

    /// Nothing that moves the cursor or turns text around may be in any cell, wherever it came from.
    pub fn sweep(&mut self) {
        for cell in &mut self.buffer.content {
            let is_bad = |c: char| {
                c.is_control()
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
            };
            if cell.symbol().chars().any(is_bad) {
                cell.set_symbol("\u{fffd}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Canvas;
    use crate::text::WidthPolicy;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// A row on which some signs are put, each at a column.
    fn check(text: &str, signs: &[(u16, &str)], expected: &str) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let mut canvas = Canvas { buffer: &mut buffer, width: WidthPolicy::default() };
        canvas.line(0, 0, 8, text, Style::default());
        for (x, sign) in signs {
            canvas.sign(*x, 0, sign, Style::default());
        }
        let shown: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_cut_ends_as_a_line_may() {
        check("读灯下书夜", &[], "读 灯 下 … ");
        check("读灯（下书", &[], "读 灯 …   ");
        check("see   (all", &[], "see…    ");
    }

    #[test]
    fn no_half_of_a_cluster_is_left() {
        check("汉字汉字", &[], "汉 字 汉 字 ");
        check("汉字汉字", &[(7, "›")], "汉 字 汉  ›");
        check("汉字汉字", &[(0, "‹")], "‹ 字 汉 字 ");
        check("a字汉字", &[(0, "‹"), (6, "›")], "‹字 汉  › ");
    }
}
