//! `zhai completions`: what a shell needs to complete zhai's arguments.

use clap::CommandFactory;
use std::io::Write;

/// Print what a shell needs to complete arguments.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Prints it.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "zhai", &mut script);
    Ok(std::io::stdout().lock().write_all(&script)?)
}
