//! The units a reader moves and selects by: grapheme clusters, words, sentences, paragraphs, sections.
//!
//! Units lie inside blocks, except sections. It refuses to know rows: those are the layout's.

use super::{Document, Position, Scope, Span};
use crate::text::words::Words;
use crate::text::{WidthPolicy, clusters, sentence};
use std::ops::Range;

/// A unit of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A grapheme cluster: a character as people see it.
    Cluster,
    /// A word; Chinese and Japanese words too.
    Word,
    /// A sentence, without the white space after it; a heading is one, whatever stops are in it (`6. …`).
    Sentence,
    /// A block.
    Paragraph,
    /// A heading and all up to the next of its level or a higher one.
    Section,
}

impl Document {
    /// The unit that holds a place, or failing that the next one in its block, or the last.
    pub fn around(&self, place: Position, unit: Unit) -> Option<Span> {
        if unit == Unit::Section {
            return Some(self.section_around(place));
        }
        let index = place.block as usize;
        let ranges = self.ranges(index, unit);
        let at = place.byte as usize;
        let range = ranges.iter().find(|range| range.end > at).or(ranges.last())?;
        Some(Span::in_block(index, range.start, range.end))
    }

    /// The first unit that begins after a place.
    pub fn next_unit(&self, place: Position, unit: Unit, scope: Scope) -> Option<Span> {
        let blocks = self.shown(scope).map(|(index, _)| index).filter(|index| *index as u32 >= place.block);
        blocks.flat_map(|index| self.spans(index, unit)).find(|span| span.start > place)
    }

    /// The last unit that begins before a place.
    pub fn previous_unit(&self, place: Position, unit: Unit, scope: Scope) -> Option<Span> {
        let blocks: Vec<usize> =
            self.shown(scope).map(|(index, _)| index).take_while(|index| *index as u32 <= place.block).collect();
        blocks.into_iter().rev().find_map(|index| {
            let spans: Vec<Span> = self.spans(index, unit).collect();
            spans.into_iter().rfind(|span| span.start < place)
        })
    }

    fn spans(&self, block: usize, unit: Unit) -> impl Iterator<Item = Span> {
        self.ranges(block, unit).into_iter().map(move |range| Span::in_block(block, range.start, range.end))
    }

    /// The units of a block, as bytes of its text.
    fn ranges(&self, block: usize, unit: Unit) -> Vec<Range<usize>> {
        let Some(block) = self.blocks.get(block) else { return Vec::new() };
        let text = block.text.as_str();
        match unit {
            Unit::Sentence if block.heading_level().is_some() => sentence_range(text).into_iter().collect(),
            Unit::Cluster => cluster_ranges(text),
            Unit::Word => Words::default().of(text),
            Unit::Sentence => sentence_ranges(text),
            Unit::Paragraph | Unit::Section => (!text.is_empty()).then_some(0..text.len()).into_iter().collect(),
        }
    }

    fn section_around(&self, place: Position) -> Span {
        let sections = &self.outline.sections;
        let index = self.outline.section_at(place);
        let start = index.and_then(|index| sections.get(index)).map(|section| section.at);
        let level = index.and_then(|index| sections.get(index)).map_or(0, |section| section.level);
        let after = index.map_or(0, |index| index + 1);
        let next = sections.iter().skip(after).find(|section| index.is_none() || section.level <= level);
        let last = self.blocks.len().saturating_sub(1);
        let end = match next {
            Some(section) => section.at.block.saturating_sub(1) as usize,
            None => last,
        };
        let first =
            self.shown(Scope::Article).next().map(|(index, _)| Position::block_start(index)).unwrap_or_default();
        // What follows the body is boilerplate, which no section holds.
        let end =
            self.shown(Scope::Article).map(|(index, _)| index).take_while(|index| *index <= end).last().unwrap_or(end);
        let length = self.blocks.get(end).map_or(0, |block| block.text.len());
        Span { start: start.unwrap_or(first), end: Position { block: end as u32, byte: length as u32 } }
    }
}

fn cluster_ranges(text: &str) -> Vec<Range<usize>> {
    let all = clusters(text, WidthPolicy::default());
    all.filter(|cluster| cluster.text != "\n").map(|cluster| cluster.byte..cluster.byte + cluster.text.len()).collect()
}

/// All of a text as one sentence; none if it is blank.
fn sentence_range(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    (start < end).then_some(start..end)
}

fn sentence_ranges(text: &str) -> Vec<Range<usize>> {
    let starts = sentence::starts(text);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let trimmed = |start: usize, end: usize| start + text.get(start..end).map_or(0, |part| part.trim_end().len());
    starts.iter().zip(ends).map(|(start, end)| *start..trimmed(*start, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Scope, Unit};
    use crate::document::{Document, Position};
    use crate::parse::{Hint, parse};

    fn document() -> Document {
        let source = "---\ntitle: 题\n---\n\n今天天气很好。我们去公园！\n\n## 一节\n\nTwo words. And more.\n\n### 小节\n\n内容。\n\n## 二节\n\n尾。\n";
        parse(source.as_bytes(), &Hint::named("a.md"))
    }

    /// Checks the units from the start of the text on.
    #[track_caller]
    fn check(unit: Unit, expected: &[&str]) {
        let document = document();
        let mut found = Vec::new();
        let mut span = document.around(Position::default(), unit);
        while let Some(unit_span) = span.filter(|_| found.len() < expected.len()) {
            found.push(document.text(unit_span));
            span = document.next_unit(unit_span.start, unit, Scope::Article);
        }
        assert_eq!(found, expected);
        let mut back = Vec::new();
        let mut place = span.map_or(Position { block: 99, byte: 0 }, |span| span.start);
        while let Some(span) = document.previous_unit(place, unit, Scope::Article) {
            back.push(document.text(span));
            place = span.start;
        }
        back.reverse();
        assert_eq!(back, expected);
    }

    #[test]
    fn forward_and_back() {
        check(Unit::Cluster, &["今", "天", "天"]);
        check(Unit::Word, &["今天", "天气", "很好", "我们", "去", "公园", "一节", "Two", "words", "And"]);
        check(Unit::Sentence, &["今天天气很好。", "我们去公园！", "一节", "Two words.", "And more.", "小节"]);
        check(Unit::Paragraph, &["今天天气很好。我们去公园！", "一节", "Two words. And more."]);
    }

    #[test]
    fn a_heading_is_one_sentence() {
        let source = "# 6. 帆を上げる。それから？ 待つ\n\n6. 帆を上げる。\n";
        let document = parse(source.as_bytes(), &Hint::named("a.md"));
        let heading = document.around(Position::default(), Unit::Sentence).unwrap();
        assert_eq!(document.text(heading), "6. 帆を上げる。それから？ 待つ");
        let next = document.next_unit(heading.start, Unit::Sentence, Scope::Article).unwrap();
        assert_eq!(document.text(next), "帆を上げる。");
    }

    #[test]
    fn a_section_holds_its_subsections() {
        let document = document();
        let section = |block: u32| {
            document.text(document.around(Position { block, byte: 0 }, Unit::Section).unwrap()).replace("\n\n", "/")
        };
        assert_eq!(section(0), "今天天气很好。我们去公园！");
        assert_eq!(section(2), "一节/Two words. And more./小节/内容。");
        assert_eq!(section(4), "小节/内容。");
        assert_eq!(section(6), "二节/尾。");
    }
}
