//! What each message and command does to the app: an index, one verb an arm.

use super::{
    App, Arc, Bookmark, Change, Command, Context, Document, Effect, Key, Message, Notice, Origin, Passage, Position,
    Pressed, Prompt, Reader, Reading, SafeText, Typed, USUAL_WIDTH, keymap, measure,
};
use crate::document::BlockKind;

impl App {
    /// Takes a message in; gives what the world has to do.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let effects = match message {
            Message::Key(key) => self.key(key),
            Message::Paste(text) => self.paste(&text),
            Message::Resize(columns, rows) => self.resize(columns, rows),
            Message::Wheel(rows) => self.step(rows),
            Message::Scanned(articles) => self.scanned(articles),
            Message::Loaded(origin, result) => self.loaded(&origin, result),
            Message::Failed(why) => self.failed(&why),
        };
        self.follow();
        self.settle();
        effects
    }

    /// The place that is being read, as a change to record; none if nothing is open.
    pub fn reading(&mut self) -> Option<Change> {
        let reader = self.reader.as_ref()?;
        let identity = self.library.articles.get(reader.article)?.identity.clone();
        let span = reader.sentence()?;
        let reading = Reading {
            article: identity,
            passage: Passage::capture(&reader.document, span),
            progress: reader.progress,
            finished: reader.progress >= 1000,
            at: (self.now)(),
        };
        let is_new = self
            .annotations
            .reading(&reading.article.id)
            .is_none_or(|before| before.passage != reading.passage || before.progress != reading.progress);
        is_new.then_some(Change::SetReading(reading))
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        if self.notice.as_ref().is_some_and(|notice| !notice.stays) {
            self.notice = None;
        }
        if self.prompt.is_some() {
            return self.type_key(key);
        }
        match self.keymap.press(self.focus, key) {
            Some(pressed) => self.command(pressed),
            None => Vec::new(),
        }
    }

    fn command(&mut self, pressed: Pressed) -> Vec<Effect> {
        let times = pressed.count.unwrap_or(1) as isize;
        let page = self.height() as isize;
        match pressed.command {
            Command::Back => self.back(),
            Command::Quit => self.quit(),
            Command::Help => self.show_help(),
            Command::NextPane | Command::PreviousPane => self.next_pane(),
            Command::Cancel => self.cancel(),
            Command::Redraw => vec![Effect::Redraw],
            Command::Suspend => vec![Effect::Suspend],
            Command::Mouse => self.toggle_mouse(),
            Command::Reload => self.reload(),
            Command::Undo => self.undo(),
            Command::Down => self.step(times),
            Command::Up => self.step(-times),
            Command::PageDown => self.step((page - 2).max(1) * times),
            Command::PageUp => self.step(-(page - 2).max(1) * times),
            Command::HalfDown => self.step((page / 2).max(1) * times),
            Command::HalfUp => self.step(-(page / 2).max(1) * times),
            Command::Top => self.to_start(),
            Command::Bottom => self.to_end(pressed.count),
            Command::Percent => self.to_percent(pressed.count.unwrap_or_default()),
            Command::Centre => self.read(|reader| reader.place(reader.height() / 2)),
            Command::ToTop => self.read(|reader| reader.place(0)),
            Command::ToBottom => self.read(|reader| reader.place(reader.height().saturating_sub(1))),
            Command::Left => self.read(|reader| reader.sideways = reader.sideways.saturating_sub(8)),
            Command::Right => self.read(|reader| reader.sideways = (reader.sideways + 8).min(1000)),
            Command::NextHeading => self.heading(times),
            Command::PreviousHeading => self.heading(-times),
            Command::NextParagraph => self.paragraph(true, times),
            Command::PreviousParagraph => self.paragraph(false, times),
            Command::NextSentence => self.read(|reader| (0..times).for_each(|_| reader.jump_sentence(true))),
            Command::PreviousSentence => self.read(|reader| (0..times).for_each(|_| reader.jump_sentence(false))),
            Command::ToggleOutline => self.toggle_outline(),
            Command::FocusOutline => self.focus_outline(),
            Command::FindHeading => self.find_heading(),
            Command::Open => self.open(),
            Command::ToList => self.to_list(),
            Command::NextArticle => self.neighbour(1),
            Command::PreviousArticle => self.neighbour(-1),
            Command::NextUnread => self.unread(1),
            Command::PreviousUnread => self.unread(-1),
            Command::Search => self.start_prompt(),
            Command::NextMatch => self.read(|reader| reader.next_hit(true)),
            Command::PreviousMatch => self.read(|reader| reader.next_hit(false)),
            Command::JumpBack => self.jumped(Reader::jump_back),
            Command::JumpForward => self.jumped(Reader::jump_forward),
            Command::SetMark => self.set_mark(pressed.letter.unwrap_or_default()),
            Command::GoToMark => self.go_to_mark(pressed.letter.unwrap_or_default()),
            Command::Bookmark => self.bookmark(),
            Command::Bookmarks => self.show_bookmarks(),
            Command::Delete => self.delete(),
            Command::Wider => self.widen(4 * times),
            Command::Narrower => self.widen(-4 * times),
            Command::UsualWidth => self.set_width(USUAL_WIDTH),
            Command::Zen => self.toggle_zen(),
            Command::Raw => self.toggle_raw(),
            Command::NarrowerPane => self.widen_pane(-2),
            Command::WiderPane => self.widen_pane(2),
        }
    }

    fn read(&mut self, verb: impl FnOnce(&mut Reader)) -> Vec<Effect> {
        if let Some(reader) = &mut self.reader {
            verb(reader);
        }
        Vec::new()
    }

    fn step(&mut self, rows: isize) -> Vec<Effect> {
        match self.pane() {
            Some(pane) => pane.step(rows),
            None => return self.read(|reader| reader.scroll(rows)),
        }
        Vec::new()
    }

    fn to_start(&mut self) -> Vec<Effect> {
        match self.pane() {
            Some(pane) => pane.cursor = 0,
            None => return self.read(Reader::to_start),
        }
        Vec::new()
    }

    fn to_end(&mut self, row: Option<usize>) -> Vec<Effect> {
        match self.pane() {
            Some(pane) => {
                pane.cursor =
                    row.map_or(usize::MAX / 2, |row| row.saturating_sub(1)).min(pane.shown.len().saturating_sub(1))
            }
            None => {
                return self.read(|reader| match row {
                    Some(row) => {
                        reader.to_start();
                        reader.scroll(row.saturating_sub(1) as isize);
                    }
                    None => reader.to_end(),
                });
            }
        }
        Vec::new()
    }

    fn to_percent(&mut self, percent: usize) -> Vec<Effect> {
        match self.pane() {
            Some(pane) => pane.cursor = (pane.shown.len() * percent / 100).min(pane.shown.len().saturating_sub(1)),
            None => return self.read(|reader| reader.to_percent(percent)),
        }
        Vec::new()
    }

    fn heading(&mut self, times: isize) -> Vec<Effect> {
        let is_heading = |block: &crate::document::Block| block.heading_level().is_some();
        self.read(|reader| {
            for _ in 0..times.unsigned_abs() {
                reader.jump_to_block(times > 0, is_heading);
            }
        })
    }

    fn paragraph(&mut self, forward: bool, times: isize) -> Vec<Effect> {
        let is_text = |block: &crate::document::Block| !matches!(block.kind, BlockKind::Rule | BlockKind::Image { .. });
        self.read(|reader| {
            for _ in 0..times {
                reader.jump_to_block(forward, is_text);
            }
        })
    }

    fn back(&mut self) -> Vec<Effect> {
        match self.focus {
            Context::List => self.quit(),
            Context::Reader => self.to_list(),
            Context::Help => self.leave_help(),
            Context::Outline | Context::Bookmarks => self.to_text(),
        }
    }

    fn leave_help(&mut self) -> Vec<Effect> {
        self.focus = self.before_help;
        Vec::new()
    }

    fn to_text(&mut self) -> Vec<Effect> {
        self.focus = if self.reader.is_some() { Context::Reader } else { Context::List };
        Vec::new()
    }

    fn quit(&mut self) -> Vec<Effect> {
        self.quits = true;
        self.record_reading()
    }

    fn record_reading(&mut self) -> Vec<Effect> {
        self.reading().map(|change| self.record(change)).unwrap_or_default()
    }

    fn record(&mut self, change: Change) -> Vec<Effect> {
        self.annotations.apply(&change);
        vec![Effect::Record(change)]
    }

    fn to_list(&mut self) -> Vec<Effect> {
        let effects = self.record_reading();
        if let Some(reader) = self.reader.take() {
            self.list.select(reader.article);
        }
        self.query.clear();
        self.focus = Context::List;
        effects
    }

    fn cancel(&mut self) -> Vec<Effect> {
        match self.focus {
            Context::Reader if !self.query.is_empty() => {
                self.query.clear();
                return self.read(|reader| {
                    reader.hits.clear();
                    reader.hit = None;
                });
            }
            Context::List if !self.list.filter.is_empty() => {
                self.list.filter.clear();
                self.refilter();
            }
            Context::Outline | Context::Bookmarks => return self.to_text(),
            Context::Help => return self.leave_help(),
            Context::List | Context::Reader => {}
        }
        Vec::new()
    }

    fn next_pane(&mut self) -> Vec<Effect> {
        self.focus = match self.focus {
            Context::Reader if self.outline_columns() > 0 => Context::Outline,
            _ if self.reader.is_some() => Context::Reader,
            _ => Context::List,
        };
        Vec::new()
    }

    fn show_help(&mut self) -> Vec<Effect> {
        if self.focus == Context::Help {
            return self.leave_help();
        }
        self.before_help = self.focus;
        self.focus = Context::Help;
        self.help.shown = (0..keymap::help().len()).collect();
        Vec::new()
    }

    fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.mouse = !self.mouse;
        self.notice = Some(Notice::new(if self.mouse {
            "mouse on: the wheel scrolls"
        } else {
            "mouse off: the terminal selects"
        }));
        vec![Effect::Mouse(self.mouse)]
    }

    fn reload(&mut self) -> Vec<Effect> {
        match &self.reader {
            Some(reader) => {
                self.loading = Some(reader.top);
                let origin = self.library.articles.get(reader.article).map(|article| article.origin.clone());
                origin.map(Effect::Load).into_iter().collect()
            }
            None if self.paths.is_empty() => Vec::new(),
            None => vec![Effect::Scan(self.paths.clone())],
        }
    }

    fn scanned(&mut self, articles: Vec<crate::library::Article>) -> Vec<Effect> {
        let is_first = self.library.articles.is_empty();
        self.fill(articles);
        self.offer_to_continue();
        if is_first && self.library.articles.len() == 1 && self.reader.is_none() { self.open() } else { Vec::new() }
    }

    /// Puts the cursor on the article that was being read last.
    pub fn offer_to_continue(&mut self) {
        let Some(latest) = self.annotations.latest() else { return };
        let index = self.library.articles.iter().position(|article| article.identity.id == latest.article.id);
        if let Some(index) = index {
            let percent = latest.progress / 10;
            self.notice = Some(Notice::new(&format!("Enter continues “{}” at {percent} %", latest.article.title)));
            self.list.select(index);
        }
    }

    fn loaded(&mut self, origin: &Origin, result: Result<Document, String>) -> Vec<Effect> {
        let Some(index) = self.library.articles.iter().position(|article| article.origin == *origin) else {
            return Vec::new();
        };
        let document = match result {
            Ok(document) => document,
            Err(why) => {
                self.notice = Some(Notice::problem(&why));
                return Vec::new();
            }
        };
        let mut reader = Reader::new(
            index,
            Arc::new(document),
            measure(&self.measure, self.wanted, self.text_columns()),
            self.height(),
        );
        let place = self.loading.take().or_else(|| {
            let reading = self.annotations.reading(&self.library.articles.get(index)?.identity.id)?;
            reader.progress = reading.progress;
            Some(reading.passage.find(&reader.document)?.0.start)
        });
        if let Some(place) = place {
            reader.go(place);
        }
        let titles: Vec<String> =
            reader.document.outline.sections.iter().map(|section| section.title.to_string()).collect();
        self.outline = super::ListPane::default();
        self.outline.refresh(&titles);
        self.reader = Some(reader);
        self.focus = Context::Reader;
        self.resize(self.size.0, self.size.1)
    }

    fn failed(&mut self, why: &str) -> Vec<Effect> {
        self.notice = Some(Notice { stays: true, ..Notice::problem(why) });
        Vec::new()
    }

    fn text_columns(&self) -> u16 {
        let outline = self.outline_columns();
        self.size.0.saturating_sub(if outline > 0 { outline + 1 } else { 0 })
    }

    fn resize(&mut self, columns: u16, rows: u16) -> Vec<Effect> {
        self.size = (columns.max(1), rows.max(1));
        let (columns, height) = (self.text_columns(), self.height());
        if let Some(reader) = &mut self.reader {
            reader.resize(measure(&self.measure, self.wanted, columns), height);
        }
        Vec::new()
    }

    fn relayout(&mut self) -> Vec<Effect> {
        self.resize(self.size.0, self.size.1)
    }

    /// The outline follows the reading, unless it has the keys.
    fn follow(&mut self) {
        if self.focus != Context::Outline
            && let Some(reader) = &self.reader
        {
            self.outline.select(reader.section().unwrap_or_default());
        }
    }

    fn toggle_outline(&mut self) -> Vec<Effect> {
        self.outline_shown = !self.outline_shown;
        if self.focus == Context::Outline {
            self.focus = Context::Reader;
        }
        self.relayout()
    }

    fn focus_outline(&mut self) -> Vec<Effect> {
        let has_sections = self.reader.as_ref().is_some_and(|reader| !reader.document.outline.sections.is_empty());
        if !has_sections {
            self.notice = Some(Notice::new("this article has no sections"));
            return Vec::new();
        }
        self.outline_shown = true;
        self.focus = Context::Outline;
        self.relayout()
    }

    fn find_heading(&mut self) -> Vec<Effect> {
        let effects = self.focus_outline();
        if self.focus == Context::Outline { self.start_prompt() } else { effects }
    }

    fn open(&mut self) -> Vec<Effect> {
        match self.focus {
            Context::Outline => self.open_section(),
            Context::Bookmarks => self.open_bookmark(),
            _ => match self.list.selected() {
                Some(index) => self.load(index, None),
                None => Vec::new(),
            },
        }
    }

    fn load(&mut self, index: usize, place: Option<Position>) -> Vec<Effect> {
        let Some(article) = self.library.articles.get(index) else { return Vec::new() };
        if let Some(problem) = &article.problem {
            self.notice = Some(Notice::problem(problem));
            return Vec::new();
        }
        let load = Effect::Load(article.origin.clone());
        let mut effects = self.record_reading();
        self.loading = place;
        self.query.clear();
        effects.push(load);
        effects
    }

    fn open_section(&mut self) -> Vec<Effect> {
        let selected = self.outline.selected();
        self.focus = Context::Reader;
        self.read(|reader| {
            let section =
                selected.and_then(|index| reader.document.outline.sections.get(index).map(|section| section.at));
            if let Some(at) = section {
                reader.jump(at);
            }
        })
    }

    fn neighbour(&mut self, step: isize) -> Vec<Effect> {
        let Some(current) = self.reader.as_ref().map(|reader| reader.article) else { return Vec::new() };
        self.list.select(current);
        let rank = self.list.cursor.checked_add_signed(step).and_then(|rank| self.list.shown.get(rank).copied());
        if let Some(index) = rank {
            self.load(index, None)
        } else {
            self.notice = Some(Notice::new("no more articles this way"));
            Vec::new()
        }
    }

    fn unread(&mut self, step: isize) -> Vec<Effect> {
        let is_unread = |index: usize| {
            let article = self.library.articles.get(index);
            article.is_some_and(|article| {
                self.annotations.reading(&article.identity.id).is_none_or(|reading| !reading.finished)
            })
        };
        let mut rank = self.list.cursor;
        while let Some(next) = rank.checked_add_signed(step).filter(|next| *next < self.list.shown.len()) {
            rank = next;
            if self.list.shown.get(rank).is_some_and(|index| is_unread(*index)) {
                self.list.cursor = rank;
                break;
            }
        }
        Vec::new()
    }

    fn start_prompt(&mut self) -> Vec<Effect> {
        let from = self.reader.as_ref().map(|reader| reader.top).unwrap_or_default();
        self.prompt = Some((Prompt::default(), from));
        Vec::new()
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        if let Some((prompt, _)) = &mut self.prompt {
            prompt.insert(text);
            self.typed();
        }
        Vec::new()
    }

    fn type_key(&mut self, key: Key) -> Vec<Effect> {
        let Some((prompt, from)) = &mut self.prompt else { return Vec::new() };
        let from = *from;
        match prompt.press(key) {
            Typed::Changed => self.typed(),
            Typed::Accepted => self.prompt = None,
            Typed::Cancelled => {
                if let Some((prompt, _)) = &mut self.prompt {
                    prompt.text.clear();
                }
                self.typed();
                self.prompt = None;
                if self.focus == Context::Reader {
                    return self.read(|reader| reader.go(from));
                }
            }
            Typed::Ignored => {}
        }
        Vec::new()
    }

    /// What was typed takes effect at once.
    fn typed(&mut self) {
        let Some((prompt, from)) = &self.prompt else { return };
        let (text, from) = (prompt.text.clone(), *from);
        if self.focus == Context::Reader {
            self.query.clone_from(&text);
            if let Some(reader) = &mut self.reader {
                reader.search(&text, from);
            }
        } else {
            if let Some(pane) = self.pane() {
                pane.filter = text;
            }
            self.refilter();
        }
    }

    fn refilter(&mut self) {
        match self.focus {
            Context::List => {
                let articles = std::mem::take(&mut self.library.articles);
                self.fill(articles);
            }
            Context::Outline => {
                let titles = self.reader.as_ref().map(|reader| {
                    reader.document.outline.sections.iter().map(|section| section.title.to_string()).collect::<Vec<_>>()
                });
                self.outline.refresh(&titles.unwrap_or_default());
            }
            Context::Bookmarks => {
                let rows: Vec<String> = self
                    .bookmarked
                    .iter()
                    .map(|bookmark| format!("{} {}", bookmark.article.title, bookmark.passage.quote))
                    .collect();
                self.bookmarks.refresh(&rows);
            }
            Context::Reader | Context::Help => {}
        }
    }

    fn jumped(&mut self, verb: fn(&mut Reader) -> bool) -> Vec<Effect> {
        if !self.reader.as_mut().is_some_and(verb) {
            self.notice = Some(Notice::new("no place to go back or forward to"));
        }
        Vec::new()
    }

    fn set_mark(&mut self, letter: char) -> Vec<Effect> {
        let Some((article, passage)) = self.here().filter(|_| letter.is_ascii_alphabetic()) else { return Vec::new() };
        self.notice = Some(Notice::new(&format!("marked as {letter}")));
        self.record(Change::SetMark { letter, article, passage })
    }

    /// The article and the sentence at the top of the screen.
    fn here(&self) -> Option<(crate::document::Identity, Passage)> {
        let reader = self.reader.as_ref()?;
        let article = self.library.articles.get(reader.article)?.identity.clone();
        Some((article, Passage::capture(&reader.document, reader.sentence()?)))
    }

    fn go_to_mark(&mut self, letter: char) -> Vec<Effect> {
        if letter == '\'' {
            return self.jumped(Reader::jump_back);
        }
        let here = self
            .reader
            .as_ref()
            .and_then(|reader| self.library.articles.get(reader.article))
            .map(|article| article.identity.id.clone());
        let found = self.annotations.mark(letter, &here.unwrap_or_default()).cloned();
        if let Some((article, passage)) = found {
            self.go_to_passage(&article, &passage)
        } else {
            self.notice = Some(Notice::new("no such mark"));
            Vec::new()
        }
    }

    fn go_to_passage(&mut self, article: &crate::document::Identity, passage: &Passage) -> Vec<Effect> {
        let index = self.library.articles.iter().position(|other| other.identity.id == article.id);
        let Some(index) = index else {
            self.notice = Some(Notice::problem(&format!("“{}” is not in this library", article.title)));
            return Vec::new();
        };
        self.focus = Context::Reader;
        if let Some(reader) = self.reader.as_mut().filter(|reader| reader.article == index) {
            match passage.find(&reader.document) {
                Some((span, _)) => reader.jump(span.start),
                None => self.notice = Some(Notice::problem("the passage is no longer in the article")),
            }
            return Vec::new();
        }
        let document = crate::library::open(&self.library.articles[index].origin);
        let place = document.ok().and_then(|document| passage.find(&document)).map(|(span, _)| span.start);
        self.load(index, place)
    }

    fn bookmark(&mut self) -> Vec<Effect> {
        let Some((article, passage)) = self.here() else { return Vec::new() };
        let known = self.annotations.bookmarks(Some(&article.id)).iter().any(|bookmark| bookmark.passage == passage);
        if known {
            self.notice = Some(Notice::new("this sentence is bookmarked already; gb lists the bookmarks"));
            return Vec::new();
        }
        let created = (self.now)();
        let id = format!("{created}-{}", self.annotations.bookmarks(None).len());
        self.notice = Some(Notice::new(&format!("bookmarked: {}", passage.quote)));
        self.undo.push(Change::RemoveBookmark { id: id.clone() });
        self.record(Change::SetBookmark(Bookmark { id, article, passage, note: String::new(), created }))
    }

    fn show_bookmarks(&mut self) -> Vec<Effect> {
        let here = self
            .reader
            .as_ref()
            .and_then(|reader| self.library.articles.get(reader.article))
            .map(|article| article.identity.id.clone());
        let scope = here.filter(|_| self.focus != Context::Bookmarks);
        self.bookmarked = self.annotations.bookmarks(scope.as_ref()).into_iter().cloned().collect();
        self.focus = Context::Bookmarks;
        self.bookmarks.filter.clear();
        self.refilter();
        Vec::new()
    }

    fn open_bookmark(&mut self) -> Vec<Effect> {
        let Some(bookmark) = self.bookmarks.selected().and_then(|index| self.bookmarked.get(index).cloned()) else {
            return Vec::new();
        };
        self.go_to_passage(&bookmark.article, &bookmark.passage)
    }

    fn delete(&mut self) -> Vec<Effect> {
        let Some(index) = self.bookmarks.selected().filter(|index| *index < self.bookmarked.len()) else {
            return Vec::new();
        };
        let bookmark = self.bookmarked.remove(index);
        self.refilter();
        self.notice = Some(Notice::new("removed; U brings it back"));
        let change = Change::RemoveBookmark { id: bookmark.id.clone() };
        self.undo.push(Change::SetBookmark(bookmark));
        self.record(change)
    }

    fn undo(&mut self) -> Vec<Effect> {
        let Some(change) = self.undo.pop() else {
            self.notice = Some(Notice::new("nothing to undo"));
            return Vec::new();
        };
        self.notice = Some(Notice::new("undone"));
        let effects = self.record(change);
        if self.focus == Context::Bookmarks {
            self.show_bookmarks();
        }
        effects
    }

    fn widen(&mut self, cells: isize) -> Vec<Effect> {
        self.set_width((self.wanted as isize + cells).clamp(20, 160) as u16)
    }

    fn set_width(&mut self, cells: u16) -> Vec<Effect> {
        self.wanted = cells;
        let effects = self.relayout();
        let shown = self.reader.as_ref().map_or(cells, |reader| reader.measure().columns);
        self.notice =
            Some(Notice { text: SafeText::line(&format!("{shown} cells a line")), is_problem: false, stays: false });
        effects
    }

    fn toggle_zen(&mut self) -> Vec<Effect> {
        self.zen = !self.zen;
        self.relayout()
    }

    fn toggle_raw(&mut self) -> Vec<Effect> {
        self.measure.raw = !self.measure.raw;
        self.relayout()
    }

    fn widen_pane(&mut self, columns: i16) -> Vec<Effect> {
        self.outline_width = self.outline_width.saturating_add_signed(columns).clamp(12, 60);
        self.relayout()
    }
}
