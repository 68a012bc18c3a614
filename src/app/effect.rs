//! What update asks the world to do; the terminal performs it and answers with messages.

use crate::annotations::{Annotations, Change};
use crate::document::{Document, Identity, Passage};
use crate::library::Origin;
use std::path::PathBuf;
use std::sync::Arc;

/// Something that takes time, or touches the world.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Find the articles of these files and folders.
    Scan(Vec<Origin>),
    /// Read an article and parse it, or its start if the whole takes a while.
    Load(Origin),
    /// Parse the whole of an article of which the start is there.
    Finish(Origin),
    /// Write a change into the journal.
    Record(Change),
    /// Write a change that was made in an article of which only the start had been read: what the article is to be
    /// recognised by, only the whole tells.
    RecordIn(Origin, Change),
    /// Look for an article that a link leads to and the library has not.
    Seek(Sought),
    /// Look for passages, by id, in a document.
    Anchor(Arc<Document>, Vec<(String, Passage)>),
    /// Find out in which articles what was kept is now.
    Settle(Box<Annotations>, Vec<(Origin, Identity)>),
    /// See whether other instances or devices have changed what is kept.
    Poll,
    /// Write a file named after a title into the folder of exports, beside those that are there.
    Export {
        /// What the file is about.
        title: String,
        /// What goes into it.
        text: String,
    },
    /// Open an address in the browser of the system.
    Browse(String),
    /// Put text into the clipboard of the terminal.
    Copy(String),
    /// Paint everything anew.
    Redraw,
    /// Stop until the shell continues the program.
    Suspend,
    /// Take or give back the mouse.
    Mouse(bool),
}

/// The files in which an article may be that is not in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The paths of it, the likeliest first.
    pub paths: Vec<PathBuf>,
    /// The folder around which files are looked for by a name.
    pub folder: PathBuf,
    /// The name.
    pub page: Option<String>,
}
