//! Which lines are code: those between fences, and those in `<pre>`.
//!
//! It refuses to parse: a line is judged by itself and by what was opened before it.

use memchr::{memchr, memchr_iter, memchr3, memmem, memrchr};

/// What stands in every line that opens or closes code, so that the others need not be asked.
pub const MARKS: [&str; 4] = ["```", "~~~", "<pre", "</pre"];

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
        // Most lines have none of the marks.
        let is_open = self.fence.is_some() || self.is_pre;
        if !is_open && memchr3(b'`', b'~', b'<', line.as_bytes()).is_none() {
            return false;
        }
        if let Some((mark, length)) = self.fence {
            let marks = inner(line).trim_end();
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
            let marks = inner(line);
            Some((mark, marks.len() - marks.trim_start_matches(mark).len()))
        });
        self.is_pre = line.contains("<pre") && !line.contains("</pre");
        self.fence.is_some() || self.is_pre
    }
}

/// The lines of a text, without their ends.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    whole_lines(text).map(|line| line.strip_suffix('\n').unwrap_or(line))
}

/// The lines of a text, with their ends.
pub fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let last = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1).chain(last);
    ends.map(move |end| text.get(std::mem::replace(&mut start, end)..end).unwrap_or_default())
}

/// The lines of a text that hold any of some marks, without their ends, each with where it begins; the others are passed
/// over.
pub fn lines_with<'a>(text: &'a str, marks: &[&str]) -> impl Iterator<Item = (usize, &'a str)> {
    let found = |marks: &&str| {
        // Few texts have the byte of most marks at all, which is known in a quarter of the time.
        memchr(*marks.as_bytes().first()?, text.as_bytes())?;
        let finder = memmem::Finder::new(marks).into_owned();
        let first = finder.find(text.as_bytes());
        first.map(|first| (finder, first))
    };
    let mut sought: Vec<(memmem::Finder<'static>, usize)> = marks.iter().filter_map(found).collect();
    std::iter::from_fn(move || {
        let (passed, rest) = text.split_at_checked(sought.iter().map(|(_, next)| *next).min()?)?;
        let start = memrchr(b'\n', passed.as_bytes()).map_or(0, |end| end + 1);
        let end = memchr(b'\n', rest.as_bytes()).map_or(text.len(), |length| passed.len() + length);
        sought.retain_mut(|(finder, next)| {
            let behind = text.as_bytes().get(end..).unwrap_or_default();
            let found = if *next < end { finder.find(behind).map(|found| end + found) } else { Some(*next) };
            *next = found.unwrap_or(*next);
            found.is_some()
        });
        Some((start, text.get(start..end)?))
    })
}

/// The lines of a text, with their ends, each with whether it is code.
pub fn told_apart(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut code = Code::default();
    whole_lines(text).map(move |line| (line, code.holds(line)))
}

/// A line without the marks of the containers it stands in.
fn inner(line: &str) -> &str {
    let mut inner = line;
    loop {
        inner = inner.trim_start_matches([' ', '\t', '>']);
        let number = inner.trim_start_matches(|c: char| c.is_ascii_digit());
        let marker = if number.len() < inner.len() { ['.', ')', ')'] } else { ['-', '*', '+'] };
        match number.strip_prefix(marker).filter(|rest| rest.starts_with(' ')) {
            Some(rest) => inner = rest,
            None => return inner,
        }
    }
}

/// Whether a line is set in as code is, and begins no item of a list.
pub fn is_indented_code(line: &str) -> bool {
    let text = line.trim_start_matches([' ', '\t']);
    let is_deep = line.starts_with("    ") || line.starts_with('\t');
    is_deep && !text.starts_with(['*', '-', '+', '>']) && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// The fence that opens or closes a code block on this line (`CommonMark` 4.5).
pub fn fence_of(line: &str) -> Option<&str> {
    let line = inner(line);
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
