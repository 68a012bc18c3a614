//! What a query asks of articles, and the orders they can be put in.
//!
//! Pure: what a reader left in an article comes as a [`Standing`]. It refuses to look into the text.

use super::{Article, Origin};
use crate::text::Language;
use crate::text::fold::{fold, narrow};
use std::cmp::Reverse;
use std::fmt::Write;

/// What a reader has done with an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// How much was read, in thousandths.
    pub progress: u16,
    /// Whether it was begun or finished.
    pub state: State,
    /// The number of its bookmarks.
    pub bookmarks: usize,
}

/// How far an article has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    #[default]
    Unread,
    /// Begun.
    Reading,
    /// Read to the end.
    Finished,
}

impl State {
    /// The word for it, in queries and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Reading => "reading",
            Self::Finished => "finished",
        }
    }
}

/// Why a query or an order could not be understood, in one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// No such field.
    #[error("`{0}:` is no field of a query; there are {1}, and \"{0}:…\" in quotes is looked for as it stands")]
    Field(String, String),
    /// No such state.
    #[error("`is:{0}` is no state; there are is:unread, is:reading, is:finished")]
    State(String),
    /// No such language.
    #[error("`lang:{0}` is no language that is told apart; there are {LANGUAGES}")]
    Language(String),
    /// No date.
    #[error("`{0}` is no date; write 2026, 2026-01 or 2026-01-31")]
    Date(String),
    /// A word that joins others, and has none on one side.
    #[error("`{0}` stands between two words; \"{0}\" in quotes is looked for as it stands")]
    Joint(&'static str),
    /// A word that would be the contrary of the next.
    #[error("write -word for articles without it; \"NOT\" in quotes is looked for as it stands")]
    Not,
    /// Brackets about terms.
    #[error("brackets join nothing: `a b OR c` is a, and b or c; \"(\" in quotes is looked for as it stands")]
    Brackets,
    /// No such order.
    #[error("`{0}` is no order; there are {1}")]
    Order(String, String),
}

/// A query: every clause must hold, and a clause holds if one of its terms does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    clauses: Vec<Vec<Term>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    test: Test,
    is_negated: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    /// A word somewhere in what is known about an article.
    Word(String),
    Title(String),
    Source(String),
    Author(String),
    Tag(String),
    Language(String),
    English,
    Is(State),
    /// On this day or later.
    After(String),
    /// Before this day.
    Before(String),
}

/// The languages that are told apart, as a query names them.
const LANGUAGES: &str = "lang:zh, lang:zh-hans, lang:zh-hant, lang:ja, lang:ko, lang:en, lang:other";

/// A field of a query.
struct Field {
    name: &'static str,
    /// What stands after it, as the manual writes it.
    value: &'static str,
    /// What it asks for.
    sentence: &'static str,
    read: fn(&str) -> Result<Test, QueryError>,
}

/// The fields of a query.
#[rustfmt::skip]
const FIELDS: &[Field] = &[
    Field { name: "title", value: "WORD", sentence: "in the title", read: |value| Ok(Test::Title(fold(value).text)) },
    Field { name: "source", value: "WORD", sentence: "in the name of where it appeared", read: |value| Ok(Test::Source(fold(value).text)) },
    Field { name: "author", value: "WORD", sentence: "in the author's name", read: |value| Ok(Test::Author(fold(value).text)) },
    Field { name: "tag", value: "WORD", sentence: "one of its tags, as a whole", read: |value| Ok(Test::Tag(fold(value).text)) },
    Field { name: "lang", value: "CODE", sentence: "its language: zh, zh-hans, zh-hant, ja, ko, en, or other for all others", read: language },
    Field { name: "is", value: "STATE", sentence: "unread, reading or finished; read is finished too", read: |value| state(value).map(Test::Is) },
    Field { name: "after", value: "DATE", sentence: "of this day or later: 2026, 2026-01 or 2026-01-31", read: |value| date(value).map(Test::After) },
    Field { name: "before", value: "DATE", sentence: "of a day before", read: |value| date(value).map(Test::Before) },
];

/// What else a query can be made of, and what it means.
const FORMS: &[(&str, &str)] = &[
    ("word", "in title, source, author, tags, date or the name of the file; case and width do not matter"),
    ("\"some words\"", "these, one after the other; what would mean something else is looked for as it stands"),
    ("-word, -field:word", "articles of which the rest does not hold"),
    ("a b", "both, as `a AND b`"),
    ("a OR b", "one of them; `a b OR c` is a, and b or c"),
];

