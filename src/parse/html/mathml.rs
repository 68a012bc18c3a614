//! Formulas in `MathML` as text: in TeX where the page says them so, else the characters that stand in them.
//!
//! It refuses to set formulas: a terminal shows them as they are written.

use crate::parse::tag::{decode_entities, is_html};

/// Elements in one another that are followed.
const DEEPEST: usize = 64;

/// A formula as text.
#[derive(Debug, PartialEq, Eq)]
pub enum Formula {
    /// As its author wrote it, between the signs that stand around TeX.
    Tex(String),
    /// As it is read.
    Plain(String),
}

/// The formula that a `<math>` element holds, from its start tag to its end tag.
pub fn formula(element: &str) -> Formula {
    let (start, inner) = element.split_once('>').unwrap_or((element, ""));
    let annotation = || {
        let (_, rest) = inner.split_once("application/x-tex")?;
        let (_, rest) = rest.split_once('>')?;
        Some(rest.split_once("</").map_or(rest, |(tex, _)| tex))
    };
    let alternative = || start.split_once("alttext=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(tex, _)| tex);
    match annotation().or_else(alternative).map(tex).filter(|tex| !tex.is_empty()) {
        Some(tex) => {
            let sign = if start.contains("display=\"block\"") { "$$" } else { "$" };
            Formula::Tex(format!("{sign}{tex}{sign}"))
        }
        None => Formula::Plain(plain(inner)),
    }
}

/// TeX in one line, without the style that encyclopedias put around it.
pub fn tex(text: &str) -> String {
    let text = decode_entities(text);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let styled = words.strip_prefix("{\\displaystyle ").and_then(|rest| rest.strip_suffix('}'));
    styled.unwrap_or(&words).trim().to_owned()
}

/// An open element, and how many of its children have begun.
struct Open<'a> {
    name: &'a str,
    children: usize,
    /// What stands after it.
    after: &'static str,
}

/// The characters of a formula; what is raised, lowered or below a line is told by a sign.
fn plain(inner: &str) -> String {
    let mut text = String::new();
    let mut open: Vec<Open> = Vec::new();
    for piece in inner.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_start_matches('/').split([' ', '\n', '\t', '/']).next().unwrap_or_default();
        match () {
            () if name.is_empty() => {}
            () if tag.starts_with('/') => {
                if let Some(index) = open.iter().rposition(|open| open.name == name) {
                    open.drain(index..).rev().for_each(|open| text.push_str(open.after));
                }
            }
            // What is no element at all is text that looks like one.
            () if !is_element(name) => text.extend(["<", tag, ">"]),
            () if tag.ends_with('/') || open.len() >= DEEPEST => {}
            () => {
                let (before, after) = signs(&mut open, name);
                text.push_str(before);
                open.push(Open { name, children: 0, after });
            }
        }
        if !open.iter().any(|open| open.name.starts_with("annotation")) {
            text.push_str(decode_entities(after).trim());
        }
    }
    text
}

/// Whether a name is that of an element of `MathML`, all of which begin alike but these, or of HTML.
fn is_element(name: &str) -> bool {
    name.starts_with('m') || matches!(name, "annotation" | "annotation-xml" | "semantics" | "none") || is_html(name)
}

/// What stands before and after a child that begins.
fn signs(open: &mut [Open], child: &str) -> (&'static str, &'static str) {
    let Some(parent) = open.last_mut() else { return ("", "") };
    parent.children += 1;
    let is_group = child == "mrow";
    match (parent.name, parent.children, is_group) {
        ("msup" | "mover", 2, true) | ("msubsup" | "munderover", 3, true) => ("^{", "}"),
        ("msup" | "mover", 2, false) | ("msubsup" | "munderover", 3, false) => ("^", ""),
        ("msub" | "munder" | "msubsup" | "munderover", 2, true) => ("_{", "}"),
        ("msub" | "munder" | "msubsup" | "munderover", 2, false) => ("_", ""),
        ("mfrac", 1, true) => ("(", ")"),
        ("mfrac", 2, true) => ("/(", ")"),
        ("mfrac", 2, false) => ("/", ""),
        _ if child == "msqrt" => ("√(", ")"),
        _ => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::html::blocks;

    #[track_caller]
    fn check(html: &str, text: &str) {
        let found: Vec<String> = blocks(html, 0).iter().map(|block| block.text.to_string()).collect();
        assert_eq!(found, [text], "{html}");
    }

    #[test]
    fn formulas_are_shown_as_they_were_written() {
        let tex = "<annotation encoding=\"application/x-tex\">a &lt; b</annotation>";
        check(&format!("<p>设<math><semantics><mi>a</mi>{tex}</semantics></math>。</p>"), "设$a < b$。");
        check("<p><math><mi>a</mi> <b2> <mi>c</mi></math></p>", "a<b2>c");
        check("<p><math display=\"block\" alttext=\"{\\displaystyle x^2}\"><mi>x</mi></math></p>", "$$x^2$$");
        let image = "<img aria-hidden=true alt='{\\displaystyle x}' src=a.svg>";
        check(&format!("<p>当<math alttext=\"{{\\displaystyle x}}\"><mi>x</mi></math>{image}时</p>"), "当$x$时");
        let set = "<span class=katex-html aria-hidden=true><span>a</span>&lt;<span>b</span></span>";
        check(&format!("<p>设<span class=katex><math>{tex}</math>{set}</span>。</p>"), "设$a < b$。");
    }

    #[test]
    fn formulas_without_tex_are_their_characters() {
        check("<math><mi>x</mi></math>", "x");
        check("<p>设 <math><mi>x</mi><mo>=</mo><mn>2</mn></math>。</p>", "设 x=2。");
        check(
            "<p><math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mfrac><mrow><mi>a</mi><mi>b</mi></mrow><mi>c</mi></mfrac></math></p>",
            "x^2+(ab)/c",
        );
        let open: Vec<String> =
            blocks("<p>设<math>x。</p><p>水", 0).iter().map(|block| block.text.to_string()).collect();
        assert_eq!(open, ["设<math>x。", "水"]);
    }
}
