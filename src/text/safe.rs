//! `SafeText`: the only form in which a string from a file may reach a screen.
//!
//! It is made after all decoding (entities, YAML escapes, percent-encoding), because a filter that runs before them
//! lets `&#27;` through as a live escape. It refuses to escape or to quote: what is unsafe is dropped or replaced.
//! Terminals have been taken over by escape sequences and crashed by piles of combining marks (CVE-2021-27135), and
//! bidirectional controls make text read as what it is not; none of that is worth keeping in an article.

pub mod draft;

use super::scan::{self, is, is_in};
use compact_str::CompactString;
use std::ops::Deref;
use unicode_normalization::char::is_combining_mark;

/// Combining marks kept on one base character.
const MARKS_A_CLUSTER: usize = 8;
/// Bytes of one cluster; what joins it beyond that is dropped.
const BYTES_A_CLUSTER: usize = 64;
/// Bytes of a joiner and what it joins.
const JOINED: usize = 3 + 4;
/// Characters of a title or name.
const CHARACTERS_A_LINE: usize = 512;
/// Characters of an address: browsers and servers take at least as many (RFC 9110, 4.1).
pub const CHARACTERS_AN_ADDRESS: usize = 8192;
/// What stands for a character that no font can be expected to show.
const REPLACEMENT: char = '□';

/// A string without control, bidirectional or otherwise deceptive characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct SafeText(CompactString);

impl serde::Serialize for SafeText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// What is read back is made safe again: a journal is a file too.
impl<'de> serde::Deserialize<'de> for SafeText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::line(&text))
    }
}

/// Where the bytes of a text went when it was made safe.
#[derive(Debug, Clone, Default)]
pub struct Shifts(Vec<(usize, usize)>);

impl SafeText {
    /// One of our own words: a list's marker, a label. It takes no room, however often it is copied.
    pub fn own(text: &'static str) -> Self {
        if text.chars().all(is_plain) { Self(CompactString::const_new(text)) } else { Self::body(text) }
    }

    /// Text of an article's body: keeps `\n` and `\t`.
    pub fn body(text: &str) -> Self {
        Self::body_with_shifts(text).0
    }

    /// Text of an article's body, and where each byte of the source went.
    pub fn body_with_shifts(text: &str) -> (Self, Shifts) {
        let mut shifts = Shifts::default();
        let Some(start) = questionable(text) else { return (Self(text.into()), shifts) };
        let (first, mut rest) = text.split_at_checked(start).unwrap_or((text, ""));
        let mut kept = String::with_capacity(text.len());
        kept.push_str(first);
        let mut filter = Filter::after(first);
        while let Some(character) = rest.chars().next() {
            let before = text.len() - rest.len();
            shifts.note(before, kept.len());
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            if let Some(character) = filter.pass(character, rest.chars().next()) {
                kept.push(character);
            }
            // What is plain and stands after what is plain needs no filter.
            if is_plain(character) {
                let (plain, others) =
                    rest.split_at_checked(questionable(rest).unwrap_or(rest.len())).unwrap_or((rest, ""));
                if !plain.is_empty() {
                    shifts.note(before + character.len_utf8(), kept.len());
                    kept.push_str(plain);
                    filter = Filter::after(plain);
                }
                rest = others;
            }
        }
        shifts.note(text.len(), kept.len());
        (Self(kept.into()), shifts)
    }

    /// A title, name or other text of one line: every kind of line end and tab becomes a space, white space at the ends
    /// goes, and so does what exceeds 512 characters.
    pub fn line(text: &str) -> Self {
        Self::line_of(text, CHARACTERS_A_LINE)
    }

    /// Where a link leads, on one line: half an address leads elsewhere, so it may be longer than other lines.
    pub fn address(text: &str) -> Self {
        Self::line_of(text, CHARACTERS_AN_ADDRESS)
    }

    fn line_of(text: &str, most: usize) -> Self {
        let is_short = text.len() <= most;
        if is_short && scan::first_not(text.as_bytes(), is_printable).is_none() {
            return Self(text.trim().into());
        }
        let safe = Self::body(text).0;
        let mut line = safe.trim().replace(['\n', '\t'], " ");
        if let Some((end, _)) = line.char_indices().nth(most) {
            line.truncate(end);
            line.push('…');
        }
        Self(line.into())
    }

    /// The text as one line, as [`SafeText::line`] has it: what is safe need not be made so again.
    #[must_use]
    pub fn on_a_line(&self) -> Self {
        let text = self.trim();
        let is_of_line = |byte: u8| !is(byte, b'\n') & !is(byte, b'\t');
        let is_line = text.len() <= CHARACTERS_A_LINE && scan::first_not(text.as_bytes(), is_of_line).is_none();
        if is_line { Self(text.into()) } else { Self::line(text) }
    }

