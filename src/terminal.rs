//! The event loop: wait, update, perform, draw. The only place that knows a terminal.
//!
//! Slow work is done by a worker thread; the terminal is given back whatever ends the program.

pub mod input;
pub mod opener;
pub mod painter;
#[cfg(unix)]
pub mod probe;
#[cfg(unix)]
pub mod signals;
pub mod turn;
pub mod worker;

use crate::annotations::clock::WallClock;
use crate::annotations::{Annotations, Journal};
use crate::app::{App, Effect, Message};
#[cfg(unix)]
use crate::config::Folders;
use crate::config::Settings;
use crate::layout::Measure;
use crate::library::{Origin, Tables};
use crate::text::WidthPolicy;
use crate::ui::{self, theme::Theme};
use anyhow::{Context, bail};
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue};
use opener::Opener;
use painter::Painter;
use ratatui::Terminal;
use ratatui::layout::Position;
use std::io::{BufWriter, IsTerminal, Stdout, stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use turn::Turn;

/// How long the first screen waits for what it is to show, rather than show less.
const OPENING: Duration = Duration::from_millis(30);
/// Bytes of a screen that are sent at once: standard output by itself sends every kilobyte.
const FRAME: usize = 64 << 10;
/// How long nothing has to happen for the app to be told so: what another window has kept is here within a second.
const TICK: Duration = Duration::from_millis(500);

/// Reads until the reader is done with it.
pub fn run(
    origins: Vec<Origin>,
    settings: Settings,
    tables: Arc<Tables>,
    journal: impl FnOnce() -> (Journal, Annotations) + Send + 'static,
) -> anyhow::Result<()> {
    check()?;
    let (sender, messages) = channel();
    // One article is read, and what was kept, while the terminal is being set up.
    let is_asked_for = match origins.as_slice() {
        [origin] => {
            worker::load(origin.clone(), Arc::clone(&tables), sender.clone());
            true
        }
        _ => false,
    };
    let worker = worker::start(journal, Arc::clone(&tables), sender.clone());
    let mut screen = Screen::open(sender.clone())?;
    let settings = Settings { measure: Measure { width: width(&settings), ..settings.measure.clone() }, ..settings };
    let (mut app, mut effects) = App::new(origins, settings, &tables, Box::new(WallClock));
    effects.retain(|effect| !(is_asked_for && matches!(effect, Effect::Load(_))));
    let signal = Arc::<AtomicI32>::default();
    #[cfg(unix)]
    signals::wait(sender.clone(), Arc::clone(&signal), screen.turn.clone());
    let turn = screen.turn.clone();
    let result = screen
        .open_reader(&mut app, effects, &messages, &worker)
        .and_then(|size| {
            // Threads that start while the first screen is made take its processors away.
            input::events(sender, turn);
            // A window that changed before somebody listened is as it is now.
            let now = crossterm::terminal::size()?;
            Ok(if now == size { None } else { Some(Message::Resize(now.0, now.1)) })
        })
        .and_then(|news| screen.read(&mut app, news, &messages, &worker));
    screen.close();
    if result.is_err() {
        // The terminal is gone, and with it the way to ask: what was being read is kept all the same.
        app.update(Message::End).into_iter().for_each(|effect| drop(worker.effects.send(effect)));
    }
    drop(worker.effects);
    let unsaved = worker.thread.join().ok().flatten();
    match signal.load(Ordering::Relaxed) {
        0 => match unsaved {
            Some(why) => result.and(Err(anyhow::anyhow!(why))),
            None => result,
        },
        signal => std::process::exit(128 + signal),
    }
}

/// How the terminal measures, as far as the settings leave that to it.
fn width(settings: &Settings) -> WidthPolicy {
    let set = settings.measure.width;
    if settings.ambiguous.is_some() {
        return set;
    }
    let probed = probed().unwrap_or(set);
    WidthPolicy { vs16_wide: set.vs16_wide && probed.vs16_wide, zwj_joins: set.zwj_joins && probed.zwj_joins, ..probed }
}

/// What the terminal says itself.
#[cfg(unix)]
fn probed() -> Option<WidthPolicy> {
    probe::measure(&Folders::find().cache)
}

/// Where there is no `/dev/tty` nobody is asked.
#[cfg(not(unix))]
fn probed() -> Option<WidthPolicy> {
    None
}

/// Whether there is a terminal that can show the reader.
fn check() -> anyhow::Result<()> {
    if !stdout().is_terminal() {
        bail!("standard output is not a terminal; `zhai list` and `zhai show PATH` print");
    }
    if cfg!(unix) && std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb") {
        bail!("this terminal moves no cursor (TERM is dumb or not set); `zhai list` and `zhai show PATH` print");
    }
    Ok(())
}

