//! The phrases by which boilerplate is known: a table that people can read and add to (`assets/boilerplate.tsv`).

/// The table built into the binary: kind, then a phrase.
const TABLE: &str = include_str!("../../../assets/boilerplate.tsv");

/// Phrases by kind.
#[derive(Debug, Default)]
pub struct Phrases {
    interface: Vec<&'static str>,
    head: Vec<&'static str>,
    tail: Vec<&'static str>,
    credit: Vec<&'static str>,
}

impl Phrases {
    /// The phrases of the table.
    pub fn built_in() -> Self {
        let mut phrases = Self::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once('\t') {
                Some(("interface", phrase)) => phrases.interface.push(phrase),
                Some(("head", phrase)) => phrases.head.push(phrase),
                Some(("tail", phrase)) => phrases.tail.push(phrase),
                Some(("credit", phrase)) => phrases.credit.push(phrase),
                _ => {}
            }
        }
        phrases
    }

    /// Whether a line is a page's interface: from here on nothing is the article's.
    pub fn is_interface(&self, text: &str) -> bool {
        let text = text.trim();
        self.interface
            .iter()
            .any(|phrase| text == *phrase || (text.starts_with(phrase) && text.len() < 2 * phrase.len() + 12))
    }

    /// Whether a line may stand between title and article: bylines, subscription lines.
    pub fn is_head(&self, text: &str) -> bool {
        holds(&self.head, text)
    }

    /// Whether a line promotes something.
    pub fn is_tail(&self, text: &str) -> bool {
        holds(&self.tail, text)
    }

    /// Whether a line says where the article comes from or who made it.
    pub fn is_credit(&self, text: &str) -> bool {
        holds(&self.credit, text)
    }
}

/// Whether a text holds a phrase; `^` at a phrase's start means that the text begins with it.
fn holds(phrases: &[&str], text: &str) -> bool {
    let text = text.trim();
    phrases.iter().any(|phrase| match phrase.strip_prefix('^') {
        Some(start) => text.starts_with(start),
        None => text.contains(phrase),
    })
}
