//! The `specwright` command: contracts become Rust crates.
//!
//! Output for machines goes to stdout, everything for people to stderr. A run ends with 0 when it did
//! what it was asked for, 1 when it was refused, 2 when it was not understood, 4 when `--check` found
//! a difference.

mod args;
mod explain;
mod generate;
mod inspect;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};

// Half of a run makes and drops small pieces of syntax trees.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for cannot be understood.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Args::parse().command {
        Command::Generate(args) => generate::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Explain(args) => explain::run(&args),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            tell(&format!("error: {error:#}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Says something to people. Nobody listening is no reason to stop.
fn tell(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Writes something for machines. A reader that has seen enough is no failure.
fn write(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
