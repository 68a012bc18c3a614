//! What stands before the article: the frame of the page it came from, the title again, byline, cover, the card of
//! another account, lines that ask to subscribe.

use super::facts::{DEEPEST, Facts};
use crate::document::{Block, BlockKind, ContainerKind, Inline, Meta, Part, Styled};
use crate::parse::front_matter::dates::is_dateline;
use crate::parse::line::{begins_with_address, ends_sentence, is_hashtags};
use crate::parse::tables::Tables;
use crate::parse::tables::phrases::{Marks, Phrases};
use crate::text::letters::{has_letter, key, key_start, key_within, says};
use std::ops::Range;

/// Blocks after the title that may still be its block.
const TITLE_BLOCKS: usize = 24;
/// Links to elsewhere that make a page's navigation.
const NAVIGATION: usize = 5;
/// Links to elsewhere below a title that are a menu; fewer may be what the article begins with.
const MENU: usize = 3;
/// Lines in another script that are names of fields.
const LABELS: usize = 4;
/// Cells of a line of bylines.
const BYLINE: usize = 160;
/// Cells of a slogan.
const SLOGAN: usize = 108;
/// Cells of a place's name.
const NAME: usize = 20;
/// Names below a title.
const SIGNATURES: usize = 2;
/// Words in small letters among names: `example.com · by Jane Doe of the Tea House`.
const PLAIN_WORDS: usize = 2;
/// Characters of an account's description of itself.
const DESCRIPTION: usize = 160;

/// The first block that may be the article's; what stands before it is the title's block.
pub fn end(blocks: &[Block], facts: &[Facts], meta: &Meta, tables: &Tables) -> usize {
    let opening = Opening::of(blocks, facts, meta, tables);
    let last = opening.first.and_then(|first| (opening.from..first).rfind(|index| opening.is_frame(*index)));
    let last = last.max(labels(blocks, facts, opening.from, meta, tables)).max(signatures(
        blocks,
        facts,
        opening.start,
        tables,
    ));
    let end = last.map_or(opening.start, |last| opening.end_behind(last)).max(opening.after_card.unwrap_or(0));
    // A rule parts the title's block from the text.
    let rules = blocks.iter().skip(end).take_while(|block| block.kind == BlockKind::Rule || is_metadata(block)).count();
    if end > 0 || blocks.first().is_some_and(is_metadata) { end + rules } else { end }
}

/// A question that is asked of a block by its index.
type Question = fn(&Opening, usize) -> bool;

/// What says that a block is not the first of the article; one is enough.
const NOT_THE_FIRST: [Question; 5] = [
    |opening, index| opening.is_metadata(index),
    |opening, index| opening.is_link_of_frame(index),
    |opening, index| opening.is_no_beginning(index),
    |opening, index| opening.is_source(index),
    |opening, index| opening.is_banner(index),
];

/// What says that a block between title and article is of the frame, and so is all above it; one is enough.
const OF_FRAME: [Question; 7] = [
    |opening, index| opening.is_byline(index),
    |opening, index| opening.is_source(index),
    |opening, index| opening.is_name(index),
    |opening, index| opening.is_count(index),
    |opening, index| opening.is_menu(index),
    |opening, index| opening.is_date_of_frame(index),
    |opening, index| opening.is_contents(index),
];

/// What is known of the blocks that an article begins with.
struct Opening<'a> {
    blocks: &'a [Block],
    facts: &'a [Facts<'a>],
    tables: &'a Tables,
    names: Names,
    /// The block behind the title.
    start: usize,
    /// Whether a title or a page's navigation stands above: what follows may be of a frame.
    is_framed: bool,
    /// The block behind the card of an account.
    after_card: Option<usize>,
    /// The first block that is asked about.
    from: usize,
    /// The first block that may be the article's.
    first: Option<usize>,
    /// How many blocks above it are links.
    links: usize,
}

