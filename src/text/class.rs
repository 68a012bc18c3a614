//! Classes of characters that line breaking, hanging and spacing tell apart: CLREQ's and JLREQ's, merged.
//!
//! One look at a character decides, which is [`super::character`]'s; what a class may or may not do is the business of its
//! users.

/// What a character is to a typesetter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum Class {
    /// Anything without rules of its own.
    #[default]
    Other,
    /// White space on which a line may end.
    Space,
    /// A Han character.
    Han,
    /// A hiragana or katakana letter of full size.
    Kana,
    /// A Hangul syllable.
    Hangul,
    /// A letter of another script.
    Letter,
    /// A decimal digit.
    Digit,
    /// A full-width letter or digit.
    FullWidth,
    /// A comma or full stop of full width: may hang (JLREQ cl-06, cl-07).
    Stop,
    /// `！？：；` of full width: CLREQ's other pause marks.
    Pause,
    /// A closing bracket or quote of CJK.
    Closing,
    /// An opening bracket or quote of CJK.
    Opening,
    /// A connector: `～`, `–`, a single dash.
    Connector,
    /// An interpunct.
    Interpunct,
    /// A solidus.
    Solidus,
    /// An iteration mark.
    Iteration,
    /// The mark of a long vowel.
    Prolonged,
    /// Small kana.
    SmallKana,
    /// `—` and `…`, of which two stand together.
    Inseparable,
    /// A unit or sign that follows a number.
    Suffix,
    /// A sign that precedes a number.
    Prefix,
    /// A Latin mark that closes or ends: `,.;:!?)]}`.
    LatinClosing,
    /// A Latin mark that opens: `([{`.
    LatinOpening,
}

impl Class {
    /// All of them, in order.
    pub const ALL: [Self; 23] = [
        Self::Other,
        Self::Space,
        Self::Han,
        Self::Kana,
        Self::Hangul,
        Self::Letter,
        Self::Digit,
        Self::FullWidth,
        Self::Stop,
        Self::Pause,
        Self::Closing,
        Self::Opening,
        Self::Connector,
        Self::Interpunct,
        Self::Solidus,
        Self::Iteration,
        Self::Prolonged,
        Self::SmallKana,
        Self::Inseparable,
        Self::Suffix,
        Self::Prefix,
        Self::LatinClosing,
        Self::LatinOpening,
    ];

    /// The class of all characters from one of a block with many letters.
    pub(super) const fn of_block(code: u16) -> Option<Self> {
        match code {
            0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff => Some(Self::Han),
            0xac00..=0xd7a3 => Some(Self::Hangul),
            _ => None,
        }
    }

    /// The class of a character that has one for more than being a letter or a number: the groups of CLREQ's
    /// appendix, JLREQ's and KLREQ's classes.
    pub(super) const fn listed(code: u32) -> Option<Self> {
        let Some(character) = char::from_u32(code) else { return None };
        Some(match character {
            ' ' | '\t' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => {
                Self::Space
            }
            '0'..='9' => Self::Digit,
            'A'..='Z' | 'a'..='z' => Self::Letter,
            '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
            | '〇' => Self::Han,
            ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' => Self::LatinClosing,
            '(' | '[' | '{' => Self::LatinOpening,
            '、' | '。' | '，' | '．' | '､' | '｡' | '﹐'..='﹒' | '︐'..='︒' => Self::Stop,
            '：' | '；' | '！' | '？' | '‼' | '⁇'..='⁉' | '﹔'..='﹗' | '︓'..='︖' => Self::Pause,
            '’' | '”' | '）' | '〕' | '］' | '｝' | '〉' | '》' | '」' | '』' | '】' | '〗' | '〙' | '〛' | '｠'
            | '｣' | '»' | '〞' | '〟' | '﹚' | '﹜' | '﹞' | '︘' | '︶' | '︸' | '︺' | '︼' | '︾' | '﹀' | '﹂'
            | '﹄' | '﹈' => Self::Closing,
            '‘' | '“' | '（' | '〔' | '［' | '｛' | '〈' | '《' | '「' | '『' | '【' | '〖' | '〘' | '〚' | '｟'
            | '｢' | '«' | '〝' | '﹙' | '﹛' | '﹝' | '︗' | '︵' | '︷' | '︹' | '︻' | '︽' | '︿' | '﹁' | '﹃'
            | '﹇' => Self::Opening,
            '‐' | '–' | '～' | '〜' | '゠' | '~' => Self::Connector,
            '·' | '・' | '‧' | '•' | '･' => Self::Interpunct,
            '/' | '／' => Self::Solidus,
            '々' | '〻' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '〃' => Self::Iteration,
            'ー' | 'ｰ' => Self::Prolonged,
            'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ゕ'
            | 'ゖ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | 'ㇰ'..='ㇿ'
            | 'ｧ'..='ｯ' => Self::SmallKana,
            '—' | '⸺' | '…' | '‥' | '⋯' | '―' | '〳'..='〵' => Self::Inseparable,
            '%' | '％' | '‰' | '°' | '′' | '″' | '‵' | '℃' | '℉' | '¢' | '￠' | '﹪' => Self::Suffix,
            '㌀'..='㍗' | '㍱'..='㍺' | '㎀'..='㏟' | '㏿' => Self::Suffix,
            '$' | '＄' | '£' | '￡' | '¥' | '￥' | '￦' | '€' | '№' | '±' | '＃' => Self::Prefix,
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Self::FullWidth,
            '\u{3041}'..='\u{3096}' | '\u{309f}'..='\u{30fa}' | '\u{30ff}' | '\u{ff66}'..='\u{ff9d}' => Self::Kana,
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' => Self::Hangul,
            _ => return None,
        })
    }

    /// Whether the class is a letter or mark of CJK, which stands in a square.
    pub fn is_cjk(self) -> bool {
        matches!(
            self,
            Self::Han
                | Self::Kana
                | Self::Hangul
                | Self::FullWidth
                | Self::Stop
                | Self::Pause
                | Self::Iteration
                | Self::Prolonged
                | Self::SmallKana
        )
    }
}
