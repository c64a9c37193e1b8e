//! References: where a `$ref` leads, and whether it may.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer};

use crate::structure::{Check, Kind, Object, Reference, kind_at, kind_of, near_miss, with_article};

/// The pointer that a local reference names, percent-encoding undone. `None` for anything else.
pub(crate) fn local(target: &str) -> Option<Pointer> {
    Pointer::parse(&decoded(target.strip_prefix('#')?)?)
}

/// A URI fragment without its percent-encoding; `None` where that is not UTF-8.
pub(crate) fn decoded(fragment: &str) -> Option<String> {
    let bytes = fragment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(escaped) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(escaped);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

/// Follows `$ref` from a pointer until something else stands there. `None` where that cannot be done.
pub(crate) fn resolve<'a>(root: &'a Value, pointer: &Pointer) -> Option<(Pointer, &'a Value)> {
    let mut pointer = pointer.clone();
    let mut value = root.pointer(pointer.as_str())?;
    let mut seen = BTreeSet::new();
    while let Some(target) = value.get("$ref").and_then(Value::as_str) {
        if !seen.insert(pointer.clone()) {
            return None;
        }
        pointer = local(target)?;
        value = root.pointer(pointer.as_str())?;
    }
    Some((pointer, value))
}

/// Checks the references that a walk gathered, and what they lead to where the walk did not go. Those
/// places are the answer, with what stands there.
pub(crate) fn check(check: &mut Check<'_>) -> BTreeMap<Pointer, &'static Object> {
    let mut opaque = BTreeSet::new();
    let mut places = BTreeMap::new();
    let mut circles = BTreeSet::new();
    let mut next = 0;
    // A target that the walk did not visit is checked now, and may hold references of its own.
    while let Some(reference) = check.references.get(next) {
        next += 1;
        let (pointer, target, expected) =
            (reference.pointer.clone(), reference.target.clone(), reference.expected);
        let Some(found) = follow(check.root, reference, check.sink, &mut circles) else { continue };
        let here = kind_at(check.version, check.root, &found);
        match here {
            Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object)
                if std::ptr::eq(*object, expected) => {}
            Kind::Any => {
                if opaque.insert((found.clone(), expected.name)) {
                    places.entry(found.clone()).or_insert(expected);
                    visit(check, expected, &found);
                }
            }
            other => check.say(wrong_kind(&pointer, &target, &found, expected, other)),
        }
    }
    places
}

fn visit(check: &mut Check<'_>, expected: &'static Object, pointer: &Pointer) {
    let root = check.root;
    if let Some(value) = root.pointer(pointer.as_str()) {
        check.value(&Kind::Reference(expected), value, pointer);
    }
}

/// Where a reference leads; what keeps it from leading anywhere goes to the sink.
fn follow(
    root: &Value,
    reference: &Reference,
    sink: &mut Diagnostics,
    circles: &mut BTreeSet<Pointer>,
) -> Option<Pointer> {
    let Some(pointer) = local(&reference.target) else {
        sink.push(not_local(root, reference));
        return None;
    };
    if root.pointer(pointer.as_str()).is_none() {
        sink.push(dangling(root, reference, &pointer));
        return None;
    }
    if let Some(circle) = circle(root, &reference.pointer) {
        let first = circle.iter().min()?.clone();
        if circles.insert(first) {
            sink.push(circular(reference, &circle));
        }
        return None;
    }
    Some(pointer)
}

/// The references that lead from this one back to itself.
fn circle(root: &Value, start: &Pointer) -> Option<Vec<Pointer>> {
    let mut seen = Vec::new();
    let mut pointer = start.clone();
    loop {
        let target = root.pointer(pointer.as_str())?.get("$ref")?.as_str()?;
        if seen.contains(&pointer) {
            return (pointer == *start).then_some(seen);
        }
        seen.push(pointer);
        pointer = local(target)?;
    }
}

/// The place of the reference's text: a Reference Object's `$ref`, or a mapping's value.
pub(crate) fn place(root: &Value, reference: &Reference) -> Place {
    let holder = root.pointer(reference.pointer.as_str());
    if holder.is_some_and(Value::is_object) {
        Place::value(&reference.pointer.child("$ref"))
    } else {
        Place::value(&reference.pointer)
    }
}

