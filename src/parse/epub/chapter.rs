//! A chapter made ready for the HTML step: XHTML as HTML, with the lines noted at which places and notes begin.
//!
//! It refuses to read blocks itself. A place that the table of contents names, or a note, starts a line of its own, so
//! that the blocks' lines tell where it is.

use super::package;
use super::path::Target;
use crate::document::Part;
use crate::parse::tag::Tag;
use crate::parse::tag::{Token, Tokens};
use std::collections::{HashMap, HashSet};

/// What an address begins with that stands for a reference to a note; the note's label follows.
pub const NOTE: &str = "zhai-note:";
/// Elements whose content is no text of a chapter.
const UNSEEN: &[&str] = &["script", "style", "noscript", "template", "title"];
/// Elements that are complete without an end.
const COMPLETE: &[&str] = &["br", "hr", "img", "wbr"];

/// What the chapters say of each other: where the table of contents leads, and which places are notes.
#[derive(Debug, Default)]
pub struct Marks {
    /// The places that the table of contents names.
    pub places: HashSet<Target>,
    /// The notes that references lead to, with their labels.
    pub notes: HashMap<Target, String>,
    /// The references themselves: a link to one, in a note, leads back.
    pub references: HashSet<Target>,
}

/// A chapter as HTML.
#[derive(Debug, Default)]
pub struct Chapter {
    /// The HTML of its body.
    pub html: String,
    /// The lines of the places that the table of contents names, counted from 1.
    pub places: Vec<(String, u32)>,
    /// The notes: label, first and last line.
    pub notes: Vec<(String, u32, u32)>,
    /// What the page says it is, if it is not text.
    pub part: Option<Part>,
    /// The sections that say so of themselves: what they are, first and last line.
    pub sections: Vec<(Part, u32, u32)>,
}

/// A reference to a note.
pub struct Reference {
    /// The place of the reference itself; without a name it is the chapter.
    pub place: Target,
    /// The note.
    pub note: Target,
    /// The text of the reference.
    pub said: String,
}

/// The references to notes in a chapter.
pub fn references(text: &str, path: &str) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let mut is_open = false;
    for (_, token) in Tokens::new(text, UNSEEN) {
        match token {
            Token::Tag(tag, _) if tag.name == "a" => {
                let target = tag.attribute("href").filter(|_| is_kind(&tag, &["noteref"]));
                let target = target.and_then(|href| Target::of(&href, path));
                is_open = target.is_some() && !tag.is_empty;
                let id = tag.place().map(|name| name.to_string()).unwrap_or_default();
                let place = Target { path: path.to_owned(), id };
                found.extend(target.map(|note| Reference { place, note, said: String::new() }));
            }
            Token::Text(text) if is_open => {
                if let Some(reference) = found.last_mut() {
                    reference.said.push_str(text.trim());
                }
            }
            _ => {}
        }
    }
    found
}

/// Makes a chapter ready.
pub fn prepare(text: &str, path: &str, marks: &Marks) -> Chapter {
    let mut writer = Writer {
        path,
        marks,
        chapter: Chapter::default(),
        line: 1,
        open: Vec::new(),
        section: None,
        state: State::Text,
    };
    for (_, token) in Tokens::new(text, UNSEEN) {
        match token {
            Token::Text(text) => writer.text(text),
            Token::Tag(tag, literal) => writer.tag(&tag, literal),
            Token::Formula(formula) => writer.formula(formula),
            Token::Fallback(..) => {}
        }
    }
    while let Some(note) = writer.open.pop() {
        writer.chapter.notes.push((note.label, note.line, writer.line));
    }
    if let Some(section) = writer.section.take() {
        writer.chapter.sections.push((section.part, section.line, writer.line));
    }
    writer.chapter
}

/// Whether an element says that it is of one of some kinds, by `epub:type` or by the role of DPUB-ARIA.
fn is_kind(tag: &Tag, kinds: &[&str]) -> bool {
    let said = [tag.attribute("epub:type"), tag.attribute("role")];
    let mut words = said.iter().flatten().flat_map(|value| value.split_ascii_whitespace());
    words.any(|word| kinds.contains(&word.trim_start_matches("doc-")))
}

/// What is being passed over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Text,
    Drawing,
    Reference,
    BackLink,
}

/// A note whose element is open.
struct Note {
    label: String,
    line: u32,
    element: String,
    depth: usize,
}

/// A section that is no text and is open.
struct Section {
    part: Part,
    line: u32,
    depth: usize,
}

struct Writer<'a> {
    path: &'a str,
    marks: &'a Marks,
    chapter: Chapter,
    line: u32,
    open: Vec<Note>,
    section: Option<Section>,
    state: State,
}

