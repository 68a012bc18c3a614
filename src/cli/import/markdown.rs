//! A document as Markdown: each block written, read back, and written with more caution if it did not read the same.
//!
//! It refuses to change the text: what no markup can say becomes plain text.

use super::escape::{Caution, address};
use super::inlines::{Style, inlines};
use crate::document::{Alignment, Block, BlockKind, Container, ContainerKind, Document, Inline, Scope, Table};
use crate::parse::markdown;
use std::collections::HashSet;

/// Writes what is shown of a document, blocks separated by blank lines.
pub fn write(document: &Document, scope: Scope) -> String {
    let blocks: Vec<&Block> = document.shown(scope).map(|(_, block)| block).collect();
    // Level 1 stands below the title, which is a heading of its own in most readers.
    let deepest = blocks.iter().filter_map(|block| block.heading_level()).max().unwrap_or(1);
    let shift = u8::from(deepest < 6);
    let notes = notes(&blocks);
    let mut writer = Writer { out: String::new(), before: &[], shift, notes: &notes };
    for block in blocks {
        writer.block(block);
    }
    writer.out
}

/// The labels of the notes that have both a reference and a definition, and can be written as such.
fn notes(blocks: &[&Block]) -> HashSet<String> {
    let referred: HashSet<&str> = blocks
        .iter()
        .flat_map(|block| &block.styles)
        .filter_map(|styled| match &styled.style {
            Inline::FootnoteReference { label } => Some(label.as_str()),
            _ => None,
        })
        .collect();
    let defined = blocks.iter().filter_map(|block| note(block.containers.first()?));
    let is_label = |label: &&str| !label.is_empty() && !label.contains([' ', '[', ']', '^', '\\', '`', '\u{3000}']);
    defined.filter(|label| referred.contains(label)).filter(is_label).map(str::to_owned).collect()
}

fn note(container: &Container) -> Option<&str> {
    match &container.kind {
        ContainerKind::Footnote { label } => Some(label.as_str()),
        _ => None,
    }
}

struct Writer<'a> {
    out: String,
    /// The containers of the block before.
    before: &'a [Container],
    shift: u8,
    notes: &'a HashSet<String>,
}

impl<'a> Writer<'a> {
    fn block(&mut self, block: &'a Block) {
        let text = self.cautiously(block);
        if text.is_empty() {
            return;
        }
        let text = anchored(text, block);
        let containers = &*block.containers;
        let common = containers.iter().zip(self.before).take_while(|(one, other)| one.id == other.id).count();
        self.separate(containers, common);
        let opened: String = containers
            .iter()
            .enumerate()
            .map(|(depth, container)| match depth {
                depth if depth < common => self.rest(container, depth),
                depth => self.first(container, depth),
            })
            .collect();
        let further: String =
            containers.iter().enumerate().map(|(depth, container)| self.rest(container, depth)).collect();
        for (index, line) in text.lines().enumerate() {
            let prefix = if index == 0 { &opened } else { &further };
            let line = format!("{prefix}{line}");
            self.out.push_str(line.trim_end_matches(' '));
            self.out.push('\n');
        }
        self.before = containers;
    }

    /// The blank line between blocks, and what keeps two lists apart.
    fn separate(&mut self, containers: &[Container], common: usize) {
        if self.out.is_empty() {
            return;
        }
        let (last, next) = (self.before.get(common), containers.get(common));
        let prefix: String =
            containers.iter().take(common).enumerate().map(|(depth, one)| self.rest(one, depth)).collect();
        let is_tight = match (last.map(|one| &one.kind), next.map(|one| &one.kind)) {
            (Some(ContainerKind::Item { .. }), Some(ContainerKind::Item { tight, .. })) => *tight,
            (None, Some(ContainerKind::Item { tight, .. })) => {
                // A list inside an item of a tight one.
                *tight
                    && common > 0
                    && matches!(containers.get(common - 1).map(|one| &one.kind), Some(ContainerKind::Item { .. }))
            }
            _ => false,
        };
        let blank = format!("{}\n", prefix.trim_end());
        if !is_tight {
            self.out.push_str(&blank);
        }
        if let (Some(last), Some(next)) = (last.and_then(number), next.and_then(number))
            && next != last + 1
        {
            // Numbers that start anew begin a list of their own.
            self.out.push_str(&format!("{prefix}<!-- -->\n{blank}"));
        }
    }

