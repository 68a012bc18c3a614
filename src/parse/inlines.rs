//! The inline content of a block: its text, and styles as ranges of it.
//!
//! Soft breaks are resolved here, since what they become depends on the characters around them. It knows no parser: pages,
//! Markdown and plain text are put together alike.

pub mod elements;
pub mod mend;
pub mod parting;

use crate::document::{Inline, Styled};
use crate::parse::ruby::{self, Piece};
use crate::text::SafeText;
use crate::text::breaks::{Cue, cue};
use crate::text::letters::is_unspaced;
use crate::text::safe::draft::{Draft, Plain};
use mend::mend;
use std::collections::VecDeque;

/// Elements that stay open from one block to the next.
const CARRIED: usize = 16;
/// Open elements among which an end tag looks for its own.
const DEEPEST: usize = 64;
/// Characters within which a note's words stand before it: a long line with many notes is not read anew for each.
const REACH: usize = 1024;

/// Text and styles under construction.
#[derive(Debug, Default)]
pub struct Inlines {
    text: Draft,
    styles: Vec<(usize, usize, Inline)>,
    open: Vec<Open>,
    /// A soft break that waits for the character after it.
    soft_break: bool,
    images: Vec<(String, String)>,
    /// Whether anything but images and white space was seen.
    has_text: bool,
    /// Whether a link or an image has just ended, after which pandoc writes attributes.
    pub(super) ends_span: bool,
    /// Depth of elements whose text is not shown (`<rp>`, `<script>`).
    hidden: usize,
    /// The line ends that the author wrote as such.
    written: Vec<usize>,
    /// Whether its white space was set right.
    is_mended: bool,
    /// How often something in it was read again.
    pub(super) rereads: usize,
    /// What links call places in it.
    names: Vec<SafeText>,
}

/// A style whose end has not come yet.
#[derive(Debug)]
struct Open {
    start: usize,
    style: Option<Inline>,
    /// Whether the same style is open around it, which ends later.
    is_covered: bool,
    /// The HTML element that opened it, which must close it; empty for Markdown.
    element: String,
    /// Whether it means something only if it covers a line.
    is_of_line: bool,
}

