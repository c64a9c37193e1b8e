//! One contract from disk to disk: with [`crate::service`], the only place beside [`crate::folder`] that
//! reads or writes.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place};
use specwright_spec::{Library, Source};

use crate::config::{Api, Config, Runtime};
use crate::folder::{self, Report, Sync};
use crate::generate::{Input, LOCK, Output, generate};
use crate::listing::{self, Change};
use crate::service::Service;
use crate::{config, problem};

/// One contract to generate.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Its entry in the configuration.
    pub api: Api,
    /// What relative paths in it are relative to; empty for the working folder.
    pub base: PathBuf,
    /// The command that headers and help name.
    pub command: String,
}

/// What to do with the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Write them.
    Sync(Sync),
    /// Compare them with the folder: `--check`.
    Check,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The folder is as the contract says, or as `--dry-run` would make it.
    #[default]
    Done,
    /// `--check` found a difference.
    Drift,
    /// Something stopped the run; nothing was written.
    Refused,
}

impl Verdict {
    /// The word for machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Drift => "drift",
            Self::Refused => "refused",
        }
    }

    /// The exit code of a command that ends so.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Drift => 4,
        }
    }
}

/// What a run did and found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// What there is to say.
    pub diagnostics: Diagnostics,
    /// What happened to the folder, where it was written.
    pub report: Option<Report>,
    /// Lines that `api.txt` gained and lost, or would.
    pub changes: Vec<Change>,
    /// What became of the crate that people own.
    pub service: Service,
}

/// Reads a configuration, with the folder that its paths are relative to.
pub fn read_config(path: &str, sink: &mut Diagnostics) -> Option<(Config, PathBuf)> {
    let source = read(Path::new(""), path, sink)?;
    let config = config::parse(&source.name, &source.text, sink);
    let base = Path::new(path).parent().map(Path::to_owned).unwrap_or_default();
    (!sink.has_errors()).then_some((config, base))
}

impl Job {
    /// The contracts of a configuration.
    pub fn all(config: &Config, base: &Path) -> Vec<Self> {
        let job =
            |api: &Api| Self { api: api.clone(), base: base.to_owned(), command: config.command.clone() };
        config.apis.iter().map(job).collect()
    }

    /// Takes the runtime from a folder, relative to the working folder as a command line means it.
    pub fn use_runtime(&mut self, path: &str) {
        let base = self.base.to_string_lossy();
        self.api.runtime = Runtime::Path(relative(Path::new(""), &base, path));
    }

    /// Reads the files of the contract and generates. Nothing is written.
    pub fn generate(&self) -> Output {
        self.with_input(generate)
    }

    /// Reads the files of the contract and stops before any file is made of it.
    pub fn inspect(&self) -> Output {
        self.with_input(crate::generate::inspect)
    }

    /// Generates and acts on the folder.
    pub fn run(&self, action: Action) -> Outcome {
        let Output { files, ir, mut diagnostics } = self.generate();
        // What stands in the way of the service is found before anything is written.
        let planting = ir.as_ref().and_then(|ir| self.planting(ir, &mut diagnostics));
        let Some(files) = files.filter(|_| !diagnostics.has_errors()) else {
            return Outcome { verdict: Verdict::Refused, diagnostics, ..Outcome::default() };
        };
        let mut outcome = Outcome { diagnostics, ..Outcome::default() };
        let out = self.out();
        let shown = &self.api.out;
        let before = fs::read_to_string(out.join(listing::NAME)).unwrap_or_default();
        let acted = match action {
            Action::Check => folder::check(&out, &files).map(|drift| {
                outcome.diagnostics.extend(problem::drifted(&drift, shown, &self.command));
                if !drift.is_empty() {
                    outcome.verdict = Verdict::Drift;
                }
            }),
            Action::Sync(options) => folder::sync(&out, &files, options).map(|report| {
                outcome.diagnostics.extend(problem::kept(&report.strangers, shown));
                outcome.report = Some(report);
            }),
        };
        match acted {
            Ok(()) => {
                outcome.changes = listing::changes(&before, &files[listing::NAME]);
                self.plant(planting, action, &mut outcome);
            }
            Err(error) => {
                outcome.verdict = Verdict::Refused;
                outcome.diagnostics.push(problem::refused(&error, shown, &self.command));
            }
        }
        outcome
    }

    /// The folder of the generated crate.
    pub fn out(&self) -> PathBuf {
        self.base.join(&self.api.out)
    }

    fn with_input(&self, make: impl FnOnce(Input<'_>) -> Output) -> Output {
        let mut sink = Diagnostics::new();
        let spec = read(&self.base, &self.api.spec, &mut sink);
        let overlays: Vec<Source> =
            self.api.overlays.iter().filter_map(|overlay| read(&self.base, overlay, &mut sink)).collect();
        let lock = format!("{}/{LOCK}", self.api.out);
        let lock = if self.base.join(&lock).exists() { read(&self.base, &lock, &mut sink) } else { None };
        let Some(spec) = spec.filter(|_| !sink.has_errors()) else {
            return Output { diagnostics: sink, ..Output::default() };
        };
        let mut api = self.api.clone();
        if let Runtime::Path(path) = &mut api.runtime {
            *path = relative(&self.base, &self.api.out, path);
        }
        let library = Library::read(&self.base.join(&self.api.spec), &spec, &overlays, &self.api.copies);
        make(Input { api: &api, spec, overlays, library, lock, command: &self.command })
    }
}

/// A text file; problems are in the sink. The name it is shown by is the path as written.
fn read(base: &Path, path: &str, sink: &mut Diagnostics) -> Option<Source> {
    let unreadable = |code, message: String| Diagnostic::new(code, message, Place::file(path), "");
    match fs::read(base.join(path)) {
        Err(error) => {
            let missing = error.kind() == io::ErrorKind::NotFound;
            let why = if missing { "there is no such file".to_owned() } else { error.to_string() };
            sink.push(unreadable(Code::FileUnreadable, format!("cannot read `{path}`: {why}")));
            None
        }
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Some(Source { name: path.to_owned(), text }),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                sink.push(unreadable(
                    Code::NotUtf8,
                    format!("`{path}` is not UTF-8: byte {offset} begins no character"),
                ));
                None
            }
        },
    }
}

/// The way from one folder to another, as a manifest in the first writes it. An absolute path stays
/// absolute.
pub(crate) fn relative(base: &Path, from: &str, to: &str) -> String {
    if Path::new(to).is_absolute() {
        return to.to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let (from, to) = (plain(&here.join(base).join(from)), plain(&here.join(base).join(to)));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    let way: Vec<_> = up.chain(to[shared..].iter().map(String::as_str)).collect();
    if way.is_empty() { ".".to_owned() } else { way.join("/") }
}

/// The names of an absolute path, `.` and `..` worked in.
fn plain(path: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => names.push(name.to_string_lossy().into_owned()),
            Component::ParentDir => {
                names.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative;

    #[test]
    fn a_path_is_told_from_where_the_manifest_is() {
        for (from, to, expected) in [
            ("generated/api", "crates/runtime", "../../crates/runtime"),
            ("generated/api", "generated/runtime", "../runtime"),
            ("api", "../runtime", "../../runtime"),
            ("./api/", "./api/runtime", "runtime"),
            ("api", "/opt/runtime", "/opt/runtime"),
        ] {
            assert_eq!(relative(Path::new("some/where"), from, to), expected, "{from} to {to}");
        }
    }
}
