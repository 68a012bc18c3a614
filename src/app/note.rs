//! Writing a note: a small editor of a few lines, set as the text is, with the cursor where one types.
//!
//! The editing itself (undo, words, lines) is `ratatui-textarea`'s; its painting is not used, since cells are ours. No
//! character is left out of its rows and none put in: each can be gone to.

use super::key::Key;
use crate::layout::Measure;
use crate::text::breaks::{Icu, Rules, opportunities};
use crate::text::language::Evidence;
use crate::text::{SafeText, WidthPolicy, clusters};
use ratatui_textarea::{CursorMove, DataCursor, Input, Key as AreaKey, TextArea};
use std::ops::Range;

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
    /// Its rows, for the window as it is.
    pub rows: Vec<String>,
    /// The row and the cell that the cursor is at: behind the last cluster of a full row, in the margin.
    pub cursor: (usize, u16),
    area: TextArea<'static>,
    before: String,
    warned: bool,
    /// The line that each row is of, and its bytes in it.
    parts: Vec<(usize, Range<usize>)>,
    measure: Measure,
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
        Self {
            bookmark,
            quote,
            is_new: false,
            rows: Vec::new(),
            cursor: (0, 0),
            area,
            before: note.to_owned(),
            warned: false,
            parts: Vec::new(),
            measure: Measure::default(),
        }
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
            Key::Up => self.step(-1),
            Key::Down => self.step(1),
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

    /// Sets the text in rows.
    pub fn set(&mut self, measure: &Measure) {
        self.measure = measure.clone();
        let (columns, width) = (self.measure.columns, self.measure.width);
        let lines = self.area.lines();
        let parts = |(index, line): (usize, &String)| broken(line, measure).into_iter().map(move |part| (index, part));
        self.parts = lines.iter().enumerate().flat_map(parts).collect();
        let text = |(line, part): &(usize, Range<usize>)| lines.get(*line).and_then(|line| line.get(part.clone()));
        self.rows = self.parts.iter().map(|part| text(part).unwrap_or_default().to_owned()).collect();
        let DataCursor(line, character) = self.area.cursor();
        let byte = lines.get(line).map_or(0, |text| byte_of(text, character));
        let row = self.parts.iter().rposition(|(of, part)| *of == line && part.start <= byte).unwrap_or_default();
        let before =
            self.parts.get(row).and_then(|(of, part)| lines.get(*of)?.get(part.start..byte)).unwrap_or_default();
        self.cursor = (row, (width.text(before) as u16).min(columns));
    }

    /// Moves the cursor to the row above or below, to the cluster under the same cell.
    fn step(&mut self, rows: isize) {
        self.set(&self.measure.clone());
        let ((row, cell), width) = (self.cursor, self.measure.width);
        let target = row.checked_add_signed(rows).and_then(|row| self.parts.get(row));
        let Some((line, part)) = target else {
            return self.area.move_cursor(if rows < 0 { CursorMove::Head } else { CursorMove::End });
        };
        let text = self.area.lines().get(*line).map_or("", String::as_str);
        let shown = text.get(part.clone()).unwrap_or_default();
        let is_left = |end: usize| shown.get(..end).is_some_and(|before| width.text(before) as u16 <= cell);
        let ends = clusters(shown, width).map(|cluster| cluster.byte + cluster.text.len());
        // Behind the last cluster of a row that goes on is the start of the next.
        let inside = |end: &usize| part.start + end < part.end || part.end == text.len();
        let at = part.start + ends.filter(inside).take_while(|end| is_left(*end)).last().unwrap_or_default();
        let character = text.get(..at).map_or(0, |before| before.chars().count());
        self.area.move_cursor(CursorMove::Jump(*line as u16, character as u16));
    }
}

fn byte_of(line: &str, character: usize) -> usize {
    line.char_indices().nth(character).map_or(line.len(), |(byte, _)| byte)
}