    /// What stands before the first line in a container.
    fn first(&self, container: &Container, depth: usize) -> String {
        match &container.kind {
            ContainerKind::Quote => "> ".to_owned(),
            ContainerKind::Item { marker, .. } => match marker.as_str() {
                "☐" => "- [ ] ".to_owned(),
                "☑" => "- [x] ".to_owned(),
                "+" => "+ ".to_owned(),
                marker if number(container).is_some() => format!("{marker} "),
                _ => "- ".to_owned(),
            },
            ContainerKind::Footnote { label } if depth == 0 && self.notes.contains(label.as_str()) => {
                format!("[^{label}]: ")
            }
            ContainerKind::Footnote { .. } => String::new(),
            // The line of an alert's title would need the prefixes of what it stands in.
            ContainerKind::Alert { .. } if depth > 0 => "> ".to_owned(),
            ContainerKind::Alert { title } => {
                const KINDS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];
                let is_kind = KINDS.contains(&title.to_lowercase().as_str());
                let head = if is_kind { format!("[!{}]", title.to_uppercase()) } else { format!("[!NOTE] {title}") };
                format!("> {head}\n> ")
            }
        }
    }

    /// What stands before the other lines in a container.
    fn rest(&self, container: &Container, depth: usize) -> String {
        match &container.kind {
            ContainerKind::Quote | ContainerKind::Alert { .. } => "> ".to_owned(),
            ContainerKind::Item { marker, .. } if number(container).is_some() => " ".repeat(marker.len() + 1),
            ContainerKind::Item { .. } => "  ".to_owned(),
            ContainerKind::Footnote { label } if depth == 0 && self.notes.contains(label.as_str()) => "    ".to_owned(),
            ContainerKind::Footnote { .. } => String::new(),
        }
    }

    /// A block without its containers, with as little caution as it can be read back with.
    fn cautiously(&self, block: &Block) -> String {
        for caution in [Caution::Usual, Caution::Great] {
            let text = self.written(block, caution);
            if reads_as(&text, block) {
                return text;
            }
        }
        self.written(block, Caution::Plain)
    }

    fn written(&self, block: &Block, caution: Caution) -> String {
        let style = |one_line| Style { caution, one_line, notes: self.notes };
        let whole = 0..block.text.len();
        match &block.kind {
            BlockKind::Paragraph => inlines(block, whole, &style(false)),
            BlockKind::Heading { level } => {
                format!(
                    "{} {}",
                    "#".repeat(usize::from((level + self.shift).min(6))),
                    inlines(block, whole, &style(true))
                )
            }
            BlockKind::Code { info } => code(&block.text, info),
            BlockKind::Table(shape) => table(block, shape, &style(true)),
            BlockKind::Rule => "***".to_owned(),
            BlockKind::Image { url } => format!("![{}]({})", inlines(block, whole, &style(true)), address(url)),
        }
    }
}

/// A block with the name that links call it; beside the signs of a block that is no paragraph it would be text of it.
fn anchored(text: String, block: &Block) -> String {
    let Some(name) = block.names.first() else { return text };
    let gap = if block.kind == BlockKind::Paragraph { "" } else { "\n\n" };
    format!("<a id=\"{}\"></a>{gap}{text}", html_escape::encode_double_quoted_attribute(name.as_str()))
}

/// The number of an item, if its list counts.
fn number(container: &Container) -> Option<u32> {
    match &container.kind {
        ContainerKind::Item { marker, .. } => {
            marker.strip_suffix('.')?.parse().ok().filter(|number| *number < 1_000_000_000)
        }
        _ => None,
    }
}

/// A fenced block, its fence longer than any inside (`CommonMark` 4.5).
fn code(text: &str, info: &str) -> String {
    let mark = if info.contains('`') { '~' } else { '`' };
    let longest = text.split(|c| c != mark).map(str::len).max().unwrap_or(0);
    let fence = mark.to_string().repeat(longest.max(2) + 1);
    format!("{fence}{info}\n{text}\n{fence}")
}

fn table(block: &Block, shape: &Table, style: &Style) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines: Vec<String> = shape
        .rows
        .iter()
        .map(|cells| {
            let cell = |cell: &std::ops::Range<u32>| {
                let written = inlines(block, cell.start as usize..cell.end as usize, style);
                // A cell ends at any `|`, even in code (GFM 4.10).
                if style.caution == Caution::Usual { written.replace('|', "\\|") } else { written }
            };
            row(cells.iter().map(cell).collect())
        })
        .collect();
    let delimiters = shape.alignments.iter().map(|alignment| match alignment {
        Alignment::Start => "---".to_owned(),
        Alignment::Center => ":-:".to_owned(),
        Alignment::End => "--:".to_owned(),
    });
    lines.insert(1.min(lines.len()), row(delimiters.collect()));
    lines.join("\n")
}

