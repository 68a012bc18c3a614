//! Dates as people and programs write them, to `YYYY-MM-DD`.
//!
//! It refuses to guess: `03/04/2024` may be two days, and stays as it was written.

use crate::parse::line::ends_sentence;
use crate::parse::tables::dates::Dates;
use crate::text::calendar;
use crate::text::letters::cells;

/// A date as `YYYY-MM-DD` if it can be understood, else as it was written.
pub fn date(written: &str, words: &Dates) -> String {
    let date_of = |text: &str| numeric_date(text).or_else(|| named_date(text, words));
    seconds(written)
        .or_else(|| date_of(&without_times(written, words)))
        .or_else(|| date_of(written))
        .unwrap_or_else(|| written.to_owned())
}

/// A text without times of day, whose numbers are no days: `14:05`, `上午9点30分`, with the zone after them.
fn without_times(written: &str, words: &Dates) -> String {
    let mut kept = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, from)) = rest.find(|c: char| c.is_ascii_digit()).and_then(|at| rest.split_at_checked(at)) {
        let time = time_length(from, words);
        let (number, after) = from.split_at_checked(time.unwrap_or_else(|| digits(from))).unwrap_or((from, ""));
        kept.push_str(before);
        kept.push_str(if time.is_some() { " " } else { number });
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// The bytes of the time of day that a text begins with.
fn time_length(text: &str, words: &Dates) -> Option<usize> {
    let hour = digits(text);
    let (_, after) = text.split_at_checked(hour).filter(|_| hour <= 2)?;
    let is_time =
        words.after_hour(after).is_some() || after.strip_prefix([':', '：']).is_some_and(|after| digits(after) == 2);
    if !is_time {
        return None;
    }
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '：' | '.'));
        rest = match words.after_part(rest) {
            Some(after) => after,
            None => break,
        };
    }
    // A zone: `+0800`, `-05:00`.
    let zone = rest.trim_start_matches(' ').strip_prefix(['+', '-']).filter(|zone| matches!(digits(zone), 2 | 4));
    let rest = zone.map_or(rest, |zone| zone.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':'));
    Some(text.len() - rest.len())
}

/// How many digits a text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Whether a line is no sentence and holds a date: `Lu Xiaoyu · August 21, 2024 · 4 min read`.
pub fn is_dateline(text: &str, dates: &Dates) -> bool {
    const LONGEST: usize = 80;
    if text.len() > 4 * LONGEST || cells(text) > LONGEST || ends_sentence(text) || text.contains(['。', '，', '、'])
    {
        return false;
    }
    let years = text.match_indices("20").chain(text.match_indices("19"));
    years.into_iter().any(|(byte, _)| {
        let (before, rest) = text.split_at_checked(byte).unwrap_or_default();
        let after = rest.get(4..).unwrap_or_default();
        let is_year = digits(rest) == 4 && !before.ends_with(|c: char| c.is_ascii_digit());
        let is_month_next = after
            .strip_prefix(['-', '/', '.', '年', '년'])
            .is_some_and(|month| (1..=2).contains(&digits(month.trim_start())));
        is_year && (is_month_next || dates.holds_month(before))
    })
}

/// The date that the name of a file begins with, as sites made of files have it (`2023-05-06-title.md`, `20230506 title`),
/// and the rest of the name.
pub fn of_file_name(name: &str) -> Option<(String, &str)> {
    if let Some((written, rest)) = name.split_at_checked("20230506".len())
        && written.bytes().all(|byte| byte.is_ascii_digit())
        && !rest.starts_with(|c: char| c.is_ascii_digit())
        && !is_range(rest)
    {
        return Some((numeric_date(written).filter(|date| is_of_the_web(date))?, rest));
    }
    let (written, rest) = name.split_at_checked("2023-05-06".len())?;
    let is_date = written.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let is_parted = rest.is_empty() || rest.starts_with(['-', '_', ' ', '.']);
    Some((numeric_date(written).filter(|_| is_date && is_parted)?, rest))
}

/// Whether another date follows: the name says of which time its text tells.
fn is_range(rest: &str) -> bool {
    rest.trim_start_matches(['-', '_', '~', ' ']).bytes().take_while(u8::is_ascii_digit).count() == 8
}

/// The date that is in a path, as blogs have it: `https://example.com/2023/05/06/title`.
pub fn of_path(path: &str) -> Option<String> {
    let steps: Vec<&str> = path.split(['/', '?', '#']).collect();
    let is_number = |step: &str, length| step.len() == length && step.bytes().all(|byte| byte.is_ascii_digit());
    steps.windows(3).find_map(|steps| match steps {
        [year, month, day] if is_number(year, 4) && is_number(month, 2) && is_number(day, 2) => {
            numeric_date(&format!("{year}-{month}-{day}")).filter(|date| is_of_the_web(date))
        }
        _ => None,
    })
}

