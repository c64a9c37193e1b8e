//! Links: which operation may follow a response, and with what.

use serde::Serialize;
use specwright_diagnostics::Pointer;

use crate::{Ir, Operation};

/// A Link Object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The key under `links`.
    pub name: String,
    /// The operation that follows.
    pub target: LinkTarget,
    /// Its parameters by name, qualified with their place where the document does so; each value as it
    /// is written there.
    pub parameters: Vec<(String, String)>,
    /// Its request body, as it is written.
    pub body: Option<String>,
    /// The URL of the server that it is to be sent to, where the link names one.
    pub server: Option<String>,
    /// `description`, trimmed.
    pub description: String,
}

/// The operation that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum LinkTarget {
    /// By its operationId.
    Id(String),
    /// By its place in this document.
    Place(Pointer),
    /// In another document, by its URI.
    Elsewhere(String),
}

impl Ir {
    /// The operation of this contract that a link leads to.
    pub fn link_target(&self, target: &LinkTarget) -> Option<&Operation> {
        match target {
            LinkTarget::Id(id) => self.operations.iter().find(|operation| operation.id.as_ref() == Some(id)),
            LinkTarget::Place(origin) => self.operation_at(origin),
            LinkTarget::Elsewhere(_) => None,
        }
    }
}
