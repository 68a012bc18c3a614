//! Finds the articles under files and folders and describes them, in batches as they come in.
//!
//! It refuses to follow links to folders, to enter hidden ones and to stop at what it cannot read: that becomes an
//! article with a problem.

use super::disk::LibraryError;
use super::{Article, Origin, Tables};
use std::collections::HashSet;
use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Folders below a named one that are entered.
const DEEPEST: usize = 32;
/// How the names of articles end, in a folder; a file that is named is read whatever its name.
const ENDINGS: &[&str] = &["md", "markdown", "mkd", "txt", "html", "htm", "xhtml", "mhtml", "mht", "epub"];
/// Threads that read: a cold disk answers many questions at once faster than one after the other.
const THREADS: usize = 8;
/// Articles of the first batch, which is to be on the screen at once.
const FIRST: usize = 64;
/// Time between batches.
const PAUSE: Duration = Duration::from_millis(50);

/// Where an article is, or why there is none.
#[derive(Debug)]
pub struct Found {
    /// Where.
    pub origin: Origin,
    /// What stands against reading it.
    pub problem: Option<LibraryError>,
}

/// The articles under some files and folders, in the order of their paths within each, none twice.
pub fn find(origins: &[Origin]) -> Vec<Found> {
    let mut found = Vec::new();
    walk(origins, &mut |one| found.push(one));
    found
}

/// The first of some files that is there and is an article by its name.
pub fn first_of(paths: &[PathBuf]) -> Option<Origin> {
    paths.iter().find(|path| is_article(path) && path.is_file()).cloned().map(Origin::File)
}

/// Where an article may have gone that was in a folder: into it again, into one below or beside it, or into the one
/// around it; so many files at most.
pub fn nearby(folder: &Path, most: usize) -> Vec<Origin> {
    let around = [Some(folder), folder.parent()].into_iter().flatten();
    let below = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let is_hidden = |path: &PathBuf| path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        let mut folders: Vec<PathBuf> =
            entries.map(|entry| entry.path()).filter(|path| path.is_dir() && !is_hidden(path)).collect();
        folders.sort();
        folders
    };
    let folders = around.flat_map(|around| std::iter::once(around.to_owned()).chain(below(around)));
    let mut found: Vec<Origin> = Vec::new();
    for origin in folders.flat_map(|folder| beside(&folder)).take(most) {
        if !found.contains(&origin) {
            found.push(origin);
        }
    }
    found
}

/// The articles in a folder itself, not those in folders below; none if it cannot be read.
fn beside(folder: &Path) -> Vec<Origin> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| is_article(path) && path.is_file()).collect();
    files.sort();
    files.into_iter().map(Origin::File).collect()
}

/// Describes the articles under some files and folders. What has been found so far is handed over now and then; the
/// result is whole, in the order of `find`.
pub fn scan(origins: &[Origin], tables: &Arc<Tables>, mut batch: impl FnMut(Vec<Article>)) -> Vec<Article> {
    let (jobs, waiting) = channel::<(usize, Found)>();
    let (done, described) = channel::<(usize, Article)>();
    let waiting = Mutex::new(waiting);
    let mut all = std::thread::scope(|scope| {
        for _ in 0..THREADS {
            let done = done.clone();
            scope.spawn(|| describe(&waiting, tables, done));
        }
        drop(done);
        scope.spawn(|| {
            let jobs = jobs;
            let mut index = 0;
            walk(origins, &mut |one| {
                let _ = jobs.send((index, one));
                index += 1;
            });
        });
        collect(&described, &mut batch)
    });
    all.sort_unstable_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, article)| article).collect()
}

/// Describes articles until there are no more.
fn describe(waiting: &Mutex<Receiver<(usize, Found)>>, tables: &Arc<Tables>, done: Sender<(usize, Article)>) {
    loop {
        // The lock is held while waiting: whoever has it takes the next one.
        let job = waiting.lock().map(|waiting| waiting.recv());
        let Ok(Ok((index, found))) = job else { return };
        let article = match found.problem {
            Some(problem) => Article::failed(found.origin, &problem),
            None => Article::describe(found.origin, tables),
        };
        if done.send((index, article)).is_err() {
            return;
        }
    }
}

/// Takes in what is described, and hands it on in batches.
fn collect(described: &Receiver<(usize, Article)>, batch: &mut impl FnMut(Vec<Article>)) -> Vec<(usize, Article)> {
    let mut all: Vec<(usize, Article)> = Vec::new();
    let mut handed = 0;
    let mut due = Instant::now() + PAUSE;
    loop {
        let is_over = match described.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(one) => {
                all.push(one);
                false
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => true,
        };
        if is_over {
            return all;
        }
        let is_due = Instant::now() >= due || (handed == 0 && all.len() >= FIRST);
        if is_due {
            if all.len() > handed {
                batch(all.iter().skip(handed).map(|(_, article)| article.clone()).collect());
                handed = all.len();
            }
            due = Instant::now() + PAUSE;
        }
    }
}

