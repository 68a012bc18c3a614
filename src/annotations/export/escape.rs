//! Text written so that Markdown reads it as it is.
//!
//! It refuses to carry markup over: what was a word in the article is a word in the export.

/// Text that Markdown reads as it is (`CommonMark` 2.4): what has a meaning there gets a backslash, every line end is a
/// hard one (6.7), an empty line parts paragraphs.
pub fn escape(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| escape_line(line.trim_matches([' ', '\t']))).collect();
    let mut escaped = String::new();
    for (index, line) in lines.iter().enumerate() {
        escaped += line;
        if let Some(next) = lines.get(index + 1) {
            escaped += if line.is_empty() || next.is_empty() { "\n" } else { "\\\n" };
        }
    }
    escaped
}

fn escape_line(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let mut before = ' ';
    let mut characters = line.chars().enumerate().peekable();
    while let Some((index, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        let has_meaning = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            // Between letters it is no mark (6.2).
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            // The beginning of a character reference (2.5).
            '&' => next == '#' || next.is_ascii_alphanumeric(),
            '#' | '>' | '+' | '-' | '=' | ':' => index == 0,
            // An item's number (5.2).
            '.' | ')' => index == digits && digits > 0,
            _ => false,
        };
        if has_meaning {
            escaped.push('\\');
        }
        escaped.push(character);
        before = character;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;
    use proptest::prelude::{prop_assert_eq, proptest};

    /// The text of a Markdown document as `CommonMark` reads it, a hard line end as `\n`, paragraphs parted by `\n\n`.
    fn read(markdown: &str) -> String {
        let arena = comrak::Arena::new();
        let mut options = comrak::Options::default();
        (options.extension.strikethrough, options.extension.table) = (true, true);
        options.extension.footnotes = true;
        options.extension.tasklist = true;
        let root = comrak::parse_document(&arena, markdown, &options);
        let mut text = String::new();
        for node in root.descendants() {
            match &node.data.borrow().value {
                comrak::nodes::NodeValue::Text(piece) => text += piece,
                comrak::nodes::NodeValue::LineBreak => text += "\n",
                comrak::nodes::NodeValue::Paragraph if !text.is_empty() => text += "\n\n",
                comrak::nodes::NodeValue::Document
                | comrak::nodes::NodeValue::Paragraph
                | comrak::nodes::NodeValue::BlockQuote => {}
                other => text += &format!("〔{other:?}〕"),
            }
        }
        text
    }

    #[test]
    fn what_has_a_meaning_is_escaped_and_nothing_else() {
        for (text, expected) in [
            ("水，深。", "水，深。"),
            ("**重**点", r"\*\*重\*\*点"),
            ("snake_case _x_", r"snake_case \_x\_"),
            ("1. 一", r"1\. 一"),
            ("3.14", r"3\.14"),
            ("# 题\n- 项", "\\# 题\\\n\\- 项"),
            ("一\n\n二", "一\n\n二"),
            ("a & b &amp; c", r"a & b \&amp; c"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }

    proptest! {
        #[test]
        fn what_comes_out_reads_as_what_went_in(
            lines in proptest::collection::vec(r"[-a-z0-9一二。*_`#>+=~|&;<\[\](){}!.:\\/\x22' ]{1,12}", 1..5),
        ) {
            let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
            let text = lines.join("\n");
            prop_assert_eq!(read(&escape(&text)), text.clone());
            let quoted: Vec<String> = escape(&text).lines().map(|line| format!("> {line}")).collect();
            prop_assert_eq!(read(&quoted.join("\n")), text);
        }
    }
}
