//! From JSON to Rust types, failures told as violations.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Path;

use crate::{Constraint, Location, Violation, pointer, whole};

/// Reads a parameter's value.
pub(super) fn from_value<T: DeserializeOwned>(
    value: Value,
    location: Location,
    name: &str,
) -> Result<T, Violation> {
    whole::read(value, serde_path_to_error::deserialize)
        .map_err(|error| mismatch(error.path(), location, name))
}

/// Reads a JSON body.
pub(super) fn from_json<T: DeserializeOwned>(octets: &[u8]) -> Result<T, Violation> {
    // To keep track of where the reader is costs more than to read once more where it stops.
    if let Ok(value) = T::deserialize(&mut serde_json::Deserializer::from_slice(octets)) {
        return Ok(value);
    }
    whole::read_json(octets, |octets| {
        serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(octets))
    })
    .map_err(|error| mismatch(error.path(), Location::Body, ""))
}

// The error's own text may hold the value, and so is left out.
fn mismatch(path: &Path, location: Location, name: &str) -> Violation {
    Violation::new(location, name, Constraint::Type, "cannot be read as what the contract declares")
        .at(pointer::to(path))
}
