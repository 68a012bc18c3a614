//! Writing a note: a small editor of a few lines, drawn by us so that the cursor stands where one types.
//!
//! The editing itself (undo, words, lines) is `ratatui-textarea`'s; its painting is not used, since cells are ours.

use super::key::Key;
use crate::text::{SafeText, WidthPolicy, clusters};
use ratatui_textarea::{CursorMove, DataCursor, Input, Key as AreaKey, TextArea};

/// Characters a note may have.
const LONGEST: usize = 8_000;

/// A note being written.
#[derive(Debug, Clone)]
pub struct NoteEditor {
    /// The bookmark that the note belongs to.
    pub bookmark: String,
    /// The words it is about.
    pub quote: SafeText,
    /// Whether the words are kept for the note's sake alone, and go with it.
    pub is_new: bool,
    area: TextArea<'static>,
    before: String,
    warned: bool,
}

/// What became of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// The note goes on.
    Going,
    /// It is to be kept: its text.
    Kept(String),
    /// It was left unchanged.
    Left,
    /// It has changes; leaving would lose them.
    Unsaved,
}

impl NoteEditor {
    /// An editor of a note.
    pub fn new(bookmark: String, quote: SafeText, note: &str) -> Self {
        let mut area = TextArea::new(note.split('\n').map(ToOwned::to_owned).collect());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { bookmark, quote, is_new: false, area, before: note.to_owned(), warned: false }
    }

    /// The text so far.
    pub fn text(&self) -> String {
        self.area.lines().join("\n").trim_end().to_owned()
    }

    /// Takes a key: Enter keeps the note, `C-j` begins a new line, `C-u` deletes to the start of the line, `C-z` undoes, Esc
    /// leaves; the rest is as in Emacs and in shells.
    pub fn press(&mut self, key: Key) -> Noted {
        let warned = std::mem::take(&mut self.warned);
        match key {
            Key::Enter | Key::Ctrl('s') => return Noted::Kept(self.text()),
            Key::Esc if self.text() == self.before.trim_end() || warned => return Noted::Left,
            Key::Esc => {
                self.warned = true;
                return Noted::Unsaved;
            }
            Key::Ctrl('j') => self.area.insert_newline(),
            Key::Ctrl('u') => drop(self.area.delete_line_by_head()),
            Key::Ctrl('z') => drop(self.area.undo()),
            Key::Char(_) if self.text().chars().count() >= LONGEST => {}
            _ => drop(self.area.input(input(key))),
        }
        Noted::Going
    }

    /// What becomes of it when zhai has to end: what was written is kept.
    pub fn end(&self) -> Noted {
        let text = self.text();
        if text == self.before.trim_end() { Noted::Left } else { Noted::Kept(text) }
    }

    /// Adds text, as by pasting.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        let kept: String = SafeText::body(text).chars().take(room).collect();
        self.area.insert_str(kept);
    }

    /// The text as rows of some cells, and the row and column of the cursor.
    pub fn rows(&self, columns: u16, width: WidthPolicy) -> (Vec<String>, (usize, u16)) {
        let DataCursor(line_at, character_at) = self.area.cursor();
        let mut rows = Vec::new();
        let mut cursor = (0, 0);
        for (index, line) in self.area.lines().iter().enumerate() {
            let wanted = (index == line_at).then_some(character_at);
            if let Some(place) = wrap(line, columns.max(2), wanted, width, &mut rows) {
                cursor = place;
            }
        }
        (rows, cursor)
    }
}

/// Adds a line to rows; gives the row and column of the cursor if it is after some characters of this line.
pub(super) fn wrap(
    line: &str,
    columns: u16,
    cursor: Option<usize>,
    width: WidthPolicy,
    rows: &mut Vec<String>,
) -> Option<(usize, u16)> {
    let mut row = String::new();
    let (mut cells, mut characters) = (0, 0);
    let mut place = None;
    for cluster in clusters(line, width) {
        if cells + u16::from(cluster.cells) > columns {
            rows.push(std::mem::take(&mut row));
            cells = 0;
        }
        if cursor.is_some_and(|cursor| cursor >= characters) {
            place = Some((rows.len(), cells));
        }
        row.push_str(cluster.text);
        cells += u16::from(cluster.cells);
        characters += cluster.text.chars().count();
    }
    if cursor.is_some_and(|cursor| cursor >= characters) {
        place = Some((rows.len(), cells.min(columns - 1)));
    }
    rows.push(row);
    place
}

