//! How Markdown exports look: a template with placeholders, filled once for each article.
//!
//! ```text
//! {{title}}                    the value, escaped for Markdown
//! {{{title}}}                  the value as it is
//! {{#note}} … {{/note}}        only if there is a note; any name will do
//! {{#each}} … {{/each}}        once for each passage; without it, all of the template is
//! ```
//!
//! A line with nothing but an opening or a closing mark leaves no line; what stands before a value on its line, if that
//! is only `>` and spaces, is repeated on each of the value's lines. It refuses to compute: no conditions but "is there
//! any", no files included, nothing run.

use super::FIELDS;
use super::escape::escape;
use crate::text::SafeText;

/// What may be named beside the columns of the table: `new_section` is there for the first passage of a section only, `day`
/// is the date of `created`.
const FURTHER: [&str; 3] = ["new_section", "day", EACH];
const EACH: &str = "each";

/// The template used where no other is given.
pub const USUAL: &str = "\
# {{title}}
{{#source}}

- Source: {{source}}
{{/source}}
{{#date}}

- Date: {{date}}
{{/date}}
{{#url}}

- URL: <{{{url}}}>
{{/url}}
{{#each}}
{{#new_section}}

## {{new_section}}
{{/new_section}}

> {{quote}}
{{#note}}

{{note}}
{{/note}}

{{kind}}{{#day}} · {{day}}{{/day}}
{{/each}}
";

/// A template that can be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
    /// Whether an empty line parts articles.
    pub parts_articles: bool,
}

/// The values of an article, or of a passage.
#[derive(Debug, Clone, Default)]
pub struct Values {
    named: Vec<(&'static str, String)>,
    /// Those of its passages.
    pub passages: Vec<Values>,
}

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {what}")]
pub struct TemplateError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there, and what to write.
    pub what: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value { name: String, raw: bool, lead: String },
    Section { name: String, pieces: Vec<Piece> },
}

/// A section that was opened and not closed yet.
struct Open {
    name: String,
    line: usize,
    pieces: Vec<Piece>,
}

impl Default for Template {
    fn default() -> Self {
        let pieces = Self::read(USUAL).map(|usual| usual.pieces).unwrap_or_default();
        Self { pieces, parts_articles: true }
    }
}

impl Values {
    /// Gives a value to a name.
    pub fn set(&mut self, name: &'static str, value: &str) {
        self.named.push((name, SafeText::body(value).trim().to_owned()));
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
    }
}

impl Template {
    /// Reads a template.
    pub fn read(text: &str) -> Result<Self, TemplateError> {
        let mut open = vec![Open { name: String::new(), line: 0, pieces: Vec::new() }];
        for (index, line) in text.split_inclusive('\n').enumerate() {
            read_line(line, index + 1, &mut open)?;
        }
        match open.pop() {
            Some(last) if open.is_empty() => Ok(Self::of(last.pieces)),
            Some(last) => Err(problem(last.line, format!("{{{{#{0}}}}} is not closed; write {{{{/{0}}}}}", last.name))),
            None => Ok(Self::of(Vec::new())),
        }
    }

    fn of(pieces: Vec<Piece>) -> Self {
        let is_each = |piece: &Piece| matches!(piece, Piece::Section { name, .. } if name == EACH);
        let has_each = pieces.iter().any(is_each);
        let pieces = if has_each { pieces } else { vec![Piece::Section { name: EACH.to_owned(), pieces }] };
        Self { pieces, parts_articles: false }
    }

    /// The template with the values of an article.
    pub fn fill(&self, article: &Values) -> String {
        let mut text = String::new();
        fill(&self.pieces, article, None, &mut text);
        text
    }
}

fn problem(line: usize, what: String) -> TemplateError {
    TemplateError { line, what }
}

/// Reads one line; marks of sections that stand alone on it take it with them.
fn read_line(line: &str, number: usize, open: &mut Vec<Open>) -> Result<(), TemplateError> {
    let alone = line.trim();
    let is_section = alone.starts_with("{{#") || alone.starts_with("{{/");
    let is_alone = is_section && alone.ends_with("}}") && alone.matches("{{").count() == 1;
    let mut rest = if is_alone { alone } else { line };
    let mut lead = String::new();
    while let Some((before, mark)) = rest.split_once("{{") {
        push(open, Piece::Text(before.to_owned()));
        lead += before;
        let raw = mark.starts_with('{');
        let (mark, end) = if raw { (mark.get(1..).unwrap_or_default(), "}}}") } else { (mark, "}}") };
        let Some((name, after)) = mark.split_once(end) else {
            return Err(problem(number, format!("a placeholder is not closed; write {end} after its name")));
        };
        read_mark(name.trim(), raw, &lead, number, open)?;
        rest = after;
        lead.push('x');
    }
    push(open, Piece::Text(rest.to_owned()));
    Ok(())
}

fn read_mark(mark: &str, raw: bool, lead: &str, line: usize, open: &mut Vec<Open>) -> Result<(), TemplateError> {
    let name = mark.trim_start_matches(['#', '/']).trim();
    let is_value = name == mark;
    let names: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).chain(FURTHER).collect();
    if !names.contains(&name) || is_value && name == EACH {
        return Err(problem(line, format!("there is no {{{{{name}}}}}; there are {}", names.join(", "))));
    }
    if mark.starts_with('#') {
        open.push(Open { name: name.to_owned(), line, pieces: Vec::new() });
        return Ok(());
    }
    if is_value {
        let is_lead = lead.chars().all(|c| matches!(c, '>' | ' '));
        let lead = if is_lead { lead.to_owned() } else { String::new() };
        push(open, Piece::Value { name: name.to_owned(), raw, lead });
        return Ok(());
    }
    match open.pop() {
        Some(Open { name: opened, pieces, .. }) if opened == name => {
            push(open, Piece::Section { name: opened, pieces });
        }
        _ => {
            return Err(problem(
                line,
                format!("{{{{/{name}}}}} closes what is not open; write {{{{#{name}}}}} before"),
            ));
        }
    }
    Ok(())
}

fn push(open: &mut [Open], piece: Piece) {
    if let Some(last) = open.last_mut()
        && piece != Piece::Text(String::new())
    {
        last.pieces.push(piece);
    }
}

fn fill(pieces: &[Piece], article: &Values, passage: Option<&Values>, text: &mut String) {
    let value = |name: &str| passage.and_then(|passage| passage.get(name)).or(article.get(name)).unwrap_or_default();
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Value { name, raw, lead } => {
                let value = if *raw { value(name).to_owned() } else { escape(value(name)) };
                text.push_str(&value.replace('\n', &format!("\n{lead}")));
            }
            Piece::Section { name, pieces } if name == EACH => {
                article.passages.iter().for_each(|passage| fill(pieces, article, Some(passage), text));
            }
            Piece::Section { name, pieces } if !value(name).is_empty() => fill(pieces, article, passage, text),
            Piece::Section { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Template, USUAL, Values};

    #[track_caller]
    fn check(template: &str, expected: &str) {
        let (mut article, mut one, mut two) = (Values::default(), Values::default(), Values::default());
        article.set("title", "*题*");
        one.set("quote", "一\n二");
        two.set("quote", "三");
        two.set("note", "注");
        article.passages = vec![one, two];
        let filled = Template::read(template).map(|template| template.fill(&article));
        assert_eq!(filled.unwrap_or_else(|error| error.to_string()), expected);
    }

    #[test]
    fn filled() {
        check("{{title}} {{{title}}}\n{{#each}}{{/each}}", "\\*题\\* *题*\n");
        check("{{title}}：{{quote}}\n", "\\*题\\*：一\\\n二\n\\*题\\*：三\n");
        check("{{#each}}\n> {{quote}}\n{{/each}}\n", "> 一\\\n> 二\n> 三\n");
        check("{{#each}}- {{{quote}}}{{#note}} ({{note}}){{/note}}\n{{/each}}", "- 一\n二\n- 三 (注)\n");
        check("{{#source}}x{{/source}}没有占位。", "没有占位。没有占位。");
    }

    #[test]
    fn mistakes_are_said_with_their_line() {
        let known = "title, source, url, date, section, quote, note, kind, status, created, path, line, id, new_section, day, each";
        check("一\n{{tilte}}", &format!("2: there is no {{{{tilte}}}}; there are {known}"));
        check("{{#note}}", "1: {{#note}} is not closed; write {{/note}}");
        check("\n{{/note}}", "2: {{/note}} closes what is not open; write {{#note}} before");
        check("{{title", "1: a placeholder is not closed; write }} after its name");
    }

    #[test]
    fn the_usual_one_is_sound() {
        assert!(Template::read(USUAL).is_ok());
    }
}
