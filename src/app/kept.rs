//! The list of what was kept: of this article or of all, bookmarks or highlights, in an order; and what can be done
//! with one of them.

use super::command::Command;
use super::context::Context;
use super::list::ListPane;
use super::marking::name;
use super::{App, Effect, Notice, Target};
use crate::annotations::export::template::Template;
use crate::annotations::export::{Entry, markdown};
use crate::annotations::{Bookmark, Change, Edit, Kind};
use crate::document::{Grade, Identity, Passage};
use crate::text::SafeText;
use std::collections::HashMap;

/// All that is known of the list at the moment.
#[derive(Debug, Default)]
pub struct Bookmarks {
    /// The pane.
    pub pane: ListPane,
    /// What it lists.
    pub listed: Vec<Bookmark>,
    /// Which they are.
    pub scope: Scope,
    /// How surely the passages looked for so far were found, by id; none for lost ones.
    pub(super) grades: HashMap<String, Option<Grade>>,
    /// The passage that is to be attached anew, by id.
    reattaching: Option<String>,
}

/// Which kept passages are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The article they are of; none for all.
    pub article: Option<Identity>,
    /// Highlights, instead of bookmarks.
    pub highlights: bool,
    /// Their order.
    pub order: KeptOrder,
}

/// The order of kept passages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeptOrder {
    /// By article, and in it as they stand in the text.
    #[default]
    Place,
    /// The newest first.
    Newest,
    /// By what they mean.
    Meaning,
}

impl KeptOrder {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "by place",
            Self::Newest => "newest first",
            Self::Meaning => "by meaning",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Place => Self::Newest,
            Self::Newest => Self::Meaning,
            Self::Meaning => Self::Place,
        }
    }

    fn sort(self, kept: &mut [Bookmark]) {
        let place = |kept: &Bookmark| (kept.article.title.to_string(), kept.article.path.clone(), kept.passage.offset);
        match self {
            Self::Place => kept.sort_by_cached_key(place),
            Self::Newest => kept.sort_by(|a, b| b.created.cmp(&a.created)),
            Self::Meaning => kept.sort_by_cached_key(|kept| (kept.kind, place(kept))),
        }
    }
}

impl App {
    /// Lists the bookmarks, or highlights, of the open article; asked for again, those of all.
    pub(super) fn show_kept(&mut self, highlights: bool) -> Vec<Effect> {
        let is_again = self.focus == Context::Bookmarks && self.bookmarks.scope.highlights == highlights;
        let article = self.open_article().cloned().filter(|_| !is_again || self.bookmarks.scope.article.is_none());
        self.bookmarks.scope = Scope { article, highlights, order: self.bookmarks.scope.order };
        self.focus = Context::Bookmarks;
        self.bookmarks.pane.filter.clear();
        self.list_kept();
        Vec::new()
    }

    /// Brings the list up to date, if it is shown.
    pub(super) fn list_kept(&mut self) {
        if self.focus != Context::Bookmarks {
            return;
        }
        let selected = self.kept_at_cursor().map(|kept| kept.id.clone());
        let all = self.annotations.bookmarks(self.bookmarks.scope.article.as_ref()).into_iter();
        let mut kept: Vec<Bookmark> =
            all.filter(|kept| (kept.kind != Kind::Bookmark) == self.bookmarks.scope.highlights).cloned().collect();
        self.bookmarks.scope.order.sort(&mut kept);
        self.bookmarks.listed = kept;
        self.refilter();
        let index = self.bookmarks.listed.iter().position(|kept| Some(&kept.id) == selected.as_ref());
        if let Some(index) = index {
            self.bookmarks.pane.select(index);
        }
    }

    pub(super) fn sort_kept(&mut self) -> Vec<Effect> {
        self.bookmarks.scope.order = self.bookmarks.scope.order.next();
        self.list_kept();
        self.say(self.bookmarks.scope.order.name())
    }

