//! Who may depend on whom.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use serde::Deserialize;

/// Our crates, and those of ours that each may depend on. An edge that is not here is a breach.
const EDGES: [(&str, &[&str]); 17] = [
    ("diagnostics", &[]),
    ("ir", &["diagnostics"]),
    ("naming", &[]),
    ("pattern", &[]),
    ("spec", &["diagnostics", "ir", "naming", "pattern"]),
    ("rust-emit", &["ir", "naming"]),
    ("vectors", &["diagnostics", "ir", "pattern"]),
    ("backend-axum", &["ir", "rust-emit", "vectors"]),
    ("backend-reqwest", &["ir", "rust-emit"]),
    ("diff", &["ir", "diagnostics"]),
    (
        "codegen",
        &[
            "backend-axum",
            "backend-reqwest",
            "diagnostics",
            "diff",
            "ir",
            "naming",
            "pattern",
            "rust-emit",
            "spec",
        ],
    ),
    ("cli", &["codegen", "diff"]),
    ("runtime", &["pattern"]),
    // Tests of the generated crates from outside; nothing depends on it.
    ("conformance", &["runtime"]),
    // The same for the contracts of one feature each.
    ("wire", &["conformance", "runtime"]),
    // Loads the service, beside the same routes written by hand; nothing depends on it.
    ("bench", &["runtime"]),
    // Implements the generated traits, as a user's own crate does.
    ("customer-service", &["runtime"]),
];

/// Packages that do one job in one place, and the crates that may use them.
const PLACES: [(&str, &[&str]); 12] = [
    ("openapiv3", &["spec"]),
    // The service shows its contract as YAML.
    ("serde_yaml", &["spec", "customer-service"]),
    ("saphyr-parser", &["spec"]),
    ("regress", &["pattern"]),
    ("regex", &["pattern"]),
    ("heck", &["naming"]),
    ("quote", &["rust-emit", "backend-axum", "backend-reqwest"]),
    ("proc-macro2", &["rust-emit", "backend-axum", "backend-reqwest"]),
    ("syn", &["rust-emit", "backend-axum", "backend-reqwest"]),
    ("prettyplease", &["rust-emit", "backend-axum", "backend-reqwest"]),
    ("minijinja", &["codegen"]),
    ("anyhow", &["cli"]),
];

/// Packages that only tests may use.
const TESTS_ONLY: [&str; 1] = ["insta"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

/// Edges that are not in the tables. Tests may use what they like of ours, and nothing of others' that
/// has a place.
pub(super) fn breaches() -> anyhow::Result<Vec<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).context("cannot read `cargo metadata`")?;
    let written_by_hand = metadata.packages.iter().filter(|package| !is_generated(package));
    Ok(written_by_hand.flat_map(breaches_of).collect())
}

/// Whether a package is machine-owned: its folder holds a list of the files that were written.
fn is_generated(package: &Package) -> bool {
    Path::new(&package.manifest_path).with_file_name(super::files::MANIFEST).exists()
}

fn breaches_of(package: &Package) -> Vec<String> {
    let name = short(&package.name);
    let Some((_, allowed)) = EDGES.iter().find(|(from, _)| *from == name) else {
        return vec![format!("`{name}` is not in the table of crates (xtask/src/tidy/edges.rs)")];
    };
    let dependencies = package.dependencies.iter();
    let breach = |dependency: &Dependency| {
        let is_test = dependency.kind.as_deref() == Some("dev");
        let to = short(&dependency.name);
        let ours = dependency.name.starts_with(PREFIX);
        if ours && !is_test && !allowed.contains(&to) {
            return Some(format!("`{name}` depends on `{to}`, which the table of crates does not allow"));
        }
        if TESTS_ONLY.contains(&to) && !is_test {
            return Some(format!("`{name}` depends on `{to}`, which is for tests only"));
        }
        let place = PLACES.iter().find(|(package, _)| *package == to && !is_test);
        let (_, users) = place.filter(|(_, users)| !users.contains(&name))?;
        Some(format!("`{name}` depends on `{to}`, which belongs in {}", users.join(", ")))
    };
    dependencies.filter_map(breach).collect()
}

const PREFIX: &str = "specwright-";

/// A crate's name without the product's.
fn short(name: &str) -> &str {
    name.strip_prefix(PREFIX).unwrap_or(name)
}
