//! What a block is worth as part of an article: how much text it holds, how much of that is links, what it says.

use crate::document::{Block, BlockKind, Inline, Meta};
use crate::parse::line::{PARTS, ends_sentence, is_counter, is_hashtags};
use crate::parse::tables::phrases::{Marks, Phrases};
use crate::text::letters::{self, key};

/// Cells from which a paragraph is taken for the article's text: two a Han character, one a Latin letter.
const PROSE: usize = 90;
/// The deepest level that markup has.
const DEEPEST: u8 = 6;
/// Cells of a name, a date, a button.
const SHORT: usize = 32;

/// What is known of one block.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    /// What phrases stand in it.
    pub marks: Marks,
    /// Cells of its text.
    pub cells: usize,
    /// Whether nearly all of it is links to other pages.
    pub is_links: bool,
    /// Whether it is a sentence or more of running text, and promotes nothing.
    pub is_prose: bool,
    /// Whether it shows nothing that could be read: an image, a rule, stray punctuation, a counter.
    pub is_quiet: bool,
    /// Whether it is too short for a sentence and does not end like one.
    pub is_short: bool,
    /// Whether it says the title again.
    pub is_title: bool,
    /// Whether it promotes something, is a footer, or is nothing but hashtags.
    pub is_promotion: bool,
}

impl Facts {
    /// What is known of each block.
    pub fn of_each(blocks: &[Block], meta: &Meta, phrases: &Phrases) -> Vec<Self> {
        let title = Title::of(&meta.title);
        blocks.iter().map(|block| Self::of(block, &title, phrases)).collect()
    }

    fn of(block: &Block, title: &Title, phrases: &Phrases) -> Self {
        let text = block.text.trim();
        let cells = letters::cells(text);
        let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. });
        let is_links = is_line && linked(block) * 10 >= text.len() * 8 && !text.is_empty();
        let marks = if is_line { phrases.marks(text) } else { Marks::default() };
        let promotes = marks.promotes() && phrases.is_tail(text);
        let is_promotion = promotes || marks.is_footer() || is_line && is_hashtags(text);
        // A number that stands for a section, though no markup says so.
        let is_number = block.heading_level().is_some_and(|level| level > DEEPEST);
        let is_picture = matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule);
        Self {
            marks,
            cells,
            is_links,
            is_prose: is_line && cells >= PROSE && !is_links && !is_promotion && has_sentence(text),
            is_quiet: is_picture || is_line && !is_number && (!letters::has_letter(text) || is_counter(text)),
            is_short: is_line && cells <= SHORT && !ends_sentence(text),
            is_title: is_line && block.containers.is_empty() && title.is_said_by(block, text),
            is_promotion,
        }
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
    let is_link = |style: &Inline| matches!(style, Inline::Link { url } if !url.starts_with('#'));
    let links = block.styles.iter().filter(|styled| is_link(&styled.style));
    links.map(|styled| (styled.range.end - styled.range.start) as usize).sum()
}