/// The terminal in raw mode on its alternate screen.
struct Screen {
    terminal: Terminal<Painter<BufWriter<Stdout>>>,
    theme: Theme,
    /// Whether something on the screen may take other cells than we think: the next drawing then starts from nothing,
    /// or parts of it would stay behind.
    is_unsure: bool,
    /// Whether the mouse is zhai's, to be taken again after a pause.
    has_mouse: bool,
    /// Whose the keys are.
    turn: Turn,
    /// Where what becomes of a program is told to which the terminal is lent.
    messages: Sender<Message>,
}

impl Screen {
    fn open(messages: Sender<Message>) -> anyhow::Result<Self> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Elsewhere a panic costs an article or a search, not the screen.
            if std::thread::current().name() == Some("main") {
                restore();
                before(panic);
            }
        }));
        // Keys come from standard input, or from the terminal itself where that is something else, as for `zhai -`.
        enable_raw_mode().context("no terminal to read keys from; `zhai list` and `zhai show PATH` print")?;
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        let terminal = Terminal::new(Painter::new(BufWriter::with_capacity(FRAME, stdout())))?;
        let colours = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let theme = Theme { colours };
        Ok(Self { terminal, theme, is_unsure: false, has_mouse: false, turn: Turn::default(), messages })
    }

    fn close(&mut self) {
        let _ = self.terminal.show_cursor();
        restore();
    }

    /// Makes the first screen. Gives the columns and rows it was made for.
    fn open_reader(
        &mut self,
        app: &mut App,
        effects: Vec<Effect>,
        messages: &Receiver<Message>,
        worker: &worker::Worker,
    ) -> anyhow::Result<(u16, u16)> {
        let (columns, rows) = crossterm::terminal::size()?;
        app.update(Message::Resize(columns, rows));
        // What the first screen shows comes first; to look for articles would take its processor away.
        let (opening, mut rest): (Vec<_>, Vec<_>) =
            effects.into_iter().partition(|effect| matches!(effect, Effect::Load(_)));
        self.perform(opening, worker)?;
        let deadline = Instant::now() + OPENING;
        while app.is_waiting()
            && let Ok(message) = messages.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            rest.extend(app.update(message));
            if app.needs_the_rest() {
                let (needed, others) = rest.into_iter().partition(|effect| matches!(effect, Effect::Finish(_)));
                rest = others;
                self.perform(needed, worker)?;
            }
        }
        self.draw(app, false)?;
        self.perform(rest, worker)?;
        Ok((columns, rows))
    }

    /// Lets the reader read; `news` is what has happened already.
    fn read(
        &mut self,
        app: &mut App,
        mut news: Option<Message>,
        messages: &Receiver<Message>,
        worker: &worker::Worker,
    ) -> anyhow::Result<()> {
        while !app.quits {
            let first = match news.take().map_or_else(|| messages.recv_timeout(TICK), Ok) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => Message::Tick,
                Err(RecvTimeoutError::Disconnected) => Message::End,
            };
            let (mut has_news, mut has_new_size) = (false, false);
            // Draw once for all that has come in, however much that is.
            for message in std::iter::once(first).chain(messages.try_iter()) {
                has_news |= !matches!(message, Message::Tick);
                // Even if it is the size as before: what the terminal did to the cells in between is not known.
                has_new_size |= matches!(message, Message::Resize(..));
                let effects = app.update(message);
                self.perform(effects, worker)?;
                if app.quits {
                    return Ok(());
                }
            }
            if has_news {
                self.draw(app, has_new_size)?;
            }
        }
        Ok(())
    }

    fn draw(&mut self, app: &App, anew: bool) -> anyhow::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        if anew || self.is_unsure {
            self.clear()?;
        }
        let theme = self.theme;
        let frame = self.terminal.draw(|frame| {
            if let Some(cursor) = ui::draw(app, &theme, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        self.is_unsure = frame.buffer.content.iter().any(|cell| is_unsure(cell.symbol()));
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(())
    }

    fn perform(&mut self, effects: Vec<Effect>, worker: &worker::Worker) -> anyhow::Result<()> {
        for effect in effects {
            match effect {
                Effect::Copy(text) => execute!(stdout(), CopyToClipboard::to_clipboard_from(text))?,
                Effect::Redraw => self.clear()?,
                Effect::Suspend => self.suspend()?,
                Effect::Mouse(is_on) => self.mouse(is_on)?,
                Effect::Browse(address) => match Opener::of(&address) {
                    Ok(opener) if opener.needs_terminal => self.lend(opener, address)?,
                    _ => worker.effects.send(Effect::Browse(address))?,
                },
                slow => worker.effects.send(slow)?,
            }
        }
        Ok(())
    }

    fn mouse(&mut self, is_on: bool) -> anyhow::Result<()> {
        self.has_mouse = is_on;
        if is_on {
            execute!(stdout(), EnableMouseCapture)?;
        } else {
            execute!(stdout(), DisableMouseCapture)?;
        }
        Ok(())
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        restore();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.take_back()
    }

    /// Takes the terminal that was given back. What was drawn on it is painted over, and whoever had it was told of a
    /// change of its size, not zhai.
    fn take_back(&mut self) -> anyhow::Result<()> {
        enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        self.mouse(self.has_mouse)?;
        self.clear()?;
        let (columns, rows) = crossterm::terminal::size()?;
        Ok(self.messages.send(Message::Resize(columns, rows))?)
    }

    /// Lends the terminal to a browser that needs one, until that ends.
    #[cfg(unix)]
    fn lend(&mut self, opener: Opener, address: String) -> anyhow::Result<()> {
        let mut opened = Err("the terminal could not be lent".to_owned());
        let turn = self.turn.clone();
        turn.lend(|| {
            restore();
            opened = opener.open();
        });
        self.take_back()?;
        if let Err(why) = opened {
            self.messages.send(Message::Unopened(address, why))?;
        }
        Ok(())
    }

    /// Where there are no signals, whoever waits for keys cannot be stopped.
    #[cfg(not(unix))]
    fn lend(&mut self, _: Opener, address: String) -> anyhow::Result<()> {
        Ok(self.messages.send(Message::Unopened(address, "it needs a terminal of its own".to_owned()))?)
    }

    /// Makes the next drawing paint every cell. `Terminal::clear` would ask the terminal where its cursor is, and the
    /// answer goes to the thread that reads the keys.
    fn clear(&mut self) -> anyhow::Result<()> {
        let area = self.terminal.size()?;
        self.terminal.resize((Position::ORIGIN, area).into())?;
        Ok(())
    }
}

/// Whether terminals disagree about the cells of a cluster: flags, keycaps, emoji of several parts.
fn is_unsure(cluster: &str) -> bool {
    let joins = |c: char| matches!(c, '\u{200d}' | '\u{20e3}' | '\u{fe0f}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}');
    cluster.len() >= 4 && cluster.chars().any(joins)
}

/// Gives the terminal back as it was.
pub fn restore() {
    let _ =
        execute!(stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, crossterm::cursor::Show);
    let _ = disable_raw_mode();
}