/// What a query can be made of, and what each part means: for the manual.
pub fn syntax() -> Vec<(String, String)> {
    let field = |field: &Field| (format!("{}:{}", field.name, field.value), field.sentence.to_owned());
    let form = |(form, sentence): &(&str, &str)| ((*form).to_owned(), (*sentence).to_owned());
    FORMS.iter().map(form).chain(FIELDS.iter().map(field)).collect()
}

impl Query {
    /// Reads a query: words, `field:value`, `"several words"`, each with `-` before it for its contrary; `OR` between two
    /// of them binds them more closely than their standing beside others, as search engines have it.
    pub fn parse(written: &str) -> Result<Self, QueryError> {
        let pieces = pieces(written);
        let has_alternatives = pieces.iter().any(|piece| piece.joint() == Some(OR));
        if has_alternatives && pieces.iter().any(Piece::has_bracket) {
            return Err(QueryError::Brackets);
        }
        let mut clauses: Vec<Vec<Term>> = Vec::new();
        let mut joint = None;
        for piece in pieces {
            match (piece.joint(), clauses.last_mut()) {
                (Some(NOT), _) => return Err(QueryError::Not),
                (Some(again), None) => return Err(QueryError::Joint(again)),
                (Some(again), Some(_)) if joint.is_some() => return Err(QueryError::Joint(again)),
                (Some(word), Some(_)) => joint = Some(word),
                (None, Some(clause)) if joint == Some(OR) => {
                    clause.push(Term::parse(piece)?);
                    joint = None;
                }
                (None, _) => {
                    clauses.push(vec![Term::parse(piece)?]);
                    joint = None;
                }
            }
        }
        joint.map_or(Ok(Self { clauses }), |dangling| Err(QueryError::Joint(dangling)))
    }

    /// Whether an article is meant.
    pub fn matches(&self, article: &Article, standing: Standing) -> bool {
        let holds = |term: &Term| term.test.holds(article, standing) != term.is_negated;
        self.clauses.iter().all(|clause| clause.iter().any(holds))
    }
}

/// The words that join terms, as they are typed; that all must hold is so without the second.
const OR: &str = "OR";
const AND: &str = "AND";
const NOT: &str = "NOT";

/// A stretch of a query between spaces: what stood before its first quotation mark, and the rest without such marks.
struct Piece {
    bare: String,
    quoted: String,
}

impl Piece {
    /// The joining word that it is, if it is one.
    fn joint(&self) -> Option<&'static str> {
        [OR, AND, NOT].into_iter().find(|word| self.quoted.is_empty() && self.bare == *word)
    }

    fn has_bracket(&self) -> bool {
        self.bare.trim_start_matches('-').starts_with('(') || self.quoted.is_empty() && self.bare.ends_with(')')
    }
}

fn pieces(written: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut bare, mut quoted) = (String::new(), String::new());
    let (mut in_quotes, mut was_quoted) = (false, false);
    for character in written.chars().chain([' ']) {
        let character = if in_quotes { character } else { narrow(character) };
        match character {
            '"' => (in_quotes, was_quoted) = (!in_quotes, true),
            space if space.is_whitespace() && !in_quotes => {
                if !bare.is_empty() || !quoted.is_empty() {
                    pieces.push(Piece { bare: std::mem::take(&mut bare), quoted: std::mem::take(&mut quoted) });
                }
                was_quoted = false;
            }
            other if was_quoted => quoted.push(other),
            other => bare.push(other),
        }
    }
    // A mark that was never closed: what follows it counts all the same.
    if !bare.is_empty() || !quoted.is_empty() {
        pieces.push(Piece { bare, quoted });
    }
    pieces
}

impl Term {
    fn parse(piece: Piece) -> Result<Self, QueryError> {
        let is_negated = piece.bare.starts_with('-') && (piece.bare.len() > 1 || !piece.quoted.is_empty());
        let bare = if is_negated { piece.bare.trim_start_matches('-') } else { &piece.bare };
        let field = bare.split_once(':').filter(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic()) && !bare.contains("://")
        });
        let test = match field {
            Some((name, value)) => field_test(&name.to_ascii_lowercase(), &format!("{value}{}", piece.quoted))?,
            None => Test::Word(fold(&format!("{bare}{}", piece.quoted)).text),
        };
        Ok(Self { test, is_negated })
    }
}

fn field_test(name: &str, value: &str) -> Result<Test, QueryError> {
    match FIELDS.iter().find(|field| field.name == name) {
        Some(field) => (field.read)(value.trim()),
        None => Err(QueryError::Field(name.to_owned(), names(FIELDS.iter().map(|field| field.name), ":"))),
    }
}