/// Whether Markdown reads as one block of the same kind and text; white space aside, since breaks in mid-sentence are
/// mended when they are read.
fn reads_as(text: &str, block: &Block) -> bool {
    // A reference to a note reads as text where the note is not at hand.
    let plain = |text: &str| text.replace("[^", "[").split_whitespace().collect::<String>();
    let is_the_same = |read: &Block| {
        std::mem::discriminant(&read.kind) == std::mem::discriminant(&block.kind)
            && plain(&read.text) == plain(&block.text)
    };
    let is_alone = matches!(markdown::blocks(text, 0).as_slice(), [read] if is_the_same(read));
    // Beside formulas signs are read that are text elsewhere.
    let beside = || markdown::blocks(&format!("{text}\n\n$$\nx\n$$\n"), 0);
    is_alone && (!text.contains('$') || matches!(beside().as_slice(), [read, _] if is_the_same(read)))
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::document::Scope;
    use crate::document::{Block, BlockKind, Container, ContainerKind, Document, Inline, Styled};
    use crate::parse::{Hint, markdown, parse};
    use crate::text::SafeText;
    use proptest::collection::vec;
    use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};

    /// What a page's body becomes.
    #[track_caller]
    fn check(html: &str, markdown: &str) {
        let document =
            parse(format!("<html><title>纸</title><body>{html}</body></html>").as_bytes(), &Hint::named("a.html"));
        assert_eq!(write(&document, Scope::File), markdown, "{html}");
    }

    #[test]
    fn text_and_styles() {
        check(
            "<p>一<b> 二 </b>三<i>四</i>，<code>a`b</code>，<a href='https://example.com/a(b)'>五</a>。</p>",
            "一 **二** 三*四*，``a`b``，[五](<https://example.com/a(b)>)。\n",
        );
        check(
            "<p>a<b>&quot;b&quot;</b>c <del>d</del> <mark>e</mark> f*g</p>",
            "a<strong>\\\"b\\\"</strong>c <del>d</del> <mark>e</mark> f\\*g\n",
        );
        check("<p># 一<br>1. 二<br>三</p>", "\\# 一\\\n1\\. 二\\\n三\n");
        check(
            "<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>と<ruby>SQL<rt>エス</rt></ruby></p>",
            "<ruby>漢<rt>かん</rt></ruby><ruby>字<rt>じ</rt></ruby>と<ruby>SQL<rt>エス</rt></ruby>\n",
        );
    }

    #[test]
    fn what_the_text_says_of_its_lines_is_kept() {
        check(
            "<p>一个ty&shy;po<b>gra&shy;phy</b>，get<wbr>Name，十&NoBreak;里，一&#8203;二。<code>a&shy;b</code></p>",
            "一个ty&shy;po**gra&shy;phy**，get<wbr>Name，十&NoBreak;里，一二。`ab`\n",
        );
        let read = markdown::blocks("ty&shy;po、get<wbr>Name、十&NoBreak;里\n", 0);
        assert_eq!(
            read.iter().map(|block| (block.text.as_str(), block.styles.len())).collect::<Vec<_>>(),
            [("typo、getName、十里", 3)]
        );
    }

    #[test]
    fn blocks_and_containers() {
        check(
            "<h2>题</h2><p>文。</p><h3>节<br>下</h3><hr><pre>a\n\n```</pre><img src='a.png' alt='图[1]'>",
            "## 题\n\n文。\n\n### 节<br>下\n\n***\n\n````\na\n\n```\n````\n\n![图\\[1\\]](a.png)\n",
        );
        check(
            "<ul><li>一<ul><li>二</li></ul></li><li>三</li></ul><p>四</p><ol start=9><li>五</li><li>六<p>七</p></li></ol>",
            "- 一\n  - 二\n- 三\n\n四\n\n9. 五\n10. 六\n\n    七\n",
        );
        check(
            "<blockquote><p>一</p><ul><li>二</li></ul></blockquote><blockquote>三</blockquote>",
            "> 一\n>\n> - 二\n\n> 三\n",
        );
        check("<ol><li>一</li></ol><ol><li>二</li></ol>", "1. 一\n<!-- -->\n\n1. 二\n");
        check(
            "<table><tr><th>甲|乙</th><th>丙</th></tr><tr><td><b>一</b></td></tr></table>",
            "| 甲\\|乙 | 丙 |\n| --- | --- |\n| **一** |  |\n",
        );
    }

    #[test]
    fn empty_and_spanned_cells_keep_their_columns() {
        check(
            "<table><tr><th>甲</th><th>乙</th><th>丙</th></tr><tr><td>a</td><td></td><td>3</td></tr>\
             <tr><td></td><td colspan=2>4</td></tr></table>",
            "| 甲 | 乙 | 丙 |\n| --- | --- | --- |\n| a |  | 3 |\n|  | 4 |  |\n",
        );
        check("<table><tr><td><h2>茶</h2><p>水。</p></td></tr></table>", "## 茶\n\n水。\n");
    }

    #[test]
    fn what_is_escaped_reads_as_it_was() {
        let read = |markdown: &str| {
            markdown::blocks(markdown, 0).iter().map(|block| block.text.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(read("a\\!\\\nb\\!\\\n\\# c\n"), ["a!\nb!\n# c"]);
        assert_eq!(read("``` !a`` ```\n\n## b\n"), ["!a``", "b"]);
    }

    #[test]
    fn signs_are_escaped_that_would_be_read_beside_a_formula() {
        check("<p>A$<del>。$a</del></p>", "A\\$<del>。\\$a</del>\n");
        check("<p>价 $5 和 $10。</p>", "价 $5 和 $10。\n");
    }

    /// A block of any text with any styles.
    fn any_block() -> impl Strategy<Value = Block> {
        let style = prop_oneof![
            Just(Inline::Strong),
            Just(Inline::Emphasis),
            Just(Inline::Dotted),
            Just(Inline::Strikethrough),
            Just(Inline::Marked),
            Just(Inline::Code),
            Just(Inline::Ruby),
            Just(Inline::Link { url: SafeText::line("https://example.com/a_(b)") }),
            Just(Inline::FootnoteReference { label: SafeText::line("1") }),
        ];
        let styles = vec((0_usize..40, 0_usize..40, style), 0..6);
        let kind = prop_oneof![
            3 => Just(BlockKind::Paragraph),
            1 => (1_u8..4).prop_map(|level| BlockKind::Heading { level }),
            1 => Just(BlockKind::Code { info: SafeText::line("rust") }),
        ];
        ("[ -~\n一二。，“（]{0,20}[a-z一][ -~\n一二。，“（]{0,20}", styles, kind).prop_map(|(text, styles, kind)| {
            // Two line ends part paragraphs wherever they stand.
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let text = SafeText::body(&lines.join("\n"));
            let place = |byte: usize| text.floor_char_boundary(byte) as u32;
            let mut styles: Vec<Styled> = styles
                .into_iter()
                .map(|(one, other, style)| Styled { range: place(one.min(other))..place(one.max(other)), style })
                .filter(|styled| !styled.range.is_empty())
                .collect();
            styles.sort_by_key(|styled| (styled.range.start, std::cmp::Reverse(styled.range.end)));
            Block { kind, text, styles, ..Block::default() }
        })
    }

    /// Some blocks' texts without white space, and what the blocks are.
    fn read(blocks: &[Block]) -> Vec<(String, std::mem::Discriminant<BlockKind>)> {
        let words = |text: &str| text.split_whitespace().collect::<String>();
        let is_empty = |block: &&Block| block.text.trim().is_empty();
        let kept = blocks.iter().filter(|block| !is_empty(block));
        kept.map(|block| (words(&block.text), std::mem::discriminant(&block.kind))).collect()
    }

    proptest! {
        #[test]
        fn any_text_reads_the_same(blocks in vec(any_block(), 1..4), depth in 0_usize..3) {
            let blocks: Vec<Block> = blocks.into_iter().enumerate().map(|(index, block)| {
                let kind = |depth: usize| match depth {
                    0 => ContainerKind::Quote,
                    1 => ContainerKind::Item { marker: SafeText::line("•"), tight: false },
                    _ => ContainerKind::Item { marker: SafeText::line("1."), tight: true },
                };
                let id = |depth: usize| (depth * 10 + index / 2) as u32;
                let containers = (0..depth).map(|depth| Container { id: id(depth), kind: kind(depth) }).collect();
                Block { containers, ..block }
            }).collect();
            let document = Document { blocks, ..Document::default() };
            let written = write(&document, Scope::File);
            prop_assert_eq!(read(&markdown::blocks(&written, 0)), read(&document.blocks), "{}", written);
        }
    }
}
