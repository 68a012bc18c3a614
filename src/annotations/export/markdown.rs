//! Excerpts as Markdown, through a template. It refuses to know how they look; that is the template's.

use super::template::{Template, Values};
use super::{Entry, FIELDS, by_article};

/// One article after the other.
pub fn write(entries: &[Entry], template: &Template) -> String {
    let all: Vec<String> = by_article(entries).map(|article| template.fill(&of_article(article))).collect();
    all.join(if template.parts_articles { "\n" } else { "" })
}

/// The values of an article, which are those of its first passage, and of each passage.
fn of_article(article: &[Entry]) -> Values {
    let mut before = "";
    let mut of_article = article.first().map(values).unwrap_or_default();
    for entry in article {
        let mut values = values(entry);
        values.set("day", entry.bookmark.created.split('T').next().unwrap_or_default());
        values.set("new_section", if entry.section == before { "" } else { &entry.section });
        before = &entry.section;
        of_article.passages.push(values);
    }
    of_article
}

fn values(entry: &Entry) -> Values {
    let mut values = Values::default();
    for (name, value) in FIELDS {
        values.set(name, &value(entry));
    }
    values
}