impl Writer<'_> {
    fn push(&mut self, html: &str) {
        self.line += html.bytes().filter(|byte| *byte == b'\n').count() as u32;
        self.chapter.html.push_str(html);
    }

    fn text(&mut self, text: &str) {
        // A picture that is the whole page, as covers are, stands in a drawing.
        if self.state == State::Drawing && text.starts_with("<image") {
            return self.drawn_image(text);
        }
        if self.state != State::Text {
            return;
        }
        // In XHTML a `<` always begins markup: elements that HTML does not know (MathML, `mbp:pagebreak`).
        let is_markup = text.starts_with('<') && text.contains('>');
        self.push(if is_markup { text.split_once('>').map_or("", |(_, rest)| rest) } else { text });
    }

    fn formula(&mut self, formula: &str) {
        if self.state == State::Text {
            self.push(formula);
        }
    }

    fn tag(&mut self, tag: &Tag, literal: &str) {
        match (self.state, tag.name.as_str()) {
            (State::Drawing, "svg") if tag.is_end => self.state = State::Text,
            (State::Reference | State::BackLink, "a") if tag.is_end => self.state = State::Text,
            (State::Text, "svg") if !tag.is_end && !tag.is_empty => self.state = State::Drawing,
            (State::Text, _) if tag.is_end => self.end(tag, literal),
            (State::Text, _) => self.start(tag, literal),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, literal: &str) {
        self.part(tag);
        self.place(tag);
        match tag.name.as_str() {
            "img" => {
                let source = tag.image_address().unwrap_or_default();
                self.image(&source, &tag.attribute("alt").unwrap_or_default());
            }
            "a" if is_kind(tag, &["noteref"]) => self.reference(tag),
            "a" if !tag.is_empty && self.leads_back(tag) => self.state = State::BackLink,
            // What is empty in XHTML would stay open in HTML.
            name if tag.is_empty && !COMPLETE.contains(&name) => self.named("a", tag),
            // Asides of a book are its text, those of a page are not.
            "aside" => self.named("div", tag),
            _ => self.push(literal),
        }
    }

    /// Opens another element in the place of one; as `a` it says no more than what links call the place.
    fn named(&mut self, element: &str, tag: &Tag) {
        let name = tag.place().map(|name| format!(" id=\"{}\"", html_escape::encode_double_quoted_attribute(&*name)));
        match (element, name) {
            ("a", None) => {}
            ("a", Some(name)) => self.push(&format!("<a{name}></a>")),
            (_, name) => self.push(&format!("<{element}{}>", name.unwrap_or_default())),
        }
    }

    fn end(&mut self, tag: &Tag, literal: &str) {
        self.push(if tag.name == "aside" { "</div>" } else { literal });
        self.end_section(tag);
        let Some(note) = self.open.last_mut().filter(|note| note.element == tag.name) else { return };
        note.depth -= 1;
        if note.depth == 0
            && let Some(note) = self.open.pop()
        {
            self.chapter.notes.push((note.label, note.line, self.line));
            self.push("\n");
        }
    }

    /// What the page is, as its body says, or what a section is.
    fn part(&mut self, tag: &Tag) {
        if tag.is_empty || !matches!(tag.name.as_str(), "body" | "section") {
            return;
        }
        let said = tag.attribute("epub:type").unwrap_or_default();
        let part = said.split_ascii_whitespace().find_map(package::part);
        match &mut self.section {
            _ if tag.name == "body" => self.chapter.part = self.chapter.part.or(part),
            Some(section) => section.depth += 1,
            None => {
                if let Some(part) = part {
                    self.push("\n");
                    self.section = Some(Section { part, line: self.line, depth: 1 });
                }
            }
        }
    }

    fn end_section(&mut self, tag: &Tag) {
        let Some(section) = self.section.as_mut().filter(|_| tag.name == "section") else { return };
        section.depth -= 1;
        if section.depth == 0
            && let Some(section) = self.section.take()
        {
            self.chapter.sections.push((section.part, section.line, self.line));
            self.push("\n");
        }
    }

    /// Starts a line where a place or a note begins.
    fn place(&mut self, tag: &Tag) {
        if let Some(note) = self.open.last_mut().filter(|note| note.element == tag.name && !tag.is_empty) {
            note.depth += 1;
        }
        let Some(id) = tag.attribute("id").or_else(|| tag.attribute("name").filter(|_| tag.name == "a")) else {
            return;
        };
        let target = Target { path: self.path.to_owned(), id };
        let label = self.marks.notes.get(&target).filter(|_| !tag.is_empty && tag.name != "a" && self.open.is_empty());
        let is_place = self.marks.places.contains(&target);
        if is_place || label.is_some() {
            self.push("\n");
        }
        if let Some(label) = label {
            let note = Note { label: label.clone(), line: self.line, element: tag.name.clone(), depth: 1 };
            self.open.push(note);
        }
        if is_place {
            self.chapter.places.push((target.id, self.line));
        }
    }

    /// Whether a link leads from a note to its reference: it says so, or the reference is there.
    fn leads_back(&self, tag: &Tag) -> bool {
        let target = || Target::of(&tag.attribute("href")?, self.path);
        let is_reference = || target().is_some_and(|target| self.marks.references.contains(&target));
        is_kind(tag, &["backlink"]) || (!self.open.is_empty() && is_reference())
    }

    fn reference(&mut self, tag: &Tag) {
        self.named("a", tag);
        let target = tag.attribute("href").and_then(|href| Target::of(&href, self.path));
        if let Some(label) = target.and_then(|target| self.marks.notes.get(&target)) {
            let label = html_escape::encode_double_quoted_attribute(label);
            self.push(&format!("<a href=\"{NOTE}{label}\">[{label}]</a>"));
        }
        self.state = if tag.is_empty { State::Text } else { State::Reference };
    }

    fn drawn_image(&mut self, literal: &str) {
        let end = literal.find('>').map_or(literal.len(), |end| end + 1);
        let image = literal.get(..end).and_then(|image| Tag::parse(&image.replacen("<image", "<img", 1)));
        if let Some(image) = image {
            let source = image.attribute("xlink:href").or_else(|| image.attribute("href")).unwrap_or_default();
            self.image(&source, "");
        }
    }

    /// An image, with its path in the archive.
    fn image(&mut self, source: &str, alt: &str) {
        let path = Target::of(source, self.path).map_or_else(|| source.to_owned(), |target| target.path);
        let (path, alt) =
            (html_escape::encode_double_quoted_attribute(&path), html_escape::encode_double_quoted_attribute(alt));
        self.push(&format!("<img alt=\"{alt}\" src=\"{path}\">"));
    }
}