/// Whether a date is one of a time when articles were saved: other numbers of eight digits are none.
fn is_of_the_web(date: &str) -> bool {
    ("1990-01-01".."2100-01-01").contains(&date)
}

/// Seconds or milliseconds since 1970, as programs store them.
fn seconds(written: &str) -> Option<String> {
    let value: i64 = written.trim().parse().ok()?;
    let seconds = match written.trim().len() {
        10 => value,
        13 => value / 1000,
        _ => return None,
    };
    Some(calendar::date(seconds.div_euclid(86_400)))
}

fn numeric_date(written: &str) -> Option<String> {
    let mut numbers = written.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let first = numbers.next()?;
    if first.len() == 8 || first.len() == 14 {
        return calendar_date(number(first.get(..4))?, number(first.get(4..6))?, number(first.get(6..8))?);
    }
    let (first, second, third) = (number(Some(first))?, number(numbers.next())?, number(numbers.next())?);
    match () {
        () if first >= 1000 => calendar_date(first, second, third),
        () if third >= 1000 && first > 12 => calendar_date(third, second, first),
        () if third >= 1000 && second > 12 => calendar_date(third, first, second),
        () => None,
    }
}

fn number(digits: Option<&str>) -> Option<u32> {
    digits?.parse().ok()
}

/// `Wed, 21 Aug 2024 10:00:00 GMT`, `August 21, 2024`.
fn named_date(written: &str, known: &Dates) -> Option<String> {
    let words = || written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let month = words().find_map(|word| known.month(word))?;
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().ok();
    let year = words().filter_map(number).find(|number| (1000..=9999).contains(number))?;
    let day = words().filter_map(number).find(|number| (1..=31).contains(number))?;
    calendar_date(year, month, day)
}

fn calendar_date(year: u32, month: u32, day: u32) -> Option<String> {
    let is_date = (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::{of_file_name, of_path};
    use crate::parse::Tables;

    #[test]
    fn names_of_files() {
        for (name, date) in [
            ("2023-05-06-title.md", Some(("2023-05-06", "-title.md"))),
            ("2023-05-06 茶.html", Some(("2023-05-06", " 茶.html"))),
            ("2023-05-06.md", Some(("2023-05-06", ".md"))),
            ("20230506 title.md", Some(("2023-05-06", " title.md"))),
            ("20230506茶.md", Some(("2023-05-06", "茶.md"))),
            ("10203040 title.md", None),
            ("20200101-20201231 title.md", None),
            ("202305061 title.md", None),
            ("2023-13-06-title.md", None),
            ("2023-05-061.md", None),
            ("2023/05/06", None),
            ("1-2023-05-06.md", None),
            ("茶", None),
        ] {
            let found = of_file_name(name);
            assert_eq!(found.as_ref().map(|(date, rest)| (date.as_str(), *rest)), date, "{name}");
        }
    }

    #[test]
    fn paths() {
        assert_eq!(of_path("https://example.com/2023/05/06/tea.html").as_deref(), Some("2023-05-06"));
        assert_eq!(of_path("2023/05/06/tea").as_deref(), Some("2023-05-06"));
        assert_eq!(of_path("https://example.com/2023/05/tea"), None);
        assert_eq!(of_path("https://example.com/1234/05/06"), None);
    }

    #[test]
    fn dates() {
        for (written, read) in [
            ("2024-08-21", "2024-08-21"),
            ("2025-10-06T18:04:35.844224", "2025-10-06"),
            ("2024年8月2日", "2024-08-02"),
            ("20240821", "2024-08-21"),
            ("20240821103000", "2024-08-21"),
            ("1724198400", "2024-08-21"),
            ("1724198400000", "2024-08-21"),
            ("21/08/2024", "2024-08-21"),
            ("8/21/2024", "2024-08-21"),
            ("03/04/2024", "03/04/2024"),
            ("Wed, 21 Aug 2024 10:00:00 GMT", "2024-08-21"),
            ("August 2nd, 2024", "2024-08-02"),
            ("昨天", "昨天"),
            ("14:05 2024-05-06", "2024-05-06"),
            ("14:05:33.5 +0800 2024-05-06", "2024-05-06"),
            ("12:30 2024年5月6日", "2024-05-06"),
            ("上午9点30分，2024年5月6日", "2024-05-06"),
            ("09:15 21 Aug 2024", "2024-08-21"),
            ("10:05 -1000, 6 May 2024", "2024-05-06"),
            ("2024:05:06 14:05:33", "2024-05-06"),
            ("2024-05-06 14:05", "2024-05-06"),
            ("14:05", "14:05"),
        ] {
            assert_eq!(super::date(written, &Tables::built_in().dates), read);
        }
    }
}
