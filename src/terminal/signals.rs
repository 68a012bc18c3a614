//! The signals by which the system ends the program, or would. Where there are none, nobody waits for them.

use super::turn::Turn;
use crate::app::Message;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// How long the place may take to be saved once a signal has come.
const LAST_WORDS: Duration = Duration::from_millis(1500);

/// Lets a file that may grow no more be an error of whoever writes it, and not the end of the program: what was marked is
/// kept elsewhere then.
pub fn outlive_limits() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

/// Waits, on a thread of its own, for a signal that ends the program: the place is saved as when one quits, and if that
/// does not come about, the terminal is given back all the same. Keeps the signal for whoever asks; 0 before it.
pub fn wait(messages: Sender<Message>, ending: Arc<AtomicI32>, turn: Turn) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        // What is typed to stop a program that the terminal is lent to does not stop zhai.
        let is_meant = |signal: &i32| *signal != SIGINT || !turn.is_lent();
        if let Some(signal) = signals.forever().find(is_meant) {
            ending.store(signal, Ordering::Relaxed);
            let _ = messages.send(Message::End);
            std::thread::sleep(LAST_WORDS);
            super::restore();
            std::process::exit(128 + signal);
        }
    });
}
