//! Values that are read out of octets one by one.

use std::error::Error;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::StreamError;
use crate::validate::validate;
use crate::{Location, Schema, Violation, whole};

/// Why an item of a stream could not be had.
#[derive(Debug)]
pub struct ItemError(Kind);

#[derive(Debug)]
enum Kind {
    Stream(StreamError),
    Unreadable { text: String, source: serde_json::Error },
    Invalid { text: String, violations: Vec<Violation> },
}

impl ItemError {
    /// What was sent in place of an item, such as the `[DONE]` that ends some streams. The items behind
    /// it can be read.
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Kind::Stream(_) => None,
            Kind::Unreadable { text, .. } | Kind::Invalid { text, .. } => Some(text),
        }
    }

    /// What is wrong with an item that breaks the contract.
    pub fn violations(&self) -> &[Violation] {
        match &self.0 {
            Kind::Invalid { violations, .. } => violations,
            Kind::Stream(_) | Kind::Unreadable { .. } => &[],
        }
    }

    /// Why there are no more items, if that is it.
    pub const fn stream(&self) -> Option<&StreamError> {
        match &self.0 {
            Kind::Stream(error) => Some(error),
            Kind::Unreadable { .. } | Kind::Invalid { .. } => None,
        }
    }
}

impl From<StreamError> for ItemError {
    fn from(error: StreamError) -> Self {
        Self(Kind::Stream(error))
    }
}

// What was sent may be secret.
impl fmt::Display for ItemError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Stream(error) => error.fmt(formatter),
            Kind::Unreadable { .. } => {
                formatter.write_str("an item cannot be read as what the contract declares")
            }
            Kind::Invalid { violations, .. } => {
                formatter.write_str("an item breaks the contract")?;
                violations.iter().try_for_each(|violation| write!(formatter, "; {violation}"))
            }
        }
    }
}

impl Error for ItemError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Kind::Stream(error) => Some(error),
            Kind::Unreadable { source, .. } => Some(source),
            Kind::Invalid { .. } => None,
        }
    }
}

/// How items are read: what holds for all of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rules {
    /// What each is checked against.
    pub(super) schema: Option<&'static Schema>,
    /// Whether an item that is no JSON, or not the JSON that is wanted, is text.
    pub(super) may_be_text: bool,
}

impl Rules {
    /// Reads an item.
    pub(super) fn read<T: DeserializeOwned>(self, text: &str) -> Result<T, ItemError> {
        let raw = || Value::String(text.to_owned());
        let json = serde_json::from_str::<Value>(text);
        let (first, second) = match json {
            // A text in quotes is a text with quotes.
            Ok(json @ Value::String(_)) if self.may_be_text => (Ok(raw()), Some(json)),
            Ok(json) => (Ok(json), self.may_be_text.then(raw)),
            Err(_) if self.may_be_text => (Ok(raw()), None),
            Err(error) => (Err(error), None),
        };
        let read = |value: Value| {
            let violations = self.schema.map(|schema| validate(&value, schema, Location::Body, ""));
            match violations.filter(|violations| !violations.is_empty()) {
                Some(violations) => Err(Kind::Invalid { text: text.to_owned(), violations }),
                None => whole::read(value, T::deserialize)
                    .map_err(|source| Kind::Unreadable { text: text.to_owned(), source }),
            }
        };
        let first = first.map_err(|source| Kind::Unreadable { text: text.to_owned(), source }).and_then(read);
        match (first, second) {
            (Err(error), Some(second)) => read(second).map_err(|_| error),
            (first, _) => first,
        }
        .map_err(ItemError)
    }
}