    /// The text itself.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for SafeText {
    type Target = str;
    #[inline]
    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for SafeText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Shifts {
    /// Where a byte of the source stands in the safe text.
    pub fn target(&self, byte: usize) -> usize {
        match self.0.partition_point(|(source, _)| *source <= byte).checked_sub(1) {
            Some(index) => self.0.get(index).map_or(byte, |(source, target)| target + (byte - source)),
            None => byte,
        }
    }

    /// Notes a pair of offsets beyond the last one, if that one does not already say it.
    fn note(&mut self, source: usize, target: usize) {
        if self.0.last().map_or(source, |(before, at)| at + (source - before)) != target {
            self.0.push((source, target));
        }
    }
}

/// The first byte of a text at which something must be looked at.
fn questionable(text: &str) -> Option<usize> {
    first_other(text, is_plain_by_byte, is_plain_by_bytes, is_plain)
}

/// The first byte of a text at which a character stands that is none of some; what the first bytes of one tell is sooner
/// seen, and need not tell everything.
fn first_other(
    text: &str,
    is_one_by_byte: impl Fn(u8) -> bool + Copy,
    is_one_by_bytes: impl Fn(u8, u8, u8) -> bool + Copy,
    is_one: impl Fn(char) -> bool,
) -> Option<usize> {
    let bytes = text.as_bytes();
    // Most texts of ASCII are nothing else.
    let mut at = scan::first_not(bytes, move |byte| is_printable(byte) & is_one_by_byte(byte))?;
    loop {
        at += scan::first_not_of_three(bytes.get(at..)?, is_one_by_byte, is_one_by_bytes)?;
        for character in text.get(at..)?.chars() {
            if !is_one(character) {
                return Some(at);
            }
            at += character.len_utf8();
            // Characters of other scripts stand beside each other.
            if bytes.get(at).is_none_or(|next| is_printable(*next) || is_in(*next, 0xe3, 0xe9)) {
                break;
            }
        }
    }
}

fn is_printable(byte: u8) -> bool {
    is_in(byte, b' ', b'~')
}

/// Whether a character is plain by its first byte, or the byte is not its first: ASCII with tabs, U+4000 to U+9FFF.
fn is_plain_by_byte(byte: u8) -> bool {
    is_printable(byte) | is_in(byte, b'\t', b'\n') | is_in(byte, 0x80, 0xbf) | is_in(byte, 0xe4, 0xe9)
}

/// Whether a character is plain by its first bytes: Latin, most of Greek and Cyrillic, U+3000 to U+30FF but for marks,
/// Hangul syllables, quotation marks and full widths.
fn is_plain_by_bytes(first: u8, second: u8, third: u8) -> bool {
    is_in(first, 0xc3, 0xcb)
        | is_in(first, 0xce, 0xd1)
        | is_in(first, 0xeb, 0xec)
        | (is(first, 0xe2) & is(second, 0x80) & is_in(third, 0x90, 0xa7))
        | (is(first, 0xe3) & is_in(second, 0x80, 0x83) & !is_mark_of_kana(second, third))
        | (is(first, 0xef) & is(second, 0xbc) & is_in(third, 0x81, 0xbf))
        | (is(first, 0xef) & is(second, 0xbd) & is_in(third, 0x80, 0x9e))
}

/// Whether a character is a mark that joins what stands before it, by its bytes after E3: U+302A to U+302F, U+3099, U+309A.
pub fn is_mark_of_kana(second: u8, third: u8) -> bool {
    (is(second, 0x80) & is_in(third, 0xaa, 0xaf)) | (is(second, 0x82) & is_in(third, 0x99, 0x9a))
}

/// Whether a character is plain and stays, whatever stands beside it: printable ASCII, line ends, letters, pictures.
fn is_plain(character: char) -> bool {
    matches!(character as u32, 0x0a | 0x09 | 0x20..=0x7e | 0x3400..=0x9fff | 0x3000..=0x3029
        | 0x3030..=0x3098 | 0x309b..=0x30ff | 0xac00..=0xd7a3 | 0xff01..=0xff5e | 0x2010..=0x2027 | 0xa1..=0xac | 0xae..=0x2ff
        | 0x370..=0x482 | 0x48a..=0x52f | 0x5d0..=0x5ea | 0x620..=0x64a | 0x660..=0x66f | 0x671..=0x6d3 | 0x904..=0x939
        | 0xe01..=0xe30 | 0xe40..=0xe46 | 0x2190..=0x2bff | 0x1f300..=0x1f3f3 | 0x1f400..=0x1faff)
}

/// The state that a decision on one character needs: what came before it.
struct Filter {
    before: Option<char>,
    marks: usize,
    cluster: usize,
    selector: bool,
    flag: bool,
}

impl Filter {
    /// The state after plain text.
    fn after(plain: &str) -> Self {
        let before = plain.chars().next_back();
        Self { before, marks: 0, cluster: before.map_or(0, char::len_utf8), selector: false, flag: false }
    }

