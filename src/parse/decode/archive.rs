//! A page in a web archive (MHTML, RFC 2557), as browsers save it with all that belongs to it: `.mhtml`, `.mht`.
//!
//! It refuses letters, which are no pages, and takes out nothing but the page and its frames: what they show beside their
//! text stays in the archive.

use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, Engine};
use memchr::{memchr, memmem};

/// Bytes of the longest head of a part.
const HEAD: usize = 16 << 10;
/// Archives in one another that are followed.
const DEEPEST: u8 = 3;

/// A page as it was before it was put into an archive.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The name of their encoding; empty if the archive does not say.
    pub charset: String,
    /// Where it was; empty if the archive does not say.
    pub address: String,
}

/// The page in an archive, and what stands in its frames; none if a file is no archive with a page in it.
pub fn pages(bytes: &[u8], file_name: &str) -> Vec<Page> {
    let Some(part) = whole(bytes, file_name) else { return Vec::new() };
    let mut pages = Vec::new();
    part.pages(0, &mut pages);
    let said = part.field("snapshot-content-location");
    if let Some(page) = pages.first_mut().filter(|_| !said.is_empty()) {
        page.address = said;
    }
    pages
}

/// The pictures in an archive, by the addresses under which the page shows them.
pub fn pictures(bytes: &[u8], file_name: &str) -> Vec<(String, Vec<u8>)> {
    let parts = whole(bytes, file_name).map(|part| part.parts()).unwrap_or_default();
    let pictures = parts.into_iter().filter(|part| part.kind().starts_with("image/"));
    pictures.map(|part| (part.field("content-location"), part.unpacked())).collect()
}

/// The whole of an archive of a page: a file that is named so, or that a browser says to have saved. All else that is put
/// together of parts is a letter, or speaks of such files.
fn whole<'a>(bytes: &'a [u8], file_name: &str) -> Option<Part<'a>> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let name = file_name.to_ascii_lowercase();
    let is_named = [".mhtml", ".mht"].iter().any(|ending| name.ends_with(ending));
    let begins = |name: &[u8]| start.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    let heads = [b"from:".as_slice(), b"mime-version:", b"content-type:", b"snapshot-", b"subject:"];
    if !is_named && !heads.into_iter().any(begins) {
        return None;
    }
    let part = Part::of(start).filter(|part| part.kind().starts_with("multipart/related"))?;
    let is_page = || part.parameter("type").is_some_and(|kind| kind.eq_ignore_ascii_case("text/html"));
    let is_said = || part.has("snapshot-content-location") || part.has("mime-version") && is_page();
    // A part that says nothing of its type is plain text (RFC 2045, 5.2).
    let is_plain = |part: &Part| part.kind().is_empty() || part.kind().starts_with("text/plain");
    let is_archive = (is_named || is_said()) && !part.parts().first().is_some_and(is_plain);
    is_archive.then_some(part)
}

