//! UTF-8 that was read as another encoding and saved so: `ä¸­æ–‡`, `дё­ж–‡`, `氓聧聤`.
//!
//! Only where most of a text's runs of characters go back to UTF-8 they are repaired, so that a text which merely quotes
//! such characters is left alone. Han characters say nothing in a text that is for the most part of others: a program adds
//! the title, rightly read, to what it misread. What was lost in between cannot be found again: signs stand in its place.

pub mod legacy;
pub mod misreading;
pub mod torn;

use crate::text::scan::{self, is_in};
use misreading::Misreading;

/// Times that a text may have been read wrongly.
const TIMES: usize = 2;
/// Runs that are looked at before all are.
const SAMPLE: usize = 12;
/// Bytes at the head of a text that tell of which characters it is.
const HEAD: usize = 1 << 12;
/// Runs that must go back to UTF-8.
const LEAST: usize = 3;

/// The text set right, and the names of the encodings it had been read as; none if it is what it should be.
pub fn repair(text: &str) -> Option<(String, Vec<String>)> {
    let mut repaired = repair_once(text)?;
    for _ in 1..TIMES {
        let Some((again, mut names)) = repair_once(&repaired.0) else { break };
        repaired.1.append(&mut names);
        repaired.0 = again;
    }
    Some(repaired)
}

fn repair_once(text: &str) -> Option<(String, Vec<String>)> {
    let is_telling = telling(text);
    let sample: Vec<&str> = runs(text).map(|(_, run)| run).filter(&is_telling).take(SAMPLE).collect();
    if sample.len() < LEAST {
        return None;
    }
    // Half of the sample tells that nothing was read as single bytes.
    let are_han = sample.iter().filter(|run| run.starts_with(is_han)).count() * 2 >= sample.len();
    let mut likely = Misreading::all().filter(|misreading| !(are_han && misreading.is_of_single_bytes()));
    if let Some(misreading) = likely.find(|misreading| is_misread(text, &sample, &is_telling, *misreading)) {
        return Some(restored(text, misreading, |run| {
            undone(run, misreading).or_else(|| torn::undone(run, misreading))
        }));
    }
    if let Some(misreading) = torn::misreading(text, &sample, &is_telling) {
        return Some(restored(text, misreading, |run| torn::undone(run, misreading)));
    }
    let (text, encoding) = legacy::undone(text, &sample)?;
    Some((text, vec![encoding.name().to_owned()]))
}

/// A text with its runs set right, and the name of the encoding that they had been read as.
fn restored(text: &str, misreading: Misreading, undone: impl Fn(&str) -> Option<String>) -> (String, Vec<String>) {
    let mut repaired = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, run) in runs(text) {
        if let Some(right) = undone(run) {
            repaired.push_str(text.get(copied..start).unwrap_or_default());
            repaired.push_str(&right);
            copied = start + run.len();
        }
    }
    repaired.push_str(text.get(copied..).unwrap_or_default());
    (repaired, vec![misreading.name().to_owned()])
}

/// Which runs tell whether a text was misread: those of two characters or more, but for Han characters where most of the
/// head of a text beyond ASCII is of characters of two bytes, as the code pages hold them.
fn telling(text: &str) -> impl Fn(&&str) -> bool {
    let head = text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes());
    let count = |first: u8, last: u8| scan::count(head, |byte| is_in(byte, first, last));
    let is_of_pairs = count(0xc2, 0xdf) > count(0xe0, 0xf4);
    move |run| run.chars().nth(1).is_some() && !(is_of_pairs && run.starts_with(is_han))
}

/// Characters that no code page of single bytes holds.
fn is_han(character: char) -> bool {
    character >= '\u{2e80}'
}

/// Whether most runs of a text go back to UTF-8: first the starts of a few, then all.
fn is_misread(text: &str, sample: &[&str], is_telling: impl Fn(&&str) -> bool, misreading: Misreading) -> bool {
    let mostly = |all: usize, right: usize| right >= LEAST && right * 2 > all;
    // As soon as half of them are as they should be, the rest cannot tell otherwise.
    let mut sound = 0;
    let begin_misread = sample.iter().all(|run| {
        sound += usize::from(!starts_misread(run, misreading));
        sound * 2 < sample.len()
    });
    begin_misread && mostly(sample.len(), sample.len() - sound) && {
        let runs = || runs(text).map(|(_, run)| run).filter(&is_telling);
        let all = runs().count();
        let mut wrong = 0;
        let are_misread = runs().all(|run| {
            wrong += usize::from(undone(run, misreading).is_none());
            wrong * 2 < all
        });
        are_misread && mostly(all, all - wrong)
    }
}

