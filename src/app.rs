//! Everything that can happen: `update` takes a message and says what the world has to do.
//!
//! Update computes, rows included; drawing only paints what stands here. It refuses to know a terminal.

#![allow(clippy::wrong_self_convention, reason = "`to_start` and the like go there")]

pub mod articles;
pub mod command;
pub mod context;
pub mod effect;
pub mod figures;
pub mod help;
pub mod kept;
pub mod key;
pub mod keymap;
pub mod lines;
pub mod links;
pub mod list;
pub mod listing;
pub mod marking;
pub mod moving;
pub mod note;
pub mod notice;
pub mod opening;
pub mod panes;
pub mod places;
pub mod prompt;
pub mod reader;
pub mod searching;
pub mod selecting;
pub mod standing;
pub mod telling;
pub mod trail;
pub mod update;
pub mod view;
pub mod ways;

pub use effect::Effect;

use crate::annotations::clock::Clock;
use crate::annotations::{Annotations, Change, Kind, Record};
use crate::config::Settings;
use crate::document::{Document, Passage, Position, Span};
use crate::library::{Article, Library, Origin, Piece, Tables};
use crate::text::WidthPolicy;
use articles::Finding;
use command::Command;
use context::Context;
use figures::{Figures, Watch};
use help::Help;
use kept::Bookmarks;
use key::Key;
use keymap::Keymap;
use links::Links;
use list::ListPane;
use listing::Sorting;
use marking::Anchored;
use note::NoteEditor;
use notice::Notice;
use panes::Panes;
use prompt::{Past, Prompt};
use reader::{Reader, View, WHOLE};
use std::sync::Arc;
use telling::Told;
use trail::Trail;
use view::Choices;

/// Something that happened.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "few are on their way at a time, and most are keys")]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The window has another size: columns, rows.
    Resize(u16, u16),
    /// The mouse did something at a column and a row of the window.
    Mouse(Mouse, u16, u16),
    /// Some articles were found, and more are being looked for.
    Found(Vec<Article>),
    /// All articles were found: these.
    Scanned(Vec<Article>),
    /// The start of an article was read; the whole is on its way.
    Begun(Origin, Box<Piece>),
    /// An article was read, or could not be: why, in one line.
    Loaded(Origin, Result<Document, String>),
    /// Passages were looked for in a document.
    Anchored(Arc<Document>, Vec<Anchored>),
    /// What was kept until now, and the number of this device, to tell its places from those of others.
    Kept(Box<Annotations>, u64),
    /// Other instances or devices have changed what is kept.
    Changed(Vec<Record>),
    /// A change could not be written: why, in one line.
    Failed(String),
    /// What could not be written is written.
    Saved,
    /// A file of excerpts was written: its path; or why not, in one line.
    Exported(Result<std::path::PathBuf, String>),
    /// An article was looked for that a link leads to: it, if it was found.
    Sought(Option<Box<Article>>),
    /// An address could not be opened: the address, and why, in a few words.
    Unopened(String, String),
    /// It was found out which articles are those in which something was kept.
    Settled(Box<Annotations>),
    /// Half a second has passed in which nothing happened. Never changes the screen.
    Tick,
    /// The system asks zhai to end.
    End,
}

/// What a mouse can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The first button went down.
    Press,
    /// It was moved while down.
    Drag,
    /// The wheel turned, by rows: down is positive.
    Wheel(isize),
}

/// Where an article is to be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// At a place.
    Place(Position),
    /// Where a passage is found that was kept.
    Passage(Passage),
    /// Where it was left.
    Left(Passage),
    /// The section of a name, as links give it.
    Name(String),
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
    /// Where the panes stand.
    pub panes: Panes,
    /// The pane that has the keys.
    pub focus: Context,
    /// The list of articles.
    pub list: ListPane,
    /// The order of the list.
    pub sorting: Sorting,
    /// How many of the articles listed can be read: a folder that is not there is a row, and no article.
    pub readable: usize,
    /// The open article.
    pub reader: Option<Reader>,
    /// The outline of the open article.
    pub outline: ListPane,
    /// The list of bookmarks.
    pub bookmarks: Bookmarks,
    /// The links of the open article, as far as they are of interest.
    pub links: Links,
    /// The way from article to article.
    trail: Trail,
    /// The note being written.
    pub note: Option<NoteEditor>,
    /// What has been read when.
    pub figures: Figures,
    /// The help.
    pub help: Help,
    /// The line being typed, and what the screen showed when it was begun.
    pub prompt: Option<(Prompt, View)>,
    /// What was searched for in texts, and what lists were filtered by, since zhai was started.
    searches: Past,
    filters: Past,
    /// The query of the last search.
    pub query: String,
    /// What to tell the reader.
    pub notice: Option<Notice>,
    /// What could not be saved: said until it is.
    pub failure: Option<Notice>,
    /// What stands at the foot of the window in the place of everything else.
    pub told: Told,
    /// Why the list that is shown has nothing to see, where it has none.
    pub nothing: Told,
    /// The keys.
    pub keymap: Keymap,
    /// Whether to leave.
    pub quits: bool,
    /// How it is to look.
    pub choices: Choices,
    finding: Finding,
    /// The article that is asked for, and where it is to be opened if not where its reading stopped.
    loading: Option<(Origin, Option<Target>)>,
    /// What was under the pointer when its button went down.
    pressed: Option<Span>,
    /// What has been changed before it was known what was kept until now; none once that is known.
    early: Option<Vec<Change>>,
    device: u64,
    watch: Watch,
    /// The meaning of highlights that was used last.
    meaning: Kind,
    undo: Vec<Change>,
    /// Half seconds without a key.
    idle: u32,
    clock: Box<dyn Clock>,
}

