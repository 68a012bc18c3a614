//! Links and notes: letters on those on the screen, the list of all, where each leads, a look at one without going there.
//!
//! Nothing outside is ever opened by going somewhere: an address is shown first, and opened when that is asked for.

use super::command::{COMMANDS, Command, Group};
use super::context::Context;
use super::key::Key;
use super::lines::set;
use super::list::ListPane;
use super::note::wrap;
use super::notice::Notice;
use super::reader::WHOLE;
use super::ways::{Way, name_in};
use super::{App, Effect, Target};
use crate::document::address::{disguised, is_cut, refusal, scheme};
use crate::document::{Aim, Link};
use crate::library::Article;
use crate::text::SafeText;

/// The letters on links, the easiest to reach first.
const LETTERS: [char; 14] = ['s', 'a', 'd', 'f', 'j', 'k', 'l', 'e', 'w', 'c', 'm', 'p', 'g', 'h'];

/// Rows of what is being looked at that are shown at most.
const ROWS: usize = 8;

/// All that is known of links at the moment.
#[derive(Debug, Default)]
pub struct Links {
    /// The letters on the links of the screen, while one is being chosen.
    pub hints: Option<Hints>,
    /// The list of links.
    pub pane: ListPane,
    /// What it lists.
    pub listed: Vec<Listed>,
    /// What is being looked at.
    pub peek: Option<Peek>,
    /// The link whose article is being looked for among the files.
    pub(super) sought: Option<Link>,
}

/// Letters on links.
#[derive(Debug)]
pub struct Hints {
    /// The letters, the link, and the cell of the pane they stand at.
    pub on: Vec<(String, Link, (u16, u16))>,
    /// The letters typed so far.
    pub typed: String,
    /// Whether the one that is chosen is only to be looked at.
    peeks: bool,
}

/// A row of the list of links.
#[derive(Debug)]
pub struct Listed {
    /// The link.
    pub link: Link,
    /// Its words.
    pub words: SafeText,
    /// Where it leads: an address, or how a note begins.
    pub aim: SafeText,
}

/// A link that is being looked at.
#[derive(Debug)]
pub struct Peek {
    /// What it is, and what can be done with it.
    pub head: Vec<String>,
    /// What is to be seen of it, for the window as it is.
    pub rows: Vec<String>,
    /// The first row that is shown.
    pub top: usize,
    /// How many are.
    pub height: usize,
    /// What had the keys before.
    pub before: Context,
    link: Link,
    address: String,
    words: String,
    /// The columns that its rows are set for.
    columns: u16,
}

impl App {
    /// Puts letters on the links of the screen.
    pub(super) fn hint(&mut self, peeks: bool) -> Vec<Effect> {
        let Some((reader, pane)) = self.reader.as_ref().zip(self.panes.text) else { return Vec::new() };
        let shown = reader.links_shown((pane.width, pane.height));
        if shown.is_empty() {
            let has_others = !reader.document.links(reader.measure().scope).is_empty();
            return if has_others {
                self.say(&format!("no link on the screen; {} lists those of the article", self.key(Command::Links)))
            } else {
                self.say_no_links()
            };
        }
        let on = names(shown.len()).zip(shown).map(|(name, (link, at))| (name, link, at));
        self.links.hints = Some(Hints { on: on.collect(), typed: String::new(), peeks });
        Vec::new()
    }

    /// Follows, or looks at, the link on the screen; of several, the one that is chosen by its letters.
    pub(super) fn take_link(&mut self, peeks: bool) -> Vec<Effect> {
        if self.focus == Context::Peek {
            return if peeks { self.leave_peek() } else { self.follow_peek() };
        }
        if self.focus == Context::Links {
            return self.at_cursor().map(|link| self.peek(link)).unwrap_or_default();
        }
        let effects = self.hint(peeks);
        match &self.links.hints {
            Some(Hints { on, .. }) if on.len() == 1 => self.hint_key(Key::Char(LETTERS[0])),
            _ => effects,
        }
    }

