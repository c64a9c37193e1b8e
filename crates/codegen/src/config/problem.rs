//! What can be said about a configuration.

use specwright_diagnostics::{Code, Diagnostic, Place};

pub(super) fn syntax(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ConfigSyntax, message.trim().replace('\n', ", "), place, "")
}

pub(super) fn unknown_key(place: Place, key: &str, table: &str, known: &[&str]) -> Diagnostic {
    let found = Diagnostic::new(Code::ConfigKey, format!("{table} has no key `{key}`"), place, "unknown");
    match near_miss(key, known) {
        Some(near) => found.with_help(format!("did you mean `{near}`?")),
        None => found.with_help(format!("the keys are {}", list(known))),
    }
}

pub(super) fn wrong_type(place: Place, key: &str, expected: &str, found: &str) -> Diagnostic {
    Diagnostic::new(Code::ConfigType, format!("`{key}` is not {expected}"), place, format!("found {found}"))
}

pub(super) fn missing(place: Place, key: &str, table: &str) -> Diagnostic {
    Diagnostic::new(Code::ConfigMissing, format!("{table} has no `{key}`"), place, format!("lacks `{key}`"))
}

pub(super) fn illegal(place: Place, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::ConfigValue, message, place, "").with_help(help)
}

pub(super) fn twice(place: Place, first: Place, key: &str, value: &str) -> Diagnostic {
    Diagnostic::new(Code::ConfigDuplicate, format!("two contracts share the {key} `{value}`"), place, "again")
        .with_secondary(first, "first")
}

pub(super) fn outside(place: Place, key: &str, value: &str) -> Diagnostic {
    let found =
        Diagnostic::new(Code::ConfigOutside, format!("`{key}` leaves the configuration's folder"), place, "");
    let found = found.with_help("name a folder below it");
    if key != "out" {
        return found;
    }
    found.with_help(format!(
        "or pass it on the command line: `specwright generate SPEC --out {value} --name NAME`"
    ))
}

/// The known word that was probably meant.
pub fn near_miss<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let score =
        |candidate: &&'a str| (strsim::jaro_winkler(&word.to_lowercase(), candidate) * 1000.0).round();
    let best = known.iter().copied().max_by(|left, right| score(left).total_cmp(&score(right)))?;
    (score(&best) >= 800.0).then_some(best)
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
