//! `zhai passage`: one passage that was marked once, another every day.

use super::bookmarks::shelf::Shelf;
use super::{bookmarks, settings};
use crate::annotations::{Bookmark, clock};
use crate::text::SafeText;
use std::io::Write;

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
    let Some(bookmark) = of_day(&all, clock::millis() / 86_400_000) else {
        if !arguments.json {
            writeln!(
                std::io::stdout(),
                "Nothing is kept yet. In an article, B bookmarks a sentence, v selects and H highlights."
            )?;
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

/// The passage of a day: through all of them, in an order that jumps about, before any comes again.
fn of_day(all: &[Bookmark], day: u64) -> Option<&Bookmark> {
    let count = all.len() as u64;
    // A step without a common divisor visits every one.
    let step = (1..=count + 1).map(|offset| count / 2 + offset).find(|step| divisor(*step, count) == 1)?;
    all.get((day % count.max(1) * step % count.max(1)) as usize)
}

fn divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::of_day;
    use crate::annotations::Bookmark;
    use std::collections::HashSet;

    #[test]
    fn every_one_comes_before_any_comes_again() {
        for count in 1..40 {
            let all: Vec<Bookmark> =
                (0..count).map(|id| Bookmark { id: id.to_string(), ..Bookmark::default() }).collect();
            let ids: HashSet<&str> = (0..count).map(|day| of_day(&all, day + 20_000).unwrap().id.as_str()).collect();
            assert_eq!(ids.len() as u64, count);
        }
        assert_eq!(of_day(&[], 1), None);
    }
}
