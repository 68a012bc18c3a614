//! Looking for bytes in a text several at a time: loops that the compiler makes vectors of.
//!
//! It refuses to know what the bytes mean.

/// Bytes that are looked at together.
const STEP: usize = 16;
/// Bytes that are looked at together, and the two after the last of them.
const SEEN: usize = STEP + 2;

/// The first byte of which something does not hold.
pub fn first_not(bytes: &[u8], holds: impl Fn(u8) -> bool) -> Option<usize> {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    // Counting is made a vector of whatever is asked of a byte; asking until one fails is so now and then.
    let all = |step: &[u8; STEP]| step.iter().map(|byte| u8::from(holds(*byte))).sum::<u8>() == STEP as u8;
    let step = steps.iter().position(|step| !all(step));
    let from = step.unwrap_or(steps.len()) * STEP;
    let among = if step.is_some() { bytes.get(from..)? } else { rest };
    among.iter().position(|byte| !holds(*byte)).map(|found| from + found)
}

/// The first byte of which something does not hold, seen with the two bytes after it; zeros stand behind the end. What
/// holds of a byte by itself, which is sooner seen, need not be asked again.
pub fn first_not_of_three(
    bytes: &[u8],
    holds: impl Fn(u8) -> bool,
    holds_of_three: impl Fn(u8, u8, u8) -> bool,
) -> Option<usize> {
    let all = |from: usize| {
        let seen = bytes.get(from..).and_then(<[u8]>::first_chunk::<SEEN>);
        let three =
            seen.and_then(|seen| Some((seen.first_chunk()?, seen.get(1..)?.first_chunk()?, seen.last_chunk()?)));
        three.is_some_and(|(first, second, third): (&[u8; STEP], &[u8; STEP], &[u8; STEP])| {
            first.iter().fold(true, |all, byte| all & holds(*byte))
                || first.iter().zip(second).zip(third).fold(true, |all, ((first, second), third)| {
                    all & (holds(*first) | holds_of_three(*first, *second, *third))
                })
        })
    };
    let mut at = 0;
    if let Some(last) = bytes.len().checked_sub(SEEN) {
        // The last step begins within the one before it.
        while at < last + STEP && all(at.min(last)) {
            at = at.min(last) + STEP;
        }
    }
    let byte = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let is_sound = |index: usize| holds(byte(index)) || holds_of_three(byte(index), byte(index + 1), byte(index + 2));
    (at..bytes.len()).find(|index| !is_sound(*index))
}

/// Whether a byte is one of some that follow each other.
pub fn is_in(byte: u8, first: u8, last: u8) -> bool {
    byte.wrapping_sub(first) <= last - first
}

/// Whether a byte is a given one.
pub fn is(byte: u8, other: u8) -> bool {
    byte == other
}

/// How many bytes there are of which something holds.
pub fn count(bytes: &[u8], holds: impl Fn(u8) -> bool) -> usize {
    // Sums of up to 255 fit a byte.
    let sums = bytes.chunks(usize::from(u8::MAX));
    sums.map(|chunk| usize::from(chunk.iter().map(|byte| u8::from(holds(*byte))).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use super::{count, first_not, first_not_of_three};
    use proptest::prelude::proptest;

    proptest! {
        #[test]
        fn as_one_by_one(bytes in proptest::collection::vec(0..=3u8, 0..600)) {
            for sought in 0..=3 {
                assert_eq!(count(&bytes, |byte| byte == sought), bytes.split(|byte| *byte == sought).count() - 1);
                assert_eq!(first_not(&bytes, |byte| byte != sought), bytes.iter().position(|byte| *byte == sought));
            }
            assert_eq!(first_not(&bytes, |_| true), None);
            for sought in 0..=9 {
                let holds = |first: u8, second: u8, third: u8| first + second + third != sought;
                let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
                let mut all = 0..bytes.len();
                let found =
                    all.find(|index| at(*index) != 1 && !holds(at(*index), at(index + 1), at(index + 2)));
                assert_eq!(first_not_of_three(&bytes, |byte| byte == 1, holds), found);
            }
        }
    }
}