    /// What becomes of a character: itself, another, or nothing.
    fn pass(&mut self, character: char, next: Option<char>) -> Option<char> {
        let kind = Kind::of(character);
        let kept = match kind {
            Kind::Plain => Some(character),
            Kind::LineEnd => (character != '\r' || next != Some('\n')).then_some('\n'),
            Kind::Dropped => return None,
            // Refused where what it joins would have to go: text is worth more than a ligature.
            Kind::Joiner => (self.joins(next) && self.cluster + JOINED <= BYTES_A_CLUSTER).then_some(character),
            Kind::Selector => (!self.selector && self.before.is_some()).then_some(character),
            Kind::Mark => (self.marks < MARKS_A_CLUSTER).then_some(character),
            Kind::Tag => self.flag.then_some(character),
            Kind::Filler => Some(' '),
            Kind::Unshowable => Some(REPLACEMENT),
        }?;
        self.admit(kept, if kept == character { kind } else { Kind::Plain })
    }

    /// Keeps the books on clusters; refuses what makes one too long.
    fn admit(&mut self, character: char, kind: Kind) -> Option<char> {
        let extends = matches!(kind, Kind::Joiner | Kind::Selector | Kind::Mark | Kind::Tag);
        let joined = matches!(self.before, Some('\u{200c}' | '\u{200d}'));
        if extends || joined {
            if self.cluster + character.len_utf8() > BYTES_A_CLUSTER {
                return None;
            }
            self.cluster += character.len_utf8();
        } else {
            self.cluster = character.len_utf8();
        }
        self.marks = if kind == Kind::Mark {
            self.marks + 1
        } else if extends {
            self.marks
        } else {
            0
        };
        self.selector = kind == Kind::Selector;
        self.flag = character == '\u{1f3f4}' || (self.flag && kind == Kind::Tag && character != '\u{e007f}');
        self.before = Some(character);
        Some(character)
    }

    /// A joiner means something only between emoji or between letters of scripts that join.
    fn joins(&self, next: Option<char>) -> bool {
        let joinable = |c: char| {
            matches!(c as u32, 0x600..=0x8ff | 0x900..=0xdff | 0xfb50..=0xfdff | 0xfe70..=0xfefc | 0x1780..=0x18af
                | 0x2190..=0x2bff | 0x1f000..=0x1faff)
                || matches!(Kind::of(c), Kind::Selector)
        };
        self.before.is_some_and(joinable) && next.is_some_and(joinable)
    }
}

/// What a character is to the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    LineEnd,
    Dropped,
    Joiner,
    Selector,
    Mark,
    Tag,
    Filler,
    Unshowable,
}

