//! How headings are numbered, and which numbering stands above which.

/// A way of numbering, the higher in a document's order first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Numbering {
    /// `第一章`, `Part 1`.
    Chapter,
    /// `一、`.
    Han,
    /// `（一）`.
    HanInBrackets,
    /// `1.`, `01`, `1、`.
    Digits,
    /// `1.1`.
    Dotted,
    /// `（1）`, `①`.
    DigitsInBrackets,
    /// None.
    Plain,
}

const HAN_DIGITS: &str = "〇零一二三四五六七八九十百";

impl Numbering {
    /// How a heading is numbered.
    pub fn of(heading: &str) -> Self {
        let text = heading.trim_start();
        let is_han = |c: char| HAN_DIGITS.contains(c);
        let after = |text: &str, is_number: fn(char) -> bool| {
            let end = text.find(|c: char| !is_number(c)).unwrap_or(text.len());
            (end > 0).then(|| text.get(end..).unwrap_or_default().to_owned())
        };
        let han = |text: &str| {
            let end = text.find(|c: char| !is_han(c)).unwrap_or(text.len());
            (end > 0).then(|| text.get(end..).unwrap_or_default().to_owned())
        };
        let digits = |text: &str| after(text, |c| c.is_ascii_digit());
        let lower = text.get(..text.len().min(8)).unwrap_or_default().to_ascii_lowercase();
        if text.starts_with('第') || ["part", "chapter"].iter().any(|word| lower.starts_with(word)) {
            return Self::Chapter;
        }
        if han(text).is_some_and(|rest| rest.starts_with(['、', '.', '．', ' ', '，', ':', '：'])) {
            return Self::Han;
        }
        if let Some(inner) = text.strip_prefix(['（', '(']) {
            let closes = |rest: Option<String>| rest.is_some_and(|rest| rest.starts_with(['）', ')']));
            if closes(han(inner)) {
                return Self::HanInBrackets;
            }
            if closes(digits(inner)) {
                return Self::DigitsInBrackets;
            }
        }
        if text.starts_with(|c: char| matches!(c, '①'..='⑳')) {
            return Self::DigitsInBrackets;
        }
        match digits(text) {
            Some(rest) if rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) => {
                Self::Dotted
            }
            Some(rest) if rest.starts_with(['.', '、', '．', ' ', '/', '|', ')']) || rest.is_empty() => Self::Digits,
            _ => Self::Plain,
        }
    }

    /// The numberings that some headings use, the highest first. Headings without a number stand beside the highest.
    pub fn ladder(headings: impl Iterator<Item = Self>) -> Vec<Self> {
        let mut used: Vec<Self> = headings.collect();
        used.sort_unstable();
        used.dedup();
        used
    }
}

#[cfg(test)]
mod tests {
    use super::Numbering;

    #[test]
    fn forms() {
        for (heading, numbering) in [
            ("第三章 归来", Numbering::Chapter),
            ("一、背景", Numbering::Han),
            ("（二）方法", Numbering::HanInBrackets),
            ("1. Scope", Numbering::Digits),
            ("01", Numbering::Digits),
            ("2.1 范围", Numbering::Dotted),
            ("（3）其他", Numbering::DigitsInBrackets),
            ("② 再说", Numbering::DigitsInBrackets),
            ("一个人的书房", Numbering::Plain),
            ("2024年的茶", Numbering::Plain),
        ] {
            assert_eq!(Numbering::of(heading), numbering, "{heading}");
        }
    }
}
