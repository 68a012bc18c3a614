//! Vertical setting on the screen: columns from right to left, and everything that is done in rows done in them.

use super::Script;
use crate::app::Message;
use crate::app::Mouse;
use crate::document::Scope;
use crate::library::sample::SEEDS;
use insta::assert_snapshot;
use std::collections::HashSet;

const LAMP: &str = "---
title: 灯下读书
source: 样书
---

# 灯下读书

夜里点一盏灯，书页就亮了。“灯太亮，人就倦；灯太暗，眼就倦。”古人*这样*说。

## 一、点灯

先把灯芯剪短，火苗才稳。剪灯芯的人叫 lamplighter，一晚要走 12 条街。

```
let oil = 3;
```

## 二、翻页

- 右手翻，左手压。
- 不折角，不舔指头。
";

const STONE: &str = "---\ntitle: The stone bridge\n---\n\nA bridge of seven arches, and no two of them alike.\n";

fn lamp(columns: u16, rows: u16) -> Script {
    Script::new(columns, rows).over(&[LAMP, STONE]).press("<Enter>gv")
}

fn text(script: &Script) -> String {
    let reader = script.app.reader.as_ref().unwrap();
    reader.selection.map(|selection| reader.document.text(selection.span())).unwrap_or_default()
}

#[test]
fn columns_run_from_right_to_left() {
    assert_snapshot!(lamp(40, 18).screen(), @r"
    灯下读书

    ‹     要 ｌ 苗                就 ﹃
          走 ａ 才                倦 灯
          12 ｍ 稳 先    一       ︒ 太 夜
          条 ｐ ︒ 把    ︑       ﹄ 亮 里
          街 ｌ 剪 灯    点       古 ︐ 点
          ︒ ｉ 灯 芯    灯       人 人 一
             ｇ 芯 剪             这•就 盏
             ｈ 的 短             样•倦 灯
             ｔ 人 ︐             说 ︔ ︐
             ｅ 叫 火             ︒ 灯 书
             ｒ                      太 页
             ︐                      暗 就
             一                      ︐ 亮
             晚                      眼 了
                                        ︒
    columns, from right to left
    ");
}

#[test]
fn keys_move_by_columns_and_pages() {
    let script = lamp(40, 18).press("j");
    assert_snapshot!(script.screen(), @r"
    灯下读书

    ‹        要 ｌ 苗                就 ﹃
             走 ａ 才                倦 灯
             12 ｍ 稳 先    一       ︒ 太
             条 ｐ ︒ 把    ︑       ﹄ 亮
             街 ｌ 剪 灯    点       古 ︐
             ︒ ｉ 灯 芯    灯       人 人
                ｇ 芯 剪             这•就
                ｈ 的 短             样•倦
                ｔ 人 ︐             说 ︔
                ｅ 叫 火             ︒ 灯
                ｒ                      太
                ︐                      暗
                一                      ︐
                晚                      眼

    灯下读书             74 % · 1 min left
    ");
    // To the left is on, to the right is back.
    let back = script.press("<Left><Right><Right>");
    assert_eq!(back.screen(), lamp(40, 18).press("jk").screen());
    assert_snapshot!(back.press("<Space>").screen(), @r"
    灯下读书

    ・ ・             let oil = 3;      要
    不 右                               走
    折 手    二                         12
    角 翻    ︑                         条
    ︐ ︐    翻                         街
    不 左    页                         ︒
    舔 手
    指 压
    头 ︒
    ︒





    一、点灯            100 % · 0 min left
    ");
}

#[test]
fn the_end_is_told_where_no_page_follows() {
    let code = "let oil = 3;\n".repeat(4);
    let wide = "let wick = \"a wick of cotton, cut short and even, so that the flame does not smoke\";";
    let text = format!("夜里点一盏灯。\n\n```\n{code}{wide}\n```\n\n书页就亮了。\n\n{}\n", "又一句。".repeat(60));
    let mut script = Script::new(40, 18).over(&[&text]).press("<Enter>gvgg");
    let mut pages = 1;
    loop {
        let before = script.screen();
        script = script.press("<Space>");
        let is_end = script.status().contains("the end");
        let body = |screen: &str| screen.lines().take(17).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(is_end, body(&before) == body(&script.screen()), "{before}\n{}", script.screen());
        if is_end {
            break;
        }
        pages += 1;
    }
    assert!(pages > 3, "{pages}");
}

/// The rows of the boxes on the page, from the first box on; each is seen whole.
fn boxed(script: &Script) -> Vec<String> {
    let screen = script.screen();
    let insets = script.app.reader.iter().flat_map(|reader| &reader.rows).filter_map(|(_, row)| row.inset.as_ref());
    let rows = insets.filter(|inset| inset.at == 0).flat_map(|inset| inset.rows.iter());
    let texts = rows.map(|row| row.runs.iter().map(|run| run.text.as_str()).collect::<String>());
    texts.inspect(|text| assert!(screen.contains(text.trim()), "{text:?} in\n{screen}")).collect()
}

#[test]
fn boxes_are_read_whole_and_in_order() {
    let code: Vec<String> = (10..60).map(|line| format!("let line_{line} = measure(of, this, line);")).collect();
    let before = "夜里点一盏灯，书页就亮了。".repeat(3);
    let text = format!("{before}\n\n```\n{}\n```\n\n书页就亮了。\n\n{}", code.join("\n"), "又一句。".repeat(60));
    for (columns, rows) in [(40, 20), (80, 24), (200, 60), (56, 14)] {
        for key in ["<Space>", "j", "<C-d>", "3j"] {
            let mut script = Script::new(columns, rows).over(&[&text]).press("<Enter>gv");
            let mut seen = boxed(&script);
            for _ in 0..40 {
                script = script.press(key);
                let found = boxed(&script);
                let known =
                    seen.iter().rposition(|row| found.first() == Some(row)).map_or(0, |first| seen.len() - first);
                assert!(seen.ends_with(&found[..known.min(found.len())]) || known > found.len());
                seen.extend(found.into_iter().skip(known));
            }
            let lines: Vec<&str> = seen.iter().map(|row| row.trim()).collect();
            assert_eq!(lines, code, "{columns}x{rows} by {key}");
            for _ in 0..40 {
                script = script.press(&key.replace("Space", "b").replace('j', "k").replace("C-d", "C-u"));
                boxed(&script);
            }
        }
    }
}

#[test]
fn what_is_kept_in_a_box_has_one_sign() {
    let text = format!("夜里点一盏灯。\n\n```\nlet oil = 3;\nlet wick = 4;\n```\n\n{}", "又一句。".repeat(60));
    let script = Script::new(50, 16).over(&[&text]).press("<Enter>gv/wick<Enter>vH3<Esc>");
    assert_snapshot!(script.screen().lines().take(6).collect::<Vec<_>>().join("\n"), @r"
    standard input
                              +
      一 一 一 一 一 一       let oil = 3;
      句 句 句 句 句 句       let wick = 4;
      ︒ ︒ ︒ ︒ ︒ ︒ 又                      夜
      又 又 又 又 又 又 一                      里
    ");
}

#[test]
fn pages_show_all_of_an_article() {
    for article in 0..SEEDS.len() {
        for (columns, rows) in [(40, 20), (80, 24)] {
            let mut script = Script::new(columns, rows).press(&format!("{}<Enter>gvgg", "j".repeat(article)));
            let mut seen = HashSet::new();
            while !script.status().contains("the end") {
                let rows = || script.app.reader.iter().flat_map(|reader| &reader.rows).map(|(_, row)| row);
                let boxed = rows().filter_map(|row| row.inset.as_ref()).flat_map(|inset| inset.rows.iter());
                let spans = rows().chain(boxed).flat_map(|row| &row.runs).filter_map(|run| run.span);
                seen.extend(
                    spans.flat_map(|span| (span.start.byte..span.end.byte).map(move |byte| (span.start.block, byte))),
                );
                script = script.press("<Space>");
            }
            for (block, shown) in script.app.reader.as_ref().unwrap().document.shown(Scope::Article) {
                let is_lost =
                    |(byte, c): &(usize, char)| !c.is_whitespace() && !seen.contains(&(block as u32, *byte as u32));
                let lost: String = shown.text.char_indices().filter(is_lost).map(|(_, c)| c).collect();
                assert_eq!(lost, "", "{article} {columns}x{rows} {}", shown.text.as_str());
            }
        }
    }
}

#[test]
fn a_box_without_room_is_on_the_next_page() {
    let code = "let oil = 3; // as much as the lamp holds";
    let text = format!(
        "夜里点一盏灯，书页就亮了，不要太亮。\n\n```\n{code}\n```\n\n书页就亮了。\n\n{}",
        "又一句。".repeat(60)
    );
    let script = Script::new(50, 14).over(&[&text]).press("<Enter>gv");
    assert_snapshot!(script.screen(), @r"
    standard input

      ‹                                      页
                                             就
                                             亮 夜
                                             了 里
                                             ︐ 点
                                             不 一
                                             要 盏
                                             太 灯
                                             亮 ︐
                                             ︒ 书

    columns, from right to left
    ");
    assert_snapshot!(script.press("<Space>").screen(), @r"
    standard input

         let oil = 3; // as much as the lamp holds










    standard input                 11 % · 1 min left
    ");
}

#[test]
fn a_heading_goes_with_the_box_below_it() {
    let text = format!(
        "---\ntitle: 灯\n---\n\n{}\n\n## 油\n\n```\nlet oil = 3;\n```\n\n书页就亮了。\n",
        "又一句。".repeat(30)
    );
    let script = Script::new(50, 16).over(&[&text]).press("<Enter>gv");
    assert!(!script.screen().contains('油'), "{}", script.screen());
    assert_snapshot!(script.press("<Space>").screen().lines().take(6).collect::<Vec<_>>().join("\n"), @r"
    灯

            let oil = 3;               一 一 一 一
                                       句 句 句 句
      书                      油       ︒ ︒ ︒ ︒
      页                                  又 又 又
    ");
}

#[test]
fn what_is_put_at_the_end_of_a_page_is_on_it() {
    let text = format!("---\ntitle: 灯\n---\n\n{}\n\n## 油\n\n{}\n", "又一句。".repeat(90), "书页就亮了。".repeat(30));
    for key in ["zb", "zz", "zt"] {
        let script = Script::new(50, 16).over(&[&text]).press("<Enter>gvgg]").press(key);
        assert!(script.screen().contains('油'), "{key} {}", script.screen());
    }
}

#[test]
fn latin_paragraphs_fill_the_rows_of_a_page_first() {
    let latin = "A bridge of seven arches, and no two of them alike: the river took the third, and a mason who came by built it again.";
    let text = format!("夜里点一盏灯，书页就亮了。\n\n{latin}\n\n{}\n", "又一句。".repeat(60));
    let script = Script::new(80, 14).over(&[&text]).press("<Enter>gv");
    assert_snapshot!(script.screen(), @r"
    standard input

      又 句 又 句 又 句 又 句 又 句 又    A bridge of seven arches, and no 页
      一 ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒ 一    two of them alike: the river     就
      句 又 句 又 句 又 句 又 句 又 句 又 took the third, and a mason who  亮 夜
      ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒ 一 came by built it again.          了 里
      又 句 又 句 又 句 又 句 又 句 又 句                                  ︒ 点
      一 ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒                                     一
      句 又 句 又 句 又 句 又 句 又 句 又                                     盏
      ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒ 一                                     灯
      又 句 又 句 又 句 又 句 又 句 又 句                                     ︐
      一 ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒ 一 ︒                                     书

    columns, from right to left
    ");
}

#[test]
fn what_is_in_a_box_without_room_comes_on_the_screen() {
    let code = "let oil = 3; // as much as the lamp holds";
    let lamp = format!(
        "夜里点一盏灯，书页就亮了，不要太亮。\n\n```\n{code}\n```\n\n书页就亮了。\n\n{}",
        "又一句。".repeat(60)
    );
    let script = Script::new(50, 14).over(&[&lamp]).press("<Enter>gv");
    assert!(!script.screen().contains("oil"));
    let found = script.press("/oil<Enter>");
    assert!(found.screen().contains("let ▐oil▌ = 3; // as much as the lamp holds"), "{}", found.screen());
    let back = found.press("/书页<Enter>N");
    assert!(!back.screen().contains("oil") && back.screen().contains("夜"), "{}", back.screen());
    let selected = back.press("<Esc>ggv}");
    assert!(selected.screen().contains("▐l▌et oil") || selected.screen().contains("let oil"), "{}", selected.screen());
    assert_eq!(text(&selected).lines().count(), 3);
}

#[test]
fn the_way_to_columns_and_back_leads_to_the_same_screen() {
    let code = "let oil = 3; // as much as the lamp holds\n".repeat(12);
    let text = format!(
        "---\ntitle: 灯\n---\n\n# 灯\n\n{0}\n\n> {0}\n\n- {0}\n- An item in Latin letters, long enough for a box.\n\n```\n{code}```\n\n\
        ## 油\n\n| 名 | 数 |\n|---|---|\n| 灯 | 1 |\n| 油 | 3 |\n\n{0}[^1]\n\n![灯](a.png)\n\n[^1]: {0}\n",
        "夜里点一盏灯，书页就亮了。".repeat(4)
    );
    let body = |script: &Script| script.screen().lines().take(16).map(str::to_owned).collect::<Vec<_>>();
    for (columns, rows) in [(40, 20), (80, 24), (120, 40)] {
        let mut script = Script::new(columns, rows).over(&[&text]).press("<Enter>");
        for _ in 0..30 {
            // A blank row is no place.
            if !script.app.reader.as_ref().unwrap().rows[0].1.is_blank() {
                let before = body(&script);
                script = script.press("gvgv");
                assert_eq!(body(&script), before);
            }
            script = script.press("2j");
        }
    }
}

#[test]
fn the_place_is_kept_from_rows_to_columns_and_back() {
    let rows = Script::new(40, 18).over(&[LAMP]).press("<Enter>jj/压<Enter>");
    let before = rows.screen();
    let columns = rows.press("gv");
    assert_ne!(columns.screen(), before);
    assert_eq!(
        columns.press("gv").screen().lines().take(16).collect::<Vec<_>>(),
        before.lines().take(16).collect::<Vec<_>>()
    );
}

#[test]
fn searching_and_keeping_are_the_same() {
    let script = lamp(40, 18).press("/灯芯<Enter>n");
    assert_snapshot!(script.screen(), @r"
    灯下读书

    ‹     要 ｌ 苗                就 ﹃
          走 ａ 才                倦 灯
          12 ｍ 稳 先    一       ︒ 太 夜
          条 ｐ ︒ 把    ︑       ﹄ 亮 里
          街 ｌ 剪 灯    点       古 ︐ 点
          ︒ ｉ ▐灯▌ 芯    灯       人 人 一
             ｇ ▐芯▌ 剪             这•就 盏
             ｈ 的 短             样•倦 灯
             ｔ 人 ︐             说 ︔ ︐
             ｅ 叫 火             ︒ 灯 书
             ｒ                      太 页
             ︐                      暗 就
             一                      ︐ 亮
             晚                      眼 了
                                        ︒
    灯下读书       2/2 · 74 % · 1 min left
    ");
    let kept = script.press("<Esc>ggB");
    let quote = &kept.app.annotations.bookmarks(None)[0].passage.quote;
    assert_eq!(quote.as_str(), "夜里点一盏灯，书页就亮了。");
}

#[test]
fn selecting_goes_where_the_keys_point() {
    assert_eq!(text(&lamp(40, 18).press("vjj")), "夜里点");
    assert_eq!(text(&lamp(40, 18).press("vjjk")), "夜里");
    // One column to the left, at the same height.
    assert_eq!(text(&lamp(40, 18).press("vh")), "夜里点一盏灯，书页就亮了。“灯太");
    assert_eq!(text(&lamp(40, 18).press("vhl")), "夜");
}

#[test]
fn selecting_in_a_box_goes_across_it() {
    let rows = "let oil = 3;\nlet wick = 4;\nlet flame = 5;";
    let lamp = format!("夜里点一盏灯。\n\n```\n{rows}\n```\n\n书页就亮了。\n\n{}", "又一句。".repeat(60));
    let at = |keys: &str| text(&Script::new(60, 16).over(&[&lamp]).press("<Enter>gv/oil<Enter>v<Esc>v").press(keys));
    assert_eq!(at(""), "oil");
    assert_eq!(at("ll"), "oil =");
    assert_eq!(at("j"), "oil = 3;\nlet wic");
    assert_eq!(at("jjkh"), "oil = 3;\nlet wi");
    assert_eq!(at("3j"), "oil = 3;\nlet wick = 4;\nlet flame = 5;\n\n书");
}

#[test]
fn the_pointer_finds_what_it_points_at() {
    let script = lamp(40, 18);
    let (x, y) = script.app.reader.as_ref().unwrap().head_of((40, 16), 0);
    let at = |event, row: u16| Message::Mouse(event, x + 1, 1 + y + row);
    assert_eq!(text(&script.with(at(Mouse::Press, 2)).with(at(Mouse::Drag, 4))), "夜里点");
    let left = lamp(40, 18).with(at(Mouse::Press, 2)).with(Message::Mouse(Mouse::Drag, x - 3, 1 + y + 1));
    assert_eq!(text(&left), "夜里点一盏灯，书页就亮了。“灯");
}

#[test]
fn only_what_can_stand_stands() {
    let script = lamp(60, 12).press("J");
    assert!(script.screen().contains("A bridge of seven arches"), "{}", script.screen());
    assert_eq!(script.press("gv").status(), "only Chinese, Japanese and Korean can be set in columns");
}
