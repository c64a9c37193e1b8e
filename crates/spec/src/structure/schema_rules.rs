//! What the table cannot say about schemas.

use serde_json::{Map, Value};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};
use specwright_pattern::{Dialect, Pattern};

use super::kind_of;
use super::report::{earlier, later, missing_items, must_be, unknown_type};
use super::schema::SCHEMA;
use super::walk::{Check, Reference};
use crate::bundle::target;
use crate::lower::fitted;
use crate::version::Version;

type Members = Map<String, Value>;

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

pub(super) fn schema(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    schema_type(check, members, pointer);
    exclusive_bounds(check, members, pointer);
    pattern(check, members, pointer);
    combinations(check, members, pointer);
    values(check, members, pointer);
    discriminator(check, members, pointer);
    if check.version >= Version::V3_1 {
        check.follow_later(&SCHEMA, members, pointer);
    }
    let lists = members.get("type").and_then(Value::as_str) == Some("array");
    if check.version <= Version::V3_0 && lists && !members.contains_key("items") {
        check.say(missing_items(pointer, "Schema Object"));
    }
    let set = |key: &str| members.get(key) == Some(&Value::Bool(true));
    if set("readOnly") && set("writeOnly") {
        let place = Place::key(&pointer.child("writeOnly"));
        check.say(
            Diagnostic::new(Code::Conflict, "`readOnly` and `writeOnly` exclude each other", place, "")
                .with_secondary(Place::key(&pointer.child("readOnly")), "the other"),
        );
    }
}

fn schema_type(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let pointer = pointer.child("type");
    match members.get("type") {
        None => {}
        Some(Value::Array(names)) if check.version != Version::V3_0 => {
            for (index, name) in names.iter().enumerate() {
                type_name(check, name, &pointer.index(index));
            }
            if names.is_empty() {
                let message = "`type` must have at least one type";
                check.say(Diagnostic::new(Code::IllegalValue, message, Place::value(&pointer), "empty"));
            }
        }
        Some(Value::Array(_)) => {
            check.say(
                later(check.version, &pointer, "a list of types")
                    .with_help("one type, and `nullable: true` for `null`"),
            );
        }
        Some(name) => type_name(check, name, &pointer),
    }
}

fn type_name(check: &mut Check<'_>, name: &Value, pointer: &Pointer) {
    match name {
        Value::String(text) if TYPES.contains(&text.as_str()) => {}
        Value::String(text) if text == "null" && check.version != Version::V3_0 => {}
        Value::String(text) if text == "file" && check.version == Version::V2_0 => {}
        Value::String(text) if text == "null" => {
            check.say(
                later(check.version, pointer, "`type: null`")
                    .with_help("use `nullable: true` beside the type"),
            );
        }
        Value::String(text) => check.say(unknown_type(pointer, text, &TYPES)),
        other => check.say(must_be(check.root, pointer, "a string", other)),
    }
}

fn exclusive_bounds(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    for (key, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let pointer = pointer.child(key);
        match members.get(key) {
            Some(Value::Number(_)) if check.version >= Version::V3_1 => {}
            Some(Value::Bool(_)) if check.version >= Version::V3_1 => {
                check.say(earlier(check.version, &format!("{key}: true"), &pointer));
            }
            None | Some(Value::Bool(_)) => {}
            Some(Value::Number(number)) => {
                let help = format!("write `{bound}: {number}` and `{key}: true`");
                check.say(later(check.version, &pointer, &format!("a number as `{key}`")).with_help(help));
            }
            Some(other) => {
                let wanted = if check.version >= Version::V3_1 { "a number" } else { "`true` or `false`" };
                check.say(must_be(check.root, &pointer, wanted, other));
            }
        }
    }
}

/// ECMA-262 with Unicode mode, as JSON Schema recommends; patterns written for the mode without it are
/// common and carried, with a warning.
fn pattern(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let Some(Value::String(pattern)) = members.get("pattern") else { return };
    let place = Place::value(&pointer.child("pattern"));
    let Err(error) = compile(pattern, Dialect::Unicode) else { return };
    let diagnostic = if compile(pattern, Dialect::Legacy).is_ok() {
        let message = "the pattern is legal only without the `u` flag";
        Diagnostic::new(Code::LegacyPattern, message, place, error)
            .with_help("escape only what has to be escaped")
    } else {
        Diagnostic::new(Code::InvalidPattern, "the pattern is not a regular expression", place, error)
            .with_note("patterns are written as in ECMA-262")
    };
    check.say(diagnostic);
}

