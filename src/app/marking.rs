//! Keeping passages: bookmarks, highlights in five meanings, notes; and where they stand in the open article.
//!
//! It refuses to search for passages itself: that takes time, so the worker does it and answers with their places.

use super::command::Command;
use super::context::Context;
use super::keymap::AGAIN;
use super::note::{NoteEditor, Noted};
use super::{App, Effect, Key};
use crate::annotations::{Bookmark, Change, Edit, Kind, Record};
use crate::document::{Document, Found, Grade, Passage, Span};
use crate::layout::Measure;
use crate::text::SafeText;
use std::sync::Arc;

/// The keys, kinds and names of highlights.
pub const MEANINGS: [(char, Kind, &str); 5] = [
    ('1', Kind::Important, "important"),
    ('2', Kind::Question, "question"),
    ('3', Kind::Agreed, "agreed"),
    ('4', Kind::Doubted, "doubted"),
    ('5', Kind::Term, "term"),
];

/// A kept passage that was found in the open article.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// The bookmark's id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it has a note.
    pub has_note: bool,
    /// Where it is.
    pub span: Span,
}

/// What became of a passage that was looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchored {
    /// The bookmark's id.
    pub id: String,
    /// Where and how surely it was found; none if it is lost.
    pub found: Option<Found>,
    /// The passage as it is to be remembered from now on, if its place has changed.
    pub refreshed: Option<Passage>,
}

/// Looks for passages, by id, in a document: takes time. One that was found surely, but elsewhere than it was, is to be
/// remembered there.
pub fn look_for(document: &Document, passages: Vec<(String, Passage)>) -> Vec<Anchored> {
    let anchorage = document.anchorage();
    let anchor = |(id, passage): (String, Passage)| {
        let found = anchorage.find(&passage);
        let sure = found.as_ref().filter(|found| found.grade <= Grade::Moved);
        let refreshed = sure.map(|found| anchorage.refresh(&passage, found)).filter(|refreshed| *refreshed != passage);
        Anchored { id, found, refreshed }
    };
    passages.into_iter().map(anchor).collect()
}

impl App {
    pub(super) fn bookmark(&mut self) -> Vec<Effect> {
        let Some((article, passage)) = self.here() else { return Vec::new() };
        let mut known = self.annotations.bookmarks(Some(&article)).into_iter();
        if known.any(|known| known.kind == Kind::Bookmark && is_same(&known.passage, &passage)) {
            let list = self.key(Command::Bookmarks);
            return self.say(&format!("this sentence is bookmarked already; {list} lists the bookmarks"));
        }
        self.leave_selection();
        self.say(&format!("bookmarked: {}", passage.quote));
        let (id, created) = (self.clock.id(), self.clock.now());
        self.keep(Bookmark { id, article, passage, created, ..Bookmark::default() })
    }

    /// Highlights what is selected, or changes the meaning of what the cursor of the list is on. `letter` is what was
    /// typed after the key: 1 to 5, or the key again or Enter for the meaning used last.
    pub(super) fn highlight(&mut self, letter: char) -> Vec<Effect> {
        let meaning = MEANINGS.iter().find(|(key, ..)| *key == letter).map(|(_, kind, _)| *kind);
        let Some(kind) = meaning.or_else(|| (letter == AGAIN).then_some(self.meaning)) else {
            let key = self.key(Command::Highlight);
            return self.say(&format!("{key} and then 1 to 5: important, question, agreed, doubted, term"));
        };
        self.meaning = kind;
        if self.focus == Context::Bookmarks {
            return match self.kept_at_cursor().cloned() {
                Some(before) => self.edit(&before, Edit { kind: Some(kind), ..Edit::default() }),
                None => Vec::new(),
            };
        }
        let Some((article, passage)) = self.here() else { return Vec::new() };
        let same = self.annotations.bookmarks(Some(&article)).into_iter();
        let mut same = same.filter(|known| known.kind != Kind::Bookmark && known.passage.quote == passage.quote);
        let same = same.find(|known| known.passage.before == passage.before);
        let just = self.just_kept().filter(|kept| kept.kind != Kind::Bookmark);
        let before = just.or(same).cloned();
        self.leave_selection();
        let quote = before.as_ref().map_or(&passage.quote, |before| &before.passage.quote);
        self.say(&format!("{}: {quote}", name(kind)));
        if let Some(before) = before {
            self.remember_kept(&before.id);
            return self.edit(&before, Edit { kind: Some(kind), ..Edit::default() });
        }
        let (id, created) = (self.clock.id(), self.clock.now());
        self.keep(Bookmark { id, article, passage, created, kind, ..Bookmark::default() })
    }

