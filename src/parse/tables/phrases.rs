//! The phrases by which boilerplate is known: a table that people can read and add to (`assets/boilerplate.tsv`).

pub mod bylines;
pub mod counts;
pub mod meaning;
pub mod table;
pub mod windows;

use super::Row;
use super::dates::Dates;
use crate::parse::line::ends_sentence;
use crate::text::letters::cells;
use bylines::Bylines;
use counts::Counts;
use meaning::Found;
use std::ops::Range;
use table::Table;
use windows::Anywhere;

/// Bytes of a line that a phrase may be most of; what is longer is an article's text.
const LONGEST: usize = 1200;

/// Cells from which a sentence says more than one phrase does.
const SENTENCE: usize = 90;

/// How much of a line phrases are.
#[derive(Debug, Clone, Copy)]
struct Said {
    bytes: usize,
    phrases: usize,
}

/// What a phrase means where it stands; the table says it in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page's own words.
    Interface,
    /// Bylines, subscription lines.
    Head,
    /// The card of another account.
    Card,
    /// Promotion.
    Tail,
    /// The end of the article.
    End,
    /// Other articles.
    Related,
    /// What readers wrote.
    Comments,
    /// A site's footer.
    Footer,
    /// What looks like promotion and is the article's.
    Credit,
    /// What stands in place of the article.
    Stub,
    /// That the rest is elsewhere.
    More,
    /// A page's word above the names of author and account.
    Signed,
    /// What such lines speak of; this and what follows marks no line.
    Subject,
    /// What stands beside counters.
    Count,
    /// What stands among counters, and counts nothing alone.
    Unit,
    /// What stands before the name of who wrote the article.
    By,
    /// What someone is, before a name.
    Role,
}

/// The kinds whose phrases a sentence may hold without meaning them.
const DOUBTED: [Kind; 7] = [Kind::Head, Kind::Tail, Kind::End, Kind::Related, Kind::Comments, Kind::Footer, Kind::More];

/// The kinds of phrases that stand in a line, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// Those that the line means.
    meant: u16,
    /// Those and others that it only has the words of.
    held: u16,
    /// Whether a phrase is all of the line.
    is_whole: bool,
}

impl Marks {
    fn add(&mut self, kind: Kind) {
        self.meant |= 1 << kind as u16;
        self.held = self.meant;
    }

    fn doubt(&mut self, kind: Kind) {
        self.meant &= !(1 << kind as u16);
    }

    fn has(self, kind: Kind) -> bool {
        self.meant & (1 << kind as u16) != 0
    }

