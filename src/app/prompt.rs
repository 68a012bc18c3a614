//! A line being typed: a search or a filter. Knows clusters, so that one Backspace takes one character as people see it.

use super::key::Key;
use unicode_segmentation::UnicodeSegmentation;

/// Characters a prompt holds.
const LONGEST: usize = 200;
/// Lines that are remembered.
const REMEMBERED: usize = 100;

/// What is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt {
    /// The text so far.
    pub text: String,
    /// Whether Enter goes where it points, rather than let the list stand.
    pub jumps: bool,
    /// What was typed at other times, the newest last.
    past: Vec<String>,
    /// Which of that is shown, and what stood there before.
    recalled: Option<(usize, String)>,
}

/// What was typed into prompts of a kind, the newest last.
#[derive(Debug, Clone, Default)]
pub struct Past(Vec<String>);

impl Past {
    /// Remembers a line; one that was known is the newest again.
    pub fn keep(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        self.0.retain(|known| known != line);
        self.0.push(line.to_owned());
        let older = self.0.len().saturating_sub(REMEMBERED);
        self.0.drain(..older);
    }

    /// The newest line.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }
}

/// What became of a key in a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The text changed.
    Changed,
    /// It stands.
    Accepted,
    /// It was given up.
    Cancelled,
    /// Nothing.
    Ignored,
}

impl Prompt {
    /// A prompt that can recall what was typed before.
    pub fn after(past: &Past) -> Self {
        Self { past: past.0.clone(), ..Self::default() }
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Typed {
        match key {
            Key::Enter => return Typed::Accepted,
            Key::Esc | Key::Ctrl('c' | 'g') => return Typed::Cancelled,
            Key::Backspace | Key::Ctrl('h') if self.text.is_empty() => return Typed::Cancelled,
            Key::Backspace | Key::Ctrl('h') => {
                let kept = self.text.grapheme_indices(true).next_back().map_or(0, |(byte, _)| byte);
                self.text.truncate(kept);
            }
            Key::Up | Key::Ctrl('p') => return self.recall(true),
            Key::Down | Key::Ctrl('n') => return self.recall(false),
            Key::Ctrl('u') => self.text.clear(),
            Key::Ctrl('w') => {
                let kept = self.text.trim_end().rfind(' ').map_or(0, |byte| byte + 1);
                self.text.truncate(kept);
            }
            Key::Char(character) => self.insert(character.encode_utf8(&mut [0; 4])),
            _ => return Typed::Ignored,
        }
        Typed::Changed
    }

    /// Shows what was typed before this, or after; past the newest, what stood there.
    fn recall(&mut self, older: bool) -> Typed {
        let at = self.recalled.as_ref().map_or(self.past.len(), |(at, _)| *at);
        let next = if older { at.checked_sub(1) } else { (at < self.past.len()).then_some(at + 1) };
        let Some(next) = next else { return Typed::Ignored };
        let (_, draft) = self.recalled.take().unwrap_or_else(|| (at, std::mem::take(&mut self.text)));
        match self.past.get(next) {
            Some(line) => {
                self.text.clone_from(line);
                self.recalled = Some((next, draft));
            }
            None => self.text = draft,
        }
        Typed::Changed
    }

    /// Adds text, as by pasting: one line of it.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        self.text.extend(text.chars().filter(|c| !c.is_control()).take(room));
    }
}

#[cfg(test)]
mod tests {
    use super::{Past, Prompt, Typed};
    use crate::app::key::Key;

    #[test]
    fn what_was_typed_before_comes_back() {
        let mut past = Past::default();
        for line in ["一", "二", " ", "一"] {
            past.keep(line);
        }
        let mut prompt = Prompt::after(&past);
        prompt.press(Key::Char('新'));
        for (key, typed, text) in [
            (Key::Down, Typed::Ignored, "新"),
            (Key::Up, Typed::Changed, "一"),
            (Key::Up, Typed::Changed, "二"),
            (Key::Up, Typed::Ignored, "二"),
            (Key::Down, Typed::Changed, "一"),
            (Key::Down, Typed::Changed, "新"),
            (Key::Ctrl('p'), Typed::Changed, "一"),
        ] {
            assert_eq!((prompt.press(key), prompt.text.as_str()), (typed, text), "{key:?}");
        }
    }

    #[test]
    fn typing() {
        let mut prompt = Prompt::default();
        for key in "排版👨‍👩‍👧".chars() {
            assert_eq!(prompt.press(Key::Char(key)), Typed::Changed);
        }
        prompt.press(Key::Backspace);
        assert_eq!(prompt.text, "排版");
        prompt.insert("一\n二\u{1b}");
        assert_eq!(prompt.text, "排版一二");
        assert_eq!(prompt.press(Key::Ctrl('u')), Typed::Changed);
        assert_eq!(prompt.press(Key::Backspace), Typed::Cancelled);
    }
}
