//! Keys and the screens they lead to: drawings over articles of the tests' own, journeys through the sample library.

use super::{Script, script};
use crate::app::context::Context;
use crate::app::{Message, Mouse};
use crate::library::sample::SEEDS;
use insta::assert_snapshot;

const LAMP: &str = "---
title: 灯下读书
source: 样书
date: 2024-05-01
---

# 灯下读书

夜里点一盏灯，书页就亮了。“灯太亮，人就倦；灯太暗，眼就倦。”古人这样说。

## 一、点灯

先把灯芯剪短，火苗才稳。剪灯芯的人叫 lamplighter，一晚要走 12 条街。

## 二、翻页

- 右手翻，左手压。
- 不折角，不舔指头。

| 书 | 页数 |
|---|---:|
| 《灯谱》 | 128 |

### 夹一张纸

`纸` 要薄：see [the list](https://example.org)。
";

const STONE: &str = "---
title: The stone bridge
source: Notes
date: 2023-11-30
---

# The stone bridge

A bridge of seven arches, and no two of them alike.
";

const RAIN: &str = "---
title: 雨の音
---

# 雨の音

屋根を打つ雨の音を、祖母は「豆を炒る音」と呼んでいた。
";

/// A reader over three articles of our own.
fn shelf(columns: u16, rows: u16) -> Script {
    Script::new(columns, rows).over(&[LAMP, STONE, RAIN])
}

#[test]
fn the_list() {
    assert_snapshot!(shelf(80, 8).press("j").screen(), @r"
         zhai 斋                                                             3 articles
         • 灯下读书                                          2024-05-01           1 min
        ▐ • The stone bridge                                  2023-11-30           1 min▌
         • 雨の音                                                                 1 min



         Enter open · ? keys · q quit · / filter
    ");
    assert_snapshot!(shelf(40, 5).screen(), @r"
        ▐ • 灯下读书                       1 min▌
         • The stone bridge               1 min
         • 雨の音                         1 min

         Enter open · ? keys · q quit
    ");
    assert_snapshot!(shelf(40, 5).press("/bridge").screen(), @r"
        ▐ • The stone bridge               1 min▌



        /bridge                               1
        ");
}

#[test]
fn what_was_only_looked_into_is_unread() {
    let first = |script: Script| script.screen().lines().nth(1).unwrap_or_default().trim_matches(['▐', '▌']).to_owned();
    assert!(first(shelf(80, 8).press("<Enter>}q")).starts_with(" • 灯下读书"));
    assert!(!first(shelf(80, 8).press("<Enter>}q")).contains('%'));
    assert!(first(shelf(80, 8).press("<Enter>jq")).starts_with(" ◦ 灯下读书"));
    assert!(first(shelf(80, 8).press("<Enter><Space><Space><Space><Space>q")).starts_with("   灯下读书"));
}

#[test]
fn the_text_and_its_outline() {
    assert_snapshot!(shelf(90, 20).press("<Enter>]").screen(), @r"
        灯下读书                                                               样书 · 2024-05-01
         一、点灯                                                   │ ▸ 一、点灯
                                                                    │   二、翻页
         先把灯芯剪短，火苗才稳。剪灯芯的人叫 lamplighter，一晚     │     夹一张纸
         要走 12 条街。                                             │
                                                                    │
                                                                    │
         二、翻页                                                   │
                                                                    │
         • 右手翻，左手压。                                         │
         • 不折角，不舔指头。                                       │
                                                                    │
         书       │ 页数                                            │
         ─────────┼─────                                            │
         《灯谱》 │  128                                            │
                                                                    │
         夹一张纸                                                   │
                                                                    │
         纸 要薄：see the list。                                    │
        灯下读书 · 一、点灯                                                   100 % · 0 min left
        ");
}

#[test]
fn narrow_windows() {
    assert_snapshot!(shelf(60, 12).press("<Enter>").screen(), @r"
        灯下读书                                 样书 · 2024-05-01
         夜里点一盏灯，书页就亮了。“灯太亮，人就倦；灯太暗，眼
         就倦。”古人这样说。


         一、点灯

         先把灯芯剪短，火苗才稳。剪灯芯的人叫 lamplighter，一晚
         要走 12 条街。


        灯下读书                                 62 % · 1 min left
    ");
    assert_snapshot!(shelf(40, 12).press("<Enter>").screen(), @r"
         灯下读书
        夜里点一盏灯，书页就亮了。“灯太亮，人
        就倦；灯太暗，眼就倦。”古人这样说。


        一、点灯

        先把灯芯剪短，火苗才稳。剪灯芯的人叫
        lamplighter，一晚要走 12 条街。


         灯下读书             62 % · 1 min left
    ");
    assert_snapshot!(shelf(20, 12).press("<Enter>").screen(), @r"
         灯下读书
        夜里点一盏灯，书页
        就亮了。“灯太亮，
        人就倦；灯太暗，眼就
        倦。”古人这样说。


        一、点灯

        先把灯芯剪短，火苗
        才稳。剪灯芯的人叫
          51 % · 1 min left
        ");
    assert_snapshot!(shelf(1, 1).press("<Enter>").screen(), @"");
}

#[test]
fn the_outline_alone_where_the_window_is_narrow() {
    assert_snapshot!(shelf(40, 8).press("<Enter>Tj").screen(), @r"
         灯下读书
           一、点灯
        ▐   二、翻页▌
             夹一张纸



         灯下读书             35 % · 1 min left
    ");
}

#[test]
fn a_search() {
    assert_snapshot!(shelf(40, 10).press("<Enter>/灯芯<Enter>n").screen(), @r"
         灯下读书
        夜里点一盏灯，书页就亮了。“灯太亮，人
        就倦；灯太暗，眼就倦。”古人这样说。


        一、点灯

        先把灯芯剪短，火苗才稳。剪▐灯芯▌的人叫
        lamplighter，一晚要走 12 条街。
         灯下读书       2/2 · 62 % · 1 min left
    ");
}

#[test]
fn bookmarks() {
    assert_snapshot!(shelf(60, 8).press("<Enter>]BG]Bgb").screen(), @r"
         Bookmarks · 灯下读书                          2 · by place
        ▐ >  一、点灯▌
         >  夹一张纸




         Enter go there · q back · d remove · a note · H meaning
    ");
}

#[test]
fn help() {
    assert_snapshot!(shelf(60, 8).press("?").screen(), @r"
        Keys                                                q back
        Anywhere
         q                   back; at the top level, quit
         Q C-c               quit
         ? F1                show the keys
         Tab                 next pane
         S-Tab               previous pane
        j k scroll · q back
        ");
}

#[test]
fn a_key_that_does_nothing_says_so() {
    let said = |keys: &str| Script::new(60, 8).press(keys).app.notice.map(|notice| notice.text.to_string());
    assert_eq!(said("v").as_deref(), Some("v does nothing here; ? shows the keys"));
    assert_eq!(said("?/").as_deref(), Some("/ does nothing here; q goes back"));
    assert_eq!(said("<Enter>gx").as_deref(), Some("gx does nothing here; ? shows the keys"));
    assert_eq!(said("<Enter>3<F9>").as_deref(), Some("F9 does nothing here; ? shows the keys"));
    for keys in ["<Enter>g", "<Enter>3", "<Enter>vm<Esc>", "<Enter>gxj"] {
        assert_eq!(said(keys), None, "{keys}");
    }
}

#[test]
fn figures_scroll() {
    let shown = |keys: &str| {
        let script = shelf(80, 10).press("<Enter>gs").press(keys);
        let rows: Vec<String> = script.screen().lines().skip(1).take(8).map(|row| row.trim().to_owned()).collect();
        (rows, script)
    };
    let (first, _) = shown("");
    insta::assert_snapshot!(first.join("\n"), @r"
    Read in all    0 characters · 0 min
    Finished       0 articles
    Days in a row  0

    2026-11-25
    2026-11-24
    2026-11-23
    2026-11-22
    ");
    for keys in ["<PgDn><PgDn><PgDn>", "G", "99j"] {
        let (last, script) = shown(keys);
        assert!(!last.contains(&first[0]) && last[7].len() == "2026-11-25".len(), "{keys}: {last:?}");
        assert_eq!(shown(&format!("{keys}<Home>")).0, first);
        assert!(script.resize(80, 40).screen().contains("Read in all"), "{keys}");
    }
    assert_eq!(shown("jk<Space>b").0, first);
}

#[test]
fn the_keys_are_shown_everywhere_and_lead_back() {
    for (keys, context) in [("gs", Context::Figures), ("v", Context::Select), ("gb", Context::Bookmarks)] {
        let script = shelf(60, 8).press("<Enter>").press(keys).press("?");
        assert_eq!(script.app.focus, Context::Help, "{keys}");
        let script = script.press("q");
        assert_eq!(script.app.focus, context, "{keys}");
        assert_eq!(script.press("q").app.focus, Context::Reader, "{keys}");
    }
    let script = shelf(90, 20).press("<Enter>v<Tab>");
    assert_eq!(script.app.focus, Context::Outline);
    assert!(script.app.reader.unwrap().selection.is_none());
    assert_eq!(shelf(90, 20).press("<Enter>BvU").status(), "undone: bookmark: 夜里点一盏灯，书页就亮了。");
}

#[test]
fn a_quote_of_a_table_is_one_line() {
    let screen = shelf(60, 8).press("<Enter>GBgb").screen();
    assert!(!screen.contains('\u{fffd}'), "{screen}");
}

#[test]
fn every_sample_article_opens_and_its_sections_can_be_walked() {
    for (index, (name, _)) in SEEDS.iter().enumerate() {
        let mut script = Script::new(100, 30).press(&"j".repeat(index)).press("<Enter>");
        let count = script.app.reader.as_ref().map(|reader| reader.document.outline.sections.len());
        let count = count.unwrap_or_else(|| panic!("{name} does not open"));
        assert!(count > 1, "{name} has {count} sections");
        for section in 0..count {
            script = script.press("]");
            let reader = script.app.reader.as_ref().unwrap();
            let title = &reader.document.outline.sections[section].title;
            assert_eq!(reader.section(), Some(section), "{name}: ] does not reach “{title}”");
            assert!(script.screen().contains('▸'), "{name}: the outline marks no section");
        }
    }
}

#[test]
fn the_next_start_offers_the_place() {
    let first = script("<Enter>]]B").press("jjjq");
    let second = Script::resumed(80, 24, &first.recorded);
    assert!(second.status().starts_with("Enter continues “"), "{}", second.status());
    let place = |script: &Script| script.app.reader.as_ref().map(|reader| reader.top);
    assert_eq!(place(&second.press("<Enter>")), place(&script("<Enter>]]jjj")));
}

#[test]
fn back_forward_and_marks() {
    let top = |keys: &str| script(keys).app.reader.map(|reader| reader.top);
    assert_eq!(top("<Enter>]]<C-o>"), top("<Enter>]"));
    assert_eq!(top("<Enter>]]<C-o>gi"), top("<Enter>]]"));
    assert_eq!(top("<Enter>]]maG'a"), top("<Enter>]]"));
    assert_eq!(top("<Enter>]]mAqj<Enter>'A"), top("<Enter>]]"));
    assert_eq!(top("<Enter>]]''"), top("<Enter>]"));
}

#[test]
fn escape_leaves_one_layer_and_never_the_program() {
    let script = script("<Enter>/的<Enter>");
    assert!(!script.app.query.is_empty());
    let script = script.press("<Esc>");
    assert!(script.app.query.is_empty() && script.app.focus == Context::Reader);
    assert!(!script.press("<Esc><Esc><Esc>q<Esc><Esc>").app.quits);
}

#[test]
fn pages_end_with_the_text() {
    let last = shelf(60, 14).press("<Enter>G").screen();
    assert_eq!(shelf(60, 14).press("<Enter><Space><Space><Space><Space><Space><Esc>").screen(), last);
    let first = shelf(60, 14).press("<Enter>").screen();
    assert_eq!(shelf(60, 14).press("<Enter><Space><Space><Space>bbbb<Esc>").screen(), first);
}

const LISTING: &str = "# 代码\n\n先看一段，它比屏幕宽，里面的行有长有短，都要一起动。\n\n> ```rust\n> fn main() {\n>     let name = a_long_function(with_arguments, and_more);\n>     short();\n> }\n> ```\n\n中间的话，把两块隔开。\n\n```sh\necho 0123456789 0123456789 0123456789 0123456789\nls\n```\n\n末段。\n";

#[test]
fn a_wide_block_is_scrolled_as_a_whole_and_by_itself() {
    let script = Script::new(44, 17).over(&[LISTING]).press("<Enter>");
    let before = script.screen();
    let script = script.press("<Right><Right>");
    assert_snapshot!(script.screen(), @"
     代码
    先看一段，它比屏幕宽，里面的行有长有短，都
    要一起动。

    │  ‹
    │  ‹_long_function(with_arguments, and_more›
    │  ‹
    │  ‹

    中间的话，把两块隔开。

      echo 0123456789 0123456789 0123456789 012›
      ls

    末段。

     代码                    100 % · 0 min left
    ");
    let script = script.press("<Right><Right><Right><Right>");
    assert_snapshot!(script.screen(), @"
     代码
    先看一段，它比屏幕宽，里面的行有长有短，都
    要一起动。

    │  ‹
    │  ‹long_function(with_arguments, and_more);
    │  ‹
    │  ‹

    中间的话，把两块隔开。

     ‹123456789 0123456789 0123456789 0123456789
     ‹

    末段。

     nothing on the screen goes on to that side
    ");
    let script = script.press("<Right><Right><Right>");
    assert_eq!(script.status(), "nothing on the screen goes on to that side");
    assert_eq!(script.press("9<Left>9<Left>j").press("k").screen(), before);
}

#[test]
fn what_is_searched_for_is_not_hidden_to_a_side() {
    let script = Script::new(44, 17).over(&[LISTING]).press("<Enter>/and_more<Enter>");
    assert!(script.screen().contains("▐and_more▌"), "{}", script.screen());
    let script = script.press("/fn main<Enter>");
    assert!(script.screen().contains("▐fn main▌"), "{}", script.screen());
}

#[test]
fn of_a_line_of_any_length_all_is_found_and_shown() {
    let line = format!("{}needle one{}needle two{}needle three", "a".repeat(65_490), "b".repeat(30), "c".repeat(3000));
    let text = format!("# 长行\n\n```\n{line}\nshort\n```\n\n末段。\n");
    let mut script = Script::new(44, 12).over(&[&text]).press("<Enter>/needle<Enter>");
    for shown in ["▐needle▌ one", "▐needle▌ two", "▐needle▌ three"] {
        assert!(script.screen().contains(shown), "{}", script.screen());
        script = script.press("n");
    }
    // Back at the first; what is on from there is reached by keys too.
    let last = script.press("N99<Right>").screen();
    assert!(last.contains("three"), "{last}");
}

#[test]
fn of_a_block_no_more_is_made_than_it_is_scrolled_by() {
    let (long, far) = ("a".repeat(20_000), "b".repeat(20_000));
    let text = format!("# 长行\n\n```\n{long}\n```\n\n中间\n\n```\n{far}needle\n```\n");
    let script = Script::new(44, 12).over(&[&text]).press("<Enter>/needle<Enter>");
    let rows = &script.app.reader.as_ref().unwrap().rows;
    let cells: Vec<u32> = rows.iter().map(|(_, row)| row.cells()).filter(|cells| *cells > 44).collect();
    assert!(matches!(cells.as_slice(), [first, last] if *first < 5000 && *last > 20_000), "{cells:?}");
}

#[test]
fn what_is_told_is_set_when_something_happens_for_the_window_as_it_is() {
    let told = |script: &Script| script.app.told.lines.join("\n");
    let script = Script::new(80, 20).over(&["# 题\n\n文\n"]).press("<Enter><Right>");
    assert_eq!(told(&script), "nothing on the screen goes on to that side");
    let script = script.resize(16, 20);
    assert_snapshot!(told(&script), @"
    nothing on the
    screen goes on
    to that side
    ");
    assert_eq!(told(&script.press("j")), "");
    let nothing = |script: &Script| script.app.nothing.lines.join("\n");
    let script = Script::new(30, 20).over(&["# 题\n\n文\n"]).press("/zzz<Enter>");
    assert_snapshot!(nothing(&script), @"
    No article matches. Esc
    shows all.
    ");
    assert_eq!(nothing(&script.press("<Esc>")), "");
}

/// What is said after some keys; nothing if nothing is.
fn said(script: Script) -> String {
    script.app.notice.map(|notice| notice.text.to_string()).unwrap_or_default()
}

#[test]
fn keys_that_change_nothing_say_why() {
    let text = "---\ntitle: 江\n---\n\n河水从山里来。它不问去处，只问低处。\n\n## 节\n\n末段，见[网](https://example.com/)。\n";
    let open = |keys: &str| said(Script::new(80, 24).over(&[text]).press("<Enter>").press(keys));
    for (keys, expected) in [
        (">", "no pane stands beside the text"),
        ("t>>>", "as wide as it can be"),
        ("t<lt><lt><lt><lt><lt><lt><lt><lt><lt>", "as narrow as it can be"),
        ("t>>>><lt>", ""),
        ("<C-b>", "the start"),
        ("{", "no paragraph above"),
        ("5}}", "no paragraph below"),
        ("(", "no sentence above"),
        (")", "at “它不问去处，只问低处。”"),
        ("9))", "no sentence below"),
        ("Vl", "whole sentences are selected: ) adds one, v selects characters"),
        ("Vw", "whole sentences are selected: ) adds one, v selects characters"),
        ("Vv", "characters"),
        ("vV", "whole sentences"),
        ("vh", "the text ends here"),
        ("vl", ""),
        ("gba", "nothing is listed here"),
        ("gaH1", "nothing is listed here"),
        ("gb<Enter>", "nothing is listed here"),
        ("L<C-o>", "no place to go back to"),
        ("Lgi", "no place to go forward to"),
        ("Lx", "x does nothing here; ? shows the keys"),
    ] {
        assert_eq!(open(keys), expected, "{keys}");
    }
    let list = |keys: &str| said(Script::new(80, 24).over(&[text]).press(keys));
    assert_eq!(list("<Tab>"), "there is no other pane");
    assert_eq!(list("/没有<Enter>N"), "nothing is listed here");
}

#[test]
fn a_list_that_covers_the_text_is_left_for_the_place_of_the_last_jump() {
    let text = format!("---\ntitle: 江\n---\n\n{}见[网](https://example.com/)。\n", "河水从山里来。\n\n".repeat(40));
    let place = |keys: &str| {
        let app = Script::new(80, 12).over(&[&text]).press("<Enter>").press(keys).app;
        (app.focus, app.reader.unwrap().top)
    };
    assert_eq!(place("10}L<C-o>"), place(""));
    assert_eq!(place("10}gb<Backspace>"), place(""));
    assert_eq!(place("10}<C-o>Lgi"), place("10}"));
    assert_eq!(place("TT"), place(""));
}

#[test]
fn the_wheel_ends_what_was_said_as_a_key_does() {
    let text = format!("---\ntitle: 江\n---\n\n{}", "河水从山里来。\n\n".repeat(40));
    let script = Script::new(80, 12).over(&[&text]).press("<Enter>B");
    assert!(script.status().starts_with("bookmarked"), "{}", script.status());
    let script = script.with(Message::Mouse(Mouse::Wheel(3), 10, 5));
    assert!(script.status().ends_with("min left"), "{}", script.status());
}
