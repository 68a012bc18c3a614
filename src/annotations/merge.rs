//! How changes of many devices become one state: the newest wins, field by field, whatever the order of arrival.
//!
//! It refuses to look at a wall clock: stamps come with the changes.

use super::known::Known;
use super::said::Parts;
use super::unread::Unread;
use super::works::Work;
use super::{Bookmark, Edit, Stamp};
use crate::document::{Identity, Passage};
use std::sync::OnceLock;

/// A bookmark as it stands, and when each part of it was said last.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    /// The work that its article is, once that is known.
    pub(super) work: Option<Work>,
    article: Unread<Identity>,
    passage: Unread<Passage>,
    /// The parts that are short.
    rest: Bookmark,
    /// All of it, once somebody has asked.
    whole: OnceLock<Box<Bookmark>>,
    /// Of each field of an [`Edit`], in its order.
    fields: [Stamp; 6],
    set: Stamp,
    removed: Stamp,
}

impl Kept {
    /// Whether there is a bookmark: not removed since it was last changed, and its words are known.
    pub(super) fn is_alive(&self) -> bool {
        self.set > self.removed && self.fields[1] > Stamp::default()
    }

    pub(super) fn bookmark(&self) -> &Bookmark {
        self.whole.get_or_init(|| {
            let (article, passage) = (self.article.get().clone(), self.passage.get().clone());
            Box::new(Bookmark { article, passage, ..self.rest.clone() })
        })
    }

    /// Gives the article that it is in, if that was said, and nothing newer is known.
    pub(super) fn edit(&mut self, stamp: Stamp, parts: Parts) -> Option<Known> {
        let [article, passage, note, created, kind, dismissed] = &mut self.fields;
        let moved = parts.article.filter(|_| stamp > *article);
        newest(&mut self.article, article, moved.as_ref().map(|moved| moved.identity.clone()), stamp);
        newest(&mut self.passage, passage, parts.passage, stamp);
        newest(&mut self.rest.note, note, parts.note, stamp);
        newest(&mut self.rest.created, created, parts.created, stamp);
        newest(&mut self.rest.kind, kind, parts.kind, stamp);
        newest(&mut self.rest.dismissed, dismissed, parts.dismissed, stamp);
        self.set = self.set.max(stamp);
        self.rest.id = parts.id;
        self.whole = OnceLock::new();
        moved
    }

    pub(super) fn remove(&mut self, stamp: Stamp) {
        self.removed = self.removed.max(stamp);
    }

    /// What is left of an edit that says again what is known already; none if that is nothing.
    pub(super) fn news(&self, edit: Edit) -> Option<Edit> {
        if !self.is_alive() {
            return Some(edit);
        }
        let old = self.bookmark();
        let edit = Edit {
            article: edit.article.filter(|article| *article != old.article),
            passage: edit.passage.filter(|passage| *passage != old.passage),
            note: edit.note.filter(|note| *note != old.note),
            created: edit.created.filter(|created| *created != old.created),
            kind: edit.kind.filter(|kind| *kind != old.kind),
            dismissed: edit.dismissed.filter(|dismissed| *dismissed != old.dismissed),
            id: edit.id,
        };
        (edit != Edit { id: edit.id.clone(), ..Edit::default() }).then_some(edit)
    }
}

/// Puts a newer value in the place of an older one.
fn newest<T>(value: &mut T, since: &mut Stamp, said: Option<T>, stamp: Stamp) {
    if let Some(said) = said
        && stamp > *since
    {
        *value = said;
        *since = stamp;
    }
}

#[cfg(test)]
mod tests {
    use crate::annotations::{Annotations, Bookmark, Change, Edit, Kind, Reading, Record, Session, Stamp};
    use crate::document::{ArticleId, Identity, Passage};
    use proptest::prelude::{Just, Strategy, any, prop};
    use proptest::{prop_assert_eq, prop_oneof, proptest};

    fn article(number: u8) -> Identity {
        let id = ArticleId(format!("article {number}"));
        Identity { id, path: format!("{number}.md"), ..Identity::default() }
    }

    fn passage(number: u8) -> Passage {
        Passage { quote: format!("第{number}句"), ..Passage::default() }
    }

    fn change() -> impl Strategy<Value = Change> {
        let small = || 0..3u8;
        prop_oneof![
            (small(), small(), small(), prop::option::of(small())).prop_map(|(id, at, words, note)| {
                Change::EditBookmark(Edit {
                    id: id.to_string(),
                    article: Some(article(at)),
                    passage: Some(passage(words)),
                    note: note.map(|note| note.to_string()),
                    created: Some(String::new()),
                    ..Edit::default()
                })
            }),
            (small(), any::<bool>()).prop_map(|(id, important)| {
                let kind = if important { Kind::Important } else { Kind::Question };
                Change::EditBookmark(Edit { id: id.to_string(), kind: Some(kind), ..Edit::default() })
            }),
            small().prop_map(|id| Change::RemoveBookmark { id: id.to_string() }),
            (small(), small(), prop_oneof![Just('a'), Just('A')]).prop_map(|(at, words, letter)| {
                Change::SetMark { letter, article: article(at), passage: passage(words) }
            }),
            (small(), prop_oneof![Just('a'), Just('A')])
                .prop_map(|(at, letter)| Change::RemoveMark { letter, article: article(at) }),
            (small(), small()).prop_map(|(at, words)| {
                let progress = u16::from(words) * 100;
                Change::SetReading(Reading {
                    article: article(at),
                    passage: passage(words),
                    progress,
                    ..Reading::default()
                })
            }),
            // One session is told in one way only.
            small().prop_map(|id| {
                let characters = u32::from(id);
                Change::Read(Session { id: id.to_string(), day: "2026-01-01".to_owned(), characters, seconds: 1 })
            }),
        ]
    }

