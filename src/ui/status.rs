//! The line at the top, which names what is shown, and the line at the bottom: where one is, a notice, or a prompt.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Command;
use crate::app::context::Context;
use crate::app::prompt::Prompt;
use crate::app::reader::Reader;
use crate::text::{SafeText, clusters, counted};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns from which the top line has room for more than the title.
const BYLINE_FITS: u16 = 50;

/// Some commands, and what they do in a few words.
type Hint = (&'static [Command], &'static str);

/// What can be done with what is selected, the most useful first.
const SELECTING: &[Hint] = &[
    (&[Command::Highlight], "highlight"),
    (&[Command::Note], "note"),
    (&[Command::Copy], "copy"),
    (&[Command::Bookmark], "bookmark"),
    (
        &[
            Command::NextWord,
            Command::NextSentence,
            Command::NextParagraph,
            Command::SelectSentence,
            Command::SelectParagraph,
        ],
        "extend",
    ),
    (&[Command::SearchSelection], "search"),
    (&[Command::OtherEnd], "other end"),
];
/// In the list of what was kept.
const KEPT: &[Hint] = &[
    (&[Command::Open], "go there"),
    (&[Command::Back], "back"),
    (&[Command::Delete], "remove"),
    (&[Command::Note], "note"),
    (&[Command::Highlight], "meaning"),
    (&[Command::SortKept], "sort"),
];
/// In the list of links.
const LINKS: &[Hint] = &[
    (&[Command::Open], "go there"),
    (&[Command::Back], "back"),
    (&[Command::Peek], "look"),
    (&[Command::Copy], "copy"),
    (&[Command::Browse], "browser"),
];
/// In the help and the figures.
const SCROLLING: &[Hint] = &[(&[Command::Down, Command::Up], "scroll"), (&[Command::Back], "back")];
/// In the list of articles.
const LISTING: &[Hint] = &[
    (&[Command::Open], "open"),
    (&[Command::Help], "keys"),
    (&[Command::Back], "quit"),
    (&[Command::Search], "filter"),
];

/// Of these, what needs no row.
const ANYWHERE: &[&[Command]] = &[&[Command::Back], &[Command::Help], &[Command::Search]];

/// The line at the top.
pub fn title(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) {
    let back = || format!("{} back", app.keymap.name(Command::Back));
    let (left, right) = match (app.shown(), &app.reader) {
        (Context::Help, _) => ("Keys".to_owned(), back()),
        (Context::Figures, _) => ("What has been read".to_owned(), back()),
        (Context::Links, Some(reader)) => {
            (format!("Links · {}", reader.document.meta.title), app.links.pane.shown.len().to_string())
        }
        (Context::Bookmarks, _) => {
            (kept(app), format!("{} · {}", app.bookmarks.pane.shown.len(), app.bookmarks.scope.order.name()))
        }
        (_, Some(reader)) => (reader.document.meta.title.to_string(), byline(reader)),
        (_, None) => {
            let more = if app.is_scanning() { " …" } else { "" };
            let count = counted(app.readable as u64, "article") + more;
            let order = app.sorting.name().map(|name| format!(" · {name}")).unwrap_or_default();
            ("zhai 斋".to_owned(), count + &order)
        }
    };
    let has_byline = area.width >= BYLINE_FITS;
    let width = if has_byline { canvas.cells(&right).min(area.width / 2) } else { 0 };
    let room = area.width.saturating_sub(if width > 0 { width + 4 } else { 2 });
    canvas.line(area.x + 1, area.y, room, &left, theme.title());
    if width > 0 {
        canvas.line(area.right().saturating_sub(width + 1), area.y, width, &right, theme.faint());
    }
}

/// What the list of what was kept shows.
fn kept(app: &App) -> String {
    let kind = if app.bookmarks.scope.highlights { "Highlights" } else { "Bookmarks" };
    match &app.bookmarks.scope.article {
        Some(article) => format!("{kind} · {}", article.title),
        None => format!("{kind} of all articles"),
    }
}

