//! Dates as numbers of days, after H. Hinnant's algorithms: <https://howardhinnant.github.io/date_algorithms.html>.
//!
//! It refuses to know time zones, and what day it is.

/// Days from 0000-03-01, where the algorithms begin, to 1970-01-01.
const BEFORE: i64 = 719_468;
/// Days of 400 years, after which the calendar comes again.
const ERA: i64 = 146_097;

/// The date of a day counted from 1970-01-01, as `YYYY-MM-DD`.
pub fn date(day: i64) -> String {
    let shifted = day.saturating_add(BEFORE);
    let (era, day_of_era) = (shifted.div_euclid(ERA), shifted.rem_euclid(ERA));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Years start in March, so that the day that is not in all of them is their last.
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day of a date given as `YYYY-MM-DD`, counted from 1970-01-01.
pub fn day(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<u16>().ok().map(i64::from));
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leaps + ((month + 9) % 12 * 153 + 2) / 5 + day - 1 - BEFORE)
}

#[cfg(test)]
mod tests {
    use super::{date, day};

    #[test]
    fn days_and_dates() {
        for (number, expected) in [
            (-1, "1969-12-31"),
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (20_512, "2026-02-28"),
            (20_513, "2026-03-01"),
        ] {
            assert_eq!(date(number), expected);
            assert_eq!(day(expected), Some(number));
        }
        for number in -700_000..1_000_000 {
            if number % 97 == 0 {
                assert_eq!(day(&date(number)), Some(number));
            }
        }
    }

    #[test]
    fn what_is_no_date_is_no_day() {
        for bad in ["", "2026", "2026-13-01", "2026-01-32", "2026-01", "99999-01-01", "昨天", "2026-01-01T00:00:00Z"]
        {
            assert_eq!(day(bad), None, "{bad}");
        }
    }
}
