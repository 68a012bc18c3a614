//! What scraped text is known by, as data: the tables in `assets`, and the lines that a reader has added to them.
//!
//! It refuses to read files, and to lose a table to a line: what it does not understand it says, and the rest holds.

pub mod chapters;
pub mod dates;
pub mod enumerators;
pub mod keys;
pub mod names;
pub mod numbering;
pub mod pages;
pub mod phrases;

use chapters::Chapters;
use dates::Dates;
use enumerators::Enumerators;
use keys::Keys;
use names::Names;
use numbering::Number;
use pages::Pages;
use phrases::Phrases;
use std::panic::UnwindSafe;
use std::sync::{Arc, LazyLock};

/// The kind of a line that takes a row out: what stands after it means nothing, whatever was said before.
const NOTHING: &str = "nothing";

/// A table: the file it is written in, its built-in text, and the kinds of rows it has.
struct Table {
    file: &'static str,
    text: &'static str,
    knows: fn(&str) -> bool,
}

/// The tables, in the order of the fields of [`Tables`].
const TABLES: [Table; 7] = [
    Table { file: "boilerplate.tsv", text: include_str!("../../assets/boilerplate.tsv"), knows: Phrases::knows },
    Table { file: "chapters.tsv", text: include_str!("../../assets/chapters.tsv"), knows: Chapters::knows },
    Table { file: "dates.tsv", text: include_str!("../../assets/dates.tsv"), knows: Dates::knows },
    Table { file: "enumerators.tsv", text: include_str!("../../assets/enumerators.tsv"), knows: Enumerators::knows },
    Table { file: "headings.tsv", text: include_str!("../../assets/headings.tsv"), knows: Names::knows },
    Table { file: "keys.tsv", text: include_str!("../../assets/keys.tsv"), knows: Keys::knows },
    Table { file: "pages.tsv", text: include_str!("../../assets/pages.tsv"), knows: Pages::knows },
];

/// A row: its kind, and what it says.
pub type Row<'a> = (&'a str, &'a str);

/// The tables by which parsing goes.
#[derive(Debug)]
pub struct Tables {
    /// What pages hold besides their article.
    pub phrases: Lazy<Phrases>,
    /// Headings of texts without markup.
    pub chapters: Lazy<Chapters>,
    /// Words in dates.
    pub dates: Lazy<Dates>,
    /// Words beside the numbers of headings.
    pub enumerators: Lazy<Enumerators>,
    /// Names of sections.
    pub names: Lazy<Names>,
    /// Keys of metadata.
    pub keys: Lazy<Keys>,
    /// Names in the markup of pages.
    pub pages: Lazy<Pages>,
}

/// A table that is made when it is first asked for: the first screen needs few of them.
pub type Lazy<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send + UnwindSafe>>;

/// Lines that a reader has added to a table.
#[derive(Debug, Clone, Copy)]
pub struct Addition<'a> {
    /// The name of the table's file.
    pub file: &'a str,
    /// The lines.
    pub text: &'a str,
}

/// A line that was added and says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The name of the table's file.
    pub file: String,
    /// The line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong, and the remedy.
    pub what: String,
}

/// The tables as they were built in: read once, never changed.
static BUILT_IN: LazyLock<Arc<Tables>> = LazyLock::new(|| Arc::new(Tables::with(&[]).0));

