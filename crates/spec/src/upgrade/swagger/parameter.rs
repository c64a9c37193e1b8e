//! Parameters and headers of 2.0: what they say of their values becomes a schema.

use serde_json::{Value, json};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::{Members, Upgrade};

/// What a parameter says of itself.
const OWN: [&str; 5] = ["name", "in", "description", "required", "allowEmptyValue"];

/// What it says of its values.
const VALUES: [&str; 16] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
];

/// How the values of a list are told apart; `None` where there is no list.
pub(super) fn list_style(members: &Members) -> Option<&str> {
    let list = members.get("type") == Some(&json!("array"));
    list.then(|| members.get("collectionFormat").and_then(Value::as_str).unwrap_or("csv"))
}

impl Upgrade<'_> {
    pub(super) fn parameter(&mut self, parameter: &Value, at: &Pointer, to: &Pointer) -> Value {
        let Value::Object(members) = parameter else { return parameter.clone() };
        self.moves.record(to, at);
        if members.contains_key("$ref") {
            self.references.push(to.child("$ref"));
            return parameter.clone();
        }
        let mut out = self.described(members, at, to);
        let location = members.get("in").and_then(Value::as_str).unwrap_or_default();
        let style = match (list_style(members), location) {
            (None, _) => None,
            (Some("csv"), "query") => Some(("form", false)),
            (Some("multi"), "query") => Some(("form", true)),
            (Some("ssv"), "query") => Some(("spaceDelimited", false)),
            (Some("pipes"), "query") => Some(("pipeDelimited", false)),
            (Some("csv"), _) => Some(("simple", false)),
            _ => {
                self.unwritable(members, at, "`csv`");
                None
            }
        };
        if let Some((style, explode)) = style {
            self.moves.record(&to.child("style"), &at.child("collectionFormat"));
            out.insert("style".to_owned(), style.into());
            out.insert("explode".to_owned(), explode.into());
        }
        Value::Object(out)
    }

    pub(super) fn header(&mut self, header: &Value, at: &Pointer, to: &Pointer) -> Value {
        let Value::Object(members) = header else { return header.clone() };
        self.moves.record(to, at);
        if list_style(members).is_some_and(|style| style != "csv") {
            self.unwritable(members, at, "`csv`");
        }
        Value::Object(self.described(members, at, to))
    }

    /// What is said of a value, set apart from what is said of its parameter.
    fn described(&mut self, members: &Members, at: &Pointer, to: &Pointer) -> Members {
        let mut out = Members::new();
        for (key, value) in members {
            if OWN.contains(&key.as_str()) || (key.starts_with("x-") && !super::schema::is_nullable_key(key))
            {
                out.insert(key.clone(), value.clone());
            }
        }
        let schema = self.simple_schema(members, at, &to.child("schema"));
        out.insert("schema".to_owned(), schema);
        out
    }

    /// The schema of a value that is no body.
    pub(super) fn simple_schema(&mut self, members: &Members, at: &Pointer, to: &Pointer) -> Value {
        self.moves.record(to, at);
        let said = members
            .iter()
            .filter(|(key, _)| VALUES.contains(&key.as_str()) || super::schema::is_nullable_key(key));
        let mut said: Members = said.map(|(key, value)| (key.clone(), value.clone())).collect();
        if let Some(Value::Object(items)) = members.get("items") {
            let items = self.simple_schema(items, &at.child("items"), &to.child("items"));
            said.insert("items".to_owned(), items);
        }
        self.nullable(&mut said, at, to);
        super::schema::without_file(&mut said);
        Value::Object(said)
    }

    /// A list whose notation 3.0 does not have.
    pub(super) fn unwritable(&mut self, members: &Members, at: &Pointer, instead: &str) {
        let name = members.get("name").and_then(Value::as_str).unwrap_or("this header");
        let format = list_style(members).unwrap_or_default();
        self.say(
            Diagnostic::new(
                Code::UnsupportedParameter,
                format!("`collectionFormat: {format}` is not supported for `{name}`"),
                // What is not stated is `csv`: then the parameter itself is shown.
                Place::value(&if members.contains_key("collectionFormat") {
                    at.child("collectionFormat")
                } else {
                    at.clone()
                }),
                "",
            )
            .with_help(format!("an allowance for this place takes it as {instead}")),
        );
    }
}
