//! The sample library, built into the binary: what the first run opens.

/// File names and texts, in the order of the list.
pub const SEEDS: &[(&str, &str)] = &[];
