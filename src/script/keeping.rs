//! Selecting, highlighting, noting, undoing: keys and what is kept after them.

use super::Script;
use crate::annotations::Kind;
use crate::app::key::Key;
use crate::app::{Effect, Message};
use crate::config::Settings;
use insta::assert_snapshot;

const RIVER: &str = "---
title: 河流
---

河水从山里来。它不问去处，只问低处。

一路上，石头都被磨圆了；人也一样。

末段很短。
";

fn river() -> Script {
    Script::new(60, 12).over(&[RIVER]).press("<Enter>")
}

/// What is kept after some keys, as lines: meaning, words, note.
#[track_caller]
fn check(keys: &str, expected: &[&str]) {
    let script = river().press(keys);
    let mut kept: Vec<String> = script
        .app
        .annotations
        .bookmarks(None)
        .into_iter()
        .map(|kept| format!("{:?} {} {}", kept.kind, kept.passage.quote, kept.note).trim_end().to_owned())
        .collect();
    // The clock of a script stands still: the order in which they were made is chance.
    kept.sort();
    assert_eq!(kept, expected, "{keys}");
}

#[test]
fn highlights_in_five_meanings() {
    check("H1", &["Important 河水从山里来。"]);
    check("vwweH2", &["Question 河水从山里"]);
    check("V)H3", &["Agreed 河水从山里来。它不问去处，只问低处。"]);
    check("vipH4", &["Doubted 河水从山里来。它不问去处，只问低处。"]);
    check("H5", &["Term 河水从山里来。"]);
    check("H5}HH", &["Term 一路上，石头都被磨圆了；人也一样。", "Term 河水从山里来。"]);
    check("H9", &[]);
}

#[test]
fn a_highlight_changes_its_meaning() {
    check("H1H2", &["Question 河水从山里来。"]);
    check("H1gaH4", &["Doubted 河水从山里来。"]);
}

#[test]
fn notes() {
    check("a想一想<Enter>", &["Important 河水从山里来。 想一想"]);
    check("H2a为什么<Enter>", &["Question 河水从山里来。 为什么"]);
    check("H2ax<Esc><Esc>", &["Question 河水从山里来。"]);
    check("H2aab<Enter>gaac<Enter>", &["Question 河水从山里来。 abc"]);
}

#[test]
fn a_note_and_another_meaning_are_for_what_was_just_highlighted() {
    check("}V<Esc>gg/去处<Enter>vH1a什么<Enter>", &["Important 去处 什么"]);
    check("v}H1a长<Enter>", &["Important 河水从山里来。它不问去处，只问低处。\n\n一 长"]);
    check("/石头<Enter>VH1H4", &["Doubted 一路上，石头都被磨圆了；人也一样。"]);
    // Of two in a sentence, the one made last; once something moved, the sentence at the top again.
    check("vH1/山<Enter>vH1aa<Enter>", &["Important 山 a", "Important 河"]);
    check("/石头<Enter>vH1jaa<Enter>", &["Important 河水从山里来。 a", "Important 石头"]);
    check("/石头<Enter>vH1Uaa<Enter>", &["Important 河水从山里来。 a"]);
}

#[test]
fn a_note_that_is_dropped_keeps_nothing() {
    check("ax<Esc><Esc>", &[]);
    check("vwa<Esc>", &[]);
    check("H1ax<Esc><Esc>U", &[]);
    check("H1}ax<Esc><Esc>U", &[]);
}

#[test]
fn a_note_outlives_the_program() {
    let note = |keys: &str| {
        let first = river().press(keys).with(Message::End);
        let second = Script::resumed(60, 12, &first.recorded);
        second.app.annotations.bookmarks(None).iter().map(|kept| kept.note.clone()).collect::<Vec<_>>()
    };
    assert_eq!(note("a想一"), ["想一"]);
    assert_eq!(note("H1a想<Enter>a一"), ["想一"]);
    assert_eq!(note("H1a"), [""]);
    assert_eq!(note("a"), [] as [&str; 0]);
}

#[test]
fn every_change_can_be_undone() {
    check("BU", &[]);
    check("H1U", &[]);
    check("H1H2U", &["Important 河水从山里来。"]);
    check("H1ax<Enter>U", &["Important 河水从山里来。"]);
    check("H1gad", &[]);
    check("H1gadU", &["Important 河水从山里来。"]);
    check("H1H2UU", &[]);
}

