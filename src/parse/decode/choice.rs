//! Which encoding the bytes of a file are in that says nothing of it: what a browser guesses, weighed against how
//! plausible each reading is. The sole owner of `chardetng`.
//!
//! A browser's guess strikes out every encoding in which one byte is wrong; saved files have such bytes, and end within
//! a character. A guess whose reading holds together as words of its script stands. It refuses to judge UTF-8.

pub mod coherent;
pub mod cyrillic;
pub mod pairs;
pub mod wide;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_8859_4, ISO_8859_10, ISO_8859_13, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
};
use pairs::Pairs;

/// Bytes that are looked at: more would cost time and change nothing.
const ENOUGH: usize = 64 << 10;
/// Points of a character on the average from which a reading is plausible.
const CONVINCING: i64 = 25;
/// Points a character by which a reading must be better than a browser's guess that is of pairs of bytes, too, and than
/// one that is Cyrillic, too.
const BETTER: i64 = 16;
const BETTER_CYRILLIC: i64 = 12;
/// Characters from which a reading can be better than a browser's guess.
const LEAST: i64 = 3;
/// Characters from which a browser's guess of pairs of bytes stands if none is wrong.
const LONG: i64 = 100;
/// Letters up to which they are rather Cyrillic than of an alphabet that hardly anything here is in.
const SHORT: i64 = 60;

/// How plausible a reading is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Of all characters together, up to 80 each, far below 0 for what is none.
    pub points: i64,
    /// The characters beyond ASCII.
    pub characters: i64,
    /// What is none in this encoding.
    pub wrong: i64,
}

impl Score {
    fn average(self) -> i64 {
        self.points / self.characters.max(1)
    }
}

/// The encoding that the bytes from the first beyond ASCII on suggest.
pub fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    let guess = browsers_guess(sample);
    let is_coherent = coherent::is_coherent(guess, sample);
    // Words of a script are no chance, and the guess knows its encodings, but for those that have case alone to tell.
    if is_coherent && !cyrillic::is(guess) {
        return western(guess, sample);
    }
    let of_pairs = Pairs::ALL.iter().map(|pairs| (pairs.encoding(), pairs.score(sample))).filter(|_| !is_coherent);
    let scores: Vec<(&'static Encoding, Score)> = of_pairs.chain(cyrillic::scores(sample)).collect();
    let best = scores.iter().max_by_key(|(encoding, score)| (score.points, *encoding == guess));
    let plausible = best.filter(|(_, score)| score.average() >= CONVINCING);
    if plausible.is_none_or(|(_, score)| score.wrong > 0) && pairs::are_narrow_kana(sample) {
        return SHIFT_JIS;
    }
    let Some((best, score)) = plausible else { return western(guess, sample) };
    let guessed = scores.iter().find(|(encoding, _)| *encoding == guess).map(|(_, score)| *score);
    let better = if cyrillic::is(guess) { BETTER_CYRILLIC } else { BETTER };
    let is_better = score.characters >= LEAST
        && match guessed {
            Some(guessed) if guessed.wrong > 0 => score.points > guessed.points,
            // Of so long a text without a wrong byte the guess knows more: kana in GBK are common characters of Big5.
            Some(guessed) if guessed.characters >= LONG && Pairs::of(guess).is_some() => false,
            Some(guessed) => score.points - guessed.points >= better * score.characters,
            None => !cyrillic::is(best) || score.characters <= SHORT,
        };
    if is_better { best } else { western(guess, sample) }
}

/// What a browser guesses.
fn browsers_guess(sample: &[u8]) -> &'static Encoding {
    let guess = |is_whole: bool| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample, is_whole);
        detector.guess(None, Utf8Detection::Deny)
    };
    // The end of the last word tells, too; a sample that stops within a character is no sign against an encoding.
    let whole = guess(sample.len() < ENOUGH);
    // What nothing else fits may be a file that stops within a character.
    let is_cut = whole == WINDOWS_1252 && sample.last().is_some_and(|byte| !byte.is_ascii());
    if is_cut { Some(guess(false)).filter(|guess| Pairs::of(guess).is_some()).unwrap_or(whole) } else { whole }
}

