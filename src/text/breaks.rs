//! Where a line may end: UAX #14 behind a small trait, then the kinsoku rules of the language and level.
//!
//! It refuses to choose among the opportunities: that is `layout::fit`'s. What the text itself says of them, by characters
//! that are not seen, is [`cue`]'s: [`SafeText`](super::SafeText) holds none.

pub mod address;
pub mod cue;
pub mod kinsoku;
pub mod mask;
pub mod plain;

pub use cue::Cue;

use super::character::{Line, Plain};
use super::{Class, Language, WidthPolicy, clusters};
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness, LineBreakWordOption};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use kinsoku::{Matrix, Place};
use mask::Mask;
use plain::{Breaker, Verdict};

/// What kind of place a line may end at; the fitting weighs them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opportunity {
    /// After white space, which vanishes.
    Space,
    /// Between two characters of a script without spaces.
    Ideograph,
    /// After a mark.
    Mark,
    /// Between a number and its unit or counter.
    NumberUnit,
    /// Inside an address.
    Address,
    /// After a hyphen that is in the text.
    Hyphen,
    /// Where the text says so ([`Cue::Space`]).
    Cue,
    /// Inside a word where the text says so, with a hyphen that is shown only if the line ends.
    SoftHyphen,
}

/// Finds break opportunities by UAX #14.
pub trait BreakSource {
    /// Adds the bytes at which a line may end, ascending; neither 0 nor the text's length.
    fn breaks(&self, text: &str, found: &mut Vec<usize>);
}

/// UAX #14 as ICU4X implements it, in its strict form: what is looser is decided here.
pub struct Icu(LineSegmenterBorrowed<'static>);

impl Default for Icu {
    fn default() -> Self {
        let mut options = LineBreakOptions::default();
        options.strictness = Some(LineBreakStrictness::Strict);
        options.word_option = Some(LineBreakWordOption::Normal);
        Self(LineSegmenter::new_for_non_complex_scripts(options))
    }
}

impl BreakSource for Icu {
    fn breaks(&self, text: &str, found: &mut Vec<usize>) {
        found.extend(self.0.segment_str(text).filter(|byte| *byte > 0 && *byte < text.len()));
    }
}

/// The rules in force for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules {
    /// Its language.
    pub language: Language,
    /// How strict.
    pub kinsoku: Kinsoku,
    /// Whether lines may end inside words that are written without spaces.
    pub words: Words,
}

/// Levels of line-breaking rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kinsoku {
    /// UAX #14 alone.
    None,
    /// CSS `loose`, JLREQ level 1: newspapers.
    Loose,
    /// CLREQ basic, for simplified Chinese with GB/T 15834; JLREQ level 3 with CSS's iteration marks; KLREQ.
    #[default]
    Normal,
    /// CLREQ strict, JLREQ level 4, CSS `strict`.
    Strict,
}

/// Whether a line may end inside words (CSS `word-break`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Words {
    /// Whole in Korean, whose words have spaces between them; split in all other languages.
    #[default]
    Auto,
    /// Between any two characters that stand in squares: KLREQ's other way, for narrow columns.
    Split,
    /// Only at spaces and marks: CSS `keep-all`.
    Whole,
}

/// The places at which a line of a text may end, ascending: bytes and their kinds.
pub fn opportunities(text: &str, rules: Rules, source: &impl BreakSource) -> Vec<(usize, Opportunity)> {
    let mut found = Vec::with_capacity(text.len() / 3);
    opportunities_into(text, rules, source, &mut found);
    found
}

/// The same into a list that is emptied first, for those who go through many texts.
pub fn opportunities_into(text: &str, rules: Rules, source: &impl BreakSource, found: &mut Vec<(usize, Opportunity)>) {
    found.clear();
    let matrix = Matrix::of(rules);
    let has_address = of_plain(text, &matrix, found).unwrap_or_else(|| {
        found.clear();
        of_any(text, &matrix, source, found);
        true
    });
    if has_address {
        break_addresses(text, found);
    }
}

