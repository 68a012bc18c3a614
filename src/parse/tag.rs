//! Tags and the text between them. Knows the names of HTML's elements, so that `Vec<T>` in prose stays prose.

mod elements;
pub mod looks;

use crate::text::SafeText;
use elements::{ELEMENTS, EMPTY};
use memchr::memchr_iter;
use std::borrow::Cow;

/// What begins a comment.
const COMMENT: &str = "<!--";
/// Bytes of a formula; one that does not end is none.
const LONGEST: usize = 16 << 10;
/// Bytes of a comment that nothing closes, at most.
const UNCLOSED: usize = 2 << 10;

/// A start or end tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The element's name in lower case.
    pub name: String,
    /// Whether it is `</name>`.
    pub is_end: bool,
    /// Whether the element has no content.
    pub is_empty: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// Reads `<…>`; none if it is no tag of HTML.
    pub fn parse(literal: &str) -> Option<Self> {
        let inner = literal.strip_prefix('<')?.strip_suffix('>')?;
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = inner.get(..end)?.to_ascii_lowercase();
        let is_custom = inner.get(end..).is_some_and(|rest| rest.starts_with('-'))
            && inner.starts_with(|c: char| c.is_ascii_lowercase());
        if !is_custom && !is_html(&name) {
            return None;
        }
        let rest = inner.get(end..)?;
        let is_empty = EMPTY.contains(&name.as_str()) || rest.ends_with('/');
        Some(Self { name, is_end, is_empty, attributes: if is_end { Vec::new() } else { attributes(rest) } })
    }

    /// An attribute's value, entities decoded.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| decode_entities(value).into_owned())
    }

    /// What links call the place where it begins.
    pub fn place(&self) -> Option<SafeText> {
        let name = self.attribute("id").or_else(|| self.attribute("name").filter(|_| self.name == "a"))?;
        (!self.is_end && !name.is_empty()).then(|| SafeText::line(&name))
    }

    /// Where an image is: pages that load images late keep the address in `data-src`. Images inside the page itself
    /// have no address worth showing.
    pub fn image_address(&self) -> Option<String> {
        const ADDRESSES: [&str; 5] = ["data-src", "data-original", "data-lazy-src", "data-actualsrc", "src"];
        let mut own = ADDRESSES.into_iter().filter_map(|name| self.attribute(name));
        let found = own.find(|address| !address.starts_with("data:") && !address.is_empty());
        found.or_else(|| self.largest_of_set())
    }

    /// The largest of the images that are to be chosen from: `a.jpg 400w, b.jpg 800w`.
    pub fn largest_of_set(&self) -> Option<String> {
        let set = self.attribute("data-srcset").or_else(|| self.attribute("srcset"))?;
        // An address may hold a comma, but does not end with one.
        let mut found: Option<(f32, &str)> = None;
        let mut words = set.split_ascii_whitespace().peekable();
        while let Some(word) = words.next() {
            let is_size = |word: &&str| {
                word.trim_end_matches(',').strip_suffix(['w', 'x']).is_some_and(|n| n.parse::<f32>().is_ok())
            };
            let size = if word.ends_with(',') { None } else { words.next_if(is_size) };
            let size = size
                .and_then(|word| word.trim_end_matches(',').get(..word.trim_end_matches(',').len() - 1)?.parse().ok());
            let (size, address) = (size.unwrap_or(1.0), word.trim_matches(','));
            if !address.is_empty() && !address.starts_with("data:") && found.is_none_or(|(largest, _)| size > largest) {
                found = Some((size, address));
            }
        }
        found.map(|(_, address)| address.to_owned())
    }
}

/// Whether a name in lower case is that of an element of HTML.
pub fn is_html(name: &str) -> bool {
    ELEMENTS.binary_search(&name).is_ok()
}

/// Whether a text holds some ASCII letters and signs, whatever the case of the letters; they begin with a `<`.
pub fn holds(text: &str, sought: &str) -> bool {
    find(text, sought).is_some()
}

/// Where such letters and signs stand first.
pub fn find(text: &str, sought: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_here =
        |at: usize| bytes.get(at..at + sought.len()).is_some_and(|found| found.eq_ignore_ascii_case(sought.as_bytes()));
    memchr_iter(b'<', bytes).find(|at| is_here(*at))
}

