//! The files in a ZIP archive, by their paths. The sole owner of `rawzip` and `miniz_oxide`.
//!
//! It refuses to write anything and to unpack without end: what is read through one archive is counted, and beyond
//! the bounds there is nothing more. An archive without its directory is read by the headers of its files.

use crate::document::Repair;
use crate::parse::decode;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use std::collections::HashMap;

/// Bytes that one archive may unpack to.
pub const LARGEST: usize = 64 << 20;
/// Files that one archive may hold.
pub const MOST: usize = 10_000;
/// How the header of a file begins (APPNOTE 4.3.7).
const LOCAL: &[u8] = b"PK\x03\x04";
/// Bytes of that header before the file's name.
const LOCAL_LENGTH: usize = 30;

/// An archive that is being read.
#[derive(Debug)]
pub struct Archive<'a> {
    files: HashMap<String, File<'a>>,
    /// The paths in lower case, for references that got the case wrong.
    folded: HashMap<String, String>,
    left: usize,
    /// Files that were damaged, of those read so far.
    pub damaged: usize,
    /// What was wrong with the archive so far.
    pub repairs: Vec<Repair>,
}

#[derive(Debug)]
struct File<'a> {
    data: &'a [u8],
    method: u16,
    is_encrypted: bool,
}

impl<'a> Archive<'a> {
    /// Finds the files of an archive; none in what is no archive.
    pub fn open(bytes: &'a [u8]) -> Self {
        let mut archive =
            Self { files: HashMap::new(), folded: HashMap::new(), left: LARGEST, damaged: 0, repairs: Vec::new() };
        archive.read_directory(bytes);
        if archive.files.is_empty() {
            archive.note("the archive has no directory; its files were looked for");
            archive.read_headers(bytes);
        }
        archive
    }

    /// The paths of its files, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether there is a file at a path, whatever the case of its letters.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.folded.contains_key(&path.to_lowercase())
    }

    /// Whether some file is encrypted by the archive's own means.
    pub fn is_encrypted(&self) -> bool {
        self.files.values().any(|file| file.is_encrypted)
    }

    /// What a file holds; none if there is no such file, if it is encrypted, or if the bounds are reached. Of a
    /// damaged file, what stands before the damage.
    pub fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        let file = self.files.get(path).or_else(|| self.files.get(self.folded.get(&path.to_lowercase())?))?;
        if file.is_encrypted {
            return None;
        }
        let unpacked = match file.method {
            0 if file.data.len() <= self.left => Ok(file.data.to_vec()),
            0 => Err((true, Vec::new())),
            8 => decompress_to_vec_with_limit(file.data, self.left)
                .map_err(|error| (error.status == TINFLStatus::HasMoreOutput, error.output)),
            _ => Err((false, Vec::new())),
        };
        match unpacked {
            Ok(bytes) => {
                self.left -= bytes.len();
                Some(bytes)
            }
            Err((true, _)) => {
                self.left = 0;
                self.note("the archive unpacks to more than 64 MB; what exceeds that was left out");
                None
            }
            Err((false, mut bytes)) => {
                // What is unpacked before the damage ends in the buffer's own zeros.
                let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                bytes.truncate(end);
                self.left -= bytes.len().min(self.left);
                self.damaged += 1;
                self.note("a file of the archive is damaged; what stands before the damage was read");
                Some(bytes).filter(|bytes| !bytes.is_empty())
            }
        }
    }

    fn read_directory(&mut self, bytes: &'a [u8]) {
        let Ok(archive) = rawzip::ZipArchive::from_slice(bytes) else { return };
        let mut entries = archive.entries();
        while let Ok(Some(entry)) = entries.next_entry() {
            let place = archive.get_entry(entry.wayfinder()).map(|found| found.compressed_data_range());
            let range = place.map(|(start, end)| start as usize..end as usize);
            let Some(data) = range.ok().and_then(|range| bytes.get(range)) else {
                self.note("a file of the archive is missing");
                continue;
            };
            let is_encrypted = entry.flags().is_encrypted();
            let file = File { data, method: entry.compression_method().as_u16(), is_encrypted };
            if !self.add(entry.file_path().as_bytes(), file) {
                return;
            }
        }
    }

    /// Looks for the headers that stand before each file; a download that broke off has nothing else.
    fn read_headers(&mut self, bytes: &'a [u8]) {
        let mut at = 0;
        while let Some(found) = find(bytes, LOCAL, at) {
            let header = bytes.get(found..).unwrap_or_default();
            let [flags, method, name, extra] = [6, 8, 26, 28].map(|offset| u16_at(header, offset));
            let packed = u32_at(header, 18) as usize;
            let start = LOCAL_LENGTH + usize::from(name) + usize::from(extra);
            at = found + LOCAL.len();
            let Some(rest) = header.get(start..) else { return };
            // The size stands after the file where bit 3 is set; DEFLATE knows its own end.
            let has_size = flags & 8 == 0 && packed <= rest.len();
            let data = if has_size { rest.get(..packed).unwrap_or_default() } else { rest };
            let path = header.get(LOCAL_LENGTH..LOCAL_LENGTH + usize::from(name)).unwrap_or_default();
            let is_whole = has_size || method == 8;
            if is_whole && !self.add(path, File { data, method, is_encrypted: flags & 1 == 1 }) {
                return;
            }
            at = if has_size { found + start + packed } else { at };
        }
    }

    /// Takes a file in; false if there are too many.
    fn add(&mut self, path: &[u8], file: File<'a>) -> bool {
        if self.files.len() >= MOST {
            self.note("the archive holds more than 10,000 files; the others were left out");
            return false;
        }
        // Names are UTF-8, or what the program that packed them took for text.
        let path = decode::decode_undoubted(path).text.replace('\\', "/");
        if !path.is_empty() && !path.ends_with('/') {
            self.folded.insert(path.to_lowercase(), path.clone());
            self.files.insert(path, file);
        }
        true
    }

    fn note(&mut self, what: &str) {
        if self.repairs.iter().all(|repair| repair.what != what) {
            self.repairs.push(Repair { line: 0, what: what.to_owned() });
        }
    }
}

