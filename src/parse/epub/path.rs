//! Where a reference inside a book leads: a path in the archive, and a place in that file.
//!
//! It refuses to leave the archive: `..` above its root stays at the root, and an address of the web is no path.

use crate::document::address::decoded;

/// A file of the archive and the `id` of a place in it; empty where the reference names none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Target {
    /// The file's path in the archive.
    pub path: String,
    /// The place in it.
    pub id: String,
}

impl Target {
    /// What a reference in the file `base` leads to; none if it leads out of the book.
    pub fn of(reference: &str, base: &str) -> Option<Self> {
        let reference = reference.trim();
        let (file, id) = reference.split_once('#').unwrap_or((reference, ""));
        let has_scheme = file.split(['/', '?']).next().is_some_and(|first| first.contains(':'));
        if has_scheme || file.starts_with("//") {
            return None;
        }
        let id = decoded(id);
        if file.is_empty() {
            return Some(Self { path: base.to_owned(), id });
        }
        let file = decoded(file.split('?').next().unwrap_or_default());
        let folder = if file.starts_with('/') { "" } else { base.rsplit_once('/').map_or("", |(folder, _)| folder) };
        let mut steps: Vec<&str> = Vec::new();
        for step in folder.split('/').chain(file.split('/')) {
            match step {
                "" | "." => {}
                ".." => {
                    steps.pop();
                }
                step => steps.push(step),
            }
        }
        Some(Self { path: steps.join("/"), id })
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[track_caller]
    fn check(reference: &str, expected: Option<(&str, &str)>) {
        let expected = expected.map(|(path, id)| Target { path: path.to_owned(), id: id.to_owned() });
        assert_eq!(Target::of(reference, "OEBPS/text/one.xhtml"), expected, "{reference}");
    }

    #[test]
    fn references_are_followed_from_their_file() {
        check("two.xhtml", Some(("OEBPS/text/two.xhtml", "")));
        check("../images/a%20b.png", Some(("OEBPS/images/a b.png", "")));
        check("#n1", Some(("OEBPS/text/one.xhtml", "n1")));
        check("%E4%B8%80.xhtml#%E8%8C%B6", Some(("OEBPS/text/一.xhtml", "茶")));
        check("/cover.xhtml?x=1", Some(("cover.xhtml", "")));
    }

    #[test]
    fn nothing_leads_out() {
        check("../../../../etc/passwd", Some(("etc/passwd", "")));
        check("https://example.com/a", None);
        check("file:///etc/passwd", None);
        check("//example.com/a", None);
        check("data:image/png;base64,AAAA", None);
    }
}