/// The rows of a line as bytes of it: they end where lines of an article may, and where none may, at any cluster. Spaces
/// at the end of a row stand in the margin.
fn broken(line: &str, measure: &Measure) -> Vec<Range<usize>> {
    let (columns, width) = (measure.columns.max(2), measure.width);
    let rules = Rules { language: Evidence::of(line).language(), kinsoku: measure.kinsoku, words: measure.words };
    let places = opportunities(line, rules, &Icu::default());
    let mut rows = Vec::new();
    let (mut start, mut cells) = (0, 0);
    for cluster in clusters(line, width) {
        let is_space = cluster.text.chars().all(char::is_whitespace);
        if !is_space && cells + usize::from(cluster.cells) > usize::from(columns) && cluster.byte > start {
            let last = places.partition_point(|(byte, _)| *byte <= cluster.byte).checked_sub(1);
            let place = last.and_then(|last| places.get(last)).map(|(byte, _)| *byte).filter(|byte| *byte > start);
            let end = place.unwrap_or(cluster.byte);
            rows.push(start..end);
            start = end;
            cells = line.get(end..cluster.byte).map_or(0, |begun| width.text(begun));
        }
        cells += usize::from(cluster.cells);
    }
    rows.push(start..line.len());
    rows
}

/// Adds a line to rows that end at any cluster: what is read letter by letter.
pub(super) fn wrap(line: &str, columns: u16, width: WidthPolicy, rows: &mut Vec<String>) {
    let (mut row, mut cells) = (String::new(), 0);
    for cluster in clusters(line, width) {
        if cells + u16::from(cluster.cells) > columns {
            rows.push(std::mem::take(&mut row));
            cells = 0;
        }
        row.push_str(cluster.text);
        cells += u16::from(cluster.cells);
    }
    rows.push(row);
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
    use crate::layout::Measure;
    use crate::text::SafeText;

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

    /// Checks the rows of six cells, with `|` at the cursor, after some keys.
    #[track_caller]
    fn check(note: &str, keys: &[Key], expected: &[&str]) {
        let mut editor = editor(note);
        let measure = Measure { columns: 6, ..Measure::default() };
        for key in keys {
            editor.set(&measure);
            editor.press(*key);
        }
        editor.set(&measure);
        let (row, column) = editor.cursor;
        let mut marked: Vec<String> = editor.rows.clone();
        let mut cells = 0;
        let at = marked[row].char_indices().find(|(_, c)| {
            let here = cells >= column;
            cells += if c.is_ascii() { 1 } else { 2 };
            here
        });
        let byte = at.map_or(marked[row].len(), |(byte, _)| byte);
        marked[row].insert(byte, '|');
        assert_eq!(marked, expected);
        assert_eq!(editor.rows.concat(), note.replace('\n', ""), "nothing is left out");
    }

    #[test]
    fn rows_and_cursor() {
        check("中文字体a", &[], &["中文字", "体a|"]);
        check("中文字体a", &[Key::Left; 2], &["中文字", "|体a"]);
        check("中文字", &[], &["中文字|"]);
        check("一\n\n二", &[Key::Left], &["一", "", "|二"]);
        check("一\n\n二", &[Key::Left; 2], &["一", "|", "二"]);
    }

    #[test]
    fn rows_end_as_lines_of_a_text_do() {
        check("中文字。又", &[], &["中文", "字。又|"]);
        check("一“二三”", &[], &["一“二", "三”|"]);
        check("an apple", &[], &["an ", "apple|"]);
        check("unbreakable", &[], &["unbrea", "kable|"]);
        check("한국 글자", &[], &["한국 ", "글자|"]);
        // Spaces that were just typed are there; the cursor goes no farther than the margin.
        check("中文  ", &[], &["中文  |"]);
        check("中文字  ", &[], &["中文字|  "]);
        check("中文字  一", &[], &["中文字  ", "一|"]);
    }

    #[test]
    fn up_and_down_go_by_rows() {
        let long = "中文字体文字a";
        check(long, &[Key::Up], &["中文字", "|体文字", "a"]);
        check(long, &[Key::Left, Key::Left, Key::Up], &["中文|字", "体文字", "a"]);
        check(long, &[Key::Left, Key::Left, Key::Up, Key::Down], &["中文字", "体文|字", "a"]);
        check("一二三\n四", &[Key::Up], &["一|二三", "四"]);
        check("一二", &[Key::Up], &["|一二"]);
        check("一二", &[Key::Up, Key::Down], &["一二|"]);
    }
}
