//! Every setting: name, sentence, default and meaning, declared once. The default file is made from this.
//!
//! A further choice of `Measure` is one more `choice` line.

use super::{Binding, Settings, StateFolder};
use crate::layout::measure::{Fit, Hang, Hyphens};
use crate::text::Ambiguous;
use crate::text::breaks::{Kinsoku, Words};
use serde_yaml::Value;
use std::path::{Path, PathBuf};

/// Cells of a line that can be asked for.
pub const WIDTHS: std::ops::RangeInclusive<u16> = 20..=160;

/// A setting.
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub sentence: &'static str,
    /// Puts a value in force, or says what may stand there.
    pub set: fn(&mut Settings, &Source<'_>) -> Result<(), String>,
    /// The value in force, as the file would say it.
    pub show: fn(&Settings) -> String,
}

/// A value and where it stands.
#[derive(Debug)]
pub struct Source<'a> {
    /// The value.
    pub value: &'a Value,
    /// The folder of the file.
    pub folder: &'a Path,
    /// The lines of the entry, the first being line `first` of the file.
    pub lines: &'a [&'a str],
    /// See `lines`.
    pub first: usize,
}

/// A setting that takes one of some words, and the field it fills.
macro_rules! choice {
    ($name:literal, $sentence:literal, $choices:expr, $($field:ident).+) => {
        Setting {
            name: $name,
            sentence: $sentence,
            set: |settings, source| choose(source, $choices, &mut settings.$($field).+),
            show: |settings| chosen($choices, settings.$($field).+),
        }
    };
}

/// Every setting, in the order of the default file.
#[rustfmt::skip]
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "library",
        sentence: "Folders that open when none is named, as [~/articles]; without any, the sample library.",
        set: set_library,
        show: |settings| listed(settings.library.iter().map(|folder| folder.to_string_lossy().into_owned())),
    },
    choice!("state_dir", "Where bookmarks, marks and places are kept: data (this machine's own folder), library (.zhai in the first of `library`, for a synchroniser to carry).", STATES, state),
    Setting {
        name: "width",
        sentence: "Cells of a line of text, 20 to 160.",
        set: set_width,
        show: |settings| settings.width.to_string(),
    },
    choice!("kinsoku", "Which marks may not start or end a line: none, loose, normal, strict.", KINSOKU, measure.kinsoku),
    choice!("korean_break", "Where lines of Korean may end: word (between words), char (inside them, for narrow columns).", KOREAN, measure.words),
    choice!("fit", "How lines are filled: greedy, optimal, balance.", FITS, measure.fit),
    choice!("hang", "What a mark at a line's end may do: auto (by language), off, trim, full.", HANGS, measure.hang),
    choice!("autospace", "A gap between Han or kana and Latin letters, no space beside marks of full width, shown only: true, false.", SWITCH, measure.autospace),
    choice!("phrase", "How much lines avoid to end inside a phrase, in Chinese and Japanese: 0 to 9.", PHRASES, measure.phrase),
    choice!("hyphenate", "When English words may be hyphenated: narrow (below 50 cells), never, always.", HYPHENS, measure.hyphens),
    choice!("justify", "Whether short gaps at the ends of lines are filled: true, false.", SWITCH, measure.justify),
    choice!("start_trim", "Whether brackets at the starts of lines stand half in the margin: true, false.", SWITCH, measure.start_trim),
    choice!("indent", "Whether paragraphs begin with an indentation, as their language does it: true, false.", SWITCH, measure.indent),
    choice!("ruby", "Whether the readings of characters are shown, in brackets or beside their column: true, false.", SWITCH, measure.ruby),
    choice!("quotes", "How quotation marks of Chinese are shown: keep, corner (as 「」, which are two cells wide on every terminal).", QUOTES, measure.corner_quotes),
    choice!("vertical", "Whether Chinese, Japanese and Korean are set in columns, from right to left: true, false.", SWITCH, vertical),
    choice!("ambiguous_width", "Cells of marks that terminals disagree on, as quotes and dots: auto (ask the terminal), narrow, wide.", AMBIGUOUS, ambiguous),
    choice!("emoji_selector", "Whether U+FE0F makes a character two cells wide, as in the terminal: true, false.", SWITCH, measure.width.vs16_wide),
    choice!("emoji_joiner", "Whether joined emoji take the room of one, as in the terminal: true, false.", SWITCH, measure.width.zwj_joins),
    choice!("mouse", "Whether zhai has the mouse from the start: true, false.", SWITCH, mouse),
    Setting {
        name: "keys",
        sentence: "Keys in place of a command's own, as {next-heading: [\"]\", C-n], quit: Q}; `zhai config show` has the names.",
        set: set_keys,
        show: show_keys,
    },
];

/// The words of a choice and what they mean.
type Choices<T> = &'static [(&'static str, T)];

