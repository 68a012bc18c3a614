//! What a block is worth as part of an article: how much text it holds, how much of that is links, what it says.

use crate::document::{Block, BlockKind, Inline, Meta};
use crate::parse::line::{PARTS, ends_sentence, is_counter, is_hashtags};
use crate::parse::tables::phrases::{Marks, Phrases};
use crate::text::letters::{self, key};
use std::cell::OnceCell;

/// Cells from which a paragraph is taken for the article's text: two a Han character, one a Latin letter.
const PROSE: usize = 90;
/// The deepest level that markup has.
pub const DEEPEST: u8 = 6;
/// Cells of a name, a date, a button.
const SHORT: usize = 32;

/// What is known of one block. What phrases it holds is looked for when it is first asked: of nearly all paragraphs
/// between an article's ends it never is.
#[derive(Debug)]
pub struct Facts<'a> {
    text: &'a str,
    phrases: &'a Phrases,
    /// Whether it is a paragraph or a heading.
    is_line: bool,
    is_heading: bool,
    marks: OnceCell<Marks>,
    is_promotion: OnceCell<bool>,
    /// Cells of its text.
    pub cells: usize,
    /// Whether nearly all of it is links to other pages.
    pub is_links: bool,
    /// Whether it shows nothing that could be read: an image, a rule, stray punctuation, a counter.
    pub is_quiet: bool,
    /// Whether it counts how often the article was read, liked, kept.
    pub is_counts: bool,
    /// Whether it is too short for a sentence and does not end like one.
    pub is_short: bool,
    /// Whether it says the title again.
    pub is_title: bool,
}

impl<'a> Facts<'a> {
    /// What is known of each block.
    pub fn of_each(blocks: &'a [Block], meta: &Meta, phrases: &'a Phrases) -> Vec<Self> {
        let title = Title::of(&meta.title);
        blocks.iter().map(|block| Self::of(block, &title, phrases)).collect()
    }

    fn of(block: &'a Block, title: &Title, phrases: &'a Phrases) -> Self {
        let text = block.text.trim();
        let cells = letters::cells(text);
        let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. });
        let is_links = is_line && linked(block) * 10 >= text.len() * 8 && !text.is_empty();
        // A number that stands for a section, though no markup says so.
        let is_number = block.heading_level().is_some_and(|level| level > DEEPEST);
        let is_picture = matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule);
        // What a converter leaves of a picture.
        let is_picture = is_picture || text.starts_with("[http") && text.ends_with(']') && !text.contains([' ', '，']);
        let is_counts = is_line && !is_number && (is_counter(text) || phrases.counts.are_line(text));
        Self {
            text,
            phrases,
            is_line,
            is_heading: block.heading_level().is_some(),
            marks: OnceCell::new(),
            is_promotion: OnceCell::new(),
            cells,
            is_links,
            is_quiet: is_picture || is_counts || is_line && !is_number && !letters::has_letter(text),
            is_counts,
            is_short: is_line && cells <= SHORT && !ends_sentence(text),
            is_title: is_line && block.containers.is_empty() && title.is_said_by(block, text),
        }
    }

    /// What phrases stand in it, if it is a line.
    pub fn marks(&self) -> Marks {
        *self.marks.get_or_init(|| match (self.is_heading, self.is_line) {
            (true, _) => self.phrases.marks_of_heading(self.text),
            (false, true) => self.phrases.marks(self.text),
            (false, false) => Marks::default(),
        })
    }

    /// Whether phrases of what stands where an article is over may stand in it, which most lines have none of.
    pub fn may_be_over(&self) -> bool {
        self.phrases.may_be_over(self.text)
    }

    /// Whether it promotes something, is a footer, or is nothing but hashtags.
    pub fn is_promotion(&self) -> bool {
        *self.is_promotion.get_or_init(|| {
            let promotes = self.marks().promotes() && self.phrases.is_tail(self.text);
            let is_footer = || self.marks().may_be_footer() && self.phrases.is_footer(self.text);
            promotes || self.is_line && (is_footer() || is_hashtags(self.text))
        })
    }

    /// Whether it is a sentence or more of running text, and promotes nothing.
    pub fn is_prose(&self) -> bool {
        let may_be_prose = self.is_line && self.cells >= PROSE && !self.is_links;
        may_be_prose && has_sentence(self.text) && !self.is_promotion()
    }
}

/// The title, and what lines that say it say.
struct Title {
    whole: String,
    bytes: usize,
    /// What stands before a site's name.
    without_site: String,
    /// What stands after a label in brackets.
    without_label: String,
}

impl Title {
    fn of(title: &str) -> Self {
        let end = PARTS.iter().filter_map(|mark| title.rfind(mark)).max();
        let without_site = end.and_then(|end| title.get(..end)).map(key).unwrap_or_default();
        let label = title.strip_prefix(['[', '【']).and_then(|rest| Some(rest.split_once([']', '】'])?.1));
        let is_enough = without_site.chars().count() >= 4 && without_site.len() * 3 >= title.len();
        Self {
            whole: key(title),
            bytes: title.len(),
            without_site: if is_enough { without_site } else { String::new() },
            without_label: label.map(key).filter(|rest| rest.len() * 2 >= title.len()).unwrap_or_default(),
        }
    }

    /// Whether a line is the title, with the site's name after it, or as a heading without that name.
    fn is_said_by(&self, block: &Block, text: &str) -> bool {
        if self.whole.is_empty() || text.len() > 3 * self.bytes + 120 {
            return false;
        }
        // Most lines begin otherwise, and need not be folded.
        let is_labelled = !self.without_label.is_empty();
        if !(letters::agree(text, &self.whole) || is_labelled && letters::agree(text, &self.without_label)) {
            return false;
        }
        let line = key(text);
        let is_parted = |text: &str| PARTS.iter().any(|mark| text.contains(mark));
        let has_more = self.whole.chars().count() >= 8
            && line.starts_with(&self.whole)
            && text.len() <= self.bytes + 60
            && is_parted(text)
            && !ends_sentence(text);
        // A section may say what a label in brackets stands before.
        let is_less = |level| line == self.without_site && level <= 2 || line == self.without_label && level == 1;
        let has_less = block.heading_level().is_some_and(is_less);
        line == self.whole || has_more || (has_less && !line.is_empty())
    }
}

fn has_sentence(text: &str) -> bool {
    let has_mark = || !text.is_ascii() && text.contains(['。', '，', '！', '？', '、']);
    ends_sentence(text) || has_mark() || text.contains(". ") || text.contains(", ")
}

/// Bytes of a block that are links to elsewhere.
pub fn linked(block: &Block) -> usize {
    let is_link = |style: &Inline| match style {
        Inline::Link { url } => !url.starts_with('#'),
        Inline::Page { .. } => true,
        _ => false,
    };
    let links = block.styles.iter().filter(|styled| is_link(&styled.style));
    links.map(|styled| (styled.range.end - styled.range.start) as usize).sum()
}
