//! The view: which panes are shown, how wide they and the lines are, and what a pointer means in them.

use super::context::Context;
use super::help;
use super::panes::{Panes, Position, Rect, Wishes};
use super::reader::{Reader, measure, vertical};
use super::{App, Effect, Mouse};
use crate::config::Settings;
use crate::config::options::WIDTHS;
use crate::document::{Document, Scope, Span, Unit};
use crate::layout::Measure;
use crate::text::Language;

/// Columns of the outline.
const OUTLINE: u16 = 28;
/// Columns of the list beside the text.
const LIST: u16 = 32;

/// What the reader has chosen of the view.
#[derive(Debug)]
pub struct Choices {
    /// Whether only the text is shown.
    pub zen: bool,
    /// Whether zhai has the mouse.
    pub mouse: bool,
    /// How text is set; its columns follow from the window.
    pub(super) measure: Measure,
    /// Whether lines are to run from top to bottom, where the language allows it.
    vertical: bool,
    /// Cells of a line.
    width: u16,
    /// Those that the settings ask for.
    pub(super) usual_width: u16,
    /// Whether the outline is to be shown; none leaves it to the room there is.
    outline: Option<bool>,
    outline_width: u16,
    list_width: u16,
}

impl Choices {
    /// What the settings say.
    pub fn of(settings: &Settings) -> Self {
        Self {
            zen: false,
            mouse: settings.mouse,
            measure: settings.measure.clone(),
            vertical: settings.vertical,
            width: settings.width,
            usual_width: settings.width,
            outline: None,
            outline_width: OUTLINE,
            list_width: LIST,
        }
    }
}

impl App {
    /// Brings everything that depends on the window and on the open article up to date: panes, measure, cursors.
    pub(super) fn arrange(&mut self) {
        let has_sections = self.has_sections();
        let is_reading = self.reader.is_some()
            && !matches!(self.shown(), Context::Bookmarks | Context::Links | Context::Help | Context::Figures);
        self.panes = Panes::split(Wishes {
            size: self.size,
            reading: is_reading,
            has_sections,
            outline: self.choices.outline,
            list_focused: self.focus == Context::List,
            outline_focused: self.focus == Context::Outline,
            outline_width: self.choices.outline_width,
            list_width: (self.library.articles.len() > 1).then_some(self.choices.list_width),
            zen: self.choices.zen,
        });
        // A text that is folded away keeps the measure it would have, so that nothing depends on what was shown before.
        let text = self.panes.text.unwrap_or(self.panes.body);
        let setting = |reader: &Reader| self.setting(&reader.document, reader.has_readings, (text.width, text.height));
        let setting = self.reader.as_ref().map(setting);
        if let (Some(reader), Some((measure, height))) = (&mut self.reader, setting) {
            reader.resize(measure, height);
        }
        if self.focus == Context::Help {
            self.help.lines = help::lines(&self.keymap, self.size.0);
        }
        self.follow();
        let height = |pane: Option<Rect>| usize::from(pane.unwrap_or(self.panes.body).height);
        let (list, outline, body) = (height(self.panes.list), height(self.panes.outline), height(None));
        self.list.settle(list);
        self.outline.settle(outline);
        self.bookmarks.pane.settle(body);
        self.links.pane.settle(body);
        self.set_peek();
        self.set_note();
        self.set_told();
        let is_end = self.minutes_left() == 0;
        self.read(|reader| reader.sum_up(is_end));
    }

    /// The measure of an article in a pane of some columns and rows, and how many lines the pane has.
    pub(super) fn setting(&self, document: &Document, readings: bool, (columns, rows): (u16, u16)) -> (Measure, usize) {
        if self.choices.vertical && can_stand(document) {
            vertical::measure(&self.choices.measure, self.choices.width, readings, (columns, rows))
        } else {
            (measure(&self.choices.measure, self.choices.width, columns), usize::from(rows))
        }
    }

    /// The rows that the panes show now are the ones to come back to after other sizes of the window.
    pub(super) fn keep_rows(&mut self) {
        for pane in [&mut self.list, &mut self.outline, &mut self.bookmarks.pane, &mut self.links.pane] {
            pane.keep();
        }
    }

    /// What is shown: what is only looked at stands over it.
    pub fn shown(&self) -> Context {
        let peek = self.links.peek.as_ref().filter(|_| self.focus == Context::Peek);
        peek.map_or(self.focus, |peek| peek.before)
    }