fn language(value: &str) -> Result<Test, QueryError> {
    let tag = value.to_lowercase();
    let is_known = LANGUAGES.split(", ").any(|known| known.strip_prefix("lang:") == Some(tag.as_str()));
    match tag.as_str() {
        "en" => Ok(Test::English),
        _ if is_known => Ok(Test::Language(tag)),
        _ => Err(QueryError::Language(value.to_owned())),
    }
}

fn state(value: &str) -> Result<State, QueryError> {
    let states = [State::Unread, State::Reading, State::Finished];
    // The list says `read` of what is finished.
    let value = value.to_lowercase();
    let name = if value == "read" { State::Finished.name() } else { &value };
    let named = states.into_iter().find(|state| state.name() == name);
    named.ok_or_else(|| QueryError::State(value.clone()))
}

/// A year, month or day, in the form in which the dates of articles begin.
fn date(value: &str) -> Result<String, QueryError> {
    let parts: Vec<&str> = value.split(['-', '/', '.']).collect();
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let is_date = numbers.len() == parts.len()
        && parts.first().is_some_and(|year| year.len() == 4)
        && numbers.get(1).is_none_or(|month| (1..=12).contains(month))
        && numbers.get(2).is_none_or(|day| (1..=31).contains(day))
        && numbers.len() <= 3;
    if !is_date {
        return Err(QueryError::Date(value.to_owned()));
    }
    let mut date = String::new();
    for (index, number) in numbers.iter().enumerate() {
        let _ = if index == 0 { write!(date, "{number:04}") } else { write!(date, "-{number:02}") };
    }
    Ok(date)
}

fn names<'a>(names: impl Iterator<Item = &'a str>, after: &str) -> String {
    names.map(|name| format!("{name}{after}")).collect::<Vec<_>>().join(", ")
}

impl Test {
    fn holds(&self, article: &Article, standing: Standing) -> bool {
        let meta = &article.meta;
        let has = |field: Option<&str>, word: &str| field.is_some_and(|field| fold(field).text.contains(word));
        let dated = || meta.date.as_deref().filter(|date| is_dated(date));
        match self {
            // How a file's name ends is asked for by who writes a dot: `md` would mean every Markdown file.
            Self::Word(word) => {
                words(article).contains(word.as_str())
                    || word.contains('.') && fold(&article.origin.file_name()).text.contains(word.as_str())
            }
            Self::Title(word) => has(Some(&meta.title), word),
            Self::Source(word) => has(meta.source.as_deref(), word),
            Self::Author(word) => has(meta.author.as_deref(), word),
            Self::Tag(word) => meta.tags.iter().any(|tag| fold(tag.trim_start_matches('#')).text == *word),
            Self::English => article.is_english,
            Self::Language(tag) if tag == "other" => article.language == Language::Other && !article.is_english,
            Self::Language(tag) => article.language.tag().to_lowercase().starts_with(tag.as_str()),
            Self::Is(state) => standing.state == *state,
            Self::After(date) => dated().is_some_and(|own| own >= date.as_str()),
            Self::Before(date) => dated().is_some_and(|own| own < date.as_str()),
        }
    }
}

/// Everything a word of a query is looked for in, folded, fields kept apart; of the file's name what stands before its
/// ending.
fn words(article: &Article) -> String {
    let meta = &article.meta;
    let fields = [Some(&meta.title), meta.source.as_ref(), meta.author.as_ref(), meta.date.as_ref()];
    let mut words = String::new();
    for field in fields.into_iter().flatten().chain(&meta.tags) {
        words.push_str(&fold(field).text);
        words.push('\n');
    }
    let file_name = article.origin.file_name();
    let stem = std::path::Path::new(&file_name).file_stem().unwrap_or_default();
    words.push_str(&fold(&stem.to_string_lossy()).text);
    words
}

/// An order of articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// By date, newest first; what has none last.
    #[default]
    Date,
    /// By title.
    Title,
    /// By source, newest first within one.
    Source,
    /// By author, newest first within one.
    Author,
    /// Shortest first.
    Length,
    /// Furthest read first.
    Progress,
    /// By the time its file was last changed, newest first.
    Added,
    /// By path.
    Path,
}

/// The orders by name.
const ORDERS: &[(&str, Order)] = &[
    ("date", Order::Date),
    ("title", Order::Title),
    ("source", Order::Source),
    ("author", Order::Author),
    ("length", Order::Length),
    ("progress", Order::Progress),
    ("added", Order::Added),
    ("path", Order::Path),
];

