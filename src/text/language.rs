//! The languages whose typesetting rules differ, and how to tell them by their characters.
//!
//! It refuses to be a general detector: all it must decide is which rules a block is set by.

use super::scan;
use std::sync::LazyLock;

/// A language as the layout engine tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Chinese in simplified characters.
    ZhHans,
    /// Chinese in traditional characters.
    ZhHant,
    /// Japanese.
    Ja,
    /// Korean.
    Ko,
    /// Anything else: set by the rules of the Latin script.
    #[default]
    Other,
}

/// Characters that only simplified Chinese uses, among the most frequent.
const SIMPLIFIED: &str = "这个们来为国说时会对开过还没经发动现关问题实业见东车马语门间长应该从给让认识读写书报纸图画学习觉听话请谢谁\
    谈论议记讲许试诗词详误调财产货购贵费资赛赏质进远运连选达边还适阅队阶险难电脑网络软乐头买卖单双变号员园团块声处备复够妈\
    娱孙宁宝审宽导将尽层岁岛币师带帮广库庆废张强归录彻忆怀态总恶惊惯战户执扩扫扬换据损摄数断无旧显晓术权杂条杨极构标样树桥\
    检楼欢残毕气汉汤沟泪济浅测温湾满灭灯灵热爱爷牵独狱猎环玛画盖监盘矿码础确离种积称穷窗竞笔简类粮红约级纪纯线组细织终绍\
    结绕绘统继绩续维综编缘罗罢联聪肃脚脸节范荐荣药虑虽补装观规视览触订计训讯设访证评诉译询贝负贡败账贸跃轮转轻较辑输辞辩\
    违迁递遗释钟钢钱铁银销锁镜闭闻阳阴际陆陈静韩页顶项顺须预领频颜额风飞饭饮馆驾验鱼鲜鸟鸡麦黄齐龙";
/// Characters that only traditional Chinese uses, among the most frequent.
const TRADITIONAL: &str = "這個們來為說時會對開過還沒經發動現關問題實業見東車馬語門間長應該從給讓認識讀寫書報紙圖畫學習覺聽話請謝誰\
    談論議記講許試詩詞詳誤調財產貨購貴費資賽賞質進遠運連選達邊適閱隊階險難電腦網絡軟樂頭買賣單雙變號員園團塊聲處備復夠媽\
    娛孫寧寶審寬導將盡層歲島幣師帶幫廣庫慶廢張強歸錄徹憶懷態總惡驚慣戰戶執擴掃揚換據損攝數斷無舊顯曉術權雜條楊極構標樣樹橋\
    檢樓歡殘畢氣漢湯溝淚濟淺測溫灣滿滅燈靈熱愛爺牽獨獄獵環瑪蓋監盤礦碼礎確離種積稱窮競筆簡類糧紅約級紀純線組細織終紹\
    結繞繪統繼績續維綜編緣羅罷聯聰肅腳臉節範薦榮藥慮雖補裝觀規視覽觸訂計訓訊設訪證評訴譯詢貝負貢敗賬貿躍輪轉輕較輯輸辭辯\
    違遷遞遺釋鐘鋼錢鐵銀銷鎖鏡閉聞陽陰際陸陳靜韓頁頂項順須預領頻顏額風飛飯飲館駕驗魚鮮鳥雞麥黃齊龍裡麼嗎";

/// Words that English cannot do without, and few other languages have.
const ENGLISH: [&str; 11] = ["the", "and", "to", "that", "it", "with", "for", "you", "this", "are", "from"];
/// Words by which a text is judged to be English.
const JUDGED: usize = 2000;

/// Words of a text that is too short to hold them for sure: it is taken for English if its letters are.
const FEW: usize = 20;

/// Whether a text that is in none of our languages is in English: of its words, one in twenty is one of those, and most
/// are in plain letters.
pub fn is_english<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let words = texts.flat_map(|text| text.split(|character: char| !character.is_alphanumeric()));
    let (mut all, mut known, mut plain) = (0, 0, 0);
    for word in words.filter(|word| word.starts_with(char::is_alphabetic)).take(JUDGED) {
        all += 1;
        known += usize::from(ENGLISH.iter().any(|english| english.eq_ignore_ascii_case(word)));
        plain += usize::from(word.is_ascii());
    }
    known > 0 && known * 20 >= all && plain * 2 > all || (1..FEW).contains(&all) && plain == all
}

