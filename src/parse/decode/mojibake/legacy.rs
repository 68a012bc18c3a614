//! Text of an East Asian encoding that was read as Latin-1 and saved so: `ÖÐÎÄ`.
//!
//! It refuses to restore what is not whole: without its bytes such a text cannot be told from another.

use crate::parse::decode::choice::guess;
use crate::parse::decode::mojibake::misreading::Misreading;
use encoding_rs::Encoding;

/// Characters beyond ASCII that stand side by side in such a text at least, on the average.
const SIDE_BY_SIDE: usize = 3;
/// Encodings whose text may have been read so.
const LEGACY: [&Encoding; 6] = [
    encoding_rs::GBK,
    encoding_rs::GB18030,
    encoding_rs::BIG5,
    encoding_rs::SHIFT_JIS,
    encoding_rs::EUC_JP,
    encoding_rs::EUC_KR,
];

/// The text set right, and the encoding that it was in; `sample` holds some of its runs of characters beyond ASCII.
pub fn undone(text: &str, sample: &[&str]) -> Option<(String, &'static Encoding)> {
    // Words of European languages have such letters one at a time.
    let characters: usize = sample.iter().map(|run| run.chars().count()).sum();
    if characters < SIDE_BY_SIDE * sample.len() {
        return None;
    }
    let latin = Misreading::Web(encoding_rs::WINDOWS_1252);
    // A few characters tell of nearly all texts that they are no such ones.
    if sample.iter().any(|run| latin.bytes_of(run).is_none()) {
        return None;
    }
    let bytes = latin.bytes_of(text)?;
    let encoding = guess(&bytes);
    let right = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
    LEGACY.contains(&encoding).then(|| (right.into_owned(), encoding))
}

#[cfg(test)]
mod tests {
    use crate::parse::decode::mojibake::repair;

    #[test]
    fn what_was_read_as_latin_is_restored() {
        for (text, encoding) in [
            ("机器的程序和人的文章一样，要让人读得下去。\n", encoding_rs::GBK),
            ("這裡的文字用大五碼寫成，讀者不必知道它的編碼。\n", encoding_rs::BIG5),
            ("この文章は古い文字コードで書かれている。\n", encoding_rs::SHIFT_JIS),
            ("한글은 소리를 적는 글자이다. 읽는 사람은 인코딩을 몰라도 된다.\n", encoding_rs::EUC_KR),
        ] {
            let text = text.repeat(4);
            let latin: String = encoding.encode(&text).0.iter().copied().map(char::from).collect();
            assert_eq!(repair(&latin), Some((text, vec![encoding.name().to_owned()])));
        }
        assert_eq!(repair(&"Où naît l’été, «À l’île»; ça y est.\n".repeat(8)), None);
    }
}
