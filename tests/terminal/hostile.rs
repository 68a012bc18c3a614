//! An article that tries to speak to the terminal: through its bytes, its entities, its front matter, its names. Nothing
//! but what zhai means may reach the window.

use super::window::Setup;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// Controls by every door, each with numbers of its own by which it would be known.
const ARTICLE: &str = "---
title: \"Title \\x1b]0;owned-1\\x07 \\e[4101m \\u009b4102m \\u202e end\"
author: \"Author \x1b[4103m\"
source: \"\\x1b]8;;http://owned-2\\x1b\\\\link\"
date: \"\\x1b[4104m2024-05-06\"
url: \"http://example.com/\\x1b[4105m\"
tags: [\"\\e[4106m\", \"\\x9b4107m\"]
---

# Heading \x1b[4108m &#27;[4109m &#155;4110m and &#x1b;]52;c;b3duZWQ=&#7;

Bytes: \x1b[4111m \u{9b}4112m \u{90}$q\"p\u{9c} \x1bP$q\"p\x1b\\ \x07 \x08\x08 \r over \x7f.

Entities: &#27;[4113m, &#x1B;[4114m, **&#27;**[4115m, *&#27;[*4116m, &#0; &#8; &NewLine; &#x202e;turned&#x2066;.

[Link](http://example.com/&#27;[4117m \"&#27;[4118m\") and ![picture &#27;[4119m](\x1b[4120m.png) and <http://a/\x1b[4121m>.

```&#27;[4122m
code \x1b[4123m \x1b]0;owned-3\x07 &#27;
```

| &#27;[4124m | b |
|---|---|
| \x1b[4125m | <b title=\"&#27;[4126m\">html</b> |

<p onclick='\x1b[4127m'>A paragraph of HTML &#27;[4128m\x1b[4129m.</p>

[^n] A note.

[^n]: Note &#27;[4130m.

## A section \x1b]2;owned-4\x07

Z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c} and the end.
";

/// Cuts the sequences that zhai means from what it wrote: styles, places, modes, and the text they stand in.
fn leftover(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("what zhai writes is UTF-8");
    let mut rest = text.as_str();
    let mut left = String::new();
    while let Some(character) = rest.chars().next() {
        let meant = meant(rest).max(if character.is_control() { 0 } else { character.len_utf8() });
        if meant == 0 {
            left.extend(rest.chars().take(24));
            left.push('\n');
        }
        rest = &rest[meant.max(character.len_utf8())..];
    }
    left
}

/// Bytes of the sequence that a text begins with, if zhai means it.
fn meant(text: &str) -> usize {
    // Line ends are the tty's: it turns what is printed before and after the reader into CR LF.
    if text.starts_with("\r\n") {
        return 2;
    }
    let Some(sequence) = text.strip_prefix("\x1b[") else { return 0 };
    let Some(end) = sequence.find(|c: char| ('@'..='~').contains(&c)) else { return 0 };
    let (parameters, last) = (&sequence[..end], &sequence[end..=end]);
    let numbers = parameters.trim_start_matches('?');
    let is_small = numbers.split([';', ':']).all(|n| n.is_empty() || n.parse::<u32>().is_ok_and(|n| n < 4000));
    let is_meant = match last {
        "m" | "H" | "J" | "K" | "A" | "B" | "C" | "D" | "G" | "d" => !parameters.starts_with('?'),
        "h" | "l" => ["1049", "25", "2004", "2026", "1000", "1002", "1003", "1006", "1015"].contains(&numbers),
        _ => false,
    };
    if is_meant && is_small { "\x1b[".len() + end + 1 } else { 0 }
}

#[test]
fn nothing_speaks_to_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("articles");
    std::fs::create_dir(&folder).unwrap();
    for name in [
        &b"a \x1b]0;owned-5\x07.md"[..],
        b"b \xc2\x9b4131m \xe2\x80\xae.md",
        b"c \xff\x1b[4132m.txt",
        b"d\n\x1b[4133m.md",
    ] {
        let text = if name.starts_with(b"a") { ARTICLE } else { "\x1b[4134m no title\n\nText &#27;[4135m.\n" };
        std::fs::write(folder.join(OsStr::from_bytes(name)), text).unwrap();
    }
    let mut window = Setup::zhai(home.path(), &["articles"]).open();
    window.wait_for("Title");
    window.press("/owned<Enter><Esc>");
    for _ in 0..4 {
        window.press("<Enter>");
        window.wait_for("min left");
        // Pages, raw view, outline, search for what the payloads leave, bookmarks, marks.
        window.press(" bGgg]BzR GzRBTj<Enter>/4113<Enter>n<Esc>magbqgb");
        window.wait_for("Bookmarks");
        window.press("q?");
        window.wait_for("Keys");
        window.press("qqj");
        window.wait_for("Enter open");
    }
    window.press("Q");
    assert!(window.ended().success());
    let left = leftover(&window.bytes());
    assert!(left.is_empty(), "{left:?}");
    window.check_given_back();
}

#[test]
fn addresses_that_are_looked_at_do_not_speak_either() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("a.md"), ARTICLE).unwrap();
    let mut window = Setup::zhai(home.path(), &["a.md"]).open();
    window.wait_for("min left");
    window.press("f");
    window.wait_for("letters choose");
    window.press("s");
    window.wait_for("y copy");
    window.press("qL");
    window.wait_for("Links · ");
    window.press("p");
    window.wait_for("y copy");
    window.press("Q");
    assert!(window.ended().success());
    assert_eq!(leftover(&window.bytes()), "");
}

#[test]
fn a_file_that_cannot_be_opened_is_named_without_its_controls() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Setup::zhai(home.path(), &["gone \u{1b}]0;owned\u{7}\u{9b}31m.md"]).open();
    assert!(!window.ended().success());
    let bytes = window.bytes();
    assert!(String::from_utf8_lossy(&bytes).contains("gone"));
    assert_eq!(leftover(&bytes), "");
}

#[test]
fn the_test_sees_what_is_not_meant() {
    for bad in ["\x1b]0;t\x07", "\x1b[4109m", "\u{9b}31m", "\x1bPq\x1b\\", "\x07", "\x1b[6n", "a\rb", "\x1b[?5h"] {
        assert_ne!(leftover(bad.as_bytes()), "", "{bad:?}");
    }
    assert_eq!(leftover("\x1b[1;31m斋\x1b[0m\x1b[?25h\r\n".as_bytes()), "");
}