impl App {
    /// An app over the articles of some files and folders, or over the sample library, as the settings have it. What was
    /// kept comes in as a message.
    pub fn new(
        origins: Vec<Origin>,
        settings: Settings,
        tables: &Arc<Tables>,
        clock: Box<dyn Clock>,
    ) -> (Self, Vec<Effect>) {
        let origins = if origins.is_empty() { Library::sample_origins() } else { origins };
        // What stands on the first screen must not wait for all to be read: the sample library, or the one article.
        let is_known = matches!(origins.as_slice(), [_] | [Origin::Sample(_), ..]);
        let glimpsed = if is_known { Library::glimpse(&origins, tables).articles } else { Vec::new() };
        let mut effects = Vec::new();
        let only = if let [article] = glimpsed.as_slice() { Some(article.origin.clone()) } else { None };
        effects.extend(only.clone().map(Effect::Load));
        effects.push(Effect::Scan(origins.clone()));
        if settings.mouse {
            effects.push(Effect::Mouse(true));
        }
        let mut app = Self {
            library: Library::default(),
            annotations: Annotations::default(),
            size: (80, 24),
            panes: Panes::default(),
            focus: Context::List,
            list: ListPane::default(),
            sorting: Sorting::default(),
            readable: 0,
            reader: None,
            outline: ListPane::default(),
            bookmarks: Bookmarks::default(),
            links: Links::default(),
            trail: Trail::default(),
            note: None,
            figures: Figures::default(),
            help: Help::default(),
            prompt: None,
            searches: Past::default(),
            filters: Past::default(),
            query: String::new(),
            notice: None,
            failure: None,
            told: Told::default(),
            nothing: Told::default(),
            keymap: Keymap::default(),
            quits: false,
            choices: Choices::of(&settings),
            finding: Finding { origins, goes_on: true, was_over: false, glimpsed: !glimpsed.is_empty() },
            loading: only.map(|origin| (origin, None)),
            pressed: None,
            early: Some(Vec::new()),
            device: 0,
            watch: Watch::default(),
            meaning: Kind::Important,
            undo: Vec::new(),
            idle: 0,
            clock,
        };
        app.relist(|articles| *articles = glimpsed);
        app.heed(settings);
        app.arrange();
        (app, effects)
    }

    /// Gives commands the keys of the settings, and says what is wrong with these.
    fn heed(&mut self, mut settings: Settings) {
        for (line, what) in self.keymap.rebind(&settings.keys) {
            settings.problem(line, what);
        }
        if let Some(first) = settings.problems.first() {
            let others = settings.problems.len() - 1;
            let more = if others > 0 { format!(" ({others} more: zhai config show)") } else { String::new() };
            self.notice = Some(Notice::problem(&format!("{first}{more}")));
        }
    }

    /// How the terminal measures.
    pub fn width_policy(&self) -> WidthPolicy {
        self.choices.measure.width
    }

    /// Whether the articles are still being looked for.
    pub fn is_scanning(&self) -> bool {
        self.finding.goes_on
    }

    /// Whether what the first screen is to show is on its way.
    pub fn is_waiting(&self) -> bool {
        self.early.is_some() || self.needs_the_rest()
    }

    /// Whether the first screen is known not to be in what there is of the article.
    pub fn needs_the_rest(&self) -> bool {
        let is_elsewhere =
            |reader: &Reader| reader.is_fresh && reader.share < WHOLE && self.last_place(reader.article).is_some();
        self.early.is_none() && (self.is_opening() || self.reader.as_ref().is_some_and(is_elsewhere))
    }

    /// Whether the one article there is to read is on its way.
    pub(crate) fn is_opening(&self) -> bool {
        self.finding.glimpsed && self.reader.is_none() && self.library.articles.len() == 1 && !self.finding.was_over
    }

    /// How far the bottom of the screen is through the text, in hundredths.
    pub fn percent(&self) -> u16 {
        self.reader.as_ref().map_or(0, |reader| reader.at / 10)
    }

    /// The minutes that the text below the screen takes.
    pub fn minutes_left(&self) -> u64 {
        let article = self.reader.as_ref().and_then(|reader| self.library.articles.get(reader.article));
        let minutes = article.map_or(0, |article| u64::from(article.minutes));
        (minutes * u64::from(100 - self.percent().min(100))).div_ceil(100)
    }

    /// The pane that has the keys, if it is one of rows.
    fn pane(&mut self) -> Option<&mut ListPane> {
        match self.focus {
            Context::List => Some(&mut self.list),
            Context::Outline => Some(&mut self.outline),
            Context::Bookmarks => Some(&mut self.bookmarks.pane),
            Context::Links => Some(&mut self.links.pane),
            Context::Help => Some(&mut self.help.pane),
            Context::Reader | Context::Select | Context::Figures | Context::Peek => None,
        }
    }

    /// Lets a verb of the open article have it.
    fn read(&mut self, verb: impl FnOnce(&mut Reader)) -> Vec<Effect> {
        if let Some(reader) = &mut self.reader {
            verb(reader);
        }
        Vec::new()
    }

    /// The keys of a command, for a sentence.
    fn key(&self, command: Command) -> &str {
        self.keymap.name(command)
    }

    /// Tells the reader something.
    fn say(&mut self, text: &str) -> Vec<Effect> {
        self.notice = Some(Notice::new(text));
        Vec::new()
    }
}
