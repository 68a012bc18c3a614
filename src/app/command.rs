//! Everything a key can do: name, sentence, default keys, declared once. Help, key map and README are made from this.

use super::context::Context;
use super::context::Context::{Bookmarks, Figures, Help, Links, List, Outline, Peek, Reader, Select};

/// What a key can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "every command has its sentence in the table below")]
pub enum Command {
    Back,
    Quit,
    Help,
    NextPane,
    PreviousPane,
    Cancel,
    Redraw,
    Suspend,
    Mouse,
    Reload,
    Undo,
    Down,
    Up,
    PageDown,
    PageUp,
    HalfDown,
    HalfUp,
    Top,
    Bottom,
    Percent,
    Centre,
    ToTop,
    ToBottom,
    Left,
    Right,
    NextHeading,
    PreviousHeading,
    NextParagraph,
    PreviousParagraph,
    NextSentence,
    PreviousSentence,
    ToggleOutline,
    FocusOutline,
    FindHeading,
    Open,
    ToList,
    NextArticle,
    PreviousArticle,
    NextUnread,
    PreviousUnread,
    ToggleRead,
    SortList,
    Search,
    NextMatch,
    PreviousMatch,
    JumpBack,
    JumpForward,
    SetMark,
    GoToMark,
    Bookmark,
    Bookmarks,
    Delete,
    SelectCharacters,
    SelectSentences,
    NextCharacter,
    PreviousCharacter,
    NextWord,
    PreviousWord,
    WordEnd,
    OtherEnd,
    SelectPageDown,
    SelectPageUp,
    SelectWord,
    SelectSentence,
    SelectParagraph,
    SelectSection,
    Highlight,
    Note,
    Highlights,
    SortKept,
    Reattach,
    Dismiss,
    Export,
    Figures,
    Copy,
    CopySection,
    SearchSelection,
    Hints,
    Links,
    Follow,
    Peek,
    Browse,
    Wider,
    Narrower,
    UsualWidth,
    Justify,
    Vertical,
    Zen,
    NarrowerPane,
    WiderPane,
    Raw,
}

/// A group of commands, as help and README show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Anywhere.
    Anywhere,
    /// Moving.
    Move,
    /// By structure.
    Structure,
    /// Between articles.
    Articles,
    /// Searching.
    Search,
    /// Places and bookmarks.
    Places,
    /// Selecting, and what is done with what is selected.
    Passages,
    /// Links and notes.
    Links,
    /// Looks.
    View,
}

/// A command with all there is to say about it.
#[derive(Debug)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// Its name in a key map file.
    pub name: &'static str,
    /// What it does, in a few words.
    pub sentence: &'static str,
    /// Where it stands in the help.
    pub group: Group,
    /// The contexts it has a meaning in.
    pub contexts: &'static [Context],
    /// Its keys.
    pub keys: &'static [&'static str],
}

const ALL: &[Context] = &[List, Reader, Outline, Bookmarks, Links, Help];
const EVERYWHERE: &[Context] = &[List, Reader, Outline, Bookmarks, Links, Peek, Help, Select, Figures];
const TEXT: &[Context] = &[Reader, Select];
const KEEPING: &[Context] = &[Reader, Select, Bookmarks];
const COPYING: &[Context] = &[Reader, Select, Bookmarks, Links, Peek];
const SOURCES: &[Context] = &[List, Reader, Outline, Links, Peek];
const PANES: &[Context] = &[List, Reader, Outline, Bookmarks, Links];
const BUT_HELP: &[Context] = &[List, Reader, Outline, Bookmarks, Links, Select, Figures];
const BUT_SELECT: &[Context] = &[List, Reader, Outline, Bookmarks, Links, Peek, Help, Figures];
const LISTS: &[Context] = &[List, Outline, Bookmarks, Links];
const READING: &[Context] = &[Reader, Outline];
const JUMPING: &[Context] = &[Reader, Outline, Bookmarks, Links];
const HALVES: &[Context] = &[List, Reader, Outline, Links, Peek, Help, Figures];