/// The bytes that are looked at: those from the first beyond ASCII on, and what stands before it.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| *byte >= 0x80).unwrap_or_default();
    let rest = bytes.get(first.saturating_sub(1)..).unwrap_or_default();
    rest.get(..ENOUGH).unwrap_or(rest)
}

/// The encoding that a file says it is in, unless its bytes are hardly any text of that: pages that have moved from one
/// server to another still say what they were in, and servers said of everything that it was Latin.
pub fn said(encoding: &'static Encoding, bytes: &[u8]) -> &'static Encoding {
    /// One of so many characters may be none.
    const TOLERATED: i64 = 20;
    let bytes = sample(bytes);
    let is_pairs = |encoding| Pairs::of(encoding).is_some();
    let is_none = |score: Score| score.wrong * TOLERATED > score.characters || score.points < 0;
    let is_wrong = Pairs::of(encoding).is_some_and(|pairs| is_none(pairs.score(bytes)));
    if !is_wrong && encoding != WINDOWS_1252 {
        return encoding;
    }
    let other = guess(bytes);
    let is_better = is_pairs(other) || is_wrong && !Pairs::of(other).is_some_and(|pairs| is_none(pairs.score(bytes)));
    if is_better { other } else { encoding }
}

/// A few letters that the West has are no sign of the North or of Turkey.
fn western(guess: &'static Encoding, sample: &[u8]) -> &'static Encoding {
    const FEW: usize = 12;
    let is_rare = [ISO_8859_4, ISO_8859_10, ISO_8859_13, WINDOWS_1254].contains(&guess);
    let mut high = sample.iter().filter(|byte| **byte >= 0x80);
    let is_few = high.clone().count() <= FEW;
    // Turkish has no vowel with an acute, and ý is where it has its ı.
    let has_acute = high.clone().any(|byte| matches!(byte, 0xe1 | 0xe9 | 0xed | 0xf3 | 0xfa));
    // Letters of French, German, Spanish, Portuguese and Italian, their quotes and dashes.
    let is_western = |byte: &u8| {
        matches!(byte, 0x85 | 0x91..=0x94 | 0x96 | 0x97 | 0xa0 | 0xab | 0xbb | 0xdf | 0xe0..=0xe2 | 0xe4 | 0xe7..=0xef
            | 0xf1..=0xf4 | 0xf6 | 0xf9..=0xfc | 0xff | 0xc0 | 0xc4 | 0xc7..=0xc9 | 0xd6 | 0xdc)
            || *byte == 0xfd && has_acute
    };
    match () {
        () if [WINDOWS_1250, WINDOWS_1252, WINDOWS_1254].contains(&guess) && is_lithuanian(sample) => WINDOWS_1257,
        () if is_rare && is_few && high.all(is_western) => WINDOWS_1252,
        () => guess,
    }
}

/// Whether the letters beyond ASCII are those of Lithuanian alone, its ė and another that no alphabet with an ë has among
/// them: a guess takes them for Polish, Romanian and Turkish ones.
fn is_lithuanian(sample: &[u8]) -> bool {
    const LETTERS: [u8; 9] = [0xe0, 0xe1, 0xe6, 0xe8, 0xeb, 0xf0, 0xf8, 0xfb, 0xfe];
    let high = || sample.iter().copied().filter(|byte| *byte >= 0x80);
    // Small letters, and with them their capitals.
    let letters = || high().filter(|byte| *byte >= 0xc0).map(|byte| byte | 0x20);
    let found = LETTERS.iter().filter(|letter| letters().any(|byte| byte == **letter)).count();
    letters().all(|byte| LETTERS.contains(&byte))
        && high().all(|byte| matches!(byte, 0x84 | 0x85 | 0x91..=0x97 | 0xa0 | 0xc0..))
        && found >= 3
        && letters().any(|byte| byte == 0xeb)
        && letters().any(|byte| matches!(byte, 0xf0 | 0xf8 | 0xfe))
}

#[cfg(test)]
mod tests {
    use crate::parse::decode::decode;
    use encoding_rs::Encoding;

    /// Some words of an encoding, as they are, with a wrong byte among them, and cut within the last character.
    #[track_caller]
    fn check(label: &str, text: &str) {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let bytes = encoding.encode(text).0;
        let decoded = decode(&bytes);
        assert_eq!((decoded.text.as_str(), decoded.lost), (text, None), "{label} as {}", decoded.encoding);
        if bytes.len() < 2 * text.chars().filter(|character| !character.is_ascii()).count() {
            return;
        }
        let cut = bytes.get(..bytes.len() - 1).unwrap();
        let read = decode(cut);
        let start: String = text.chars().take(text.chars().count() - 1).collect();
        assert!(read.text.starts_with(&start), "{label} cut, as {}: {}", read.encoding, read.text);
        // Between escapes one byte more sets all that follow wrong.
        if label == "iso-2022-jp" {
            return;
        }
        let middle = encoding.encode(&text.chars().take(6).collect::<String>()).0.len();
        let (before, after) = bytes.split_at(middle);
        let read = decode(&[before, &[0xff], after].concat());
        let end: String = text.chars().skip(8).collect();
        assert!(read.text.ends_with(&end), "{label} with a wrong byte, as {}: {}", read.encoding, read.text);
    }

    #[test]
    fn a_long_text_may_be_in_an_encoding_that_others_use() {
        let line = "導入手順とよく使うコマンド、起動前の設定。プロジェクトのフォルダでテストを動かし、レビューの結果をドキュメントに残す。\n";
        let bytes = Encoding::for_label(b"gbk").unwrap().encode(&line.repeat(4)).0.into_owned();
        assert_eq!(decode(&bytes).text, line.repeat(4));
    }

    #[test]
    fn a_line_is_enough() {
        check("gbk", "茶棚在河边，水从山上来，天黑了才收。");
        check("gb18030", "河边有一个㐂字，山上有一个𠀋字，没有人认得。");
        check("big5", "茶棚在河邊，水從山上來，天黑了才收。");
        check("shift_jis", "茶店は川のそばにあり、水は山から来る。");
        check("euc-jp", "茶店は川のそばにあり、水は山から来る。");
        check("euc-kr", "찻집은 강가에 있고 물은 산에서 온다.");
        check("koi8-r", "Чайная стоит у реки");
        check("koi8-u", "Їжак шукає яблука біля річки");
        check("windows-1251", "Чайная стоит у реки");
        check("windows-1251", "ЧАЙНАЯ СТОИТ У РЕКИ");
        check("windows-1252", "Le pont fut bâti l’été"); // typos:ignore
        check("shift_jis", "ﾁｬﾐｾ ﾊ ｶﾜ ﾉ ｿﾊﾞ ﾆ ｱﾙ｡");
        check("iso-2022-jp", "茶店は川のそばにある。");
    }

    /// Words of an encoding as they are: one byte a letter, which a wrong byte says nothing of, or but a few pairs.
    #[track_caller]
    fn check_words(label: &str, texts: &[&str]) {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        for text in texts {
            let decoded = decode(&encoding.encode(text).0);
            assert_eq!(decoded.text, *text, "{label} as {}", decoded.encoding);
        }
    }

    #[test]
    fn words_of_a_script_are_no_pairs() {
        let english = "The tea house stands by the river, and nobody minds the rain. ".repeat(3);
        check_words("windows-1255", &["שלום", "תודה רבה", "בוקר טוב, מה שלומך היום?", "בית התה עומד ליד הנהר"]);
        check_words("windows-1255", &[&format!("{english}בית התה הישן. {english}")]);
        check_words("windows-874", &["สวัสดีครับ", "ขอบคุณมากครับ", "ร้านน้ำชาอยู่ริมแม่น้ำ น้ำไหลลงมาจากภูเขา พอมืดก็ปิดร้าน"]);
        check_words(
            "windows-1253",
            &["Καλημέρα", "Ευχαριστώ πολύ", "Το τεϊοπωλείο είναι δίπλα στο ποτάμι, το νερό έρχεται από το βουνό."],
        );
        check_words("windows-1256", &["مرحبا", "شكرا جزيلا", "بيت الشاي بجانب النهر"]);
        check_words("iso-8859-6", &["صباح الخير", "بيت الشاي بجانب النهر"]);
        check_words("ibm866", &["Привет", "Доброе утро", "Чайная стоит у реки"]);
        check_words("iso-8859-5", &["Привет", "Доброе утро", "Чайная стоит у реки"]);
        check_words("windows-1251", &["Київ", "Добрий день", "Добро утро"]);
    }

    #[test]
    fn words_of_latin_letters_are_no_pairs() {
        check_words("windows-1250", &["Dobrý den, jak se máte?", "Čajovna stojí u řeky, voda přichází z hor."]);
        check_words("windows-1250", &["Herbaciarnia stoi nad rzeką, a woda spływa z gór, gdzie leży śnieg."]);
        check_words("windows-1254", &["Günaydın, nasılsınız?", "Çayhane ırmağın kıyısında, su dağdan gelir."]);
        check_words(
            "windows-1257",
            &["Arbatinė stovi prie upės, ji atidaroma šviečiant saulei.", "Tējnīca stāv pie upes."],
        );
    }

    #[test]
    fn a_file_ends_within_a_character() {
        let text = "茶棚開在河邊，遠處的鐘聲從山頂傳來，賣茶的說這場雨還會繼續下幾個時辰";
        let bytes = encoding_rs::GBK.encode(text).0;
        let decoded = decode(bytes.get(..bytes.len() - 1).unwrap());
        assert!(decoded.text.starts_with("茶棚開在河邊，遠處的鐘聲"), "{}", decoded.encoding);
        check_words("windows-1252", &["Le café où il a été est fermé", "città", "aquí está", "på ö å", "déjà"]);
    }

    #[test]
    fn few_pairs_are_what_a_browser_takes_them_for() {
        check_words("euc-jp", &["日本語", "東京都千代田区", "京都市役所", "カタカナ"]);
        check_words("shift_jis", &["日本語", "東京都千代田区"]);
        check_words("euc-kr", &["한국어", "안녕하세요", "대한민국"]);
        check_words("gbk", &["北京大学", "早上好"]);
        check_words("big5", &["早安", "臺北市"]);
    }

    #[test]
    fn utf16_needs_no_line_end() {
        for text in ["茶棚在河边，水从山上来", "茶店は川のそばにある", "Чайная-стоит-у-реки"]
        {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!((decode(&little).text.as_str(), decode(&big).text.as_str()), (text, text));
        }
    }

    #[test]
    fn few_signs_are_enough_for_utf8() {
        for text in ["Чай у реки", "été à l’île"] {
            let damaged = [text.as_bytes(), b"\xff"].concat();
            assert_eq!(decode(&damaged).text, format!("{text}\u{fffd}"));
        }
    }

    #[test]
    fn a_declaration_that_is_wrong_is_not_believed() {
        let page = |declared: &str| format!("<meta charset=\"{declared}\"><p>茶棚在河邊，水從山上來，天黑了才收。</p>");
        for declared in ["gb2312", "iso-8859-1", "shift_jis", "big5"] {
            let page = page(declared);
            assert_eq!(decode(&encoding_rs::BIG5.encode(&page).0).text, page);
        }
        let page = "<meta charset=\"iso-8859-1\"><p>L’été à l’île, où naît la rivière.</p>";
        assert_eq!(decode(&encoding_rs::WINDOWS_1252.encode(page).0).text, page);
    }
}
