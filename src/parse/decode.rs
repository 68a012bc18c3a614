//! From bytes to text: encoding, line ends, normal form. The sole owner of `encoding_rs` and `simdutf8`.
//!
//! It refuses to change the number of lines, so that a line of the text is a line of the file; a page that is taken out of
//! a web archive has its own.

pub mod archive;
pub mod choice;
pub mod loss;
pub mod mojibake;

use crate::document::Repair;
use crate::text::safe::is_mark_of_kana;
use crate::text::scan::{self, is, is_in};
use choice::{guess, wide};
use encoding_rs::{Encoding, ISO_2022_JP};
use memchr::{memchr, memmem};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Invalid bytes that a UTF-8 file may hold and still be read as UTF-8: one in a hundred.
const TOLERATED: usize = 100;
/// Characters of three bytes or more, for each place that is no character, in what can be nothing but UTF-8: in text of
/// any other encoding there is one of them, by chance, for some ten such places.
const CERTAIN: usize = 2;
/// Characters of two bytes that are as good a sign as one of three.
const SIGN: usize = 3;

/// Characters of UTF-16 that tell it from other encodings.
const LEAST_WIDE: usize = 5;

/// A file as text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decoded {
    /// The text, lines ended by `\n`, in NFC.
    pub text: String,
    /// The encoding's name.
    pub encoding: &'static str,
    /// What had to be done beyond reading UTF-8.
    pub repairs: Vec<Repair>,
    /// What no repair brings back, and what to do about it, in one sentence; none if there is no such thing.
    pub lost: Option<String>,
}

/// Reads a file as text: the page that it holds, if it is a web archive.
pub fn decode_file(bytes: &[u8], file_name: &str) -> Decoded {
    taken_out(&archive::pages(bytes, file_name)).unwrap_or_else(|| decode(bytes))
}

/// Reads a file as [`decode_undoubted`] does, or the page that it holds.
pub fn decode_file_undoubted(bytes: &[u8], file_name: &str) -> Decoded {
    taken_out(&archive::pages(bytes, file_name)).unwrap_or_else(|| decode_undoubted(bytes))
}

/// The text of a page that was in an archive, with its frames below it, and where it was, as browsers write that into
/// pages that they save alone.
fn taken_out(pages: &[archive::Page]) -> Option<Decoded> {
    let (page, frames) = pages.split_first()?;
    let mut decoded = decode_page(page);
    let is_address = !page.address.contains(['<', '>', ' ']) && !page.address.contains("--");
    if let Some(end) = decoded.text.find('>').filter(|_| is_address && !page.address.is_empty()) {
        let signed = format!("<!-- saved from url=({:04}){} -->", page.address.len(), page.address);
        decoded.text.insert_str(end + 1, &signed);
    }
    for frame in frames {
        decoded.text.push('\n');
        decoded.text.push_str(&untitled(decode_page(frame).text));
    }
    let repair = Repair { line: 0, what: "the page was taken out of a web archive".to_owned() };
    decoded.repairs.insert(0, repair);
    Some(decoded)
}

/// A page without its title, which the one that it is a part of has.
fn untitled(mut page: String) -> String {
    let lower = page.to_ascii_lowercase();
    let title = lower.split_once("<title").and_then(|(before, rest)| Some((before, rest.split_once("</title>")?.1)));
    if let Some((before, after)) = title {
        page.replace_range(before.len()..page.len() - after.len(), "");
    }
    page
}

fn decode_page(page: &archive::Page) -> Decoded {
    let said =
        Encoding::for_label(page.charset.as_bytes()).filter(|_| simdutf8::basic::from_utf8(&page.bytes).is_err());
    let Some(encoding) = said else { return decode(&page.bytes) };
    let text = normal_form(line_ends(encoding.decode(&page.bytes).0.into_owned()));
    Decoded { lost: loss::of(&text), text, encoding: encoding.name(), repairs: Vec::new() }
}