const KINSOKU: Choices<Kinsoku> =
    &[("none", Kinsoku::None), ("loose", Kinsoku::Loose), ("normal", Kinsoku::Normal), ("strict", Kinsoku::Strict)];
const KOREAN: Choices<Words> = &[("word", Words::Auto), ("char", Words::Split)];
const FITS: Choices<Fit> = &[("greedy", Fit::Greedy), ("optimal", Fit::Optimal), ("balance", Fit::Balance)];
const HANGS: Choices<Hang> = &[("auto", Hang::Auto), ("off", Hang::Off), ("trim", Hang::Trim), ("full", Hang::Full)];
const AMBIGUOUS: Choices<Option<Ambiguous>> =
    &[("auto", None), ("narrow", Some(Ambiguous::Narrow)), ("wide", Some(Ambiguous::Wide))];
const HYPHENS: Choices<Hyphens> =
    &[("narrow", Hyphens::Narrow), ("never", Hyphens::Never), ("always", Hyphens::Always)];
#[rustfmt::skip]
const PHRASES: Choices<u8> =
    &[("0", 0), ("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5), ("6", 6), ("7", 7), ("8", 8), ("9", 9)];
const STATES: Choices<StateFolder> = &[("data", StateFolder::Data), ("library", StateFolder::Library)];
const QUOTES: Choices<bool> = &[("keep", false), ("corner", true)];
const SWITCH: Choices<bool> = &[("true", true), ("false", false)];

/// Takes one of some words.
fn choose<T: Copy>(source: &Source<'_>, choices: Choices<T>, target: &mut T) -> Result<(), String> {
    let written = text(source.value);
    let found = written.and_then(|written| choices.iter().find(|(word, _)| *word == written));
    let (_, value) = found.ok_or_else(|| {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        format!("write one of {}", words.join(", "))
    })?;
    *target = *value;
    Ok(())
}

/// The word for a value.
fn chosen<T: PartialEq>(choices: Choices<T>, value: T) -> String {
    let word = choices.iter().find(|(_, choice)| *choice == value).map(|(word, _)| *word);
    word.unwrap_or_default().to_owned()
}

fn set_width(settings: &mut Settings, source: &Source<'_>) -> Result<(), String> {
    // In quotes a number is a number all the same.
    let cells = text(source.value).and_then(|cells| cells.trim().parse().ok()).filter(|cells| WIDTHS.contains(cells));
    settings.width = cells.ok_or_else(|| format!("write a number from {} to {}", WIDTHS.start(), WIDTHS.end()))?;
    Ok(())
}

fn set_library(settings: &mut Settings, source: &Source<'_>) -> Result<(), String> {
    let folders = texts(source.value).ok_or("write folders as [~/articles, /srv/articles]")?;
    settings.library = folders.iter().map(|folder| place(folder, source.folder)).collect();
    Ok(())
}

/// A path as a file of settings means it: `~` is the reader's own folder, `~bob` a name like any other, and what is
/// relative is so to the file.
fn place(written: &str, folder: &Path) -> PathBuf {
    let home = || directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned());
    let below = if written == "~" { Some("") } else { written.strip_prefix("~/") };
    match below.and_then(|below| Some(home()?.join(below))) {
        Some(path) => path,
        None => folder.join(written),
    }
}

/// Takes what keys can be taken; a command whose keys cannot is a problem of its own.
fn set_keys(settings: &mut Settings, source: &Source<'_>) -> Result<(), String> {
    let commands = source.value.as_mapping().ok_or("write {command: [keys]}, as {next-heading: [\"]\", C-n]}")?;
    settings.keys.clear();
    for (command, keys) in commands {
        let command = text(command).unwrap_or_default();
        let line = source.line_of(&command);
        match texts(keys) {
            Some(keys) => settings.keys.push(Binding { command, keys, line }),
            None => settings.problem(line, format!("`{command}`: write keys as [\"]\", C-n]")),
        }
    }
    Ok(())
}

impl Source<'_> {
    /// The line of the file on which a name inside the entry stands, as far as can be told.
    fn line_of(&self, name: &str) -> usize {
        let begins = |line: &&str| {
            let line = line.trim_start().trim_start_matches(['"', '\'']);
            line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['"', '\'', ':', ' ']))
        };
        self.first + self.lines.iter().position(begins).unwrap_or_default()
    }
}

/// A value as the text that was written, as far as YAML lets it be known.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// One text or a list of them.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Sequence(values) => values.iter().map(text).collect(),
        value => Some(vec![text(value)?]),
    }
}

/// Texts as a list on one line.
fn listed(texts: impl Iterator<Item = String>) -> String {
    let texts: Vec<String> = texts.map(|text| quoted(&text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A text in quotes, as YAML and JSON take it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn show_keys(settings: &Settings) -> String {
    let commands =
        settings.keys.iter().map(|binding| format!("{}: {}", binding.command, listed(binding.keys.iter().cloned())));
    format!("{{{}}}", commands.collect::<Vec<_>>().join(", "))
}
