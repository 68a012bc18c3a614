//! Articles: finding them, listing them, going from one to the next.

use super::command::Command;
use super::context::Context;
use super::notice::Notice;
use super::standing::standing;
use super::{App, Effect};
use crate::annotations::Annotations;
use crate::document::{Identity, Resolved};
use crate::library::query::{Query, State};
use crate::library::{Article, Origin};

/// The search for articles.
#[derive(Debug)]
pub struct Finding {
    /// Where they are looked for.
    pub origins: Vec<Origin>,
    /// Whether there may be more of them.
    pub goes_on: bool,
    /// Whether all were found once.
    pub was_over: bool,
    /// Whether those listed were only glimpsed at: the end of the search replaces them.
    pub glimpsed: bool,
}

impl App {
    /// Lists those of some articles that the filter means: a query, as on the command line. One that cannot be read, as
    /// while it is being typed, means all.
    pub(super) fn fill(&mut self, articles: Vec<Article>) {
        let query = Query::parse(&self.list.filter).unwrap_or_default();
        let is_meant = |row: usize| {
            let means = |article| query.matches(article, standing(&self.annotations, article));
            query == Query::default() || articles.get(row).is_some_and(means)
        };
        self.list.show(articles.len(), is_meant);
        let can_be_read = |row: &&usize| articles.get(**row).is_some_and(|article| article.problem.is_none());
        self.readable = self.list.shown.iter().filter(can_be_read).count();
        self.library.articles = articles;
    }

    /// Changes which articles are listed, in their order. The cursor stays on its article unless it is at the top; the
    /// open article stays listed even if its file is gone.
    pub(super) fn relist(&mut self, change: impl FnOnce(&mut Vec<Article>)) {
        let article = |index: usize| self.library.articles.get(index).cloned();
        let selected = self.list.selected().filter(|_| self.list.cursor > 0).and_then(article);
        let open = self.reader.as_ref().and_then(|reader| article(reader.article));
        let mut articles = std::mem::take(&mut self.library.articles);
        change(&mut articles);
        let place =
            |articles: &[Article], wanted: &Article| articles.iter().position(|one| one.origin == wanted.origin);
        articles.extend(open.clone().filter(|open| place(&articles, open).is_none()));
        self.sorting.order.sort(&mut articles, |article| standing(&self.annotations, article));
        if self.sorting.is_reversed {
            articles.reverse();
        }
        if let (Some(reader), Some(open)) = (&mut self.reader, open) {
            reader.article = place(&articles, &open).unwrap_or_default();
        }
        let selected = selected.and_then(|selected| place(&articles, &selected));
        self.fill(articles);
        self.list.cursor = 0;
        if let Some(index) = selected {
            self.list.select(index);
        }
    }

    /// Lists what the first search has found so far; of a later one only the end is shown, or rows would come and go.
    pub(super) fn found(&mut self, articles: Vec<Article>) -> Vec<Effect> {
        if !self.finding.was_over && !self.finding.glimpsed {
            self.relist(|known| known.extend(articles));
        }
        Vec::new()
    }

    pub(super) fn scanned(&mut self, articles: Vec<Article>) -> Vec<Effect> {
        let is_first = !std::mem::replace(&mut self.finding.was_over, true) && !self.finding.glimpsed;
        self.finding.goes_on = false;
        self.relist(|known| *known = articles);
        let settle = self.settle();
        if !is_first || self.reader.is_some() {
            return settle;
        }
        if self.library.articles.len() == 1 {
            return settle.into_iter().chain(self.open()).collect();
        }
        if self.list.cursor == 0 {
            self.offer_to_continue();
        }
        settle
    }

    /// The article at hand that one in which something was left is now: as was found out, else as its name tells.
    pub(super) fn index_of(&self, left_in: &Identity) -> Option<usize> {
        let articles = || self.library.articles.iter().map(|article| &article.identity);
        let home = self.annotations.home(left_in);
        let at_home = home.and_then(|home| articles().position(|article| article.path == home));
        at_home.or_else(|| left_in.resolve(articles(), |_| false).map(|found| found.index))
    }