    fn has_sections(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| !reader.document.outline.sections.is_empty())
    }

    /// Outline and list follow the reading, unless they have the keys.
    fn follow(&mut self) {
        let Some(reader) = &self.reader else { return };
        if self.focus != Context::Outline {
            self.outline.select(reader.section().unwrap_or_default());
        }
        if self.focus != Context::List {
            self.list.select(reader.article);
        }
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) -> Vec<Effect> {
        self.size = (columns.max(1), rows.max(1));
        Vec::new()
    }

    pub(super) fn next_pane(&mut self, step: isize) -> Vec<Effect> {
        let panes = [
            (Context::List, self.panes.list.is_some() || self.reader.is_none()),
            (Context::Reader, self.reader.is_some()),
            (Context::Outline, self.has_sections()),
        ];
        let shown: Vec<Context> = panes.into_iter().filter(|(_, is_shown)| *is_shown).map(|(pane, _)| pane).collect();
        if shown == [self.focus] {
            return self.say("there is no other pane");
        }
        let current = shown.iter().position(|pane| *pane == self.focus).unwrap_or_default() as isize;
        self.leave_selection();
        let next = (current + step).rem_euclid(shown.len().max(1) as isize) as usize;
        self.focus = shown.get(next).copied().unwrap_or(Context::List);
        Vec::new()
    }

    pub(super) fn toggle_outline(&mut self) -> Vec<Effect> {
        let is_shown = self.panes.outline.is_some();
        self.choices.outline = Some(!is_shown);
        if is_shown {
            if self.focus == Context::Outline {
                self.focus = Context::Reader;
            }
            return Vec::new();
        }
        self.arrange();
        if self.panes.outline.is_none() { self.focus_outline() } else { Vec::new() }
    }

    /// To the outline; from there back to the text.
    pub(super) fn go_to_outline(&mut self) -> Vec<Effect> {
        if self.focus == Context::Outline { self.to_text() } else { self.focus_outline() }
    }

    fn focus_outline(&mut self) -> Vec<Effect> {
        if !self.has_sections() {
            return self.say("this article has no sections");
        }
        self.focus = Context::Outline;
        Vec::new()
    }

    pub(super) fn find_heading(&mut self) -> Vec<Effect> {
        let effects = self.focus_outline();
        if self.focus != Context::Outline {
            return effects;
        }
        self.start_prompt();
        if let Some((prompt, _)) = &mut self.prompt {
            prompt.jumps = true;
        }
        Vec::new()
    }

    pub(super) fn widen(&mut self, cells: isize) -> Vec<Effect> {
        let shown = self.reader.as_ref().map_or(self.choices.width, |reader| reader.measure().columns);
        let (least, most) = (*WIDTHS.start() as isize, *WIDTHS.end() as isize);
        self.set_width((shown as isize).saturating_add(cells).clamp(least, most) as u16)
    }

    pub(super) fn set_width(&mut self, cells: u16) -> Vec<Effect> {
        self.choices.width = cells;
        self.arrange();
        let shown = self.reader.as_ref().map_or(cells, |reader| reader.measure().columns);
        let is_down = self.reader.as_ref().is_some_and(|reader| reader.measure().is_down());
        self.say(&if is_down { format!("{} rows a column", shown / 2) } else { format!("{shown} cells a line") })
    }

    pub(super) fn toggle_zen(&mut self) -> Vec<Effect> {
        self.choices.zen = !self.choices.zen;
        self.focus = Context::Reader;
        Vec::new()
    }

    pub(super) fn toggle_justify(&mut self) -> Vec<Effect> {
        self.choices.measure.justify = !self.choices.measure.justify;
        self.say(if self.choices.measure.justify { "short gaps are filled" } else { "lines end where their words end" })
    }

    pub(super) fn toggle_vertical(&mut self) -> Vec<Effect> {
        if self.reader.as_ref().is_some_and(|reader| !can_stand(&reader.document)) {
            return self.say("only Chinese, Japanese and Korean can be set in columns");
        }
        self.choices.vertical = !self.choices.vertical;
        self.say(if self.choices.vertical { "columns, from right to left" } else { "rows, from top to bottom" })
    }

    pub(super) fn toggle_raw(&mut self) -> Vec<Effect> {
        let (scope, said) = match self.choices.measure.scope {
            Scope::Article => (Scope::File, "all of the file"),
            Scope::File => (Scope::Article, "the article only"),
        };
        self.choices.measure.scope = scope;
        self.say(said)
    }

    /// Makes the pane beside the text wider: the list if it has the keys or is the only one, else the outline.
    pub(super) fn widen_pane(&mut self, columns: isize) -> Vec<Effect> {
        let is_list = self.focus == Context::List || self.panes.outline.is_none();
        let width = |app: &Self| if is_list { app.panes.list } else { app.panes.outline }.map(|pane| pane.width);
        let Some(before) = width(self).filter(|_| self.panes.text.is_some()) else {
            return self.say("no pane stands beside the text");
        };
        let choice = if is_list { &mut self.choices.list_width } else { &mut self.choices.outline_width };
        *choice = (before as isize).saturating_add(columns).clamp(12, 60) as u16;
        self.arrange();
        match width(self) {
            Some(now) if now != before => Vec::new(),
            _ if columns > 0 => self.say("as wide as it can be"),
            _ => self.say("as narrow as it can be"),
        }
    }

    pub(super) fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.choices.mouse = !self.choices.mouse;
        self.say(if self.choices.mouse {
            "mouse on: click and wheel are zhai's"
        } else {
            "mouse off: the terminal selects"
        });
        vec![Effect::Mouse(self.choices.mouse)]
    }

    /// What a pointer does at a place of the window: the pane under it takes the keys, the row under it the cursor.
    pub(super) fn pointed(&mut self, event: Mouse, column: u16, row: u16) -> Vec<Effect> {
        if self.focus == Context::Peek {
            match event {
                Mouse::Wheel(rows) if self.peek_goes_on() => return self.scroll_peek(rows),
                Mouse::Wheel(_) => drop(self.leave_peek()),
                Mouse::Press => return self.leave_peek(),
                Mouse::Drag => return Vec::new(),
            }
        }
        let at = Position::new(column, row);
        let holds = |pane: Option<Rect>| pane.is_some_and(|pane| pane.contains(at));
        let under = match self.focus {
            Context::Help | Context::Bookmarks | Context::Links | Context::Figures => {
                Some((self.focus, self.panes.body))
            }
            _ if self.reader.is_none() => Some((Context::List, self.panes.body)),
            _ if holds(self.panes.list) => self.panes.list.map(|area| (Context::List, area)),
            _ if holds(self.panes.outline) => self.panes.outline.map(|area| (Context::Outline, area)),
            _ => self.panes.text.map(|area| (Context::Reader, area)),
        };
        let Some((context, area)) = under.filter(|(_, area)| area.contains(at)) else { return Vec::new() };
        let (column, row) = (column - area.x, row - area.y);
        match event {
            Mouse::Wheel(rows) => self.wheel(context, rows),
            Mouse::Press if context == Context::Reader => self.press_text(column, row),
            Mouse::Drag if context == Context::Reader => self.drag(column, row),
            Mouse::Press => self.press(context, usize::from(row)),
            Mouse::Drag => Vec::new(),
        }
    }

    /// A press in the text ends a selection, and is where a new one would begin.
    fn press_text(&mut self, column: u16, row: u16) -> Vec<Effect> {
        self.pressed = self.under_pointer(column, row);
        self.focus = Context::Reader;
        self.leave_selection()
    }

    fn drag(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let (Some(from), Some(to)) = (self.pressed, self.under_pointer(column, row)) else { return Vec::new() };
        self.focus = Context::Select;
        let line =
            self.reader.as_ref().zip(self.panes.text).map(|(reader, pane)| reader.line_at(pane.width, column, row));
        let at_edge = [(0, -1), (self.page_height() - 1, 1)].into_iter().find(|(edge, _)| Some(*edge) == line);
        self.read(|reader| {
            // Towards the head, so that the cluster under the pointer is selected whichever way it moves.
            let to = if to.start < from.start { to.start } else { to.end };
            let from = if to < from.start { from.start.max(to) } else { from.start };
            reader.select_between(from, to, Unit::Cluster);
            if let Some((_, rows)) = at_edge {
                reader.look(rows);
            }
        })
    }

    fn under_pointer(&self, column: u16, row: u16) -> Option<Span> {
        let pane = self.panes.text?;
        self.reader.as_ref()?.cluster_at((pane.width, pane.height), column, row)
    }

    fn wheel(&mut self, context: Context, rows: isize) -> Vec<Effect> {
        let focus = std::mem::replace(&mut self.focus, context);
        let effects = self.step(rows);
        self.focus = focus;
        effects
    }

    fn press(&mut self, context: Context, row: usize) -> Vec<Effect> {
        self.focus = context;
        let is_outline = context == Context::Outline;
        let Some(pane) = self.pane().filter(|_| context != Context::Help) else { return Vec::new() };
        let before = pane.cursor;
        if pane.top + row >= pane.shown.len() {
            return Vec::new();
        }
        pane.cursor = pane.top + row;
        // A section is gone to at once; an article or a bookmark opens on the second click, since that leaves the pane.
        if is_outline || pane.cursor == before { self.open() } else { Vec::new() }
    }
}

/// Whether an article can be set in columns: letters of other scripts would have to lie on their side.
fn can_stand(document: &Document) -> bool {
    document.language != Language::Other
}
