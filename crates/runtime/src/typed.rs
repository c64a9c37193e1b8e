//! From JSON to Rust types, failures told as violations.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use crate::{Constraint, Location, Violation};

/// Reads a parameter's value.
#[cfg(feature = "server")]
pub(crate) fn from_value<T: DeserializeOwned>(
    value: Value,
    location: Location,
    name: &str,
) -> Result<T, Violation> {
    serde_path_to_error::deserialize(value).map_err(|error| mismatch(error.path(), location, name))
}

/// Reads a JSON body.
#[cfg(feature = "server")]
pub(crate) fn from_json<T: DeserializeOwned>(octets: &[u8]) -> Result<T, Violation> {
    let mut reader = serde_json::Deserializer::from_slice(octets);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| mismatch(error.path(), Location::Body, ""))
}

// The error's own text may hold the value, and so is left out.
#[cfg(feature = "server")]
fn mismatch(path: &Path, location: Location, name: &str) -> Violation {
    Violation::new(location, name, Constraint::Type, "cannot be read as what the contract declares")
        .at(pointer(path))
}

/// The RFC 6901 form of a path.
pub(crate) fn pointer(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push(&mut text, &index.to_string()),
            Segment::Map { key } => push(&mut text, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    text
}

/// Appends a token to a pointer.
pub(crate) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// serde's text without the strings it quotes, which are values of the document.
#[cfg(feature = "client")]
pub(crate) fn without_values(message: &str) -> String {
    match (message.find('"'), message.rfind('"')) {
        (Some(open), Some(close)) if open < close => {
            format!("{}\"..\"{}", &message[..open], &message[close + 1..])
        }
        _ => message.to_owned(),
    }
}
