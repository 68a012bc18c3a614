//! The thread that does what takes time: finding, reading, writing. It knows effects and messages, not the screen.

pub use crate::annotations::clock::now;

use crate::annotations::Journal;
use crate::app::{Effect, Message};
use crate::library::{Library, Origin, open};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

/// The worker, as the loop sees it. Dropping `effects` lets it finish what it has.
pub struct Worker {
    /// Where effects go.
    pub effects: Sender<Effect>,
    /// The thread itself.
    pub thread: JoinHandle<()>,
}

/// Starts the worker.
pub fn start(mut journal: Journal, messages: Sender<Message>) -> Worker {
    let (effects, received) = channel();
    let thread = std::thread::spawn(move || {
        for effect in received {
            let answer = match effect {
                Effect::Scan(origins) => {
                    scan(origins, messages.clone());
                    None
                }
                Effect::Load(origin) => {
                    let document = open(&origin).map_err(|error| error.to_string());
                    Some(Message::Loaded(origin, document))
                }
                Effect::Record(change) => journal.append(change).err().map(|error| Message::Failed(error.to_string())),
                Effect::Copy(_) | Effect::Redraw | Effect::Suspend | Effect::Mouse(_) => None,
            };
            if let Some(answer) = answer {
                let _ = messages.send(answer);
            }
        }
    });
    Worker { effects, thread }
}

/// Finds articles on a thread of its own: an article can be opened while a slow disk is still being looked over, and
/// leaving waits for nothing.
fn scan(origins: Vec<Origin>, messages: Sender<Message>) {
    std::thread::spawn(move || {
        let library = Library::scan(&origins, |batch| drop(messages.send(Message::Found(batch))));
        let _ = messages.send(Message::Scanned(library.articles));
    });
}
