//! Which pane stands where in the window, and which fold away when it is narrow.
//!
//! The text goes first: side panes are shown only where the text keeps a comfortable line. It refuses to know what the
//! panes show.

pub use ratatui::layout::{Position, Rect};

/// Columns from which the outline stands beside the text by itself.
const OUTLINE_FITS: u16 = 90;
/// Columns from which the outline stands beside the text when asked for.
const OUTLINE_POSSIBLE: u16 = 60;
/// Columns from which the list stands beside the text, if the outline does too.
const LIST_FITS: u16 = 140;
/// Rows from which there is a line for the title.
const TITLE_FITS: u16 = 7;

/// The places of the panes; a pane that is folded away has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Panes {
    /// The line at the top.
    pub title: Option<Rect>,
    /// All between the title and the status line: where the list, the bookmarks and the help stand when they have the
    /// window to themselves.
    pub body: Rect,
    /// The list of articles, beside the text or in its place.
    pub list: Option<Rect>,
    /// The text.
    pub text: Option<Rect>,
    /// The outline, beside the text or in its place.
    pub outline: Option<Rect>,
    /// The line at the bottom.
    pub status: Rect,
}

/// What the panes depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// Columns and rows of the window.
    pub size: (u16, u16),
    /// Whether an article is open and is what the reader looks at.
    pub reading: bool,
    /// Whether the article has sections.
    pub has_sections: bool,
    /// Whether the outline is wanted; none leaves it to the window.
    pub outline: Option<bool>,
    /// Whether the list has the keys.
    pub list_focused: bool,
    /// Whether the outline has the keys.
    pub outline_focused: bool,
    /// Columns of the outline.
    pub outline_width: u16,
    /// Columns of the list beside the text; none if there is no other article to choose.
    pub list_width: Option<u16>,
    /// Whether nothing but the text is wanted.
    pub zen: bool,
}

impl Panes {
    /// Splits the window.
    pub fn split(wishes: Wishes) -> Self {
        let (columns, rows) = (wishes.size.0.max(1), wishes.size.1.max(1));
        let has_title = rows >= TITLE_FITS && !wishes.zen;
        let top = u16::from(has_title);
        let body = Rect::new(0, top, columns, rows.saturating_sub(1 + top).max(u16::from(rows == 1)));
        let status = Rect::new(0, rows - 1, columns, u16::from(rows > 1));
        let title = has_title.then_some(Rect::new(0, 0, columns, 1));
        let whole = Self { title, body, status, ..Self::default() };
        if !wishes.reading {
            return whole;
        }
        let beside = wishes.has_sections
            && !wishes.zen
            && match wishes.outline {
                None => columns >= OUTLINE_FITS,
                Some(wanted) => wanted && columns >= OUTLINE_POSSIBLE,
            };
        if !beside && wishes.outline_focused {
            return Self { outline: Some(body), ..whole };
        }
        let list_width = wishes.list_width.filter(|_| !wishes.zen && columns >= LIST_FITS);
        if list_width.is_none() && wishes.list_focused {
            return Self { list: Some(body), ..whole };
        }
        let mut text = body;
        let mut panes = whole;
        if let Some(width) = list_width {
            let width = width.min(columns / 3);
            panes.list = Some(Rect { width, ..body });
            text.x += width + 1;
            text.width -= width + 1;
        }
        if beside {
            let width = wishes.outline_width.min(columns / 3);
            text.width -= width + 1;
            panes.outline = Some(Rect { x: text.right() + 1, width, ..body });
        }
        panes.text = Some(text);
        panes
    }
}

#[cfg(test)]
mod tests {
    use super::{Panes, Wishes};

    /// Checks the columns of list, text and outline, written as `list|text|outline`.
    #[track_caller]
    fn check(size: (u16, u16), expected: &str, wish: impl FnOnce(&mut Wishes)) {
        let mut wishes = Wishes {
            size,
            reading: true,
            has_sections: true,
            outline: None,
            list_focused: false,
            outline_focused: false,
            outline_width: 28,
            list_width: Some(32),
            zen: false,
        };
        wish(&mut wishes);
        let panes = Panes::split(wishes);
        let width = |pane: Option<ratatui::layout::Rect>| pane.map_or("-".to_owned(), |pane| pane.width.to_string());
        assert_eq!(format!("{}|{}|{}", width(panes.list), width(panes.text), width(panes.outline)), expected);
    }

    #[test]
    fn panes_fold_away() {
        check((200, 50), "32|138|28", |_| {});
        check((120, 30), "-|91|28", |_| {});
        check((80, 24), "-|80|-", |_| {});
        check((80, 24), "-|53|26", |wishes| wishes.outline = Some(true));
        check((40, 20), "-|40|-", |wishes| wishes.outline = Some(true));
        check((40, 20), "-|-|40", |wishes| wishes.outline_focused = true);
        check((100, 20), "100|-|-", |wishes| wishes.list_focused = true);
        check((200, 50), "-|200|-", |wishes| wishes.zen = true);
        check((120, 30), "-|-|-", |wishes| wishes.reading = false);
        check((1, 1), "-|1|-", |_| {});
    }

    #[test]
    fn every_size_has_room_for_something() {
        for columns in 0..200 {
            for rows in 0..12 {
                let wishes = Wishes {
                    size: (columns, rows),
                    reading: true,
                    has_sections: true,
                    outline: Some(true),
                    list_focused: columns % 3 == 0,
                    outline_focused: columns % 2 == 0,
                    outline_width: 60,
                    list_width: Some(60),
                    zen: false,
                };
                let panes = Panes::split(wishes);
                let shown = panes.text.or(panes.outline).or(panes.list).unwrap();
                assert!(shown.width > 0 && shown.height > 0, "{columns}×{rows}");
            }
        }
    }
}
