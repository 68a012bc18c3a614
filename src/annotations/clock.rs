//! The wall clock, as dates and as identifiers. The order of changes does not hang on it; see [`super::Stamp`].
//!
//! What computes refuses to look at it, and is handed a [`Clock`]: the same keys give the same app.

use crate::text::calendar;
use jiff::tz::TimeZone;
use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// Crockford's base 32: no letters that look like digits.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Time and chance, as far as they are asked for.
pub trait Clock: Debug {
    /// The time as RFC 3339 in UTC, to the second.
    fn now(&self) -> String;
    /// The day of such a time where the reader is, as `YYYY-MM-DD`.
    fn day_of(&self, at: &str) -> Option<String>;
    /// An identifier that nothing else has.
    fn id(&mut self) -> String;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> String {
        now()
    }

    fn day_of(&self, at: &str) -> Option<String> {
        day_in(at, TimeZone::system())
    }

    fn id(&mut self) -> String {
        ulid()
    }
}

/// Milliseconds since 1970.
pub fn millis() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

/// The time as RFC 3339 in UTC, to the second.
pub fn now() -> String {
    at(millis() / 1000)
}

/// A time in seconds since 1970 as RFC 3339 in UTC.
pub fn at(seconds: u64) -> String {
    let second = seconds % 86_400;
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        calendar::date((seconds / 86_400) as i64),
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// Today, in the time zone of the system, as `YYYY-MM-DD`.
pub fn today() -> String {
    jiff::ZonedDateTime::now().date().to_string()
}

fn day_in(at: &str, zone: TimeZone) -> Option<String> {
    let time: jiff::Timestamp = at.parse().ok()?;
    Some(time.to_zoned_datetime(zone).date().to_string())
}

/// A new ULID: 48 bits of time and 80 of chance as 26 letters and digits, so that sorting by id sorts by age.
pub fn ulid() -> String {
    let bits = u128::from(millis() & ((1 << 48) - 1)) << 80 | chance() & ((1 << 80) - 1);
    (0..26).rev().map(|place| char::from(DIGITS[(bits >> (5 * place) & 31) as usize])).collect()
}

/// A new name for a device: a letter, then nine letters and digits.
pub fn device_name() -> String {
    let bits = chance();
    let digits = (0..9).map(|place| char::from(DIGITS[(bits >> (5 * place) & 31) as usize].to_ascii_lowercase()));
    std::iter::once('d').chain(digits).collect()
}

/// Bits that no other process has: the keys that the standard library draws for its hash tables, stirred.
fn chance() -> u128 {
    let draw = || u128::from(RandomState::new().hash_one(std::process::id()));
    draw() << 64 | draw()
}

#[cfg(test)]
mod tests {
    use super::{at, day_in, device_name, now, ulid};
    use jiff::tz::offset;
    use std::collections::HashSet;

    #[test]
    fn times() {
        assert_eq!(at(1_772_323_199), "2026-02-28T23:59:59Z");
        assert_eq!(now().len(), "2026-03-01T00:00:00Z".len());
    }

    #[test]
    fn a_day_begins_where_the_reader_is() {
        let day = |at: &str, hours| day_in(at, offset(hours).to_time_zone()).unwrap_or_default();
        assert_eq!(day("2026-02-28T23:30:00Z", 8), "2026-03-01");
        assert_eq!(day("2026-03-01T00:30:00Z", -5), "2026-02-28");
        assert_eq!(day("yesterday", 0), "");
    }

    #[test]
    fn identifiers_are_unlike() {
        let ids: HashSet<String> = (0..1000).map(|_| ulid()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == 26 && id.starts_with('0')));
        assert_ne!(device_name(), device_name());
    }
}