/// Finds them in a text of plain characters in one go, and says whether an address may be among them; none if the text
/// holds anything else.
fn of_plain(text: &str, matrix: &Matrix, found: &mut Vec<(usize, Opportunity)>) -> Option<bool> {
    let sets_free = mask::may_be_free(matrix.rules);
    let mut breaker = Breaker::default();
    let mut has_address = false;
    let (mut before, mut left, mut left_class) = (None, None, Class::Other);
    let mut characters = text.char_indices();
    let mut next = characters.next();
    while let Some((byte, right)) = next {
        next = characters.next();
        let after = next.map(|(_, after)| after);
        let plain = Plain::of(right)?;
        let (mut line, right_class) = (plain.line(), plain.class());
        if sets_free && mask::may_free(right_class) || matches!(line, Line::QuoteOpening | Line::QuoteClosing) {
            line = mask::of(left, right, after, matrix.rules).map_or(line, Mask::line);
        }
        let is_after_number = breaker.last() == Some(Line::Numeric);
        match (breaker.step(line), left) {
            (Verdict::Unknown, _) => return None,
            (Verdict::Allowed, Some(left)) => {
                let place = Place { before, left, left_class, right, right_class, after, is_after_number };
                if !matrix.forbids(&place) {
                    found.push((byte, kind(text, byte, &place)));
                }
            }
            _ => {}
        }
        has_address |= matches!((left, right), (Some('/'), '/') | (Some('w'), 'w'))
            || right == '/' && left.is_some_and(|left| left.is_ascii_alphanumeric());
        (before, left, left_class) = (left, Some(right), right_class);
    }
    Some(has_address)
}

/// Finds them in any text: ICU4X names the candidates. None of them divides a cluster: UAX #14 lets a line end between
/// a space and a mark that combines with it, and after some signs that Unicode puts before what they belong to.
fn of_any(text: &str, matrix: &Matrix, source: &impl BreakSource, found: &mut Vec<(usize, Opportunity)>) {
    let mut candidates = Vec::new();
    let masked = mask::text(text, matrix.rules);
    source.breaks(&masked, &mut candidates);
    mask::unmasked(&masked, text, &mut candidates);
    let mut starts = clusters(text, WidthPolicy::default()).map(|cluster| cluster.byte).peekable();
    for byte in candidates {
        while starts.next_if(|start| *start < byte).is_some() {}
        let Some(place) = place(text, byte) else { continue };
        if starts.peek() == Some(&byte) && !matrix.forbids(&place) {
            found.push((byte, kind(text, byte, &place)));
        }
    }
}

/// What stands around a byte.
fn place(text: &str, byte: usize) -> Option<Place> {
    let (head, tail) = text.split_at_checked(byte)?;
    let (mut behind, mut ahead) = (head.chars().rev(), tail.chars());
    let (left, right) = (behind.next()?, ahead.next()?);
    let last = head.trim_end_matches(' ').chars().next_back();
    Some(Place {
        before: behind.next(),
        left,
        left_class: Class::of(left),
        right,
        right_class: Class::of(right),
        after: ahead.next(),
        is_after_number: last.is_some_and(|last| last.is_ascii_digit()),
    })
}

/// Inside addresses lines end by the addresses' own rule, and inside paths behind folders too.
fn break_addresses(text: &str, found: &mut Vec<(usize, Opportunity)>) {
    let paths = address::paths(text);
    if !paths.is_empty() {
        found.extend(paths.into_iter().map(|byte| (byte, Opportunity::Address)));
        found.sort_by_key(|(byte, _)| *byte);
        found.dedup_by_key(|(byte, _)| *byte);
    }
    let addresses = address::find(text);
    if addresses.is_empty() {
        return;
    }
    let mut ahead = addresses.iter().peekable();
    found.retain(|(byte, _)| {
        while ahead.next_if(|address| address.end <= *byte).is_some() {}
        ahead.peek().is_none_or(|address| *byte <= address.start)
    });
    for address in addresses {
        found.extend(address::breaks(text, address).into_iter().map(|byte| (byte, Opportunity::Address)));
    }
    found.sort_unstable_by_key(|(byte, _)| *byte);
}

