//! What meanings look like. The sixteen colours of the terminal only, no background of our own: safe on dark and light.

use crate::annotations::Kind;
use crate::layout::{Role, Tone};
use ratatui::style::{Color, Modifier, Style};

/// A way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours are used; without them, attributes must do.
    pub colours: bool,
}

impl Theme {
    /// The style of a run.
    pub fn role(&self, role: Role) -> Style {
        let mut style = self.role_of(role.tone);
        for (is_on, modifier) in [
            (role.strong, Modifier::BOLD),
            (role.emphasis, Modifier::ITALIC),
            (role.dotted, Modifier::UNDERLINED),
            (role.strikethrough, Modifier::CROSSED_OUT),
            (role.marked, Modifier::REVERSED),
        ] {
            if is_on {
                style = style.add_modifier(modifier);
            }
        }
        style
    }

    /// The style of a kind of text.
    pub fn role_of(&self, tone: Tone) -> Style {
        match tone {
            Tone::Body | Tone::Quote => Style::default(),
            Tone::Heading(1) => self.colour(Color::Cyan).add_modifier(Modifier::BOLD),
            Tone::Heading(_) | Tone::TableHeader => Style::default().add_modifier(Modifier::BOLD),
            Tone::Code => self.colour(Color::Green),
            Tone::Link => self.colour(Color::Blue).add_modifier(Modifier::UNDERLINED),
            Tone::Footnote => self.colour(Color::Magenta),
            Tone::Image => self.colour(Color::Yellow),
            Tone::Ruby | Tone::Ornament | Tone::Faint => self.faint(),
        }
    }

    /// Titles.
    pub fn title(&self) -> Style {
        Style::default().add_modifier(Modifier::BOLD)
    }

    /// What is less important.
    pub fn faint(&self) -> Style {
        Style::default().add_modifier(Modifier::DIM)
    }

    /// What is more important.
    pub fn strong(&self, style: Style) -> Style {
        style.add_modifier(Modifier::BOLD)
    }

    /// The section or article that is being read.
    pub fn current(&self, style: Style) -> Style {
        style.patch(self.role_of(Tone::Heading(1)))
    }

    /// Under the cursor.
    pub fn selected(&self, style: Style) -> Style {
        style.add_modifier(Modifier::REVERSED)
    }

    /// Words that were highlighted: a colour of their own for each meaning; without colours, underlined.
    pub fn kept(&self, kind: Kind, style: Style) -> Style {
        let background = match kind {
            Kind::Bookmark => return style,
            Kind::Important => Color::Yellow,
            Kind::Question => Color::Cyan,
            Kind::Agreed => Color::Green,
            Kind::Doubted => Color::Magenta,
            Kind::Term => Color::Gray,
        };
        if self.colours { style.bg(background).fg(Color::Black) } else { style.add_modifier(Modifier::UNDERLINED) }
    }

    /// A match.
    pub fn hit(&self, style: Style) -> Style {
        style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
    }

    /// The current match.
    pub fn current_hit(&self, style: Style) -> Style {
        style.add_modifier(Modifier::REVERSED)
    }

    /// Letters to choose a link by.
    pub fn hint(&self) -> Style {
        self.selected(self.strong(self.colour(Color::Yellow)))
    }

    /// Something to know.
    pub fn notice(&self) -> Style {
        self.colour(Color::Cyan)
    }

    /// Something that went wrong.
    pub fn problem(&self) -> Style {
        self.colour(Color::Red).add_modifier(Modifier::BOLD)
    }

    fn colour(&self, colour: Color) -> Style {
        if self.colours { Style::default().fg(colour) } else { Style::default() }
    }
}
