//! How a place is remembered and found again: zhai's way and what other readers do.

use crate::edits::{Paragraphs, Traced};
use std::collections::HashMap;
use std::ops::Range;
use zhai::document::passage::approximate::Pattern;
use zhai::document::{Anchorage, Block, BlockKind, Document, Outline, Passage, Position, Span};
use zhai::text::SafeText;

/// A text in all the forms that the methods look at.
pub struct Text {
    pub document: Document,
    pub anchorage: Anchorage,
    /// All characters, paragraphs ended by a line feed that comes from nowhere.
    pub characters: Vec<Traced>,
    /// Where each paragraph begins in them.
    starts: Vec<usize>,
    /// Each character as a number.
    numbers: Vec<u32>,
}

impl Text {
    /// A paragraph with a character of a heading is a heading.
    pub fn new(paragraphs: &Paragraphs, headings: &HashMap<u32, u8>) -> Self {
        let (mut characters, mut starts) = (Vec::new(), Vec::new());
        for paragraph in paragraphs {
            starts.push(characters.len());
            characters.extend_from_slice(paragraph);
            characters.push(('\n', None));
        }
        let block = |paragraph: &Vec<Traced>| {
            let text: String = paragraph.iter().map(|(character, _)| *character).collect();
            let level = paragraph.iter().find_map(|(_, origin)| headings.get(&(*origin)?));
            let kind = level.map_or(BlockKind::Paragraph, |level| BlockKind::Heading { level: *level });
            Block { text: SafeText::body(&text), kind, ..Block::default() }
        };
        let blocks: Vec<Block> = paragraphs.iter().map(block).collect();
        let document = Document { outline: Outline::of(&blocks), blocks, ..Document::default() };
        let numbers = characters.iter().map(|(character, _)| u32::from(*character)).collect();
        Self { anchorage: Anchorage::of(&document), document, characters, starts, numbers }
    }

    pub fn len(&self) -> usize {
        self.characters.len()
    }

    /// The paragraph of a character.
    pub fn paragraph(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The place of a character in the document.
    fn position(&self, at: usize) -> Position {
        let paragraph = self.paragraph(at);
        let text = &self.characters[self.starts[paragraph]..at];
        Position {
            block: paragraph as u32,
            byte: text.iter().map(|(character, _)| character.len_utf8()).sum::<usize>() as u32,
        }
    }

    pub fn span(&self, range: &Range<usize>) -> Span {
        Span { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The characters of a span of the document.
    fn range(&self, span: Span) -> Range<usize> {
        self.index(span.start)..self.index(span.end)
    }

    fn index(&self, at: Position) -> usize {
        let start = self.starts[at.block as usize];
        let mut byte = 0;
        let before = self.characters[start..].iter().take_while(|(character, _)| {
            let is_before = byte < at.byte as usize;
            byte += character.len_utf8();
            is_before
        });
        start + before.count()
    }

    fn string(&self, range: Range<usize>) -> Vec<u32> {
        self.numbers[range].to_vec()
    }
}

/// What is remembered of a passage, for all methods.
pub struct Memory {
    pub range: Range<usize>,
    passage: Passage,
    quote: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,
    line: usize,
    /// Characters from the line's start.
    within: usize,
    length: usize,
}

impl Memory {
    pub fn of(text: &Text, range: Range<usize>) -> Self {
        let before = text.string(range.start.saturating_sub(32)..range.start);
        let after = text.string(range.end..(range.end + 32).min(text.len()));
        Self {
            passage: text.anchorage.capture(&text.document, text.span(&range)),
            quote: text.string(range.clone()),
            before,
            after,
            line: text.paragraph(range.start),
            within: range.start - text.starts[text.paragraph(range.start)],
            length: text.len(),
            range,
        }
    }

    /// Whether its words stand in a text as they were.
    pub fn is_copied_in(&self, text: &Text) -> bool {
        !text.anchorage.quoted(&self.passage.quote).is_empty()
    }
}

/// A way of finding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Line,
    Percent,
    Offset,
    Exact,
    Hypothesis,
    Zhai,
}

impl Method {
    pub const ALL: [Self; 6] = [Self::Line, Self::Percent, Self::Offset, Self::Exact, Self::Hypothesis, Self::Zhai];

    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "line number",
            Self::Percent => "percent",
            Self::Offset => "character offset",
            Self::Exact => "exact quote",
            Self::Hypothesis => "Hypothesis-style",
            Self::Zhai => "zhai",
        }
    }

