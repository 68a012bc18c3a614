//! From keys to commands: sequences, counts, and letters that a command waits for.

use super::command::{COMMANDS, Command, Entry, Group};
use super::key::Key;
use std::collections::HashMap;
use std::fmt::Write;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The list of articles.
    List,
    /// The text.
    Reader,
    /// The text, while something in it is being selected.
    Select,
    /// The outline.
    Outline,
    /// The list of bookmarks.
    Bookmarks,
    /// The help.
    Help,
}

/// Which keys do what, and the keys pressed so far.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: HashMap<(Context, Vec<Key>), Command>,
    pressed: Vec<Key>,
    count: Option<usize>,
    awaiting: Option<Command>,
}

/// What a key press came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pressed {
    /// The command.
    pub command: Command,
    /// The count typed before it.
    pub count: Option<usize>,
    /// The letter typed after it, for commands that take one.
    pub letter: Option<char>,
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = COMMANDS.iter().flat_map(|entry| bound(entry).map(|binding| (binding, entry.command))).collect();
        Self { bindings, pressed: Vec::new(), count: None, awaiting: None }
    }
}

impl Keymap {
    /// Takes a key; gives a command when the keys so far are one.
    pub fn press(&mut self, context: Context, key: Key) -> Option<Pressed> {
        let key = key.narrow();
        if let Some(command) = self.awaiting.take() {
            let count = self.count.take();
            let Key::Char(letter) = key else { return None };
            return Some(Pressed { command, count, letter: Some(letter) });
        }
        if let Key::Char(digit @ '0'..='9') = key
            && self.pressed.is_empty()
            && (digit != '0' || self.count.is_some())
        {
            let digit = digit as usize - '0' as usize;
            self.count = Some((self.count.unwrap_or_default() * 10 + digit).min(1_000_000));
            return None;
        }
        if key == Key::Esc && (self.count.is_some() || !self.pressed.is_empty()) {
            self.reset();
            return None;
        }
        self.pressed.push(key);
        if let Some(command) = self.bindings.get(&(context, self.pressed.clone())).copied() {
            self.pressed.clear();
            if matches!(command, Command::SetMark | Command::GoToMark) {
                self.awaiting = Some(command);
                return None;
            }
            return Some(Pressed { command, count: self.count.take(), letter: None });
        }
        let is_prefix = self.bindings.keys().any(|(bound, keys)| *bound == context && keys.starts_with(&self.pressed));
        if !is_prefix {
            self.reset();
        }
        None
    }

    /// The keys and count typed so far, for the status line.
    pub fn pending(&self) -> String {
        let mut pending = self.count.map(|count| count.to_string()).unwrap_or_default();
        for key in &self.pressed {
            let _ = write!(pending, "{key}");
        }
        pending.push_str(match self.awaiting {
            Some(Command::SetMark) => "m",
            Some(_) => "'",
            None => "",
        });
        pending
    }

    fn reset(&mut self) {
        self.pressed.clear();
        self.count = None;
    }
}

fn bound(entry: &Entry) -> impl Iterator<Item = (Context, Vec<Key>)> {
    entry.contexts.iter().flat_map(|context| entry.keys.iter().map(|keys| (*context, Key::sequence(keys))))
}

/// The keys as lines of help: a group's title under no keys, or keys and sentence.
pub fn help() -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for group in Group::ALL {
        lines.push((String::new(), group.title().to_owned()));
        let entries = COMMANDS.iter().filter(|entry| entry.group == group);
        lines.extend(entries.map(|entry| (entry.keys.join(" "), entry.sentence.replace('`', ""))));
    }
    lines
}

/// The keys as a Markdown table, for the README.
pub fn table() -> String {
    let mut table = String::from("| Keys | What they do |\n|---|---|\n");
    for group in Group::ALL {
        let _ = writeln!(table, "| **{}** | |", group.title());
        for entry in COMMANDS.iter().filter(|entry| entry.group == group) {
            let keys: Vec<String> = entry.keys.iter().map(|key| format!("`{key}`")).collect();
            let _ = writeln!(table, "| {} | {} |", keys.join(" "), entry.sentence);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Context, Keymap, Pressed, bound, table};
    use crate::app::command::{COMMANDS, Command};
    use crate::app::key::Key;
    use std::collections::HashMap;

    #[track_caller]
    fn check(keys: &str, expected: Option<Pressed>) {
        let mut keymap = Keymap::default();
        let mut last = None;
        for key in keys.chars() {
            last = keymap.press(Context::Reader, Key::Char(key));
        }
        assert_eq!(last, expected, "{keys}");
    }

    fn pressed(command: Command) -> Pressed {
        Pressed { command, count: None, letter: None }
    }

    #[test]
    fn sequences_counts_and_letters() {
        check("j", Some(pressed(Command::Down)));
        check("gg", Some(pressed(Command::Top)));
        check("12j", Some(Pressed { count: Some(12), ..pressed(Command::Down) }));
        check("50%", Some(Pressed { count: Some(50), ..pressed(Command::Percent) }));
        check("ma", Some(Pressed { letter: Some('a'), ..pressed(Command::SetMark) }));
        check("''", Some(Pressed { letter: Some('\''), ..pressed(Command::GoToMark) }));
        check("gx", None);
        check("gxj", Some(pressed(Command::Down)));
    }

    #[test]
    fn an_input_method_may_be_on() {
        check("／", Some(pressed(Command::Search)));
        check("？", Some(pressed(Command::Help)));
        check("】", Some(pressed(Command::NextHeading)));
        check("１２ｊ", Some(Pressed { count: Some(12), ..pressed(Command::Down) }));
    }

    #[test]
    fn no_key_is_bound_twice_and_every_command_has_a_sentence() {
        let mut seen: HashMap<_, Command> = HashMap::new();
        for entry in COMMANDS {
            assert!(!entry.sentence.is_empty() && !entry.keys.is_empty(), "{}", entry.name);
            for binding in bound(entry) {
                let before = seen.insert(binding.clone(), entry.command);
                assert!(before.is_none(), "{binding:?} is bound to {before:?} and {:?}", entry.command);
            }
        }
        for ((context, keys), command) in &seen {
            let is_hidden = |(other, longer): &&(Context, Vec<Key>)| {
                other == context && longer.len() > keys.len() && longer.starts_with(keys)
            };
            let hidden = seen.keys().find(is_hidden);
            assert!(hidden.is_none(), "{keys:?} ({command:?}) hides {hidden:?}");
        }
    }

    #[test]
    fn the_readme_has_the_keys() {
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&table()), "replace the README's key table with this one:\n{}", table());
    }
}