/// Decodes character references once.
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    if text.contains('&') { html_escape::decode_html_entities(text) } else { Cow::Borrowed(text) }
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        if end == 0 {
            return attributes;
        }
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => attribute_value(value.trim_start()),
            None => ("", after),
        };
        attributes.push((name.to_ascii_lowercase(), value.to_owned()));
        rest = after;
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// A piece of HTML.
#[derive(Debug)]
pub enum Token<'a> {
    /// Text, entities not yet decoded.
    Text(&'a str),
    /// A tag, and how it is written.
    Tag(Tag, &'a str),
    /// A formula in `MathML`, from its start tag to its end tag.
    Formula(&'a str),
    /// An element that a script or a program shows, and what is in it for readers without.
    Fallback(Tag, &'a str),
}

/// The pieces of a text, each with the number of line ends before it. Comments, declarations and the content of
/// `unseen` elements are left out.
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    counted: usize,
    line: u32,
    unseen: &'static [&'static str],
    /// Those of the unseen whose content is given.
    fallbacks: &'static [&'static str],
    /// The elements whose end was looked for and is not there, and a comment's.
    endless: Vec<&'static str>,
    /// Where the next end tag of a formula is, as far as it was looked for; the text's end if there is none.
    math_end: usize,
}

impl<'a> Tokens<'a> {
    /// The pieces of a text.
    pub fn new(text: &'a str, unseen: &'static [&'static str]) -> Self {
        Self { text, at: 0, counted: 0, line: 0, unseen, fallbacks: &[], endless: Vec::new(), math_end: 0 }
    }

    /// The pieces of a text, with the content of some of the elements that are unseen.
    #[must_use]
    pub fn with_fallbacks(self, fallbacks: &'static [&'static str]) -> Self {
        Self { fallbacks, ..self }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Moves on to the first of some marks after `from`, and past it; to the end if there is none.
    fn skip_past(&mut self, mark: &str) {
        self.at = self.rest().find(mark).map_or(self.text.len(), |found| self.at + found + mark.len());
    }

    /// Moves past a comment. One that nothing closes ends before the next blank line, or behind the next tag: it would
    /// swallow the text.
    fn skip_comment(&mut self) {
        let end = if self.endless.contains(&COMMENT) { None } else { self.rest().find("-->") };
        if let Some(end) = end {
            self.at += end + "-->".len();
            return;
        }
        if !self.endless.contains(&COMMENT) {
            self.endless.push(COMMENT);
        }
        // Looked for near at hand, or many such comments would look through all of the text each.
        let rest = self.rest();
        let near = rest.get(..rest.floor_char_boundary(UNCLOSED)).unwrap_or(rest);
        let tag = || near.find('>').map(|end| end + 1);
        self.at += blank_line(near).or_else(tag).unwrap_or(near.len());
    }

    /// Moves past the end tag of an unseen element and gives what is in it; none if it has no end. What a script or a
    /// style sheet does not end it runs on to the text's end, as browsers have it.
    fn skip_element(&mut self, name: &'static str) -> Option<&'a str> {
        let start = self.at;
        while !self.endless.contains(&name) {
            self.skip_past("</");
            let rest = self.rest();
            if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                let inside = self.text.get(start..self.at - "</".len());
                self.skip_past(">");
                return inside;
            }
            if rest.is_empty() {
                self.endless.push(name);
            }
        }
        self.at = if matches!(name, "script" | "style" | "template") { self.text.len() } else { start };
        None
    }

    /// The end of the formula in `MathML` that starts here.
    fn formula_end(&mut self) -> Option<usize> {
        let rest = self.rest();
        let after = rest.strip_prefix("<math")?;
        if !after.starts_with(['>', ' ', '\n', '\t']) {
            return None;
        }
        // Looked for once, however many formulas begin before it.
        if self.math_end <= self.at {
            self.math_end = rest.find("</math").map_or(self.text.len(), |byte| self.at + byte);
        }
        let end = self.math_end;
        let tag = self.text.get(end..)?.find('>').filter(|_| end - self.at <= LONGEST)?;
        Some(end + tag + 1)
    }

    /// The end of the `<span>` that begins before a byte.
    fn span_end(&self, from: usize) -> Option<usize> {
        let rest = self.text.get(from..)?;
        let near = rest.get(..rest.floor_char_boundary(LONGEST))?;
        let mut depth = 1;
        for (byte, _) in near.match_indices('<') {
            let tag = near.get(byte + 1..).unwrap_or_default();
            match () {
                () if tag.starts_with("span") => depth += 1,
                () if tag.starts_with("/span") => depth -= 1,
                () => {}
            }
            if depth == 0 {
                return tag.find('>').map(|end| from + byte + end + 2);
            }
        }
        None
    }

    fn count_lines(&mut self, to: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.counted..to).unwrap_or_default();
        self.line += memchr_iter(b'\n', passed).count() as u32;
        self.counted = to.max(self.counted);
        self.line
    }

