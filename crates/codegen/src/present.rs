//! What a run tells people and machines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostics, Severity};
use crate::folder::Report;
use crate::run::{Job, Outcome, Verdict};

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
        (Verdict::Refused, _) => writeln!(text, "{name}: refused{found}; `{out}` is as it was"),
        (Verdict::Drift, _) => writeln!(text, "{name}: `{out}` is not what `{}` writes{found}", job.command),
        (Verdict::Done, None) => writeln!(text, "{name}: `{out}` is up to date{found}"),
        (Verdict::Done, Some(report)) => writeln!(text, "{name}: `{out}` {}{found}", written(report)),
    };
    text
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
        "api": outcome.changes.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// Diagnostics as a value that can stand inside of another one.
pub fn diagnostics(diagnostics: &Diagnostics) -> Value {
    // Invariant: what `to_json` writes is JSON.
    serde_json::from_str(&diagnostics.to_json()).unwrap_or_default()
}