#[test]
fn undoing_says_what_was_undone() {
    let said = |keys: &str| river().press(keys).app.notice.map(|notice| notice.text.to_string()).unwrap_or_default();
    for (keys, expected) in [
        ("BU", "undone: bookmark: 河水从山里来。"),
        ("H1U", "undone: important: 河水从山里来。"),
        ("H1H2U", "undone: meaning: 河水从山里来。"),
        ("H1ax<Enter>U", "undone: note: 河水从山里来。"),
        ("H1gadU", "undone: removal: 河水从山里来。"),
        ("maU", "undone: mark a"),
        ("maUU", "nothing to undo"),
        ("maU'a", "no mark a"),
        ("mAU'A", "no mark A"),
    ] {
        assert_eq!(said(keys), expected, "{keys}");
    }
    let place = |keys: &str| {
        let script = river().press(keys);
        let here = &script.app.library.articles[0].identity;
        script.app.annotations.mark('a', here).map(|(_, passage)| passage.quote.clone()).unwrap_or_default()
    };
    assert_eq!(place("maGmaU"), place("ma"), "back to where it was before");
}

#[test]
fn kept_passages_are_shown_in_the_text() {
    let script = river().press("H1}vwH3");
    let marked: Vec<_> = script.app.reader.as_ref().unwrap().marked.iter().map(|marked| marked.kind).collect();
    assert_eq!(marked, [Kind::Important, Kind::Agreed]);
    assert_snapshot!(river().press("H1}vwH3a要紧<Enter>gg").screen(), @r#"
         河流
        ! 河水从山里来。它不问去处，只问低处。

        +"一路上，石头都被磨圆了；人也一样。

          末段很短。





         河流                                    100 % · 0 min left
    "#);
}

#[test]
fn a_row_shows_two_meanings_and_a_narrow_pane_shows_them_too() {
    assert_snapshot!(river().press("vwH1gg/问<Enter>vwH2gg").screen(), @r"
         河流
        !?河水从山里来。它不▐问▌去处，只问低处。

          一路上，石头都被磨圆了；人也一样。

          末段很短。





         河流                              1/2 · 100 % · 0 min left
    ");
    let narrow = Script::new(24, 10).over(&[RIVER]).press("<Enter>H1}vwH3gg");
    assert_snapshot!(narrow.screen(), @r"
         河流
        河水从山里来。它不问去
        处，只问低处。        !

        一路上，石头都被磨圆了；
        人也一样。            +

        末段很短。

         河… 100 % · 0 min left
        ");
}

#[test]
fn of_cells_beside_each_other_the_row_with_the_words_has_the_sign() {
    let table = "---\ntitle: 石桥\n---\n\n| 名 | 说明 |\n|---|---|\n| 有七个桥洞的石桥，没有两个一样 | 每年春天河水漫过第三个桥洞，人就走不过去了 |\n";
    let script = Script::new(34, 14).over(&[table]).press("<Enter>/第三<Enter>vH3<Esc>/两个<Enter>vH1<Esc>");
    assert_snapshot!(script.screen(), @r"
     石桥
    名           │ 说明
    ─────────────┼─────────────────
    有七个桥洞的 │ 每年春天河水漫过
    石桥，没有两 │ 第三个桥洞，人就 !+
    个一样       │ 走不过去了







     石桥          100 % · 0 min left
    ");
}

#[test]
fn the_note_is_written_at_the_foot() {
    assert_snapshot!(river().press("a石头被磨圆").screen(), @r"
         河流
        ! 河水从山里来。它不问去处，只问低处。

          一路上，石头都被磨圆了；人也一样。

          末段很短。



        ▐Note · Enter keeps, Esc leaves, C-j new line · 河水从山里来…▌
         石头被磨圆
         河流                                    100 % · 0 min left
    ");
}

#[test]
fn lists_of_one_article_and_of_all() {
    assert_snapshot!(river().press("H1}H2a问<Enter>ga").screen(), @r"
         Highlights · 河流                             2 · by place
        ▐ !  河水从山里来。▌
         ?  一路上，石头都被磨圆了；人也一样。 — 问








         Enter go there · q back · d remove · a note · H meaning
    ");
    assert_snapshot!(river().press("H1}H2gaga").screen(), @r"
         Highlights of all articles                    2 · by place
        ▐ !  河流            河水从山里来。▌
         ?  河流            一路上，石头都被磨圆了；人也一样。








         Enter go there · q back · d remove · a note · H meaning
    ");
}

#[test]
fn in_narrow_windows_one_sees_what_one_types_and_what_is_said_of_it() {
    let script = river().resize(30, 9).press("a很长很长的一条笔记").press("<Esc>");
    assert_snapshot!(script.screen(), @"
     河流
    河水从山里来。它不问去处，只
    问低处。                    !

    一路上，石头都被磨圆了；人也
    ▐Note · Enter keeps, Esc leave…▌
     很长很长的一条笔记
     not kept yet: Enter keeps,
     Esc drops it
    ");
    let script = river().resize(30, 9).press("/abcdefghijklmnopqrstuvwxyz和很长的词");
    assert_snapshot!(script.status(), @"…ijklmnopqrstuvwxyz和很长的词");
}

#[test]
fn narrow_lists_of_all_articles_name_them_too() {
    let script = river().press("B}B").resize(40, 6).press("gbgb");
    assert_snapshot!(script.screen(), @"
    ▐ >  河流        河水从山里来。▌
     >  河流        一路上，石头都被磨圆了…



     Enter go there · q back · d remove
    ");
    assert_snapshot!(script.resize(28, 6).screen(), @"
    ▐ >  河水从山里来。▌
     >  一路上，石头都被磨圆了…



     Enter go there · q back
    ");
}

#[test]
fn a_lost_passage_is_attached_anew() {
    let script = river().press("H1ga");
    let changed = RIVER.replace("河水从山里来。", "").replace("它不问去处，只问低处。", "");
    let script = script.press("q").rewritten(&changed);
    let kept = script.app.annotations.bookmarks(None)[0].clone();
    assert!(script.app.is_lost(&kept));
    let script = script.press("gaRvipR");
    let kept = script.app.annotations.bookmarks(None)[0].clone();
    assert_eq!(kept.passage.quote, "一路上，石头都被磨圆了；人也一样。");
    assert!(!script.app.is_lost(&kept));
}

/// The title and the text of the file that some keys ask for.
fn exported(keys: &str) -> Option<(String, String)> {
    let mut app = river().press(keys).app;
    let x = Message::Key(Key::Char('x'));
    app.update(x).into_iter().find_map(|effect| match effect {
        Effect::Export { title, text } => Some((title, text)),
        _ => None,
    })
}

#[test]
fn x_exports_what_is_kept() {
    let (title, text) = exported("H1a想<Enter>}B").unwrap();
    assert_eq!(title, "河流");
    assert!(text.starts_with("# 河流\n") && text.contains("> 河水从山里来。\n\n想\n"), "{text}");
    assert!(text.contains("> 一路上，石头都被磨圆了；人也一样。"), "{text}");
    let (_, text) = exported("H1}Bga").unwrap();
    assert!(!text.contains("一路上"), "what the list shows: {text}");
    assert_eq!(exported(""), None, "nothing is kept");
}

#[test]
fn sentences_say_the_keys_in_force() {
    let file =
        "keys: {highlight: s, bookmark: E, undo: C-u, half-page-up: [], go-to-mark: W, bookmarks: gk, select: X}\n";
    let settings = Settings::parse(file, "config.yaml".into());
    assert_eq!(settings.problems, []);
    let river = |keys: &str| Script::set(60, 12, &[], settings.clone()).over(&[RIVER]).press("<Enter>").press(keys);
    assert_eq!(Script::set(60, 12, &[], settings.clone()).app.notice, None);
    let said = |keys: &str| river(keys).app.notice.unwrap().text.to_string();
    assert_eq!(said("s9"), "s and then 1 to 5: important, question, agreed, doubted, term");
    assert_eq!(said("EE"), "this sentence is bookmarked already; gk lists the bookmarks");
    assert_eq!(said("Egkd"), "removed; C-u brings it back");
    let none = river("gk").screen();
    assert!(none.contains(" No bookmarks in this article: E makes one. gk again:"), "{none}");
    assert!(river("X").status().starts_with("s highlight · a note"), "{}", river("X").status());
    let kinds: Vec<Kind> = river("s3}ss").app.annotations.bookmarks(None).iter().map(|kept| kept.kind).collect();
    assert_eq!(kinds, [Kind::Agreed; 2], "the key itself once more");
    let place = |keys: &str| river(keys).app.reader.unwrap().top;
    assert_eq!(place("}WW"), place(""));
    let help = river("").app.keymap.help();
    let sentence = |key: &str| help.iter().find(|(keys, _)| keys == key).map(|(_, sentence)| sentence.as_str());
    assert_eq!(sentence("W"), Some("W and a letter goes there; again: to the last place (list, text)"));
    assert!(sentence("s").is_some_and(|sentence| sentence.starts_with("s and 1–5 highlights")));
}

#[test]
fn why_a_list_is_empty_is_said_in_full() {
    assert_snapshot!(Script::new(40, 7).over(&[RIVER]).press("<Enter>gb").screen(), @"
    Bookmarks · 河流
    No bookmarks in this article: B makes
    one. gb again: those of all.



    q back
    ");
}