/// Reads bytes as text: byte order mark, UTF-16 by its pattern, UTF-8, nearly UTF-8, a declared charset, a guess.
pub fn decode(bytes: &[u8]) -> Decoded {
    let mut repairs = Vec::new();
    let mut note = |what: String| repairs.push(Repair { line: 0, what });
    let (text, encoding) = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        (encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned(), encoding)
    } else if let Some(encoding) = wide::by_zeros(bytes) {
        note(format!("decoded from {}", encoding.name()));
        (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding)
    } else if let Some(text) = escaped(bytes) {
        note(format!("decoded from {}", ISO_2022_JP.name()));
        (text, ISO_2022_JP)
    } else if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        let repaired = mojibake::repair(text);
        if let Some((_, names)) = &repaired {
            note(format!("UTF-8 that had been read as {} was restored", names.join(" and as ")));
        }
        (repaired.map_or_else(|| text.to_owned(), |(text, _)| text), encoding_rs::UTF_8)
    } else if let Some(invalid) = nearly_utf8(bytes) {
        note(format!("{invalid} bytes were not valid UTF-8 and were replaced"));
        (String::from_utf8_lossy(bytes).into_owned(), encoding_rs::UTF_8)
    } else {
        let encoding = declared(bytes)
            .map(|said| choice::said(said, bytes))
            .or_else(|| wide::by_letters(bytes, LEAST_WIDE))
            .unwrap_or_else(|| guess(bytes));
        let (text, _, is_damaged) = encoding.decode(bytes);
        note(format!("decoded from {}{}", encoding.name(), if is_damaged { ", with some bytes replaced" } else { "" }));
        (text.into_owned(), encoding)
    };
    let lost = loss::of(&text);
    Decoded { text: normal_form(line_ends(text)), encoding: encoding.name(), repairs, lost }
}

/// Reads bytes as UTF-8 where they are valid, as XML's are unless it says otherwise: what is valid is not doubted.
pub fn decode_undoubted(bytes: &[u8]) -> Decoded {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) if !bytes.contains(&0) => {
            let text = text.trim_start_matches('\u{feff}').to_owned();
            Decoded { text: normal_form(line_ends(text)), encoding: encoding_rs::UTF_8.name(), ..Decoded::default() }
        }
        _ => decode(bytes),
    }
}

/// The number of invalid bytes in what must be UTF-8 all the same: few of them, among valid sequences.
fn nearly_utf8(bytes: &[u8]) -> Option<usize> {
    let is_latin = bytes.iter().filter(|byte| !byte.is_ascii()).count() * 2 < bytes.len();
    let (mut invalid, mut places, mut sequences, mut signs) = (0, 0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        invalid += chunk.invalid().len();
        places += usize::from(!chunk.invalid().is_empty());
        sequences += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        signs += chunk.valid().bytes().map(|byte| sign(byte, is_latin)).sum::<usize>();
    }
    // In a short text one byte is more than a hundredth.
    let is_certain = signs >= CERTAIN * SIGN * places;
    (is_certain || sequences > invalid && invalid * TOLERATED <= bytes.len()).then_some(invalid)
}

/// Japanese mail: ASCII, but for wrong bytes, between escape sequences that say which characters are meant.
fn escaped(bytes: &[u8]) -> Option<String> {
    /// Characters for each place that is none.
    const DAMAGE: usize = 4;
    let opens = |sequence: &[u8]| memmem::find(bytes, sequence).is_some();
    let at = memchr(0x1b, bytes)?;
    let is_said = bytes.get(at + 1) == Some(&b'$') || opens(b"\x1b$B") || opens(b"\x1b$@");
    let high = || bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if !is_said || high() > 0 && (high() * TOLERATED / 4 > bytes.len() || simdutf8::basic::from_utf8(bytes).is_ok()) {
        return None;
    }
    let text = ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned();
    let damage = text.matches(char::REPLACEMENT_CHARACTER).count();
    let kana = text.chars().filter(|character| *character >= '\u{3000}').count();
    (kana > DAMAGE * damage).then_some(text)
}

/// How much a first byte, with those that follow it as they must, is a sign of UTF-8: two bytes are so by chance in one of
/// ten characters of other encodings, but for the two that begin the letters of the West, which among ASCII nothing else is.
fn sign(first: u8, is_latin: bool) -> usize {
    match first {
        0xc2 | 0xc3 if is_latin => CERTAIN * SIGN,
        0xe0.. | 0xc2 | 0xc3 => SIGN,
        0xc4..=0xdf => 1,
        _ => 0,
    }
}

/// What `<meta charset>` or an XML declaration at the head says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default()).to_ascii_lowercase();
    if !head.contains('<') {
        return None;
    }
    let (_, rest) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != encoding_rs::UTF_8)
}

