//! Reads files. With `scan`, the only place in the library that does.
//!
//! It refuses what is no article before it can do harm: pipes and devices, which would block or never end, files
//! larger than any article, and files that hold no text.

use super::{Origin, sample};
use crate::parse::epub::Closed;
use crate::parse::{decode, epub};
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of the largest file that is opened.
pub const LARGEST: u64 = 64 << 20;
/// Bytes at the start of a file that hold its front matter.
const START: u64 = 64 << 10;
/// Bytes at the start of a file by which it is judged to hold text or not.
const HEAD: usize = 8192;
/// How files begin that hold pictures, archives or programs, whatever their names say.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "an archive (DOCX, ZIP)"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
];

/// Why an article could not be read: one line that names the file and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Reading it ended in an error of zhai's own.
    #[error("{}: cannot be understood, which is an error in zhai; please report it", path.display())]
    Broken {
        /// Which file.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("{}: {}; {}", path.display(), reason(source), remedy(source))]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A folder where a file is wanted.
    #[error("{}: is a folder; name a file in it", path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
    },
    /// A pipe, socket or device.
    #[error("{}: is {what}, not a file; give its text on standard input, as `-`", path.display())]
    Special {
        /// Which one.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// More than [`LARGEST`].
    #[error("{}: is larger than the {} MB that zhai opens; split it", path.display(), LARGEST >> 20)]
    Huge {
        /// Which file.
        path: PathBuf,
    },
    /// No text.
    #[error("{}: is {what}, not text; convert it to Markdown, HTML or plain text", path.display())]
    Binary {
        /// Which file.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// A book with digital rights management.
    #[error("{}: is encrypted (DRM), so that only its shop's reader opens it; get a copy without", path.display())]
    Encrypted {
        /// Which file.
        path: PathBuf,
    },
    /// A book of which nothing can be read.
    #[error("{}: is a broken book, no chapter of which can be read; get it again", path.display())]
    BrokenBook {
        /// Which file.
        path: PathBuf,
    },
    /// Folders in folders without end.
    #[error("{}: lies more than {most} folders deep; name it to read it", path.display())]
    Deep {
        /// Which folder.
        path: PathBuf,
        /// How deep articles are looked for.
        most: usize,
    },
}

/// What is wrong, without the system's number for it.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        _ => error.to_string(),
    }
}

/// What to do about an error of the file system.
fn remedy(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::NotFound => "check the path",
        std::io::ErrorKind::PermissionDenied => "make it readable",
        _ => "check that it can be read",
    }
}

/// An article's bytes.
pub fn read(origin: &Origin) -> Result<Vec<u8>, LibraryError> {
    match origin {
        Origin::File(path) => read_file(path),
        Origin::Sample(index) => {
            Ok(sample::SEEDS.get(*index).map(|(_, text)| text.as_bytes().to_vec()).unwrap_or_default())
        }
        Origin::Input(bytes) => Ok(bytes.to_vec()),
    }
}

/// The first bytes of an article, up to the end of a line, and how many it has: enough for its front matter and for a
/// screen, however large it is.
pub fn read_start(origin: &Origin) -> Result<(Vec<u8>, u64), LibraryError> {
    let Origin::File(path) = origin else { return read(origin).map(whole) };
    let file = open(path)?;
    let size = file.metadata().map_or(0, |data| data.len());
    if size > LARGEST {
        return Err(LibraryError::Huge { path: path.clone() });
    }
    if size == 0 {
        return read(origin).map(whole);
    }
    let mut bytes = read_capped(file.take(START), size.min(START) as usize, path)?;
    if (bytes.len() as u64) < size {
        bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').map_or(bytes.len(), |end| end + 1));
    }
    // Whether a book is encrypted is said at its end.
    if bytes.len() as u64 == size || !epub::is_book(&bytes, &path.to_string_lossy()) {
        check_text(&bytes, path)?;
    }
    Ok((bytes, size))
}

fn whole(bytes: Vec<u8>) -> (Vec<u8>, u64) {
    let size = bytes.len() as u64;
    (bytes, size)
}

