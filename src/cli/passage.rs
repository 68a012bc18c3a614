//! `zhai passage`: one passage that was marked once, another every day.

use super::bookmarks::shelf::Shelf;
use super::{bookmarks, settings};
use crate::annotations::{Bookmark, clock};
use crate::app::command::Command;
use crate::app::keymap::Keymap;
use crate::config::Settings;
use crate::text::{SafeText, calendar};
use std::io::Write;

/// Passages of which none comes twice in a month.
const ENOUGH: usize = 30;

/// Print a passage that was marked once: the same all day, another tomorrow.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// One JSON value
    #[arg(long)]
    json: bool,
}

/// Prints it. Without anything marked there is none, which is no failure: people are told, scripts get no line.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let settings = settings();
    let (_, annotations) = bookmarks::journal(&settings);
    let all: Vec<Bookmark> = annotations.bookmarks(None).into_iter().cloned().collect();
    let day = calendar::day(&clock::today()).unwrap_or_default();
    let all = old(all, day);
    let Some(bookmark) = of_day(&all, day) else {
        if !arguments.json {
            writeln!(std::io::stdout(), "{}", nothing(&settings))?;
        }
        return Ok(());
    };
    let text = if arguments.json {
        let mut shelf = Shelf::new(annotations);
        shelf.put(&[], &settings)?;
        let place = shelf.place(bookmark);
        bookmarks::list::json(bookmark, &place)
    } else {
        let quote: Vec<String> = bookmark.quote().lines().map(|line| SafeText::line(line).to_string()).collect();
        let title = SafeText::line(&bookmark.article.title);
        let note =
            if bookmark.note.is_empty() { String::new() } else { format!("\n{}", SafeText::line(&bookmark.note)) };
        let day = SafeText::line(bookmark.created.split('T').next().unwrap_or_default());
        format!("{}\n— {title} · {day}{note}", quote.join("\n"))
    };
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

/// What to do so that there is something, with the keys as they are set.
fn nothing(settings: &Settings) -> String {
    let mut keymap = Keymap::default();
    // What is wrong with a key is `zhai config show`'s to say.
    let _ = keymap.rebind(&settings.keys);
    let [bookmark, select, highlight] =
        [Command::Bookmark, Command::SelectCharacters, Command::Highlight].map(|command| keymap.name(command));
    format!(
        "Nothing is kept yet. In an article, {bookmark} bookmarks a sentence, {select} selects and {highlight} highlights."
    )
}

/// The passages that were marked long ago, if they are enough for a month: what was read last week needs no reminder.
fn old(mut all: Vec<Bookmark>, day: i64) -> Vec<Bookmark> {
    for days in [180, 30, 7] {
        let before = calendar::date(day - days);
        if all.iter().filter(|bookmark| bookmark.created < before).count() >= ENOUGH {
            all.retain(|bookmark| bookmark.created < before);
            return all;
        }
    }
    all
}

/// The passage of a day: through all of them, in an order that jumps about, before any comes again.
fn of_day(all: &[Bookmark], day: i64) -> Option<&Bookmark> {
    let count = all.len() as u64;
    // A step without a common divisor visits every one.
    let step = (1..=count + 1).map(|offset| count / 2 + offset).find(|step| divisor(*step, count) == 1)?;
    let day = day.rem_euclid(count.max(1) as i64) as u64;
    all.get((day * step % count.max(1)) as usize)
}

fn divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::{of_day, old};
    use crate::annotations::Bookmark;
    use crate::text::calendar::date;
    use std::collections::HashSet;

    #[test]
    fn every_one_comes_before_any_comes_again() {
        for count in 1..40 {
            let all: Vec<Bookmark> =
                (0..count).map(|id| Bookmark { id: id.to_string(), ..Bookmark::default() }).collect();
            let ids: HashSet<&str> = (0..count).map(|day| of_day(&all, day + 20_000).unwrap().id.as_str()).collect();
            assert_eq!(ids.len() as i64, count);
        }
        assert_eq!(of_day(&[], 1), None);
    }

    #[test]
    fn old_ones_come_first_if_they_are_enough() {
        let today = 20_000;
        let check = |ages: &[i64], expected: usize| {
            let made = |age: &i64| {
                let created = format!("{}T00:00:00Z", date(today - age));
                Bookmark { created, ..Bookmark::default() }
            };
            assert_eq!(old(ages.iter().map(made).collect(), today).len(), expected, "{ages:?}");
        };
        check(&[1, 300], 2);
        check(&[[300; 40].as_slice(), &[1; 5]].concat(), 40);
        check(&[[300; 20].as_slice(), &[60; 20], &[1; 5]].concat(), 40);
        check(&[3; 50], 50);
    }
}
