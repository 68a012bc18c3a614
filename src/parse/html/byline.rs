//! What a page shows of its article's origin around the title: author, account, date.
//!
//! It refuses to believe dates elsewhere: those of comments and of other articles.

use crate::parse::Tables;
use crate::parse::tables::pages::{Kind, Pages};
use crate::parse::tag::{Tag, Token, Tokens, decode_entities};

/// Bytes after the start of a page's body among which its title stands.
const NEAR: usize = 256 << 10;
/// Bytes of text from which a paragraph is the article's, so that the byline is over.
const PROSE: usize = 120;
/// Characters of a name.
const NAME: usize = 40;
/// Elements that say nothing of the article.
const UNSEEN: &[&str] = &["script", "style", "noscript", "template", "svg", "nav", "aside"];

/// What is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Byline {
    /// Who wrote the article.
    pub author: Option<String>,
    /// The account that published it.
    pub source: Option<String>,
    /// When.
    pub date: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Field {
    Author,
    Source,
    Date,
}

/// An element whose text is a field.
struct Open {
    field: Field,
    name: String,
    depth: usize,
    text: String,
}

/// Reads what stands around a page's title.
pub fn read(page: &str, tables: &Tables) -> Byline {
    let body = page.find("<body").and_then(|at| page.get(at..)).unwrap_or(page);
    let mut byline = Byline::default();
    let mut open: Option<Open> = None;
    // A date is the article's below its title and above its text.
    let (mut has_title, mut in_time, mut prose) = (false, false, 0);
    for (_, token) in Tokens::new(body.get(..body.floor_char_boundary(NEAR)).unwrap_or(body), UNSEEN) {
        match token {
            Token::Text(text) => {
                prose += text.trim().len();
                if let Some(open) = open.as_mut().filter(|_| !in_time) {
                    open.text.push_str(&decode_entities(text));
                }
            }
            Token::Formula(_) | Token::Fallback(..) => {}
            Token::Tag(tag, _) => {
                match tag.name.as_str() {
                    "h1" => (has_title, prose) = (true, 0),
                    "time" => in_time = !tag.is_end,
                    "p" | "div" | "section" | "li" if tag.is_end && prose >= PROSE && has_title => break,
                    "p" | "div" | "section" | "li" => prose = 0,
                    _ => {}
                }
                if tag.name == "time" && (has_title || says(&tag, "itemprop", "datePublished")) {
                    byline.date = byline.date.or_else(|| tag.attribute("datetime"));
                }
                open = follow(open, &tag, tables, &mut byline);
            }
        }
    }
    byline
}

/// Opens, goes on with or ends a field.
fn follow(open: Option<Open>, tag: &Tag, tables: &Tables, byline: &mut Byline) -> Option<Open> {
    let Some(mut open) = open else {
        let field = field(tag, &tables.pages).filter(|_| !tag.is_end && !tag.is_empty)?;
        return Some(Open { field, name: tag.name.clone(), depth: 1, text: String::new() });
    };
    match tag.name == open.name {
        true if tag.is_end => open.depth -= 1,
        true => open.depth += 1,
        false => {}
    }
    if open.depth > 0 {
        return Some(open);
    }
    let text = open.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = match open.field {
        Field::Author => &mut byline.author,
        Field::Source => &mut byline.source,
        Field::Date => &mut byline.date,
    };
    let named = match open.field {
        Field::Author => tables.phrases.author(&text, &tables.dates),
        Field::Source | Field::Date => None,
    };
    let name = named.as_deref().unwrap_or(&text);
    let name =
        name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '·' | '：' | ':' | ',' | '，'));
    if known.is_none() && !name.is_empty() && name.chars().count() <= NAME {
        *known = Some(name.to_owned());
    }
    None
}

/// The field that an element says it is.
fn field(tag: &Tag, pages: &Pages) -> Option<Field> {
    let (id, classes) = (tag.attribute("id"), tag.attribute("class"));
    let is = |kind| pages.is_element(kind, id.as_deref(), classes.as_deref());
    match () {
        () if is(Kind::Source) => Some(Field::Source),
        () if is(Kind::Date) => Some(Field::Date),
        () if is(Kind::Author) => Some(Field::Author),
        () if says(tag, "itemprop", "author") || says(tag, "rel", "author") => Some(Field::Author),
        () => None,
    }
}

/// Whether an attribute has a word.
fn says(tag: &Tag, attribute: &str, word: &str) -> bool {
    tag.attribute(attribute).is_some_and(|value| value.split_ascii_whitespace().any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use super::{Byline, read};
    use crate::parse::Tables;

    #[track_caller]
    fn check(body: &str, expected: [&str; 3]) {
        let Byline { author, source, date } = read(&format!("<html><body>{body}"), &Tables::built_in());
        assert_eq!([author, source, date].map(Option::unwrap_or_default), expected, "{body}");
    }

    #[test]
    fn around_the_title() {
        check(
            "<h1>茶</h1><p class=byline>作者：甲 <time datetime=2024-05-06>五月六日</time></p><p>水。</p>",
            ["甲", "", "2024-05-06"],
        );
        check(
            "<h1>茶</h1><span id=js_author_name>作者甲</span><a id=js_name> 茶报 </a><em id=publish_time>2024年3月1日 08:00</em>",
            ["作者甲", "茶报", "2024年3月1日 08:00"],
        );
        check("<h1>Tea</h1><div>By <a rel=author href=/a>A. Person</a></div>", ["A. Person", "", ""]);
        for (written, name) in [("文／甲", "甲"), ("BY A. Person", "A. Person"), ("Byron", "Byron"), ("文甲", "文甲")]
        {
            check(&format!("<h1>茶</h1><p class='meta byline'>{written}</p>"), [name, "", ""]);
        }
    }

    #[test]
    fn elsewhere() {
        let prose = "水从山上来，要走三里竹管，每年冬天竹管会裂，老板就带着徒弟沿路去补。".repeat(2);
        check("<time datetime=2024-05-06></time><p>茶</p>", ["", "", ""]);
        check(&format!("<h1>茶</h1><p>{prose}</p><p><time datetime=2024-05-06></time>"), ["", "", ""]);
        check(&format!("<h1>茶</h1><div class=author>{prose}</div>"), ["", "", ""]);
    }
}
