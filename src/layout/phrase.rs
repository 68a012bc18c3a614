//! Where phrases end in Chinese and Japanese, by the models of `BudouX`, so that lines can end there.
//!
//! A linear model over the three characters on either side of a place; it refuses to know words. The tables are packed
//! at build time (`assets/phrases`).

use crate::text::Language;

/// A model: what each character, pair and triple near a place says for or against a phrase's end there.
pub struct Model<'a> {
    /// The sum of all weights: a phrase ends where the score is more than half of it.
    total: i32,
    /// The six characters around a place: three before it, three after it.
    singles: Table<'a, 6>,
    /// Pairs: before it, around it, after it.
    pairs: Table<'a, 3>,
    /// Triples: before it, two and one, one and two, after it.
    triples: Table<'a, 4>,
}

/// A hash table with open addressing; key 0 is free.
struct Table<'a, const N: usize> {
    shift: u32,
    entries: &'a [(u64, [i16; N])],
}

mod packed {
    #![allow(clippy::unreadable_literal, reason = "written by a program for a program")]
    use super::{Model, Table};
    include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
}

impl<const N: usize> Table<'_, N> {
    fn get(&self, key: u64) -> Option<&[i16; N]> {
        // The same as `assets/phrases/pack.rs` has.
        let mut place = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize;
        loop {
            match self.entries.get(place) {
                Some((found, weights)) if *found == key => return Some(weights),
                Some((0, _)) | None => return None,
                Some(_) => place = (place + 1) & (self.entries.len() - 1),
            }
        }
    }
}

/// The model of a language, if it has one.
pub fn model(language: Language) -> Option<&'static Model<'static>> {
    match language {
        Language::Ja => Some(&packed::JA),
        Language::ZhHans => Some(&packed::ZH_HANS),
        Language::ZhHant => Some(&packed::ZH_HANT),
        Language::Ko | Language::Other => None,
    }
}

/// The bytes of a text at which phrases end, ascending.
pub fn ends(text: &str, model: &Model) -> Vec<u32> {
    let mut found = Vec::new();
    let mut scorer = Scorer { scores: [0; 8], bytes: [0; 8], key: 0 };
    let mut count = 0;
    for (byte, character) in text.char_indices() {
        scorer.add(model, count, byte, character);
        if let Some(end) = count.checked_sub(2).and_then(|place| scorer.take(place, model)) {
            found.push(end);
        }
        count += 1;
    }
    found.extend((count.saturating_sub(2)..count).filter_map(|place| scorer.take(place, model)));
    found
}

/// The scores of the places that the characters so far can say something about. Place `k` is before character `k`.
struct Scorer {
    scores: [i32; 8],
    bytes: [u32; 8],
    /// The last characters, sixteen bits each.
    key: u64,
}

impl Scorer {
    /// Adds what a character, and the pair and triple that end with it, say of the places near it.
    fn add(&mut self, model: &Model, index: usize, byte: usize, character: char) {
        self.bytes[index % 8] = byte as u32;
        self.scores[(index + 3) % 8] = 0;
        // Characters beyond the first plane are in no model.
        let code = u64::from(u16::try_from(u32::from(character)).unwrap_or(u16::MAX));
        self.key = self.key << 16 | code;
        if let Some(weights) = model.singles.get(code) {
            self.say(index, 3, weights);
        }
        if index >= 1
            && let Some(weights) = model.pairs.get(self.key & 0xffff_ffff)
        {
            self.say(index, 1, weights);
        }
        if index >= 2
            && let Some(weights) = model.triples.get(self.key & 0xffff_ffff_ffff)
        {
            self.say(index, 1, weights);
        }
    }

    /// Adds weights to the places from `ahead` after a character backwards.
    fn say(&mut self, index: usize, ahead: usize, weights: &[i16]) {
        for (back, weight) in weights.iter().enumerate() {
            self.scores[(index + ahead + 8 - back) % 8] += i32::from(*weight);
        }
    }

    /// The byte of a place, if a phrase ends there.
    fn take(&self, place: usize, model: &Model) -> Option<u32> {
        (place > 0 && 2 * self.scores[place % 8] > model.total).then_some(self.bytes[place % 8])
    }
}

#[cfg(test)]
mod tests {
    use super::{ends, model};
    use crate::text::Language;

    /// Checks a text against itself with the ends of phrases marked.
    #[track_caller]
    fn check(language: Language, marked: &str) {
        let text = marked.replace('|', "");
        let ends = ends(&text, model(language).unwrap());
        let mut found = String::new();
        for (byte, character) in text.char_indices() {
            if ends.contains(&(byte as u32)) {
                found.push('|');
            }
            found.push(character);
        }
        assert_eq!(found, marked);
    }

    /// The phrases are those that `BudouX`'s own parser finds.
    #[test]
    fn phrases() {
        check(Language::Ja, "今日は|朝から|雨が|降っていたので、|家で|静かに|本を|読んでいました。");
        check(
            Language::ZhHans,
            "今天|早上|一直|在|下雨，|所以|我们|留|在|家里，|安安静静|地|读|了|一|本|关于|植物|的|书。",
        );
        check(
            Language::ZhHant,
            "今天|早上|一直|在|下雨，|所以|我們|留|在|家裡，|安安|靜靜|地讀|了|一|本|關於|植物|的|書。",
        );
    }

    #[test]
    fn short_texts() {
        for text in ["", "一", "一二", "一二三", "𠀀𠀀𠀀𠀀"] {
            let model = model(Language::ZhHans).unwrap();
            assert!(ends(text, model).iter().all(|end| text.is_char_boundary(*end as usize)));
        }
    }
}