/// Nesting that the engine's own parser would recurse into.
const DEEPEST_PATTERN: usize = 200;

fn compile(pattern: &str, dialect: Dialect) -> Result<(), String> {
    if pattern.bytes().filter(|byte| *byte == b'(').count() > DEEPEST_PATTERN {
        return Err("too many groups".to_owned());
    }
    Pattern::read(pattern, dialect).map(drop).map_err(|error| error.to_string())
}

fn combinations(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    for key in ["allOf", "oneOf", "anyOf"] {
        if members.get(key).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            let place = Place::value(&pointer.child(key));
            let message = format!("`{key}` must have at least one schema");
            check.say(Diagnostic::new(Code::IllegalValue, message, place, "empty"));
        }
    }
    if let Some(Value::Array(required)) = members.get("required") {
        for (index, name) in
            required.iter().enumerate().filter(|(index, name)| required[..*index].contains(name))
        {
            let place = Place::value(&pointer.child("required").index(index));
            let message = format!("`required` lists {name} twice");
            check.say(Diagnostic::new(Code::UnfitValue, message, place, "once is enough"));
        }
    }
}

/// `enum` values are of the schema's own type.
fn values(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let Some(Value::Array(listed)) = members.get("enum") else { return };
    if listed.is_empty() {
        let place = Place::value(&pointer.child("enum"));
        check.say(Diagnostic::new(Code::UnfitValue, "an `enum` without a value", place, "left out"));
    }
    let kinds: Vec<&str> = match members.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    // A list without an array is about the items, which lowering says.
    if kinds == ["array"] && !listed.iter().any(|value| value.is_array() || value.is_null()) {
        return;
    }
    let nullable = members.get("nullable") == Some(&Value::Bool(true)) || kinds.contains(&"null");
    for (index, value) in listed.iter().enumerate() {
        if !kinds.iter().any(|kind| fits(kind, nullable, value)) {
            check.say(unfit(&pointer.child("enum").index(index), &kinds.join("` or `"), value, pointer));
        }
    }
}

fn fits(kind: &str, nullable: bool, value: &Value) -> bool {
    match (kind, value) {
        (_, Value::Null) => nullable,
        ("string", value) => value.is_string(),
        ("number", value) => value.is_number(),
        ("integer", Value::Number(number)) => {
            number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        ("integer" | "null", _) => false,
        ("boolean", value) => value.is_boolean(),
        ("array", value) => value.is_array(),
        ("object", value) => value.is_object(),
        _ => true,
    }
}

fn unfit(pointer: &Pointer, kind: &str, value: &Value, schema: &Pointer) -> Diagnostic {
    let message = format!("an `enum` value does not fit `type: {kind}`");
    let taken = match fitted(value, Some(kind)).filter(|_| !value.is_null()) {
        Some(taken) => format!("taken as {taken}"),
        None => "left out".to_owned(),
    };
    let label = format!("this is {}: {taken}", kind_of(value));
    let diagnostic = Diagnostic::new(Code::UnfitValue, message, Place::value(pointer), label)
        .with_secondary(Place::value(&schema.child("type")), "the type");
    match (kind, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => diagnostic.with_help("put it in quotes"),
        (_, Value::Null) => diagnostic.with_help("`null` needs `nullable: true`"),
        _ => diagnostic,
    }
}

/// A mapping's values are names of schemas or references to them; the latter must lead somewhere.
fn discriminator(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let mapping = members.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
    for (key, target) in mapping.and_then(Value::as_object).into_iter().flatten() {
        let Some(target) = target.as_str().filter(|target| target::is_reference(target)) else { continue };
        check.references.push(Reference {
            pointer: pointer.child("discriminator").child("mapping").child(key),
            target: target.to_owned(),
            expected: &SCHEMA,
        });
    }
}