/// The text of a pipe that a shell gives a name to, as an article (`<(command)`); none if it is none. A pipe that merely
/// lies in a folder may have nobody who writes to it, and would block.
pub fn read_pipe(path: &Path) -> Option<Result<Origin, LibraryError>> {
    let is_given = ["/dev/fd", "/proc/self/fd"].iter().any(|folder| path.parent() == Some(Path::new(folder)));
    let is_pipe = || std::fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir());
    if path != Path::new("/dev/stdin") && !is_given || !is_pipe() {
        return None;
    }
    let failed = |source| LibraryError::Io { path: path.to_owned(), source };
    let read = File::open(path).map_err(failed).and_then(|file| read_capped(file, 0, path));
    Some(read.and_then(|bytes| check_text(&bytes, path).map(|()| Origin::Input(bytes.into()))))
}

/// All of standard input, as an article.
pub fn read_input() -> Result<Origin, LibraryError> {
    let path = || PathBuf::from("standard input");
    let bytes = read_capped(std::io::stdin().lock(), 0, &path())?;
    check_text(&bytes, &path())?;
    Ok(Origin::Input(bytes.into()))
}

/// When a file was last changed, in seconds since 1970; 0 where that is not known.
pub fn modified(origin: &Origin) -> u64 {
    let Origin::File(path) = origin else { return 0 };
    let time = std::fs::metadata(path).and_then(|data| data.modified()).ok();
    time.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |since| since.as_secs())
}

fn read_file(path: &Path) -> Result<Vec<u8>, LibraryError> {
    let file = open(path)?;
    let data = file.metadata().map_err(|source| LibraryError::Io { path: path.to_owned(), source })?;
    check_kind(&data, path)?;
    if data.len() > LARGEST {
        return Err(LibraryError::Huge { path: path.to_owned() });
    }
    let bytes = read_capped(file, data.len() as usize, path)?;
    check_text(&bytes, path)?;
    Ok(bytes)
}

/// Opens a file that has been looked at; a pipe put in its place meanwhile does not block.
fn open(path: &Path) -> Result<File, LibraryError> {
    let failed = |source| LibraryError::Io { path: path.to_owned(), source };
    check_kind(&std::fs::metadata(path).map_err(failed)?, path)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    options.open(path).map_err(failed)
}

fn check_kind(data: &std::fs::Metadata, path: &Path) -> Result<(), LibraryError> {
    let kind = data.file_type();
    let path = || path.to_owned();
    match () {
        () if kind.is_file() => Ok(()),
        () if kind.is_dir() => Err(LibraryError::Folder { path: path() }),
        () => Err(LibraryError::Special { path: path(), what: special(kind) }),
    }
}

#[cfg(unix)]
fn special(kind: std::fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match () {
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn special(_: std::fs::FileType) -> &'static str {
    "a device"
}

/// Reads to the end of what is expected to be of some size. It never trusts the size that the file system gives: files of
/// `/proc` have none, and some do not end.
fn read_capped(source: impl Read, size: usize, path: &Path) -> Result<Vec<u8>, LibraryError> {
    // One byte more, or the end would not be seen before the room is made larger.
    let mut bytes = Vec::with_capacity(size + 1);
    let read = source.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|source| LibraryError::Io { path: path.to_owned(), source })?;
    if bytes.len() as u64 > LARGEST {
        return Err(LibraryError::Huge { path: path.to_owned() });
    }
    Ok(bytes)
}

/// Refuses what holds no text or hides it: an encrypted book, a known signature, or what is no text in any encoding.
fn check_text(bytes: &[u8], path: &Path) -> Result<(), LibraryError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if epub::is_book(bytes, &name) || bytes.is_empty() && name.to_ascii_lowercase().ends_with(".epub") {
        return check_open(bytes, path);
    }
    let signature = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what);
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let what = signature.or_else(|| is_binary(head).then_some("a binary file"));
    what.map_or(Ok(()), |what| Err(LibraryError::Binary { path: path.to_owned(), what }))
}

/// Refuses a book of which nothing can be read.
fn check_open(bytes: &[u8], path: &Path) -> Result<(), LibraryError> {
    let path = || path.to_owned();
    match epub::closed(bytes) {
        None => Ok(()),
        Some(Closed::Encrypted) => Err(LibraryError::Encrypted { path: path() }),
        Some(Closed::Empty) => Err(LibraryError::BrokenBook { path: path() }),
    }
}

/// Whether the start of a file is no text: one byte in a hundred is NUL and it is no UTF-16, or one in twenty-five controls
/// something and it is no UTF-8. No encoding writes letters with such bytes, and damage leaves few of them.
fn is_binary(head: &[u8]) -> bool {
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let is_marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let is_utf16 = is_marked || decode::choice::wide::by_zeros(head).is_some();
    let is_control = |byte: &&u8| matches!(**byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127);
    let controls = || head.iter().filter(is_control).count();
    // A character may be cut at the end.
    let is_utf8 = || std::str::from_utf8(head).err().is_none_or(|error| error.valid_up_to() + 4 > head.len());
    !is_utf16 && ((even + odd) * 100 > head.len() || controls() * 25 > head.len() && !is_utf8())
}

