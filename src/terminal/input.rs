//! From the terminal's events to messages.

use super::turn::Turn;
use crate::app::key::Key;
use crate::app::{Message, Mouse};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// Rows that one turn of the wheel scrolls.
const WHEEL: isize = 3;

/// Starts to read events, on a thread of its own.
pub fn events(messages: Sender<Message>, turn: Turn) {
    std::thread::spawn(move || {
        while let Ok(event) = {
            turn.wait(|| drop(crossterm::event::poll(Duration::ZERO)));
            crossterm::event::read()
        } {
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
    fn alt_is_an_escape_before_the_key() {
        let pressed = |code, modifiers| keys(KeyEvent::new(code, modifiers));
        assert_eq!(pressed(KeyCode::Char('d'), KeyModifiers::NONE), [Key::Char('d')]);
        assert_eq!(pressed(KeyCode::Char('D'), KeyModifiers::SHIFT), [Key::Char('D')]);
        assert_eq!(pressed(KeyCode::Char('d'), KeyModifiers::CONTROL), [Key::Ctrl('d')]);
        if cfg!(unix) {
            assert_eq!(pressed(KeyCode::Char('d'), KeyModifiers::ALT), [Key::Esc, Key::Char('d')]);
            assert_eq!(pressed(KeyCode::Enter, KeyModifiers::ALT), [Key::Esc, Key::Enter]);
        }
    }
}