/// How many characters of each kind a text holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    kana: u32,
    hangul: u32,
    han: u32,
    latin: u32,
    simplified: u32,
    traditional: u32,
}

impl Language {
    /// The BCP 47 tag, `other` where the language is not one of ours.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::Ja => "ja",
            Self::Ko => "ko",
            Self::Other => "other",
        }
    }

    /// Whether its text has no spaces between words: a line may end between any two of its letters.
    pub fn is_unspaced(self) -> bool {
        matches!(self, Self::ZhHans | Self::ZhHant | Self::Ja)
    }
}

impl Evidence {
    /// What a text shows.
    pub fn of(text: &str) -> Self {
        let mut evidence = Self::default();
        evidence.add(text);
        evidence
    }

    /// What many texts show, one by one and together.
    pub fn of_each<'a>(texts: impl Iterator<Item = &'a str>) -> (Vec<Self>, Self) {
        let mut sum = Self::default();
        let each = texts.map(|text| {
            let mut evidence = Self::default();
            evidence.add(text);
            sum.merge(evidence);
            evidence
        });
        (each.collect(), sum)
    }

    /// The language of a whole article.
    pub fn language(&self) -> Language {
        let cjk = self.kana + self.hangul + self.han;
        match () {
            () if cjk == 0 || cjk * 6 < self.latin => Language::Other,
            () if self.hangul > self.kana && self.hangul * 2 > self.han => Language::Ko,
            () if self.kana * 12 > self.han => Language::Ja,
            () if self.traditional > self.simplified => Language::ZhHant,
            () => Language::ZhHans,
        }
    }

    /// The language of one block of an article: its own where the block shows it, else the article's.
    pub fn language_within(&self, article: Language) -> Language {
        let cjk = self.kana + self.hangul + self.han;
        if cjk == 0 {
            return if self.latin > 0 { Language::Other } else { article };
        }
        let own = self.language();
        let is_sure = self.kana >= 2
            || self.hangul >= 2
            || self.simplified.abs_diff(self.traditional) >= 3
            || own == Language::Other;
        let fits = matches!((own, article), (Language::ZhHans, Language::Ja | Language::Ko | Language::ZhHant));
        if own == article || (is_sure && !(fits && self.simplified < 3)) {
            return own;
        }
        if article == Language::Other { own } else { article }
    }

    fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.latin += scan::count(bytes, |byte| byte.is_ascii_alphabetic()) as u32;
        if text.is_ascii() {
            return;
        }
        // Quotation marks, dashes and letters with accents need not be looked at one by one.
        if scan::first_not(bytes, is_of_no_other).is_none() {
            self.latin += scan::count(bytes, |byte| scan::is_in(byte, 0xc3, 0xc8)) as u32;
            return;
        }
        let lanes = &*LANES;
        let mut rest = text;
        while !rest.is_empty() {
            // No more than a lane can count; without a branch, since none could be foretold.
            let few;
            (few, rest) = rest.split_at_checked(rest.floor_char_boundary(usize::from(u8::MAX))).unwrap_or((rest, ""));
            let sums = few.chars().fold(0u64, |sums, character| {
                let code = character as u32;
                sums + (1 << lanes.get(code as usize).copied().unwrap_or_else(|| lane(code)))
            });
            let count = |lane: u8| u32::from((sums >> lane) as u8);
            self.simplified += count(SIMPLIFIED_HAN);
            self.traditional += count(TRADITIONAL_HAN);
            self.han += count(HAN) + count(SIMPLIFIED_HAN) + count(TRADITIONAL_HAN);
            self.kana += count(KANA);
            self.hangul += count(HANGUL);
            self.latin += count(LATIN);
        }
    }

    fn merge(&mut self, other: Self) {
        self.kana += other.kana;
        self.hangul += other.hangul;
        self.han += other.han;
        self.latin += other.latin;
        self.simplified += other.simplified;
        self.traditional += other.traditional;
    }
}

// What a character is evidence of: where its count begins among eight of as many bits each.
const NOTHING: u8 = 0;
const LATIN: u8 = 8;
const KANA: u8 = 16;
const HANGUL: u8 = 24;
const HAN: u8 = 32;
const SIMPLIFIED_HAN: u8 = 40;
const TRADITIONAL_HAN: u8 = 48;

