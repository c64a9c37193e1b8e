//! What a run tells people and machines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diagnostics::{Code, Diagnostics, Severity};
use crate::folder::Report;
use crate::run::{Job, Outcome, Verdict};
use crate::service::Service;

/// As many files are named one by one; more are counted.
const NAMED: usize = 12;

/// What a run did and found, for people; escape sequences if `colour`.
pub fn human(job: &Job, outcome: &Outcome, colour: bool) -> String {
    let mut text = outcome.diagnostics.render(colour);
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
    if outcome.verdict != Verdict::Refused {
        for change in &outcome.changes {
            let _ = writeln!(text, "{change}");
        }
    }
    let (name, out) = (&job.api.name, &job.api.out);
    let found = summary(&outcome.diagnostics);
    let _ = match (outcome.verdict, &outcome.report) {
        (Verdict::Refused, None) => writeln!(text, "{name}: refused{found}; `{out}` is as it was"),
        (Verdict::Refused, Some(report)) => {
            writeln!(text, "{name}: `{out}` {}; the service crate is refused{found}", written(report))
        }
        (Verdict::Drift, _) if !has_drifted(&outcome.diagnostics) => {
            writeln!(text, "{name}: `{out}` is up to date, and its service crate is missing{found}")
        }
        (Verdict::Drift, _) => writeln!(text, "{name}: `{out}` is not what `{}` writes{found}", job.command),
        (Verdict::Done, None) => writeln!(text, "{name}: `{out}` is up to date{found}"),
        (Verdict::Done, Some(report)) => writeln!(text, "{name}: `{out}` {}{found}", written(report)),
    };
    text.extend(service(job, outcome.service));
    text
}

/// Whether the generated folder differs from what would be written.
fn has_drifted(diagnostics: &Diagnostics) -> bool {
    const DRIFT: [Code; 5] =
        [Code::DriftMissing, Code::DriftStale, Code::DriftEdited, Code::DriftExtra, Code::DriftStranger];
    diagnostics.iter().any(|found| DRIFT.contains(&found.code))
}

/// What there is to say of the service crate, in one line; of one that is there, nothing.
fn service(job: &Job, service: Service) -> Option<String> {
    let folder = job.api.service.as_deref()?;
    let name = folder.rsplit('/').next().unwrap_or(folder);
    match service {
        Service::None | Service::Present | Service::Missing => None,
        Service::Due { files } => Some(format!("{name}: would scaffold `{folder}` ({files} files)\n")),
        Service::Scaffolded { files, formatted } => {
            let format = if formatted { "" } else { "; there is no `rustfmt`, so run `cargo fmt` once" };
            Some(format!("{name}: scaffolded `{folder}` ({files} files); it is yours now{format}\n"))
        }
    }
}

/// What was written, in one line; then the files, if they are few.
fn written(report: &Report) -> String {
    if report.is_clean() {
        return format!("is up to date ({} files)", report.unchanged);
    }
    let counts = [("created", &report.created), ("changed", &report.changed), ("removed", &report.removed)];
    let mut parts = Vec::new();
    for (word, paths) in counts {
        if (1..=NAMED).contains(&paths.len()) {
            parts.push(format!("{} {word} ({})", paths.len(), paths.join(", ")));
        } else if !paths.is_empty() {
            parts.push(format!("{} {word}", paths.len()));
        }
    }
    parts.push(format!("{} untouched", report.unchanged));
    parts.join(", ")
}

fn summary(diagnostics: &Diagnostics) -> String {
    let count =
        |wanted: fn(Severity) -> bool| diagnostics.iter().filter(|found| wanted(found.severity())).count();
    let plural = |count: usize, word: &str| match count {
        0 => String::new(),
        1 => format!(", 1 {word}"),
        _ => format!(", {count} {word}s"),
    };
    let errors = count(Severity::is_error);
    let warnings = count(|severity| severity == Severity::Warning);
    plural(errors, "error") + &plural(warnings, "warning")
}

/// What a run did and found, for machines.
pub fn machine(job: &Job, outcome: &Outcome) -> Value {
    let report = outcome.report.clone().unwrap_or_default();
    json!({
        "name": job.api.name,
        "out": job.api.out,
        "verdict": outcome.verdict.as_str(),
        "diagnostics": diagnostics(&outcome.diagnostics),
        "created": report.created,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "kept": report.strangers,
        "service": job.api.service.as_ref().map(|folder| service_value(folder, outcome.service)),
        "api": outcome.changes.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn service_value(folder: &str, service: Service) -> Value {
    let (state, files) = match service {
        Service::None => ("untouched", 0),
        Service::Present => ("present", 0),
        Service::Missing => ("missing", 0),
        Service::Due { files } => ("due", files),
        Service::Scaffolded { files, .. } => ("scaffolded", files),
    };
    json!({ "folder": folder, "state": state, "files": files })
}

/// Diagnostics as a value that can stand inside of another one.
pub fn diagnostics(diagnostics: &Diagnostics) -> Value {
    // Invariant: what `to_json` writes is JSON.
    serde_json::from_str(&diagnostics.to_json()).unwrap_or_default()
}