fn byline(reader: &Reader) -> String {
    let meta = &reader.document.meta;
    let author = meta.author.as_ref().filter(|author| meta.source.as_ref() != Some(author));
    let parts: Vec<&str> =
        [meta.source.as_ref(), author, meta.date.as_ref()].into_iter().flatten().map(SafeText::as_str).collect();
    parts.join(" · ")
}

/// The line at the bottom; gives the place of the cursor where something is being typed.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas, area: Rect) -> Option<(u16, u16)> {
    if let Some((prompt, _)) = &app.prompt {
        return Some(typing(app, prompt, theme, canvas, area));
    }
    if area.height == 0 {
        return None;
    }
    if !app.told.lines.is_empty() {
        let style = if app.told.is_problem { theme.problem() } else { theme.notice() };
        let columns = area.width.saturating_sub(2);
        // What does not fit in the line grows over the rows above it.
        for (above, text) in app.told.lines.iter().rev().enumerate() {
            let Some(y) = area.y.checked_sub(above as u16).filter(|y| *y >= app.panes.body.y) else { break };
            canvas.clear(Rect { y, height: 1, ..area });
            canvas.line(area.x + 1, y, columns, text, style);
        }
        return None;
    }
    let (left, right) = match &app.reader {
        Some(_) if app.choices.zen => (String::new(), String::new()),
        Some(reader) if app.focus == Context::Select => selecting(app, reader, canvas, area.width.saturating_sub(4)),
        Some(reader) if matches!(app.shown(), Context::Reader | Context::Outline) => {
            reading(app, reader, canvas, area.width)
        }
        _ => (hint(app, canvas, area.width.saturating_sub(4)), String::new()),
    };
    let pending = app.keymap.pending();
    let right = if pending.is_empty() { right } else { format!("{pending}   {right}") };
    let room = area.width.saturating_sub(canvas.cells(&right) + 3);
    canvas.line(area.x + 1, area.y, room, &left, theme.faint());
    right_aligned(canvas, area, &right, theme.faint());
    None
}

/// What is being typed, and how often it occurs.
fn typing(app: &App, prompt: &Prompt, theme: &Theme, canvas: &mut Canvas, area: Rect) -> (u16, u16) {
    let text = tail(format!("/{}", prompt.text), canvas, area.width.saturating_sub(1));
    canvas.clear(Rect { height: 1, ..area });
    canvas.line(area.x, area.y, area.width, &text, Style::default());
    let count = match (app.focus, &app.reader) {
        (Context::Reader, Some(reader)) => matches(reader),
        (Context::Outline, _) => app.outline.shown.len().to_string(),
        (Context::Bookmarks, _) => app.bookmarks.pane.shown.len().to_string(),
        (Context::Links, _) => app.links.pane.shown.len().to_string(),
        _ => app.list.shown.len().to_string(),
    };
    let end = (area.x + canvas.cells(&text)).min(area.right().saturating_sub(1));
    if end + canvas.cells(&count) + 2 < area.right() {
        right_aligned(canvas, area, &count, theme.faint());
    }
    (end, area.y)
}

/// The end of a text that is longer than its room: one sees what one types.
fn tail(text: String, canvas: &Canvas, room: u16) -> String {
    if canvas.cells(&text) <= room {
        return text;
    }
    let room = room.saturating_sub(canvas.cells("…"));
    let mut starts = clusters(&text, canvas.width).map(|cluster| cluster.byte);
    let rest = starts.find_map(|start| text.get(start..).filter(|rest| canvas.cells(rest) <= room));
    format!("…{}", rest.unwrap_or_default())
}

