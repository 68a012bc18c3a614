//! Where an article comes from. It reads nothing; that is [`super::disk`]'s matter.

use super::sample;
use std::path::PathBuf;
use std::sync::Arc;

/// Where an article's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// An article built into the binary, by its index.
    Sample(usize),
    /// What came in on standard input.
    Input(Arc<[u8]>),
}

impl Origin {
    /// The file's name, without its folder.
    pub fn file_name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Self::Sample(index) => sample::SEEDS.get(*index).map(|(name, _)| (*name).to_owned()).unwrap_or_default(),
            Self::Input(_) => "standard input".to_owned(),
        }
    }
}
