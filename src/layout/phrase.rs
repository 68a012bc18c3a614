//! Where phrases end in Chinese and Japanese, by the models of `BudouX`, so that lines can end there.
//!
//! A linear model over the three characters on either side of a place; it refuses to know words. The tables are packed
//! at build time (`assets/phrases`).

use crate::text::Language;

/// A model: what each character, pair and triple near a place says for or against a phrase's end there.
pub struct Model {
    /// The sum of all weights: a phrase ends where the score is more than half of it.
    total: i32,
    /// The six characters around a place: three before it, three after it.
    singles: Table<u16, 2048>,
    /// Pairs: before it, around it, after it.
    pairs: Table<u32, 2048>,
    /// Triples: before it, two and one, one and two, after it.
    triples: Table<u64, 1024>,
}

/// A hash table in which every key has a slot of its own; the first slot is nobody's and says nothing.
///
/// Whether it holds the next key of a text cannot be foreseen, so nothing here branches on it.
struct Table<K, const SLOTS: usize> {
    factor: u64,
    /// What the slots of the keys of a bucket are moved by.
    displacements: [u16; BUCKETS],
    keys: [K; SLOTS],
    /// What a key says of the places near the character that it ends with, a lane each: the lowest is the place two
    /// before that character, the fourth the one right after it.
    weights: [i128; SLOTS],
}

/// Bits of a lane.
const LANE: u32 = 21;
const BUCKETS: usize = 512;
/// Set in what a pair says if it ends triples. No pair says anything of the place of the lowest lane.
const ENDS_TRIPLES: i128 = 1;
/// A place's score before anything is said of it. No sum of weights is as much, so that no lane borrows from the next.
const ZERO: i32 = 1 << (LANE - 1);
/// All lanes at a text's start.
const START: i128 = {
    let (mut lanes, mut lane) = (0, 0);
    while lane < 6 {
        lanes |= (ZERO as i128) << (lane * LANE);
        lane += 1;
    }
    lanes
};
/// The highest lane, of the place three after a character, which nothing was said of before.
const ENTERING: i128 = (ZERO as i128) << (5 * LANE);

mod packed {
    #![allow(clippy::unreadable_literal, reason = "written by a program for a program")]
    use super::{Model, Table};
    include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
}

impl<K: Copy + PartialEq + Into<u64>, const SLOTS: usize> Table<K, SLOTS> {
    /// What a key says; nothing if it is not there.
    #[inline]
    fn get(&self, key: K) -> i128 {
        // The same as `assets/phrases/pack.rs` has.
        let hash = key.into().wrapping_mul(self.factor);
        let by = self.displacements[(hash >> 55) as usize % BUCKETS];
        let slot = ((hash >> 32) as usize ^ usize::from(by)) % SLOTS;
        self.weights[slot * usize::from(self.keys[slot] == key)]
    }
}

/// The model of a language, if it has one.
pub fn model(language: Language) -> Option<&'static Model> {
    match language {
        Language::Ja => Some(&packed::JA),
        Language::ZhHans => Some(&packed::ZH_HANS),
        Language::ZhHant => Some(&packed::ZH_HANT),
        Language::Ko | Language::Other => None,
    }
}

/// The bytes of a text at which phrases end, a bit each: they come too irregularly to branch on.
pub struct Ends(Vec<u64>);

impl Ends {
    /// Whether a phrase ends at a byte.
    #[inline]
    pub fn hold(&self, byte: usize) -> bool {
        self.0.get(byte / 64).is_some_and(|bits| bits >> (byte % 64) & 1 != 0)
    }

    #[inline]
    fn note(&mut self, byte: usize, is_end: bool) {
        if let Some(bits) = self.0.get_mut(byte / 64) {
            *bits |= u64::from(is_end) << (byte % 64);
        }
    }
}

/// Where the phrases of a text end; none does at its start.
pub fn ends(text: &str, model: &Model) -> Ends {
    let mut found = Ends(vec![0; text.len() / 64 + 1]);
    let mut scorer = Scorer { scores: START, bytes: [0; 2], key: 0 };
    for (byte, character) in text.char_indices() {
        let weights = scorer.weights(model, character);
        let (place, is_end) = scorer.step(weights, byte, model);
        found.note(place, is_end);
    }
    for _ in 0..2 {
        let (place, is_end) = scorer.step(0, 0, model);
        found.note(place, is_end);
    }
    found
}

/// The scores of the places that the characters so far can say something about.
struct Scorer {
    /// A lane each, as in [`Table::weights`].
    scores: i128,
    /// The bytes of the last two characters.
    bytes: [usize; 2],
    /// The last characters, sixteen bits each.
    key: u64,
}

