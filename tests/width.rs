//! Cells against Unicode's properties, `unicode-width` and what ratatui's buffer advances by: none may differ unseen.

use icu_properties::props::{
    EastAsianWidth, Emoji, EmojiModifierBase, EmojiPresentation, GeneralCategory, GraphemeClusterBreak,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;
use zhai::text::{Ambiguous, WidthPolicy};

/// The blocks of CJK, of symbols and of emoji.
const BLOCKS: &[(u32, u32)] = &[
    (0x20, 0x7e),
    (0xa0, 0x2ff),
    (0x2000, 0x2bff),
    (0x2e80, 0x303f),
    (0x3040, 0x33ff),
    (0x3400, 0x4dbf),
    (0x4dc0, 0x9fff),
    (0xa960, 0xa97f),
    (0xac00, 0xd7ff),
    (0xf900, 0xfaff),
    (0xfe10, 0xfe6f),
    (0xff00, 0xffef),
    (0x16fe0, 0x16fff),
    (0x17000, 0x18cff),
    (0x1aff0, 0x1b2ff),
    (0x1f000, 0x1faff),
    (0x20000, 0x20fff),
    (0x32000, 0x323af),
];

/// Where one character is measured otherwise than its properties say.
const CHARACTERS: &[Deviation] = &[
    ("Hangul tone marks and Vietnamese reading marks stand in the cells of what they mark", |text| {
        text.contains(['\u{302e}', '\u{302f}', '\u{16ff0}', '\u{16ff1}'])
    }),
    ("the Hangul fillers are blank; safe text has spaces for them", |text| text.contains(['\u{3164}', '\u{ffa0}'])),
    NEW,
];
const NEW: Deviation = ("new in Unicode 18, which neither unicode-width 0.2.2 nor terminals know", |text| {
    let new = [(0x18cd6, 0x18cda), (0x1b123, 0x1b168), (0x1f1ae, 0x1f1ae), (0x1f6d9, 0x1f6d9), (0x1f7da, 0x1f7da)];
    let emoji = [(0x1fa8b, 0x1fa8d), (0x1facc, 0x1facc), (0x1fadd, 0x1fadd), (0x1faeb, 0x1faeb), (0x1faf9, 0x1fafa)];
    let code = first(text) as u32;
    new.iter().chain(&emoji).any(|(first, last)| (*first..=*last).contains(&code))
});
const CIRCLED: Deviation = ("unicode-width widens two characters of Line_Break AI that are not of class A", |text| {
    text.contains(['\u{1f10b}', '\u{1f10c}'])
});
const CLASS_A: Deviation =
    ("class A of UAX #11 holds letters, which terminals widen and unicode-width does not", |text| {
        text.chars().count() == 1
            && CodePointMapData::<EastAsianWidth>::new().get(first(text)) == EastAsianWidth::Ambiguous
    });
const NEGATED: Deviation =
    ("unicode-width widens signs of Line_Break AI, or with a stroke, that are not of class A", |text| {
        text.chars().count() == 1
            && CodePointMapData::<EastAsianWidth>::new().get(first(text)) == EastAsianWidth::Neutral
    });
const VOICING: Deviation =
    ("half-width voicing marks take a cell, in terminals as in ratatui", |text| text.contains(['ﾞ', 'ﾟ']));

/// A reason to differ and whether it covers a text.
type Deviation = (&'static str, fn(&str) -> bool);

/// Compares what we say of texts with what another says; what differs must have its reason.
#[track_caller]
#[allow(clippy::print_stdout)]
fn compare(name: &str, deviations: &[Deviation], texts: impl Iterator<Item = (String, usize, usize)>) {
    let (mut total, mut same, mut unexplained) = (0, 0, Vec::new());
    let mut explained: BTreeMap<&str, usize> = BTreeMap::new();
    for (text, ours, theirs) in texts {
        total += 1;
        match deviations.iter().find(|(_, covers)| covers(&text)) {
            _ if ours == theirs => same += 1,
            Some((reason, _)) => *explained.entry(reason).or_default() += 1,
            None => unexplained.push(format!("{} {text}: {ours}, not {theirs}", text.escape_unicode())),
        }
    }
    println!("{name}: {same} of {total} the same");
    for (reason, count) in &explained {
        println!("  {count:4} differ: {reason}");
    }
    let shown = unexplained.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(unexplained.is_empty(), "{name}: {} differ without a reason:\n{shown}", unexplained.len());
    assert!(deviations.iter().all(|(reason, _)| explained.contains_key(reason)), "{name}: a reason is none any more");
}

fn assigned() -> impl Iterator<Item = char> {
    let category = CodePointMapData::<GeneralCategory>::new();
    let all = BLOCKS.iter().flat_map(|(first, last)| *first..=*last).filter_map(char::from_u32);
    all.filter(move |c| !matches!(category.get(*c), GeneralCategory::Unassigned | GeneralCategory::Control))
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}

/// Cells by Unicode's properties alone: none for marks and format characters, two for East Asian Width W and F.
fn by_properties(character: char, ambiguous: usize) -> usize {
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    let is_mark =
        matches!(category, GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark | GeneralCategory::Format);
    let cluster = CodePointMapData::<GraphemeClusterBreak>::new().get(character);
    let is_conjoining = matches!(cluster, GraphemeClusterBreak::V | GraphemeClusterBreak::T);
    match CodePointMapData::<EastAsianWidth>::new().get(character) {
        _ if is_mark || is_conjoining => 0,
        EastAsianWidth::Wide | EastAsianWidth::Fullwidth => 2,
        EastAsianWidth::Ambiguous => ambiguous,
        _ => 1,
    }
}

#[test]
fn characters_by_their_properties() {
    let policy = WidthPolicy::default();
    let texts = assigned().map(|c| (c.to_string(), policy.text(&c.to_string()), by_properties(c, 1)));
    compare("East Asian Width, narrow", CHARACTERS, texts);
}

#[test]
fn characters_where_ambiguous_ones_are_wide() {
    let policy = WidthPolicy { ambiguous: Ambiguous::Wide, ..WidthPolicy::default() };
    let texts = assigned().map(|c| (c.to_string(), policy.text(&c.to_string()), by_properties(c, 2)));
    compare("East Asian Width, wide", &[CHARACTERS, &[CIRCLED]].concat(), texts);
}

#[test]
fn emoji_are_two_cells() {
    let (policy, presentation) = (WidthPolicy::default(), CodePointSetData::new::<EmojiPresentation>());
    let is_flag = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
    let emoji = ('\0'..=char::MAX).filter(|c| presentation.contains(*c) && !is_flag(*c));
    let texts = emoji.map(|c| (c.to_string(), policy.text(&c.to_string()), 2));
    compare("Emoji_Presentation", &[NEW], texts);
    compare("emoji sequences", &[NEW], sequences().into_iter().map(|text| (text.clone(), policy.text(&text), 2)));
}

/// All sequences of UTS #51 that are not joined, and of the joined ones all that follow its patterns.
fn sequences() -> Vec<String> {
    let category = CodePointMapData::<GraphemeClusterBreak>::new();
    let flags = || '\u{1f1e6}'..='\u{1f1ff}';
    let emoji = CodePointSetData::new::<Emoji>();
    let bases = CodePointSetData::new::<EmojiModifierBase>();
    let tones = ["", "🏻", "🏼", "🏽", "🏾", "🏿"];
    let all = || ('\0'..=char::MAX).filter(|c| emoji.contains(*c) && category.get(*c) == GraphemeClusterBreak::Other);
    let mut found: Vec<String> = all().filter(|c| !c.is_ascii()).map(|c| format!("{c}\u{fe0f}")).collect();
    found.extend("0123456789#*".chars().map(|c| format!("{c}\u{fe0f}\u{20e3}")));
    found.extend(flags().flat_map(|a| flags().map(move |b| format!("{a}{b}"))));
    found.extend(
        all().filter(|c| bases.contains(*c)).flat_map(|c| tones[1..].iter().map(move |tone| format!("{c}{tone}"))),
    );
    let things = "⚕ ⚖ ✈ 🌾 🍳 🍼 🎓 🎤 🎨 🏫 🏭 💻 💼 🔧 🔬 🚀 🚒 🦯 🦼 🦽 🦰 🦱 🦲 🦳 🎄 ♀ ♂";
    for person in ["👨", "👩", "🧑"] {
        for tone in tones {
            found.extend(things.split(' ').map(|thing| {
                let selector = if "⚕⚖✈♀♂".contains(thing) { "\u{fe0f}" } else { "" };
                format!("{person}{tone}\u{200d}{thing}{selector}")
            }));
            found.extend(tones.iter().map(|other| format!("{person}{tone}\u{200d}🤝\u{200d}🧑{other}")));
        }
        found.push(format!("{person}\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨"));
        found.push(format!("{person}\u{200d}👩\u{200d}👧\u{200d}👦"));
    }
    for text in [
        "🏳\u{fe0f}\u{200d}🌈",
        "🏳\u{fe0f}\u{200d}⚧\u{fe0f}",
        "🏴\u{200d}☠\u{fe0f}",
        "❤\u{fe0f}\u{200d}🔥",
        "👁\u{fe0f}\u{200d}🗨\u{fe0f}",
        "🐕\u{200d}🦺",
        "😵\u{200d}💫",
    ] {
        found.push(text.to_owned());
    }
    for region in ["gbeng", "gbsct", "gbwls"] {
        let tags = region.chars().filter_map(|c| char::from_u32(c as u32 + 0xe_0000));
        found.push(format!("🏴{}\u{e007f}", tags.collect::<String>()));
    }
    found
}

/// Columns that ratatui's buffer moves on by.
fn of_ratatui(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
    usize::from(buffer.set_stringn(0, 0, text, 40, Style::default()).0)
}

#[test]
fn ratatui_and_unicode_width() {
    let policy = WidthPolicy::default();
    let clusters = [
        "ﾊﾟ",
        "ｶﾞ",
        "か\u{3099}",
        "葛\u{e0100}",
        "e\u{301}",
        "\u{1112}\u{1161}\u{11ab}",
        "☺\u{fe0e}",
        "👩\u{fe0e}",
        "한",
        "“\u{fe00}",
    ];
    let texts = || {
        let singles = assigned().map(|c| c.to_string());
        singles.chain(sequences()).chain(clusters.map(str::to_owned))
    };
    let of_ratatui = texts().map(|text| (text.clone(), policy.text(&text), of_ratatui(&text)));
    compare("ratatui's buffer", &[NEW], of_ratatui);
    compare("unicode-width", &[NEW, VOICING], texts().map(|text| (text.clone(), policy.text(&text), text.width())));
    let wide = WidthPolicy { ambiguous: Ambiguous::Wide, ..policy };
    compare(
        "unicode-width, wide",
        &[NEW, VOICING, CLASS_A, NEGATED],
        texts().map(|text| (text.clone(), wide.text(&text), text.width_cjk())),
    );
}

#[test]
fn what_a_terminal_measures_otherwise() {
    let check =
        |policy: WidthPolicy, text: &str, cells: usize| assert_eq!(policy.text(text), cells, "{text} {policy:?}");
    let plain = WidthPolicy::default();
    let (heart, family) = ("❤\u{fe0f}", "👨\u{200d}👩\u{200d}👧");
    check(plain, heart, 2);
    check(WidthPolicy { vs16_wide: false, ..plain }, heart, 1);
    check(WidthPolicy { vs16_wide: false, ..plain }, "👩\u{fe0f}", 2);
    check(plain, family, 2);
    check(WidthPolicy { zwj_joins: false, ..plain }, family, 6);
    check(WidthPolicy { zwj_joins: false, vs16_wide: false, ..plain }, "❤\u{fe0f}\u{200d}🔥", 3);
    check(plain, "①a⑳中", 5);
    assert_eq!(first(""), '\0');
    assert!(size_of::<WidthPolicy>() <= 8, "handed around by value");
}