/// Gives every article under some files and folders once.
fn walk(origins: &[Origin], give: &mut impl FnMut(Found)) {
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut give = |found: Found| {
        let is_new = match &found.origin {
            Origin::File(path) => seen.insert(path.clone()),
            Origin::Sample(_) | Origin::Input(_) => true,
        };
        if is_new {
            give(found);
        }
    };
    for origin in origins {
        match origin {
            Origin::File(path) if path.is_dir() => walk_folder(path, 0, &mut give),
            other => give(Found { origin: other.clone(), problem: None }),
        }
    }
}

fn walk_folder(folder: &Path, depth: usize, give: &mut impl FnMut(Found)) {
    let path = || folder.to_owned();
    let fail = |problem| Found { origin: Origin::File(path()), problem: Some(problem) };
    if depth > DEEPEST {
        return give(fail(LibraryError::Deep { path: path(), most: DEEPEST }));
    }
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(source) => return give(fail(LibraryError::Io { path: path(), source })),
    };
    entries.retain(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    entries.sort_by_key(DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type());
        let is = |wanted: fn(&FileType) -> bool| kind.as_ref().is_ok_and(wanted);
        match () {
            () if is(FileType::is_dir) => walk_folder(&path, depth + 1, give),
            // A link to a folder is neither entered nor taken for an article, whatever its name.
            () if !is_article(&path) || (is(FileType::is_symlink) && path.is_dir()) => {}
            () => give(Found { origin: Origin::File(path), problem: None }),
        }
    }
}

fn is_article(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{Tables, find, scan};
    use crate::library::Origin;
    use std::fs;
    use std::path::Path;

    /// The articles of a folder as lines: path, and problem without its path.
    fn found(folder: &Path) -> String {
        let root = format!("{}/", folder.display());
        let lines = find(&[Origin::File(folder.to_owned())]).into_iter().map(|found| {
            let Origin::File(path) = found.origin else { return String::new() };
            let path = path.display().to_string().replace(&root, "");
            found.problem.map_or(path.clone(), |problem| format!("{path} !{}", problem.to_string().replace(&root, "")))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn articles_by_their_names_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.md", "a.MD", "c.txt", "d.html", "e.xhtml", "f.pdf", "g", ".hidden.md", "-rf.md", "甲.markdown"]
        {
            fs::write(folder.path().join(name), "text").unwrap();
        }
        for inner in [".git", "x.md", "z"] {
            fs::create_dir(folder.path().join(inner)).unwrap();
            fs::write(folder.path().join(inner).join("inner.md"), "text").unwrap();
        }
        insta::assert_snapshot!(found(folder.path()), @r"
        -rf.md
        a.MD
        b.md
        c.txt
        d.html
        e.xhtml
        x.md/inner.md
        z/inner.md
        甲.markdown
        ");
    }

    #[cfg(unix)]
    #[test]
    fn loops_end_and_folders_too_deep_are_named() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again.md")).unwrap();
        fs::write(folder.path().join("a.md"), "text").unwrap();
        assert_eq!(found(folder.path()), "a.md");
        let mut deep = folder.path().to_owned();
        for _ in 0..=super::DEEPEST {
            deep.push("d");
            fs::create_dir(&deep).unwrap();
        }
        let said = found(folder.path());
        assert!(said.ends_with("lies more than 32 folders deep; name it to read it"), "{said}");
    }

    #[test]
    fn a_named_file_is_read_whatever_its_name_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes");
        fs::write(&path, "---\ntitle: Title\n---\n\nText.\n").unwrap();
        let origin = Origin::File(path);
        let articles = scan(&[origin.clone(), origin], &Tables::built_in(), |_| {});
        let titles: Vec<_> = articles.iter().map(|article| article.meta.title.to_string()).collect();
        assert_eq!(titles, ["Title"]);
    }

    #[test]
    fn batches_come_in_and_the_whole_is_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..300 {
            fs::write(folder.path().join(format!("{number:03}.md")), format!("# {number:03}\n\n正文。\n")).unwrap();
        }
        let mut handed = Vec::new();
        let all = scan(&[Origin::File(folder.path().to_owned())], &Tables::built_in(), |batch| handed.extend(batch));
        let titles: Vec<_> = all.iter().map(|article| article.meta.title.to_string()).collect();
        assert_eq!(titles, (0..300).map(|number| format!("{number:03}")).collect::<Vec<_>>());
        assert!(!handed.is_empty() && handed.iter().all(|article| all.contains(article)), "{}", handed.len());
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_is_a_row_with_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "正文").unwrap();
        fs::write(folder.path().join("b\u{1b}[31m.md"), [0; 64]).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(folder.path().join("c.md")).status().unwrap().success());
        std::os::unix::fs::symlink("nowhere", folder.path().join("d.md")).unwrap();
        let articles = scan(&[Origin::File(folder.path().to_owned())], &Tables::built_in(), |_| {});
        let problems: Vec<_> = articles.iter().map(|article| article.problem.is_some()).collect();
        assert_eq!(problems, [false, true, true, true]);
        for text in articles.iter().flat_map(|article| [Some(&article.meta.title), article.problem.as_ref()]).flatten()
        {
            assert!(!text.contains('\u{1b}'), "{text}");
        }
    }
}
