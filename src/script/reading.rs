//! Reading on: what must survive a reload, a long count, a search, an error.

use super::Script;
use crate::app::Message;

fn long() -> String {
    let paragraphs: Vec<String> =
        (1..60).map(|number| format!("第{number}段，说的是第{number}件事。谢谢。\n")).collect();
    format!("---\ntitle: 长文\n---\n\n{}", paragraphs.join("\n"))
}

fn reader() -> Script {
    Script::new(60, 12).over(&[&long()]).press("<Enter>")
}

#[test]
fn a_reload_keeps_progress_search_and_jumps() {
    let script = reader().press("<Space><Space><Space>/第20段<Enter>");
    let before = script.app.reader.as_ref().map(|reader| (reader.progress, reader.hits.len(), reader.top)).unwrap();
    assert!(before.0 > 100 && before.1 == 1, "{before:?}");
    let script = script.press("r");
    let after = script.app.reader.as_ref().map(|reader| (reader.progress, reader.hits.len(), reader.top)).unwrap();
    assert_eq!(before, after);
    let back = script.press("<C-o>");
    assert_ne!(back.app.reader.as_ref().unwrap().top, after.2);
}

#[test]
fn a_count_beyond_the_end_ends() {
    for keys in ["999999)", "999999(", "999999}", "999999]", "/谢谢<Enter>999999n", "v999999e", "v999999w", "999999j"]
    {
        reader().press(keys);
    }
}

#[test]
fn a_search_is_a_jump() {
    let start = reader().app.reader.as_ref().unwrap().top;
    let script = reader().press("/第40段<Enter>");
    assert_ne!(script.app.reader.as_ref().unwrap().top, start);
    assert_eq!(script.press("<C-o>").app.reader.as_ref().unwrap().top, start);
}

#[test]
fn a_search_that_is_given_up_leaves_the_screen_as_it_was() {
    let lines: String =
        (0..9).map(|number| format!("let sail_{number} = hoist(mast, rope, wind); // 帆{number}\n")).collect();
    let text = format!("# 船\n\n一段。\n\n```\n{lines}```\n\n{}", "又一段。\n\n".repeat(20));
    let body = |script: &Script| script.screen().lines().take(11).map(str::to_owned).collect::<Vec<_>>();
    for (keys, typed) in
        [("", "/帆7"), ("<Right>", "/帆7"), ("<Right>", "/sail_8"), ("jj", "/wind"), ("", "/帆77<Enter>")]
    {
        let script = Script::new(40, 12).over(&[&text]).press("<Enter>").press(keys);
        let before = body(&script);
        let script = script.press(typed);
        assert!(typed.ends_with("<Enter>") || body(&script) != before, "{keys}{typed}");
        assert_eq!(body(&script.press("<Esc>")), before, "{keys}{typed}");
    }
    // What is typed and found no more leaves the text where the search began, and so does what is deleted again.
    let began = Script::new(40, 12).over(&[&text]).press("<Enter><Right>");
    for typed in ["/帆7x", "/帆7<Backspace><Backspace>", "/sail_8?"] {
        let script = Script::new(40, 12).over(&[&text]).press("<Enter><Right>").press(typed);
        assert_eq!(body(&script), body(&began), "{typed}");
    }
}

#[test]
fn a_heading_is_found_by_its_words() {
    let text = "---\ntitle: 长文\n---\n\n## 茶\n\n一段。\n\n## 水\n\n又一段。\n\n## 火\n\n末段。\n";
    let script = Script::new(100, 8).over(&[text]).press("<Enter>gh水<Enter>");
    let reader = script.app.reader.as_ref().unwrap();
    assert_eq!((reader.section(), script.app.outline.shown.len()), (Some(1), 3));
    let script = script.press("gh木<Enter>");
    assert!(script.status().contains("no heading says “木”"), "{}", script.status());
    assert_eq!(script.press("<Esc>").app.outline.shown.len(), 3);
}

#[test]
fn what_could_not_be_saved_is_said_until_it_is() {
    let script = reader().with(Message::Failed("disk full: make room".to_owned()));
    assert_eq!(script.status(), "disk full: make room");
    let script = script.press("+j");
    assert_eq!(script.status(), "disk full: make room");
    // What it takes back was said just now.
    let marked = reader().press("B");
    assert!(marked.status().contains("bookmarked"));
    assert_eq!(marked.with(Message::Failed("disk full: make room".to_owned())).status(), "disk full: make room");
    let script = script.with(Message::Saved).press("j");
    assert!(!script.status().contains("disk full"), "{}", script.status());
}

