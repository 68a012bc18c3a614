//! Texts whose characters remember where they come from, and what happens to such texts.

/// `SplitMix64`: the same numbers in every run.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ value >> 31
    }

    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    pub fn hits(&mut self, part: f64) -> bool {
        (self.next() >> 11) as f64 / ((1u64 << 53) as f64) < part
    }
}

/// A character, and its place in the text before the edit; none if it is new.
pub type Traced = (char, Option<u32>);

/// A text by paragraphs.
pub type Paragraphs = Vec<Vec<Traced>>;

/// A kind of edit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Characters,
    Sentences,
    Paragraphs,
    Rescrape,
}

impl Edit {
    pub const ALL: [Self; 4] = [Self::Characters, Self::Sentences, Self::Paragraphs, Self::Rescrape];

    pub fn name(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Sentences => "sentences",
            Self::Paragraphs => "paragraphs",
            Self::Rescrape => "re-scrape",
        }
    }

    /// Changes a part of a text.
    pub fn apply(self, text: &Paragraphs, part: f64, chance: &mut Chance) -> Paragraphs {
        match self {
            Self::Characters => text.iter().map(|paragraph| noise(paragraph, part, chance)).collect(),
            Self::Sentences => text.iter().map(|paragraph| sentences(paragraph, part, text, chance)).collect(),
            Self::Paragraphs => paragraphs(text, part, chance),
            Self::Rescrape => rescrape(text, part, chance),
        }
    }
}

/// What scrapers leave before and after articles.
const TAILS: &[&str] = &[
    "点击上方蓝字关注我们",
    "阅读原文",
    "Skip to content",
    "Share this article",
    "関連記事はこちら",
    "首页 > 资讯 > 正文",
    "广告",
    "Subscribe to our newsletter",
    "本文来自投稿，不代表本站立场",
    "이 기사를 공유하기",
    "微信扫一扫\u{3000}关注该公众号",
    "Cookie settings",
    "上一篇：没有了",
    "© All rights reserved.",
];

/// Inserts, deletes and replaces characters.
fn noise(paragraph: &[Traced], part: f64, chance: &mut Chance) -> Vec<Traced> {
    let mut changed = Vec::with_capacity(paragraph.len());
    for character in paragraph {
        if !chance.hits(part) {
            changed.push(*character);
            continue;
        }
        let other = paragraph[chance.below(paragraph.len())].0;
        match chance.below(3) {
            0 => changed.extend([(other, None), *character]),
            1 => changed.push((other, None)),
            _ => {}
        }
    }
    changed
}

/// Deletes a sentence, inserts one before it, or rewrites a third of it.
fn sentences(paragraph: &[Traced], part: f64, text: &Paragraphs, chance: &mut Chance) -> Vec<Traced> {
    let is_end = |character: &Traced| matches!(character.0, '。' | '！' | '？' | '.' | '!' | '?' | '\n');
    let mut changed = Vec::new();
    for sentence in paragraph.split_inclusive(is_end) {
        if !chance.hits(part) {
            changed.extend_from_slice(sentence);
            continue;
        }
        match chance.below(3) {
            0 => {}
            1 => {
                let other = &text[chance.below(text.len())];
                changed.extend(other.iter().take(20 + chance.below(30)).rev().map(|(character, _)| (*character, None)));
                changed.extend_from_slice(sentence);
            }
            _ => changed.extend(noise(sentence, 0.3, chance)),
        }
    }
    changed
}

/// Moves, deletes and inserts paragraphs.
fn paragraphs(text: &Paragraphs, part: f64, chance: &mut Chance) -> Paragraphs {
    let (mut kept, mut moved) = (Vec::new(), Vec::new());
    for paragraph in text {
        if !chance.hits(part) {
            kept.push(paragraph.clone());
            continue;
        }
        match chance.below(3) {
            0 => {}
            1 => moved.push(paragraph.clone()),
            _ => {
                let other = &text[chance.below(text.len())];
                kept.push(other.iter().rev().map(|(character, _)| (*character, None)).collect());
                kept.push(paragraph.clone());
            }
        }
    }
    for paragraph in moved {
        kept.insert(chance.below(kept.len() + 1), paragraph);
    }
    kept
}

/// Another scraper: other lines before, between and after, other marks and spaces, and a little noise.
fn rescrape(text: &Paragraphs, part: f64, chance: &mut Chance) -> Paragraphs {
    let mut line = || -> Vec<Traced> {
        let tail = TAILS[(chance.next() % TAILS.len() as u64) as usize];
        tail.chars().chain(chance.below(1000).to_string().chars()).map(|character| (character, None)).collect()
    };
    let before: Paragraphs = (0..27).map(|_| line()).collect();
    let ads: Paragraphs = (0..6).map(|_| line()).collect();
    let after: Paragraphs = (0..12).map(|_| line()).collect();
    let mut changed: Paragraphs = before[..3 + chance.below(25)].to_vec();
    let (flips, spaces) = (chance.hits(0.5), chance.hits(0.5));
    for paragraph in text {
        if chance.hits(0.05) {
            changed.push(ads[chance.below(ads.len())].clone());
        }
        let paragraph = noise(paragraph, part / 10.0, chance);
        changed.push(paragraph.into_iter().flat_map(|character| respelled(character, flips, spaces, chance)).collect());
    }
    changed.extend(after);
    changed
}

fn respelled((character, origin): Traced, flips: bool, spaces: bool, chance: &mut Chance) -> Vec<Traced> {
    let flipped = match character {
        '，' => ',',
        '。' => '.',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '“' | '「' => '"',
        '”' | '」' => '"',
        '？' => '?',
        other => other,
    };
    let shown = (if flips { flipped } else { character }, origin);
    match character {
        ' ' if spaces && chance.hits(0.5) => vec![('\u{a0}', origin)],
        _ if spaces && flips && flipped != character => vec![shown, (' ', None)],
        _ => vec![shown],
    }
}

/// The text without a paragraph.
pub fn without(text: &Paragraphs, paragraph: usize) -> Paragraphs {
    text.iter().enumerate().filter(|(index, _)| *index != paragraph).map(|(_, paragraph)| paragraph.clone()).collect()
}
