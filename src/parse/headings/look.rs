//! How a paragraph looks: whether it is bold, how long, numbered how, and what speaks against its being a heading.

use crate::document::{Block, BlockKind, Inline};
use crate::parse::line::is_hashtags;
use crate::parse::tables::Tables;
use crate::parse::tables::enumerators::WordKind;
use crate::parse::tables::numbering::{Form, Number};
use crate::text::letters::{self, cells, has_letter};
use memchr::memchr;

/// Cells of the longest heading: two a Han character, one a Latin letter.
const WIDEST: usize = 116;
/// Cells of the longest numbered heading that ends in an exclamation mark.
const CALL: usize = 32;
/// Bytes beyond which a text is wider than that, whatever its characters.
const LONGEST: usize = 3 * WIDEST;

/// The look of a paragraph that may be a heading.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// What it says.
    pub text: &'a str,
    /// Whether every letter is bold.
    pub bold: bool,
    /// Cells it takes, roughly.
    pub cells: usize,
    /// The number it starts with.
    pub number: Option<Number<'a>>,
    /// Whether it is one link.
    pub is_link: bool,
    /// Whether it names what follows on the line: `时间：三月`.
    pub is_label: bool,
    /// Whether it ends in a colon.
    pub is_open_label: bool,
    /// Whether it sells something.
    pub is_offer: bool,
    /// Whether it is more of a sentence than a title.
    pub is_wordy: bool,
}

impl<'a> Look<'a> {
    /// The look of a block; none if it cannot be a heading.
    pub fn of(block: &'a Block, tables: &Tables) -> Option<Self> {
        if !matches!(block.kind, BlockKind::Paragraph) || !block.containers.is_empty() {
            return None;
        }
        let text = block.text.trim();
        if text.len() > LONGEST {
            return None;
        }
        let cells = cells(text);
        if !(1..=WIDEST).contains(&cells) {
            return None;
        }
        let is_bold = is_bold_throughout(block);
        let letters = text.chars().filter(|c| letters::is_letter(*c)).take(2).count();
        // `01 They won!`
        let is_called = || text.ends_with(['！', '!']) && cells <= CALL && tables.number(text).is_some();
        let is_title = text.lines().count() <= 3
            && (letters >= 2 || letters == 1 && is_bold && cells >= 2)
            && (!is_sentence(text) || is_called())
            && !is_caption(text, tables)
            && !is_address_or_date(text)
            && !is_hashtags(text)
            && !block.styles.iter().any(|styled| matches!(styled.style, Inline::Image { .. } | Inline::Code));
        let marks = if is_title { tables.phrases.marks(text) } else { return None };
        if marks.is_head() || marks.promotes() && tables.phrases.is_tail(text) {
            return None;
        }
        let number = tables.number(text);
        let is_link = is_linked(block);
        // A link is a line of a list of articles, unless it is numbered and has text below it.
        if is_link && number.is_none_or(|number| number.stands_alone()) {
            return None;
        }
        Some(Self {
            text,
            bold: is_bold,
            cells,
            number,
            is_link,
            is_label: is_label(text, tables),
            is_open_label: text.ends_with(['：', ':']),
            is_offer: !text.is_ascii() && text.contains(['¥', '￥', '👉', '🛒', '👇', '☎']),
            is_wordy: cells > 48 && text.matches(['，', ',']).count() >= 2
                || is_bold && number.is_none() && text.contains('。'),
        })
    }

    /// The form of its number.
    pub fn form(&self) -> Option<Form> {
        self.number.map(|number| number.form)
    }
}

/// What two lines have in common when they say the same, whatever number stands before: letters and digits, folded, as
/// a hash (FNV-1a, a letter at a time).
pub fn hash(text: &str, tables: &Tables) -> u64 {
    let title = tables.number(text).filter(|number| !number.stands_alone()).map_or(text, |number| number.rest);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    letters::each(title, |letter| hash = (hash ^ u64::from(letter)).wrapping_mul(0x100_0000_01b3));
    hash
}

/// Whether a line ends as sentences do. A question may be a title; an exclamation hardly ever is.
pub fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '」', '』', '"', ' ']);
    text.ends_with(['。', '；', '！', '，', '!', ';', ',', '…', '、', '～', '~', '→', '↓', '﹔', '﹗', '﹐'])
        || (text.ends_with('.') && !text.ends_with("etc.") && text.split(' ').count() > 2)
}

/// `图1 …`, `Figure 2`, `▲ …`, `（图源：…）`.
fn is_caption(text: &str, tables: &Tables) -> bool {
    let inner = text.trim_start_matches(['（', '(', '▲', '△', '▼', '↑', '*', '※', '[', '【', ' ']);
    let marked = text.starts_with(['▲', '△', '▼', '↑', '※']);
    let captions = tables.enumerators.words(WordKind::Caption).at(inner);
    let lower = if captions.is_empty() { String::new() } else { inner.to_lowercase() };
    let numbered = captions.iter().any(|word| {
        let rest = lower.strip_prefix(&**word).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '：' | ':' | '/')))
    });
    marked || numbered || tables.enumerators.words(WordKind::Source).begin(inner)
}

fn is_address_or_date(text: &str) -> bool {
    let is_address = text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.");
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_letter = |c: char| c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | 'v' | 'V');
    is_address || (digits >= 4 && !text.contains(is_letter))
}

/// `时间：三月`: a short word, a colon, and little more.
fn is_label(text: &str, tables: &Tables) -> bool {
    // Most texts of ASCII have none.
    if text.is_ascii() && memchr(b':', text.as_bytes()).is_none() {
        return false;
    }
    let Some((before, after)) = text.split_once(['：', ':']) else { return false };
    if after.trim().is_empty() {
        return false;
    }
    // `总结：水与火` is the name of a section and its title.
    if tables.is_name(before) {
        return false;
    }
    let before = tables.number(before).map_or(before, |number| number.rest);
    let is_number = before.is_empty();
    let is_date = after.chars().filter(char::is_ascii_digit).count() >= 4;
    !is_number
        && cells(before) <= if is_date { 16 } else { 8 }
        && !after.starts_with("//")
        && cells(after) <= 40
        && !text.ends_with(['?', '？'])
}

/// Whether a whole line is one link: a line of a list of articles.
fn is_linked(block: &Block) -> bool {
    let linked: u32 = block
        .styles
        .iter()
        .filter(|styled| matches!(styled.style, Inline::Link { .. } | Inline::Page { .. }))
        .map(|styled| styled.range.end - styled.range.start)
        .sum();
    linked as usize * 10 > block.text.trim().len() * 8
}

/// Whether every letter of a block is strong.
pub fn is_bold_throughout(block: &Block) -> bool {
    let mut bold_to = 0;
    for styled in block.styles.iter().filter(|styled| styled.style == Inline::Strong) {
        let gap = block.text.get(bold_to..(styled.range.start as usize).max(bold_to)).unwrap_or_default();
        if has_letter(gap) {
            return false;
        }
        bold_to = bold_to.max(styled.range.end as usize);
    }
    bold_to > 0 && !has_letter(block.text.get(bold_to..).unwrap_or_default())
}
