//! What became of each document: JSON for machines, Markdown for people.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::document::Document;

/// What became of a document.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    /// Its name in the corpus.
    pub(crate) document: String,
    /// Whose it is.
    pub(crate) provider: String,
    #[serde(skip)]
    pub(crate) index: usize,
    /// How generating ended.
    pub(crate) outcome: Outcome,
    /// Whether it was given up beside others, and this is what came of it alone.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) alone: bool,
    /// What refused it: codes, and how often each was said.
    pub(crate) refusals: BTreeMap<String, usize>,
    /// Warnings: what was repaired, or is worth knowing.
    pub(crate) warnings: usize,
    /// Lines of Rust that came out.
    pub(crate) lines: usize,
    /// Seconds that generating took.
    pub(crate) seconds: f64,
    /// The first refusal, or the first lines of what a crash said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) said: String,
    /// What the compiler said, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) compiled: Option<Compiled>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// How generating ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// Files were written.
    Generated,
    /// Diagnostics say why not.
    Refused,
    /// The process ended in another way.
    Crashed,
    /// It took too long.
    GivenUp,
}

impl Outcome {
    /// What it is called in tables.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Refused => "refused",
            Self::Crashed => "crashed",
            Self::GivenUp => "given up",
        }
    }
}

/// What the compiler said about a crate.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Compiled {
    /// Errors.
    pub(crate) errors: usize,
    /// Warnings.
    pub(crate) warnings: usize,
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Tests that failed.
    pub(crate) failed: usize,
    /// The first thing that went wrong.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) first: String,
}

impl Compiled {
    /// Whether nothing was said against it.
    pub(crate) fn is_clean(&self) -> bool {
        self.errors + self.warnings + self.failed == 0
    }

    /// Keeps what is said, where it is the first.
    pub(crate) fn note(&mut self, said: &str) {
        if self.first.is_empty() {
            self.first = said.chars().take(2000).collect();
        }
    }
}

impl Row {
    /// A document of which nothing but the outcome is known.
    pub(crate) fn new(document: &Document, index: usize, outcome: Outcome) -> Self {
        Self {
            document: document.name.clone(),
            provider: document.provider.clone(),
            index,
            outcome,
            alone: false,
            refusals: BTreeMap::new(),
            warnings: 0,
            lines: 0,
            seconds: 0.0,
            said: String::new(),
            compiled: None,
        }
    }

    /// How generating ended, as tables say it.
    pub(crate) fn outcome_text(&self) -> String {
        let codes: Vec<_> = self.refusals.keys().map(String::as_str).collect();
        let outcome = match self.outcome {
            Outcome::Refused => format!("refused: {}", codes.join(", ")),
            other => other.as_str().to_owned(),
        };
        if self.alone { format!("{outcome}, alone") } else { outcome }
    }

    /// Whether this must not happen, whatever the document says.
    pub(crate) fn is_failure(&self) -> bool {
        let is_clean = self.compiled.as_ref().is_none_or(Compiled::is_clean);
        matches!(self.outcome, Outcome::Crashed | Outcome::GivenUp) || !is_clean
    }
}

impl fmt::Display for Compiled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { errors, warnings, passed, failed, .. } = self;
        if self.is_clean() {
            return write!(formatter, "yes, {passed} tests");
        }
        write!(
            formatter,
            "{errors} errors, {warnings} warnings, {failed} of {} tests failed",
            passed + failed
        )
    }
}

/// Writes `corpus.json` and `corpus.md`.
pub(crate) fn write(out: &Path, rows: &[Row]) -> anyhow::Result<()> {
    fs::write(out.join("corpus.json"), serde_json::to_string_pretty(rows)? + "\n")?;
    fs::write(out.join("corpus.md"), summary(rows) + "\n" + &table(rows))?;
    Ok(())
}

/// Counts: how generating ended, and what refused most documents.
pub(crate) fn summary(rows: &[Row]) -> String {
    let mut text = String::from("| documents | |\n| --- | ---: |\n");
    let mut line = |name: &str, count: usize| {
        let _ = writeln!(text, "| {name} | {count} |");
    };
    let count = |outcome: Outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    line("all", rows.len());
    line("generated", count(Outcome::Generated));
    line("refused", count(Outcome::Refused));
    line("crashed", count(Outcome::Crashed));
    line("given up", count(Outcome::GivenUp));
    let compiled: Vec<&Compiled> = rows.iter().filter_map(|row| row.compiled.as_ref()).collect();
    if !compiled.is_empty() {
        let count = |is: fn(&Compiled) -> bool| compiled.iter().filter(|compiled| is(compiled)).count();
        line("compiled", compiled.len());
        line("with errors", count(|compiled| compiled.errors > 0));
        line("with warnings", count(|compiled| compiled.warnings > 0));
        line("with tests that fail", count(|compiled| compiled.failed > 0));
        line("tests that pass", compiled.iter().map(|compiled| compiled.passed).sum());
    }
    let mut refusals: BTreeMap<&str, usize> = BTreeMap::new();
    for code in rows.iter().flat_map(|row| row.refusals.keys()) {
        *refusals.entry(code).or_default() += 1;
    }
    let mut refusals: Vec<_> = refusals.into_iter().collect();
    refusals.sort_by_key(|(code, count)| (usize::MAX - count, *code));
    if !refusals.is_empty() {
        text += "\n| refused by | documents |\n| --- | ---: |\n";
        for (code, count) in refusals {
            let _ = writeln!(text, "| {code} | {count} |");
        }
    }
    text
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| document | outcome | warnings | lines | seconds | compiled |\n| --- | --- | ---: | ---: | ---: | --- |\n",
    );
    for row in rows {
        let outcome = row.outcome_text();
        let compiled = row.compiled.as_ref().map(Compiled::to_string).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {outcome} | {} | {} | {:.2} | {compiled} |",
            row.document, row.warnings, row.lines, row.seconds
        );
    }
    text
}