impl Tables {
    /// The tables without additions.
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    /// The names of the files that tables are written in.
    pub fn files() -> impl Iterator<Item = &'static str> + Clone {
        TABLES.iter().map(|table| table.file)
    }

    /// The built-in text of a table's file.
    pub fn text(file: &str) -> Option<&'static str> {
        TABLES.iter().find(|table| table.file == file).map(|table| table.text)
    }

    /// The tables with what was added to them, and what of that says nothing.
    pub fn with(additions: &[Addition]) -> (Self, Vec<Misread>) {
        let mut misread = Vec::new();
        if !additions.is_empty() {
            for table in &TABLES {
                rows(table, additions, &mut misread);
            }
        }
        let [phrases, chapters, dates, enumerators, names, keys, pages] = TABLES;
        let tables = Self {
            phrases: lazy(phrases, additions, |rows| Phrases::of(rows.iter().copied())),
            chapters: lazy(chapters, additions, |rows| Chapters::of(rows.iter().copied())),
            dates: lazy(dates, additions, |rows| Dates::of(rows.iter().copied())),
            enumerators: lazy(enumerators, additions, |rows| Enumerators::of(rows.iter().copied())),
            names: lazy(names, additions, |rows| Names::of(rows.iter().copied())),
            keys: lazy(keys, additions, |rows| Keys::of(rows.iter().copied())),
            pages: lazy(pages, additions, |rows| Pages::of(rows.iter().copied())),
        };
        (tables, misread)
    }

    /// The number that a heading starts with.
    pub fn number<'a>(&self, heading: &'a str) -> Option<Number<'a>> {
        Number::read(heading, &self.enumerators)
    }

    /// Whether a line is the name of a section.
    pub fn is_name(&self, line: &str) -> bool {
        self.names.is_name(line, &self.enumerators)
    }

    /// Whether a line stands above a printed table of contents.
    pub fn is_contents(&self, line: &str) -> bool {
        self.names.is_contents(line, &self.enumerators)
    }

    /// Whether a line is the name of a section at an article's end.
    pub fn closes(&self, line: &str) -> bool {
        self.names.closes(line, &self.enumerators)
    }
}

/// A table, once it is asked for.
fn lazy<T: 'static>(table: Table, additions: &[Addition], of: fn(&[Row]) -> T) -> Lazy<T> {
    let own = additions.iter().filter(|addition| addition.file == table.file);
    let own: Vec<String> = own.map(|addition| addition.text.to_owned()).collect();
    LazyLock::new(Box::new(move || {
        let additions: Vec<Addition> = own.iter().map(|text| Addition { file: table.file, text }).collect();
        of(&rows(&table, &additions, &mut Vec::new()))
    }))
}

/// The rows of a table. Those that were added stand first: of several keys of an article the first row counts.
fn rows<'a>(table: &Table, additions: &[Addition<'a>], misread: &mut Vec<Misread>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row> = table.text.lines().filter_map(row).collect();
    let mut added: Vec<Row> = Vec::new();
    for addition in additions.iter().filter(|addition| addition.file == table.file) {
        for (index, line) in addition.text.lines().enumerate().filter(|(_, line)| is_row(line)) {
            let before = rows.len() + added.len();
            let fault = match row(line) {
                Some((_, said)) if said.contains(['\t', char::REPLACEMENT_CHARACTER]) => Some(fault(said)),
                Some((NOTHING, said)) => {
                    added.retain(|(_, other)| *other != said);
                    rows.retain(|(_, other)| *other != said);
                    (rows.len() + added.len() == before).then(|| format!("there is no row `{said}` to take out"))
                }
                Some((kind, said)) if (table.knows)(kind) => {
                    added.push((kind, said));
                    None
                }
                Some((kind, _)) => {
                    Some(format!("`{kind}` is no kind of row; the head of the built-in table names them"))
                }
                None => Some("is no row; write kind, tab, phrase".to_owned()),
            };
            misread.extend(fault.map(|what| Misread { file: table.file.to_owned(), line: index + 1, what }));
        }
    }
    added.append(&mut rows);
    added
}

/// Whether a line is to be a row, and no comment.
fn is_row(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#')
}

/// A line's row: kind, tab, what it says.
fn row(line: &str) -> Option<Row<'_>> {
    let (kind, said) = line.split_once('\t').filter(|_| is_row(line))?;
    let said = said.trim_end_matches('\r').trim_start_matches(' ');
    (!said.trim_matches(['=', '^', '$', ' ', '\t']).is_empty()).then_some((kind.trim(), said))
}