    /// Whether the line has the words of a site's footer; others need not be asked whether they are one.
    pub fn may_be_footer(self) -> bool {
        self.held & (1 << Kind::Footer as u16) != 0
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

    /// Whether the names of author and account stand below the line.
    pub fn is_signed(self) -> bool {
        self.has(Kind::Signed)
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

    /// Whether the line stands after an article: interface text, what is above comments and other articles.
    pub fn is_of_tail(self) -> bool {
        self.is_interface() || self.is_comments() || self.is_related()
    }

    /// Whether the line is what a page writes on its buttons, and nothing else.
    pub fn is_button(self) -> bool {
        let is_on_page = self.has(Kind::Head) || self.has(Kind::Tail) || self.is_of_tail();
        self.is_whole && is_on_page
    }

    /// Whether the line says where the article comes from or who made it.
    pub fn is_credit(self) -> bool {
        self.has(Kind::Credit)
    }
}

/// Two characters that a phrase begins with.
type Pair = (char, char);

/// A phrase at a line's start or end.
#[derive(Debug)]
struct Entry {
    kind: Kind,
    /// Whether it is the line, not a part.
    is_whole: bool,
    phrase: Box<str>,
}

/// Phrases by where in a line they stand, and by the characters that they begin with.
#[derive(Debug)]
pub struct Phrases {
    /// `=…`: it is the line, in lower case; `^…`: the line begins with it, whatever the case of ASCII.
    start: Table<Entry>,
    /// `$…`: the line ends with it.
    end: Table<Entry>,
    /// Anywhere.
    inside: Anywhere,
    /// Of those the ones that say that an article may be over: nearly all of its lines are asked for no others.
    over: Anywhere,
    /// What promotion and credits speak of, which means nothing by itself.
    subjects: Vec<Box<str>>,
    /// How lines of counters are known.
    pub counts: Counts,
    /// How names in bylines are known.
    bylines: Bylines,
}

impl Phrases {
    /// The phrases of some rows.
    pub fn of<'a>(rows: impl Iterator<Item = Row<'a>>) -> Self {
        let (mut start, mut end, mut inside) = (Vec::new(), Vec::new(), Vec::new());
        let known = rows.filter_map(|(kind, phrase)| Some((Kind::of(kind)?, phrase)));
        let is_word = |(kind, _): &(Kind, &str)| matches!(kind, Kind::Count | Kind::Unit | Kind::By | Kind::Role);
        let (words, placed): (Vec<_>, Vec<_>) = known.partition(is_word);
        let of_kind = |wanted: Kind| words.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, word)| *word);
        for (kind, written) in placed {
            let (place, phrase) = match written.split_at_checked(1) {
                Some((place @ ("=" | "^" | "$"), phrase)) => (place, phrase),
                _ => ("", written),
            };
            let entry = |is_whole: bool, phrase: &str| Entry { kind, is_whole, phrase: phrase.into() };
            match place {
                "=" => {
                    let line: String = phrase.trim_matches(is_ornament).chars().flat_map(char::to_lowercase).collect();
                    start.push((bit(lower(pair(&line))), entry(true, &line)));
                }
                "^" => start.push((bit(lower(pair(phrase))), entry(false, phrase))),
                "$" => end.push((bit(last(phrase)), entry(false, phrase))),
                _ => inside.push((kind, phrase)),
            }
        }
        let (subjects, inside): (Vec<_>, Vec<_>) = inside.into_iter().partition(|(kind, _)| *kind == Kind::Subject);
        let subjects = subjects.into_iter().map(|(_, phrase)| phrase.into()).collect();
        let over = Anywhere::of(inside.iter().copied().filter(|(kind, _)| kind.says_over()));
        let (start, end, inside) = (Table::of(start), Table::of(end), Anywhere::of(inside.into_iter()));
        let counts = Counts::of(of_kind(Kind::Count), of_kind(Kind::Unit));
        let bylines = Bylines::of(of_kind(Kind::By), of_kind(Kind::Role));
        Self { start, end, inside, over, subjects, counts, bylines }
    }

    /// Whether rows of a kind mean something.
    pub fn knows(kind: &str) -> bool {
        Kind::of(kind).is_some()
    }

    /// The kinds of phrases that stand in a line, as far as a sentence means what they do.
    pub fn marks(&self, line: &str) -> Marks {
        self.marks_of(line, false)
    }

    /// The same of a heading, which means them as a sentence does, whatever it ends with.
    pub fn marks_of_heading(&self, line: &str) -> Marks {
        self.marks_of(line, true)
    }

    fn marks_of(&self, line: &str, is_heading: bool) -> Marks {
        let line = line.trim_matches(is_ornament);
        let mut marks = Marks::default();
        if line.is_empty() || line.len() > LONGEST {
            return marks;
        }
        self.find(line, &mut |kind, range| {
            marks.add(kind);
            marks.is_whole |= range == (0..line.len());
        });
        if marks != Marks::default() && (is_heading || meaning::is_sentence(line)) {
            let found = Found::in_line(self, line);
            for kind in DOUBTED {
                if marks.has(kind) && !found.means(kind) {
                    marks.doubt(kind);
                }
            }
        }
        marks
    }

    /// The phrases that stand in a line: their kinds and where they stand; one may be found more than once.
    fn find(&self, line: &str, found: &mut impl FnMut(Kind, Range<usize>)) {
        self.find_placed(line, |_| true, found);
        self.inside.find(line, found);
    }

    /// Those of some kinds that have their place in a line.
    fn find_placed(
        &self,
        line: &str,
        is_wanted: impl Fn(Kind) -> bool + Copy,
        found: &mut impl FnMut(Kind, Range<usize>),
    ) {
        self.find_at_start(line, is_wanted, found);
        let at_end = self.end.get(bit(last(line))).iter().filter(|entry| is_wanted(entry.kind));
        for entry in at_end.filter(|entry| line.ends_with(&*entry.phrase)) {
            found(entry.kind, line.len() - entry.phrase.len()..line.len());
        }
    }

    /// The phrases of some kinds that a line begins with, or is.
    fn find_at_start(&self, line: &str, is_wanted: impl Fn(Kind) -> bool, found: &mut impl FnMut(Kind, Range<usize>)) {
        let pair = lower(pair(line));
        let entries = self.start.get(bit(pair)).iter().chain(self.start.get(bit((pair.0, '\0'))));
        let is_ascii = line.is_ascii();
        for entry in entries.filter(|entry| is_wanted(entry.kind)) {
            let phrase = &*entry.phrase;
            // Letters of ASCII are as long in either case.
            let fits = || line.len() == phrase.len() || !is_ascii && line.len() <= 3 * phrase.len();
            let begins = |start: &[u8]| start.eq_ignore_ascii_case(phrase.as_bytes());
            if entry.is_whole && fits() && is_in_lower_case(line, phrase) {
                found(entry.kind, 0..line.len());
            } else if !entry.is_whole && line.as_bytes().get(..phrase.len()).is_some_and(begins) {
                found(entry.kind, 0..phrase.len());
            }
        }
    }

    /// Whether a line has words of what says that an article is over. Other lines need not be asked whether they mean it.
    pub fn may_be_over(&self, line: &str) -> bool {
        let line = line.trim_matches(is_ornament);
        let mut is_found = false;
        self.find_placed(line, Kind::says_over, &mut |_, _| is_found = true);
        self.over.find(line, &mut |_, _| is_found = true);
        is_found
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
        let is_sentence = ends_sentence(line);
        let (mut all, mut promoting, mut count) = (0, 0, 0);
        for clause in clauses(line) {
            let length = clause.chars().count();
            all += length;
            let said = self.said(clause, &[Kind::Tail]);
            // What a sentence says besides may be all that it says.
            if said.bytes > 0 && (!is_sentence || said.bytes * 3 >= clause.trim().len()) {
                promoting += length;
                count += said.phrases.min(2);
            }
        }
        let is_enough = promoting * 5 >= all * 2 && promoting > 0 || (count >= 2 && promoting * 4 >= all);
        is_enough && (count >= 2 || !is_sentence || cells(line) < SENTENCE)
    }

    /// Whether a line is a site's footer: it begins as one, or phrases of footers are most of it.
    pub fn is_footer(&self, line: &str) -> bool {
        if line.len() > LONGEST || !self.marks(line).has(Kind::Footer) {
            return false;
        }
        let said = self.said(line, &[Kind::Footer, Kind::Tail]);
        let (length, is_long) = (line.trim().len(), cells(line) >= SENTENCE);
        let is_sentence = ends_sentence(line) || is_long && line.contains(['，', '。']) || line.contains(", ");
        !is_sentence || said.bytes * 2 >= length || said.phrases >= 2 && !is_long && said.bytes * 4 >= length
    }

    /// How much of a line phrases of some kinds are; one that has its place in a line is all of it.
    fn said(&self, line: &str, kinds: &[Kind]) -> Said {
        let mut places: Vec<(usize, usize)> = Vec::new();
        let line = line.trim_matches(is_ornament);
        self.find_placed(line, |kind| kinds.contains(&kind), &mut |_, _| places.push((0, line.len())));
        self.inside.find(line, &mut |kind, place| {
            if kinds.contains(&kind) {
                places.push((place.start, place.end));
            }
        });
        places.sort_unstable();
        places.dedup();
        let mut said = Said { bytes: 0, phrases: places.len() };
        let mut end = 0;
        for (start, until) in places {
            said.bytes += until.saturating_sub(start.max(end));
            end = end.max(until);
        }
        said
    }

    /// The name that a byline tells.
    pub fn author(&self, line: &str, dates: &Dates) -> Option<String> {
        self.bylines.name(line, dates, |token| self.is_head(token))
    }

    /// Whether a line says that there is no article. What it quotes others say so, and a title that goes on behind such
    /// words speaks of them.
    pub fn is_stub(&self, line: &str, is_title: bool) -> bool {
        if line.len() > LONGEST {
            return false;
        }
        let mut is_stub = false;
        let line = line.trim_matches(is_ornament);
        self.find(line, &mut |kind, range| {
            let (before, rest) = (line.get(..range.start), line.get(range.end..).unwrap_or_default());
            let goes_on = is_title && range.start == 0 && rest.trim_start().starts_with(char::is_alphanumeric);
            is_stub |= kind == Kind::Stub && !goes_on && !is_quoted(before.unwrap_or_default());
        });
        is_stub
    }

    /// Whether a line says that there is more to read elsewhere.
    pub fn is_more(&self, line: &str) -> bool {
        self.marks(line).has(Kind::More)
    }
}