    /// Asks in which of the articles what was kept is now.
    pub(super) fn settle(&self) -> Vec<Effect> {
        if self.annotations.is_empty() {
            return Vec::new();
        }
        let articles = self.library.articles.iter();
        let articles = articles.map(|article| (article.origin.clone(), article.identity.clone())).collect();
        vec![Effect::Settle(Box::new(self.annotations.clone()), articles)]
    }

    pub(super) fn settled(&mut self, settled: Annotations) -> Vec<Effect> {
        self.annotations.adopt(settled);
        self.list_kept();
        self.anchor()
    }

    /// Puts the cursor on the article that was being read last.
    pub(super) fn offer_to_continue(&mut self) {
        let Some(latest) = self.annotations.latest().filter(|_| self.notice.is_none() && !self.is_opening()) else {
            return;
        };
        let articles = self.library.articles.iter().map(|article| &article.identity);
        if let Some(Resolved { index, .. }) = latest.article.resolve(articles, |_| false) {
            let percent = latest.progress / 10;
            let place = if percent > 0 { format!(" at {percent} %") } else { String::new() };
            let key = self.key(Command::Open);
            self.notice = Some(Notice::new(&format!("{key} continues “{}”{place}", latest.article.title)));
            self.list.select(index);
        }
    }

    pub(super) fn open(&mut self) -> Vec<Effect> {
        match self.focus {
            Context::Outline => self.open_section(),
            Context::Bookmarks => self.open_bookmark(),
            Context::Links => self.open_link(),
            _ => match self.list.selected() {
                Some(index) => self.load(index, None),
                None => Vec::new(),
            },
        }
    }

    fn open_section(&mut self) -> Vec<Effect> {
        let selected = self.outline.selected();
        self.outline.filter.clear();
        self.refilter();
        self.focus = Context::Reader;
        self.read(|reader| {
            let sections = &reader.document.outline.sections;
            if let Some(at) = selected.and_then(|index| sections.get(index)).map(|section| section.at) {
                reader.jump(at);
            }
        })
    }

    /// Whether zhai was asked for one article and nothing else: there is no list to go back to.
    pub(super) fn is_alone(&self) -> bool {
        // Others may have been gone to from it, by links to files beside it.
        matches!(self.finding.origins.as_slice(), [only] if self.library.articles.iter().any(|article| article.origin == *only))
    }

    pub(super) fn to_list(&mut self) -> Vec<Effect> {
        let mut effects = self.record_reading();
        effects.extend(self.record_session());
        if let Some(reader) = self.reader.take() {
            self.list.select(reader.article);
        }
        self.loading = None;
        self.forget_trail();
        self.query.clear();
        self.focus = Context::List;
        effects
    }

    pub(super) fn neighbour(&mut self, step: isize) -> Vec<Effect> {
        let Some(current) = self.reader.as_ref().map(|reader| reader.article) else { return Vec::new() };
        self.list.select(current);
        let rank = self.list.cursor.checked_add_signed(step).and_then(|rank| self.list.shown.get(rank).copied());
        match rank {
            Some(index) => self.load(index, None),
            None => self.say("no more articles this way"),
        }
    }

    pub(super) fn unread(&mut self, step: isize) -> Vec<Effect> {
        let is_unread = |index: usize| {
            let article = self.library.articles.get(index);
            article.is_some_and(|article| standing(&self.annotations, article).state == State::Unread)
        };
        let mut rank = self.list.cursor;
        while let Some(next) = rank.checked_add_signed(step).filter(|next| *next < self.list.shown.len()) {
            rank = next;
            if self.list.shown.get(rank).is_some_and(|index| is_unread(*index)) {
                self.list.cursor = rank;
                return Vec::new();
            }
        }
        self.say("no unread article this way")
    }

