//! Test only: keys in, screen out. Drives the app as the terminal does, with every effect performed at once.
//!
//! It refuses to know a terminal: the screen is ratatui's buffer, written as text. The binary in a real terminal is
//! `tests/terminal`'s matter.

mod keeping;
mod links;
mod listing;
mod opening;
mod random;
mod reading;
mod screens;
mod vertical;

use crate::annotations::clock::Clock;
use crate::annotations::{Annotations, Change};
use crate::app::key::Key;
use crate::app::marking::look_for;
use crate::app::{App, Effect, Message};
use crate::config::Settings;
use crate::library::{Article, Origin, Tables, open};
use crate::terminal::worker::{identified, loaded, sought};
use crate::text::{WidthPolicy, clusters};
use crate::ui::{draw, theme::Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A reader at work on the sample library.
pub struct Script {
    /// The app after the keys.
    pub app: App,
    /// What went into the journal.
    pub recorded: Vec<Change>,
    passed: Arc<AtomicU32>,
}

/// A clock that stands still until it is told to go on, and the number of the last identifier it gave. Each is recorded
/// at least once: as many as there are records are taken.
#[derive(Debug)]
pub struct StillClock {
    given: usize,
    /// Seconds it has gone on by.
    passed: Arc<AtomicU32>,
}

impl StillClock {
    /// A clock that has given some identifiers.
    fn after(given: usize) -> Self {
        Self { given, passed: Arc::default() }
    }
}

impl Clock for StillClock {
    fn now(&self) -> String {
        let passed = self.passed.load(Ordering::Relaxed);
        format!("2026-11-25T08:{:02}:{:02}Z", passed / 60, passed % 60)
    }

    fn day_of(&self, at: &str) -> Option<String> {
        at.split_once('T').map(|(day, _)| day.to_owned())
    }

    fn id(&mut self) -> String {
        self.given += 1;
        format!("{:026}", self.given)
    }
}

/// Presses keys in a window of 80 columns and 24 rows: `script("j<Enter>]]").screen()`. `<lt>` is the key `<`.
pub fn script(keys: &str) -> Script {
    Script::new(80, 24).press(keys)
}

impl Script {
    /// A fresh start over the sample library.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::resumed(columns, rows, &[])
    }

    /// A start with what earlier ones recorded.
    pub fn resumed(columns: u16, rows: u16, recorded: &[Change]) -> Self {
        Self::set(columns, rows, recorded, Settings::default())
    }

    /// A start with settings of the test's own.
    pub fn set(columns: u16, rows: u16, recorded: &[Change], settings: Settings) -> Self {
        let mut annotations = Annotations::default();
        for change in recorded {
            annotations.apply(change);
        }
        Self::begun(Vec::new(), (columns, rows), settings, recorded, annotations)
    }

    /// A fresh start over some files and folders.
    pub fn on(origins: Vec<Origin>, columns: u16, rows: u16) -> Self {
        Self::begun(origins, (columns, rows), Settings::default(), &[], Annotations::default())
    }

    fn begun(
        origins: Vec<Origin>,
        (columns, rows): (u16, u16),
        settings: Settings,
        recorded: &[Change],
        annotations: Annotations,
    ) -> Self {
        let clock = StillClock::after(recorded.len());
        let passed = Arc::clone(&clock.passed);
        let (app, effects) = App::new(origins, settings, &Tables::built_in(), Box::new(clock));
        let mut script = Self { app, recorded: recorded.to_vec(), passed };
        script.perform(effects);
        script.send(Message::Resize(columns, rows));
        script.send(Message::Kept(Box::new(annotations), 0));
        script
    }

    /// Puts articles of the test's own in the place of the library.
    pub fn over(self, texts: &[&str]) -> Self {
        let describe = |text: &&str| Article::describe(Origin::Input(text.as_bytes().into()), &Tables::built_in());
        self.with(Message::Scanned(texts.iter().map(describe).collect()))
    }

    /// Presses keys.
    pub fn press(mut self, keys: &str) -> Self {
        for key in self::keys(keys) {
            self.send(Message::Key(key));
        }
        self
    }

    /// Lets some seconds pass.
    pub fn wait(self, seconds: u32) -> Self {
        self.passed.fetch_add(seconds, Ordering::Relaxed);
        self
    }

    /// Lets the open article's text be another.
    pub fn rewritten(mut self, text: &str) -> Self {
        let index = self.app.reader.as_ref().map(|reader| reader.article).unwrap();
        let origin = self.app.library.articles[index].origin.clone();
        // The text is read again, and comes out as another.
        self.app.update(Message::Key(Key::Char('r')));
        let document = crate::parse::parse(text.as_bytes(), &crate::parse::Hint::named(origin.file_name()));
        self.send(Message::Loaded(origin, Ok(document)));
        self
    }

    /// Changes the size of the window.
    pub fn resize(self, columns: u16, rows: u16) -> Self {
        self.with(Message::Resize(columns, rows))
    }

    /// Lets something happen.
    pub fn with(mut self, message: Message) -> Self {
        self.send(message);
        self
    }

    /// Lets something happen, and all that comes of it.
    pub fn send(&mut self, message: Message) {
        let effects = self.app.update(message);
        self.perform(effects);
    }

    /// The cells of the window.
    pub fn buffer(&self) -> Buffer {
        let (columns, rows) = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        draw(&self.app, &Theme { colours: true }, &mut buffer);
        buffer
    }

    /// The window as text.
    pub fn screen(&self) -> String {
        screen(&self.buffer())
    }

    /// The last row.
    pub fn status(&self) -> String {
        self.screen().lines().last().unwrap_or_default().trim().to_owned()
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Load(origin) => {
                    let message = loaded(origin, &Tables::built_in());
                    self.send(message);
                }
                Effect::Finish(origin) => {
                    let document = open(&origin, &Tables::built_in()).map_err(|error| error.to_string());
                    self.send(Message::Loaded(origin, document));
                }
                Effect::Record(change) => self.recorded.push(change),
                Effect::RecordIn(origin, change) => {
                    self.recorded.push(identified(&origin, &Tables::built_in(), change));
                }
                Effect::Seek(files) => {
                    let found = sought(&files, &Tables::built_in()).map(Box::new);
                    self.send(Message::Sought(found));
                }
                Effect::Anchor(document, passages) => {
                    let anchored = look_for(&document, passages);
                    self.send(Message::Anchored(document, anchored));
                }
                // The terminal's own matter.
                _ => {}
            }
        }
    }
}

/// Reads a written script: characters are keys, names stand in angle brackets.
fn keys(written: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = written.chars();
    while let Some(character) = rest.next() {
        if character != '<' {
            keys.push(Key::Char(character));
            continue;
        }
        match rest.by_ref().take_while(|c| *c != '>').collect::<String>().as_str() {
            "lt" => keys.push(Key::Char('<')),
            name => keys.extend(Key::sequence(name)),
        }
    }
    keys
}

/// A buffer as text: every cluster once, however many cells it takes; what is reversed stands between `▐` and `▌`.
pub fn screen(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut row = String::new();
        let mut is_reversed = false;
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let cell = &buffer[(x, y)];
            if cell.modifier.contains(Modifier::REVERSED) != is_reversed {
                row.push(if is_reversed { '▌' } else { '▐' });
                is_reversed = !is_reversed;
            }
            row.push_str(cell.symbol());
            x += cells(cell.symbol()).max(1);
        }
        if is_reversed {
            row.truncate(row.trim_end().len());
            row.push('▌');
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

/// Cells of a symbol, by our own count.
fn cells(symbol: &str) -> u16 {
    clusters(symbol, WidthPolicy::default()).map(|cluster| u16::from(cluster.cells)).sum()
}
