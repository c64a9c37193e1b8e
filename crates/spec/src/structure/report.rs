//! What is said about a document's shape.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::{Kind, Object, kind_of, near_miss};
use crate::structure::grammar::Fate;
use crate::version::Version;

fn wanted(kind: &Kind) -> String {
    match kind {
        Kind::Text => "a string".to_owned(),
        Kind::Bool => "`true` or `false`".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Count => "an integer from 0 up".to_owned(),
        Kind::Any => "any value".to_owned(),
        Kind::OneOf(legal) => format!("one of {}", quoted(legal)),
        Kind::Map(_) => "an object".to_owned(),
        Kind::List(_) => "a list".to_owned(),
        Kind::Object(object) => with_article(object.name),
        Kind::Reference(object) => format!("{} or a reference", with_article(object.name)),
        Kind::BoolOr(object) => format!("`true`, `false` or {}", with_article(object.name)),
    }
}

pub(crate) fn with_article(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} {name}")
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// How a sentence calls a value.
fn named(root: &Value, pointer: &Pointer) -> String {
    let (Some(holder), Some(name)) = (pointer.parent(), pointer.last()) else {
        return "the document".to_owned();
    };
    if root.pointer(holder.as_str()).is_some_and(Value::is_array) {
        format!("an item of `{}`", holder.last().unwrap_or_default())
    } else {
        format!("`{name}`")
    }
}

pub(super) fn wrong_type(root: &Value, pointer: &Pointer, kind: &Kind, value: &Value) -> Diagnostic {
    let message = format!("{} must be {}", named(root, pointer), wanted(kind));
    let label = match value {
        Value::Number(number) if matches!(kind, Kind::Count) => format!("this is {number}"),
        value => format!("this is {}", kind_of(value)),
    };
    let diagnostic = Diagnostic::new(Code::WrongType, message, Place::value(pointer), label);
    match (kind, value) {
        (Kind::Text, Value::Number(_) | Value::Bool(_)) => diagnostic.with_help("put it in quotes"),
        (Kind::List(_), Value::Bool(_)) if pointer.last().as_deref() == Some("required") => {
            diagnostic.with_help("list the property's name in the `required` of the object that holds it")
        }
        (Kind::Bool | Kind::BoolOr(_), Value::String(_)) => diagnostic.with_help("write it without quotes"),
        (_, Value::Null) => diagnostic.with_help("leave the key out"),
        _ => diagnostic,
    }
}

pub(super) fn must_be(root: &Value, pointer: &Pointer, wanted: &str, value: &Value) -> Diagnostic {
    let message = format!("{} must be {wanted}", named(root, pointer));
    Diagnostic::new(Code::WrongType, message, Place::value(pointer), format!("this is {}", kind_of(value)))
}

pub(super) fn illegal_value(pointer: &Pointer, text: &str, legal: &[&str]) -> Diagnostic {
    let name = pointer.last().unwrap_or_default();
    let message = match pointer.parent().and_then(|list| list.last()) {
        Some(list) if name.parse::<usize>().is_ok() => format!("an item of `{list}` cannot be `{text}`"),
        _ => format!("`{name}` cannot be `{text}`"),
    };
    let diagnostic = Diagnostic::new(Code::IllegalValue, message, Place::value(pointer), "");
    if matches!(text, "body" | "formData") && legal.contains(&"query") {
        return diagnostic.with_help("a body is declared by the operation's `requestBody`");
    }
    match near_miss(text, legal.iter().copied()) {
        Some(meant) => diagnostic.with_help(format!("did you mean `{meant}`?")),
        None => diagnostic.with_help(format!("it is one of {}", quoted(legal))),
    }
}

pub(super) fn unknown_type(pointer: &Pointer, text: &str, legal: &[&str]) -> Diagnostic {
    let diagnostic = illegal_value(pointer, text, legal);
    Diagnostic { code: Code::UnknownType, message: format!("there is no schema type `{text}`"), ..diagnostic }
}

