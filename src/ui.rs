//! `draw(&App, …)`: paints what update computed, and computes nothing itself.
//!
//! The sole owner of looks. Text is written cell by cell, because the widths of clusters are `text::width`'s to say.

pub mod canvas;
pub mod theme;

use crate::app::App;
use crate::app::keymap::{self, Context};
use crate::app::list::ListPane;
use crate::document::Position;
use crate::layout::Tone;
use canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::style::Style;
use theme::Theme;

/// Paints the app; gives the place of the cursor where something is being typed.
pub fn draw(app: &App, theme: &Theme, buffer: &mut ratatui::buffer::Buffer) -> Option<(u16, u16)> {
    let area = buffer.area;
    let has_title = area.height > 6;
    let body =
        Rect { y: area.y + u16::from(has_title), height: area.height.saturating_sub(1 + u16::from(has_title)), ..area };
    let mut canvas = Canvas { buffer };
    if has_title {
        title(app, theme, &mut canvas, Rect { height: 1, ..area });
    }
    match app.focus {
        Context::Help => help(app, theme, &mut canvas, body),
        Context::Bookmarks => bookmarks(app, theme, &mut canvas, body),
        Context::List => articles(app, theme, &mut canvas, body),
        Context::Reader | Context::Outline => reading(app, theme, &mut canvas, body),
    }
    let cursor = status(
        app,
        theme,
        &mut canvas,
        Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area },
    );
    canvas.sweep();
    cursor
}

fn title(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let (left, right) = match (app.focus, &app.reader) {
        (Context::Help, _) => ("Keys".to_owned(), "q back".to_owned()),
        (Context::Bookmarks, _) => ("Bookmarks".to_owned(), format!("{}", app.bookmarks.shown.len())),
        (_, Some(reader)) => {
            let meta = &reader.document.meta;
            let byline: Vec<&str> = [&meta.source, &meta.author, &meta.date]
                .into_iter()
                .flatten()
                .map(super::text::safe::SafeText::as_str)
                .collect();
            (meta.title.to_string(), byline.join(" · "))
        }
        (_, None) => ("zhai 斋".to_owned(), format!("{} articles", app.list.shown.len())),
    };
    let width = canvas.cells(&right).min(area.width / 2);
    let room = if area.width > 50 { area.width.saturating_sub(width + 3) } else { area.width };
    canvas.line(area.x + 1, area.y, room.saturating_sub(1), &left, theme.title());
    if area.width > 50 {
        canvas.line(area.right().saturating_sub(width + 1), area.y, width, &right, theme.faint());
    }
}

fn articles(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    if app.list.shown.is_empty() {
        let text =
            if app.library.articles.is_empty() { "Looking for articles …" } else { "No article has these words." };
        canvas.line(area.x + 1, area.y, area.width.saturating_sub(2), text, theme.faint());
    }
    rows(&app.list, area, |index, y, is_selected| {
        let Some(article) = app.library.articles.get(index) else { return };
        let reading = app.annotations.reading(&article.identity.id);
        let finished = reading.is_some_and(|reading| reading.finished);
        let base = if article.problem.is_some() {
            theme.problem()
        } else if finished {
            theme.faint()
        } else {
            Style::default()
        };
        let style = if is_selected { theme.selected(base) } else { base };
        canvas.fill(area, y, style);
        let sign = match reading {
            _ if article.problem.is_some() => "!",
            None => "•",
            Some(_) if finished => " ",
            Some(_) => "◦",
        };
        canvas.line(area.x + 1, y, 1, sign, style);
        let progress = reading.map(|reading| format!("{} %", reading.progress / 10)).unwrap_or_default();
        let mut right = area.right().saturating_sub(1);
        let mut columns: Vec<(u16, String, u16)> = vec![(40, format!("{} min", article.minutes), 7), (60, progress, 6)];
        columns.push((72, article.meta.date.as_deref().unwrap_or_default().to_owned(), 10));
        columns.push((96, article.meta.source.as_deref().unwrap_or_default().to_owned(), 20));
        for (least, text, width) in columns.into_iter().filter(|(least, ..)| area.width >= *least) {
            let _ = least;
            right = right.saturating_sub(width);
            let cells = canvas.cells(&text).min(width);
            canvas.line(right + width - cells, y, width, &text, style.patch(theme.faint()));
            right = right.saturating_sub(2);
        }
        canvas.line(
            area.x + 3,
            y,
            right.saturating_sub(area.x + 3),
            &article.meta.title,
            if reading.is_none() && !is_selected { theme.strong(style) } else { style },
        );
    });
}

