//! `zhai list`: what is known of articles, as JSON Lines or as a table for people.
//!
//! It refuses to lay a table out wider than the terminal: columns go before titles do.

use super::{Stop, json_line, keeping, library, path, report, settings, tables};
use crate::annotations::{Annotations, Journal};
use crate::app::standing::standing;
use crate::library::query::{Order, Query, State};
use crate::library::{Article, Library};
use crate::text::{WidthPolicy, clusters};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

/// Cells of a column of names.
const NAME: usize = 16;
/// The width of a line of which nothing is cut.
const UNCUT: usize = usize::MAX;
/// Cells that a title has at least while there are columns beside it.
const LEAST_TITLE: usize = 20;

/// Print what is known of articles.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folders or files; without one, the library of the settings, else the sample library
    paths: Vec<PathBuf>,
    /// One JSON value a line
    #[arg(long)]
    json: bool,
    /// The order: date, title, source, author, length, progress, added, path
    #[arg(long, value_name = "KEY", default_value = "date")]
    sort: String,
    /// The contrary order
    #[arg(long)]
    reverse: bool,
    /// Which: words, title: source: author: tag: lang: is:unread|reading|finished after:DATE before:DATE, -contrary, a OR b
    #[arg(long, value_name = "QUERY", default_value = "", allow_hyphen_values = true)]
    query: String,
    /// Cells of a line [default: the terminal's; what goes elsewhere is not cut]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    width: Option<u16>,
}

/// Prints the articles.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let usage = |error: crate::library::query::QueryError| Stop::Usage(error.to_string());
    let order = Order::named(&arguments.sort).map_err(usage)?;
    let query = Query::parse(&arguments.query).map_err(usage)?;
    let settings = settings();
    let keeping = keeping(&settings);
    let (_, annotations) = Journal::open_shared(&keeping.shared, &keeping.private, &keeping.machine);
    let origins = library(&arguments.paths, &settings)?;
    let tables = tables();
    let library = if origins.is_empty() { Library::sample(&tables) } else { Library::scan(&origins, &tables, |_| {}) };
    let mut articles = library.articles;
    let mut has_failed = false;
    articles.retain(|article| {
        let problem = article.problem.as_ref();
        problem.inspect(|problem| report(problem));
        has_failed |= problem.is_some();
        problem.is_none() && query.matches(article, standing(&annotations, article))
    });
    order.sort(&mut articles, |article| standing(&annotations, article));
    if arguments.reverse {
        articles.reverse();
    }
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    // What goes into a file or another program is not cut.
    let room = || if std::io::stdout().is_terminal() { super::terminal_width().into() } else { UNCUT };
    let columns = Columns::of(arguments.width.map_or_else(room, usize::from), settings.measure.width);
    for article in &articles {
        let line = if arguments.json { json(article, &annotations) } else { columns.line(article, &annotations) };
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    if has_failed { Err(Stop::Reported.into()) } else { Ok(()) }
}

/// The article as one JSON value: every field always there, `progress` from 0 to 1, what is not known `null`.
fn json(article: &Article, annotations: &Annotations) -> String {
    let (meta, standing) = (&article.meta, standing(annotations, article));
    let value = serde_json::json!({
        "path": path(&article.origin),
        "id": article.identity.id.0,
        "title": meta.title,
        "author": meta.author,
        "source": meta.source,
        "date": meta.date,
        "url": meta.url,
        "tags": meta.tags,
        "language": article.language.tag(),
        "characters": article.characters,
        "minutes": article.minutes,
        "progress": f64::from(standing.progress) / 1000.0,
        "state": standing.state.name(),
        "bookmarks": standing.bookmarks,
    });
    json_line(&value)
}

/// Which columns a line has room for, and how wide it may be.
#[derive(Debug, Clone, Copy)]
struct Columns {
    width: usize,
    policy: WidthPolicy,
    date: bool,
    minutes: bool,
    progress: bool,
    source: bool,
    author: bool,
}

impl Columns {
    /// Cells of date, minutes, progress and source, each with the two blank cells after it.
    const CELLS: [usize; 4] = [12, 9, 6, NAME + 2];

    /// The columns that leave the title room, the least telling given up first.
    fn of(width: usize, policy: WidthPolicy) -> Self {
        let [date, minutes, progress, source] = Self::CELLS;
        let fits = |cells: usize| width >= cells + LEAST_TITLE;
        Self {
            width,
            policy,
            date: fits(date),
            minutes: fits(date + minutes),
            progress: fits(date + minutes + progress),
            source: fits(date + minutes + progress + source),
            author: fits(date + minutes + progress + 2 * source),
        }
    }

