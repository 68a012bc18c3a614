//! The head of a post to a board, as a terminal or a page shows it: lines on end that begin with the name of what they
//! say, with or without a mark after it (`作者  lu    看板  Tea`).
//!
//! It refuses a head that does not tell author, title and date, and one that stands deep in a text.

use super::fields::Field;
use crate::parse::tables::keys::{Keys, Kind};

/// Lines that a page shows above a post.
const ABOVE: usize = 10;
/// Lines of the longest head.
const LONGEST: usize = 6;
/// Bytes of a value.
const VALUE: usize = 300;
/// What parts a name from what it names.
const MARKS: [char; 6] = [':', '：', ' ', '\t', '\u{a0}', '\u{3000}'];

/// The fields of the head of a post, and its last line.
pub fn at_head<'a>(text: &'a str, first: u32, keys: &Keys) -> Option<(Vec<Field<'a>>, u32)> {
    let mut fields: Vec<Field> = Vec::new();
    let mut last = 0;
    for (line, number) in text.lines().take(ABOVE + LONGEST).zip(first..) {
        match named(line.trim(), keys) {
            Some((kind, value)) => {
                let (value, board) = parted(value, keys);
                fields.push(Field { key: key_of(kind, keys)?, value, below: Vec::new(), line: number });
                if let Some(board) = board {
                    fields.push(Field {
                        key: key_of(Kind::Source, keys)?,
                        value: board,
                        below: Vec::new(),
                        line: number,
                    });
                }
                last = number;
            }
            None if is_head(&fields, keys) => break,
            None => fields.clear(),
        }
    }
    is_head(&fields, keys).then_some((fields, last))
}

/// Whether author, title and date are told, the date in digits, at once or in brackets behind a place: a page may leave
/// no space after the names, and `日期是2024年8月` tells no date.
fn is_head(fields: &[Field], keys: &Keys) -> bool {
    let value = |kind: Kind| fields.iter().find(|field| keys.kind(&field.key) == Some(kind)).map(|field| field.value);
    let is_date = |value: &str| {
        let is_told = value.starts_with(|c: char| c.is_ascii_alphanumeric()) || value.contains(" (");
        is_told && value.chars().filter(char::is_ascii_digit).count() >= 4
    };
    value(Kind::Author).is_some() && value(Kind::Title).is_some() && value(Kind::Date).is_some_and(is_date)
}

/// The first key of a kind: what stands in a post under one name is found under another.
fn key_of(kind: Kind, keys: &Keys) -> Option<String> {
    keys.of_kind(kind).next().map(str::to_owned)
}

/// What a line tells and how it goes on. Words of letters that have a case end where they are named.
fn named<'a>(line: &'a str, keys: &Keys) -> Option<(Kind, &'a str)> {
    const KINDS: [Kind; 4] = [Kind::Author, Kind::Title, Kind::Date, Kind::Source];
    if line.is_ascii() {
        return None;
    }
    let named = keys.beginning(line).filter_map(|(kind, key)| {
        let place = KINDS.iter().position(|other| *other == kind)?;
        Some((place, kind, after(line, key)?))
    });
    let (_, kind, value) = named.min_by_key(|(place, _, value)| (value.len(), *place))?;
    (!value.is_empty() && value.len() <= VALUE).then_some((kind, value))
}

/// What follows a key that a line begins with; none if it goes on as a sentence does.
fn after<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(key).filter(|_| !key.is_ascii())?;
    let value = rest.trim_start_matches(MARKS);
    let is_sentence = rest.len() == value.len() && value.ends_with(['。', '，', '；', ',', '.']);
    (!is_sentence).then_some(value)
}

/// A value, and the board that is named behind it on the same line.
fn parted<'a>(value: &'a str, keys: &Keys) -> (&'a str, Option<&'a str>) {
    let boards = keys.of_kind(Kind::Source).filter(|key| !key.is_ascii());
    let mut named = boards.filter_map(|key| {
        let (before, board) = value.split_once(key)?;
        let is_parted = before.ends_with([' ', ',', '，', '\t', '\u{a0}', '\u{3000}', ')']);
        is_parted.then(|| {
            (before.trim_end_matches([' ', ',', '，', '\t', '\u{a0}', '\u{3000}']), board.trim_start_matches(MARKS))
        })
    });
    named.next().map_or((value, None), |(before, board)| (before, Some(board)))
}

#[cfg(test)]
mod tests {
    use crate::parse::{Hint, parse};

    /// Title, author, source and date of a post, and its first line of text.
    #[track_caller]
    fn check(text: &str, expected: [&str; 5]) {
        let document = parse(text.as_bytes(), &Hint::named("书.txt"));
        let meta = &document.meta;
        let or_none =
            |value: &Option<crate::text::SafeText>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        let body = document.blocks.iter().find(|block| block.part == crate::document::Part::Body);
        let found = [
            meta.title.to_string(),
            or_none(&meta.author),
            or_none(&meta.source),
            or_none(&meta.date),
            body.map(|block| block.text.to_string()).unwrap_or_default(),
        ];
        assert_eq!(found, expected, "{text}");
    }

    const TEXT: &str = "天亮了，茶也煮好了，他走出门去看，院子里落满了雪。";

    #[test]
    fn heads_of_posts() {
        let typed =
            "作者  lu (小雨)                  看板  Tea\n標題  [閒聊] 河邊的茶棚\n時間  Wed Aug 21 15:32:19 2024\n";
        let read = ["[閒聊] 河邊的茶棚", "lu (小雨)", "Tea", "2024-08-21", TEXT];
        check(&format!("{typed}\n{TEXT}\n"), read);
        check(&format!("返回看板\n{}\n{TEXT}\n", typed.replace("  ", "")), read);
        let sent = "发信人: lu (小雨), 信区: Tea\n标  题: 河边的茶棚\n发信站: 茶社 (Wed Aug 21 15:32:19 2024)\n";
        check(&format!("转自茶社\n\n{sent}\n{TEXT}\n"), ["河边的茶棚", "lu (小雨)", "Tea", "2024-08-21", TEXT]);
    }

    #[test]
    fn texts_that_only_name_something() {
        for named in ["作者是谁\n标题很长\n时间过得真快\n", "作者是谁\n标题很长\n时间是2024年\n\n作者"]
        {
            let text = format!("河边的茶棚\n\n{TEXT}{}\n\n{named}\n{TEXT}\n", format!("\n\n{TEXT}").repeat(8));
            check(&text, ["河边的茶棚", "", "", "", TEXT]);
        }
        for prose in [
            "作者认为这本书写得很好，值得一读。\n标题党到处都是，令人生厌。\n日期是2024年8月的事情了。",
            "作者认为这本书写得很好\n标题党到处都是\n日期是2024年8月的事情了",
        ] {
            let document = parse(format!("{prose}\n\n{TEXT}\n").as_bytes(), &Hint::named("书.txt"));
            let body: String = document.blocks.iter().map(|block| block.text.as_str()).collect();
            assert!(document.meta.author.is_none() && body.contains("标题党"), "{body}");
        }
    }
}
