//! What zhai wrote elsewhere, taken in: the file of what could not be saved, a backup, the journal of another machine.
//!
//! Its lines go in as they are, with their own times, so that twice is as good as once and nothing newer is undone. It
//! refuses to judge what they say.

use super::line::{self, Line};
use super::{Journal, JournalError, Kind, Next};
use std::collections::HashSet;
use std::path::Path;

/// What came of taking records in, by lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Those that were not here.
    pub new: usize,
    /// Those that were.
    pub known: usize,
    /// Those that are no records.
    pub bad: usize,
}

/// Whether a text is a journal: any of its lines is a record.
pub fn is_records(bytes: &[u8]) -> bool {
    lines(bytes).any(|line| matches!(line::read(line), Line::Known(_) | Line::Newer))
}

impl Journal {
    /// Takes in the records of a journal that lies elsewhere; they are on the disk when this returns. All go to the file
    /// of what is precious, positions too: they come once.
    pub fn take_in(&mut self, bytes: &[u8]) -> Result<Taken, JournalError> {
        let path = self.own(Kind::Marks).map_err(|error| left(error, lines(bytes).count()))?;
        let mut here = HashSet::new();
        for (file, _) in self.files() {
            let read = self.disk.read(&file, 0).unwrap_or_default();
            here.extend(lines(&read).map(<[u8]>::to_vec));
        }
        let (mut taken, mut new) = (Taken::default(), String::new());
        for line in lines(bytes) {
            match (line::read(line), str::from_utf8(line)) {
                (Line::Empty, _) => {}
                (Line::Bad, _) | (_, Err(_)) => taken.bad += 1,
                (Line::Known(_) | Line::Newer, Ok(text)) => {
                    if here.insert(line.to_vec()) {
                        taken.new += 1;
                        new.extend([text, "\n"]);
                    } else {
                        taken.known += 1;
                    }
                }
            }
        }
        if !new.is_empty() {
            self.put(Kind::Marks, path, &new).map_err(|error| left(error, taken.new))?;
            self.has_written = true;
        }
        Ok(taken)
    }
}

/// The lines, without white space around them.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty())
}

/// Why records are still where they came from.
fn left(error: JournalError, count: usize) -> JournalError {
    let JournalError::Io { path, source, .. } = error;
    JournalError::Io { what: format!("{count} records"), path, source, next: Next::Left }
}

/// A path as a word of a command line.
pub(super) fn word(path: &Path) -> String {
    let path = path.to_string_lossy();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%,".contains(c);
    if path.chars().all(is_plain) { path.into_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::{Taken, is_records, word};
    use crate::annotations::{Bookmark, Change, Edit, Journal, Reading};
    use crate::document::{ArticleId, Identity, Passage};
    use std::fs;
    use std::path::Path;

    fn changes() -> Vec<Change> {
        let article = Identity { id: ArticleId("井".to_owned()), ..Identity::default() };
        let passage = Passage { quote: "先听。".to_owned(), ..Passage::default() };
        let bookmark = |id: &str| {
            Change::SetBookmark(Bookmark {
                id: id.to_owned(),
                article: article.clone(),
                passage: passage.clone(),
                ..Bookmark::default()
            })
        };
        vec![
            bookmark("a"),
            bookmark("b"),
            Change::EditBookmark(Edit { id: "a".to_owned(), note: Some("注".to_owned()), ..Edit::default() }),
            Change::RemoveBookmark { id: "b".to_owned() },
            Change::SetMark { letter: 'a', article: article.clone(), passage: passage.clone() },
            Change::SetReading(Reading { article, passage, progress: 300, ..Reading::default() }),
        ]
    }

    /// What a journal left where it could not write.
    fn unsaved(rescue: &Path) -> Vec<u8> {
        let file = rescue.join("no folder");
        fs::write(&file, "").unwrap();
        let (mut journal, _) = Journal::open(&file);
        rescue.clone_into(&mut journal.rescue);
        for change in changes() {
            journal.append(change).unwrap_err();
        }
        let said = journal.close().unwrap_err().to_string();
        let kept = fs::read_dir(rescue).unwrap().map(|entry| entry.unwrap().path());
        let kept = kept.into_iter().find(|path| *path != file).unwrap();
        assert!(said.ends_with(&format!("`zhai bookmarks import {}` takes it in", kept.display())), "{said}");
        assert!(said.starts_with("5 marks and the reading position not saved: "), "{said}");
        fs::read(kept).unwrap()
    }

    #[test]
    fn what_could_not_be_saved_comes_in_once() {
        let (rescue, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let bytes = unsaved(rescue.path());
        assert!(is_records(&bytes));
        let (mut journal, _) = Journal::open(folder.path());
        assert_eq!(journal.take_in(&bytes).unwrap(), Taken { new: 6, ..Taken::default() });
        assert_eq!(journal.take_in(&bytes).unwrap(), Taken { known: 6, ..Taken::default() });
        let later = Edit { id: "a".to_owned(), note: Some("后来".to_owned()), ..Edit::default() };
        journal.append(Change::EditBookmark(later)).unwrap();
        drop(journal);
        let (mut journal, _) = Journal::open(folder.path());
        assert_eq!(journal.take_in(&bytes).unwrap(), Taken { known: 6, ..Taken::default() });
        drop(journal);
        let (_, annotations) = Journal::open(folder.path());
        let article = Identity { id: ArticleId("井".to_owned()), ..Identity::default() };
        assert_eq!(annotations.bookmark("a").unwrap().note, "后来", "what is newer holds");
        assert!(annotations.bookmark("b").is_none() && annotations.mark('a', &article).is_some());
        assert_eq!(annotations.reading(&article).unwrap().progress, 300);
    }

    #[test]
    fn damaged_lines_are_counted_and_others_come_in() {
        let (rescue, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut bytes = unsaved(rescue.path());
        bytes.truncate(bytes.len() - 9);
        bytes.extend(b"\n\xff\nnot a record\n\n");
        let taken = Journal::open(folder.path()).0.take_in(&bytes).unwrap();
        assert_eq!(taken, Taken { new: 5, known: 0, bad: 3 });
        for other in ["", "{}", "{\"rows\":[]}", "Highlight,Book Title\n"] {
            assert!(!is_records(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn where_nothing_can_be_written_what_came_stays() {
        let (rescue, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let bytes = unsaved(rescue.path());
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let said = Journal::open(&file).0.take_in(&bytes).unwrap_err().to_string();
        assert!(said.starts_with("6 records not saved: ") && said.ends_with("; try again"), "{said}");
    }

    #[test]
    fn a_path_in_a_command() {
        assert_eq!(word(Path::new("/tmp/zhai-unsaved-01.jsonl")), "/tmp/zhai-unsaved-01.jsonl");
        assert_eq!(word(Path::new("/my tmp/it's")), r"'/my tmp/it'\''s'");
    }
}
