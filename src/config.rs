//! Settings and where files live.
//!
//! It refuses to stop the reader: what is wrong with the settings is said in one line, and the rest of them holds.

pub mod exports;
pub mod file;
pub mod folders;
pub mod options;
pub mod tables;
pub mod variables;

pub use folders::{Folders, Keeping, StateFolder};

use crate::layout::Measure;
use crate::text::{Ambiguous, SafeText};
use std::path::PathBuf;

/// What a reader has set.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Folders that open when none is named.
    pub library: Vec<PathBuf>,
    /// Which folder what is kept goes to.
    pub state: StateFolder,
    /// Cells of a line of text.
    pub width: u16,
    /// How text is set; its columns are not a setting.
    pub measure: Measure,
    /// Whether Chinese, Japanese and Korean are set in columns from the start.
    pub vertical: bool,
    /// Cells of the characters that terminals disagree on; none asks the terminal.
    pub ambiguous: Option<Ambiguous>,
    /// Whether zhai has the mouse from the start.
    pub mouse: bool,
    /// Keys that were given to commands.
    pub keys: Vec<Binding>,
    /// The file they are in.
    pub path: PathBuf,
    /// What was not understood.
    pub problems: Vec<Problem>,
}

/// The keys of one command, in place of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The command's name.
    pub command: String,
    /// The keys as written; none leaves the command without any.
    pub keys: Vec<String>,
    /// The line of the file.
    pub line: usize,
}

/// Something in the file that has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong, and the remedy.
    pub what: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            library: Vec::new(),
            state: StateFolder::Data,
            width: 76,
            measure: Measure::default(),
            vertical: false,
            ambiguous: None,
            mouse: false,
            keys: Vec::new(),
            path: PathBuf::from("config.yaml"),
            problems: Vec::new(),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path.to_string_lossy();
        let place = if self.line == 0 { path.into_owned() } else { format!("{path}:{}", self.line) };
        write!(formatter, "{}", SafeText::line(&format!("{place}: {}", self.what)))
    }
}