    pub(super) fn kept_at_cursor(&self) -> Option<&Bookmark> {
        self.bookmarks.pane.selected().and_then(|index| self.bookmarks.listed.get(index))
    }

    pub(super) fn open_bookmark(&mut self) -> Vec<Effect> {
        match self.kept_at_cursor().cloned() {
            Some(kept) => self.go_to_passage(&kept.article, kept.passage),
            None => Vec::new(),
        }
    }

    pub(super) fn delete(&mut self) -> Vec<Effect> {
        let Some(kept) = self.kept_at_cursor().cloned() else { return Vec::new() };
        let at = self.bookmarks.pane.cursor;
        self.say(&format!("removed; {} brings it back", self.key(Command::Undo)));
        self.undo.push(Change::SetBookmark(kept.clone()));
        let effects = self.change(Change::RemoveBookmark { id: kept.id });
        self.bookmarks.pane.cursor = at.min(self.bookmarks.pane.shown.len().saturating_sub(1));
        effects
    }

    /// The words and the note of what the cursor is on, for the clipboard.
    pub(super) fn copy_kept(&mut self) -> Vec<Effect> {
        let Some(kept) = self.kept_at_cursor() else { return Vec::new() };
        let note = if kept.note.is_empty() { String::new() } else { format!("\n\n{}", kept.note) };
        let text = SafeText::body(&format!("{}{note}", kept.passage.quote)).to_string();
        self.say("copied");
        vec![Effect::Copy(text)]
    }

    /// Writes what is kept of the open article, or what the list shows, into a file of Markdown.
    pub(super) fn export(&mut self) -> Vec<Effect> {
        let is_list = self.focus == Context::Bookmarks;
        let kept: Vec<Bookmark> = if is_list {
            self.bookmarks.pane.shown.iter().filter_map(|index| self.bookmarks.listed.get(*index)).cloned().collect()
        } else {
            let article = self.open_article();
            article.map(|article| self.annotations.bookmarks(Some(article))).into_iter().flatten().cloned().collect()
        };
        if kept.is_empty() {
            let [bookmark, select, highlight] =
                [Command::Bookmark, Command::SelectCharacters, Command::Highlight].map(|command| self.key(command));
            let how = format!("{bookmark} bookmarks, {select} selects and {highlight} highlights");
            return self.say(&format!("nothing is kept here yet: {how}"));
        }
        let entries: Vec<Entry> = kept.into_iter().map(|kept| self.entry(kept)).collect();
        let title = match entries.as_slice() {
            [first, rest @ ..] if rest.iter().all(|other| other.path == first.path) => {
                first.bookmark.article.title.to_string()
            }
            _ if self.bookmarks.scope.highlights => "Highlights".to_owned(),
            _ => "Bookmarks".to_owned(),
        };
        vec![Effect::Export { title, text: markdown::write(&entries, &Template::default()) }]
    }

    /// A kept passage with what is known of its article.
    fn entry(&self, bookmark: Bookmark) -> Entry {
        let path = self.annotations.home(&bookmark.article).unwrap_or(&bookmark.article.path).to_owned();
        let meta = self.library.articles.iter().find(|other| other.identity.path == path).map(|found| &found.meta);
        let said = |field: Option<&SafeText>| field.map(ToString::to_string).unwrap_or_default();
        Entry {
            source: said(meta.and_then(|meta| meta.source.as_ref())),
            date: said(meta.and_then(|meta| meta.date.as_ref())),
            section: bookmark.passage.heading.last().cloned().unwrap_or_default(),
            path,
            bookmark,
            ..Entry::default()
        }
    }

    /// Says where the excerpts are, or why they are nowhere.
    pub(super) fn exported(&mut self, result: Result<std::path::PathBuf, String>) -> Vec<Effect> {
        self.notice = Some(match result {
            Ok(path) => Notice::new(&format!("exported to {}", path.display())),
            Err(why) => Notice::problem(&why),
        });
        Vec::new()
    }