pub(super) fn missing_field(pointer: &Pointer, object: &str, field: &str) -> Diagnostic {
    let message = format!("{} must have `{field}`", with_article(object));
    Diagnostic::new(Code::MissingField, message, Place::key(pointer), format!("`{field}` is missing here"))
}

pub(super) fn missing_items(pointer: &Pointer, object: &str) -> Diagnostic {
    let message = format!("{} of type `array` must have `items`", with_article(object));
    Diagnostic::new(Code::MissingItems, message, Place::key(pointer), "taken for a list of anything")
        .with_help("`items: {}` says so")
}

pub(super) fn unknown_key(
    version: Version,
    object: &'static Object,
    key: &str,
    pointer: &Pointer,
) -> Diagnostic {
    let place = Place::key(pointer);
    let owner = with_article(object.name);
    match object.field_of_another_version(key).map(|field| field.fate) {
        Some(Fate::Annotation | Fate::Documentation) => {
            let message = format!("{owner} of {version} has no `{key}`");
            let note = "a later version of OpenAPI has it; it only annotates and is not carried over";
            return Diagnostic::new(Code::UnknownKey, message, place, "").with_note(note);
        }
        Some(_) => return later(version, pointer, &format!("`{key}`")),
        None => {}
    }
    if key == "$ref" {
        let message = format!("{owner} cannot be a reference");
        return Diagnostic::new(Code::WrongKind, message, place, "a reference is not allowed here");
    }
    let known = object.fields.iter().filter(|field| field.is_of(version) && field.stands_for.is_none());
    let known = known.map(|field| field.name);
    match near_miss(key, known) {
        Some(meant) => {
            Diagnostic::new(Code::MisspeltKey, format!("{owner} has no `{key}`"), place, "misspelt")
                .with_help(format!("did you mean `{meant}`?"))
        }
        None => {
            Diagnostic::new(Code::UnknownKey, format!("{owner} has no `{key}`"), place, "not carried over")
                .with_help("a key of your own begins with `x-`")
        }
    }
}

/// Something that only a later version of OpenAPI has.
pub(super) fn later(version: Version, pointer: &Pointer, what: &str) -> Diagnostic {
    let message = format!("{what} belongs to a later version of OpenAPI than this document's");
    Diagnostic::new(Code::LaterKeyword, message, Place::key(pointer), format!("not in {version}"))
}

/// Something that only an earlier version of OpenAPI has.
pub(super) fn earlier(version: Version, key: &str, pointer: &Pointer) -> Diagnostic {
    let message = format!("`{key}` belongs to an earlier version of OpenAPI than this document's");
    Diagnostic::new(Code::EarlierKeyword, message, Place::key(pointer), "taken as it is meant there")
        .with_note(format!("it has no meaning in {version}"))
}

/// A text beside a reference that is not a schema's.
pub(super) fn text_beside(pointer: &Pointer, key: &str) -> Diagnostic {
    let message = format!("`{key}` is not carried over: what a reference leads to is documented once");
    Diagnostic::new(Code::NotCarried, message, Place::key(&pointer.child(key)), "left out")
        .with_secondary(Place::value(&pointer.child("$ref")), "the reference")
}

pub(super) fn ignored_sibling(pointer: &Pointer, key: &str) -> Diagnostic {
    let message = format!("`{key}` stands beside `$ref` and is ignored");
    Diagnostic::new(Code::IgnoredSibling, message, Place::key(&pointer.child(key)), "has no effect")
        .with_secondary(Place::value(&pointer.child("$ref")), "the reference")
        .with_help("wrap the reference in `allOf` to add to what it leads to")
}

pub(super) fn reference_not_text(pointer: &Pointer, value: &Value) -> Diagnostic {
    let place = Place::value(&pointer.child("$ref"));
    let label = format!("this is {}", kind_of(value));
    Diagnostic::new(Code::MalformedReference, "`$ref` must be a string", place, label)
}
