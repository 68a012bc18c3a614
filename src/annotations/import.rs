//! Bookmarks of other programs: Web Annotations (zhai's own and others'), Hypothesis, KOReader, Readwise, Kindle.
//!
//! The format is told by what the file holds. It refuses to look for the words: whoever imports has the articles.

mod clippings;
mod notes;
mod table;

use super::Kind;
use crate::document::{Identity, Passage};
use crate::text::SafeText;
use std::collections::HashMap;
use twox_hash::XxHash3_64;

/// A quote that some program has kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clipping {
    /// Its id, if zhai made it.
    pub id: Option<String>,
    /// What is known of the article.
    pub article: Identity,
    /// The words, with as much around them as the program kept.
    pub passage: Passage,
    /// The note.
    pub note: String,
    /// When it was made, as RFC 3339 where that could be understood, else as written.
    pub created: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it was lost and the reader had seen that.
    pub dismissed: bool,
    /// Which one it is of those that say the same but for their notes.
    pub rank: u32,
}

/// Why nothing could be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is something else.
    #[error(
        "is no export that zhai knows: Web Annotations or Hypothesis JSON, KOReader JSON, Readwise CSV, Kindle clippings"
    )]
    Unknown,
    /// It is JSON as far as a line.
    #[error("line {line}: the JSON is broken there; nothing was imported, export it again")]
    Broken {
        /// The line, counted from 1.
        line: usize,
    },
}

/// Reads an export.
pub fn read(text: &str) -> Result<Vec<Clipping>, ImportError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let read = match text.chars().next() {
        Some('{' | '[') => notes::read(text)?,
        _ if clippings::is_clippings(text) => Some(clippings::read(text)),
        _ => table::read(text),
    };
    let mut clippings = read.ok_or(ImportError::Unknown)?;
    clippings.retain(|clipping| !clipping.passage.quote.trim().is_empty());
    rank(&mut clippings);
    Ok(clippings)
}

/// Tells apart what differs in its note only: the notes of each quote are counted. What is there twice stays one.
fn rank(clippings: &mut [Clipping]) {
    let mut notes: HashMap<String, Vec<String>> = HashMap::new();
    for clipping in clippings {
        let known = notes.entry(clipping.said()).or_default();
        let rank = known.iter().position(|note| *note == clipping.note).unwrap_or_else(|| {
            known.push(clipping.note.clone());
            known.len() - 1
        });
        clipping.rank = rank as u32;
    }
}

impl Clipping {
    /// A quote from an article of some title.
    fn new(title: &str, quote: &str) -> Self {
        let article = Identity { title: SafeText::line(title), ..Identity::default() };
        let passage = Passage { quote: SafeText::body(quote).trim().to_owned(), ..Passage::default() };
        Self { article, passage, kind: Kind::Important, ..Self::default() }
    }

    /// What does not change when its note is edited.
    fn said(&self) -> String {
        [self.article.title.as_str(), &self.passage.quote, &self.created].join("\n")
    }

