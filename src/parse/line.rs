//! What a single line is taken for, whatever stands around it: a sentence, a counter, labels.
//!
//! It refuses to know whole articles, and words that the tables know better.

use crate::text::letters::cells;
use memchr::memchr;

/// Marks between a title and a site's or an author's name.
pub const PARTS: [&str; 10] = [" | ", "｜", " - ", " – ", " — ", "丨", "|", "_", " · ", " » "];

/// Whether a text ends as sentences do.
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '」', '』', '）', ')', '"', ' ']);
    text.ends_with(['。', '！', '？', '：', '.', '!', '?', ':', '…', '；', '~', '～', '﹔', '﹗', '﹖', '﹕'])
}

/// Whether a line begins with an address, or with the name of a site, and is no sentence.
pub fn begins_with_address(text: &str) -> bool {
    let first = text.split([' ', '\t', '\n']).next().unwrap_or_default();
    let after = first.strip_prefix("https://").or_else(|| first.strip_prefix("http://"));
    let host = after.unwrap_or(first).split('/').next().unwrap_or_default();
    let is_name = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let last = host.rsplit_once('.').map(|(_, last)| last).unwrap_or_default();
    let is_host = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_lowercase()) && host.split('.').all(is_name);
    // `main.rs` and the like name files: of a site's name alone two dots are asked.
    is_host && (after.is_some() || host.matches('.').count() >= 2) && !ends_sentence(text)
}

/// `196`, `1.2k`, `3万`: how often something was liked or read.
pub fn is_counter(text: &str) -> bool {
    const LONGEST: usize = 8;
    if text.len() > LONGEST {
        return false;
    }
    let digits = text.trim_end_matches(['k', 'K', '万', '萬', '+', 'w']);
    !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        && !(text.starts_with('0') && text.len() == 2)
}

/// `#书 #茶`, `# 系统安全 # CTF`: nothing but tags. A sentence may begin with one.
pub fn is_hashtags(text: &str) -> bool {
    const LONGEST: usize = 32;
    const WORDS: usize = 3;
    let Some(first) = memchr(b'#', text.as_bytes()) else { return false };
    let parted = text.matches(" # ").count();
    if first > 0 && !(parted >= 2 || parted == 1 && cells(text) < 40) {
        return false;
    }
    let is_tag = |tag: &str| {
        let tag = tag.trim_end_matches([',', '，', '、', ';', '；', '|', '/', '·']);
        cells(tag) <= LONGEST && !ends_sentence(tag) && !tag.contains(['。', '，', '！', '？', '：'])
    };
    // Between marks that stand alone a tag may be of a few words.
    let most = if parted > 0 { WORDS } else { 1 };
    let mut free = if first > 0 { most } else { 0 };
    text.split_whitespace().all(|word| {
        let is_marked = word.starts_with('#');
        let fits = is_marked || free > 0;
        free = match word {
            "#" => most,
            _ if is_marked => 0,
            _ => free.saturating_sub(1),
        };
        fits && word.split('#').all(is_tag)
    })
}

#[cfg(test)]
mod tests {
    use super::is_hashtags;

    #[track_caller]
    fn check(texts: &[&str], expected: bool) {
        for text in texts {
            assert_eq!(is_hashtags(text), expected, "{text}");
        }
    }

    #[test]
    fn tags_and_sentences_that_begin_with_one() {
        check(&["#书", "#书 #茶", "#书#茶", "#书#，#茶#", "#Tea #green-tea", "# 系统安全 # CTF"], true);
        check(&["茶 # 水 # 火", "# green tea # old books # river"], true);
        check(
            &[
                "#Tea began as a word of the coast, and came by ship.",
                "#Tea is hot",
                "#茶话会在河边开了三年，人来人往。",
            ],
            false,
        );
        check(
            &["# 茶 水 火", "#茶# 今天说水", "C# 和茶", "书", "#一年四季都有人在河边的茶棚里坐着喝茶的那个春天"],
            false,
        );
    }
}