/// Whether what follows a text stands in quotes.
fn is_quoted(before: &str) -> bool {
    const MARKS: [char; 12] = ['“', '”', '‘', '’', '「', '」', '『', '』', '《', '》', '«', '»'];
    let last = before.chars().rev().find(|character| MARKS.contains(character));
    let is_open = last.is_some_and(|mark| matches!(mark, '“' | '‘' | '「' | '『' | '《' | '«'));
    is_open || before.matches('"').count() % 2 == 1
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
            "subject" => Some(Self::Subject),
            "count" => Some(Self::Count),
            "unit" => Some(Self::Unit),
            "by" => Some(Self::By),
            "role" => Some(Self::Role),
            "signed" => Some(Self::Signed),
            _ => None,
        }
    }

    /// Whether phrases of the kind say that an article may be over.
    fn says_over(self) -> bool {
        matches!(self, Self::Interface | Self::End | Self::Related | Self::Comments)
    }
}

/// The clauses of a line.
fn clauses(line: &str) -> impl Iterator<Item = &str> {
    let clauses = line.split(['。', '！', '？', '；', '，', ',', '!', '?', '\n']);
    clauses.filter(|clause| !clause.trim().is_empty())
}

/// The first two characters of a phrase.
fn pair(phrase: &str) -> Pair {
    let mut characters = phrase.chars();
    (characters.next().unwrap_or_default(), characters.next().unwrap_or_default())
}

