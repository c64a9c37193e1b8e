//! `cargo xtask ci`: what continuous integration runs.

use std::process::Command;

use anyhow::Context as _;

/// The steps, each under its own heading. There is no second list of them.
const SCRIPT: &str = ".ci/run";

/// Runs the script, and answers with its exit code.
pub(crate) fn run() -> anyhow::Result<u8> {
    let status =
        Command::new("bash").arg(SCRIPT).status().with_context(|| format!("cannot run `bash {SCRIPT}`"))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}
