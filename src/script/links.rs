//! Links and notes: letters on the screen, the list, where they lead and how one comes back.

use super::Script;
use crate::app::key::Key;
use crate::app::{Effect, Message, Mouse};
use crate::library::{Library, Origin, Tables};
use insta::assert_snapshot;

const WELL: &str = "---
title: 井
url: https://example.com/well
---

# 井

村口有一口井，字典里怎么说，见[辞典里很长的一个条目的名字，一直写到下一行去为止](https://example.com/zd?a=b)[^1]，又见[河](https://example.com/river#低处)。

## 打水 (Water)

The [first](https://аpple.com/), the [second](javascript:alert(1)), and [mail](mailto:a@example.com).

| 书 | 处 |
|---|---|
| [**甲**](https://example.com@example.org/) | [网页](#打水-water) |

到[没有](#nothing)，到[远处](/far.html)。

[^1]: 一条注，说得很长，说得很长，说得很长，说得很长，说得很长，说得很长。

    第二段。
";

const RIVER: &str = "---\ntitle: 河\nurl: https://example.com/river\n---\n\n河水从山里来。\n\n## 低处\n\n它不问去处，只问低处。[回去](https://example.com/well)\n";

fn well(columns: u16, rows: u16) -> Script {
    Script::new(columns, rows).over(&[WELL, RIVER]).press("/井<Enter><Enter>")
}

#[test]
fn letters_stand_on_the_links_of_the_screen() {
    assert_snapshot!(well(60, 20).press("f").screen(), @"
    井
     村口有一口井，字典里怎么说，见▐s▌ 典里很长的一个条目的名
     字，一直写到下一行去为止▐a▌1]，又见▐d▌ 。


     打水 (Water)

     The ▐f▌irst, the ▐j▌econd, and ▐k▌ail.

     书 │ 处
     ───┼─────
     ▐l▌  │ ▐e▌ 页

     到▐w▌ 有，到▐c▌ 处。

     [1] 一条注，说得很长，说得很长，说得很长，说得很长，说
         得很长，说得很长。

         第二段。
    letters choose a link · Esc leaves
    ");
    assert_snapshot!(well(40, 16).press("f").screen(), @"
     井
    村口有一口井，字典里怎么说，见▐s▌ 典里很
    长的一个条目的名字，一直写到下一行去为
    止▐a▌1]，又见▐d▌ 。


    打水 (Water)

    The ▐f▌irst, the ▐j▌econd, and ▐k▌ail.

    书 │ 处
    ───┼─────
    ▐l▌  │ ▐e▌ 页

    到▐w▌ 有，到▐c▌ 处。
     letters choose a link · Esc leaves
    ");
    // In columns a link begins at the head of its words.
    assert_snapshot!(well(60, 16).press("gvf").screen(), @"
    井

     The ▐f▌irst, the ▐j▌econd, and ▐k▌ail.             一 个 怎
                                                  行 条 么
                                         打       去 目 说 村
                                         水       为 的 ︐ 口
                                         ︵       止 名 见 有
                                         Ｗ       ▐a▌  字 ▐s▌  一
                                         ａ       １ ︐ 典 口
                                         ｔ       ﹈ 一 里 井
                                         ｅ       ︐ 直 很 ︐
                                         ｒ       又 写 长 字
                                         ︶       见 到 的 典
                                                  ▐d▌  下 一 里
                                                  ︒
    letters choose a link · Esc leaves
    ");
}

#[test]
fn a_note_is_gone_to_and_come_back_from() {
    let before = well(60, 14).screen();
    let script = well(60, 14).press("fa");
    assert_eq!(
        script.screen().lines().nth(1).map(str::trim),
        Some("[1] 一条注，说得很长，说得很长，说得很长，说得很长，说")
    );
    assert_eq!(script.status(), "C-o goes back");
    assert_eq!(script.press("<C-o>").screen(), before);
}

#[test]
fn a_note_is_looked_at_where_one_reads() {
    let script = well(40, 16).press("pa");
    assert_snapshot!(script.screen(), @"
     井
    村口有一口井，字典里怎么说，见辞典里很
    长的一个条目的名字，一直写到下一行去为
    止[1]，又见河。


    打水 (Water)

    The first, the second, and mail.

    书 │ 处
    ▐ Note 1 · Enter go there · y copy▌
     一条注，说得很长，说得很长，说得很长，
     说得很长，说得很长，说得很长。
     第二段。
     井                   66 % · 1 min left
    ");
    assert_eq!(script.press("<Esc>").screen(), well(40, 16).screen());
}

#[test]
fn the_keys_of_the_text_hold_below_what_is_looked_at() {
    let looking = || well(40, 10).press("fs");
    for keys in ["<Space>", "j", "]", "gg", "G", "/打<Enter>", "f", "L", "2j", "gb", "t", "h"] {
        let expected = well(40, 10).press(keys).screen();
        assert_eq!(looking().press(keys).screen(), expected, "{keys}");
    }
    let of_list = |keys| well(60, 14).press("L/mail<Enter>").press(keys).screen();
    assert_eq!(of_list("p<Esc>G"), of_list("G"));
    assert_eq!(of_list("pG"), of_list("G"));
    // A long note is read to its end before the text below it moves.
    let note = format!(
        "---\ntitle: 井\n---\n\n村口有一口井[^1]，井水很甜。\n\n{}\n\n[^1]: {}\n",
        "一段。\n\n".repeat(30),
        "一条长注。".repeat(60)
    );
    let note = || Script::new(30, 12).over(&[&note]).press("<Enter>p");
    let below = note().press("<Esc>").screen();
    let scrolled = note().press("jj");
    assert_eq!(scrolled.app.links.peek.as_ref().map(|peek| peek.top), Some(2));
    assert_eq!(scrolled.press("gg<Space>kG<Esc>").screen(), below);
}

#[test]
fn a_pointer_leaves_what_is_looked_at() {
    let looking = || well(40, 10).press("fs");
    let pressed = looking().with(Message::Mouse(Mouse::Press, 3, 3));
    assert_eq!(pressed.screen(), well(40, 10).screen());
    let turned = looking().with(Message::Mouse(Mouse::Wheel(3), 3, 3));
    assert_eq!(turned.screen(), well(40, 10).press("3j").screen());
}

/// What is looked at when a link is followed that has some letters: the rows at the foot.
#[track_caller]
fn check(letters: &str, expected: &[&str]) {
    let script = well(60, 24).press("f").press(letters);
    let peek = script.app.links.peek.as_ref().map(|peek| [vec![peek.head.join(" · ")], peek.rows.clone()].concat());
    assert_eq!(peek.unwrap_or_default(), expected);
}

#[test]
fn addresses_are_shown_and_never_opened_by_going_there() {
    check("s", &["Link · o browser · y copy · Esc back", "https://example.com/zd?a=b"]);
    let name = "It leads to xn--pple-43d.com, which is not what one reads.";
    check("f", &["Link · o browser · y copy · Esc back", "https://аpple.com/", name]);
    check("j", &["Link · y copy · Esc back", "javascript:alert(1)"]);
    check("k", &["Link · o browser · y copy · Esc back", "mailto:a@example.com"]);
    let name = "It leads to example.org, which is not what one reads.";
    check("l", &["Link · o browser · y copy · Esc back", "https://example.com@example.org/", name]);
    check("c", &["Link · o browser · y copy · Esc back", "https://example.com/far.html"]);
}

#[test]
fn sections_and_articles_are_gone_to() {
    assert_eq!(well(60, 14).press("fe").screen().lines().nth(1).map(str::trim), Some("打水 (Water)"));
    assert_eq!(well(60, 24).press("fw").status(), "no section of this article is called “nothing”");
    let script = well(60, 14).press("jfd");
    assert_eq!(script.screen().lines().nth(1).map(str::trim), Some("低处"));
    let script = script.press("<C-o>");
    assert!(script.screen().starts_with(" 井"), "{}", script.screen());
    assert_eq!(script.screen(), well(60, 14).press("j").screen());
    assert_eq!(script.press("q<C-o>").status(), "C-o does nothing here; ? shows the keys");
}

#[test]
fn the_way_back_leaves_the_screen() {
    // Matches on the screen are jumps, but none that leaves it.
    assert_eq!(well(60, 24).press("/井<Enter>nn<C-o>").status(), "no place to go back to");
    let script = well(60, 8).press("/远处<Enter>");
    let there = script.screen();
    let back = script.press("<C-o>");
    assert_eq!(back.press("gi").screen(), there);
}

#[test]
fn the_way_back_is_of_what_was_shown() {
    let mut script = well(60, 14).press("jf");
    let mut effects = script.app.update(Message::Key(Key::Char('d')));
    let Some(Effect::Load(origin)) = effects.pop() else { panic!("nothing is asked for") };
    script.send(Message::Loaded(origin, Err("gone".to_owned())));
    assert_eq!(script.press("<C-o>").status(), "no place to go back to");
    // There, back, there again: a way forward is as good as a way back, until another one is taken.
    let there = well(60, 14).press("jfd").screen();
    let again = well(60, 14).press("jfd<C-o>gi");
    assert_eq!(again.screen(), there);
    assert_eq!(again.press("<C-o>").screen(), well(60, 14).press("j").screen());
    assert_eq!(well(60, 14).press("jfd<C-o>]gi").status(), "no place to go forward to");
    assert_eq!(well(60, 14).press("gi").status(), "no place to go forward to");
    // There and back and there again, and the article in between is not found any more.
    let script = well(60, 14).press("jfd<Enter>");
    let open = script.app.reader.as_ref().map(|reader| script.app.library.articles[reader.article].clone()).unwrap();
    assert_eq!(open.meta.title.as_str(), "井");
    let script = script.with(Message::Scanned(vec![open])).press("<C-o>");
    assert_eq!(script.screen(), well(60, 14).press("j").screen());
}

#[test]
fn places_that_were_left_are_found_by_their_words() {
    let lines: String = (1..30).map(|line| format!("第{line}行说的是打水的人。\n\n")).collect();
    let text = |before: &str| format!("---\ntitle: 井\n---\n\n{before}# 头\n\n{lines}# 尾\n\n{lines}");
    let top = |script: &Script| {
        let section = script.status().split_whitespace().take(3).collect::<String>();
        format!("{section}: {}", script.screen().lines().nth(1).unwrap_or_default())
    };
    let script = || Script::new(40, 8).over(&[&text("")]).press("<Enter>]6j");
    let (there, back) = (top(&script()), top(&script().press("<C-o>")));
    assert_eq!((there.as_str(), back.as_str()), ("井·尾: 第 3 行说的是打水的人。", "井·头: 头"));
    // Read again, it begins with more than before: the place and those of the jumps stay with their words.
    let longer = text(&"前面多了一段。\n\n".repeat(9));
    let script = script().rewritten(&longer);
    assert_eq!(top(&script), there);
    assert_eq!(top(&script.press("<C-o>")), back);
}

#[test]
fn the_only_link_of_the_screen_needs_no_letters() {
    let script = Script::new(60, 14).over(&[RIVER]).press("<Enter><Enter>");
    assert_eq!(script.app.links.peek.unwrap().rows, ["https://example.com/well"]);
    let none = Script::new(60, 14).over(&["# 山\n\n山里没有路。\n"]).press("<Enter><Enter>");
    assert_eq!(none.status(), "this article has no links");
    assert_eq!(well(60, 6).press("Gf").status(), "no link on the screen; L lists those of the article");
    assert_eq!(none.press("L").status(), "this article has no links");
    assert_eq!(well(60, 14).press("fz").status(), "no link has these letters");
}

#[test]
fn the_list_of_links() {
    assert_snapshot!(well(60, 14).press("L").screen(), @"
     Links · 井                                              10
    ▐ 辞典里很长的一个条目的名字，…  https://example.com/zd?a=b▌
     [1]  一条注，说得很长，说得很长，说得很长，说得很长，说得…
     河  https://example.com/river#低处
     first  https://аpple.com/
     second  javascript:alert(1)
     mail  mailto:a@example.com
     甲  https://example.com@example.org/
     网页  #打水-water
     没有  #nothing
     远处  /far.html


     Enter go there · q back · p look · y copy · o browser
    ");
    let script = well(60, 14).press("L/mail<Enter>p");
    assert_eq!(script.app.links.peek.as_ref().unwrap().rows, ["mailto:a@example.com"]);
    assert_eq!(script.press("q").status(), "/mail · Enter go there · q back · p look · y copy");
}

/// What the world is asked to do by the last key.
fn asked(keys: &str, last: char) -> (Option<String>, String) {
    let mut script = well(60, 24).press(keys);
    let effects = script.app.update(Message::Key(Key::Char(last)));
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Browse(address) => Some(format!("open {address}")),
        Effect::Copy(text) => Some(format!("copy {text}")),
        _ => None,
    });
    (asked, script.app.notice.map(|notice| notice.text.to_string()).unwrap_or_default())
}

#[test]
fn what_is_asked_for_is_opened_or_copied() {
    let open = |address: &str| Some(format!("open {address}"));
    assert_eq!(asked("fs", 'o'), (open("https://example.com/zd?a=b"), "opening https://example.com/zd?a=b".to_owned()));
    assert_eq!(asked("", 'o').0, open("https://example.com/well"), "where the article came from");
    assert_eq!(asked("ff", 'o').1, "opening https://аpple.com/ (xn--pple-43d.com)");
    let refused = "only addresses of http, https and mailto are opened; y copies a link: javascript:alert(1)";
    assert_eq!(asked("fj", 'o'), (None, refused.to_owned()));
    assert_eq!(asked("fj", 'y').0.as_deref(), Some("copy javascript:alert(1)"));
    assert_eq!(asked("pa", 'y').0.unwrap().lines().last(), Some("第二段。"));
    assert_eq!(asked("pa", 'o'), (None, "it is at hand: Enter goes there".to_owned()));
    let absent = Script::new(100, 12).over(&["---\ntitle: 井\n---\n\n见[泉](spring.md)。\n"]).press("<Enter>L");
    assert_eq!(absent.app.links.listed.len(), 1, "{}", absent.screen());
    let absent = absent.press("o");
    assert_eq!(absent.status(), "it leads to no address on the web: not in this library: spring.md");
    let mut script = well(60, 24);
    let effects = script.app.update(Message::Unopened("https://example.com".to_owned(), "no browser".to_owned()));
    assert!(matches!(effects.as_slice(), [Effect::Copy(address)] if address == "https://example.com"));
    assert_eq!(script.status(), "no browser: the address was copied instead");
}

#[test]
fn long_addresses_are_whole_or_said_to_be_cut() {
    let asked = |length: usize, key: char| {
        let text = format!(
            "---\ntitle: 村\n---\n\n# 村\n\n村口有一口[井](https://example.com/s?x={})。\n",
            "y".repeat(length)
        );
        let mut script = Script::new(60, 14).over(&[&text]).press("<Enter><Enter>");
        assert!(script.app.links.peek.is_some());
        let effects = script.app.update(Message::Key(Key::Char(key)));
        let asked = effects.into_iter().find_map(|effect| match effect {
            Effect::Browse(address) | Effect::Copy(address) => Some(address.len()),
            _ => None,
        });
        (asked, script.app.notice.unwrap().text.chars().take(40).collect::<String>())
    };
    assert_eq!(asked(600, 'o'), (Some(624), format!("opening https://example.com/s?x={}", "y".repeat(8))));
    assert_eq!(asked(600, 'y'), (Some(624), "copied".to_owned()));
    assert_eq!(asked(9000, 'o'), (None, "the address is not all there; y copies a".to_owned()));
    assert_eq!(asked(9000, 'y').1, "the start of the address was copied: its");
}

#[test]
fn a_note_that_is_a_link_is_found_by_the_way_back() {
    let paragraph = |number| format!("第{number}段，说的是打水的人，他们总是先听。\n\n");
    let paragraphs: String = (1..10).map(paragraph).collect();
    let text = format!(
        "---\ntitle: 井\n---\n\n村口有一口井[1](#fn1)，井水很甜。\n\n{paragraphs}1. 村志里写了来历。[↩](#fnref1)\n"
    );
    let script = || Script::new(40, 8).over(&[&text]).press("<Enter>");
    assert_eq!(script().press("p").app.links.peek.unwrap().rows, ["#fn1", "村志里写了来历。↩"]);
    let there = script().press("<Enter>");
    assert!(there.screen().contains("1. 村志里写了来历。↩"), "{}", there.screen());
    assert_eq!(there.press("<Enter>").screen().lines().nth(1), script().screen().lines().nth(1), "and back again");
}

/// A reader of a folder with some files, which is to be opened or one of its files.
fn reading(files: &[(&str, &str)], opened: &str) -> (tempfile::TempDir, Script) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let origins = vec![Origin::File(folder.path().join(opened))];
    let script = Script::on(origins.clone(), 60, 12);
    let found = Library::scan(&origins, &Tables::built_in(), |_| {}).articles;
    (folder, script.with(Message::Scanned(found)))
}

const PAGES: &[(&str, &str)] = &[
    (
        "my/a.md",
        "# 甲\n\n见[[b]]、[[sub/C|丙]]、[[c#低处]]、[[#尾]]、[丁](d.md#水)、[[戊]]、[[不在]]、[己](e.pdf)。\n\n## 尾\n\n完。\n",
    ),
    ("my/d.md", "# 丁\n\n丁说的是水。\n\n## 水\n\n水往低处流。\n"),
    ("sub/b.md", "# 乙\n\n河水从山里来。\n"),
    ("sub/c.md", "# 丙\n\n丙说的是河。\n\n## 低处\n\n它不问去处。\n"),
    ("far/c.md", "# 另一个丙\n\n说的是山。\n"),
    ("far/fifth.md", "---\ntitle: 戊\n---\n\n说的是树。\n"),
];

/// Where the links of `my/a.md` lead: the first row of what is shown then, or what is said.
fn led(opened: &str) -> Vec<String> {
    let led = |letter: char| {
        let (_folder, script) = reading(PAGES, opened);
        let before = script.app.reader.is_some();
        let script = if before { script } else { script.press("/甲<Enter><Enter>") };
        let script = script.press("f").press(&letter.to_string());
        let article = script.app.reader.as_ref().map(|reader| reader.document.meta.title.to_string()).unwrap();
        let row = script.screen().lines().nth(1).unwrap_or_default().trim().to_owned();
        let said = script.app.notice.as_ref().filter(|notice| notice.is_problem).map(|notice| notice.text.to_string());
        // There and back again.
        let back = script.press("<C-o>");
        let title = back.app.reader.as_ref().map(|reader| reader.document.meta.title.to_string());
        assert_eq!(title.as_deref(), Some("甲"));
        format!("{article}: {}", said.unwrap_or(row))
    };
    "sadfjklew".chars().take(8).map(led).collect()
}

#[test]
fn articles_are_found_by_their_names() {
    assert_snapshot!(led("").join("\n"), @"
    乙: 河水从山里来。
    丙: 丙说的是河。
    另一个丙: 说的是山。
    甲: 尾
    丁: 水
    戊: 说的是树。
    甲: not in this library: 不在
    甲: not in this library: e.pdf
    ");
}

#[test]
fn what_lies_beside_an_article_that_is_read_alone_is_found() {
    assert_snapshot!(led("my/a.md").join("\n"), @"
    乙: 河水从山里来。
    丙: 丙说的是河。
    另一个丙: 说的是山。
    甲: 尾
    丁: 水
    甲: not in this library: 戊
    甲: not in this library: 不在
    甲: not in this library: e.pdf
    ");
    // It is still the one that was asked for: back is out.
    let (_folder, script) = reading(PAGES, "my/a.md");
    let script = script.press("fj");
    assert!(script.screen().contains("水往低处流"), "{}", script.screen());
    assert!(script.press("q").app.quits);
    let (_folder, script) = reading(PAGES, "my/a.md");
    assert_snapshot!(script.press("pj").screen(), @"
     甲
      见 b、丙、c#低处、#尾、丁、戊、不在、己。


      尾

      完。

    ▐ Link · Enter look for it · y copy · Esc back▌
     d.md#水
     not in this library: d.md#水
     甲                                      100 % · 0 min left
    ");
}