impl<'a> Opening<'a> {
    fn of(blocks: &'a [Block], facts: &'a [Facts<'a>], meta: &Meta, tables: &'a Tables) -> Self {
        // A line of the title's block may be as long as a paragraph: under which licence an article stands.
        let is_prose = |(block, facts): (&Block, &Facts)| {
            let is_licence = || facts.cells < byline(block) && facts.marks().is_head();
            !is_metadata(block) && facts.is_prose() && !is_licence()
        };
        let first_prose = blocks.iter().zip(facts).position(is_prose).unwrap_or(facts.len());
        let title = facts.iter().take(first_prose + 1).rposition(|facts| facts.is_title);
        let title = after_navigation(blocks, facts, title).or(title);
        let start = title.map_or(0, |title| title + 1);
        let start = start + title_in_pieces(blocks, facts, start, meta);
        let is_framed = start > 0 || is_navigation(blocks, facts, first_prose, meta);
        let limit = title_blocks(facts, start).max(if start == 0 && is_framed { first_prose } else { 0 });
        let after_card = card(blocks, facts, start..limit, &tables.phrases);
        let from = after_card.unwrap_or(start);
        let names = Names::of(meta);
        let mut opening =
            Self { blocks, facts, tables, names, start, is_framed, after_card, from, first: None, links: 0 };
        let is_first = |index: &usize| !NOT_THE_FIRST.iter().any(|question| question(&opening, *index));
        let first = (from..blocks.len().min(limit)).find(is_first);
        // A page may have more to say of an article than a title's block holds.
        opening.first = first.or((is_framed && limit < blocks.len()).then_some(limit));
        let above = opening.first.and_then(|first| facts.get(from..first)).unwrap_or_default();
        opening.links = above.iter().filter(|facts| facts.is_links).count();
        opening
    }

    /// What a block is asked; false if there is none.
    fn asks(&self, index: usize, question: impl FnOnce(&Block, &Facts) -> bool) -> bool {
        self.blocks.get(index).zip(self.facts.get(index)).is_some_and(|(block, facts)| question(block, facts))
    }

    fn is_frame(&self, index: usize) -> bool {
        OF_FRAME.iter().any(|question| question(self, index))
    }

    /// It tells what is known of the article already, or is not shown at all.
    fn is_metadata(&self, index: usize) -> bool {
        self.asks(index, |block, _| block.part != Part::Body)
    }

    fn is_link_of_frame(&self, index: usize) -> bool {
        self.is_framed && self.asks(index, |_, facts| facts.is_links)
    }

    fn is_no_beginning(&self, index: usize) -> bool {
        self.asks(index, |block, facts| !starts_article(block, facts, &self.names, self.tables))
    }

    fn is_source(&self, index: usize) -> bool {
        is_source(self.blocks, self.facts, index)
    }

    fn is_banner(&self, index: usize) -> bool {
        is_banner(self.blocks, self.facts, index, &self.tables.phrases)
    }

    /// A heading that calls the text the text is a program's where nothing is said above it, else a section's.
    fn is_byline(&self, index: usize) -> bool {
        self.asks(index, |block, facts| {
            let is_head = marks(block, facts, &self.tables.phrases).is_head();
            is_head && (block.heading_level().is_none() || self.is_silent_above(index))
        })
    }

    fn is_name(&self, index: usize) -> bool {
        self.asks(index, |block, _| self.names.are_said_by(block))
    }

    fn is_count(&self, index: usize) -> bool {
        self.asks(index, |_, facts| facts.is_counts)
    }

    fn is_menu(&self, index: usize) -> bool {
        self.links >= MENU && self.asks(index, |_, facts| facts.is_links)
    }

    fn is_date_of_frame(&self, index: usize) -> bool {
        let is_dated = |text: &str| is_dateline(text.trim(), &self.tables.dates);
        self.is_framed && self.asks(index, |block, _| is_dated(&block.text) || is_hashtags(&block.text))
    }

    fn is_contents(&self, index: usize) -> bool {
        self.asks(index, |block, _| self.tables.is_contents(&block.text))
    }

    /// Whether nothing is said between the title and a block but what a frame says.
    fn is_silent_above(&self, end: usize) -> bool {
        let mut above = self.blocks.iter().zip(self.facts).take(end).skip(self.from);
        above.all(|(block, facts)| {
            let is_frame = is_metadata(block) || self.names.are_said_by(block) || is_hashtags(&block.text);
            is_frame || facts.is_links || facts.is_quiet || marks(block, facts, &self.tables.phrases).is_head()
        })
    }

    /// The block behind the last of the frame. A banner that follows it goes with it, and the rest of the quote it stands
    /// in; a motto or a formula is the article's.
    fn end_behind(&self, last: usize) -> usize {
        let outermost = |index: usize| self.blocks.get(index)?.containers.first().map(|container| container.id);
        let is_of_quote = |index: usize| outermost(last).is_some_and(|id| outermost(index) == Some(id));
        // `*2024-08-21*`, and `*Fujian*` below it.
        let looks_alike = |index: usize, facts: &Facts| {
            let is_short = facts.is_short && facts.cells < NAME;
            is_short && is_slanted(self.blocks, last) && is_slanted(self.blocks, index)
        };
        let goes_along = |index: &usize| {
            self.asks(*index, |_, facts| {
                facts.is_quiet || looks_alike(*index, facts) || !facts.is_prose() && is_of_quote(*index)
            })
        };
        last + 1 + (last + 1..self.blocks.len()).take_while(goes_along).count()
    }
}

/// Whether a block was read as metadata.
fn is_metadata(block: &Block) -> bool {
    block.part == Part::TitleBlock
}

/// Whether a line tells where the text is from: it begins with an address, and names someone behind it or is parted from
/// what follows by a rule; or it holds what was a button on the page. An address alone may be what the article is about.
fn is_source(blocks: &[Block], facts: &[Facts], index: usize) -> bool {
    let Some(block) = blocks.get(index).filter(|block| block.kind == BlockKind::Paragraph) else { return false };
    let is_line = facts.get(index).is_some_and(|facts| facts.cells < BYLINE);
    let is_said = is_line && block.text.trim().contains(' ');
    let is_parted = || blocks.get(index + 1).is_some_and(|block| block.kind == BlockKind::Rule);
    let is_button = |style: &Inline| matches!(style, Inline::Link { url } if url.starts_with("javascript:"));
    let holds_button = || block.styles.iter().any(|styled| is_button(&styled.style));
    let plain_words = block.text.split(' ').skip(1).filter(|word| word.starts_with(char::is_lowercase)).count();
    let is_said_of_something = ends_sentence(&block.text) || plain_words > PLAIN_WORDS;
    !is_said_of_something
        && (begins_with_address(block.text.trim()) && (is_said || is_parted()) || is_line && holds_button())
}

/// The last of one or two names, who wrote the article and whose account published it: below a title that a page says
/// twice, its cover between, or at the head of a text that begins with a word of the page's.
fn signatures(blocks: &[Block], facts: &[Facts], start: usize, tables: &Tables) -> Option<usize> {
    let phrases = &tables.phrases;
    let above = facts.get(..start.saturating_sub(1)).unwrap_or_default();
    let first = above.iter().rposition(|facts| facts.is_title).map_or(0, |first| first + 1);
    let mut frame = blocks.iter().zip(facts).take(start.saturating_sub(1).max(1)).skip(first);
    let is_said = first > 0 && frame.clone().any(|(block, facts)| marks(block, facts, phrases).is_head());
    let begins = start == 0 && frame.next().is_some_and(|(_, facts)| facts.marks().is_signed());
    if !is_said && !begins {
        return None;
    }
    let is_frame = |index: &usize| {
        let both = blocks.get(*index).zip(facts.get(*index));
        both.is_some_and(|(block, facts)| {
            facts.is_quiet || facts.cells < BYLINE && marks(block, facts, phrases).is_head()
        })
    };
    let shown = (start..blocks.len()).filter(|index| !is_frame(index));
    let is_name = |index: &usize| {
        blocks.get(*index).zip(facts.get(*index)).is_some_and(|(block, facts)| {
            let is_line = block.heading_level().is_none_or(|level| level > DEEPEST) && block.containers.is_empty();
            let is_section = tables.is_name(&block.text) || tables.names.is_like_name(&block.text);
            let is_said = block.text.contains(['，', ',', '、', '：', ':']);
            let is_short = facts.is_short && facts.cells <= NAME && !is_said;
            is_line && is_short && !is_section && tables.number(&block.text).is_none()
        })
    };
    // Without a word above them the second may be the first line of the text.
    let mut near = blocks.iter().zip(facts).skip(first).take(start - first.min(start) + SIGNATURES);
    let is_signed = begins || near.any(|(_, facts)| facts.marks().is_signed());
    shown.take_while(is_name).take(if is_signed { SIGNATURES } else { 1 }).last()
}

/// The last of several short lines in Latin letters above an article in another script: names of fields that a page left.
fn labels(blocks: &[Block], facts: &[Facts], from: usize, meta: &Meta, tables: &Tables) -> Option<usize> {
    let labels = |index: usize| {
        // Names of sections are among them.
        let is_line =
            |block: &&Block| block.text.is_ascii() && block.heading_level().is_none_or(|level| level > DEEPEST);
        let block = blocks.get(index).filter(is_line);
        let is_label = |line: &str| line.len() <= NAME && has_letter(line) && !ends_sentence(line);
        block.filter(|block| block.text.lines().all(is_label)).map_or(0, |block| block.text.lines().count())
    };
    if meta.title.is_ascii() {
        return None;
    }
    let is_quiet = |index: &usize| facts.get(*index).is_some_and(|facts| facts.is_quiet);
    let shown = (from..blocks.len()).filter(|index| !is_quiet(index));
    let run: Vec<usize> = shown.take_while(|index| labels(*index) > 0).collect();
    let count: usize = run.iter().map(|index| labels(*index)).sum();
    // Words may be the article's: what it explains, or whom it names.
    let lines = || run.iter().filter_map(|index| blocks.get(*index)).flat_map(|block| block.text.lines());
    let known = lines().filter(|line| tables.keys.kind(&line.trim().to_ascii_lowercase()).is_some()).count();
    run.last().copied().filter(|_| count >= LABELS && known * 2 >= count)
}

/// The end of the blocks that may still be the title's: some that show something, whatever icons stand between them.
fn title_blocks(facts: &[Facts], start: usize) -> usize {
    let shown = facts.iter().enumerate().skip(start).filter(|(_, facts)| !facts.is_quiet);
    shown.map(|(index, _)| index + 1).take(TITLE_BLOCKS).last().unwrap_or(start)
}

/// The heading that says the title again after a page's navigation, though teasers there look like text: more links
/// than paragraphs lie before it, and more paragraphs after it.
fn after_navigation(blocks: &[Block], facts: &[Facts], title: Option<usize>) -> Option<usize> {
    let from = title.map_or(0, |title| title + 1);
    let again = facts.iter().enumerate().skip(from).filter(|(_, facts)| facts.is_title).map(|(index, _)| index);
    let mut headings = again.filter(|index| blocks.get(*index).is_some_and(|block| block.heading_level().is_some()));
    headings.rfind(|index| {
        let between = facts.get(from..*index).unwrap_or_default();
        let links = between.iter().filter(|facts| facts.is_links).count();
        let prose = between.iter().filter(|facts| facts.is_prose()).count();
        let after = facts.get(*index..).unwrap_or_default().iter().filter(|facts| facts.is_prose()).count();
        links >= NAVIGATION && links > 3 * prose && after > prose
    })
}

/// Whether a page's navigation stands before the first paragraph: many links to elsewhere, and no section yet.
fn is_navigation(blocks: &[Block], facts: &[Facts], first_prose: usize, meta: &Meta) -> bool {
    let links = facts.iter().take(first_prose).filter(|facts| facts.is_links).count();
    let has_section = blocks.iter().take(first_prose).any(|block| block.heading_level().is_some());
    meta.url.is_some() && links >= NAVIGATION && !has_section && first_prose < facts.len()
}

/// The blocks at `start` that say the title again in two or more lines.
fn title_in_pieces(blocks: &[Block], facts: &[Facts], start: usize, meta: &Meta) -> usize {
    let title = key(&meta.title);
    let mut pieces = 0;
    let mut length = 0;
    for (index, (block, facts)) in blocks.iter().zip(facts).enumerate().skip(start).take(TITLE_BLOCKS) {
        // Most lines begin with two letters that do not stand side by side in the title.
        let may_be_piece = title.contains(&key_start(&block.text, 2));
        let piece = if may_be_piece { key_within(&block.text, title.len()) } else { None };
        let piece = piece.unwrap_or_default();
        let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. });
        if is_line && piece.chars().nth(1).is_some() && title.contains(&piece) {
            (pieces, length) = (pieces + 1, index + 1 - start);
        } else if is_line && (pieces > 0 || facts.is_prose()) {
            break;
        }
    }
    if pieces >= 2 { length } else { 0 }
}

