//! The list by hand: what counts as read, and the order.

use super::Script;
use crate::annotations::Change;
use insta::assert_snapshot;

const TEA: &str = "---\ntitle: 茶\nauthor: 陆羽\ndate: 2026-03-01\n---\n\n茶树长在南方。\n";
const WELL: &str =
    "---\ntitle: 井\nsource: 村报\nauthor: 李四\ndate: 2026-02-01\n---\n\n村口有一口井，井边有一棵树，树下有石凳。\n";
const RIVER: &str = "---\ntitle: 河\ndate: 2026-01-01\n---\n\n河水从山里来。\n\n它不问去处。\n";

fn list() -> Script {
    Script::new(60, 7).over(&[TEA, WELL, RIVER])
}

/// The titles in their order, with the signs before them, those that are read without.
#[track_caller]
fn check(keys: &str, expected: &str) {
    let script = list().press(keys);
    let rows = script.screen();
    let rows = rows.lines().skip(1).take(3).map(|row| row.replace(['▐', '▌'], ""));
    let words: Vec<String> = rows.map(|row| row.split_whitespace().take(2).collect::<String>()).collect();
    let titles = words.iter().map(|word| word.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '<'));
    assert_eq!(titles.collect::<Vec<_>>().join(" ").trim(), expected, "{keys}");
}

