//! The sample library, built into the binary: what the first run opens.

/// File names and texts, in the order of the list.
pub const SEEDS: &[(&str, &str)] = &[
    ("abacus.md", include_str!("../../seeds/abacus.md")),
    ("bi-sheng.md", include_str!("../../seeds/bi-sheng.md")),
    ("line-start.md", include_str!("../../seeds/line-start.md")),
    ("tea.md", include_str!("../../seeds/tea.md")),
];
