//! File names made of titles: readable, and safe on every system.
//!
//! It refuses to translate: Chinese, Japanese and Korean stay as they are.

use super::{WidthPolicy, clusters};

/// Bytes of a name with its ending; file systems take 255, synchronising services fewer.
const LONGEST: usize = 120;
/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt", "conin$", "conout$"];

/// The name of a file about what has a title, with its ending (`.md`); the `count`th of those that share the title.
pub fn of(title: &str, ending: &str, count: usize) -> String {
    let suffix = if count > 1 { format!(" ({count}){ending}") } else { ending.to_owned() };
    let mut stem = shortened(&clean(title), LONGEST - suffix.len());
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    if stem.is_empty() {
        "untitled".clone_into(&mut stem);
    } else if DEVICES.contains(&bare.as_str()) {
        stem.push('_');
    }
    stem + &suffix
}

/// A title without what file systems refuse or shells and hidden files give a meaning to.
fn clean(title: &str) -> String {
    let is_refused =
        |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '\u{fffd}');
    let spaced: String = title.chars().map(|c| if is_refused(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").trim_matches(['.', ' ', '-']).to_owned()
}

/// As many whole characters as fit into some bytes.
fn shortened(name: &str, bytes: usize) -> String {
    let fitting =
        clusters(name, WidthPolicy::default()).take_while(|cluster| cluster.byte + cluster.text.len() <= bytes);
    let short: String = fitting.map(|cluster| cluster.text).collect();
    short.trim_end_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, of};
    use proptest::prelude::{any, prop_assert, proptest};

    #[test]
    fn names() {
        for (title, name) in [
            ("河边的茶棚", "河边的茶棚.md"),
            ("为什么：“C/C++”? <一>|*", "为什么：“C C++” 一.md"),
            ("../../etc/passwd", "etc passwd.md"),
            (".hidden. ", "hidden.md"),
            ("C:\\a\u{7}b\n", "C a b.md"),
            ("", "untitled.md"),
            ("???", "untitled.md"),
            ("NUL", "NUL_.md"),
            ("com1", "com1_.md"),
            ("common", "common.md"),
        ] {
            assert_eq!(of(title, ".md", 1), name, "{title}");
        }
        assert_eq!(of("茶", ".md", 2), "茶 (2).md");
        assert_eq!(of(&"長".repeat(99), ".md", 1), format!("{}.md", "長".repeat(39)));
    }

    proptest! {
        #[test]
        fn every_title_makes_a_name(title in any::<String>(), count in 1_usize..1000) {
            let ending = ".md";
            let name = of(&title, ending, count);
            prop_assert!(name.len() <= LONGEST && name.ends_with(ending) && !name.starts_with('.'), "{name}");
            let is_safe = |c: char| !c.is_control() && !"<>:\"/\\|?*".contains(c);
            prop_assert!(name.chars().all(is_safe) && name.trim() == name, "{name}");
        }
    }
}
