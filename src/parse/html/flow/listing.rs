//! Code that is set as a table, a row a line, its numbers in a column of their own: so forges and scripts for blogs show
//! files.
//!
//! It refuses to know their names: a cell that says which line it numbers tells.

use super::Flow;
use crate::parse::html::cells::Grid;
use crate::parse::tag::Tag;

/// A table of lines that is open.
#[derive(Debug)]
pub struct Listing {
    /// Whether what comes is code, and not a number or white space between cells.
    is_code: bool,
    /// Whether the table was taken for one that lays out.
    is_layout: bool,
}

/// Whether a cell numbers a line.
pub fn is_number(tag: &Tag) -> bool {
    !tag.is_end && matches!(tag.name.as_str(), "td" | "th") && tag.attribute("data-line-number").is_some()
}

impl Flow<'_> {
    /// Begins with the first cell that numbers a line; rows above it are a table.
    pub(super) fn begin_listing(&mut self) {
        let is_layout = self.grid.is_none();
        self.end_cell();
        let above = self.grid.take().map(Grid::finish).unwrap_or_default();
        if !above.text.trim().is_empty() {
            self.push(above);
        }
        self.end_block();
        self.start = self.line;
        self.listing = Some(Listing { is_code: false, is_layout });
    }

    /// Follows a tag inside.
    pub(super) fn in_listing(&mut self, tag: &Tag) {
        let Some(listing) = &mut self.listing else { return };
        match tag.name.as_str() {
            "td" | "th" => listing.is_code = !tag.is_end && !is_number(tag),
            "tr" if tag.is_end => self.preformatted.push('\n'),
            "br" if listing.is_code => self.preformatted.push('\n'),
            "table" if tag.is_end => {
                let is_layout = listing.is_layout;
                self.listing = None;
                self.end_block();
                self.laid_out = self.laid_out.saturating_sub(usize::from(is_layout));
                self.block(tag);
            }
            _ => {}
        }
    }

    /// Takes in text, if a listing is open.
    pub(super) fn is_listed(&mut self, text: &str) -> bool {
        let Some(listing) = &self.listing else { return false };
        if listing.is_code {
            self.preformatted.push_str(text.trim_end_matches('\n'));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::document::BlockKind;
    use crate::parse::Tables;
    use crate::parse::html::page;

    #[test]
    fn rows_with_numbers_are_lines() {
        let row = |number: u32, code: &str| {
            format!("<tr>\n<td data-line-number={number}></td>\n<td class=c>{code}</td>\n</tr>\n")
        };
        let rows = row(1, "<b>fn</b> main() {") + &row(2, "    pour(a &lt; b);") + &row(3, "") + &row(4, "}");
        let html = format!("<p>茶</p><table>{rows}</table><p>水</p><table><tr><td>甲<td>乙<tr><td>1<td>2</table>");
        let (blocks, _) = page(&html, 0, &Tables::built_in().pages);
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["茶", "fn main() {\n    pour(a < b);\n\n}", "水", "甲\t乙\n1\t2"]);
        assert!(matches!(blocks[1].kind, BlockKind::Code { .. }));
        let (blocks, _) = page(html.get(..html.len() / 2).unwrap(), 0, &Tables::built_in().pages);
        assert!(blocks[1].text.starts_with("fn main() {"), "{blocks:?}");
    }
}
