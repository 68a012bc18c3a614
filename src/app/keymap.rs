//! From keys to commands: sequences, counts, and letters that a command waits for.

use super::command::{COMMANDS, Command, Entry, Group};
use super::context::Context;
use super::key::Key;
use crate::config::Binding;
use std::collections::HashMap;
use std::fmt::Write;

/// Keys that keep what they do whatever else a command is given.
const FIXED: &[&str] = &["Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn"];

/// In the place of a letter: the command's own key once more, or Enter.
pub const AGAIN: char = '\n';

/// Which keys do what, and the keys pressed so far.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// The keys of every command as they are written, in the order of `COMMANDS`.
    written: Vec<Vec<String>>,
    bindings: HashMap<(Context, Vec<Key>), Command>,
    pressed: Vec<Key>,
    count: Option<usize>,
    awaiting: Option<Command>,
    /// What was pressed last, if that was no command.
    missed: Option<String>,
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
        let own = |entry: &Entry| entry.keys.iter().map(|keys| (*keys).to_owned()).collect();
        Self::of(COMMANDS.iter().map(own).collect())
    }
}

impl Keymap {
    fn of(written: Vec<Vec<String>>) -> Self {
        let bindings = bound(&written).map(|(place, index)| (place, COMMANDS[index].command)).collect();
        Self { written, bindings, pressed: Vec::new(), count: None, awaiting: None, missed: None }
    }

    /// Gives commands other keys. Those that cannot be given keep their own; each such line comes with what is wrong.
    pub fn rebind(&mut self, changes: &[Binding]) -> Vec<(usize, String)> {
        let mut problems = Vec::new();
        let own = self.written.clone();
        let mut written = own.clone();
        let mut changed: Vec<(usize, &Binding)> = Vec::new();
        for change in changes {
            match checked(change) {
                Ok(index) => {
                    let is_kept = |keys: &&String| FIXED.contains(&keys.as_str()) && !change.keys.contains(keys);
                    let fixed = own.get(index).into_iter().flatten().filter(is_kept);
                    written[index] = change.keys.iter().chain(fixed).cloned().collect();
                    changed.push((index, change));
                }
                Err(what) => problems.push((change.line, what)),
            }
        }
        problems.extend(keep_a_way_out(&own, &mut written, &mut changed));
        // Clashes are looked for among all changes together, so that two commands may swap their keys.
        while let Some((a, b, keys)) = clash(&written) {
            let Some(last) = changed.iter().rposition(|(index, _)| *index == a || *index == b) else { break };
            let (index, change) = changed.remove(last);
            let other = COMMANDS[if index == a { b } else { a }].name;
            let what = format!("`{}`: {keys} is a key of `{other}`; give that command other keys too", change.command);
            problems.push((change.line, what));
            written[index].clone_from(&own[index]);
        }
        *self = Self::of(written);
        problems
    }

    /// The commands by name, with their keys.
    pub fn commands(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        COMMANDS.iter().map(|entry| entry.name).zip(self.written.iter().map(Vec::as_slice))
    }

    /// The first keys of a command as they are written, if it has any.
    pub fn key(&self, command: Command) -> Option<&str> {
        let index = COMMANDS.iter().position(|entry| entry.command == command)?;
        self.written.get(index)?.first().map(String::as_str)
    }

    /// The first keys of a command as they are written, or its name if it has none: what a sentence calls it by.
    pub fn name(&self, command: Command) -> &str {
        let name = || COMMANDS.iter().find(|entry| entry.command == command).map(|entry| entry.name);
        self.key(command).or_else(name).unwrap_or_default()
    }

