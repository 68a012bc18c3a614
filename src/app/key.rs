//! Keys as the app knows them, and how they are written in key tables. It knows no terminal.

/// A key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, shifted as typed.
    Char(char),
    /// A letter with Control.
    Ctrl(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    F(u8),
}

/// Names of keys that are not characters.
const NAMES: &[(&str, Key)] = &[
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Tab", Key::Tab),
    ("S-Tab", Key::BackTab),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    ("Space", Key::Char(' ')),
];

impl Key {
    /// Reads one written form: `j`, `gg`, `C-f`, `Space`, `PgDn`.
    pub fn sequence(written: &str) -> Vec<Self> {
        if let Some((_, key)) = NAMES.iter().find(|(name, _)| *name == written) {
            return vec![*key];
        }
        if let Some(number) = written.strip_prefix('F').and_then(|number| number.parse().ok()) {
            return vec![Self::F(number)];
        }
        match written.strip_prefix("C-").map(|rest| rest.chars().collect::<Vec<_>>()).as_deref() {
            Some([letter]) => vec![Self::Ctrl(*letter)],
            _ => written.chars().map(Self::Char).collect(),
        }
    }

    /// Whether a word is meant as the name of a key, and names none: it would be taken for a row of letters.
    pub fn is_misnamed(word: &str) -> bool {
        let is_modified = word.split_once('-').is_some_and(|(with, key)| !with.is_empty() && !key.is_empty());
        let is_name = is_modified || word.starts_with(|first: char| first.is_ascii_uppercase());
        is_name && word.chars().count() > 2 && Self::sequence(word).len() > 1
    }

    /// The key as an ASCII command: an input method may be on, which gives full-width forms.
    #[must_use]
    pub fn narrow(self) -> Self {
        let Self::Char(character) = self else { return self };
        Self::Char(match character {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
            '\u{3000}' => ' ',
            '【' | '「' => '[',
            '】' | '」' => ']',
            '《' => '<',
            '》' => '>',
            '‘' | '’' => '\'',
            '、' => '/',
            _ => character,
        })
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (NAMES.iter().find(|(_, key)| key == self), self) {
            (Some((name, _)), _) => formatter.write_str(name),
            (None, Self::Char(character)) => write!(formatter, "{character}"),
            (None, Self::Ctrl(letter)) => write!(formatter, "C-{letter}"),
            (None, Self::F(number)) => write!(formatter, "F{number}"),
            (None, other) => write!(formatter, "{other:?}"),
        }
    }
}