fn bookmarks(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    if app.bookmarks.shown.is_empty() {
        canvas.line(
            area.x + 1,
            area.y,
            area.width.saturating_sub(2),
            "No bookmarks yet: B in an article makes one.",
            theme.faint(),
        );
    }
    rows(&app.bookmarks, area, |index, y, is_selected| {
        let Some(bookmark) = app.bookmarked.get(index) else { return };
        let style = if is_selected { theme.selected(Style::default()) } else { Style::default() };
        canvas.fill(area, y, style);
        let title = area.width / 3;
        canvas.line(area.x + 1, y, title.saturating_sub(2), &bookmark.article.title, style.patch(theme.faint()));
        canvas.line(
            area.x + title,
            y,
            area.width.saturating_sub(title + 1),
            &bookmark.passage.quote.replace('\n', " "),
            style,
        );
    });
}

fn help(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let lines = keymap::help();
    let top = app.help.cursor.min(lines.len().saturating_sub(usize::from(area.height)));
    for (row, (keys, sentence)) in lines.iter().skip(top).take(usize::from(area.height)).enumerate() {
        let y = area.y + row as u16;
        if keys.is_empty() {
            canvas.line(area.x + 1, y, area.width.saturating_sub(2), sentence, theme.title());
        } else {
            canvas.line(area.x + 3, y, 18.min(area.width.saturating_sub(3)), keys, theme.strong(Style::default()));
            canvas.line(area.x + 22, y, area.width.saturating_sub(23), sentence, Style::default());
        }
    }
}

fn reading(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let columns = app.outline_columns();
    let alone = columns == 0 && app.focus == Context::Outline;
    if alone {
        return outline(app, theme, canvas, area);
    }
    let text = Rect { width: area.width.saturating_sub(if columns > 0 { columns + 1 } else { 0 }), ..area };
    page(app, theme, canvas, text);
    if columns > 0 {
        for y in area.y..area.bottom() {
            canvas.line(text.right(), y, 1, "│", theme.faint());
        }
        outline(app, theme, canvas, Rect { x: text.right() + 1, width: columns, ..area });
    }
}

fn page(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let Some(reader) = &app.reader else { return };
    let measure = reader.measure();
    let left = area.x + area.width.saturating_sub(measure.columns + measure.overhang) / 2;
    for (row, (_, line)) in reader.rows.iter().take(usize::from(area.height)).enumerate() {
        let y = area.y + row as u16;
        let skipped = if line.scrolls { reader.sideways } else { 0 };
        let mut x = i32::from(left) - i32::from(skipped);
        for run in &line.runs {
            let style = theme.role(run.role);
            let mut byte = run.span.map(|span| span.start);
            for cluster in crate::text::clusters(&run.text, measure.width) {
                let is_hit = byte.and_then(|at| hit(app, at));
                let style = match is_hit {
                    Some(true) => theme.current_hit(style),
                    Some(false) => theme.hit(style),
                    None => style,
                };
                let end = x + i32::from(cluster.cells);
                if x >= i32::from(left) && end <= i32::from(area.right()) {
                    canvas.cell(x as u16, y, cluster.text, cluster.cells, style);
                }
                x = end;
                byte = byte.map(|at| Position { byte: at.byte + cluster.text.len() as u32, ..at });
            }
        }
        if line.scrolls && x > i32::from(area.right()) {
            canvas.cell(area.right().saturating_sub(1), y, "›", 1, theme.faint());
        }
    }
}