    /// The characters of a text that are taken for the passage.
    pub fn find(self, memory: &Memory, text: &Text) -> Option<Range<usize>> {
        let length = memory.range.len();
        match self {
            // Told the place in the line too, which is more than a pager knows.
            Self::Line => {
                text.starts.get(memory.line).map(|start| start + memory.within..start + memory.within + length)
            }
            Self::Percent => {
                let start = (memory.range.start as u64 * text.len() as u64 / memory.length.max(1) as u64) as usize;
                Some(start..start + length)
            }
            Self::Offset => (memory.range.start < text.len()).then(|| memory.range.clone()),
            Self::Exact => {
                let at = text.numbers.windows(memory.quote.len()).position(|window| window == memory.quote)?;
                Some(at..at + length)
            }
            Self::Hypothesis => hypothesis(memory, text),
            Self::Zhai => text.anchorage.find(&memory.passage).map(|found| text.range(found.span)),
        }
    }
}

/// Hypothesis' `match-quote.ts`: exact hits, else approximate ones with up to half of the quote changed; the best by
/// 50 for the quote, 20 for each context of 32 characters and 2 for the place; no floor.
fn hypothesis(memory: &Memory, text: &Text) -> Option<Range<usize>> {
    let quote = &memory.quote;
    let exact: Vec<(Range<usize>, usize)> = text
        .numbers
        .windows(quote.len())
        .enumerate()
        .filter(|(_, window)| window == quote)
        .map(|(at, _)| (at..at + quote.len(), 0))
        .collect();
    let hits = if exact.is_empty() { approximate(quote, &text.numbers, 256.min(quote.len() / 2)) } else { exact };
    let likeness = |context: &[u32], around: &[u32]| {
        if context.is_empty() {
            return 1.0;
        }
        let hits = approximate(context, around, context.len());
        let errors = hits.iter().map(|(_, errors)| *errors).min().unwrap_or(context.len());
        1.0 - errors as f64 / context.len() as f64
    };
    let score = |(range, errors): &(Range<usize>, usize)| {
        let quote = 1.0 - *errors as f64 / quote.len() as f64;
        let before =
            likeness(&memory.before, &text.numbers[range.start.saturating_sub(memory.before.len())..range.start]);
        let end = (range.end + memory.after.len()).min(text.len());
        let after = likeness(&memory.after, &text.numbers[range.end..end]);
        let place = 1.0 - memory.range.start.abs_diff(range.start) as f64 / text.len() as f64;
        50.0 * quote + 20.0 * before + 20.0 * after + 2.0 * place
    };
    hits.into_iter().max_by(|a, b| score(a).total_cmp(&score(b))).map(|(range, _)| range)
}

/// The best stretches of a text that are like a pattern, with their errors.
fn approximate(pattern: &[u32], text: &[u32], most: usize) -> Vec<(Range<usize>, usize)> {
    // The alphabet of a pattern is small; what it does not have is one symbol more.
    let mut alphabet: Vec<u32> = pattern.to_vec();
    alphabet.sort_unstable();
    alphabet.dedup();
    let code = |character: &u32| alphabet.binary_search(character).unwrap_or(alphabet.len()) as u32;
    let encoded: Vec<u32> = pattern.iter().map(code).collect();
    let turned: Vec<u32> = encoded.iter().rev().copied().collect();
    let (forward, backward) = (Pattern::new(&encoded, alphabet.len()), Pattern::new(&turned, alphabet.len()));
    let mut hits = forward.search(text.iter().map(code), most);
    hits.sort_by_key(|hit| hit.errors);
    let least = hits.first().map_or(0, |hit| hit.errors);
    let best = hits.into_iter().filter(|hit| hit.errors == least);
    best.map(|hit| {
        let reach = pattern.len() + hit.errors;
        let length = backward.align(text[..hit.end].iter().rev().map(code).take(reach)).end;
        (hit.end - length..hit.end, hit.errors)
    })
    .collect()
}
