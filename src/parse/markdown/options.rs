//! What the parser is asked to look for: `CommonMark`, and of its extensions those that a text has a use for.
//!
//! It refuses to leave out what a text may hold: an extension is off only where the marks are missing without which it
//! reads nothing. Some are tried at every line, whether their marks are there or not.

use super::code::lines;
use super::stretch::is_delimiter;
use comrak::Options;
use memchr::memmem;

/// What a text is parsed with.
pub fn of(text: &str, has_formulas: bool) -> Options<'static> {
    let holds = |marks: &str| memmem::find(text.as_bytes(), marks.as_bytes()).is_some();
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = has_tables(text);
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = holds("[^");
    extension.alerts = true;
    extension.wikilinks_title_after_pipe = true;
    extension.highlight = true;
    extension.math_dollars = has_formulas;
    extension.block_directive = holds(":::");
    extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options.parse.relaxed_tasklist_matching = true;
    options
}

/// Whether a line may be the one below a table's header. It has a bar, or colons at its dashes: dashes alone are a
/// heading's or a rule.
fn has_tables(text: &str) -> bool {
    let is_of_table = |line: &str| ["|", ":-", "-:"].iter().any(|marks| line.contains(marks));
    // Most lines are told from it by their first byte: sooner than the marks are found, which stand anywhere.
    lines(text).any(|line| is_delimiter(line) && is_of_table(line))
}

#[cfg(test)]
mod tests {
    use super::of;

    /// Which of tables, notes and containers are looked for.
    #[track_caller]
    fn check(text: &str, expected: [bool; 3]) {
        let extension = of(text, false).extension;
        assert_eq!([extension.table, extension.footnotes, extension.block_directive], expected, "{text}");
    }

    #[test]
    fn what_a_text_has_no_marks_of_is_not_looked_for() {
        check("茶 | 水\n\n---\n\n- 炭 | 火\n", [false; 3]);
        for table in ["茶|水\n-|-\n", "> 茶\n> :-\n", "- 茶 | 水\n  --- | ---\n", "茶\n|-", "茶|水\n-|-\u{c}\n"]
        {
            check(table, [true, false, false]);
        }
        check("茶[^1]\n", [false, true, false]);
        check("> :::note\n", [false, false, true]);
    }
}