    /// The keys as lines of help: a group's title under no keys, or keys and sentence.
    pub fn help(&self) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        for group in Group::ALL {
            lines.push((String::new(), group.title().to_owned()));
            let entries = COMMANDS.iter().zip(&self.written).filter(|(entry, _)| entry.group == group);
            let entries = entries.filter(|(_, keys)| !keys.is_empty());
            lines.extend(entries.map(|(entry, keys)| {
                // A sentence says which keys it is about; they may be others now.
                let own = entry.keys.first().map(|own| format!("`{own}`")).unwrap_or_default();
                let sentence = entry.says().replace(&own, keys.first().map_or("", String::as_str));
                (keys.join(" "), sentence)
            }));
        }
        lines
    }

    /// Takes a key; gives a command when the keys so far are one, of the first of some contexts that has them.
    pub fn press(&mut self, contexts: &[Context], key: Key) -> Option<Pressed> {
        let key = key.narrow();
        self.missed = None;
        if let Some(command) = self.awaiting.take() {
            let count = self.count.take();
            let begun = std::mem::take(&mut self.pressed);
            let letter = match key {
                // The key itself once more, whichever that is; every letter may be a mark.
                key if begun.last() == Some(&key) && command != Command::SetMark => AGAIN,
                Key::Char(letter) => letter,
                Key::Enter => AGAIN,
                _ => return None,
            };
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
        let bound = |context: &Context| self.bindings.get(&(*context, self.pressed.clone())).copied();
        if let Some(command) = contexts.iter().find_map(bound) {
            if matches!(command, Command::SetMark | Command::GoToMark | Command::Highlight | Command::SortList) {
                self.awaiting = Some(command);
                return None;
            }
            self.pressed.clear();
            return Some(Pressed { command, count: self.count.take(), letter: None });
        }
        let begins = |(bound, keys): &(Context, Vec<Key>)| contexts.contains(bound) && keys.starts_with(&self.pressed);
        let is_prefix = self.bindings.keys().any(begins);
        if !is_prefix {
            self.missed = Some(self.pressed.iter().map(ToString::to_string).collect());
            self.reset();
        }
        None
    }

    /// What was pressed last, as it is written, if that was no command.
    pub fn missed(&self) -> Option<&str> {
        self.missed.as_deref()
    }

    /// The keys and count typed so far, for the status line.
    pub fn pending(&self) -> String {
        let mut pending = self.count.map(|count| count.to_string()).unwrap_or_default();
        for key in &self.pressed {
            let _ = write!(pending, "{key}");
        }
        pending
    }

    /// The command that waits for a letter.
    pub fn awaiting(&self) -> Option<Command> {
        self.awaiting
    }

    fn reset(&mut self) {
        self.pressed.clear();
        self.count = None;
    }
}

/// Without keys to go back and to quit there would be no way out: those to quit stay.
fn keep_a_way_out(
    own: &[Vec<String>],
    written: &mut [Vec<String>],
    changed: &mut Vec<(usize, &Binding)>,
) -> Option<(usize, String)> {
    let index = |command| COMMANDS.iter().position(|entry| entry.command == command);
    let (quit, back) = (index(Command::Quit)?, index(Command::Back)?);
    if ![quit, back].iter().all(|index| written.get(*index).is_some_and(Vec::is_empty)) {
        return None;
    }
    written.get_mut(quit)?.clone_from(own.get(quit)?);
    let (_, change) = changed.extract_if(.., |(index, _)| *index == quit).last()?;
    let keys = written.get(quit)?.join(" ");
    Some((change.line, format!("`quit` keeps {keys}: without keys for `back` too there would be no way out")))
}

/// Every binding: context, keys, and the index of its command.
fn bound(written: &[Vec<String>]) -> impl Iterator<Item = ((Context, Vec<Key>), usize)> {
    written.iter().enumerate().flat_map(|(index, keys)| {
        let contexts = COMMANDS[index].contexts;
        contexts.iter().flat_map(move |context| keys.iter().map(move |keys| ((*context, sequence(keys)), index)))
    })
}

/// The keys of one written form; several in a row are set apart by spaces, as in `g Enter`. Pressed keys are narrowed, and
/// so are these.
fn sequence(written: &str) -> Vec<Key> {
    written.split_whitespace().flat_map(Key::sequence).map(Key::narrow).collect()
}

