//! When a change was made. It refuses to look at a wall clock: times come from [`super::clock`], by way of the journal.

/// When a change was made, as a hybrid logical clock counts it: every change is later than all that its device had
/// seen. Changes of one moment are ordered by device, so that all devices come to the same end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    /// Milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
    pub time: u64,
    /// The device, see [`Stamp::device_number`].
    pub device: u64,
    /// The check sum of the record: two records of one stamp have an order too.
    pub check: u32,
}

impl Stamp {
    /// Bits of the counter.
    const COUNTER: u32 = 16;

    /// The stamp written as `milliseconds.counter.device`, fifteen digits, four hexadecimal ones and a name.
    pub fn parse(text: &str, check: u32) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let millis: u64 = parts.next()?.parse().ok().filter(|millis| *millis < 1 << 48)?;
        let counter = u16::from_str_radix(parts.next()?, 16).ok()?;
        let device = Self::device_number(parts.next()?);
        Some(Self { time: millis << Self::COUNTER | u64::from(counter), device, check })
    }

    /// The stamp of a time of a wall clock, before the counter.
    pub fn at(millis: u64) -> u64 {
        millis.min((1 << 48) - 1) << Self::COUNTER
    }

    /// A time as it is written.
    pub fn write(time: u64, device: &str) -> String {
        format!("{:015}.{:04x}.{device}", time >> Self::COUNTER, time & 0xffff)
    }

    /// A device's name as a number: its first twelve letters and digits to the base 36.
    pub fn device_number(name: &str) -> u64 {
        let digits = name.chars().filter_map(|character| character.to_digit(36)).take(12);
        digits.fold(0, |number, digit| number * 36 + u64::from(digit))
    }
}

#[cfg(test)]
mod tests {
    use super::Stamp;

    #[test]
    fn stamps_are_written_and_read() {
        let time = Stamp::at(1_764_000_000_123) + 7;
        let text = Stamp::write(time, "dk3f9");
        assert_eq!(text, "001764000000123.0007.dk3f9");
        let stamp = Stamp::parse(&text, 5).unwrap();
        assert_eq!(stamp, Stamp { time, device: Stamp::device_number("dk3f9"), check: 5 });
        for bad in ["", "1", "x.0.d", "999999999999999999.0000.d", "1.zz.d"] {
            assert_eq!(Stamp::parse(bad, 0), None, "{bad}");
        }
    }
}
