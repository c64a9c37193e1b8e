//! Compiling what was generated: one workspace, one target folder, warnings as errors.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::Context as _;
use indicatif::ProgressBar;
use serde::Deserialize;

use super::Args;
use super::attempt::crate_name;
use super::report::{Compiled, Outcome, Row};

/// Compiles the crates of the rows that were generated, with all features and tests.
pub(crate) fn run(args: &Args, rows: &mut [Row]) -> anyhow::Result<()> {
    let generated: Vec<&mut Row> = rows.iter_mut().filter(|row| row.outcome == Outcome::Generated).collect();
    let members: Vec<String> =
        generated.iter().map(|row| format!("  \"crates/{}\",\n", crate_name(row.index))).collect();
    let manifest = args.out.join("Cargo.toml");
    fs::write(&manifest, format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n", members.concat()))?;
    // Versions that the project is tested with.
    fs::copy("Cargo.lock", args.out.join("Cargo.lock"))?;
    let bar = ProgressBar::new(generated.len() as u64);
    let mut found = check(args, &bar)?;
    bar.finish_and_clear();
    for row in generated {
        row.compiled = Some(found.remove(&crate_name(row.index)).unwrap_or_default());
    }
    Ok(())
}

/// Errors and warnings by package.
fn check(args: &Args, bar: &ProgressBar) -> anyhow::Result<BTreeMap<String, Compiled>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut child = Command::new(cargo)
        .args(["check", "--workspace", "--all-features", "--all-targets", "--keep-going"])
        .args(["--message-format", "json", "--manifest-path"])
        .arg(args.out.join("Cargo.toml"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = child.stdout.take().context("cargo has no output")?;
    let mut found: BTreeMap<String, Compiled> = BTreeMap::new();
    for line in BufReader::new(output).lines() {
        let Ok(message) = serde_json::from_str::<Message>(&line?) else { continue };
        let Some(name) = message.target.map(|target| target.name) else { continue };
        let name = name.replace('_', "-");
        match message.reason.as_str() {
            "compiler-artifact" => {
                bar.set_message(name.clone());
                found.entry(name).or_default();
            }
            "compiler-message" => {
                let Some(said) = message.said else { continue };
                let compiled = found.entry(package(&message.package_id)).or_default();
                match said.level.as_str() {
                    "error" => compiled.errors += 1,
                    "warning" => compiled.warnings += 1,
                    _ => continue,
                }
                if compiled.first.is_empty() {
                    compiled.first = said.rendered.unwrap_or_default().chars().take(600).collect();
                }
            }
            _ => {}
        }
    }
    child.wait()?;
    Ok(found)
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
    target: Option<Target>,
    #[serde(rename = "message")]
    said: Option<Said>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Said {
    level: String,
    rendered: Option<String>,
}
