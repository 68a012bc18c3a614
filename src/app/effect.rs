//! What update asks the world to do; the terminal performs it and answers with messages.

use crate::annotations::Change;
use crate::document::{Document, Passage};
use crate::library::Origin;
use std::sync::Arc;

/// Something that takes time, or touches the world.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Find the articles of these files and folders.
    Scan(Vec<Origin>),
    /// Read and parse an article.
    Load(Origin),
    /// Write a change into the journal.
    Record(Change),
    /// Look for passages, by id, in a document.
    Anchor(Arc<Document>, Vec<(String, Passage)>),
    /// See whether other instances or devices have changed what is kept.
    Poll,
    /// Put text into the clipboard of the terminal.
    Copy(String),
    /// Paint everything anew.
    Redraw,
    /// Stop until the shell continues the program.
    Suspend,
    /// Take or give back the mouse.
    Mouse(bool),
}
