//! What is sent beside what comes back, where the contract tells them apart.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// What came back and is of no schema that the contract knows: it has no place in what is sent.
#[derive(Clone, PartialEq)]
pub struct UnknownVariant(Value);

impl UnknownVariant {
    /// Of the value that came back.
    pub const fn new(value: Value) -> Self {
        Self(value)
    }

    /// The value that came back.
    pub fn into_value(self) -> Value {
        self.0
    }
}

/// Without the value, which may be a secret.
impl fmt::Debug for UnknownVariant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("UnknownVariant").finish_non_exhaustive()
    }
}

impl fmt::Display for UnknownVariant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value is of a schema that the contract does not know")
    }
}

impl std::error::Error for UnknownVariant {}

/// The same names with other values.
pub fn map_values<T, U>(map: BTreeMap<String, T>, mut change: impl FnMut(T) -> U) -> BTreeMap<String, U> {
    map.into_iter().map(|(name, value)| (name, change(value))).collect()
}

/// The same names with other values, where there is one for each.
///
/// # Errors
///
/// What `change` says first.
pub fn try_map_values<T, U, E>(
    map: BTreeMap<String, T>,
    mut change: impl FnMut(T) -> Result<U, E>,
) -> Result<BTreeMap<String, U>, E> {
    map.into_iter().map(|(name, value)| Ok((name, change(value)?))).collect()
}