    /// A passage that is lost: the reader need not be told any more.
    pub(super) fn dismiss(&mut self) -> Vec<Effect> {
        let Some(kept) = self.kept_at_cursor().cloned() else { return Vec::new() };
        if !self.is_lost(&kept) {
            return self.say(&format!("only what is lost can be dismissed; {} removes", self.key(Command::Delete)));
        }
        self.say(if kept.dismissed { "not dismissed any more" } else { "dismissed: it stays in the list, faint" });
        self.edit(&kept, Edit { dismissed: Some(!kept.dismissed), ..Edit::default() })
    }

    /// In the list: takes what the cursor is on along, to be attached anew. In the text: attaches it to the selection.
    pub(super) fn reattach(&mut self) -> Vec<Effect> {
        if self.focus == Context::Bookmarks {
            let Some(kept) = self.kept_at_cursor().cloned() else { return Vec::new() };
            self.bookmarks.reattaching = Some(kept.id.clone());
            let effects = self.go_to_passage(&kept.article, kept.passage);
            let [characters, sentences, attach] =
                [Command::SelectCharacters, Command::SelectSentences, Command::Reattach]
                    .map(|command| self.key(command));
            self.say(&format!("select the words it belongs to now ({characters}, {sentences}), then {attach}"));
            return effects;
        }
        let Some(before) = self.bookmarks.reattaching.take().and_then(|id| self.annotations.bookmark(&id).cloned())
        else {
            let [attach, bookmarks, highlights] =
                [Command::Reattach, Command::Bookmarks, Command::Highlights].map(|command| self.key(command));
            let lists = format!("bookmarks ({bookmarks}) or highlights ({highlights})");
            return self.say(&format!("{attach} in the list of {lists} chooses what to attach here"));
        };
        let Some((_, passage)) = self.here() else { return Vec::new() };
        self.leave_selection();
        self.say(&format!("{} attached anew", name(before.kind)));
        self.edit(&before, Edit { passage: Some(passage), ..Edit::default() })
    }

    /// Whether a passage was looked for and not found.
    pub fn is_lost(&self, kept: &Bookmark) -> bool {
        self.bookmarks.grades.get(&kept.id) == Some(&None)
    }

    /// How surely a passage was found, if it was looked for and found.
    pub fn grade(&self, kept: &Bookmark) -> Option<Grade> {
        self.bookmarks.grades.get(&kept.id).copied().flatten()
    }

    /// To a passage of any article; one that is not open is loaded first.
    pub(super) fn go_to_passage(&mut self, article: &Identity, passage: Passage) -> Vec<Effect> {
        let Some(index) = self.index_of(article) else {
            self.notice = Some(Notice::problem(&format!("“{}” is not in this library", article.title)));
            return Vec::new();
        };
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.article == index) else {
            return self.lead(index, Some(Target::Passage(passage)));
        };
        self.focus = Context::Reader;
        let found = passage.find(&reader.document);
        reader.jump(found.map_or_else(|| passage.estimate(&reader.document), |(span, _)| span.start));
        self.tell_grade(found.map(|(_, grade)| grade))
    }

    /// Says how surely a passage was found that has been gone to.
    pub(super) fn tell_grade(&mut self, grade: Option<Grade>) -> Vec<Effect> {
        match grade {
            Some(Grade::Exact) => Vec::new(),
            Some(Grade::Moved) => self.say("≈ the words have changed a little"),
            Some(Grade::Changed) => self.say("? the words have changed: look whether this is the place"),
            None => {
                let [attach, bookmarks, highlights] =
                    [Command::Reattach, Command::Bookmarks, Command::Highlights].map(|command| self.key(command));
                let how = format!("{attach} in {bookmarks} or {highlights} attaches it anew");
                let lost = format!("the passage is lost: this is about where it was; {how}");
                self.notice = Some(Notice::problem(&lost));
                Vec::new()
            }
        }
    }
}
