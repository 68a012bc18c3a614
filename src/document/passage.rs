//! A passage: a stretch of text remembered by its words and their surroundings, so that it survives edits.
//!
//! It is looked for in the text a reader sees, not in the file: markup, line ends and white space may change. It
//! refuses to guess: what is lost keeps its words and is said to be lost.

#![allow(clippy::cast_precision_loss, reason = "how well a place fits is told to a few digits")]

mod aligned;
mod anchorage;
pub mod approximate;
mod evidence;
mod matcher;
mod rivals;
mod seek;
mod sought;

pub use anchorage::Anchorage;

use super::{Document, Position, Span};

/// Folded characters of context that are kept on each side.
const CONTEXT: usize = 64;
/// Characters up to which a quote is kept whole; of a longer one, half as many from its beginning and its end.
const KEPT: usize = 3200;

/// A quote with its context (W3C Web Annotation: `TextQuoteSelector` and `TextPositionSelector`; a quote too long to
/// keep is a `RangeSelector` of its two ends).
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Passage {
    /// The words themselves; of a very long passage, the first of them.
    #[serde(rename = "q", alias = "quote")]
    pub quote: String,
    /// The last words of a very long passage; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tail: String,
    /// Up to 64 characters before them.
    #[serde(rename = "pre", alias = "before")]
    pub before: String,
    /// Up to 64 characters after them.
    #[serde(rename = "suf", alias = "after")]
    pub after: String,
    /// Where they were when last found, in characters of the document's folded text: white space does not count.
    #[serde(rename = "pos", alias = "offset")]
    pub offset: u32,
    /// How long they were, in the same characters.
    #[serde(rename = "len")]
    pub length: u32,
    /// How long the whole document was, in the same characters; 0 if it is not known.
    #[serde(rename = "of")]
    pub total: u32,
    /// The fewest changes that made the words out of others in the document; none if there were none like them. What
    /// is found with as many may be those.
    #[serde(rename = "alt", skip_serializing_if = "Option::is_none")]
    pub rival: Option<u16>,
    /// Sums of other words in the document that were like these: what has one of them is not what was remembered.
    #[serde(rename = "not", skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<u32>,
    /// The titles of the enclosing sections, outermost first.
    #[serde(rename = "hd", alias = "heading")]
    pub heading: Vec<String>,
    /// The fingerprint of the document's text at that time.
    #[serde(rename = "fp", alias = "fingerprint")]
    pub fingerprint: String,
}

/// How surely a passage was found, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Word for word, in its context.
    Exact,
    /// With small changes.
    Moved,
    /// With changes so great that the reader should look, or by its context only.
    Changed,
}

/// A passage that was found again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Where it is now.
    pub span: Span,
    /// How surely.
    pub grade: Grade,
    /// How well the place fits, 0 to 1.
    pub score: f32,
}

impl Passage {
    /// Remembers a stretch of a document.
    pub fn capture(document: &Document, span: Span) -> Self {
        document.anchorage().capture(document, span)
    }

    /// Finds the passage again; none if it is lost.
    pub fn find(&self, document: &Document) -> Option<(Span, Grade)> {
        document.anchorage().find(self).map(|found| (found.span, found.grade))
    }

    /// The best guess for a lost passage: never shown as found.
    pub fn estimate(&self, document: &Document) -> Position {
        document.anchorage().estimate(document, self, &[])
    }
}

impl Anchorage {
    /// Remembers a stretch of the document this was made of.
    pub fn capture(&self, document: &Document, span: Span) -> Passage {
        let range = self.range(span);
        let text =
            |range: std::ops::Range<usize>| self.span(range).map(|span| document.words(span)).unwrap_or_default();
        let (quote, tail) = shorten(document.words(span));
        let section = document.outline.section_at(span.start);
        let path = section.map(|index| document.outline.path(index)).unwrap_or_default();
        let rivals = seek::rivals(self, range.clone());
        Passage {
            quote,
            tail,
            before: text(range.start.saturating_sub(CONTEXT)..range.start),
            after: text(range.end..(range.end + CONTEXT).min(self.len())),
            offset: range.start as u32,
            length: range.len() as u32,
            total: self.len() as u32,
            rival: rivals.errors,
            others: rivals.sums,
            heading: path.into_iter().map(ToString::to_string).collect(),
            fingerprint: self.fingerprint(),
        }
    }

    /// Where words stand in the document, whatever their case, width, spaces and marks.
    pub fn quoted(&self, words: &str) -> Vec<Span> {
        let sought = self.encode(words);
        let starts = self.occurrences(&sought).into_iter();
        starts.filter_map(|start| self.span(start..start + sought.len())).collect()
    }

