//! What every item of the contract carries: names, documentation, examples, extensions.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use specwright_diagnostics::Pointer;

/// `x-` members by name, in document order.
pub type Extensions = IndexMap<String, Value>;

/// A name on the wire, the Rust names allocated for it, and where it stands in the document.
///
/// Both cases are allocated together and never computed again at the place of use. Which of the two
/// an item uses is said where it has its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The name as the document writes it.
    pub wire: String,
    /// `UpperCamelCase`, for types, traits and variants.
    pub pascal: String,
    /// `snake_case`, for modules, functions and fields; `r#` where it is a keyword.
    pub snake: String,
    /// Where the item stands in the document.
    pub origin: Pointer,
}

impl Name {
    /// A name that is still to be allocated.
    pub fn unallocated(wire: impl Into<String>, origin: Pointer) -> Self {
        Self { wire: wire.into(), pascal: String::new(), snake: String::new(), origin }
    }

    /// The snake case form without a raw identifier's `r#`: for file names.
    pub fn file_stem(&self) -> &str {
        self.snake.strip_prefix("r#").unwrap_or(&self.snake)
    }
}

/// Texts for people, trimmed; empty where the document says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Docs {
    /// `summary`, or a schema's `title`.
    pub summary: String,
    /// `description`, as `CommonMark`.
    pub description: String,
}

/// An example of the document: `example`, or one of `examples`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Example {
    /// Its key under `examples`; empty for a single `example`.
    pub name: String,
    /// The value.
    pub value: Value,
    /// Where the value stands in the document.
    pub origin: Pointer,
    /// Why it is no value of its schema; `None` where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defect: Option<String>,
}