/// The index of the command whose keys are changed, if keys like these can be given.
fn checked(change: &Binding) -> Result<usize, String> {
    let name = &change.command;
    let index = COMMANDS.iter().position(|entry| entry.name == name);
    let index = index.ok_or_else(|| format!("`{name}` is no command; `zhai config show` names all of them"))?;
    for keys in &change.keys {
        if let Some(unknown) = keys.split_whitespace().find(|word| Key::is_misnamed(word)) {
            return Err(format!("`{name}`: `{unknown}` is no key; write keys as j, gg, C-f, Space, PgDn"));
        }
        match sequence(keys).first() {
            None => return Err(format!("`{name}`: an empty key; write keys as j, gg, C-f, Space, PgDn")),
            Some(Key::Char('1'..='9')) => return Err(format!("`{name}`: {keys} begins a count; take another key")),
            Some(_) => {}
        }
    }
    Ok(index)
}

/// Two commands of one context of which one's keys are the other's or begin them, and those keys.
fn clash(written: &[Vec<String>]) -> Option<(usize, usize, String)> {
    let all: Vec<_> = bound(written).collect();
    all.iter().enumerate().find_map(|(rank, ((context, keys), a))| {
        let begins = |((other, longer), b): &&((Context, Vec<Key>), usize)| {
            other == context && (longer.starts_with(keys) || keys.starts_with(longer)) && (a != b || longer != keys)
        };
        let (_, b) = all.iter().skip(rank + 1).find(begins)?;
        Some((*a, *b, keys.iter().map(ToString::to_string).collect()))
    })
}

#[cfg(test)]
mod tests {
    use super::{AGAIN, Context, Keymap, Pressed, clash};
    use crate::app::command::{COMMANDS, Command, Group};
    use crate::app::key::Key;
    use crate::config::Binding;
    use std::fmt::Write;