/// The card of the account from which an article was taken: a line that says so, the account's name, and what it
/// says of itself. The first block after it.
fn card(blocks: &[Block], facts: &[Facts], among: Range<usize>, phrases: &Phrases) -> Option<usize> {
    let mut among = blocks.iter().zip(facts).enumerate().take(among.end).skip(among.start);
    let (opens, _) = among.find(|(_, (block, facts))| marks(block, facts, phrases).is_card())?;
    let named = key(&blocks.get(opens)?.text);
    let is_name = |block: &Block| {
        let name = key(&block.text);
        !name.is_empty() && named.contains(&name)
    };
    let name = (opens + 1..(opens + 5).min(blocks.len())).find(|index| blocks.get(*index).is_some_and(is_name))?;
    let description = blocks.get(name + 1)?;
    let is_line =
        description.kind == BlockKind::Paragraph || description.heading_level().is_some_and(|level| level > DEEPEST);
    let is_description = is_line && description.text.chars().count() <= DESCRIPTION;
    Some(name + 1 + usize::from(is_description))
}

/// Whether a block is the first of the article proper.
fn starts_article(block: &Block, facts: &Facts, names: &Names, tables: &Tables) -> bool {
    let text = block.text.trim();
    if facts.is_quiet || names.are_said_by(block) {
        return false;
    }
    let is_head = facts.cells < byline(block) && (facts.marks().is_head() || facts.marks().is_card());
    match block.kind {
        BlockKind::Image { .. } | BlockKind::Rule => false,
        // What a page set in by many spaces is code to Markdown.
        BlockKind::Code { .. } => facts.cells >= BYLINE || !tables.phrases.is_head(text),
        BlockKind::Table(_) => true,
        BlockKind::Heading { .. } => !is_head,
        BlockKind::Paragraph if is_head || is_dateline(text, &tables.dates) => false,
        BlockKind::Paragraph => !facts.is_short || ends_sentence(text),
    }
}

