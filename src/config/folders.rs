//! Where files live: the platform's folders, each overridden by a variable.

use std::path::PathBuf;

/// The folders zhai uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Settings and key map (`ZHAI_CONFIG_DIR`).
    pub config: PathBuf,
    /// The journal (`ZHAI_DATA_DIR`).
    pub data: PathBuf,
    /// What can be made again (`ZHAI_CACHE_DIR`).
    pub cache: PathBuf,
}

impl Folders {
    /// The folders in force: the `ZHAI_*` variables, then XDG's, then the platform's own.
    pub fn find() -> Self {
        let platform = directories::ProjectDirs::from("", "", "zhai");
        let pick = |variable: &str, xdg: &str, own: Option<PathBuf>| {
            let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
            named(variable)
                .or_else(|| named(xdg).map(|folder| folder.join("zhai")))
                .or(own)
                .unwrap_or_else(|| PathBuf::from(".zhai"))
        };
        let own = |folder: fn(&directories::ProjectDirs) -> &std::path::Path| {
            platform.as_ref().map(|dirs| folder(dirs).to_owned())
        };
        Self {
            config: pick("ZHAI_CONFIG_DIR", "XDG_CONFIG_HOME", own(directories::ProjectDirs::config_dir)),
            data: pick("ZHAI_DATA_DIR", "XDG_DATA_HOME", own(directories::ProjectDirs::data_dir)),
            cache: pick("ZHAI_CACHE_DIR", "XDG_CACHE_HOME", own(directories::ProjectDirs::cache_dir)),
        }
    }
}
