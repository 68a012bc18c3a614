//! XML as a row of elements and texts, as far as it can be read. The sole owner of `quick_xml`.
//!
//! It refuses to check names, namespaces and nesting: the files of books are written by many hands.

use crate::parse::tag::decode_entities;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A piece of XML, names without their prefixes.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// An element begins.
    Open(Element),
    /// An element ends.
    Close(String),
    /// Text, references decoded.
    Text(String),
}

/// The start of an element.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Its name without the prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute, whatever its prefix; one without a prefix first. Empty if there is none.
    pub fn attribute(&self, name: &str) -> &str {
        let is_local = |key: &str| key.rsplit_once(':').is_some_and(|(_, local)| local == name);
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.or_else(|| self.attributes.iter().find(|(key, _)| is_local(key))).map_or("", |(_, value)| value)
    }

    fn of(start: &BytesStart) -> Self {
        let mut attributes = start.html_attributes();
        let attributes = attributes.with_checks(false).filter_map(Result::ok).map(|attribute| {
            (attribute.key.into_inner().to_owned(), decode_entities(&attribute.value).trim().to_owned())
        });
        Self { name: start.local_name().into_inner().to_owned(), attributes: attributes.collect() }
    }
}

/// The pieces of a text up to the first mistake that nothing can be read behind.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut reader = Reader::from_str(text.trim_start());
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut pieces = Vec::new();
    // References come as pieces of their own, and are decoded with the text around them.
    let mut raw = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Text(text)) => raw.push_str(&text.into_inner()),
            Ok(Event::GeneralRef(name)) => raw.push_str(&format!("&{};", name.into_inner())),
            Ok(Event::CData(text)) => raw.push_str(&text.into_inner().replace('&', "&amp;")),
            Ok(Event::Start(start)) => {
                end_text(&mut raw, &mut pieces);
                pieces.push(Piece::Open(Element::of(&start)));
            }
            Ok(Event::Empty(start)) => {
                end_text(&mut raw, &mut pieces);
                let element = Element::of(&start);
                let name = element.name.clone();
                pieces.extend([Piece::Open(element), Piece::Close(name)]);
            }
            Ok(Event::End(end)) => {
                end_text(&mut raw, &mut pieces);
                pieces.push(Piece::Close(end.local_name().into_inner().to_owned()));
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) | Err(_) => {
                end_text(&mut raw, &mut pieces);
                return pieces;
            }
        }
    }
}

fn end_text(raw: &mut String, pieces: &mut Vec<Piece>) {
    let raw = std::mem::take(raw);
    if !raw.trim().is_empty() {
        pieces.push(Piece::Text(decode_entities(&raw).into_owned()));
    }
}