    /// Opens the editor of the note of what is selected, keeping the passage if it was not kept yet.
    pub(super) fn write_note(&mut self) -> Vec<Effect> {
        if self.focus == Context::Bookmarks {
            if let Some(kept) = self.kept_at_cursor().cloned() {
                self.open_note(&kept);
            }
            return Vec::new();
        }
        if let Some(kept) = self.kept_here().cloned() {
            self.open_note(&kept);
            return Vec::new();
        }
        let Some((article, passage)) = self.here() else { return Vec::new() };
        let known = self.annotations.bookmarks(Some(&article)).into_iter();
        let known =
            known.filter(|known| is_same(&known.passage, &passage)).max_by_key(|known| known.kind != Kind::Bookmark);
        let known = known.cloned();
        let kept = known.clone().unwrap_or_else(|| {
            let (id, created) = (self.clock.id(), self.clock.now());
            Bookmark { id, article, passage, created, kind: self.meaning, ..Bookmark::default() }
        });
        let effects = if known.is_some() { Vec::new() } else { self.keep(kept.clone()) };
        self.leave_selection();
        self.open_note(&kept);
        if let Some(note) = &mut self.note {
            note.is_new = known.is_none();
        }
        effects
    }

    /// What was kept just now, before anything was moved or selected: the next keys are about it, wherever it stands.
    fn just_kept(&self) -> Option<&Bookmark> {
        let reader = self.reader.as_ref().filter(|reader| reader.selection.is_none())?;
        self.annotations.bookmark(reader.just_kept.as_ref()?)
    }

    fn remember_kept(&mut self, id: &str) {
        if let Some(reader) = &mut self.reader {
            reader.just_kept = Some(id.to_owned());
        }
    }

    /// What a note is about if nothing is selected: what was kept just now, else the highlight that begins in the
    /// sentence at the top.
    fn kept_here(&self) -> Option<&Bookmark> {
        if let Some(kept) = self.just_kept() {
            return Some(kept);
        }
        let reader = self.reader.as_ref().filter(|reader| reader.selection.is_none())?;
        let sentence = reader.sentence()?;
        let mut marked = reader.marked.iter().filter(|marked| sentence.contains(marked.span.start));
        let highlight = marked.find(|marked| marked.kind != Kind::Bookmark)?;
        self.annotations.bookmark(&highlight.id)
    }

    fn open_note(&mut self, kept: &Bookmark) {
        self.note = Some(NoteEditor::new(kept.id.clone(), SafeText::line(&kept.passage.quote), &kept.note));
    }

    /// Sets the note that is being written for the window as it is.
    pub(super) fn set_note(&mut self) {
        if let Some(note) = &mut self.note {
            let columns = self.panes.body.width.saturating_sub(2).max(2);
            note.set(&Measure { columns, ..self.choices.measure.clone() });
        }
    }

    pub(super) fn note_key(&mut self, key: Key) -> Vec<Effect> {
        let noted = self.note.as_mut().map(|note| note.press(key));
        noted.map(|noted| self.noted(noted)).unwrap_or_default()
    }

    /// The note being written, if any, is ended by the system.
    pub(super) fn end_note(&mut self) -> Vec<Effect> {
        let noted = self.note.as_ref().map(NoteEditor::end);
        noted.map(|noted| self.noted(noted)).unwrap_or_default()
    }

    fn noted(&mut self, noted: Noted) -> Vec<Effect> {
        match noted {
            Noted::Going => Vec::new(),
            Noted::Unsaved => self.say("not kept yet: Enter keeps, Esc drops it"),
            Noted::Left => match self.note.take() {
                Some(note) if note.is_new => self.unkeep(&note.bookmark),
                _ => Vec::new(),
            },
            Noted::Kept(text) => {
                let Some(id) = self.note.take().map(|note| note.bookmark) else { return Vec::new() };
                let Some(before) = self.annotations.bookmark(&id).cloned() else {
                    return self.say("what the note was about has been removed meanwhile");
                };
                self.say(if text.is_empty() { "no note" } else { "note kept" });
                self.edit(&before, Edit { note: Some(text), ..Edit::default() })
            }
        }
    }

    /// Keeps a passage; U takes it back.
    fn keep(&mut self, kept: Bookmark) -> Vec<Effect> {
        self.remember_kept(&kept.id);
        self.undo.push(Change::RemoveBookmark { id: kept.id.clone() });
        self.change(Change::SetBookmark(kept))
    }

    /// Takes back that a passage was kept just now.
    fn unkeep(&mut self, id: &str) -> Vec<Effect> {
        self.undo.retain(|change| !matches!(change, Change::RemoveBookmark { id: kept } if kept == id));
        self.change(Change::RemoveBookmark { id: id.to_owned() })
    }

    /// Changes parts of what is kept; U takes it back.
    pub(super) fn edit(&mut self, before: &Bookmark, edit: Edit) -> Vec<Effect> {
        let old = Edit {
            id: before.id.clone(),
            kind: edit.kind.map(|_| before.kind),
            note: edit.note.as_ref().map(|_| before.note.clone()),
            passage: edit.passage.as_ref().map(|_| before.passage.clone()),
            dismissed: edit.dismissed.map(|_| before.dismissed),
            ..Edit::default()
        };
        self.undo.push(Change::EditBookmark(old));
        self.change(Change::EditBookmark(Edit { id: before.id.clone(), ..edit }))
    }

