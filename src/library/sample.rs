//! The sample library, built into the binary: what the first run opens.

/// File names and texts, in the order of the list.
pub const SEEDS: &[(&str, &str)] = &[
    ("abacus.md", include_str!("../../seeds/abacus.md")),
    ("bi-sheng.md", include_str!("../../seeds/bi-sheng.md")),
    ("centred-stop.md", include_str!("../../seeds/centred-stop.md")),
    ("counting-cells.md", include_str!("../../seeds/counting-cells.md")),
    ("four-scripts.md", include_str!("../../seeds/four-scripts.md")),
    ("kinsoku.md", include_str!("../../seeds/kinsoku.md")),
    ("koyomi.md", include_str!("../../seeds/koyomi.md")),
    ("line-start.md", include_str!("../../seeds/line-start.md")),
    ("newsletter.md", include_str!("../../seeds/newsletter.md")),
    ("pager.md", include_str!("../../seeds/pager.md")),
    ("paper.md", include_str!("../../seeds/paper.md")),
    ("plain-files.md", include_str!("../../seeds/plain-files.md")),
    ("solar-terms.txt", include_str!("../../seeds/solar-terms.txt")),
    ("spaces.md", include_str!("../../seeds/spaces.md")),
    ("tea.md", include_str!("../../seeds/tea.md")),
];

#[cfg(test)]
mod tests {
    use super::SEEDS;
    use crate::document::Document;
    use crate::parse::{Hint, parse};
    use crate::text::Language;

    /// Every sample article and the language it must be found to be in.
    const LANGUAGES: &[(&str, Language)] = &[
        ("abacus.md", Language::ZhHans),
        ("bi-sheng.md", Language::ZhHans),
        ("centred-stop.md", Language::ZhHant),
        ("counting-cells.md", Language::ZhHans),
        // Two thirds English in letters; of the East Asian languages beside it, Hangul is what decides.
        ("four-scripts.md", Language::Ko),
        ("kinsoku.md", Language::Ja),
        ("koyomi.md", Language::Ja),
        ("line-start.md", Language::ZhHans),
        ("newsletter.md", Language::ZhHans),
        ("pager.md", Language::Other),
        ("paper.md", Language::ZhHans),
        ("plain-files.md", Language::Other),
        ("solar-terms.txt", Language::ZhHans),
        ("spaces.md", Language::Ko),
        ("tea.md", Language::ZhHans),
    ];

    /// The articles whose front matter is written as scrapers write it, outside of YAML.
    const SLOPPY: &[&str] = &["abacus.md", "newsletter.md"];

    fn read(name: &str, text: &str) -> Document {
        parse(text.as_bytes(), &Hint::named(name))
    }

    #[test]
    fn every_sample_is_in_its_language() {
        let found: Vec<(&str, Language)> =
            SEEDS.iter().map(|(name, text)| (*name, read(name, text).language)).collect();
        assert_eq!(found, LANGUAGES);
    }

    #[test]
    fn every_sample_has_a_title_and_sections_and_only_the_sloppy_need_repair() {
        for (name, text) in SEEDS {
            let document = read(name, text);
            let title = document.meta.title.as_str();
            assert!(!title.is_empty() && !name.starts_with(title), "{name} has no title but its file's name");
            assert!(!document.outline.sections.is_empty(), "{name} has no section");
            assert_eq!(document.repairs.is_empty(), !SLOPPY.contains(name), "{name} needed {:?}", document.repairs);
        }
    }

    #[test]
    fn the_samples_are_in_the_order_of_their_names_and_of_readable_length() {
        assert!(SEEDS.is_sorted_by_key(|(name, _)| name));
        for (name, text) in SEEDS {
            let characters = text.chars().count();
            assert!((1_000..=20_000).contains(&characters), "{name} has {characters} characters");
        }
    }

    /// The shape in which public accounts are scraped: the title three times, dividers, a tail of interface text.
    #[test]
    fn scraped_samples_show_nothing_of_the_page_around_them() {
        for (name, text) in SEEDS.iter().filter(|(_, text)| text.contains("\nfetch_date: ")) {
            let document = read(name, text);
            let last_body_line = document.body.last as usize;
            let tail: Vec<&str> = text.lines().skip(last_body_line).collect();
            assert!(tail.contains(&"预览时标签不可点"), "{name}: the tail is taken for the article");
            let title = format!("# {}", document.meta.title.as_str());
            let above = text.lines().take(document.body.first as usize).filter(|line| *line == title).count();
            assert_eq!(above, 2, "{name}: the repeated title is taken for the article");
        }
    }
}
