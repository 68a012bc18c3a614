//! The phrases by which boilerplate is known: a table that people can read and add to (`assets/boilerplate.tsv`).

use crate::parse::tables::Row;

/// Bytes of a line that a phrase may be most of; what is longer is an article's text.
const LONGEST: usize = 1200;

/// What a phrase means where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Interface,
    Head,
    Card,
    Tail,
    End,
    Related,
    Comments,
    Footer,
    Credit,
    Stub,
    More,
}

/// The kinds of phrases that stand in a line, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    fn add(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u16;
    }

    fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }

    /// Whether the line is a page's interface: from here on nothing is the article's.
    pub fn is_interface(self) -> bool {
        self.has(Kind::Interface)
    }

    /// Whether the line may stand between title and article: bylines, subscription lines.
    pub fn is_head(self) -> bool {
        self.has(Kind::Head)
    }

    /// Whether the line opens the card of another account, from which the article was taken.
    pub fn is_card(self) -> bool {
        self.has(Kind::Card)
    }

    /// Whether something is promoted, be it in passing.
    pub fn promotes(self) -> bool {
        self.has(Kind::Tail)
    }

    /// Whether the line says that the article ends here.
    pub fn is_end(self) -> bool {
        self.has(Kind::End)
    }

    /// Whether the line stands above a list of other articles.
    pub fn is_related(self) -> bool {
        self.has(Kind::Related)
    }

    /// Whether the line stands above what readers wrote.
    pub fn is_comments(self) -> bool {
        self.has(Kind::Comments)
    }

    /// Whether the line is a site's footer.
    pub fn is_footer(self) -> bool {
        self.has(Kind::Footer)
    }

    /// Whether the line says where the article comes from or who made it.
    pub fn is_credit(self) -> bool {
        self.has(Kind::Credit)
    }
}

/// Words of a bit for each of 65 536 pairs.
const WORDS: usize = 0x400;

/// Two characters that a phrase begins with.
type Pair = (char, char);

/// Phrases by a bit for what they hold: the pair that they begin with, or some of their bytes. Hardly any pair of a text
/// has a phrase, which the bit tells.
#[derive(Debug)]
struct Table {
    bits: Box<[u64; WORDS]>,
    /// How many bits are set before each word of them.
    before: Vec<u16>,
    /// The phrases of each bit that is set.
    groups: Vec<Vec<Entry>>,
}

/// A phrase in a table.
#[derive(Debug)]
struct Entry {
    kind: Kind,
    /// Whether it is the line, not a part.
    is_whole: bool,
    phrase: Box<str>,
    /// How many of its bytes stand before those that its bit is for.
    before: usize,
}

/// The phrases of ASCII alone by any few of their bytes, so that lines of ASCII need be looked at every few bytes only.
#[derive(Debug)]
struct Windows {
    /// Bytes that are looked at together.
    width: usize,
    /// Bytes from one look to the next: every phrase is seen at one of them.
    stride: usize,
    table: Table,
}

impl Windows {
    /// The bytes that are looked at together, if no phrase is shorter.
    const WIDTH: usize = 4;

    fn of(phrases: &[(Kind, &str)]) -> Self {
        let ascii = || phrases.iter().filter(|(_, phrase)| phrase.is_ascii());
        let shortest = ascii().map(|(_, phrase)| phrase.len()).min().unwrap_or(Self::WIDTH);
        let width = shortest.min(Self::WIDTH);
        let stride = shortest - width + 1;
        let entries = ascii().flat_map(|(kind, phrase)| {
            let windows = phrase.as_bytes().windows(width).take(stride).enumerate();
            windows.map(|(before, window)| {
                (Self::bit(window), Entry { kind: *kind, is_whole: false, phrase: (*phrase).into(), before })
            })
        });
        Self { width, stride, table: Table::of(entries.collect()) }
    }

    /// Adds the kinds of phrases that stand in a line of ASCII.
    fn mark(&self, line: &str, marks: &mut Marks) {
        let line = line.as_bytes();
        for (index, window) in line.windows(self.width).step_by(self.stride).enumerate() {
            let bit = Self::bit(window);
            if !self.table.may_hold(bit) {
                continue;
            }
            for entry in self.table.get(bit) {
                let start = (index * self.stride).checked_sub(entry.before);
                let rest = start.and_then(|start| line.get(start..)).unwrap_or_default();
                if rest.starts_with(entry.phrase.as_bytes()) {
                    marks.add(entry.kind);
                }
            }
        }
    }

    fn bit(window: &[u8]) -> usize {
        let number = window.iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        (number.wrapping_mul(0x9e37_79b1) >> 16) as usize
    }
}

