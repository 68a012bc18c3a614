//! What a single line is taken for, whatever stands around it: a sentence, a counter, labels, a date.
//!
//! It refuses to know whole articles, and words that the tables know better.

use super::front_matter::dates::MONTHS;
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
    let digits = text.trim_end_matches(['k', 'K', '万', '萬', '+', 'w']);
    !digits.is_empty()
        && text.len() <= 8
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        && !(text.starts_with('0') && text.len() == 2)
}

/// `#书 #茶`, `# 系统安全 # CTF`.
pub fn is_hashtags(text: &str) -> bool {
    let Some(first) = memchr(b'#', text.as_bytes()) else { return false };
    if first == 0 {
        return true;
    }
    let parted = text.matches(" # ").count();
    parted >= 2 || (parted == 1 && cells(text) < 40)
}

/// Whether a line is no sentence and holds a date: `Lu Xiaoyu · August 21, 2024 · 4 min read`.
pub fn is_dateline(text: &str) -> bool {
    const LONGEST: usize = 80;
    if text.len() > 4 * LONGEST || cells(text) > LONGEST || ends_sentence(text) || text.contains(['。', '，', '、'])
    {
        return false;
    }
    let years = text.match_indices("20").chain(text.match_indices("19"));
    years.into_iter().any(|(byte, _)| {
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
        let (before, rest) = text.split_at_checked(byte).unwrap_or_default();
        let after = rest.get(4..).unwrap_or_default();
        let is_year = digits(rest) == 4 && !before.ends_with(|c: char| c.is_ascii_digit());
        let is_month_next =
            after.strip_prefix(['-', '/', '.', '年', '년']).is_some_and(|month| digits(month.trim_start()) > 0);
        is_year && (is_month_next || MONTHS.iter().any(|month| before.contains(month)))
    })
}
