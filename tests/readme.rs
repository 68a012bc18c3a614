//! What the README shows is there. Whether its pictures are of today's screen is `.ci/run`'s matter, or every change of the
//! screen would fail here.

use std::path::Path;

#[test]
fn the_pictures_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let named: Vec<&str> = readme.split(['(', ')', '"']).filter(|part| part.starts_with("assets/")).collect();
    assert!(named.contains(&"assets/screen.svg"), "the README shows no screen");
    for name in named {
        let picture = std::fs::read_to_string(root.join(name)).unwrap_or_default();
        let is_whole = picture.starts_with("<svg ") && picture.ends_with("</svg>\n") && picture.contains("<text");
        assert!(is_whole, "{name}: `cargo run --example picture` makes it");
    }
}

#[test]
fn the_commands_are_those_that_are_checked() {
    let readme = include_str!("../README.md");
    assert!(readme.contains("\ncargo run --release ") && readme.contains("\ncargo test "));
}