impl Table {
    fn of(mut entries: Vec<(usize, Entry)>) -> Self {
        let mut table = Self { bits: Box::new([0; WORDS]), before: Vec::with_capacity(WORDS), groups: Vec::new() };
        entries.sort_by_key(|(bit, _)| *bit);
        let mut last = None;
        for (bit, entry) in entries {
            if last.replace(bit) != Some(bit) {
                table.groups.push(Vec::new());
            }
            if let (Some(group), Some(word)) = (table.groups.last_mut(), table.bits.get_mut(bit / 64)) {
                *word |= 1 << (bit % 64);
                group.push(entry);
            }
        }
        let mut set = 0;
        for word in table.bits.iter() {
            table.before.push(set);
            set += word.count_ones() as u16;
        }
        table
    }

    /// Whether a phrase has a bit.
    fn may_hold(&self, bit: usize) -> bool {
        self.bits.get(bit / 64).is_some_and(|word| word & (1 << (bit % 64)) != 0)
    }

    /// The phrases that have a bit; now and then that of something else.
    fn get(&self, bit: usize) -> &[Entry] {
        let word = self.bits.get(bit / 64).copied().unwrap_or_default();
        if word & (1 << (bit % 64)) == 0 {
            return &[];
        }
        let among = word & ((1 << (bit % 64)) - 1);
        let index = self.before.get(bit / 64).copied().unwrap_or_default() + among.count_ones() as u16;
        self.groups.get(usize::from(index)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Phrases by where in a line they stand, and by the characters that they begin with.
#[derive(Debug)]
pub struct Phrases {
    /// `=…`: it is the line, in lower case; `^…`: the line begins with it, whatever the case of ASCII.
    start: Table,
    /// `$…`: the line ends with it.
    end: Vec<(Kind, Box<str>)>,
    /// Anywhere.
    inside: Table,
    /// Anywhere, in lines of ASCII.
    ascii: Windows,
}

impl Phrases {
    /// The phrases of some rows.
    pub fn of<'a>(rows: impl Iterator<Item = Row<'a>>) -> Self {
        let (mut start, mut end, mut inside, mut anywhere) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (kind, written) in rows.filter_map(|(kind, phrase)| Some((Kind::of(kind)?, phrase))) {
            let (place, phrase) = match written.split_at_checked(1) {
                Some((place @ ("=" | "^" | "$"), phrase)) => (place, phrase),
                _ => ("", written),
            };
            let entry = |is_whole: bool, phrase: &str| Entry { kind, is_whole, phrase: phrase.into(), before: 0 };
            match place {
                "=" => {
                    let line: String = phrase.trim_matches(is_ornament).chars().flat_map(char::to_lowercase).collect();
                    start.push((bit(lower(pair(&line))), entry(true, &line)));
                }
                "^" => start.push((bit(lower(pair(phrase))), entry(false, phrase))),
                "$" => end.push((kind, phrase.into())),
                _ => {
                    inside.push((bit(pair(phrase)), entry(false, phrase)));
                    anywhere.push((kind, phrase));
                }
            }
        }
        Self { start: Table::of(start), end, inside: Table::of(inside), ascii: Windows::of(&anywhere) }
    }

    /// Whether rows of a kind mean something.
    pub fn knows(kind: &str) -> bool {
        Kind::of(kind).is_some()
    }

    /// The kinds of phrases that stand in a line.
    pub fn marks(&self, line: &str) -> Marks {
        let line = line.trim_matches(is_ornament);
        let mut marks = Marks::default();
        if line.is_empty() || line.len() > LONGEST {
            return marks;
        }
        self.at_start(line, &mut marks);
        let ends = |phrase: &str| line.as_bytes().last() == phrase.as_bytes().last() && line.ends_with(phrase);
        self.end.iter().filter(|(_, phrase)| ends(phrase)).for_each(|(kind, _)| marks.add(*kind));
        if line.is_ascii() {
            self.ascii.mark(line, &mut marks);
            return marks;
        }
        let (mut byte, mut first) = (0, '\0');
        for (next, second) in line.char_indices() {
            let bit = bit((first, second));
            if self.inside.may_hold(bit) {
                self.at(line, byte, bit, &mut marks);
            }
            (byte, first) = (next, second);
        }
        // A phrase of one character at the end.
        self.at(line, byte, bit((first, '\0')), &mut marks);
        marks
    }

    /// Adds the kinds of phrases that may stand anywhere and stand at a byte of a line, where a pair of some bit stands.
    fn at(&self, line: &str, byte: usize, bit: usize, marks: &mut Marks) {
        for entry in self.inside.get(bit) {
            if line.get(byte..).is_some_and(|rest| rest.starts_with(&*entry.phrase)) {
                marks.add(entry.kind);
            }
        }
    }

    /// Adds the kinds of phrases that a line begins with, or is.
    fn at_start(&self, line: &str, marks: &mut Marks) {
        let pair = lower(pair(line));
        for entry in self.start.get(bit(pair)).iter().chain(self.start.get(bit((pair.0, '\0')))) {
            let phrase = &*entry.phrase;
            let holds = if entry.is_whole {
                line.len() <= 3 * phrase.len() && is_in_lower_case(line, phrase)
            } else {
                line.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase))
            };
            if holds {
                marks.add(entry.kind);
            }
        }
    }