    fn line(self, article: &Article, annotations: &Annotations) -> String {
        let standing = standing(annotations, article);
        let progress = match standing.state {
            State::Unread => String::new(),
            State::Reading => format!("{:>3}%", standing.progress / 10),
            State::Finished => "read".to_owned(),
        };
        let [source, author] = article.names(self.author);
        let cells = [
            (self.date, article.meta.date.as_deref().unwrap_or_default().to_owned(), 10),
            (self.minutes, format!("{:>7}", article.length()), 7),
            (self.progress, progress, 4),
            (self.source, source.to_owned(), NAME),
            (self.author, author.to_owned(), NAME),
        ];
        let mut line = String::new();
        for (_, text, cells) in cells.into_iter().filter(|(is_shown, ..)| *is_shown) {
            let text = if self.width == UNCUT { text } else { cut(&text, cells, self.policy) };
            line.push_str(&padded(text, cells, self.policy));
            line.push_str("  ");
        }
        let room = self.width.saturating_sub(self.policy.text(&line));
        line.push_str(&cut(&article.meta.title, room, self.policy));
        line.trim_end().to_owned()
    }
}

/// A text in at least some cells.
fn padded(mut text: String, cells: usize, policy: WidthPolicy) -> String {
    let used = policy.text(&text);
    text.extend(std::iter::repeat_n(' ', cells.saturating_sub(used)));
    text
}

/// As much of a text as fits some cells, with an ellipsis if that is not all.
fn cut(text: &str, cells: usize, policy: WidthPolicy) -> String {
    if policy.text(text) <= cells {
        return text.to_owned();
    }
    let (mut kept, mut used) = (String::new(), policy.text("…"));
    for cluster in clusters(text, policy) {
        used += usize::from(cluster.cells);
        if used > cells {
            break;
        }
        kept.push_str(cluster.text);
    }
    if cells >= policy.text("…") {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Columns, UNCUT, cut, json};
    use crate::annotations::Annotations;
    use crate::library::{Article, Origin, Tables};
    use crate::text::{Ambiguous, WidthPolicy};

    fn article() -> Article {
        let text = "---\ntitle: 观点 | 茶与器的长长的题目，还没有完\nsource: 茶报的周末副刊与文艺版\nauthor: 陆羽\n\
                    date: 2026-03-05\nurl: https://example.org/a\ntags: [茶, 器]\n---\n\n正文一句，又一句。\n";
        Article::describe(Origin::Input(text.as_bytes().into()), &Tables::built_in())
    }

    #[test]
    fn columns_go_before_titles_do() {
        let line = |width| Columns::of(width, WidthPolicy::default()).line(&article(), &Annotations::default());
        let lines: Vec<String> = [UNCUT, 80, 60, 40, 24, 8].map(line).into();
        insta::assert_snapshot!(lines.join("\n"), @r"
        2026-03-05    1 min        茶报的周末副刊与文艺版  陆羽              观点 | 茶与器的长长的题目，还没有完
        2026-03-05    1 min        茶报的周末副刊…   观点 | 茶与器的长长的题目，还没有完
        2026-03-05    1 min        观点 | 茶与器的长长的题目，还没…
        2026-03-05  观点 | 茶与器的长长的题目，…
        观点 | 茶与器的长长的题…
        观点 | …
        ");
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        for width in 1..120 {
            let line = Columns::of(width, WidthPolicy::default()).line(&article(), &Annotations::default());
            assert!(WidthPolicy::default().text(&line) <= width, "{width}: {line}");
        }
        for (cells, narrow, wide) in
            [(6, "一二三", "一二三"), (5, "一二…", "一…"), (3, "一…", "…"), (1, "…", ""), (0, "", "")]
        {
            assert_eq!(cut("一二三", cells, WidthPolicy::default()), narrow, "{cells}");
            assert_eq!(
                cut("一二三", cells, WidthPolicy { ambiguous: Ambiguous::Wide, ..WidthPolicy::default() }),
                wide,
                "{cells}"
            );
        }
    }

    #[test]
    fn json_has_every_field_in_order() {
        let mut article = article();
        article.identity.id.0 = "id".to_owned();
        insta::assert_snapshot!(json(&article, &Annotations::default()), @r#"{"path":"-","id":"id","title":"观点 | 茶与器的长长的题目，还没有完","author":"陆羽","source":"茶报的周末副刊与文艺版","date":"2026-03-05","url":"https://example.org/a","tags":["茶","器"],"language":"zh-Hans","characters":9,"minutes":1,"progress":0.0,"state":"unread","bookmarks":0}"#);
        let bare = Article::describe(Origin::Input(b"word\n".as_slice().into()), &Tables::built_in());
        let bare: serde_json::Value = serde_json::from_str(&json(&bare, &Annotations::default())).unwrap();
        assert_eq!(bare.as_object().unwrap().len(), 14);
        assert!(bare["date"].is_null() && bare["tags"].as_array().unwrap().is_empty());
    }
}