fn not_local(root: &Value, reference: &Reference) -> Diagnostic {
    let target = &reference.target;
    let place = place(root, reference);
    if target.starts_with('#') {
        let message = format!("`{target}` is not a JSON pointer");
        return Diagnostic::new(Code::MalformedReference, message, place, "")
            .with_help("write `#/components/schemas/...`");
    }
    let diagnostic = Diagnostic::new(
        Code::RemoteReference,
        format!("`{target}` is in another document"),
        place,
        "not supported yet",
    );
    match beside(root, target) {
        Some(section) => diagnostic.with_help(format!("did you mean `#/components/{section}/{target}`?")),
        None => diagnostic.with_help("bring what it leads to into this document, under `#/components`"),
    }
}

/// The section that has a component of this name.
pub(crate) fn beside<'a>(root: &'a Value, name: &str) -> Option<&'a str> {
    sections(root).find(|(_, names)| names.get(name).is_some()).map(|(section, _)| section.as_str())
}

/// What there is of the way to a place, and the first name that is missing.
pub(crate) fn held(root: &Value, pointer: &Pointer) -> (Pointer, String) {
    let mut held = pointer.clone();
    let mut missing = String::new();
    while root.pointer(held.as_str()).is_none() {
        missing = held.last().unwrap_or_default();
        match held.parent() {
            Some(parent) => held = parent,
            None => break,
        }
    }
    (held, missing)
}

fn sections(root: &Value) -> impl Iterator<Item = (&String, &Value)> {
    root.get("components").and_then(Value::as_object).into_iter().flatten()
}

fn dangling(root: &Value, reference: &Reference, pointer: &Pointer) -> Diagnostic {
    let message = format!("`{}` leads nowhere", reference.target);
    let diagnostic =
        Diagnostic::new(Code::DanglingReference, message, place(root, reference), "nothing is there");
    let (held, missing) = held(root, pointer);
    let siblings = root.pointer(held.as_str()).and_then(Value::as_object).into_iter().flatten();
    if let Some(meant) = near_miss(&missing, siblings.map(|(key, _)| key.as_str())) {
        return diagnostic.with_help(format!("did you mean `{}`?", held.child(meant)));
    }
    let first = missing.clone();
    let missing = pointer.last().unwrap_or(missing);
    let elsewhere = sections(root).find(|(_, names)| names.get(missing.as_str()).is_some());
    match elsewhere {
        Some((section, _)) => diagnostic.with_help(format!("there is `#/components/{section}/{missing}`")),
        None => diagnostic.with_note(format!("`{held}` has no `{first}`")),
    }
}

fn circular(reference: &Reference, circle: &[Pointer]) -> Diagnostic {
    let message = format!("`{}` leads back to itself", reference.target);
    let place = |pointer: &Pointer| Place::value(&pointer.child("$ref"));
    let mut diagnostic =
        Diagnostic::new(Code::CircularReference, message, place(&reference.pointer), "begins here");
    for pointer in circle.iter().skip(1).take(8) {
        diagnostic = diagnostic.with_secondary(place(pointer), "goes on here");
    }
    diagnostic.with_help("one of them has to be more than a reference")
}

fn wrong_kind(
    pointer: &Pointer,
    target: &str,
    found: &Pointer,
    expected: &Object,
    kind: &Kind,
) -> Diagnostic {
    let is = match kind {
        Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object) => with_article(object.name),
        Kind::Map(_) => "a map".to_owned(),
        Kind::List(_) => "a list".to_owned(),
        Kind::Bool => kind_of(&Value::Bool(true)).to_owned(),
        Kind::Number | Kind::Count => "a number".to_owned(),
        Kind::Text | Kind::OneOf(_) | Kind::Any => "a string".to_owned(),
    };
    let wanted = with_article(expected.name);
    let message = format!("`{target}` leads to {is} where {wanted} must stand");
    let place = Place::value(&pointer.child("$ref"));
    Diagnostic::new(Code::WrongKind, message, place, format!("{wanted} must stand here"))
        .with_secondary(Place::key(found), format!("this is {is}"))
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn percent_encoding_is_undone_before_tokens_are_split() {
        let tokens = |target: &str| local(target).map(|pointer| pointer.tokens().collect::<Vec<_>>());
        assert_eq!(tokens("#/paths/~1a~1%7Bid%7D"), Some(vec!["paths".into(), "/a/{id}".into()]));
        assert_eq!(tokens("#/a%zz/100%"), Some(vec!["a%zz".into(), "100%".into()]));
        assert_eq!(tokens("#/a%ff"), None);
        assert_eq!(tokens("#a"), None);
        assert_eq!(tokens("b.yaml#/a"), None);
        assert_eq!(tokens("#"), Some(vec![]));
    }
}
