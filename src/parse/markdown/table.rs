//! Tables as Markdown's parser gives them. What is no row of one is not its matter.

use crate::document::Alignment;
use crate::parse::inlines::Inlines;
use crate::parse::rows::TableBuilder;
use comrak::nodes::{Node, NodeTable, TableAlignment};

/// Adds the rows of a table, those at its head aside that are known.
pub fn rows(table: Node<'_>, known: usize, builder: &mut TableBuilder) {
    let mut inlines = Inlines::default();
    for row in table.children().skip(known) {
        for node in row.children() {
            inlines.read(node);
            cell(&mut inlines, builder);
        }
        builder.end_row();
    }
}

/// Adds a cell with some text.
pub fn cell(inlines: &mut Inlines, builder: &mut TableBuilder) {
    inlines.name_images();
    let (text, styles) = inlines.finish();
    builder.cell(&text, styles);
}

/// How the columns of a table are aligned.
pub fn alignments(shape: &NodeTable) -> Vec<Alignment> {
    let alignments = shape.alignments.iter().map(|alignment| match alignment {
        TableAlignment::Center => Alignment::Center,
        TableAlignment::Right => Alignment::End,
        TableAlignment::None | TableAlignment::Left => Alignment::Start,
    });
    alignments.collect()
}
