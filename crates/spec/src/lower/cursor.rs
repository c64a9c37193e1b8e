//! A value of the document together with its pointer.

use serde_json::Value;
use specwright_diagnostics::{Place, Pointer};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    pub(crate) value: &'a Value,
    pub(crate) pointer: Pointer,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(value: &'a Value, pointer: Pointer) -> Self {
        Self { value, pointer }
    }

    /// A member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        Some(Self::new(self.value.get(key)?, self.pointer.child(key)))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    /// A member that is a text; empty where it is absent.
    pub(crate) fn text(&self, key: &str) -> &'a str {
        self.value.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// A member that is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    /// The members of an object, in document order; none of anything else.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let pointer = self.pointer.clone();
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(key, value)| (key.as_str(), Self::new(value, pointer.child(key))))
    }

    /// The members of the object under a key.
    pub(crate) fn members_of(&self, key: &str) -> Vec<(&'a str, Self)> {
        self.get(key).map(|object| object.members().collect()).unwrap_or_default()
    }

    /// The items of the list under a key.
    pub(crate) fn items_of(&self, key: &str) -> Vec<Self> {
        let Some(list) = self.get(key) else { return Vec::new() };
        let items = list.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| Self::new(value, list.pointer.index(index))).collect()
    }

    /// `$ref`
    pub(crate) fn reference(&self) -> Option<&'a str> {
        self.value.get("$ref").and_then(Value::as_str)
    }

    /// Whether it stands in a list, as far as its pointer tells: its last token is a number.
    pub(crate) fn is_item(&self) -> bool {
        self.pointer.last().is_some_and(|last| last.parse::<usize>().is_ok())
    }

    /// The place of the value.
    pub(crate) fn place(&self) -> Place {
        Place::value(&self.pointer)
    }

    /// The place of a member's name.
    pub(crate) fn key(&self, key: &str) -> Place {
        Place::key(&self.pointer.child(key))
    }
}
