//! Numbers of things as the interface says them. It knows the one rule that the interface's words need.

/// A number and what is counted, named in the singular: `1 file`, `2 files`.
pub fn counted(count: impl Into<u64>, thing: &str) -> String {
    match count.into() {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_not_many() {
        assert_eq!([0_u32, 1, 2].map(|count| counted(count, "minute")), ["0 minutes", "1 minute", "2 minutes"]);
    }
}