#[test]
fn read_and_unread_by_hand() {
    assert_snapshot!(list().press("jN").screen(), @"
     zhai 斋                                         3 articles
     • 茶                                                 1 min
    ▐   井                                        100 %    1 min▌
     • 河                                                 1 min


     read; U undoes it
    ");
    check("N", "茶 •井 •河");
    check("NN", "•茶 •井 •河");
    check("NjNU", "茶 •井 •河");
    check("NjNUU", "•茶 •井 •河");
    check("/is:unread<Enter>N", "•井 •河");
    let script = list().press("jNjNU");
    assert_eq!(script.status(), "undone: read or unread: 河");
    assert!(matches!(script.recorded.last(), Some(Change::SetReading(reading)) if !reading.finished));
    // What was read by hand opens at its start, and is no more to be continued than what is unread.
    let kept = list().press("NjNN").recorded;
    let again = Script::resumed(60, 7, &kept).over(&[TEA, WELL, RIVER]);
    assert_eq!(again.status(), "Enter open · ? keys · q quit · / filter");
    assert_eq!(again.press("<Enter>").screen().lines().nth(1).map(str::trim), Some("茶树长在南方。"));
}

#[test]
fn an_article_that_was_read_by_hand_stays_read_when_it_is_looked_into() {
    let script = list().press("N<Enter>q");
    assert!(script.recorded.iter().all(|change| matches!(change, Change::SetReading(reading) if reading.finished)));
}

#[test]
fn what_was_gone_through_at_once_is_read_in_the_list_and_not_finished_in_the_figures() {
    let paragraphs: String = (0..60).map(|number| format!("第{number}段，河水从山里来，它不问去处。\n\n")).collect();
    // The clock of a script stands still: nothing takes any time.
    for keys in [format!("<Enter>{}q", "<Space>".repeat(40)), "N".to_owned(), "N<Enter>jq".to_owned()] {
        let script = Script::new(60, 12).over(&[&format!("# 江\n\n{paragraphs}"), TEA]).press(&keys);
        assert!(script.screen().contains("100 %"), "{keys}: {}", script.screen());
        let script = script.press("gs");
        assert!(script.screen().contains("Finished       0 articles"), "{keys}: {}", script.screen());
    }
}

#[test]
fn the_last_screen_is_read_by_whoever_looks_at_it_for_a_moment() {
    let open = || Script::new(60, 7).over(&[TEA, WELL]).press("<Enter>");
    let state = |script: Script| {
        let reading = script.press("q").recorded.into_iter().rev().find_map(|change| match change {
            Change::SetReading(reading) => Some((reading.progress, reading.finished, reading.skimmed)),
            _ => None,
        });
        reading.unwrap_or_default()
    };
    // All of the article is on one screen: there is nothing to scroll.
    assert_eq!(state(open().wait(20)), (1000, true, false));
    assert_eq!(state(open().wait(200)), (1000, true, false), "through a pause too");
    assert_eq!(state(open()), (0, false, false), "who only looks in has not read");
    let paragraphs: String = (0..60).map(|number| format!("第{number}段，河水从山里来，它不问去处。\n\n")).collect();
    let long = || Script::new(60, 12).over(&[&format!("# 江\n\n{paragraphs}")]).press("<Enter>");
    let (progress, finished, _) = state(long().press("G").wait(30));
    assert!((1..200).contains(&progress) && !finished, "what was jumped over is not read: {progress}");
    assert_eq!(state(long().wait(30)).0, 0, "nor is a screen with more below it, before one reads on");
}

#[test]
fn figures_in_a_narrow_window_stand_beside_their_names() {
    assert_snapshot!(Script::new(20, 7).over(&[TEA]).press("<Enter>").wait(60).press("qgs").screen(), @"
     What has been read
     Read in all 7 cha…
     Finished 1 article
     Days in a row 1

     2026-11-25 7 ·…
     j k scroll
    ");
}

#[test]
fn what_is_undone_beside_the_open_article_stays_undone() {
    let paragraphs: String = (0..60).map(|number| format!("第{number}段，河水从山里来，它不问去处。\n\n")).collect();
    let long = format!("---\ntitle: 江\ndate: 2026-04-01\n---\n\n{paragraphs}");
    let read = |keys: &str| {
        let script = Script::new(160, 12).over(&[&long, TEA]).press(keys);
        let last = script.recorded.into_iter().rev().find_map(|change| match change {
            Change::SetReading(reading) => Some((reading.progress, reading.finished)),
            _ => None,
        });
        last.unwrap()
    };
    let before = read("<Enter><Space>q");
    assert!((1..500).contains(&before.0), "{before:?}");
    assert_eq!(read("<Enter><Space><Tab>N<Tab>q"), (1000, true));
    assert_eq!(read("<Enter><Space><Tab>NU<Tab>q"), before);
    assert_eq!(read("<Enter><Space><Tab>NNUU<Tab>q"), before);
}

#[test]
fn orders() {
    check("St", "•井 •河 •茶");
    check("Sl", "•茶 •河 •井");
    check("SlSl", "•井 •河 •茶");
    check("SlSS", "•井 •河 •茶");
    check("SS", "•河 •井 •茶");
    check("StSd", "•茶 •井 •河");
    check("Sa", "•井 •茶 •河");
    assert_eq!(list().press("SlSS").status(), "by length, reversed");
    assert!(list().press("St").screen().lines().next().is_some_and(|line| line.ends_with("3 articles · by title")));
    assert!(list().press("Sx").screen().contains("no such order; there are d date,"));
    assert_snapshot!(list().resize(40, 7).press("S").screen(), @"
     zhai 斋
    ▐ • 茶                             1 min▌
     • 井                             1 min
     • 河                             1 min
     d date · t title · a author · s
     source · l length · p progress · c
     changed · S reverse
    ");
    let script = list().press("jSt");
    let at = script.app.list.selected().map(|row| script.app.library.articles[row].meta.title.to_string());
    assert_eq!(at.as_deref(), Some("井"), "the cursor stays on its article");
}

#[test]
fn who_wrote_it_is_listed() {
    assert_snapshot!(Script::new(130, 7).over(&[TEA, WELL, RIVER]).screen(), @"
     zhai 斋                                                                                                               3 articles
    ▐ • 茶                                                                      陆羽                        2026-03-01           1 min▌
     • 井                                                                      李四                  村报  2026-02-01           1 min
     • 河                                                                                                  2026-01-01           1 min


     Enter open · ? keys · q quit · / filter
    ");
    // Where there is room for one name, it is the one that is known.
    let narrow = Script::new(98, 5).over(&[TEA, WELL, RIVER]).screen();
    assert_snapshot!(narrow, @"
    ▐ • 茶                                                            陆羽  2026-03-01           1 min▌
     • 井                                                            村报  2026-02-01           1 min
     • 河                                                                  2026-01-01           1 min

     Enter open · ? keys · q quit · / filter
    ");
}
