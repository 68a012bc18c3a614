//! The phrases by which boilerplate is known: a table that people can read and add to (`assets/boilerplate.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// The table built into the binary: kind, then a phrase.
const TABLE: &str = include_str!("../../../assets/boilerplate.tsv");

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

/// Two characters that a phrase begins with.
type Pair = (char, char);

/// A set of pairs, which may take one pair for another.
#[derive(Debug)]
struct Pairs(Vec<u64>);

impl Default for Pairs {
    fn default() -> Self {
        Self(vec![0; 0x400])
    }
}

impl Pairs {
    fn add(&mut self, pair: Pair) {
        let bit = bit(pair);
        if let Some(word) = self.0.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    fn has(&self, bit: usize) -> bool {
        self.0.get(bit / 64).is_some_and(|word| word & (1 << (bit % 64)) != 0)
    }
}

/// Phrases by where in a line they stand, and by the characters that they begin with.
#[derive(Debug, Default)]
pub struct Phrases {
    /// `=…`: it is the line, in lower case.
    whole: HashMap<String, Vec<Kind>>,
    /// `^…`: the line begins with it; in lower case.
    start: HashMap<Pair, Vec<(Kind, &'static str)>>,
    /// `$…`: the line ends with it.
    end: Vec<(Kind, &'static str)>,
    /// Anywhere: by the bit of the pair, ascending.
    inside: Vec<(usize, Kind, &'static str)>,
    /// A bit for each pair that a line begins with where a phrase of `whole` or `start` may stand.
    at_start: Pairs,
    /// A bit for each pair that a phrase of `inside` begins with: hardly any pair of a text has one.
    anywhere: Pairs,
}

/// The table as it was built in: read once, never changed.
static BUILT_IN: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(TABLE));

impl Phrases {
    /// The phrases of the table.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn read(table: &'static str) -> Self {
        let mut phrases = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((kind, written)) =
                line.split_once('\t').and_then(|(kind, phrase)| Some((Kind::of(kind)?, phrase)))
            else {
                continue;
            };
            let (place, phrase) = match written.split_at_checked(1) {
                Some((place @ ("=" | "^" | "$"), phrase)) => (place, phrase),
                _ => ("", written),
            };
            let pair = pair(phrase);
            match place {
                "=" => {
                    let line = phrase.trim_matches(is_ornament).to_lowercase();
                    phrases.at_start.add(lower(self::pair(&line)));
                    phrases.whole.entry(line).or_default().push(kind);
                }
                "^" => {
                    phrases.at_start.add(lower(pair));
                    phrases.start.entry(lower(pair)).or_default().push((kind, phrase));
                }
                "$" => phrases.end.push((kind, phrase)),
                _ => {
                    phrases.anywhere.add(pair);
                    phrases.inside.push((bit(pair), kind, phrase));
                }
            }
        }
        phrases.inside.sort_unstable_by_key(|(bit, _, _)| *bit);
        phrases
    }

    /// The kinds of phrases that stand in a line.
    pub fn marks(&self, line: &str) -> Marks {
        let line = line.trim_matches(is_ornament);
        let mut marks = Marks::default();
        if line.is_empty() || line.len() > LONGEST {
            return marks;
        }
        self.at_start(line, &mut marks);
        for (kind, phrase) in &self.end {
            if line.ends_with(phrase) {
                marks.add(*kind);
            }
        }
        let mut characters = line.char_indices().peekable();
        while let Some((byte, first)) = characters.next() {
            let bit = bit((first, characters.peek().map_or('\0', |(_, second)| *second)));
            if self.anywhere.has(bit) {
                let rest = line.get(byte..).unwrap_or_default();
                let from = self.inside.partition_point(|(other, _, _)| *other < bit);
                let of_pair = self.inside.iter().skip(from).take_while(|(other, _, _)| *other == bit);
                of_pair.filter(|(_, _, phrase)| rest.starts_with(phrase)).for_each(|(_, kind, _)| marks.add(*kind));
            }
        }
        marks
    }

    /// Adds the kinds of phrases that a line begins with, or is.
    fn at_start(&self, line: &str, marks: &mut Marks) {
        const LONGEST: usize = 120;
        let pair = lower(pair(line));
        if !self.at_start.has(bit(pair)) && !self.at_start.has(bit((pair.0, '\0'))) {
            return;
        }
        let starts = |phrase: &str| line.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase));
        let of = |pair: Pair| self.start.get(&pair).map(Vec::as_slice).unwrap_or_default();
        let of_pair = of(pair).iter().chain(of((pair.0, '\0')));
        of_pair.filter(|(_, phrase)| starts(phrase)).for_each(|(kind, _)| marks.add(*kind));
        if line.len() <= LONGEST
            && let Some(kinds) = self.whole.get(&line.to_lowercase())
        {
            for kind in kinds {
                marks.add(*kind);
            }
        }
    }

    /// Whether a line may stand between title and article: bylines, subscription lines.
    pub fn is_head(&self, line: &str) -> bool {
        self.marks(line).has(Kind::Head)
    }

    /// Whether a line opens the card of another account, from which the article was taken.
    pub fn is_card(&self, line: &str) -> bool {
        self.marks(line).has(Kind::Card)
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
    (first.to_ascii_lowercase(), second.to_ascii_lowercase())
}

/// A bit of 65 536 for a pair.
fn bit((first, second): Pair) -> usize {
    ((first as usize).wrapping_mul(31) ^ (second as usize).wrapping_mul(0x9e5)) & 0xffff
}

/// Whether a character may stand around a phrase without being part of it.
fn is_ornament(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '*' | '：' | ':' | '[' | ']' | '（' | '）' | '(' | ')' | '—' | '–' | '-' | '=' | '·' | '•'
        )
        || matches!(character, '~' | '_' | '|' | '＊' | '◆' | '■' | '▼' | '▶' | '►' | '\u{feff}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn promotion_is_most_of_its_line() {
        let phrases = Phrases::built_in();
        assert!(phrases.is_tail("欢迎关注我们的公众号"));
        assert!(phrases.is_tail("觉得不错，就点个“在看”吧"));
        assert!(!phrases.is_tail("项目地址：https://example.com/project，点击“阅读原文”即可直达。"));
        assert!(!phrases.is_tail("他欢迎大家来书房坐坐，也不忘提醒一句：看完记得把书放回原处，茶水自取。"));
    }

    #[test]
    fn phrases_know_their_place() {
        let phrases = Phrases::built_in();
        assert!(phrases.marks("Comments:").is_comments());
        assert!(!phrases.marks("Comments are closed in the code below.").is_comments());
        assert!(phrases.marks("© 2024 Tea Daily").is_footer());
        assert!(phrases.marks("微信扫一扫").is_interface());
        assert!(!phrases.marks("打开手机微信扫一扫付款码，老板说，现在卖菜的也用这个。").is_interface());
    }
}