impl Inlines {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.styles.clear();
        self.open.clear();
        self.images.clear();
        self.written.clear();
        self.names.clear();
        (self.soft_break, self.has_text, self.ends_span, self.hidden, self.rereads) = (false, false, false, 0, 0);
    }

    /// Ends here what is open, and gives the start of what follows, in which the same elements are open, readings aside.
    #[must_use]
    pub fn part(&mut self) -> Self {
        let near = self.open.len().saturating_sub(CARRIED);
        let mut next = Self::default();
        let is_carried = |open: &&Open| !open.element.is_empty() && !open.is_of_line;
        for open in self.open.iter().skip(near).filter(is_carried) {
            let is_new = |style: &Inline| next.open.iter().all(|other| other.style.as_ref() != Some(style));
            let style = open.style.clone().filter(|style| *style != Inline::Ruby && is_new(style));
            let element = open.element.clone();
            next.open.push(Open { start: 0, style, is_covered: false, element, is_of_line: false });
        }
        self.close_all();
        next
    }

    /// What links call places in it.
    pub fn names(&mut self) -> impl Iterator<Item = SafeText> + use<'_> {
        self.names.drain(..)
    }

    /// Whether its white space was set right when it was finished.
    pub fn is_mended(&self) -> bool {
        self.is_mended
    }

    /// Whether no style is open.
    pub fn is_plain(&self) -> bool {
        self.open.iter().all(|open| open.style.is_none())
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing but images.
    pub fn is_images_only(&self) -> bool {
        !self.images.is_empty() && !self.has_text
    }

    /// The descriptions and addresses of the images.
    pub fn images(&self) -> Vec<(SafeText, SafeText)> {
        self.images.iter().map(|(alt, url)| (SafeText::line(alt), SafeText::line(url))).collect()
    }

    /// Gives images without a description their file's name, if nothing else is there: a cell of a table cannot show them
    /// otherwise, and their addresses would be lost.
    pub fn name_images(&mut self) {
        if !self.is_images_only() || self.text.contains(|c: char| !c.is_whitespace()) {
            return;
        }
        for (_, url) in std::mem::take(&mut self.images) {
            let path = url.split(['?', '#']).next().unwrap_or_default();
            let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("image");
            let between = if self.text.ends_with(|c: char| !c.is_whitespace()) { " " } else { "" };
            self.text.change().push_str(between);
            let start = self.text.len();
            self.text.change().push_str(name);
            self.image_from(start, url);
        }
    }

    /// The text mended and made safe, with its styles.
    pub fn finish(&mut self) -> (SafeText, Vec<Styled>) {
        let written = std::mem::take(&mut self.written);
        self.is_mended = !self.text.is_plain() && mend(self.text.change(), &mut self.styles, &written);
        let trailing = self.text.trim_end().len();
        let leading = trailing - self.text.get(..trailing).map_or(0, |text| text.trim_start().len());
        let (text, shifts) = self.text.safe(leading..trailing);
        if self.styles.is_empty() {
            return (text, Vec::new());
        }
        let place = |byte: usize| shifts.target(byte.clamp(leading, trailing) - leading) as u32;
        // A cue is kept with the character after it, which no later step parts from it.
        let after = |byte: usize| text.get(byte..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let mut styles = Vec::with_capacity(self.styles.len());
        for (start, end, style) in self.styles.drain(..) {
            let (start, end) = (place(start), place(end));
            let end = if let Inline::Cue(_) = style { start + after(start as usize) as u32 } else { end };
            if start < end {
                styles.push(Styled { range: start..end, style });
            }
        }
        styles.sort_by_key(|styled| (styled.range.start, std::cmp::Reverse(styled.range.end)));
        (text, styles)
    }

    /// Whether its text was never more than one line.
    pub fn is_line(&self) -> bool {
        self.text.is_plain()
    }

    /// Adds text, resolving the soft break before it; characters that are not seen become cues.
    pub fn push(&mut self, text: &str) {
        if let Some(plain) = Plain::of(text) {
            return self.push_plain(plain);
        }
        let mut rest = text;
        while let Some(at) = cue::first(rest) {
            let (seen, unseen) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.push_seen(seen);
            let mut after = unseen.chars();
            if let Some(cue) = after.next().and_then(Cue::of) {
                self.cue(cue);
            }
            rest = after.as_str();
        }
        self.push_seen(rest);
    }

    /// Notes what the text says of the place behind it.
    fn cue(&mut self, cue: Cue) {
        let at = self.text.len();
        match self.styles.last_mut() {
            _ if self.hidden > 0 || at == 0 => {}
            Some((before, _, Inline::Cue(other))) if *before == at => *other = cue.max(*other),
            _ => self.styles.push((at, at, Inline::Cue(cue))),
        }
    }

    fn push_seen(&mut self, text: &str) {
        if self.begin_seen(text) {
            self.text.change().push_str(text);
        }
    }

    fn push_plain(&mut self, plain: Plain) {
        if self.begin_seen(plain.as_str()) {
            self.text.push_plain(plain);
        }
    }

    /// Prepares for text that is seen; false if it is not.
    fn begin_seen(&mut self, text: &str) -> bool {
        let is_seen = self.hidden == 0 && !text.is_empty();
        if is_seen {
            self.settle_break(text.chars().next());
            self.has_text = self.has_text || !text.trim_start().is_empty();
        }
        is_seen
    }

    /// Adds text in which readings may be marked, as all writers mark them.
    pub fn push_marked(&mut self, text: &str) {
        self.push_pieces(text, false);
    }

    /// Adds text in which readings may be marked, as Aozora Bunko marks them.
    pub fn push_read(&mut self, text: &str) {
        self.push_pieces(text, true);
    }

    fn push_pieces(&mut self, text: &str, is_aozora: bool) {
        // Most text has neither marks of readings nor anything that is not seen, which one look tells.
        let (brace, bracket) = ruby::MARKS;
        if let Some(plain) = Plain::without(text, brace, bracket) {
            return self.push_plain(plain);
        }
        let Some(pieces) = ruby::pieces(text, is_aozora) else { return self.push(text) };
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.push(text),
                Piece::Ruby { base, reading } => {
                    self.push(base);
                    self.ruby(&reading.replace('|', ""));
                }
                Piece::Emphasis(text) => {
                    self.open(Some(Inline::Dotted), "《《");
                    self.push(text);
                    self.close("《《");
                }
            }
        }
    }

    /// Adds the reading of what stands before it; the brackets around it are the layout's.
    pub fn ruby(&mut self, reading: &str) {
        let start = self.text.len();
        self.push(reading);
        self.styles.push((start, self.text.len(), Inline::Ruby));
    }

    /// Gives a style to the last place where some words stand, the readings between them aside; none if that is far off.
    pub fn style_last(&mut self, words: &str, style: Inline) {
        // Readings are added as the text grows, and so stand in its order.
        let is_reading = |(_, _, style): &&(usize, usize, Inline)| *style == Inline::Ruby;
        let mut readings = self.styles.iter().rev().take(2 * REACH).filter(is_reading).peekable();
        let shown = self.text.char_indices().rev().filter(|(byte, _)| {
            while readings.next_if(|(start, ..)| byte < start).is_some() {}
            readings.peek().is_none_or(|(_, end, _)| byte >= end)
        });
        let words: Vec<char> = words.chars().collect();
        let mut window: VecDeque<(usize, char)> = VecDeque::new();
        if words.is_empty() {
            return;
        }
        for (byte, character) in shown.take(REACH) {
            window.push_front((byte, character));
            // One more than the words, for the place where they end: readings behind them are covered too.
            window.truncate(words.len() + 1);
            let fits =
                window.len() >= words.len() && window.iter().map(|(_, c)| c).zip(&words).all(|(c, word)| c == word);
            if fits {
                let end = window.get(words.len()).map_or(self.text.len(), |(byte, _)| *byte);
                self.styles.push((byte, end, style));
                return;
            }
        }
    }

    /// Adds a line end that must stay.
    pub fn hard_break(&mut self) {
        self.soft_break = false;
        let kept = self.text.trim_end_matches(' ').len();
        self.text.change().truncate(kept);
        if !self.text.is_empty() {
            self.text.change().push('\n');
        }
    }

    /// Adds a line end that the author wrote as one, and not with two spaces, which programs leave.
    pub fn written_break(&mut self) {
        self.hard_break();
        self.written.extend(self.text.len().checked_sub(1));
    }

    /// Whether a line end of the source waits for the character after it.
    pub(super) fn has_soft_break(&self) -> bool {
        self.soft_break
    }

    /// Gives a style to all from a byte on.
    pub(super) fn style(&mut self, start: usize, style: Inline) {
        self.styles.push((start.min(self.text.len()), self.text.len(), style));
    }

    /// Adds a line end of the source.
    pub fn soft_break(&mut self) {
        self.soft_break = true;
    }

    /// Adds white space that is no line end; there is none at the start of a line and beside a line end.
    pub fn space(&mut self) {
        if !self.soft_break && self.text.chars().next_back().is_some_and(|before| !before.is_whitespace()) {
            self.push(" ");
        }
    }

    /// Opens a style that Markdown or the given element closes. What is bold already becomes no bolder: thousands of
    /// elements that nothing closes would each style all that follows.
    pub fn open(&mut self, style: Option<Inline>, element: &str) {
        let is_open =
            |style: &Inline| self.open.iter().rev().take(DEEPEST).any(|open| open.style.as_ref() == Some(style));
        let is_covered = style.as_ref().is_some_and(is_open);
        let (start, element) = (self.text.len(), element.to_owned());
        self.open.push(Open { start, style, is_covered, element, is_of_line: false });
    }

    /// Opens a style that means something only if it covers a line.
    pub(super) fn open_line(&mut self, style: Inline, element: &str) {
        self.open(Some(style), element);
        self.open.iter_mut().next_back().into_iter().for_each(|open| open.is_of_line = true);
    }

    /// Closes the innermost style that an element opened; none if there is none.
    pub fn close(&mut self, element: &str) {
        let near = self.open.len().saturating_sub(DEEPEST);
        // Comparing two texts of no bytes takes long: there is nothing at their addresses, which the processor finds out.
        let is_own = |open: &Open| if element.is_empty() { open.element.is_empty() } else { open.element == element };
        let open = self.open.iter().skip(near).rposition(is_own);
        let Some(index) = open.map(|index| near + index) else { return };
        let open = self.open.remove(index);
        let is_shown = !open.is_covered && (!open.is_of_line || self.is_line_from(open.start));
        let Some(style) = open.style.filter(|_| is_shown) else { return };
        // What was opened inside and is not closed covers the rest itself.
        if let Some(inside) = self.open.iter_mut().skip(index).find(|inside| inside.style.as_ref() == Some(&style)) {
            inside.is_covered = false;
        }
        if let Inline::Link { url } = &style {
            let end = self.address_end(open.start, url);
            self.styles.push((open.start, end, style));
        } else {
            self.styles.push((open.start, self.text.len(), style));
        }
    }

    /// Adds an image within the text: its description stands for it.
    pub fn image(&mut self, alt: &str, url: &str) {
        self.settle_break(alt.chars().next());
        let start = self.text.len();
        self.text.change().push_str(alt);
        self.image_from(start, url.to_owned());
    }

    pub(super) fn push_in(&mut self, text: &str, in_image: bool) {
        if in_image {
            self.settle_break(text.chars().next());
            self.text.change().push_str(text);
        } else {
            self.push_marked(text);
        }
    }

    pub(super) fn image_from(&mut self, start: usize, url: String) {
        let alt = self.text.get(start..).unwrap_or_default().to_owned();
        self.styles.push((start, self.text.len(), Inline::Image { url: SafeText::line(&url) }));
        self.images.push((alt, url));
    }

    /// Gives an address to the last image; false if there is none that lacks one.
    pub fn supply(&mut self, address: &str) -> bool {
        let Some((_, url)) = self.images.last_mut().filter(|(_, url)| url.is_empty()) else { return false };
        address.clone_into(url);
        let is_image = |style: &&mut Inline| matches!(style, Inline::Image { .. });
        if let Some(style) = self.styles.iter_mut().rev().map(|(.., style)| style).find(is_image) {
            *style = Inline::Image { url: SafeText::line(address) };
        }
        true
    }

    /// Ends what is open.
    pub fn close_all(&mut self) {
        while let Some(open) = self.open.pop() {
            let is_shown = !open.is_covered && (!open.is_of_line || self.is_line_from(open.start));
            if let Some(style) = open.style.filter(|_| is_shown) {
                self.styles.push((open.start, self.text.len(), style));
            }
        }
    }

    /// Resolves a waiting soft break (CSS Text 3, segment break transformation): between two characters of scripts
    /// without spaces it vanishes, elsewhere it is a space.
    pub(super) fn settle_break(&mut self, next: Option<char>) {
        if !std::mem::take(&mut self.soft_break) {
            return;
        }
        let before = self.text.chars().next_back();
        match (before, next) {
            (Some(before), Some(next)) if is_unspaced(before) && is_unspaced(next) => {}
            (Some(before), _) if !before.is_whitespace() => self.text.push_plain(Plain::SPACE),
            _ => {}
        }
    }

    /// Where a link ends: an address that stands for itself ends before the first character that no address holds,
    /// though GFM's autolinks run on through Chinese text.
    fn address_end(&self, start: usize, url: &str) -> usize {
        let text = self.text.get(start..).unwrap_or_default();
        let is_bare = text.starts_with("http") && (url == text || url.ends_with(text)) || text.starts_with("www.");
        let end = if is_bare { text.find(is_unspaced) } else { None };
        end.map_or(self.text.len(), |end| start + end)
    }
}
