//! A terminal window with zhai in it: keys go in, the screen and every byte written come out.

#![allow(dead_code, reason = "the tests of the terminal and the bench of the first paint use a part of it each")]

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long to wait for anything at all: loaded machines are slow, and a passing test never waits for long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a screen that rests stays as it is.
const REST: Duration = Duration::from_millis(300);

/// The binary under test.
pub const ZHAI: &str = env!("CARGO_BIN_EXE_zhai");

/// What has come out of the window so far.
struct Output {
    emulator: vt100::Parser,
    bytes: Vec<u8>,
    is_closed: bool,
}

/// A window.
pub struct Window {
    output: Arc<(Mutex<Output>, Condvar)>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
}

/// How a window is opened.
pub struct Setup {
    command: CommandBuilder,
    size: (u16, u16),
}

impl Setup {
    /// zhai with some arguments, its state under `home`.
    pub fn zhai(home: &Path, arguments: &[&str]) -> Self {
        let mut setup = Self::command(home, ZHAI);
        setup.command.args(arguments);
        setup
    }

    /// Another program in zhai's place, to compare with.
    pub fn program(home: &Path, program: &str, arguments: &[&str]) -> Self {
        let mut setup = Self::command(home, program);
        setup.command.args(arguments);
        setup
    }

    /// A shell that runs a script in which `"$ZHAI"` is the binary.
    pub fn shell(home: &Path, script: &str) -> Self {
        let mut setup = Self::command(home, "sh");
        setup.command.args(["-c", script]);
        setup
    }

    fn command(home: &Path, program: &str) -> Self {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.cwd(home);
        for (name, value) in
            [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin"), ("ZHAI", ZHAI)]
        {
            command.env(name, value);
        }
        // The emulator answers no questions: what would be asked is settled.
        let settings = home.join("config.yaml");
        if !settings.exists() {
            std::fs::write(settings, "ambiguous_width: narrow\n").unwrap();
        }
        for name in ["HOME", "ZHAI_DATA_DIR", "ZHAI_CONFIG_DIR", "ZHAI_CACHE_DIR"] {
            command.env(name, home);
        }
        Self { command, size: (100, 30) }
    }

    /// Sets a variable of the environment.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets columns and rows.
    pub fn sized(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// Opens the window.
    pub fn open(self) -> Window {
        let (columns, rows) = self.size;
        let pair = native_pty_system().openpty(pty_size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(self.command).unwrap();
        drop(pair.slave);
        let emulator = vt100::Parser::new(cells(rows), cells(columns), 0);
        let output = Arc::new((Mutex::new(Output { emulator, bytes: Vec::new(), is_closed: false }), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut chunk = [0; 1 << 13];
            loop {
                let count = reader.read(&mut chunk).unwrap_or_default();
                let mut output = shared.0.lock().unwrap();
                output.emulator.process(&chunk[..count]);
                output.bytes.extend_from_slice(&chunk[..count]);
                output.is_closed = count == 0;
                shared.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Window { output, master: Some(pair.master), keyboard: Some(keyboard), child }
    }
}

impl Window {
    /// Waits until the screen is as it should be, and gives it; shows what it was instead when that never happens.
    #[track_caller]
    pub fn wait(&self, what: &str, is_so: impl Fn(&str) -> bool) -> String {
        self.until(what, |screen, is_whole| is_whole && is_so(screen))
    }

    /// Waits for a screen, which may be one that is still being painted: whether it is whole is said beside it.
    #[track_caller]
    pub fn until(&self, what: &str, is_so: impl Fn(&str, bool) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut output = self.output.0.lock().unwrap();
        loop {
            let screen = contents(&output);
            // zhai frames what it paints as one synchronised update.
            let is_whole = !output.emulator.screen().alternate_screen() || output.bytes.ends_with(b"\x1b[?2026l");
            if is_so(&screen, is_whole) {
                return screen;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || output.is_closed {
                let end = if output.is_closed { "before the program ended" } else { "in time" };
                drop(output);
                panic!("never came {end}: {what}; the screen is\n{screen}");
            }
            output = self.output.1.wait_timeout(output, left).unwrap().0;
        }
    }

    /// Waits for words on the screen.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> String {
        self.wait(words, |screen| screen.contains(words))
    }

    /// Waits until the screen stays as it is: keys may be on their way, and the rest of an article.
    pub fn rest(&self) -> String {
        let mut screen = self.screen();
        loop {
            std::thread::sleep(REST);
            let now = self.screen();
            if now == screen {
                return now;
            }
            screen = now;
        }
    }

    /// Presses keys: characters, and names in angle brackets.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let mut bytes = keys.to_owned();
        for (name, sequence) in [("<Enter>", "\r"), ("<Esc>", "\x1b"), ("<C-z>", "\x1a"), ("<C-o>", "\x0f")] {
            bytes = bytes.replace(name, sequence);
        }
        // A window whose program has ended takes no keys; whoever waits for the answer will say so.
        let _ = self.keyboard.as_mut().unwrap().write_all(bytes.as_bytes());
        self
    }

    /// Changes columns and rows.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.output.0.lock().unwrap().emulator.screen_mut().set_size(cells(rows), cells(columns));
        self.master.as_ref().unwrap().resize(pty_size(columns, rows)).unwrap();
        self
    }

    /// Sends a signal to the program, by its name.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let status = std::process::Command::new("kill").args([format!("-{name}"), id]).status().unwrap();
        assert!(status.success());
    }

    /// Takes the window away, as a lost connection does: the leader of its session dies, the line hangs up. Waits until
    /// nobody holds the line any more.
    #[track_caller]
    pub fn hang_up(mut self) {
        self.child.kill().unwrap();
        self.bytes();
        assert!(self.output.0.lock().unwrap().is_closed, "the program goes on without a terminal");
    }

    /// Waits for the program to end, and gives how.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            if Instant::now() > deadline {
                let _ = self.child.kill();
                panic!("the program does not end; the screen is\n{}", self.screen());
            }
            std::thread::yield_now();
            std::thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Waits for the end of all output, and gives the bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let output = self.output.0.lock().unwrap();
        let (output, _) = self.output.1.wait_timeout_while(output, PATIENCE, |output| !output.is_closed).unwrap();
        output.bytes.clone()
    }

    /// The most memory the program has held, in KB; 0 where the system does not tell.
    pub fn peak(&self) -> u64 {
        let id = self.child.process_id().unwrap_or_default();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok()).unwrap_or_default()
    }

    /// What is on the screen now.
    pub fn screen(&self) -> String {
        contents(&self.output.0.lock().unwrap())
    }

    /// The settings of the terminal's line: raw, echo and the like.
    pub fn line(&self) -> String {
        format!("{:?}", self.master.as_ref().unwrap().get_termios())
    }

    /// Whether the screen is as before the program came: no alternate screen, a cursor, no mouse, no pasting mode.
    #[track_caller]
    pub fn check_given_back(&self) {
        self.bytes();
        let output = self.output.0.lock().unwrap();
        let screen = output.emulator.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left on");
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// The screen as text, without the blanks at the ends of lines, whether they were written or never touched.
fn contents(output: &Output) -> String {
    let contents = output.emulator.screen().contents();
    contents.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