    /// Records of three devices whose clocks may stand still or agree; no two records share a stamp's every part.
    fn records() -> impl Strategy<Value = Vec<Record>> {
        prop::collection::vec((0..6u64, 0..3u64, change()), 0..24).prop_map(|all| {
            all.into_iter()
                .enumerate()
                .map(|(check, (time, device, change))| Record {
                    stamp: Stamp { time, device, check: check as u32 },
                    change,
                })
                .collect()
        })
    }

    fn folded<'a>(records: impl IntoIterator<Item = &'a Record>) -> Annotations {
        let mut annotations = Annotations::default();
        for record in records {
            annotations.fold(record.clone());
        }
        annotations
    }

    /// All that can be asked.
    fn view(annotations: &Annotations) -> String {
        let articles: Vec<Identity> = (0..3).map(article).collect();
        let mut view =
            format!("{:?}\n{:?}\n", annotations.bookmarks(None), annotations.statistics(|at| Some(at.to_owned())));
        for article in &articles {
            let bookmarks: Vec<_> =
                annotations.bookmarks(Some(article)).iter().map(|bookmark| bookmark.id.clone()).collect();
            let reading = annotations.reading(article).map(|reading| &reading.passage.quote);
            let further = annotations.further(article, 1).map(|reading| &reading.passage.quote);
            let marks = ['a', 'A'].map(|letter| annotations.mark(letter, article).map(|(_, passage)| &passage.quote));
            view += &format!("{bookmarks:?} {reading:?} {further:?} {marks:?}\n");
        }
        view + &format!("{:?}", annotations.latest().map(|reading| &reading.passage.quote))
    }

    proptest! {
        #[test]
        fn any_order_any_number_of_times_any_parts(
            records in records(),
            order in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
            split in any::<prop::sample::Index>(),
        ) {
            let whole = view(&folded(&records));
            prop_assert_eq!(&view(&folded(records.iter().rev())), &whole);
            if !records.is_empty() {
                let again: Vec<&Record> = order.iter().map(|index| index.get(&records)).collect();
                prop_assert_eq!(&view(&folded(again.iter().copied().chain(&records))), &whole);
                let at = split.index(records.len());
                prop_assert_eq!(&view(&folded(records[at..].iter().chain(&records[..at]))), &whole);
            }
        }
    }

    #[test]
    fn fields_are_merged_and_a_removal_holds_until_something_newer() {
        let made = Bookmark { id: "1".to_owned(), article: article(0), passage: passage(0), ..Bookmark::default() };
        let note = |text: &str| Edit { id: "1".to_owned(), note: Some(text.to_owned()), ..Edit::default() };
        let kind = Edit { id: "1".to_owned(), kind: Some(Kind::Term), ..Edit::default() };
        let at = |time, device, change| Record { stamp: Stamp { time, device, check: 0 }, change };
        let mut records = vec![
            at(1, 1, Change::SetBookmark(made)),
            at(2, 1, Change::EditBookmark(note("一台"))),
            at(2, 2, Change::EditBookmark(kind)),
        ];
        let both = folded(&records);
        let bookmark = both.bookmark("1").unwrap();
        assert_eq!((bookmark.note.as_str(), bookmark.kind), ("一台", Kind::Term), "two devices, two fields");
        records.push(at(5, 2, Change::RemoveBookmark { id: "1".to_owned() }));
        records.push(at(4, 1, Change::EditBookmark(note("早于删除"))));
        assert_eq!(folded(&records).bookmark("1"), None);
        records.push(at(6, 1, Change::EditBookmark(note("晚于删除"))));
        assert_eq!(folded(&records).bookmark("1").map(|bookmark| bookmark.note.clone()), Some("晚于删除".to_owned()));
    }

    #[test]
    fn what_is_known_is_no_news() {
        let made = Bookmark { id: "1".to_owned(), article: article(0), passage: passage(0), ..Bookmark::default() };
        let mut annotations = Annotations::default();
        let change = annotations.news(Change::SetBookmark(made.clone())).unwrap();
        annotations.apply(&change);
        assert_eq!(annotations.news(Change::SetBookmark(made.clone())), None);
        let edited = Bookmark { note: "新".to_owned(), ..made };
        let note = Edit { id: "1".to_owned(), note: Some("新".to_owned()), ..Edit::default() };
        assert_eq!(annotations.news(Change::SetBookmark(edited)), Some(Change::EditBookmark(note)));
        assert_eq!(annotations.news(Change::RemoveBookmark { id: "2".to_owned() }), None);
    }
}