/// Whether a place is in a match: true for the current one.
fn hit(app: &App, at: Position) -> Option<bool> {
    let reader = app.reader.as_ref()?;
    let index = reader.hits.partition_point(|hit| hit.start <= at).checked_sub(1)?;
    let found = reader.hits.get(index).filter(|hit| hit.contains(at));
    found.map(|_| reader.hit == Some(index))
}

fn outline(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let Some(reader) = &app.reader else { return };
    let current = reader.section();
    rows(&app.outline, area, |index, y, is_selected| {
        let Some(section) = reader.document.outline.sections.get(index) else { return };
        let style = if current == Some(index) { theme.role_of(Tone::Heading(1)) } else { Style::default() };
        let style = if is_selected && app.focus == Context::Outline { theme.selected(style) } else { style };
        let sign = if current == Some(index) { "▸" } else { " " };
        canvas.line(area.x + 1, y, 1, sign, style);
        let indent = 2 * u16::from(section.level.clamp(1, 4) - 1);
        canvas.line(area.x + 3 + indent, y, area.width.saturating_sub(4 + indent), &section.title, style);
    });
}

fn status(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) -> Option<(u16, u16)> {
    let mut right = app.keymap.pending();
    if let Some((prompt, _)) = &app.prompt {
        let text = format!("/{}", prompt.text);
        canvas.line(area.x, area.y, area.width, &text, Style::default());
        if let Some(reader) = app.reader.as_ref().filter(|_| app.focus == Context::Reader) {
            right = format!("{}/{}", reader.hit.map_or(0, |hit| hit + 1), reader.hits.len());
        }
        right_aligned(canvas, area, &right, theme.faint());
        return Some(((area.x + canvas.cells(&text)).min(area.right().saturating_sub(1)), area.y));
    }
    if let Some(notice) = &app.notice {
        let style = if notice.is_problem { theme.problem() } else { theme.notice() };
        canvas.line(area.x + 1, area.y, area.width.saturating_sub(2), &notice.text, style);
        return None;
    }
    let left = match (&app.reader, app.focus) {
        (Some(reader), Context::Reader | Context::Outline) => {
            let section = reader.section().and_then(|index| reader.document.outline.sections.get(index));
            let section = section.map(|section| section.title.to_string()).unwrap_or_default();
            let minutes = app.library.articles.get(reader.article).map_or(0, |article| article.minutes);
            let percent = app.percent();
            let left = u64::from(minutes) * u64::from(100 - percent.min(100)) / 100;
            let hits = if reader.hits.is_empty() {
                String::new()
            } else {
                format!(" · {}/{}", reader.hit.map_or(0, |hit| hit + 1), reader.hits.len())
            };
            right = format!("{right}  {percent} % · {left} min left{hits}");
            section
        }
        _ => "Enter open · / filter · ? keys · q back".to_owned(),
    };
    canvas.line(area.x + 1, area.y, area.width.saturating_sub(2 + canvas.cells(&right) + 1), &left, theme.faint());
    right_aligned(canvas, area, &right, theme.faint());
    None
}

fn right_aligned(canvas: &mut Canvas, area: Rect, text: &str, style: Style) {
    let cells = canvas.cells(text).min(area.width);
    canvas.line(area.right().saturating_sub(cells + 1), area.y, cells, text, style);
}

fn rows(pane: &ListPane, area: Rect, mut paint: impl FnMut(usize, u16, bool)) {
    for (row, index) in pane.shown.iter().enumerate().skip(pane.top).take(usize::from(area.height)) {
        paint(*index, area.y + (row - pane.top) as u16, row == pane.cursor);
    }
}
