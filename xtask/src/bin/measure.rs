//! Runs a command once and prints its time in microseconds and its peak memory in KiB.
//!
//! The kernel counts a process's memory from before it becomes the command it runs, so whoever starts
//! it must be smaller than it: hence a program of its own, which does nothing else.

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("usage: measure PROGRAM [ARGUMENTS]");
        return ExitCode::from(2);
    };
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status();
    let micros = start.elapsed().as_micros();
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN).map(|usage| usage.max_rss());
    match (status, peak) {
        (Ok(status), Ok(peak)) if status.success() => {
            println!("{micros} {peak}");
            ExitCode::SUCCESS
        }
        (status, _) => {
            eprintln!("measure: {status:?}");
            ExitCode::FAILURE
        }
    }
}
