//! The back end of the screen: crossterm's, with a row of characters sent as one string.
//!
//! Ratatui moves the cursor before every cell that does not follow a cell of one column: before each of a line of Han
//! characters, which makes the screen three times as many bytes. It refuses to join what terminals may measure otherwise.

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io::{self, Write};

/// Crossterm's back end, sparing the cursor.
#[derive(Debug)]
pub struct Painter<W: Write> {
    crossterm: CrosstermBackend<W>,
}

impl<W: Write> Painter<W> {
    /// Paints on a terminal.
    pub fn new(terminal: W) -> Self {
        Self { crossterm: CrosstermBackend::new(terminal) }
    }
}

impl<W: Write> Write for Painter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.crossterm.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.crossterm)
    }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let strings = strings(content);
        self.crossterm.draw(strings.iter().map(|(x, y, cell)| (*x, *y, cell)))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.crossterm.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.crossterm.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.crossterm.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.crossterm.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.crossterm.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.crossterm.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.crossterm.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.crossterm.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.crossterm)
    }
}

/// Cells that follow one another in one look, joined; each with the column and the row it begins at.
fn strings<'a>(content: impl Iterator<Item = (u16, u16, &'a Cell)>) -> Vec<(u16, u16, Cell)> {
    let mut strings: Vec<(u16, u16, Cell)> = Vec::new();
    let mut joined = String::new();
    // Where the next cell would follow.
    let mut next = None;
    for (x, y, cell) in content {
        match strings.last_mut() {
            Some((.., last)) if next == Some((x, y)) && last.style() == cell.style() && width(cell).is_some() => {
                joined.push_str(cell.symbol());
            }
            last => {
                if let Some((.., last)) = last {
                    last.set_symbol(&joined);
                }
                joined.clear();
                joined.push_str(cell.symbol());
                strings.push((x, y, cell.clone()));
            }
        }
        next = width(cell).map(|width| (x + width, y));
    }
    if let Some((.., last)) = strings.last_mut() {
        last.set_symbol(&joined);
    }
    strings
}

/// The columns of a cell, if all terminals agree on them.
fn width(cell: &Cell) -> Option<u16> {
    let mut characters = cell.symbol().chars();
    match (characters.next()?, characters.next()) {
        (' '..='~', None) => Some(1),
        ('、'..='】' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '㐀'..='䶿' | '一'..='鿿' | '가'..='힣' | '！'..='～', None) => {
            Some(2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Painter;
    use ratatui::backend::Backend;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    /// What is sent for a change of a screen of one row, escapes as `^`.
    fn check(before: &str, after: &str, bold: std::ops::Range<u16>, expected: &str) {
        let area = Rect::new(0, 0, 20, 1);
        let (mut old, mut new) = (Buffer::empty(area), Buffer::empty(area));
        old.set_string(0, 0, before, Style::new());
        new.set_string(0, 0, after, Style::new());
        new.set_style(Rect::new(bold.start, 0, bold.len() as u16, 1), Modifier::BOLD);
        let mut sent = Vec::new();
        Painter::new(&mut sent).draw(old.diff(&new).into_iter()).unwrap();
        let sent = String::from_utf8(sent).unwrap().replace('\u{1b}', "^");
        assert_eq!(sent.trim_end_matches("^[39m^[49m^[59m^[0m"), expected);
    }

    #[test]
    fn a_line_is_one_string() {
        check("--------------------", "汉字, kan かな、한글", 0..0, "^[1;1H汉字, kan かな、한글");
        check("汉字汉字", "汉子汉字", 0..0, "^[1;3H子");
    }

    #[test]
    fn looks_divide_it() {
        check("", "汉字汉字", 4..8, "^[1;1H汉字^[1;5H^[1m汉字");
    }

    #[test]
    fn what_terminals_measure_otherwise_stands_alone() {
        check("", "字“字👍字", 0..0, "^[1;1H字^[1;3H“字^[1;6H👍^[1;8H字");
    }
}