#[test]
fn a_sentence_that_stands_twice_is_two_places() {
    let script = reader().press(")BV})B");
    let kept = script.app.annotations.bookmarks(None).len();
    assert_eq!(kept, 2);
    let script = reader().press(")B))B");
    let quotes: Vec<_> = script.app.annotations.bookmarks(None).iter().map(|kept| kept.passage.quote.clone()).collect();
    assert_eq!(quotes, ["谢谢。", "谢谢。"]);
}

#[test]
fn a_search_that_goes_round_says_so() {
    let script = reader().press("/第2段<Enter>n");
    assert_eq!(script.status(), "the search went on from the start");
    let script = reader().press("/件事<Enter>");
    assert!(!script.status().contains("went on"));
    assert_eq!(script.press("N").status(), "the search went on from the end");
}

#[test]
fn a_count_of_matches_counts_after_the_search_was_left_too() {
    let top = |keys: &str| reader().press(keys).app.reader.and_then(|reader| reader.hit);
    assert_eq!(top("/件事<Enter><Esc>n"), Some(0));
    assert_eq!(top("/件事<Enter><Esc>3n"), Some(2));
    assert_eq!(top("/件事<Enter><Esc>3n"), top("/件事<Enter>2n"));
}

#[test]
fn a_file_without_an_article_says_so() {
    let text = "# 集市\n\n预览时标签不可点\n\n微信扫一扫关注该公众号\n\n知道了\n";
    let script = Script::new(60, 12).over(&[text]).press("<Enter>");
    assert!(script.screen().contains("no article, only what surrounds one"), "{}", script.screen());
    assert!(script.status().contains("zR: "), "{}", script.status());
    assert!(!script.press("zR").screen().contains("no article"));
}

#[test]
fn what_is_lost_is_told_until_the_next_key() {
    let garbled = format!("# 茶棚\n\n{}", "茶棚在河边，水从山\u{fffd}来，火用松\u{fffd}。\n".repeat(8));
    let script = Script::new(80, 12).over(&[&garbled]).press("<Enter>");
    assert_eq!(script.status(), "16 characters lost in a wrong encoding; save it again from where it came from");
    assert!(!script.press("j").status().contains("lost"));
    let broken = format!("{}\n\n水从山上来，要走三里竹管，客人都...", long());
    let script = Script::new(80, 12).over(&[&broken]).press("<Enter>");
    assert_eq!(script.status(), "the article breaks off; the rest is where it came from");
}

#[test]
fn the_end_tells_of_what_is_hidden() {
    let text = format!("{}\n\n预览时标签不可点\n\n微信扫一扫关注该公众号\n\n知道了\n", long());
    let script = Script::new(60, 12).over(&[&text]).press("<Enter>");
    assert!(script.status().ends_with("min left"), "{}", script.status());
    let script = script.press("G");
    assert!(script.status().ends_with("100 % · zR: 3 hidden lines"), "{}", script.status());
    assert!(script.press("zRG").status().ends_with("0 min left"));
    let selected = |keys: &str| reader().press(keys).status().rsplit(" · ").next().unwrap_or_default().to_owned();
    assert!(selected("v").ends_with("1 character"), "{}", selected("v"));
    assert!(selected("vll").ends_with("3 characters") && selected("V").ends_with("12 characters"), "{}", selected("V"));
}

/// How much of the long article is read after some keys, in thousandths.
fn progress(keys: &str) -> u16 {
    reader().press(keys).app.reader.unwrap().progress
}

#[test]
fn reading_on_is_progress_and_jumps_are_not() {
    assert_eq!(progress(&"<Space>".repeat(20)), 1000);
    for jump in ["G", "G<Space>", "Gj", "50%", "40}", "/第50段<Enter>", "Ggg", "30)"] {
        assert_eq!(progress(jump), 0, "{jump}");
    }
    // What is read on from where a jump led is a screen and a row.
    let (screen, here) = (progress("j"), progress("30}j"));
    assert!(here > 0 && here.abs_diff(screen) < 10, "{screen} {here}");
    assert_eq!(progress("<Space>G"), progress("<Space>"));
    assert_eq!(progress("<Space>GkkkjjjGkkkjjj"), progress("<Space>Gkkkjjj"), "twice read is read once");
    // What was left out is caught up with.
    let all = "<Space>".repeat(20);
    assert!((400..600).contains(&progress(&format!("30}}{all}"))), "{}", progress(&format!("30}}{all}")));
    assert_eq!(progress(&format!("30}}{all}gg{all}")), 1000);
    // Paragraph by paragraph, or sentence by sentence, nothing is left out.
    assert_eq!(progress(&format!("{}j", "}".repeat(60))), 1000);
    assert_eq!(progress(&format!("{}j", ")".repeat(200))), 1000);
}

