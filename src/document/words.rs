//! How much there is to read: characters and minutes of mixed text.
//!
//! Han characters, kana and Hangul are counted one by one, everything else by words, each at its own pace. It refuses
//! to know who reads: the paces are those of an ordinary adult, and a reader's own pace is statistics' matter.

use super::{Block, BlockKind, Document, Part};
use crate::text::script::{is_bopomofo, is_east_asian};

/// Han characters, kana and Hangul syllables read in a minute.
const CHARACTERS_A_MINUTE: f64 = 450.0;
/// Words of Latin and other spaced scripts read in a minute.
const WORDS_A_MINUTE: f64 = 220.0;
/// The part of their time that code and tables take: they are looked at rather than read through.
const SKIMMED: f64 = 0.4;

/// How much there is to read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Amount {
    /// Characters, white space not counted.
    pub characters: u32,
    /// Minutes at an ordinary pace, fractions included.
    pub time: f64,
}

impl Amount {
    /// The article proper: title block and boilerplate are not counted.
    pub fn of(document: &Document) -> Self {
        let body = document.blocks.iter().filter(|block| block.part == Part::Body);
        body.map(Self::of_block).fold(Self::default(), Self::plus)
    }

    /// One block.
    pub fn of_block(block: &Block) -> Self {
        let pace = if matches!(block.kind, BlockKind::Code { .. } | BlockKind::Table(_)) { SKIMMED } else { 1.0 };
        let amount = Self::of_text(&block.text);
        Self { time: amount.time * pace, ..amount }
    }

    /// Whole minutes, for people: none only where there is nothing to read.
    pub fn minutes(self) -> u32 {
        if self.characters == 0 { 0 } else { (self.time.round() as u32).max(1) }
    }

    fn of_text(text: &str) -> Self {
        let (mut characters, mut syllables, mut words) = (0, 0, 0);
        let mut in_word = false;
        for character in text.chars().filter(|character| !character.is_control()) {
            characters += u32::from(!character.is_whitespace());
            let is_syllable = is_syllable(character);
            syllables += u32::from(is_syllable);
            let joins = character.is_alphanumeric() || (in_word && matches!(character, '\'' | '’' | '-' | '.' | '_'));
            words += u32::from(joins && !is_syllable && !in_word);
            in_word = joins && !is_syllable;
        }
        let time = f64::from(syllables) / CHARACTERS_A_MINUTE + f64::from(words) / WORDS_A_MINUTE;
        Self { characters, time }
    }

    fn plus(self, other: Self) -> Self {
        Self { characters: self.characters.saturating_add(other.characters), time: self.time + other.time }
    }
}

/// A character that is read as a unit of its own: Han, kana, bopomofo, Hangul.
fn is_syllable(character: char) -> bool {
    is_east_asian(character) || is_bopomofo(character)
}

#[cfg(test)]
mod tests {
    use super::Amount;
    use crate::document::{Block, BlockKind, Document, Part};
    use crate::text::SafeText;

    #[track_caller]
    fn check(text: &str, characters: u32, syllables: f64, words: f64) {
        let amount = Amount::of_text(text);
        assert_eq!(amount.characters, characters, "characters of {text}");
        let expected = syllables / 450.0 + words / 220.0;
        assert!((amount.time - expected).abs() < 1e-9, "{text}: {} and not {expected}", amount.time);
    }

    #[test]
    fn scripts_are_counted_each_in_its_way() {
        check("", 0, 0.0, 0.0);
        check("斋是书房。", 5, 4.0, 0.0);
        check("ひらがなとカタカナ", 9, 9.0, 0.0);
        check("한글은 소리를 적는다", 9, 9.0, 0.0);
        check("It's a well-known fact, isn't it?", 28, 0.0, 6.0);
        check("用Rust 1.95写了3个程序", 15, 6.0, 3.0);
        check("。，！——……", 7, 0.0, 0.0);
        check("\u{20000}𠮷 野\t家", 4, 4.0, 0.0);
    }

    fn block(kind: BlockKind, text: &str, part: Part) -> Block {
        Block { kind, text: SafeText::body(text), part, ..Block::default() }
    }

    #[test]
    fn code_weighs_less_and_boilerplate_nothing() {
        let text = "字".repeat(450);
        let code = || BlockKind::Code { info: SafeText::default() };
        let blocks = vec![
            block(BlockKind::Paragraph, &text, Part::Body),
            block(code(), &text, Part::Body),
            block(BlockKind::Paragraph, &text, Part::Boilerplate),
            block(BlockKind::Paragraph, &text, Part::TitleBlock),
        ];
        let amount = Amount::of(&Document { blocks, ..Document::default() });
        assert_eq!(amount.characters, 900);
        assert!((amount.time - 1.4).abs() < 1e-9, "{amount:?}");
        assert_eq!(amount.minutes(), 1);
    }

    #[test]
    fn whatever_there_is_takes_a_minute() {
        assert_eq!(Amount::default().minutes(), 0);
        assert_eq!(Amount::of_text("短").minutes(), 1);
        assert_eq!(Amount::of_text(&"长".repeat(4500)).minutes(), 10);
    }
}
