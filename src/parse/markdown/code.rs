//! Which lines are code: those between fences, and those in `<pre>`.
//!
//! It refuses to parse: a line is judged by itself and by what was opened before it.

/// What is open while the lines of a text are gone through.
#[derive(Debug, Default)]
pub struct Code {
    /// The mark of the open fence, and how many there are.
    fence: Option<(char, usize)>,
    is_pre: bool,
}

impl Code {
    /// Whether the next line is code, or opens or closes it.
    pub fn holds(&mut self, line: &str) -> bool {
        if let Some((mark, length)) = self.fence {
            let marks = line.trim_start_matches([' ', '>']).trim_end();
            // A closing fence is as long as the opening one, and nothing stands behind it (CommonMark 4.5).
            if marks.len() >= length && marks.chars().all(|c| c == mark) {
                self.fence = None;
            }
            return true;
        }
        if self.is_pre {
            self.is_pre = !line.contains("</pre");
            return true;
        }
        self.fence = fence_of(line).and_then(|fence| {
            let mark = fence.chars().next()?;
            let marks = line.trim_start_matches([' ', '>']);
            Some((mark, marks.len() - marks.trim_start_matches(mark).len()))
        });
        self.is_pre = line.contains("<pre") && !line.contains("</pre");
        self.fence.is_some() || self.is_pre
    }
}

/// The fence that opens or closes a code block on this line (`CommonMark` 4.5).
pub fn fence_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '>']);
    let fence = ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence))?;
    // Behind a fence of backticks stands none: that is code within a line.
    let is_span = fence == "```" && line.trim_start_matches('`').contains('`');
    (!is_span).then_some(fence)
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn fences_and_preformatted_text() {
        let text = "a\n```md\nb\n```js\nc\n````\nd\n<pre>\ne\n</pre>\nf\n~~~~\ng\n~~~\nh\n~~~~\ni\n`` ` `` a\nj";
        let mut code = Code::default();
        let prose: String = text.lines().filter(|line| !code.holds(line)).filter(|line| line.len() == 1).collect();
        assert_eq!(prose, "adfij");
    }
}