    /// Records a change of what is kept, and shows it wherever it is shown.
    pub(super) fn change(&mut self, change: Change) -> Vec<Effect> {
        let record = self.record(change);
        let mut effects = self.anchor();
        effects.extend(record);
        self.list_kept();
        effects
    }

    /// Asks for the places of what is kept of the open article.
    pub(super) fn anchor(&self) -> Vec<Effect> {
        let Some((reader, article)) = self.reader.as_ref().zip(self.open_article()) else { return Vec::new() };
        let kept = self.annotations.bookmarks(Some(article)).into_iter();
        let passages: Vec<_> = kept.map(|kept| (kept.id.clone(), kept.passage.clone())).collect();
        if passages.is_empty() && reader.marked.is_empty() {
            return Vec::new();
        }
        vec![Effect::Anchor(Arc::clone(&reader.document), passages)]
    }

    /// Takes in where passages are. One that was found elsewhere than it was is remembered there.
    pub(super) fn anchored(&mut self, document: &Arc<Document>, anchored: Vec<Anchored>) -> Vec<Effect> {
        let Some(reader) = self.reader.as_mut().filter(|reader| Arc::ptr_eq(&reader.document, document)) else {
            return Vec::new();
        };
        reader.marked.clear();
        let mut effects = Vec::new();
        for Anchored { id, found, refreshed } in anchored {
            let Some(kept) = self.annotations.bookmark(&id).cloned() else { continue };
            self.bookmarks.grades.insert(id.clone(), found.map(|found| found.grade));
            if let (Some(reader), Some(found)) = (&mut self.reader, found) {
                let has_note = !kept.note.is_empty();
                reader.marked.push(Marked { id: id.clone(), kind: kept.kind, has_note, span: found.span });
            }
            if let Some(passage) = refreshed.filter(|passage| *passage != kept.passage) {
                let edit = Edit { id, passage: Some(passage), ..Edit::default() };
                effects.extend(self.record(Change::EditBookmark(edit)));
            }
        }
        if let Some(reader) = &mut self.reader {
            reader.marked.sort_by_key(|marked| (marked.span.start, marked.span.end));
        }
        effects
    }

    /// Takes in what other instances and devices have written.
    pub(super) fn changed(&mut self, records: Vec<Record>) -> Vec<Effect> {
        for record in records {
            self.annotations.fold(record);
        }
        self.list_kept();
        self.anchor()
    }

    /// What could not be written is written now.
    pub(super) fn saved(&mut self) -> Vec<Effect> {
        self.failure = None;
        self.say("all is saved now")
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let Some(change) = self.undo.pop() else { return self.say("nothing to undo") };
        self.say(&format!("undone: {}", self.what_was_done(&change)));
        match change {
            Change::SetReading(reading) => self.set_reading(reading),
            change => self.change(change),
        }
    }

    /// What a change takes back, in words.
    fn what_was_done(&self, back: &Change) -> String {
        let of = |id: &str| self.annotations.bookmark(id).map(|kept| kept.passage.quote.as_str()).unwrap_or_default();
        match back {
            Change::RemoveBookmark { id } => {
                let kind = self.annotations.bookmark(id).map(|kept| name(kept.kind)).unwrap_or_default();
                format!("{kind}: {}", of(id))
            }
            Change::SetBookmark(kept) => format!("removal: {}", kept.passage.quote),
            Change::EditBookmark(Edit { id, note, passage, dismissed, .. }) => {
                let what = match () {
                    () if note.is_some() => "note",
                    () if passage.is_some() => "re-attachment",
                    () if dismissed.is_some() => "dismissal",
                    () => "meaning",
                };
                format!("{what}: {}", of(id))
            }
            Change::SetMark { letter, .. } | Change::RemoveMark { letter, .. } => format!("mark {letter}"),
            Change::SetReading(reading) => format!("read or unread: {}", reading.article.title),
            Change::Read(_) => "place".to_owned(),
        }
    }
}

/// Whether two passages are the same words at the same place: the same sentence may stand twice in an article.
fn is_same(one: &Passage, other: &Passage) -> bool {
    one.quote == other.quote && one.before == other.before && one.after == other.after
}

/// The sign of something kept, which shows what it is where there are no colours.
pub fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Bookmark => ">",
        Kind::Important => "!",
        Kind::Question => "?",
        Kind::Agreed => "+",
        Kind::Doubted => "~",
        Kind::Term => "=",
    }
}

/// The name of a meaning.
pub fn name(kind: Kind) -> &'static str {
    MEANINGS.iter().find(|(_, meaning, _)| *meaning == kind).map_or("bookmark", |(.., name)| *name)
}
