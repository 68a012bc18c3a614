//! The real binary in a real terminal: a pty, and an emulator that reads what it writes.
//!
//! Nothing here sleeps: every step waits for what it needs to see, with a deadline for slow machines.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "clippy sees the helpers of an integration test as code"
)]

mod ending;
mod faults;
mod hostile;
mod lent;
mod reading;
mod together;
mod window;
