//! The walk over a tree along the grammar.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use specwright_diagnostics::{Diagnostic, Diagnostics, Pointer};

use super::grammar::{Kind, Object, OtherKey, Others};
use super::place::root_kind;
use super::schema::SCHEMA;
use super::{report, rules};
use crate::version::Version;

/// What the table cannot say about an object.
pub(crate) type Rule = fn(&mut Check<'_>, &Map<String, Value>, &Pointer);

/// A `$ref`, and what must stand where it leads.
pub(crate) struct Reference {
    /// Where the Reference Object stands.
    pub pointer: Pointer,
    /// What it says.
    pub target: String,
    /// What has to be there.
    pub expected: &'static Object,
}

/// One walk: what it looks at, where it reports, what it remembers.
pub(crate) struct Check<'a> {
    pub root: &'a Value,
    /// The version that the document says it is of.
    pub version: Version,
    pub sink: &'a mut Diagnostics,
    /// Every `$ref`, in document order.
    pub references: Vec<Reference>,
    /// Where each operationId was first met.
    pub operation_ids: BTreeMap<String, Pointer>,
}

impl<'a> Check<'a> {
    pub fn new(root: &'a Value, version: Version, sink: &'a mut Diagnostics) -> Self {
        Self { root, version, sink, references: Vec::new(), operation_ids: BTreeMap::new() }
    }

    /// Checks the whole document.
    pub fn document(&mut self) {
        self.value(root_kind(self.version), self.root, &Pointer::root());
    }

    pub fn say(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    /// Checks one value.
    pub fn value(&mut self, kind: &Kind, value: &Value, pointer: &Pointer) {
        match (kind, value) {
            (Kind::Any, _)
            | (Kind::Text, Value::String(_))
            | (Kind::Bool | Kind::BoolOr(_), Value::Bool(_))
            | (Kind::Number, Value::Number(_)) => {}
            (Kind::Count, Value::Number(number)) if number.is_u64() => {}
            (Kind::OneOf(legal), Value::String(text)) => {
                if !legal.contains(&text.as_str()) {
                    self.say(report::illegal_value(pointer, text, legal));
                }
            }
            (Kind::Map(inner), Value::Object(members)) => {
                for (key, value) in members {
                    self.value(inner, value, &pointer.child(key));
                }
            }
            (Kind::List(inner), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(inner, item, &pointer.index(index));
                }
            }
            (Kind::Object(object), Value::Object(members)) => self.object(object, members, pointer),
            // A schema of JSON Schema may be `true` or `false`.
            (Kind::Reference(object), Value::Bool(_))
                if object.is(&SCHEMA) && self.version >= Version::V3_1 => {}
            (Kind::Reference(object) | Kind::BoolOr(object), Value::Object(members)) => {
                if object.field("$ref", self.version).is_none() && members.contains_key("$ref") {
                    self.reference(object, members, pointer);
                } else {
                    self.object(object, members, pointer);
                }
            }
            _ => self.say(report::wrong_type(self.root, pointer, kind, value)),
        }
    }

    fn reference(&mut self, expected: &'static Object, members: &Map<String, Value>, pointer: &Pointer) {
        for key in members.keys().filter(|key| key.as_str() != "$ref" && !key.starts_with("x-")) {
            if self.version >= Version::V3_1 && matches!(key.as_str(), "description" | "summary") {
                self.say(report::text_beside(pointer, key));
            } else if !carried_beside(pointer, key) {
                self.say(report::ignored_sibling(pointer, key));
            }
        }
        self.follow_later(expected, members, pointer);
    }

    /// Remembers a reference for when the whole document has been walked.
    pub fn follow_later(
        &mut self,
        expected: &'static Object,
        members: &Map<String, Value>,
        pointer: &Pointer,
    ) {
        match members.get("$ref") {
            Some(Value::String(target)) => {
                self.references.push(Reference {
                    pointer: pointer.clone(),
                    target: target.clone(),
                    expected,
                });
            }
            Some(other) => self.say(report::reference_not_text(pointer, other)),
            None => {}
        }
    }

    fn object(&mut self, object: &'static Object, members: &Map<String, Value>, pointer: &Pointer) {
        for (key, value) in members {
            let pointer = pointer.child(key);
            if let Some(field) = object.field_among(key, members, self.version) {
                self.value(&field.kind, value, &pointer);
            } else if let Some(field) = object
                .field_of_another_version(key)
                .filter(|field| field.since <= self.version && field.stands_for.is_none())
            {
                self.say(report::earlier(self.version, key, &pointer));
                self.value(&field.kind, value, &pointer);
            } else if !key.starts_with("x-") {
                self.other(object, key, value, &pointer);
            }
        }
        let version = self.version;
        for field in object.fields.iter().filter(|field| field.is_required(version)) {
            if members.contains_key(field.name) {
                continue;
            }
            self.say(report::missing_field(pointer, object.name, field.name));
        }
        (object.rule)(self, members, pointer);
    }

    fn other(&mut self, object: &'static Object, key: &str, value: &Value, pointer: &Pointer) {
        match &object.others {
            Some(Others { key: rule, kind }) => {
                let legal = match rule {
                    OtherKey::Path => rules::path(self, key, pointer),
                    OtherKey::Status => rules::status(self, key, pointer),
                    OtherKey::Expression => true,
                };
                if legal {
                    self.value(kind, value, pointer);
                }
            }
            None => self.say(report::unknown_key(self.version, object, key, pointer)),
        }
    }
}

/// Documentation beside a property's `$ref` is what its author wanted said; we carry it.
fn carried_beside(pointer: &Pointer, key: &str) -> bool {
    matches!(key, "description" | "summary")
        && pointer.parent().and_then(|parent| parent.last()).as_deref() == Some("properties")
}