/// What is wrong with a phrase that no line of an article holds.
fn fault(said: &str) -> String {
    let what = if said.contains('\t') {
        "has more than two columns; write kind, tab, phrase"
    } else {
        "is not UTF-8; save it so"
    };
    what.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Addition, Tables};
    use crate::document::Part;
    use crate::parse::{Hint, parse};
    use std::sync::Arc;

    /// What is wrong with lines that were added to a table.
    #[track_caller]
    fn check(file: &str, text: &str, expected: &[&str]) -> Tables {
        let (tables, misread) = Tables::with(&[Addition { file, text }]);
        let said: Vec<String> =
            misread.iter().map(|misread| format!("{}:{}: {}", misread.file, misread.line, misread.what)).collect();
        assert_eq!(said, expected);
        tables
    }

    #[test]
    fn every_built_in_row_is_understood() {
        for table in &super::TABLES {
            check(table.file, table.text, &[]);
        }
    }

    #[test]
    fn rows_that_say_nothing_are_told_of_and_the_rest_holds() {
        let tables = check(
            "boilerplate.tsv",
            "# mine\n\ntail\t来喝茶\ntale\t来喝茶\n来喝酒\nend\t^\nend\t =— 茶报 —\r\ntail\t茶\t水\ntail\t\u{fffd}\nnothing\t没有的话\n",
            &[
                "boilerplate.tsv:4: `tale` is no kind of row; the head of the built-in table names them",
                "boilerplate.tsv:5: is no row; write kind, tab, phrase",
                "boilerplate.tsv:6: is no row; write kind, tab, phrase",
                "boilerplate.tsv:8: has more than two columns; write kind, tab, phrase",
                "boilerplate.tsv:9: is not UTF-8; save it so",
                "boilerplate.tsv:10: there is no row `没有的话` to take out",
            ],
        );
        assert!(tables.phrases.is_tail("周末来喝茶"));
        assert!(tables.phrases.marks("茶报").is_end());
    }

    #[test]
    fn what_is_added_counts_in_every_table() {
        let added = |file, text| check(file, text, &[]);
        assert!(Tables::built_in().number("卷札三 归来").is_none());
        assert_eq!(added("enumerators.tsv", "label\t卷札\n").number("卷札三 归来").map(|number| number.value), Some(3));
        assert_eq!(added("chapters.tsv", "3\t第…盏\n").chapters.level("第二盏 新茶"), Some(3));
        assert_eq!(Tables::built_in().dates.month("Août"), None);
        assert_eq!(added("dates.tsv", "8\taoût\n").dates.month("Août"), Some(8));
        assert!(!Tables::built_in().closes("茶余"));
        assert!(added("headings.tsv", "close\t茶余\n").closes("茶余"));
        let hint = Hint { file_name: "a.md".to_owned(), tables: Arc::new(added("keys.tsv", "title\tÜberschrift\n")) };
        let document = parse("---\nÜberschrift: 茶\ntitle: 水\n---\n正文。\n".as_bytes(), &hint);
        assert_eq!(document.meta.title.as_str(), "茶");
        let hint = Hint { file_name: "a.html".to_owned(), tables: Arc::new(added("pages.tsv", "article\t.post\n")) };
        let document = parse(b"<h1>Tea</h1><p>Home<p>Shop<div class='big post'>Water.</div>", &hint);
        let body = document.blocks.iter().filter(|block| block.part == Part::Body);
        assert_eq!(body.map(|block| block.text.as_str()).collect::<Vec<_>>(), ["Water."]);
    }

    #[test]
    fn a_row_can_be_taken_out() {
        let line = "微信扫一扫";
        assert!(Tables::built_in().phrases.marks(line).is_interface());
        assert!(!check("boilerplate.tsv", "nothing\t=微信扫一扫\n", &[]).phrases.marks(line).is_interface());
    }
}
