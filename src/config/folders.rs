//! Where files live: the platform's folders, each overridden by a variable.

use super::{Problem, Settings};
use std::path::PathBuf;

/// The folder in a library that is zhai's.
const OWN: &str = ".zhai";

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

/// Which folder what is kept goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StateFolder {
    /// That of the machine's own data.
    #[default]
    Data,
    /// One in the library, which a synchroniser carries with it.
    Library,
}

/// Where the journal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// The folder of the journals; other machines may write theirs there.
    pub shared: PathBuf,
    /// The folder of what is this machine's own.
    pub private: PathBuf,
    /// A folder that nothing carries to other machines.
    pub machine: PathBuf,
    /// Why the folder is not the one that was asked for, and the remedy.
    pub problem: Option<Problem>,
}

impl Settings {
    /// Where the journal is. A library that is not there, as a disk that is not plugged in, is not made: until it is back,
    /// the machine's own folder takes what is to be kept, and the journal brings it over then.
    pub fn keeping(&self, folders: &Folders) -> Keeping {
        let private = folders.data.clone();
        let machine = folders.cache.clone();
        let own =
            |problem| Keeping { shared: private.clone(), private: private.clone(), machine: machine.clone(), problem };
        let until = |what: String| {
            let what = format!("{what}; until then marks are kept in {}", private.display());
            own(Some(Problem { path: self.path.clone(), line: 0, what }))
        };
        match (self.state, self.library.first()) {
            (StateFolder::Data, _) => own(None),
            (StateFolder::Library, None) => {
                until("`state_dir: library` needs a folder, as `library: [~/articles]`".to_owned())
            }
            (StateFolder::Library, Some(library)) if !library.is_dir() => {
                until(format!("`state_dir: library` needs {}, which is not there", library.display()))
            }
            (StateFolder::Library, Some(library)) => {
                Keeping { shared: library.join(OWN), private, machine, problem: None }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Folders;
    use crate::config::Settings;
    use std::path::{Path, PathBuf};

    #[test]
    fn the_journal_is_in_the_library_if_that_is_set_and_there() {
        let library = tempfile::tempdir().unwrap();
        let folders = Folders { config: "/config".into(), data: "/data".into(), cache: "/cache".into() };
        let check = |text: &str, shared: &Path, problem: &str| {
            let settings = Settings::parse(text, PathBuf::from("/config/config.yaml"));
            assert_eq!(settings.problems, []);
            let keeping = settings.keeping(&folders);
            assert_eq!((keeping.shared.as_path(), keeping.private.as_path()), (shared, Path::new("/data")));
            assert_eq!(keeping.problem.map(|problem| problem.to_string()).unwrap_or_default(), problem);
        };
        let path = library.path().display();
        check("", Path::new("/data"), "");
        check(&format!("library: {path}\n"), Path::new("/data"), "");
        check(&format!("library: [{path}, /b]\nstate_dir: library\n"), &library.path().join(".zhai"), "");
        check(
            "state_dir: library\n",
            Path::new("/data"),
            "/config/config.yaml: `state_dir: library` needs a folder, as `library: [~/articles]`; until then marks are kept in /data",
        );
        check(
            "state_dir: library\nlibrary: /config/unplugged\n",
            Path::new("/data"),
            "/config/config.yaml: `state_dir: library` needs /config/unplugged, which is not there; until then marks are kept in /data",
        );
    }
}
