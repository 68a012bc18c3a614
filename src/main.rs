//! The binary: arguments in, exit status out.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    zhai::cli::run(zhai::cli::Arguments::parse())
}
