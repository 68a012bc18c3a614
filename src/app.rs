//! Everything that can happen: `update` takes a message and says what the world has to do.
//!
//! Update computes, rows included; drawing only paints what stands here. It refuses to know a terminal.

pub mod command;
pub mod effect;
pub mod key;
pub mod keymap;
pub mod list;
pub mod notice;
pub mod prompt;
pub mod reader;
pub mod update;

pub use effect::Effect;

use crate::annotations::{Annotations, Bookmark, Change, Reading};
use crate::document::{Document, Passage, Position};
use crate::layout::Measure;
use crate::library::{Article, Library, Origin};
use crate::text::SafeText;
use command::Command;
use key::Key;
use keymap::{Context, Keymap, Pressed};
use list::ListPane;
use notice::Notice;
use prompt::{Prompt, Typed};
use reader::{Reader, measure};
use std::path::PathBuf;
use std::sync::Arc;

/// Cells of a line, unless the reader says otherwise.
const USUAL_WIDTH: u16 = 76;
/// Columns of the outline.
const OUTLINE: u16 = 28;
/// Columns below which the outline stands alone.
const NARROW: u16 = 80;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The window has another size: columns, rows.
    Resize(u16, u16),
    /// The wheel turned over the window, by rows.
    Wheel(isize),
    /// The articles were found.
    Scanned(Vec<Article>),
    /// An article was read, or could not be: why, in one line.
    Loaded(Origin, Result<Document, String>),
    /// A change could not be written: why, in one line.
    Failed(String),
}

/// The whole state.
#[derive(Debug)]
pub struct App {
    /// The articles.
    pub library: Library,
    /// Bookmarks, marks, positions.
    pub annotations: Annotations,
    /// Columns and rows of the window.
    pub size: (u16, u16),
    /// The pane that has the keys.
    pub focus: Context,
    /// The list of articles.
    pub list: ListPane,
    /// The open article.
    pub reader: Option<Reader>,
    /// The outline of the open article.
    pub outline: ListPane,
    /// Whether the outline is shown.
    pub outline_shown: bool,
    /// The list of bookmarks.
    pub bookmarks: ListPane,
    /// The bookmarks it lists.
    pub bookmarked: Vec<Bookmark>,
    /// The help.
    pub help: ListPane,
    /// The line being typed, and the place it was begun at.
    pub prompt: Option<(Prompt, Position)>,
    /// The query of the last search.
    pub query: String,
    /// What to tell the reader.
    pub notice: Option<Notice>,
    /// The keys.
    pub keymap: Keymap,
    /// Whether to leave.
    pub quits: bool,
    /// Whether zhai has the mouse.
    pub mouse: bool,
    /// Whether only the text is shown.
    pub zen: bool,
    measure: Measure,
    wanted: u16,
    outline_width: u16,
    paths: Vec<PathBuf>,
    before_help: Context,
    loading: Option<Position>,
    undo: Vec<Change>,
    now: fn() -> String,
}

impl App {
    /// An app over the articles of some paths, or over the sample library; `now` gives the time as RFC 3339.
    pub fn new(paths: Vec<PathBuf>, annotations: Annotations, now: fn() -> String) -> (Self, Vec<Effect>) {
        let library = if paths.is_empty() { Library::sample() } else { Library::default() };
        let effects = if paths.is_empty() { Vec::new() } else { vec![Effect::Scan(paths.clone())] };
        let mut app = Self {
            library: Library::default(),
            annotations,
            size: (80, 24),
            focus: Context::List,
            list: ListPane::default(),
            reader: None,
            outline: ListPane::default(),
            outline_shown: true,
            bookmarks: ListPane::default(),
            bookmarked: Vec::new(),
            help: ListPane::default(),
            prompt: None,
            query: String::new(),
            notice: None,
            keymap: Keymap::default(),
            quits: false,
            mouse: false,
            zen: false,
            measure: Measure::default(),
            wanted: USUAL_WIDTH,
            outline_width: OUTLINE,
            paths,
            before_help: Context::List,
            loading: None,
            undo: Vec::new(),
            now,
        };
        app.fill(library.articles);
        (app, effects)
    }

    /// Columns of the outline beside the text; none if it is not there.
    pub fn outline_columns(&self) -> u16 {
        let has_sections = self.reader.as_ref().is_some_and(|reader| !reader.document.outline.sections.is_empty());
        let fits = self.size.0 >= NARROW && self.outline_shown && !self.zen && has_sections;
        if fits { self.outline_width.min(self.size.0 / 3) } else { 0 }
    }

    /// Rows of a pane: the window's, without the title and the status line.
    pub fn height(&self) -> usize {
        usize::from(self.size.1.saturating_sub(if self.size.1 > 6 { 2 } else { 1 })).max(1)
    }

    /// How far the bottom of the screen is through the text, in hundredths.
    pub fn percent(&self) -> u16 {
        self.reader.as_ref().map_or(0, |reader| reader.at / 10)
    }

    fn fill(&mut self, articles: Vec<Article>) {
        self.library.articles = articles;
        let words = |article: &Article| {
            let source = article.meta.source.as_deref().unwrap_or_default();
            format!("{} {} {}", article.meta.title, source, article.meta.date.as_deref().unwrap_or_default())
        };
        let rows: Vec<String> = self.library.articles.iter().map(words).collect();
        self.list.refresh(&rows);
        self.settle();
    }

    fn settle(&mut self) {
        let height = self.height();
        for pane in [&mut self.list, &mut self.outline, &mut self.bookmarks, &mut self.help] {
            pane.settle(height);
        }
    }

    fn pane(&mut self) -> Option<&mut ListPane> {
        match self.focus {
            Context::List => Some(&mut self.list),
            Context::Outline => Some(&mut self.outline),
            Context::Bookmarks => Some(&mut self.bookmarks),
            Context::Help => Some(&mut self.help),
            Context::Reader => None,
        }
    }
}