/// Every command, in the order of the help.
#[rustfmt::skip]
pub const COMMANDS: &[Entry] = &[
    entry(Command::Back, "back", "back; at the top level, quit", Group::Anywhere, EVERYWHERE, &["q"]),
    entry(Command::Quit, "quit", "quit", Group::Anywhere, EVERYWHERE, &["Q", "C-c"]),
    entry(Command::Help, "help", "show the keys", Group::Anywhere, EVERYWHERE, &["?", "F1"]),
    entry(Command::NextPane, "next-pane", "next pane", Group::Anywhere, BUT_HELP, &["Tab"]),
    entry(Command::PreviousPane, "previous-pane", "previous pane", Group::Anywhere, BUT_HELP, &["S-Tab"]),
    entry(Command::Cancel, "cancel", "leave one layer: search, filter, pane", Group::Anywhere, EVERYWHERE, &["Esc"]),
    entry(Command::Redraw, "redraw", "paint the screen anew", Group::Anywhere, EVERYWHERE, &["C-l"]),
    entry(Command::Suspend, "suspend", "suspend; the shell's fg comes back", Group::Anywhere, EVERYWHERE, &["C-z"]),
    entry(Command::Mouse, "mouse", "mouse on or off", Group::Anywhere, EVERYWHERE, &["M"]),
    entry(Command::Reload, "reload", "read the files again, keeping the place", Group::Anywhere, BUT_HELP, &["r"]),
    entry(Command::Undo, "undo", "undo the last change of what is kept", Group::Anywhere, BUT_HELP, &["U"]),
    entry(Command::Down, "down", "a row down", Group::Move, EVERYWHERE, &["j", "Down"]),
    entry(Command::Up, "up", "a row up", Group::Move, EVERYWHERE, &["k", "Up"]),
    entry(Command::PageDown, "page-down", "a page down", Group::Move, BUT_SELECT, &["Space", "C-f", "PgDn"]),
    entry(Command::PageUp, "page-up", "a page up", Group::Move, BUT_SELECT, &["b", "C-b", "PgUp"]),
    entry(Command::HalfDown, "half-page-down", "half a page down", Group::Move, HALVES, &["d", "C-d"]),
    entry(Command::HalfUp, "half-page-up", "half a page up", Group::Move, BUT_SELECT, &["u", "C-u"]),
    entry(Command::Top, "top", "to the start", Group::Move, EVERYWHERE, &["gg", "Home"]),
    entry(Command::Bottom, "bottom", "to the end; with a count, to that row", Group::Move, EVERYWHERE, &["G", "End"]),
    entry(Command::Percent, "percent", "with a count, to that percentage", Group::Move, ALL, &["%"]),
    entry(Command::Centre, "centre", "this place to the middle of the screen", Group::Move, &[Reader], &["zz"]),
    entry(Command::ToTop, "to-top", "this place to the top of the screen", Group::Move, &[Reader], &["zt"]),
    entry(Command::ToBottom, "to-bottom", "this place to the bottom of the screen", Group::Move, &[Reader], &["zb"]),
    entry(Command::Left, "left", "the wide code or table nearest to the middle: to the left; in vertical setting a column on", Group::Move, &[Reader], &["Left"]),
    entry(Command::Right, "right", "the wide code or table nearest to the middle: to the right; in vertical setting a column back", Group::Move, &[Reader], &["Right"]),
    entry(Command::NextHeading, "next-heading", "next heading", Group::Structure, READING, &["]"]),
    entry(Command::PreviousHeading, "previous-heading", "previous heading", Group::Structure, READING, &["["]),
    entry(Command::NextParagraph, "next-paragraph", "next paragraph", Group::Structure, TEXT, &["}"]),
    entry(Command::PreviousParagraph, "previous-paragraph", "previous paragraph", Group::Structure, TEXT, &["{"]),
    entry(Command::NextSentence, "next-sentence", "next sentence", Group::Structure, TEXT, &[")"]),
    entry(Command::PreviousSentence, "previous-sentence", "previous sentence", Group::Structure, TEXT, &["("]),
    entry(Command::ToggleOutline, "outline", "outline on or off", Group::Structure, READING, &["t"]),
    entry(Command::FocusOutline, "focus-outline", "to the outline; again: back to the text", Group::Structure, READING, &["T"]),
    entry(Command::FindHeading, "find-heading", "find a heading by its words", Group::Structure, READING, &["gh"]),
    entry(Command::Open, "open", "open; from outline, bookmarks or links, go there", Group::Articles, LISTS, &["Enter", "l", "Right"]),
    entry(Command::ToList, "list", "back to the list", Group::Articles, READING, &["h"]),
    entry(Command::NextArticle, "next-article", "next article", Group::Articles, READING, &["J"]),
    entry(Command::PreviousArticle, "previous-article", "previous article", Group::Articles, READING, &["K"]),
    entry(Command::NextUnread, "next-unread", "next unread article", Group::Articles, &[List], &["n"]),
    entry(Command::PreviousUnread, "previous-unread", "previous unread article", Group::Articles, &[List], &["p"]),
    entry(Command::ToggleRead, "toggle-read", "read or unread", Group::Articles, &[List], &["N"]),
    entry(Command::SortList, "sort", "`S` and a letter sorts: date, title, author, source, length, progress, change; again: reversed", Group::Articles, &[List], &["S"]),
    entry(Command::Search, "search", "search the text, or again for what was searched for last; filter a list", Group::Search, PANES, &["/"]),
    entry(Command::NextMatch, "next-match", "next match", Group::Search, TEXT, &["n"]),
    entry(Command::PreviousMatch, "previous-match", "previous match", Group::Search, TEXT, &["N"]),
    entry(Command::JumpBack, "jump-back", "back to where the last jump started", Group::Places, JUMPING, &["C-o", "Backspace"]),
    entry(Command::JumpForward, "jump-forward", "forward again", Group::Places, JUMPING, &["gi"]),
    entry(Command::SetMark, "mark", "`m` and a letter marks the place; a capital holds everywhere", Group::Places, &[Reader], &["m"]),
    entry(Command::GoToMark, "go-to-mark", "`'` and a letter goes there; again: to the last place", Group::Places, &[List, Reader], &["'"]),
    entry(Command::Bookmark, "bookmark", "bookmark the sentence at the top", Group::Places, TEXT, &["B"]),
    entry(Command::Bookmarks, "bookmarks", "list the bookmarks: of this article, again: of all", Group::Places, PANES, &["gb"]),
    entry(Command::Delete, "delete", "remove the bookmark or highlight", Group::Places, &[Bookmarks], &["d", "Delete"]),
    entry(Command::SelectCharacters, "select", "select characters; again: leave", Group::Passages, TEXT, &["v"]),
    entry(Command::SelectSentences, "select-sentences", "select whole sentences", Group::Passages, TEXT, &["V"]),
    entry(Command::NextCharacter, "next-character", "selecting: a character on, in vertical setting a column back", Group::Passages, &[Select], &["l", "Right"]),
    entry(Command::PreviousCharacter, "previous-character", "selecting: a character back, in vertical setting a column on", Group::Passages, &[Select], &["h", "Left"]),
    entry(Command::NextWord, "next-word", "selecting: a word on", Group::Passages, &[Select], &["w"]),
    entry(Command::PreviousWord, "previous-word", "selecting: a word back", Group::Passages, &[Select], &["b"]),
    entry(Command::WordEnd, "word-end", "selecting: to the end of the word", Group::Passages, &[Select], &["e"]),
    entry(Command::OtherEnd, "other-end", "selecting: move the other end", Group::Passages, &[Select], &["o"]),
    entry(Command::SelectPageDown, "select-page-down", "selecting: a page on", Group::Passages, &[Select], &["C-f", "PgDn"]),
    entry(Command::SelectPageUp, "select-page-up", "selecting: a page back", Group::Passages, &[Select], &["C-b", "PgUp"]),
    entry(Command::SelectWord, "select-word", "selecting: this word", Group::Passages, &[Select], &["iw"]),
    entry(Command::SelectSentence, "select-sentence", "selecting: this sentence", Group::Passages, &[Select], &["is"]),
    entry(Command::SelectParagraph, "select-paragraph", "selecting: this paragraph", Group::Passages, &[Select], &["ip"]),
    entry(Command::SelectSection, "select-section", "selecting: this section", Group::Passages, &[Select], &["ih"]),
    entry(Command::Highlight, "highlight", "`H` and 1–5 highlights: important, question, agreed, doubted, term; again: as the last", Group::Passages, KEEPING, &["H"]),
    entry(Command::Note, "note", "write a note", Group::Passages, KEEPING, &["a"]),
    entry(Command::Highlights, "highlights", "list the highlights: of this article, again: of all", Group::Passages, PANES, &["ga"]),
    entry(Command::SortKept, "sort-kept", "lists of bookmarks and highlights: another order", Group::Passages, &[Bookmarks], &["S"]),
    entry(Command::Reattach, "reattach", "attach a lost passage anew: in its list, then with the right words selected", Group::Passages, KEEPING, &["R"]),
    entry(Command::Dismiss, "dismiss", "a lost passage: do not tell me again", Group::Passages, &[Bookmarks], &["D"]),
    entry(Command::Export, "export", "export what is kept of the article, or what the list shows, as Markdown", Group::Passages, &[Reader, Bookmarks], &["x"]),
    entry(Command::Figures, "figures", "what has been read when", Group::Articles, PANES, &["gs"]),
    entry(Command::Copy, "copy", "copy what is selected, else the sentence at the top; of links, the address", Group::Passages, COPYING, &["y"]),
    entry(Command::CopySection, "copy-section", "copy the section", Group::Passages, TEXT, &["Y"]),
    entry(Command::SearchSelection, "search-selection", "search for what is selected", Group::Search, &[Select], &["*"]),
    entry(Command::Hints, "hints", "letters on the links and notes of the screen: follow one", Group::Links, &[Reader], &["f"]),
    entry(Command::Follow, "follow", "follow the link of the screen; of several, by its letters", Group::Links, &[Reader, Peek], &["Enter"]),
    entry(Command::Peek, "peek", "look at a note or an address without going there", Group::Links, &[Reader, Links, Peek], &["p"]),
    entry(Command::Links, "links", "list the links and notes of the article", Group::Links, READING, &["L"]),
    entry(Command::Browse, "browse", "open in the browser: where the article came from, or the link that is looked at", Group::Links, SOURCES, &["o"]),
    entry(Command::Wider, "wider", "wider text", Group::View, READING, &["+"]),
    entry(Command::Narrower, "narrower", "narrower text", Group::View, READING, &["-"]),
    entry(Command::UsualWidth, "usual-width", "text of the usual width", Group::View, READING, &["="]),
    entry(Command::Justify, "justify", "fill short gaps at the ends of lines, or not", Group::View, READING, &["gj"]),
    entry(Command::Vertical, "vertical", "Chinese, Japanese and Korean in columns, or in rows", Group::View, READING, &["gv"]),
    entry(Command::Zen, "zen", "only the text", Group::View, READING, &["ze"]),
    entry(Command::Raw, "raw", "all of the file, with title block and boilerplate", Group::View, READING, &["zR"]),
    entry(Command::NarrowerPane, "narrower-pane", "narrower side pane", Group::View, PANES, &["<"]),
    entry(Command::WiderPane, "wider-pane", "wider side pane", Group::View, PANES, &[">"]),
];