/// Whether a paragraph is slanted throughout.
fn is_slanted(blocks: &[Block], index: usize) -> bool {
    blocks.get(index).is_some_and(|block| {
        let is_whole = |styled: &Styled| styled.style == Inline::Emphasis && styled.range.len() == block.text.len();
        block.kind == BlockKind::Paragraph && block.styles.iter().any(is_whole)
    })
}

/// Cells of the longest byline: one that is quoted may say under which licence the text stands, and where it is.
fn byline(block: &Block) -> usize {
    let is_quoted = block.containers.iter().any(|container| container.kind == ContainerKind::Quote);
    if is_quoted { 3 * BYLINE } else { BYLINE }
}

/// Whether a line is an account's banner: a slogan, with a byline soon after.
fn is_banner(blocks: &[Block], facts: &[Facts], index: usize, phrases: &Phrases) -> bool {
    let is_slogan = |text: &str| text.ends_with(['！', '!']) && !text.contains(['。', '“', '「']);
    let is_byline = |(block, facts): (&Block, &Facts)| facts.cells <= BYLINE && marks(block, facts, phrases).is_head();
    let mut from_here = blocks.iter().zip(facts).skip(index);
    from_here.next().is_some_and(|(block, facts)| facts.cells <= SLOGAN && is_slogan(block.text.trim()))
        && from_here.take(2).any(is_byline)
}

/// What phrases stand in a block, be it a line or not.
fn marks(block: &Block, facts: &Facts, phrases: &Phrases) -> Marks {
    match block.kind {
        BlockKind::Paragraph | BlockKind::Heading { .. } => facts.marks(),
        _ => phrases.marks(&block.text),
    }
}

/// The author, the source and the date, as keys.
struct Names(Vec<String>);

impl Names {
    fn of(meta: &Meta) -> Self {
        let known = [meta.author.as_ref(), meta.source.as_ref(), meta.date.as_ref()].into_iter().flatten();
        Self(known.map(|name| key(name)).filter(|name| !name.is_empty()).collect())
    }

    /// Whether a line is one of them.
    fn are_said_by(&self, block: &Block) -> bool {
        self.0.iter().any(|name| says(&block.text, name))
    }
}