impl Order {
    /// The order of a name.
    pub fn named(name: &str) -> Result<Self, QueryError> {
        let order = ORDERS.iter().find(|(known, _)| *known == name).map(|(_, order)| *order);
        order.ok_or_else(|| QueryError::Order(name.to_owned(), names(ORDERS.iter().map(|(name, _)| *name), "")))
    }

    /// Puts articles in order; those that are equal in it go by path, so that the order is always the same.
    pub fn sort(self, articles: &mut [Article], standing: impl Fn(&Article) -> Standing) {
        articles.sort_by(|a, b| path(a).cmp(path(b)));
        // Every sort from here on keeps the order of what is equal, and makes each key once.
        match self {
            Self::Date => articles.sort_by_cached_key(newest),
            Self::Title => articles.sort_by_cached_key(|article| fold(&article.meta.title).text),
            Self::Source => {
                articles.sort_by_cached_key(|article| (name(article.meta.source.as_deref()), newest(article)));
            }
            Self::Author => {
                articles.sort_by_cached_key(|article| (name(article.meta.author.as_deref()), newest(article)));
            }
            Self::Length => articles.sort_by_key(|article| article.characters),
            Self::Progress => articles.sort_by_cached_key(|article| Reverse(standing(article).progress)),
            Self::Added => articles.sort_by_key(|article| Reverse(article.modified)),
            Self::Path => {}
        }
    }
}

/// A key that puts known names in order, and what has none last.
fn name(name: Option<&str>) -> (bool, String) {
    (name.is_none(), name.map(|name| fold(name).text).unwrap_or_default())
}

/// A key that puts dates that can be compared newest first, and what has none last.
fn newest(article: &Article) -> Reverse<Option<String>> {
    Reverse(article.meta.date.as_deref().filter(|date| is_dated(date)).map(str::to_owned))
}

fn is_dated(date: &str) -> bool {
    date.chars().take_while(char::is_ascii_digit).count() == 4
}

