//! Where sentences begin: full stops of any script, with the closing marks after them.

use super::Class;

/// How surely the sentence is over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    None,
    /// After a full stop that also stands inside sentences (`1.5`), or an ellipsis: white space or a closing mark decides.
    Possible,
    Sure,
}

/// The bytes at which the sentences of a text begin; a text that is not blank has at least one.
pub fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut ending = Ending::Sure;
    for (byte, character) in text.char_indices() {
        let class = Class::of(character);
        match character {
            '。' | '！' | '？' | '｡' | '．' | '⁈' | '⁉' | '‼' | '⁇' if !starts.is_empty() => {
                ending = Ending::Sure;
            }
            '.' | '!' | '?' | '…' if ending != Ending::Sure => ending = Ending::Possible,
            '\n' => ending = Ending::Sure,
            _ if character.is_whitespace() => ending = after(ending, Ending::Sure),
            '…' | ')' | '"' | '\'' | ']' if !starts.is_empty() && ending != Ending::None => {}
            _ if class == Class::Closing => ending = after(ending, Ending::Sure),
            _ => {
                if ending == Ending::Sure {
                    starts.push(byte);
                }
                ending = Ending::None;
            }
        }
    }
    starts
}

fn after(ending: Ending, decided: Ending) -> Ending {
    if ending == Ending::None { Ending::None } else { decided }
}

#[cfg(test)]
mod tests {
    use super::starts;

    #[track_caller]
    fn check(sentences: &[&str]) {
        let text = sentences.concat();
        let starts = starts(&text);
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let found: Vec<&str> = starts.iter().zip(ends).map(|(start, end)| text.get(*start..end).unwrap()).collect();
        assert_eq!(found, sentences);
    }

    #[test]
    fn of_every_script() {
        check(&["他说：“好。”", "于是走了！", "走了？！", "真的……走了。"]);
        check(&["One sentence. ", "“Two.” ", "Version 1.5 is three."]);
        check(&["そうです。", "「はい。」", "と言った。"]);
        check(&["没有句号的一行"]);
        check(&["一行\n", "又一行"]);
    }
}
