//! The thread that does what takes time: finding, reading, writing. It knows effects and messages, not the screen.

use super::opener::Opener;
use crate::annotations::{Annotations, Change, Journal};
use crate::app::effect::Sought;
use crate::app::marking::look_for;
use crate::app::ways::is_called;
use crate::app::{Effect, Message};
use crate::config::{Folders, exports};
use crate::document::{Anchorage, Document, Identity};
use crate::library::{Article, Begun, Library, Origin, Tables, begin, open, scan};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

/// Files around an article among which one is looked for by its name.
const AROUND: usize = 2000;

/// The worker, as the loop sees it. Dropping `effects` lets it finish what it has.
pub struct Worker {
    /// Where effects go.
    pub effects: Sender<Effect>,
    /// The thread itself; what it ends with is what could not be saved, in one line.
    pub thread: JoinHandle<Option<String>>,
}

/// Starts the worker. Its first work is to open the journal: however long that takes, the first screen does not wait.
pub fn start(
    open: impl FnOnce() -> (Journal, Annotations) + Send + 'static,
    tables: Arc<Tables>,
    messages: Sender<Message>,
) -> Worker {
    let (effects, received) = channel();
    let thread = std::thread::spawn(move || {
        let (mut journal, annotations) = open();
        let device = journal.introduce();
        let _ = messages.send(Message::Kept(Box::new(annotations), device));
        if let Some(ailing) = journal.health().message() {
            let _ = messages.send(Message::Failed(ailing));
        }
        for effect in received {
            let answer = match effect {
                Effect::Scan(origins) => {
                    scan(origins, Arc::clone(&tables), messages.clone());
                    None
                }
                Effect::Load(origin) => {
                    load(origin, Arc::clone(&tables), messages.clone());
                    None
                }
                Effect::Finish(origin) => {
                    finish(origin, Arc::clone(&tables), messages.clone());
                    None
                }
                Effect::Record(change) => recorded(&mut journal, change),
                Effect::RecordIn(origin, change) => recorded(&mut journal, identified(&origin, &tables, change)),
                Effect::Settle(annotations, articles) => {
                    settle(annotations, articles, Arc::clone(&tables), messages.clone());
                    None
                }
                Effect::Poll => polled(&mut journal, &messages),
                Effect::Anchor(document, passages) => {
                    let anchored = look_for(&document, passages);
                    Some(Message::Anchored(document, anchored))
                }
                Effect::Seek(files) => Some(Message::Sought(sought(&files, &tables).map(Box::new))),
                Effect::Browse(address) => {
                    browse(address, messages.clone());
                    None
                }
                Effect::Export { title, text } => Some(exported(&title, &text)),
                Effect::Copy(_) | Effect::Redraw | Effect::Suspend | Effect::Mouse(_) => None,
            };
            if let Some(answer) = answer {
                let _ = messages.send(answer);
            }
        }
        journal.close().err().map(|error| error.to_string())
    });
    Worker { effects, thread }
}

/// Finds articles on a thread of its own: what is opened and kept meanwhile must not wait for the whole of a library.
fn scan(origins: Vec<Origin>, tables: Arc<Tables>, messages: Sender<Message>) {
    std::thread::spawn(move || {
        let library = Library::scan(&origins, &tables, |batch| drop(messages.send(Message::Found(batch))));
        let _ = messages.send(Message::Scanned(library.articles));
    });
}

/// Reads an article, or its start, on a thread of its own: what is to be kept meanwhile does not wait.
pub fn load(origin: Origin, tables: Arc<Tables>, messages: Sender<Message>) {
    std::thread::spawn(move || drop(messages.send(loaded(origin, &tables))));
}

/// Reads an article, or its start.
pub fn loaded(origin: Origin, tables: &Arc<Tables>) -> Message {
    match begin(&origin, tables) {
        Ok(Begun::Piece(piece)) => Message::Begun(origin, Box::new(piece)),
        Ok(Begun::Whole(document)) => Message::Loaded(origin, Ok(document)),
        Err(error) => Message::Loaded(origin, Err(error.to_string())),
    }
}

