//! A line being typed: a search or a filter. Knows clusters, so that one Backspace takes one character as people see it.

use super::key::Key;
use unicode_segmentation::UnicodeSegmentation;

/// Characters a prompt holds.
const LONGEST: usize = 200;

/// What is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt {
    /// The text so far.
    pub text: String,
    /// Whether Enter goes where it points, rather than let the list stand.
    pub jumps: bool,
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

    /// Adds text, as by pasting: one line of it.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        self.text.extend(text.chars().filter(|c| !c.is_control()).take(room));
    }
}

#[cfg(test)]
mod tests {
    use super::{Prompt, Typed};
    use crate::app::key::Key;

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
