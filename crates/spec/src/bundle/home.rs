//! Where what other files hold goes: the components of its kind, under a name from its place.

use serde_json::{Map, Value};
use specwright_diagnostics::Pointer;

use super::Address;
use crate::structure::{Object, SCHEMA, SWAGGER_SCHEMA};
use crate::version::Version;

/// Objects by name, and their section of `components`.
const SECTIONS: [(&str, &str); 9] = [
    ("Schema Object", "schemas"),
    ("Response Object", "responses"),
    ("Parameter Object", "parameters"),
    ("Example Object", "examples"),
    ("Request Body Object", "requestBodies"),
    ("Header Object", "headers"),
    ("Security Scheme Object", "securitySchemes"),
    ("Link Object", "links"),
    ("Callback Object", "callbacks"),
];

/// The same of 2.0, which has them at the root.
const SWAGGER_SECTIONS: [(&str, &str); 3] =
    [("Schema Object", "definitions"), ("Response Object", "responses"), ("Parameter Object", "parameters")];

/// Names of members that say nothing of what they hold.
const VAGUE: [&str; 7] = ["schema", "items", "additionalProperties", "not", "allOf", "oneOf", "anyOf"];

/// The place of the components of a kind; `None` where there is none.
pub(super) fn section(version: Version, expected: &Object) -> Option<Pointer> {
    let found = |sections: &[(&str, &'static str)]| {
        sections.iter().find(|(name, _)| *name == expected.name).map(|(_, section)| *section)
    };
    if version == Version::V2_0 {
        return Some(Pointer::root().child(found(&SWAGGER_SECTIONS)?));
    }
    Some(Pointer::root().child("components").child(found(&SECTIONS)?))
}

/// The section that a place is a component of.
pub(super) fn slot(version: Version, pointer: &Pointer) -> Option<Pointer> {
    let section = pointer.parent()?;
    let tokens: Vec<String> = section.tokens().collect();
    let is_section = match (version, tokens.as_slice()) {
        (Version::V2_0, [name]) => SWAGGER_SECTIONS.iter().any(|(_, section)| section == name),
        (Version::V2_0, _) => false,
        (_, [components, name]) => {
            components == "components" && SECTIONS.iter().any(|(_, section)| section == name)
        }
        _ => false,
    };
    is_section.then_some(section)
}

pub(super) fn is_schema(expected: &'static Object) -> bool {
    expected.is(&SCHEMA) || expected.is(&SWAGGER_SCHEMA)
}

/// A component that is not there yet: named by the key of its place or the file's stem, by more of its
/// place where that is taken.
pub(super) fn free(root: &Value, section: &Pointer, address: &Address) -> Pointer {
    let (key, pointer) = address;
    let path = key.rsplit_once('.').map_or(key.as_str(), |(path, _)| path);
    let stem = path.rsplit('/').next().unwrap_or(path);
    let tokens: Vec<String> = pointer.tokens().collect();
    let mut candidates = Vec::new();
    match tokens.last() {
        None => candidates.push(stem.to_owned()),
        Some(last) => {
            let says_little =
                VAGUE.contains(&last.as_str()) || last.bytes().all(|byte| byte.is_ascii_digit());
            if !says_little {
                candidates.push(last.clone());
            }
            candidates.push(format!("{stem}_{last}"));
        }
    }
    let whole: Vec<&str> = path.split('/').chain(tokens.iter().map(String::as_str)).collect();
    candidates.push(whole.join("_"));
    let is_free = |name: &String| root.pointer(section.child(name).as_str()).is_none();
    let mut candidates = candidates.iter().map(|name| legal(name));
    let last = legal(&whole.join("_"));
    let numbered = (2_usize..).map(|number| format!("{last}_{number}"));
    let name = candidates.find(is_free).or_else(|| numbered.into_iter().find(is_free)).unwrap_or(last);
    section.child(name)
}

/// A name as a component may have it.
fn legal(name: &str) -> String {
    let legal = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    name.chars().map(|character| if legal(character) { character } else { '_' }).collect()
}

/// Puts a value at a place; what would hold it is made.
pub(super) fn put(root: &mut Value, place: &Pointer, value: Value) {
    if let Some(held) = root.pointer_mut(place.as_str()) {
        *held = value;
        return;
    }
    let mut holder = root;
    for token in place.tokens() {
        let Value::Object(members) = holder else { return };
        holder = members.entry(token).or_insert_with(|| Value::Object(Map::new()));
    }
    *holder = value;
}