    #[track_caller]
    fn check(keys: &str, expected: Option<Pressed>) {
        let mut keymap = Keymap::default();
        let mut last = None;
        for key in keys.chars() {
            last = keymap.press(&[Context::Reader], Key::Char(key));
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
        check("''", Some(Pressed { letter: Some(AGAIN), ..pressed(Command::GoToMark) }));
        check("mm", Some(Pressed { letter: Some('m'), ..pressed(Command::SetMark) }));
        check("HH", Some(Pressed { letter: Some(AGAIN), ..pressed(Command::Highlight) }));
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
        for entry in COMMANDS {
            assert!(!entry.sentence.is_empty() && !entry.keys.is_empty(), "{}", entry.name);
        }
        let clash = clash(&Keymap::default().written).map(|(a, b, keys)| (COMMANDS[a].name, COMMANDS[b].name, keys));
        assert_eq!(clash, None);
    }

    /// The keys of some commands after changes, and what was wrong with these.
    #[track_caller]
    fn check_rebound(changes: &[(&str, &[&str])], commands: &str, problems: &[&str]) {
        let mut keymap = Keymap::default();
        let changes: Vec<Binding> = changes
            .iter()
            .enumerate()
            .map(|(line, (command, keys))| Binding {
                command: (*command).to_owned(),
                keys: keys.iter().map(|key| (*key).to_owned()).collect(),
                line,
            })
            .collect();
        let said: Vec<String> =
            keymap.rebind(&changes).into_iter().map(|(line, what)| format!("{line} {what}")).collect();
        assert_eq!(said, problems);
        let wanted: Vec<&str> = commands.split("; ").filter_map(|command| command.split(": ").next()).collect();
        let now: Vec<String> = keymap
            .commands()
            .filter(|(name, _)| wanted.contains(name))
            .map(|(name, keys)| format!("{name}: {}", keys.join(" ")))
            .collect();
        assert_eq!(now.join("; "), commands);
    }

    #[test]
    fn commands_take_other_keys() {
        check_rebound(&[("quit", &["C-q", "g q"]), ("zen", &[])], "quit: C-q g q; zen: ", &[]);
        check_rebound(
            &[("down", &["n"]), ("next-match", &["C-n"]), ("next-unread", &["C-n"])],
            "down: n Down; next-unread: C-n; next-match: C-n",
            &[],
        );
        check_rebound(&[("top", &["G"]), ("bottom", &["gg"])], "top: G Home; bottom: gg End", &[]);
    }

    #[test]
    fn keys_that_cannot_be_given_stay_as_they_were() {
        check_rebound(
            &[("fly", &["f"])],
            "quit: Q C-c",
            &["0 `fly` is no command; `zhai config show` names all of them"],
        );
        check_rebound(
            &[("quit", &["j"])],
            "quit: Q C-c; down: j Down",
            &["0 `quit`: j is a key of `down`; give that command other keys too"],
        );
        check_rebound(
            &[("quit", &["g"])],
            "quit: Q C-c",
            &["0 `quit`: g is a key of `top`; give that command other keys too"],
        );
        for unknown in ["PageDown", "Ctrl-q", "M-x", "Escape", "F99x", "alt-x"] {
            let problem = format!("0 `quit`: `{unknown}` is no key; write keys as j, gg, C-f, Space, PgDn");
            check_rebound(&[("quit", &[unknown])], "quit: Q C-c", &[&problem]);
        }
        check_rebound(&[("quit", &["C--", "zqq", "_", "F12"])], "quit: C-- zqq _ F12", &[]);
        check_rebound(&[("quit", &["3"])], "quit: Q C-c", &["0 `quit`: 3 begins a count; take another key"]);
        check_rebound(
            &[("quit", &[""])],
            "quit: Q C-c",
            &["0 `quit`: an empty key; write keys as j, gg, C-f, Space, PgDn"],
        );
    }

    #[test]
    fn there_is_always_a_way_out() {
        let said = |line| format!("{line} `quit` keeps Q C-c: without keys for `back` too there would be no way out");
        check_rebound(&[("quit", &[]), ("back", &[])], "back: ; quit: Q C-c", &[&said(0)]);
        check_rebound(&[("back", &[]), ("quit", &[])], "back: ; quit: Q C-c", &[&said(1)]);
        check_rebound(&[("quit", &[]), ("back", &["x"]), ("export", &["C-x"])], "back: x; quit: ; export: C-x", &[]);
        // What was to have the keys in their place keeps its own.
        let taken = "1 `down`: C-c is a key of `quit`; give that command other keys too";
        check_rebound(
            &[("quit", &[]), ("down", &["C-c"]), ("back", &[])],
            "back: ; quit: Q C-c; down: j Down",
            &[&said(0), taken],
        );
    }

    #[test]
    fn what_is_rebound_works_and_is_in_the_help() {
        let mut keymap = Keymap::default();
        let binding = Binding { command: "next-heading".to_owned(), keys: vec!["g Enter".to_owned()], line: 1 };
        assert!(keymap.rebind(&[binding]).is_empty());
        assert_eq!(keymap.press(&[Context::Reader], Key::Char(']')), None);
        assert_eq!(keymap.press(&[Context::Reader], Key::Char('g')), None);
        assert_eq!(keymap.press(&[Context::Reader], Key::Enter), Some(pressed(Command::NextHeading)));
        assert!(keymap.help().contains(&("g Enter".to_owned(), "next heading (text, outline)".to_owned())));
        let binding = Binding { command: "zen".to_owned(), keys: vec!["＆".to_owned()], line: 1 };
        assert!(keymap.rebind(&[binding]).is_empty());
        for key in ['＆', '&'] {
            assert_eq!(keymap.press(&[Context::Reader], Key::Char(key)), Some(pressed(Command::Zen)), "{key}");
        }
    }

    /// The keys as a Markdown table, for the README.
    fn table() -> String {
        let mut table = String::from("| Keys | What they do | Where |\n|---|---|---|\n");
        for group in Group::ALL {
            let _ = writeln!(table, "| **{}** | | |", group.title());
            for entry in COMMANDS.iter().filter(|entry| entry.group == group) {
                let keys: Vec<String> = entry.keys.iter().map(|key| format!("`{key}`")).collect();
                let place = entry.place();
                let beside = if place.is_empty() { "" } else { " " };
                let _ = writeln!(table, "| {} | {} |{beside}{place} |", keys.join(" "), entry.sentence);
            }
        }
        table
    }

    #[test]
    fn the_readme_has_the_keys() {
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&table()), "replace the README's key table with this one:\n{}", table());
    }
}
