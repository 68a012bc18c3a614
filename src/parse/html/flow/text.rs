//! What is text, or stands in it: words with their white space, formulas, and pictures.

use super::Flow;
use crate::document::Inline;
use crate::parse::html::mathml::{self, Formula};
use crate::parse::tag::{Tag, decode_entities};

impl Flow<'_> {
    pub(super) fn text(&mut self, text: &str) {
        let text = decode_entities(text);
        if self.title.as_mut().is_some_and(|title| title.take_text(&text)) {
            return;
        }
        if self.is_listed(&text) {
            return;
        }
        if self.pre {
            self.preformatted.push_str(&text);
        } else {
            self.collapsed(&text);
        }
    }

    pub(super) fn formula(&mut self, element: &str) {
        if self.inlines.text().is_empty() {
            self.start = self.line;
        }
        match mathml::formula(element) {
            Formula::Tex(text) | Formula::Plain(text) if self.pre => self.preformatted.push_str(&text),
            Formula::Plain(text) => self.collapsed(&text),
            Formula::Tex(tex) => self.tex(&tex),
        }
    }

    /// A formula as it is written, between its marks.
    pub(super) fn tex(&mut self, tex: &str) {
        self.inlines.open(Some(Inline::Code), "math");
        self.inlines.push(tex);
        self.inlines.close("math");
    }

    /// Adds text with its white space collapsed (CSS Text 3, 4.1.1): a line end vanishes between characters of scripts
    /// without spaces, a space does not.
    fn collapsed(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let (space, _) = rest.split_at_checked(rest.len() - word.len()).unwrap_or_default();
            let end = word.find(|c: char| c.is_ascii_whitespace()).unwrap_or(word.len());
            let (word, after) = word.split_at_checked(end).unwrap_or((word, ""));
            if !space.is_empty() && !self.inlines.text().is_empty() {
                if space.contains('\n') { self.inlines.soft_break() } else { self.inlines.space() }
            }
            if self.inlines.text().is_empty() && !word.is_empty() {
                self.start = self.line;
                if self.elements.are_bold() && self.inlines.is_plain() {
                    self.inlines.open(Some(Inline::Strong), "");
                }
            }
            self.inlines.push(word);
            rest = after;
        }
    }

    pub(super) fn image(&mut self, tag: &Tag) {
        if self.inlines.text().is_empty() {
            self.start = self.line;
        }
        let url = tag.image_address().or_else(|| self.pictured.take()).unwrap_or_default();
        let alt = tag.attribute("alt").unwrap_or_default();
        // The picture of a formula that stands before it.
        let says_again =
            |formula: &str| !formula.is_empty() && self.inlines.text().trim_end_matches('$').ends_with(formula);
        if tag.attribute("aria-hidden").is_some_and(|value| value == "true") && says_again(&mathml::tex(&alt)) {
            return;
        }
        self.inlines.image(&alt, &url);
    }
}