#[inline]
fn kind(text: &str, byte: usize, place: &Place) -> Opportunity {
    match (place.left_class, place.right_class) {
        (Class::Space | Class::Han | Class::Hangul, Class::Digit) if is_after_ordinal(place) => Opportunity::NumberUnit,
        (Class::Han | Class::Kana | Class::Hangul, _) => Opportunity::Ideograph,
        (Class::Space, Class::Letter) if place.is_after_number && is_unit(text, byte) => Opportunity::NumberUnit,
        (Class::Space, Class::Han | Class::Kana) if place.is_after_number && is_counter(place) => {
            Opportunity::NumberUnit
        }
        (Class::Space, _) => Opportunity::Space,
        (Class::Digit, Class::Han | Class::Kana) if !is_counter(place) => Opportunity::Ideograph,
        (Class::Digit | Class::FullWidth, Class::Han | Class::Kana | Class::SmallKana | Class::Hangul) => {
            Opportunity::NumberUnit
        }
        (Class::Stop | Class::Pause | Class::Closing | Class::LatinClosing | Class::Inseparable, _) => {
            Opportunity::Mark
        }
        _ if matches!(place.left, '-' | '‐') => Opportunity::Hyphen,
        _ => Opportunity::Ideograph,
    }
}

/// Units that are written after their number and a space (SI brochure 5.4.3), and those of computing.
const UNITS: &[&str] = &[
    "A", "B", "C", "GB", "GHz", "Hz", "K", "KB", "MB", "MHz", "Mbps", "TB", "V", "W", "cm", "dB", "em", "fps", "g",
    "h", "kB", "kHz", "kW", "kWh", "kg", "km", "m", "mAh", "mg", "min", "ml", "mm", "ms", "nm", "pt", "px", "s", "μm",
    "μs",
];

