//! Compiling what was generated, and running its tests: one workspace, one target folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;

use super::Args;
use super::attempt::crate_name;
use super::report::{Compiled, Outcome, Row};

/// Compiles the crates of these rows, with all features, and runs the tests that came with them.
pub(crate) fn run(args: &Args, rows: &mut [&mut Row]) -> anyhow::Result<()> {
    let generated = || rows.iter().filter(|row| row.outcome == Outcome::Generated);
    let members: Vec<_> =
        generated().map(|row| format!("  \"crates/{}\",\n", crate_name(row.index))).collect();
    let members = members.concat();
    fs::write(
        args.out.join("Cargo.toml"),
        format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n"),
    )?;
    // Versions that the project is tested with.
    fs::copy("Cargo.lock", args.out.join("Cargo.lock"))?;
    let bar = ProgressBar::new(generated().count() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {wide_msg}")?);
    let mut found = build(args, &bar)?;
    bar.finish_and_clear();
    for row in rows.iter_mut().filter(|row| row.outcome == Outcome::Generated) {
        // A crate that the compiler said nothing about was not compiled.
        let unseen = || Compiled { errors: 1, first: "was not built".to_owned(), ..Compiled::default() };
        row.compiled = Some(found.remove(&crate_name(row.index)).unwrap_or_else(unseen));
    }
    Ok(())
}

/// Builds every crate and its tests, and runs each test binary once it is there.
fn build(args: &Args, bar: &ProgressBar) -> anyhow::Result<BTreeMap<String, Compiled>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut child = Command::new(cargo)
        .args(["build", "--workspace", "--all-features", "--lib", "--test", "*", "--keep-going"])
        .args(["--message-format", "json", "--manifest-path"])
        .arg(args.out.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(args.out.join("target"))
        // Nothing is built twice, and nobody steps through it.
        .envs([("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "false")])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = child.stdout.take().context("cargo has no output")?;
    let mut found: BTreeMap<String, Compiled> = BTreeMap::new();
    for line in BufReader::new(output).lines() {
        let Ok(message) = serde_json::from_str::<Message>(&line?) else { continue };
        let name = package(&message.package_id);
        match message.reason.as_str() {
            "compiler-artifact" => {
                let compiled = found.entry(name.clone()).or_default();
                match message.executable {
                    Some(binary) => test(binary, compiled)?,
                    None if name.starts_with("doc-") => {
                        bar.inc(1);
                        bar.set_message(name);
                    }
                    None => {}
                }
            }
            "compiler-message" => {
                let Some(said) = message.said else { continue };
                let compiled = found.entry(name).or_default();
                match said.level.as_str() {
                    "error" => compiled.errors += 1,
                    "warning" => compiled.warnings += 1,
                    _ => continue,
                }
                compiled.note(&said.rendered.unwrap_or_default());
            }
            _ => {}
        }
    }
    child.wait()?;
    Ok(found)
}

/// Runs the tests of a crate, and throws the binary away.
fn test(binary: PathBuf, compiled: &mut Compiled) -> anyhow::Result<()> {
    let output = Command::new(&binary).env("RUST_BACKTRACE", "0").stdin(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let count = |what: &str| -> usize {
        let results = said.lines().filter_map(|line| line.strip_prefix("test result: "));
        let counts =
            results.flat_map(|line| line.split(['.', ';'])).filter_map(|part| part.trim().strip_suffix(what));
        counts.filter_map(|count| count.trim().parse::<usize>().ok()).sum()
    };
    let failed = count(" failed");
    compiled.passed += count(" passed");
    // A binary that did not get as far as to count is a failure of its own.
    compiled.failed += if output.status.success() { failed } else { failed.max(1) };
    if !output.status.success() {
        compiled.note(said.split_once("failures:").map_or(&*said, |(_, rest)| rest));
    }
    Ok(fs::remove_file(binary)?)
}

/// The package's name in a package id: `path+file:///.../doc-7#0.0.0` or `...#doc-7@1.0.0`.
fn package(id: &str) -> String {
    let (path, fragment) = id.rsplit_once('#').unwrap_or((id, ""));
    match fragment.split_once('@') {
        Some((name, _)) => name.to_owned(),
        None => path.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    package_id: String,
    executable: Option<PathBuf>,
    #[serde(rename = "message")]
    said: Option<Said>,
}

#[derive(Deserialize)]
struct Said {
    level: String,
    rendered: Option<String>,
}
