//! Kindle's `My Clippings.txt`: title and author, a line on what and where, the words; a note follows its highlight.

use super::Clipping;

/// What ends an entry.
const RULE: &str = "==========";
/// What says that an entry is a note, in the languages of the device.
const NOTES: &[&str] = &["Your Note", "笔记", "筆記", "メモ", "노트", "메모"];

/// Whether a text is such a file.
pub fn is_clippings(text: &str) -> bool {
    text.lines().any(|line| line.trim() == RULE)
}

/// The highlights, each with its note.
pub fn read(text: &str) -> Vec<Clipping> {
    let mut clippings: Vec<Clipping> = Vec::new();
    let lines: Vec<&str> = text.lines().map(|line| line.trim_matches(['\u{feff}', '\r'])).collect();
    for entry in lines.split(|line| line.trim() == RULE) {
        let mut lines = entry.iter().skip_while(|line| line.trim().is_empty());
        let (Some(title), Some(what)) = (lines.next(), lines.next()) else { continue };
        let words = lines.copied().collect::<Vec<_>>().join("\n");
        let title = title.trim();
        // The author stands in the last brackets.
        let title =
            title.rsplit_once(" (").filter(|(_, author)| author.ends_with(')')).map_or(title, |(title, _)| title);
        let mut clipping = Clipping::new(title, words.trim());
        let mut when = what.rsplit('|').next().unwrap_or_default().trim();
        for added in ["Added on ", "添加于 ", "新增日期 ", "作成日: ", "추가됨: "] {
            when = when.trim_start_matches(added);
        }
        when.clone_into(&mut clipping.created);
        let is_note = NOTES.iter().any(|note| what.contains(note));
        match clippings.last_mut() {
            Some(last) if is_note && last.article.title == clipping.article.title && last.note.is_empty() => {
                last.note.clone_from(&clipping.passage.quote);
            }
            _ => clippings.push(clipping),
        }
    }
    clippings
}
