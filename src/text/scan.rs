//! Looking for bytes in a text several at a time: loops that the compiler makes vectors of.
//!
//! It refuses to know what the bytes mean.

/// Bytes that are looked at together.
const STEP: usize = 16;

/// The first byte of which something does not hold.
pub fn first_not(bytes: &[u8], holds: impl Fn(u8) -> bool) -> Option<usize> {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let all = |step: &[u8; STEP]| step.iter().fold(true, |all, byte| all & holds(*byte));
    let step = steps.iter().position(|step| !all(step));
    let from = step.unwrap_or(steps.len()) * STEP;
    let among = if step.is_some() { bytes.get(from..)? } else { rest };
    among.iter().position(|byte| !holds(*byte)).map(|found| from + found)
}

/// How many bytes there are of which something holds.
pub fn count(bytes: &[u8], holds: impl Fn(u8) -> bool) -> usize {
    // Sums of up to 255 fit a byte.
    let sums = bytes.chunks(usize::from(u8::MAX));
    sums.map(|chunk| usize::from(chunk.iter().map(|byte| u8::from(holds(*byte))).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use super::{count, first_not};
    use proptest::prelude::proptest;

    proptest! {
        #[test]
        fn as_one_by_one(bytes in proptest::collection::vec(0..=3u8, 0..600)) {
            for sought in 0..=3 {
                assert_eq!(count(&bytes, |byte| byte == sought), bytes.iter().filter(|byte| **byte == sought).count());
                assert_eq!(first_not(&bytes, |byte| byte != sought), bytes.iter().position(|byte| *byte == sought));
            }
            assert_eq!(first_not(&bytes, |_| true), None);
        }
    }
}