    /// The id it is kept under: its own, else one made of what it says, so that an import twice is one, with another
    /// note too.
    pub fn id(&self) -> String {
        let own =
            self.id.clone().filter(|id| !id.is_empty() && id.chars().all(|letter| letter.is_ascii_alphanumeric()));
        own.unwrap_or_else(|| {
            let number = XxHash3_64::oneshot_with_seed(u64::from(self.rank), self.said().as_bytes());
            format!("I{number:016X}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Clipping, ImportError, read};
    use crate::annotations::export::{self, Entry};
    use crate::annotations::{Bookmark, Kind};
    use crate::document::{Identity, Passage};
    use crate::text::SafeText;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    /// What was read, one line a clipping: title | quote | note | created | url.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let clippings = read(text).unwrap();
        let line = |clipping: &Clipping| {
            let url = clipping.article.url.clone().unwrap_or_default();
            format!(
                "{} | {} | {} | {} | {url}",
                clipping.article.title, clipping.passage.quote, clipping.note, clipping.created
            )
        };
        assert_eq!(clippings.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_zhai_exports() {
        let passage =
            Passage { quote: "先听。".to_owned(), before: "前".to_owned(), offset: 7, ..Passage::default() };
        let article = Identity { title: SafeText::line("井"), path: "/井.md".to_owned(), ..Identity::default() };
        let bookmark = Bookmark {
            id: "01ABC".to_owned(),
            article: article.clone(),
            passage: passage.clone(),
            note: "注".to_owned(),
            kind: Kind::Question,
            ..Bookmark::default()
        };
        let entry = Entry { bookmark, ..Entry::default() };
        let page = export::json(std::slice::from_ref(&entry)).to_string();
        let clipping = read(&page).unwrap().remove(0);
        assert_eq!((clipping.id(), clipping.article, clipping.passage), ("01ABC".to_owned(), article, passage));
        assert_eq!((clipping.note.as_str(), clipping.kind), ("注", Kind::Question));
        check(&export::csv(&[entry]), &["井 | 先听。 | 注 |  | "]);
    }

    #[test]
    fn a_note_that_was_edited_is_no_other_quote() {
        let ids = |rows: &str| -> Vec<String> {
            let table = format!("Highlight,Book Title,Note,Highlighted at\n{rows}");
            read(&table).unwrap().iter().map(Clipping::id).collect()
        };
        assert_eq!(ids("先听。,井,注,2026-01-02\n"), ids("先听。,井,另一个注,2026-01-02\n"));
        let both = ids("先听。,井,一,2026-01-02\n先听。,井,二,2026-01-02\n先听。,井,一,2026-01-02\n");
        assert_eq!((both[0] == both[1], both[0] == both[2]), (false, true), "two notes are two, one twice is one");
    }

    #[test]
    fn hypothesis() {
        check(
            r#"{"total":1,"rows":[{"id":"x","created":"2026-01-02T03:04:05.6+00:00","uri":"http://example.com/a/?utm_source=b","text":"想一想",
               "tags":["t"],"document":{"title":["井"]},"target":[{"source":"http://example.com/a/","selector":[
               {"type":"RangeSelector","startContainer":"/p[1]"},{"type":"TextPositionSelector","start":3,"end":6},
               {"type":"TextQuoteSelector","exact":"先听","prefix":"总是","suffix":"，"}]}]},
               {"id":"page note","uri":"http://example.com","text":"整页","target":[{"source":"x"}]}]}"#,
            &["井 | 先听 | 想一想 | 2026-01-02T03:04:05.6+00:00 | https://example.com/a"],
        );
    }

    #[test]
    fn koreader() {
        let one = r#"{"title":"井","author":"某","entries":[{"text":"先听","note":"注","chapter":"打水","time":1767323045,"drawer":"lighten"}]}"#;
        check(one, &["井 | 先听 | 注 | 2026-01-02T03:04:05Z | "]);
        check(
            &format!(r#"{{"documents":[{one}],"version":"json/1.0.0"}}"#),
            &["井 | 先听 | 注 | 2026-01-02T03:04:05Z | "],
        );
    }

    #[test]
    fn readwise() {
        check(
            "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n\"先听，\"\"再\"\"打水\",井,某,,注,yellow,,page,3,2026-01-02 03:04:05+00:00,\n",
            &["井 | 先听，\"再\"打水 | 注 | 2026-01-02 03:04:05+00:00 | "],
        );
    }

    #[test]
    fn kindle() {
        check(
            "\u{feff}井 (某)\r\n- 您在位置 #12-13的标注 | 添加于 2026年1月2日星期五 上午3:04:05\r\n\r\n先听\r\n==========\r\n井 (某)\r\n- 您在位置 #13的笔记 | 添加于 2026年1月2日星期五 上午3:05:00\r\n\r\n注\r\n==========\r\nWell (A. B.) (C)\r\n- Your Highlight on page 5 | Location 70-71 | Added on Friday, January 2, 2026 3:04:05 AM\r\n\r\nListen first.\r\n==========\r\nWell (A. B.) (C)\r\n- Your Bookmark on page 6 | Location 80 | Added on Friday\r\n\r\n\r\n==========\r\n",
            &[
                "井 | 先听 | 注 | 2026年1月2日星期五 上午3:04:05 | ",
                "Well (A. B.) | Listen first. |  | Friday, January 2, 2026 3:04:05 AM | ",
            ],
        );
    }

    #[test]
    fn anything_else_is_said_to_be_unknown() {
        for text in ["", "{}", "[1,2]", "一段话。\n又一段。", "a,b\n1,2\n", "\u{0}"] {
            assert_eq!(read(text), Err(ImportError::Unknown), "{text:?}");
        }
        assert_eq!(read("{\n\"rows\": [\n"), Err(ImportError::Broken { line: 2 }));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_on_the_way_out_and_in(
            id in "[0-9A-Z]{1,26}",
            words in proptest::array::uniform5(any::<String>()),
            quote in "\\PC*[一a]\\PC*",
            (offset, length) in (0_u32..1 << 30, 0_u32..1 << 30),
            (similarity, kind, dismissed) in (any::<u64>(), 0..Kind::ALL.len(), any::<bool>()),
        ) {
            let [note, tail, before, after, heading] = words;
            let article = Identity { path: before.clone(), title: SafeText::line(&note), similarity, ..Identity::default() };
            let heading = vec![heading];
            let passage = Passage { quote, tail, before, after, offset, length, heading, ..Passage::default() };
            let kind = Kind::ALL[kind];
            let bookmark = Bookmark { id, article, passage, note, created: "2026-01-01".to_owned(), kind, dismissed };
            let page = export::json(&[Entry { bookmark: bookmark.clone(), ..Entry::default() }]).to_string();
            let clipping = read(&page).unwrap().remove(0);
            let id = clipping.id();
            let Clipping { article, passage, note, created, kind, dismissed, .. } = clipping;
            prop_assert_eq!(Bookmark { id, article, passage, note, created, kind, dismissed }, bookmark);
        }
    }
}