/// The title, where there is room for it, and the section on the left; percent, time left and matches on the right.
fn reading(app: &App, reader: &Reader, canvas: &Canvas, columns: u16) -> (String, String) {
    let section = reader.section().and_then(|index| reader.document.outline.sections.get(index));
    let (percent, left) = (app.percent(), app.minutes_left());
    let hits = if reader.hits.is_empty() { String::new() } else { format!("{} · ", matches(reader)) };
    let hidden = if left == 0 { reader.hidden_lines() } else { 0 };
    // At the end it is told that the file goes on, and how to see it.
    let rest = if hidden > 0 {
        format!("{}: {}", app.keymap.name(Command::Raw), counted(hidden as u64, "hidden line"))
    } else {
        format!("{left} min left")
    };
    let right = format!("{hits}{percent} % · {rest}");
    let title = app.library.articles.get(reader.article).map_or("", |article| article.meta.title.as_str());
    let section = section.map_or("", |section| section.title.as_str());
    let both = if section.is_empty() { title.to_owned() } else { format!("{title} · {section}") };
    let has_room = canvas.cells(&both) + canvas.cells(&right) + 4 <= columns;
    (if has_room || section.is_empty() { both } else { section.to_owned() }, right)
}

/// What can be done with the selection on the left; its size on the right.
fn selecting(app: &App, reader: &Reader, canvas: &Canvas, columns: u16) -> (String, String) {
    let right = counted(reader.selected() as u64, "character");
    let keys = hints(app, SELECTING);
    (fitting(keys.iter().map(String::as_str), canvas, columns.saturating_sub(canvas.cells(&right))), right)
}

fn matches(reader: &Reader) -> String {
    format!("{}/{}", reader.hit.map_or(0, |hit| hit + 1), reader.hits.len())
}

/// What can be done here, the most useful first: as much as the line holds whole.
fn hint(app: &App, canvas: &Canvas, columns: u16) -> String {
    let filter = match app.shown() {
        Context::Bookmarks => &app.bookmarks.pane.filter,
        Context::Links => &app.links.pane.filter,
        Context::List => &app.list.filter,
        _ => "",
    };
    let (keys, pane) = match app.shown() {
        Context::Bookmarks => (KEPT, &app.bookmarks.pane),
        Context::Links => (LINKS, &app.links.pane),
        Context::Help | Context::Figures => (SCROLLING, &app.help.pane),
        _ => (LISTING, &app.list),
    };
    // Where nothing is listed there is nothing to go to or to remove.
    let is_empty = !matches!(app.shown(), Context::Help | Context::Figures) && pane.shown.is_empty();
    let keys = hints(app, keys.iter().filter(|(commands, _)| !is_empty || ANYWHERE.contains(commands)));
    let filter = (!filter.is_empty()).then(|| format!("/{filter}"));
    fitting(filter.as_deref().into_iter().chain(keys.iter().map(String::as_str)), canvas, columns)
}

/// What some commands do in a few words, after the keys they have; what has none is left out.
fn hints<'a>(app: &App, hints: impl IntoIterator<Item = &'a Hint>) -> Vec<String> {
    let hint = |(commands, words): &Hint| {
        let keys: Vec<&str> = commands.iter().filter_map(|command| app.keymap.key(*command)).collect();
        (!keys.is_empty()).then(|| format!("{} {words}", keys.join(" ")))
    };
    hints.into_iter().filter_map(hint).collect()
}

/// Parts of a line, as many as fit.
pub(super) fn fitting<'a>(parts: impl Iterator<Item = &'a str>, canvas: &Canvas, columns: u16) -> String {
    let mut line = String::new();
    for part in parts {
        let longer = if line.is_empty() { part.to_owned() } else { format!("{line} · {part}") };
        if !line.is_empty() && canvas.cells(&longer) > columns {
            break;
        }
        line = longer;
    }
    line
}

fn right_aligned(canvas: &mut Canvas, area: Rect, text: &str, style: Style) {
    let cells = canvas.cells(text).min(area.width);
    canvas.line(area.right().saturating_sub(cells + 1), area.y, cells, text, style);
}