fn path(article: &Article) -> &std::path::Path {
    match &article.origin {
        Origin::File(path) => path,
        Origin::Sample(_) | Origin::Input(_) => std::path::Path::new(""),
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, Query, Standing, State};
    use crate::library::{Article, Origin, Tables};
    use std::sync::Arc;

    fn article(front: &str) -> Article {
        let text: Arc<[u8]> = format!("---\n{front}\n---\n\n正文一句，又一句，说的是茶。\n").into_bytes().into();
        Article::describe(Origin::Input(text), &Tables::built_in())
    }

    fn tea() -> Article {
        article("title: 茶与器：ＡＢＣ\nauthor: 陆羽\nsource: 茶报\ndate: 2026-03-05\ntags: [喝茶, 器物]")
    }

    #[track_caller]
    fn check(query: &str, expected: bool) {
        let standing = Standing { progress: 300, state: State::Reading, bookmarks: 2 };
        let query = Query::parse(query).unwrap();
        assert_eq!(query.matches(&tea(), standing), expected, "{query:?}");
    }

    #[test]
    fn words_are_folded_and_all_must_hold() {
        for (query, expected) in [
            ("", true),
            ("茶", true),
            ("abc 陆羽", true),
            ("ＡＢＣ　茶报", true),
            ("abc 咖啡", false),
            ("-咖啡 茶", true),
            ("-茶", false),
            ("\"茶与器：abc\"", true),
            ("\"器 abc\"", false),
            ("2026-03", true),
            ("-", true),
        ] {
            check(query, expected);
        }
    }

    #[test]
    fn alternatives() {
        for (query, expected) in [
            ("咖啡 OR 茶", true),
            ("咖啡　ＯＲ　茶", true),
            ("咖啡 OR 酒", false),
            ("咖啡 OR 酒 OR tag:喝茶", true),
            ("abc 咖啡 OR 茶", true),
            ("咖啡 茶 OR abc", false),
            ("咖啡 OR -酒", true),
            ("茶 OR 咖啡 is:unread", false),
            ("茶 AND abc", true),
            ("茶 AND 咖啡", false),
            ("茶 or 咖啡", false),
            ("(茶", false),
            ("\"OR\" 茶", false),
        ] {
            check(query, expected);
        }
    }

    #[test]
    fn fields_are_looked_at_alone() {
        for (query, expected) in [
            ("title:abc", true),
            ("title：abc", true),
            ("title:陆羽", false),
            ("author:陆羽 source:\"茶报\"", true),
            ("tag:喝茶", true),
            ("tag:茶", false),
            ("-tag:咖啡", true),
            ("lang:zh", true),
            ("lang:zh-hans", true),
            ("lang:ja", false),
            ("is:reading", true),
            ("is:unread", false),
            ("-is:finished", true),
            ("is:read", false),
            ("-is:Read", true),
            ("after:2026", true),
            ("after:2026-03-05", true),
            ("after:2026/3/6", false),
            ("before:2026-03-05", false),
            ("before:2026-04", true),
            ("http://a", false),
        ] {
            check(query, expected);
        }
    }

    #[test]
    fn a_file_is_asked_for_by_its_name_and_its_ending_by_a_dot() {
        let article = Article { origin: Origin::File("a/2024 茶.notes.md".into()), ..tea() };
        for (query, expected) in
            [("md", false), ("notes", true), ("2024", true), (".md", true), ("茶.notes.md", true), ("a/", false)]
        {
            assert_eq!(Query::parse(query).unwrap().matches(&article, Standing::default()), expected, "{query}");
        }
    }

    #[test]
    fn english_is_one_of_the_others() {
        let of = |text: &str| Article::describe(Origin::Input(text.as_bytes().into()), &Tables::built_in());
        let english = of("---\ntitle: a\n---\n\nThe fire in the tea house was never out.\n");
        let french = of("---\ntitle: b\n---\n\nLe feu de la maison de thé ne s'est jamais éteint.\n");
        let meant = |query: &str| {
            [&english, &french, &tea()].map(|one| Query::parse(query).unwrap().matches(one, Standing::default()))
        };
        assert_eq!(meant("lang:en"), [true, false, false]);
        assert_eq!(meant("lang:other"), [false, true, false]);
        assert_eq!(meant("lang:zh"), [false, false, true]);
        assert_eq!(meant("-lang:EN"), [false, true, true]);
    }

    #[test]
    fn what_is_no_query_is_said_in_one_line() {
        for (query, said) in [
            (
                "colour:red",
                "`colour:` is no field of a query; there are title:, source:, author:, tag:, lang:, is:, after:, before:, and \"colour:…\" in quotes is looked for as it stands",
            ),
            ("is:new", "`is:new` is no state; there are is:unread, is:reading, is:finished"),
            ("after:soon", "`soon` is no date; write 2026, 2026-01 or 2026-01-31"),
            ("茶 OR", "`OR` stands between two words; \"OR\" in quotes is looked for as it stands"),
            ("OR 茶", "`OR` stands between two words; \"OR\" in quotes is looked for as it stands"),
            ("茶 OR OR 酒", "`OR` stands between two words; \"OR\" in quotes is looked for as it stands"),
            ("茶 AND", "`AND` stands between two words; \"AND\" in quotes is looked for as it stands"),
            ("NOT 茶", "write -word for articles without it; \"NOT\" in quotes is looked for as it stands"),
            (
                "(茶 OR 酒) is:unread",
                "brackets join nothing: `a b OR c` is a, and b or c; \"(\" in quotes is looked for as it stands",
            ),
            ("before:2026-13", "`2026-13` is no date; write 2026, 2026-01 or 2026-01-31"),
        ] {
            assert_eq!(Query::parse(query).unwrap_err().to_string(), said);
        }
        assert!(Query::parse("\"colour:red\"").is_ok());
        let said = Order::named("size").unwrap_err().to_string();
        assert_eq!(said, "`size` is no order; there are date, title, source, author, length, progress, added, path");
    }

    #[track_caller]
    fn check_order(order: &str, expected: &str) {
        let mut articles: Vec<Article> = [
            "title: b\nsource: 乙\ndate: 2026-01-02",
            "title: a\nsource: 甲\ndate: 2024-05-06",
            "title: c\ndate: someday",
            "title: d\nsource: 甲\ndate: 2025-01-01",
        ]
        .into_iter()
        .map(article)
        .collect();
        let standing = |article: &Article| Standing {
            progress: if article.meta.title.as_str() == "c" { 900 } else { 0 },
            ..Standing::default()
        };
        Order::named(order).unwrap().sort(&mut articles, standing);
        let titles: Vec<_> = articles.iter().map(|article| article.meta.title.to_string()).collect();
        assert_eq!(titles.join(" "), expected, "{order}");
    }

    #[test]
    fn orders() {
        check_order("date", "b d a c");
        check_order("title", "a b c d");
        check_order("source", "b d a c");
        check_order("progress", "c b a d");
    }
}
