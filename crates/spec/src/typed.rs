//! Objects as `openapiv3` sees them: a typed view of one value of the tree, made when asked for.
//!
//! The tree is the source. Schemas, and whatever holds one, stay on it: `openapiv3` files a schema under
//! one kind and loses what its keywords say together.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

/// Reads a value as a type of `openapiv3`; the error names the value within that does not fit.
pub(crate) fn read<T: DeserializeOwned>(value: &Value, pointer: &Pointer) -> Result<T, Box<Diagnostic>> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let within = error.path().iter().fold(pointer.clone(), |pointer, segment| match segment {
            Segment::Seq { index } => pointer.index(*index),
            Segment::Map { key } => pointer.child(key),
            Segment::Enum { .. } | Segment::Unknown => pointer,
        });
        let message = format!("this cannot be represented: {}", error.inner());
        Box::new(Diagnostic::new(Code::Unreadable, message, Place::value(&within), ""))
    })
}