    /// The end of the tag that starts here, quotes respected; none if this is no tag.
    fn tag_end(&self) -> Option<usize> {
        let rest = self.rest();
        let starts = rest.get(1..)?.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts {
            return None;
        }
        let mut quote = None;
        for (byte, character) in rest.bytes().enumerate().skip(1) {
            match (quote, character) {
                (None, b'"' | b'\'') => quote = Some(character),
                (Some(open), _) if open == character => quote = None,
                (None, b'>') => return Some(self.at + byte + 1),
                (None, b'<') => return None,
                // A quote that never closes would swallow the page.
                (Some(_), _) if byte > 1 << 16 && !rest.starts_with("<img") => return None,
                _ => {}
            }
        }
        None
    }
}

/// The length of the declaration that a text begins with; what goes on behind a blank line is none.
fn declaration(text: &str) -> Option<usize> {
    if !text.starts_with("<!") && !text.starts_with("<?xml") {
        return None;
    }
    let near = text.get(..text.floor_char_boundary(LONGEST))?;
    let end = near.find('>')? + 1;
    near.get(..end).filter(|declaration| !declaration.contains("\n\n"))?;
    Some(end)
}

/// The byte at which the first blank line of a text begins.
fn blank_line(text: &str) -> Option<usize> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        at += line.len();
        line.trim().is_empty().then(|| at - line.len())
    })
}

/// Whether an element shows with boxes what a formula beside it has said.
fn is_set_again(tag: &Tag) -> bool {
    tag.name == "span" && !tag.is_end && tag.attribute("class").is_some_and(|class| class == "katex-html")
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (u32, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.at;
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            if rest.starts_with(COMMENT) {
                self.skip_comment();
                continue;
            }
            if let Some(end) = declaration(rest) {
                self.at += end;
                continue;
            }
            if let Some(end) = self.formula_end() {
                self.at = end;
                let formula = self.text.get(start..self.at).unwrap_or_default();
                return Some((self.count_lines(start), Token::Formula(formula)));
            }
            if rest.starts_with('<')
                && let Some(end) = self.tag_end()
            {
                let literal = self.text.get(start..end).unwrap_or_default();
                if let Some(tag) = Tag::parse(literal) {
                    self.at = end;
                    let unseen = self.unseen.iter().find(|name| **name == tag.name && !tag.is_end && !tag.is_empty);
                    if let Some(name) = unseen {
                        let line = self.count_lines(end);
                        match self.skip_element(name).filter(|_| self.fallbacks.contains(name)) {
                            Some(inside) => return Some((line, Token::Fallback(tag, inside))),
                            None => continue,
                        }
                    }
                    if is_set_again(&tag)
                        && let Some(end) = self.span_end(end)
                    {
                        self.at = end;
                        continue;
                    }
                    return Some((self.count_lines(start), Token::Tag(tag, literal)));
                }
            }
            let length = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(byte, _)| byte);
            self.at = start + length;
            // Lead white space belongs to the line before.
            let text = self.text.get(start..self.at).unwrap_or_default();
            let blank = text.len() - text.trim_start().len();
            return Some((self.count_lines(start + blank), Token::Text(text)));
        }
    }
}