#[test]
fn progress_goes_on_from_what_was_read_before() {
    let first = reader().press("<Space><Space>q");
    let second = Script::resumed(60, 12, &first.recorded).over(&[&long()]).press("<Enter>");
    let read = |script: &Script| script.app.reader.as_ref().unwrap().progress;
    assert_eq!(read(&second), progress("<Space><Space>"));
    assert_eq!(read(&second.press(&"<Space>".repeat(20))), 1000);
}

#[test]
fn a_count_is_one_jump() {
    let place = |keys: &str| reader().press(keys).app.reader.unwrap().top;
    assert_eq!(place("5}"), place("}}}}}"));
    assert_eq!(place("20}7{"), place("20}{{{{{{{"));
    assert_eq!(place("5)"), place(")))))"));
    assert_eq!(place("}5}<C-o>"), place("}"));
    assert_eq!(place("999}<C-o>"), place(""));
}

#[test]
fn a_selection_grows_by_pages() {
    let head = |keys: &str| reader().press(keys).app.reader.unwrap().selection.unwrap().span();
    let (start, page) = (head("v"), head("v<PgDn>"));
    assert!(page.start == start.start && page.end > start.end);
    assert_eq!(head("v<PgDn><PgUp>"), start);
    assert_eq!(head("v<C-f>2<C-f>"), head("v3<PgDn>"));
    assert_eq!(progress("v<PgDn><PgDn>"), 0, "selecting is not reading");
}

#[test]
fn a_search_is_repeated_and_recalled() {
    let found = |keys: &str| {
        let script = reader().press(keys);
        let reader = script.app.reader.as_ref().unwrap();
        (script.app.query.clone(), reader.hit.map(|hit| hit + 1))
    };
    let query = |query: &str, hit| (query.to_owned(), Some(hit));
    assert_eq!(found("/谢谢<Enter>/<Enter>"), query("谢谢", 2), "nothing typed goes on");
    assert_eq!(found("／谢谢<Enter><Esc>／<Enter>"), query("谢谢", 1), "and begins again what was left");
    assert_eq!(found("/谢谢<Enter><Esc>n"), query("谢谢", 1));
    assert_eq!(found("/谢谢<Enter><Esc>N"), query("谢谢", 59));
    assert_eq!(found("/谢谢<Enter>/第40段<Enter>gg/<Up><Up><Enter>"), query("谢谢", 1));
    assert_eq!(found("/谢谢<Enter>/第40段<Enter>gg/<Up><Up><Down><Enter>"), query("第40段", 1));
    assert_eq!(found("/<Enter>"), (String::new(), None));
    let filtered = Script::new(60, 12).press("/泥字<Enter><Esc>/<Up>");
    assert_eq!(filtered.app.list.filter, "泥字");
}

#[test]
fn a_selection_begins_where_the_reader_is_and_not_at_a_match_left_behind() {
    let selected = |keys: &str| {
        let script = reader().press(keys);
        let reader = script.app.reader.as_ref().unwrap();
        reader.document.text(reader.selection.unwrap().span())
    };
    let sentence = |number: u32| format!("第{number}段，说的是第{number}件事。");
    assert_eq!(selected("/第20件<Enter>V"), sentence(20));
    assert_eq!(selected("/第20件<Enter>V<Esc>V"), sentence(20));
    // The match is still on the screen, and something else was gone to or scrolled to.
    for (keys, expected) in [("j", sentence(19)), ("G", sentence(55)), (")", "谢谢。".to_owned()), ("gg", sentence(1))]
    {
        assert_eq!(selected(&format!("/第20件<Enter>{keys}V")), expected, "{keys}");
    }
}

#[test]
fn the_next_match_is_the_next_from_where_the_reader_is() {
    let hit = |keys: &str| reader().press(&format!("/件事<Enter>{keys}")).app.reader.and_then(|reader| reader.hit);
    assert_eq!(hit("nn"), Some(2), "each on the screen in its turn");
    assert_eq!(hit("jn"), hit("n"));
    let near = |hit: Option<usize>| hit.is_some_and(|hit| (28..34).contains(&hit));
    assert!(near(hit("30}n")) && near(hit("30}N")) && hit("30}N") < hit("30}n"), "{:?} {:?}", hit("30}n"), hit("30}N"));
    assert_eq!(hit("30}nN"), hit("30}N"));
    assert_eq!((hit("GkN"), hit("ggN")), (hit("GkN"), Some(58)));
}