/// Where some bytes stand at or after a place.
fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(wanted.len()).position(|window| window == wanted).map(|found| from + found)
}

fn u16_at(bytes: &[u8], offset: usize) -> u16 {
    bytes.get(offset..).and_then(|rest| rest.first_chunk()).map_or(0, |field| u16::from_le_bytes(*field))
}

fn u32_at(bytes: &[u8], offset: usize) -> u32 {
    bytes.get(offset..).and_then(|rest| rest.first_chunk()).map_or(0, |field| u32::from_le_bytes(*field))
}

#[cfg(test)]
mod tests {
    use super::Archive;
    use crate::parse::epub::fixture::archive;

    #[test]
    fn bombs_end() {
        let blank = vec![b' '; 600];
        let bytes = archive(&[("a", b"one"), ("b", &blank), ("c", &blank), ("d", b"four")]);
        let mut archive = Archive::open(&bytes);
        archive.left = 1000;
        let lengths = ["a", "b", "c", "d"].map(|path| archive.read(path).map(|bytes| bytes.len()));
        assert_eq!(lengths, [Some(3), Some(600), None, None]);
        let said = "the archive unpacks to more than 64 MB; what exceeds that was left out";
        assert_eq!(archive.repairs.iter().map(|repair| repair.what.as_str()).collect::<Vec<_>>(), [said]);
    }

    #[test]
    fn paths_are_found_whatever_their_case_and_separators() {
        let bytes = archive(&[("OEBPS\\Text\\A.xhtml", b"one"), ("folder/", b"")]);
        let mut archive = Archive::open(&bytes);
        assert_eq!(archive.read("oebps/text/a.xhtml").as_deref(), Some(b"one".as_slice()));
        assert_eq!(archive.paths().collect::<Vec<_>>(), ["OEBPS/Text/A.xhtml"]);
    }

    #[test]
    fn what_stands_before_damage_is_read() {
        let long: String = (0..2000).map(|number| format!("{number} ")).collect();
        let mut bytes = archive(&[("a", long.as_bytes())]);
        let middle = bytes.len() / 2;
        bytes[middle..middle + 8].fill(0xff);
        let mut archive = Archive::open(&bytes);
        let read = archive.read("a").unwrap();
        assert!(read.len() > 1000 && read.starts_with(b"0 1 2 3 "), "{}", read.len());
        assert_eq!(archive.repairs.len(), 1);
    }
}
