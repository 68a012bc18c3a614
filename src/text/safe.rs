//! `SafeText`: the only form in which a string from a file may reach a screen.
//!
//! It is made after all decoding (entities, YAML escapes, percent-encoding), because a filter that runs before them
//! lets `&#27;` through as a live escape. It refuses to escape or to quote: what is unsafe is dropped or replaced.

use std::ops::Deref;

/// A string without control, bidirectional or otherwise deceptive characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct SafeText(String);

impl SafeText {
    /// Text of an article's body: keeps `\n` and `\t`.
    pub fn body(text: &str) -> Self {
        Self(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect())
    }

    /// A title, name, address or other text of one line: `\n` and `\t` become spaces.
    pub fn line(text: &str) -> Self {
        Self(text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).filter(|c| !c.is_control()).collect())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for SafeText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for SafeText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}