    /// Whether a line may stand between title and article: bylines, subscription lines.
    pub fn is_head(&self, line: &str) -> bool {
        self.marks(line).has(Kind::Head)
    }

    /// Whether a line promotes something: a phrase does, in most of its clauses or in several.
    pub fn is_tail(&self, line: &str) -> bool {
        if line.len() > LONGEST || !self.marks(line).promotes() {
            return false;
        }
        let clauses =
            || line.split(['。', '！', '？', '；', '，', ',', '!', '?', '\n']).filter(|c| !c.trim().is_empty());
        let (mut all, mut promoting, mut count) = (0, 0, 0);
        for clause in clauses() {
            let length = clause.chars().count();
            all += length;
            if self.marks(clause).promotes() {
                promoting += length;
                count += 1;
            }
        }
        promoting * 5 >= all * 2 && promoting > 0 || (count >= 2 && promoting * 4 >= all)
    }

    /// Whether a line says that there is no article.
    pub fn is_stub(&self, line: &str) -> bool {
        self.marks(line).has(Kind::Stub)
    }

    /// Whether a line says that there is more to read elsewhere.
    pub fn is_more(&self, line: &str) -> bool {
        self.marks(line).has(Kind::More)
    }
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        match name {
            "interface" => Some(Self::Interface),
            "head" => Some(Self::Head),
            "card" => Some(Self::Card),
            "tail" => Some(Self::Tail),
            "end" => Some(Self::End),
            "related" => Some(Self::Related),
            "comments" => Some(Self::Comments),
            "footer" => Some(Self::Footer),
            "credit" => Some(Self::Credit),
            "stub" => Some(Self::Stub),
            "more" => Some(Self::More),
            _ => None,
        }
    }
}

/// The first two characters of a phrase; phrases of one character count with what ends a line.
fn pair(phrase: &str) -> Pair {
    let mut characters = phrase.chars();
    (characters.next().unwrap_or_default(), characters.next().unwrap_or_default())
}

fn lower((first, second): Pair) -> Pair {
    let lower = |character: char| match character {
        // Neither Han nor kana has cases, and the table of those that have is slow.
        '\u{2e80}'..='\u{9fff}' => character,
        _ => character.to_lowercase().next().unwrap_or(character),
    };
    (lower(first), lower(second))
}

/// Whether a phrase is a line in lower case.
fn is_in_lower_case(line: &str, phrase: &str) -> bool {
    if line.is_ascii() {
        return line.eq_ignore_ascii_case(phrase);
    }
    line.chars().flat_map(char::to_lowercase).eq(phrase.chars())
}

/// A bit of 65 536 for a pair.
fn bit((first, second): Pair) -> usize {
    ((first as usize).wrapping_mul(31) ^ (second as usize).wrapping_mul(0x9e5)) & 0xffff
}

/// Whether a character may stand around a phrase without being part of it.
fn is_ornament(character: char) -> bool {
    // What most lines begin and end with.
    if matches!(character, 'a'..='z' | 'A'..='Z' | '。' | '\u{4e00}'..='\u{9fff}') {
        return false;
    }
    character.is_whitespace()
        || matches!(
            character,
            '*' | '：' | ':' | '[' | ']' | '（' | '）' | '(' | ')' | '—' | '–' | '-' | '=' | '·' | '•'
        )
        || matches!(character, '~' | '_' | '|' | '＊' | '◆' | '■' | '▼' | '▶' | '►' | '\u{feff}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use crate::parse::tables::Tables;

    #[test]
    fn promotion_is_most_of_its_line() {
        let phrases = &Tables::built_in().phrases;
        assert!(phrases.is_tail("欢迎关注我们的公众号"));
        assert!(phrases.is_tail("觉得不错，就点个“在看”吧"));
        assert!(!phrases.is_tail("项目地址：https://example.com/project，点击“阅读原文”即可直达。"));
        assert!(!phrases.is_tail("他欢迎大家来书房坐坐，也不忘提醒一句：看完记得把书放回原处，茶水自取。"));
    }

    #[test]
    fn phrases_know_their_place() {
        let phrases = &Tables::built_in().phrases;
        assert!(phrases.marks("Comments:").is_comments());
        assert!(!phrases.marks("Comments are closed in the code below.").is_comments());
        assert!(phrases.marks("© 2024 Tea Daily").is_footer());
        assert!(phrases.marks("微信扫一扫").is_interface());
        assert!(!phrases.marks("打开手机微信扫一扫付款码，老板说，现在卖菜的也用这个。").is_interface());
    }
}