/// Opens an address on a thread of its own: some browsers are programs that end when they are closed.
fn browse(address: String, messages: Sender<Message>) {
    std::thread::spawn(move || {
        if let Err(why) = Opener::of(&address).and_then(Opener::open) {
            let _ = messages.send(Message::Unopened(address, why));
        }
    });
}

/// The article that is in the first of some files, or around a folder by its name.
pub fn sought(files: &Sought, tables: &Arc<Tables>) -> Option<Article> {
    let is_meant = |path: &Path| files.page.as_ref().is_some_and(|name| is_called(&path.to_string_lossy(), name));
    let origin = scan::first_of(&files.paths).or_else(|| {
        // Of a folder that was named from where zhai was started, the one around it may have no name; that in which it
        // was started has none itself.
        let named = if files.folder.as_os_str().is_empty() { Path::new(".") } else { &files.folder };
        let folder = std::path::absolute(named).unwrap_or_else(|_| named.to_owned());
        let mut around = scan::nearby(&folder, AROUND).into_iter();
        around.find(|origin| matches!(origin, Origin::File(path) if is_meant(path)))
    })?;
    Some(Article::describe(origin, tables))
}

/// Reads the whole of an article on a thread of its own.
fn finish(origin: Origin, tables: Arc<Tables>, messages: Sender<Message>) {
    std::thread::spawn(move || {
        let document = open(&origin, &tables).map_err(|error| error.to_string());
        // Folded here, so that looking for places in it takes no time where it is shown.
        let _ = document.as_ref().map(Document::anchorage);
        let _ = messages.send(Message::Loaded(origin, document));
    });
}

/// Finds out in which articles what was kept is now, on a thread of its own: where two could be meant, both are read.
fn settle(
    mut annotations: Box<Annotations>,
    articles: Vec<(Origin, Identity)>,
    tables: Arc<Tables>,
    messages: Sender<Message>,
) {
    std::thread::spawn(move || {
        let mut read: HashMap<usize, Option<Anchorage>> = HashMap::new();
        let identities: Vec<&Identity> = articles.iter().map(|(_, identity)| identity).collect();
        annotations.settle(&identities, |index, passage| {
            let text = read.entry(index).or_insert_with(|| {
                let (origin, _) = articles.get(index)?;
                open(origin, &tables).ok().map(|document| Anchorage::of(&document))
            });
            text.as_ref().is_some_and(|text| text.find(passage).is_some())
        });
        let _ = messages.send(Message::Settled(annotations));
    });
}

/// A change with what its article is recognised by once all of it has been read.
pub fn identified(origin: &Origin, tables: &Arc<Tables>, mut change: Change) -> Change {
    if let Some(article) = change.article_mut() {
        let described = Article::describe(origin.clone(), tables);
        if described.problem.is_none() {
            *article = described.identity;
        }
    }
    change
}

/// Writes a change; says so only where it fails, or where it could be written after others could not.
fn recorded(journal: &mut Journal, change: Change) -> Option<Message> {
    let was_behind = journal.unsaved() > 0;
    match journal.append(change) {
        Err(error) => Some(Message::Failed(error.to_string())),
        Ok(()) => was_behind.then_some(Message::Saved),
    }
}

/// Writes an export into a file and says where it is.
fn exported(title: &str, text: &str) -> Message {
    let data = Folders::find().data;
    let saved = exports::save(&data, title, text);
    Message::Exported(saved.map_err(|error| format!("not exported: {}: {error}; check the folder", data.display())))
}

/// Takes in what others have written, and tries again what could not be.
fn polled(journal: &mut Journal, messages: &Sender<Message>) -> Option<Message> {
    let was_behind = journal.unsaved() > 0;
    let news = journal.poll();
    if was_behind && journal.unsaved() == 0 {
        let _ = messages.send(Message::Saved);
    }
    (!news.is_empty()).then_some(Message::Changed(news))
}