fn line_ends(text: String) -> String {
    if memchr(b'\r', text.as_bytes()).is_some() { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// NFC: one form for search, width and terminals, which draw decomposed Hangul and kana wrongly. Nearly all of a text
/// is of characters that never compose with what stands before them: only what lies between is looked at.
fn normal_form(text: String) -> String {
    let mut composed = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some((start, end)) = uncertain(&text, at) {
        // What stands before such a run may compose with its first character.
        let before = text.get(copied..start).and_then(|before| before.chars().next_back()).map_or(0, char::len_utf8);
        let run = text.get(start - before..end).unwrap_or_default();
        if is_nfc_quick(run.chars()) != IsNormalized::Yes {
            composed.push_str(text.get(copied..start - before).unwrap_or_default());
            composed.extend(run.nfc());
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return text;
    }
    composed.push_str(text.get(copied..).unwrap_or_default());
    composed
}

/// The next run of characters, from a byte on, that normalisation may change or that may compose with what stands
/// before them.
fn uncertain(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    let start = 'found: loop {
        at += scan::first_not_of_three(bytes.get(at..)?, is_composed_by_byte, is_composed_by_bytes)?;
        for character in text.get(at..)?.chars() {
            if !is_composed(character) {
                break 'found at;
            }
            at += character.len_utf8();
            // Characters of other scripts stand beside each other.
            if bytes.get(at).is_none_or(|next| is_composed_by_byte(*next)) {
                break;
            }
        }
    };
    let length = text.get(start..)?.find(is_composed);
    Some((start, length.map_or(text.len(), |length| start + length)))
}

/// Whether a character is composed by its first byte, or the byte is not its first: U+0000 to U+02FF, U+4000 to U+9FFF.
fn is_composed_by_byte(byte: u8) -> bool {
    is_in(byte, 0, 0xcb) | is_in(byte, 0xe4, 0xe9)
}

/// Whether a character is composed by its first bytes: most of Greek and Cyrillic, U+2002 to U+203F, U+3000 to U+3FFF
/// but for marks, U+B000 to U+CFFF, full widths.
fn is_composed_by_bytes(first: u8, second: u8, third: u8) -> bool {
    (is(first, 0xce) & is_in(second, 0x88, 0xbf))
        | is_in(first, 0xcf, 0xd1)
        | is_in(first, 0xeb, 0xec)
        | (is(first, 0xe2) & is(second, 0x80) & is_in(third, 0x82, 0xbf))
        | (is(first, 0xe3) & !is_mark_of_kana(second, third))
        | (is(first, 0xef) & is_in(second, 0xbc, 0xbd))
}

/// Whether a character is one that NFC leaves as it is, whatever stands before it: all that is written but for marks and
/// what they make. From U+0900 on the letters and signs of India and Siam, each script's but for nukta and virama.
fn is_composed(character: char) -> bool {
    matches!(character as u32, 0..=0x2ff | 0x388..=0x482 | 0x48a..=0x52f | 0x5d0..=0x5ea | 0x620..=0x64a | 0x660..=0x66f
        | 0x671..=0x6d5 | 0x6ee..=0x6ff | 0x904..=0x93b | 0x93d..=0x94c | 0x960..=0x97f | 0x985..=0x9bb | 0x9bf..=0x9cc
        | 0xa3d..=0xa4c | 0xabd..=0xacc | 0xb3f..=0xb4c | 0xb82..=0xbbd | 0xbbf..=0xbcc | 0xc3d..=0xc4c | 0xe01..=0xe37
        | 0xe3f..=0xe47 | 0x2002..=0x2069 | 0x2190..=0x2328 | 0x232b..=0x2a00 | 0x3000..=0x3029 | 0x3030..=0x3098
        | 0x309b..=0x9fff | 0xac00..=0xd7a3 | 0xfe00..=0xfe0f | 0xff00..=0xffef | 0x1f000..=0x1faff)
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_undoubted, is_composed, is_composed_by_byte, is_composed_by_bytes, normal_form};
    use encoding_rs::Encoding;
    use proptest::prelude::{Strategy, any, proptest};
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

    const TEXT: &str = "斋是书房，也是静坐的地方。读一篇文章，记一段文字，\n窗外有风，桌上有茶。";

    #[track_caller]
    fn check(bytes: &[u8], text: &str, repair: &str) {
        let decoded = decode(bytes);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.repairs.iter().map(|repair| repair.what.as_str()).collect::<Vec<_>>().join("; "), repair);
    }

    #[test]
    fn utf8_in_its_forms() {
        check(TEXT.as_bytes(), TEXT, "");
        check(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), TEXT, "");
        check(b"a\r\nb\rc", "a\nb\nc", "");
        check("か\u{3099}".as_bytes(), "が", "");
        let damaged = [TEXT.as_bytes(), b"\xff", TEXT.as_bytes()].concat();
        let short = ["河边的茶棚开了四十年，水从山上来。".as_bytes(), b"\xff"].concat();
        check(&short, "河边的茶棚开了四十年，水从山上来。\u{fffd}", "1 bytes were not valid UTF-8 and were replaced");
        check(&damaged, &format!("{TEXT}\u{fffd}{TEXT}"), "1 bytes were not valid UTF-8 and were replaced");
        let torn = ["桌上有茶，".as_bytes(), b"\xe5\x9d", "窗外有风。".as_bytes()].concat();
        check(&torn, "桌上有茶，\u{fffd}窗外有风。", "2 bytes were not valid UTF-8 and were replaced");
    }

    #[test]
    fn legacy_encodings() {
        for label in ["gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let text = match label {
                "gb18030" => "机器的程序和人的文章一样，要让人读得下去。".repeat(4),
                "big5" => "這裡的文字用大五碼寫成，讀者不必知道它的編碼。".repeat(4),
                "euc-kr" => "한글은 소리를 적는 글자이다. 읽는 사람은 인코딩을 몰라도 된다.".repeat(4),
                _ => "この文章は古い文字コードで書かれている。読む人は知らなくてよい。".repeat(4),
            };
            let decoded = decode(&encoding.encode(&text).0);
            assert_eq!(decoded.text, text, "{label}");
            assert_eq!(decoded.repairs.len(), 1, "{label}");
        }
    }

    #[test]
    fn utf16_without_a_mark() {
        let little: Vec<u8> = "A plain line of text.\nAnother".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "A plain line of text.\nAnother".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, "A plain line of text.\nAnother", "decoded from UTF-16LE");
        check(&big, "A plain line of text.\nAnother", "decoded from UTF-16BE");
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, TEXT, "decoded from UTF-16LE");
        check(&big, TEXT, "decoded from UTF-16BE");
    }

    #[test]
    fn a_declaration_is_believed() {
        let page = "<html><head><meta charset=\"gbk\"></head><body>中文</body>";
        let bytes = encoding_rs::GBK.encode(page).0;
        check(&bytes, page, "decoded from GBK");
    }

    #[test]
    fn xml_is_not_doubted() {
        assert_eq!(decode_undoubted("\u{feff}茶\r\nか\u{3099}".as_bytes()).text, "茶\nが");
        let utf16: Vec<u8> = "\u{feff}<p>茶</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode_undoubted(&utf16).text, "<p>茶</p>");
        let page = "<?xml version=\"1.0\" encoding=\"gbk\"?><p>中文</p>";
        assert_eq!(decode_undoubted(&encoding_rs::GBK.encode(page).0).text, page);
    }

    #[test]
    fn composed_characters_stand_for_themselves() {
        for character in (char::MIN..=char::MAX).filter(|character| is_composed(*character)) {
            assert_eq!(is_nfc_quick([character].into_iter()), IsNormalized::Yes, "{character:?}");
            assert_eq!(canonical_combining_class(character), 0, "{character:?}");
        }
        for character in char::MIN..=char::MAX {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes);
            let [first, second, third, _] = bytes;
            let is_taken_for_composed = is_composed_by_byte(first) || is_composed_by_bytes(first, second, third);
            assert!(is_composed(character) || !is_taken_for_composed, "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_normal(text in proptest::collection::vec(
            proptest::prop_oneof![
                any::<char>(),
                proptest::sample::select(vec!['e', 'か', '한', '\u{301}', '\u{323}', '\u{3099}', '\u{11a8}', '\u{1100}', '\u{1161}', '\u{302a}']),
            ],
            0..20,
        ).prop_map(|characters| characters.into_iter().collect::<String>())) {
            assert_eq!(normal_form(text.clone()), text.nfc().collect::<String>());
        }
    }
}
