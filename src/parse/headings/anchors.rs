//! Marks that converters leave at the end of headings: `{#id}`, and permalinks such as `¶`.

use crate::document::{Block, Inline};
use crate::text::SafeText;

/// What permalinks show.
const PERMALINKS: &[&str] = &["#", "¶", "§", "🔗", "⚓", "\u{21a9}", "Permalink"];

/// Takes such marks off the headings.
pub fn strip(blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| block.heading_level().is_some()) {
        let end = end_of_title(block);
        if end < block.text.len() && end > 0 {
            block.add_names(block.text.get(end..).and_then(identifier));
            block.text = SafeText::body(block.text.get(..end).unwrap_or_default());
            for styled in &mut block.styles {
                styled.range.end = styled.range.end.min(end as u32);
            }
            block.styles.retain(|styled| styled.range.start < styled.range.end);
        }
    }
}

fn end_of_title(block: &Block) -> usize {
    let text = block.text.trim_end();
    // Attributes of pandoc, kramdown and Hugo.
    let text = match text.rfind('{') {
        Some(open) if text.ends_with('}') && text.get(open..).is_some_and(is_attributes) => {
            text.get(..open).unwrap_or_default().trim_end()
        }
        _ => text,
    };
    let is_permalink = |style: &Inline| matches!(style, Inline::Link { url } if url.contains('#'));
    let last = block.styles.iter().filter(|styled| is_permalink(&styled.style)).max_by_key(|styled| styled.range.end);
    let linked =
        last.filter(|styled| styled.range.end as usize >= text.len()).map(|styled| styled.range.start as usize);
    let mark = linked.and_then(|start| text.get(start..)).map(str::trim);
    match (mark, linked) {
        (Some(mark), Some(start)) if PERMALINKS.contains(&mark) => {
            text.get(..start).unwrap_or_default().trim_end().len()
        }
        _ => text.strip_suffix('¶').map_or(text, str::trim_end).len(),
    }
}

/// The name in attributes: `{#name .class}`.
fn identifier(attributes: &str) -> Option<SafeText> {
    let (_, rest) = attributes.split_once('#').filter(|_| attributes.contains('{'))?;
    let name = rest.split([' ', '}']).next().filter(|name| !name.is_empty())?;
    Some(SafeText::line(name))
}

fn is_attributes(text: &str) -> bool {
    text.starts_with("{#") || text.starts_with("{.") || text.starts_with("{:")
}
