//! Generating one document: a process of its own, so that nothing it does takes others down.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::Args;
use super::document::Document;
use super::report::{Outcome, Row};

/// How often a process is asked whether it has ended.
const POLL: Duration = Duration::from_millis(5);

/// Generates a document into a folder of its own, which goes again unless it is `kept`.
pub(crate) fn generate(document: &Document, index: usize, kept: bool, args: &Args) -> anyhow::Result<Row> {
    let out = folder(args, index);
    let errors = args.out.join(format!("doc-{index}.log"));
    let _ = fs::remove_dir_all(&out);
    let start = Instant::now();
    let status = {
        let mut command = Command::new(crate::bench::release("specwright"));
        command.arg("generate").arg(&document.path).arg("--out").arg(&out);
        command.args(["--name", &crate_name(index), "--runtime", "crates/runtime"]);
        // Tests of both sides are for what is compiled.
        command.args(kept.then_some("--tests"));
        command
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&errors)?);
        wait(command, Duration::from_secs(args.limit))?
    };
    let seconds = start.elapsed().as_secs_f64();
    let said = fs::read_to_string(&errors).unwrap_or_default();
    fs::remove_file(&errors)?;
    let lines = if out.is_dir() { lines(&out.join("src"))? } else { 0 };
    if !kept {
        let _ = fs::remove_dir_all(&out);
    }
    let (refusals, warnings) = codes(&said);
    let outcome = match status.map(|status| status.code()) {
        None => Outcome::GivenUp,
        Some(Some(0)) => Outcome::Generated,
        Some(Some(1)) if !refusals.is_empty() => Outcome::Refused,
        Some(_) => Outcome::Crashed,
    };
    let said = match outcome {
        Outcome::Crashed => said.lines().take(3).collect::<Vec<_>>().join(" "),
        _ => said.lines().find_map(refusal).unwrap_or_default().to_owned(),
    };
    Ok(Row { refusals, warnings, lines, seconds, said, ..Row::new(document, index, outcome) })
}

/// Where a document's crate is written.
pub(crate) fn folder(args: &Args, index: usize) -> PathBuf {
    args.out.join(format!("crates/{}", crate_name(index)))
}

/// What a document's crate is called.
pub(crate) fn crate_name(index: usize) -> String {
    format!("doc-{index}")
}

/// Waits for a process; `None` where it takes too long.
fn wait(mut command: Command, limit: Duration) -> anyhow::Result<Option<ExitStatus>> {
    let end = Instant::now() + limit;
    let mut child = command.spawn().context("cannot run `specwright`")?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(POLL);
    }
}

/// The codes that refuse a document, and the number of warnings.
fn codes(said: &str) -> (BTreeMap<String, usize>, usize) {
    let mut refusals = BTreeMap::new();
    let mut warnings = 0;
    for (severity, code, _) in said.lines().filter_map(headline) {
        match severity {
            "error" | "unsupported" => *refusals.entry(code.to_owned()).or_default() += 1,
            "warning" => warnings += 1,
            _ => {}
        }
    }
    (refusals, warnings)
}

/// What a refusal says, where the line is one.
fn refusal(line: &str) -> Option<&str> {
    let (severity, _, message) = headline(line)?;
    matches!(severity, "error" | "unsupported").then_some(message)
}

/// Severity, code and message of a diagnostic's first line.
fn headline(line: &str) -> Option<(&str, &str, &str)> {
    let (severity, rest) = line.split_once('[')?;
    let (code, message) = rest.split_once("]: ")?;
    Some((severity, code, message))
}

/// Lines of the Rust files below a folder.
fn lines(folder: &Path) -> anyhow::Result<usize> {
    let mut total = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        total += if entry.file_type()?.is_dir() {
            lines(&entry.path())?
        } else {
            fs::read_to_string(entry.path())?.lines().count()
        };
    }
    Ok(total)
}