    /// Takes a key while there are letters on links.
    pub(super) fn hint_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(mut hints) = self.links.hints.take() else { return Vec::new() };
        match key.narrow() {
            Key::Char(letter) => hints.typed.extend(letter.to_lowercase()),
            Key::Backspace if !hints.typed.is_empty() => drop(hints.typed.pop()),
            _ => return Vec::new(),
        }
        if let Some((_, link, _)) = hints.on.iter().find(|(name, ..)| *name == hints.typed) {
            let link = link.clone();
            return if hints.peeks { self.peek(link) } else { self.go_along(link) };
        }
        if !hints.on.iter().any(|(name, ..)| name.starts_with(&hints.typed)) {
            return self.say("no link has these letters");
        }
        self.links.hints = Some(hints);
        Vec::new()
    }

    /// Lists the links and notes of the open article.
    pub(super) fn show_links(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let top = reader.top;
        self.links.pane = ListPane::default();
        self.list_links();
        if self.links.listed.is_empty() {
            return self.say_no_links();
        }
        let first = self.links.listed.iter().position(|listed| listed.link.span.end > top);
        self.links.pane.select(first.unwrap_or(usize::MAX));
        self.focus = Context::Links;
        Vec::new()
    }

    fn say_no_links(&mut self) -> Vec<Effect> {
        let is_whole = self.reader.as_ref().is_none_or(|reader| reader.share == WHOLE);
        self.say(if is_whole { "this article has no links" } else { "no links in what has been read so far" })
    }

    /// Finds the links for the list, as when the rest of the article has come.
    pub(super) fn list_links(&mut self) {
        let Some(reader) = &self.reader else { return };
        let document = &reader.document;
        let notes = document.notes();
        let of = |link: Link| {
            let aim = match &link.aim {
                Aim::Address(address) | Aim::Page(address) => address.clone(),
                Aim::Note(label) => notes.get(label.as_str()).map(|note| note.text.on_a_line()).unwrap_or_default(),
            };
            Listed { words: SafeText::line(&document.text(link.span)), link, aim }
        };
        self.links.listed = document.links(reader.measure().scope).into_iter().map(of).collect();
        self.filter_links();
    }

    pub(super) fn filter_links(&mut self) {
        let rows = self.links.listed.iter().map(|listed| format!("{} {}", listed.words, listed.aim));
        self.links.pane.refresh(&rows.collect::<Vec<_>>());
    }

    fn at_cursor(&self) -> Option<Link> {
        let row = self.links.pane.selected()?;
        self.links.listed.get(row).map(|listed| listed.link.clone())
    }

    pub(super) fn open_link(&mut self) -> Vec<Effect> {
        self.at_cursor().map(|link| self.go_along(link)).unwrap_or_default()
    }

    /// Goes where a link leads; what lies outside is shown first.
    fn go_along(&mut self, link: Link) -> Vec<Effect> {
        let way = self.way(&link.aim);
        if matches!(way, Way::Outside(_) | Way::Nowhere(_))
            && let Some(files) = self.files_of(&link.aim)
        {
            self.links.sought = Some(link);
            return vec![Effect::Seek(files)];
        }
        self.go(way, link)
    }

    /// The article that a link leads to was looked for among the files around the open one.
    pub(super) fn sought(&mut self, found: Option<Article>) -> Vec<Effect> {
        let Some(link) = self.links.sought.take() else { return Vec::new() };
        let origin = found.as_ref().map(|article| article.origin.clone());
        if let Some(article) = found {
            self.relist(|articles| {
                if articles.iter().all(|known| known.origin != article.origin) {
                    articles.push(article);
                }
            });
        }
        let place = |origin| self.library.articles.iter().position(|article| article.origin == origin);
        let way = match origin.and_then(place) {
            Some(index) => Way::Article(index, name_in(&link.aim)),
            None => self.way(&link.aim),
        };
        let mut effects = self.settle();
        effects.extend(self.go(way, link));
        effects
    }

    fn go(&mut self, way: Way, link: Link) -> Vec<Effect> {
        match way {
            Way::Place(place) => {
                self.focus = Context::Reader;
                self.read(|reader| reader.jump(place));
                self.say(&format!("{} goes back", self.key(Command::JumpBack)))
            }
            Way::Article(index, name) => self.lead(index, (!name.is_empty()).then_some(Target::Name(name))),
            Way::Outside(_) => self.peek(link),
            Way::Nowhere(why) => {
                self.notice = Some(Notice::problem(&why));
                Vec::new()
            }
        }
    }

    /// Shows where a link leads, or what a note says.
    fn peek(&mut self, link: Link) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let (mut head, mut words, mut address) = (vec!["Link".to_owned()], String::new(), String::new());
        let does = |command: Command, what: &str| format!("{} {what}", self.key(command));
        let way = self.way(&link.aim);
        if !matches!(way, Way::Outside(_) | Way::Nowhere(_)) {
            head.push(does(Command::Follow, "go there"));
        } else if self.files_of(&link.aim).is_some() {
            head.push(does(Command::Follow, "look for it"));
        }
        match &link.aim {
            Aim::Note(label) => {
                head[0] = format!("Note {label}");
                words = reader.document.note(label).unwrap_or_default().1;
            }
            Aim::Address(given) | Aim::Page(given) => address = given.to_string(),
        }
        match &way {
            Way::Outside(outside) => {
                address.clone_from(outside);
                if refusal(outside).is_none() {
                    head.push(does(Command::Browse, "browser"));
                    words = disguised(outside)
                        .map(|name| format!("It leads to {name}, which is not what one reads."))
                        .unwrap_or_default();
                } else if is_cut(outside) {
                    words.push_str("The address is too long: its end is not here.");
                }
            }
            Way::Article(index, _) => {
                let title = self.library.articles.get(*index).map_or("", |article| article.meta.title.as_str());
                words = format!("In this library: “{title}”.");
            }
            // Of a section its heading, of a note that is a link its words.
            Way::Place(place) if words.is_empty() => {
                let block = reader.document.blocks.get(place.block as usize);
                words = block.map(|block| block.text.to_string()).unwrap_or_default();
            }
            Way::Place(_) => {}
            Way::Nowhere(why) => words.clone_from(why),
        }
        head.extend([does(Command::Copy, "copy"), does(Command::Cancel, "back")]);
        let before = if self.focus == Context::Links { Context::Links } else { Context::Reader };
        self.links.peek =
            Some(Peek { head, rows: Vec::new(), top: 0, height: 0, before, link, address, words, columns: 0 });
        self.focus = Context::Peek;
        Vec::new()
    }

    /// Sets what is being looked at for the window as it is.
    pub(super) fn set_peek(&mut self) {
        let (columns, width) = (self.panes.body.width.saturating_sub(2).max(2), self.width_policy());
        let room = usize::from(self.panes.body.height).saturating_sub(1).max(1);
        let Some(peek) = &mut self.links.peek else { return };
        if peek.columns != columns {
            peek.columns = columns;
            peek.rows.clear();
            if !peek.address.is_empty() {
                wrap(&SafeText::body(&peek.address), columns, width, &mut peek.rows);
            }
            if !peek.words.is_empty() {
                peek.rows.extend(peek.words.lines().flat_map(|line| set(line, columns, width)));
            }
        }
        peek.height = peek.rows.len().clamp(1, ROWS).min(room);
        peek.top = peek.top.min(peek.rows.len().saturating_sub(peek.height));
    }

    pub(super) fn scroll_peek(&mut self, rows: isize) -> Vec<Effect> {
        if let Some(peek) = &mut self.links.peek {
            peek.top = peek.top.saturating_add_signed(rows).min(peek.rows.len().saturating_sub(peek.height));
        }
        Vec::new()
    }

    /// Whether a command is meant for what is looked at. All others leave it and do what they do below it; so do those
    /// that move, where there is nothing more of it to be seen.
    pub(super) fn is_of_peek(&self, command: Command) -> bool {
        let entry = COMMANDS.iter().find(|entry| entry.command == command);
        entry.is_some_and(|entry| {
            entry.contexts.contains(&Context::Peek) && (entry.group != Group::Move || self.peek_goes_on())
        })
    }

    /// Whether more can be seen of what is looked at than there is room for.
    pub(super) fn peek_goes_on(&self) -> bool {
        self.links.peek.as_ref().is_some_and(|peek| peek.rows.len() > peek.height)
    }

    pub(super) fn leave_peek(&mut self) -> Vec<Effect> {
        let before = self.links.peek.take().map(|peek| peek.before);
        self.focus = before.unwrap_or_default();
        Vec::new()
    }

    fn follow_peek(&mut self) -> Vec<Effect> {
        let Some(peek) = self.links.peek.take() else { return Vec::new() };
        self.focus = peek.before;
        match self.way(&peek.link.aim) {
            Way::Outside(_) if self.files_of(&peek.link.aim).is_none() => {
                let [browse, copy] = [Command::Browse, Command::Copy].map(|command| self.key(command).to_owned());
                self.links.peek = Some(peek);
                self.focus = Context::Peek;
                self.say(&format!("it is not in this library: {browse} opens it in the browser, {copy} copies it"))
            }
            _ => self.go_along(peek.link),
        }
    }

    /// Copies the address, or the words of the note, that is looked at or under the cursor.
    pub(super) fn copy_link(&mut self) -> Vec<Effect> {
        let of_peek = self.links.peek.as_ref().filter(|_| self.focus == Context::Peek);
        let text = match of_peek {
            Some(peek) if peek.address.is_empty() => Some(peek.words.clone()),
            Some(peek) => Some(peek.address.clone()),
            None => self.at_cursor().map(|link| match (self.way(&link.aim), &link.aim) {
                (Way::Outside(address), _) => address,
                (_, Aim::Address(address) | Aim::Page(address)) => address.to_string(),
                (_, Aim::Note(label)) => {
                    self.reader.as_ref().and_then(|reader| reader.document.note(label)).unwrap_or_default().1
                }
            }),
        };
        let Some(text) = text else { return Vec::new() };
        self.say(if is_cut(&text) { "the start of the address was copied: its end is not here" } else { "copied" });
        vec![Effect::Copy(SafeText::body(&text).to_string())]
    }

    /// Opens the address that is looked at or under the cursor, else where the article came from.
    pub(super) fn browse(&mut self) -> Vec<Effect> {
        let link = match self.focus {
            Context::Peek => self.links.peek.as_ref().map(|peek| peek.link.clone()),
            Context::Links => self.at_cursor(),
            _ => None,
        };
        let address = match link.map(|link| (self.way(&link.aim), link.aim)) {
            Some((Way::Outside(address), _)) => address,
            Some((_, Aim::Address(address))) if scheme(&address).is_some() => address.to_string(),
            Some((Way::Nowhere(why), _)) => return self.say(&format!("it leads to no address on the web: {why}")),
            Some(_) => return self.say(&format!("it is at hand: {} goes there", self.key(Command::Follow))),
            None => match self.source() {
                Some(source) => source,
                None => return self.say("the article does not say where it came from"),
            },
        };
        if let Some(why) = refusal(&address) {
            let why = format!("{why}; {} copies a link: {address}", self.key(Command::Copy));
            self.notice = Some(Notice::problem(&why));
            return Vec::new();
        }
        let name = disguised(&address).map(|name| format!(" ({name})")).unwrap_or_default();
        self.say(&format!("opening {address}{name}"));
        vec![Effect::Browse(address)]
    }

    /// Where the article came from that is open, or under the cursor.
    fn source(&self) -> Option<String> {
        let index = match &self.reader {
            Some(reader) if self.focus != Context::List => reader.article,
            _ => self.list.selected()?,
        };
        self.library.articles.get(index)?.meta.url.as_ref().map(ToString::to_string)
    }

    /// An address could not be opened: it is copied instead.
    pub(super) fn unopened(&mut self, address: String, why: &str) -> Vec<Effect> {
        self.notice = Some(Notice::problem(&format!("{why}: the address was copied instead")));
        vec![Effect::Copy(address)]
    }
}

/// The letters of so many links, all alike in length, or one name would be the start of another.
fn names(count: usize) -> impl Iterator<Item = String> {
    let most = count.saturating_sub(1).checked_ilog(LETTERS.len()).unwrap_or_default();
    let letter = |rank: usize, place: u32| LETTERS[rank / LETTERS.len().pow(place) % LETTERS.len()];
    (0..count).map(move |rank| (0..=most).rev().map(|place| letter(rank, place)).collect())
}

#[cfg(test)]
mod tests {
    use super::names;
    use std::collections::HashSet;

    #[test]
    fn every_link_has_letters_of_its_own() {
        for (count, length) in [(0, 0), (1, 1), (14, 1), (15, 2), (196, 2), (197, 3), (400, 3), (2744, 3), (2745, 4)] {
            let names: HashSet<String> = names(count).collect();
            assert_eq!(names.len(), count);
            assert!(names.iter().all(|name| name.len() == length), "{count}");
        }
    }
}
