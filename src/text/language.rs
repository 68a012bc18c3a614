//! The languages whose typesetting rules differ; not a general language detector.

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
}