/// The last character of a phrase, as a pair.
fn last(phrase: &str) -> Pair {
    (phrase.chars().next_back().unwrap_or_default(), '\0')
}

fn lower((first, second): Pair) -> Pair {
    let lower = |character: char| match character {
        '\0'..='\u{7f}' => character.to_ascii_lowercase(),
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

/// A bit for a pair.
fn bit((first, second): Pair) -> u16 {
    ((first as u32).wrapping_mul(31) ^ (second as u32).wrapping_mul(0x9e5)) as u16
}

/// Whether a character may stand around a phrase without being part of it.
fn is_ornament(character: char) -> bool {
    // What most lines begin and end with.
    if matches!(character, 'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '。' | '\u{4e00}'..='\u{9fff}') {
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
    use super::{Kind, Marks, Phrases};
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
    fn a_sentence_says_more_than_a_phrase_in_it() {
        let phrases = &Tables::built_in().phrases;
        for footer in [
            "Powered by Teapot",
            "Powered by Teapot.",
            "Terms of Service · Privacy Policy · Help",
            "Copyright © 2024 Tea Daily Ltd. All rights reserved.",
            "版权所有，转载请注明出处。",
            "茶报社 版权所有 京ICP备000000号-1",
        ] {
            assert!(phrases.is_footer(footer), "{footer}");
        }
        for sentence in [
            "Nobody by the river ever read the Privacy Policy.",
            "The stall was, in the words of the boy who kept it, Powered by tea and little else.",
            "他说，谁也没有读过隐私政策，大家只是点了同意，然后继续喝茶，河水照旧流，茶棚的火也没有灭过，一年又一年。",
            "他没有读隐私政策。",
        ] {
            assert!(!phrases.is_footer(sentence), "{sentence}");
        }
        for sentence in [
            "今天，越来越多的人开始关注我们的河流。",
            "喝茶的人说，客服是最难做的一份工，比在河边守一夜的茶棚还要难，可是总要有人来做，火也总要有人来添。",
        ] {
            assert!(!phrases.is_tail(sentence), "{sentence}");
        }
        assert!(phrases.is_tail("扫描二维码，加入读者俱乐部。"));
    }

    #[test]
    fn phrases_know_their_place() {
        let phrases = &Tables::built_in().phrases;
        assert!(phrases.marks("Comments:").is_comments());
        assert!(!phrases.marks("Comments are closed in the code below.").is_comments());
        assert!(phrases.is_footer("© 2024 Tea Daily"));
        assert!(phrases.marks("微信扫一扫").is_interface());
        assert!(!phrases.marks("打开手机微信扫一扫付款码，老板说，现在卖菜的也用这个。").is_interface());
    }

    /// Whether a phrase that may stand anywhere is seen at every place in lines of some fillings.
    #[track_caller]
    fn check_anywhere(phrases: &Phrases, kind: &str, phrase: &str) {
        let mut expected = Marks::default();
        expected.add(Kind::of(kind).unwrap());
        for filling in ["q", "茶", "q茶"] {
            for before in 0..12 {
                let line = format!("q{}{phrase}{}q", filling.repeat(before), filling.repeat(11 - before));
                assert!(phrases.marks(&line).meant & expected.meant != 0, "{line}");
            }
        }
    }

    #[test]
    fn phrases_are_seen_wherever_they_stand() {
        let rows = Tables::text("boilerplate.tsv").unwrap().lines().filter_map(|line| line.split_once('\t'));
        let rows = rows.filter(|(kind, _)| !["subject", "count", "unit", "by", "role"].contains(kind));
        for (kind, phrase) in rows.filter(|(_, phrase)| !phrase.starts_with(['=', '^', '$'])) {
            check_anywhere(&Tables::built_in().phrases, kind, phrase);
        }
        for phrases in [&["茶"][..], &["ab"], &["茶水", "a"], &["一壶茶水"]] {
            let few = Phrases::of(phrases.iter().map(|phrase| ("tail", *phrase)));
            for phrase in phrases {
                check_anywhere(&few, "tail", phrase);
            }
            assert_eq!(few.marks("水 b，一壶"), Marks::default());
        }
    }
}