#[cfg(test)]
mod tests {
    use super::{is_binary, read, read_start};
    use crate::library::Origin;
    use crate::parse::epub::fixture;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], problem: &str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let origin = Origin::File(path.clone());
        let expected = if problem.is_empty() { String::new() } else { format!("{}: {problem}", path.display()) };
        for said in [read(&origin).err(), read_start(&origin).err()] {
            assert_eq!(said.map(|error| error.to_string()).unwrap_or_default(), expected);
        }
    }

    #[test]
    fn text_is_read_and_the_rest_named() {
        check("a.md", "正文".as_bytes(), "");
        check("empty.md", b"", "");
        check("one-nul.md", &[b"text ".repeat(100).as_slice(), b"\0"].concat(), "");
        check("a.md", b"%PDF-1.7 ...", "is a PDF file, not text; convert it to Markdown, HTML or plain text");
        let binary = "is a binary file, not text; convert it to Markdown, HTML or plain text";
        check("a.md", b"\x00\x01\x02\x00\x00\x05abc\x00", binary);
        let noise: Vec<u8> = (0..4000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        check("a.epub", &noise, binary);
        // Damage to a text leaves it one.
        let torn: Vec<u8> =
            "春天的集市。".bytes().enumerate().filter(|(at, _)| at % 7 > 0).map(|(_, byte)| byte).collect();
        check("torn.md", &torn.repeat(20), "");
        check("log.txt", "\x1b[1m好\x1b[0m\x07\n".repeat(20).as_bytes(), "");
    }

    #[test]
    fn books_are_read_unless_encrypted_or_broken() {
        let chapters = [("a.xhtml", "<p>文。</p>")];
        let list = "<encryption><CipherReference URI=\"OEBPS/a.xhtml\"/></encryption>";
        let locked = fixture::book("", &chapters, "", &[("META-INF/encryption.xml", list)]);
        check("a.epub", &fixture::book("", &chapters, "", &[]), "");
        check("renamed.md", &fixture::book("", &chapters, "", &[]), "");
        check("a.epub", &locked, "is encrypted (DRM), so that only its shop's reader opens it; get a copy without");
        let broken = "is a broken book, no chapter of which can be read; get it again";
        let book = fixture::book("", &[("a.xhtml", &"<p>文。</p>".repeat(9))], "", &[]);
        let chapter = book.windows(13).position(|bytes| bytes == b"OEBPS/a.xhtml").unwrap();
        check("a.epub", book.get(..chapter).unwrap(), broken);
        check("a.epub", b"", broken);
        check("a.epub", &fixture::archive(&[("word/document.xml", b"<w/>")]), broken);
        let archive = "is an archive (DOCX, ZIP), not text; convert it to Markdown, HTML or plain text";
        check("a.zip", &fixture::archive(&[("word/document.xml", b"<w/>")]), archive);
    }

    #[test]
    fn utf16_is_text() {
        for text in ["plain Latin text", "中文也有标点，and Latin."] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert!(!is_binary(&little) && !is_binary(&big), "{text}");
        }
        assert!(!is_binary(b"\xff\xfe\x2d\x4e\x00\x00\x0a\x00"));
        assert!(is_binary(&[0; 100]));
    }

    #[test]
    fn a_huge_file_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huge.txt");
        std::fs::File::create(&path).unwrap().set_len(super::LARGEST + 1).unwrap();
        let error = read(&Origin::File(path.clone())).unwrap_err().to_string();
        assert_eq!(error, format!("{}: is larger than the 64 MB that zhai opens; split it", path.display()));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_never_blocks() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.md");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let socket = folder.path().join("socket.md");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let link = folder.path().join("loop.md");
        std::os::unix::fs::symlink(&link, &link).unwrap();
        for (path, what) in [
            (pipe, "is a pipe"),
            (socket, "is a socket"),
            ("/dev/zero".into(), "is a device"),
            (folder.path().to_owned(), "is a folder"),
            (folder.path().join("none.md"), "there is no such file or folder"),
            (link, ""),
        ] {
            let error = read(&Origin::File(path.clone())).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{}: {what}", path.display())), "{error}");
        }
    }
}
