//! Parameters and headers of 2.0: what they say of their values becomes a schema.

use serde_json::{Value, json};
use specwright_diagnostics::Pointer;

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

/// The style of a `collectionFormat`, and whether it is exploded. 3.0 has no tabs and, but for queries and
/// forms, no spaces and bars.
pub(super) fn style(collection_format: &str, plain: &'static str) -> Option<(&'static str, bool)> {
    match collection_format {
        "csv" => Some((plain, false)),
        "multi" => Some((plain, true)),
        "ssv" => Some(("spaceDelimited", false)),
        "tsv" => Some(("tabDelimited", false)),
        "pipes" => Some(("pipeDelimited", false)),
        _ => None,
    }
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
        let plain = if location == "query" { "form" } else { "simple" };
        self.written(members, plain, &mut out, at, to);
        Value::Object(out)
    }

    pub(super) fn header(&mut self, header: &Value, at: &Pointer, to: &Pointer) -> Value {
        let Value::Object(members) = header else { return header.clone() };
        self.moves.record(to, at);
        let mut out = self.described(members, at, to);
        // What a list inside of a list is written as is read of the requests' parameters only.
        out.get_mut("schema").into_iter().for_each(without_formats);
        self.written(members, "simple", &mut out, at, to);
        Value::Object(out)
    }

    /// How a list is written, in words of 3.0 as far as it has any.
    fn written(
        &mut self,
        members: &Members,
        plain: &'static str,
        out: &mut Members,
        at: &Pointer,
        to: &Pointer,
    ) {
        if let Some((style, explode)) = list_style(members).and_then(|format| style(format, plain)) {
            self.moves.record(&to.child("style"), &at.child("collectionFormat"));
            out.insert("style".to_owned(), style.into());
            out.insert("explode".to_owned(), explode.into());
        }
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
        self.listed_schema(members, at, to, &mut list_style(members).into_iter().collect())
    }

    /// The same inside of lists of these formats: one of another is a text inside of theirs.
    fn listed_schema<'m>(
        &mut self,
        members: &'m Members,
        at: &Pointer,
        to: &Pointer,
        around: &mut Vec<&'m str>,
    ) -> Value {
        self.moves.record(to, at);
        let said = members
            .iter()
            .filter(|(key, _)| VALUES.contains(&key.as_str()) || super::schema::is_nullable_key(key));
        let mut said: Members = said.map(|(key, value)| (key.clone(), value.clone())).collect();
        if let Some(Value::Object(items)) = members.get("items") {
            let format = list_style(items).filter(|format| !around.contains(format));
            around.extend(format);
            let mut items = self.listed_schema(items, &at.child("items"), &to.child("items"), around);
            if let (Some(format), Value::Object(items)) = (format, &mut items) {
                items.insert("collectionFormat".to_owned(), format.into());
            }
            said.insert("items".to_owned(), items);
        }
        self.nullable(&mut said, at, to);
        super::schema::without_file(&mut said);
        Value::Object(said)
    }
}

fn without_formats(schema: &mut Value) {
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        items.remove("collectionFormat");
    }
    schema.get_mut("items").into_iter().for_each(without_formats);
}