    /// Finds a passage; none if it is lost.
    pub fn find(&self, passage: &Passage) -> Option<Found> {
        seek::seek(self, passage)
    }

    /// The passage with its present place, so that it is found at once as long as the text stays as it is. Its words
    /// and their surroundings stay what the reader chose.
    pub fn refresh(&self, passage: &Passage, found: &Found) -> Passage {
        let range = self.range(found.span);
        Passage {
            offset: range.start as u32,
            total: self.len() as u32,
            fingerprint: if found.grade == Grade::Exact { self.fingerprint() } else { passage.fingerprint.clone() },
            ..passage.clone()
        }
    }

    /// The best guess for a lost passage: beside the nearest one that was found, else at the beginning of its section,
    /// else as far into the text as it was.
    pub fn estimate(&self, document: &Document, passage: &Passage, found: &[(&Passage, Span)]) -> Position {
        let neighbour = found.iter().min_by_key(|(other, _)| other.offset.abs_diff(passage.offset));
        if let Some((other, span)) = neighbour.filter(|_| passage.total > 0) {
            let shift = i64::from(passage.offset) - i64::from(other.offset);
            return self.place((self.range(*span).start as i64 + shift).max(0) as usize);
        }
        let sections = &document.outline.sections;
        let by_title = passage.heading.iter().rev().find_map(|title| {
            sections.iter().find(|section| section.title.as_str() == title).map(|section| section.at)
        });
        by_title.unwrap_or_else(|| {
            let part = u64::from(passage.offset) * self.len() as u64 / u64::from(passage.total.max(1));
            self.place(part as usize)
        })
    }
}

/// A quote and, if it is too long to keep, its end.
fn shorten(quote: String) -> (String, String) {
    let length = quote.chars().count();
    if length <= KEPT {
        return (quote, String::new());
    }
    let head = quote.chars().take(KEPT / 2).collect();
    (head, quote.chars().skip(length - KEPT / 2).collect())
}

#[cfg(test)]
mod tests {
    use super::{Anchorage, Grade, Passage};
    use crate::document::{Block, Document, Inline, Outline, Span, Styled};
    use crate::text::SafeText;

    /// A document of paragraphs.
    fn document(text: &str) -> Document {
        let block = |text| Block { text: SafeText::body(text), ..Block::default() };
        let blocks: Vec<Block> = text.split("\n\n").map(block).collect();
        Document { outline: Outline::of(&blocks), blocks, ..Document::default() }
    }

    /// The stretch between 【 and 】, and the document without them.
    fn marked(text: &str) -> (Document, Span) {
        let document = document(&text.replace(['【', '】'], ""));
        let mut places = Vec::new();
        for (block, paragraph) in text.split("\n\n").enumerate() {
            for (byte, mark) in paragraph.match_indices(['【', '】']) {
                let byte = byte - paragraph.get(..byte).unwrap().matches(['【', '】']).count() * mark.len();
                places.push(crate::document::Position { block: block as u32, byte: byte as u32 });
            }
        }
        (document, Span { start: places[0], end: places[1] })
    }

    /// The passage marked in the first text is found in the second where it is marked there; `None` if it must be lost.
    #[track_caller]
    fn check(before: &str, after: &str, grade: Option<Grade>) {
        let (old, span) = marked(before);
        let passage = Passage::capture(&old, span);
        assert_eq!(passage.find(&old), Some((span, Grade::Exact)), "in the text it comes from");
        let Some(grade) = grade else {
            assert_eq!(passage.find(&document(after)), None);
            return;
        };
        let (new, expected) = marked(after);
        let found = passage.find(&new);
        let text = found.map(|(span, _)| new.text(span)).unwrap_or_default();
        assert_eq!(found, Some((expected, grade)), "found “{text}”");
    }

    #[test]
    fn a_document_is_folded_once_and_a_copy_that_is_changed_anew() {
        let (whole, span) = marked("一\n\n【村口有一口井，井水很凉。】");
        let passage = Passage::capture(&whole, span);
        assert!(std::ptr::eq(whole.anchorage(), whole.anchorage()));
        let mut shorter = whole.clone();
        shorter.blocks.pop();
        assert_eq!(passage.find(&shorter), None);
        assert_eq!(passage.find(&whole), Some((span, Grade::Exact)));
    }

    const WELL: &str = "村口有一口井。井沿被绳子磨出了深浅不一的沟。\n\n【打水的人总是先听，听桶碰到水的那一声。】声音闷，水就深。\n\n后来装了自来水，井盖上了石板。";