impl Kind {
    fn of(character: char) -> Self {
        match character as u32 {
            0x09 | 0x0a | 0x20..=0x7e => Self::Plain,
            0x0b | 0x0c | 0x0d | 0x85 | 0x2028 | 0x2029 => Self::LineEnd,
            0x00..=0x1f | 0x7f..=0x9f => Self::Dropped,
            0xad
            | 0x61c
            | 0x180e
            | 0x200b
            | 0x200e
            | 0x200f
            | 0x202a..=0x202e
            | 0x2060..=0x206f
            | 0xfeff
            | 0xfff9..=0xfffb => Self::Dropped,
            0x200c | 0x200d => Self::Joiner,
            0xfe00..=0xfe0f | 0xe0100..=0xe01ef => Self::Selector,
            0xe0000..=0xe007f => Self::Tag,
            0x115f | 0x1160 | 0x3164 | 0xffa0 => Self::Filler,
            0xe000..=0xf8ff | 0xf0000.. | 0xfdd0..=0xfdef => Self::Unshowable,
            code if code & 0xfffe == 0xfffe => Self::Unshowable,
            0x300.. if is_combining_mark(character) => Self::Mark,
            _ => Self::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, Kind, SafeText, is_plain, is_plain_by_byte, is_plain_by_bytes};
    use proptest::prelude::{Strategy, proptest};

    #[track_caller]
    fn check(text: &str, body: &str, line: &str) {
        assert_eq!(SafeText::body(text).as_str(), body, "as body");
        assert_eq!(SafeText::line(text).as_str(), line, "as line");
        assert_eq!(SafeText::body(body).as_str(), body, "twice");
        assert_eq!(SafeText::body(text).on_a_line().as_str(), line, "body as line");
    }

    #[test]
    fn controls_go() {
        check("a\u{1b}[31mb\u{7}c\u{9b}0m\u{0}d", "a[31mbc0md", "a[31mbc0md");
        check("一\t二\n三", "一\t二\n三", "一 二 三");
        check("a\r\nb\rc\u{85}d\u{2028}e\u{b}f", "a\nb\nc\nd\ne\nf", "a b c d e f");
    }

    #[test]
    fn deception_goes() {
        check("a\u{202e}b\u{2067}c\u{200f}\u{61c}d", "abcd", "abcd");
        check("p\u{200b}ay\u{2060}p\u{feff}al\u{ad}", "paypal", "paypal");
        check("x\u{e0041}\u{e0042}", "x", "x");
        check("a\u{3164}b\u{ffa0}", "a b ", "a b");
        check("\u{e000}\u{fdd0}\u{ffff}", "□□□", "□□□");
    }

    #[test]
    fn joiners_stay_where_they_mean_something() {
        check("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧");
        check("a\u{200d}b\u{200d}", "ab", "ab");
        check("क\u{94d}\u{200d}ष", "क\u{94d}\u{200d}ष", "क\u{94d}\u{200d}ष");
        check("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥");
    }

    #[test]
    fn one_variation_selector_stays_and_ideographic_ones_survive() {
        check("❤\u{fe0f}\u{fe0f}\u{fe0e}", "❤\u{fe0f}", "❤\u{fe0f}");
        check("葛\u{e0100}飾", "葛\u{e0100}飾", "葛\u{e0100}飾");
    }

    #[test]
    fn flags_of_regions_survive() {
        let scotland = "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        check(scotland, scotland, scotland);
        check(&format!("{scotland}\u{e0041}"), scotland, scotland);
    }

    #[test]
    fn piles_are_capped() {
        let pile = format!("e{}x", "\u{301}".repeat(1000));
        assert_eq!(SafeText::body(&pile).chars().count(), 1 + 8 + 1);
        let chain = "👩\u{200d}".repeat(1000);
        assert!(SafeText::body(&chain).split_inclusive('👩').all(|piece| piece.len() <= 64));
        assert!(SafeText::body(&format!("{chain}茶")).ends_with('茶'));
        assert_eq!(SafeText::body(&chain).matches('👩').count(), 1000);
        let long = SafeText::line(&"长".repeat(2000));
        assert_eq!(long.chars().count(), 513);
        assert_eq!(SafeText::address(&"长".repeat(2000)).chars().count(), 2000);
        assert_eq!(SafeText::address(&"a".repeat(20_000)).chars().count(), 8193);
        assert_eq!(SafeText::address("a\u{1b}b\n").as_str(), "ab");
    }

    #[test]
    fn offsets_follow() {
        let (text, shifts) = SafeText::body_with_shifts("a\u{1b}[b\u{200b}一\u{feff}二");
        assert_eq!(text.as_str(), "a[b一二");
        for (source, target) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3), (7, 3), (10, 6), (13, 6), (16, 9)] {
            assert_eq!(shifts.target(source), target, "byte {source}");
        }
    }

    #[test]
    fn plain_characters_need_no_filter() {
        for character in (char::MIN..=char::MAX).filter(|character| is_plain(*character)) {
            assert!(Kind::of(character) == Kind::Plain && character != '\u{1f3f4}', "{character:?}");
        }
        for character in char::MIN..=char::MAX {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes);
            let [first, second, third, _] = bytes;
            let is_taken_for_plain = is_plain_by_byte(first) || is_plain_by_bytes(first, second, third);
            assert!(is_plain(character) || !is_taken_for_plain, "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn plain_stretches_change_nothing(text in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::prelude::any::<char>(),
                proptest::sample::select(
                    "ab 一。\n\t\r\u{200d}\u{fe0f}👩🏴\u{e0067}\u{301}\u{200b}\u{202e}नि".chars().collect::<Vec<_>>()
                ),
            ],
            0..40,
        ).prop_map(|characters| characters.into_iter().collect::<String>())) {
            let (safe, shifts) = SafeText::body_with_shifts(&text);
            let mut filter = Filter::after("");
            let mut kept = String::new();
            for (byte, character) in text.char_indices() {
                assert_eq!(shifts.target(byte), kept.len());
                let next = text.get(byte + character.len_utf8()..).and_then(|rest| rest.chars().next());
                kept.extend(filter.pass(character, next));
            }
            assert_eq!(safe.as_str(), kept);
            assert_eq!(shifts.target(text.len()), kept.len());
        }
    }
}
