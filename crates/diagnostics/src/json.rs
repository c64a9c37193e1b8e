//! Diagnostics for machines.

use serde::Serialize;

use crate::source::Lines;
use crate::{Code, Diagnostic, Diagnostics, Label, Pointer, Severity, Sources};

#[derive(Serialize)]
struct Entry<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    labels: Vec<Mark<'a>>,
    help: &'a [String],
    notes: &'a [String],
}

#[derive(Serialize)]
struct Mark<'a> {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    pointer: Option<&'a Pointer>,
    text: &'a str,
    primary: bool,
}

pub(crate) fn render(all: &Diagnostics) -> String {
    let lines = Lines::new(all);
    let entries: Vec<_> = all.sorted().into_iter().map(|diagnostic| entry(all, &lines, diagnostic)).collect();
    // Invariant: strings, numbers and lists of them have a JSON form.
    serde_json::to_string_pretty(&entries).unwrap_or_default()
}

fn entry<'a>(all: &Diagnostics, lines: &Lines<'_>, diagnostic: &'a Diagnostic) -> Entry<'a> {
    let mut labels = vec![mark(all, lines, &diagnostic.primary, true)];
    labels.extend(diagnostic.secondary.iter().map(|label| mark(all, lines, label, false)));
    Entry {
        code: diagnostic.code,
        severity: diagnostic.severity(),
        message: &diagnostic.message,
        labels,
        help: &diagnostic.help,
        notes: &diagnostic.notes,
    }
}

fn mark<'a>(all: &Diagnostics, lines: &Lines<'_>, label: &'a Label, primary: bool) -> Mark<'a> {
    let spot = all.spot(&label.place);
    let position = spot.span.as_ref().and_then(|span| lines.position(&spot.file, span.start));
    Mark {
        file: spot.file,
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        pointer: label.place.pointer(),
        text: &label.text,
        primary,
    }
}
