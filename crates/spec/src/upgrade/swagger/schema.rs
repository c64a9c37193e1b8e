//! Schema Objects of 2.0.

use serde_json::{Value, json};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::{Members, Upgrade};
use crate::structure::SWAGGER_SCHEMA;
use crate::version::Version;

/// What vendors write for the `nullable` that 2.0 lacks.
pub(super) fn is_nullable_key(key: &str) -> bool {
    matches!(key, "x-nullable" | "x-isnullable" | "x-is-nullable")
}

/// `type: file` is a string of octets.
pub(super) fn without_file(members: &mut Members) {
    if members.get("type") == Some(&json!("file")) {
        members.insert("type".to_owned(), json!("string"));
        members.insert("format".to_owned(), json!("binary"));
    }
}

impl Upgrade<'_> {
    pub(in crate::upgrade) fn swagger_schema(&mut self, value: &Value, at: &Pointer, to: &Pointer) -> Value {
        self.moves.record(to, at);
        let Value::Object(members) = value else { return value.clone() };
        if members.contains_key("$ref") {
            self.references.push(to.child("$ref"));
            return value.clone();
        }
        let mut out = Members::new();
        for (key, value) in members {
            let (at, to) = (at.child(key), to.child(key));
            let copied = match (key.as_str(), value) {
                ("discriminator", Value::String(_)) => {
                    self.moves.record(&to.child("propertyName"), &at);
                    json!({"propertyName": value})
                }
                ("type", Value::Array(names)) => match self.one_type(names, &at) {
                    Some(name) => json!(name),
                    None => continue,
                },
                _ => self.value(SWAGGER_SCHEMA.inside(key, Version::V2_0), value, &at, &to),
            };
            out.insert(key.clone(), copied);
        }
        if let Some(Value::Array(names)) = members.get("type")
            && names.len() > 1
            && names.contains(&json!("null"))
        {
            out.insert("nullable".to_owned(), true.into());
            self.moves.record(&to.child("nullable"), &at.child("type"));
        }
        self.nullable(&mut out, at, to);
        without_file(&mut out);
        Value::Object(out)
    }

    /// The one type of a list beside `null`.
    fn one_type<'v>(&mut self, names: &'v [Value], at: &Pointer) -> Option<&'v str> {
        let mut left = names.iter().filter_map(Value::as_str).filter(|name| *name != "null");
        let (name, None) = (left.next(), left.next()) else {
            self.keyword("type", at);
            return None;
        };
        if name.is_none() {
            self.keyword("type", at);
        }
        name
    }

    pub(super) fn nullable(&mut self, out: &mut Members, at: &Pointer, to: &Pointer) {
        let Some(key) = out.keys().find(|key| is_nullable_key(key)).cloned() else { return };
        if out.get(&key) == Some(&Value::Bool(true)) {
            let place = Place::key(&at.child(&key));
            let message = format!("`{key}` is an extension: taken as `nullable` of OpenAPI 3.0");
            self.say(
                Diagnostic::new(Code::VendorKeyword, message, place, "`null` is legal here")
                    .with_note("2.0 has no way of its own to say so"),
            );
            self.moves.record(&to.child("nullable"), &at.child(&key));
            out.insert("nullable".to_owned(), true.into());
        }
        out.shift_remove(&key);
    }
}
