//! What the configuration says about one document.

use std::collections::BTreeMap;

use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use crate::Document;
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

impl Settings {
    /// The same, with pointers into what the author wrote as the model has them.
    pub(crate) fn moved(&self, document: &Document) -> Self {
        let mut settings = self.clone();
        if let Some(moves) = document.moves() {
            let moved = |key: &String| match Pointer::parse(key).filter(|_| key.starts_with('#')) {
                Some(pointer) => moves.model(&pointer).to_string(),
                None => key.clone(),
            };
            settings.names = self.names.iter().map(|(key, name)| (moved(key), name.clone())).collect();
            settings.types = self.types.iter().map(|(key, ty)| (moved(key), ty.clone())).collect();
        }
        settings
    }
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
