//! Whose turn it is to read the terminal's keys: zhai's, or that of a program that the terminal is lent to.
//!
//! It refuses to know which program that is, and to give the terminal back: the loop does.

#![cfg_attr(not(unix), allow(dead_code, reason = "without signals nobody who waits for a key can be woken"))]

use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long whoever reads may take to stop.
const STOPPING: Duration = Duration::from_secs(1);
/// How long a signal may be on its way that stopped the program.
const LATE: Duration = Duration::from_secs(1);

/// Whose turn it is; the same for all who hold it.
#[derive(Debug, Clone, Default)]
pub struct Turn(Arc<(Mutex<Now>, Condvar)>);

#[derive(Debug, Default)]
struct Now {
    whose: Whose,
    /// When the terminal came back.
    back: Option<Instant>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Whose {
    /// Keys are read.
    #[default]
    Ours,
    /// They are to be read no more.
    Claimed,
    /// They are not read.
    Lent,
}

impl Turn {
    /// Lets something be done while no key is read. False if whoever reads does not stop.
    #[cfg(unix)]
    pub fn lend(&self, act: impl FnOnce()) -> bool {
        let (now, changed) = &*self.0;
        let Ok(mut claimed) = now.lock() else { return false };
        claimed.whose = Whose::Claimed;
        // Whoever waits for a key is woken by a change of the window's size.
        let is_woken = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH).is_ok();
        let stopped = changed.wait_timeout_while(claimed, STOPPING, |now| now.whose == Whose::Claimed);
        let is_lent = is_woken && stopped.is_ok_and(|(now, _)| now.whose == Whose::Lent);
        if is_lent {
            act();
        }
        if let Ok(mut now) = now.lock() {
            *now = Now { whose: Whose::Ours, back: is_lent.then(Instant::now) };
        }
        changed.notify_all();
        is_lent
    }

    /// Whether what is typed to stop a program is meant for another one, to which the terminal is lent or was just now.
    pub fn is_lent(&self) -> bool {
        let is_late = |back: Instant| back.elapsed() < LATE;
        self.0.0.lock().is_ok_and(|now| now.whose == Whose::Lent || now.back.is_some_and(is_late))
    }

    /// Waits until it is ours, having taken in what is there already: a signal that is left over hides the first key
    /// afterwards.
    pub fn wait(&self, take_in: impl FnOnce()) {
        let (now, changed) = &*self.0;
        let Ok(mut waiting) = now.lock() else { return };
        if waiting.whose == Whose::Claimed {
            take_in();
            waiting.whose = Whose::Lent;
            changed.notify_all();
        }
        drop(changed.wait_while(waiting, |now| now.whose != Whose::Ours));
    }
}
