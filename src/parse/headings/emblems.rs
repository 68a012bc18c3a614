//! Lines that one and the same sign sets apart from the text: `■ 茶`, `📌 茶`, `【茶】`, where nothing else shows sections.
//!
//! It refuses lists: no such line follows another at once.

use super::BARE;
use super::look::Look;
use crate::document::{Block, BlockKind};
use crate::parse::tables::Tables;
use std::collections::BTreeMap;

/// Lines with a sign that make it one of headings.
const SEVERAL: usize = 3;
/// Cells of the longest such line.
const WIDEST: usize = 64;
/// Signs that begin what is said, noted or listed.
const OTHERS: &str = "“‘”’„‚«»‹›¿¡「『《〈（［—–…・·•※＊→↓↑○◯";

/// Turns such lines into headings; whether there are any.
pub fn promote(blocks: &mut [Block], tables: &Tables) -> bool {
    let mut found: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        // Hardly a line begins so.
        let Some(sign) = emblem(&block.text) else { continue };
        let is_title = |look: &Look| !look.is_link && look.cells <= WIDEST && !look.is_wordy && !look.is_offer;
        if Look::of(block, tables).as_ref().is_some_and(is_title) {
            found.entry(sign).or_default().push(index);
        }
    }
    let shown = |index: &usize| {
        let after = blocks.get(index + 1..).unwrap_or_default();
        after.iter().position(|block| !matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule))
    };
    let stand_apart = |lines: &&Vec<usize>| {
        let has_text = |index: &usize| {
            let next = shown(index).map(|after| index + 1 + after);
            next.is_some_and(|next| lines.binary_search(&next).is_err())
        };
        lines.len() >= SEVERAL && lines.len() * 2 <= blocks.len() && lines.iter().all(has_text)
    };
    let Some(lines) = found.into_values().max_by_key(Vec::len) else { return false };
    if !stand_apart(&&lines) {
        return false;
    }
    for index in lines {
        if let Some(block) = blocks.get_mut(index) {
            block.kind = BlockKind::Heading { level: BARE };
        }
    }
    true
}

/// The sign that a line begins with, if it may set the line apart.
fn emblem(text: &str) -> Option<char> {
    let text = text.trim();
    let sign = text.chars().next().filter(|c| !c.is_ascii() && !c.is_alphanumeric() && !OTHERS.contains(*c))?;
    (sign != '【' || text.ends_with('】')).then_some(sign)
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// The outline of a text; `…` stands for a sentence.
    #[track_caller]
    fn check(file: &str, lines: &[&str], outline: &str) {
        let prose = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收。";
        let text = lines.join("\n\n").replace('…', prose);
        let document = parse(text.as_bytes(), &Hint::named(file));
        let found: Vec<&str> = document.outline.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(found.join("|"), outline, "{text}");
    }

    #[test]
    fn lines_with_a_sign() {
        let lines = ["# 集市", "…", "📌旧书摊", "…", "📌茶棚", "![](a.png)", "…", "📌渡口", "…", "天黑以后", "…"];
        check("a.md", &lines, "📌旧书摊|📌茶棚|📌渡口");
        check(
            "a.txt",
            &["集市", "…", "【旧书摊】", "…", "【茶棚】", "…", "【渡口】", "…"],
            "【旧书摊】|【茶棚】|【渡口】",
        );
    }

    #[test]
    fn lists_are_none() {
        check("a.md", &["# 集市", "…", "■ 旧书", "■ 茶", "■ 船", "…", "■ 人", "…"], "");
        check("a.md", &["# 集市", "…", "## 书", "🌱 旧书", "…", "🌱 茶", "…", "🌱 船", "…"], "书");
    }
}