/// A head of fields and what stands below it.
struct Part<'a> {
    fields: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    /// The part that some bytes are; none if they begin with no head.
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
        let blank = |mark: &[u8]| memmem::find(head, mark).map(|at| (at, at + mark.len()));
        let (end, below) = [blank(b"\r\n\r\n"), blank(b"\n\n")].into_iter().flatten().min()?;
        let head = String::from_utf8_lossy(head.get(..end)?);
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in head.lines() {
            if line.starts_with([' ', '\t'])
                && let Some((_, value)) = fields.last_mut()
            {
                value.push_str(line);
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Some(Self { fields, body: bytes.get(below..)? })
    }

    fn field(&self, name: &str) -> String {
        self.fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(other, _)| other == name)
    }

    fn kind(&self) -> String {
        self.field("content-type").to_ascii_lowercase()
    }

    /// What the type says under a name: `boundary="…"`, `charset=utf-8`.
    fn parameter(&self, name: &str) -> Option<String> {
        let value = self.field("content-type");
        let named = value.split(';').skip(1).filter_map(|pair| pair.split_once('='));
        let mut found = named.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.trim().trim_matches('"').to_owned())
    }

    /// Takes the pages in it, the one that shows the others first.
    fn pages(&self, depth: u8, pages: &mut Vec<Page>) {
        let kind = self.kind();
        if kind.starts_with("text/html") || kind.starts_with("application/xhtml") {
            let charset = self.parameter("charset").unwrap_or_default();
            pages.push(Page { bytes: self.unpacked(), charset, address: self.field("content-location") });
        } else if depth < DEEPEST {
            for part in self.parts() {
                part.pages(depth + 1, pages);
            }
        }
    }

    /// What it is put together of; first, the part with which to begin (RFC 2387, 3.2).
    fn parts(&self) -> Vec<Part<'a>> {
        let Some(boundary) = self.parameter("boundary").filter(|boundary| !boundary.is_empty()) else {
            return Vec::new();
        };
        let marks = marks(self.body, format!("--{boundary}").as_bytes());
        let ends = marks.iter().skip(1).map(|(start, _)| *start).chain([self.body.len()]);
        let inside = marks.iter().zip(ends).filter_map(|((_, start), end)| self.body.get((*start)?..end));
        let mut parts: Vec<Part<'a>> = inside.filter_map(Part::of).collect();
        let first = self.parameter("start").filter(|start| !start.is_empty());
        if let Some(at) = first.and_then(|start| parts.iter().position(|part| part.field("content-id") == start)) {
            let part = parts.remove(at);
            parts.insert(0, part);
        }
        parts
    }

    /// Its bytes as they were before they were made fit for mail.
    fn unpacked(&self) -> Vec<u8> {
        match self.field("content-transfer-encoding").to_ascii_lowercase().as_str() {
            "quoted-printable" => quoted_printable(self.body),
            "base64" => {
                let lenient = GeneralPurposeConfig::new()
                    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
                    .with_decode_allow_trailing_bits(true);
                let engine = GeneralPurpose::new(&STANDARD, lenient);
                let is_packed = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
                let mut packed: Vec<u8> = self.body.iter().copied().filter(is_packed).collect();
                // One letter over is what an archive that breaks off ends with.
                packed.truncate(packed.len() - usize::from(packed.len() % 4 == 1));
                engine.decode(packed).unwrap_or_default()
            }
            _ => self.body.to_vec(),
        }
    }
}

/// Where the lines begin that part a text, and where what stands below them does; the last has nothing below it. They are
/// the mark and, at most, blanks (RFC 2046, 5.1.1).
fn marks(body: &[u8], mark: &[u8]) -> Vec<(usize, Option<usize>)> {
    let is_first = |at: &usize| *at == 0 || body.get(at - 1) == Some(&b'\n');
    let mut marks = Vec::new();
    for at in memmem::find_iter(body, mark).filter(is_first) {
        let rest = body.get(at + mark.len()..).unwrap_or_default();
        let (line, below) = match memchr(b'\n', rest) {
            Some(end) => (rest.get(..end).unwrap_or_default(), end + 1),
            None => (rest, rest.len()),
        };
        match line.trim_ascii_end() {
            b"" => marks.push((at, Some(at + mark.len() + below))),
            b"--" => {
                marks.push((at, None));
                break;
            }
            _ => {}
        }
    }
    marks
}

