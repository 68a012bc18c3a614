//! The names by which the markup of saved pages says where what is: a table that people can read and add to
//! (`assets/pages.tsv`).

use super::Row;

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title.
    Title,
    /// Who wrote it.
    Author,
    /// The site or the account that published it.
    Source,
    /// When it appeared.
    Date,
    /// Where it can be found.
    Url,
    /// Its labels.
    Tags,
    /// The element that holds the article.
    Article,
    /// An element that holds what readers said.
    Comments,
    /// What a link from a heading to itself shows.
    Permalink,
}

/// Names of one form, with what they say.
type Names = Vec<(Kind, Box<str>)>;

/// The names of the table, by their form.
#[derive(Debug, Default)]
pub struct Pages {
    ids: Names,
    classes: Names,
    words: Names,
}

impl Pages {
    /// The names of some rows.
    pub fn of<'a>(rows: impl Iterator<Item = Row<'a>>) -> Self {
        let mut pages = Self::default();
        for (kind, name) in rows.filter_map(|(kind, name)| Some((Kind::of(kind)?, name))) {
            let is_element = matches!(kind, Kind::Author | Kind::Source | Kind::Date | Kind::Article);
            let (names, name) = match (name.strip_prefix('#'), name.strip_prefix('.')) {
                (Some(id), _) if is_element => (&mut pages.ids, id),
                (_, Some(class)) if is_element => (&mut pages.classes, class),
                _ => (&mut pages.words, name),
            };
            names.push((kind, name.into()));
        }
        pages
    }

    /// Whether rows of a kind mean something.
    pub fn knows(kind: &str) -> bool {
        Kind::of(kind).is_some()
    }

    /// The words of a kind, the preferred first: of what an article has, the names of `<meta>`.
    pub fn words(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.words.iter().filter(move |(other, _)| *other == kind).map(|(_, name)| &**name)
    }

    /// Whether an element's id or one of its classes says that it is of a kind.
    pub fn is_element(&self, kind: Kind, id: Option<&str>, classes: Option<&str>) -> bool {
        let is_said = |names: &Names, name: &str| names.iter().any(|(other, known)| *other == kind && **known == *name);
        id.is_some_and(|id| is_said(&self.ids, id))
            || classes
                .is_some_and(|classes| classes.split_ascii_whitespace().any(|class| is_said(&self.classes, class)))
    }

    /// Whether an id or a class is that of an element that holds what readers said.
    pub fn is_of_comments(&self, name: &str) -> bool {
        let rest = self.words(Kind::Comments).find_map(|word| name.strip_prefix(word));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        match name {
            "title" => Some(Self::Title),
            "author" => Some(Self::Author),
            "source" => Some(Self::Source),
            "date" => Some(Self::Date),
            "url" => Some(Self::Url),
            "tags" => Some(Self::Tags),
            "article" => Some(Self::Article),
            "comments" => Some(Self::Comments),
            "permalink" => Some(Self::Permalink),
            _ => None,
        }
    }
}