/// Whether the first characters of a run go back to UTF-8, be it to the start of a character.
fn starts_misread(run: &str, misreading: Misreading) -> bool {
    const CHARACTERS: usize = 12;
    // Code pages of one byte a character hold no Han characters.
    if run.starts_with(is_han) && misreading.is_of_single_bytes() {
        return false;
    }
    // One or two characters rule out nearly all that is right.
    [1, 2, CHARACTERS].iter().all(|characters| {
        let start = run.char_indices().nth(*characters).and_then(|(end, _)| run.get(..end)).unwrap_or(run);
        misreading.bytes_of(start).is_some_and(|bytes| match std::str::from_utf8(&bytes) {
            Ok(_) => true,
            Err(error) => start.len() < run.len() && error.error_len().is_none(),
        })
    })
}

/// The runs of characters beyond ASCII, with their places.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + scan::first_not(rest.as_bytes(), |byte| byte < 0x80)?;
        let rest = text.get(start..)?;
        let length = scan::first_not(rest.as_bytes(), |byte| byte >= 0x80).unwrap_or(rest.len());
        at = start + length;
        Some((start, rest.get(..length)?))
    })
}

/// What a run was before it was misread, if nothing of it was lost.
fn undone(run: &str, misreading: Misreading) -> Option<String> {
    let right = String::from_utf8(misreading.bytes_of(run)?).ok()?;
    let is_of_script = right.chars().any(|character| character >= '\u{80}') && !right.contains(is_unlikely);
    is_of_script.then_some(right)
}

/// Characters of two bytes that hardly any text is of: phonetic signs, marks, Armenian, what Mac OS makes of `’é`.
fn is_unlikely(character: char) -> bool {
    matches!(character, '\u{250}'..='\u{36f}' | '\u{483}'..='\u{48f}' | '\u{500}'..='\u{5cf}'
        | '\u{700}'..='\u{8ff}')
}

#[cfg(test)]
mod tests {
    use super::repair;
    use encoding_rs::Encoding;

    const TEXT: &str = "茶棚在河边，水从山上来。\n火用松枝，烧起来有香味。\n“天黑了” — café, naïve.\n明天再来。";

    fn misread(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn misread_once() {
        let latin: String = TEXT.bytes().map(char::from).collect();
        assert_eq!(repair(&latin).map(|(text, _)| text).as_deref(), Some(TEXT));
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::WINDOWS_1256, encoding_rs::KOI8_R] {
            let (text, names) = repair(&misread(TEXT, encoding)).unwrap();
            assert_eq!((text.as_str(), names), (TEXT, vec![encoding.name().to_owned()]));
        }
    }

    #[test]
    fn misread_below_a_title_that_is_right() {
        let head = "title: 河边的茶棚\nsource: 茶社\nauthor: 甲乙\n\n# 河边的茶棚\n\n茶社 茶社 茶社 茶社\n\n";
        let (text, _) = repair(&(head.to_owned() + &misread(TEXT, encoding_rs::WINDOWS_1251))).unwrap();
        assert_eq!(text, head.to_owned() + TEXT);
        let quoting = format!("{}\n{TEXT}\n{TEXT}", misread("茶\n水\n火\n山", encoding_rs::WINDOWS_1251));
        assert_eq!(repair(&quoting), None);
    }

    #[test]
    fn misread_by_old_code_pages() {
        let page = super::misreading::CODE_PAGES.lines().find_map(|line| line.strip_prefix("cp855\t")).unwrap();
        let misread: String = TEXT
            .bytes()
            .map(
                |byte| if byte < 0x80 { char::from(byte) } else { page.chars().nth(usize::from(byte) - 0x80).unwrap() },
            )
            .collect();
        assert_eq!(repair(&misread).unwrap().0, TEXT);
    }

    #[test]
    fn misread_twice() {
        let latin: String = TEXT.bytes().map(char::from).collect();
        let twice = misread(&latin, encoding_rs::GBK);
        let (text, names) = repair(&twice).unwrap();
        assert!(text.starts_with("茶棚在河边"), "{text}");
        assert_eq!(names, ["GBK", "windows-1252"]);
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            TEXT,
            "Чай у реки, вода с горы, огонь из сосны.",
            "L’été à l’île, l’été à l’île, l’été à l’île.",
            "Le thé près de la rivière, l’eau vient de la montagne où naît « l’été ».",
            "編碼錯誤時會看到 Ã¤ 這樣的字，但文章本身沒有問題，這裡還有很多字。",
            "한글은 소리 글자이다.",
            "plain",
        ] {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
