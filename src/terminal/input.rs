//! From the terminal's events and the system's signals to messages.

use crate::app::key::Key;
use crate::app::{Message, Mouse};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// Rows that one turn of the wheel scrolls.
const WHEEL: isize = 3;
/// How long the place may take to be saved once a signal has come.
const LAST_WORDS: Duration = Duration::from_millis(1500);

/// Starts to read events, on a thread of its own.
pub fn events(messages: Sender<Message>) {
    std::thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            for message in self::messages(event) {
                if messages.send(message).is_err() {
                    return;
                }
            }
        }
        // No more keys can come: nobody is there.
        let _ = messages.send(Message::End);
    });
}

/// Waits, on a thread of its own, for a signal that ends the program: the place is saved as when one quits, and if that
/// does not come about, the terminal is given back all the same. Gives the signal, 0 before it.
pub fn signals(messages: Sender<Message>) -> Arc<AtomicI32> {
    let ending = Arc::new(AtomicI32::new(0));
    #[cfg(unix)]
    wait_for_signals(messages, Arc::clone(&ending));
    #[cfg(not(unix))]
    drop(messages);
    ending
}

#[cfg(unix)]
fn wait_for_signals(messages: Sender<Message>, ending: Arc<AtomicI32>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            ending.store(signal, Ordering::Relaxed);
            let _ = messages.send(Message::End);
            std::thread::sleep(LAST_WORDS);
            super::restore();
            std::process::exit(128 + signal);
        }
    });
}

/// What an event comes to: of keys, none or two where Alt was held.
fn messages(event: Event) -> Vec<Message> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => keys(event).into_iter().map(Message::Key).collect(),
        other => message(other).into_iter().collect(),
    }
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(columns, rows) => Some(Message::Resize(columns, rows)),
        Event::Mouse(event) => match event.kind {
            MouseEventKind::ScrollDown => Some(Message::Mouse(Mouse::Wheel(WHEEL), event.column, event.row)),
            MouseEventKind::ScrollUp => Some(Message::Mouse(Mouse::Wheel(-WHEEL), event.column, event.row)),
            MouseEventKind::Drag(MouseButton::Left) => Some(Message::Mouse(Mouse::Drag, event.column, event.row)),
            MouseEventKind::Down(MouseButton::Left) => Some(Message::Mouse(Mouse::Press, event.column, event.row)),
            _ => None,
        },
        _ => None,
    }
}

/// The keys that an event is for zhai. Terminals write Alt as an Escape before the key, so that one who is quick after
/// an Escape seems to hold it: what was typed is the two. Taken for the key alone, it would do what nobody asked for.
fn keys(event: KeyEvent) -> Vec<Key> {
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    match (alt, event.code) {
        // AltGr, where Alt is no Escape: the character that it types.
        (true, KeyCode::Char(letter)) if cfg!(windows) && event.modifiers.contains(KeyModifiers::CONTROL) => {
            vec![Key::Char(letter)]
        }
        (true, _) if cfg!(windows) => Vec::new(),
        _ => alt.then_some(Key::Esc).into_iter().chain(key(event)).collect(),
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let is_control = event.modifiers.contains(KeyModifiers::CONTROL);
    Some(match event.code {
        KeyCode::Char(letter) if is_control => Key::Ctrl(letter.to_ascii_lowercase()),
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::keys;
    use crate::app::key::Key;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    #[cfg(unix)]
    fn alt_is_an_escape_before_the_key() {
        let pressed = |code, modifiers| keys(KeyEvent::new(code, modifiers));
        assert_eq!(pressed(KeyCode::Char('d'), KeyModifiers::NONE), [Key::Char('d')]);
        assert_eq!(pressed(KeyCode::Char('D'), KeyModifiers::SHIFT), [Key::Char('D')]);
        assert_eq!(pressed(KeyCode::Char('d'), KeyModifiers::CONTROL), [Key::Ctrl('d')]);
        assert_eq!(pressed(KeyCode::Char('d'), KeyModifiers::ALT), [Key::Esc, Key::Char('d')]);
        assert_eq!(pressed(KeyCode::Enter, KeyModifiers::ALT), [Key::Esc, Key::Enter]);
    }
}