fn input(key: Key) -> Input {
    let (key, ctrl) = match key {
        Key::Char(character) => (AreaKey::Char(character), false),
        Key::Ctrl(letter) => (AreaKey::Char(letter), true),
        Key::Enter => (AreaKey::Enter, false),
        Key::Esc => (AreaKey::Esc, false),
        Key::Tab | Key::BackTab => (AreaKey::Null, false),
        Key::Backspace => (AreaKey::Backspace, false),
        Key::Delete => (AreaKey::Delete, false),
        Key::Up => (AreaKey::Up, false),
        Key::Down => (AreaKey::Down, false),
        Key::Left => (AreaKey::Left, false),
        Key::Right => (AreaKey::Right, false),
        Key::Home => (AreaKey::Home, false),
        Key::End => (AreaKey::End, false),
        Key::PageUp => (AreaKey::PageUp, false),
        Key::PageDown => (AreaKey::PageDown, false),
        Key::F(number) => (AreaKey::F(number), false),
    };
    Input { key, ctrl, alt: false, shift: false }
}

#[cfg(test)]
mod tests {
    use super::{NoteEditor, Noted};
    use crate::app::key::Key;
    use crate::text::{SafeText, WidthPolicy};

    fn editor(note: &str) -> NoteEditor {
        NoteEditor::new("id".to_owned(), SafeText::line("词"), note)
    }

    #[test]
    fn typing_and_keeping() {
        let mut editor = editor("旧");
        "的 note".chars().for_each(|key| assert_eq!(editor.press(Key::Char(key)), Noted::Going));
        editor.press(Key::Ctrl('j'));
        editor.insert("第二行\u{1b}[2J");
        assert_eq!(editor.press(Key::Enter), Noted::Kept("旧的 note\n第二行[2J".to_owned()));
    }

    #[test]
    fn deleting_a_line_and_undoing() {
        let mut editor = editor("第一行\n第二行");
        editor.press(Key::Left);
        editor.press(Key::Ctrl('u'));
        assert_eq!(editor.text(), "第一行\n行");
        editor.press(Key::Ctrl('z'));
        assert_eq!(editor.text(), "第一行\n第二行");
    }

    #[test]
    fn nothing_written_is_lost_by_one_key() {
        let mut editor = editor("旧");
        assert_eq!(editor.press(Key::Esc), Noted::Left);
        assert_eq!(editor.end(), Noted::Left);
        editor.press(Key::Char('新'));
        assert_eq!(editor.end(), Noted::Kept("旧新".to_owned()));
        assert_eq!(editor.press(Key::Esc), Noted::Unsaved);
        assert_eq!(editor.press(Key::Left), Noted::Going);
        assert_eq!(editor.press(Key::Esc), Noted::Unsaved);
        assert_eq!(editor.press(Key::Esc), Noted::Left);
    }

    /// Checks the rows, with `|` at the cursor.
    #[track_caller]
    fn check(note: &str, left: usize, expected: &[&str]) {
        let mut editor = editor(note);
        (0..left).for_each(|_| drop(editor.press(Key::Left)));
        let (rows, (row, column)) = editor.rows(6, WidthPolicy::default());
        let mut marked: Vec<String> = rows;
        let mut cells = 0;
        let at = marked[row].char_indices().find(|(_, c)| {
            let here = cells >= column;
            cells += if c.is_ascii() { 1 } else { 2 };
            here
        });
        let byte = at.map_or(marked[row].len(), |(byte, _)| byte);
        marked[row].insert(byte, '|');
        assert_eq!(marked, expected);
    }

    #[test]
    fn rows_and_cursor() {
        check("中文字体a", 0, &["中文字", "体a|"]);
        check("中文字体a", 2, &["中文字", "|体a"]);
        check("一\n\n二", 1, &["一", "", "|二"]);
        check("一\n\n二", 2, &["一", "|", "二"]);
    }
}
