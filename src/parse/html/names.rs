//! Names of elements, by what they do to the text around them.

/// Elements whose content is not text of the page.
pub const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "noframes", "template", "svg", "iframe", "object", "select", "canvas", "audio",
    "video",
];
/// Those that a script or a program shows: a link is left in their place, or what they hold for readers without.
pub const FALLBACKS: &[&str] = &["script", "noscript", "noframes", "object", "iframe", "audio", "video"];

/// Whether an element begins and ends a line of its own.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "figure"
            | "figcaption"
            | "address"
            | "details"
            | "summary"
            | "fieldset"
            | "legend"
            | "body"
            | "html"
            | "center"
            | "caption"
            | "nav"
            | "footer"
            | "aside"
            | "form"
            | "button"
            | "dialog"
            | "hgroup"
    )
}

/// Whether an element ends a title that nothing closes: those of their own lines, and of a page's head.
pub fn ends_title(name: &str) -> bool {
    is_block(name) || matches!(name, "head" | "meta" | "link" | "base" | "table" | "hr" | "img")
}