/// Bytes behind `=` in two digits, and line ends behind it that are none (RFC 2045, 6.7).
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'=' {
            out.push(*byte);
            continue;
        }
        match (digit(after.first()), digit(after.get(1)), after) {
            (Some(high), Some(low), [_, _, after @ ..]) => {
                out.push((high * 16 + low) as u8);
                rest = after;
            }
            (_, _, [b'\r', b'\n', after @ ..] | [b'\n', after @ ..]) => rest = after,
            _ => out.push(*byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Format};
    use crate::parse::{Hint, parse};

    fn archive(encoding: &str, kind: &str, page: &str) -> Vec<u8> {
        let head = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.com/tea\r\nSubject: =?utf-8?Q?x?=\r\n\
                    MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--ab--\"\r\n\r\n";
        let image = "\r\n----ab--\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlh\r\n----ab----\r\n";
        let part = format!("----ab--\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{page}");
        [head, &part, image].concat().into_bytes()
    }

    #[track_caller]
    fn check(bytes: &[u8], text: &str) {
        let Document { meta, blocks, format, .. } = parse(bytes, &Hint::named("a.mhtml"));
        let found: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!((format, found.join("|").as_str()), (Format::Html, text));
        assert_eq!((meta.title.as_str(), meta.url.as_deref()), ("Tea", Some("https://example.com/tea")));
    }

    #[test]
    fn the_page_is_taken_out() {
        let quoted = "<!DOCTYPE html><title>Tea</title><p class=3D\"a\">=E8=8C=B6 and wat=\r\ner</p>";
        check(&archive("quoted-printable", "text/html; charset=\"utf-8\"", quoted), "茶 and water");
        let packed = "PGh0bWw+PHRpdGxlPlRlYTwvdGl0bGU+\r\nPHA+d2F0ZXI8L3A+";
        check(&archive("base64", "text/html", packed), "water");
        let gbk = "<html><title>Tea</title><p>=B2=E8</p>";
        check(&archive("quoted-printable", "text/html; charset=gbk", gbk), "茶");
        let whole = archive("quoted-printable", "text/html", quoted);
        for end in 0..whole.len() {
            parse(&whole[..end], &Hint::named("a.mht"));
        }
    }

    #[test]
    fn only_whole_lines_part_an_archive() {
        let head = "From: <x>\nSnapshot-Content-Location: https://example.com/tea\nMIME-Version: 1.0\n";
        let check = |rest: &str, text: &str| check([head, rest].concat().as_bytes(), text);
        let kind = "Content-Type: multipart/related; boundary=b";
        let page = "Content-Type: text/html\n\n<title>Tea</title>";
        check(&format!("{kind}\n\n--b \t\n{page}<p>water --b boils\n--bc<p>tea\n--b--\n"), "water --b boils --bc|tea");
        let inner = format!("Content-Type: multipart/alternative; boundary=b1\n\n--b1\n{page}<p>tea\n--b1--\n");
        check(&format!("{kind}\n\n--b\n{inner}--b--\n"), "tea");
    }

    #[test]
    fn frames_stand_below_the_page() {
        let head = "From: <x>\nSnapshot-Content-Location: https://example.com/tea\nMIME-Version: 1.0\n\
                    Content-Type: multipart/related; boundary=b; start=\"<x>\"\n\n--b\nContent-Type: text/html\n";
        let frame = "<html><head><title>Frame</title></head><body><p>water</body></html>\n--b\nContent-Type: text/html\nContent-ID: <x>\n\n";
        let set = "<html><head><title>Tea</title></head><frameset><frame src=\"cid:1\"></frameset></html>\n--b--\n";
        check([head, "Content-ID: <y>\n\n", frame, set].concat().as_bytes(), "water");
        let page = "<html><head><title>Tea</title></head><body><p>tea</body></html>\n--b--\n";
        check([head, "Content-ID: <y>\n\n", frame, page].concat().as_bytes(), "tea|water");
    }

    #[test]
    fn what_only_speaks_of_parts_is_no_archive() {
        let body = "\n\n--b\nContent-Type: text/plain\n\nThe water is hot.\n--b\nContent-Type: text/html\n\n<p>x</p>\n--b--\nBelow.\n";
        let related = "Content-Type: multipart/related; boundary=b";
        for (name, head) in [("a.md", ""), ("a.eml", "From: a\n"), ("a.mht", "MIME-Version: 1.0\n")] {
            let document = parse([head, related, body].concat().as_bytes(), &Hint::named(name));
            let text: String = document.blocks.iter().map(|block| block.text.as_str()).collect();
            assert!(text.contains("The water is hot.") && text.contains("Below."), "{name}: {text}");
        }
    }

    #[test]
    fn letters_stay_what_they_are() {
        let letter =
            "From: a@example.com\nSubject: Tea\nDate: Mon, 1 Jan 2024\nContent-Type: text/plain\n\nThe water is hot.\n";
        let document = parse(letter.as_bytes(), &Hint::named("a.txt"));
        assert_eq!((document.format, document.meta.title.as_str()), (Format::Plain, "Tea"));
    }
}