/// What characters are evidence of, Han characters of any way of writing being one: the first, the last, the lane; a later
/// range goes before. ASCII is counted otherwise.
const RANGES: &[(u32, u32, u8)] = &[
    (0xc0, 0x24f, LATIN),
    (0x1100, 0x11ff, HANGUL),
    (0x3041, 0x30ff, KANA),
    // `・` and `ー`.
    (0x30fb, 0x30fc, NOTHING),
    (0x31f0, 0x31ff, KANA),
    (0x3400, 0x9fff, HAN),
    (0xac00, 0xd7a3, HANGUL),
    (0xff66, 0xff9f, KANA),
    (0x20000, 0x3ffff, HAN),
];

/// Whether a byte begins a character that is evidence of nothing but Latin, if of anything, or is not a character's
/// first: those up to U+023F, from U+0280 to U+0FFF and from U+2000 to U+2FFF.
fn is_of_no_other(byte: u8) -> bool {
    !(scan::is(byte, 0xc9) | scan::is(byte, 0xe1) | scan::is_in(byte, 0xe3, 0xff))
}

fn lane(code: u32) -> u8 {
    let found = RANGES.iter().rev().find(|(first, last, _)| (*first..=*last).contains(&code));
    found.map_or(NOTHING, |(.., lane)| *lane)
}

/// What each character up to U+FFFF is evidence of: made once, never changed.
static LANES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut lanes = vec![NOTHING; 0x10000];
    for (first, last, lane) in RANGES {
        if let Some(range) = lanes.get_mut(*first as usize..=*last as usize) {
            range.fill(*lane);
        }
    }
    let mut enter = |characters: &str, lane| {
        for character in characters.chars() {
            if let Some(entry) = lanes.get_mut(character as usize) {
                *entry = lane;
            }
        }
    };
    enter(SIMPLIFIED, SIMPLIFIED_HAN);
    enter(TRADITIONAL, TRADITIONAL_HAN);
    // A character that both lists hold says nothing.
    let both: String = SIMPLIFIED.chars().filter(|character| TRADITIONAL.contains(*character)).collect();
    enter(&both, HAN);
    lanes
});

#[cfg(test)]
mod tests {
    use super::{Evidence, Language, is_english};

    #[track_caller]
    fn check(text: &str, language: Language) {
        assert_eq!(Evidence::of(text).language(), language, "{text}");
    }

    #[test]
    fn articles() {
        check("这是一篇关于排版的文章，里面有 Unicode 和 UAX 两个词。", Language::ZhHans);
        check("這是一篇關於排版的文章。", Language::ZhHant);
        check("禁則処理は行頭に句点を置かないための規則です。", Language::Ja);
        check("한글은 소리 글자이다. 訓民正音", Language::Ko);
        check("A line must not begin with 。 in Chinese.", Language::Other);
        check("", Language::Other);
    }

    #[test]
    fn english_is_told_by_its_words() {
        for (text, expected) in [
            ("The tea house by the river has been open for forty years.", true),
            ("An English paragraph.\nIt says little.", true),
            ("Tea tips for the hurried", true),
            ("Green tea, black tea", true),
            ("Die Teestube am Fluss war vierzig Jahre geöffnet, und das Feuer brannte immer.", false),
            ("La maison de thé ouvre sa porte à tous depuis longtemps.", false),
            (
                "Het theehuis aan de rivier was veertig jaar open, met of zonder gasten, en het vuur ging al die jaren nooit uit.",
                false,
            ),
            ("Чайная у реки открыта сорок лет.", false),
            ("Чайная у реки открыта сорок лет: The Tea House and the River.", false),
            ("1 2 3", false),
            ("", false),
        ] {
            assert_eq!(is_english(text.lines()), expected, "{text}");
        }
    }

    #[test]
    fn blocks_lean_on_their_article() {
        let within = |text: &str, article| Evidence::of(text).language_within(article);
        assert_eq!(within("本文", Language::Ja), Language::Ja);
        assert_eq!(within("目次", Language::ZhHant), Language::ZhHant);
        assert_eq!(within("これは引用です", Language::ZhHans), Language::Ja);
        assert_eq!(within("An English paragraph.", Language::ZhHans), Language::Other);
        assert_eq!(within("2024", Language::ZhHans), Language::ZhHans);
    }
}
