//! Elements that are blocks: headings, lists with their items and numbers, quotes.

use super::Flow;
use crate::document::{BlockKind, Container, ContainerKind};
use crate::parse::tag::Tag;
use crate::text::SafeText;

/// Containers in one another; nobody follows more, and a hostile page has thousands.
const DEEPEST: usize = 32;

impl Flow<'_> {
    pub(super) fn block(&mut self, tag: &Tag) {
        self.end_block();
        let in_quote = self.containers.iter().any(|container| container.kind == ContainerKind::Quote);
        self.regions.follow(tag, self.blocks.len(), in_quote);
        self.elements.follow(tag);
        let name = tag.name.as_str();
        match (name, tag.is_end) {
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                let level = name.as_bytes().get(1).copied().map_or(1, |digit| digit - b'0');
                self.kind = BlockKind::Heading { level };
            }
            ("ul", false) => self.numbers.push(None),
            ("ol", false) => self.numbers.push(tag.attribute("start").and_then(|start| start.parse().ok()).or(Some(1))),
            ("ul" | "ol", true) => {
                // The end tag of its last item may be left out (HTML, "optional tags").
                self.close(|kind| matches!(kind, ContainerKind::Item { .. }), self.numbers.len());
                self.numbers.pop();
            }
            ("li", false) => {
                self.close(|kind| matches!(kind, ContainerKind::Item { .. }), self.numbers.len());
                let marker = self.marker();
                self.open(ContainerKind::Item { marker, tight: true });
            }
            ("li", true) => self.close(|kind| matches!(kind, ContainerKind::Item { .. }), self.numbers.len()),
            ("blockquote", false) => self.open(ContainerKind::Quote),
            ("blockquote", true) => self.close(|kind| matches!(kind, ContainerKind::Quote), 1),
            _ => {}
        }
    }

    fn open(&mut self, kind: ContainerKind) {
        if self.containers.len() >= DEEPEST {
            return;
        }
        self.containers.push(Container { id: self.next_id, kind });
        self.next_id += 1;
    }

    /// Closes the innermost container of a kind, and what is open inside it; at most `depth` of them stay open.
    fn close(&mut self, is_kind: impl Fn(&ContainerKind) -> bool, depth: usize) {
        let open = self.containers.iter().filter(|container| is_kind(&container.kind)).count();
        if open < depth.max(1) {
            return;
        }
        if let Some(index) = self.containers.iter().rposition(|container| is_kind(&container.kind)) {
            self.containers.truncate(index);
        }
    }

    fn marker(&mut self) -> SafeText {
        match self.numbers.last_mut() {
            Some(Some(number)) => {
                let marker = SafeText::line(&format!("{number}."));
                *number = number.saturating_add(1);
                marker
            }
            _ => SafeText::own("•"),
        }
    }
}
