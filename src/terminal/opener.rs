//! Gives an address to whatever opens addresses on this system. It never asks a shell, and is told only what may be
//! opened: an address is one argument, and begins with its scheme.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long an opener may take to say that it failed; a browser that is closed later has not failed.
const SOON: Duration = Duration::from_secs(10);

/// Opens an address; why not, in a few words.
pub fn open(address: &str) -> Result<(), String> {
    let command = command(|name| std::env::var(name).ok().filter(|value| !value.is_empty()), address);
    let mut command = command.ok_or("there is no display here to open a browser on")?;
    let started = Instant::now();
    let program = command.get_program().to_string_lossy().into_owned();
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    match ended {
        Ok(status) if status.success() || started.elapsed() > SOON => Ok(()),
        Ok(_) => Err(format!("{program} could not open it")),
        Err(_) => Err(format!("there is no {program} to open it")),
    }
}

/// The program and its arguments: the reader's own browser (`BROWSER`, `%s` standing for the address), else the system's
/// opener, if there is a screen for it.
fn command(variable: impl Fn(&str) -> Option<String>, address: &str) -> Option<Command> {
    if let Some(browser) = variable("BROWSER") {
        // Several are parted by colons; the first is the one that is wished for.
        let first = browser.split(':').next().unwrap_or_default();
        let mut words = first.split_whitespace();
        let mut command = Command::new(words.next()?);
        command.args(words.map(|word| word.replace("%s", address)));
        if !first.contains("%s") {
            command.arg(address);
        }
        return Some(command);
    }
    let is_far = variable("SSH_CONNECTION").is_some() || variable("SSH_TTY").is_some();
    if cfg!(target_os = "macos") {
        return (!is_far).then(|| with("open", &[address]));
    }
    if cfg!(windows) {
        return Some(with("rundll32", &["url.dll,FileProtocolHandler", address]));
    }
    let has_display = variable("DISPLAY").is_some() || variable("WAYLAND_DISPLAY").is_some();
    has_display.then(|| with("xdg-open", &[address]))
}

fn with(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

#[cfg(test)]
mod tests {
    use super::command;

    /// The command for an address, with a variable set, as words in brackets.
    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: &str) {
        let value =
            |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        let words = command(value, "https://example.com/$(a);b'c").map(|command| {
            let words = std::iter::once(command.get_program()).chain(command.get_args());
            words.map(|word| format!("[{}]", word.to_string_lossy())).collect::<String>()
        });
        assert_eq!(words.unwrap_or_default(), expected);
    }

    #[test]
    fn a_browser_of_ones_own() {
        check(&[("BROWSER", "lynx")], "[lynx][https://example.com/$(a);b'c]");
        check(&[("BROWSER", "app --new %s:other")], "[app][--new][https://example.com/$(a);b'c]");
        check(&[("BROWSER", "sh; rm")], "[sh;][rm][https://example.com/$(a);b'c]");
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn the_opener_of_the_system_where_there_is_a_screen() {
        check(&[("WAYLAND_DISPLAY", "wayland-0")], "[xdg-open][https://example.com/$(a);b'c]");
        check(&[("DISPLAY", ":0")], "[xdg-open][https://example.com/$(a);b'c]");
        check(&[("SSH_TTY", "/dev/pts/0")], "");
    }
}