/// Whether the word at a byte is a unit.
fn is_unit(text: &str, byte: usize) -> bool {
    let rest = text.get(byte..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    rest.get(..end).is_some_and(|word| UNITS.contains(&word))
}

/// Words of grammar that follow numbers and count nothing.
const NO_COUNTERS: &str = "的地得之和与與跟或及是在有而也都就又还還将將被把从從到至对對以为為并並等";

/// Whether the letter after a number is its unit or counter: any Han or katakana but for words of grammar, of hiragana
/// only `つ` and what stands for `箇`.
fn is_counter(place: &Place) -> bool {
    match place.right {
        'つ' => true,
        'か' => place.after.is_some_and(|after| Class::of(after) == Class::Han),
        '\u{3041}'..='\u{309f}' => false,
        right => !NO_COUNTERS.contains(right),
    }
}

/// Whether a number comes after what makes an ordinal of it, a space aside.
fn is_after_ordinal(place: &Place) -> bool {
    let last = if place.left == ' ' { place.before } else { Some(place.left) };
    matches!(last, Some('第' | '제'))
}

#[cfg(test)]
mod tests {
    use super::{BreakSource, Icu, Kinsoku, Opportunity, Rules, Words, mask, of_any, of_plain, opportunities};
    use crate::text::breaks::kinsoku::Matrix;
    use crate::text::{Language, WidthPolicy, clusters};
    use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

    const LANGUAGES: [Language; 5] = [Language::ZhHans, Language::ZhHant, Language::Ja, Language::Ko, Language::Other];
    const LEVELS: [Kinsoku; 4] = [Kinsoku::None, Kinsoku::Loose, Kinsoku::Normal, Kinsoku::Strict];

    /// Checks a text against itself with every place at which a line may end marked by `|`.
    #[track_caller]
    fn check_rules(rules: Rules, marked: &str) {
        let text = marked.replace('|', "");
        let mut found = String::new();
        let breaks = opportunities(&text, rules, &Icu::default());
        for (byte, character) in text.char_indices() {
            if breaks.iter().any(|(at, _)| *at == byte) {
                found.push('|');
            }
            found.push(character);
        }
        assert_eq!(found, marked, "{rules:?}");
    }

    #[track_caller]
    fn check_at(language: Language, kinsoku: Kinsoku, marked: &str) {
        check_rules(Rules { language, kinsoku, words: Words::Auto }, marked);
    }

    #[track_caller]
    fn check(language: Language, marked: &str) {
        check_at(language, Kinsoku::Normal, marked);
    }

    /// Checks a text at every level, from the loosest.
    #[track_caller]
    fn check_levels(language: Language, marked: [&str; 4]) {
        for (level, marked) in LEVELS.into_iter().zip(marked) {
            check_at(language, level, marked);
        }
    }

    #[test]
    fn chinese() {
        check(Language::ZhHans, "他|说：|“你|好，|世|界！”|然|后");
        check(Language::ZhHans, "满|纸|——|荒|唐|言……|都|云");
        check(Language::ZhHans, "图|灵·|奖|和/或|其|他|甲～|乙—|丙");
        check(Language::ZhHans, "《红|楼|梦》|（又|名|《石|头|记》）");
        check(Language::ZhHans, "有 ，|空 。|有 |~50 |• |项");
    }

    #[test]
    fn quotes_and_apostrophes() {
        check(Language::ZhHans, "说|“PR”|的|人，|it’s |fine");
        check(Language::ZhHans, "他|说：|“‘好’|是|好。”|又|问");
        check(Language::ZhHans, "the |users’ |data |of |’90s");
        check(Language::Other, "A |well-|known |“quote” |isn’t |hard.");
        check(Language::Other, "Say |“你|好” |now");
        check(Language::ZhHans, "users |=> ’name’ |’90s");
        check(Language::Other, "Il |dit |« mot » |puis |« non ».");
    }

    #[test]
    fn words_and_numbers() {
        check(Language::ZhHans, "用|C++写，|占|50%|的|ＡＢＣ|用|C#|写");
        check(Language::ZhHans, "约|￥12.5|元，|重|5㎏，|温|度|20℃|和|３．５|倍，|1,234|个");
        check(Language::ZhHans, "加 |--help|和-x|参|数，|well-|known");
        check(Language::ZhHans, "有|50 %|的|人|用 |5 |GB |内|存");
        check(Language::ZhHans, "见|图 |3\u{a0}和|表 |4");
    }

    /// Checks where numbers stand beside their units: there `_` is in the marked text.
    #[track_caller]
    fn check_units(language: Language, marked: &str) {
        let text = marked.replace('_', "");
        let kinds = opportunities(&text, rules(language), &Icu::default());
        let units = kinds.into_iter().filter(|(_, kind)| *kind == Opportunity::NumberUnit);
        let mut found = text.clone();
        units.rev().for_each(|(byte, _)| found.insert(byte, '_'));
        assert_eq!(found, marked);
    }

    #[test]
    fn numbers_and_their_units() {
        check_units(Language::Other, "5 _GB of 3 a 8_月");
        check_units(Language::ZhHans, "2023_年 8 _月 10 的 3_个，第_12_章，第 _5 _次，4和3 等");
        check_units(Language::Ja, "3_つ、5_か月、4から2_ヶ月、10_メートルで、第_2_回");
    }

    #[test]
    fn levels_of_simplified_chinese() {
        check_levels(Language::ZhHans, ["明|·|李|／|甲/|乙", "明·|李／|甲/|乙", "明·|李／甲/乙", "明·|李／甲/乙"]);
        check_levels(Language::ZhHans, ["人々|〃|人", "人|々|〃|人", "人々〃|人", "人々〃|人"]);
        check_levels(Language::ZhHans, ["言|——|都……|云", "言|——|都……|云", "言|——|都……|云", "言——|都……|云"]);
        check_levels(Language::ZhHans, ["甲|—|乙|～|丙", "甲—|乙～|丙", "甲—|乙～|丙", "甲—|乙～|丙"]);
        check_levels(Language::ZhHans, ["率‰|高", "率|‰|高", "率‰|高", "率‰|高"]);
        check_levels(Language::ZhHans, ["5‰|￥5|５|㎏", "5‰|￥5|５㎏", "5‰|￥5|５㎏", "5‰|￥5|５㎏"]);
    }

    #[test]
    fn levels_of_traditional_chinese() {
        check_levels(Language::ZhHant, ["明|·|李|／|甲", "明·|李／|甲", "明·|李／|甲", "明·|李／甲"]);
        check_levels(Language::ZhHant, ["人々|日", "人|々|日", "人々|日", "人々|日"]);
        check_levels(Language::ZhHant, ["言|——|云", "言|——|云", "言|——|云", "言——|云"]);
    }

    #[test]
    fn chinese_of_newspapers() {
        for language in [Language::ZhHans, Language::ZhHant] {
            check_at(language, Kinsoku::Loose, "他|说|：|“你|好|！”，|问|？|（！）|答|；|有，|无");
            check_at(language, Kinsoku::Loose, "图|灵·|奖|约|翰|・|李|甲～|乙|〜|丙|‐|丁|–|戊—|己/|庚");
        }
    }

    #[test]
    fn levels_of_japanese() {
        check_levels(Language::Ja, ["言っ|た|コー|ヒ", "言|っ|た|コ|ー|ヒ", "言|っ|た|コ|ー|ヒ", "言っ|た|コー|ヒ"]);
        check_levels(Language::Ja, ["人々|い|すゞ", "人|々|い|す|ゞ", "人々|い|すゞ", "人々|い|すゞ"]);
        check_levels(
            Language::Ja,
            ["え！|と：|あ、|い", "え|！|と|：|あ、|い", "え！|と：|あ、|い", "え！|と：|あ、|い"],
        );
        check_levels(Language::Ja, ["中・|黒|／|字", "中|・|黒|／|字", "中・|黒|／|字", "中・|黒|／|字"]);
        check_levels(Language::Ja, ["甲〜|乙|～|丙", "甲|〜|乙|～|丙", "甲〜|乙～|丙", "甲〜|乙～|丙"]);
        check_levels(Language::Ja, ["（〜|乙」。", "（〜|乙」。", "（〜|乙」。", "（〜|乙」。"]);
        check_levels(Language::Ja, ["あ……|い|——|う", "あ…|…|い|——|う", "あ……|い|——|う", "あ……|い|——|う"]);
        check(Language::Ja, "「そ|う|だ」|と|言|っ|た。");
    }

    #[test]
    fn korean() {
        check(Language::Ko, "한글은 |소리 |글자이다.");
        check(Language::Ko, "훈민정음|(訓民正音)은 |“나라말”이라고 |《용비어천가》의 |2026년");
        let split = Rules { language: Language::Ko, kinsoku: Kinsoku::Normal, words: Words::Split };
        check_rules(split, "한|글|은 |소|리 |글|자|이|다.");
    }

    #[test]
    fn addresses() {
        check(Language::ZhHans, "见|https://example.|com/|path/|to?|q=|1|这|里");
        check(Language::ZhHans, "在|src/|layout/|table.rs|里，|A/B|测|试，|http://a.|b/|c-|d/|e-|f");
    }

    fn rules(language: Language) -> Rules {
        Rules { language, kinsoku: Kinsoku::Normal, words: Words::Auto }
    }

    fn all_rules() -> impl Iterator<Item = Rules> {
        let words = [Words::Auto, Words::Split, Words::Whole];
        LANGUAGES.into_iter().flat_map(move |language| {
            LEVELS
                .into_iter()
                .flat_map(move |kinsoku| words.into_iter().map(move |words| Rules { language, kinsoku, words }))
        })
    }

    /// Characters of every class and language, weighted to meet.
    const PLAIN: &str = "一二あっーガ々〻가나abC0123５Ａ，。、！？：；“”‘’（）《》「」()[]·・•~～〜–‐-—……‥/／%％℃㎏$￥№#£°±¥+\"'\u{a0}    .,:;!?";
    const REST: &str = "\u{301}\u{3099}\u{fe0f}\u{200d}👩❤🇯\u{1100}\u{1161}ﾊﾟ\t\u{ad}\u{200b}\u{2060}กا\u{600}°±«»☝🏽";

    fn text_of(characters: &str) -> impl Strategy<Value = String> + use<> {
        let characters: Vec<char> = characters.chars().collect();
        proptest::collection::vec(proptest::sample::select(characters), 0..24).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn one_pass_finds_what_icu_and_the_filter_find(text in text_of(PLAIN)) {
            let source = Icu::default();
            for rules in all_rules() {
                let matrix = Matrix::of(rules);
                let (mut one, mut two) = (Vec::new(), Vec::new());
                if of_plain(&text, &matrix, &mut one).is_some() {
                    of_any(&text, &matrix, &source, &mut two);
                    prop_assert_eq!(one, two, "{:?}", rules);
                }
            }
        }

        #[test]
        fn places_are_ascending_and_between_clusters(text in text_of(&format!("{PLAIN}{REST}")), other in any::<String>()) {
            let source = Icu::default();
            for text in [text, other] {
                let starts: Vec<usize> = clusters(&text, WidthPolicy::default()).map(|cluster| cluster.byte).collect();
                for rules in all_rules() {
                    let found = opportunities(&text, rules, &source);
                    prop_assert!(found.is_sorted_by(|(a, _), (b, _)| a < b));
                    prop_assert!(found.iter().all(|(byte, _)| *byte > 0 && starts.binary_search(byte).is_ok()));
                }
            }
        }

        #[test]
        fn places_in_a_masked_text_are_found_again(text in text_of(&format!("{PLAIN}{REST}"))) {
            for rules in all_rules() {
                let masked = mask::text(&text, rules);
                let bytes = |text: &str| text.char_indices().map(|(byte, _)| byte).collect::<Vec<_>>();
                let mut places = bytes(&masked);
                mask::unmasked(&masked, &text, &mut places);
                prop_assert_eq!(places, bytes(&text));
            }
        }

        /// Signs of numbers left out: small kana that are set free hold on to them, as ideographs do (LB23a).
        #[test]
        fn stricter_levels_only_forbid(text in text_of("一二あっー々가aB0、。！：“”（）「」·・～〜–—…/  .,")) {
            let source = Icu::default();
            for language in LANGUAGES {
                let at = |kinsoku| {
                    let found = opportunities(&text, Rules { language, kinsoku, words: Words::Auto }, &source);
                    found.into_iter().map(|(byte, _)| byte).collect::<Vec<_>>()
                };
                let (loose, normal, strict) = (at(Kinsoku::Loose), at(Kinsoku::Normal), at(Kinsoku::Strict));
                prop_assert!(normal.iter().all(|byte| loose.contains(byte)), "{:?}", language);
                prop_assert!(strict.iter().all(|byte| normal.contains(byte)), "{:?}", language);
            }
        }

        #[test]
        fn no_hangul_word_is_divided(text in text_of("한글말은을가이(訓民)“”《》0１a .,-")) {
            for (byte, _) in opportunities(&text, rules(Language::Ko), &Icu::default()) {
                let is_hangul = |c: Option<char>| c.is_some_and(|c| ('가'..='힣').contains(&c));
                let (head, tail) = text.split_at(byte);
                prop_assert!(!(is_hangul(head.chars().next_back()) && is_hangul(tail.chars().next())));
            }
        }
    }

    #[test]
    fn icu_says_nothing_of_the_ends() {
        let mut found = Vec::new();
        Icu::default().breaks("a b", &mut found);
        assert_eq!(found, [2]);
    }
}
