//! What has the keys. It refuses to know which keys these are.

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Context {
    /// The list of articles.
    #[default]
    List,
    /// The text.
    Reader,
    /// The text, while something in it is being selected.
    Select,
    /// The outline.
    Outline,
    /// The list of bookmarks.
    Bookmarks,
    /// The list of links.
    Links,
    /// A link that is being looked at.
    Peek,
    /// The help.
    Help,
    /// What has been read when.
    Figures,
}