    #[test]
    fn word_for_word() {
        check(WELL, &format!("广告：点击关注\n\n{WELL}"), Some(Grade::Exact));
        check(WELL, &WELL.replace('，', ", ").replace("。】", ".】 ").replace('。', ". "), Some(Grade::Exact));
        check(
            "他说：“【好。】”\n\n我说：“好。”我们都走了。",
            "她说：“好。”\n\n他说：“【好。】”\n\n我说：“好。”我们都走了。",
            Some(Grade::Exact),
        );
    }

    #[test]
    fn with_changes() {
        check(WELL, &WELL.replace("总是先听，听", "先听听"), Some(Grade::Moved));
        check(WELL, &WELL.replace("听桶碰到水的那一声", "等那一下闷响从底下传上来"), Some(Grade::Changed));
        let other = WELL.replace("打水的人总是先听，听桶碰到水的那一声。", "夏天把西瓜沉下去，傍晚捞起来，凉得扎牙。");
        check(WELL, &other, Some(Grade::Changed));
    }

    #[test]
    fn moved_a_little_way() {
        let last = "后来装了自来水，井盖上了石板。";
        let moved = WELL.replace(last, "").replace("井沿", &format!("{last}\n\n井沿"));
        check(
            &WELL.replace("【", "").replace("】", "").replace("井盖上了石板", "【井盖上了石板】"),
            &moved.replace("【", "").replace("】", "").replace("井盖上了石板", "【井盖上了石板】"),
            Some(Grade::Exact),
        );
    }

    #[test]
    fn lost() {
        check(WELL, "城里的井早就填平了，只剩下几个地名。\n\n谁也说不清它们从前的样子。", None);
        check(WELL, "", None);
        check("【好。】他说着走了，再没有回来。", "不好。很坏。", None);
    }

    #[test]
    fn over_several_blocks_and_long() {
        check(
            "一。\n\n二：【从这里起，\n\n中间的一段，\n\n到这里】为止。",
            "零。\n\n一。\n\n二：【从这里起，\n\n中间的另一段，\n\n到这里】为止。",
            Some(Grade::Moved),
        );
        let long: String = (0..900).map(|number| format!("第{number}句说的是{}。", number * 7919 % 1000)).collect();
        check(&format!("开头。【{long}】结尾。"), &format!("新的开头。【{long}】新的结尾。"), Some(Grade::Exact));
        let other = long.replace("第400句", "很久以前的那一句，删改过好几次，");
        check(&format!("开头。【{long}】结尾。"), &format!("新的开头。【{other}】新的结尾。"), Some(Grade::Exact));
    }

    #[test]
    fn a_lost_one_is_estimated() {
        let (old, span) = marked(WELL);
        let anchorage = Anchorage::of(&old);
        let passage = anchorage.capture(&old, span);
        let near = anchorage.estimate(&old, &passage, &[]);
        assert_eq!(near, span.start, "as far into the text as it was");
        let first = Span::in_block(0, 0, "村口".len());
        let neighbour = anchorage.capture(&old, first);
        assert_eq!(anchorage.estimate(&old, &passage, &[(&neighbour, first)]), span.start, "beside its neighbour");
    }

    #[test]
    fn what_is_kept_is_short_and_its_older_form_is_read() {
        let (old, span) = marked(WELL);
        let passage = Passage::capture(&old, span);
        assert!(passage.before.starts_with("村口有一口井。"), "{}", passage.before);
        assert!(passage.after.ends_with("石板。"), "{}", passage.after);
        assert_eq!((passage.offset, passage.length, passage.total), (22, 19, 64));
        let older = r#"{"quote":"一句话。","before":"甲","after":"乙","offset":3,"heading":[],"fingerprint":""}"#;
        let older: Passage = serde_json::from_str(older).unwrap();
        assert_eq!((older.quote.as_str(), older.before.as_str(), older.total), ("一句话。", "甲", 0));
        let found = Passage { offset: 0, ..older }.find(&document("甲\n\n一句话。乙"));
        assert_eq!(found.map(|(_, grade)| grade), Some(Grade::Exact));
    }

    #[test]
    fn readings_are_no_part_of_a_quotation() {
        let (mut read, span) = marked("夜更けの家である。【人目を欹そばだてしめる。】朝になれば帰る。");
        let (plain, expected) = marked("夜更けの家である。【人目を欹てしめる。】朝になれば帰る。");
        let start = read.blocks[0].text.find("そばだ").unwrap() as u32;
        read.blocks[0].styles = vec![Styled { range: start..start + 9, style: Inline::Ruby }];
        let passage = Passage::capture(&read, span);
        assert_eq!(passage.quote, "人目を欹てしめる。");
        assert_eq!(passage.find(&read), Some((span, Grade::Exact)));
        assert_eq!(passage.find(&plain), Some((expected, Grade::Exact)));
    }
}