impl Scorer {
    /// What a character, and the pair and triple that end with it, say of the places near it.
    #[inline]
    fn weights(&mut self, model: &Model, character: char) -> i128 {
        // Characters beyond the first plane are in no model.
        let code = u16::try_from(u32::from(character)).unwrap_or(u16::MAX);
        self.key = self.key << 16 | u64::from(code);
        let pair = model.pairs.get(self.key as u32);
        let triple = if pair & ENDS_TRIPLES == 0 { 0 } else { model.triples.get(self.key & 0xffff_ffff_ffff) };
        model.singles.get(code) + (pair & !ENDS_TRIPLES) + triple
    }

    /// Adds what a character at a byte says; then all is said of the place two before it: its byte, and whether a phrase
    /// ends there.
    #[inline]
    fn step(&mut self, weights: i128, byte: usize, model: &Model) -> (usize, bool) {
        self.scores = (self.scores >> LANE) + ENTERING + weights;
        let score = (self.scores as i32 & ((1 << LANE) - 1)) - ZERO;
        let [place, last] = self.bytes;
        self.bytes = [last, byte];
        (place, place > 0 && 2 * score > model.total)
    }
}

#[cfg(test)]
mod tests {
    use super::{ends, model};
    use crate::text::Language;
    use proptest::prelude::{Just, ProptestConfig, Strategy, prop_assert_eq, proptest};
    use proptest::strategy::Union;
    use std::collections::BTreeMap;
    use std::rc::Rc;

    /// Weights by feature and characters.
    type Weights = BTreeMap<String, BTreeMap<String, i32>>;
    const MODELS: [(Language, &str); 3] = [
        (Language::Ja, include_str!("../../assets/phrases/ja.json")),
        (Language::ZhHans, include_str!("../../assets/phrases/zh-hans.json")),
        (Language::ZhHant, include_str!("../../assets/phrases/zh-hant.json")),
    ];

    /// The ends by `BudouX`'s own way: every feature of every place is looked up by its name.
    fn ends_one_by_one(text: &str, weights: &Weights) -> Vec<usize> {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let total: i32 = weights.values().flat_map(BTreeMap::values).sum();
        let mut scores = vec![0; characters.len()];
        for (kind, length, starts) in [("UW", 1, -3..3), ("BW", 2, -2..1), ("TW", 3, -3..1)] {
            for (index, offset) in starts.enumerate() {
                let Some(feature) = weights.get(&format!("{kind}{}", index + 1)) else { continue };
                for (place, score) in scores.iter_mut().enumerate() {
                    let Some(start) = place.checked_add_signed(offset) else { continue };
                    let key = characters.get(start..start + length).unwrap_or_default();
                    *score += feature.get(&key.iter().map(|(_, c)| c).collect::<String>()).unwrap_or(&0);
                }
            }
        }
        let is_end = |place: &usize| 2 * scores[*place] > total;
        (1..characters.len()).filter(is_end).map(|place| characters[place].0).collect()
    }

    /// Texts of the model's own characters, pairs and triples, and some that it does not know.
    fn text_of(weights: &Weights) -> impl Strategy<Value = String> + use<> {
        let mut keys: Vec<String> = weights.values().flat_map(BTreeMap::keys).cloned().collect();
        keys.extend(["a", "é", "鱻", "𠀀", "👍🏽"].map(str::to_owned));
        proptest::collection::vec(proptest::sample::select(keys), 0..40).prop_map(|keys| keys.concat())
    }

    /// Checks a text against itself with the ends of phrases marked.
    #[track_caller]
    fn check(language: Language, marked: &str) {
        let text = marked.replace('|', "");
        let ends = ends(&text, model(language).unwrap());
        let mut found = String::new();
        for (byte, character) in text.char_indices() {
            if ends.hold(byte) {
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

    /// A model and a text that it has something to say of.
    fn any_text() -> impl Strategy<Value = (Language, Rc<Weights>, String)> {
        Union::new(MODELS.map(|(language, json)| {
            let weights: Rc<Weights> = Rc::new(serde_json::from_str(json).unwrap());
            let text = text_of(&weights);
            (Just(language), Just(weights), text)
        }))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn as_many_as_one_by_one((language, weights, text) in any_text()) {
            let found = ends(&text, model(language).unwrap());
            let found: Vec<usize> = (0..=text.len()).filter(|byte| found.hold(*byte)).collect();
            prop_assert_eq!(found, ends_one_by_one(&text, &weights));
        }
    }

    #[test]
    fn short_texts() {
        for text in ["", "一", "一二", "一二三", "𠀀𠀀𠀀𠀀"] {
            let model = model(Language::ZhHans).unwrap();
            let ends = ends(text, model);
            assert!((0..=text.len()).filter(|byte| ends.hold(*byte)).all(|byte| text.is_char_boundary(byte)));
        }
    }
}
