//! What of a text was lost before it was saved, or when it was read: no repair brings that back, and so it is told.
//!
//! It refuses to be told by a few odd characters: an article may speak of them.

use super::mojibake::torn;
use crate::text::counted;
use memchr::memmem;

/// Signs for lost characters from which they are told, and among how many bytes one stands at least.
const SIGNS: (usize, usize) = (4, 600);
/// What GBK makes of two signs for lost characters, and of four: alone it is a word that people write about.
const SIGNS_MISREAD: (&str, &str) = ("锟斤拷", "锟斤拷锟斤拷");
/// Bytes that tell whether a text is of question marks, and of how many question marks are one.
const HEAD: (usize, usize) = (1 << 12, 4);
/// What to do about it.
const REMEDY: &str = "save it again from where it came from";

/// What was lost, and what to do, in one sentence; none if nothing was.
pub fn of(text: &str) -> Option<String> {
    if is_of_question_marks(text) {
        return Some(format!("the characters were lost when the file was written; {REMEDY}"));
    }
    if text.is_ascii() {
        return None;
    }
    let signs = |sign: &str| memmem::find_iter(text.as_bytes(), sign).count();
    let (two, four) = SIGNS_MISREAD;
    let misread = if memmem::find(text.as_bytes(), four.as_bytes()).is_some() { 2 * signs(two) } else { 0 };
    let lost = signs("\u{fffd}") + misread;
    let (least, among) = SIGNS;
    if lost >= least && lost * among >= text.len() && !are_printed(text, lost) {
        return Some(format!("{} lost in a wrong encoding; {REMEDY}", counted(lost as u64, "character")));
    }
    torn::part(text).map(|garbled| format!("{} garbled; {REMEDY}", counted(garbled as u64, "character")))
}

/// Whether signs for lost characters are themselves what is shown: bytes that a program printed, a few lines full of them.
fn are_printed(text: &str, signs: usize) -> bool {
    const FULL: usize = 4;
    const FEW: usize = 9;
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let with_signs = lines().filter(|line| line.contains(char::REPLACEMENT_CHARACTER)).count();
    with_signs > 0 && signs >= FULL * with_signs && lines().count() >= FEW * with_signs
}

/// Whether a text was written in an encoding that lacks nearly all of its characters: marks stand where words would.
/// Behind a word they ask, or judge a move.
fn is_of_question_marks(text: &str) -> bool {
    let (length, share) = HEAD;
    let head = text.as_bytes().get(..length).unwrap_or(text.as_bytes());
    if memmem::find(head, b"????").is_none() {
        return false;
    }
    let (mut marks, mut longest, mut before) = (0, 0, b' ');
    for run in head.chunk_by(|one, other| (*one == b'?') == (*other == b'?')) {
        if run.starts_with(b"?") && !before.is_ascii_alphanumeric() && before.is_ascii() {
            marks += run.len();
            longest = longest.max(run.len());
        }
        before = run.last().copied().unwrap_or(b' ');
    }
    longest >= share && marks >= share * share && marks * share > head.len()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[track_caller]
    fn check(text: &str, lost: &str) {
        let said = of(text).map(|said| said.split(';').next().unwrap_or_default().to_owned());
        assert_eq!(said.as_deref().unwrap_or_default(), lost, "{text}");
    }

    #[test]
    fn what_was_lost_is_told() {
        check(&"茶棚在河边，水从山\u{fffd}来。\n".repeat(5), "5 characters lost in a wrong encoding");
        check(&"锟斤拷锟斤拷，锟斤拷锟斤拷。\n".repeat(2), "16 characters lost in a wrong encoding");
        check(&"??????,??????,????\n".repeat(4), "the characters were lost when the file was written");
    }

    #[test]
    fn a_few_odd_characters_are_no_loss() {
        check("茶棚在河边，水从山上来。", "");
        check(&("茶棚在河边，水从山上来。\n".repeat(20) + "读错了会看到“锟斤拷”和“\u{fffd}”。"), "");
        check(&"读错了会看到“锟斤拷”，人们就说锟斤拷。\n".repeat(4), "");
        check("What???? He said so, and so did she, and so did all of them in the end.", "");
        check(&"Who???? What???? Why????\n".repeat(9), "");
        check(&"14. Qxh7?? Kg8 15. Ke2????\n".repeat(9), "");
        check(&"去哪里????\n做什么????\n".repeat(9), "");
        let printed = "\u{fffd}PNG\u{fffd}\u{fffd}\u{fffd}a\u{fffd}\u{fffd}\u{fffd}b\u{fffd}\u{fffd}\n";
        check(&format!("{}{printed}", "茶棚在河边，水从山上来。\n".repeat(9)), "");
    }
}
