//! `cargo xtask coverage`: what becomes of every field of the specification, as the cases show it.

use std::fs;
use std::process::Command;

use anyhow::Context as _;

const REPORT: &str = "docs/coverage.md";

/// Write `docs/coverage.md` from the tables of the structure check and the cases
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write nothing; fail if the file is not what would be written
    #[arg(long)]
    check: bool,
}

/// Writes or compares, and answers with the command's exit code.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    let printed = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "specwright-spec", "--example", "coverage"])
        .output()
        .context("cannot run cargo")?;
    let problem = String::from_utf8_lossy(&printed.stderr);
    anyhow::ensure!(printed.status.success(), "the report cannot be made: {problem}");
    let report = String::from_utf8(printed.stdout).context("the report is not UTF-8")?;
    if fs::read_to_string(REPORT).is_ok_and(|written| written == report) {
        return Ok(0);
    }
    if args.check {
        eprintln!("{REPORT} is out of date: run `cargo xtask coverage`");
        return Ok(4);
    }
    fs::write(REPORT, report).with_context(|| format!("cannot write {REPORT}"))?;
    Ok(0)
}
