//! Marks at the end of headings that say what links call them: `{#id}`, permalinks such as `¶` that converters leave,
//! the tags at the right margin of Vim's help.

use crate::document::{Block, Inline};
use crate::parse::tables::pages::{Kind, Pages};
use crate::text::SafeText;

/// Takes such marks off the headings.
pub fn strip(blocks: &mut [Block], pages: &Pages) {
    for block in blocks.iter_mut().filter(|block| block.heading_level().is_some()) {
        let end = end_of_title(block, pages);
        if end < block.text.len() && end > 0 {
            block.add_names(names(block.text.get(end..).unwrap_or_default()));
            block.text = SafeText::body(block.text.get(..end).unwrap_or_default());
            for styled in &mut block.styles {
                styled.range.end = styled.range.end.min(end as u32);
            }
            block.styles.retain(|styled| styled.range.start < styled.range.end);
        }
    }
}

fn end_of_title(block: &Block, pages: &Pages) -> usize {
    let text = block.text.trim_end();
    // Attributes of pandoc, kramdown and Hugo.
    let open = if text.ends_with('}') { text.rfind('{') } else { None };
    let text = match open {
        Some(open) if text.get(open..).is_some_and(is_attributes) => text.get(..open).unwrap_or_default().trim_end(),
        _ => without_tags(text),
    };
    let is_permalink = |style: &Inline| matches!(style, Inline::Link { url } if url.contains('#'));
    let last = block.styles.iter().filter(|styled| is_permalink(&styled.style)).max_by_key(|styled| styled.range.end);
    let linked =
        last.filter(|styled| styled.range.end as usize >= text.len()).map(|styled| styled.range.start as usize);
    let mark = linked.and_then(|start| text.get(start..)).map(str::trim);
    match (mark, linked) {
        (Some(mark), Some(start)) if pages.words(Kind::Permalink).any(|shown| shown == mark) => {
            text.get(..start).unwrap_or_default().trim_end().len()
        }
        _ => text.strip_suffix('¶').map_or(text, str::trim_end).len(),
    }
}

/// The names in what was taken off: `{#name .class}`, `*name* *other-name*`.
fn names(marks: &str) -> Vec<SafeText> {
    if let Some((_, rest)) = marks.split_once("{#") {
        let name = rest.split([' ', '}']).next().filter(|name| !name.is_empty());
        return name.map(SafeText::line).into_iter().collect();
    }
    marks.split_whitespace().filter_map(tag).map(SafeText::line).collect()
}

/// The name in a tag: `*name*`.
fn tag(word: &str) -> Option<&str> {
    let name = word.strip_prefix('*')?.strip_suffix('*')?;
    (!name.is_empty() && !name.contains('*')).then_some(name)
}

/// A line without the tags at its right margin, which a gap parts from what it says.
fn without_tags(line: &str) -> &str {
    if !line.ends_with('*') {
        return line;
    }
    let mut rest = line;
    while let Some((before, _)) = rest.rsplit_once([' ', '\t']).filter(|(_, last)| tag(last).is_some()) {
        rest = before.trim_end();
        if before.len() > rest.len() {
            return rest;
        }
    }
    line
}

fn is_attributes(text: &str) -> bool {
    text.starts_with("{#") || text.starts_with("{.") || text.starts_with("{:")
}

#[cfg(test)]
mod tests {
    use crate::document::Block;
    use crate::parse::{Hint, parse};
    use crate::text::SafeText;

    /// The headings of a text, each with its names.
    #[track_caller]
    fn check(name: &str, text: &str, headings: &[&str]) {
        let document = parse(text.as_bytes(), &Hint::named(name));
        let blocks = document.blocks.iter().filter(|block| block.heading_level().is_some());
        let said = |block: &Block| {
            let names: Vec<&str> = block.names.iter().map(SafeText::as_str).collect();
            format!("{} {}", block.text, names.join(" "))
        };
        let found: Vec<String> = blocks.map(said).collect();
        assert_eq!(found, headings, "{text}");
    }

    #[test]
    fn marks_are_names() {
        check("a.md", "## 水 {#water .big}\n\n文。\n\n## 火 {.big}\n\n文。\n", &["水 water", "火 "]);
        check("a.md", "## A  *b*\n\n文。\n\n## 2 * 3 *\n\n文。\n", &["A  b ", "2 * 3 * "]);
        let rule = "=".repeat(60);
        let section = |number: u32, title: &str, tags: &str| {
            format!(
                "{rule}\n{number}. {title}\t\t\t\t{tags}\n\nThe kettle is of iron, and the water comes from the hill.\n\n"
            )
        };
        let help = section(1, "Water", "*tea-water* *E42*") + &section(2, "Fire", "*tea-fire*");
        check("a.txt", &format!("Tea\n\n{help}"), &["1. Water tea-water E42", "2. Fire tea-fire"]);
    }
}