impl Entry {
    /// Where its keys hold, in words; none if that is everywhere, or its sentence says so.
    pub fn place(&self) -> String {
        const PLACES: [(Context, &str); 5] =
            [(List, "list"), (Reader, "text"), (Outline, "outline"), (Bookmarks, "bookmarks"), (Links, "links")];
        let held: Vec<&str> =
            PLACES.iter().filter(|(context, _)| self.contexts.contains(context)).map(|(_, name)| *name).collect();
        if held.len() == PLACES.len() { String::new() } else { held.join(", ") }
    }

    /// What it does, and where.
    pub fn says(&self) -> String {
        let place = self.place();
        let place = if place.is_empty() { place } else { format!(" ({place})") };
        format!("{}{place}", self.sentence)
    }
}

const fn entry(
    command: Command,
    name: &'static str,
    sentence: &'static str,
    group: Group,
    contexts: &'static [Context],
    keys: &'static [&'static str],
) -> Entry {
    Entry { command, name, sentence, group, contexts, keys }
}

impl Group {
    /// The groups in the order of the help.
    pub const ALL: [Self; 9] = [
        Self::Anywhere,
        Self::Move,
        Self::Structure,
        Self::Articles,
        Self::Search,
        Self::Places,
        Self::Passages,
        Self::Links,
        Self::View,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "Anywhere",
            Self::Move => "Move",
            Self::Structure => "Structure",
            Self::Articles => "Articles",
            Self::Search => "Search",
            Self::Places => "Places",
            Self::Passages => "Passages",
            Self::Links => "Links",
            Self::View => "View",
        }
    }
}
