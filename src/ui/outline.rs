//! The outline: the sections, the one that is being read marked.

use super::canvas::Canvas;
use super::rows;
use super::theme::Theme;
use crate::app::App;
use crate::app::context::Context;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Levels that are shown by indentation.
const DEEPEST: u8 = 5;

/// The sections.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let Some(reader) = &app.reader else { return };
    let current = reader.section();
    let sections = &reader.document.outline.sections;
    // The shallowest level stands at the edge, whatever its number.
    let shallowest = sections.iter().map(|section| section.level).min().unwrap_or(1);
    for (index, y, is_at_cursor) in rows(&app.outline, area) {
        let Some(section) = sections.get(index) else { continue };
        let style = if current == Some(index) { theme.current(Style::default()) } else { Style::default() };
        let style = if is_at_cursor && app.focus == Context::Outline { theme.selected(style) } else { style };
        canvas.fill(area, y, style);
        let sign = if current == Some(index) { "▸" } else { " " };
        canvas.sign(area.x + 1, y, sign, style);
        let indent = 2 * u16::from((section.level - shallowest).min(DEEPEST));
        canvas.line(area.x + 3 + indent, y, area.width.saturating_sub(4 + indent), &section.title, style);
    }
}
