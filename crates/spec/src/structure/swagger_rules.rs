//! What the table of 2.0's objects cannot say.

use serde_json::{Map, Value};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::report::{illegal_value, missing_field, missing_items};
use super::rules;
use super::walk::Check;
use crate::reference::resolve;

type Members = Map<String, Value>;

fn text<'v>(members: &'v Members, key: &str) -> Option<&'v str> {
    members.get(key).and_then(Value::as_str)
}

pub(super) fn operation(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    rules::operation(check, members, pointer);
    let Some(Value::Array(items)) = members.get("parameters") else { return };
    let list = pointer.child("parameters");
    let mut bodies: Vec<(Pointer, bool)> = Vec::new();
    for index in 0..items.len() {
        let here = list.index(index);
        let location = resolve(check.root, &here).and_then(|(_, parameter)| parameter.get("in"));
        match location.and_then(Value::as_str) {
            Some("body") => bodies.push((here, false)),
            Some("formData") => bodies.push((here, true)),
            _ => {}
        }
    }
    // A form has many parameters, a body has one, and there is one of the two.
    let Some((first, form)) = bodies.first() else { return };
    if let Some((second, _)) = bodies.iter().skip(1).find(|(_, other)| !(*form && *other)) {
        check.say(
            Diagnostic::new(Code::Conflict, "an operation has one body", Place::value(second), "another")
                .with_secondary(Place::value(first), "the body"),
        );
    }
}

pub(super) fn parameter(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let location = text(members, "in").unwrap_or_default();
    if location == "path" && members.get("required") != Some(&Value::Bool(true)) {
        let at = if members.contains_key("required") { pointer.child("required") } else { pointer.clone() };
        let message = "a path parameter without `required: true`: taken as required";
        check.say(
            Diagnostic::new(
                Code::OptionalPathParameter,
                message,
                Place::key(&at),
                "in a path, and not required",
            )
            .with_help("add `required: true`: a path without it would be another path"),
        );
    }
    if location == "body" {
        if !members.contains_key("schema") {
            check.say(missing_field(pointer, "Parameter Object in a body", "schema"));
        }
        return;
    }
    if !members.contains_key("type") {
        check.say(missing_field(pointer, "Parameter Object outside of a body", "type"));
    }
    if text(members, "type") == Some("file") && location != "formData" {
        let legal = ["string", "number", "integer", "boolean", "array"];
        check.say(illegal_value(&pointer.child("type"), "file", &legal));
    }
    let lists: &[&str] = match location {
        "query" | "formData" => &["csv", "ssv", "tsv", "pipes", "multi"],
        _ => &["csv", "ssv", "tsv", "pipes"],
    };
    array(check, members, pointer, lists);
}

pub(super) fn items(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    array(check, members, pointer, &["csv", "ssv", "tsv", "pipes"]);
}

fn array(check: &mut Check<'_>, members: &Members, pointer: &Pointer, lists: &[&str]) {
    if text(members, "type") == Some("array") && !members.contains_key("items") {
        check.say(missing_items(pointer, "parameter"));
    }
    if let Some(format) = text(members, "collectionFormat").filter(|format| !lists.contains(format)) {
        check.say(illegal_value(&pointer.child("collectionFormat"), format, lists));
    }
}

pub(super) fn security_scheme(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let needed: &[&str] = match (text(members, "type"), text(members, "flow")) {
        (Some("apiKey"), _) => &["name", "in"],
        (Some("oauth2"), None) => &["flow"],
        (Some("oauth2"), Some("implicit")) => &["authorizationUrl", "scopes"],
        (Some("oauth2"), Some("accessCode")) => &["authorizationUrl", "tokenUrl", "scopes"],
        (Some("oauth2"), _) => &["tokenUrl", "scopes"],
        _ => &[],
    };
    for field in needed.iter().filter(|field| !members.contains_key(**field)) {
        let kind = text(members, "type").unwrap_or_default();
        check.say(missing_field(pointer, &format!("Security Scheme Object of type `{kind}`"), field));
    }
}
