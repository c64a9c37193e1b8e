//! What the configuration says about one document.

use std::collections::BTreeMap;

use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use crate::names::Lock;

/// What the configuration says about one document.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// `[api.names]`: pointer, operationId or tag to Rust name.
    pub names: BTreeMap<String, String>,
    /// `[api.types]`: format or pointer to the path of a Rust type.
    pub types: BTreeMap<String, String>,
    /// The names of the last run.
    pub lock: Option<Lock>,
    /// `[[api.allow]]`
    pub allow: Vec<Allowance>,
}

/// A diagnostic that the configuration lets pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Its code: a warning or something unsupported.
    pub code: Code,
    /// The place it is about, or a place that holds it.
    pub pointer: Pointer,
    /// Why.
    pub reason: String,
}

/// An entry of the configuration that matches nothing in the document.
pub(crate) fn unmatched(table: &str, key: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnmatchedSetting,
        format!("`[api.{table}]` has an entry for `{key}`, but {why}"),
        Place::value(&Pointer::root()),
        "",
    )
}
