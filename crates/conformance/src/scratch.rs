//! A workspace in a temporary folder, compiled by cargo.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use serde::Deserialize;
use tempfile::TempDir;

/// A workspace in a temporary folder that shares the repository's target folder and lock file, so that
/// what is built already is not built again and nothing is fetched.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    members: Vec<String>,
}

/// What the compiler says of one target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Codes of errors, such as `E0277`, in the order given.
    pub errors: Vec<String>,
    /// Codes of warnings.
    pub warnings: Vec<String>,
    /// All of it, as text.
    pub text: String,
}

#[derive(Deserialize)]
struct Line {
    target: Option<Target>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    code: Option<Code>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

impl Scratch {
    /// An empty workspace.
    pub fn new() -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::copy(repository().join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
        Ok(Self { folder, members: Vec::new() })
    }

    /// The folder of a member, which is created; its manifest is the caller's to write.
    pub fn member(&mut self, name: &str) -> io::Result<PathBuf> {
        self.members.push(name.to_owned());
        let folder = self.folder.path().join(name);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Runs `cargo check` over every target of every member, and returns what the compiler says by the
    /// name of the target. A target that is not in the map compiled without a word.
    pub fn check(&self, arguments: &[&str]) -> io::Result<BTreeMap<String, Report>> {
        self.write_manifest()?;
        check(self.folder.path(), &["--offline", "--workspace"], arguments)
    }

    /// Builds and runs the program of a member, and returns what it writes to its standard output.
    pub fn run(&self, member: &str) -> io::Result<String> {
        self.write_manifest()?;
        let output =
            cargo(self.folder.path()).args(["run", "--quiet", "--offline", "--package", member]).output()?;
        if output.status.success() {
            String::from_utf8(output.stdout).map_err(io::Error::other)
        } else {
            Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
        }
    }

    /// Runs a command of cargo over the workspace, its environment with these variables. What it says is
    /// the error where it fails.
    pub fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> io::Result<()> {
        self.write_manifest()?;
        let mut command = cargo(self.folder.path());
        command.env("CARGO_NET_OFFLINE", "true").args(arguments).envs(variables.iter().copied());
        let output = command.output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(io::Error::other(String::from_utf8_lossy(&said).into_owned()))
    }

    fn write_manifest(&self) -> io::Result<()> {
        let members: Vec<String> = self.members.iter().map(|member| format!("{member:?}")).collect();
        // The repository's profile: what was built there with another would be built again.
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
            members.join(", ")
        );
        fs::write(self.folder.path().join("Cargo.toml"), manifest)
    }
}

/// Runs `cargo check` over a package of the repository, and returns what the compiler says by the name
/// of the target. A target that is not in the map compiled without a word.
pub fn check_package(package: &str, arguments: &[&str]) -> io::Result<BTreeMap<String, Report>> {
    check(repository(), &["--offline", "--locked", "--package", package], arguments)
}

fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TARGET_DIR", target()).current_dir(folder);
    command
}

/// The folder that everything is built in.
pub fn target() -> PathBuf {
    repository().join("target")
}

fn check(folder: &Path, what: &[&str], arguments: &[&str]) -> io::Result<BTreeMap<String, Report>> {
    let output = cargo(folder)
        .args(["check", "--quiet", "--keep-going", "--message-format=json"])
        .args(what)
        .args(arguments)
        .output()?;
    let mut reports = BTreeMap::<String, Report>::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Line = serde_json::from_str(line)?;
        if let (Some(target), Some(message)) = (line.target, line.message) {
            reports.entry(target.name).or_default().note(message);
        }
    }
    if !output.status.success() && reports.values().all(|report| report.errors.is_empty()) {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(reports)
}

impl Report {
    fn note(&mut self, message: Message) {
        let code = message.code.map(|code| code.code);
        match message.level.as_str() {
            // The summary of all errors has no code.
            "error" => self.errors.extend(code),
            "warning" => self.warnings.extend(code),
            _ => {}
        }
        self.text.push_str(&message.rendered.unwrap_or_default());
    }
}

/// The root of the repository.
pub fn repository() -> &'static Path {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    crates.and_then(Path::parent).unwrap_or_else(|| Path::new("."))
}
