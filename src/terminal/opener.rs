//! Gives an address to whatever opens addresses on this system. It never asks a shell, and is told only what may be
//! opened: an address is one argument, and begins with its scheme.

use crate::document::address::refusal;
use std::io::IsTerminal;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long an opener may take to say that it failed; a browser that is closed later has not failed.
const SOON: Duration = Duration::from_secs(10);
/// Browsers that need a terminal: ours is lent to them.
const OF_TERMINALS: [&str; 8] = ["w3m", "lynx", "links", "links2", "elinks", "browsh", "cha", "www-browser"];

/// What opens an address.
pub struct Opener {
    command: Command,
    /// Whether it needs a terminal.
    pub needs_terminal: bool,
}

impl Opener {
    /// What opens an address here; or why it is not opened, in a few words.
    pub fn of(address: &str) -> Result<Self, String> {
        if let Some(why) = refusal(address) {
            return Err(why.to_owned());
        }
        command(|name| std::env::var(name).ok().filter(|value| !value.is_empty()), address)
    }

    /// Opens the address, on the terminal if need be; why not, in a few words.
    pub fn open(mut self) -> Result<(), String> {
        let started = Instant::now();
        let program = self.command.get_program().to_string_lossy().into_owned();
        if !self.needs_terminal {
            self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        } else if !std::io::stdin().is_terminal() {
            // What is being read came in there; keys come from the terminal that is written to.
            self.command.stdin(std::io::stdout());
        }
        match self.command.status() {
            Ok(status) if status.success() || started.elapsed() > SOON => Ok(()),
            Ok(_) => Err(format!("{program} could not open it")),
            Err(_) => Err(format!("there is no {program} to open it")),
        }
    }
}

/// The program and its arguments: the reader's own browser (`BROWSER`, `%s` standing for the address), else the system's
/// opener, if there is a screen for it.
fn command(variable: impl Fn(&str) -> Option<String>, address: &str) -> Result<Opener, String> {
    // Several are parted by colons; the first is the one that is wished for.
    let browsers = variable("BROWSER").unwrap_or_default();
    if let Some(browser) = browsers.split(':').find(|browser| !browser.trim().is_empty()) {
        let needs_terminal = OF_TERMINALS.contains(&program(browser));
        let mut words = browser.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words.map(|word| word.replace("%s", address)));
        if !browser.contains("%s") {
            command.arg(address);
        }
        return Ok(Opener { command, needs_terminal });
    }
    let is_far = variable("SSH_CONNECTION").is_some() || variable("SSH_TTY").is_some();
    let has_display = variable("DISPLAY").is_some() || variable("WAYLAND_DISPLAY").is_some();
    if cfg!(windows) {
        Ok(with("rundll32", &["url.dll,FileProtocolHandler", address]))
    } else if cfg!(target_os = "macos") && !is_far {
        Ok(with("open", &[address]))
    } else if cfg!(not(target_os = "macos")) && has_display {
        Ok(with("xdg-open", &[address]))
    } else {
        Err("there is no display here to open a browser on".to_owned())
    }
}

/// The name of the program that a command begins with.
fn program(command: &str) -> &str {
    let path = command.split_whitespace().next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

fn with(program: &str, arguments: &[&str]) -> Opener {
    let mut command = Command::new(program);
    command.args(arguments);
    Opener { command, needs_terminal: false }
}

#[cfg(test)]
mod tests {
    use super::{Opener, command};

    /// The command for an address, with a variable set, as words in brackets.
    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: &str) {
        let value =
            |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        let words = command(value, "https://example.com/$(a);b'c").map(|opener| {
            let words = std::iter::once(opener.command.get_program()).chain(opener.command.get_args());
            let words = words.map(|word| format!("[{}]", word.to_string_lossy())).collect::<String>();
            if opener.needs_terminal { format!("on the terminal {words}") } else { words }
        });
        assert_eq!(words.unwrap_or_else(|why| why), expected);
    }

    #[test]
    fn a_browser_of_ones_own() {
        check(&[("BROWSER", "firefox")], "[firefox][https://example.com/$(a);b'c]");
        check(&[("BROWSER", "app --new %s:other")], "[app][--new][https://example.com/$(a);b'c]");
        check(&[("BROWSER", "sh; rm")], "[sh;][rm][https://example.com/$(a);b'c]");
    }

    #[test]
    fn a_browser_that_needs_a_terminal_is_lent_it() {
        check(&[("BROWSER", "lynx"), ("DISPLAY", ":0")], "on the terminal [lynx][https://example.com/$(a);b'c]");
        check(
            &[("BROWSER", "/usr/bin/w3m -cookie %s:elinks")],
            "on the terminal [/usr/bin/w3m][-cookie][https://example.com/$(a);b'c]",
        );
        check(&[("BROWSER", ":firefox:w3m")], "[firefox][https://example.com/$(a);b'c]");
        check(&[("BROWSER", "xterm -e lynx %s")], "[xterm][-e][lynx][https://example.com/$(a);b'c]");
    }

    #[test]
    fn nothing_else_is_opened() {
        let why = Opener::of("file:///etc/passwd").err();
        assert_eq!(why.as_deref(), Some("only addresses of http, https and mailto are opened"));
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn the_opener_of_the_system_where_there_is_a_screen() {
        check(&[("WAYLAND_DISPLAY", "wayland-0")], "[xdg-open][https://example.com/$(a);b'c]");
        check(&[("DISPLAY", ":0")], "[xdg-open][https://example.com/$(a);b'c]");
        check(&[("SSH_TTY", "/dev/pts/0")], "there is no display here to open a browser on");
    }
}
