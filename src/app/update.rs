//! What each message and command does to the app: an index, one verb an arm. The verbs stand beside it, by subject.

use super::command::Command;
use super::context::Context;
use super::key::Key;
use super::keymap::Pressed;
use super::reader::Reader;
use super::{App, Effect, Message, Mouse};
use crate::document::Unit;

impl App {
    /// Takes a message in; gives what the world has to do.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let is_resize = matches!(message, Message::Resize(..));
        if !is_resize {
            self.keep_rows();
        }
        if matches!(message, Message::Resize(..) | Message::Mouse(..) | Message::Begun(..) | Message::Loaded(..)) {
            self.links.hints = None;
        }
        let effects = match message {
            Message::Key(key) => self.pressed(key),
            Message::Paste(text) => self.paste(&text),
            Message::Resize(columns, rows) => self.resize(columns, rows),
            Message::Mouse(event, column, row) => self.point(event, column, row),
            Message::Found(articles) => self.found(articles),
            Message::Scanned(articles) => self.scanned(articles),
            Message::Begun(origin, piece) => self.begun(&origin, *piece),
            Message::Loaded(origin, result) => self.loaded(&origin, result),
            Message::Anchored(document, anchored) => self.anchored(&document, anchored),
            Message::Kept(annotations, device) => self.kept(*annotations, device),
            Message::Changed(records) => self.changed(records),
            Message::Saved => self.saved(),
            Message::Settled(settled) => self.settled(*settled),
            Message::Exported(result) => self.exported(result),
            Message::Sought(article) => self.sought(article.map(|article| *article)),
            Message::Unopened(address, why) => self.unopened(address, &why),
            Message::Failed(why) => self.failed(&why),
            Message::Tick => return self.tick(),
            Message::End => self.end(),
        };
        self.arrange();
        if !is_resize {
            self.keep_rows();
        }
        effects
    }

    fn pressed(&mut self, key: Key) -> Vec<Effect> {
        self.touched();
        self.notice = None;
        if self.note.is_some() {
            return self.note_key(key);
        }
        if self.prompt.is_some() {
            return self.type_key(key);
        }
        if self.links.hints.is_some() {
            return self.hint_key(key);
        }
        // What is looked at stands over a pane, whose keys hold as well.
        match self.keymap.press(&[self.focus, self.shown()], key) {
            Some(pressed) => self.asked(pressed),
            None => self.missed(),
        }
    }

    /// Does what a command asks for, where there is something that it can be done with.
    fn asked(&mut self, pressed: Pressed) -> Vec<Effect> {
        if self.focus == Context::Peek && !self.is_of_peek(pressed.command) {
            self.leave_peek();
        }
        if self.lacks_a_row_for(pressed.command) {
            return self.say("nothing is listed here");
        }
        self.command(pressed)
    }

    /// Says that what was pressed does nothing here, if it was whole: whoever pressed it is not left to wonder.
    fn missed(&mut self) -> Vec<Effect> {
        let Some(keys) = self.keymap.missed() else { return Vec::new() };
        let says = if self.focus == Context::Help {
            format!("{keys} does nothing here; {} goes back", self.key(Command::Back))
        } else {
            format!("{keys} does nothing here; {} shows the keys", self.key(Command::Help))
        };
        self.say(&says)
    }

    /// Somebody is there.
    fn touched(&mut self) {
        self.idle = 0;
        if let Some(reader) = &mut self.reader {
            let minutes = self.library.articles.get(reader.article).map_or(0, |article| article.minutes);
            let now = self.clock.now();
            reader.read_last(|more| self.watch.is_enough(&now, more, minutes));
            self.watch.tick(&now, reader.progress, minutes);
        }
    }

    fn point(&mut self, event: Mouse, column: u16, row: u16) -> Vec<Effect> {
        self.touched();
        // What is being typed is not to end up in another pane.
        let is_typing = self.prompt.is_some() || self.note.is_some();
        if is_typing {
            return Vec::new();
        }
        // As with a key, what was said before is over; what the start of a drag has said is not.
        if event != Mouse::Drag {
            self.notice = None;
        }
        self.pointed(event, column, row)
    }

    fn command(&mut self, pressed: Pressed) -> Vec<Effect> {
        let times = pressed.count.unwrap_or(1) as isize;
        match pressed.command {
            Command::Back => self.back(),
            Command::Quit => self.quit(),
            Command::Help => self.show_help(),
            Command::NextPane => self.next_pane(1),
            Command::PreviousPane => self.next_pane(-1),
            Command::Cancel => self.cancel(),
            Command::Redraw => vec![Effect::Redraw],
            Command::Suspend => vec![Effect::Suspend],
            Command::Mouse => self.toggle_mouse(),
            Command::Reload => self.reload(),
            Command::Undo => self.undo(),
            Command::Down => self.step(times),
            Command::Up => self.step(-times),
            Command::PageDown => self.page(times),
            Command::PageUp => self.page(-times),
            Command::HalfDown => self.half_page(times),
            Command::HalfUp => self.half_page(-times),
            Command::Top => self.to_start(pressed.count),
            Command::Bottom => self.to_end(pressed.count),
            Command::Percent => self.to_percent(pressed.count),
            Command::Centre => self.read(|reader| reader.place(reader.height() / 2)),
            Command::ToTop => self.read(|reader| reader.place(0)),
            Command::ToBottom => self.read(|reader| reader.place(reader.height().saturating_sub(1))),
            Command::Left => self.sideways(-times),
            Command::Right => self.sideways(times),
            Command::NextHeading => self.heading(times),
            Command::PreviousHeading => self.heading(-times),
            Command::NextParagraph => self.paragraph(times),
            Command::PreviousParagraph => self.paragraph(-times),
            Command::NextSentence => self.sentence(times),
            Command::PreviousSentence => self.sentence(-times),
            Command::ToggleOutline => self.toggle_outline(),
            Command::FocusOutline => self.go_to_outline(),
            Command::FindHeading => self.find_heading(),
            Command::Open => self.open(),
            Command::ToList => self.to_list(),
            Command::NextArticle => self.neighbour(times),
            Command::PreviousArticle => self.neighbour(-times),
            Command::NextUnread => self.unread(1),
            Command::PreviousUnread => self.unread(-1),
            Command::ToggleRead => self.toggle_read(),
            Command::SortList => self.sort(pressed.letter.unwrap_or_default()),
            Command::Search => self.start_prompt(),
            Command::NextMatch => self.next_match(times),
            Command::PreviousMatch => self.next_match(-times),
            Command::JumpBack => self.jump_back(),
            Command::JumpForward => self.jump_forward(),
            Command::SetMark => self.set_mark(pressed.letter.unwrap_or_default()),
            Command::GoToMark => self.go_to_mark(pressed.letter.unwrap_or_default()),
            Command::Bookmark => self.bookmark(),
            Command::Bookmarks => self.show_kept(false),
            Command::Highlight => self.highlight(pressed.letter.unwrap_or_default()),
            Command::Note => self.write_note(),
            Command::Highlights => self.show_kept(true),
            Command::SortKept => self.sort_kept(),
            Command::Reattach => self.reattach(),
            Command::Dismiss => self.dismiss(),
            Command::Export => self.export(),
            Command::Figures => self.show_figures(),
            Command::Delete => self.delete(),
            Command::SelectCharacters => self.select(Unit::Cluster),
            Command::SelectSentences => self.select(Unit::Sentence),
            Command::NextCharacter => self.extend(|reader| reader.extend_right(times)),
            Command::PreviousCharacter => self.extend(|reader| reader.extend_right(-times)),
            Command::NextWord => self.extend(|reader| reader.extend_by(Unit::Word, times)),
            Command::PreviousWord => self.extend(|reader| reader.extend_by(Unit::Word, -times)),
            Command::WordEnd => self.word_end(times),
            Command::OtherEnd => self.read(Reader::swap_ends),
            Command::SelectPageDown => self.select_page(times),
            Command::SelectPageUp => self.select_page(-times),
            Command::SelectWord => self.read(|reader| reader.select_around(Unit::Word)),
            Command::SelectSentence => self.read(|reader| reader.select_around(Unit::Sentence)),
            Command::SelectParagraph => self.read(|reader| reader.select_around(Unit::Paragraph)),
            Command::SelectSection => self.read(|reader| reader.select_around(Unit::Section)),
            Command::Copy if self.focus == Context::Bookmarks => self.copy_kept(),
            Command::Copy if matches!(self.focus, Context::Links | Context::Peek) => self.copy_link(),
            Command::Copy => self.copy(),
            Command::CopySection => self.copy_section(),
            Command::SearchSelection => self.search_selection(),
            Command::Hints => self.hint(false),
            Command::Follow => self.take_link(false),
            Command::Peek => self.take_link(true),
            Command::Links => self.show_links(),
            Command::Browse => self.browse(),
            Command::Wider => self.widen(4 * times),
            Command::Narrower => self.widen(-4 * times),
            Command::UsualWidth => self.set_width(self.choices.usual_width),
            Command::Justify => self.toggle_justify(),
            Command::Vertical => self.toggle_vertical(),
            Command::Zen => self.toggle_zen(),
            Command::Raw => self.toggle_raw(),
            Command::NarrowerPane => self.widen_pane(-2 * times),
            Command::WiderPane => self.widen_pane(2 * times),
        }
    }

    fn word_end(&mut self, times: isize) -> Vec<Effect> {
        self.extend(|reader| {
            let _ = (0..times).all(|_| reader.extend_to_word_end());
        })
    }

    fn back(&mut self) -> Vec<Effect> {
        match self.focus {
            Context::List if self.is_filtered() => self.clear_filter(),
            Context::List if self.reader.is_none() => self.quit(),
            Context::Reader if self.is_alone() => self.quit(),
            Context::Reader => self.to_list(),
            Context::Select => self.leave_selection(),
            Context::Help | Context::Figures => self.leave_help(),
            Context::Peek => self.leave_peek(),
            Context::List | Context::Outline | Context::Bookmarks | Context::Links => self.to_text(),
        }
    }

    fn quit(&mut self) -> Vec<Effect> {
        self.quits = true;
        let mut effects = self.record_reading();
        effects.extend(self.record_session());
        effects
    }

    /// Quits because the system says so, in the middle of whatever is being done.
    fn end(&mut self) -> Vec<Effect> {
        let mut effects = self.end_note();
        effects.extend(self.quit());
        effects
    }

    /// Leaves one layer, never the program.
    fn cancel(&mut self) -> Vec<Effect> {
        match self.focus {
            Context::Reader if !self.query.is_empty() => return self.clear_search(),
            Context::List | Context::Outline | Context::Bookmarks | Context::Links if self.is_filtered() => {
                return self.clear_filter();
            }
            Context::List if self.reader.is_none() => {}
            Context::List | Context::Outline | Context::Bookmarks | Context::Links => return self.to_text(),
            Context::Peek => return self.leave_peek(),
            Context::Help | Context::Figures => return self.leave_help(),
            Context::Select => return self.leave_selection(),
            Context::Reader => {}
        }
        Vec::new()
    }

    fn show_help(&mut self) -> Vec<Effect> {
        if self.focus == Context::Help {
            return self.leave_help();
        }
        self.help.before = self.focus;
        self.focus = Context::Help;
        Vec::new()
    }

    /// Leaves the help, or the figures.
    fn leave_help(&mut self) -> Vec<Effect> {
        self.focus = if self.focus == Context::Help { self.help.before } else { self.figures.before };
        Vec::new()
    }

    /// To the text, or where none is open to the list.
    pub(super) fn to_text(&mut self) -> Vec<Effect> {
        self.focus = if self.reader.is_some() { Context::Reader } else { Context::List };
        Vec::new()
    }
}