    pub(super) fn failed(&mut self, why: &str) -> Vec<Effect> {
        self.failure = Some(Notice::problem(why));
        // It may say that what failed is done.
        self.notice = None;
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use crate::annotations::clock::WallClock;
    use crate::app::{App, Message};
    use crate::config::Settings;
    use crate::library::{Article, LibraryError, Origin, Tables};

    fn article(title: &str, date: &str) -> Article {
        let text = format!("---\ntitle: {title}\ndate: {date}\n---\n\n正文。\n");
        Article::describe(Origin::Input(text.into_bytes().into()), &Tables::built_in())
    }

    fn app() -> App {
        let folder = Origin::File("articles".into());
        App::new(vec![folder], Settings::default(), &Tables::built_in(), Box::new(WallClock)).0
    }

    /// The list, the cursor's row in brackets.
    fn list(app: &App) -> String {
        let title = |row: usize| app.library.articles.get(row).map(|article| article.meta.title.to_string());
        let rows = app.list.shown.iter().enumerate().filter_map(|(rank, row)| {
            let title = title(*row)?;
            Some(if rank == app.list.cursor { format!("[{title}]") } else { title })
        });
        rows.collect::<Vec<_>>().join(" ")
    }

    fn found() -> [Article; 4] {
        [article("a", "2021-01-01"), article("b", "2023-01-01"), article("c", "2022-01-01"), article("d", "2024-01-01")]
    }

    #[test]
    fn batches_are_listed_as_they_come_and_the_cursor_stays() {
        let [a, b, c, d] = found();
        let mut app = app();
        app.update(Message::Found(vec![a.clone(), b.clone()]));
        assert_eq!(list(&app), "[b] a");
        app.update(Message::Found(vec![c.clone()]));
        assert_eq!(list(&app), "[b] c a");
        app.list.cursor = 1;
        app.update(Message::Scanned(vec![a, b, c, d]));
        assert_eq!(list(&app), "d b [c] a");
    }

    #[test]
    fn a_cursor_that_was_not_moved_stays_at_the_top() {
        let [a, b, c, d] = found();
        let mut app = app();
        app.update(Message::Found(vec![a.clone(), b.clone()]));
        app.update(Message::Scanned(vec![a, b, c, d]));
        assert_eq!(list(&app), "[d] b c a");
    }

    #[test]
    fn a_later_search_shows_only_its_end() {
        let [a, b, c, _] = found();
        let mut app = app();
        app.update(Message::Scanned(vec![a.clone(), b.clone()]));
        app.update(Message::Found(vec![a.clone()]));
        assert_eq!(list(&app), "[b] a");
        app.update(Message::Scanned(vec![a, c]));
        assert_eq!(list(&app), "[c] a");
    }

    #[test]
    fn the_only_article_opens_once() {
        let [a, ..] = found();
        let mut app = app();
        assert_eq!(app.update(Message::Scanned(vec![a.clone()])).len(), 1);
        assert_eq!(app.update(Message::Scanned(vec![a])).len(), 0);
    }

    #[test]
    fn what_cannot_be_read_is_a_row_and_no_article() {
        let [a, ..] = found();
        let mut app = app();
        let missing = LibraryError::Io { path: "none".into(), source: std::io::ErrorKind::NotFound.into() };
        let missing = Article::failed(Origin::File("none".into()), &missing);
        app.update(Message::Scanned(vec![missing, a]));
        assert_eq!((app.list.shown.len(), app.readable), (2, 1));
    }

    #[test]
    fn the_filter_is_a_query() {
        let mut app = app();
        app.update(Message::Scanned(found().to_vec()));
        let cases = [
            ("", "dbca"),
            ("c", "c"),
            ("lang:zh -c", "dba"),
            ("before:2022-06", "ca"),
            ("before:2", "dbca"),
            ("is:finished", ""),
        ];
        for (filter, shown) in cases {
            app.list.filter = filter.to_owned();
            app.refilter();
            assert_eq!(list(&app).replace(['[', ']', ' '], ""), shown, "{filter}");
        }
    }
}
